/* The supervisor (supervisor.erl): a gen_server whose state is a list of children.
 *
 * Starting and stopping a child can take its time, during which a supervisor does nothing else. So
 * each callback begins a job, which is a succession of activities, and suspends until they
 * are through:
 *
 *     job                  activities
 *     init                 configure, then start all; when one fails, stop all
 *     change_code          configure again
 *     start_child          start one
 *     restart_child        start one
 *     terminate_child      stop one
 *     an EXIT, try again   one_for_one: start one; else stop and then start the child, and all
 *                          others (one_for_all) or those behind it (rest_for_one)
 *     terminate            stop all
 *
 * A restart that fails is tried again through the mailbox, so that a supervisor which keeps failing
 * still hears exit signals and requests in between; each try counts. */
#include "supervisor.h"

#include "child_starter.h"
#include "children_shown.h"
#include "dynamic_supervisor.h"
#include "events.h"
#include "process.h"

static mb_callback_state begin_configuring(mb_process *p, mb_supervisor *s, mb_job why,
                                           mb_outcome *out) {
    s->job = (uint8_t)why;
    s->activity = CONFIGURING;
    return mb_supervisor_configure(p, s, out);
}

static mb_callback_state init(mb_process *p, void *data, mb_term argument, mb_outcome *out) {
    mb_supervisor *s = data;
    mb_set_trap_exit(p, true);
    s->argument = mb_retain(argument);
    return begin_configuring(p, s, JOB_INIT, out);
}

static mb_callback_state code_change(mb_process *p, void *data, mb_term argument,
                                     mb_outcome *out) {
    (void)argument;
    return begin_configuring(p, data, JOB_CHANGE_CODE, out);
}

static mb_callback_state resume(mb_process *p, void *data, mb_outcome *out) {
    mb_supervisor *s = data;
    return s->activity == CONFIGURING ? mb_supervisor_configure(p, s, out)
                                      : mb_supervisor_advance(p, s, out);
}

/* ---- children that end ----------------------------------------------------------------------*/

/* A child that is no more: temporary ones leave the list (supervisor:del_child/2). */
static void delete_ended(mb_process *p, mb_supervisor *s, mb_child_record *child) {
    mb_children_set_pid(&s->children, child, 0);
    child->restarting = false;
    if (child->spec.restart == MB_TEMPORARY)
        mb_children_remove(&s->children, p->rt, child);
}

static void give_up(mb_process *p, mb_supervisor *s, mb_child_record *child, mb_pid last_pid) {
    mb_term reason = mb_text_term(p->rt, "reached_max_restart_intensity");
    mb_child_report(p, &s->children, MB_CAUSED_SHUTDOWN, reason, child, last_pid);
    mb_release(p->rt, reason);
    mb_term told, parts[] = {child->spec.id, mb_integer(s->flags.intensity),
                             mb_integer(s->flags.period)};
    if (mb_tuple(p->rt, &told, 3, parts)) {
        p->cause = mb_event_record(p->rt, MB_EVENT_GIVE_UP, p->pid, last_pid, told);
        mb_release(p->rt, told);
    }
    delete_ended(p, s, child);
}

/* supervisor:restart/2; last_pid is what the child had before it ended. */
static mb_callback_state restart(mb_process *p, mb_supervisor *s, mb_child_record *child,
                                 mb_pid last_pid, mb_outcome *out) {
    int64_t now = mb_now(p->rt) / (1000 * MB_MILLISECOND);
    switch (mb_restart_add(&s->history, p->rt, now, s->flags.intensity, s->flags.period)) {
    case MB_RESTART_TOO_OFTEN:
        give_up(p, s, child, last_pid);
        return mb_out_stop(out, mb_atom("shutdown"));
    case MB_RESTART_NO_MEMORY:
        return mb_supervisor_out_of_memory(s, out);
    default:
        break;
    }
    mb_children_set_pid(&s->children, child, 0);
    s->job = JOB_RESTART;
    s->culprit = child;
    if (s->flags.strategy == MB_ONE_FOR_ONE)
        mb_supervisor_begin_starting(s, child, false);
    else
        mb_supervisor_begin_stopping(s, s->flags.strategy == MB_REST_FOR_ONE ? child : NULL);
    return mb_supervisor_advance(p, s, out);
}

static bool any_significant_left(const mb_supervisor *s) {
    for (const mb_child_record *c = s->children.first; c; c = c->next)
        if (c->spec.significant && (c->pid || c->restarting))
            return true;
    return false;
}

/* A child that is not restarted (supervisor:do_auto_shutdown/2). */
static mb_callback_state let_go(mb_process *p, mb_supervisor *s, mb_child_record *child,
                                mb_outcome *out) {
    bool significant = child->spec.significant;
    delete_ended(p, s, child);
    if (!significant || s->flags.auto_shutdown == MB_NEVER)
        return mb_out_noreply(out);
    if (s->flags.auto_shutdown == MB_ALL_SIGNIFICANT && any_significant_left(s))
        return mb_out_noreply(out);
    return mb_out_stop(out, mb_atom("shutdown"));
}

