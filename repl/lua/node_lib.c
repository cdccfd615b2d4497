/* Node: https://hexdocs.pm/elixir/1.14/Node.html — of the nodes in this program. What combines these is
 * in prelude/node.lua. */
#include "lua/argument.h"
#include "lua/error.h"
#include "lua/gen_server_lib.h"
#include "lua/process.h"
#include "lua/state.h"
#include "lua/value.h"

#include <ctype.h>

/* The node that argument arg names. */
static mb_node *check_node(lua_State *L, const char *what, int arg) {
    if (lua_type(L, arg) != LUA_TSTRING)
        moon_bad_argument(L, what, arg, "node", "the name of a node");
    return moon_node_at(L, arg, what);
}

static int push_boolean(lua_State *L, bool yes) {
    lua_pushboolean(L, yes);
    return 1;
}

/* ---- start and end --------------------------------------------------------------------------*/

/* How many of the text's first bytes are letters, digits and some other characters. */
static size_t word(const char *text, const char *others) {
    size_t size = 0;
    while (isalnum((unsigned char)text[size]) || (text[size] && strchr(others, text[size])))
        size++;
    return size;
}

/* name, or name@host. */
static bool is_node_name(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TSTRING || lua_rawlen(L, index) > 200)
        return false;
    const char *name = lua_tostring(L, index);
    size_t size = word(name, "_-"), host = name[size] == '@' ? word(name + size + 1, "_-.") : 0;
    size_t all = name[size] == '@' ? size + 1 + host : size;
    return size > 0 && (name[size] != '@' || host > 0) && all == lua_rawlen(L, index);
}

/* start(name): the node's name, or nil, { "already_started", name }. */
static int node_start(lua_State *L) {
    static const char what[] = "Node.start";
    if (!is_node_name(L, 1))
        return moon_bad_argument(L, what, 1, "name",
                                 "a name of letters, digits, _ and -, as \"b\" or \"b@local\",");
    mb_node *node = moon_node_at(L, 1, what);
    switch (mb_node_start(moon_rt(L), mb_node_name(node), &node)) {
    case MB_NODE_OK:
        moon_push_node(L, node);
        return 1;
    case MB_NODE_TAKEN:
        lua_pushnil(L);
        lua_createtable(L, 2, 0);
        lua_pushliteral(L, "already_started");
        lua_rawseti(L, -2, 1);
        moon_push_node(L, node);
        lua_rawseti(L, -2, 2);
        return 2;
    default:
        moon_no_memory(L);
    }
}

static int stopped(lua_State *L, int status, lua_KContext context) {
    (void)status;
    (void)context;
    return push_boolean(L, true);
}

static int node_stop(lua_State *L) {
    static const char what[] = "Node.stop";
    mb_node *here = mb_here(moon_rt(L));
    mb_node *node = lua_isnoneornil(L, 1) ? here : check_node(L, what, 1);
    if (node == mb_node_next(moon_rt(L), NULL))
        return luaL_error(L, "%s: the node of the program itself stops when the program does", what);
    if (!mb_node_is_running(node)) {
        lua_pushnil(L);
        lua_pushliteral(L, "not_found");
        return 2;
    }
    mb_node_stop(node);
    return node == here ? moon_give_way(L, 0, stopped) : push_boolean(L, true);
}

/* run_on(node, fn, ...): a process without a parent on it, started from outside and not over the net.
 * Waits for its run_ack; returns a pid, or nil and a reason. */
static int run_on(lua_State *L) {
    static const char what[] = "Node.start";
    mb_spawn_options options = {.node = check_node(L, what, 1)};
    moon_check_can_wait(L, what);
    mb_process *child = moon_spawn_function(L, 2, what, &options, NULL);
    return moon_await_started(L, child, MB_INFINITY, what);
}

/* run_ack(starter, { "ok", pid } or { "error", reason }) */
static int run_ack(lua_State *L) {
    mb_term answer;
    moon_to_term(L, 2, &answer, "answer");
    mb_init_ack_to(moon_self(L), moon_light(L, 1), answer);
    return 0;
}

/* ---- who is there ---------------------------------------------------------------------------*/

static int node_self(lua_State *L) {
    moon_push_node(L, mb_here(moon_rt(L)));
    return 1;
}

