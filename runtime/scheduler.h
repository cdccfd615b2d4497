/* Who runs next. Processes that gave way of their own will come before those that used up their
 * slice; the latter keep a share. A policy in the config takes the choice over. */
#ifndef MB_SCHEDULER_H
#define MB_SCHEDULER_H

#include "moonbeam.h"

typedef struct mb_ready_queue {
    mb_process *head;
    mb_process *tail;
    size_t count;
} mb_ready_queue;

typedef struct mb_scheduler {
    mb_ready_queue ready;
    mb_ready_queue preempted;
    size_t streak;    /* slices since a preempted process had its turn */
    mb_time share_at; /* when the next one is due for its turn, unless the streak is over before */
    mb_candidate *candidates; /* scratch for the policy */
    size_t candidate_capacity;
} mb_scheduler;

void mb_scheduler_finish(mb_runtime *rt);
/* Puts a waiting process into its queue. */
void mb_scheduler_add(mb_process *p);
/* A preempted process had a turn that took so long. */
void mb_scheduler_owe(mb_runtime *rt, mb_time duration);
/* Takes the next one out, or NULL. Frees dead ones on its way. */
mb_process *mb_scheduler_pick(mb_runtime *rt);

#endif
