/* Registry: https://hexdocs.pm/elixir/1.14/Registry.html */
#include "lua/registry_lib.h"

#include "lua/argument.h"
#include "lua/cell.h"
#include "lua/child_spec_lib.h"
#include "lua/collector.h"
#include "lua/gen_server_lib.h"
#include "lua/help.h"
#include "lua/module.h"
#include "lua/state.h"
#include "lua/value.h"

/* ---- arguments ------------------------------------------------------------------------------*/

void moon_check_given(lua_State *L, const char *what, int arg, const char *name) {
    if (lua_isnoneornil(L, arg))
        moon_bad_argument(L, what, arg, name, "a value");
}

bool moon_is_registry_name(lua_State *L, int index) {
    return lua_type(L, index) == LUA_TSTRING || moon_module_is(L, index);
}

/* The registry named at index, or NULL. */
static mb_registry *find_registry(lua_State *L, int index) {
    mb_term name;
    lua_pushvalue(L, index);
    moon_normalise_id(L);
    moon_to_term(L, -1, &name, "registry");
    mb_registry *registry = mb_registry_find(moon_rt(L), name);
    mb_release(moon_rt(L), name);
    lua_pop(L, 1);
    return registry;
}

mb_registry *moon_known_registry(lua_State *L, int index) {
    mb_registry *registry = find_registry(L, index);
    if (!registry)
        luaL_error(L, "unknown registry: %s", luaL_tolstring(L, index, NULL));
    return registry;
}

mb_registry *moon_check_registry(lua_State *L, const char *what, int arg) {
    if (!moon_is_registry_name(L, arg))
        moon_refuse_for(L, what, arg, "the name of a registry");
    return moon_known_registry(L, arg);
}

mb_pid moon_check_pid_argument(lua_State *L, const char *what, int arg) {
    if (!moon_is_pid(L, arg))
        moon_bad_argument(L, what, arg, "pid", "a pid");
    return moon_light(L, arg);
}

/* ---- starting -------------------------------------------------------------------------------*/

static void check_listeners(lua_State *L, const char *what) {
    if (moon_push_option(L, 1, "listeners") == LUA_TNIL) {
        lua_pop(L, 1);
        lua_newtable(L);
    }
    bool good = lua_type(L, -1) == LUA_TTABLE;
    lua_Integer count = good ? (lua_Integer)lua_rawlen(L, -1) : 0;
    lua_createtable(L, (int)count, 0);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, -2, i);
        good = good && moon_is_registry_name(L, -1);
        moon_normalise_id(L);
        lua_rawseti(L, -2, i);
    }
    if (!good) {
        lua_pop(L, 1);
        moon_bad_option(L, what, 1, "listeners", "a list of names of processes");
    }
    lua_remove(L, -2);
}

static void check_partitions(lua_State *L, const char *what) {
    int type = moon_push_option(L, 1, "partitions");
    if (type != LUA_TNIL && !(lua_isinteger(L, -1) && lua_tointeger(L, -1) > 0))
        moon_bad_option(L, what, 1, "partitions", "a positive integer");
    lua_pop(L, 1);
}

/* Pushes { keys =, name =, listeners =, meta = } of the options at index 1. */
static void push_settings(lua_State *L, const char *what, const char *keys) {
    lua_createtable(L, 0, 4);
    if (keys)
        lua_pushstring(L, keys);
    else
        moon_push_option(L, 1, "keys");
    if (!moon_is_string(L, -1, "unique") && !moon_is_string(L, -1, "duplicate"))
        moon_bad_option(L, what, 1, "keys", "\"unique\" or \"duplicate\"");
    lua_setfield(L, -2, "keys");
    moon_push_option(L, 1, "name");
    if (!moon_is_registry_name(L, -1))
        moon_bad_option(L, what, 1, "name", "a string or a module");
    moon_normalise_id(L);
    lua_setfield(L, -2, "name");
    check_partitions(L, what);
    check_listeners(L, what);
    lua_setfield(L, -2, "listeners");
    int type = moon_push_option(L, 1, "meta");
    if (type != LUA_TNIL && (type != LUA_TTABLE || lua_rawlen(L, -1) > 0))
        moon_bad_option(L, what, 1, "meta", "a table of fields");
    lua_setfield(L, -2, "meta");
}

/* The settings lie at index 2. */
static mb_term settings_argument(lua_State *L) {
    mb_term argument;
    moon_to_term(L, 2, &argument, "options");
    return argument;
}

int moon_registry_start(lua_State *L, const char *what, const char *keys) {
    static const char *const names[] = {"keys", "name", "listeners", "partitions", "meta", NULL};
    static const char *const topics[] = {"name", "adapter", "pool_size", NULL};
    if (lua_type(L, 1) != LUA_TTABLE)
        return moon_bad_argument(L, what, 1, "opts", "a table of options");
    lua_settop(L, 1);
    moon_check_option_names(L, what, 1, keys ? topics : names);
    push_settings(L, what, keys);
    lua_createtable(L, 0, 1);
    lua_getfield(L, 2, "name");
    lua_setfield(L, -2, "name");
    return moon_start(L, what, true, settings_argument, mb_registry_start);
}

