#include "lua/child_spec_lib.h"

#include "lua/argument.h"
#include "lua/cell.h"
#include "lua/gen_server_lib.h"
#include "lua/module.h"
#include "lua/value.h"

/* The field of a module's defaults with its behaviour's start_link. */
#define BEHAVIOUR_START "__start_link"

/* { id =, start = { Module, "start_link", { arg } }, type = } for the module and the argument at
 * the given indexes; a worker's type goes unsaid, as in Elixir. */
static void push_plain_spec(lua_State *L, int module, int arg, const char *type) {
    const char *name = moon_module_name(L, module);
    lua_createtable(L, 0, 3);
    if (name) {
        lua_pushstring(L, name);
        lua_setfield(L, -2, "id");
    }
    lua_createtable(L, 3, 0);
    lua_pushvalue(L, module);
    lua_rawseti(L, -2, 1);
    lua_pushliteral(L, "start_link");
    lua_rawseti(L, -2, 2);
    lua_createtable(L, 1, 0);
    lua_pushvalue(L, arg);
    lua_rawseti(L, -2, 1);
    lua_rawseti(L, -2, 3);
    lua_setfield(L, -2, "start");
    if (type && strcmp(type, "supervisor") == 0) {
        lua_pushstring(L, type);
        lua_setfield(L, -2, "type");
    }
}

/* child_spec(arg) of a module without one of its own. Upvalues: the module's name, the type. */
static int default_child_spec(lua_State *L) {
    lua_settop(L, 1);
    if (!moon_module_push(L, lua_tostring(L, lua_upvalueindex(1))))
        return luaL_error(L, "the module %s is gone", lua_tostring(L, lua_upvalueindex(1)));
    push_plain_spec(L, 2, 1, lua_tostring(L, lua_upvalueindex(2)));
    return 1;
}

void moon_give_child_spec(lua_State *L, int index, const char *type, lua_CFunction start_link) {
    index = lua_absindex(L, index);
    lua_createtable(L, 0, 2);
    lua_pushstring(L, moon_module_name(L, index));
    lua_pushstring(L, type);
    lua_pushcclosure(L, default_child_spec, 2);
    lua_setfield(L, -2, "child_spec");
    lua_pushcfunction(L, start_link ? start_link : moon_gen_server_start_link);
    lua_setfield(L, -2, BEHAVIOUR_START);
    moon_module_defaults(L, index);
}

/* ---- the forms of a child -------------------------------------------------------------------*/

static bool has_function(lua_State *L, int index, const char *name) {
    bool found = lua_getfield(L, index, name) == LUA_TFUNCTION;
    lua_pop(L, 1);
    return found;
}

/* A module that knows its name, or any table with functions to start something by. */
static bool is_module(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TTABLE)
        return false;
    return moon_module_is(L, index) || has_function(L, index, "init") ||
           has_function(L, index, "start_link") || has_function(L, index, "child_spec");
}

static int bad_child(lua_State *L, int index) {
    const char *given = moon_push_shown(L, index);
    return luaL_error(L,
                      "supervisors expect each child to be one of the following:\n\n"
                      "  * a module\n"
                      "  * a { module, arg } table\n"
                      "  * a child specification as a table with at least the id and start "
                      "fields\n\n"
                      "Got: %s",
                      given);
}

/* Pushes the specification of the module with the argument on top of the stack, which it pops. */
static void push_module_spec(lua_State *L, int module) {
    int arg = lua_gettop(L);
    if (lua_getfield(L, module, "child_spec") == LUA_TFUNCTION) {
        lua_pushvalue(L, arg);
        lua_call(L, 1, 1);
        if (lua_type(L, -1) != LUA_TTABLE)
            luaL_error(L, "%s.child_spec must return a child specification, got %s",
                       moon_module_is(L, module) ? moon_module_name(L, module) : "the module",
                       moon_push_shown(L, -1));
    } else {
        lua_pop(L, 1);
        if (!moon_module_is(L, module))
            luaL_error(L, "a module without a name needs a child specification with an explicit "
                          "id: { id = \"…\", start = function() return Module.start_link(arg) end "
                          "}, or a name by GenServer.module");
        push_plain_spec(L, module, arg, NULL);
    }
    lua_remove(L, arg);
}

/* { Module }, { Module, arg } */
static bool is_module_and_argument(lua_State *L, int index) {
    if (lua_rawlen(L, index) < 1 || lua_rawlen(L, index) > 2)
        return false;
    lua_rawgeti(L, index, 1);
    bool found = is_module(L, lua_gettop(L));
    lua_pop(L, 1);
    return found;
}

static void push_argument(lua_State *L, int index) {
    if (lua_rawgeti(L, index, 2) != LUA_TNIL)
        return;
    lua_pop(L, 1);
    lua_newtable(L);
}

static const char *const spec_fields[] = {"id",   "start",   "restart",     "shutdown",
                                          "type", "modules", "significant", NULL};

/* Raises when the table at index has a field that no child specification has. */
static void check_spec_fields(lua_State *L, int index, const char *where) {
    const char *given = moon_unknown_name(L, index, spec_fields);
    if (given)
        luaL_error(L, "unknown key %s in child specification%s (%s)", given, where,
                   moon_push_advice(L, given, spec_fields));
}

/* Pushes a fresh table with the fields of the specification at index. */
static void copy_spec(lua_State *L, int index) {
    lua_createtable(L, 0, 4);
    for (const char *const *field = spec_fields; *field; field++) {
        if (lua_getfield(L, index, *field) == LUA_TNIL) {
            lua_pop(L, 1);
            continue;
        }
        if (field == spec_fields)
            moon_normalise_id(L);
        lua_setfield(L, -2, *field);
    }
}

