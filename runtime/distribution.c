#include "distribution.h"

#include "answer.h"
#include "deadline.h"
#include "tagged.h"

/* ---- Names on nodes */

mb_pid mb_name_on(mb_node *node, mb_term name) {
    uint32_t number;
    if (!mb_atoms_number(node->rt, name, &number))
        return 0;
    return MB_KIND_NAME | (mb_pid)node->index << MB_NODE_SHIFT | number;
}

static bool is_name(mb_pid id) { return (id & MB_KIND_MASK) == MB_KIND_NAME; }

mb_term mb_name_of(const mb_runtime *rt, mb_pid id) {
    return is_name(id) ? rt->atoms.names[id & MB_SERIAL_MASK] : mb_nil();
}

mb_pid mb_dist_process(const mb_runtime *rt, mb_pid to) {
    return is_name(to) ? mb_whereis_on(mb_node_of_pid(rt, to), mb_name_of(rt, to)) : to;
}

static mb_process *process_of(mb_runtime *rt, mb_pid to) {
    return mb_lookup(rt, mb_dist_process(rt, to));
}

mb_term mb_dist_nodedown(const mb_runtime *rt, mb_pid to) {
    const mb_node *node = mb_node_of_pid(rt, to);
    mb_term reason = mb_tagged(node->rt, "nodedown", mb_retain(node->name));
    return reason.type == MB_TABLE ? reason : mb_atom("noconnection");
}

/* ---- Sending */

static mb_wire *wire_to(const mb_process *p, mb_pid to) {
    return mb_net_connect(mb_node_of(p), mb_node_of_pid(p->rt, to));
}

/* The same for what only matters to those who are connected anyway. */
static mb_wire *wire_in_use(const mb_process *p, mb_pid to) {
    return mb_net_connection(mb_node_of(p), mb_node_of_pid(p->rt, to));
}

/* What is sent over a wire: packet, but for its signal. */
typedef struct letter {
    mb_pid from, to;
    uint8_t kind;
    mb_term term; /* taken */
    mb_ref ref, link, monitor;
    uint64_t event; /* 0: follows from what is being done */
    const mb_process *caller; /* of a call: whose deadline goes along; else NULL */
} letter;

static void post(mb_wire *wire, letter l) {
    mb_runtime *rt = wire->end[0]->rt;
    mb_message *signal = mb_message_new(rt, l.term, l.from, l.kind);
    if (!signal) {
        mb_net_break(wire);
        return;
    }
    signal->ref = l.ref;
    signal->event = l.event ? l.event : rt->cause;
    if (l.caller)
        mb_deadline_carry(l.caller, signal);
    mb_net_post(wire, mb_node_of_pid(rt, l.from),
                (mb_packet){
                    .to = l.to, .signal = signal, .link = l.link, .monitor = l.monitor});
    rt->reductions_left--;
}

bool mb_dist_send(mb_process *from, mb_pid to, mb_term term, mb_message_kind kind, mb_ref ref) {
    mb_runtime *rt = from->rt;
    uint64_t event = mb_event_record(rt, mb_event_of_message(kind), from->pid,
                                     mb_dist_process(rt, to), term);
    mb_wire *wire = wire_to(from, to);
    if (!wire)
        mb_release(rt, term);
    else
        post(wire, (letter){from->pid, to, (uint8_t)kind, term, .ref = ref, .event = event,
                            .caller = kind == MB_CALL ? from : NULL});
    return true;
}

bool mb_dist_exit(mb_process *from, mb_pid to, mb_term reason) {
    mb_wire *wire = wire_to(from, to);
    if (!wire)
        mb_release(from->rt, reason);
    else
        post(wire, (letter){from->pid, to, MB_SIGNAL_EXIT, reason});
    return true;
}

void mb_dist_reply(mb_process *from, mb_pid to, mb_ref ref, mb_term reply) {
    mb_wire *wire = wire_to(from, to);
    if (!wire)
        mb_release(from->rt, reply);
    else
        post(wire, (letter){from->pid, to, MB_DIST_REPLY, reply, .ref = ref,
                            .event = from->rt->events.last});
}

/* ---- Links */

