#include "monitors.h"

#include "answer.h"
#include "mailbox.h"

void mb_monitor_attach(mb_monitor_node *monitor, mb_process *target) {
    monitor->target = target;
    monitor->target_pid = target->pid;
    monitor->previous = NULL;
    monitor->next = target->watchers;
    if (target->watchers)
        target->watchers->previous = monitor;
    target->watchers = monitor;
}

void mb_monitor_detach(mb_monitor_node *monitor) {
    mb_process *target = monitor->target;
    if (!target)
        return;
    if (monitor->next)
        monitor->next->previous = monitor->previous;
    if (monitor->previous)
        monitor->previous->next = monitor->next;
    else
        target->watchers = monitor->next;
    monitor->target = NULL;
}

static void hold(mb_process *watcher, mb_monitor_node *monitor) {
    mb_extras *extras = watcher->extras;
    monitor->watcher = watcher;
    monitor->next_held = extras->monitors;
    if (extras->monitors)
        extras->monitors->previous_held = monitor;
    extras->monitors = monitor;
}

static void let_go(mb_monitor_node *monitor) {
    if (!monitor->watcher)
        return;
    if (monitor->next_held)
        monitor->next_held->previous_held = monitor->previous_held;
    if (monitor->previous_held)
        monitor->previous_held->next_held = monitor->next_held;
    else
        monitor->watcher->extras->monitors = monitor->next_held;
    monitor->watcher = NULL;
}

static void free_monitor(mb_runtime *rt, mb_monitor_node *monitor) {
    if (mb_serials_find(&rt->references, monitor->ref.id))
        mb_serials_remove(&rt->references, monitor->ref.id);
    mb_release(rt, monitor->name);
    mb_release(rt, monitor->signal.term);
    mb_memory_put(&rt->memory, monitor, sizeof *monitor);
}

static void send_down(mb_monitor_node *monitor, mb_term reason) {
    monitor->signal.kind = MB_SIGNAL_DOWN;
    monitor->signal.from = monitor->target_pid;
    monitor->signal.ref = monitor->ref.id;
    monitor->signal.event = monitor->watcher->rt->cause;
    monitor->signal.term = mb_retain(reason);
    mb_signal_deliver(monitor->watcher, &monitor->signal);
}

mb_ref mb_monitor_process(mb_process *p, mb_pid target_pid, mb_process *target, mb_term name) {
    mb_runtime *rt = p->rt;
    mb_monitor_node *monitor =
        mb_extras_of(p) ? mb_memory_zeroed(&rt->memory, sizeof *monitor) : NULL;
    if (!monitor)
        return 0;
    if (!mb_serials_add(&rt->references, (mb_serial_entry *)(void *)monitor)) {
        mb_memory_put(&rt->memory, monitor, sizeof *monitor);
        return 0;
    }
    monitor->ref.kind = MB_REF_MONITOR;
    monitor->name = mb_retain(name);
    monitor->target_pid = target_pid;
    hold(p, monitor);
    mb_event_record(rt, MB_EVENT_MONITOR, p->pid, target_pid, mb_ref_term(monitor->ref.id));
    if (target)
        mb_monitor_attach(monitor, target);
    else
        send_down(monitor, mb_atom("noproc"));
    return monitor->ref.id;
}

mb_ref mb_monitor(mb_process *p, mb_pid target, mb_term name) {
    if (target == p->pid)
        return mb_make_ref(p->rt); /* nobody learns of its own end */
    return mb_monitor_process(p, target, mb_lookup_settled(p->rt, target), name);
}

static mb_monitor_node *find(const mb_process *p, mb_ref ref) {
    mb_monitor_node *monitor = mb_serials_find(&p->rt->references, ref);
    bool is_own = monitor && monitor->ref.kind == MB_REF_MONITOR && monitor->watcher == p;
    return is_own ? monitor : NULL;
}

static bool is_down_of(const mb_message *message, mb_ref ref) {
    return mb_is_tuple(message->term, 5) && mb_is(mb_element(message->term, 0), "DOWN") &&
           mb_element(message->term, 1).type == MB_REFERENCE &&
           mb_element(message->term, 1).id == ref;
}

