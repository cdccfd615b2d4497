/* The state machine (gen_statem.erl): a gen_server whose turns run through a queue of events.
 *
 *     gen_server                this file                       statem_loop.c
 *     init, a message  ------>  the first event       ------->  it, and all that follow from it
 *     the next message <------                        <-------  no event is left
 *
 * A callback that suspends leaves `entered` set, and the turn of the gen_server goes on with it. */
#include "gen_statem.h"

#include "report.h"
#include "shown.h"
#include "tagged.h"

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
            out->reply = mb_retain(mb_bare_reason(out->reason));
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
    if (mb_statem_learn_mode(p, m, out, &reason, &raised))
        return;
    mb_release(p->rt, out->reply);
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
        mb_release(p->rt, out->reply);
        out->reply = mb_nil();
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
    return mb_statem_drive(p, m, out);
}

/* type is taken, content is borrowed. */
static mb_callback_state begin(mb_process *p, mb_statem *m, mb_term type, mb_term content,
                               mb_outcome *out) {
    mb_statem_item *event = NULL;
    if (mb_statem_push(p->rt, &event, type, mb_retain(content)))
        mb_statem_receive(p, m, event);
    else
        mb_statem_stop_no_memory(p, m);
    return mb_statem_drive(p, m, out);
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
    mb_statem_receive(p, m, timer);
    return mb_statem_drive(p, m, out);
}

static mb_callback_state terminate(mb_process *p, void *data, mb_term reason, mb_outcome *out) {
    mb_statem *m = data;
    mb_term shown = m->raised ? mb_bare_reason(reason) : reason;
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
    return apart ? step_apart(p, m, m->class->resume(p, m->specific, out), out)
                 : mb_statem_drive(p, m, out);
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
