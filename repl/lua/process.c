#include "lua/argument.h"
#include "lua/process.h"

#include <stdlib.h>

#include "lua/argument.h"
#include "lua/child_spec_lib.h"
#include "lua/error.h"
#include "lua/state.h"
#include "lua/value.h"

/* ------------------------------------------------------------------------------ destinations */

/* The string at index as a term. Owned. */
static mb_term name_term(lua_State *L, int index) {
    size_t size;
    const char *name = lua_tolstring(L, index, &size);
    mb_term term;
    if (!mb_string_new(moon_rt(L), name, size, &term))
        moon_no_memory(L);
    return term;
}

void moon_push_node(lua_State *L, const mb_node *node) {
    moon_push_term(L, mb_node_name(node));
}

mb_node *moon_node_at(lua_State *L, int index, const char *what) {
    if (lua_type(L, index) != LUA_TSTRING)
        moon_refuse_for(L, what, index, "the name of a node");
    lua_pushvalue(L, index);
    if (!strchr(lua_tostring(L, -1), '@')) {
        lua_pushliteral(L, "@local");
        lua_concat(L, 2);
    }
    mb_term name = name_term(L, -1);
    mb_node *node = mb_node_named(moon_rt(L), name);
    mb_release(moon_rt(L), name);
    if (!node)
        luaL_error(L, "%s: there are more names of nodes than the %d that can be told apart", what,
                   MB_NODES);
    lua_pop(L, 1);
    return node;
}

bool moon_is_here(lua_State *L, mb_pid pid) {
    return mb_node_of_pid(moon_rt(L), pid) == mb_here(moon_rt(L));
}

mb_pid moon_check_local(lua_State *L) {
    mb_pid pid = moon_check_pid(L, 1);
    if (!moon_is_here(L, pid))
        moon_wrong_argument(L, 1, "a process of this node");
    return pid;
}

void moon_push_process(lua_State *L, mb_pid id) {
    mb_term name = mb_name_of(moon_rt(L), id);
    if (name.type == MB_NIL) {
        moon_push_pid(L, id);
        return;
    }
    lua_createtable(L, 2, 0);
    moon_push_term(L, name);
    lua_rawseti(L, -2, 1);
    moon_push_node(L, mb_node_of_pid(moon_rt(L), id));
    lua_rawseti(L, -2, 2);
}

static mb_pid whereis_name(lua_State *L, int index) {
    mb_term name = name_term(L, index);
    mb_pid pid = mb_whereis(moon_rt(L), name);
    mb_release(moon_rt(L), name);
    return pid;
}

/* Pushes the function `name` of the registry module that a { "via", … } or { "global", … } tuple at
 * index names, and the name within that registry. */
static void push_registry_function(lua_State *L, int index, const char *function,
                                   const char *what) {
    lua_rawgeti(L, index, 1);
    bool via = strcmp(lua_tostring(L, -1), "via") == 0;
    lua_pop(L, 1);
    if (via)
        lua_rawgeti(L, index, 2);
    else
        lua_getglobal(L, "global");
    if (lua_type(L, -1) == LUA_TSTRING && moon_module_push(L, lua_tostring(L, -1)))
        lua_remove(L, -2);
    if (!lua_istable(L, -1) || lua_getfield(L, -1, function) != LUA_TFUNCTION)
        luaL_error(L, "%s: %s is no registry: it has no function %s", what,
                   moon_push_inspected(L, index), function);
    lua_remove(L, -2);
    lua_rawgeti(L, index, via ? 3 : 2);
}

static mb_pid whereis_elsewhere(lua_State *L, int index, const char *what) {
    luaL_checkstack(L, 8, NULL);
    push_registry_function(L, index, "whereis_name", what);
    lua_call(L, 1, 1);
    mb_pid pid = moon_is_pid(L, -1) ? moon_light(L, -1) : 0;
    lua_pop(L, 1);
    return pid;
}

