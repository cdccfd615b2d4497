#include "node.h"

#include "after.h"
#include "net.h"
#include "process.h"
#include "tagged.h"

/* ---- Names of nodes */

static mb_node *add_node(mb_runtime *rt, mb_term name) {
    if (rt->node_count == MB_NODES)
        return NULL;
    mb_node *node = mb_memory_zeroed(&rt->memory, sizeof *node);
    if (!node)
        return NULL;
    node->rt = rt;
    node->name = mb_retain(name);
    node->index = (unsigned)rt->node_count;
    return rt->nodes[rt->node_count++] = node;
}

bool mb_nodes_init(mb_runtime *rt) {
    mb_node *first = add_node(rt, mb_atom("nonode@nohost"));
    if (first)
        first->running = true;
    return first != NULL;
}

static void free_node(mb_runtime *rt, mb_node *node) {
    mb_names_finish(node);
    mb_ets_names_finish(node);
    mb_memory_put(&rt->memory, node->subscriptions,
                  node->subscription_capacity * sizeof *node->subscriptions);
    mb_release(rt, node->name);
    mb_memory_put(&rt->memory, node, sizeof *node);
}

void mb_nodes_finish(mb_runtime *rt) {
    for (size_t i = 0; i < rt->node_count; i++)
        free_node(rt, rt->nodes[i]);
}

mb_node *mb_node_find(const mb_runtime *rt, mb_term name) {
    for (size_t i = 0; i < rt->node_count; i++)
        if (mb_equal(rt->nodes[i]->name, name))
            return rt->nodes[i];
    return NULL;
}

mb_node *mb_node_named(mb_runtime *rt, mb_term name) {
    mb_node *node = mb_node_find(rt, name);
    return node ? node : add_node(rt, name);
}

mb_node *mb_node_next(const mb_runtime *rt, const mb_node *after) {
    size_t index = after ? after->index + 1 : 0;
    return index < rt->node_count ? rt->nodes[index] : NULL;
}

mb_node *mb_here(const mb_runtime *rt) {
    return rt->current ? mb_node_of(rt->current) : rt->nodes[0];
}

mb_node *mb_node_of_pid(const mb_runtime *rt, mb_pid pid) { return rt->nodes[mb_node_index(pid)]; }
mb_node *mb_node_of(const mb_process *p) { return mb_node_of_pid(p->rt, p->pid); }
mb_term mb_node_name(const mb_node *node) { return node->name; }
bool mb_node_is_running(const mb_node *node) { return node->running; }
bool mb_is_distributed(const mb_runtime *rt) { return rt->distributed; }

mb_term mb_node_pair(const mb_node *a, const mb_node *b) {
    mb_term pair = mb_nil(), parts[] = {a->name, b->name};
    (void)mb_tuple(a->rt, &pair, 2, parts);
    return pair;
}

/* ---- Start and end */

static void become_distributed(mb_runtime *rt) {
    if (rt->distributed)
        return;
    rt->distributed = true;
    rt->nodes[0]->name = mb_atom("main@local");
}

mb_node_result mb_node_start(mb_runtime *rt, mb_term name, mb_node **out) {
    become_distributed(rt);
    mb_node *node = mb_node_named(rt, name);
    if (!node)
        return MB_NODE_NO_MEMORY;
    if (node->running)
        return MB_NODE_TAKEN;
    node->running = true;
    mb_event_record(rt, MB_EVENT_NODE_START, 0, 0, node->name);
    *out = node;
    return MB_NODE_OK;
}

static void end_processes(mb_node *node) {
    mb_runtime *rt = node->rt;
    mb_pid last = 0;
    for (mb_process *p; (p = mb_next_process(rt, last));) {
        last = p->pid;
        if (mb_node_of(p) != node)
            continue;
        mb_event_record(rt, MB_EVENT_EXIT, p->pid, 0, mb_atom("node_stop"));
        mb_process_discard(p);
    }
}

