/* The deadline that a process is under, a number in its dictionary, on its way with a call. */
#ifndef MB_DEADLINE_H
#define MB_DEADLINE_H

#include "process.h"

/* Notes the sender's deadline, should there be one, in its call. */
void mb_deadline_carry(const mb_process *sender, mb_message *call);

static inline bool mb_has_deadline(const mb_message *call) {
    return call->deadline_low || call->deadline_high;
}

/* Puts p under the call's deadline. False when it is not: its own is earlier, or there is no memory.
 * *own is p's own deadline (owned; nil: none), for mb_deadline_leave, which takes it. */
bool mb_deadline_enter(mb_process *p, const mb_message *call, mb_term *own);
void mb_deadline_leave(mb_process *p, mb_term own);

#endif