static mb_link_result exit_noconnection(mb_process *p, mb_pid from) {
    mb_message *signal = mb_message_new(p->rt, mb_atom("noconnection"), from, MB_SIGNAL_EXIT);
    if (!signal)
        return MB_LINK_NO_MEMORY;
    mb_signal_deliver(p, signal);
    return MB_LINK_OK;
}

mb_link_result mb_dist_link(mb_process *p, mb_pid to) {
    if (mb_link_half_with(p, to))
        return MB_LINK_OK;
    mb_wire *wire = wire_to(p, to);
    if (!wire)
        return exit_noconnection(p, to);
    mb_ref link = mb_make_ref(p->rt);
    if (!mb_link_half_new(p, to, link))
        return MB_LINK_NO_MEMORY;
    mb_event_record(p->rt, MB_EVENT_LINK, p->pid, to, mb_nil());
    post(wire, (letter){p->pid, to, MB_DIST_LINK, .ref = link});
    return MB_LINK_OK;
}

void mb_dist_unlink(mb_process *p, mb_pid to) {
    mb_wire *wire = wire_in_use(p, to);
    for (mb_link_node *half; (half = mb_link_half_with(p, to));) {
        mb_event_record(p->rt, MB_EVENT_UNLINK, p->pid, to, mb_nil());
        if (wire)
            post(wire, (letter){p->pid, to, MB_DIST_UNLINK, .ref = half->far});
        mb_link_half_drop(p, half);
    }
}

void mb_dist_link_broken(const mb_process *p, const mb_link_node *half, mb_term reason) {
    mb_wire *wire = wire_in_use(p, half->pid[1]);
    if (wire)
        post(wire, (letter){p->pid, half->pid[1], MB_DIST_LINK_EXIT, mb_retain(reason),
                            .ref = half->far});
}

/* ---- Monitors */

mb_ref mb_dist_monitor(mb_process *p, mb_pid to, mb_term name) {
    mb_wire *wire = wire_to(p, to);
    mb_monitor_node *half = mb_monitor_new(p, to, name);
    if (!half)
        return 0;
    mb_ref ref = half->ref.id;
    if (!wire) {
        mb_monitor_down(half, is_name(to) ? 0 : to, mb_atom("noconnection"));
        return ref;
    }
    half->half = MB_HALF_OF_WATCHER;
    post(wire, (letter){p->pid, to, MB_DIST_MONITOR, .ref = ref});
    return ref;
}

void mb_dist_demonitor(const mb_process *watcher, const mb_monitor_node *half) {
    mb_wire *wire = wire_in_use(watcher, half->target_pid);
    mb_ref ref = half->wait ? half->wait->ref.id : half->ref.id;
    if (wire)
        post(wire, (letter){watcher->pid, half->target_pid, MB_DIST_DEMONITOR, .ref = ref});
}

void mb_dist_down(const mb_process *p, const mb_monitor_node *half, mb_term reason) {
    mb_wire *wire = wire_in_use(p, half->signal.from);
    if (wire)
        post(wire, (letter){p->pid, half->signal.from, MB_DIST_DOWN, mb_retain(reason),
                            .ref = half->signal.ref});
}

/* ---- Waiting */

bool mb_dist_watch(mb_wait *wait, mb_pid to) {
    mb_process *p = wait->process;
    mb_wire *wire = wire_to(p, to);
    if (!wire)
        return false;
    wait->monitor.half = MB_HALF_OF_WATCHER;
    wait->monitor.target_pid = to;
    post(wire, (letter){p->pid, to, MB_DIST_MONITOR, .ref = wait->ref.id});
    return true;
}

