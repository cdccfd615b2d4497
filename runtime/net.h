/* The network between the nodes: a wire for each pair of them, along which packets go both ways in
 * order. A wire is up while the two are connected.
 *
 *     mb_net_post ---> way: due 3 | due 5 | due 9 ---> mb_packet_arrive (distribution.h)
 */
#ifndef MB_NET_H
#define MB_NET_H

#include "node.h"

typedef struct mb_packet mb_packet;
struct mb_packet {
    mb_packet *next;
    mb_time due;
    mb_pid to;            /* or a name on a node */
    mb_message *signal;   /* owned; of a kind below or of distribution.h's */
    mb_ref link, monitor; /* of a request to spawn; 0: none */
};

/* One direction of a wire. */
typedef struct mb_way {
    mb_wire *wire;
    mb_packet *head, *tail;
    mb_timer arrival; /* of the head; not started while nothing gets through */
    mb_time last;     /* when the newest packet is due: none arrives before an older one */
    size_t under_way, bytes;
    mb_time delay;
    double loss; /* 0 to 1 */
    uint64_t lost;
} mb_way;

struct mb_wire {
    mb_node *end[2];
    mb_way way[2]; /* way[i] leads from end[i] to the other */
    mb_timer ending; /* when the connection is going to be lost */
    bool up;
    bool cut;    /* a split lies between: nothing gets through */
    bool broken; /* a packet had no memory: nothing gets through until the connection is lost */
};

/* The wire between two nodes that are connected, or can be now; NULL when they cannot. */
mb_wire *mb_net_connect(mb_node *a, mb_node *b);
/* The same if they are connected, else NULL. */
mb_wire *mb_net_connection(const mb_node *a, const mb_node *b);
/* What is under way is lost. False: they were not connected. */
bool mb_net_disconnect(mb_node *a, mb_node *b);
/* Sends a packet (its signal is taken) from the node to the other end of a wire that is up. Never
 * fails: without memory for it the connection is lost. */
void mb_net_post(mb_wire *wire, const mb_node *from, mb_packet packet);
/* For want of memory a signal could not be made that must not get lost: the connection goes. */
void mb_net_break(mb_wire *wire);
/* Frees all wires, at the end of the runtime. */
void mb_net_finish(mb_runtime *rt);

#endif
