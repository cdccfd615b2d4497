/* Processes for Lua programs: spawn, send, links, monitors, timers, names, the process dictionary.
 */
#include <math.h>
#include <stdlib.h>

#include "lua/error.h"
#include "lua/process.h"
#include "lua/state.h"
#include "lua/value.h"

/* --------------------------------------------------------------------------------- spawning */

static mb_pid pid_or_0(lua_State *L) {
    mb_process *p = moon_self_or_null(L);
    return p ? mb_self(p) : 0;
}

static int spawn(lua_State *L) {
    mb_spawn_options options = {.parent = pid_or_0(L)};
    moon_push_pid(L, mb_self(moon_spawn_function(L, 1, "spawn", &options, NULL)));
    return 1;
}

static int spawn_link(lua_State *L) {
    mb_spawn_options options = {.parent = mb_self(moon_self(L)), .link = true};
    moon_push_pid(L, mb_self(moon_spawn_function(L, 1, "spawn_link", &options, NULL)));
    return 1;
}

static int spawn_monitor(lua_State *L) {
    mb_spawn_options options = {.parent = mb_self(moon_self(L)), .monitor = true};
    mb_ref ref;
    moon_push_pid(L, mb_self(moon_spawn_function(L, 1, "spawn_monitor", &options, &ref)));
    moon_push_ref(L, ref);
    return 2;
}

/* ----------------------------------------------------------------------------------- messages */

static int self(lua_State *L) {
    moon_push_pid(L, mb_self(moon_self(L)));
    return 1;
}

static mb_pid destination(lua_State *L, int index, const char *what) {
    if (moon_is_pid(L, index))
        return moon_light(L, index);
    mb_pid pid = moon_whereis(L, index, what);
    if (pid == 0 && !moon_is_name_on_node(L, index))
        luaL_error(L, "%s: no process is registered under the name %s", what,
                   lua_istable(L, index) && !moon_module_is(L, index)
                       ? moon_push_inspected(L, index)
                       : luaL_tolstring(L, index, NULL));
    return pid;
}

static int send(lua_State *L) {
    luaL_checkany(L, 1);
    lua_settop(L, 2);
    moon_universe *u = moon_of(L);
    mb_pid pid = destination(L, 1, "send");
    mb_term message;
    moon_to_term(L, 2, &message, "message");
    if (!mb_send(u->rt, mb_current(u->rt), pid, message))
        moon_no_memory(L);
    moon_reduce(L, 1);
    return 1;
}

static int make_ref(lua_State *L) {
    moon_push_ref(L, mb_make_ref(moon_rt(L)));
    return 1;
}

/* ------------------------------------------------------------------------------------- signals */

static int true_after(lua_State *L, int status, lua_KContext context) {
    lua_pushboolean(L, 1);
    return 1;
}

static int process_exit(lua_State *L) {
    mb_pid pid = moon_check_pid(L, 1);
    mb_process *p = moon_self_or_null(L);
    mb_term reason;
    moon_to_term(L, 2, &reason, "reason");
    if (!mb_exit_signal(moon_rt(L), p, pid, reason))
        moon_no_memory(L);
    moon_reduce(L, 1);
    /* One's own signal is acted on at once, before anything else is done. */
    if (p && mb_self(p) == pid)
        return moon_give_way(L, 0, true_after);
    return true_after(L, LUA_OK, 0);
}

static int process_alive(lua_State *L) {
    lua_pushboolean(L, mb_lookup_settled(moon_rt(L), moon_check_pid(L, 1)) != NULL);
    return 1;
}

static int process_flag(lua_State *L) {
    const char *flag = luaL_checkstring(L, 1);
    luaL_argcheck(L, strcmp(flag, "trap_exit") == 0, 1, "invalid process flag");
    luaL_checktype(L, 2, LUA_TBOOLEAN);
    lua_pushboolean(L, mb_set_trap_exit(moon_self(L), lua_toboolean(L, 2)));
    return 1;
}