typedef enum tuple_kind { NO_TUPLE, VIA, GLOBAL, ON_NODE } tuple_kind;

static tuple_kind kind_of_tuple(lua_State *L, int index) {
    if (!lua_istable(L, index))
        return NO_TUPLE;
    size_t length = lua_rawlen(L, index);
    tuple_kind kind = NO_TUPLE;
    lua_rawgeti(L, index, 1);
    if (length == 2 && moon_module_is(L, -1)) {
        kind = ON_NODE;
    } else if (lua_type(L, -1) == LUA_TSTRING) {
        const char *first = lua_tostring(L, -1);
        kind = length == 3 && strcmp(first, "via") == 0      ? VIA
               : length == 2 && strcmp(first, "global") == 0 ? GLOBAL
               : length == 2                                 ? ON_NODE
                                                             : NO_TUPLE;
    }
    lua_pop(L, 1);
    return kind;
}

bool moon_is_name_on_node(lua_State *L, int index) {
    index = lua_absindex(L, index);
    return !moon_module_is(L, index) && kind_of_tuple(L, index) == ON_NODE;
}

bool moon_is_foreign_name(lua_State *L, int index) {
    tuple_kind kind = kind_of_tuple(L, lua_absindex(L, index));
    return kind == VIA || kind == GLOBAL;
}

bool moon_names_process(lua_State *L, int index) {
    index = lua_absindex(L, index);
    return moon_is_pid(L, index) || lua_type(L, index) == LUA_TSTRING || moon_module_is(L, index) ||
           kind_of_tuple(L, index) != NO_TUPLE;
}

static mb_pid name_afar(lua_State *L, int index, mb_node *node) {
    mb_term name = name_term(L, index);
    mb_pid id = mb_name_on(node, name);
    mb_release(moon_rt(L), name);
    if (!id)
        moon_no_memory(L);
    return id;
}

static mb_pid whereis_on_node(lua_State *L, int index, const char *what) {
    lua_rawgeti(L, index, 2);
    if (lua_type(L, -1) != LUA_TSTRING)
        moon_refuse_for(L, what, index, MOON_DESTINATION);
    mb_node *node = moon_node_at(L, -1, what);
    lua_rawgeti(L, index, 1);
    moon_normalise_id(L);
    mb_pid pid = node == mb_here(moon_rt(L)) ? whereis_name(L, -1) : name_afar(L, -1, node);
    lua_pop(L, 2);
    return pid;
}

mb_pid moon_whereis(lua_State *L, int index, const char *what) {
    if (moon_is_pid(L, index))
        return moon_light(L, index);
    if (lua_type(L, index) == LUA_TSTRING)
        return whereis_name(L, index);
    index = lua_absindex(L, index);
    const char *module = moon_module_name(L, index);
    if (module) {
        lua_pushstring(L, module);
        mb_pid pid = whereis_name(L, -1);
        lua_pop(L, 1);
        return pid;
    }
    switch (kind_of_tuple(L, index)) {
    case VIA:
    case GLOBAL:
        return whereis_elsewhere(L, index, what);
    case ON_NODE:
        return whereis_on_node(L, index, what);
    default:
        moon_refuse_for(L, what, index, MOON_DESTINATION);
    }
    return 0;
}

void moon_destination_term(lua_State *L, int index, bool with_node, mb_term *out) {
    index = lua_absindex(L, index);
    const char *module = moon_module_name(L, index);
    if (module)
        lua_pushstring(L, module);
    else
        lua_pushvalue(L, index);
    if (!with_node || lua_type(L, -1) != LUA_TSTRING) {
        moon_to_term(L, -1, out, "destination");
        lua_pop(L, 1);
        return;
    }
    lua_createtable(L, 2, 0);
    lua_insert(L, -2);
    lua_rawseti(L, -2, 1);
    moon_push_node(L, mb_here(moon_rt(L)));
    lua_rawseti(L, -2, 2);
    moon_to_term(L, -1, out, "destination");
    lua_pop(L, 1);
}

