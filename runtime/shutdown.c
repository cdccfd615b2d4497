#include "shutdown.h"

#include "children_shown.h"
#include "mailbox.h"
#include "timers.h"

void mb_shutdown_begin(mb_shutdown *shutdown, mb_child_record *current, mb_child_record *until,
                       bool forget_temporary) {
    *shutdown = (mb_shutdown){.current = current, .until = until,
                              .forget_temporary = forget_temporary, .begun = false};
    for (mb_child_record *c = current; c; c = c == until ? NULL : c->previous)
        c->stopping = true;
}

/* The child that is to be stopped and that has sent this EXIT, its first. */
static mb_child_record *ended_child(const mb_children *children, const mb_message *message) {
    mb_term pid = mb_element(message->term, 1);
    if (message->kind != MB_MESSAGE || !mb_is_tuple(message->term, 3) ||
        !mb_is(mb_element(message->term, 0), "EXIT") || pid.type != MB_PID)
        return NULL;
    mb_child_record *child = mb_children_by_pid(children, pid.id);
    return child && child->stopping && child->end.type == MB_NIL ? child : NULL;
}

static bool is_down(const mb_message *message, mb_ref monitor) {
    mb_term ref = mb_element(message->term, 1);
    return message->kind == MB_MESSAGE && mb_is_tuple(message->term, 5) &&
           mb_is(mb_element(message->term, 0), "DOWN") && ref.type == MB_REFERENCE &&
           ref.id == monitor;
}

/* Takes element i of the message, owned, and frees the message. */
static mb_term take(mb_process *p, mb_message *message, size_t i) {
    mb_term term = mb_retain(mb_element(message->term, i));
    mb_mailbox_pick(p, message);
    mb_message_free(p->rt, message);
    return term;
}

/* The reason in the DOWN of the current child, once it has come; owned. EXITs on the way there are
 * kept for when their children's turn comes, so that no message is looked at twice, however many
 * children have died together. */
static bool take_down(mb_process *p, const mb_children *children, mb_ref monitor,
                      mb_term *reason) {
    for (mb_message *m; (m = mb_mailbox_saved(p));) {
        mb_child_record *ended = ended_child(children, m);
        if (is_down(m, monitor)) {
            *reason = take(p, m, 4);
            return true;
        }
        if (ended)
            ended->end = take(p, m, 2);
        else
            mb_mailbox_refuse(p, m);
    }
    return false;
}

/* The link tells better than the monitor how a child ended which was dead before we asked: DOWN
 * has only "noproc" then (supervisor:unlink_flush/2). The EXIT comes before the DOWN; without one,
 * the link is still in force or the child had unlinked itself. */
static mb_term unlink_flush(mb_process *p, mb_child_record *child, mb_term down_reason) {
    if (child->end.type == MB_NIL) {
        mb_unlink(p, child->pid);
        return down_reason;
    }
    mb_term reason = child->end;
    child->end = mb_nil();
    mb_release(p->rt, down_reason);
    return reason;
}

/* The two ways of ending a child; DOWN must be the only sign of its end that is trusted, as a child
 * may have unlinked itself. */
static bool tell(mb_process *p, mb_shutdown *shutdown) {
    const mb_child_record *child = shutdown->current;
    mb_runtime *rt = p->rt;
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

static void ended(mb_process *p, const mb_children *children, mb_shutdown *shutdown, mb_term down_reason) {
    mb_child_record *child = shutdown->current;
    mb_set_deadline(p, MB_INFINITY);
    shutdown->monitor = 0;
    mb_term reason = unlink_flush(p, child, down_reason);
    if (!is_expected(child, reason))
        mb_child_report(p, children, MB_SHUTDOWN_ERROR, reason, child, child->pid);
    mb_release(p->rt, reason);
}

static void step(mb_process *p, mb_children *children, mb_shutdown *shutdown) {
    mb_child_record *child = shutdown->current;
    shutdown->current = child == shutdown->until ? NULL : child->previous;
    mb_children_set_pid(children, child, 0);
    child->restarting = false;
    child->stopping = false;
    if (shutdown->forget_temporary && child->spec.restart == MB_TEMPORARY)
        mb_children_remove(children, p->rt, child);
}

mb_shutdown_state mb_shutdown_run(mb_process *p, mb_children *children, mb_shutdown *shutdown) {
    if (!shutdown->begun)
        p->saved = NULL;
    shutdown->begun = true;
    for (; shutdown->current; step(p, children, shutdown)) {
        mb_term reason;
        if (!shutdown->current->pid)
            continue;
        if (!shutdown->monitor && !tell(p, shutdown))
            return MB_SHUTDOWN_NO_MEMORY;
        if (!take_down(p, children, shutdown->monitor, &reason)) {
            if (!mb_deadline_expired(p))
                return MB_SHUTDOWN_WAITING;
            mb_set_deadline(p, MB_INFINITY);
            return mb_exit_signal(p->rt, p, shutdown->current->pid, mb_atom("kill"))
                       ? MB_SHUTDOWN_WAITING
                       : MB_SHUTDOWN_NO_MEMORY;
        }
        ended(p, children, shutdown, reason);
    }
    p->saved = NULL; /* this receive is over */
    return MB_SHUTDOWN_DONE;
}
