/* ETS tables: their birth, names, owners and end. What is in them is ets_store.c's. */
#include "ets.h"

#include "process.h"

/* ---- Names */

static mb_ets **bucket_of(const mb_node *node, mb_term name) {
    return &node->ets.buckets[mb_hash(name) % MB_ETS_BUCKETS];
}

static void enter_name(mb_ets *table) {
    mb_ets **bucket = bucket_of(mb_node_of(table->owner), table->name);
    table->next_named = *bucket;
    *bucket = table;
}

static void leave_name(mb_ets *table) {
    mb_ets **link = bucket_of(mb_node_of(table->owner), table->name);
    while (*link != table)
        link = &(*link)->next_named;
    *link = table->next_named;
}

static bool names_init(mb_node *node) {
    if (!node->ets.buckets)
        node->ets.buckets =
            mb_memory_zeroed(&node->rt->memory, MB_ETS_BUCKETS * sizeof(mb_ets *));
    return node->ets.buckets != NULL;
}

void mb_ets_names_finish(mb_node *node) {
    mb_memory_put(&node->rt->memory, node->ets.buckets, MB_ETS_BUCKETS * sizeof(mb_ets *));
    node->ets.buckets = NULL;
}

mb_ets *mb_ets_find(const mb_runtime *rt, mb_term id) {
    const mb_node *node = mb_here(rt);
    if (id.type == MB_REFERENCE) {
        mb_reference *ref = mb_serials_find(&rt->references, id.id);
        mb_ets *table = ref && ref->kind == MB_REF_ETS ? (mb_ets *)(void *)ref : NULL;
        return table && mb_node_of(table->owner) == node ? table : NULL;
    }
    if (id.type != MB_STRING || !node->ets.buckets)
        return NULL;
    for (mb_ets *table = *bucket_of(node, id); table; table = table->next_named)
        if (mb_equal(table->name, id))
            return table;
    return NULL;
}

mb_term mb_ets_id(const mb_ets *table) {
    return table->options.named ? table->name : mb_ref_term(table->ref.id);
}

/* ---- Memory */

void mb_ets_charge(mb_ets *table, size_t bytes) {
    mb_process *owner = table->owner;
    table->bytes += bytes;
    owner->extras->table_bytes += bytes;
    if (mb_process_bytes(owner) > owner->rt->config.process_memory)
        mb_signal_overflow(owner);
}

void mb_ets_credit(mb_ets *table, size_t bytes) {
    table->bytes -= bytes;
    table->owner->extras->table_bytes -= bytes;
}

/* ---- Owners. The list of a process goes round: its head's previous one is the last. */

static void own(mb_ets *table, mb_process *owner) {
    mb_ets *head = owner->extras->tables;
    table->owner = owner;
    table->next_owned = NULL;
    table->previous_owned = head ? head->previous_owned : table;
    if (head) {
        head->previous_owned->next_owned = table;
        head->previous_owned = table;
    } else {
        owner->extras->tables = table;
    }
    size_t bytes = table->bytes;
    table->bytes = 0;
    mb_ets_charge(table, bytes);
}

static void disown(mb_ets *table) {
    mb_extras *extras = table->owner->extras;
    extras->table_bytes -= table->bytes;
    if (table->next_owned)
        table->next_owned->previous_owned = table->previous_owned;
    else
        extras->tables->previous_owned = table->previous_owned;
    if (extras->tables == table)
        extras->tables = table->next_owned;
    else
        table->previous_owned->next_owned = table->next_owned;
}

mb_ets *mb_ets_owned(const mb_process *p, const mb_ets *after) {
    return after ? after->next_owned : p->extras ? p->extras->tables : NULL;
}

/* ---- Birth and end */

mb_ets *mb_ets_new(mb_process *owner, mb_term name, const mb_ets_options *options) {
    mb_runtime *rt = owner->rt;
    if (!mb_extras_of(owner) || !names_init(mb_node_of(owner)))
        return NULL;
    mb_ets *table = mb_memory_zeroed(&rt->memory, sizeof *table);
    if (!table)
        return NULL;
    table->ref.kind = MB_REF_ETS;
    if (!mb_serials_add(&rt->references, (mb_serial_entry *)(void *)table)) {
        mb_memory_put(&rt->memory, table, sizeof *table);
        return NULL;
    }
    table->rt = rt;
    table->name = mb_retain(name);
    table->heir_data = mb_nil();
    table->options = *options;
    table->dice = 0x9e3779b97f4a7c15u;
    table->bytes = sizeof *table;
    own(table, owner);
    if (options->named)
        enter_name(table);
    return table;
}

