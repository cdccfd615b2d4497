/* The timeouts of a state machine: of the event, of the state, and those with a name. */
#include "gen_statem.h"

#include "tagged.h"
#include "timers.h"

/* ---- the actions ----------------------------------------------------------------------------*/

static bool is_time(mb_term term) {
    return term.type == MB_INTEGER || (term.type == MB_FLOAT && term.real == term.real);
}

static double ms_of(mb_term time) {
    return time.type == MB_INTEGER ? (double)time.integer : time.real;
}

bool mb_statem_is_delay(mb_term term) { return is_time(term) && ms_of(term) >= 0; }

bool mb_statem_is_timeout_type(mb_term term) {
    return mb_is(term, "timeout") || mb_is(term, "state_timeout") ||
           (mb_array_size(term) >= 1 && mb_array_size(term) <= 2 &&
            mb_is(mb_element(term, 0), "timeout"));
}

/* { abs = true }, { "abs", true } or { { "abs", true } }: the options of a timeout. False when they
 * are none. */
static bool read_options(mb_term options, bool *absolute) {
    mb_term value = mb_nil();
    *absolute = false;
    if (options.type == MB_NIL)
        return true;
    if (options.type != MB_TABLE)
        return false;
    if (mb_array_size(options) == 1 && options.table->pair_count == 0)
        options = mb_element(options, 0);
    if (mb_is_tuple(options, 2) && mb_is(mb_element(options, 0), "abs"))
        value = mb_element(options, 1);
    else if (options.type == MB_TABLE && mb_array_size(options) == 0 &&
             options.table->pair_count == 1)
        value = mb_get(options, "abs");
    else
        return mb_is_tuple(options, 0);
    *absolute = value.type == MB_BOOLEAN && value.boolean;
    return value.type == MB_BOOLEAN;
}

bool mb_statem_is_timeout(mb_term action) {
    mb_term time = mb_element(action, 1);
    size_t count = mb_array_size(action);
    bool absolute;
    if (!mb_statem_is_timeout_type(mb_element(action, 0)) || count < 2 || count > 4)
        return false;
    if (mb_is(time, "cancel"))
        return count == 2;
    if (mb_is(time, "update"))
        return count == 3;
    if (!read_options(mb_element(action, 3), &absolute))
        return false;
    return mb_is(time, "infinity") || (is_time(time) && (absolute || ms_of(time) >= 0));
}

/* ---- the timers -----------------------------------------------------------------------------*/

static mb_statem_item **find_timer(mb_statem *m, mb_term type) {
    mb_statem_item **link = &m->timers;
    while (*link && !mb_equal((*link)->type, type))
        link = &(*link)->next;
    return link;
}

static mb_statem_item *take(mb_statem_item **link) {
    mb_statem_item *item = *link;
    if (item) {
        *link = item->next;
        item->next = NULL;
    }
    return item;
}

/* { "timeout", ref, _ } */
static bool is_timer_message(mb_term term, mb_ref *ref) {
    if (!mb_is_tuple(term, 3) || !mb_is(mb_element(term, 0), "timeout") ||
        mb_element(term, 1).type != MB_REFERENCE)
        return false;
    *ref = mb_element(term, 1).id;
    return true;
}

/* Takes a timer's message back that has arrived already. */
static void flush_timer(mb_process *p, mb_ref ref) {
    mb_ref found;
    for (mb_message *message = mb_mailbox_first(p); message; message = message->next) {
        if (message->kind != MB_MESSAGE || !is_timer_message(message->term, &found) || found != ref)
            continue;
        mb_mailbox_take(p, message);
        mb_message_free(p->rt, message);
        return;
    }
}

static void cancel_at(mb_process *p, mb_statem_item **link) {
    mb_statem_item *timer = take(link);
    if (timer && timer->ref && mb_cancel_timer(p->rt, timer->timer) < 0)
        flush_timer(p, timer->ref);
    mb_statem_free(p->rt, timer);
}

void mb_statem_cancel(mb_process *p, mb_statem *m, mb_term type) {
    cancel_at(p, find_timer(m, type));
}

