/* The events of a state machine, one after the other.
 *
 *     one event               ------->   handle_event
 *     transition, actions     <-------   NEXT_STATE, KEEP_STATE, …
 *     enter call, the events  ------->   handle_event
 *     that follow             <-------   …
 *
 * An event is out of the queue while it is handled. It ends, or it is postponed, and then waits for
 * the next change of state. Timers are messages to oneself, { "timeout", ref, type }, as in OTP:
 * they keep their place in the mailbox, also while the process is suspended. */
#include "gen_statem.h"

#include "reason.h"
#include "tagged.h"

#define EVENT_REDUCTIONS 10

/* Gives an owned term up. */
static void clear(mb_runtime *rt, mb_term *term) {
    mb_term old = *term;
    *term = mb_nil();
    mb_release(rt, old);
}

/* ---- stopping -------------------------------------------------------------------------------*/

/* reason is taken. */
static void stop(mb_process *p, mb_statem *m, mb_term reason, bool raised) {
    mb_drop(p->rt, m->stop);
    m->stop = reason;
    m->raised = raised;
    m->phase = MB_STATEM_STOPPED;
    if (m->old_modules.type != MB_NIL)
        mb_statem_revert_modules(p, m);
}

/* erlang:raise(error, { tag, detail }, Stacktrace); detail is borrowed. */
static mb_term raised_reason(mb_runtime *rt, const char *tag, mb_term detail) {
    mb_term place = mb_text_term(rt, "[C]: in gen_statem");
    mb_term parts[] = {mb_tagged(rt, tag, mb_retain(detail)), mb_tuple_taking(rt, 1, &place)};
    return mb_tuple_taking(rt, 2, parts);
}

static void take_state(mb_process *p, mb_statem *m) {
    mb_term old = m->state;
    m->state = m->next_state;
    m->next_state = mb_nil();
    mb_release(p->rt, old);
    if (m->class->commit)
        m->class->commit(p, m->specific);
}

void mb_statem_stop_bad(mb_process *p, mb_statem *m, const char *tag, mb_term detail) {
    take_state(p, m);
    stop(p, m, raised_reason(p->rt, tag, detail), true);
}

void mb_statem_stop_no_memory(mb_process *p, mb_statem *m) { stop(p, m, MB_SYSTEM_LIMIT, false); }

/* ---- transitions ----------------------------------------------------------------------------*/

/* event is taken. */
static void handle_event(mb_statem *m, mb_statem_item *event) {
    m->event = event;
    m->phase = MB_STATEM_EVENT;
    m->postpones = false;
}

/* loop_receive_result/4 */
void mb_statem_receive(mb_process *p, mb_statem *m, mb_statem_item *event) {
    if (mb_statem_traced(p))
        mb_statem_trace_in(p, event->type, event->content, m->state);
    handle_event(m, event);
}

/* loop_done/4 */
static void next_event(mb_process *p, mb_statem *m) {
    mb_statem_item *event = m->queue;
    m->phase = MB_STATEM_IDLE;
    if (event) {
        m->queue = event->next;
        event->next = NULL;
        handle_event(m, event);
    } else if ((event = mb_statem_take_due_timer(m)) != NULL) {
        mb_statem_receive(p, m, event);
    }
}

/* The event has been handled. */
static void finish_event(mb_process *p, mb_statem *m) {
    mb_statem_item *event = m->event;
    m->event = NULL;
    if (m->postpones) {
        event->next = m->postponed;
        m->postponed = event;
    } else {
        mb_statem_free(p->rt, event);
    }
}

/* loop_state_transition/9 */
static void transit(mb_process *p, mb_statem *m) {
    bool changed = !mb_equal(m->state, m->next_state);
    if (mb_statem_traced(p))
        mb_statem_trace_end(p, m);
    take_state(p, m);
    finish_event(p, m);
    if (changed) {
        m->queue = mb_statem_reverse_onto(m->postponed, m->queue);
        m->postponed = NULL;
        mb_statem_cancel(p, m, mb_atom("state_timeout"));
    }
    mb_statem_cancel(p, m, mb_atom("timeout"));
    m->queue = mb_statem_reverse_onto(m->next_events, m->queue);
    m->next_events = NULL;
    if (mb_statem_set_timers(p, m))
        next_event(p, m);
    else
        mb_statem_stop_no_memory(p, m);
}

