#include "lua/table_layout.h"

#include "lua/cell.h"
#include "lua/state.h"

/* Lua's Table (lobject.h). */
typedef struct table_layout {
    void *next;
    uint8_t type;
    uint8_t marked;
    uint8_t flags;
    uint8_t node_size_log;
    unsigned int array_limit;
    moon_slot *array;
    void *nodes;
    void *last_free; /* NULL: there is no hash part */
    void *metatable;
    void *gray_list;
} table_layout;

/* Lua's TString, of a short one. */
typedef struct string_layout {
    void *next;
    uint8_t type;
    uint8_t marked;
    uint8_t extra;
    uint8_t short_length;
    unsigned int hash;
    void *chain;
    char bytes[];
} string_layout;

/* Lua's variant tags (lobject.h). */
enum {
    TAG_NIL = LUA_TNIL,
    TAG_EMPTY = LUA_TNIL | 1 << 4,
    TAG_FALSE = LUA_TBOOLEAN,
    TAG_TRUE = LUA_TBOOLEAN | 1 << 4,
    TAG_INTEGER = LUA_TNUMBER,
    TAG_FLOAT = LUA_TNUMBER | 1 << 4,
    TAG_LIGHT = LUA_TLIGHTUSERDATA,
    TAG_SHORT_STRING = LUA_TSTRING | 1 << 6,
};

static table_layout *table_at(lua_State *L, int index) {
    return (table_layout *)(uintptr_t)lua_topointer(L, index);
}

static bool expect(const moon_slot *slot, uint8_t tag, lua_Integer bits) {
    return slot->tag == tag && slot->integer == bits;
}

static bool expect_string(const moon_slot *slot, const char *text) {
    const string_layout *string = slot->pointer;
    return slot->tag == TAG_SHORT_STRING && string->short_length == strlen(text) &&
           strcmp(string->bytes, text) == 0;
}

/* { 7, 2.5, true, false, light, "moon" } without a hash part; the empty table; one with a hash
 * part. */
static bool looks_as_expected(lua_State *L, int array, int empty, int pairs, int metatable) {
    const table_layout *a = table_at(L, array), *e = table_at(L, empty), *p = table_at(L, pairs);
    const moon_slot half = {.real = 2.5};
    return a->array_limit == 6 && a->array && !a->last_free && !a->metatable &&
           expect(&a->array[0], TAG_INTEGER, 7) &&
           expect(&a->array[1], TAG_FLOAT, half.integer) && a->array[2].tag == TAG_TRUE &&
           a->array[3].tag == TAG_FALSE &&
           expect(&a->array[4], TAG_LIGHT, (lua_Integer)(MB_KIND_PID | 5)) &&
           expect_string(&a->array[5], "moon") && !e->array &&
           !e->last_free && e->array_limit == 0 && p->last_free && !p->array &&
           p->metatable == lua_topointer(L, metatable);
}

static void make_array(lua_State *L) {
    lua_createtable(L, 6, 0);
    lua_pushinteger(L, 7);
    lua_rawseti(L, -2, 1);
    lua_pushnumber(L, 2.5);
    lua_rawseti(L, -2, 2);
    lua_pushboolean(L, 1);
    lua_rawseti(L, -2, 3);
    lua_pushboolean(L, 0);
    lua_rawseti(L, -2, 4);
    moon_push_pid(L, MB_KIND_PID | 5);
    lua_rawseti(L, -2, 5);
    lua_pushliteral(L, "moon");
    lua_rawseti(L, -2, 6);
}

bool moon_layout_known(lua_State *L) {
    int top = lua_gettop(L);
    make_array(L);
    lua_newtable(L);
    lua_newtable(L);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_setmetatable(L, -3);
    lua_pushboolean(L, 1);
    lua_setfield(L, -3, "key");
    bool known = looks_as_expected(L, top + 1, top + 2, top + 3, top + 4);
    lua_settop(L, top);
    return known;
}

moon_slot *moon_plain_array(lua_State *L, int index, size_t length) {
    if (!moon_of(L)->table_layout_known)
        return NULL;
    const table_layout *table = table_at(L, index);
    bool plain = !table->last_free && !table->metatable && length <= table->array_limit;
    return plain ? table->array : NULL;
}

moon_slot *moon_fresh_array(lua_State *L, int index, size_t length) {
    if (!moon_of(L)->table_layout_known)
        return NULL;
    const table_layout *table = table_at(L, index);
    return table->array_limit == length ? table->array : NULL;
}

static bool string_cell(const string_layout *string, mb_term *out) {
    if (string->short_length > MB_INLINE_STRING)
        return false;
    *out = mb_scalar(MB_STRING, 0);
    out->length = string->short_length;
    memcpy(out->text, string->bytes, string->short_length);
    return true;
}

bool moon_slot_cell(const moon_slot *slot, mb_term *out) {
    switch (slot->tag) {
    case TAG_INTEGER:
        *out = mb_integer(slot->integer);
        return true;
    case TAG_FLOAT:
        *out = mb_float(slot->real);
        return true;
    case TAG_TRUE:
    case TAG_FALSE:
        *out = mb_boolean(slot->tag == TAG_TRUE);
        return true;
    case TAG_LIGHT:
        return moon_light_cell((uint64_t)(uintptr_t)slot->pointer, out);
    case TAG_SHORT_STRING:
        return string_cell(slot->pointer, out);
    case TAG_NIL:
    case TAG_EMPTY:
        *out = mb_nil();
        return true;
    default:
        return false;
    }
}

bool moon_slot_set(moon_slot *slot, mb_term value) {
    switch ((mb_type)value.type) {
    case MB_INTEGER:
        slot->integer = value.integer;
        slot->tag = TAG_INTEGER;
        return true;
    case MB_FLOAT:
        slot->real = value.real;
        slot->tag = TAG_FLOAT;
        return true;
    case MB_BOOLEAN:
        slot->tag = value.boolean ? TAG_TRUE : TAG_FALSE;
        return true;
    case MB_PID:
    case MB_REFERENCE:
        slot->pointer = (void *)(uintptr_t)value.id;
        slot->tag = TAG_LIGHT;
        return true;
    default:
        return false;
    }
}
