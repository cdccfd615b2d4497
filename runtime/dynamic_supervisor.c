/* The dynamic supervisor (Elixir's DynamicSupervisor): a gen_server whose children have no ids, are
 * told by their pids, and are all stopped at the same time.
 *
 * As with supervisor.c, starting and stopping children takes time, during which it does nothing
 * else: each callback begins a job and suspends until that is through. A child whose restart has
 * failed stays under the pid it had, and the next try waits its turn in the mailbox. */
#include "dynamic_supervisor.h"

#include "child_starter.h"
#include "children_shown.h"
#include "events.h"

/* ---- init -----------------------------------------------------------------------------------*/

/* { tag, culprit }; culprit is borrowed. */
static mb_term wrong(mb_runtime *rt, const char *tag, mb_term culprit) {
    const mb_term parts[] = {mb_text_term(rt, tag), mb_retain(culprit)};
    return mb_tuple_taking(rt, 2, parts);
}

/* Takes the flags on. False: nothing is changed, *error (owned) says why (DynamicSupervisor.init/1). */
static bool configure(mb_process *p, mb_dynamic *s, mb_term flags, mb_term *error) {
    mb_supervisor_flags read;
    mb_term max = mb_get(flags, "max_children"), extra = mb_get(flags, "extra_arguments");
    if (!mb_supervisor_flags_read(p->rt, flags, &read, error))
        return false;
    bool any = max.type == MB_NIL || mb_is(max, "infinity");
    if (read.strategy != MB_ONE_FOR_ONE)
        *error = wrong(p->rt, "invalid_strategy", mb_get(flags, "strategy"));
    else if (!any && (max.type != MB_INTEGER || max.integer < 0))
        *error = wrong(p->rt, "invalid_max_children", max);
    else if (extra.type != MB_NIL && !mb_is_tuple(extra, mb_array_size(extra)))
        *error = wrong(p->rt, "invalid_extra_arguments", extra);
    else {
        mb_term old = s->extra_arguments;
        s->intensity = read.intensity;
        s->period = read.period;
        s->max_children = any ? -1 : max.integer;
        s->extra_arguments = mb_retain(extra);
        mb_release(p->rt, old);
        return true;
    }
    return false;
}

static mb_callback_state set_up(mb_process *p, mb_dynamic *s, mb_term flags, mb_outcome *out) {
    mb_term error;
    bool changing = s->job == DYNAMIC_CHANGE_CODE;
    s->job = DYNAMIC_IDLE;
    if (configure(p, s, flags, &error)) {
        out->type = changing ? MB_OUTCOME_REPLY : MB_OUTCOME_OK;
        return MB_CALLBACK_DONE;
    }
    error = mb_tagged(p->rt, "supervisor_data", error);
    if (!changing)
        return mb_out_stop(out, error);
    out->type = MB_OUTCOME_BAD_RETURN;
    out->reason = mb_tagged(p->rt, "error", error);
    return MB_CALLBACK_DONE;
}

/* The starter's init has answered with the flags, or not. */
static mb_callback_state configured(mb_process *p, mb_dynamic *s, mb_callback_state state,
                                    mb_outcome *answer, mb_outcome *out) {
    if (state != MB_CALLBACK_DONE)
        return state;
    bool changing = s->job == DYNAMIC_CHANGE_CODE;
    if (answer->type == MB_OUTCOME_REPLY) {
        state = set_up(p, s, answer->reply, out);
        mb_release(p->rt, answer->reply);
        return state;
    }
    s->job = DYNAMIC_IDLE;
    if (changing)
        return mb_init_refused_change(p, answer, out);
    if (answer->type == MB_OUTCOME_BAD_RETURN)
        return mb_out_stop(out, mb_tagged(p->rt, "bad_return", answer->reason));
    *out = *answer;
    return MB_CALLBACK_DONE;
}

