/* match: the patterns of receive, applied to a Lua value. */
#include "lua/argument.h"
#include "lua/state.h"
#include "lua/value.h"

#define MAX_DEPTH 100

/* Where captures go: the table at stack index 3. */
#define CAPTURES 3

typedef struct captures {
    lua_State *L;
    lua_Integer count;
} captures;

static bool matches(captures *c, int pattern, int value, int depth);

static bool is_position(lua_State *L, int index, lua_Integer length) {
    return lua_isinteger(L, index) && lua_tointeger(L, index) >= 1 &&
           lua_tointeger(L, index) <= length;
}

static bool has_keys(lua_State *L, int index, lua_Integer length) {
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        if (!is_position(L, -1, length)) {
            lua_pop(L, 1);
            return true;
        }
    }
    return false;
}

/* The pattern's keys on the stack in order; returns how many. */
static int push_keys(lua_State *L, int index, lua_Integer length) {
    int first = lua_gettop(L) + 1;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        if (is_position(L, -1, length))
            continue;
        luaL_checkstack(L, 8, "too many keys in a pattern");
        lua_pushvalue(L, -1);
        int place = first, key = lua_gettop(L);
        while (place < key - 1 && moon_compare_keys(L, place, key) <= 0)
            place++;
        lua_insert(L, place);
    }
    return lua_gettop(L) - first + 1;
}

/* Compares the elements at key (on top of the stack, popped) of both tables. */
static bool field_matches(captures *c, int pattern, int value, int depth) {
    lua_State *L = c->L;
    int top = lua_gettop(L);
    lua_pushvalue(L, top);
    lua_rawget(L, pattern);
    lua_pushvalue(L, top);
    lua_rawget(L, value);
    bool yes = matches(c, top + 1, top + 2, depth);
    lua_settop(L, top - 1);
    return yes;
}

static bool array_matches(captures *c, int pattern, int value, lua_Integer length, int depth) {
    lua_State *L = c->L;
    lua_Integer size = (lua_Integer)lua_rawlen(L, value);
    if (size != length) {
        lua_rawgeti(L, pattern, length);
        bool optional = moon_is_light(L, -1, MOON_KIND_ANY) && size + 1 == length;
        lua_pop(L, 1);
        if (!optional)
            return false;
    }
    for (lua_Integer i = 1; i <= length; i++) {
        lua_pushinteger(L, i);
        if (!field_matches(c, pattern, value, depth))
            return false;
    }
    return true;
}

static bool table_matches(captures *c, int pattern, int value, int depth) {
    lua_State *L = c->L;
    luaL_checkstack(L, LUA_MINSTACK, "a pattern nested too deep");
    if (depth > MAX_DEPTH)
        luaL_error(L, "a pattern is nested too deep, or contains itself");
    lua_Integer length = (lua_Integer)lua_rawlen(L, pattern);
    int first = lua_gettop(L) + 1;
    int keys = push_keys(L, pattern, length);
    bool yes = length == 0 && keys > 0 ? true : array_matches(c, pattern, value, length, depth);
    if (yes && keys == 0)
        yes = !has_keys(L, value, (lua_Integer)lua_rawlen(L, value));
    for (int i = 0; yes && i < keys; i++) {
        lua_pushvalue(L, first + i);
        lua_rawget(L, value);
        yes = !lua_isnil(L, -1);
        lua_pop(L, 1);
        lua_pushvalue(L, first + i);
        yes = yes ? field_matches(c, pattern, value, depth) : (lua_pop(L, 1), false);
    }
    lua_settop(L, first - 1);
    return yes;
}

static bool matches(captures *c, int pattern, int value, int depth) {
    lua_State *L = c->L;
    bool captured = moon_is_light(L, pattern, MOON_KIND_ANY);
    if (lua_isfunction(L, pattern)) {
        lua_pushvalue(L, pattern);
        lua_pushvalue(L, value);
        lua_call(L, 1, 1);
        captured = lua_toboolean(L, -1);
        lua_pop(L, 1);
        if (!captured)
            return false;
    }
    if (captured) {
        lua_pushvalue(L, value);
        lua_rawseti(L, CAPTURES, ++c->count);
        return true;
    }
    if (lua_istable(L, pattern) && lua_istable(L, value) && !lua_rawequal(L, pattern, value) &&
        !moon_module_is(L, pattern))
        return table_matches(c, pattern, value, depth + 1);
    return lua_rawequal(L, pattern, value);
}

static int finished(lua_State *L, int status, lua_KContext base) {
    return lua_gettop(L) - (int)base;
}

/* The clause's function is on top of the stack. */
static int act(lua_State *L, const captures *c) {
    int base = lua_gettop(L) - 1;
    if (lua_isnil(L, -1)) {
        lua_pushvalue(L, 1);
        return 1;
    }
    luaL_checkstack(L, (int)c->count + 4, "too many values captured");
    for (lua_Integer i = 1; i <= c->count; i++)
        lua_rawgeti(L, CAPTURES, i);
    lua_callk(L, (int)c->count, LUA_MULTRET, base, finished);
    return finished(L, LUA_OK, base);
}

#define CLAUSES "{ { pattern, function }, … }"

/* The clause is on top of the stack. */
static int refuse_clause(lua_State *L, lua_Integer number) {
    lua_pushfstring(L, "clauses[%d]", (int)number);
    lua_insert(L, -2);
    return moon_bad_part(L, "match", 2, lua_tostring(L, -2), "{ pattern, function }");
}

static int match(lua_State *L) {
    if (!lua_istable(L, 2))
        moon_bad_argument(L, "match", 2, "clauses", CLAUSES);
    lua_settop(L, 2);
    lua_newtable(L);
    lua_Integer count = (lua_Integer)lua_rawlen(L, 2);
    for (lua_Integer i = 1; i <= count; i++) {
        captures c = {.L = L};
        if (lua_rawgeti(L, 2, i) != LUA_TTABLE)
            return refuse_clause(L, i);
        lua_rawgeti(L, 4, 1);
        bool yes = matches(&c, 5, 1, 0);
        lua_settop(L, 4);
        if (yes) {
            lua_rawgeti(L, 4, 2);
            return act(L, &c);
        }
        lua_settop(L, 3);
    }
    return luaL_error(L, "no match of right hand side value: %s", moon_push_inspected(L, 1));
}

static const moon_binding bindings[] = {
    {"match",
     "match(value, { { pattern, function }, … })\n\n"
     "Calls the function of the first clause whose pattern fits value, as receive does with "
     "messages.\n\n"
     "    match({ \"ok\", 1 }, {\n"
     "      { { \"ok\", _ },    function(v) return v end },\n"
     "      { { \"error\", _ }, function(reason) return nil, reason end },\n"
     "    })",
     match},
    {NULL, NULL, NULL},
};

void moon_open_match(lua_State *L) {
    moon_bind(L, bindings);
}
