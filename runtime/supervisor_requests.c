/* What a supervisor is asked (supervisor:handle_call/3). */
#include "children_shown.h"
#include "process.h"
#include "supervisor.h"

static mb_callback_state which_children(mb_process *p, const mb_supervisor *s, mb_outcome *out) {
    mb_term list;
    return mb_out_reply(out, mb_children_list(p->rt, &s->children, &list) ? list : MB_SYSTEM_LIMIT);
}

static mb_callback_state count_children(mb_process *p, const mb_supervisor *s, mb_outcome *out) {
    mb_term counts;
    bool counted = mb_children_counts(p->rt, &s->children, &counts);
    return mb_out_reply(out, counted ? counts : MB_SYSTEM_LIMIT);
}

static mb_callback_state start_child(mb_process *p, mb_supervisor *s, mb_term request,
                                     mb_outcome *out) {
    mb_child_spec spec;
    mb_term error;
    if (!mb_child_spec_read(p->rt, request, (mb_auto_shutdown)s->flags.auto_shutdown, &spec,
                            &error))
        return mb_out_error(p->rt, out, error);
    const mb_child_record *present = mb_children_by_id(&s->children, spec.id);
    if (present) {
        mb_child_spec_release(&spec, p->rt);
        mb_term pid = mb_pid_term(present->pid);
        return mb_out_error(p->rt, out, present->pid ? mb_tagged(p->rt, "already_started", pid)
                                                : mb_text_term(p->rt, "already_present"));
    }
    mb_child_record *child = mb_children_add(&s->children, p->rt, &spec);
    if (!child)
        return mb_out_error(p->rt, out, MB_SYSTEM_LIMIT);
    s->job = JOB_START_CHILD;
    mb_supervisor_begin_starting(s, child, false);
    return mb_supervisor_advance(p, s, out);
}

static mb_callback_state terminate_child(mb_process *p, mb_supervisor *s, mb_child_record *child,
                                         mb_outcome *out) {
    s->job = JOB_TERMINATE_CHILD;
    s->activity = STOPPING;
    mb_shutdown_begin(&s->stopping, child, child, true);
    return mb_supervisor_advance(p, s, out);
}

/* restart_child and delete_child are for children that do not run. */
static const char *why_not_idle(const mb_child_record *child) {
    return child->pid ? "running" : child->restarting ? "restarting" : NULL;
}

static mb_callback_state restart_child(mb_process *p, mb_supervisor *s, mb_child_record *child,
                                       mb_outcome *out) {
    s->job = JOB_RESTART_CHILD;
    mb_supervisor_begin_starting(s, child, false);
    return mb_supervisor_advance(p, s, out);
}

static mb_callback_state delete_child(mb_process *p, mb_supervisor *s, mb_child_record *child,
                                      mb_outcome *out) {
    mb_children_remove(&s->children, p->rt, child);
    return mb_out_reply(out, mb_atom("ok"));
}

static mb_callback_state get_childspec(mb_process *p, mb_supervisor *s, mb_child_record *child,
                                       mb_outcome *out) {
    (void)s;
    return mb_out_reply(out, mb_tagged(p->rt, "ok", mb_child_spec_term(p->rt, &child->spec)));
}

/* Requests about one child: { name, id }. */
static const struct {
    const char *name;
    bool idle; /* refused unless the child has no process */
    mb_callback_state (*handle)(mb_process *p, mb_supervisor *s, mb_child_record *child,
                                mb_outcome *out);
} CHILD_REQUESTS[] = {
    {"terminate_child", false, terminate_child},
    {"restart_child", true, restart_child},
    {"delete_child", true, delete_child},
    {"get_childspec", false, get_childspec},
};

static mb_callback_state handle_child_request(mb_process *p, mb_supervisor *s, size_t which,
                                              mb_term id, mb_outcome *out) {
    mb_child_record *child = mb_children_by_id(&s->children, id);
    if (!child)
        return mb_out_error(p->rt, out, mb_atom("not_found"));
    const char *busy = CHILD_REQUESTS[which].idle ? why_not_idle(child) : NULL;
    if (busy)
        return mb_out_error(p->rt, out, mb_atom(busy));
    return CHILD_REQUESTS[which].handle(p, s, child, out);
}

mb_callback_state mb_supervisor_function_clause(mb_process *p, mb_outcome *out,
                                                const char *function, mb_term argument) {
    const mb_term where[] = {mb_atom("supervisor"), mb_atom(function), mb_retain(argument)};
    return mb_out_crash(out, mb_tagged(p->rt, "function_clause", mb_tuple_taking(p->rt, 3, where)));
}

mb_callback_state mb_supervisor_handle_call(mb_process *p, void *data, mb_term request,
                                            mb_from from, mb_outcome *out) {
    mb_supervisor *s = data;
    mb_term name = mb_element(request, 0), detail = mb_element(request, 1);
    (void)from;
    if (mb_is(request, "which_children"))
        return which_children(p, s, out);
    if (mb_is(request, "count_children"))
        return count_children(p, s, out);
    if (mb_is_tuple(request, 2) && mb_is(name, "start_child"))
        return start_child(p, s, detail, out);
    for (size_t i = 0; i < sizeof CHILD_REQUESTS / sizeof *CHILD_REQUESTS; i++)
        if (mb_is_tuple(request, 2) && mb_is(name, CHILD_REQUESTS[i].name))
            return handle_child_request(p, s, i, detail, out);
    return mb_supervisor_function_clause(p, out, "handle_call", request);
}
