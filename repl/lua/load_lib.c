/* load, loadfile, dofile, require: text only. A binary chunk can crash the interpreter. */
#include <stdlib.h>

#include "lua/argument.h"
#include "lua/load_file.h"
#include "lua/shadowed.h"
#include "lua/state.h"

#define REFUSAL "binary chunks are not loaded"

static int refuse(lua_State *L) {
    lua_pushnil(L);
    lua_pushliteral(L, REFUSAL);
    return 2;
}

/* Upvalue: Lua's load, which is called with mode "t". */
static int load(lua_State *L) {
    bool none = lua_isnone(L, 4);
    if (lua_type(L, 1) != LUA_TSTRING && !lua_isfunction(L, 1))
        return moon_bad_argument(L, "load", 1, "text",
                                 "a string, or a function that gives its parts");
    if (!lua_isnoneornil(L, 2) && lua_type(L, 2) != LUA_TSTRING)
        return moon_bad_argument(L, "load", 2, "name", "a string");
    if (!lua_isnoneornil(L, 3) && lua_type(L, 3) != LUA_TSTRING)
        return moon_bad_argument(L, "load", 3, "mode", "\"t\" (text; nothing else is loaded)");
    if (!lua_isnoneornil(L, 4) && !lua_istable(L, 4))
        return moon_bad_argument(L, "load", 4, "environment", "a table");
    if (lua_type(L, 1) == LUA_TSTRING && *lua_tostring(L, 1) == LUA_SIGNATURE[0])
        return refuse(L);
    lua_settop(L, none ? 3 : 4);
    lua_pushliteral(L, "t");
    lua_replace(L, 3);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_pushvalue(L, 2);
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 2, LUA_MULTRET);
    if (lua_isfunction(L, -1) && lua_type(L, 1) == LUA_TSTRING) {
        size_t size;
        const char *text = lua_tolstring(L, 1, &size);
        moon_warn_shadowed(L, text, size);
    }
    return lua_gettop(L) - 1;
}

static const char *check_file(lua_State *L) {
    if (lua_type(L, 1) != LUA_TSTRING)
        moon_wrong_argument(L, 1, "a file's name");
    return lua_tostring(L, 1);
}

static int loadfile(lua_State *L) {
    const char *name = check_file(L);
    bool has_environment = !lua_isnone(L, 3);
    if (moon_load_file(L, name) != LUA_OK) {
        lua_pushnil(L);
        lua_insert(L, -2);
        return 2;
    }
    if (has_environment) {
        lua_pushvalue(L, 3);
        if (!lua_setupvalue(L, -2, 1))
            lua_pop(L, 1);
    }
    return 1;
}

static int done(lua_State *L, int status, lua_KContext context) {
    return lua_gettop(L) - 1;
}

static int dofile(lua_State *L) {
    const char *name = check_file(L);
    lua_settop(L, 1);
    if (moon_load_file(L, name) != LUA_OK)
        return lua_error(L);
    lua_callk(L, 0, LUA_MULTRET, 0, done);
    return done(L, LUA_OK, 0);
}

/* The searcher of require for files. */
static int search_file(lua_State *L) {
    const char *name = luaL_checkstring(L, 1);
    lua_getglobal(L, "package");
    lua_getfield(L, -1, "searchpath");
    lua_pushstring(L, name);
    lua_getfield(L, -3, "path");
    lua_call(L, 2, 2);
    if (lua_isnil(L, -2))
        return 1; /* why not */
    lua_pop(L, 1);
    const char *file = lua_tostring(L, -1);
    if (moon_load_file(L, file) != LUA_OK)
        return luaL_error(L, "error loading module '%s' from file '%s':\n\t%s", name, file,
                          lua_tostring(L, -1));
    lua_pushstring(L, file);
    return 2;
}

static const moon_binding bindings[] = {
    {"load",
     "load(text [, name [, mode = \"t\" [, environment]]])\n\nCompiles a piece of Lua; returns a "
     "function, or nil and "
     "what is wrong.\n\n    load(\"return 1 + 1\")()",
     NULL},
    {"loadfile",
     "loadfile(name)\n\nCompiles a file; returns a function, or nil and what is wrong.\n\n"
     "    loadfile(\"counter.lua\")",
     loadfile},
    {"dofile", "dofile(name)\n\nRuns a file and returns its values.\n\n    dofile(\"counter.lua\")",
     dofile},
    {NULL, NULL, NULL},
};

void moon_open_load(lua_State *L) {
    moon_bind(L, bindings);
    lua_getglobal(L, "load");
    lua_pushcclosure(L, load, 1);
    lua_setglobal(L, "load");
    lua_getglobal(L, "package");
    lua_pushnil(L);
    lua_setfield(L, -2, "loadlib");
    lua_getfield(L, -1, "searchers");
    lua_pushcfunction(L, search_file);
    lua_rawseti(L, -2, 2);
    lua_pushnil(L);
    lua_rawseti(L, -2, 4);
    lua_pushnil(L);
    lua_rawseti(L, -2, 3);
    lua_pop(L, 2);
}
