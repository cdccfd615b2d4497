/* struct: constructors of tables that know what they are; and the order of all values. */
#include "lua/argument.h"
#include "lua/state.h"
#include "lua/value.h"

void moon_struct_register(lua_State *L, const char *name) {
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__struct");
    lua_rawgeti(L, LUA_REGISTRYINDEX, moon_of(L)->structs);
    lua_insert(L, -2);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

void moon_struct_push(lua_State *L, const char *name) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, moon_of(L)->structs);
    lua_getfield(L, -1, name);
    lua_remove(L, -2);
}

static int struct_to_string(lua_State *L) {
    moon_push_inspected(L, 1);
    return 1;
}

/* Overlays what is at index 1 on the struct at index 2; upvalue 3 knows the fields. */
static void set_fields(lua_State *L) {
    lua_pushnil(L);
    while (lua_next(L, 1)) {
        lua_pushvalue(L, -2);
        if (lua_rawget(L, lua_upvalueindex(3)) == LUA_TNIL)
            luaL_error(L, "unknown key %s for struct %s", moon_push_shown(L, -3),
                       lua_tostring(L, lua_upvalueindex(1)));
        lua_pop(L, 1);
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, 2);
    }
}

/* Upvalues: the struct's name, the fields that have defaults, the set of all fields. */
static int construct(lua_State *L) {
    mb_term defaults;
    lua_settop(L, 1);
    if (!lua_isnil(L, 1) && !lua_istable(L, 1))
        return moon_bad_argument(L, lua_tostring(L, lua_upvalueindex(1)), 1, "fields", "a table");
    lua_pushvalue(L, lua_upvalueindex(2));
    moon_to_term(L, 2, &defaults, "fields");
    lua_settop(L, 1);
    moon_push_owned_term(L, defaults);
    moon_struct_push(L, lua_tostring(L, lua_upvalueindex(1)));
    lua_setmetatable(L, 2);
    if (lua_istable(L, 1))
        set_fields(L);
    return 1;
}

/* Sorts what is at index 2 into defaults at 3 and names at 4. */
static void read_fields(lua_State *L) {
    lua_pushnil(L);
    while (lua_next(L, 2)) {
        bool bare = lua_isinteger(L, -2);
        if (lua_type(L, bare ? -1 : -2) != LUA_TSTRING)
            luaL_error(L,
                       "bad argument #2 to 'struct' (fields: names, or names with their "
                       "defaults, expected, got %s)",
                       moon_push_shown(L, 2));
        lua_pushvalue(L, bare ? -1 : -2);
        lua_pushboolean(L, 1);
        lua_rawset(L, 4);
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        if (bare)
            lua_pop(L, 2);
        else
            lua_rawset(L, 3);
    }
}

static int make_struct(lua_State *L) {
    lua_settop(L, 2);
    if (lua_type(L, 1) != LUA_TSTRING)
        return moon_bad_argument(L, "struct", 1, "name", "a string");
    if (!lua_istable(L, 2))
        return moon_bad_argument(L, "struct", 2, "fields", "a table");
    lua_newtable(L);
    lua_newtable(L);
    read_fields(L);
    lua_newtable(L);
    lua_pushcfunction(L, struct_to_string);
    lua_setfield(L, -2, "__tostring");
    moon_struct_register(L, lua_tostring(L, 1));
    lua_pushvalue(L, 1);
    lua_pushvalue(L, 3);
    lua_pushvalue(L, 4);
    lua_pushcclosure(L, construct, 3);
    return 1;
}

static int compare(lua_State *L) {
    mb_term terms[2];
    lua_settop(L, 2);
    moon_to_term(L, 1, &terms[0], "value");
    if (!moon_try_term(L, 2, &terms[1], "value")) {
        mb_release(moon_rt(L), terms[0]);
        return lua_error(L);
    }
    int order = mb_compare(terms[0], terms[1]);
    mb_release(moon_rt(L), terms[0]);
    mb_release(moon_rt(L), terms[1]);
    lua_pushinteger(L, order < 0 ? -1 : order > 0);
    return 1;
}

static const moon_binding bindings[] = {
    {"struct",
     "struct(name, fields)\n\n"
     "Makes a constructor of structs: tables that know their name, in messages too. fields gives "
     "names with\n"
     "their defaults; those without one stand in the array part. The constructor refuses other "
     "fields.\n\n"
     "    User = struct(\"User\", { \"email\", name = \"nobody\" })\n"
     "    User { name = \"ada\" }   -- User{ name = \"ada\" }",
     make_struct},
    {"Enum.compare",
     "compare(a, b)\n\n"
     "-1, 0 or 1: the order of all values. Numbers come before strings, then references, "
     "functions, pids and\n"
     "tables.\n\n"
     "    Enum.compare(1, \"a\")   -- -1",
     compare},
    {NULL, NULL, NULL},
};

void moon_open_struct(lua_State *L) {
    moon_bind(L, bindings);
}
