#include "names.h"

#include <stdlib.h>

#include "process.h"

#define FIRST_CAPACITY 16

/* The entry with that name, or the free one where it would go. */
static mb_name_entry *probe(const mb_names *names, mb_term name) {
    size_t mask = names->capacity - 1;
    for (size_t i = mb_hash(name) & mask;; i = (i + 1) & mask) {
        mb_name_entry *entry = &names->entries[i];
        if (entry->name.type == MB_NIL || mb_equal(entry->name, name))
            return entry;
    }
}

static bool grow(mb_runtime *rt, mb_names *names) {
    mb_names larger = {.capacity = names->capacity ? names->capacity * 2 : FIRST_CAPACITY,
                       .count = names->count};
    larger.entries = mb_memory_zeroed(&rt->memory, larger.capacity * sizeof *larger.entries);
    if (!larger.entries)
        return false;
    for (size_t i = 0; i < names->capacity; i++)
        if (names->entries[i].name.type != MB_NIL)
            *probe(&larger, names->entries[i].name) = names->entries[i];
    if (names->entries)
        mb_memory_put(&rt->memory, names->entries, names->capacity * sizeof *names->entries);
    *names = larger;
    return true;
}

static mb_name_entry *find(const mb_names *names, mb_term name) {
    mb_name_entry *entry = names->capacity ? probe(names, name) : NULL;
    return entry && entry->name.type != MB_NIL ? entry : NULL;
}

/* Closes the gap: whatever stands behind it in the same run and hashes to or before it moves up. */
static void erase(mb_names *names, mb_name_entry *entry) {
    size_t mask = names->capacity - 1;
    size_t gap = (size_t)(entry - names->entries);
    names->entries[gap].name = mb_nil();
    for (size_t i = (gap + 1) & mask; names->entries[i].name.type != MB_NIL; i = (i + 1) & mask) {
        size_t home = mb_hash(names->entries[i].name) & mask;
        if (((i - home) & mask) < ((i - gap) & mask))
            continue;
        names->entries[gap] = names->entries[i];
        names->entries[i].name = mb_nil();
        gap = i;
    }
    names->count--;
}

mb_name_result mb_register(mb_runtime *rt, mb_term name, mb_pid pid) {
    mb_names *names = &mb_node_of_pid(rt, pid)->names;
    mb_name_entry *taken = find(names, name);
    if (taken && mb_lookup_settled(rt, taken->process->pid))
        return MB_NAME_TAKEN;
    mb_process *p = mb_lookup_settled(rt, pid);
    if (!p)
        return MB_NAME_NOPROC;
    mb_extras *extras = mb_extras_of(p);
    if (!extras)
        return MB_NAME_NO_MEMORY;
    if (extras->name.type != MB_NIL)
        return MB_NAME_HAS_NAME;
    if (2 * (names->count + 1) > names->capacity && !grow(rt, names))
        return MB_NAME_NO_MEMORY;
    *probe(names, name) = (mb_name_entry){.name = mb_retain(name), .process = p};
    names->count++;
    extras->name = mb_retain(name);
    mb_event_record(rt, MB_EVENT_REGISTER, pid, 0, name);
    return MB_NAME_OK;
}

static bool unregister(mb_node *node, mb_term name) {
    mb_runtime *rt = node->rt;
    mb_name_entry *entry = find(&node->names, name);
    if (!entry)
        return false;
    mb_process *p = entry->process;
    mb_event_record(rt, MB_EVENT_UNREGISTER, p->pid, 0, name);
    mb_term in_table = entry->name, in_process = p->extras->name;
    erase(&node->names, entry);
    p->extras->name = mb_nil();
    mb_release(rt, in_table);
    mb_release(rt, in_process);
    return true;
}

bool mb_unregister(mb_runtime *rt, mb_term name) { return unregister(mb_here(rt), name); }

void mb_names_forget(mb_process *p) {
    if (p->extras && p->extras->name.type != MB_NIL)
        unregister(mb_node_of(p), p->extras->name);
}

mb_pid mb_whereis_on(const mb_node *node, mb_term name) {
    const mb_name_entry *entry = find(&node->names, name);
    return entry ? entry->process->pid : 0;
}

mb_pid mb_whereis(const mb_runtime *rt, mb_term name) { return mb_whereis_on(mb_here(rt), name); }

mb_term mb_registered_name(const mb_process *p) { return p->extras ? p->extras->name : mb_nil(); }

static int by_name(const void *a, const void *b) {
    return mb_compare(((const mb_name_entry *)a)->name, ((const mb_name_entry *)b)->name);
}

bool mb_registered(mb_runtime *rt, void (*visit)(void *context, mb_term name, mb_pid pid),
                   void *context) {
    const mb_names *names = &mb_here(rt)->names;
    size_t count = 0, size = names->count * sizeof(mb_name_entry);
    mb_name_entry *sorted = size ? mb_memory_get(&rt->memory, size) : NULL;
    if (size && !sorted)
        return false;
    for (size_t i = 0; i < names->capacity; i++)
        if (names->entries[i].name.type != MB_NIL)
            sorted[count++] = names->entries[i];
    if (count)
        qsort(sorted, count, sizeof *sorted, by_name);
    for (size_t i = 0; i < count; i++)
        visit(context, sorted[i].name, sorted[i].process->pid);
    mb_memory_put(&rt->memory, sorted, size);
    return true;
}

void mb_names_finish(mb_node *node) {
    mb_memory_put(&node->rt->memory, node->names.entries,
                  node->names.capacity * sizeof *node->names.entries);
}

bool mb_set_title(mb_process *p, mb_term title) {
    mb_extras *extras = mb_extras_of(p);
    if (!extras)
        return false;
    mb_term old = extras->title;
    extras->title = mb_retain(title);
    mb_release(p->rt, old);
    return true;
}

mb_term mb_title(const mb_process *p) {
    mb_term name = mb_registered_name(p);
    if (name.type == MB_NIL && p->extras)
        name = p->extras->title;
    return name.type == MB_NIL ? mb_pid_term(p->pid) : name;
}
