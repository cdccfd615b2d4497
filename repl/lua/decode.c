/* Terms as fresh Lua values. */
#include "lua/cell.h"
#include "lua/encoder.h"
#include "lua/long_string.h"
#include "lua/table_layout.h"
#include "lua/value.h"

/* ------------------------------------------------------------------------------------ stand-ins */

static void print_text(const void *payload, char *text, size_t size) {
    snprintf(text, size, "%s", (const char *)payload);
}

static bool equal_text(const void *a, const void *b) {
    return strcmp(a, b) == 0;
}

static const mb_object_class text_class = {
    .name = "text", .equal = equal_text, .print = print_text};

bool moon_text_term(mb_runtime *rt, const char *text, mb_term *out) {
    size_t size = strlen(text) + 1;
    if (!mb_object_new(rt, out, &text_class, size))
        return false;
    memcpy(mb_payload(out), text, size);
    return true;
}

/* --------------------------------------------------------------------------------------- values */

static void decode_string(lua_State *L, mb_term term) {
    if (term.length == MB_KEPT) {
        moon_push_kept_string(L, term.kept);
        return;
    }
    size_t size;
    const char *bytes = mb_bytes(&term, &size);
    lua_pushlstring(L, bytes, size);
}

/* A cell of a table: what is common there is dealt with on the spot. */
static inline void decode_cell(moon_decoder *d, const mb_term *cell) {
    switch (cell->type) {
    case MB_INTEGER:
        lua_pushinteger(d->L, cell->integer);
        break;
    case MB_PID:
    case MB_REFERENCE:
        lua_pushlightuserdata(d->L, (void *)(uintptr_t)cell->id);
        break;
    case MB_STRING:
        if (cell->length < MB_KEPT)
            lua_pushlstring(d->L, cell->text, cell->length);
        else
            decode_string(d->L, *cell);
        break;
    default:
        moon_decode(d, *cell);
    }
}

static void decode_table(moon_decoder *d, const mb_table *table) {
    lua_State *L = d->L;
    luaL_checkstack(L, 6, "a table nested too deep");
    lua_createtable(L, (int)table->array_size, (int)table->pair_count);
    const mb_term *cell = table->cells;
    moon_slot *slots = moon_fresh_array(L, -1, table->array_size);
    for (uint32_t i = 0; i < table->array_size; i++, cell++) {
        if (slots && moon_slot_set(&slots[i], *cell))
            continue;
        decode_cell(d, cell);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    for (uint32_t i = 0; i < table->pair_count; i++) {
        decode_cell(d, cell++);
        decode_cell(d, cell++);
        lua_rawset(L, -3);
    }
    if (table->tag.type == MB_STRING) {
        size_t size;
        const char *name = mb_bytes(&table->tag, &size);
        lua_rawgeti(L, LUA_REGISTRYINDEX, moon_of(L)->structs);
        lua_pushlstring(L, name, size);
        lua_rawget(L, -2);
        lua_remove(L, -2);
        lua_setmetatable(L, -2);
    }
}

void moon_decode(moon_decoder *d, mb_term term) {
    lua_State *L = d->L;
    switch ((mb_type)term.type) {
    case MB_NIL:
        lua_pushnil(L);
        break;
    case MB_BOOLEAN:
        lua_pushboolean(L, term.boolean);
        break;
    case MB_INTEGER:
        lua_pushinteger(L, term.integer);
        break;
    case MB_FLOAT:
        lua_pushnumber(L, term.real);
        break;
    case MB_PID:
    case MB_REFERENCE:
        lua_pushlightuserdata(L, (void *)(uintptr_t)term.id);
        break;
    case MB_ANY:
        lua_pushlightuserdata(L, (void *)(uintptr_t)MOON_KIND_ANY);
        break;
    case MB_STRING:
        decode_string(L, term);
        break;
    case MB_TABLE:
        decode_table(d, term.table);
        break;
    case MB_OBJECT:
        luaL_checkstack(L, 8, "a function nested too deep");
        if (!moon_function_decode(d, term) && !moon_module_decode(L, term))
            lua_pushstring(L, term.object->class == &text_class ? mb_payload(&term)
                                                                : term.object->class->name);
        break;
    }
}

void moon_push_term(lua_State *L, mb_term term) {
    luaL_checkstack(L, 4, NULL);
    if (term.type != MB_TABLE && term.type != MB_OBJECT) {
        moon_decode(&(moon_decoder){.L = L}, term);
        return;
    }
    int top = lua_gettop(L);
    moon_decoder d = {.L = L, .base = top + 1};
    moon_decode(&d, term);
    if (d.graph) { /* the table with its functions lies below the result */
        lua_replace(L, top + 1);
        lua_settop(L, top + 1);
    }
}

/* The term travels as a light userdata's target: it outlives the call. */
static int push_protected(lua_State *L) {
    const mb_term *term = lua_touserdata(L, 1);
    moon_push_term(L, *term);
    return 1;
}

void moon_push_owned_term(lua_State *L, mb_term term) {
    if (term.type != MB_TABLE && term.type != MB_OBJECT && term.length < MB_KEPT) {
        moon_push_term(L, term);
        return;
    }
    if (!lua_checkstack(L, 4)) {
        mb_release(moon_rt(L), term);
        moon_no_memory(L);
    }
    lua_pushcfunction(L, push_protected);
    lua_pushlightuserdata(L, &term);
    int status = lua_pcall(L, 1, 1, 0);
    mb_release(moon_rt(L), term);
    if (status != LUA_OK)
        lua_error(L);
}

int moon_push_elements(lua_State *L, mb_term array, size_t first) {
    int pushed = 0;
    size_t size = mb_array_size(array);
    luaL_checkstack(L, (int)(size + 4), "too many values");
    for (size_t i = first; i < size; i++, pushed++)
        moon_push_term(L, mb_element(array, i));
    return pushed;
}
