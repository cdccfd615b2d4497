/* How values are shown: inspect, and tostring of pids and references. */
#include <stdlib.h>

#include "lua/argument.h"
#include "lua/cell.h"
#include "lua/state.h"
#include "lua/value.h"

#define DEFAULT_LIMIT 50
#define DEFAULT_PRINTABLE 4096

typedef struct inspection {
    mb_term term;
    mb_inspect_options options;
} inspection;

static void write_to_buffer(void *context, const char *bytes, size_t size) {
    luaL_addlstring(context, bytes, size);
}

static int push_text(lua_State *L) {
    const inspection *i = lua_touserdata(L, 1);
    luaL_Buffer text;
    luaL_buffinit(L, &text);
    mb_inspect(i->term, &i->options, write_to_buffer, &text);
    luaL_pushresult(&text);
    return 1;
}

/* Pushes the printed form of the value at index. */
static void push_inspected(lua_State *L, int index, const mb_inspect_options *options) {
    inspection i = {.options = *options};
    luaL_checkstack(L, 8, NULL);
    moon_to_picture(L, index, options->limit, options->depth, &i.term);
    lua_pushcfunction(L, push_text);
    lua_pushlightuserdata(L, &i);
    int status = lua_pcall(L, 1, 1, 0);
    mb_release(moon_rt(L), i.term);
    if (status != LUA_OK)
        lua_error(L);
}

const char *moon_push_inspected(lua_State *L, int index) {
    push_inspected(L, index, &(mb_inspect_options){.limit = DEFAULT_LIMIT,
                                                   .printable = DEFAULT_PRINTABLE});
    return lua_tostring(L, -1);
}

/* The option `name` of the table at index 2 as a count; "infinity" is 0. */
static size_t option(lua_State *L, const char *name, size_t otherwise) {
    size_t value = otherwise;
    int type = lua_getfield(L, 2, name);
    if (type == LUA_TNUMBER && lua_isinteger(L, -1) && lua_tointeger(L, -1) >= 0)
        value = (size_t)lua_tointeger(L, -1);
    else if (moon_is_string(L, -1, "infinity"))
        value = 0;
    else if (type != LUA_TNIL)
        moon_bad_option(L, "inspect", 2, name, "a natural number or \"infinity\"");
    lua_pop(L, 1);
    return value;
}

static int inspect(lua_State *L) {
    size_t width = moon_of(L)->options.width;
    mb_inspect_options options = {
        .limit = DEFAULT_LIMIT, .printable = DEFAULT_PRINTABLE, .width = width};
    lua_settop(L, 2);
    if (lua_istable(L, 2)) {
        options.limit = option(L, "limit", options.limit);
        options.width = option(L, "width", options.width);
        options.depth = option(L, "depth", 0);
        options.printable = option(L, "printable_limit", options.printable);
    }
    push_inspected(L, 1, &options);
    return 1;
}

static int inspect_protected(lua_State *L) {
    const moon_universe *u = moon_of(L);
    push_inspected(L, 1,
                   &(mb_inspect_options){.limit = DEFAULT_LIMIT,
                                         .printable = DEFAULT_PRINTABLE,
                                         .width = u->options.width,
                                         .colour = u->options.colour});
    return 1;
}

char *moon_inspect(moon_universe *u, lua_State *L, int index) {
    lua_State *M = u->L;
    char *text = NULL;
    if (!lua_checkstack(L, 2) || !lua_checkstack(M, 4))
        return NULL;
    lua_pushvalue(L, index);
    if (L != M)
        lua_xmove(L, M, 1);
    lua_pushcfunction(M, inspect_protected);
    lua_insert(M, -2);
    if (lua_pcall(M, 1, 1, 0) == LUA_OK) {
        size_t size;
        const char *bytes = lua_tolstring(M, -1, &size);
        text = malloc(size + 1);
        if (text)
            memcpy(text, bytes, size + 1);
    }
    lua_pop(M, 1);
    return text;
}

void moon_free_text(moon_universe *u, char *text) {
    free(text);
}

/* -------------------------------------------------------------------------------------- equality
 */

static bool equal_values(lua_State *L, int a, int b, int depth);

/* Whether every entry of a is in b; *count: how many there were. */
static bool contained(lua_State *L, int a, int b, int depth, size_t *count) {
    lua_pushnil(L);
    while (lua_next(L, a)) {
        ++*count;
        lua_pushvalue(L, -2);
        lua_rawget(L, b);
        int top = lua_gettop(L);
        if (!equal_values(L, top - 1, top, depth)) {
            lua_pop(L, 3);
            return false;
        }
        lua_pop(L, 2);
    }
    return true;
}

