/* How a state machine shows itself: what sys:trace and sys:log are told, sys:get_status, the crash
 * report. Its module may have a say in the last two, with format_status. */
#include "gen_statem.h"

#include "reason.h"
#include "report.h"
#include "shown.h"
#include "tagged.h"
#include "text.h"

/* ---- events for sys -------------------------------------------------------------------------*/

bool mb_statem_traced(const mb_process *p) {
    const mb_server *s = mb_data((mb_process *)(uintptr_t)p);
    return s->debug != NULL;
}

static mb_term event_term(mb_runtime *rt, mb_term type, mb_term content) {
    mb_term parts[] = {mb_retain(type), mb_retain(content)};
    return mb_tuple_taking(rt, 2, parts);
}

void mb_statem_trace(mb_process *p, const char *tag, mb_term what, mb_term state) {
    mb_sys_event(p, mb_data(p), mb_tagged_two(p->rt, tag, mb_retain(what), mb_retain(state)));
}

void mb_statem_trace_in(mb_process *p, mb_term type, mb_term content, mb_term state) {
    mb_term event = event_term(p->rt, type, content);
    mb_sys_event(p, mb_data(p), mb_tagged_two(p->rt, "in", event, mb_retain(state)));
}

void mb_statem_trace_out(mb_process *p, mb_term from, mb_term reply) {
    mb_sys_event(p, mb_data(p), mb_tagged_two(p->rt, "out", mb_retain(reply), mb_retain(from)));
}

void mb_statem_trace_end(mb_process *p, const mb_statem *m) {
    mb_term parts[] = {mb_text_term(p->rt, m->postpones ? "postpone" : "consume"),
                       event_term(p->rt, m->event->type, m->event->content), mb_retain(m->state),
                       mb_retain(m->next_state)};
    mb_sys_event(p, mb_data(p), mb_tuple_taking(p->rt, 4, parts));
}

static void add_type(mb_text *text, mb_term type) {
    if (type.type == MB_STRING)
        mb_write_name(type, mb_text_write, text);
    else
        mb_text_inspect(text, type);
}

/* gen_statem:event_string/1 */
static void add_event(mb_text *text, mb_term event) {
    mb_term type = mb_element(event, 0);
    bool is_call = mb_is(mb_element(type, 0), "call");
    if (is_call)
        mb_text_add(text, "call");
    else
        add_type(text, type);
    mb_text_add(text, " ");
    mb_text_inspect(text, mb_element(event, 1));
    if (is_call) {
        mb_text_add(text, " from ");
        mb_text_inspect(text, mb_element(mb_element(type, 1), 0));
    }
}

/* gen_statem:print_event/3 */
void mb_statem_print_event(mb_text *text, mb_term event) {
    mb_term tag = mb_element(event, 0), what = mb_element(event, 1);
    mb_term state = mb_element(event, 2), next = mb_element(event, 3);
    bool ends = mb_is_tuple(event, 4); /* postpone, consume */
    if (mb_is(tag, "out")) {
        mb_text_add(text, "send ");
        mb_text_inspect(text, what);
        mb_text_add(text, " to ");
        mb_text_inspect(text, mb_element(state, 0));
        return;
    }
    add_type(text, mb_is(tag, "in") ? mb_atom("receive") : tag);
    mb_text_add(text, " ");
    if (ends || mb_is(tag, "in"))
        add_event(text, what);
    else
        mb_text_inspect(text, what);
    mb_text_add(text, " in state ");
    mb_text_inspect(text, state);
    if (ends && !mb_equal(state, next)) {
        mb_text_add(text, " => ");
        mb_text_inspect(text, next);
    }
}

/* ---- what is shown --------------------------------------------------------------------------*/

/* The timeouts as gen_statem lists them: from a map, last key first (list_timeouts/1). */
static void sort_timers(mb_statem *m) {
    mb_statem_item *sorted = NULL;
    while (m->timers) {
        mb_statem_item *timer = m->timers, **link = &sorted;
        m->timers = timer->next;
        while (*link && mb_compare((*link)->type, timer->type) > 0)
            link = &(*link)->next;
        timer->next = *link;
        *link = timer;
    }
    m->timers = sorted;
}

/* The event being handled and those after it. */
static mb_term queue_term(mb_process *p, mb_statem *m) {
    if (!m->event)
        return mb_statem_list(p->rt, m->queue);
    m->event->next = m->queue;
    mb_term queue = mb_statem_list(p->rt, m->event);
    m->event->next = NULL;
    return queue;
}

