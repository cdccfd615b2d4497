#include "net.h"

#include "distribution.h"
#include "process.h"

#define FIRST_RETRANSMISSION (200 * MB_MILLISECOND) /* TCP's; doubled each time */

/* ---- Wires */

static mb_wire *wire_between(const mb_node *a, const mb_node *b) {
    return a->wires ? a->wires[b->index] : NULL;
}

static bool reserve_wires(mb_node *node) {
    if (!node->wires)
        node->wires = mb_memory_zeroed(&node->rt->memory, MB_NODES * sizeof *node->wires);
    return node->wires != NULL;
}

static void fire_arrival(mb_runtime *rt, mb_timer *timer);
static void fire_ending(mb_runtime *rt, mb_timer *timer);

static mb_wire *wire_new(mb_node *a, mb_node *b) {
    mb_runtime *rt = a->rt;
    mb_wire *wire = reserve_wires(a) && reserve_wires(b)
                        ? mb_memory_zeroed(&rt->memory, sizeof *wire)
                        : NULL;
    if (!wire)
        return NULL;
    wire->end[0] = a;
    wire->end[1] = b;
    wire->ending.fire = fire_ending;
    for (int i = 0; i < 2; i++) {
        wire->way[i].wire = wire;
        wire->way[i].arrival.fire = fire_arrival;
        wire->way[i].delay = rt->net_delay;
        wire->way[i].loss = rt->net_loss;
    }
    return a->wires[b->index] = b->wires[a->index] = wire;
}

static mb_wire *wire_for(mb_node *a, mb_node *b) {
    mb_wire *wire = wire_between(a, b);
    return wire ? wire : wire_new(a, b);
}

static mb_way *way_from(mb_wire *wire, const mb_node *from) {
    return &wire->way[wire->end[1] == from];
}

/* ---- Packets */

static void free_packet(mb_runtime *rt, mb_packet *packet) {
    if (packet->signal)
        mb_message_free(rt, packet->signal);
    mb_memory_put(&rt->memory, packet, sizeof *packet);
}

static size_t bytes_of(const mb_packet *packet) {
    return sizeof *packet + sizeof *packet->signal + mb_block_size(packet->signal->term);
}

static mb_packet *take_first(mb_way *way) {
    mb_packet *packet = way->head;
    way->head = packet->next;
    if (!way->head)
        way->tail = NULL;
    way->under_way--;
    way->bytes -= bytes_of(packet);
    return packet;
}

static void drop_all(mb_runtime *rt, mb_way *way) {
    mb_timer_stop(&rt->wheel, &way->arrival);
    while (way->head)
        free_packet(rt, take_first(way));
}

/* Has the timer wait for the first packet, if it can get through at all. */
static void arm(const mb_wire *wire, mb_way *way) {
    mb_runtime *rt = wire->end[0]->rt;
    mb_timer_stop(&rt->wheel, &way->arrival);
    if (way->head && wire->up && !wire->cut && !wire->broken)
        mb_timer_start(&rt->wheel, &way->arrival, way->head->due);
}

/* The connection is lost at that time at the latest. */
static void end_by(mb_wire *wire, mb_time time) {
    mb_runtime *rt = wire->end[0]->rt;
    if (mb_timer_started(&wire->ending) && mb_timer_deadline(&wire->ending) <= time)
        return;
    mb_timer_stop(&rt->wheel, &wire->ending);
    mb_timer_start(&rt->wheel, &wire->ending, time);
}

static bool gets_lost(mb_runtime *rt, const mb_way *way) {
    return way->loss > 0 && (double)(mb_random(rt) >> 11) * 0x1p-53 < way->loss;
}

/* When a packet that is sent now arrives: each time it gets lost costs a retransmission, and what
 * needs too many of them costs the connection. */
static mb_time arrival_of(mb_wire *wire, mb_way *way, const mb_packet *packet) {
    mb_runtime *rt = wire->end[0]->rt;
    mb_time spent = 0, retransmission = FIRST_RETRANSMISSION;
    while (spent <= MB_NET_TICKTIME && gets_lost(rt, way)) {
        way->lost++;
        mb_event_record(rt, MB_EVENT_LOST, packet->signal->from, mb_dist_process(rt, packet->to),
                        packet->signal->term);
        spent += retransmission;
        retransmission *= 2;
    }
    if (spent > MB_NET_TICKTIME)
        end_by(wire, mb_time_after(rt->now, MB_NET_TICKTIME));
    mb_time due = mb_time_after(rt->now, spent + way->delay);
    return way->last = due > way->last ? due : way->last;
}

