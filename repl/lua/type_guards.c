/* is_pid and its kin, which are guards in patterns as well. */
#include "lua/error.h"
#include "lua/process.h"
#include "lua/process_lib.h"
#include "lua/state.h"
#include "lua/value.h"

static int is_type(lua_State *L, bool yes) {
    lua_pushboolean(L, yes);
    return 1;
}
static int is_pid(lua_State *L) {
    return is_type(L, moon_is_pid(L, 1));
}
static int is_reference(lua_State *L) {
    return is_type(L, moon_is_ref(L, 1));
}
static int is_number(lua_State *L) {
    return is_type(L, lua_type(L, 1) == LUA_TNUMBER);
}
static int is_integer(lua_State *L) {
    return is_type(L, lua_isinteger(L, 1));
}
static int is_float(lua_State *L) {
    return is_type(L, lua_type(L, 1) == LUA_TNUMBER && !lua_isinteger(L, 1));
}
static int is_string(lua_State *L) {
    return is_type(L, lua_type(L, 1) == LUA_TSTRING);
}
static int is_boolean(lua_State *L) {
    return is_type(L, lua_isboolean(L, 1));
}
static int is_table(lua_State *L) {
    return is_type(L, lua_istable(L, 1));
}
static int is_function(lua_State *L) {
    return is_type(L, lua_isfunction(L, 1));
}
static int is_nil(lua_State *L) {
    return is_type(L, lua_isnoneornil(L, 1));
}

bool moon_type_guard(lua_CFunction guard, mb_term value, bool *yes) {
    static const struct {
        lua_CFunction guard;
        unsigned types; /* bits of mb_type */
    } guards[] = {
        {is_pid, 1u << MB_PID},
        {is_reference, 1u << MB_REFERENCE},
        {is_number, 1u << MB_INTEGER | 1u << MB_FLOAT},
        {is_integer, 1u << MB_INTEGER},
        {is_float, 1u << MB_FLOAT},
        {is_string, 1u << MB_STRING},
        {is_boolean, 1u << MB_BOOLEAN},
        {is_table, 1u << MB_TABLE},
        {is_nil, 1u << MB_NIL},
    };
    for (size_t i = 0; i < sizeof guards / sizeof *guards; i++) {
        if (guards[i].guard == guard) {
            *yes = (guards[i].types >> value.type & 1) != 0;
            return true;
        }
    }
    return false;
}

static const moon_binding bindings[] = {
    {"is_pid", "is_pid(value)\n\nWhether it is a pid; also a guard in patterns.\n\n"
     "    is_pid(self())   --> true", is_pid},
    {"is_reference",
     "is_reference(value)\n\nWhether it is a reference; also a guard in patterns.\n\n"
     "    is_reference(make_ref())   --> true",
     is_reference},
    {"is_number", "is_number(value)\n\nWhether it is a number; also a guard in patterns.\n\n"
     "    is_number(1.5)   --> true",
     is_number},
    {"is_integer", "is_integer(value)\n\nWhether it is an integer; also a guard in patterns.\n\n"
     "    is_integer(1)   --> true",
     is_integer},
    {"is_float", "is_float(value)\n\nWhether it is a float; also a guard in patterns.\n\n"
     "    is_float(1.5)   --> true", is_float},
    {"is_string", "is_string(value)\n\nWhether it is a string; also a guard in patterns.\n\n"
     "    is_string(\"\")   --> true",
     is_string},
    {"is_atom", "is_atom(value)\n\nWhether it is a string, which is what atoms are here.\n\n"
     "    is_atom(\"ok\")   --> true",
     is_string},
    {"is_boolean", "is_boolean(value)\n\nWhether it is true or false; also a guard in patterns.\n\n"
     "    is_boolean(false)   --> true",
     is_boolean},
    {"is_table", "is_table(value)\n\nWhether it is a table; also a guard in patterns.\n\n"
     "    is_table({})   --> true", is_table},
    {"is_function", "is_function(value)\n\nWhether it is a function; also a guard in patterns.\n\n"
     "    is_function(print)   --> true",
     is_function},
    {"is_nil", "is_nil(value)\n\nWhether it is nil; also a guard in patterns.\n\n"
     "    is_nil(nil)   --> true", is_nil},
    {NULL, NULL, NULL},
};

void moon_open_type_guards(lua_State *L) {
    moon_bind(L, bindings);
}