/* What there is to be seen of the machine. reason: NULL, or that of the end. */
static mb_term status_map(mb_process *p, mb_statem *m, const mb_term *reason) {
    mb_runtime *rt = p->rt;
    mb_term map = mb_nil();
    sort_timers(m);
    mb_term pairs[] = {
        mb_atom("state"),     mb_retain(m->state),
        mb_atom("data"),      mb_nil(),
        mb_atom("postponed"), mb_statem_list(rt, m->postponed),
        mb_atom("timeouts"),  mb_statem_list(rt, m->timers),
        mb_atom("log"),       mb_sys_log(p, mb_data(p)),
        mb_atom("queue"),     reason ? queue_term(p, m) : mb_nil(),
        mb_atom("reason"),    reason ? mb_retain(*reason) : mb_nil(),
    };
    if (m->class->data && !m->class->data(p, m->specific, &pairs[3]))
        pairs[3] = mb_nil();
    if (!mb_map(rt, &map, reason ? 7 : 5, pairs))
        map = mb_nil();
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        mb_release(rt, pairs[i]);
    return map;
}

static mb_shown show(mb_process *p, mb_statem *m, const mb_term *reason) {
    return mb_show(p, m->class->format_status, m->specific, status_map(p, m, reason));
}

static mb_term copy_of(const mb_shown *s, const char *key) { return mb_retain(mb_get(s->map, key)); }

/* { state, data } */
static mb_term state_and_data(mb_process *p, const mb_shown *s, bool failure) {
    mb_term parts[] = {copy_of(s, "state"), failure ? mb_retain(s->failure) : copy_of(s, "data")};
    return mb_tuple_taking(p->rt, 2, parts);
}

/* ---- sys:get_status -------------------------------------------------------------------------*/

/* gen_statem:format_status/2 */
mb_term mb_statem_status(mb_process *p, void *data) {
    mb_statem *m = data;
    mb_server *server = mb_data(p);
    mb_runtime *rt = p->rt;
    int64_t count = 0;
    for (const mb_statem_item *timer = m->timers; timer; timer = timer->next)
        count++;
    mb_shown s = show(p, m, NULL);
    mb_term timeouts[] = {mb_integer(count), copy_of(&s, "timeouts")};
    mb_term entries[] = {mb_sys_running(p, server),
                         mb_sys_parent(p, server),
                         mb_tagged(rt, "Modules", mb_retain(m->modules)),
                         mb_tagged(rt, "Time-outs", mb_tuple_taking(rt, 2, timeouts)),
                         mb_tagged(rt, "Logged Events", copy_of(&s, "log")),
                         mb_tagged(rt, "Postponed", copy_of(&s, "postponed"))};
    mb_term header = mb_sys_header(p, "Status for state machine ");
    mb_term generic = mb_tagged(rt, "data", mb_tuple_taking(rt, 6, entries));
    mb_term state = state_and_data(p, &s, s.failure.type != MB_NIL);
    mb_term status = mb_shown_status(p, &s, header, generic, state, mb_nil());
    mb_shown_free(rt, &s);
    return status;
}

/* ---- the crash report -----------------------------------------------------------------------*/

/* The list without its first element; owned. */
static mb_term rest_of(mb_runtime *rt, mb_term list) {
    size_t count = mb_array_size(list);
    mb_term rest;
    mb_builder *b = mb_build(rt);
    size_t at = mb_build_table(b, MB_BUILD_ROOT, mb_nil(), count > 0 ? count - 1 : 0, 0);
    for (size_t i = 1; i < count; i++)
        mb_build_term(b, at + (i - 1) * sizeof(mb_term), mb_element(list, i));
    return mb_build_finish(b, &rest) ? rest : mb_nil();
}

/* gen_statem:error_info/7 */
void mb_statem_report(mb_process *p, void *data, const mb_crash *crash) {
    mb_statem *m = data;
    if (!mb_logs(p->rt, MB_ERROR))
        return;
    mb_term bare = mb_bare_reason(crash->reason);
    mb_shown s = show(p, m, &bare);
    mb_term queue = mb_get(s.map, "queue"), own = mb_get(s.map, "$status");
    mb_machine_crash report = {
        .reason = mb_shown_reason(p, &s, crash->reason),
        .by_state = m->by_state,
        .state_enter = m->state_enter,
        .has_event = mb_array_size(queue) > 0,
        .event = mb_element(queue, 0),
        .queued = rest_of(p->rt, queue),
        .postponed = mb_get(s.map, "postponed"),
        .timeouts = mb_get(s.map, "timeouts"),
        .log = mb_get(s.map, "log"),
        .has_state = m->state.type != MB_NIL,
        .state = own.type != MB_NIL ? mb_retain(own) : state_and_data(p, &s, false),
    };
    mb_report_gen_statem(p, &report);
    mb_release(p->rt, report.reason);
    mb_release(p->rt, report.queued);
    mb_release(p->rt, report.state);
    mb_shown_free(p->rt, &s);
}
