/* net: the network between the nodes of this program. What net.show draws is in prelude/net.lua. */
#include "lua/argument.h"
#include "lua/process.h"
#include "lua/state.h"
#include "lua/value.h"

#define MOST_MILLISECONDS 4294967295e3

/* A running node's name at the top of the stack. */
static mb_node *check_running(lua_State *L, const char *what) {
    mb_node *node = moon_node_at(L, -1, what);
    if (!mb_node_is_running(node))
        luaL_error(L, "%s: there is no node %s", what, lua_tostring(L, -1));
    return node;
}

/* The way that arguments from and to name; NULL, NULL: all. */
static void check_way(lua_State *L, const char *what, mb_node **from, mb_node **to) {
    mb_node **ends[] = {from, to};
    lua_settop(L, 3);
    for (int i = 0; i < 2; i++) {
        if (!lua_isnil(L, 2 + i) && lua_type(L, 2 + i) != LUA_TSTRING)
            moon_refuse_for(L, what, 2 + i, "the name of a node");
        lua_pushvalue(L, 2 + i);
        *ends[i] = lua_isnil(L, -1) ? NULL : check_running(L, what);
        lua_pop(L, 1);
    }
    if (*from && *from == *to)
        luaL_error(L, "%s: from %s to itself there is no net", what, lua_tostring(L, 2));
}

static int push_true(lua_State *L, bool done) {
    if (!done)
        moon_no_memory(L);
    lua_pushboolean(L, 1);
    return 1;
}

/* ---- splits ---------------------------------------------------------------------------------*/

/* The group is on top of the stack. */
static void refuse_group(lua_State *L, const char *what, int number) {
    lua_pushfstring(L, "groups[%d]", number);
    lua_insert(L, -2);
    moon_bad_part(L, what, 1, lua_tostring(L, -2), "a list of names of nodes");
}

/* Puts the nodes of the group on top of the stack into it. */
static void read_group(lua_State *L, const char *what, uint8_t *groups, int number) {
    if (lua_type(L, -1) != LUA_TTABLE)
        refuse_group(L, what, number);
    size_t size = lua_rawlen(L, -1);
    for (size_t i = 1; i <= size; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i);
        if (lua_type(L, -1) != LUA_TSTRING) {
            lua_pop(L, 1);
            refuse_group(L, what, number);
        }
        const mb_node *node = check_running(L, what), *n = NULL;
        size_t index = 0;
        while ((n = mb_node_next(moon_rt(L), n)) != node)
            index++;
        if (groups[index])
            luaL_error(L, "%s: the node %s is in two groups", what, lua_tostring(L, -1));
        groups[index] = (uint8_t)number;
        lua_pop(L, 1);
    }
}

static int net_split(lua_State *L) {
    static const char what[] = "net.split";
    static const char *const names[] = {"noticed_after", NULL};
    uint8_t groups[MB_NODES] = {0};
    if (lua_type(L, 1) != LUA_TTABLE || lua_rawlen(L, 1) < 2 || lua_rawlen(L, 1) > 255)
        return moon_bad_argument(L, what, 1, "groups",
                                 "two or more lists of nodes, as { { \"a\" }, { \"b\" } },");
    moon_check_options(L, what, 2);
    moon_check_option_names(L, what, 2, names);
    lua_settop(L, 2);
    mb_time noticed_after = moon_timeout_option(L, what, 2, "noticed_after", 0);
    if (noticed_after == MB_INFINITY || noticed_after > MB_NET_TICKTIME)
        noticed_after = MB_NET_TICKTIME;
    for (int i = 1; i <= (int)lua_rawlen(L, 1); i++) {
        lua_rawgeti(L, 1, i);
        read_group(L, what, groups, i);
        lua_pop(L, 1);
    }
    return push_true(L, mb_net_split(moon_rt(L), groups, noticed_after));
}

static int net_heal(lua_State *L) {
    mb_net_heal(moon_rt(L));
    return push_true(L, true);
}

/* ---- delay and loss -------------------------------------------------------------------------*/

static int net_delay(lua_State *L) {
    static const char what[] = "net.delay";
    mb_node *from, *to;
    if (lua_type(L, 1) != LUA_TNUMBER || !(lua_tonumber(L, 1) >= 0) ||
        !(lua_tonumber(L, 1) <= MOST_MILLISECONDS))
        return moon_bad_argument(L, what, 1, "ms", "milliseconds");
    check_way(L, what, &from, &to);
    mb_time delay = (mb_time)(lua_tonumber(L, 1) * (lua_Number)MB_MILLISECOND);
    return push_true(L, mb_net_set_delay(moon_rt(L), from, to, delay));
}

