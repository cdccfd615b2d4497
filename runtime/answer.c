#include "answer.h"

#include "distribution.h"

static void fire(mb_runtime *rt, mb_timer *timer);

/* The monitor's signal stays as it is found: a wait's monitor tells the wait and sends none. */
static mb_wait *wait_of(mb_process *p) {
    if (p->wait)
        return p->wait;
    mb_wait *wait = mb_memory_get(&p->rt->memory, sizeof *wait);
    if (!wait)
        return NULL;
    wait->ref.id = 0;
    wait->process = p;
    wait->timer.next = wait->timer.previous = NULL;
    wait->timer.fire = fire;
    wait->monitor.ref.id = 0;
    wait->monitor.wait = wait;
    wait->monitor.watcher = p;
    wait->monitor.target = NULL;
    wait->monitor.name = mb_nil();
    wait->monitor.half = MB_NO_HALF;
    wait->value = mb_nil();
    wait->awaiting = wait->for_init = wait->expired = false;
    return p->wait = wait;
}

static void free_wait(mb_process *p) {
    mb_memory_put(&p->rt->memory, p->wait, sizeof *p->wait);
    p->wait = NULL;
}

/* ---- Deadlines */

bool mb_set_deadline(mb_process *p, mb_time time) {
    mb_wait *wait = time == MB_INFINITY ? p->wait : wait_of(p);
    if (!wait)
        return time == MB_INFINITY;
    assert(!wait->awaiting && "mb_set_deadline: an answer is awaited");
    mb_timer_stop(&p->rt->wheel, &wait->timer);
    wait->expired = false;
    if (time == MB_INFINITY)
        free_wait(p);
    else
        mb_timer_start(&p->rt->wheel, &wait->timer, time);
    return true;
}

bool mb_deadline_expired(const mb_process *p) { return p->wait && p->wait->expired; }

/* ---- Answers */

void mb_wait_conclude(mb_wait *wait, mb_answer_state state, mb_term value) {
    mb_runtime *rt = wait->process->rt;
    wait->state = (uint8_t)state;
    wait->value = value;
    mb_timer_stop(&rt->wheel, &wait->timer);
    mb_monitor_detach(&wait->monitor);
    if (wait->ref.id) {
        mb_serials_remove(&rt->references, wait->ref.id);
        wait->ref.id = 0;
    }
}

void mb_wait_settle(mb_wait *wait, mb_answer_state state, mb_term value) {
    mb_wait_conclude(wait, state, value);
    mb_wake(wait->process);
}

/* proc_lib:kill_flush. */
static void kill_child(mb_process *p, mb_pid child) {
    mb_unlink(p, child);
    if (!mb_exit_signal(p->rt, p, child, mb_atom("kill")))
        mb_signal_overflow(mb_lookup(p->rt, child)); /* ends it without memory */
}

static void fire(mb_runtime *rt, mb_timer *timer) {
    mb_wait *wait = (mb_wait *)(void *)((char *)timer - offsetof(mb_wait, timer));
    (void)rt;
    if (wait->awaiting) {
        mb_pid child = wait->monitor.target_pid;
        bool for_init = wait->for_init;
        mb_wait_settle(wait, MB_ANSWER_EXIT, mb_atom("timeout"));
        if (for_init)
            kill_child(wait->process, child);
    } else {
        wait->expired = true;
        mb_wake(wait->process);
    }
}

mb_wait *mb_wait_begin(mb_process *p, mb_time timeout) {
    mb_wait *wait = wait_of(p);
    if (!wait)
        return NULL;
    assert(!wait->awaiting && !mb_timer_started(&wait->timer));
    if (!mb_serials_add(&p->rt->references, (mb_serial_entry *)(void *)wait)) {
        free_wait(p);
        return NULL;
    }
    wait->ref.kind = MB_REF_WAIT;
    wait->awaiting = true;
    wait->expired = wait->for_init = false;
    wait->state = MB_ANSWER_PENDING;
    wait->value = mb_nil();
    if (timeout != MB_INFINITY)
        mb_timer_start(&p->rt->wheel, &wait->timer, mb_time_after(mb_now(p->rt), timeout));
    return wait;
}

#define HANDOVERS_MAX 8 /* calls within calls on the C stack */

/* Whether the receiver of a call may have its slice at once, inside of the caller's: one of the
 * orders that a scheduler may choose when the receiver has nothing else to do. */
