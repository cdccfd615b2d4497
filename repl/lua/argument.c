#include "lua/argument.h"

#include "lua/cell.h"
#include "lua/value.h"

#define SHOWN_ELEMENTS 8u
#define SHOWN_DEPTH 3u

const char *moon_push_shown(lua_State *L, int index) {
    char text[160];
    mb_term picture;
    if (lua_isnone(L, index))
        return lua_pushliteral(L, "nothing");
    moon_to_picture(L, index, SHOWN_ELEMENTS, SHOWN_DEPTH, &picture);
    size_t length = mb_inspect_text(picture, text, sizeof text);
    mb_release(moon_rt(L), picture);
    if (length >= sizeof text)
        memcpy(text + sizeof text - 4, "...", 4);
    return lua_pushstring(L, text);
}

int moon_bad_argument(lua_State *L, const char *what, int arg, const char *name,
                      const char *wanted) {
    const char *given = moon_push_shown(L, arg);
    return luaL_error(L, "bad argument #%d to '%s' (%s: %s expected, got %s)", arg, what, name,
                      wanted, given);
}

int moon_bad_option(lua_State *L, const char *what, int arg, const char *option,
                    const char *wanted) {
    const char *given = moon_push_shown(L, -1);
    return luaL_error(L, "bad argument #%d to '%s' (option %s: %s expected, got %s)", arg, what,
                      option, wanted, given);
}

void moon_check_options(lua_State *L, const char *what, int arg) {
    if (lua_isnone(L, arg))
        lua_settop(L, arg);
    if (!lua_isnil(L, arg) && lua_type(L, arg) != LUA_TTABLE)
        moon_bad_argument(L, what, arg, "opts", "a table of options");
}

int moon_push_option(lua_State *L, int arg, const char *option) {
    if (lua_type(L, arg) == LUA_TTABLE)
        return lua_getfield(L, arg, option);
    lua_pushnil(L);
    return LUA_TNIL;
}

mb_time moon_timeout_option(lua_State *L, const char *what, int arg, const char *option,
                            mb_time otherwise) {
    mb_time time = otherwise;
    int type = moon_push_option(L, arg, option);
    if (type == LUA_TNUMBER && lua_tonumber(L, -1) >= 0 && lua_tonumber(L, -1) <= 4294967295e3)
        time = (mb_time)(lua_tonumber(L, -1) * (lua_Number)MB_MILLISECOND);
    else if (moon_is_string(L, -1, "infinity"))
        time = MB_INFINITY;
    else if (type != LUA_TNIL)
        moon_bad_option(L, what, arg, option, "milliseconds or \"infinity\"");
    lua_pop(L, 1);
    return time;
}
