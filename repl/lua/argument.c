#include "lua/argument.h"

#include "lua/cell.h"
#include "lua/help.h"
#include "lua/spelling.h"
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

int moon_wrong_argument(lua_State *L, int arg, const char *wanted) {
    lua_Debug ar;
    const char *path = NULL;
    const char *given = moon_push_shown(L, arg);
    if (lua_getstack(L, 0, &ar) && lua_getinfo(L, "nf", &ar)) {
        if (lua_iscfunction(L, -1))
            path = moon_bound_path(moon_of(L), lua_tocfunction(L, -1));
        lua_pop(L, 1);
        path = path ? path : ar.name;
    }
    return luaL_error(L, "bad argument #%d to '%s' (%s expected, got %s)", arg, path ? path : "?",
                      wanted, given);
}

void moon_check_options(lua_State *L, const char *what, int arg) {
    if (lua_isnone(L, arg))
        lua_settop(L, arg);
    if (!lua_isnil(L, arg) && lua_type(L, arg) != LUA_TTABLE)
        moon_bad_argument(L, what, arg, "opts", "a table of options");
}

static bool is_one_of(const char *name, const char *const *names) {
    for (; *names; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

/* "name, timeout and debug" */
static void add_list(luaL_Buffer *text, const char *const *names) {
    for (size_t i = 0; names[i]; i++) {
        if (i > 0)
            luaL_addstring(text, names[i + 1] ? ", " : " and ");
        luaL_addstring(text, names[i]);
    }
}

const char *moon_push_advice(lua_State *L, const char *given, const char *const *names) {
    moon_spelling near = moon_spelling_of(given);
    luaL_Buffer text;
    for (const char *const *name = names; *name; name++)
        moon_spelling_try(&near, *name);
    luaL_buffinit(L, &text);
    if (near.best) {
        luaL_addstring(&text, "did you mean ");
        luaL_addstring(&text, near.best);
        luaL_addstring(&text, "? ");
    }
    luaL_addstring(&text, "there are ");
    add_list(&text, names);
    luaL_pushresult(&text);
    return lua_tostring(L, -1);
}

const char *moon_unknown_name(lua_State *L, int index, const char *const *names) {
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        const char *name = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
        if (!name)
            return moon_push_shown(L, -1);
        if (!is_one_of(name, names))
            return name;
    }
    return NULL;
}

void moon_check_option_names(lua_State *L, const char *what, int arg, const char *const *names) {
    if (lua_type(L, arg) != LUA_TTABLE)
        return;
    const char *given = moon_unknown_name(L, arg, names);
    if (given)
        luaL_error(L, "bad argument #%d to '%s' (there is no option %s: %s)", arg, what, given,
                   moon_push_advice(L, given, names));
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
