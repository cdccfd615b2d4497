/* Whether a supervisor restarts too often (supervisor:add_restart/3): a pure function of the
 * history, now and the period. */
#ifndef MB_RESTART_INTENSITY_H
#define MB_RESTART_INTENSITY_H

#include "moonbeam.h"

/* The latest restarts, a ring; entries in seconds. One more than the permitted number tells all. */
typedef struct mb_restart_history {
    int64_t *seconds;
    size_t capacity;
    size_t count;
    size_t newest; /* index; meaningless while count is 0 */
} mb_restart_history;

typedef enum mb_restart_verdict {
    MB_RESTART_ALLOWED,
    MB_RESTART_TOO_OFTEN, /* more than `intensity` within `period` seconds, now's included */
    MB_RESTART_NO_MEMORY,
} mb_restart_verdict;

/* Adds a restart. As in OTP, times are whole seconds, and one exactly a period ago counts. */
mb_restart_verdict mb_restart_add(mb_restart_history *history, mb_runtime *rt, int64_t now,
                                  int64_t intensity, int64_t period);
void mb_restart_finish(mb_restart_history *history, mb_runtime *rt);

#endif
