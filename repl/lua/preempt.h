/* Preemption: what makes a process that computes without end give way.
 *
 * Real clock: a timer's signal sets a hook on the Lua thread that runs; the hook clears itself and
 * yields. A thread that nobody interrupts pays nothing. Virtual clock: a hook after an exact count
 * of instructions, so that a run can be repeated. */
#ifndef MOON_PREEMPT_H
#define MOON_PREEMPT_H

#include <signal.h>

#include "lua/context.h"

typedef struct moon_timer moon_timer; /* the system's timer */

typedef struct moon_preempt {
    /* Read by the signal handler: the innermost Lua thread of the process that runs; NULL when none
     * does. */
    lua_State *volatile running;
    volatile sig_atomic_t armed; /* the running thread's hook is set already */
    volatile sig_atomic_t
        rest; /* ticks to leave out: setting a hook takes long in a deep recursion */
    volatile sig_atomic_t ticks; /* periods of the timer since the start; wraps */
    sig_atomic_t slice_start;    /* ticks when the slice began (virtual clock: counts of hooks) */
    sig_atomic_t run_start;      /* ticks when moon_run began */
    bool exact;                  /* virtual clock */
    bool due;                    /* the slice is used up: give way at the next hook */
    bool pinned; /* some caller of the running coroutine cannot yield, so it must not either */
    moon_timer *timer; /* NULL: none; instructions are counted instead */
} moon_preempt;

/* False when there is no memory. */
bool moon_preempt_init(moon_preempt *preempt, mb_runtime *rt, bool virtual_clock);
void moon_preempt_finish(moon_preempt *preempt, mb_runtime *rt);
/* The timer runs between these. */
void moon_preempt_start(moon_preempt *preempt);
void moon_preempt_stop(moon_preempt *preempt);

/* Whether the host should have its turn. */
bool moon_preempt_is_over(const moon_preempt *preempt);

/* L starts to run as (a part of) a process; returns who ran before, for moon_preempt_leave. */
lua_State *moon_preempt_enter(moon_preempt *preempt, lua_State *L);
void moon_preempt_leave(moon_preempt *preempt, lua_State *before);
/* Makes L give way before its next instruction. */
void moon_preempt_request(moon_preempt *preempt, lua_State *L);

#endif
