/* Signals: what one process can do to another. Each receiver has one queue of them, in order of
 * arrival, messages included; it acts on them when it is next scheduled, as on the BEAM. */
#ifndef MB_SIGNALS_H
#define MB_SIGNALS_H

#include "moonbeam.h"

/* Further kinds of mb_message, behind mb_message_kind. They never reach a mailbox. */
enum {
    MB_SIGNAL_EXIT = MB_SYSTEM + 1, /* exit/2; term: reason */
    MB_SIGNAL_LINK_EXIT,            /* the other side of a link ended; lies inside the mb_link */
    MB_SIGNAL_DOWN,                 /* a monitored process ended; lies inside the mb_monitor */
};

/* Queues a signal and makes its receiver runnable. */
void mb_signal_deliver(mb_process *to, mb_message *signal);
/* Acts on p's queue up to a signal that ends p, which stays. May be called while p runs. */
void mb_signals_fetch(mb_process *p);
/* Acts on everything in p's queue, between its slices. False when that ended p, which may then be
 * freed already. */
bool mb_signals_handle(mb_process *p);
/* Frees a signal that nobody will act on, whatever its kind. */
void mb_signal_discard(mb_process *receiver, mb_message *signal);
/* A new message; term is taken, also on failure. NULL when there is no memory. */
mb_message *mb_message_new(mb_runtime *rt, mb_term term, mb_pid from, uint8_t kind);
/* The event that tells of such a message's being sent. */
mb_event_type mb_event_of_message(mb_message_kind kind);
/* p outgrew its memory: it ends with "out_of_memory" before its next slice. Never fails. */
void mb_signal_overflow(mb_process *p);

#endif
