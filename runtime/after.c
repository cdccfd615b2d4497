#include "after.h"

static mb_after *around(mb_timer *timer) {
    return (mb_after *)(void *)((char *)timer - offsetof(mb_after, timer));
}

static void detach(mb_after *after) {
    if (!after->target)
        return;
    if (after->next)
        after->next->previous = after->previous;
    if (after->previous)
        after->previous->next = after->next;
    else
        after->target->extras->timers = after->next;
}

/* Frees it but for the message. */
static void dispose(mb_runtime *rt, mb_after *after) {
    mb_timer_stop(&rt->wheel, &after->timer);
    mb_serials_remove(&rt->references, after->ref.id);
    detach(after);
    mb_release(rt, after->name);
    mb_memory_put(&rt->memory, after, sizeof *after);
}

static void fire(mb_runtime *rt, mb_timer *timer) {
    mb_after *after = around(timer);
    mb_message *message = after->message;
    mb_process *to = after->target;
    if (!to)
        to = mb_lookup(rt, mb_whereis_on(after->node, after->name));
    rt->cause = message->event;
    message->event = mb_event_record(rt, MB_EVENT_EXPIRE, message->from, to ? to->pid : 0,
                                     message->term);
    dispose(rt, after);
    message->from = 0;
    if (to)
        mb_signal_deliver(to, message);
    else
        mb_message_free(rt, message);
}

static void attach(mb_after *after, mb_process *target) {
    after->target = target;
    after->next = target->extras->timers;
    if (after->next)
        after->next->previous = after;
    target->extras->timers = after;
}

/* message is taken, also on failure. */
static mb_after *after_new(mb_runtime *rt, mb_process *from, mb_term message) {
    mb_after *after = mb_memory_zeroed(&rt->memory, sizeof *after);
    if (!after) {
        mb_release(rt, message);
        return NULL;
    }
    after->ref.kind = MB_REF_TIMER;
    after->timer.fire = fire;
    after->message = mb_message_new(rt, message, from ? from->pid : 0, MB_MESSAGE);
    if (!after->message) {
        mb_memory_put(&rt->memory, after, sizeof *after);
        return NULL;
    }
    if (!mb_serials_add(&rt->references, (mb_serial_entry *)(void *)after)) {
        mb_message_free(rt, after->message);
        mb_memory_put(&rt->memory, after, sizeof *after);
        return NULL;
    }
    return after;
}

static mb_ref start(mb_runtime *rt, mb_after *after, mb_time delay, mb_pid to) {
    after->message->event = mb_event_record(rt, MB_EVENT_TIMER, after->message->from, to,
                                            after->message->term);
    mb_timer_start(&rt->wheel, &after->timer, mb_time_after(mb_now(rt), delay));
    return after->ref.id;
}

mb_ref mb_send_after(mb_runtime *rt, mb_process *from, mb_pid to, mb_term message,
                     mb_time delay) {
    mb_process *target = mb_lookup(rt, to);
    if (!target) { /* nobody will ever get it */
        mb_release(rt, message);
        return mb_make_ref(rt);
    }
    if (!mb_extras_of(target)) {
        mb_release(rt, message);
        return 0;
    }
    mb_after *after = after_new(rt, from, message);
    if (!after)
        return 0;
    attach(after, target);
    return start(rt, after, delay, to);
}

mb_ref mb_send_after_name(mb_runtime *rt, mb_process *from, mb_term name, mb_term message,
                          mb_time delay) {
    mb_after *after = after_new(rt, from, message);
    if (!after)
        return 0;
    after->name = mb_retain(name);
    after->node = from ? mb_node_of(from) : mb_here(rt);
    return start(rt, after, delay, 0);
}

static mb_after *find(mb_runtime *rt, mb_ref ref) {
    mb_after *after = mb_serials_find(&rt->references, ref);
    if (!after || after->ref.kind != MB_REF_TIMER)
        return NULL;
    mb_pid starter = after->message->from;
    return starter && mb_node_of_pid(rt, starter) != mb_here(rt) ? NULL : after;
}

/* In milliseconds, begun ones counted. The deadline has been rounded up to a tick; so is the time
 * that it is compared with, or a timer of 100 ms would have 101 left at first. */
static int64_t left(mb_runtime *rt, const mb_after *after) {
    mb_time now = (mb_now(rt) + MB_TICK - 1) / MB_TICK * MB_TICK;
    mb_time rest = mb_timer_deadline(&after->timer) - now;
    return rest <= 0 ? 0 : (rest + MB_MILLISECOND - 1) / MB_MILLISECOND;
}

int64_t mb_read_timer(mb_runtime *rt, mb_ref ref) {
    mb_after *after = find(rt, ref);
    return after ? left(rt, after) : -1;
}

int64_t mb_cancel_timer(mb_runtime *rt, mb_ref ref) {
    mb_after *after = find(rt, ref);
    if (!after)
        return -1;
    int64_t rest = left(rt, after);
    mb_message *message = after->message;
    mb_event_record(rt, MB_EVENT_CANCEL, rt->current ? rt->current->pid : 0,
                    after->target ? after->target->pid : 0, message->term);
    dispose(rt, after);
    mb_message_free(rt, message);
    return rest;
}

static void discard(mb_runtime *rt, mb_after *after) {
    mb_message *message = after->message;
    dispose(rt, after);
    mb_message_free(rt, message);
}

void mb_after_discard_all(mb_process *target) {
    while (target->extras && target->extras->timers)
        discard(target->rt, target->extras->timers);
}

void mb_after_discard_named(const mb_node *node) {
    mb_runtime *rt = node->rt;
    mb_ref last = 0;
    for (mb_reference *ref; (ref = mb_serials_after(&rt->references, last));) {
        mb_after *after = (mb_after *)(void *)ref;
        last = ref->id;
        if (ref->kind == MB_REF_TIMER && after->node == node)
            discard(rt, after);
    }
}

void mb_after_finish(mb_runtime *rt) {
    mb_ref last = 0;
    for (mb_after *after; (after = mb_serials_after(&rt->references, last));) {
        last = after->ref.id;
        discard(rt, after);
    }
}

size_t mb_timer_count(const mb_runtime *rt) { return rt->wheel.count; }