/* supervisor:do_restart/3 */
static mb_callback_state child_ended(mb_process *p, mb_supervisor *s, mb_child_record *child,
                                     mb_term reason, mb_outcome *out) {
    mb_pid pid = child->pid;
    bool quiet = mb_is_quiet_exit(reason) && child->spec.restart != MB_PERMANENT;
    if (!quiet)
        mb_child_report(p, &s->children, MB_CHILD_TERMINATED, reason, child, pid);
    if (quiet || child->spec.restart == MB_TEMPORARY)
        return let_go(p, s, child, out);
    return restart(p, s, child, pid, out);
}

static void report_unexpected(mb_process *p, mb_term message) {
    static const char text[] = "Supervisor received unexpected message: ";
    char buffer[512];
    mb_inspect_text(message, buffer, sizeof buffer);
    mb_log_format(p->rt, MB_ERROR, p->pid, "%s%s", text, buffer);
}

static mb_callback_state handle_info(mb_process *p, void *data, mb_term message,
                                     mb_outcome *out) {
    mb_supervisor *s = data;
    if (!mb_is_tuple(message, 3) || !mb_is(mb_element(message, 0), "EXIT")) {
        report_unexpected(p, message);
        return mb_out_noreply(out);
    }
    mb_term pid = mb_element(message, 1);
    mb_child_record *child = pid.type == MB_PID ? mb_children_by_pid(&s->children, pid.id) : NULL;
    return child ? child_ended(p, s, child, mb_element(message, 2), out) : mb_out_noreply(out);
}

static mb_callback_state handle_cast(mb_process *p, void *data, mb_term request,
                                     mb_outcome *out) {
    mb_supervisor *s = data;
    if (!mb_is_tuple(request, 2) || !mb_is(mb_element(request, 0), "try_again_restart"))
        return mb_supervisor_function_clause(p, out, "handle_cast", request);
    mb_child_record *child = mb_children_by_id(&s->children, mb_element(request, 1));
    return child && child->restarting ? restart(p, s, child, 0, out) : mb_out_noreply(out);
}

static mb_callback_state terminate(mb_process *p, void *data, mb_term reason, mb_outcome *out) {
    mb_supervisor *s = data;
    (void)reason;
    s->job = JOB_TERMINATE;
    mb_supervisor_begin_stopping(s, NULL);
    return mb_supervisor_advance(p, s, out);
}

/* ---- the class ------------------------------------------------------------------------------*/

static bool state(mb_process *p, void *data, mb_term *out) {
    static const char *const strategies[] = {"one_for_one", "one_for_all", "rest_for_one"};
    const mb_supervisor *s = data;
    return mb_supervision_state(p->rt, &s->children, strategies[s->flags.strategy],
                                s->flags.intensity, s->flags.period, out);
}

static void destroy(mb_process *p, void *data) {
    mb_supervisor *s = data;
    mb_starter_finish(p, s->starter, s->starter_data);
    mb_children_finish(&s->children, p->rt);
    mb_restart_finish(&s->history, p->rt);
    mb_release(p->rt, s->failure);
    mb_release(p->rt, s->argument);
}

static mb_term module(mb_process *p, void *data) {
    (void)p;
    (void)data;
    return mb_atom("supervisor");
}

static const char *doing(mb_process *p, void *data) {
    const mb_supervisor *s = data;
    (void)p;
    return s->activity == STARTING ? "supervisor.start_children" : "supervisor.terminate_children";
}

static const mb_gen_server_class SUPERVISOR = {
    .data_size = sizeof(mb_supervisor),
    .init = init,
    .handle_call = mb_supervisor_handle_call,
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

mb_process *mb_supervisor_start(mb_runtime *rt, mb_process *starter,
                                const mb_child_starter *child_starter, mb_term argument,
                                const mb_gen_server_options *options) {
    void *starter_data;
    mb_process *p = mb_start_with_starter(rt, starter, &SUPERVISOR, child_starter, argument,
                                          options, &starter_data);
    if (!p)
        return NULL;
    mb_supervisor *s = mb_gen_server_data(p, &SUPERVISOR);
    s->starter = child_starter;
    s->starter_data = starter_data;
    return p;
}

/* The children of a supervisor of either kind; NULL when p is none. */
static const mb_children *children_of(mb_process *p) {
    const mb_supervisor *s = mb_gen_server_data(p, &SUPERVISOR);
    return s ? &s->children : mb_dynamic_children(p);
}

bool mb_is_supervisor(const mb_process *p) {
    /* Only looks; the process is not changed. */
    return children_of((mb_process *)(uintptr_t)p) != NULL;
}

void mb_supervisor_children(mb_process *p, void (*visit)(void *context, const mb_child *child),
                            void *context) {
    const mb_children *children = children_of(p);
    for (const mb_child_record *c = children ? children->first : NULL; c; c = c->next) {
        const mb_child child = {
            .id = children->anonymous ? mb_nil() : c->spec.id,
            .pid = c->restarting ? 0 : c->pid,
            .restarting = c->restarting,
            .is_supervisor = c->spec.is_supervisor,
            .restarts = c->restarts,
            .restart = mb_restart_type_term((mb_restart_type)c->spec.restart),
            .shutdown = mb_shutdown_term(c->spec.shutdown),
            .modules = c->spec.modules,
        };
        visit(context, &child);
    }
}