static bool may_hand_over(const mb_process *p, const mb_process *target, mb_message_kind kind) {
    const mb_runtime *rt = p->rt;
    return rt->config.direct_calls && !rt->config.policy && kind == MB_CALL && rt->current == p &&
           target->state == MB_STATE_WAITING && !target->signals.head && !target->mailbox.head &&
           !target->wait && rt->reductions_left > 0 && rt->handovers < HANDOVERS_MAX &&
           mb_is_gen_server(target);
}

/* The target has the message, and gets its slice. An answer that has come by then needs no wake-up;
 * but signals that came before it are to be acted on first, which p does when it is scheduled. */
static mb_answer_state hand_over(mb_process *p, mb_process *target, mb_wait *wait,
                                 mb_time timeout) {
    bool woken = p->woken;
    mb_time now = mb_now(p->rt);
    mb_run_inside(p->rt, target);
    if (wait->state == MB_ANSWER_PENDING) {
        if (timeout != MB_INFINITY)
            mb_timer_start(&p->rt->wheel, &wait->timer, mb_time_after(now, timeout));
        return MB_ANSWER_PENDING;
    }
    if (mb_signals_pending(p))
        return MB_ANSWER_PENDING;
    p->woken = woken;
    return (mb_answer_state)wait->state;
}

/* Begins a wait for a process of another node. NULL: it is over already, and *state the outcome. */
static mb_wait *watch_afar(mb_process *p, mb_pid to, mb_time timeout, mb_answer_state *state) {
    mb_wait *wait = mb_wait_begin(p, timeout);
    *state = wait ? MB_ANSWER_PENDING : MB_ANSWER_NO_MEMORY;
    if (!wait || mb_dist_watch(wait, to))
        return wait;
    mb_wait_conclude(wait, MB_ANSWER_EXIT, mb_dist_nodedown(p->rt, to));
    *state = MB_ANSWER_EXIT;
    return NULL;
}

static mb_answer_state call_afar(mb_process *p, mb_pid to, mb_message_kind kind, mb_term request,
                                 mb_time timeout) {
    mb_answer_state state;
    mb_wait *wait = watch_afar(p, to, timeout, &state);
    if (wait)
        (void)mb_dist_send(p, to, request, kind, wait->ref.id);
    else
        mb_release(p->rt, request);
    return state;
}

mb_answer_state mb_call(mb_process *p, mb_pid to, mb_message_kind kind, mb_term request,
                        mb_time timeout) {
    if (mb_is_far(p->pid, to))
        return call_afar(p, to, kind, request, timeout);
    mb_process *target = mb_lookup_settled(p->rt, to);
    bool direct = target && may_hand_over(p, target, kind);
    mb_wait *wait = mb_wait_begin(p, direct ? MB_INFINITY : timeout);
    if (!wait) {
        mb_release(p->rt, request);
        return MB_ANSWER_NO_MEMORY;
    }
    if (!target || target == p) {
        mb_release(p->rt, request);
        mb_wait_conclude(wait, MB_ANSWER_EXIT, mb_atom(target ? "calling_self" : "noproc"));
        return MB_ANSWER_EXIT;
    }
    mb_monitor_attach(&wait->monitor, target);
    if (direct)
        target->state = MB_STATE_RUNNING; /* else the message would make it ready */
    if (!mb_send_kind(p->rt, p, to, request, kind, wait->ref.id)) {
        if (direct)
            target->state = MB_STATE_WAITING;
        mb_wait_conclude(wait, MB_ANSWER_NO_MEMORY, mb_nil());
        return MB_ANSWER_NO_MEMORY;
    }
    return direct ? hand_over(p, target, wait, timeout) : MB_ANSWER_PENDING;
}

mb_answer_state mb_answer(mb_process *p, mb_term *value) {
    *value = mb_nil();
    if (!p->wait || !p->wait->awaiting)
        return MB_ANSWER_NO_MEMORY;
    mb_answer_state state = (mb_answer_state)p->wait->state;
    if (state == MB_ANSWER_PENDING)
        return state;
    *value = p->wait->value;
    free_wait(p);
    return state;
}

bool mb_awaiting(const mb_process *p) { return p->wait && p->wait->awaiting; }

