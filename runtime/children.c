#include "children.h"

#define FIRST_BUCKETS 4u

static size_t id_bucket(const mb_children *c, mb_term id) { return mb_hash(id) & (c->buckets - 1); }

static size_t pid_bucket(const mb_children *c, mb_pid pid) {
    return (pid ^ pid >> 16) & (c->buckets - 1);
}

static void link_id(mb_children *c, mb_child_record *child) {
    mb_child_record **bucket = &c->by_id[id_bucket(c, child->spec.id)];
    child->same_id = *bucket;
    *bucket = child;
}

static void link_pid(mb_children *c, mb_child_record *child) {
    mb_child_record **bucket = &c->by_pid[pid_bucket(c, child->pid)];
    child->same_pid = *bucket;
    *bucket = child;
}

static void unlink_id(mb_children *c, mb_child_record *child) {
    mb_child_record **at = &c->by_id[id_bucket(c, child->spec.id)];
    while (*at != child)
        at = &(*at)->same_id;
    *at = child->same_id;
}

static void unlink_pid(mb_children *c, mb_child_record *child) {
    mb_child_record **at = &c->by_pid[pid_bucket(c, child->pid)];
    while (*at != child)
        at = &(*at)->same_pid;
    *at = child->same_pid;
}

/* One block for both tables: by_pid follows by_id. */
static size_t tables_size(size_t buckets) { return 2 * buckets * sizeof(mb_child_record *); }

static bool grow(mb_children *c, mb_runtime *rt) {
    size_t buckets = c->buckets ? 2 * c->buckets : FIRST_BUCKETS;
    mb_child_record **tables = mb_allocate(rt, NULL, 0, tables_size(buckets));
    if (!tables)
        return false;
    memset(tables, 0, tables_size(buckets));
    if (c->by_id)
        mb_allocate(rt, c->by_id, tables_size(c->buckets), 0);
    c->by_id = tables;
    c->by_pid = tables + buckets;
    c->buckets = buckets;
    for (mb_child_record *child = c->first; child; child = child->next) {
        link_id(c, child);
        if (child->pid)
            link_pid(c, child);
    }
    return true;
}

void mb_child_spec_release(mb_child_spec *spec, mb_runtime *rt) {
    mb_release(rt, spec->id);
    mb_release(rt, spec->start);
    mb_release(rt, spec->modules);
    *spec = (mb_child_spec){0};
}

static void append(mb_children *c, mb_child_record *child) {
    child->previous = c->last;
    child->next = NULL;
    if (c->last)
        c->last->next = child;
    else
        c->first = child;
    c->last = child;
}

static void take_out(mb_children *c, mb_child_record *child) {
    if (child->previous)
        child->previous->next = child->next;
    else
        c->first = child->next;
    if (child->next)
        child->next->previous = child->previous;
    else
        c->last = child->previous;
}

mb_child_record *mb_children_add(mb_children *c, mb_runtime *rt, mb_child_spec *spec) {
    mb_child_record *child = NULL;
    if (c->count < c->buckets || grow(c, rt))
        child = mb_allocate(rt, NULL, 0, sizeof *child);
    if (!child) {
        mb_child_spec_release(spec, rt);
        return NULL;
    }
    *child = (mb_child_record){.spec = *spec};
    *spec = (mb_child_spec){0};
    append(c, child);
    c->count++;
    link_id(c, child);
    return child;
}

void mb_children_set_pid(mb_children *c, mb_child_record *child, mb_pid pid) {
    if (child->pid)
        unlink_pid(c, child);
    child->pid = pid;
    if (pid)
        link_pid(c, child);
}

void mb_children_move_last(mb_children *c, mb_child_record *child) {
    take_out(c, child);
    append(c, child);
}

void mb_children_remove(mb_children *c, mb_runtime *rt, mb_child_record *child) {
    mb_children_set_pid(c, child, 0);
    unlink_id(c, child);
    take_out(c, child);
    c->count--;
    mb_child_spec_release(&child->spec, rt);
    mb_release(rt, child->end);
    mb_allocate(rt, child, sizeof *child, 0);
}

void mb_children_finish(mb_children *c, mb_runtime *rt) {
    while (c->first)
        mb_children_remove(c, rt, c->first);
    if (c->by_id)
        mb_allocate(rt, c->by_id, tables_size(c->buckets), 0);
    *c = (mb_children){0};
}

mb_child_record *mb_children_by_id(const mb_children *c, mb_term id) {
    mb_child_record *child = c->buckets ? c->by_id[id_bucket(c, id)] : NULL;
    while (child && !mb_equal(child->spec.id, id))
        child = child->same_id;
    return child;
}

mb_child_record *mb_children_by_pid(const mb_children *c, mb_pid pid) {
    mb_child_record *child = c->buckets ? c->by_pid[pid_bucket(c, pid)] : NULL;
    while (child && child->pid != pid)
        child = child->same_pid;
    return child;
}

mb_term mb_restart_type_term(mb_restart_type type) {
    static const char *const names[] = {"permanent", "transient", "temporary"};
    return mb_atom(names[type]);
}

mb_term mb_shutdown_term(int64_t shutdown) {
    if (shutdown == MB_SHUTDOWN_INFINITY)
        return mb_atom("infinity");
    return shutdown == MB_SHUTDOWN_BRUTAL_KILL ? mb_atom("brutal_kill") : mb_integer(shutdown);
}
