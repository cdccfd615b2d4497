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
    bool in_flight;
};

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
