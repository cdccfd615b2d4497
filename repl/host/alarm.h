/* Wakes the event loop at a point in time, to the microsecond where the system can. */
#ifndef MOON_ALARM_H
#define MOON_ALARM_H

#include <stdbool.h>
#include <uv.h>

#include "moonbeam.h"

typedef struct moon_alarm {
    union {
        uv_poll_t poll;
        uv_timer_t timer;
    };
    int fd; /* of the timer that is polled; -1: libuv's own timers, of a millisecond's grain */
} moon_alarm;

bool moon_alarm_init(moon_alarm *alarm, uv_loop_t *loop);
/* From now on; it replaces what was set before. MB_INFINITY takes it off. */
void moon_alarm_set(moon_alarm *alarm, mb_time delay);
/* The loop must run once more before the alarm's memory is given up. */
void moon_alarm_close(moon_alarm *alarm);

#endif
