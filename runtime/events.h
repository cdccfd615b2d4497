/* The event log: a bounded ring that is always on, and the only history there is. */
#ifndef MB_EVENTS_H
#define MB_EVENTS_H

#include "moonbeam.h"

typedef struct mb_event_log {
    mb_event *ring;
    size_t capacity; /* a power of two */
    uint64_t first;  /* none older is there, if there are no more than the ring holds since */
    uint64_t last;   /* number of the newest event */
    size_t bytes;    /* of the events' terms */
} mb_event_log;

/* False when there is no memory. */
bool mb_event_log_init(mb_runtime *rt, size_t capacity);
void mb_event_log_finish(mb_runtime *rt);

/* Records an event whose cause is what is being done now; term is retained. Returns its number. */
uint64_t mb_event_record(mb_runtime *rt, mb_event_type type, mb_pid subject, mb_pid object,
                         mb_term term);

#endif