static int process_link(lua_State *L) {
    mb_pid pid = moon_check_pid(L, 1);
    switch (mb_link(moon_self(L), pid)) {
    case MB_LINK_NOPROC:
        return luaL_argerror(L, 1, "the pid does not refer to an existing process");
    case MB_LINK_NO_MEMORY:
        moon_no_memory(L);
    default:
        return true_after(L, LUA_OK, 0);
    }
}

static int process_unlink(lua_State *L) {
    mb_pid pid = moon_check_pid(L, 1);
    mb_unlink(moon_self(L), pid);
    return true_after(L, LUA_OK, 0);
}

static int process_monitor(lua_State *L) {
    mb_process *p = moon_self(L);
    mb_term name = mb_nil();
    mb_pid pid = moon_whereis(L, 1, "Process.monitor");
    if (!moon_is_pid(L, 1))
        moon_destination_term(L, 1, true, &name);
    mb_ref ref = mb_monitor(p, pid, name);
    mb_release(moon_rt(L), name);
    if (ref == 0)
        moon_no_memory(L);
    moon_push_ref(L, ref);
    return 1;
}

static bool has_option(lua_State *L, int index, const char *option) {
    if (!lua_istable(L, index))
        return false;
    bool found = false;
    for (lua_Integer i = 1; !found && lua_rawgeti(L, index, i) != LUA_TNIL; i++) {
        found = lua_type(L, -1) == LUA_TSTRING && strcmp(lua_tostring(L, -1), option) == 0;
        lua_pop(L, 1);
    }
    return found;
}

static int process_demonitor(lua_State *L) {
    mb_ref ref = moon_check_ref(L, 1);
    bool existed = mb_demonitor(moon_self(L), ref, has_option(L, 2, "flush"));
    lua_pushboolean(L, existed || !has_option(L, 2, "info"));
    return 1;
}

/* -------------------------------------------------------------------------------------- timers */

static int process_send_after(lua_State *L) {
    mb_runtime *rt = moon_rt(L);
    bool by_name = lua_type(L, 1) == LUA_TSTRING;
    mb_pid pid = by_name ? 0 : moon_whereis(L, 1, "Process.send_after");
    luaL_checkany(L, 2);
    luaL_checknumber(L, 3);
    mb_time delay = moon_check_timeout(L, 3, 0);
    mb_term name = mb_nil(), message;
    moon_to_term(L, 2, &message, "message");
    if (by_name && !moon_try_term(L, 1, &name, "name")) {
        mb_release(rt, message);
        moon_no_memory(L);
    }
    mb_ref ref = by_name ? mb_send_after_name(rt, moon_self_or_null(L), name, message, delay)
                         : mb_send_after(rt, moon_self_or_null(L), pid, message, delay);
    mb_release(rt, name);
    if (ref == 0)
        moon_no_memory(L);
    moon_reduce(L, 1);
    moon_push_ref(L, ref);
    return 1;
}

static int push_time_left(lua_State *L, int64_t left) {
    if (left < 0)
        lua_pushboolean(L, 0);
    else
        lua_pushinteger(L, left);
    return 1;
}

static int process_cancel_timer(lua_State *L) {
    return push_time_left(L, mb_cancel_timer(moon_rt(L), moon_check_ref(L, 1)));
}

static int process_read_timer(lua_State *L) {
    return push_time_left(L, mb_read_timer(moon_rt(L), moon_check_ref(L, 1)));
}

static int slept(lua_State *L, int status, lua_KContext context) {
    mb_process *p = moon_self(L);
    if (context && !mb_deadline_expired(p))
        return moon_wait(L, "Process.sleep", context, slept);
    if (!context)
        return moon_wait(L, "Process.sleep", context, slept);
    mb_set_deadline(p, MB_INFINITY);
    return true_after(L, LUA_OK, 0);
}

