#include "signals.h"

#include "deadline.h"
#include "distribution.h"
#include "mailbox.h"

static size_t bytes_of(const mb_message *message) {
    return sizeof *message + mb_block_size(message->term);
}

mb_message *mb_message_new(mb_runtime *rt, mb_term term, mb_pid from, uint8_t kind) {
    mb_message *message = mb_memory_get(&rt->memory, sizeof *message);
    if (!message) {
        mb_release(rt, term);
        return NULL;
    }
    *message = (mb_message){.term = term, .from = from, .event = rt->cause, .kind = kind};
    return message;
}

void mb_message_free(mb_runtime *rt, mb_message *message) {
    mb_drop(rt, message->term);
    mb_memory_put(&rt->memory, message, sizeof *message);
}

/* A process that waits for an answer has no use for messages: they may lie until it comes. */
static bool can_lie(const mb_process *to, const mb_message *signal) {
    return signal->kind <= MB_SYSTEM && mb_awaiting(to);
}

void mb_signal_deliver(mb_process *to, mb_message *signal) {
    mb_queue_push(&to->signals, signal);
    if (signal->kind <= MB_SYSTEM) {
        to->message_bytes += bytes_of(signal);
        if (mb_process_bytes(to) > to->rt->config.process_memory)
            mb_signal_overflow(to);
    }
    if (to->state == MB_STATE_WAITING && !can_lie(to, signal))
        mb_scheduler_add(to);
}

void mb_signal_overflow(mb_process *p) {
    p->overflown = true;
    if (p->state == MB_STATE_WAITING)
        mb_scheduler_add(p);
}

void mb_signal_discard(mb_process *receiver, mb_message *signal) {
    mb_runtime *rt = receiver->rt;
    switch (signal->kind) {
    case MB_SIGNAL_LINK_EXIT:
        mb_link_consume(rt, signal);
        break;
    case MB_SIGNAL_DOWN:
        mb_monitor_drop(rt, signal);
        break;
    default:
        mb_message_free(rt, signal);
    }
}

/* ---- Acting on signals */

static bool is_lethal(const mb_process *p, const mb_message *signal) {
    switch (signal->kind) {
    case MB_SIGNAL_EXIT:
        if (mb_is(signal->term, "kill"))
            return true;
        return !p->trap_exit && (signal->from == p->pid || !mb_is(signal->term, "normal"));
    case MB_SIGNAL_LINK_EXIT:
        return !p->trap_exit && mb_link_in_force(signal) && !mb_is(signal->term, "normal");
    default:
        return false;
    }
}

static void add_message(mb_process *p, mb_term term, mb_pid from, uint64_t event) {
    mb_message *message = mb_message_new(p->rt, term, from, MB_MESSAGE);
    if (!message) {
        p->overflown = true; /* a signal may not get lost: its receiver ends instead */
        return;
    }
    message->event = event;
    p->message_bytes += bytes_of(message);
    mb_mailbox_add(p, message);
}

static void trapped_exit(mb_process *p, mb_pid from, mb_term reason, uint64_t event) {
    mb_term tuple, parts[] = {mb_atom("EXIT"), mb_pid_term(from), reason};
    if (mb_tuple(p->rt, &tuple, 3, parts))
        add_message(p, tuple, from, event);
    else
        p->overflown = true;
}

static void act_on_exit(mb_process *p, mb_message *signal) {
    mb_event_record(p->rt, MB_EVENT_SIGNAL, p->pid, signal->from, signal->term);
    if (p->trap_exit)
        trapped_exit(p, signal->from, signal->term, p->rt->events.last);
    mb_message_free(p->rt, signal);
}

static void act_on_link_exit(mb_process *p, mb_message *signal) {
    mb_pid from = signal->from;
    mb_term reason = mb_retain(signal->term);
    if (mb_link_consume(p->rt, signal)) {
        mb_event_record(p->rt, MB_EVENT_SIGNAL, p->pid, from, reason);
        if (p->trap_exit)
            trapped_exit(p, from, reason, p->rt->events.last);
    }
    mb_release(p->rt, reason);
}

