/* A hierarchical timing wheel: start and cancel are O(1), whatever the number of timers. Ticks are
 * microseconds; deadlines are rounded up to them, so no timer fires early.
 *
 * Invariant: a timer sits at the level of the highest six-bit digit in which its deadline differs
 * from `now`, in the slot of its own digit there. A slot of a higher level is taken apart exactly
 * when `now` reaches its first tick, before anything can be added below it; therefore equal
 * deadlines stay in the order of their start. */
#ifndef MB_TIMERS_H
#define MB_TIMERS_H

#include "moonbeam.h"

typedef struct mb_timer mb_timer;
struct mb_timer {
    mb_timer *next; /* NULL: not started */
    mb_timer *previous;
    uint64_t tick; /* when it is due */
    void (*fire)(mb_runtime *rt, mb_timer *timer);
};

#define MB_TICK 1000 /* nanoseconds: what deadlines are rounded up to */

/* The end of a delay that begins now; one without end ends with time itself. */
static inline mb_time mb_time_after(mb_time now, mb_time delay) {
    return delay > INT64_MAX - now ? INT64_MAX : now + delay;
}

#define MB_WHEEL_LEVELS 9
#define MB_WHEEL_SLOTS 64

typedef struct mb_wheel {
    uint64_t now; /* in ticks; everything before it has been moved to due */
    size_t count;
    uint64_t occupied[MB_WHEEL_LEVELS]; /* bit set: the slot may hold timers */
    mb_timer slots[MB_WHEEL_LEVELS][MB_WHEEL_SLOTS];
    mb_timer due; /* timers whose time has come, in firing order */
} mb_wheel;

void mb_wheel_init(mb_wheel *wheel);
/* timer->fire must be set. The caller owns the timer's memory and must keep it in place. */
void mb_timer_start(mb_wheel *wheel, mb_timer *timer, mb_time deadline);
/* Without effect on a timer that is not started. */
void mb_timer_stop(mb_wheel *wheel, mb_timer *timer);
static inline bool mb_timer_started(const mb_timer *timer) { return timer->next != NULL; }
static inline mb_time mb_timer_deadline(const mb_timer *timer) {
    return (mb_time)(timer->tick * MB_TICK);
}

/* Whether something waits to be fired. */
static inline bool mb_wheel_is_due(const mb_wheel *wheel) { return wheel->due.next != &wheel->due; }

/* Moves what is due at `time` to the due list. */
void mb_wheel_advance(mb_wheel *wheel, mb_time time);
/* Fires everything in the due list as it stands; what is started meanwhile waits its turn. */
void mb_wheel_fire(mb_wheel *wheel, mb_runtime *rt);
/* A time before which no timer is due, and at which mb_wheel_advance makes progress;
 * MB_INFINITY when there are none. */
mb_time mb_wheel_next(const mb_wheel *wheel);

#endif