static bool already_started(lua_State *L, mb_pid pid, mb_term *error) {
    mb_term parts[] = {mb_nil(), mb_pid_term(pid)};
    mb_runtime *rt = moon_rt(L);
    if (!mb_string_new(rt, "already_started", 15, &parts[0]))
        moon_no_memory(L);
    bool made = mb_tuple(rt, error, 2, parts);
    mb_release(rt, parts[0]);
    if (!made)
        moon_no_memory(L);
    return false;
}

static bool register_here(lua_State *L, int index, mb_pid pid, mb_term *error) {
    mb_runtime *rt = moon_rt(L);
    mb_term name = name_term(L, index);
    mb_name_result result = mb_register(rt, name, pid);
    mb_pid owner = result == MB_NAME_TAKEN ? mb_whereis(rt, name) : 0;
    mb_release(rt, name);
    switch (result) {
    case MB_NAME_OK:
        return true;
    case MB_NAME_TAKEN:
        return already_started(L, owner, error);
    case MB_NAME_NO_MEMORY:
        moon_no_memory(L);
    default:
        *error = mb_atom(result == MB_NAME_NOPROC ? "noproc" : "badarg");
        return false;
    }
}

bool moon_register_name(lua_State *L, int index, mb_pid pid, mb_term *error) {
    index = lua_absindex(L, index);
    luaL_checkstack(L, 8, NULL);
    const char *module = moon_module_name(L, index);
    if (module || lua_type(L, index) == LUA_TSTRING) {
        if (module)
            lua_pushstring(L, module);
        else
            lua_pushvalue(L, index);
        bool done = register_here(L, lua_gettop(L), pid, error);
        lua_pop(L, 1);
        return done;
    }
    tuple_kind kind = kind_of_tuple(L, index);
    if (kind != VIA && kind != GLOBAL)
        luaL_error(L, "a name is a string, { \"via\", module, name } or { \"global\", name }");
    push_registry_function(L, index, "register_name", "name");
    moon_push_pid(L, pid);
    lua_call(L, 2, 1);
    bool yes = lua_type(L, -1) == LUA_TSTRING ? strcmp(lua_tostring(L, -1), "yes") == 0
                                              : lua_toboolean(L, -1);
    lua_pop(L, 1);
    return yes || already_started(L, whereis_elsewhere(L, index, "name"), error);
}

/* --------------------------------------------------------------------------- spawned functions */

/* Who spawns many must let them run before they outgrow the pool of threads and the caches. */
#define SPAWN_REDUCTIONS 3

typedef struct spawned {
    moon_thread *thread;
    moon_account account;
    int nargs;
    mb_term task; /* owned; what moon_become_task was given, nil: an ordinary function */
} spawned;

static void report_end(mb_process *p, const spawned *s, mb_term reason, bool is_exit) {
    if (s->task.type != MB_NIL)
        mb_report_task(p, reason, mb_element(s->task, 0), mb_element(s->task, 1),
                       mb_element(s->task, 2));
    else if (!is_exit)
        mb_report_process_error(p, reason);
}

static void end_with_error(mb_process *p, spawned *s) {
    mb_term reason;
    bool is_exit = true;
    if (moon_thread_reason(s->thread, &reason, &is_exit))
        report_end(p, s, reason, is_exit);
    else
        reason = mb_atom("enomem");
    mb_set_exit_reason(p, reason);
}

static mb_step run_spawned(mb_process *p, void *data) {
    spawned *s = data;
    moon_state state;
    if (s->thread->started) {
        state = moon_thread_resume(s->thread, 0);
    } else {
        s->thread->account = &s->account;
        state = moon_thread_resume(s->thread, s->nargs);
    }
    if (state == MOON_ERROR)
        end_with_error(p, s);
    return moon_step(state);
}

