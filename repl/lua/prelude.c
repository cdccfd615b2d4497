/* The API modules that are written in Lua, and were compiled when the program was built. Each file is
 * called with three functions and a library:
 *
 *     local help, check, Port, check_names = ...
 *     help("Agent.get", [[ … ]])              the help text, told beside the function
 *     check("Agent.get", 2, "fn", fn, "a function", type(fn) == "function")
 *                                             complains of an argument unless it is as wanted
 *     check("Agent.get", 1, "agent", agent, "process")
 *                                             the same for what is wanted often
 *     Port.open("http", { … })                the way to the outside: port.h
 *     Port.watch(pid)                         a monitor that ends with its scope: watch.h
 *     check_names("Agent.start", 2, opts, { "name", … })
 *                                             complains of an option of any other name */
#include "lua/argument.h"
#include "lua/cell.h"
#include "lua/module.h"
#include "lua/process.h"
#include "lua/state.h"
#include "lua/value.h"
#include "lua/watch.h"
#include "prelude/prelude_files.h"

/* A binding and its texts, in one userdata that the registry keeps. */
static int help(lua_State *L) {
    size_t path_size, text_size;
    const char *path = luaL_checklstring(L, 1, &path_size);
    const char *text = luaL_checklstring(L, 2, &text_size);
    char *block = lua_newuserdatauv(L, 2 * sizeof(moon_binding) + path_size + text_size + 2, 0);
    moon_binding *list = (moon_binding *)(void *)block;
    char *words = block + 2 * sizeof *list;
    memcpy(words, path, path_size + 1);
    memcpy(words + path_size + 1, text, text_size + 1);
    while (text_size > 0 && words[path_size + text_size] == '\n')
        words[path_size + text_size--] = '\0';
    list[0] = (moon_binding){words, words + path_size + 1, NULL};
    list[1] = (moon_binding){NULL, NULL, NULL};
    luaL_ref(L, LUA_REGISTRYINDEX);
    moon_bind(L, list);
    return 0;
}

/* Pushes where the file of the function that called this one was entered. */
static void push_entrance(lua_State *L) {
    lua_Debug ar;
    const char *file = NULL;
    int level = 1;
    while (lua_getstack(L, level, &ar) && lua_getinfo(L, "S", &ar)) {
        if (file && strcmp(ar.source, file) != 0)
            break;
        file = ar.source;
        level++;
    }
    luaL_where(L, level);
}

static bool is_timeout(lua_State *L, int index) {
    return lua_isnil(L, index) || moon_is_string(L, index, "infinity") ||
           (lua_type(L, index) == LUA_TNUMBER && lua_tonumber(L, index) >= 0);
}

static bool is_message(lua_State *L, int index) {
    mb_term term;
    bool can_be_sent = moon_try_term(L, index, &term, "value");
    if (can_be_sent)
        mb_release(moon_rt(L), term);
    else
        lua_pop(L, 1);
    return can_be_sent;
}

static bool is_name(lua_State *L, int index) {
    return lua_isnil(L, index) || lua_type(L, index) == LUA_TSTRING || moon_module_is(L, index) ||
           moon_is_foreign_name(L, index);
}

static bool is_options(lua_State *L, int index) {
    return lua_isnil(L, index) || lua_istable(L, index);
}

/* What is wanted often. */
static const struct {
    const char *name;
    const char *wanted;
    bool (*is)(lua_State *L, int index);
} kinds[] = {
    {"process", MOON_DESTINATION, moon_names_process},
    {"name", MOON_NAME, is_name},
    {"timeout", "milliseconds or \"infinity\"", is_timeout},
    {"options", "a table of options", is_options},
    {"message", "a value that can be sent", is_message},
    {NULL, NULL, NULL},
};

/* Whether the value at index 4 is of the kind named at 5, which gives way to its words if not. */
static bool is_of_kind(lua_State *L) {
    size_t i = 0;
    while (kinds[i].name && strcmp(kinds[i].name, lua_tostring(L, 5)) != 0)
        i++;
    if (!kinds[i].name)
        luaL_error(L, "check: there is no kind %s", lua_tostring(L, 5));
    if (kinds[i].is(L, 4))
        return true;
    lua_pushstring(L, kinds[i].wanted);
    lua_replace(L, 5);
    return false;
}

/* check(function, number, name, value, wanted, whether it is), or with a kind as wanted: blames
 * whoever called the module that checks. */
static int check(lua_State *L) {
    if (lua_gettop(L) == 5 ? is_of_kind(L) : lua_toboolean(L, 6))
        return 0;
    const char *given = moon_push_shown(L, 4);
    push_entrance(L);
    lua_pushfstring(L, "bad argument #%d to '%s' (%s: %s expected, got %s)",
                    (int)lua_tointeger(L, 2), lua_tostring(L, 1), lua_tostring(L, 3),
                    lua_tostring(L, 5), given);
    lua_concat(L, 2);
    return lua_error(L);
}

/* check_names(function, number, options, names): blames as check does. */
static int check_names(lua_State *L) {
    const char *names[16] = {NULL};
    lua_settop(L, 4);
    for (int i = 0; i < 15 && lua_rawgeti(L, 4, i + 1) == LUA_TSTRING; i++)
        names[i] = lua_tostring(L, -1); /* its table keeps it */
    lua_settop(L, 4);
    const char *given = moon_unknown_name(L, 3, names);
    if (!given)
        return 0;
    const char *advice = moon_push_advice(L, given, names);
    push_entrance(L);
    lua_pushfstring(L, "bad argument #%d to '%s' (there is no option %s: %s)",
                    (int)lua_tointeger(L, 2), lua_tostring(L, 1), given, advice);
    lua_concat(L, 2);
    return lua_error(L);
}

void moon_open_prelude(lua_State *L) {
    for (const struct prelude_file *file = prelude_files; file->name; file++) {
        if (luaL_loadbufferx(L, file->chunk, file->length, file->name, "b") != LUA_OK)
            lua_error(L);
        lua_pushcfunction(L, help);
        lua_pushcfunction(L, check);
        moon_port_push_library(L);
        moon_watch_add(L);
        lua_pushcfunction(L, check_names);
        lua_call(L, 4, 0);
    }
}
