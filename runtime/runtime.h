/* The runtime's own structure: everything there is hangs on one of these. */
#ifndef MB_RUNTIME_H
#define MB_RUNTIME_H

#include "atoms.h"
#include "events.h"
#include "memory.h"
#include "moonbeam.h"
#include "node.h"
#include "scheduler.h"
#include "serials.h"
#include "term.h"
#include "timers.h"

struct mb_runtime {
    mb_config config;
    mb_memory memory;
    mb_builder builder;
    mb_serials processes;
    mb_serials references; /* waits (answer.h), monitors and timers that a ref names */
    mb_node *nodes[MB_NODES]; /* by index */
    size_t node_count;
    bool distributed; /* there has been a second one */
    mb_time net_delay; /* of ways that have none of their own */
    double net_loss;
    mb_atoms atoms;
    mb_event_log events;
    mb_wheel wheel;
    mb_scheduler scheduler;
    mb_process *current; /* whose slice it is; NULL between slices */
    uint64_t cause;      /* the event that what happens now follows from */
    mb_time now;
    uint32_t burst; /* short slices since the virtual clock moved */
    mb_time origin; /* the real clock at start */
    uint64_t random[4];
    mb_term exit_reason; /* owned; of the current process, once its class has set it */
    int32_t reductions_left;
    int handovers; /* slices under way inside others */
    int log_level; /* the lowest mb_level that is logged */
    bool sasl_reports;
    bool stopping; /* mb_stop: mb_run returns after the slice under way */
};

/* Gives p, whose state is MB_STATE_RUNNING already and which has got nothing but a message, a slice
 * inside the one under way. */
void mb_run_inside(mb_runtime *rt, mb_process *p);
/* Reads the clock into rt->now (the real one; the virtual one moves in the scheduler alone). */
void mb_refresh_now(mb_runtime *rt);

#endif