static mb_callback_state begin_configuring(mb_process *p, mb_dynamic *s, mb_dynamic_job why,
                                           mb_outcome *out) {
    mb_outcome answer = {.type = MB_OUTCOME_REPLY};
    s->job = (uint8_t)why;
    if (!s->starter->init)
        return set_up(p, s, s->argument, out);
    mb_callback_state state = s->starter->init(p, s->starter_data, s->argument, &answer);
    return configured(p, s, state, &answer, out);
}

static mb_callback_state init(mb_process *p, void *data, mb_term argument, mb_outcome *out) {
    mb_dynamic *s = data;
    mb_set_trap_exit(p, true);
    s->children.anonymous = true;
    s->argument = mb_retain(argument);
    return begin_configuring(p, s, DYNAMIC_INIT, out);
}

/* DynamicSupervisor.code_change/3 */
static mb_callback_state code_change(mb_process *p, void *data, mb_term argument,
                                     mb_outcome *out) {
    (void)argument;
    return begin_configuring(p, data, DYNAMIC_CHANGE_CODE, out);
}

static mb_callback_state resume(mb_process *p, void *data, mb_outcome *out) {
    mb_dynamic *s = data;
    mb_outcome answer = {.type = MB_OUTCOME_REPLY};
    if (s->job == DYNAMIC_TERMINATE_CHILD || s->job == DYNAMIC_TERMINATE)
        return mb_dynamic_go_on_stopping(p, s, out);
    mb_callback_state state = s->starter->resume(p, s->starter_data, &answer);
    return s->job == DYNAMIC_INIT || s->job == DYNAMIC_CHANGE_CODE
               ? configured(p, s, state, &answer, out)
               : mb_dynamic_started(p, s, state, &answer, out);
}

/* ---- requests -------------------------------------------------------------------------------*/

static mb_callback_state which_children(mb_process *p, const mb_dynamic *s, mb_outcome *out) {
    mb_term list;
    return mb_out_reply(out, mb_children_list(p->rt, &s->children, &list) ? list
                                                                          : MB_SYSTEM_LIMIT);
}

static mb_callback_state count_children(mb_process *p, const mb_dynamic *s, mb_outcome *out) {
    mb_term counts;
    bool counted = mb_children_counts(p->rt, &s->children, &counts);
    return mb_out_reply(out, counted ? counts : MB_SYSTEM_LIMIT);
}

/* { "invalid_child_spec", spec } */
static mb_callback_state invalid_spec(mb_process *p, mb_term spec, mb_outcome *out) {
    const mb_term parts[] = {mb_text_term(p->rt, "invalid_child_spec"), mb_retain(spec)};
    return mb_out_error(p->rt, out, mb_tuple_taking(p->rt, 2, parts));
}

static mb_callback_state start_child(mb_process *p, mb_dynamic *s, mb_term request,
                                     mb_outcome *out) {
    mb_term error;
    if (mb_get(request, "start").type == MB_NIL || mb_get(request, "id").type == MB_NIL)
        return invalid_spec(p, request, out);
    if (!mb_child_spec_read(p->rt, request, MB_NEVER, &s->fresh, &error))
        return mb_out_error(p->rt, out, error);
    if (s->fresh.shutdown == 0) {
        mb_child_spec_release(&s->fresh, p->rt);
        return mb_out_error(p->rt, out, mb_tagged(p->rt, "invalid_shutdown", mb_integer(0)));
    }
    if (s->max_children >= 0 && (int64_t)s->children.count >= s->max_children) {
        mb_child_spec_release(&s->fresh, p->rt);
        return mb_out_error(p->rt, out, mb_atom("max_children"));
    }
    mb_release(p->rt, s->fresh.id);
    s->fresh.id = mb_integer(++s->last_id);
    s->job = DYNAMIC_START_CHILD;
    return mb_dynamic_run_start(p, s, s->fresh.start, out);
}