/* Does the actions that are left. Then the enter call may be due. */
static void run_actions(mb_process *p, mb_statem *m) {
    const uint8_t phase = m->phase;
    mb_term action;
    while (m->phase == phase && mb_statem_next_action(m, &action))
        mb_statem_act(p, m, action);
    if (m->phase != phase) /* stopped, or waits for callback_mode */
        return;
    clear(p->rt, &m->actions);
    bool enter = m->enters && m->state_enter;
    m->enters = false;
    if (m->starting) /* init's actions end with { postpone, false } */
        m->postpones = m->starting = false;
    if (enter)
        m->phase = MB_STATEM_ENTER;
    else
        transit(p, m);
}

/* state and actions are borrowed. */
static void go_on(mb_process *p, mb_statem *m, mb_term state, bool enters, mb_term actions) {
    mb_term old = m->next_state;
    if (m->phase != MB_STATEM_ENTER)
        mb_server_hibernate(p, false);
    m->next_state = mb_retain(state);
    mb_release(p->rt, old);
    m->actions = mb_retain(actions);
    m->acted = 0;
    m->enters = enters;
    run_actions(p, m);
}

/* The state that the callback under way belongs to. */
static mb_term present_state(const mb_statem *m) {
    return m->phase == MB_STATEM_ENTER ? m->next_state : m->state;
}

/* ---- what a state callback answered ---------------------------------------------------------*/

static void stop_bad_enter(mb_process *p, mb_statem *m, mb_term state, mb_term actions) {
    mb_term parts[] = {mb_text_term(p->rt, "next_state"), mb_retain(state), mb_nil(),
                       mb_retain(actions)};
    size_t count = actions.type == MB_NIL ? 3 : 4;
    if (m->class->refuse)
        parts[2] = m->class->refuse(p, m->specific);
    mb_term result = mb_tuple_taking(p->rt, count, parts);
    mb_statem_stop_bad(p, m, "bad_state_enter_return_from_state_function", result);
    mb_release(p->rt, result);
}

/* The data that came with the answer is the last; the state stays. */
static void stay(mb_process *p, mb_statem *m) {
    if (m->phase != MB_STATEM_ENTER)
        m->next_state = mb_retain(m->state);
    take_state(p, m);
}

/* reply_then_terminate/8; reason is taken. */
static void stop_and_reply(mb_process *p, mb_statem *m, mb_term reason, mb_term replies) {
    mb_term bad;
    if (mb_statem_reply_all(p, replies, &bad)) {
        stop(p, m, reason, false);
        return;
    }
    mb_release(p->rt, reason);
    stop(p, m, raised_reason(p->rt, "bad_reply_action_from_state_function", bad), true);
}

/* loop_state_callback_result/11; of what out holds the reason is taken. */
static void settle_event(mb_process *p, mb_statem *m, mb_outcome *out) {
    bool entering = m->phase == MB_STATEM_ENTER;
    mb_term present = present_state(m), reason = out->reason;
    out->reason = mb_nil();
    switch (out->type) {
    case MB_OUTCOME_NEXT_STATE:
        if (mb_equal(present, out->reply))
            go_on(p, m, present, false, out->argument);
        else if (entering)
            stop_bad_enter(p, m, out->reply, out->argument);
        else
            go_on(p, m, out->reply, true, out->argument);
        return;
    case MB_OUTCOME_KEEP_STATE:
    case MB_OUTCOME_REPEAT_STATE:
        go_on(p, m, present, out->type == MB_OUTCOME_REPEAT_STATE, out->argument);
        return;
    case MB_OUTCOME_CRASH:
        stop(p, m, reason, !out->is_exit);
        return;
    case MB_OUTCOME_STOP:
        stay(p, m);
        stop(p, m, reason, false);
        return;
    case MB_OUTCOME_STOP_REPLY:
        stay(p, m);
        stop_and_reply(p, m, reason, out->argument);
        return;
    default:
        stay(p, m);
        stop(p, m, raised_reason(p->rt, "bad_return_from_state_function", reason), true);
        mb_release(p->rt, reason);
        return;
    }
}

