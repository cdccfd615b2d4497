#include "children_shown.h"

/* The children of a dynamic supervisor have no ids: "Child :undefined of Supervisor …". */
static mb_term shown_id(const mb_children *children, const mb_child_record *child) {
    return children->anonymous ? mb_atom("undefined") : child->spec.id;
}

void mb_child_report(mb_process *p, const mb_children *children, mb_supervisor_event event,
                     mb_term reason, const mb_child_record *child, mb_pid pid) {
    if (!mb_sasl_reports(mb_runtime_of(p)))
        return;
    const mb_offender offender = {
        .id = shown_id(children, child),
        .pid = pid,
        .start = child->spec.start,
        .restart = mb_restart_type_term((mb_restart_type)child->spec.restart),
        .shutdown = mb_shutdown_term(child->spec.shutdown),
        .is_supervisor = child->spec.is_supervisor,
        .significant = child->spec.significant,
    };
    mb_report_supervisor(p, event, reason, &offender);
}

static mb_term child_state(const mb_child_record *child) {
    if (child->restarting)
        return mb_atom("restarting");
    return child->pid ? mb_pid_term(child->pid) : mb_atom("undefined");
}

bool mb_children_list(mb_runtime *rt, const mb_children *children, mb_term *out) {
    bool forwards = children->anonymous;
    mb_builder *b = mb_build(rt);
    size_t at = mb_build_table(b, MB_BUILD_ROOT, mb_nil(), children->count, 0);
    for (const mb_child_record *c = forwards ? children->first : children->last; c;
         c = forwards ? c->next : c->previous, at += sizeof(mb_term)) {
        const mb_term parts[] = {shown_id(children, c), child_state(c),
                                 mb_atom(c->spec.is_supervisor ? "supervisor" : "worker"),
                                 c->spec.modules};
        size_t cell = mb_build_table(b, at, mb_nil(), 4, 0);
        for (size_t i = 0; i < 4; i++)
            mb_build_term(b, cell + i * sizeof(mb_term), parts[i]);
    }
    return mb_build_finish(b, out);
}

/* Supervisor looks whether its children live, DynamicSupervisor takes it for granted. */
static bool is_active(mb_runtime *rt, const mb_children *children, const mb_child_record *child) {
    if (children->anonymous)
        return !child->restarting;
    return child->pid && mb_lookup_settled(rt, child->pid);
}

bool mb_children_counts(mb_runtime *rt, const mb_children *children, mb_term *out) {
    int64_t active = 0, supervisors = 0, specs = (int64_t)children->count;
    for (const mb_child_record *c = children->first; c; c = c->next) {
        active += is_active(rt, children, c);
        supervisors += c->spec.is_supervisor;
    }
    const mb_term pairs[] = {mb_atom("specs"), mb_integer(specs),
                             mb_atom("active"), mb_integer(active),
                             mb_atom("supervisors"), mb_integer(supervisors),
                             mb_atom("workers"), mb_integer(specs - supervisors)};
    return mb_map(rt, out, 4, pairs);
}

bool mb_supervision_state(mb_runtime *rt, const mb_children *children, const char *strategy,
                          int64_t intensity, int64_t period, mb_term *out) {
    mb_term list;
    if (!mb_children_list(rt, children, &list))
        return false;
    const mb_term pairs[] = {mb_atom("strategy"), mb_atom(strategy),
                             mb_atom("intensity"), mb_integer(intensity),
                             mb_atom("period"), mb_integer(period),
                             mb_atom("children"), list};
    bool made = mb_map(rt, out, 4, pairs);
    mb_release(rt, list);
    return made;
}