static void stop_now(mb_node *node) {
    mb_runtime *rt = node->rt;
    mb_timer_stop(&rt->wheel, &node->stop);
    mb_event_record(rt, MB_EVENT_NODE_STOP, 0, 0, node->name);
    node->running = false;
    for (size_t i = 0; i < rt->node_count; i++)
        mb_net_disconnect(node, rt->nodes[i]);
    end_processes(node);
    mb_after_discard_named(node);
    node->subscribed = 0;
}

static void fire_stop(mb_runtime *rt, mb_timer *timer) {
    (void)rt;
    stop_now((mb_node *)(void *)((char *)timer - offsetof(mb_node, stop)));
}

void mb_node_stop(mb_node *node) {
    mb_runtime *rt = node->rt;
    assert(node->index != 0 && "mb_node_stop: the first node stops with the runtime");
    if (!node->running || mb_timer_started(&node->stop))
        return;
    node->stop.fire = fire_stop;
    if (rt->current && mb_node_of(rt->current) == node)
        mb_timer_start(&rt->wheel, &node->stop, rt->now);
    else
        stop_now(node);
}

/* ---- Subscriptions */

static void forget_dead(mb_node *node) {
    size_t kept = 0;
    for (size_t i = 0; i < node->subscribed; i++)
        if (mb_lookup(node->rt, node->subscriptions[i].pid))
            node->subscriptions[kept++] = node->subscriptions[i];
    node->subscribed = kept;
}

static bool reserve_subscription(mb_node *node) {
    if (node->subscribed < node->subscription_capacity)
        return true;
    forget_dead(node);
    if (2 * node->subscribed < node->subscription_capacity)
        return true;
    size_t old = node->subscription_capacity, capacity = old ? 2 * old : 4;
    mb_subscription *larger =
        mb_memory_resize(&node->rt->memory, node->subscriptions, old * sizeof *larger,
                         capacity * sizeof *larger);
    if (!larger)
        return false;
    node->subscriptions = larger;
    node->subscription_capacity = capacity;
    return true;
}

static bool subscribe(mb_process *p, mb_node *of) {
    mb_node *node = mb_node_of(p);
    if (!reserve_subscription(node))
        return false;
    node->subscriptions[node->subscribed++] = (mb_subscription){p->pid, of};
    return true;
}

/* The newest. */
static bool unsubscribe(const mb_process *p, const mb_node *of) {
    mb_node *node = mb_node_of(p);
    for (size_t i = node->subscribed; i-- > 0;) {
        mb_subscription *s = &node->subscriptions[i];
        if (s->pid != p->pid || s->of != of)
            continue;
        memmove(s, s + 1, (--node->subscribed - i) * sizeof *s);
        return true;
    }
    return false;
}

/* For want of memory the message is lost. */
static void notify(const mb_node *node, mb_pid pid, bool up) {
    mb_term message = mb_tagged(node->rt, up ? "nodeup" : "nodedown", mb_retain(node->name));
    if (message.type == MB_TABLE)
        (void)mb_send(node->rt, NULL, pid, message);
}

void mb_node_tell(mb_node *node, const mb_node *other, bool up) {
    size_t kept = 0;
    for (size_t i = 0; i < node->subscribed; i++) {
        mb_subscription s = node->subscriptions[i];
        bool once = s.of == other && !up;
        if (!s.of || once)
            notify(other, s.pid, up);
        if (!once)
            node->subscriptions[kept++] = s;
    }
    node->subscribed = kept;
}

bool mb_watch_nodes(mb_process *p, bool on) {
    if (on)
        return subscribe(p, NULL);
    while (unsubscribe(p, NULL))
        ;
    return true;
}

bool mb_watch_node(mb_process *p, mb_node *node, bool on) {
    mb_node *own = mb_node_of(p);
    if (!on)
        return unsubscribe(p, node), true;
    if (node == own || mb_node_connect(own, node))
        return subscribe(p, node);
    notify(node, p->pid, false);
    return true;
}

/* ---- Connections */

bool mb_node_connect(mb_node *a, mb_node *b) {
    return a == b ? a->running : mb_net_connect(a, b) != NULL;
}

bool mb_node_is_connected(const mb_node *a, const mb_node *b) {
    return mb_net_connection(a, b) != NULL;
}

bool mb_node_disconnect(mb_node *a, mb_node *b) { return mb_net_disconnect(a, b); }