void mb_ets_drop(mb_ets *table) {
    mb_runtime *rt = table->rt;
    table->fixer_count = 0;
    mb_ets_clear(table);
    if (table->options.named)
        leave_name(table);
    disown(table);
    mb_serials_remove(&rt->references, table->ref.id);
    mb_release(rt, table->name);
    mb_release(rt, table->heir_data);
    mb_memory_put(&rt->memory, table->fixers, table->fixer_capacity * sizeof *table->fixers);
    mb_memory_put(&rt->memory, table, sizeof *table);
}

void mb_ets_rename(mb_ets *table, mb_term name) {
    if (table->options.named)
        leave_name(table);
    mb_release(table->rt, table->name);
    table->name = mb_retain(name);
    if (table->options.named)
        enter_name(table);
}

void mb_ets_set_heir(mb_ets *table, mb_pid heir, mb_term data) {
    mb_release(table->rt, table->heir_data);
    table->heir = heir;
    table->heir_data = data;
}

bool mb_ets_give_away(mb_ets *table, mb_process *to, mb_term data) {
    mb_runtime *rt = table->rt;
    mb_process *from = table->owner;
    mb_term message;
    mb_term parts[] = {mb_atom("ETS-TRANSFER"), mb_ets_id(table), mb_pid_term(from->pid), data};
    bool made = mb_extras_of(to) && mb_tuple(rt, &message, 4, parts);
    mb_release(rt, data);
    if (!made)
        return false;
    disown(table);
    own(table, to);
    return mb_send(rt, from, to->pid, message);
}

void mb_ets_bequeath(mb_process *p) {
    while (p->extras && p->extras->tables) {
        mb_ets *table = p->extras->tables;
        mb_process *heir = table->heir == p->pid ? NULL : mb_lookup(p->rt, table->heir);
        if (!heir)
            mb_ets_drop(table);
        else if (!mb_ets_give_away(table, heir, mb_retain(table->heir_data)) && table->owner == p)
            mb_ets_drop(table);
    }
}

void mb_ets_discard_all(mb_process *p) {
    while (p->extras && p->extras->tables)
        mb_ets_drop(p->extras->tables);
}

/* ---- Fixing (ets:safe_fixtable/2) */

bool mb_ets_is_fixed(mb_ets *table) {
    size_t kept = 0;
    for (size_t i = 0; i < table->fixer_count; i++)
        if (mb_lookup(table->rt, table->fixers[i].pid))
            table->fixers[kept++] = table->fixers[i];
    table->fixer_count = kept;
    if (kept == 0 && table->ghosts > 0)
        mb_ets_purge(table);
    return kept > 0;
}

static mb_ets_fixer *add_fixer(mb_ets *table, mb_pid pid) {
    if (table->fixer_count == table->fixer_capacity) {
        size_t capacity = table->fixer_capacity ? 2 * table->fixer_capacity : 2;
        mb_ets_fixer *fixers =
            mb_memory_resize(&table->rt->memory, table->fixers,
                             table->fixer_capacity * sizeof *fixers, capacity * sizeof *fixers);
        if (!fixers)
            return NULL;
        table->fixers = fixers;
        table->fixer_capacity = capacity;
    }
    table->fixers[table->fixer_count] = (mb_ets_fixer){.pid = pid};
    return &table->fixers[table->fixer_count++];
}

static mb_ets_fixer *find_fixer(mb_ets *table, mb_pid pid) {
    for (size_t i = 0; i < table->fixer_count; i++)
        if (table->fixers[i].pid == pid)
            return &table->fixers[i];
    return NULL;
}

bool mb_ets_fix(mb_ets *table, mb_process *by) {
    if (!mb_ets_is_fixed(table))
        table->fixed_at = mb_now(table->rt);
    mb_ets_fixer *fixer = find_fixer(table, by->pid);
    if (!fixer && !(fixer = add_fixer(table, by->pid)))
        return false;
    fixer->count++;
    return true;
}

void mb_ets_unfix(mb_ets *table, mb_process *by) {
    mb_ets_fixer *fixer = find_fixer(table, by->pid);
    if (fixer && --fixer->count == 0)
        *fixer = table->fixers[--table->fixer_count];
    mb_ets_is_fixed(table);
}

mb_pid mb_ets_fixer_at(const mb_ets *table, size_t i, uint64_t *count) {
    if (i >= table->fixer_count)
        return 0;
    *count = table->fixers[i].count;
    return table->fixers[i].pid;
}

void mb_ets_info_of(const mb_ets *table, mb_ets_info *out) {
    *out = (mb_ets_info){
        .options = table->options,
        .ref = table->ref.id,
        .name = table->name,
        .owner = table->owner->pid,
        .heir = table->heir,
        .size = table->size,
        .fixed_at = table->fixed_at,
        .memory = table->bytes,
    };
}
