#include "process.h"

#include "after.h"
#include "answer.h"
#include "links.h"
#include "mailbox.h"
#include "monitors.h"

static size_t size_of(const mb_class *class) { return sizeof(mb_process) + class->data_size; }

mb_extras *mb_extras_of(mb_process *p) {
    if (!p->extras)
        p->extras = mb_memory_zeroed(&p->rt->memory, sizeof *p->extras);
    return p->extras;
}

/* ---- Birth */

static bool tie_to_parent(mb_process *p, const mb_spawn_options *options, mb_ref *ref) {
    mb_process *parent = mb_lookup(p->rt, options->parent);
    if (!parent)
        return true;
    if (options->link && mb_link_processes(parent, p) != MB_LINK_OK)
        return false;
    if (!options->monitor)
        return true;
    mb_ref monitor = mb_monitor_process(parent, p->pid, p, mb_nil());
    if (ref)
        *ref = monitor;
    return monitor != 0;
}

static unsigned node_for(const mb_spawn_options *options) {
    return options->node ? options->node->index : mb_node_index(options->parent);
}

static mb_process *process_new(mb_runtime *rt, const mb_class *class, unsigned node) {
    if (rt->processes.count >= rt->config.max_processes)
        return NULL;
    mb_process *p = mb_memory_zeroed(&rt->memory, size_of(class));
    if (!p)
        return NULL;
    p->rt = rt;
    p->class = class;
    if (!mb_serials_add_on(&rt->processes, (mb_serial_entry *)(void *)p, node)) {
        mb_memory_put(&rt->memory, p, size_of(class));
        return NULL;
    }
    return p;
}

mb_process *mb_spawn(mb_runtime *rt, const mb_class *class, const mb_spawn_options *options,
                     mb_ref *ref) {
    static const mb_spawn_options none = {0};
    options = options ? options : &none;
    mb_process *p = process_new(rt, class, node_for(options));
    if (!p) {
        mb_release(rt, options->initial_call);
        return NULL;
    }
    p->initial_call = options->initial_call;
    p->parent = options->parent;
    p->cause = mb_event_record(rt, MB_EVENT_SPAWN, options->parent, p->pid, p->initial_call);
    if (!tie_to_parent(p, options, ref)) {
        mb_process_discard(p);
        return NULL;
    }
    p->woken = true;
    mb_scheduler_add(p);
    rt->reductions_left--;
    return p;
}

/* ---- Death */

static void discard_messages(mb_process *p) {
    mb_message *message;
    while ((message = mb_queue_pop(&p->signals)))
        mb_signal_discard(p, message);
    while ((message = mb_queue_pop(&p->mailbox)))
        mb_message_free(p->rt, message);
}

/* Frees all that p holds. A queue of the scheduler may still point to it; then it stays as dead. */
static void dismantle(mb_process *p) {
    mb_runtime *rt = p->rt;
    mb_after_discard_all(p);
    mb_wait_discard(p);
    mb_monitors_discard(p);
    discard_messages(p);
    if (p->class->destroy)
        p->class->destroy(p, p->data);
    mb_dictionary_finish(p);
    mb_ets_discard_all(p);
    if (p->extras)
        mb_release(rt, p->extras->title);
    mb_memory_put(&rt->memory, p->extras, sizeof *p->extras);
    p->extras = NULL;
    mb_release(rt, p->initial_call);
    mb_serials_remove(&rt->processes, p->pid);
    bool queued = p->state == MB_STATE_READY;
    p->state = MB_STATE_DEAD;
    if (!queued)
        mb_process_free(p);
}

/* Links are told before monitors, as on the BEAM. */
void mb_process_end(mb_process *p, mb_term reason) {
    mb_runtime *rt = p->rt;
    uint64_t cause = rt->cause;
    rt->cause = p->cause;
    rt->cause = mb_event_record(rt, MB_EVENT_EXIT, p->pid, 0, reason);
    mb_ets_bequeath(p);
    mb_names_forget(p);
    mb_links_break(p, reason);
    mb_watchers_tell(p, reason);
    dismantle(p);
    mb_release(rt, reason);
    rt->cause = cause;
}

void mb_process_discard(mb_process *p) {
    mb_names_forget(p);
    mb_links_discard(p);
    mb_watchers_discard(p);
    dismantle(p);
}

void mb_process_free(mb_process *p) {
    mb_memory_put(&p->rt->memory, p, size_of(p->class));
}

/* ---- Looking */

mb_pid mb_self(const mb_process *p) { return p->pid; }
mb_runtime *mb_runtime_of(const mb_process *p) { return p->rt; }
void *mb_data(mb_process *p) { return p->data; }
const mb_class *mb_class_of(const mb_process *p) { return p->class; }
bool mb_trap_exit(const mb_process *p) { return p->trap_exit; }
size_t mb_process_count(const mb_runtime *rt) { return rt->processes.count; }
mb_process *mb_current(const mb_runtime *rt) { return rt->current; }

bool mb_set_trap_exit(mb_process *p, bool on) {
    bool was = p->trap_exit;
    p->trap_exit = on;
    return was;
}

mb_process *mb_lookup(mb_runtime *rt, mb_pid pid) {
    return mb_serials_find(&rt->processes, pid);
}

mb_process *mb_lookup_settled(mb_runtime *rt, mb_pid pid) {
    mb_process *p = mb_lookup(rt, pid);
    if (!p || p->state == MB_STATE_RUNNING || !mb_signals_pending(p))
        return p;
    uint64_t cause = rt->cause;
    bool alive = mb_signals_handle(p);
    rt->cause = cause;
    return alive ? p : NULL;
}

mb_process *mb_next_process(mb_runtime *rt, mb_pid pid) {
    return mb_serials_after(&rt->processes, pid);
}

void mb_wake(mb_process *p) {
    p->woken = true;
    if (p->state == MB_STATE_WAITING)
        mb_scheduler_add(p);
}

void mb_set_host_memory(mb_process *p, size_t bytes) {
    if (p->extras || (bytes && mb_extras_of(p)))
        p->extras->host_memory = bytes;
}

static mb_process_status status_of(const mb_process *p) {
    if (p->rt->current == p)
        return MB_RUNNING;
    return p->state == MB_STATE_READY ? MB_RUNNABLE : MB_WAITING;
}

void mb_info(mb_process *p, mb_process_info *out) {
    *out = (mb_process_info){
        .parent = p->parent,
        .initial_call = p->initial_call,
        .status = status_of(p),
        .reductions = p->reductions,
        .memory = size_of(p->class) + p->message_bytes +
                  (p->extras ? sizeof *p->extras + p->extras->host_memory + p->extras->table_bytes
                             : 0),
        .doing = p->class->doing ? p->class->doing(p, p->data) : NULL,
    };
}

void mb_set_initial_call(mb_process *p, mb_term initial_call) {
    mb_release(p->rt, p->initial_call);
    p->initial_call = initial_call;
}