void mb_net_post(mb_wire *wire, const mb_node *from, mb_packet packet) {
    mb_runtime *rt = from->rt;
    mb_way *way = way_from(wire, from);
    mb_packet *new = wire->broken ? NULL : mb_memory_get(&rt->memory, sizeof *new);
    if (!new) {
        mb_message_free(rt, packet.signal);
        mb_net_break(wire);
        return;
    }
    *new = packet;
    new->next = NULL;
    new->due = arrival_of(wire, way, new);
    if (way->tail)
        way->tail->next = new;
    else
        way->head = new;
    way->tail = new;
    way->under_way++;
    way->bytes += bytes_of(new);
    if (way->head == new)
        arm(wire, way);
    if (way->bytes > rt->config.process_memory)
        mb_net_break(wire);
}

static void fire_arrival(mb_runtime *rt, mb_timer *timer) {
    mb_way *way = (mb_way *)(void *)((char *)timer - offsetof(mb_way, arrival));
    mb_wire *wire = way->wire;
    while (way->head && way->head->due <= rt->now && wire->up && !wire->cut && !wire->broken) {
        mb_packet *packet = take_first(way);
        mb_packet_arrive(wire, packet);
        free_packet(rt, packet);
    }
    arm(wire, way);
}

/* What is under way is sent once more: the net has changed. */
static void send_again(mb_wire *wire, mb_way *way) {
    way->last = 0;
    for (mb_packet *packet = way->head; packet; packet = packet->next)
        packet->due = arrival_of(wire, way, packet);
    arm(wire, way);
}

/* ---- Connections */

static void record(const mb_wire *wire, mb_event_type type) {
    mb_runtime *rt = wire->end[0]->rt;
    mb_term pair = mb_node_pair(wire->end[0], wire->end[1]);
    mb_event_record(rt, type, 0, 0, pair);
    mb_release(rt, pair);
}

static void tell(const mb_wire *wire, bool up) {
    for (int i = 0; i < 2; i++)
        if (wire->end[i]->running)
            mb_node_tell(wire->end[i], wire->end[!i], up);
}

mb_wire *mb_net_connection(const mb_node *a, const mb_node *b) {
    mb_wire *wire = wire_between(a, b);
    return wire && wire->up ? wire : NULL;
}

mb_wire *mb_net_connect(mb_node *a, mb_node *b) {
    mb_wire *wire = mb_net_connection(a, b);
    if (wire || a == b || !a->running || !b->running)
        return wire;
    wire = wire_for(a, b);
    if (!wire || wire->cut)
        return NULL;
    wire->up = true;
    record(wire, MB_EVENT_NODEUP);
    tell(wire, true);
    return wire;
}

static void disconnect(mb_wire *wire) {
    mb_runtime *rt = wire->end[0]->rt;
    mb_timer_stop(&rt->wheel, &wire->ending);
    wire->up = wire->broken = false;
    for (int i = 0; i < 2; i++) {
        drop_all(rt, &wire->way[i]);
        wire->way[i].last = 0;
    }
    record(wire, MB_EVENT_NODEDOWN);
    uint64_t cause = rt->cause;
    rt->cause = rt->events.last;
    for (int i = 0; i < 2; i++)
        if (wire->end[i]->running)
            mb_dist_connection_lost(wire->end[i], wire->end[!i]);
    tell(wire, false);
    rt->cause = cause;
}

bool mb_net_disconnect(mb_node *a, mb_node *b) {
    mb_wire *wire = mb_net_connection(a, b);
    if (wire)
        disconnect(wire);
    return wire != NULL;
}

static void fire_ending(mb_runtime *rt, mb_timer *timer) {
    (void)rt;
    disconnect((mb_wire *)(void *)((char *)timer - offsetof(mb_wire, ending)));
}

void mb_net_break(mb_wire *wire) {
    wire->broken = true;
    end_by(wire, wire->end[0]->rt->now);
}

static void free_wire(mb_runtime *rt, mb_wire *wire) {
    mb_timer_stop(&rt->wheel, &wire->ending);
    for (int i = 0; i < 2; i++)
        drop_all(rt, &wire->way[i]);
    mb_memory_put(&rt->memory, wire, sizeof *wire);
}