static int process_sleep(lua_State *L) {
    mb_process *p = moon_self(L);
    luaL_checkany(L, 1);
    mb_time time = moon_check_timeout(L, 1, 0);
    moon_check_can_wait(L, "Process.sleep");
    if (time == MB_INFINITY)
        return moon_wait(L, "Process.sleep", 0, slept);
    if (time == 0)
        return moon_give_way(L, 0, true_after);
    if (!mb_set_deadline(p, mb_now_exact(moon_rt(L)) + time))
        moon_no_memory(L);
    return moon_wait(L, "Process.sleep", 1, slept);
}

static int woken(lua_State *L, int status, lua_KContext context) {
    if (mb_mailbox_length(moon_self(L)) == 0)
        return moon_wait(L, "Process.hibernate", 0, woken);
    return 0;
}

static int process_hibernate(lua_State *L) {
    moon_check_can_wait(L, "Process.hibernate");
    return woken(L, LUA_OK, 0);
}

/* --------------------------------------------------------------------------------------- names */

static int process_register(lua_State *L) {
    mb_pid pid = moon_check_pid(L, 1);
    mb_term error;
    if (lua_type(L, 2) != LUA_TSTRING && !moon_module_is(L, 2))
        luaL_typeerror(L, 2, "name (a string)");
    if (moon_register_name(L, 2, pid, &error))
        return true_after(L, LUA_OK, 0);
    bool taken = error.type == MB_TABLE, dead = mb_is(error, "noproc");
    mb_release(moon_rt(L), error);
    const char *name = luaL_tolstring(L, 2, NULL);
    return luaL_error(L, "could not register %s with the name %s: %s", luaL_tolstring(L, 1, NULL),
                      name,
                      taken  ? "the name is already taken"
                      : dead ? "the process is not alive"
                             : "the process has a name already");
}

/* The name at index, a string or a module, as an owned term. */
static mb_term check_name(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TSTRING && !moon_module_is(L, index))
        luaL_typeerror(L, index, "name (a string)");
    mb_term name;
    moon_destination_term(L, index, false, &name);
    return name;
}

static int process_unregister(lua_State *L) {
    mb_term name = check_name(L, 1);
    bool had = mb_unregister(moon_rt(L), name);
    mb_release(moon_rt(L), name);
    if (!had)
        return luaL_error(L, "no process is registered under the name %s",
                          luaL_tolstring(L, 1, NULL));
    return true_after(L, LUA_OK, 0);
}

static int process_whereis(lua_State *L) {
    mb_term name = check_name(L, 1);
    mb_pid pid = mb_whereis(moon_rt(L), name);
    mb_release(moon_rt(L), name);
    if (pid)
        moon_push_pid(L, pid);
    else
        lua_pushnil(L);
    return 1;
}

/* Pids that the runtime tells one by one, collected outside of Lua: it goes through structures of
 * its own meanwhile, so no error may be raised. */
typedef struct appender {
    lua_State *L;
    mb_pid *pids;
    size_t count, capacity;
    bool failed;
} appender;

static void collect_pid(void *context, mb_pid pid) {
    appender *a = context;
    if (a->count == a->capacity) {
        size_t capacity = a->capacity ? a->capacity * 2 : 16;
        mb_pid *pids = mb_allocate(moon_rt(a->L), a->pids, a->capacity * sizeof *pids,
                                   capacity * sizeof *pids);
        if (!pids) {
            a->failed = true;
            return;
        }
        a->pids = pids;
        a->capacity = capacity;
    }
    a->pids[a->count++] = pid;
}

