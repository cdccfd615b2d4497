/* The state machine (gen_statem.erl): a gen_server whose turns run through a queue of events.
 *
 *     gen_server                this file                       specific part
 *     init, a message  ------>  one event            ------->   init, handle_event
 *                               transition, actions,   <-----   NEXT_STATE, KEEP_STATE, …
 *                               enter call, events     ------>  handle_event
 *                               that follow            <-----   …
 *     the next message <------  no event is left
 *
 * An event is out of the queue while it is handled. It ends, or it is postponed, and then waits for
 * the next change of state. Timers are messages to oneself, { "timeout", ref, type }, as in OTP:
 * they keep their place in the mailbox, also while the process is suspended. A callback that
 * suspends leaves `entered` set, and the turn of the gen_server goes on with it. */
#include "gen_server.h"

#include "report.h"
#include "tagged.h"
#include "timers.h"

#define EVENT_REDUCTIONS 10

/* An event, a timer, or an action that has been put off. Terms are owned. */
typedef struct node node;
struct node {
    node *next;
    mb_term type;
    mb_term content;
    mb_ref ref;     /* of a timer's message; 0: it is due as soon as the queue is empty */
    mb_ref timer;   /* of a timer that has a ref */
    uint64_t order; /* of timers without a ref: which comes first */
};

typedef enum phase {
    PHASE_IDLE,
    PHASE_INIT,
    PHASE_MODE,      /* callback_mode, after init */
    PHASE_EVENT,     /* a state callback */
    PHASE_ENTER,     /* a state callback for "enter" */
    PHASE_TERMINATE,
    PHASE_SYSTEM,    /* replace_state, code_change */
    PHASE_STOPPED,   /* `stop` says why; gen_server takes over */
} phase;

typedef struct machine {
    const mb_gen_statem_class *class;
    void *specific;
    mb_term state;      /* owned */
    mb_term next_state; /* owned: of the transition under way */
    node *event;        /* being handled; NULL: none */
    node *queue;        /* after it, oldest first */
    node *postponed;    /* newest first */
    node *next_events;  /* of this transition, newest first */
    node *timeouts;     /* actions of this transition, newest first: content is the action */
    node *timers;
    mb_term actions;    /* init's, until callback_mode is known; owned */
    mb_term stop;       /* owned */
    uint64_t orders;
    uint8_t phase;
    bool entered;       /* the callback of the phase has begun */
    bool by_state;      /* callback mode: state_functions */
    bool state_enter;
    bool enters;        /* the transition under way calls for an enter call */
    bool postpones;
    bool raised;        /* stop is { error, stacktrace } */
} machine;

/* ---- nodes ----------------------------------------------------------------------------------*/

static void node_free(mb_runtime *rt, node *n) {
    if (!n)
        return;
    mb_release(rt, n->type);
    mb_release(rt, n->content);
    mb_memory_put(&rt->memory, n, sizeof *n);
}

static void nodes_free(mb_runtime *rt, node **list) {
    while (*list) {
        node *n = *list;
        *list = n->next;
        node_free(rt, n);
    }
}

/* Puts a node in front of the list. type and content are taken. NULL: no memory. */
static node *push(mb_runtime *rt, node **list, mb_term type, mb_term content) {
    node *n = mb_memory_zeroed(&rt->memory, sizeof *n);
    if (!n) {
        mb_release(rt, type);
        mb_release(rt, content);
        return NULL;
    }
    *n = (node){.next = *list, .type = type, .content = content};
    *list = n;
    return n;
}

/* lists:reverse(from, onto) */
static node *reverse_onto(node *from, node *onto) {
    while (from) {
        node *n = from;
        from = n->next;
        n->next = onto;
        onto = n;
    }
    return onto;
}

/* ---- stopping -------------------------------------------------------------------------------*/

/* reason is taken. */
static void stop(mb_process *p, machine *m, mb_term reason, bool raised) {
    mb_drop(p->rt, m->stop);
    m->stop = reason;
    m->raised = raised;
    m->phase = PHASE_STOPPED;
}

/* erlang:raise(error, { tag, detail }, Stacktrace); detail is taken. */
static mb_term raised_reason(mb_runtime *rt, const char *tag, mb_term detail) {
    mb_term place = mb_text_term(rt, "[C]: in gen_statem");
    mb_term parts[] = {mb_tagged(rt, tag, detail), mb_tuple_taking(rt, 1, &place)};
    return mb_tuple_taking(rt, 2, parts);
}

