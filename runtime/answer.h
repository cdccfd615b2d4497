/* What a process waits for besides messages: a deadline, and an answer to a call. */
#ifndef MB_ANSWER_H
#define MB_ANSWER_H

#include "monitors.h"

/* In the ref of a from: whoever asked does not wait with mb_call, but sent a plain message
 * {"$gen_call", …}; { ref, reply } goes to its mailbox. */
#define MB_REF_BY_MESSAGE ((mb_ref)1 << 55)

struct mb_wait {
    mb_reference ref; /* first: the key in rt->references while an answer is awaited; else 0 */
    mb_process *process;
    mb_timer timer; /* of the deadline, or of the answer */
    mb_monitor_node monitor;
    mb_term value; /* owned */
    uint8_t state; /* mb_answer_state */
    bool awaiting; /* between mb_call and the mb_answer that ends it */
    bool for_init;
    bool expired; /* the deadline has passed */
};

/* Starts waiting; NULL when there is no memory. */
mb_wait *mb_wait_begin(mb_process *p, mb_time timeout);
/* It is over, with that value (taken), which mb_answer tells; settle also wakes the process. */
void mb_wait_conclude(mb_wait *wait, mb_answer_state state, mb_term value);
void mb_wait_settle(mb_wait *wait, mb_answer_state state, mb_term value);
/* A reply (taken) has come, by that event. */
void mb_reply_arrived(mb_runtime *rt, mb_pid to, mb_ref ref, mb_term reply, uint64_t event);
/* The process that the wait's answer was to come from has ended. */
void mb_wait_target_ended(mb_wait *wait, mb_term reason);
/* p ends: frees its wait. */
void mb_wait_discard(mb_process *p);

#endif