static void flush_down(mb_process *p, mb_ref ref) {
    for (mb_message *m = p->mailbox.head; m; m = m->next)
        if (is_down_of(m, ref)) {
            mb_mailbox_remove(p, m);
            mb_message_free(p->rt, m);
            return;
        }
}

bool mb_is_monitoring(mb_process *p, mb_ref ref) { return find(p, ref) != NULL; }

bool mb_demonitor(mb_process *p, mb_ref ref, bool flush) {
    mb_monitor_node *monitor = find(p, ref);
    if (!monitor) {
        if (flush)
            flush_down(p, ref);
        return false;
    }
    mb_event_record(p->rt, MB_EVENT_DEMONITOR, p->pid, monitor->target_pid, mb_ref_term(ref));
    let_go(monitor);
    mb_serials_remove(&p->rt->references, ref);
    bool in_flight = monitor->target == NULL;
    mb_monitor_detach(monitor);
    if (!in_flight)
        free_monitor(p->rt, monitor); /* otherwise freed when the signal is dequeued */
    return true;
}

/* The list has the newest in front. */
static mb_monitor_node *oldest_watcher(const mb_process *p) {
    mb_monitor_node *monitor = p->watchers;
    while (monitor && monitor->next)
        monitor = monitor->next;
    return monitor;
}

void mb_watchers_tell(mb_process *p, mb_term reason) {
    for (mb_monitor_node *monitor = oldest_watcher(p), *newer; monitor; monitor = newer) {
        newer = monitor->previous;
        mb_monitor_detach(monitor);
        if (monitor->wait)
            mb_wait_target_ended(monitor->wait, reason);
        else
            send_down(monitor, reason);
    }
}

void mb_monitors_discard(mb_process *p) {
    while (p->extras && p->extras->monitors) {
        mb_monitor_node *monitor = p->extras->monitors;
        bool in_flight = monitor->target == NULL;
        let_go(monitor);
        mb_monitor_detach(monitor);
        if (!in_flight)
            free_monitor(p->rt, monitor);
    }
}

void mb_watchers_discard(mb_process *p) {
    while (p->watchers) {
        mb_monitor_node *monitor = p->watchers;
        mb_monitor_detach(monitor);
        if (monitor->wait)
            continue;
        let_go(monitor);
        free_monitor(p->rt, monitor);
    }
}

static mb_monitor_node *around(mb_message *signal) {
    return (mb_monitor_node *)(void *)((char *)signal - offsetof(mb_monitor_node, signal));
}

void mb_monitor_drop(mb_runtime *rt, mb_message *signal) {
    let_go(around(signal));
    free_monitor(rt, around(signal));
}

int mb_monitor_consume(mb_runtime *rt, mb_message *signal, mb_term *tuple) {
    mb_monitor_node *monitor = around(signal);
    int result = 0;
    if (monitor->watcher) {
        mb_term shown = monitor->name.type == MB_NIL ? mb_pid_term(monitor->target_pid)
                                                     : monitor->name;
        mb_term parts[] = {mb_atom("DOWN"), mb_ref_term(monitor->ref.id), mb_atom("process"), shown,
                           signal->term};
        result = mb_tuple(rt, tuple, 5, parts) ? 1 : -1;
        mb_event_record(rt, MB_EVENT_DOWN, monitor->watcher->pid, monitor->target_pid,
                        signal->term);
        let_go(monitor);
    }
    free_monitor(rt, monitor);
    return result;
}

void mb_monitors(mb_process *p, mb_visit_pid visit, void *context) {
    for (mb_monitor_node *m = p->extras ? p->extras->monitors : NULL; m; m = m->next_held)
        visit(context, m->target_pid);
}

void mb_monitored_by(mb_process *p, mb_visit_pid visit, void *context) {
    for (mb_monitor_node *m = p->watchers; m; m = m->next)
        visit(context, m->watcher->pid);
}