void mb_abandon_answer(mb_process *p) {
    if (!mb_awaiting(p))
        return;
    if (p->wait->state == MB_ANSWER_PENDING)
        mb_wait_conclude(p->wait, MB_ANSWER_EXIT, mb_nil());
    mb_release(p->rt, p->wait->value);
    free_wait(p);
}

void mb_wait_discard(mb_process *p) {
    mb_abandon_answer(p);
    if (p->wait) {
        mb_timer_stop(&p->rt->wheel, &p->wait->timer);
        free_wait(p);
    }
}

void mb_wait_target_ended(mb_wait *wait, mb_term reason) {
    mb_process *p = wait->process;
    mb_pid target = wait->monitor.target_pid;
    bool for_init = wait->for_init;
    mb_wait_settle(wait, MB_ANSWER_EXIT, mb_retain(reason));
    if (for_init && p->trap_exit)
        mb_unlink(p, target); /* proc_lib:sync_start_link takes the EXIT out of the mailbox */
}

/* A process awaits with awaiting set and with its ref in the table; both go together. */
static mb_wait *find(mb_runtime *rt, mb_pid pid, mb_ref ref) {
    mb_process *p = mb_lookup(rt, pid);
    return p && mb_awaiting(p) && ref && p->wait->ref.id == ref ? p->wait : NULL;
}

static void reply_by_message(mb_runtime *rt, mb_process *from, mb_pid to, mb_ref ref,
                             mb_term reply) {
    mb_term pair, parts[] = {mb_ref_term(ref & ~MB_REF_BY_MESSAGE), reply};
    if (mb_tuple(rt, &pair, 2, parts))
        (void)mb_send(rt, from, to, pair);
    mb_release(rt, reply);
}

void mb_reply_arrived(mb_runtime *rt, mb_pid to, mb_ref ref, mb_term reply, uint64_t event) {
    mb_wait *wait = find(rt, to, ref);
    if (wait) {
        mb_wait_settle(wait, MB_ANSWER_VALUE, reply);
        wait->process->cause = event;
    } else {
        mb_release(rt, reply);
    }
}

void mb_reply(mb_runtime *rt, mb_process *from, mb_pid to, mb_ref ref, mb_term reply) {
    mb_event_record(rt, MB_EVENT_REPLY, from ? from->pid : 0, to, reply);
    if (ref & MB_REF_BY_MESSAGE) {
        reply_by_message(rt, from, to, ref, reply);
        return;
    }
    if (from && mb_is_far(from->pid, to))
        mb_dist_reply(from, to, ref, reply);
    else
        mb_reply_arrived(rt, to, ref, reply, rt->events.last);
}

mb_answer_state mb_await_init(mb_process *p, mb_process *child, mb_time timeout) {
    mb_wait *wait = mb_wait_begin(p, timeout > 0 ? timeout : MB_INFINITY);
    if (!wait) {
        kill_child(p, child->pid);
        return MB_ANSWER_NO_MEMORY;
    }
    wait->for_init = true;
    mb_monitor_attach(&wait->monitor, child);
    return MB_ANSWER_PENDING;
}

mb_answer_state mb_await_end(mb_process *p, mb_pid target, mb_time timeout) {
    if (mb_is_far(p->pid, target)) {
        mb_answer_state state;
        (void)watch_afar(p, target, timeout, &state);
        return state;
    }
    mb_process *other = mb_lookup_settled(p->rt, target);
    mb_wait *wait = mb_wait_begin(p, timeout);
    if (!wait)
        return MB_ANSWER_NO_MEMORY;
    if (!other || other == p) {
        mb_wait_conclude(wait, MB_ANSWER_EXIT, mb_atom(other ? "calling_self" : "noproc"));
        return MB_ANSWER_EXIT;
    }
    mb_monitor_attach(&wait->monitor, other);
    return MB_ANSWER_PENDING;
}

void mb_init_ack(mb_process *p, mb_term answer) { mb_init_ack_to(p, p->parent, answer); }

void mb_init_ack_to(mb_process *p, mb_pid to, mb_term answer) {
    mb_process *starter = mb_lookup(p->rt, to);
    bool awaited = starter && mb_awaiting(starter) && starter->wait->for_init &&
                   starter->wait->state == MB_ANSWER_PENDING &&
                   starter->wait->monitor.target == p;
    if (awaited)
        mb_wait_settle(starter->wait, MB_ANSWER_VALUE, answer);
    else
        mb_release(p->rt, answer);
}