/* ---- the callback mode ----------------------------------------------------------------------*/

/* callback_mode_result/3 */
static bool read_mode(mb_statem *m, mb_term mode) {
    bool known = false, by_state = false, state_enter = false;
    size_t count = mode.type == MB_TABLE ? mb_array_size(mode) : 1;
    for (size_t i = 0; i < count; i++) {
        mb_term part = mode.type == MB_TABLE ? mb_element(mode, i) : mode;
        if (mb_is(part, "state_enter"))
            state_enter = true;
        else if (mb_is(part, "state_functions") || mb_is(part, "handle_event_function"))
            known = true, by_state = mb_is(part, "state_functions");
        else
            return false;
    }
    if (known) {
        m->by_state = by_state;
        m->state_enter = state_enter;
    }
    return known;
}

/* get_callback_mode/2 */
bool mb_statem_learn_mode(mb_process *p, mb_statem *m, mb_outcome *out, mb_term *reason,
                          bool *raised) {
    if (out->type == MB_OUTCOME_CRASH) {
        *reason = out->reason;
        *raised = !out->is_exit;
        out->reason = mb_nil();
        return false;
    }
    *raised = true;
    if (read_mode(m, out->reply))
        return true;
    *reason = raised_reason(p->rt, "bad_return_from_callback_mode", out->reply);
    return false;
}

static void trace_module(mb_process *p, const mb_statem *m) {
    mb_term module = m->class->module ? m->class->module(p, m->specific) : mb_nil();
    bool first = m->old_modules.type == MB_NIL;
    mb_statem_trace(p, first ? "enter" : "module", module, m->next_state);
}

/* The machine starts (enter/8), or goes on with another module. */
static void settle_mode(mb_process *p, mb_statem *m, mb_outcome *out) {
    mb_term reason;
    bool raised;
    if (!mb_statem_learn_mode(p, m, out, &reason, &raised)) {
        take_state(p, m);
        stop(p, m, reason, raised);
        return;
    }
    if (mb_statem_traced(p))
        trace_module(p, m);
    clear(p->rt, &m->old_modules);
    m->phase = MB_STATEM_EVENT;
    run_actions(p, m);
}

/* ---- calling the specific part --------------------------------------------------------------*/

static void record(mb_process *p, mb_event_type type, const mb_statem *m) {
    mb_term name = m->by_state ? present_state(m) : mb_atom("handle_event");
    if (m->phase != MB_STATEM_MODE)
        mb_event_record(p->rt, type, p->pid, 0, name);
}

static mb_callback_state invoke(mb_process *p, mb_statem *m, mb_outcome *out) {
    mb_statem_event event = {.state = present_state(m), .by_state = m->by_state};
    if (m->phase == MB_STATEM_MODE)
        return m->class->callback_mode(p, m->specific, out);
    if (m->phase == MB_STATEM_ENTER) {
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

mb_callback_state mb_statem_drive(mb_process *p, mb_statem *m, mb_outcome *out) {
    while (m->phase != MB_STATEM_IDLE && m->phase != MB_STATEM_STOPPED) {
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
        if (m->phase == MB_STATEM_MODE)
            settle_mode(p, m, &answer);
        else
            settle_event(p, m, &answer);
        release_outcome(p->rt, &answer);
    }
    out->type = MB_OUTCOME_NOREPLY;
    if (m->phase == MB_STATEM_STOPPED) {
        out->type = MB_OUTCOME_CRASH;
        out->is_exit = !m->raised;
        out->reason = mb_retain(m->stop);
    }
    return MB_CALLBACK_DONE;
}
