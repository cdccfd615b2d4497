/* PubSub: https://hexdocs.pm/phoenix_pubsub/2.1/Phoenix.PubSub.html. Subscriptions are entries of a
 * registry with duplicate keys; a broadcast message is copied once, whoever gets it. To other nodes it
 * goes through the process NAME.Adapter there, which prelude/pubsub.lua starts beside the registry. */
#include "lua/argument.h"
#include "lua/cell.h"
#include "lua/child_spec_lib.h"
#include "lua/help.h"
#include "lua/process.h"
#include "lua/registry_lib.h"
#include "lua/state.h"
#include "lua/value.h"

static int start_link(lua_State *L) {
    if (lua_type(L, 1) != LUA_TTABLE)
        return moon_bad_argument(L, "PubSub.start_link", 1, "opts", "a table of options");
    if (moon_push_option(L, 1, "name") == LUA_TNIL)
        return luaL_error(L, "the name option is required when starting PubSub");
    return moon_registry_start(L, "PubSub.start_link", "duplicate");
}

static int child_spec(lua_State *L) {
    return moon_registry_child_spec(L, "PubSub.child_spec", "PubSub");
}

/* ---- subscribing ----------------------------------------------------------------------------*/

static void check_topic_name(lua_State *L, const char *what, int topic) {
    if (lua_type(L, topic) != LUA_TSTRING)
        moon_bad_argument(L, what, topic, "topic", "a string");
}

static mb_registry *check_topic(lua_State *L, const char *what, int topic) {
    check_topic_name(L, what, topic);
    return moon_check_registry(L, what, 1);
}

static int subscribe(lua_State *L) {
    mb_pid holder;
    mb_registry *registry = check_topic(L, "PubSub.subscribe", 2);
    static const char *const names[] = {"metadata", NULL};
    moon_check_options(L, "PubSub.subscribe", 3);
    moon_check_option_names(L, "PubSub.subscribe", 3, names);
    lua_settop(L, 3);
    moon_push_option(L, 3, "metadata");
    lua_replace(L, 3);
    moon_registry_add(L, registry, moon_self(L), 2, &holder);
    lua_pushboolean(L, 1);
    return 1;
}

static int unsubscribe(lua_State *L) {
    moon_registry_remove(L, check_topic(L, "PubSub.unsubscribe", 2), 2);
    lua_pushboolean(L, 1);
    return 1;
}

/* ---- broadcasting ---------------------------------------------------------------------------*/

static bool send_to_all(mb_runtime *rt, mb_registry *registry, mb_term topic, mb_term message,
                        mb_pid but) {
    const mb_registry_filter filter = {.key = &topic};
    const mb_registration *found = NULL;
    while ((found = mb_registry_next(registry, &filter, found)))
        if (found->pid != but &&
            !mb_send(rt, mb_current(rt), found->pid, mb_retain(message)))
            return false;
    return true;
}

static int push_done(lua_State *L, bool done) {
    if (!done)
        moon_no_memory(L);
    moon_reduce(L, 1);
    lua_pushboolean(L, 1);
    return 1;
}

static void check_dispatcher(lua_State *L, const char *what, int index) {
    if (lua_isnoneornil(L, index))
        return;
    bool good = lua_istable(L, index) && lua_getfield(L, index, "dispatch") == LUA_TFUNCTION;
    if (!good)
        moon_bad_argument(L, what, index, "dispatcher", "a module with a function dispatch");
    lua_pop(L, 1);
}

/* Hands the subscribers to the dispatcher behind the topic and the message at the given index:
 * dispatcher.dispatch({ { pid, metadata }, … }, from, message). from: a pid, or nil for "none". */
static int send_by_dispatcher(lua_State *L, int topic, mb_pid from) {
    int dispatcher = topic + 2;
    lua_settop(L, dispatcher);
    lua_createtable(L, 3, 0);
    lua_pushvalue(L, dispatcher);
    lua_rawseti(L, -2, 1);
    lua_pushliteral(L, "dispatch");
    lua_rawseti(L, -2, 2);
    lua_createtable(L, 2, 0);
    if (from)
        moon_push_pid(L, from);
    else
        lua_pushliteral(L, "none");
    lua_rawseti(L, -2, 1);
    lua_pushvalue(L, topic + 1);
    lua_rawseti(L, -2, 2);
    lua_rawseti(L, -2, 3);
    lua_replace(L, dispatcher);
    lua_remove(L, topic + 1);
    if (topic == 3)
        lua_remove(L, 2);
    return moon_registry_dispatch(L);
}

/* To the subscribers of the topic at that index on this node, with the message behind it, and behind
 * that the dispatcher when there is one. */