static mb_callback_state terminate_child(mb_process *p, mb_dynamic *s, mb_term pid,
                                         mb_outcome *out) {
    mb_child_record *child =
        pid.type == MB_PID ? mb_children_by_pid(&s->children, pid.id) : NULL;
    if (!child)
        return mb_out_error(p->rt, out, mb_atom("not_found"));
    return mb_dynamic_begin_stopping(p, s, DYNAMIC_TERMINATE_CHILD, child, out);
}

/* What is no request ends the supervisor, as a clause that is missing does. */
static mb_callback_state function_clause(mb_process *p, mb_term request, mb_outcome *out) {
    const mb_term where[] = {mb_text_term(p->rt, "DynamicSupervisor"), mb_atom("handle_call"),
                             mb_retain(request)};
    mb_term reason = mb_tuple_taking(p->rt, 3, where);
    *out = (mb_outcome){.type = MB_OUTCOME_CRASH};
    out->reason = mb_tagged_two(p->rt, "function_clause", reason, mb_nil());
    return MB_CALLBACK_DONE;
}

static mb_callback_state handle_call(mb_process *p, void *data, mb_term request, mb_from from,
                                     mb_outcome *out) {
    mb_dynamic *s = data;
    mb_term name = mb_element(request, 0), detail = mb_element(request, 1);
    (void)from;
    if (mb_is(request, "which_children"))
        return which_children(p, s, out);
    if (mb_is(request, "count_children"))
        return count_children(p, s, out);
    if (mb_is_tuple(request, 2) && mb_is(name, "start_child"))
        return start_child(p, s, detail, out);
    if (mb_is_tuple(request, 2) && mb_is(name, "terminate_child"))
        return terminate_child(p, s, detail, out);
    return function_clause(p, request, out);
}

static mb_callback_state handle_cast(mb_process *p, void *data, mb_term request,
                                     mb_outcome *out) {
    (void)p;
    (void)data;
    (void)request;
    return mb_out_noreply(out);
}

/* ---- children that end ----------------------------------------------------------------------*/

static mb_callback_state give_up(mb_process *p, mb_dynamic *s, mb_child_record *child,
                                 mb_outcome *out) {
    mb_term reason = mb_text_term(p->rt, "reached_max_restart_intensity");
    mb_child_report(p, &s->children, MB_CAUSED_SHUTDOWN, reason, child, child->pid);
    mb_release(p->rt, reason);
    mb_term told, module = mb_element(child->spec.start, 0);
    mb_term parts[] = {module.type == MB_NIL ? mb_atom("undefined") : module,
                       mb_integer(s->intensity), mb_integer(s->period)};
    if (mb_tuple(p->rt, &told, 3, parts)) {
        p->cause = mb_event_record(p->rt, MB_EVENT_GIVE_UP, p->pid, child->pid, told);
        mb_release(p->rt, told);
    }
    mb_dynamic_forget(p, s, child);
    return mb_out_stop(out, mb_atom("shutdown"));
}

static mb_callback_state restart(mb_process *p, mb_dynamic *s, mb_child_record *child,
                                 mb_outcome *out) {
    int64_t now = mb_now(p->rt) / (1000 * MB_MILLISECOND);
    switch (mb_restart_add(&s->history, p->rt, now, s->intensity, s->period)) {
    case MB_RESTART_TOO_OFTEN:
        return give_up(p, s, child, out);
    case MB_RESTART_NO_MEMORY:
        return mb_out_of_memory(out);
    default:
        break;
    }
    s->job = DYNAMIC_RESTART;
    s->subject = child;
    return mb_dynamic_run_start(p, s, child->spec.start, out);
}

