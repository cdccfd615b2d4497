/* Lua's own libraries, opened and mended: print and io.write say things through the universe,
 * nothing is left that would break the isolation of processes. */
#include <lualib.h>
#include <stdlib.h>

#include "lua/argument.h"
#include "lua/state.h"

/* Collects everything before writing, so that a line is written in one piece. */
static int print(lua_State *L) {
    moon_universe *u = moon_of(L);
    int count = lua_gettop(L);
    luaL_Buffer line;
    luaL_buffinit(L, &line);
    for (int i = 1; i <= count; i++) {
        if (i > 1)
            luaL_addchar(&line, '\t');
        luaL_tolstring(L, i, NULL);
        luaL_addvalue(&line);
    }
    luaL_addchar(&line, '\n');
    luaL_pushresult(&line);
    size_t size;
    const char *text = lua_tolstring(L, -1, &size);
    if (u->options.write)
        u->options.write(u->options.context, text, size);
    moon_reduce(L, 1);
    return 0;
}

/* From the argument on. */
static void write_arguments(lua_State *L, int first) {
    moon_universe *u = moon_of(L);
    int count = lua_gettop(L);
    for (int i = first; i <= count; i++) {
        size_t size;
        if (lua_type(L, i) != LUA_TSTRING && lua_type(L, i) != LUA_TNUMBER)
            moon_refuse_for(L, "io.write", i - first + 1, "a string or a number");
        const char *text = lua_tolstring(L, i, &size);
        if (u->options.write)
            u->options.write(u->options.context, text, size);
    }
}

static int io_write(lua_State *L) {
    write_arguments(L, 1);
    lua_getglobal(L, "io");
    lua_getfield(L, -1, "stdout");
    return 1;
}

static int stdout_write(lua_State *L) {
    write_arguments(L, 2);
    lua_settop(L, 1);
    return 1;
}

static int stdout_nothing(lua_State *L) {
    lua_settop(L, 1);
    return 1;
}

static const luaL_Reg stdout_methods[] = {
    {"write", stdout_write},
    {"flush", stdout_nothing},
    {"setvbuf", stdout_nothing},
    {"close", stdout_nothing},
    {NULL, NULL},
};

/* The collector is everybody's: it can be asked and urged on, but neither stopped nor tuned. */
static int collect_garbage(lua_State *L) {
    static const char *const options[] = {"collect",  "count",      "step",        "isrunning",
                                          "stop",     "restart",    "incremental", "generational",
                                          "setpause", "setstepmul", NULL};
    switch (moon_check_word(L, 1, "collect", options)) {
    case 0:
        moon_threads_trim(moon_of(L));
        lua_gc(L, LUA_GCCOLLECT);
        lua_pushinteger(L, 0);
        return 1;
    case 1:
        lua_pushnumber(L, lua_gc(L, LUA_GCCOUNT) + lua_gc(L, LUA_GCCOUNTB) / 1024.0);
        return 1;
    case 2:
        lua_pushboolean(L, lua_gc(L, LUA_GCSTEP, 0));
        return 1;
    case 3:
        lua_pushboolean(L, 1);
        return 1;
    default:
        lua_pushinteger(L, 0);
        return 1;
    }
}

static const moon_binding bindings[] = {
    {"print",
     "print(...)\n\nWrites its arguments on a line, as tostring shows them.\n\n    "
     "print(\"hello\", self())",
     print},
    {"collectgarbage",
     "collectgarbage([option = \"collect\"])\n\nRuns the collector, or tells the "
     "kilobytes in use.\n\n"
     "    collectgarbage(\"count\")",
     collect_garbage},
    {"io.write", "write(...)\n\nWrites strings and numbers.\n\n    io.write(\"a\", 1, \"\\n\")",
     io_write},
    {NULL, NULL, NULL},
};

static void remove_fields(lua_State *L, const char *table, const char *const *names) {
    lua_getglobal(L, table);
    for (; *names; names++) {
        lua_pushnil(L);
        lua_setfield(L, -2, *names);
    }
    lua_pop(L, 1);
}

static void open_libraries(lua_State *L) {
    static const luaL_Reg libraries[] = {
        {LUA_GNAME, luaopen_base},       {LUA_LOADLIBNAME, luaopen_package},
        {LUA_TABLIBNAME, luaopen_table}, {LUA_IOLIBNAME, luaopen_io},
        {LUA_OSLIBNAME, luaopen_os},     {LUA_STRLIBNAME, luaopen_string},
        {LUA_MATHLIBNAME, luaopen_math}, {LUA_UTF8LIBNAME, luaopen_utf8},
        {LUA_DBLIBNAME, luaopen_debug},  {NULL, NULL},
    };
    for (const luaL_Reg *library = libraries; library->name; library++) {
        luaL_requiref(L, library->name, library->func, 1);
        lua_pop(L, 1);
    }
}

void moon_open_base(lua_State *L) {
    /* What remains of debug looks, and changes nothing. */
    static const char *const debug[] = {"sethook",     "gethook",        "setlocal",
                                        "setupvalue",  "upvaluejoin",    "setmetatable",
                                        "getregistry", "setuservalue",   "getuservalue",
                                        "debug",       "setcstacklimit", NULL};
    open_libraries(L);
    remove_fields(L, LUA_DBLIBNAME, debug);
    moon_bind(L, bindings);
    lua_getglobal(L, LUA_IOLIBNAME);
    lua_newtable(L);
    luaL_setfuncs(L, stdout_methods, 0);
    lua_setfield(L, -2, "stdout");
    lua_pop(L, 1);
    moon_open_pairs(L);
    moon_open_inspect(L);
    moon_open_load(L);
    moon_open_time(L);
    moon_open_system(L);
    moon_open_erlang(L);
    moon_open_random(L);
}
