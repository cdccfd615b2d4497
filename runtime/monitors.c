#include "monitors.h"

#include "answer.h"
#include "distribution.h"
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
    if (monitor->half == MB_HALF_OF_WATCHER) {
        mb_dist_demonitor(monitor->watcher, monitor);
        monitor->half = MB_NO_HALF;
    }
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

mb_monitor_node *mb_monitor_new(mb_process *p, mb_pid target_pid, mb_term name) {
    mb_runtime *rt = p->rt;
    mb_monitor_node *monitor =
        mb_extras_of(p) ? mb_memory_zeroed(&rt->memory, sizeof *monitor) : NULL;
    if (!monitor)
        return NULL;
    if (!mb_serials_add(&rt->references, (mb_serial_entry *)(void *)monitor)) {
        mb_memory_put(&rt->memory, monitor, sizeof *monitor);
        return NULL;
    }
    monitor->ref.kind = MB_REF_MONITOR;
    monitor->name = mb_retain(name);
    monitor->target_pid = target_pid;
    hold(p, monitor);
    mb_event_record(rt, MB_EVENT_MONITOR, p->pid, mb_dist_process(rt, target_pid),
                    mb_ref_term(monitor->ref.id));
    return monitor;
}

mb_ref mb_monitor_process(mb_process *p, mb_pid target_pid, mb_process *target, mb_term name) {
    mb_monitor_node *monitor = mb_monitor_new(p, target_pid, name);
    if (!monitor)
        return 0;
    if (target)
        mb_monitor_attach(monitor, target);
    else
        send_down(monitor, mb_atom("noproc"));
    return monitor->ref.id;
}

mb_ref mb_monitor(mb_process *p, mb_pid target, mb_term name) {
    if (target == p->pid)
        return mb_make_ref(p->rt); /* nobody learns of its own end */
    if (mb_is_far(p->pid, target))
        return mb_dist_monitor(p, target, name);
    return mb_monitor_process(p, target, mb_lookup_settled(p->rt, target), name);
}

static mb_monitor_node *find(const mb_process *p, mb_ref ref) {
    mb_monitor_node *monitor = mb_serials_find(&p->rt->references, ref);
    bool is_own = monitor && monitor->ref.kind == MB_REF_MONITOR && monitor->watcher == p;
    return is_own ? monitor : NULL;
}

static bool is_in_flight(const mb_monitor_node *monitor) {
    return !monitor->target && monitor->half == MB_NO_HALF;
}

/* The watcher lets go of it. One in flight is freed when the signal is dequeued. */
static void abandon(mb_monitor_node *monitor) {
    mb_runtime *rt = monitor->watcher->rt;
    bool in_flight = is_in_flight(monitor);
    mb_monitor_detach(monitor);
    let_go(monitor);
    if (in_flight)
        mb_serials_remove(&rt->references, monitor->ref.id);
    else
        free_monitor(rt, monitor);
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
    mb_event_record(p->rt, MB_EVENT_DEMONITOR, p->pid, mb_dist_process(p->rt, monitor->target_pid),
                    mb_ref_term(ref));
    abandon(monitor);
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
        if (monitor->half == MB_HALF_OF_TARGET) {
            mb_dist_down(p, monitor, reason);
            free_monitor(p->rt, monitor);
        } else if (monitor->wait)
            mb_wait_target_ended(monitor->wait, reason);
        else
            send_down(monitor, reason);
    }
}

void mb_monitors_discard(mb_process *p) {
    while (p->extras && p->extras->monitors) {
        abandon(p->extras->monitors);
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
        mb_event_record(rt, MB_EVENT_DOWN, monitor->watcher->pid, signal->from, signal->term);
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
        visit(context, m->watcher ? m->watcher->pid : m->signal.from);
}

/* ---- Halves */

void mb_monitor_down(mb_monitor_node *monitor, mb_pid from, mb_term reason) {
    monitor->half = MB_NO_HALF;
    monitor->target_pid = from;
    send_down(monitor, reason);
}

bool mb_monitor_from_afar(mb_process *p, mb_pid watcher, mb_ref ref) {
    mb_monitor_node *half = mb_memory_zeroed(&p->rt->memory, sizeof *half);
    if (!half)
        return false;
    half->half = MB_HALF_OF_TARGET;
    half->signal.from = watcher;
    half->signal.ref = ref;
    mb_monitor_attach(half, p);
    return true;
}

static void drop(mb_process *p, mb_monitor_node *half) {
    mb_monitor_detach(half);
    free_monitor(p->rt, half);
}

bool mb_demonitor_from_afar(mb_process *p, mb_ref ref) {
    for (mb_monitor_node *m = p->watchers; m; m = m->next)
        if (m->half == MB_HALF_OF_TARGET && m->signal.ref == ref) {
            drop(p, m);
            return true;
        }
    return false;
}

static bool is_pid(mb_pid id) { return (id & MB_KIND_MASK) == MB_KIND_PID; }

void mb_monitors_lose(mb_process *p, unsigned node) {
    mb_monitor_node *next;
    for (mb_monitor_node *m = p->extras ? p->extras->monitors : NULL; m; m = m->next_held)
        if (m->half && mb_node_index(m->target_pid) == node)
            mb_monitor_down(m, is_pid(m->target_pid) ? m->target_pid : 0, mb_atom("noconnection"));
    for (mb_monitor_node *m = p->watchers; m; m = next) {
        next = m->next;
        if (m->half == MB_HALF_OF_TARGET && mb_node_index(m->signal.from) == node)
            drop(p, m);
    }
}
