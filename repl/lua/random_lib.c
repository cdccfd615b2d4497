/* math.random from the universe's seed, so that a run can be repeated. */
#include "lua/argument.h"
#include "lua/state.h"

/* splitmix64 */
static uint64_t next_random(moon_universe *u) {
    uint64_t z = u->random += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* Evenly among 0 … limit. */
static uint64_t random_up_to(moon_universe *u, uint64_t limit) {
    uint64_t mask = limit, value;
    mask |= mask >> 1;
    mask |= mask >> 2;
    mask |= mask >> 4;
    mask |= mask >> 8;
    mask |= mask >> 16;
    mask |= mask >> 32;
    do {
        value = next_random(u) & mask;
    } while (value > limit);
    return value;
}

#define INTEGER "an integer"

static int math_random(lua_State *L) {
    moon_universe *u = moon_of(L);
    lua_Integer low = 1, high;
    switch (lua_gettop(L)) {
    case 0:
        lua_pushnumber(L, (lua_Number)(next_random(u) >> 11) * 0x1p-53);
        return 1;
    case 1:
        high = moon_check_integer(L, 1, LUA_MININTEGER, INTEGER);
        if (high == 0) {
            lua_pushinteger(L, (lua_Integer)next_random(u));
            return 1;
        }
        break;
    case 2:
        low = moon_check_integer(L, 1, LUA_MININTEGER, INTEGER);
        high = moon_check_integer(L, 2, LUA_MININTEGER, INTEGER);
        break;
    default:
        return luaL_error(L, "wrong number of arguments");
    }
    if (low > high)
        return moon_wrong_argument(L, lua_gettop(L), "an integer that is not less than the other end");
    uint64_t offset = random_up_to(u, (uint64_t)high - (uint64_t)low);
    lua_pushinteger(L, (lua_Integer)((uint64_t)low + offset));
    return 1;
}

static int math_randomseed(lua_State *L) {
    moon_universe *u = moon_of(L);
    if (!lua_isnone(L, 1) && lua_type(L, 1) != LUA_TNUMBER)
        return moon_wrong_argument(L, 1, "a number");
    u->random = lua_isnone(L, 1)      ? mb_random(u->rt)
                : lua_isinteger(L, 1) ? (uint64_t)lua_tointeger(L, 1)
                                      : (uint64_t)(lua_Integer)lua_tonumber(L, 1);
    return 0;
}

static const moon_binding bindings[] = {
    {"math.random",
     "random([m [, n]])\n\nA float in [0, 1), or an integer from 1 to m, or from m to n; a "
     "function of the "
     "universe's seed.\n\n    math.random(6)",
     math_random},
    {"math.randomseed",
     "randomseed([seed])\n\nStarts the random numbers anew.\n\n    math.randomseed(42)",
     math_randomseed},
    {NULL, NULL, NULL},
};

void moon_open_random(lua_State *L) {
    moon_of(L)->random = mb_random(moon_rt(L));
    moon_bind(L, bindings);
}