void moon_push_child_spec(lua_State *L, int index, const char *what) {
    index = lua_absindex(L, index);
    luaL_checkstack(L, 12, what);
    if (lua_type(L, index) != LUA_TTABLE)
        bad_child(L, index);
    if (is_module(L, index)) {
        lua_newtable(L);
        push_module_spec(L, index);
    } else if (is_module_and_argument(L, index)) {
        lua_rawgeti(L, index, 1);
        push_argument(L, index);
        push_module_spec(L, lua_gettop(L) - 1);
        lua_remove(L, -2);
    } else {
        lua_getfield(L, index, "id");
        lua_getfield(L, index, "start");
        bool is_spec = !lua_isnil(L, -1) || !lua_isnil(L, -2);
        lua_pop(L, 2);
        if (!is_spec)
            bad_child(L, index);
        check_spec_fields(L, index, "");
        lua_pushvalue(L, index);
    }
    copy_spec(L, lua_gettop(L));
    lua_remove(L, -2);
}

void moon_push_child_specs(lua_State *L, int index, const char *what) {
    index = lua_absindex(L, index);
    lua_Integer count = (lua_Integer)lua_rawlen(L, index);
    lua_createtable(L, (int)count, 0);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, index, i);
        moon_push_child_spec(L, -1, what);
        lua_rawseti(L, -3, i);
        lua_pop(L, 1);
    }
    /* A hole, or fields: most likely the name of a module that is none. */
    lua_pushnil(L);
    while (lua_next(L, index)) {
        bool listed = lua_isinteger(L, -2) && lua_tointeger(L, -2) >= 1 &&
                      lua_tointeger(L, -2) <= count;
        if (!listed)
            luaL_error(L, "the children must be a list without holes, got %s",
                       moon_push_shown(L, index));
        lua_pop(L, 1);
    }
}

void moon_normalise_id(lua_State *L) {
    if (!moon_module_is(L, -1))
        return;
    lua_pushstring(L, moon_module_name(L, -1));
    lua_remove(L, -2);
}

/* Pushes the id that the name at index gives: that within its registry, of { "via", … }. */
static void push_name_id(lua_State *L, int index) {
    if (lua_type(L, index) == LUA_TTABLE && !moon_module_is(L, index) && lua_rawlen(L, index) > 1)
        lua_rawgeti(L, index, (lua_Integer)lua_rawlen(L, index));
    else
        lua_pushvalue(L, index);
    moon_normalise_id(L);
}

void moon_push_named_spec(lua_State *L, int index, const char *module) {
    index = lua_absindex(L, index);
    moon_module_push(L, module);
    int at = lua_gettop(L);
    lua_pushvalue(L, index);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        lua_newtable(L);
    }
    push_plain_spec(L, at, at + 1, "supervisor");
    if (moon_push_option(L, index, "name") != LUA_TNIL) {
        push_name_id(L, at + 3);
        lua_setfield(L, at + 2, "id");
    }
    lua_settop(L, at + 2);
    lua_replace(L, at);
    lua_settop(L, at);
}

/* ---- Supervisor.child_spec ------------------------------------------------------------------*/

int moon_child_spec(lua_State *L) {
    moon_check_options(L, "Supervisor.child_spec", 2);
    lua_settop(L, 2);
    moon_push_child_spec(L, 1, "Supervisor.child_spec");
    if (lua_isnil(L, 2))
        return 1;
    check_spec_fields(L, 2, " override");
    lua_pushnil(L);
    while (lua_next(L, 2)) {
        bool is_id = strcmp(lua_tostring(L, -2), "id") == 0;
        if (is_id)
            moon_normalise_id(L);
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, 3);
    }
    return 1;
}

/* ---- starting a child -----------------------------------------------------------------------*/

/* Pushes the module that the term stands for: by reference or by name. */
static void push_start_module(lua_State *L, mb_term module) {
    moon_push_term(L, module);
    if (module.type != MB_STRING)
        return;
    moon_module_push(L, lua_tostring(L, -1));
    lua_remove(L, -2);
}

/* The function of that name, or what starts modules of this behaviour, given the module too. */
static int push_start_function(lua_State *L, mb_term start) {
    moon_push_term(L, mb_element(start, 1));
    const char *name = lua_tostring(L, -1);
    push_start_module(L, mb_element(start, 0));
    if (!name || lua_type(L, -1) != LUA_TTABLE)
        luaL_error(L, "there is no module %s", moon_push_shown(L, -1));
    if (lua_getfield(L, -1, name) == LUA_TFUNCTION) {
        lua_replace(L, -3);
        lua_pop(L, 1);
        return 0;
    }
    lua_pop(L, 1);
    if (strcmp(name, "start_link") != 0)
        luaL_error(L, "function %s.%s/%d is undefined or private",
                   moon_module_is(L, -1) ? moon_module_name(L, -1) : "Module", name,
                   (int)mb_array_size(mb_element(start, 2)));
    if (lua_getfield(L, -1, BEHAVIOUR_START) != LUA_TFUNCTION) {
        lua_pop(L, 1);
        lua_pushcfunction(L, moon_gen_server_start_link);
    }
    lua_replace(L, -3);
    return 1;
}

int moon_push_child_start(lua_State *L, mb_term start) {
    if (start.type != MB_TABLE) {
        moon_push_term(L, start);
        return 0;
    }
    int count = push_start_function(L, start);
    return count + moon_push_elements(L, mb_element(start, 2), 0);
}