static int node_of(lua_State *L) {
    mb_runtime *rt = moon_rt(L);
    if (lua_isnone(L, 1))
        return node_self(L);
    moon_push_node(L, mb_node_of_pid(rt, moon_check_pid(L, 1)));
    return 1;
}

static int node_alive(lua_State *L) { return push_boolean(L, mb_is_distributed(moon_rt(L))); }

static bool is_listed(lua_State *L, const mb_node *node, const char *which) {
    const mb_node *here = mb_here(moon_rt(L));
    if (strcmp(which, "known") == 0)
        return true;
    if (strcmp(which, "this") == 0)
        return node == here;
    return node != here && mb_node_is_connected(here, node);
}

static int node_list(lua_State *L) {
    static const char *const kinds[] = {"visible", "connected", "this", "known", NULL};
    const char *which = kinds[moon_check_word(L, 1, "visible", kinds)];
    mb_runtime *rt = moon_rt(L);
    lua_Integer count = 0;
    lua_newtable(L);
    for (mb_node *node = mb_node_next(rt, NULL); node; node = mb_node_next(rt, node)) {
        if (!is_listed(L, node, which))
            continue;
        moon_push_node(L, node);
        lua_rawseti(L, -2, ++count);
    }
    return 1;
}

/* ---- connections ----------------------------------------------------------------------------*/

static int node_connect(lua_State *L) {
    mb_node *node = check_node(L, "Node.connect", 1);
    return push_boolean(L, mb_node_connect(mb_here(moon_rt(L)), node));
}

static int node_disconnect(lua_State *L) {
    mb_node *node = check_node(L, "Node.disconnect", 1);
    return push_boolean(L, mb_node_disconnect(mb_here(moon_rt(L)), node));
}

/* Any answer will do, and "noproc" is one: it has come from there. */
static int pinged(lua_State *L, int status, lua_KContext context) {
    mb_term value;
    (void)status;
    switch (mb_answer(moon_self(L), &value)) {
    case MB_ANSWER_PENDING:
        return moon_wait(L, "Node.ping", context, pinged);
    case MB_ANSWER_EXIT:
        lua_pushstring(L, mb_is(value, "noproc") ? "pong" : "pang");
        mb_release(moon_rt(L), value);
        return 1;
    default:
        moon_no_memory(L);
    }
}

static int node_ping(lua_State *L) {
    mb_node *node = check_node(L, "Node.ping", 1);
    if (node == mb_here(moon_rt(L))) {
        lua_pushliteral(L, "pong");
        return 1;
    }
    moon_check_can_wait(L, "Node.ping");
    mb_pid nobody = mb_name_on(node, mb_boolean(false));
    if (!nobody)
        moon_no_memory(L);
    mb_await_end(moon_self(L), nobody, MB_INFINITY);
    return pinged(L, LUA_OK, 0);
}

static bool check_flag(lua_State *L, const char *what, int arg) {
    if (!lua_isboolean(L, arg))
        moon_bad_argument(L, what, arg, "flag", "true or false");
    return lua_toboolean(L, arg);
}

static int node_monitor(lua_State *L) {
    static const char what[] = "Node.monitor";
    mb_node *node = check_node(L, what, 1);
    if (!mb_watch_node(moon_self(L), node, check_flag(L, what, 2)))
        moon_no_memory(L);
    return push_boolean(L, true);
}

static int monitor_nodes(lua_State *L) {
    if (!mb_watch_nodes(moon_self(L), check_flag(L, "net_kernel.monitor_nodes", 1)))
        moon_no_memory(L);
    return push_boolean(L, true);
}

/* ---- processes on other nodes ---------------------------------------------------------------*/

typedef enum tie { NO_TIE, LINK, MONITOR } tie;
static const char *const names[] = {"Node.spawn", "Node.spawn_link", "Node.spawn_monitor"};

/* What stands for a process that could not be started (erlang:crasher/6). */
static mb_step run_crasher(mb_process *p, void *data) {
    (void)data;
    mb_set_exit_reason(p, mb_atom("noconnection"));
    return MB_STEP_EXIT;
}

static const mb_class crasher = {.name = "crasher", .run = run_crasher};

static int push_started(lua_State *L, tie tied, mb_pid pid, mb_ref monitor) {
    moon_push_pid(L, pid);
    if (tied != MONITOR)
        return 1;
    moon_push_ref(L, monitor);
    return 2;
}