static void destroy_spawned(mb_process *p, void *data) {
    spawned *s = data;
    mb_release(mb_runtime_of(p), s->task);
    if (!s->thread)
        return;
    moon_universe *u = s->thread->universe;
    moon_thread_give(s->thread);
    moon_account_close(&u->memory, &s->account);
}

static const char *doing_spawned(mb_process *p, void *data) {
    spawned *s = data;
    return s->thread ? moon_thread_doing(s->thread) : NULL;
}

static const mb_class spawned_class = {
    .name = "function",
    .data_size = sizeof(spawned),
    .run = run_spawned,
    .destroy = destroy_spawned,
    .doing = doing_spawned,
};

void moon_become_task(lua_State *L, mb_term task) {
    mb_process *p = moon_self(L);
    spawned *s = mb_class_of(p) == &spawned_class ? mb_data(p) : NULL;
    if (!s || s->task.type != MB_NIL)
        mb_release(moon_rt(L), task);
    else
        s->task = task;
}

bool moon_is_task(mb_process *p) {
    const spawned *s = mb_class_of(p) == &spawned_class ? mb_data(p) : NULL;
    return s && s->task.type != MB_NIL;
}

/* The values from first to the top, a function and its arguments, give way to copies of their own
 * where sharing them could be noticed. */
static void isolate(lua_State *L, int first, const char *what) {
    moon_function_isolate(L, first, what);
    int top = lua_gettop(L);
    for (int i = first + 1; i <= top; i++) {
        if (moon_is_immutable(L, i))
            continue;
        char name[32];
        mb_term term;
        snprintf(name, sizeof name, "argument %d", i - first);
        moon_to_term(L, i, &term, name);
        moon_push_owned_term(L, term);
        lua_replace(L, i);
    }
}

mb_process *moon_spawn_function(lua_State *L, int first, const char *what,
                                mb_spawn_options *options, mb_ref *ref) {
    moon_universe *u = moon_of(L);
    int count = lua_gettop(L) - first + 1;
    if (!lua_isfunction(L, first))
        moon_refuse_for(L, what, first, "a function");
    luaL_checkstack(L, 8, NULL);
    isolate(L, first, what);
    moon_thread *t = moon_thread_take(u);
    if (!t || !lua_checkstack(t->L, count + LUA_MINSTACK)) {
        moon_thread_give(t);
        moon_no_memory(L);
    }
    options->initial_call = moon_function_place(L, first);
    lua_xmove(L, t->L, count);
    mb_process *p = mb_spawn(u->rt, &spawned_class, options, ref);
    if (!p) {
        moon_thread_give(t);
        luaL_error(L, "%s: there are too many processes, or there is no memory", what);
    }
    spawned *s = mb_data(p);
    s->thread = t;
    s->nargs = count - 1;
    moon_reduce(L, SPAWN_REDUCTIONS);
    return p;
}

typedef struct asked_spawn {
    mb_term what; /* { function, argument, … } */
    mb_spawn_options options;
    mb_process *p;
} asked_spawn;

static int spawn_asked(lua_State *L) {
    asked_spawn *asked = lua_touserdata(L, 1);
    lua_settop(L, 0);
    moon_push_elements(L, asked->what, 0);
    asked->p = moon_spawn_function(L, 1, "Node.spawn", &asked->options, NULL);
    return 0;
}

mb_process *moon_spawn_term(void *context, mb_runtime *rt, mb_term what,
                            const mb_spawn_options *options) {
    lua_State *L = ((moon_universe *)context)->L;
    asked_spawn asked = {.what = what, .options = *options};
    (void)rt;
    lua_pushcfunction(L, spawn_asked);
    lua_pushlightuserdata(L, &asked);
    if (lua_pcall(L, 1, 0, 0) != LUA_OK)
        lua_pop(L, 1); /* no memory */
    return asked.p;
}
