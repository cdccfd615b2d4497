/* Signals between processes of different nodes (dist.c). Each becomes a packet on the wire between
 * the nodes (net.h), and takes effect when it arrives.
 *
 * A link or a monitor across nodes is two halves, one with each process, which know of each other
 * only by pid and reference: the one who asks makes its half at once, the other when the request
 * arrives. When the connection is lost, every half that needed it ends with "noconnection". */
#ifndef MB_DISTRIBUTION_H
#define MB_DISTRIBUTION_H

#include "links.h"
#include "monitors.h"
#include "net.h"

/* Kinds of packets besides those of messages and MB_SIGNAL_EXIT. */
enum {
    MB_DIST_REPLY = MB_SIGNAL_DOWN + 1,
    MB_DIST_LINK,        /* ref: the link's, as in the two that follow */
    MB_DIST_UNLINK,
    MB_DIST_LINK_EXIT,   /* the sender has ended, or never was; term: reason */
    MB_DIST_MONITOR,     /* ref: the monitor's, as in the two that follow */
    MB_DIST_DEMONITOR,
    MB_DIST_DOWN,        /* term: reason; also of a request to spawn that cannot be met */
    MB_DIST_SPAWN,       /* ref: of the wait for its answer */
    MB_DIST_SPAWN_REPLY, /* from: the new process, or none */
};

/* Whether `to` is no process of from's own node. */
static inline bool mb_is_far(mb_pid from, mb_pid to) {
    return (from ^ to) >> MB_NODE_SHIFT != 0 && from && to;
}
/* The process that a pid or a name on a node stands for at this moment: for the event log. */
mb_pid mb_dist_process(const mb_runtime *rt, mb_pid to);

/* What mb_send_kind, mb_exit_signal, mb_reply, mb_link, mb_unlink and mb_monitor do when `to` is
 * far. Terms are taken. */
bool mb_dist_send(mb_process *from, mb_pid to, mb_term term, mb_message_kind kind, mb_ref ref);
bool mb_dist_exit(mb_process *from, mb_pid to, mb_term reason);
void mb_dist_reply(mb_process *from, mb_pid to, mb_ref ref, mb_term reply);
mb_link_result mb_dist_link(mb_process *p, mb_pid to);
void mb_dist_unlink(mb_process *p, mb_pid to);
mb_ref mb_dist_monitor(mb_process *p, mb_pid to, mb_term name);

/* p, which has that half, ends: the other side is told. */
void mb_dist_link_broken(const mb_process *p, const mb_link_node *half, mb_term reason);
void mb_dist_down(const mb_process *p, const mb_monitor_node *half, mb_term reason);
/* The watcher, or its wait, has lost interest. */
void mb_dist_demonitor(const mb_process *watcher, const mb_monitor_node *half);
/* Has a wait, whose reference is set, watch a process. False: there is no connection to be had. */
bool mb_dist_watch(mb_wait *wait, mb_pid to);
/* { "nodedown", node of `to` }; owned. "noconnection" when there is no memory. */
mb_term mb_dist_nodedown(const mb_runtime *rt, mb_pid to);

/* What has come over a wire takes effect. */
void mb_packet_arrive(mb_wire *wire, mb_packet *packet);
/* node is not connected to other any more: what was between processes of the two ends, on its side. */
void mb_dist_connection_lost(mb_node *node, const mb_node *other);

#endif
