/* Registry: entries of processes, made, looked at and changed. */
#include "lua/registry_lib.h"

#include "lua/argument.h"
#include "lua/cell.h"
#include "lua/collector.h"
#include "lua/help.h"
#include "lua/module.h"
#include "lua/state.h"
#include "lua/value.h"

/* ---- registering ----------------------------------------------------------------------------*/

void moon_registry_heard(lua_State *L, mb_registry_result result) {
    if (result == MB_REGISTRY_NO_MEMORY)
        moon_no_memory(L);
    if (result == MB_REGISTRY_UNHEARD)
        luaL_error(L, "a listener of the registry is not there: no process has its name");
}

mb_registry_result moon_registry_add(lua_State *L, mb_registry *registry, mb_process *p, int key,
                                     mb_pid *holder) {
    mb_runtime *rt = moon_rt(L);
    mb_term pair;
    lua_settop(L, key + 1);
    moon_stack_to_term(L, key, &pair, "{ key, value }");
    mb_registry_result result =
        mb_registry_add(registry, p, mb_element(pair, 0), mb_element(pair, 1), holder);
    mb_release(rt, pair);
    moon_registry_heard(L, result);
    moon_reduce(L, 1);
    return result;
}

static int register_self(lua_State *L) {
    mb_pid holder;
    lua_settop(L, 3);
    mb_registry *registry = moon_check_registry(L, "Registry.register", 1);
    moon_check_given(L, "Registry.register", 2, "key");
    if (moon_registry_add(L, registry, moon_self(L), 2, &holder) == MB_REGISTRY_OK) {
        moon_push_pid(L, mb_registry_pid(registry));
        return 1;
    }
    lua_pushnil(L);
    lua_createtable(L, 2, 0);
    lua_pushliteral(L, "already_registered");
    lua_rawseti(L, -2, 1);
    moon_push_pid(L, holder);
    lua_rawseti(L, -2, 2);
    return 2;
}

void moon_registry_remove(lua_State *L, mb_registry *registry, int key) {
    mb_process *self = moon_self(L);
    mb_term term;
    moon_to_term(L, key, &term, "key");
    mb_registry_result result = mb_registry_unregister(registry, self, term);
    mb_release(moon_rt(L), term);
    moon_registry_heard(L, result);
}

static int unregister(lua_State *L) {
    mb_registry *registry = moon_check_registry(L, "Registry.unregister", 1);
    moon_check_given(L, "Registry.unregister", 2, "key");
    moon_registry_remove(L, registry, 2);
    lua_pushboolean(L, 1);
    return 1;
}

/* ---- looking --------------------------------------------------------------------------------*/

void moon_collect_registration(mb_runtime *rt, moon_collector *c, const mb_registration *found) {
    mb_term parts[] = {mb_pid_term(found->pid), found->value};
    moon_collect_tuple(rt, c, found->value.type == MB_NIL ? 1 : 2, parts);
}

/* Pushes the array of { pid, value } under the key at that index. */
static void push_entries(lua_State *L, mb_registry *registry, int key) {
    mb_runtime *rt = moon_rt(L);
    moon_collector entries = {0};
    mb_term term;
    moon_to_term(L, key, &term, "key");
    const mb_registry_filter filter = {.key = &term};
    const mb_registration *found = NULL;
    while ((found = mb_registry_next(registry, &filter, found)))
        moon_collect_registration(rt, &entries, found);
    mb_release(rt, term);
    moon_reduce(L, 1 + (int)(entries.count / 16));
    moon_push_collected(L, &entries);
}

static int lookup(lua_State *L) {
    mb_registry *registry = moon_check_registry(L, "Registry.lookup", 1);
    moon_check_given(L, "Registry.lookup", 2, "key");
    push_entries(L, registry, 2);
    return 1;
}

static int keys(lua_State *L) {
    mb_runtime *rt = moon_rt(L);
    moon_collector found_keys = {0};
    mb_registry *registry = moon_check_registry(L, "Registry.keys", 1);
    const mb_registry_filter filter = {.pid = moon_check_pid_argument(L, "Registry.keys", 2)};
    const mb_registration *found = NULL;
    while ((found = mb_registry_next(registry, &filter, found)))
        moon_collect(rt, &found_keys, mb_retain(found->key));
    moon_push_collected(L, &found_keys);
    return 1;
}