static int send_here(lua_State *L, const char *what, int topic, mb_pid but) {
    mb_runtime *rt = moon_rt(L);
    mb_term pair;
    lua_settop(L, topic + 2);
    mb_registry *registry = check_topic(L, what, topic);
    check_dispatcher(L, what, topic + 2);
    if (!lua_isnil(L, topic + 2))
        return send_by_dispatcher(L, topic, but);
    lua_settop(L, topic + 1);
    moon_stack_to_term(L, topic, &pair, "{ topic, message }");
    bool sent = send_to_all(rt, registry, mb_element(pair, 0), mb_element(pair, 1), but);
    mb_release(rt, pair);
    return push_done(L, sent);
}

/* The owned name of the adapter of the PubSub whose name is at index. */
static mb_term adapter_name(lua_State *L, int index) {
    mb_term name;
    lua_pushvalue(L, index);
    moon_normalise_id(L);
    lua_pushliteral(L, ".Adapter");
    lua_concat(L, 2);
    moon_to_term(L, -1, &name, "name");
    lua_pop(L, 1);
    return name;
}

/* Has the adapter on a node send the message on. */
static bool forward(mb_runtime *rt, mb_node *node, mb_term adapter, mb_term message) {
    mb_pid to = node == mb_here(rt) ? mb_whereis(rt, adapter) : mb_name_on(node, adapter);
    return to == 0 || mb_send(rt, mb_current(rt), to, mb_retain(message));
}

/* The owned { "forward_to_local", topic, message [, dispatcher] } of what lies at topic and behind it. */
static mb_term forwarded(lua_State *L, int topic) {
    mb_term message;
    lua_settop(L, lua_isnoneornil(L, topic + 2) ? topic + 1 : topic + 2);
    lua_pushliteral(L, "forward_to_local");
    lua_insert(L, topic);
    moon_stack_to_term(L, topic, &message, "message");
    lua_remove(L, topic);
    return message;
}

static bool is_alone(lua_State *L) {
    mb_runtime *rt = moon_rt(L);
    const mb_node *here = mb_here(rt);
    for (mb_node *node = mb_node_next(rt, NULL); node; node = mb_node_next(rt, node))
        if (node != here && mb_node_is_connected(here, node))
            return false;
    return true;
}

static void send_elsewhere(lua_State *L, int topic) {
    mb_runtime *rt = moon_rt(L);
    const mb_node *here = mb_here(rt);
    mb_term message = forwarded(L, topic);
    mb_term adapter = adapter_name(L, 1);
    bool sent = true;
    for (mb_node *node = mb_node_next(rt, NULL); node && sent; node = mb_node_next(rt, node))
        if (node != here && mb_node_is_connected(here, node))
            sent = forward(rt, node, adapter, message);
    mb_release(rt, adapter);
    mb_release(rt, message);
    if (!sent)
        moon_no_memory(L);
}

static int send_everywhere(lua_State *L, const char *what, int topic, mb_pid but) {
    check_topic(L, what, topic);
    check_dispatcher(L, what, topic + 2);
    if (!is_alone(L))
        send_elsewhere(L, topic);
    return send_here(L, what, topic, but);
}

static mb_pid check_from(lua_State *L, const char *what) {
    if (!moon_is_pid(L, 2))
        moon_bad_argument(L, what, 2, "from", "a pid");
    return moon_light(L, 2);
}

static int broadcast(lua_State *L) { return send_everywhere(L, "PubSub.broadcast", 2, 0); }

static int local_broadcast(lua_State *L) { return send_here(L, "PubSub.local_broadcast", 2, 0); }

static int broadcast_from(lua_State *L) {
    static const char what[] = "PubSub.broadcast_from";
    return send_everywhere(L, what, 3, check_from(L, what));
}

static int local_broadcast_from(lua_State *L) {
    static const char what[] = "PubSub.local_broadcast_from";
    return send_here(L, what, 3, check_from(L, what));
}

/* direct_broadcast(node, pubsub, topic, message [, dispatcher]) */
static int direct_broadcast(lua_State *L) {
    static const char what[] = "PubSub.direct_broadcast";
    mb_runtime *rt = moon_rt(L);
    if (lua_type(L, 1) != LUA_TSTRING)
        return moon_bad_argument(L, what, 1, "node", "the name of a node");
    mb_node *node = moon_node_at(L, 1, what);
    moon_check_registry(L, what, 2);
    check_topic_name(L, what, 3);
    check_dispatcher(L, what, 5);
    mb_term message = forwarded(L, 3);
    mb_term adapter = adapter_name(L, 2);
    bool sent = forward(rt, node, adapter, message);
    mb_release(rt, adapter);
    mb_release(rt, message);
    return push_done(L, sent);
}

static int node_name(lua_State *L) {
    moon_check_registry(L, "PubSub.node_name", 1);
    moon_push_node(L, mb_here(moon_rt(L)));
    return 1;
}

