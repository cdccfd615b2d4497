/* What sys:trace, sys:log and sys:statistics switch on in a behaviour (sys:handle_debug/4). */
#include "gen_server.h"

#include "tagged.h"
#include "text.h"

#define LOG_SIZE 10u /* events that {log, true} keeps, as in sys:nlog_new/0 */
#define LOG_LIMIT 1000u

struct mb_debug {
    bool trace;
    bool log;
    bool statistics;
    uint64_t messages_in, messages_out;
    uint64_t reductions; /* of the process when the statistics began */
    mb_time started;
    uint32_t log_size; /* events that are kept */
    uint32_t log_used;
    mb_term *events; /* oldest first, owned; room for log_size */
};

static mb_debug *debug_of(mb_process *p, mb_server *s) {
    if (!s->debug)
        s->debug = mb_memory_zeroed(&p->rt->memory, sizeof *s->debug);
    return s->debug;
}

static void resize_log(mb_process *p, mb_debug *d, uint32_t size) {
    mb_term *events = size ? mb_memory_get(&p->rt->memory, size * sizeof *events) : NULL;
    if (size && !events)
        return;
    uint32_t kept = d->log_used < size ? d->log_used : size;
    for (uint32_t i = 0; i < d->log_used - kept; i++)
        mb_release(p->rt, d->events[i]);
    if (kept > 0)
        memcpy(events, d->events + (d->log_used - kept), kept * sizeof *events);
    mb_memory_put(&p->rt->memory, d->events, d->log_size * sizeof *events);
    d->events = events;
    d->log_size = size;
    d->log_used = kept;
}

/* event is taken. */
static void log_event(mb_process *p, mb_debug *d, mb_term event) {
    if (d->log_size == 0) {
        mb_release(p->rt, event);
        return;
    }
    if (d->log_used == d->log_size) {
        mb_release(p->rt, d->events[0]);
        memmove(d->events, d->events + 1, --d->log_used * sizeof *d->events);
    }
    d->events[d->log_used++] = event;
}

void mb_sys_finish(mb_process *p, mb_server *s) {
    if (!s->debug)
        return;
    resize_log(p, s->debug, 0);
    mb_memory_put(&p->rt->memory, s->debug, sizeof *s->debug);
    s->debug = NULL;
}

/* ---- what happened --------------------------------------------------------------------------*/

static void print(mb_process *p, const mb_server *s, mb_term event) {
    mb_text text;
    mb_text_begin(&text, p->rt);
    mb_text_add(&text, "*DBG* ");
    mb_text_inspect(&text, mb_title(p));
    mb_text_add(&text, " ");
    (s->class->print_event ? s->class->print_event : mb_server_print_event)(&text, event);
    mb_log(p->rt, MB_DEBUG, p->pid, text.bytes, text.size);
    mb_text_end(&text);
}

void mb_sys_event(mb_process *p, mb_server *s, mb_term event) {
    mb_debug *d = s->debug;
    if (mb_is(mb_element(event, 0), "in"))
        d->messages_in++;
    else if (mb_is(mb_element(event, 0), "out"))
        d->messages_out++;
    if (d->trace)
        print(p, s, event);
    log_event(p, d, event);
}

mb_term mb_sys_log(mb_process *p, const mb_server *s) {
    mb_term log;
    bool made = s->debug ? mb_tuple(p->rt, &log, s->debug->log_used, s->debug->events)
                         : mb_tuple(p->rt, &log, 0, NULL);
    return made ? log : MB_SYSTEM_LIMIT;
}

/* ---- switching ------------------------------------------------------------------------------*/

static mb_term statistics(mb_process *p, const mb_debug *d) {
    mb_process_info info;
    mb_info(p, &info);
    const char *const names[] = {"start_time", "current_time", "reductions", "messages_in",
                                 "messages_out"};
    const uint64_t values[] = {(uint64_t)(d->started / MB_MILLISECOND),
                               (uint64_t)(mb_now(p->rt) / MB_MILLISECOND),
                               info.reductions - d->reductions, d->messages_in, d->messages_out};
    mb_term pairs[10], map;
    for (size_t i = 0; i < 5; i++) {
        pairs[2 * i] = mb_atom(names[i]);
        pairs[2 * i + 1] = mb_integer((int64_t)values[i]);
    }
    return mb_map(p->rt, &map, 5, pairs) ? map : MB_SYSTEM_LIMIT;
}

static void begin_statistics(mb_process *p, mb_debug *d) {
    mb_process_info info;
    mb_info(p, &info);
    d->statistics = true;
    d->messages_in = d->messages_out = 0;
    d->reductions = info.reductions;
    d->started = mb_now(p->rt);
}

static mb_term debug_statistics(mb_process *p, mb_debug *d, mb_term flag) {
    bool on = flag.type == MB_BOOLEAN && flag.boolean;
    if (mb_is(flag, "get"))
        return mb_tagged(p->rt, "ok",
                         d->statistics ? statistics(p, d) : mb_atom("no_statistics"));
    if (on && !d->statistics)
        begin_statistics(p, d);
    d->statistics = on;
    return mb_atom("ok");
}

static mb_term debug_log(mb_process *p, const mb_server *s, mb_term flag) {
    mb_debug *d = s->debug;
    mb_term size = mb_element(flag, 1);
    if (mb_is(flag, "get"))
        return mb_tagged(p->rt, "ok", mb_sys_log(p, s));
    if (mb_is(flag, "print")) {
        for (uint32_t i = 0; i < d->log_used; i++)
            print(p, s, d->events[i]);
        return mb_atom("ok");
    }
    d->log = flag.type == MB_TABLE || (flag.type == MB_BOOLEAN && flag.boolean);
    bool sized = size.type == MB_INTEGER && size.integer > 0;
    int64_t wanted = !sized ? LOG_SIZE : size.integer < LOG_LIMIT ? size.integer : LOG_LIMIT;
    resize_log(p, d, d->log ? (uint32_t)wanted : 0);
    return mb_atom("ok");
}

/* sys:debug_cmd/2 */
static mb_term command(mb_process *p, const mb_server *s, mb_term what) {
    mb_debug *d = s->debug;
    mb_term name = mb_element(what, 0), flag = mb_element(what, 1);
    if (mb_is(name, "statistics"))
        return debug_statistics(p, d, flag);
    if (mb_is(name, "log"))
        return debug_log(p, s, flag);
    if (mb_is(name, "trace")) {
        d->trace = flag.type == MB_BOOLEAN && flag.boolean;
    } else if (mb_is(what, "no_debug")) {
        resize_log(p, d, 0);
        d->trace = d->log = d->statistics = false;
    } else {
        return mb_atom("unknown_debug");
    }
    return mb_atom("ok");
}

mb_term mb_sys_debug(mb_process *p, mb_server *s, mb_term what) {
    mb_debug *d = debug_of(p, s);
    if (!d)
        return mb_tagged(p->rt, "error", MB_SYSTEM_LIMIT);
    mb_term reply = command(p, s, what);
    if (!d->trace && !d->log && !d->statistics)
        mb_sys_finish(p, s);
    return reply;
}
