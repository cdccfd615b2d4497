/* pairs and next in the order of the keys: numbers, strings, false and true, pids and references,
 * then the rest. A run must not depend on where a hash function puts things. */
#include <stdlib.h>

#include "lua/argument.h"
#include "lua/state.h"

typedef enum rank { NUMBER, STRING, BOOLEAN, LIGHT, OTHER } rank;

typedef struct key {
    uint8_t rank;
    bool is_float;
    lua_Integer integer; /* of an integer; a boolean; the walk's order of others */
    double real;
    uint64_t id;
    const char *text; /* valid while the table holds the string */
    size_t size;
    int place; /* in the walk */
} key;

static rank rank_of(lua_State *L, int index) {
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        return NUMBER;
    case LUA_TSTRING:
        return STRING;
    case LUA_TBOOLEAN:
        return BOOLEAN;
    case LUA_TLIGHTUSERDATA:
        return LIGHT;
    default:
        return OTHER;
    }
}

static key key_at(lua_State *L, int index) {
    key k = {.rank = (uint8_t)rank_of(L, index)};
    switch ((rank)k.rank) {
    case NUMBER:
        k.is_float = !lua_isinteger(L, index);
        if (k.is_float)
            k.real = lua_tonumber(L, index);
        else
            k.integer = lua_tointeger(L, index);
        break;
    case STRING:
        k.text = lua_tolstring(L, index, &k.size);
        break;
    case BOOLEAN:
        k.integer = lua_toboolean(L, index);
        break;
    case LIGHT:
        k.id = moon_light(L, index);
        break;
    case OTHER:
        break;
    }
    return k;
}

static mb_term number_of(const key *k) {
    return k->is_float ? mb_float(k->real) : mb_integer(k->integer);
}

static int compare(const key *a, const key *b) {
    if (a->rank != b->rank)
        return a->rank - b->rank;
    switch ((rank)a->rank) {
    case NUMBER:
        return mb_compare(number_of(a), number_of(b));
    case STRING: {
        size_t shorter = a->size < b->size ? a->size : b->size;
        int order = memcmp(a->text, b->text, shorter);
        return order ? order : (a->size > b->size) - (a->size < b->size);
    }
    case BOOLEAN:
        return (a->integer > b->integer) - (a->integer < b->integer);
    case LIGHT:
        return (a->id > b->id) - (a->id < b->id);
    default:
        return 0;
    }
}

static int compare_for_sort(const void *a, const void *b) {
    int order = compare(a, b);
    return order ? order : ((const key *)a)->place - ((const key *)b)->place;
}

int moon_compare_keys(lua_State *L, int a, int b) {
    key x = key_at(L, a), y = key_at(L, b);
    return compare(&x, &y);
}

/* How many entries the table at index has; *is_sequence: their keys are 1, 2, 3, … */
static size_t count_entries(lua_State *L, int index, bool *is_sequence) {
    size_t count = 0;
    *is_sequence = true;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        count++;
        *is_sequence =
            *is_sequence && lua_isinteger(L, -1) && lua_tointeger(L, -1) == (lua_Integer)count;
    }
    return count;
}

/* Pushes an array of the table's keys in order, or false when they are 1 … *count. */
static void push_sorted_keys(lua_State *L, int index, size_t *count) {
    bool is_sequence;
    luaL_checkstack(L, 8, NULL);
    *count = count_entries(L, index, &is_sequence);
    if (is_sequence) {
        lua_pushboolean(L, 0);
        return;
    }
    lua_createtable(L, (int)*count, 0);
    lua_createtable(L, (int)*count, 0);
    key *keys = lua_newuserdatauv(L, *count * sizeof *keys, 0);
    int walked = lua_gettop(L) - 1, place = 0;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        keys[place] = key_at(L, -1);
        keys[place].place = place + 1;
        lua_pushvalue(L, -1);
        lua_rawseti(L, walked, ++place);
    }
    qsort(keys, *count, sizeof *keys, compare_for_sort);
    for (size_t i = 0; i < *count; i++) {
        lua_rawgeti(L, walked, keys[i].place);
        lua_rawseti(L, walked - 1, (lua_Integer)i + 1);
    }
    lua_pop(L, 2);
}

/* Pushes the key at that position of the keys at index, or of 1, 2, 3, …. */
static void push_key(lua_State *L, int keys, size_t position) {
    if (lua_istable(L, keys))
        lua_rawgeti(L, keys, (lua_Integer)position);
    else
        lua_pushinteger(L, (lua_Integer)position);
}

/* From `position` on, pushes the next key that still has a value, and that value; returns its
 * position, or 0 with nothing pushed. */
static size_t push_next(lua_State *L, int table, int keys, size_t position, size_t count) {
    while (position < count) {
        push_key(L, keys, ++position);
        lua_pushvalue(L, -1);
        lua_rawget(L, table);
        if (!lua_isnil(L, -1))
            return position;
        lua_pop(L, 2);
    }
    return 0;
}

