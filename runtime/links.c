#include "links.h"

#include "distribution.h"

static int side_of(const mb_link_node *link, const mb_process *p) { return link->side[1] == p; }

static void insert(mb_link_node *link, int side) {
    mb_process *p = link->side[side];
    link->previous[side] = NULL;
    link->next[side] = p->links;
    if (p->links)
        p->links->previous[side_of(p->links, p)] = link;
    p->links = link;
}

static void detach(mb_link_node *link, int side) {
    mb_process *p = link->side[side];
    mb_link_node *next = link->next[side], *previous = link->previous[side];
    if (next)
        next->previous[side_of(next, p)] = previous;
    if (previous)
        previous->next[side_of(previous, p)] = next;
    else
        p->links = next;
    link->side[side] = NULL;
}

static void free_link(mb_runtime *rt, mb_link_node *link) {
    mb_release(rt, link->signal.term);
    mb_memory_put(&rt->memory, link, sizeof *link);
}

static mb_link_node *step(mb_link_node *link, const mb_process *p) {
    return link ? link->next[side_of(link, p)] : NULL;
}

/* Walks both lists at once: as long as the shorter of the two. */
static mb_link_node *find(mb_process *a, mb_process *b) {
    mb_link_node *of_a = a->links, *of_b = b->links;
    while (of_a && of_b) {
        if (of_a->side[!side_of(of_a, a)] == b)
            return of_a;
        if (of_b->side[!side_of(of_b, b)] == a)
            return of_b;
        of_a = step(of_a, a);
        of_b = step(of_b, b);
    }
    return NULL;
}

static mb_link_node *find_broken(mb_process *p, mb_pid dead) {
    for (mb_link_node *link = p->links; link; link = step(link, p))
        if (link->in_flight && link->pid[!side_of(link, p)] == dead)
            return link;
    return NULL;
}

static mb_link_result link_to_dead(mb_process *p, mb_pid to) {
    if (!p->trap_exit)
        return MB_LINK_NOPROC;
    mb_term tuple, parts[] = {mb_atom("EXIT"), mb_pid_term(to), mb_atom("noproc")};
    if (!mb_tuple(p->rt, &tuple, 3, parts))
        return MB_LINK_NO_MEMORY;
    mb_message *message = mb_message_new(p->rt, tuple, to, MB_MESSAGE);
    if (!message)
        return MB_LINK_NO_MEMORY;
    mb_signal_deliver(p, message);
    return MB_LINK_OK;
}

mb_link_result mb_link_processes(mb_process *p, mb_process *other) {
    mb_link_node *link = mb_memory_zeroed(&p->rt->memory, sizeof *link);
    if (!link)
        return MB_LINK_NO_MEMORY;
    link->side[0] = p;
    link->side[1] = other;
    link->pid[0] = p->pid;
    link->pid[1] = other->pid;
    insert(link, 0);
    insert(link, 1);
    mb_event_record(p->rt, MB_EVENT_LINK, p->pid, other->pid, mb_nil());
    return MB_LINK_OK;
}

mb_link_result mb_link(mb_process *p, mb_pid to) {
    if (to == p->pid)
        return MB_LINK_OK;
    if (mb_is_far(p->pid, to))
        return mb_dist_link(p, to);
    mb_process *other = mb_lookup_settled(p->rt, to);
    if (!other)
        return find_broken(p, to) ? MB_LINK_OK : link_to_dead(p, to);
    return find(p, other) ? MB_LINK_OK : mb_link_processes(p, other);
}

void mb_unlink(mb_process *p, mb_pid to) {
    if (mb_is_far(p->pid, to))
        mb_dist_unlink(p, to);
    mb_process *other = mb_lookup(p->rt, to);
    mb_link_node *link = other ? find(p, other) : NULL;
    if (!link)
        link = find_broken(p, to); /* it has ended, or is about to */
    if (!link)
        return;
    mb_event_record(p->rt, MB_EVENT_UNLINK, p->pid, to, mb_nil());
    int side = side_of(link, p);
    detach(link, side);
    if (link->in_flight)
        return; /* freed when the signal is dequeued */
    detach(link, !side);
    free_link(p->rt, link);
}

