/* ETS tables: their birth, names, owners and end. What is in them is ets_store.c's. */
#include "ets.h"

#include "process.h"

/* ---- Names */

static mb_ets **bucket_of(const mb_runtime *rt, mb_term name) {
    return &rt->ets.buckets[mb_hash(name) % MB_ETS_BUCKETS];
}

static void enter_name(mb_ets *table) {
    mb_ets **bucket = bucket_of(table->rt, table->name);
    table->next_named = *bucket;
    *bucket = table;
}

static void leave_name(mb_ets *table) {
    mb_ets **link = bucket_of(table->rt, table->name);
    while (*link != table)
        link = &(*link)->next_named;
    *link = table->next_named;
}

static bool names_init(mb_runtime *rt) {
    if (!rt->ets.buckets)
        rt->ets.buckets = mb_memory_zeroed(&rt->memory, MB_ETS_BUCKETS * sizeof(mb_ets *));
    return rt->ets.buckets != NULL;
}

void mb_ets_names_finish(mb_runtime *rt) {
    mb_memory_put(&rt->memory, rt->ets.buckets, MB_ETS_BUCKETS * sizeof(mb_ets *));
    rt->ets.buckets = NULL;
}

mb_ets *mb_ets_find(const mb_runtime *rt, mb_term id) {
    if (id.type == MB_REFERENCE) {
        mb_reference *ref = mb_serials_find(&rt->references, id.id);
        return ref && ref->kind == MB_REF_ETS ? (mb_ets *)(void *)ref : NULL;
    }
    if (id.type != MB_STRING || !rt->ets.buckets)
        return NULL;
    for (mb_ets *table = *bucket_of(rt, id); table; table = table->next_named)
        if (mb_equal(table->name, id))
            return table;
    return NULL;
}

mb_term mb_ets_id(const mb_ets *table) {
    return table->options.named ? table->name : mb_ref_term(table->ref.id);
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
}

static void disown(mb_ets *table) {
    mb_extras *extras = table->owner->extras;
    if (table->next_owned)
        table->next_owned->previous_owned = table->previous_owned;
    else
        extras->tables->previous_owned = table->previous_owned;
    if (extras->tables == table)
        extras->tables = table->next_owned;
    else
        table->previous_owned->next_owned = table->next_owned;
}

/* ---- Birth and end */

mb_ets *mb_ets_new(mb_process *owner, mb_term name, const mb_ets_options *options) {
    mb_runtime *rt = owner->rt;
    if (!mb_extras_of(owner) || !names_init(rt))
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
    own(table, owner);
    if (options->named)
        enter_name(table);
    return table;
}

void mb_ets_drop(mb_ets *table) {
    mb_runtime *rt = table->rt;
    mb_ets_clear(table);
    if (table->options.named)
        leave_name(table);
    disown(table);
    mb_serials_remove(&rt->references, table->ref.id);
    mb_release(rt, table->name);
    mb_release(rt, table->heir_data);
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

void mb_ets_info_of(const mb_ets *table, mb_ets_info *out) {
    *out = (mb_ets_info){
        .options = table->options,
        .ref = table->ref.id,
        .name = table->name,
        .owner = table->owner->pid,
        .heir = table->heir,
        .size = table->size,
        .memory = sizeof *table + table->bytes + table->capacity * sizeof *table->buckets,
    };
}
