/* Application: what prelude/application_controller.lua is built on. */
#include "lua/argument.h"
#include "lua/error.h"
#include "lua/module.h"
#include "lua/state.h"
#include "lua/value.h"

/* module(name): the module of that name as it is now, or nil. */
static int named_module(lua_State *L) {
    moon_module_push(L, luaL_checkstring(L, 1));
    return 1;
}

/* caught(err): { "EXIT", reason }, what Erlang's catch makes of an error or an exit. It is the
 * handler of an xpcall, where the stack is still there. */
static int caught(lua_State *L) {
    lua_settop(L, 1);
    lua_createtable(L, 2, 0);
    lua_pushliteral(L, "EXIT");
    lua_rawseti(L, 2, 1);
    if (!moon_exit_reason(L, 1)) {
        lua_createtable(L, 2, 0);
        lua_pushvalue(L, 1);
        lua_rawseti(L, -2, 1);
        moon_push_stacktrace(L, L, 1);
        lua_rawseti(L, -2, 2);
    }
    lua_rawseti(L, 2, 2);
    return 1;
}

/* main(): the program's main process, which at the prompt is the shell. */
static int main_process(lua_State *L) {
    moon_push_pid(L, moon_shell_pid(moon_of(L)));
    return 1;
}

/* called(text): what this process shows as its initial call. */
static int called(lua_State *L) {
    mb_term text;
    luaL_checkstring(L, 1);
    moon_to_term(L, 1, &text, "initial call");
    mb_set_initial_call(moon_self(L), text);
    return 0;
}

static const luaL_Reg controller[] = {
    {"module", named_module},
    {"caught", caught},
    {"main", main_process},
    {"called", called},
    {NULL, NULL},
};

void moon_open_application(lua_State *L) {
    moon_module_new(L, "Application.Controller");
    luaL_setfuncs(L, controller, 0);
    lua_pop(L, 1);
}