/* The link is on its way to the side that is left. */
static void become_signal(mb_link_node *link, int side, mb_pid from, mb_term reason) {
    mb_process *receiver = link->side[side];
    link->in_flight = true;
    link->signal.kind = MB_SIGNAL_LINK_EXIT;
    link->signal.from = from;
    link->signal.event = receiver->rt->cause;
    link->signal.term = mb_retain(reason);
    mb_signal_deliver(receiver, &link->signal);
}

void mb_links_break(mb_process *p, mb_term reason) {
    while (p->links) {
        mb_link_node *link = p->links;
        int side = side_of(link, p);
        detach(link, side);
        if (link->in_flight)
            continue; /* it lies in p's own signal queue, which frees it */
        if (link->far) {
            mb_dist_link_broken(p, link, reason);
            free_link(p->rt, link);
            continue;
        }
        become_signal(link, !side, p->pid, reason);
    }
}

void mb_links_discard(mb_process *p) {
    while (p->links) {
        mb_link_node *link = p->links;
        int side = side_of(link, p);
        detach(link, side);
        if (link->in_flight)
            continue;
        if (!link->far)
            detach(link, !side);
        free_link(p->rt, link);
    }
}

bool mb_link_in_force(const mb_message *signal) {
    const mb_link_node *link = (const mb_link_node *)(const void *)signal;
    return link->side[0] || link->side[1];
}

bool mb_link_consume(mb_runtime *rt, mb_message *signal) {
    mb_link_node *link = (mb_link_node *)(void *)signal;
    bool in_force = mb_link_in_force(signal);
    if (in_force)
        detach(link, link->side[1] != NULL);
    free_link(rt, link);
    return in_force;
}

void mb_links(mb_process *p, mb_visit_pid visit, void *context) {
    for (mb_link_node *link = p->links; link; link = step(link, p))
        if (!link->far || mb_link_half_with(p, link->pid[1]) == link)
            visit(context, link->pid[!side_of(link, p)]);
}

/* ---- Halves */

bool mb_link_half_new(mb_process *p, mb_pid other, mb_ref far) {
    mb_link_node *half = mb_memory_zeroed(&p->rt->memory, sizeof *half);
    if (!half)
        return false;
    half->side[0] = p;
    half->pid[0] = p->pid;
    half->pid[1] = other;
    half->far = far;
    insert(half, 0);
    return true;
}

mb_link_node *mb_link_half_with(mb_process *p, mb_pid other) {
    for (mb_link_node *link = p->links; link; link = step(link, p))
        if (link->far && !link->in_flight && link->pid[1] == other)
            return link;
    return NULL;
}

mb_link_node *mb_link_half_find(mb_process *p, mb_ref far) {
    for (mb_link_node *link = p->links; link; link = step(link, p))
        if (link->far == far && !link->in_flight)
            return link;
    return NULL;
}

void mb_link_half_drop(mb_process *p, mb_link_node *half) {
    detach(half, 0);
    free_link(p->rt, half);
}

void mb_link_half_break(mb_process *p, mb_link_node *half, mb_term reason) {
    mb_pid other = half->pid[1];
    become_signal(half, 0, other, reason);
    while ((half = mb_link_half_with(p, other)))
        mb_link_half_drop(p, half);
}

static mb_link_node *half_with_node(mb_process *p, unsigned node) {
    for (mb_link_node *link = p->links; link; link = step(link, p))
        if (link->far && !link->in_flight && mb_node_index(link->pid[1]) == node)
            return link;
    return NULL;
}

void mb_links_lose(mb_process *p, unsigned node) {
    for (mb_link_node *half; (half = half_with_node(p, node));)
        mb_link_half_break(p, half, mb_atom("noconnection"));
}
