#include "events.h"

#include <inttypes.h>

#include "runtime.h"

#define DEFAULT_CAPACITY ((size_t)8192)
#define PREFETCH 8
/* What the terms of all events may hold. A message of a megabyte, sent again and again, would else
 * keep the ring's capacity of them. */
#define MAX_BYTES ((size_t)64 << 20)

const char *mb_event_name(mb_event_type type) {
    static const char *const names[] = {
#define X(name, text) text,
        MB_EVENT_TYPES(X)
#undef X
    };
    return names[type];
}

bool mb_event_log_init(mb_runtime *rt, size_t capacity) {
    mb_event_log *log = &rt->events;
    log->capacity = 1;
    while (log->capacity < (capacity ? capacity : DEFAULT_CAPACITY))
        log->capacity *= 2;
    log->first = 1;
    log->ring = mb_memory_zeroed(&rt->memory, log->capacity * sizeof *log->ring);
    return log->ring != NULL;
}

void mb_event_log_finish(mb_runtime *rt) {
    mb_event_log *log = &rt->events;
    if (!log->ring)
        return;
    for (size_t i = 0; i < log->capacity; i++)
        mb_release(rt, log->ring[i].term);
    mb_memory_put(&rt->memory, log->ring, log->capacity * sizeof *log->ring);
    log->ring = NULL;
}

static void drop_term(mb_runtime *rt, mb_term term) {
    if (!mb_is_boxed(term))
        return;
    rt->events.bytes -= mb_block_of(term)->weight;
    mb_release(rt, term);
}

/* The oldest fall out until the rest is small enough, or only the newest is left. */
static void shrink(mb_runtime *rt) {
    mb_event_log *log = &rt->events;
    if (log->last - log->first >= log->capacity)
        log->first = log->last - log->capacity + 1;
    while (log->bytes > MAX_BYTES && log->first < log->last) {
        mb_event *oldest = &log->ring[log->first++ & (log->capacity - 1)];
        mb_term term = oldest->term;
        oldest->term = mb_nil();
        drop_term(rt, term);
    }
}

uint64_t mb_event_record(mb_runtime *rt, mb_event_type type, mb_pid subject, mb_pid object,
                         mb_term term) {
    mb_event_log *log = &rt->events;
    uint64_t number = ++log->last;
    mb_event *event = &log->ring[number & (log->capacity - 1)];
    mb_term old = {.head = event->term.head};
    old.id = event->term.id;
    if (mb_is_boxed(term)) {
        mb_block *block = mb_block_of(term);
        block->references++;
        log->bytes += block->weight;
    }
    /* The ring outgrows the nearest cache: ask for the entries to come while there is time. */
    __builtin_prefetch(&log->ring[(number + PREFETCH) & (log->capacity - 1)], 1);
    *event = (mb_event){.number = number,
                        .cause = rt->cause,
                        .time = rt->now,
                        .subject = subject,
                        .object = object,
                        .type = (uint8_t)type};
    event->term.head = term.head; /* in words: see mb_is_boxed */
    event->term.id = term.id;
    drop_term(rt, old);
    if (log->bytes > MAX_BYTES)
        shrink(rt);
    if (rt->config.event)
        rt->config.event(rt->config.sink_context, event);
    return number;
}

uint64_t mb_event_last(const mb_runtime *rt) { return rt->events.last; }

const mb_event *mb_event_get(const mb_runtime *rt, uint64_t number) {
    const mb_event_log *log = &rt->events;
    if (number < log->first || number > log->last || log->last - number >= log->capacity)
        return NULL;
    return &log->ring[number & (log->capacity - 1)];
}

static size_t append(char *text, size_t size, size_t at, const char *more) {
    size_t n = strlen(more);
    if (at < size) {
        size_t room = size - at - 1;
        memcpy(text + at, more, n < room ? n : room);
        text[at + (n < room ? n : room)] = '\0';
    }
    return at + n;
}

static size_t append_pid(char *text, size_t size, size_t at, mb_pid pid) {
    char number[32];
    if (!pid)
        return append(text, size, at, " -");
    snprintf(number, sizeof number, " <%u.%" PRIu64 ".0>", mb_node_index(pid),
             pid & MB_SERIAL_MASK);
    return append(text, size, at, number);
}

size_t mb_event_text(const mb_event *event, char *text, size_t size) {
    char head[96];
    snprintf(head, sizeof head, "%" PRIu64 " %" PRId64 ".%06" PRId64 " %s", event->number,
             event->time / MB_MILLISECOND, event->time % MB_MILLISECOND,
             mb_event_name((mb_event_type)event->type));
    size_t at = append(text, size, 0, head);
    at = append_pid(text, size, at, event->subject);
    at = append_pid(text, size, at, event->object);
    char cause[32];
    snprintf(cause, sizeof cause, " #%" PRIu64, event->cause);
    at = append(text, size, at, cause);
    if (event->term.type == MB_NIL)
        return at;
    at = append(text, size, at, " ");
    return at + mb_inspect_text(event->term, at < size ? text + at : NULL,
                                at < size ? size - at : 0);
}