static int spawn_crasher(lua_State *L, tie tied) {
    mb_runtime *rt = moon_rt(L);
    mb_process *self = moon_self(L);
    mb_spawn_options options = {.parent = mb_self(self), .link = tied == LINK,
                                .monitor = tied == MONITOR};
    mb_ref monitor = 0;
    mb_process *p = mb_spawn(rt, &crasher, &options, &monitor);
    if (!p)
        moon_no_memory(L);
    mb_log_format(rt, MB_WARNING, mb_self(p), "** Can not start a function on %s **",
                  lua_tostring(L, 1));
    return push_started(L, tied, mb_self(p), monitor);
}

/* The reference of the monitor, if any, is on top of the stack. */
static int spawned(lua_State *L, int status, lua_KContext context) {
    tie tied = (tie)context;
    mb_process *self = moon_self(L);
    mb_ref monitor = tied == MONITOR ? moon_light(L, -1) : 0;
    mb_term value;
    (void)status;
    switch (mb_answer(self, &value)) {
    case MB_ANSWER_PENDING:
        return moon_wait(L, names[tied], context, spawned);
    case MB_ANSWER_VALUE:
        return push_started(L, tied, value.id, monitor);
    case MB_ANSWER_EXIT:
        if (monitor)
            mb_demonitor(self, monitor, true);
        if (mb_is(value, "system_limit"))
            return luaL_error(L, "%s: there are too many processes, or there is no memory",
                              names[tied]);
        mb_release(moon_rt(L), value);
        return spawn_crasher(L, tied);
    default:
        moon_no_memory(L);
    }
}

static int spawn_here(lua_State *L, tie tied) {
    mb_spawn_options options = {.parent = mb_self(moon_self(L)), .link = tied == LINK,
                                .monitor = tied == MONITOR};
    mb_ref monitor = 0;
    mb_process *p = moon_spawn_function(L, 2, names[tied], &options, &monitor);
    return push_started(L, tied, mb_self(p), monitor);
}

static int spawn_on(lua_State *L, tie tied) {
    mb_node *node = check_node(L, names[tied], 1);
    if (lua_type(L, 2) != LUA_TFUNCTION)
        return moon_bad_argument(L, names[tied], 2, "fn", "a function");
    mb_process *self = moon_self(L);
    if (node == mb_here(moon_rt(L)))
        return spawn_here(L, tied);
    moon_check_can_wait(L, names[tied]);
    mb_term what;
    mb_ref monitor = 0;
    moon_stack_to_term(L, 2, &what, "argument");
    if (mb_spawn_on(self, node, what, tied == LINK, tied == MONITOR ? &monitor : NULL) ==
        MB_ANSWER_NO_MEMORY)
        mb_abandon_answer(self), moon_no_memory(L);
    if (tied == MONITOR)
        moon_push_ref(L, monitor);
    return spawned(L, LUA_OK, (lua_KContext)tied);
}

static int node_spawn(lua_State *L) { return spawn_on(L, NO_TIE); }
static int node_spawn_link(lua_State *L) { return spawn_on(L, LINK); }
static int node_spawn_monitor(lua_State *L) { return spawn_on(L, MONITOR); }

/* ---- binding --------------------------------------------------------------------------------*/

