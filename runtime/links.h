/* Links. Both sides share one mb_link_node, which lies in both their lists. When one side ends, the
 * link itself becomes the exit signal on its way to the other; unlink meanwhile disarms it. */
#ifndef MB_LINKS_H
#define MB_LINKS_H

#include "process.h"

struct mb_link_node {
    mb_message signal; /* first: the exit signal */
    mb_process *side[2]; /* NULL: that side has let go */
    mb_link_node *next[2];  /* in the list of side[i] */
    mb_link_node *previous[2];
    mb_pid pid[2];
    mb_ref far; /* of a half: what the link is called on both nodes; 0: both sides are here */
    bool in_flight;
};

/* Halves of links with processes of other nodes (distribution.h). side[1] is NULL. Two processes that
 * ask at the same time share two links, which count as one. False: no memory. */
bool mb_link_half_new(mb_process *p, mb_pid other, mb_ref far);
/* One that p has with that process, or by that reference; NULL: none. */
mb_link_node *mb_link_half_with(mb_process *p, mb_pid other);
mb_link_node *mb_link_half_find(mb_process *p, mb_ref far);
void mb_link_half_drop(mb_process *p, mb_link_node *half);
/* The other side has ended: the half becomes the exit signal; others of the same two are dropped. */
void mb_link_half_break(mb_process *p, mb_link_node *half, mb_term reason);
/* Breaks all that p has with processes of that node: "noconnection". */
void mb_links_lose(mb_process *p, unsigned node);

/* Links two that are not linked yet. */
mb_link_result mb_link_processes(mb_process *p, mb_process *other);
/* p ends: its links become exit signals. */
void mb_links_break(mb_process *p, mb_term reason);
/* Lets go of all of p's links without a signal. */
void mb_links_discard(mb_process *p);
/* Whether the exit signal still counts: its receiver has not unlinked meanwhile. */
bool mb_link_in_force(const mb_message *signal);
/* The link is no longer a signal in flight: takes it off its receiver and frees it. Returns whether
 * it still was in force. */
bool mb_link_consume(mb_runtime *rt, mb_message *signal);

#endif