static void act_on_down(mb_process *p, mb_message *signal) {
    mb_pid from = signal->from;
    mb_term tuple;
    int result = mb_monitor_consume(p->rt, signal, &tuple);
    if (result > 0)
        add_message(p, tuple, from, p->rt->events.last);
    else if (result < 0)
        p->overflown = true;
}

static void act(mb_process *p, mb_message *signal) {
    p->rt->cause = signal->event;
    switch (signal->kind) {
    case MB_SIGNAL_EXIT:
        act_on_exit(p, signal);
        break;
    case MB_SIGNAL_LINK_EXIT:
        act_on_link_exit(p, signal);
        break;
    case MB_SIGNAL_DOWN:
        act_on_down(p, signal);
        break;
    default:
        mb_mailbox_add(p, signal);
    }
}

void mb_signals_fetch(mb_process *p) {
    uint64_t cause = p->rt->cause;
    while (p->signals.head && !is_lethal(p, p->signals.head))
        act(p, mb_queue_pop(&p->signals));
    p->rt->cause = cause;
}

bool mb_signals_pending(const mb_process *p) { return p->signals.head || p->overflown; }

static mb_term lethal_reason(const mb_message *signal) {
    if (signal->kind == MB_SIGNAL_EXIT && mb_is(signal->term, "kill"))
        return mb_atom("killed");
    return mb_retain(signal->term);
}

bool mb_signals_handle(mb_process *p) {
    mb_signals_fetch(p);
    if (p->overflown) {
        mb_log_format(p->rt, MB_ERROR, p->pid,
                      "Process #PID<%u.%llu.0> was ended: it held more memory than a process may",
                      mb_node_index(p->pid), (unsigned long long)(p->pid & MB_SERIAL_MASK));
        mb_process_end(p, mb_atom("out_of_memory"));
        return false;
    }
    mb_message *signal = p->signals.head;
    if (!signal)
        return true;
    mb_term reason = lethal_reason(signal);
    p->rt->cause = signal->event;
    p->cause = mb_event_record(p->rt, MB_EVENT_SIGNAL, p->pid, signal->from, signal->term);
    mb_process_end(p, reason); /* frees the signal with the rest of the queue */
    return false;
}

/* ---- Sending */

mb_event_type mb_event_of_message(mb_message_kind kind) {
    switch (kind) {
    case MB_CALL:
    case MB_SYSTEM:
        return MB_EVENT_CALL;
    case MB_CAST:
        return MB_EVENT_CAST;
    default:
        return MB_EVENT_SEND;
    }
}

bool mb_send_kind(mb_runtime *rt, mb_process *from, mb_pid to, mb_term term,
                  mb_message_kind kind, mb_ref ref) {
    mb_pid sender = from ? from->pid : 0;
    if (mb_is_far(sender, to))
        return mb_dist_send(from, to, term, kind, ref);
    mb_process *receiver = mb_lookup(rt, to);
    uint64_t event = mb_event_record(rt, mb_event_of_message(kind), sender, to, term);
    if (!receiver) {
        mb_release(rt, term);
        return true;
    }
    mb_message *message = mb_message_new(rt, term, sender, (uint8_t)kind);
    if (!message)
        return false;
    message->ref = ref;
    message->event = event;
    if (kind == MB_CALL && from && from->extras && from->extras->dictionary_used)
        mb_deadline_carry(from, message);
    mb_signal_deliver(receiver, message);
    rt->reductions_left--;
    return true;
}

bool mb_send(mb_runtime *rt, mb_process *from, mb_pid to, mb_term message) {
    return mb_send_kind(rt, from, to, message, MB_MESSAGE, 0);
}

bool mb_exit_signal(mb_runtime *rt, mb_process *from, mb_pid to, mb_term reason) {
    if (from && mb_is_far(from->pid, to))
        return mb_dist_exit(from, to, reason);
    mb_process *receiver = mb_lookup(rt, to);
    if (!receiver) {
        mb_release(rt, reason);
        return true;
    }
    mb_message *signal = mb_message_new(rt, reason, from ? from->pid : 0, MB_SIGNAL_EXIT);
    if (!signal)
        return false;
    mb_signal_deliver(receiver, signal);
    return true;
}