/* erlang:start_timer/4 */
static bool start_timer(mb_process *p, mb_statem_item *timer, mb_time delay) {
    timer->ref = mb_make_ref(p->rt);
    mb_term parts[] = {mb_atom("timeout"), mb_ref_term(timer->ref), mb_retain(timer->type)};
    mb_term message = mb_tuple_taking(p->rt, 3, parts);
    if (message.type != MB_TABLE)
        return false;
    timer->timer = mb_send_after(p->rt, p, p->pid, message, delay);
    return timer->timer != 0;
}

static mb_time delay_of(mb_process *p, mb_term time, bool absolute) {
    double ns = ms_of(time) * (double)MB_MILLISECOND;
    if (absolute)
        ns -= (double)mb_now(p->rt);
    return ns <= 0 ? 0 : ns > 9e18 ? (mb_time)9e18 : (mb_time)ns;
}

/* { "start_timer", { type, time, content, options }, state } */
static void trace_start(mb_process *p, const mb_statem *m, mb_term type, mb_term action,
                        bool absolute) {
    mb_term options = absolute ? mb_retain(mb_element(action, 3)) : mb_tuple_taking(p->rt, 0, NULL);
    mb_term parts[] = {mb_retain(type), mb_element(action, 1), mb_retain(mb_element(action, 2)),
                       options};
    mb_term shown = mb_tuple_taking(p->rt, 4, parts);
    mb_statem_trace(p, "start_timer", shown, m->state);
    mb_release(p->rt, shown);
}

/* order is that of the new timer among those that are due at once. */
static bool start(mb_process *p, mb_statem *m, mb_term type, mb_term action, uint64_t order) {
    mb_term time = mb_element(action, 1), content = mb_element(action, 2);
    bool absolute = false;
    mb_statem_item *timer =
        mb_statem_push(p->rt, &m->timers, mb_retain(type), mb_retain(content));
    if (!timer)
        return false;
    timer->order = order;
    if (mb_is(time, "update"))
        return true;
    (void)read_options(mb_element(action, 3), &absolute);
    if (mb_statem_traced(p))
        trace_start(p, m, type, action, absolute);
    return ms_of(time) == 0 || start_timer(p, timer, delay_of(p, time, absolute));
}

static void update(mb_process *p, mb_statem_item *timer, mb_term content) {
    mb_term old = timer->content;
    timer->content = mb_retain(content);
    mb_release(p->rt, old);
}

/* One timeout action (loop_timeouts_start), which has been checked. */
static bool set_timer(mb_process *p, mb_statem *m, const mb_statem_item *timeout,
                      uint64_t order) {
    mb_term action = timeout->content, time = mb_element(action, 1);
    mb_statem_item **link = find_timer(m, timeout->type);
    if (*link && mb_is(time, "update")) {
        update(p, *link, mb_element(action, 2));
        return true;
    }
    cancel_at(p, link);
    if (mb_is(time, "cancel") || mb_is(time, "infinity"))
        return true;
    return start(p, m, timeout->type, action, order);
}

/* The actions come newest first, and of those of one type only the newest counts. */
bool mb_statem_set_timers(mb_process *p, mb_statem *m) {
    uint64_t count = 0;
    for (const mb_statem_item *t = m->timeouts; t; t = t->next)
        count++;
    m->orders += count;
    uint64_t order = m->orders;
    for (const mb_statem_item *t = m->timeouts; t; t = t->next, order--) {
        const mb_statem_item *newer = m->timeouts;
        while (newer != t && !mb_equal(newer->type, t->type))
            newer = newer->next;
        if (newer == t && !set_timer(p, m, t, order))
            return false;
    }
    mb_statem_free_all(p->rt, &m->timeouts);
    return true;
}

mb_statem_item *mb_statem_take_timer(mb_statem *m, mb_term message) {
    mb_statem_item **link = &m->timers;
    mb_ref ref;
    if (!is_timer_message(message, &ref))
        return NULL;
    while (*link && (*link)->ref != ref)
        link = &(*link)->next;
    return take(link);
}

mb_statem_item *mb_statem_take_due_timer(mb_statem *m) {
    mb_statem_item **oldest = NULL;
    for (mb_statem_item **link = &m->timers; *link; link = &(*link)->next)
        if (!(*link)->ref && (!oldest || (*link)->order < (*oldest)->order))
            oldest = link;
    return oldest ? take(oldest) : NULL;
}
