/* Timers that send a message: erlang:send_after/3. */
#ifndef MB_AFTER_H
#define MB_AFTER_H

#include "process.h"

struct mb_after {
    mb_reference ref; /* first: the key in rt->references */
    mb_timer timer;
    mb_message *message; /* owned */
    mb_process *target;  /* NULL: goes to the name */
    mb_term name;        /* owned */
    mb_node *node;       /* that of the name */
    mb_after *next, *previous; /* in target->extras->timers */
};

/* target ends: so do the timers that would send to it. */
void mb_after_discard_all(mb_process *target);
/* The node stops: so do the timers for its names. */
void mb_after_discard_named(const mb_node *node);
/* All that are left at the end of the runtime. */
void mb_after_finish(mb_runtime *rt);

#endif