mb_answer_state mb_spawn_on(mb_process *p, mb_node *node, mb_term what, bool link,
                            mb_ref *monitor) {
    mb_pid there = MB_KIND_PID | (mb_pid)node->index << MB_NODE_SHIFT; /* of no process yet */
    mb_monitor_node *half = NULL;
    mb_wire *wire = mb_net_connect(mb_node_of(p), node);
    mb_wait *wait = mb_wait_begin(p, MB_INFINITY);
    if (!wait || (wire && monitor && !(half = mb_monitor_new(p, there, mb_nil())))) {
        mb_release(p->rt, what);
        if (wait)
            mb_wait_conclude(wait, MB_ANSWER_NO_MEMORY, mb_nil());
        return MB_ANSWER_NO_MEMORY;
    }
    if (!wire) {
        mb_release(p->rt, what);
        mb_wait_conclude(wait, MB_ANSWER_EXIT, mb_dist_nodedown(p->rt, there));
        return MB_ANSWER_EXIT;
    }
    if (half) {
        half->half = MB_HALF_OF_WATCHER;
        *monitor = half->ref.id;
    }
    wait->monitor.half = MB_HALF_OF_WATCHER;
    wait->monitor.target_pid = there;
    post(wire, (letter){p->pid, there, MB_DIST_SPAWN, what, .ref = wait->ref.id,
                        .link = link ? mb_make_ref(p->rt) : 0,
                        .monitor = half ? half->ref.id : 0});
    return MB_ANSWER_PENDING;
}

/* ---- Arriving */

typedef struct arrival {
    mb_runtime *rt;
    mb_wire *wire;
    const mb_packet *packet;
    mb_message *signal; /* the packet's */
    mb_process *to;     /* NULL: dead, or nobody has the name */
} arrival;

/* An answer to who sent the packet. */
static void post_back(const arrival *a, mb_pid from, uint8_t kind, mb_ref ref, mb_term term) {
    post(a->wire, (letter){from, a->signal->from, kind, term, .ref = ref});
}

/* No process that was asked for, but its node. */
static mb_pid nobody(const arrival *a) {
    return is_name(a->packet->to) ? a->packet->to & ~MB_KIND_MASK & ~MB_SERIAL_MASK : a->packet->to;
}

/* Whoever was asked for, after acting on what came before. */
static mb_process *settled(const arrival *a) {
    return a->to ? mb_lookup_settled(a->rt, a->to->pid) : NULL;
}

static void arrive_link(const arrival *a) {
    mb_ref link = a->signal->ref;
    mb_process *to = settled(a);
    if (!to)
        post_back(a, a->packet->to, MB_DIST_LINK_EXIT, link, mb_atom("noproc"));
    else if (!mb_link_half_new(to, a->signal->from, link))
        mb_net_break(a->wire);
}

static void arrive_unlink(const arrival *a) {
    mb_link_node *half = a->to ? mb_link_half_find(a->to, a->signal->ref) : NULL;
    if (half)
        mb_link_half_drop(a->to, half);
}

static void arrive_link_exit(const arrival *a) {
    mb_link_node *half = a->to ? mb_link_half_find(a->to, a->signal->ref) : NULL;
    if (half)
        mb_link_half_break(a->to, half, a->signal->term);
}

static void arrive_monitor(const arrival *a) {
    mb_process *to = settled(a);
    if (!to)
        post_back(a, nobody(a), MB_DIST_DOWN, a->signal->ref, mb_atom("noproc"));
    else if (!mb_monitor_from_afar(to, a->signal->from, a->signal->ref))
        mb_net_break(a->wire);
}

/* The name that was asked for may have gone to somebody else meanwhile. */
static void arrive_demonitor(const arrival *a) {
    mb_ref ref = a->signal->ref;
    if (a->to && mb_demonitor_from_afar(a->to, ref))
        return;
    const mb_node *node = mb_node_of_pid(a->rt, a->packet->to);
    mb_process *p = is_name(a->packet->to) ? mb_next_process(a->rt, 0) : NULL;
    for (; p; p = mb_next_process(a->rt, p->pid))
        if (mb_node_of(p) == node && mb_demonitor_from_afar(p, ref))
            return;
}

static void arrive_down(const arrival *a) {
    mb_reference *ref = mb_serials_find(&a->rt->references, a->signal->ref);
    if (ref && ref->kind == MB_REF_MONITOR) {
        mb_monitor_down((mb_monitor_node *)(void *)ref, a->signal->from, a->signal->term);
    } else if (ref && ref->kind == MB_REF_WAIT) {
        mb_wait *wait = (mb_wait *)(void *)ref;
        wait->monitor.half = MB_NO_HALF;
        mb_wait_target_ended(wait, a->signal->term);
    }
}

static void arrive_reply(const arrival *a) {
    mb_reply_arrived(a->rt, a->packet->to, a->signal->ref, mb_retain(a->signal->term),
                     a->signal->event);
}