static int net_loss(lua_State *L) {
    static const char what[] = "net.loss";
    mb_node *from, *to;
    if (lua_type(L, 1) != LUA_TNUMBER || !(lua_tonumber(L, 1) >= 0) || !(lua_tonumber(L, 1) <= 1))
        return moon_bad_argument(L, what, 1, "fraction", "a number from 0 to 1");
    check_way(L, what, &from, &to);
    return push_true(L, mb_net_set_loss(moon_rt(L), from, to, lua_tonumber(L, 1)));
}

/* ---- looking --------------------------------------------------------------------------------*/

static void set_number(lua_State *L, const char *field, lua_Number value) {
    lua_Integer whole;
    if (lua_numbertointeger(value, &whole) && (lua_Number)whole == value)
        lua_pushinteger(L, whole);
    else
        lua_pushnumber(L, value);
    lua_setfield(L, -2, field);
}

static void push_way(lua_State *L, const mb_node *from, const mb_node *to) {
    mb_net_info info = mb_net_look(from, to);
    lua_createtable(L, 0, 8);
    moon_push_node(L, from);
    lua_setfield(L, -2, "from");
    moon_push_node(L, to);
    lua_setfield(L, -2, "to");
    lua_pushboolean(L, info.connected);
    lua_setfield(L, -2, "connected");
    lua_pushboolean(L, info.cut);
    lua_setfield(L, -2, "cut");
    set_number(L, "delay", (lua_Number)info.delay / (lua_Number)MB_MILLISECOND);
    set_number(L, "loss", info.loss);
    set_number(L, "under_way", (lua_Number)info.under_way);
    set_number(L, "lost", (lua_Number)info.lost);
}

/* The ways between the nodes that run: { from =, to =, … } each. */
static int net_ways(lua_State *L) {
    mb_runtime *rt = moon_rt(L);
    lua_Integer count = 0;
    luaL_checkstack(L, 8, NULL);
    lua_newtable(L);
    for (mb_node *a = mb_node_next(rt, NULL); a; a = mb_node_next(rt, a))
        for (mb_node *b = mb_node_next(rt, NULL); b; b = mb_node_next(rt, b)) {
            if (a == b || !mb_node_is_running(a) || !mb_node_is_running(b))
                continue;
            push_way(L, a, b);
            lua_rawseti(L, -2, ++count);
        }
    return 1;
}

static const moon_binding bindings[] = {
    {"net",
     "net\n\n"
     "The network between the nodes (h(Node)): splits it, slows it down, loses packets. What is sent "
     "from one\n"
     "node to another arrives in order or, when the connection is lost, not at all.\n\n"
     "    Node.start(\"b\") Node.start(\"c\")\n"
     "    net.split{ { \"b\" }, { \"c\" } }\n"
     "    net.heal()",
     NULL},
    {"net.split",
     "split(groups [, opts])\n\n"
     "Cuts the connections between nodes of different groups, until net.heal() or another split. A node "
     "in no\n"
     "group keeps all of its own. Both sides notice at once, or after noticed_after = ms (at most "
     "60000): until\n"
     "then what is sent waits, and it arrives if the net is healed before.\n\n"
     "    Node.start(\"b\") Node.start(\"c\")\n"
     "    net.split{ { \"b\" }, { \"c\" } }\n"
     "    net.split({ { \"b\" }, { \"c\" } }, { noticed_after = 1000 })",
     net_split},
    {"net.heal",
     "heal()\n\nEnds the split. Nodes that lost each other connect again when something is sent.\n\n"
     "    net.heal()   --> true",
     net_heal},
    {"net.delay",
     "delay(ms [, from [, to]])\n\n"
     "Whatever is sent from one node to the other, by default from each to each, takes so long.\n\n"
     "    net.delay(50)   --> true",
     net_delay},
    {"net.loss",
     "loss(fraction [, from [, to]])\n\n"
     "That part of the packets from one node to the other, by default from each to each, gets lost, and "
     "is\n"
     "sent again after 200 ms, 400 ms and so on, as TCP does; what was sent later waits behind it. A\n"
     "connection over which nothing gets through for 60 seconds is lost.\n\n"
     "    net.loss(0.1)   --> true",
     net_loss},
    {"net.ways",
     "ways()\n\n"
     "What net.show() draws, as a list: each way from one node to another with from, to, connected, "
     "cut, delay\n"
     "(ms), loss, under_way (packets that have not arrived) and lost (how often one got lost).\n\n"
     "    Node.start(\"b\")\n"
     "    net.ways()[1].delay   --> 0",
     net_ways},
    {NULL, NULL, NULL},
};

void moon_open_net(lua_State *L) { moon_bind(L, bindings); }