/* Upvalues: the keys, their number, the position reached. */
static int pairs_next(lua_State *L) {
    size_t position =
        push_next(L, 1, lua_upvalueindex(1), (size_t)lua_tointeger(L, lua_upvalueindex(3)),
                  (size_t)lua_tointeger(L, lua_upvalueindex(2)));
    if (position == 0) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushinteger(L, (lua_Integer)position);
    lua_replace(L, lua_upvalueindex(3));
    return 2;
}

static int pairs_continue(lua_State *L, int status, lua_KContext context) {
    return 3;
}

static int pairs(lua_State *L) {
    lua_settop(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_callk(L, 1, 3, 0, pairs_continue);
        return 3;
    }
    if (!lua_istable(L, 1))
        moon_wrong_argument(L, 1, "a table");
    size_t count;
    push_sorted_keys(L, 1, &count);
    lua_pushinteger(L, (lua_Integer)count);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, pairs_next, 3);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

/* The first key needs no sorting: next(t) asks most often whether there is any. */
static int first_entry(lua_State *L) {
    lua_pushnil(L);
    lua_pushnil(L); /* 3: the smallest key so far */
    bool any = false;
    lua_pushvalue(L, 2);
    while (lua_next(L, 1)) {
        lua_pop(L, 1);
        if (!any || moon_compare_keys(L, -1, 3) < 0)
            lua_copy(L, -1, 3);
        any = true;
    }
    lua_settop(L, 3);
    if (!any)
        return 1;
    lua_pushvalue(L, 3);
    lua_rawget(L, 1);
    return 2;
}

/* What next was last asked of is remembered, or going through a table with it would sort it for
 * each step. The anchored table holds { table, keys, count }. */
static bool push_remembered(lua_State *L, size_t *count) {
    moon_universe *u = moon_of(L);
    if (!u->next_keys)
        return false;
    moon_anchor_push(L, u->next_keys);
    lua_rawgeti(L, -1, 1);
    bool same = lua_rawequal(L, -1, 1);
    lua_pop(L, 1);
    if (!same) {
        lua_pop(L, 1);
        return false;
    }
    lua_rawgeti(L, -1, 3);
    *count = (size_t)lua_tointeger(L, -1);
    lua_rawgeti(L, -2, 2);
    lua_replace(L, -3);
    lua_pop(L, 1);
    return true;
}

static void remember(lua_State *L, size_t count) {
    moon_universe *u = moon_of(L);
    lua_createtable(L, 3, 0);
    lua_pushvalue(L, 1);
    lua_rawseti(L, -2, 1);
    lua_pushvalue(L, -2);
    lua_rawseti(L, -2, 2);
    lua_pushinteger(L, (lua_Integer)count);
    lua_rawseti(L, -2, 3);
    if (u->next_keys)
        moon_anchor_replace(L, u->next_keys);
    else
        u->next_keys = moon_anchor(L);
    u->next_position = 0;
}

static bool is_key_at(lua_State *L, int keys, size_t position) {
    push_key(L, keys, position);
    bool same = lua_rawequal(L, -1, 2);
    lua_pop(L, 1);
    return same;
}

/* The position of the key at index 2 among the keys; 0 when it is none of them. */
static size_t find_position(lua_State *L, int keys, size_t count) {
    size_t guess = moon_of(L)->next_position;
    if (guess >= 1 && guess <= count && is_key_at(L, keys, guess))
        return guess;
    for (size_t i = 1; i <= count; i++)
        if (is_key_at(L, keys, i))
            return i;
    return 0;
}

static int next(lua_State *L) {
    if (!lua_istable(L, 1))
        moon_wrong_argument(L, 1, "a table");
    lua_settop(L, 2);
    if (lua_isnil(L, 2)) {
        lua_settop(L, 1);
        return first_entry(L);
    }
    size_t count, position = 0;
    if (push_remembered(L, &count))
        position = find_position(L, 3, count);
    if (position == 0) {
        lua_settop(L, 2);
        push_sorted_keys(L, 1, &count);
        remember(L, count);
        position = find_position(L, 3, count);
    }
    if (position == 0)
        return luaL_error(L, "invalid key to 'next'");
    position = push_next(L, 1, 3, position, count);
    moon_of(L)->next_position = position;
    if (position == 0) {
        lua_pushnil(L);
        return 1;
    }
    return 2;
}

static const moon_binding bindings[] = {
    {"pairs",
     "pairs(t)\n\nGoes through the entries of t in the order of their keys: numbers, strings, then "
     "the rest.\n\n"
     "    for key, value in pairs({ b = 2, a = 1 }) do print(key, value) end",
     pairs},
    {"next",
     "next(t [, key])\n\nThe first entry of t, or the one that follows key; nil at the end.\n\n"
     "    next({})   -- nil",
     next},
    {NULL, NULL, NULL},
};

void moon_open_pairs(lua_State *L) {
    moon_bind(L, bindings);
}
