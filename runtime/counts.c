#include "links.h"
#include "monitors.h"
#include "process.h"
#include "registry.h"

/* A link is counted with the first of its sides that still holds on to it. */
static size_t links_of(const mb_process *p) {
    size_t count = 0;
    for (const mb_link_node *link = p->links, *next; link; link = next) {
        int side = link->side[1] == p;
        count += side == 0 || !link->side[0];
        next = link->next[side];
    }
    return count;
}

static void count_process(mb_process *p, mb_counts *c) {
    mb_process_info info;
    mb_info(p, &info);
    c->processes++;
    c->links += links_of(p);
    c->messages += mb_mailbox_length(p);
    c->registrations += mb_registrations_of(p);
    c->process_bytes += info.memory;
}

static void count_table(const mb_ets *table, mb_counts *c) {
    c->tables++;
    c->objects += table->size;
    c->table_bytes += sizeof *table + table->bytes + table->capacity * sizeof *table->buckets;
}

static void count_reference(const mb_reference *reference, mb_counts *c) {
    c->references++;
    switch (reference->kind) {
    case MB_REF_WAIT:
        c->waits++;
        break;
    case MB_REF_MONITOR:
        c->monitors++;
        break;
    case MB_REF_ETS:
        count_table((const mb_ets *)(const void *)reference, c);
        break;
    default:
        break;
    }
}

static size_t event_bytes(const mb_event_log *log) {
    size_t bytes = log->capacity * sizeof *log->ring;
    for (size_t i = 0; i < log->capacity; i++)
        bytes += mb_block_size(log->ring[i].term);
    return bytes;
}

mb_counts mb_count(mb_runtime *rt) {
    mb_counts c = {.timers = rt->wheel.count,
                   .bytes = mb_memory_in_use(&rt->memory),
                   .event_bytes = event_bytes(&rt->events)};
    for (size_t i = 0; i < rt->node_count; i++)
        c.names += rt->nodes[i]->names.count;
    for (mb_process *p = NULL; (p = mb_next_process(rt, p ? p->pid : 0));)
        count_process(p, &c);
    for (size_t i = 0; rt->references.slots && i <= rt->references.mask; i++)
        if (rt->references.slots[i])
            count_reference((const mb_reference *)rt->references.slots[i], &c);
    return c;
}