static int values(lua_State *L) {
    mb_runtime *rt = moon_rt(L);
    moon_collector found_values = {0};
    mb_term key;
    mb_registry *registry = moon_check_registry(L, "Registry.values", 1);
    moon_check_given(L, "Registry.values", 2, "key");
    mb_pid pid = moon_check_pid_argument(L, "Registry.values", 3);
    moon_to_term(L, 2, &key, "key");
    const mb_registry_filter filter = {.key = &key, .pid = pid};
    const mb_registration *found = NULL;
    while ((found = mb_registry_next(registry, &filter, found)))
        moon_collect(rt, &found_values, mb_retain(found->value));
    mb_release(rt, key);
    moon_push_collected(L, &found_values);
    return 1;
}

static int count(lua_State *L) {
    lua_Integer number = 0;
    mb_registry *registry = moon_check_registry(L, "Registry.count", 1);
    const mb_registry_filter all = {0};
    for (const mb_registration *r = NULL; (r = mb_registry_next(registry, &all, r));)
        number++;
    moon_reduce(L, 1 + (int)(number / 64));
    lua_pushinteger(L, number);
    return 1;
}

/* ---- dispatching and updating ---------------------------------------------------------------*/

static int dispatched(lua_State *L, int status, lua_KContext context) {
    (void)status;
    (void)context;
    lua_pushboolean(L, 1);
    return 1;
}

/* Pushes the function at index 3: itself, or that of { Module, "function", { argument, … } }, which
 * gets its arguments behind the entries. */
static void push_dispatcher(lua_State *L, const char *what) {
    if (lua_type(L, 3) == LUA_TFUNCTION) {
        lua_pushvalue(L, 3);
        return;
    }
    bool good = lua_type(L, 3) == LUA_TTABLE && lua_rawlen(L, 3) == 3;
    if (good) {
        lua_rawgeti(L, 3, 3);
        lua_rawgeti(L, 3, 2);
        lua_rawgeti(L, 3, 1);
        good = lua_type(L, -1) == LUA_TTABLE && lua_type(L, -2) == LUA_TSTRING &&
               lua_type(L, -3) == LUA_TTABLE;
    }
    if (!good || lua_getfield(L, -1, lua_tostring(L, -2)) != LUA_TFUNCTION)
        moon_bad_argument(L, what, 3, "fn", "a function or { Module, \"function\", { argument, … } }");
}

int moon_registry_dispatch(lua_State *L) {
    mb_registry *registry = moon_check_registry(L, "Registry.dispatch", 1);
    moon_check_given(L, "Registry.dispatch", 2, "key");
    moon_check_options(L, "Registry.dispatch", 4);
    lua_settop(L, 4);
    push_dispatcher(L, "Registry.dispatch");
    push_entries(L, registry, 2);
    if (lua_rawlen(L, -1) == 0)
        return dispatched(L, LUA_OK, 0);
    int arguments = 1;
    if (lua_type(L, 3) == LUA_TTABLE) {
        lua_rawgeti(L, 3, 3);
        int list = lua_gettop(L), more = (int)lua_rawlen(L, list);
        luaL_checkstack(L, more + 2, "too many arguments");
        for (int i = 1; i <= more; i++)
            lua_rawgeti(L, list, i);
        lua_remove(L, list);
        arguments += more;
    }
    lua_callk(L, arguments, 0, 0, dispatched);
    return dispatched(L, LUA_OK, 0);
}

/* What the process has under the key; NULL: nothing. */
static const mb_registration *find_own(mb_registry *registry, mb_pid pid, mb_term key) {
    const mb_registry_filter filter = {.key = &key, .pid = pid};
    return mb_registry_next(registry, &filter, NULL);
}

/* The old value lies at index 4, the new one at index 5. */
static int updated(lua_State *L, int status, lua_KContext context) {
    mb_term pair;
    (void)status;
    (void)context;
    lua_settop(L, 5);
    mb_registry *registry = moon_known_registry(L, 1);
    lua_settop(L, 5);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, 5);
    moon_stack_to_term(L, 6, &pair, "{ key, value }");
    const mb_registration *found =
        find_own(registry, mb_self(moon_self(L)), mb_element(pair, 0));
    if (found)
        mb_registry_update(registry, found, mb_element(pair, 1));
    mb_release(moon_rt(L), pair);
    lua_pushvalue(L, 5);
    lua_pushvalue(L, 4);
    return 2;
}

