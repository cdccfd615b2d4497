/* os: the time is the node's, and a program ends through its host. */
#include <stdlib.h>

#include "lua/argument.h"
#include "lua/state.h"

/* Midnight of the first of January 2024, UTC: when a virtual clock starts. */
#define VIRTUAL_START ((mb_time)1704067200 * 1000000000)

mb_time moon_wall_time(moon_universe *u) {
    mb_time start = u->options.virtual_clock ? VIRTUAL_START : u->wall_start;
    return start + mb_now_exact(u->rt);
}

static int os_clock(lua_State *L) {
    lua_pushnumber(L, (lua_Number)mb_now_exact(moon_rt(L)) / 1e9);
    return 1;
}

/* Upvalue: Lua's os.time. */
static int os_time(lua_State *L) {
    if (lua_isnoneornil(L, 1)) {
        lua_pushinteger(L, moon_wall_time(moon_of(L)) / 1000000000);
        return 1;
    }
    if (!lua_istable(L, 1))
        return moon_bad_argument(L, "os.time", 1, "table", "a table with year, month and day");
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushvalue(L, 1);
    lua_call(L, 1, 1);
    return 1;
}

/* Upvalue: Lua's os.date. The virtual clock knows no time zone. */
static int os_date(lua_State *L) {
    moon_universe *u = moon_of(L);
    lua_settop(L, 2);
    if (!lua_isnil(L, 1) && lua_type(L, 1) != LUA_TSTRING)
        moon_refuse_for(L, "os.date", 1, "a format, as \"%H:%M\"");
    if (!lua_isnil(L, 2) && !lua_isinteger(L, 2))
        moon_refuse_for(L, "os.date", 2, "seconds since 1970, an integer");
    const char *format = lua_isnil(L, 1) ? "%c" : lua_tostring(L, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    if (u->options.virtual_clock && *format != '!')
        lua_pushfstring(L, "!%s", format);
    else
        lua_pushstring(L, format);
    if (lua_isnil(L, 2))
        lua_pushinteger(L, moon_wall_time(u) / 1000000000);
    else
        lua_pushvalue(L, 2);
    lua_call(L, 2, 1);
    return 1;
}

static int never(lua_State *L, int status, lua_KContext context) {
    return moon_wait(L, "os.exit", 0, never);
}

static int os_exit(lua_State *L) {
    moon_universe *u = moon_of(L);
    if (!lua_isnoneornil(L, 1) && !lua_isboolean(L, 1))
        moon_check_integer(L, 1, LUA_MININTEGER, "a status: an integer, true or false");
    int status = lua_isboolean(L, 1) ? !lua_toboolean(L, 1) : (int)lua_tointeger(L, 1);
    moon_check_can_wait(L, "os.exit");
    u->exit_requested = true;
    u->exit_status = status;
    mb_stop(u->rt);
    return never(L, LUA_OK, 0);
}

bool moon_exit_requested(moon_universe *u, int *status) {
    if (u->exit_requested)
        *status = u->exit_status;
    return u->exit_requested;
}

static const moon_binding bindings[] = {
    {"os.clock", "clock()\n\nSeconds since the node's start, by its clock.\n\n    os.clock()",
     os_clock},
    {"os.exit", "exit([status])\n\nEnds the program.\n\n    os.exit(1)", os_exit},
    {"os.time",
     "time([table])\n\nThe time in seconds since 1970, by the node's clock.\n\n    os.time()",
     NULL},
    {"os.date",
     "date([format [, time]])\n\nThe date as text, by the node's clock.\n\n"
     "    os.date(\"%H:%M:%S\")",
     NULL},
    {NULL, NULL, NULL},
};

static void wrap(lua_State *L, const char *name, lua_CFunction function) {
    lua_getglobal(L, "os");
    lua_getfield(L, -1, name);
    lua_pushcclosure(L, function, 1);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

void moon_open_time(lua_State *L) {
    moon_bind(L, bindings);
    wrap(L, "time", os_time);
    wrap(L, "date", os_date);
}