static const moon_binding bindings[] = {
    {"Node",
     "Node\n\n"
     "Several nodes in one program: each has its own processes, names and ETS tables, and they share\n"
     "nothing but messages. Code is the same on all of them, as in a release. Pids say in their first\n"
     "number which node they are of: #PID<1.104.0>.\n\n"
     "    Node.start(\"b\")\n"
     "    pid = Node.spawn(\"b\", function() Process.sleep(1000) end)\n"
     "    Node.list()   --> { \"b@local\" }",
     NULL},
    {"Node.stop",
     "stop([node])\n\n"
     "Ends a node, by default that of the caller: all its processes end without a word, as when a "
     "machine\n"
     "loses power, and those connected to it notice. Returns true, or nil, \"not_found\".\n\n"
     "    Node.start(\"b\")\n"
     "    Node.stop(\"b\")   --> true",
     node_stop},
    {"Node.self", "self()\n\nThe name of the caller's node.\n\n    Node.self()", node_self},
    {"node",
     "node([pid])\n\nThe name of the node that a process is of; of the caller's.\n\n"
     "    node(self()) == Node.self()   --> true",
     node_of},
    {"Node.alive",
     "alive()\n\nWhether there are nodes: whether Node.start has been called.\n\n    Node.alive()",
     node_alive},
    {"Node.list",
     "list([which = \"visible\"])\n\n"
     "The names of the nodes that the caller's is connected to (\"visible\" or \"connected\"), of "
     "itself\n"
     "(\"this\"), or of all that were ever told of (\"known\").\n\n"
     "    Node.list(\"this\")",
     node_list},
    {"Node.connect",
     "connect(node)\n\n"
     "Connects the caller's node to another; whatever is sent there does it by itself. Returns whether "
     "they\n"
     "are connected now.\n\n"
     "    Node.start(\"b\")\n"
     "    Node.connect(\"b\")   --> true",
     node_connect},
    {"Node.disconnect",
     "disconnect(node)\n\n"
     "Ends the connection to a node: links and monitors across it end with \"noconnection\". Returns\n"
     "whether there was one.\n\n"
     "    Node.start(\"b\")\n"
     "    Node.connect(\"b\")\n"
     "    Node.disconnect(\"b\")   --> true",
     node_disconnect},
    {"Node.ping",
     "ping(node)\n\n"
     "Connects to a node and waits for an answer from it: \"pong\", or \"pang\" when there is none to "
     "be had.\n\n"
     "    Node.ping(\"nowhere\")   --> \"pang\"",
     node_ping},
    {"Node.monitor",
     "monitor(node, flag)\n\n"
     "The caller gets { \"nodedown\", node } once, when the connection to the node is lost; at once "
     "when it\n"
     "cannot be made. As often as it has asked for it; with false, once less.\n\n"
     "    Node.monitor(\"nowhere\", true)\n"
     "    receive()   --> { \"nodedown\", \"nowhere@local\" }",
     node_monitor},
    {"net_kernel", "net_kernel\n\nNews of all nodes.\n\n    net_kernel.monitor_nodes(true)", NULL},
    {"net_kernel.monitor_nodes",
     "monitor_nodes(flag)\n\n"
     "From now on the caller gets { \"nodeup\", node } and { \"nodedown\", node } of every node that "
     "its own\n"
     "is connected to or loses; with false, no more.\n\n"
     "    net_kernel.monitor_nodes(true)\n"
     "    Node.start(\"b\")\n"
     "    Node.connect(\"b\")\n"
     "    receive()   --> { \"nodeup\", \"b@local\" }",
     monitor_nodes},
    {"Node.spawn",
     "spawn(node, fn, ...)\n\n"
     "Starts a process on a node that runs fn with the given arguments; returns its pid. When the node "
     "can't\n"
     "be reached, the pid is that of a process which ends with \"noconnection\".\n\n"
     "    Node.start(\"b\")\n"
     "    Node.spawn(\"b\", function(n) print(Node.self(), n) end, 1)",
     node_spawn},
    {"Node.spawn_link",
     "spawn_link(node, fn, ...)\n\nAs Node.spawn, and links the caller and the process.\n\n"
     "    Node.start(\"b\")\n"
     "    Node.spawn_link(\"b\", function() Process.sleep(1000) end)",
     node_spawn_link},
    {"Node.spawn_monitor",
     "spawn_monitor(node, fn, ...)\n\n"
     "As Node.spawn, and monitors the process; returns its pid and the monitor's reference.\n\n"
     "    Node.start(\"b\")\n"
     "    pid, ref = Node.spawn_monitor(\"b\", exit, \"done\")\n"
     "    receive()[5]   --> \"done\"",
     node_spawn_monitor},
    {NULL, NULL, NULL},
};

void moon_open_node(lua_State *L) {
    moon_bind(L, bindings);
    lua_getglobal(L, "Node"); /* prelude/node.lua takes these away */
    lua_pushcfunction(L, node_start);
    lua_setfield(L, -2, "start");
    lua_pushcfunction(L, run_on);
    lua_setfield(L, -2, "run_on");
    lua_pushcfunction(L, run_ack);
    lua_setfield(L, -2, "run_ack");
    lua_pop(L, 1);
}