static int update_value(lua_State *L) {
    mb_registry *registry = moon_check_registry(L, "Registry.update_value", 1);
    moon_check_given(L, "Registry.update_value", 2, "key");
    if (lua_type(L, 3) != LUA_TFUNCTION)
        return moon_bad_argument(L, "Registry.update_value", 3, "fn", "a function of the value");
    if (!mb_registry_is_unique(registry))
        return luaL_error(L, "Registry.update_value/3 is not supported for duplicate registries");
    lua_settop(L, 3);
    mb_pid self = mb_self(moon_self(L));
    mb_term key;
    moon_to_term(L, 2, &key, "key");
    const mb_registration *found = find_own(registry, self, key);
    mb_release(moon_rt(L), key);
    if (!found) {
        lua_pushnil(L);
        lua_pushliteral(L, "error");
        return 2;
    }
    moon_push_owned_term(L, mb_retain(found->value));
    lua_pushvalue(L, 3);
    lua_pushvalue(L, 4);
    lua_callk(L, 1, 1, 0, updated);
    return updated(L, LUA_OK, 0);
}

/* ---- help -----------------------------------------------------------------------------------*/

#define UNIQUE "    Registry.start_link { keys = \"unique\", name = \"Rooms\" }\n"
#define TOPICS "    Registry.start_link { keys = \"duplicate\", name = \"Topics\" }\n"

static const moon_binding bindings[] = {
    {"Registry.register",
     "register(registry, key [, value])\n\n"
     "Registers the calling process under the key, and links it to the registry. Returns the pid "
     "of the\n"
     "registry; or nil, { \"already_registered\", pid }.\n\n" UNIQUE
     "    Registry.register(\"Rooms\", \"lobby\", 12)   --> #PID<0.85.0>\n"
     "    Registry.register(\"Rooms\", \"lobby\")       --> nil, { \"already_registered\", "
     "#PID<0.84.0> }",
     register_self},
    {"Registry.unregister",
     "unregister(registry, key)\n\n"
     "Takes all entries of the calling process under the key away. Returns true.\n\n" UNIQUE
     "    Registry.register(\"Rooms\", \"lobby\")\n"
     "    Registry.unregister(\"Rooms\", \"lobby\")   --> true",
     unregister},
    {"Registry.lookup",
     "lookup(registry, key)\n\n"
     "An array with { pid, value } for each entry under the key, the oldest first.\n\n" UNIQUE
     "    Registry.register(\"Rooms\", \"lobby\", 12)\n"
     "    Registry.lookup(\"Rooms\", \"lobby\")    --> { { #PID<0.84.0>, 12 } }\n"
     "    Registry.lookup(\"Rooms\", \"kitchen\")  --> {}",
     lookup},
    {"Registry.keys",
     "keys(registry, pid)\n\n"
     "The keys under which the process is registered, the oldest first; a duplicate key as often\n"
     "as it is.\n\n" UNIQUE
     "    Registry.register(\"Rooms\", \"lobby\")\n"
     "    Registry.keys(\"Rooms\", self())   --> { \"lobby\" }",
     keys},
    {"Registry.values",
     "values(registry, key, pid)\n\n"
     "The values that the process has registered under the key.\n\n" TOPICS
     "    Registry.register(\"Topics\", \"news\", 1)\n"
     "    Registry.register(\"Topics\", \"news\", 2)\n"
     "    Registry.values(\"Topics\", \"news\", self())   --> { 1, 2 }",
     values},
    {"Registry.count",
     "count(registry)\n\n"
     "How many entries there are.\n\n" UNIQUE
     "    Registry.count(\"Rooms\")   --> 0",
     count},
    {"Registry.dispatch",
     "dispatch(registry, key, fn [, opts])\n\n"
     "Calls fn with the array of { pid, value } under the key, in the calling process, unless "
     "there are\nnone. "
     "fn may be { Module, \"function\", { argument, … } }. Returns true.\n\n" TOPICS
     "    Registry.register(\"Topics\", \"news\")\n"
     "    Registry.dispatch(\"Topics\", \"news\", function(entries)\n"
     "      for i = 1, #entries do send(entries[i][1], \"hello\") end\n"
     "    end)   --> true",
     moon_registry_dispatch},
    {"Registry.update_value",
     "update_value(registry, key, fn)\n\n"
     "Replaces the value that the calling process has under a unique key by what fn makes of it. "
     "Returns\n"
     "the new and the old value; or nil, \"error\".\n\n" UNIQUE
     "    Registry.register(\"Rooms\", \"lobby\", 12)\n"
     "    Registry.update_value(\"Rooms\", \"lobby\", function(n) return n + 1 end)   --> 13, 12",
     update_value},
    {NULL, NULL, NULL},
};

void moon_open_registry_entries(lua_State *L) {
    moon_bind(L, bindings);
}