static bool equal_tables(lua_State *L, int a, int b, int depth) {
    luaL_checkstack(L, 8, "tables nested too deep to be compared");
    if (depth > 1000)
        luaL_error(L, "tables nested too deep to be compared, or containing themselves");
    int top = lua_gettop(L);
    bool typed = lua_getmetatable(L, a), other = lua_getmetatable(L, b);
    bool same = typed == other && (!typed || lua_rawequal(L, -1, -2));
    lua_settop(L, top);
    if (!same)
        return false;
    size_t count = 0;
    if (!contained(L, a, b, depth + 1, &count))
        return false;
    lua_pushnil(L);
    while (lua_next(L, b)) {
        lua_pop(L, 1);
        if (count-- == 0) {
            lua_pop(L, 1);
            return false;
        }
    }
    return true;
}

/* A module stands for its name. */
static bool equal_names(lua_State *L, int a, int b) {
    const char *x = moon_module_name(L, a), *y = moon_module_name(L, b);
    x = x ? x : lua_type(L, a) == LUA_TSTRING ? lua_tostring(L, a) : NULL;
    y = y ? y : lua_type(L, b) == LUA_TSTRING ? lua_tostring(L, b) : NULL;
    return x && y && strcmp(x, y) == 0;
}

static bool equal_values(lua_State *L, int a, int b, int depth) {
    if (lua_rawequal(L, a, b))
        return true;
    bool module = moon_module_is(L, a) || moon_module_is(L, b);
    if (module)
        return equal_names(L, a, b);
    return lua_istable(L, a) && lua_istable(L, b) && equal_tables(L, a, b, depth);
}

static int equal(lua_State *L) {
    lua_settop(L, 2);
    lua_pushboolean(L, equal_values(L, 1, 2, 0));
    return 1;
}

/* ------------------------------------------------------------------------------ pids and
 * references */

static int light_to_string(lua_State *L) {
    char text[80];
    mb_term term = mb_any();
    uint64_t id = moon_light(L, 1);
    if (moon_is_pid(L, 1))
        term = mb_pid_term(id);
    else if (moon_is_ref(L, 1))
        term = mb_ref_term(id);
    else if (!moon_is_light(L, 1, MOON_KIND_ANY))
        return luaL_error(L, "a light userdata of unknown kind");
    mb_inspect_text(term, text, sizeof text);
    lua_pushstring(L, text);
    return 1;
}

static int light_less(lua_State *L) {
    if (!lua_islightuserdata(L, 1) || !lua_islightuserdata(L, 2))
        return luaL_error(L, "attempt to compare %s with %s", luaL_typename(L, 1),
                          luaL_typename(L, 2));
    lua_pushboolean(L, moon_light(L, 1) < moon_light(L, 2));
    return 1;
}

static int light_less_or_equal(lua_State *L) {
    light_less(L);
    lua_pushboolean(L, lua_toboolean(L, -1) || lua_rawequal(L, 1, 2));
    return 1;
}

/* Concatenation makes text of them, as it does of numbers. */
static int light_concat(lua_State *L) {
    luaL_tolstring(L, 1, NULL);
    luaL_tolstring(L, 2, NULL);
    lua_concat(L, 2);
    return 1;
}

static const luaL_Reg light_methods[] = {
    {"__tostring", light_to_string}, {"__lt", light_less}, {"__le", light_less_or_equal},
    {"__concat", light_concat},      {NULL, NULL},
};

static const moon_binding bindings[] = {
    {"inspect",
     "inspect(value [, { limit = 50, width = 80 }])\n\n"
     "The printed form of any value as a string. limit: elements shown of each table; width: "
     "columns before a\n"
     "line wraps; printable_limit (4096): characters shown of each string; depth: tables within "
     "tables;\n"
     "\"infinity\" for any of them.\n\n"
     "    print(inspect({ \"get\", { a = 1 } }))   -- { \"get\", { a = 1 } }",
     inspect},
    {"equal",
     "equal(a, b)\n\nWhether two values are equal by content.\n\n    equal({ 1, { 2 } }, { 1, { 2 "
     "} })   -- true",
     equal},
    {NULL, NULL, NULL},
};

void moon_open_inspect(lua_State *L) {
    lua_pushlightuserdata(L, NULL);
    luaL_newlib(L, light_methods);
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
    moon_bind(L, bindings);
}
