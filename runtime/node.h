/* Nodes: each has its own names, ETS names and subscribers; wires (net.h) lead to the others. */
#ifndef MB_NODE_H
#define MB_NODE_H

#include "ets.h"
#include "names.h"
#include "timers.h"

typedef struct mb_wire mb_wire;

/* Who wants to hear of nodes that come and go. */
typedef struct mb_subscription {
    mb_pid pid;
    mb_node *of; /* NULL: all; else gone after the first nodedown */
} mb_subscription;

struct mb_node {
    mb_runtime *rt;
    mb_term name; /* owned */
    unsigned index;
    bool running;
    mb_names names;
    mb_ets_names ets;
    mb_wire **wires; /* MB_NODES, by the other node's index; NULL: no wire yet */
    mb_subscription *subscriptions; /* in order of their beginning; some of the dead among them */
    size_t subscribed, subscription_capacity;
    mb_timer stop; /* asked for by one of its own processes */
};

/* The first node. False: no memory. */
bool mb_nodes_init(mb_runtime *rt);
void mb_nodes_finish(mb_runtime *rt);
/* The connection between node and other is up, or lost: node's subscribers hear of it. */
void mb_node_tell(mb_node *node, const mb_node *other, bool up);
/* { a, b } of the names; owned, nil when there is no memory. */
mb_term mb_node_pair(const mb_node *a, const mb_node *b);

#endif