static void arrive_spawn(const arrival *a) {
    const mb_packet *packet = a->packet;
    const mb_config *config = &a->rt->config;
    mb_node *node = mb_node_of_pid(a->rt, packet->to);
    const mb_spawn_options options = {.parent = a->signal->from, .node = node};
    mb_process *p = config->spawn ? config->spawn(config->sink_context, a->rt, a->signal->term,
                                                  &options)
                                  : NULL;
    if (!p) {
        post_back(a, packet->to, MB_DIST_DOWN, a->signal->ref, mb_atom("system_limit"));
        return;
    }
    bool tied = (!packet->link || mb_link_half_new(p, a->signal->from, packet->link)) &&
                (!packet->monitor || mb_monitor_from_afar(p, a->signal->from, packet->monitor));
    if (!tied) {
        mb_net_break(a->wire);
        return;
    }
    post(a->wire, (letter){p->pid, a->signal->from, MB_DIST_SPAWN_REPLY, .ref = a->signal->ref,
                           .link = packet->link, .monitor = packet->monitor});
}

static void arrive_spawn_reply(const arrival *a) {
    mb_pid child = a->signal->from;
    mb_reference *ref = mb_serials_find(&a->rt->references, a->signal->ref);
    mb_wait *wait = ref && ref->kind == MB_REF_WAIT ? (mb_wait *)(void *)ref : NULL;
    mb_monitor_node *monitor = mb_serials_find(&a->rt->references, a->packet->monitor);
    if (monitor)
        monitor->target_pid = child;
    if (!wait && a->packet->link) {
        post(a->wire, (letter){a->packet->to, child, MB_DIST_LINK_EXIT, mb_atom("noproc"),
                               .ref = a->packet->link});
    } else if (wait && a->packet->link && !mb_link_half_new(a->to, child, a->packet->link)) {
        mb_net_break(a->wire);
    } else if (wait) {
        wait->monitor.half = MB_NO_HALF;
        mb_wait_settle(wait, MB_ANSWER_VALUE, mb_pid_term(child));
    }
}

static void arrive_message(const arrival *a, mb_packet *packet) {
    if (!a->to)
        return;
    packet->signal = NULL;
    mb_signal_deliver(a->to, a->signal);
}

void mb_packet_arrive(mb_wire *wire, mb_packet *packet) {
    static void (*const act[])(const arrival *a) = {
        [MB_DIST_REPLY] = arrive_reply,
        [MB_DIST_LINK] = arrive_link,
        [MB_DIST_UNLINK] = arrive_unlink,
        [MB_DIST_LINK_EXIT] = arrive_link_exit,
        [MB_DIST_MONITOR] = arrive_monitor,
        [MB_DIST_DEMONITOR] = arrive_demonitor,
        [MB_DIST_DOWN] = arrive_down,
        [MB_DIST_SPAWN] = arrive_spawn,
        [MB_DIST_SPAWN_REPLY] = arrive_spawn_reply,
    };
    mb_runtime *rt = wire->end[0]->rt;
    const arrival a = {rt, wire, packet, packet->signal, process_of(rt, packet->to)};
    rt->cause = a.signal->event;
    if (a.signal->kind < MB_DIST_REPLY)
        arrive_message(&a, packet);
    else
        act[a.signal->kind](&a);
}

/* ---- The end of a connection */

static void lose_wait(mb_wait *wait, const mb_node *other) {
    if (!wait || !wait->monitor.half ||
        mb_node_of_pid(other->rt, wait->monitor.target_pid) != other)
        return;
    wait->monitor.half = MB_NO_HALF;
    mb_term reason = mb_dist_nodedown(other->rt, wait->monitor.target_pid);
    mb_wait_target_ended(wait, reason);
    mb_release(other->rt, reason);
}

void mb_dist_connection_lost(mb_node *node, const mb_node *other) {
    mb_process *p = mb_next_process(node->rt, 0);
    for (; p; p = mb_next_process(node->rt, p->pid)) {
        if (mb_node_of(p) != node)
            continue;
        mb_links_lose(p, other->index);
        mb_monitors_lose(p, other->index);
        lose_wait(p->wait, other);
    }
}
