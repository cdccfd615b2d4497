#include "lua/context.h"

#include <math.h>
#include <stdlib.h>

#include "lua/argument.h"
#include "lua/state.h"

mb_runtime *moon_rt(lua_State *L) {
    return moon_of(L)->rt;
}

mb_runtime *moon_runtime(moon_universe *u) {
    return u->rt;
}

mb_process *moon_self_or_null(lua_State *L) {
    return mb_current(moon_of(L)->rt);
}

mb_process *moon_self(lua_State *L) {
    mb_process *p = moon_self_or_null(L);
    if (!p)
        luaL_error(L, "this needs a process to run in");
    return p;
}

mb_pid moon_check_pid(lua_State *L, int arg) {
    if (!moon_is_pid(L, arg))
        moon_wrong_argument(L, arg, "a pid");
    return moon_light(L, arg);
}

mb_ref moon_check_ref(lua_State *L, int arg) {
    if (!moon_is_ref(L, arg))
        moon_wrong_argument(L, arg, "a reference");
    return moon_light(L, arg);
}

mb_time moon_check_timeout(lua_State *L, int arg, mb_time otherwise) {
    if (lua_isnoneornil(L, arg))
        return otherwise;
    if (lua_type(L, arg) == LUA_TSTRING && strcmp(lua_tostring(L, arg), "infinity") == 0)
        return MB_INFINITY;
    lua_Number ms = lua_type(L, arg) == LUA_TNUMBER ? lua_tonumber(L, arg) : -1;
    if (!(ms >= 0 && ms <= 4294967295e3))
        moon_wrong_argument(L, arg, "milliseconds or \"infinity\"");
    return lua_isinteger(L, arg) ? lua_tointeger(L, arg) * MB_MILLISECOND
                                 : (mb_time)floor(ms * (lua_Number)MB_MILLISECOND);
}

_Noreturn void moon_no_memory(lua_State *L) {
    lua_pushliteral(L, "not enough memory");
    lua_error(L);
    abort();
}