static mb_callback_state child_ended(mb_process *p, mb_dynamic *s, mb_child_record *child,
                                     mb_term reason, mb_outcome *out) {
    if (mb_is_quiet_exit(reason) && child->spec.restart != MB_PERMANENT) {
        mb_dynamic_forget(p, s, child);
        return mb_out_noreply(out);
    }
    mb_child_report(p, &s->children, MB_CHILD_TERMINATED, reason, child, child->pid);
    if (child->spec.restart == MB_TEMPORARY) {
        mb_dynamic_forget(p, s, child);
        return mb_out_noreply(out);
    }
    return restart(p, s, child, out);
}

static mb_callback_state handle_info(mb_process *p, void *data, mb_term message,
                                     mb_outcome *out) {
    mb_dynamic *s = data;
    mb_term name = mb_element(message, 0), pid = mb_element(message, 1);
    bool again = mb_is_tuple(message, 2) && mb_is(name, "$gen_restart");
    if (!again && !(mb_is_tuple(message, 3) && mb_is(name, "EXIT"))) {
        char text[512];
        mb_inspect_text(message, text, sizeof text);
        mb_log_format(p->rt, MB_ERROR, p->pid, "DynamicSupervisor received unexpected message: %s",
                      text);
        return mb_out_noreply(out);
    }
    mb_child_record *child =
        pid.type == MB_PID ? mb_children_by_pid(&s->children, pid.id) : NULL;
    if (!child || child->restarting != again)
        return mb_out_noreply(out);
    return again ? restart(p, s, child, out)
                 : child_ended(p, s, child, mb_element(message, 2), out);
}

static mb_callback_state terminate(mb_process *p, void *data, mb_term reason, mb_outcome *out) {
    (void)reason;
    return mb_dynamic_begin_stopping(p, data, DYNAMIC_TERMINATE, NULL, out);
}

/* ---- the class ------------------------------------------------------------------------------*/

static bool state(mb_process *p, void *data, mb_term *out) {
    const mb_dynamic *s = data;
    return mb_supervision_state(p->rt, &s->children, "one_for_one", s->intensity, s->period, out);
}

static void destroy(mb_process *p, void *data) {
    mb_dynamic *s = data;
    mb_starter_finish(p, s->starter, s->starter_data);
    mb_release(p->rt, s->argument);
    mb_children_finish(&s->children, p->rt);
    mb_restart_finish(&s->history, p->rt);
    mb_child_spec_release(&s->fresh, p->rt);
    mb_release(p->rt, s->extra_arguments);
}

static mb_term module(mb_process *p, void *data) {
    (void)p;
    (void)data;
    return mb_atom("supervisor");
}

static const char *doing(mb_process *p, void *data) {
    const mb_dynamic *s = data;
    (void)p;
    return s->job >= DYNAMIC_TERMINATE_CHILD ? "DynamicSupervisor.terminate_children"
                                         : "DynamicSupervisor.start_child";
}

static const mb_gen_server_class DYNAMIC_SUPERVISOR = {
    .data_size = sizeof(mb_dynamic),
    .init = init,
    .handle_call = handle_call,
    .handle_cast = handle_cast,
    .handle_info = handle_info,
    .terminate = terminate,
    .resume = resume,
    .state = state,
    .destroy = destroy,
    .code_change = code_change,
    .module = module,
    .doing = doing,
};

mb_process *mb_dynamic_supervisor_start(mb_runtime *rt, mb_process *starter,
                                        const mb_child_starter *child_starter, mb_term argument,
                                        const mb_gen_server_options *options) {
    void *starter_data;
    mb_process *p = mb_start_with_starter(rt, starter, &DYNAMIC_SUPERVISOR, child_starter, argument,
                                          options, &starter_data);
    if (!p)
        return NULL;
    mb_dynamic *s = mb_gen_server_data(p, &DYNAMIC_SUPERVISOR);
    s->starter = child_starter;
    s->starter_data = starter_data;
    return p;
}

const mb_children *mb_dynamic_children(mb_process *p) {
    mb_dynamic *s = mb_gen_server_data(p, &DYNAMIC_SUPERVISOR);
    return s ? &s->children : NULL;
}
