#include "shutdown.h"

#include "report.h"
#include "timers.h"

static bool is_down(const mb_message *message, mb_ref monitor) {
    mb_term ref = mb_element(message->term, 1);
    return message->kind == MB_MESSAGE && mb_is_tuple(message->term, 5) &&
           mb_is(mb_element(message->term, 0), "DOWN") && ref.type == MB_REFERENCE &&
           ref.id == monitor;
}

static bool is_exit(const mb_message *message, mb_pid pid) {
    mb_term from = mb_element(message->term, 1);
    return message->kind == MB_MESSAGE && mb_is_tuple(message->term, 3) &&
           mb_is(mb_element(message->term, 0), "EXIT") && from.type == MB_PID && from.id == pid;
}

/* Takes element i of the message, owned, and frees the message. */
static mb_term take(mb_process *p, mb_message *message, size_t i) {
    mb_term term = mb_retain(mb_element(message->term, i));
    mb_mailbox_take(p, message);
    mb_message_free(mb_runtime_of(p), message);
    return term;
}

/* The reason in the DOWN, once it has come; owned. */
static bool take_down(mb_process *p, mb_ref monitor, mb_term *reason) {
    for (mb_message *m = mb_mailbox_saved(p); m; m = m->next) {
        if (is_down(m, monitor)) {
            *reason = take(p, m, 4);
            return true;
        }
    }
    mb_mailbox_save(p);
    return false;
}

/* The link tells better than the monitor how a child ended which was dead before we asked: DOWN
 * has only "noproc" then (supervisor:unlink_flush/2). Looking first is right as well: when the EXIT
 * is not in the mailbox by now, the link is still in force or the child had unlinked itself. */
static mb_term unlink_flush(mb_process *p, mb_pid pid, mb_term down_reason) {
    for (mb_message *m = mb_mailbox_first(p); m; m = m->next) {
        if (is_exit(m, pid)) {
            mb_release(mb_runtime_of(p), down_reason);
            return take(p, m, 2);
        }
    }
    mb_unlink(p, pid);
    return down_reason;
}

/* The two ways of ending a child; DOWN must be the only sign of its end that is trusted, as a child
 * may have unlinked itself. */
static bool tell(mb_process *p, mb_shutdown *shutdown) {
    const mb_child_record *child = shutdown->current;
    mb_runtime *rt = mb_runtime_of(p);
    bool brutal = child->spec.shutdown == MB_SHUTDOWN_BRUTAL_KILL;
    shutdown->monitor = mb_monitor(p, child->pid, mb_nil());
    if (!shutdown->monitor ||
        !mb_exit_signal(rt, p, child->pid, mb_atom(brutal ? "kill" : "shutdown")))
        return false;
    if (child->spec.shutdown < 0)
        return true;
    return mb_set_deadline(p, mb_time_after(mb_now(rt), child->spec.shutdown * MB_MILLISECOND));
}

static bool is_expected(const mb_child_record *child, mb_term reason) {
    bool brutal = child->spec.shutdown == MB_SHUTDOWN_BRUTAL_KILL;
    if (mb_is(reason, brutal ? "killed" : "shutdown"))
        return true;
    return child->spec.restart != MB_PERMANENT && mb_is_quiet_exit(reason);
}

static void report(mb_process *p, const mb_child_record *child, mb_term reason) {
    const mb_offender offender = {
        .id = child->spec.id,
        .pid = child->pid,
        .start = child->spec.start,
        .restart = mb_restart_type_term((mb_restart_type)child->spec.restart),
        .shutdown = mb_shutdown_term(child->spec.shutdown),
        .is_supervisor = child->spec.is_supervisor,
        .significant = child->spec.significant,
    };
    mb_report_supervisor(p, MB_SHUTDOWN_ERROR, reason, &offender);
}

static void ended(mb_process *p, mb_shutdown *shutdown, mb_term down_reason) {
    const mb_child_record *child = shutdown->current;
    mb_set_deadline(p, MB_INFINITY);
    shutdown->monitor = 0;
    mb_term reason = unlink_flush(p, child->pid, down_reason);
    if (!is_expected(child, reason))
        report(p, child, reason);
    mb_release(mb_runtime_of(p), reason);
}

static void step(mb_process *p, mb_children *children, mb_shutdown *shutdown) {
    mb_child_record *child = shutdown->current;
    shutdown->current = child == shutdown->until ? NULL : child->previous;
    mb_children_set_pid(children, child, 0);
    child->restarting = false;
    if (shutdown->forget_temporary && child->spec.restart == MB_TEMPORARY)
        mb_children_remove(children, mb_runtime_of(p), child);
}

mb_shutdown_state mb_shutdown_run(mb_process *p, mb_children *children, mb_shutdown *shutdown) {
    for (; shutdown->current; step(p, children, shutdown)) {
        mb_term reason;
        if (!shutdown->current->pid)
            continue;
        if (!shutdown->monitor && !tell(p, shutdown))
            return MB_SHUTDOWN_NO_MEMORY;
        if (!take_down(p, shutdown->monitor, &reason)) {
            if (!mb_deadline_expired(p))
                return MB_SHUTDOWN_WAITING;
            mb_set_deadline(p, MB_INFINITY);
            return mb_exit_signal(mb_runtime_of(p), p, shutdown->current->pid, mb_atom("kill"))
                       ? MB_SHUTDOWN_WAITING
                       : MB_SHUTDOWN_NO_MEMORY;
        }
        ended(p, shutdown, reason);
    }
    return MB_SHUTDOWN_DONE;
}