static void take_state(mb_process *p, machine *m) {
    mb_term old = m->state;
    m->state = m->next_state;
    m->next_state = mb_nil();
    mb_release(p->rt, old);
    if (m->class->commit)
        m->class->commit(p, m->specific);
}

/* detail is borrowed. Always false. */
static bool stop_bad(mb_process *p, machine *m, const char *tag, mb_term detail) {
    take_state(p, m);
    stop(p, m, raised_reason(p->rt, tag, mb_retain(detail)), true);
    return false;
}

static void stop_no_memory(mb_process *p, machine *m) { stop(p, m, MB_SYSTEM_LIMIT, false); }

/* ---- timers ---------------------------------------------------------------------------------*/

static node **find_timer(machine *m, mb_term type) {
    node **link = &m->timers;
    while (*link && !mb_equal((*link)->type, type))
        link = &(*link)->next;
    return link;
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

/* The timer's node is taken out of the list. */
static void cancel_at(mb_process *p, node **link) {
    node *n = *link;
    *link = n->next;
    if (n->ref && mb_cancel_timer(p->rt, n->timer) < 0)
        flush_timer(p, n->ref);
    node_free(p->rt, n);
}

static void cancel(mb_process *p, machine *m, mb_term type) {
    node **link = find_timer(m, type);
    if (*link)
        cancel_at(p, link);
}

/* erlang:start_timer/4 */
static bool start_timer(mb_process *p, node *n, mb_time delay) {
    n->ref = mb_make_ref(p->rt);
    mb_term parts[] = {mb_atom("timeout"), mb_ref_term(n->ref), mb_retain(n->type)};
    mb_term message = mb_tuple_taking(p->rt, 3, parts);
    if (message.type != MB_TABLE)
        return false;
    n->timer = mb_send_after(p->rt, p, p->pid, message, delay);
    return n->timer != 0;
}

static bool is_time(mb_term term) {
    return term.type == MB_INTEGER || (term.type == MB_FLOAT && term.real == term.real);
}

static double ms_of(mb_term time) {
    return time.type == MB_INTEGER ? (double)time.integer : time.real;
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

static mb_time delay_of(mb_process *p, mb_term time, bool absolute) {
    double ns = ms_of(time) * (double)MB_MILLISECOND;
    if (absolute)
        ns -= (double)mb_now(p->rt);
    return ns <= 0 ? 0 : ns > 9e18 ? (mb_time)9e18 : (mb_time)ns;
}

/* One timeout action (loop_timeouts_start), which has been checked: { type, time, content
 * [, options] }, { type, "cancel" } or { type, "update", content }. */
static bool set_timer(mb_process *p, machine *m, const node *timeout, uint64_t order) {
    mb_term time = mb_element(timeout->content, 1), content = mb_element(timeout->content, 2);
    node **link = find_timer(m, timeout->type);
    bool absolute = false;
    if (time.type == MB_STRING && !mb_is(time, "update")) { /* cancel, infinity */
        if (*link)
            cancel_at(p, link);
        return true;
    }
    if (time.type == MB_STRING && *link) {
        mb_term old = (*link)->content;
        (*link)->content = mb_retain(content);
        mb_release(p->rt, old);
        return true;
    }
    if (*link)
        cancel_at(p, link);
    node *n = push(p->rt, &m->timers, mb_retain(timeout->type), mb_retain(content));
    if (!n)
        return false;
    n->order = order;
    if (time.type == MB_STRING)
        return true;
    (void)read_options(mb_element(timeout->content, 3), &absolute);
    return ms_of(time) == 0 || start_timer(p, n, delay_of(p, time, absolute));
}

/* The actions come newest first, and of those of one type only the newest counts. */
static bool set_timers(mb_process *p, machine *m) {
    uint64_t count = 0;
    for (const node *t = m->timeouts; t; t = t->next)
        count++;
    m->orders += count;
    uint64_t order = m->orders;
    for (const node *t = m->timeouts; t; t = t->next, order--) {
        const node *newer = m->timeouts;
        while (newer != t && !mb_equal(newer->type, t->type))
            newer = newer->next;
        if (newer == t && !set_timer(p, m, t, order))
            return false;
    }
    nodes_free(p->rt, &m->timeouts);
    return true;
}

/* Moves the oldest timer that is due at once into m->event; false when there is none. */
static bool take_due_timer(machine *m) {
    node **oldest = NULL;
    for (node **link = &m->timers; *link; link = &(*link)->next)
        if (!(*link)->ref && (!oldest || (*link)->order < (*oldest)->order))
            oldest = link;
    if (!oldest)
        return false;
    m->event = *oldest;
    *oldest = m->event->next;
    return true;
}

/* ---- actions --------------------------------------------------------------------------------*/

static bool is_from(mb_term term) {
    return mb_is_tuple(term, 2) && mb_element(term, 0).type == MB_PID &&
           mb_element(term, 1).type == MB_REFERENCE;
}

static bool is_timeout_type(mb_term term) {
    return mb_is(term, "timeout") || mb_is(term, "state_timeout") ||
           (mb_array_size(term) >= 1 && mb_array_size(term) <= 2 &&
            mb_is(mb_element(term, 0), "timeout"));
}

static bool is_event_type(mb_term term) {
    if (mb_is_tuple(term, 2) && mb_is(mb_element(term, 0), "call"))
        return is_from(mb_element(term, 1));
    return mb_is(term, "cast") || mb_is(term, "info") || mb_is(term, "internal") ||
           is_timeout_type(term);
}

/* Whether a table is one action, a tuple in OTP; otherwise it is a list of them. */
static bool is_one_action(mb_term term) {
    mb_term first = mb_element(term, 0), second = mb_element(term, 1);
    if (mb_is(first, "postpone") || mb_is(first, "hibernate"))
        return mb_array_size(term) == 2 && second.type == MB_BOOLEAN;
    if (first.type == MB_STRING)
        return !mb_is(first, "infinity");
    return is_timeout_type(first) && mb_array_size(term) >= 2 && second.type != MB_TABLE &&
           !mb_is(second, "postpone") && !mb_is(second, "hibernate");
}

static bool put_off_timeout(mb_process *p, machine *m, mb_term type, mb_term action) {
    if (push(p->rt, &m->timeouts, mb_retain(type), mb_retain(action)))
        return true;
    stop_no_memory(p, m);
    return false;
}

/* { type, time, content [, options] }, { type, "update", content }, { type, "cancel" } */
static bool is_timeout(mb_term action) {
    mb_term time = mb_element(action, 1);
    size_t count = mb_array_size(action);
    bool absolute;
    if (!is_timeout_type(mb_element(action, 0)) || count < 2 || count > 4)
        return false;
    if (mb_is(time, "cancel"))
        return count == 2;
    if (mb_is(time, "update"))
        return count == 3;
    if (!read_options(mb_element(action, 3), &absolute))
        return false;
    return mb_is(time, "infinity") || (is_time(time) && (absolute || ms_of(time) >= 0));
}

/* infinity, or a number: a timeout of the event whose content is the time. */
static bool act_plain_time(mb_process *p, machine *m, mb_term time) {
    mb_term parts[] = {mb_atom("timeout"), time, time}, action;
    if (!mb_tuple(p->rt, &action, 3, parts)) {
        stop_no_memory(p, m);
        return false;
    }
    bool done = put_off_timeout(p, m, parts[0], action);
    mb_release(p->rt, action);
    return done;
}

static void reply(mb_process *p, mb_term from, mb_term value) {
    mb_server *s = mb_data(p);
    mb_from to = {.pid = mb_element(from, 0).id, .ref = mb_element(from, 1).id};
    if (s->debug)
        mb_sys_message_out(p, s, to, value);
    mb_reply(p->rt, p, to.pid, to.ref, mb_retain(value));
}

static bool is_reply(mb_term action) {
    size_t count = mb_array_size(action);
    return mb_is(mb_element(action, 0), "reply") && (count == 2 || count == 3) &&
           is_from(mb_element(action, 1));
}

static bool act_next_event(mb_process *p, machine *m, mb_term action) {
    mb_term type = mb_element(action, 1), content = mb_element(action, 2);
    if (m->phase == PHASE_ENTER)
        return stop_bad(p, m, "bad_state_enter_action_from_state_function", action);
    if (!is_event_type(type))
        return stop_bad(p, m, "bad_action_from_state_function", action);
    if (push(p->rt, &m->next_events, mb_retain(type), mb_retain(content)))
        return true;
    stop_no_memory(p, m);
    return false;
}

static bool act_postpone(mb_process *p, machine *m, mb_term action, bool on) {
    if (on && m->phase == PHASE_ENTER)
        return stop_bad(p, m,
                        action.type == MB_TABLE ? "bad_action_from_state_function"
                                                : "bad_state_enter_action_from_state_function",
                        action);
    m->postpones = on;
    return true;
}

/* loop_actions_list/12, one action. False: the machine stops. */
static bool act(mb_process *p, machine *m, mb_term action) {
    mb_term tag = mb_element(action, 0), value = mb_element(action, 1);
    if (mb_is(action, "postpone"))
        return act_postpone(p, m, action, true);
    if (mb_is(action, "hibernate"))
        return true;
    if (mb_is(action, "infinity") || (is_time(action) && ms_of(action) >= 0))
        return act_plain_time(p, m, action);
    if (is_reply(action)) {
        reply(p, value, mb_element(action, 2));
        return true;
    }
    if (mb_is(tag, "next_event") && mb_array_size(action) >= 2 && mb_array_size(action) <= 3)
        return act_next_event(p, m, action);
    if (mb_is_tuple(action, 2) && value.type == MB_BOOLEAN) {
        if (mb_is(tag, "postpone"))
            return act_postpone(p, m, action, value.boolean);
        if (mb_is(tag, "hibernate"))
            return true;
    }
    if (is_timeout(action))
        return put_off_timeout(p, m, tag, action);
    return stop_bad(p, m, "bad_action_from_state_function", action);
}

static bool act_all(mb_process *p, machine *m, mb_term actions) {
    if (actions.type == MB_NIL)
        return true;
    if (actions.type != MB_TABLE || actions.table->pair_count > 0 || is_one_action(actions))
        return act(p, m, actions);
    for (size_t i = 0; i < mb_array_size(actions); i++)
        if (!act(p, m, mb_element(actions, i)))
            return false;
    return true;
}

/* ---- transitions ----------------------------------------------------------------------------*/

static void handle_event(machine *m, node *event) {
    m->event = event;
    m->phase = PHASE_EVENT;
    m->postpones = false;
}

/* loop_done/4 */
static void next_event(machine *m) {
    node *event = m->queue;
    if (event) {
        m->queue = event->next;
        handle_event(m, event);
    } else if (take_due_timer(m)) {
        handle_event(m, m->event);
    } else {
        m->phase = PHASE_IDLE;
    }
}

/* loop_state_transition/9 */
static void transit(mb_process *p, machine *m) {
    node *event = m->event;
    bool changed = !mb_equal(m->state, m->next_state);
    m->event = NULL;
    take_state(p, m);
    if (m->postpones) {
        event->next = m->postponed;
        m->postponed = event;
    } else {
        node_free(p->rt, event);
    }
    if (changed) {
        m->queue = reverse_onto(m->postponed, m->queue);
        m->postponed = NULL;
        cancel(p, m, mb_atom("state_timeout"));
    }
    cancel(p, m, mb_atom("timeout"));
    m->queue = reverse_onto(m->next_events, m->queue);
    m->next_events = NULL;
    if (set_timers(p, m))
        next_event(m);
    else
        stop_no_memory(p, m);
}

/* The actions of a callback are done, and the enter call may be due. */
static void after_actions(mb_process *p, machine *m) {
    bool enter = m->enters && m->state_enter;
    m->enters = false;
    if (enter)
        m->phase = PHASE_ENTER;
    else
        transit(p, m);
}

static void go_on(mb_process *p, machine *m, mb_term state, bool enters, mb_term actions) {
    mb_term old = m->next_state;
    m->next_state = state;
    mb_release(p->rt, old);
    m->enters = enters;
    if (act_all(p, m, actions))
        after_actions(p, m);
}

/* The state that the callback under way belongs to. */
static mb_term present_state(const machine *m) {
    return m->phase == PHASE_ENTER ? m->next_state : m->state;
}

/* reply_then_terminate/8 */
static void stop_and_reply(mb_process *p, machine *m, mb_term reason, mb_term replies) {
    bool one = mb_is(mb_element(replies, 0), "reply");
    size_t count = one || replies.type != MB_TABLE ? 1 : mb_array_size(replies);
    for (size_t i = 0; i < count; i++) {
        mb_term action = one || replies.type != MB_TABLE ? replies : mb_element(replies, i);
        if (!is_reply(action)) {
            mb_release(p->rt, reason);
            stop(p, m,
                 raised_reason(p->rt, "bad_reply_action_from_state_function", mb_retain(action)),
                 true);
            return;
        }
        reply(p, mb_element(action, 1), mb_element(action, 2));
    }
    stop(p, m, reason, false);
}

static bool returned_by_enter(mb_process *p, machine *m, mb_term state, mb_term actions) {
    mb_term parts[] = {mb_text_term(p->rt, "next_state"), mb_retain(state),
                       mb_nil(), mb_retain(actions)};
    size_t count = actions.type == MB_NIL ? 3 : 4;
    if (!m->class->data || !m->class->data(p, m->specific, &parts[2]))
        parts[2] = mb_nil();
    mb_term result = mb_tuple_taking(p->rt, count, parts);
    stop_bad(p, m, "bad_state_enter_return_from_state_function", result);
    mb_release(p->rt, result);
    return false;
}

/* loop_state_callback_result/11; what out holds is the caller's. */
static void settle_event(mb_process *p, machine *m, mb_outcome *out) {
    bool entering = m->phase == PHASE_ENTER;
    mb_term present = present_state(m), reason = out->reason;
    switch (out->type) {
    case MB_OUTCOME_NEXT_STATE:
        if (mb_equal(present, out->reply))
            go_on(p, m, mb_retain(present), false, out->argument);
        else if (entering)
            returned_by_enter(p, m, out->reply, out->argument);
        else
            go_on(p, m, mb_retain(out->reply), true, out->argument);
        return;
    case MB_OUTCOME_KEEP_STATE:
    case MB_OUTCOME_REPEAT_STATE:
        go_on(p, m, mb_retain(present), out->type == MB_OUTCOME_REPEAT_STATE, out->argument);
        return;
    case MB_OUTCOME_CRASH:
        out->reason = mb_nil();
        stop(p, m, reason, !out->is_exit);
        return;
    case MB_OUTCOME_STOP:
    case MB_OUTCOME_STOP_REPLY:
        out->reason = mb_nil();
        if (!entering)
            m->next_state = mb_retain(m->state);
        take_state(p, m);
        if (out->type == MB_OUTCOME_STOP)
            stop(p, m, reason, false);
        else
            stop_and_reply(p, m, reason, out->argument);
        return;
    default:
        if (!entering)
            m->next_state = mb_retain(m->state);
        stop_bad(p, m, "bad_return_from_state_function", reason);
        return;
    }
}

static bool read_mode(machine *m, mb_term mode) {
    bool known = false;
    size_t count = mode.type == MB_TABLE ? mb_array_size(mode) : 1;
    for (size_t i = 0; i < count; i++) {
        mb_term part = mode.type == MB_TABLE ? mb_element(mode, i) : mode;
        if (mb_is(part, "state_enter")) {
            m->state_enter = true;
        } else if (mb_is(part, "state_functions") || mb_is(part, "handle_event_function")) {
            m->by_state = mb_is(part, "state_functions");
            known = true;
        } else {
            return false;
        }
    }
    return known;
}

/* enter/8 */
static void settle_mode(mb_process *p, machine *m, mb_outcome *out) {
    mb_term actions = m->actions;
    m->actions = mb_nil();
    if (out->type == MB_OUTCOME_CRASH) {
        stop(p, m, out->reason, !out->is_exit);
        out->reason = mb_nil();
    } else if (!read_mode(m, out->reply)) {
        mb_term mode = mb_retain(out->reply);
        stop(p, m, raised_reason(p->rt, "bad_return_from_callback_mode", mode), true);
    } else {
        m->phase = PHASE_EVENT;
        m->next_state = mb_retain(m->state);
        m->enters = true;
        if (act_all(p, m, actions)) {
            m->postpones = false;
            after_actions(p, m);
        }
    }
    mb_release(p->rt, actions);
}

/* ---- calling the specific part --------------------------------------------------------------*/

static void record(mb_process *p, mb_event_type type, const machine *m) {
    mb_term name = mb_atom("callback_mode");
    if (m->phase == PHASE_EVENT || m->phase == PHASE_ENTER)
        name = m->by_state ? present_state(m) : mb_atom("handle_event");
    if (m->phase != PHASE_MODE)
        mb_event_record(p->rt, type, p->pid, 0, name);
}

static mb_callback_state invoke(mb_process *p, machine *m, mb_outcome *out) {
    mb_statem_event event = {.state = present_state(m), .by_state = m->by_state};
    if (m->phase == PHASE_MODE)
        return m->class->callback_mode(p, m->specific, out);
    if (m->phase == PHASE_ENTER) {
        event.type = mb_atom("enter");
        event.content = m->state;
    } else {
        event.type = m->event->type;
        event.content = m->event->content;
    }
    return m->class->handle_event(p, m->specific, &event, out);
}

static void release_outcome(mb_runtime *rt, const mb_outcome *out) {
    mb_release(rt, out->reply);
    mb_release(rt, out->reason);
    mb_release(rt, out->argument);
}

/* Runs what the phase says until no event is left. */
static mb_callback_state drive(mb_process *p, machine *m, mb_outcome *out) {
    while (m->phase != PHASE_IDLE && m->phase != PHASE_STOPPED) {
        mb_outcome answer = {.type = MB_OUTCOME_OK};
        mb_callback_state state;
        if (!m->entered && p->rt->reductions_left <= 0)
            return MB_CALLBACK_PREEMPTED;
        if (!m->entered)
            record(p, MB_EVENT_ENTER, m);
        state = m->entered ? m->class->resume(p, m->specific, &answer) : invoke(p, m, &answer);
        m->entered = state != MB_CALLBACK_DONE;
        if (m->entered)
            return state;
        record(p, MB_EVENT_LEAVE, m);
        p->rt->reductions_left -= EVENT_REDUCTIONS;
        if (m->phase == PHASE_MODE)
            settle_mode(p, m, &answer);
        else
            settle_event(p, m, &answer);
        release_outcome(p->rt, &answer);
    }
    out->type = MB_OUTCOME_NOREPLY;
    if (m->phase == PHASE_STOPPED) {
        out->type = MB_OUTCOME_CRASH;
        out->is_exit = !m->raised;
        out->reason = mb_retain(m->stop);
    }
    return MB_CALLBACK_DONE;
}

/* What raised tells of itself: gen_statem hands on the error without its stack. */
static mb_term bare(mb_term reason) {
    return mb_is_tuple(reason, 2) && mb_is_error_reason(reason) ? mb_element(reason, 0) : reason;
}

static void report(mb_process *p, void *data, const mb_crash *crash);

/* init_result/8; the reply is what the starter is told when it is not the reason. */
static mb_callback_state settle_init(mb_process *p, machine *m, mb_outcome *out) {
    mb_crash crash = {0};
    m->phase = PHASE_IDLE;
    switch (out->type) {
    case MB_OUTCOME_OK:
        m->state = out->reply;
        m->actions = out->argument;
        if (m->class->commit)
            m->class->commit(p, m->specific);
        *out = (mb_outcome){.type = MB_OUTCOME_OK, .next = MB_NEXT_CONTINUE};
        return MB_CALLBACK_DONE;
    case MB_OUTCOME_BAD_RETURN:
        out->reason = mb_tagged(p->rt, "bad_return_from_init", out->reason);
        out->type = MB_OUTCOME_STOP;
        break;
    case MB_OUTCOME_CRASH:
        if (!out->is_exit)
            out->reply = mb_retain(bare(out->reason));
        break;
    default:
        return MB_CALLBACK_DONE;
    }
    crash.reason = out->reason;
    report(p, m, &crash);
    return MB_CALLBACK_DONE;
}

static mb_callback_state settle_system(mb_process *p, machine *m, mb_outcome *out) {
    m->phase = PHASE_IDLE;
    if (out->type != MB_OUTCOME_REPLY || out->reply.type != MB_TABLE)
        return MB_CALLBACK_DONE;
    mb_term old = m->state;
    m->state = mb_retain(mb_element(out->reply, 0));
    mb_release(p->rt, old);
    if (m->class->commit)
        m->class->commit(p, m->specific);
    return MB_CALLBACK_DONE;
}

/* A callback outside the queue of events has answered, or waits. */
static mb_callback_state step_apart(mb_process *p, machine *m, mb_callback_state state,
                                    mb_outcome *out) {
    m->entered = state != MB_CALLBACK_DONE;
    if (m->entered)
        return state;
    if (m->phase == PHASE_INIT)
        return settle_init(p, m, out);
    if (m->phase == PHASE_SYSTEM)
        return settle_system(p, m, out);
    return state;
}

/* ---- the gen_server's callbacks -------------------------------------------------------------*/

static mb_callback_state init(mb_process *p, void *data, mb_term argument, mb_outcome *out) {
    machine *m = data;
    m->phase = PHASE_INIT;
    return step_apart(p, m, m->class->init(p, m->specific, argument, out), out);
}

static mb_callback_state handle_continue(mb_process *p, void *data, mb_term argument,
                                         mb_outcome *out) {
    machine *m = data;
    (void)argument;
    if (!push(p->rt, &m->event, mb_atom("internal"), mb_atom("init_state")))
        stop_no_memory(p, m);
    else
        m->phase = PHASE_MODE;
    return drive(p, m, out);
}

/* type is taken, content is borrowed. */
static mb_callback_state begin(mb_process *p, machine *m, mb_term type, mb_term content,
                               mb_outcome *out) {
    if (push(p->rt, &m->event, type, mb_retain(content)))
        handle_event(m, m->event);
    else
        stop_no_memory(p, m);
    return drive(p, m, out);
}

static mb_callback_state handle_call(mb_process *p, void *data, mb_term request, mb_from from,
                                     mb_outcome *out) {
    mb_term parts[] = {mb_pid_term(from.pid), mb_ref_term(from.ref)};
    mb_term type = mb_tagged(p->rt, "call", mb_tuple_taking(p->rt, 2, parts));
    return begin(p, data, type, request, out);
}

static mb_callback_state handle_cast(mb_process *p, void *data, mb_term request, mb_outcome *out) {
    return begin(p, data, mb_atom("cast"), request, out);
}

static mb_callback_state handle_info(mb_process *p, void *data, mb_term message, mb_outcome *out) {
    machine *m = data;
    node **link = &m->timers;
    mb_ref ref;
    if (is_timer_message(message, &ref)) {
        while (*link && (*link)->ref != ref)
            link = &(*link)->next;
        if (*link) {
            node *timer = *link;
            *link = timer->next;
            timer->next = NULL;
            handle_event(m, timer);
            return drive(p, m, out);
        }
    }
    return begin(p, m, mb_atom("info"), message, out);
}

static mb_callback_state resume(mb_process *p, void *data, mb_outcome *out) {
    machine *m = data;
    if (m->phase == PHASE_INIT || m->phase == PHASE_TERMINATE || m->phase == PHASE_SYSTEM)
        return step_apart(p, m, m->class->resume(p, m->specific, out), out);
    return drive(p, m, out);
}

static mb_callback_state terminate(mb_process *p, void *data, mb_term reason, mb_outcome *out) {
    machine *m = data;
    m->phase = PHASE_TERMINATE;
    if (!m->class->terminate) {
        out->type = MB_OUTCOME_NOREPLY;
        return MB_CALLBACK_DONE;
    }
    mb_term shown = m->raised ? bare(reason) : reason;
    return step_apart(p, m, m->class->terminate(p, m->specific, shown, m->state, out), out);
}

static bool state(mb_process *p, void *data, mb_term *out) {
    machine *m = data;
    mb_term parts[] = {mb_retain(m->state), mb_nil()};
    if (m->class->data && !m->class->data(p, m->specific, &parts[1]))
        parts[1] = mb_nil();
    *out = mb_tuple_taking(p->rt, 2, parts);
    return out->type == MB_TABLE;
}

static mb_callback_state replace_state(mb_process *p, void *data, mb_term function,
                                       mb_outcome *out) {
    machine *m = data;
    m->phase = PHASE_SYSTEM;
    return step_apart(p, m, m->class->replace_state(p, m->specific, function, m->state, out), out);
}

static mb_callback_state code_change(mb_process *p, void *data, mb_term argument,
                                     mb_outcome *out) {
    machine *m = data;
    m->phase = PHASE_SYSTEM;
    if (!m->class->code_change) {
        out->type = MB_OUTCOME_REPLY;
        return step_apart(p, m, MB_CALLBACK_DONE, out);
    }
    return step_apart(p, m, m->class->code_change(p, m->specific, argument, m->state, out), out);
}

static void destroy(mb_process *p, void *data) {
    machine *m = data;
    mb_runtime *rt = p->rt;
    if (!m->specific)
        return;
    if (m->class->destroy)
        m->class->destroy(p, m->specific);
    mb_memory_put(&rt->memory, m->specific, m->class->data_size);
    node **lists[] = {&m->event,       &m->queue,    &m->postponed,
                      &m->next_events, &m->timeouts, &m->timers};
    if (m->event)
        m->event->next = NULL;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        nodes_free(rt, lists[i]);
    mb_release(rt, m->state);
    mb_release(rt, m->next_state);
    mb_release(rt, m->actions);
    mb_release(rt, m->stop);
}

static mb_term module(mb_process *p, void *data) {
    machine *m = data;
    return m->class->module ? m->class->module(p, m->specific) : mb_nil();
}

static const char *doing(mb_process *p, void *data) {
    machine *m = data;
    return m->class->doing ? m->class->doing(p, m->specific) : NULL;
}

/* ---- the crash report -----------------------------------------------------------------------*/

/* The events as { { type, content }, … }, owned. */
static mb_term list_events(mb_runtime *rt, const node *first) {
    size_t count = 0, i = 0;
    mb_term list;
    for (const node *n = first; n; n = n->next)
        count++;
    mb_builder *b = mb_build(rt);
    size_t cells = mb_build_table(b, MB_BUILD_ROOT, mb_nil(), count, 0);
    for (const node *n = first; n; n = n->next, i++) {
        size_t pair = mb_build_table(b, cells + i * sizeof(mb_term), mb_nil(), 2, 0);
        mb_build_term(b, pair, n->type);
        mb_build_term(b, pair + sizeof(mb_term), n->content);
    }
    return mb_build_finish(b, &list) ? list : mb_nil();
}

static void report(mb_process *p, void *data, const mb_crash *crash) {
    machine *m = data;
    if (!mb_logs(p->rt, MB_ERROR))
        return;
    if (m->event)
        m->event->next = NULL;
    mb_machine_crash shown = {.reason = crash->reason,
                              .by_state = m->by_state,
                              .state_enter = m->state_enter,
                              .has_event = m->event != NULL,
                              .has_state = m->state.type != MB_NIL};
    mb_term event = list_events(p->rt, m->event);
    mb_term queued = list_events(p->rt, m->queue), postponed = list_events(p->rt, m->postponed);
    shown.event = mb_element(event, 0);
    shown.queued = queued;
    shown.postponed = postponed;
    shown.has_state = shown.has_state && state(p, m, &shown.state);
    mb_report_gen_statem(p, &shown);
    mb_release(p->rt, event);
    mb_release(p->rt, queued);
    mb_release(p->rt, postponed);
    mb_release(p->rt, shown.state);
}

/* ---- starting -------------------------------------------------------------------------------*/

static const mb_gen_server_class MACHINE = {
    .data_size = sizeof(machine),
    .init = init,
    .handle_call = handle_call,
    .handle_cast = handle_cast,
    .handle_info = handle_info,
    .handle_continue = handle_continue,
    .terminate = terminate,
    .resume = resume,
    .state = state,
    .replace_state = replace_state,
    .destroy = destroy,
    .module = module,
    .doing = doing,
    .code_change = code_change,
    .report = report,
    .is_state_machine = true,
};

mb_process *mb_gen_statem_start(mb_runtime *rt, mb_process *starter,
                                const mb_gen_statem_class *class, mb_term argument,
                                const mb_gen_server_options *options) {
    void *specific = mb_memory_zeroed(&rt->memory, class->data_size);
    if (!specific) {
        mb_release(rt, argument);
        return NULL;
    }
    mb_process *p = mb_gen_server_start(rt, starter, &MACHINE, argument, options);
    if (!p) {
        mb_memory_put(&rt->memory, specific, class->data_size);
        return NULL;
    }
    machine *m = mb_gen_server_data(p, &MACHINE);
    m->class = class;
    m->specific = specific;
    return p;
}

bool mb_is_gen_statem(const mb_process *p) {
    return mb_gen_server_data((mb_process *)(uintptr_t)p, &MACHINE) != NULL;
}
