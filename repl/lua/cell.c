#include "lua/cell.h"


static bool light_cell(lua_State *L, int index, mb_term *out) {
    uint64_t id = moon_light(L, index);
    switch (id & MB_KIND_MASK) {
    case MB_KIND_PID:
        *out = mb_pid_term(id);
        return true;
    case MB_KIND_REF:
        *out = mb_ref_term(id);
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
        return light_cell(L, index, out);
    default:
        return false;
    }
}

bool moon_to_small_tuple(lua_State *L, int index, mb_term *out) {
    mb_term cells[MOON_SMALL_TUPLE];
    size_t count = 0;
    if (lua_type(L, index) != LUA_TTABLE || lua_rawlen(L, index) > MOON_SMALL_TUPLE ||
        !lua_checkstack(L, 3))
        return false;
    if (lua_getmetatable(L, index)) {
        lua_pop(L, 1);
        return false;
    }
    index = lua_absindex(L, index);
    lua_pushnil(L);
    while (lua_next(L, index)) {
        if (count == MOON_SMALL_TUPLE || !lua_isinteger(L, -2) ||
            lua_tointeger(L, -2) != (lua_Integer)count + 1 ||
            !moon_to_cell(L, -1, &cells[count])) {
            lua_pop(L, 2);
            return false;
        }
        count++;
        lua_pop(L, 1);
    }
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
