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
#include "gen_statem.h"

#include "report.h"
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

mb_term mb_statem_bare(mb_term reason) {
    return mb_is_tuple(reason, 2) && mb_is_error_reason(reason) ? mb_element(reason, 0) : reason;
}

/* ---- transitions ----------------------------------------------------------------------------*/

/* event is taken. */
static void handle_event(mb_statem *m, mb_statem_item *event) {
    m->event = event;
    m->phase = MB_STATEM_EVENT;
    m->postpones = false;
}

/* loop_receive_result/4; event is taken. */
static void receive_event(mb_process *p, mb_statem *m, mb_statem_item *event) {
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
        receive_event(p, m, event);
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

/* get_callback_mode/2. False: *reason, owned, says what is wrong, and *raised how. */
static bool learn_mode(mb_process *p, mb_statem *m, mb_outcome *out, mb_term *reason,
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
    if (!learn_mode(p, m, out, &reason, &raised)) {
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

/* Runs what the phase says until no event is left. */
static mb_callback_state drive(mb_process *p, mb_statem *m, mb_outcome *out) {
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

/* ---- callbacks outside the queue of events --------------------------------------------------*/

static void begin_with(mb_process *p, mb_statem *m, mb_outcome *out) {
    mb_term module = m->class->callback_module ? m->class->callback_module(p, m->specific)
                                               : mb_nil();
    if (module.type != MB_NIL && !mb_tuple(p->rt, &m->modules, 1, &module))
        m->modules = mb_nil();
    m->state = out->reply;
    m->actions = out->argument;
    if (m->class->commit)
        m->class->commit(p, m->specific);
    *out = (mb_outcome){.type = MB_OUTCOME_OK, .next = MB_NEXT_CONTINUE};
}

/* init_result/8; the reply is what the starter is told when it is not the reason. */
static void settle_init(mb_process *p, mb_statem *m, mb_outcome *out) {
    mb_crash crash = {0};
    switch (out->type) {
    case MB_OUTCOME_OK:
        begin_with(p, m, out);
        return;
    case MB_OUTCOME_BAD_RETURN:
        out->reason = mb_tagged(p->rt, "bad_return_from_init", out->reason);
        out->type = MB_OUTCOME_STOP;
        break;
    case MB_OUTCOME_CRASH:
        if (!out->is_exit)
            out->reply = mb_retain(mb_statem_bare(out->reason));
        break;
    default:
        return;
    }
    crash.reason = out->reason;
    mb_statem_report(p, m, &crash);
}

/* replace_state and code_change answer with { state, data }, or that nothing has changed. */
static bool settle_change(mb_process *p, mb_statem *m, mb_outcome *out) {
    if (out->type != MB_OUTCOME_REPLY)
        return false;
    if (out->reply.type == MB_TABLE) {
        mb_term old = m->state;
        m->state = mb_retain(mb_element(out->reply, 0));
        mb_release(p->rt, old);
        if (m->class->commit)
            m->class->commit(p, m->specific);
    }
    return true;
}

static void settle_new_mode(mb_process *p, mb_statem *m, mb_outcome *out) {
    mb_term reason;
    bool raised;
    if (learn_mode(p, m, out, &reason, &raised))
        return;
    clear(p->rt, &out->reply);
    *out = (mb_outcome){.type = MB_OUTCOME_CRASH, .reason = reason, .is_exit = !raised};
}

/* A callback outside the queue of events has answered, or waits. */
static mb_callback_state step_apart(mb_process *p, mb_statem *m, mb_callback_state state,
                                    mb_outcome *out) {
    const uint8_t phase = m->phase;
    m->entered = state != MB_CALLBACK_DONE;
    if (m->entered)
        return state;
    m->phase = MB_STATEM_IDLE;
    if (phase == MB_STATEM_INIT) {
        settle_init(p, m, out);
    } else if (phase == MB_STATEM_REPLACE) {
        (void)settle_change(p, m, out);
    } else if (phase == MB_STATEM_CHANGE && settle_change(p, m, out)) {
        clear(p->rt, &out->reply);
        m->phase = MB_STATEM_NEW_MODE;
        return step_apart(p, m, m->class->callback_mode(p, m->specific, out), out);
    } else if (phase == MB_STATEM_NEW_MODE) {
        settle_new_mode(p, m, out);
    }
    return state;
}

/* ---- the gen_server's callbacks -------------------------------------------------------------*/

static mb_callback_state init(mb_process *p, void *data, mb_term argument, mb_outcome *out) {
    mb_statem *m = data;
    m->phase = MB_STATEM_INIT;
    return step_apart(p, m, m->class->init(p, m->specific, argument, out), out);
}

static mb_callback_state handle_continue(mb_process *p, void *data, mb_term argument,
                                         mb_outcome *out) {
    mb_statem *m = data;
    (void)argument;
    m->starting = m->enters = true;
    m->next_state = mb_retain(m->state);
    m->phase = MB_STATEM_MODE;
    if (!mb_statem_push(p->rt, &m->event, mb_atom("internal"), mb_atom("init_state")))
        mb_statem_stop_no_memory(p, m);
    return drive(p, m, out);
}

/* type is taken, content is borrowed. */
static mb_callback_state begin(mb_process *p, mb_statem *m, mb_term type, mb_term content,
                               mb_outcome *out) {
    mb_statem_item *event = NULL;
    if (mb_statem_push(p->rt, &event, type, mb_retain(content)))
        receive_event(p, m, event);
    else
        mb_statem_stop_no_memory(p, m);
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
    mb_statem *m = data;
    mb_statem_item *timer = mb_statem_take_timer(m, message);
    if (!timer)
        return begin(p, m, mb_atom("info"), message, out);
    receive_event(p, m, timer);
    return drive(p, m, out);
}

static mb_callback_state terminate(mb_process *p, void *data, mb_term reason, mb_outcome *out) {
    mb_statem *m = data;
    mb_term shown = m->raised ? mb_statem_bare(reason) : reason;
    m->phase = MB_STATEM_TERMINATE;
    if (m->class->terminate)
        return step_apart(p, m, m->class->terminate(p, m->specific, shown, m->state, out), out);
    out->type = MB_OUTCOME_NOREPLY;
    return MB_CALLBACK_DONE;
}

static mb_callback_state replace_state(mb_process *p, void *data, mb_term function,
                                       mb_outcome *out) {
    mb_statem *m = data;
    m->phase = MB_STATEM_REPLACE;
    return step_apart(p, m, m->class->replace_state(p, m->specific, function, m->state, out), out);
}

static mb_callback_state code_change(mb_process *p, void *data, mb_term argument,
                                     mb_outcome *out) {
    mb_statem *m = data;
    m->phase = MB_STATEM_CHANGE;
    if (m->class->code_change)
        return step_apart(p, m, m->class->code_change(p, m->specific, argument, m->state, out),
                          out);
    out->type = MB_OUTCOME_REPLY;
    return step_apart(p, m, MB_CALLBACK_DONE, out);
}

static mb_callback_state resume(mb_process *p, void *data, mb_outcome *out) {
    mb_statem *m = data;
    bool apart = m->phase == MB_STATEM_INIT ||
                 (m->phase >= MB_STATEM_TERMINATE && m->phase <= MB_STATEM_NEW_MODE);
    return apart ? step_apart(p, m, m->class->resume(p, m->specific, out), out) : drive(p, m, out);
}

static bool state(mb_process *p, void *data, mb_term *out) {
    mb_statem *m = data;
    mb_term parts[] = {mb_retain(m->state), mb_nil()};
    if (m->class->data && !m->class->data(p, m->specific, &parts[1]))
        parts[1] = mb_nil();
    *out = mb_tuple_taking(p->rt, 2, parts);
    return out->type == MB_TABLE;
}

static void destroy(mb_process *p, void *data) {
    mb_statem *m = data;
    mb_runtime *rt = p->rt;
    if (!m->specific)
        return;
    if (m->class->destroy)
        m->class->destroy(p, m->specific);
    mb_memory_put(&rt->memory, m->specific, m->class->data_size);
    mb_statem_item **lists[] = {&m->event,       &m->queue,    &m->postponed,
                                &m->next_events, &m->timeouts, &m->timers};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        mb_statem_free_all(rt, lists[i]);
    mb_term terms[] = {m->state, m->next_state, m->modules, m->old_modules, m->actions, m->stop};
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
        mb_release(rt, terms[i]);
}

static mb_term module(mb_process *p, void *data) {
    mb_statem *m = data;
    return m->class->module ? m->class->module(p, m->specific) : mb_nil();
}

static const char *doing(mb_process *p, void *data) {
    mb_statem *m = data;
    return m->class->doing ? m->class->doing(p, m->specific) : NULL;
}

static void tell_end(mb_process *p, void *data, mb_term reason) {
    const mb_statem *m = data;
    if (mb_statem_traced(p))
        mb_statem_trace(p, "terminate", reason, m->state);
}

/* ---- starting -------------------------------------------------------------------------------*/

static const mb_gen_server_class MACHINE = {
    .data_size = sizeof(mb_statem),
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
    .report = mb_statem_report,
    .quiet_end = tell_end,
    .status = mb_statem_status,
    .print_event = mb_statem_print_event,
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
    mb_statem *m = mb_gen_server_data(p, &MACHINE);
    m->class = class;
    m->specific = specific;
    return p;
}

bool mb_is_gen_statem(const mb_process *p) {
    return mb_gen_server_data((mb_process *)(uintptr_t)p, &MACHINE) != NULL;
}
