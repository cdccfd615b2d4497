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

/* What was given lies on top of the stack, as it is shown. */
static int complain(lua_State *L, const char *what, int arg, const char *part, const char *wanted) {
    return luaL_error(L, "bad argument #%d to '%s' (%s: %s expected, got %s)", arg, what, part,
                      wanted, lua_tostring(L, -1));
}

int moon_bad_argument(lua_State *L, const char *what, int arg, const char *name,
                      const char *wanted) {
    moon_push_shown(L, arg);
    return complain(L, what, arg, name, wanted);
}

/* The name of argument arg in a signature, "call(server, request [, timeout = 5000])", and its size;
 * NULL when there is none. */
static const char *name_in_signature(const char *at, int arg, size_t *size) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    int number = 0, braces = 0;
    for (at += strcspn(at, "(\n"); *at && *at != '\n'; at++) {
        braces += (*at == '{') - (*at == '}');
        if (braces == 0 && (*at == ',' || number == 0) && ++number == arg) {
            at += 1 + strspn(at + 1, " [");
            *size = strspn(at, letters);
            return *size > 0 ? at : NULL;
        }
    }
    return NULL;
}

/* Pushes the name of argument arg of the function `what`, as one of the signatures at the beginning
 * of its help text has it. */
static const char *push_name(lua_State *L, const char *what, int arg) {
    const char *line = moon_help(moon_of(L), what), *name = NULL;
    size_t size = 0;
    while (line && *line && *line != '\n' && !name) {
        name = name_in_signature(line, arg, &size);
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    return name ? lua_pushlstring(L, name, size) : lua_pushliteral(L, "value");
}

int moon_refuse_for(lua_State *L, const char *what, int arg, const char *wanted) {
    luaL_checkstack(L, 8, NULL);
    moon_push_shown(L, arg);
    const char *name = push_name(L, what, arg);
    lua_insert(L, -2);
    return complain(L, what, arg, name, wanted);
}

int moon_wrong_argument(lua_State *L, int arg, const char *wanted) {
    lua_Debug ar;
    luaL_checkstack(L, 8, NULL);
    if (!lua_getstack(L, 0, &ar) || !lua_getinfo(L, "f", &ar))
        return luaL_argerror(L, arg, wanted);
    const char *path = moon_bound_path(moon_of(L), lua_tocfunction(L, -1));
    lua_pop(L, 1);
    return path ? moon_refuse_for(L, path, arg, wanted) : luaL_argerror(L, arg, wanted);
}

lua_Integer moon_check_integer(lua_State *L, int arg, lua_Integer least, const char *wanted) {
    if (lua_type(L, arg) != LUA_TNUMBER || !lua_isinteger(L, arg) || lua_tointeger(L, arg) < least)
        moon_wrong_argument(L, arg, wanted);
    return lua_tointeger(L, arg);
}

int moon_check_word(lua_State *L, int arg, const char *otherwise, const char *const *words) {
    if (lua_gettop(L) < arg)
        lua_settop(L, arg);
    if (otherwise && lua_isnil(L, arg)) {
        lua_pushstring(L, otherwise);
        lua_replace(L, arg);
    }
    for (int i = 0; words[i]; i++)
        if (lua_type(L, arg) == LUA_TSTRING && strcmp(lua_tostring(L, arg), words[i]) == 0)
            return i;
    luaL_Buffer wanted;
    luaL_buffinit(L, &wanted);
    for (int i = 0; words[i]; i++) {
        luaL_addstring(&wanted, i == 0 ? "\"" : words[i + 1] ? "\", \"" : "\" or \"");
        luaL_addstring(&wanted, words[i]);
    }
    luaL_addchar(&wanted, '"');
    luaL_pushresult(&wanted);
    return moon_wrong_argument(L, arg, lua_tostring(L, -1));
}

int moon_bad_part(lua_State *L, const char *what, int arg, const char *part, const char *wanted) {
    moon_push_shown(L, -1);
    return complain(L, what, arg, part, wanted);
}

int moon_bad_option(lua_State *L, const char *what, int arg, const char *option,
                    const char *wanted) {
    lua_pushfstring(L, "option %s", option);
    lua_insert(L, -2);
    return moon_bad_part(L, what, arg, lua_tostring(L, -2), wanted);
}

void moon_check_options(lua_State *L, const char *what, int arg) {
    if (lua_isnone(L, arg))
        lua_settop(L, arg);
    if (!lua_isnil(L, arg) && lua_type(L, arg) != LUA_TTABLE)
        moon_refuse_for(L, what, arg, "a table of options");
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
