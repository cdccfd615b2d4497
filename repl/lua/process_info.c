/* What is known of processes, and the process dictionary. */
#include <stdlib.h>

#include "lua/argument.h"
#include "lua/error.h"
#include "lua/process.h"
#include "lua/process_lib.h"
#include "lua/state.h"
#include "lua/value.h"

/* -------------------------------------------------------------------------------------- lists */

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
        moon_push_process(L, a->pids[i]);
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
        if (!moon_is_here(L, mb_self(p)))
            continue;
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
    return moon_wrong_argument(L, 2, "an item that h(Process.info) tells of, or a list of them");
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
    mb_process *p = mb_lookup_settled(moon_rt(L), moon_check_local(L));
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

typedef struct search {
    lua_State *L;
    mb_term value; /* owned */
} search;

static void append_key_of(void *context, mb_term key, mb_term value) {
    const search *s = context;
    if (mb_equal(value, s->value))
        append_key(s->L, key, value);
}

static int push_keys_of(lua_State *L) {
    luaL_checkstack(L, 8, NULL);
    lua_newtable(L);
    mb_dictionary(moon_self(L), append_key_of, lua_touserdata(L, 1));
    return 1;
}

static int process_get_keys(lua_State *L) {
    mb_process *p = moon_self(L);
    if (lua_isnone(L, 1)) {
        lua_newtable(L);
        mb_dictionary(p, append_key, L);
        return 1;
    }
    search s = {.L = L};
    moon_to_term(L, 1, &s.value, "value");
    lua_pushcfunction(L, push_keys_of);
    lua_pushlightuserdata(L, &s);
    int status = lua_pcall(L, 1, 1, 0);
    mb_release(moon_rt(L), s.value);
    return status == LUA_OK ? 1 : lua_error(L);
}

static int process_set_label(lua_State *L) {
    moon_self(L);
    mb_term value;
    moon_to_term(L, 1, &value, "label");
    dictionary_set(L, mb_atom("$process_label"), value);
    lua_pushboolean(L, 1);
    return 1;
}

static const moon_binding bindings[] = {
    {"Process.registered",
     "registered()\n\nAll registered names.\n\n    inspect(Process.registered())",
     process_registered},
    {"Process.list", "list()\n\nThe pids of all processes.\n\n    #Process.list()",
     process_list},
    {"Process.info",
     "info(pid [, key])\n\n"
     "What is known of a process, nil when it is dead: registered_name, current_function, "
     "initial_call, status,\n"
     "message_queue_len, messages, links, monitors, monitored_by, trap_exit, memory (bytes), "
     "reductions,\n"
     "dictionary, parent, label. With a key just that.\n\n"
     "    Process.info(self(), \"message_queue_len\")",
     process_info},
    {"Process.put",
     "put(key, value)\n\nSets an entry of the process dictionary; returns what was "
     "there.\n\n"
     "    Process.put(\"request_id\", 7)",
     process_put},
    {"Process.get",
     "get([key [, default]])\n\nAn entry of the process dictionary, or all of it. Asked for "
     "by name, \"$ancestors\" and\n\"$initial_call\" are told too; of a task, \"$callers\" says for "
     "whom it works.\n\n"
     "    Process.get(\"request_id\")",
     process_get},
    {"Process.delete",
     "delete(key)\n\nRemoves an entry of the process dictionary and returns it.\n\n"
     "    Process.delete(\"request_id\")",
     process_delete},
    {"Process.get_keys",
     "get_keys([value])\n\nThe keys of the process dictionary, or those that have this value.\n\n"
     "    Process.put(\"request_id\", 7)\n"
     "    Process.get_keys(7)   --> { \"request_id\" }",
     process_get_keys},
    {"Process.set_label",
     "set_label(label)\n\nA description that Process.info, ps() and tree() show.\n\n    "
     "Process.set_label(\"worker 3\")",
     process_set_label},
    {NULL, NULL, NULL},
};

void moon_open_process_info(lua_State *L) {
    moon_bind(L, bindings);
}