static int push_collected(lua_State *L) {
    const appender *a = lua_touserdata(L, 1);
    lua_createtable(L, (int)a->count, 0);
    for (size_t i = 0; i < a->count; i++) {
        moon_push_pid(L, a->pids[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

/* Pushes the array, and frees what was collected. */
static void finish_collecting(appender *a) {
    lua_State *L = a->L;
    lua_pushcfunction(L, push_collected);
    lua_pushlightuserdata(L, a);
    int status = lua_pcall(L, 1, 1, 0);
    mb_allocate(moon_rt(L), a->pids, a->capacity * sizeof *a->pids, 0);
    if (status != LUA_OK)
        lua_error(L);
    if (a->failed)
        moon_no_memory(L);
}

static void collect_name(void *context, mb_term name, mb_pid pid) {
    collect_pid(context, pid);
}

static int process_registered(lua_State *L) {
    mb_runtime *rt = moon_rt(L);
    appender a = {.L = L};
    a.failed = !mb_registered(rt, collect_name, &a) || a.failed;
    finish_collecting(&a);
    for (lua_Integer i = 1; lua_rawgeti(L, -1, i) != LUA_TNIL; i++) {
        moon_push_term(L, mb_registered_name(mb_lookup(rt, moon_light(L, -1))));
        lua_rawseti(L, -3, i);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return 1;
}

static int process_list(lua_State *L) {
    mb_runtime *rt = moon_rt(L);
    lua_Integer count = 0;
    lua_createtable(L, (int)mb_process_count(rt), 0);
    for (mb_process *p = mb_next_process(rt, 0); p; p = mb_next_process(rt, mb_self(p))) {
        moon_push_pid(L, mb_self(p));
        lua_rawseti(L, -2, ++count);
    }
    return 1;
}

/* ---------------------------------------------------------------------------------------- info */

static void push_messages(lua_State *L, mb_process *p) {
    mb_runtime *rt = moon_rt(L);
    lua_Integer count = 0;
    lua_newtable(L);
    for (mb_message *m = mb_mailbox_first(p); m; m = m->next) {
        mb_term term;
        if (!mb_message_term(rt, m, &term))
            moon_no_memory(L);
        moon_push_owned_term(L, term);
        lua_rawseti(L, -2, ++count);
    }
}

static void collect_entry(void *context, mb_term key, mb_term value) {
    lua_State *L = context;
    moon_push_term(L, key);
    moon_push_term(L, value);
    lua_rawset(L, -3);
}

static void push_dictionary(lua_State *L, mb_process *p) {
    luaL_checkstack(L, 8, NULL);
    lua_newtable(L);
    mb_dictionary(p, collect_entry, L);
}

static void push_links(lua_State *L, mb_process *p,
                       void (*each)(mb_process *p, mb_visit_pid visit, void *context)) {
    appender a = {.L = L};
    each(p, collect_pid, &a);
    finish_collecting(&a);
}

static const char *status_text(mb_process_status status) {
    static const char *const names[] = {"running", "runnable", "waiting", "exiting"};
    return names[status];
}

static const char *const info_keys[] = {
    "registered_name",   "current_function", "initial_call", "status",
    "message_queue_len", "messages",         "links",        "monitors",
    "monitored_by",      "trap_exit",        "memory",       "reductions",
    "dictionary",        "parent",           "label",        NULL,
};

static void push_initial_call(lua_State *L, const mb_process_info *info) {
    moon_push_term(L, info->initial_call);
}

/* Pushes the item of that number in info_keys. */
static void push_info(lua_State *L, mb_process *p, int key) {
    mb_process_info info;
    mb_info(p, &info);
    switch (key) {
    case 0:
        moon_push_term(L, mb_registered_name(p));
        break;
    case 1:
        lua_pushstring(L, info.doing);
        break;
    case 2:
        push_initial_call(L, &info);
        break;
    case 3:
        lua_pushstring(L, status_text(info.status));
        break;
    case 4:
        lua_pushinteger(L, (lua_Integer)mb_mailbox_length(p));
        break;
    case 5:
        push_messages(L, p);
        break;
    case 6:
        push_links(L, p, mb_links);
        break;
    case 7:
        push_links(L, p, mb_monitors);
        break;
    case 8:
        push_links(L, p, mb_monitored_by);
        break;
    case 9:
        lua_pushboolean(L, mb_trap_exit(p));
        break;
    case 10:
        lua_pushinteger(L, (lua_Integer)info.memory);
        break;
    case 11:
        lua_pushinteger(L, (lua_Integer)info.reductions);
        break;
    case 12:
        push_dictionary(L, p);
        break;
    case 13:
        if (info.parent)
            moon_push_pid(L, info.parent);
        else
            lua_pushnil(L);
        break;
    default:
        moon_push_term(L, mb_dictionary_get(p, mb_atom("$process_label")));
        break;
    }
}

static int check_info_key(lua_State *L, int index) {
    const char *key = lua_type(L, index) == LUA_TSTRING ? lua_tostring(L, index) : "";
    for (int i = 0; info_keys[i]; i++)
        if (strcmp(info_keys[i], key) == 0)
            return i;
    return luaL_argerror(L, 2, "invalid item");
}

static int info_of_keys(lua_State *L, mb_process *p) {
    lua_newtable(L);
    for (lua_Integer i = 1; lua_rawgeti(L, 2, i) != LUA_TNIL; i++) {
        push_info(L, p, check_info_key(L, -1));
        lua_rawset(L, -3);
    }
    lua_pop(L, 1);
    return 1;
}

static int process_info(lua_State *L) {
    mb_process *p = mb_lookup_settled(moon_rt(L), moon_check_pid(L, 1));
    bool table = lua_istable(L, 2), one = !table && !lua_isnoneornil(L, 2);
    int key = one ? check_info_key(L, 2) : 0;
    if (!p) {
        lua_pushnil(L);
        return 1;
    }
    if (table)
        return info_of_keys(L, p);
    if (one) {
        push_info(L, p, key);
        return 1;
    }
    lua_newtable(L);
    for (int i = 0; info_keys[i]; i++) {
        push_info(L, p, i);
        lua_setfield(L, -2, info_keys[i]);
    }
    return 1;
}

/* ----------------------------------------------------------------------------------- dictionary */

static int dictionary_set(lua_State *L, mb_term key, mb_term value) {
    mb_runtime *rt = moon_rt(L);
    mb_term old = mb_nil();
    bool done = mb_dictionary_put(moon_self(L), key, value, &old);
    mb_release(rt, key);
    mb_release(rt, value);
    if (!done)
        moon_no_memory(L);
    moon_push_owned_term(L, old);
    return 1;
}

static int process_put(lua_State *L) {
    moon_self(L);
    luaL_checkany(L, 1);
    lua_settop(L, 2);
    mb_term key, value;
    moon_to_term(L, 2, &value, "value");
    if (!moon_try_term(L, 1, &key, "key")) {
        mb_release(moon_rt(L), value);
        lua_error(L);
    }
    return dictionary_set(L, key, value);
}

static int process_delete(lua_State *L) {
    moon_self(L);
    luaL_checkany(L, 1);
    mb_term key;
    moon_to_term(L, 1, &key, "key");
    return dictionary_set(L, key, mb_nil());
}

static int process_get(lua_State *L) {
    mb_process *p = moon_self(L);
    if (lua_isnone(L, 1)) {
        push_dictionary(L, p);
        return 1;
    }
    mb_term key;
    moon_to_term(L, 1, &key, "key");
    mb_term value = mb_retain(mb_dictionary_get(p, key));
    if (value.type != MB_NIL)
        moon_push_owned_term(L, value);
    else if (!moon_push_ancestry(L, p, key))
        lua_settop(L, 2);
    mb_release(moon_rt(L), key);
    return 1;
}

/* The array is on top of the stack. */
static void append_key(void *context, mb_term key, mb_term value) {
    lua_State *L = context;
    moon_push_term(L, key);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
}

static int process_get_keys(lua_State *L) {
    mb_process *p = moon_self(L);
    lua_newtable(L);
    mb_dictionary(p, append_key, L);
    return 1;
}

static int process_set_label(lua_State *L) {
    moon_self(L);
    mb_term value;
    moon_to_term(L, 1, &value, "label");
    dictionary_set(L, mb_atom("$process_label"), value);
    return true_after(L, LUA_OK, 0);
}

/* ---------------------------------------------------------------------------------------- types */

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

/* ---------------------------------------------------------------------------------------- help */

static const moon_binding bindings[] = {
    {"spawn",
     "spawn(f, ...)\n\n"
     "Starts a process that runs f with the given arguments and returns its pid. The process gets "
     "its own\n"
     "copy of the arguments and of what f captured: processes share nothing.\n\n"
     "    local pid = spawn(function(name) print(\"hello from \" .. name) end, \"me\")",
     spawn},
    {"spawn_link",
     "spawn_link(f, ...)\n\n"
     "As spawn, and links the new process to the calling one: when one ends abnormally, so does "
     "the other.\n\n"
     "    spawn_link(function() error(\"boom\") end)",
     spawn_link},
    {"spawn_monitor",
     "spawn_monitor(f, ...)\n\n"
     "As spawn, and monitors the new process; returns its pid and the monitor's reference.\n\n"
     "    pid, ref = spawn_monitor(function() exit(\"done\") end)\n"
     "    receive { { { \"DOWN\", ref, _, _, _ }, function(_, _, reason) print(reason) end } }",
     spawn_monitor},
    {"self",
     "self()\n\nThe pid of the calling process.\n\n"
     "    send(self(), \"hello\")\n    receive()   --> \"hello\"",
     self},
    {"send",
     "send(dest, message)\n\n"
     "Puts a copy of message into the mailbox of dest: a pid, a name, { name, node },\n"
     "{ \"via\", module, name } or { \"global\", name }. Never waits; a dead pid swallows the "
     "message. Returns\n"
     "message.\n\n    send(self(), { \"get\", \"key\" })   --> { \"get\", \"key\" }",
     send},
    {"make_ref", "make_ref()\n\nA reference unlike any other.\n\n    local ref = make_ref()",
     make_ref},
    {"Process",
     "Process\n\nLinks, monitors, timers, names and properties of processes.\n\n"
     "    Process.alive(self())   --> true",
     NULL},
    {"Process.alive",
     "Process.alive(pid)\n\nWhether the process is alive.\n\n    Process.alive(self())   -- true",
     process_alive},
    {"Process.exit",
     "Process.exit(pid, reason)\n\n"
     "Sends an exit signal: the process ends with that reason, unless it traps exits and gets\n"
     "{ \"EXIT\", from, reason } as a message. \"normal\" is ignored by others; \"kill\" cannot be "
     "trapped.\n\n"
     "    pid = spawn(function() receive() end)\n"
     "    Process.exit(pid, \"kill\")   --> true",
     process_exit},
    {"Process.flag",
     "Process.flag(\"trap_exit\", boolean)\n\n"
     "Whether exit signals of linked processes become messages { \"EXIT\", pid, reason }. Returns "
     "the "
     "former value.\n\n    Process.flag(\"trap_exit\", true)",
     process_flag},
    {"Process.link",
     "Process.link(pid)\n\nLinks the calling process and pid: the abnormal end of one ends the "
     "other.\n\n"
     "    pid = spawn(function() receive() end)\n"
     "    Process.link(pid)   --> true",
     process_link},
    {"Process.unlink",
     "Process.unlink(pid)\n\nTakes the link away.\n\n"
     "    pid = spawn_link(function() receive() end)\n"
     "    Process.unlink(pid)   --> true",
     process_unlink},
    {"Process.monitor",
     "Process.monitor(process)\n\n"
     "Asks to be told of the process's end: { \"DOWN\", ref, \"process\", pid, reason }. For one "
     "that is dead "
     "this comes at once, with \"noproc\". Returns ref.\n\n"
     "    ref = Process.monitor(spawn(function() exit(\"done\") end))\n"
     "    receive()[5]   --> \"done\"",
     process_monitor},
    {"Process.demonitor",
     "Process.demonitor(ref [, { \"flush\" }])\n\n"
     "Ends a monitor; with flush, a DOWN that has arrived already is taken out of the mailbox.\n\n"
     "    ref = Process.monitor(spawn(print))\n"
     "    Process.demonitor(ref, { \"flush\" })   --> true",
     process_demonitor},
    {"Process.send_after",
     "Process.send_after(dest, message, milliseconds)\n\n"
     "Sends message to dest when the time has passed. Returns a reference for "
     "Process.cancel_timer.\n\n"
     "    Process.send_after(self(), \"tick\", 1000)",
     process_send_after},
    {"Process.cancel_timer",
     "Process.cancel_timer(ref)\n\nStops a timer; returns the milliseconds that were left, or "
     "false when it has "
     "fired already.\n\n    ref = Process.send_after(self(), \"tick\", 1000)\n"
     "    Process.cancel_timer(ref)   --> 1000",
     process_cancel_timer},
    {"Process.read_timer",
     "Process.read_timer(ref)\n\nThe milliseconds left, or false.\n\n"
     "    ref = Process.send_after(self(), \"tick\", 1000)\n"
     "    Process.read_timer(ref)   --> 1000",
     process_read_timer},
    {"Process.register",
     "Process.register(pid, name)\n\nGives the process a name that send and the like accept in "
     "place of its "
     "pid.\n\n    Process.register(self(), \"printer\")",
     process_register},
    {"Process.unregister",
     "Process.unregister(name)\n\nTakes the name away.\n\n"
     "    Process.register(self(), \"printer\")\n"
     "    Process.unregister(\"printer\")   --> true",
     process_unregister},
    {"Process.whereis",
     "Process.whereis(name)\n\nThe pid registered under the name, or nil.\n\n    "
     "Process.whereis(\"printer\")",
     process_whereis},
    {"Process.registered",
     "Process.registered()\n\nAll registered names.\n\n    inspect(Process.registered())",
     process_registered},
    {"Process.list", "Process.list()\n\nThe pids of all processes.\n\n    #Process.list()",
     process_list},
    {"Process.info",
     "Process.info(pid [, key])\n\n"
     "What is known of a process, nil when it is dead: registered_name, current_function, "
     "initial_call, status,\n"
     "message_queue_len, messages, links, monitors, monitored_by, trap_exit, memory (bytes), "
     "reductions,\n"
     "dictionary, parent, label. With a key just that.\n\n"
     "    Process.info(self(), \"message_queue_len\")",
     process_info},
    {"Process.put",
     "Process.put(key, value)\n\nSets an entry of the process dictionary; returns what was "
     "there.\n\n"
     "    Process.put(\"request_id\", 7)",
     process_put},
    {"Process.get",
     "Process.get([key [, default]])\n\nAn entry of the process dictionary, or all of it. Asked for "
     "by name, \"$ancestors\" and\n\"$initial_call\" are told too; of a task, \"$callers\" says for "
     "whom it works.\n\n"
     "    Process.get(\"request_id\")",
     process_get},
    {"Process.delete",
     "Process.delete(key)\n\nRemoves an entry of the process dictionary and returns it.\n\n"
     "    Process.delete(\"request_id\")",
     process_delete},
    {"Process.get_keys",
     "Process.get_keys()\n\nThe keys of the process dictionary.\n\n    inspect(Process.get_keys())",
     process_get_keys},
    {"Process.set_label",
     "Process.set_label(label)\n\nA description that Process.info shows.\n\n    "
     "Process.set_label(\"worker 3\")",
     process_set_label},
    {"Process.sleep",
     "Process.sleep(milliseconds or \"infinity\")\n\nLets time pass for the calling process "
     "only.\n\n"
     "    Process.sleep(100)",
     process_sleep},
    {"Process.hibernate",
     "Process.hibernate()\n\nWaits until there is a message in the mailbox, without taking it.\n\n"
     "    send(self(), \"hello\")\n"
     "    Process.hibernate()\n"
     "    receive()   --> \"hello\"",
     process_hibernate},
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

void moon_open_process(lua_State *L) {
    moon_bind(L, bindings);
}
