#include "shell/values.h"

#include <lauxlib.h>

static const char key[] = "moonbeam.values";

typedef struct keeping {
    int number;
    int count;
} keeping;

/* Stack: keeping, then the values. */
static int keep(lua_State *L) {
    const keeping *k = lua_touserdata(L, 1);
    int count = k->count;
    luaL_getsubtable(L, LUA_REGISTRYINDEX, key);
    lua_insert(L, 2);
    lua_createtable(L, count, 1);
    lua_insert(L, 3);
    for (int i = count; i > 0; i--) {
        lua_rawseti(L, 3, i);
    }
    lua_pushinteger(L, count);
    lua_setfield(L, 3, "n");
    lua_rawseti(L, 2, k->number);
    lua_pushinteger(L, k->number);
    lua_setfield(L, 2, "last");
    lua_pushnil(L);
    lua_rawseti(L, 2, k->number - MOON_VALUES_KEPT);
    return 0;
}

bool moon_values_keep(lua_State *L, int number, lua_State *from, int first, int count) {
    keeping k = {number, count};
    if (!lua_checkstack(L, count + 8) || (L != from && !lua_checkstack(from, count + 2))) {
        return false;
    }
    lua_pushcfunction(L, keep);
    lua_pushlightuserdata(L, &k);
    for (int i = 0; i < count; i++) {
        lua_pushvalue(from, first + i);
    }
    if (L != from) {
        lua_xmove(from, L, count);
    }
    if (lua_pcall(L, count + 1, 0, 0) != LUA_OK) {
        lua_pop(L, 1);
        return false;
    }
    return true;
}

int moon_values_push(lua_State *L, lua_Integer number) {
    luaL_getsubtable(L, LUA_REGISTRYINDEX, key);
    int kept = lua_gettop(L);
    lua_getfield(L, kept, "last");
    lua_Integer last = lua_tointeger(L, -1);
    if (last == 0) {
        return luaL_error(L, "v(%I) is out of bounds: nothing has been evaluated yet", number);
    }
    lua_Integer wanted = number < 0 ? last + 1 + number : number;
    if (wanted < 1 || wanted > last || lua_rawgeti(L, kept, wanted) != LUA_TTABLE) {
        lua_Integer first = last > MOON_VALUES_KEPT ? last - MOON_VALUES_KEPT + 1 : 1;
        return luaL_error(L,
                          "v(%I) is out of bounds, the currently preserved history ranges "
                          "from %I to %I",
                          number, first, last);
    }
    int values = lua_gettop(L);
    lua_getfield(L, values, "n");
    int count = (int)lua_tointeger(L, -1);
    luaL_checkstack(L, count, "too many values");
    for (int i = 1; i <= count; i++) {
        lua_rawgeti(L, values, i);
    }
    return count;
}