int moon_registry_child_spec(lua_State *L, const char *what, const char *module) {
    if (lua_type(L, 1) != LUA_TTABLE)
        return moon_bad_argument(L, what, 1, "opts", "a table of options");
    lua_settop(L, 1);
    lua_createtable(L, 0, 3);
    if (moon_push_option(L, 1, "name") == LUA_TNIL) {
        lua_pop(L, 1);
        lua_pushstring(L, module);
    }
    moon_normalise_id(L);
    lua_setfield(L, 2, "id");
    lua_createtable(L, 3, 0);
    moon_module_push(L, module);
    lua_rawseti(L, 3, 1);
    lua_pushliteral(L, "start_link");
    lua_rawseti(L, 3, 2);
    lua_createtable(L, 1, 0);
    lua_pushvalue(L, 1);
    lua_rawseti(L, 4, 1);
    lua_rawseti(L, 3, 3);
    lua_setfield(L, 2, "start");
    lua_pushliteral(L, "supervisor");
    lua_setfield(L, 2, "type");
    return 1;
}

static int start_link(lua_State *L) { return moon_registry_start(L, "Registry.start_link", NULL); }

static int child_spec(lua_State *L) {
    return moon_registry_child_spec(L, "Registry.child_spec", "Registry");
}

/* ---- metadata -------------------------------------------------------------------------------*/

static int meta(lua_State *L) {
    mb_term key, value;
    mb_registry *registry = moon_check_registry(L, "Registry.meta", 1);
    moon_check_given(L, "Registry.meta", 2, "key");
    moon_to_term(L, 2, &key, "key");
    bool found = mb_registry_meta(registry, key, &value);
    mb_release(moon_rt(L), key);
    if (found) {
        moon_push_owned_term(L, mb_retain(value));
        return 1;
    }
    lua_pushnil(L);
    lua_pushliteral(L, "error");
    return 2;
}

static int put_meta(lua_State *L) {
    mb_term pair;
    lua_settop(L, 3);
    mb_registry *registry = moon_check_registry(L, "Registry.put_meta", 1);
    moon_check_given(L, "Registry.put_meta", 2, "key");
    moon_stack_to_term(L, 2, &pair, "{ key, value }");
    bool done = mb_registry_put_meta(registry, mb_element(pair, 0), mb_element(pair, 1));
    mb_release(moon_rt(L), pair);
    if (!done)
        moon_no_memory(L);
    lua_pushboolean(L, 1);
    return 1;
}

static int delete_meta(lua_State *L) {
    mb_term key;
    mb_registry *registry = moon_check_registry(L, "Registry.delete_meta", 1);
    moon_check_given(L, "Registry.delete_meta", 2, "key");
    moon_to_term(L, 2, &key, "key");
    mb_registry_delete_meta(registry, key);
    mb_release(moon_rt(L), key);
    lua_pushboolean(L, 1);
    return 1;
}

/* ---- binding --------------------------------------------------------------------------------*/

#define UNIQUE "    Registry.start_link { keys = \"unique\", name = \"Rooms\" }\n"

static const moon_binding bindings[] = {
    {"Registry",
     "Registry\n\n"
     "Processes found by keys of any kind. A process registers itself; when it ends, its entries "
     "go.\n"
     "With unique keys a key has one owner and serves as a name: { \"via\", Registry, { registry, "
     "key } }\n"
     "stands wherever a name does. With duplicate keys it leads to any number of processes.\n\n"
     UNIQUE
     "    Registry.register(\"Rooms\", \"lobby\", 12)\n"
     "    Registry.lookup(\"Rooms\", \"lobby\")   --> { { #PID<0.84.0>, 12 } }",
     NULL},
    {"Registry.start_link",
     "start_link(opts)\n\n"
     "Starts a registry linked to the caller; returns its pid, or nil and the reason. opts: keys "
     "(\"unique\"\n"
     "or \"duplicate\") and name must be given; listeners is a list of names of processes that are "
     "told\n"
     "{ \"register\", registry, key, pid, value } and { \"unregister\", registry, key, pid }, but not "
     "of the\n"
     "end of an owner; meta are the first fields for Registry.meta; partitions makes no "
     "difference.\n\n" UNIQUE
     "    Supervisor.start_link({ { Registry, { keys = \"unique\", name = \"Users\" } } },\n"
     "      { strategy = \"one_for_one\" })",
     start_link},
    {"Registry.child_spec",
     "child_spec(opts)\n\n"
     "The specification of a registry as a supervisor's child; its id is the registry's name.\n\n"
     "    Registry.child_spec({ keys = \"unique\", name = \"Rooms\" })   --> { id = \"Rooms\", … }",
     child_spec},
    {"Registry.meta",
     "meta(registry, key)\n\n"
     "What Registry.put_meta has put under the key; or nil, \"error\".\n\n" UNIQUE
     "    Registry.put_meta(\"Rooms\", \"floor\", 3)\n"
     "    Registry.meta(\"Rooms\", \"floor\")   --> 3",
     meta},
    {"Registry.put_meta",
     "put_meta(registry, key, value)\n\n"
     "Keeps a value of the registry's own. Returns true.\n\n" UNIQUE
     "    Registry.put_meta(\"Rooms\", \"floor\", 3)   --> true",
     put_meta},
    {"Registry.delete_meta",
     "delete_meta(registry, key)\n\n"
     "Forgets what Registry.put_meta has put under the key. Returns true.\n\n" UNIQUE
     "    Registry.delete_meta(\"Rooms\", \"floor\")   --> true",
     delete_meta},
    {NULL, NULL, NULL},
};

void moon_library_module(lua_State *L, const char *name) {
    moon_module_new(L, name);
    lua_rawgeti(L, LUA_REGISTRYINDEX, moon_of(L)->globals);
    lua_insert(L, -2);
    lua_pushstring(L, name);
    lua_insert(L, -2);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

void moon_open_registry(lua_State *L) {
    moon_library_module(L, "Registry");
    moon_bind(L, bindings);
    moon_open_registry_entries(L);
    moon_open_registry_select(L);
    moon_open_registry_names(L);
}