void mb_net_finish(mb_runtime *rt) {
    for (size_t i = 0; i < rt->node_count; i++) {
        mb_node *node = rt->nodes[i];
        for (size_t j = 0; node->wires && j < i; j++)
            if (node->wires[j])
                free_wire(rt, node->wires[j]);
    }
    for (size_t i = 0; i < rt->node_count; i++) {
        mb_memory_put(&rt->memory, rt->nodes[i]->wires, MB_NODES * sizeof(mb_wire *));
        rt->nodes[i]->wires = NULL;
        rt->nodes[i]->running = false;
    }
}

/* ---- Splits */

static void cut(mb_wire *wire, mb_time noticed_after) {
    mb_runtime *rt = wire->end[0]->rt;
    wire->cut = true;
    arm(wire, &wire->way[0]);
    arm(wire, &wire->way[1]);
    if (wire->up && noticed_after == 0)
        disconnect(wire);
    else if (wire->up)
        end_by(wire, mb_time_after(rt->now, noticed_after));
}

static void heal(mb_wire *wire) {
    mb_timer_stop(&wire->end[0]->rt->wheel, &wire->ending);
    wire->cut = false;
    if (wire->broken)
        mb_net_break(wire);
    send_again(wire, &wire->way[0]);
    send_again(wire, &wire->way[1]);
}

bool mb_net_split(mb_runtime *rt, const uint8_t *groups, mb_time noticed_after) {
    for (size_t i = 0; i < rt->node_count; i++)
        for (size_t j = 0; j < i; j++) {
            bool apart = groups[i] && groups[j] && groups[i] != groups[j];
            mb_wire *wire = wire_between(rt->nodes[i], rt->nodes[j]);
            if (apart && !wire && !(wire = wire_new(rt->nodes[i], rt->nodes[j])))
                return false;
            if (apart && !wire->cut)
                cut(wire, noticed_after);
            else if (!apart && wire && wire->cut)
                heal(wire);
        }
    return true;
}

void mb_net_heal(mb_runtime *rt) {
    static const uint8_t together[MB_NODES];
    (void)mb_net_split(rt, together, 0);
}

/* ---- Delay and loss */

/* Does something to the way from each node to each other that was asked for. */
static bool each_way(mb_runtime *rt, mb_node *from, mb_node *to,
                     void (*set)(mb_wire *wire, mb_way *way, const void *value),
                     const void *value) {
    for (size_t i = 0; i < rt->node_count; i++)
        for (size_t j = 0; j < rt->node_count; j++) {
            mb_node *a = rt->nodes[i], *b = rt->nodes[j];
            if (a == b || (from && a != from) || (to && b != to))
                continue;
            mb_wire *wire = from || to ? wire_for(a, b) : wire_between(a, b);
            if (wire)
                set(wire, way_from(wire, a), value);
            else if (from || to)
                return false;
        }
    return true;
}

static void set_delay(mb_wire *wire, mb_way *way, const void *value) {
    (void)wire;
    way->delay = *(const mb_time *)value;
}

bool mb_net_set_delay(mb_runtime *rt, mb_node *from, mb_node *to, mb_time delay) {
    if (!from && !to)
        rt->net_delay = delay;
    return each_way(rt, from, to, set_delay, &delay);
}

static void set_loss(mb_wire *wire, mb_way *way, const void *value) {
    double loss = *(const double *)value;
    bool better = loss < way->loss;
    way->loss = loss;
    if (!better || wire->cut || wire->broken)
        return;
    mb_timer_stop(&wire->end[0]->rt->wheel, &wire->ending);
    send_again(wire, way);
}

bool mb_net_set_loss(mb_runtime *rt, mb_node *from, mb_node *to, double loss) {
    if (!from && !to)
        rt->net_loss = loss;
    return each_way(rt, from, to, set_loss, &loss);
}

mb_net_info mb_net_look(const mb_node *from, const mb_node *to) {
    mb_wire *wire = wire_between(from, to);
    if (!wire)
        return (mb_net_info){.delay = from->rt->net_delay, .loss = from->rt->net_loss};
    const mb_way *way = way_from(wire, from);
    return (mb_net_info){.connected = wire->up,
                         .cut = wire->cut,
                         .delay = way->delay,
                         .loss = way->loss,
                         .under_way = way->under_way,
                         .lost = way->lost};
}
