#include "lua/cell.h"

#include "lua/table_layout.h"

bool moon_light_cell(uint64_t id, mb_term *out) {
    switch (id & MB_KIND_MASK) {
    case MB_KIND_PID:
        *out = mb_pid_term(id);
        return true;
    case MB_KIND_REF:
        *out = mb_ref_term(id);
        return true;
    case MOON_KIND_ANY:
        *out = mb_any();
        return true;
    default:
        return false;
    }
}

static bool string_cell(lua_State *L, int index, mb_term *out) {
    size_t size;
    const char *bytes = lua_tolstring(L, index, &size);
    if (size > MB_INLINE_STRING)
        return false;
    *out = mb_scalar(MB_STRING, 0);
    out->length = (uint8_t)size;
    memcpy(out->text, bytes, size);
    return true;
}

bool moon_to_cell(lua_State *L, int index, mb_term *out) {
    switch (lua_type(L, index)) {
    case LUA_TNONE:
    case LUA_TNIL:
        *out = mb_nil();
        return true;
    case LUA_TBOOLEAN:
        *out = mb_boolean(lua_toboolean(L, index));
        return true;
    case LUA_TNUMBER:
        *out = lua_isinteger(L, index) ? mb_integer(lua_tointeger(L, index))
                                       : mb_float(lua_tonumber(L, index));
        return true;
    case LUA_TSTRING:
        return string_cell(L, index, out);
    case LUA_TLIGHTUSERDATA:
        return moon_light_cell(moon_light(L, index), out);
    default:
        return false;
    }
}

static bool api_cell(lua_State *L, int index, size_t position, mb_term *out) {
    lua_rawgeti(L, index, (lua_Integer)position);
    bool fits = moon_to_cell(L, -1, out);
    lua_pop(L, 1);
    return fits;
}

bool moon_to_small_tuple(lua_State *L, int index, mb_term *out) {
    mb_term cells[MOON_SMALL_TUPLE];
    if (lua_type(L, index) != LUA_TTABLE)
        return false;
    size_t count = lua_rawlen(L, index);
    if (count > MOON_SMALL_TUPLE || count == 0 || !lua_checkstack(L, 1))
        return false;
    const moon_slot *slots = moon_plain_array(L, index, count);
    if (!slots)
        return false;
    index = lua_absindex(L, index);
    for (size_t i = 0; i < count; i++)
        if (!moon_slot_cell(&slots[i], &cells[i]) && !api_cell(L, index, i + 1, &cells[i]))
            return false;
    return mb_tuple(moon_rt(L), out, count, cells);
}

void moon_push_name(lua_State *L, mb_term name) {
    if (name.type == MB_STRING) {
        moon_push_term(L, name);
        return;
    }
    char text[128];
    mb_inspect_text(name, text, sizeof text);
    lua_pushstring(L, text);
}
