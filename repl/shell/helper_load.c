/* Helpers that load code: c and reload. Either all of a file takes effect, or nothing. */
#include <lauxlib.h>

#include "lua/argument.h"
#include "lua/context.h"
#include "lua/module.h"
#include "lua/load_file.h"
#include "shell/helper_list.h"
#include "shell/page.h"

static void say_loaded(lua_State *L, const char *file) {
    moon_page page;
    moon_page_begin(&page, L);
    moon_page_style(&page, MOON_STYLE_GOOD, "loaded ");
    moon_text_puts(&page.text, file);
    moon_text_puts(&page.text, "\n");
    moon_page_end(&page);
}

/* Stack: the file's name; then, on failure, the error. */
static int finish_load(lua_State *L, int status, lua_KContext context) {
    if (status != LUA_OK && status != LUA_YIELD) {
        moon_transaction_rollback(L);
        return lua_error(L);
    }
    moon_transaction_commit(L);
    say_loaded(L, lua_tostring(L, 1));
    return 0;
}

/* The file's name is at index 1, alone. */
static int load_file(lua_State *L) {
    if (moon_load_file(L, lua_tostring(L, 1)) != LUA_OK) {
        return lua_error(L);
    }
    moon_transaction_begin(L);
    return finish_load(L, lua_pcallk(L, 0, 0, 0, 0, finish_load), 0);
}

static int helper_c(lua_State *L) {
    if (lua_type(L, 1) != LUA_TSTRING) {
        return moon_wrong_argument(L, 1, "a file's name");
    }
    lua_settop(L, 1);
    return load_file(L);
}

/* Pushes the file that the function on top of the stack was defined in, and pops the function;
 * false and nothing pushed when it was typed, or is C's. */
static bool push_file(lua_State *L) {
    lua_Debug info;
    lua_getinfo(L, ">S", &info);
    if (info.source[0] != '@') {
        return false;
    }
    lua_pushstring(L, info.source + 1);
    return true;
}

/* Pushes the file of one of the functions in the table at index, or in the tables of clauses in it;
 * false: there is none. */
static bool push_file_of(lua_State *L, int index, bool clauses) {
    lua_pushnil(L);
    while (lua_next(L, index) != 0) {
        if (clauses && lua_type(L, -1) == LUA_TTABLE && push_file_of(L, lua_gettop(L), false)) {
            return true;
        }
        if (!lua_isfunction(L, -1)) {
            lua_pop(L, 1);
        } else if (push_file(L)) {
            return true;
        }
    }
    return false;
}

static int helper_reload(lua_State *L) {
    if (!lua_istable(L, 1) || !moon_module_is(L, 1)) {
        return moon_wrong_argument(L, 1, "a module");
    }
    if (!push_file_of(L, 1, true)) {
        return luaL_error(L, "%s was not loaded from a file", moon_module_name(L, 1));
    }
    lua_replace(L, 1);
    lua_settop(L, 1);
    return load_file(L);
}

const moon_binding moon_load_helpers[] = {
    {"c",
     "c(file)\n\n"
     "Loads a Lua file. Running servers of the modules in it go on with the new code and their "
     "present state. A file that fails changes nothing.\n\n"
     "    c\"counter.lua\"",
     helper_c},
    {"reload",
     "reload(Module)\n\n"
     "Loads the file again that a module came from.\n\n"
     "    reload(Counter)",
     helper_reload},
    {NULL, NULL, NULL},
};
