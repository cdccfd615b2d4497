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

static bool is_name(lua_State *L, int index) {
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

static mb_registry *known_registry(lua_State *L, int index) {
    mb_registry *registry = find_registry(L, index);
    if (!registry)
        luaL_error(L, "unknown registry: %s", luaL_tolstring(L, index, NULL));
    return registry;
}

mb_registry *moon_check_registry(lua_State *L, const char *what, int arg) {
    if (!is_name(L, arg))
        moon_bad_argument(L, what, arg, "registry", "the name of a registry");
    return known_registry(L, arg);
}

static mb_pid check_pid(lua_State *L, const char *what, int arg) {
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
        good = good && is_name(L, -1);
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
    if (!is_name(L, -1))
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
    if (lua_type(L, 1) != LUA_TTABLE)
        return moon_bad_argument(L, what, 1, "opts", "a table of options");
    lua_settop(L, 1);
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

/* ---- registering ----------------------------------------------------------------------------*/

mb_registry_result moon_registry_add(lua_State *L, mb_registry *registry, mb_process *p, int key,
                                     mb_pid *holder) {
    mb_runtime *rt = moon_rt(L);
    mb_term pair;
    lua_settop(L, key + 1);
    moon_stack_to_term(L, key, &pair, "{ key, value }");
    mb_registry_result result =
        mb_registry_add(registry, p, mb_element(pair, 0), mb_element(pair, 1), holder);
    mb_release(rt, pair);
    if (result == MB_REGISTRY_NO_MEMORY)
        moon_no_memory(L);
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
    mb_registry_unregister(registry, self, term);
    mb_release(moon_rt(L), term);
}

static int unregister(lua_State *L) {
    mb_registry *registry = moon_check_registry(L, "Registry.unregister", 1);
    moon_check_given(L, "Registry.unregister", 2, "key");
    moon_registry_remove(L, registry, 2);
    lua_pushboolean(L, 1);
    return 1;
}

/* ---- looking --------------------------------------------------------------------------------*/

static void collect_pair(mb_runtime *rt, moon_collector *c, const mb_registration *found) {
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
        collect_pair(rt, &entries, found);
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
    const mb_registry_filter filter = {.pid = check_pid(L, "Registry.keys", 2)};
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
    mb_pid pid = check_pid(L, "Registry.values", 3);
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

/* ---- matching -------------------------------------------------------------------------------*/

/* The owned { key, pattern, guards } at index 2 to 4. */
static mb_term matching_arguments(lua_State *L, const char *what) {
    mb_term arguments;
    lua_settop(L, 4);
    moon_check_given(L, what, 2, "key");
    moon_check_given(L, what, 3, "pattern");
    if (!lua_isnil(L, 4) && lua_type(L, 4) != LUA_TTABLE)
        moon_bad_argument(L, what, 4, "guards", "a list of guards");
    moon_stack_to_term(L, 2, &arguments, "{ key, pattern, guards }");
    const mb_term guards = mb_element(arguments, 2);
    bool good = true;
    for (size_t i = 0; i < mb_array_size(guards); i++)
        good = good && mb_match_is_expression(mb_element(guards, i));
    if (good)
        return arguments;
    mb_release(moon_rt(L), arguments);
    moon_bad_argument(L, what, 4, "guards", "a valid match specification");
    return mb_nil();
}

/* The registrations that match, into the collector. */
static void collect_matching(mb_runtime *rt, mb_registry *registry, mb_term arguments,
                             moon_collector *c) {
    const mb_term key = mb_element(arguments, 0);
    const mb_registry_filter filter = {.key = &key};
    const mb_registration *found = NULL;
    while ((found = mb_registry_next(registry, &filter, found))) {
        mb_match match = {.subject = found->value};
        if (mb_match_pattern(mb_element(arguments, 1), found->value, &match) &&
            mb_match_guards(rt, mb_element(arguments, 2), &match))
            collect_pair(rt, c, found);
    }
}

static int match_entries(lua_State *L) {
    moon_collector entries = {0};
    mb_registry *registry = moon_check_registry(L, "Registry.match", 1);
    mb_term arguments = matching_arguments(L, "Registry.match");
    collect_matching(moon_rt(L), registry, arguments, &entries);
    mb_release(moon_rt(L), arguments);
    moon_push_collected(L, &entries);
    return 1;
}

static int count_match(lua_State *L) {
    moon_collector entries = {0};
    mb_registry *registry = moon_check_registry(L, "Registry.count_match", 1);
    mb_term arguments = matching_arguments(L, "Registry.count_match");
    collect_matching(moon_rt(L), registry, arguments, &entries);
    mb_release(moon_rt(L), arguments);
    moon_push_collected(L, &entries);
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, -1));
    return 1;
}

/* Of what p has under the key. Listeners hear nothing of it. */
static void remove_matching(mb_registry *registry, mb_process *p, mb_term arguments) {
    const mb_term key = mb_element(arguments, 0);
    const mb_registry_filter filter = {.key = &key, .pid = mb_self(p)};
    const mb_registration *next, *found = mb_registry_next(registry, &filter, NULL);
    for (; found; found = next) {
        mb_match match = {.subject = found->value};
        next = mb_registry_next(registry, &filter, found);
        if (mb_match_pattern(mb_element(arguments, 1), found->value, &match) &&
            mb_match_guards(mb_runtime_of(p), mb_element(arguments, 2), &match))
            mb_registry_remove(registry, found);
    }
    mb_registry_let_go(registry, p);
}

static int unregister_match(lua_State *L) {
    mb_registry *registry = moon_check_registry(L, "Registry.unregister_match", 1);
    mb_process *self = moon_self(L);
    mb_term arguments = matching_arguments(L, "Registry.unregister_match");
    remove_matching(registry, self, arguments);
    mb_release(moon_rt(L), arguments);
    lua_pushboolean(L, 1);
    return 1;
}

/* A specification with a pattern for { key, pid, value }. */
static bool is_specification(mb_term spec) {
    if (spec.type != MB_TABLE || spec.table->pair_count > 0)
        return false;
    for (size_t i = 0; i < mb_array_size(spec); i++) {
        const mb_term clause = mb_element(spec, i);
        if (!mb_match_is_specification(clause) || mb_array_size(mb_element(clause, 0)) != 3)
            return false;
    }
    return true;
}

/* Puts what the first clause that fits makes of the registration into the collector. */
static void select_one(mb_runtime *rt, mb_term spec, const mb_registration *found,
                       moon_collector *c) {
    const mb_term parts[] = {found->key, mb_pid_term(found->pid), found->value};
    mb_term subject;
    if (!mb_tuple(rt, &subject, 3, parts)) {
        c->failed = true;
        return;
    }
    bool fits = false;
    for (size_t i = 0; !fits && i < mb_array_size(spec); i++) {
        const mb_term clause = mb_element(spec, i), results = mb_element(clause, 2);
        mb_match match = {.subject = subject};
        fits = mb_match_pattern(mb_element(clause, 0), subject, &match) &&
               mb_match_guards(rt, mb_element(clause, 1), &match);
        mb_term result;
        if (!fits)
            continue;
        if (!mb_match_evaluate(rt, mb_element(results, mb_array_size(results) - 1), &match,
                               &result))
            result = mb_atom("EXIT");
        moon_collect(rt, c, result);
    }
    mb_release(rt, subject);
}

static void push_selected(lua_State *L, const char *what) {
    mb_runtime *rt = moon_rt(L);
    moon_collector results = {0};
    mb_term spec;
    mb_registry *registry = moon_check_registry(L, what, 1);
    moon_check_given(L, what, 2, "spec");
    moon_to_term(L, 2, &spec, "spec");
    if (!is_specification(spec)) {
        mb_release(rt, spec);
        moon_bad_argument(L, what, 2, "spec",
                          "a match specification { { { key, pid, value }, guards, results }, … }");
    }
    const mb_registry_filter all = {0};
    const mb_registration *found = NULL;
    while ((found = mb_registry_next(registry, &all, found)))
        select_one(rt, spec, found, &results);
    mb_release(rt, spec);
    moon_reduce(L, 1 + (int)(results.count / 8));
    moon_push_collected(L, &results);
}

static int select_entries(lua_State *L) {
    push_selected(L, "Registry.select");
    return 1;
}

static int count_select(lua_State *L) {
    push_selected(L, "Registry.count_select");
    lua_pushinteger(L, (lua_Integer)lua_rawlen(L, -1));
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

static int dispatch(lua_State *L) {
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
    mb_registry *registry = known_registry(L, 1);
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

/* ---- via names ------------------------------------------------------------------------------*/

/* Pushes the parts of the name { registry, key [, value] } at index 1, to lie at index 3, 4 and 5 with
 * the stack at most 2 high before; returns the registry. */
static mb_registry *push_via(lua_State *L, const char *what) {
    size_t size = lua_type(L, 1) == LUA_TTABLE ? lua_rawlen(L, 1) : 0;
    if (size != 2 && size != 3)
        moon_bad_argument(L, what, 1, "name", "{ registry, key [, value] }");
    lua_settop(L, 2);
    for (int i = 1; i <= 3; i++)
        lua_rawgeti(L, 1, i);
    if (!is_name(L, 3))
        moon_bad_argument(L, what, 1, "name", "{ registry, key [, value] }");
    return known_registry(L, 3);
}

static mb_pid whereis_via(lua_State *L, mb_registry *registry) {
    mb_term key;
    if (!mb_registry_is_unique(registry))
        luaL_error(L, ":via is not supported for duplicate registries");
    moon_to_term(L, 4, &key, "key");
    const mb_registry_filter filter = {.key = &key};
    const mb_registration *found = mb_registry_next(registry, &filter, NULL);
    mb_release(moon_rt(L), key);
    return found ? found->pid : 0;
}

static int whereis_name(lua_State *L) {
    mb_pid pid = whereis_via(L, push_via(L, "Registry.whereis_name"));
    if (pid)
        moon_push_pid(L, pid);
    else
        lua_pushnil(L);
    return 1;
}

static int register_name(lua_State *L) {
    mb_pid pid = check_pid(L, "Registry.register_name", 2), holder;
    mb_registry *registry = push_via(L, "Registry.register_name");
    mb_process *p = mb_lookup_settled(moon_rt(L), pid);
    if (p && moon_registry_add(L, registry, p, 4, &holder) == MB_REGISTRY_OK)
        lua_pushliteral(L, "yes");
    else
        lua_pushliteral(L, "no");
    return 1;
}

static int unregister_name(lua_State *L) {
    lua_settop(L, 1);
    moon_registry_remove(L, push_via(L, "Registry.unregister_name"), 4);
    lua_pushboolean(L, 1);
    return 1;
}

static int send_via(lua_State *L) {
    mb_term message;
    mb_pid pid = whereis_via(L, push_via(L, "Registry.send"));
    if (!pid)
        return luaL_error(L, "Registry.send: no process is registered under the key %s",
                          moon_push_shown(L, 4));
    moon_to_term(L, 2, &message, "message");
    if (!mb_send(moon_rt(L), moon_self_or_null(L), pid, message))
        moon_no_memory(L);
    lua_settop(L, 2);
    return 1;
}

/* ---- binding --------------------------------------------------------------------------------*/

#define UNIQUE "    Registry.start_link { keys = \"unique\", name = \"Rooms\" }\n"
#define TOPICS "    Registry.start_link { keys = \"duplicate\", name = \"Topics\" }\n"

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
    {"Registry.match",
     "match(registry, key, pattern [, guards])\n\n"
     "An array with { pid, value } for each entry under the key whose value matches. In the "
     "pattern\n\"_\" and _ "
     "stand for anything and \"$1\", \"$2\", … for what the guards look at.\n\n" TOPICS
     "    Registry.register(\"Topics\", \"news\", { \"daily\", 3 })\n"
     "    Registry.match(\"Topics\", \"news\", { \"daily\", _ })\n"
     "    Registry.match(\"Topics\", \"news\", { \"_\", \"$1\" }, { { \">\", \"$1\", 5 } })   --> {}",
     match_entries},
    {"Registry.count_match",
     "count_match(registry, key, pattern [, guards])\n\n"
     "How many entries Registry.match would give.\n\n" TOPICS
     "    Registry.register(\"Topics\", \"news\", { \"daily\", 3 })\n"
     "    Registry.count_match(\"Topics\", \"news\", { \"daily\", _ })   --> 1",
     count_match},
    {"Registry.unregister_match",
     "unregister_match(registry, key, pattern [, guards])\n\n"
     "Takes the calling process' entries under the key away whose value matches. Returns true.\n\n"
     TOPICS
     "    Registry.register(\"Topics\", \"news\", \"daily\")\n"
     "    Registry.unregister_match(\"Topics\", \"news\", \"daily\")   --> true",
     unregister_match},
    {"Registry.select",
     "select(registry, spec)\n\n"
     "What a match specification makes of the entries. It is a list of { pattern, guards, results "
     "}, the\n"
     "pattern being one for { key, pid, value }; { { a, b } } as a result makes the array { a, b "
     "}.\n\n" UNIQUE
     "    Registry.register(\"Rooms\", \"lobby\", 12)\n"
     "    Registry.select(\"Rooms\", { { { \"$1\", _, \"$2\" }, {}, { { { \"$1\", \"$2\" } } } } })\n"
     "    --> { { \"lobby\", 12 } }",
     select_entries},
    {"Registry.count_select",
     "count_select(registry, spec)\n\n"
     "How many entries the match specification lets through.\n\n" UNIQUE
     "    Registry.register(\"Rooms\", \"lobby\", 12)\n"
     "    Registry.count_select(\"Rooms\", { { { _, _, \"$1\" }, { { \">\", \"$1\", 10 } }, { true } } "
     "})   --> 1",
     count_select},
    {"Registry.dispatch",
     "dispatch(registry, key, fn [, opts])\n\n"
     "Calls fn with the array of { pid, value } under the key, in the calling process, unless "
     "there are\nnone. "
     "fn may be { Module, \"function\", { argument, … } }. Returns true.\n\n" TOPICS
     "    Registry.register(\"Topics\", \"news\")\n"
     "    Registry.dispatch(\"Topics\", \"news\", function(entries)\n"
     "      for i = 1, #entries do send(entries[i][1], \"hello\") end\n"
     "    end)   --> true",
     dispatch},
    {"Registry.update_value",
     "update_value(registry, key, fn)\n\n"
     "Replaces the value that the calling process has under a unique key by what fn makes of it. "
     "Returns\n"
     "the new and the old value; or nil, \"error\".\n\n" UNIQUE
     "    Registry.register(\"Rooms\", \"lobby\", 12)\n"
     "    Registry.update_value(\"Rooms\", \"lobby\", function(n) return n + 1 end)   --> 13, 12",
     update_value},
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
    {"Registry.whereis_name",
     "whereis_name({ registry, key })\n\n"
     "The process under a unique key, or nil: what a \"via\" name leads to.\n\n" UNIQUE
     "    Registry.whereis_name({ \"Rooms\", \"lobby\" })   --> nil",
     whereis_name},
    {"Registry.register_name",
     "register_name({ registry, key [, value] }, pid)\n\n"
     "Registers a process under a \"via\" name. Returns \"yes\" or \"no\".\n\n" UNIQUE
     "    Registry.register_name({ \"Rooms\", \"lobby\" }, self())   --> \"yes\"",
     register_name},
    {"Registry.unregister_name",
     "unregister_name({ registry, key })\n\n"
     "Takes the calling process' \"via\" name away. Returns true.\n\n" UNIQUE
     "    Registry.unregister_name({ \"Rooms\", \"lobby\" })   --> true",
     unregister_name},
    {"Registry.send",
     "send({ registry, key }, message)\n\n"
     "Sends to the process under a unique key; raises when there is none. Returns the message.\n\n"
     UNIQUE
     "    Registry.register(\"Rooms\", \"lobby\")\n"
     "    Registry.send({ \"Rooms\", \"lobby\" }, \"hello\")   --> \"hello\"",
     send_via},
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
}
