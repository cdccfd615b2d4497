/* What the callbacks of a gen_server written in C decide, each ready to be returned. */
#ifndef MB_OUTCOME_H
#define MB_OUTCOME_H

#include "tagged.h"

/* term is taken. */
static inline mb_callback_state mb_out_reply(mb_outcome *out, mb_term term) {
    out->type = MB_OUTCOME_REPLY;
    out->reply = term;
    return MB_CALLBACK_DONE;
}

/* Replies { "error", reason }; reason is taken. */
static inline mb_callback_state mb_out_error(mb_runtime *rt, mb_outcome *out, mb_term reason) {
    return mb_out_reply(out, mb_tagged(rt, "error", reason));
}

static inline mb_callback_state mb_out_noreply(mb_outcome *out) {
    out->type = MB_OUTCOME_NOREPLY;
    return MB_CALLBACK_DONE;
}

/* reason is taken. */
static inline mb_callback_state mb_out_stop(mb_outcome *out, mb_term reason) {
    out->type = MB_OUTCOME_STOP;
    out->reason = reason;
    return MB_CALLBACK_DONE;
}

/* reason is taken. */
static inline mb_callback_state mb_out_crash(mb_outcome *out, mb_term reason) {
    out->type = MB_OUTCOME_CRASH;
    out->reason = reason;
    return MB_CALLBACK_DONE;
}

/* Nothing to be done where there is no memory but to end; the links take the children along. */
static inline mb_callback_state mb_out_of_memory(mb_outcome *out) {
    *out = (mb_outcome){.is_exit = true};
    return mb_out_crash(out, MB_SYSTEM_LIMIT);
}

#endif