/* ---- binding --------------------------------------------------------------------------------*/

#define CHAT                                                                                      \
    "    PubSub.start_link { name = \"Chat\" }\n"                                                 \
    "    PubSub.subscribe(\"Chat\", \"room:1\")\n"

static const moon_binding bindings[] = {
    {"PubSub",
     "PubSub\n\n"
     "Messages to whoever has subscribed to a topic, on all connected nodes that have a PubSub of the "
     "same\n"
     "name. Subscriptions end with their process.\n\n" CHAT
     "    PubSub.broadcast(\"Chat\", \"room:1\", { \"said\", \"hello\" })\n"
     "    receive()   --> { \"said\", \"hello\" }",
     NULL},
    {"PubSub.start_link",
     "start_link(opts)\n\n"
     "Starts a PubSub on this node, linked to the caller; returns the pid of its supervisor, or nil "
     "and the\n"
     "reason. opts: name.\n"
     "As a child it is { PubSub, { name = \"Chat\" } }.\n\n"
     "    PubSub.start_link { name = \"Chat\" }   --> #PID<0.84.0>",
     start_link},
    {"PubSub.child_spec",
     "child_spec(opts)\n\n"
     "The specification of a PubSub as a supervisor's child; its id is the name.\n\n"
     "    PubSub.child_spec({ name = \"Chat\" })   --> { id = \"Chat\", … }",
     child_spec},
    {"PubSub.subscribe",
     "subscribe(pubsub, topic [, opts])\n\n"
     "From now on the calling process gets the topic's messages, as often as it has subscribed. "
     "Returns\n"
     "true. opts: metadata, a value that Registry.lookup(pubsub, topic) shows.\n\n" CHAT,
     subscribe},
    {"PubSub.unsubscribe",
     "unsubscribe(pubsub, topic)\n\n"
     "Ends all of the calling process' subscriptions to the topic. Returns true.\n\n" CHAT
     "    PubSub.unsubscribe(\"Chat\", \"room:1\")   --> true",
     unsubscribe},
    {"PubSub.broadcast",
     "broadcast(pubsub, topic, message [, dispatcher])\n\n"
     "Sends the message to all subscribers on all connected nodes, the caller among them if it is "
     "one.\nReturns true. A dispatcher is a module that sends in its own way, by "
     "dispatch(entries, from,\nmessage): entries has a { pid, metadata } of each subscription on a "
     "node, from is the pid given to\nbroadcast_from or \"none\".\n\n"
     CHAT
     "    PubSub.broadcast(\"Chat\", \"room:1\", \"hello\")   --> true\n\n"
     "    Shout = { dispatch = function(entries, from, message) send(entries[1][1], message:upper()) "
     "end }\n"
     "    PubSub.broadcast(\"Chat\", \"room:1\", \"hello\", Shout)   --> true",
     broadcast},
    {"PubSub.broadcast_from",
     "broadcast_from(pubsub, from, topic, message [, dispatcher])\n\n"
     "Sends the message to all subscribers but the process `from`. Returns true.\n\n" CHAT
     "    PubSub.broadcast_from(\"Chat\", self(), \"room:1\", \"hello\")   --> true",
     broadcast_from},
    {"PubSub.local_broadcast",
     "local_broadcast(pubsub, topic, message [, dispatcher])\n\n"
     "Sends the message to all subscribers on this node. Returns true.\n\n" CHAT
     "    PubSub.local_broadcast(\"Chat\", \"room:1\", \"hello\")   --> true",
     local_broadcast},
    {"PubSub.local_broadcast_from",
     "local_broadcast_from(pubsub, from, topic, message [, dispatcher])\n\n"
     "Sends the message to all subscribers on this node but the process `from`. Returns true.\n\n"
     CHAT
     "    PubSub.local_broadcast_from(\"Chat\", self(), \"room:1\", \"hello\")   --> true",
     local_broadcast_from},
    {"PubSub.direct_broadcast",
     "direct_broadcast(node, pubsub, topic, message [, dispatcher])\n\n"
     "Sends the message to all subscribers on that node. Returns true.\n\n" CHAT
     "    PubSub.direct_broadcast(Node.self(), \"Chat\", \"room:1\", \"hello\")   --> true",
     direct_broadcast},
    {"PubSub.node_name",
     "node_name(pubsub)\n\n"
     "The name of the node that a PubSub of this name here is on.\n\n" CHAT
     "    PubSub.node_name(\"Chat\") == Node.self()   --> true",
     node_name},
    {NULL, NULL, NULL},
};

void moon_open_pubsub(lua_State *L) {
    moon_library_module(L, "PubSub");
    moon_bind(L, bindings);
}
