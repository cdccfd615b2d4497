/* A registry (registry.ex). Entries hang in three lists each: all of them, those whose keys share a
 * bucket, those whose owners do; every list is in order of registration. The process that owns the
 * structure traps exits and is linked to everyone with an entry, so it learns when one ends; until
 * then whoever looks passes over the entries of the dead. */
#include "registry.h"

#include "gen_server.h"
#include "tagged.h"

#define FIRST_BUCKETS 8u

typedef enum list_kind { ALL, BY_KEY, BY_OWNER, LIST_KINDS } list_kind;

typedef struct entry entry;
struct entry {
    mb_registration registration; /* first: a registration is its entry; terms are owned */
    uint64_t hash;                /* of the key */
    struct {
        entry *next, *previous;
    } links[LIST_KINDS];
};

typedef struct list {
    entry *first, *last;
} list;

typedef struct metadata {
    mb_term key, value; /* owned */
} metadata;

struct mb_registry {
    mb_process *process;
    bool unique;
    mb_term name;      /* owned */
    mb_term listeners; /* owned; an array of names */
    list all;
    list *by_key, *by_owner; /* buckets; both tables have the same size and lie in one block */
    size_t buckets;          /* a power of two, or 0 */
    size_t count;            /* of entries, those of the dead among them */
    metadata *metadata;
    size_t metadata_count;
};

/* ---- entries --------------------------------------------------------------------------------*/

static list *key_bucket(const mb_registry *r, uint64_t hash) {
    return &r->by_key[hash & (r->buckets - 1)];
}

static list *owner_bucket(const mb_registry *r, mb_pid pid) {
    return &r->by_owner[(pid ^ pid >> 16) & (r->buckets - 1)];
}

static void append(list *l, list_kind kind, entry *e) {
    e->links[kind].next = NULL;
    e->links[kind].previous = l->last;
    if (l->last)
        l->last->links[kind].next = e;
    else
        l->first = e;
    l->last = e;
}

static void detach(list *l, list_kind kind, entry *e) {
    entry *next = e->links[kind].next, *previous = e->links[kind].previous;
    if (next)
        next->links[kind].previous = previous;
    else
        l->last = previous;
    if (previous)
        previous->links[kind].next = next;
    else
        l->first = next;
}

static size_t tables_size(size_t buckets) { return 2 * buckets * sizeof(list); }

static bool grow(mb_registry *r) {
    mb_runtime *rt = mb_runtime_of(r->process);
    size_t buckets = r->buckets ? 2 * r->buckets : FIRST_BUCKETS;
    list *tables = mb_allocate(rt, NULL, 0, tables_size(buckets));
    if (!tables)
        return false;
    memset(tables, 0, tables_size(buckets));
    if (r->by_key)
        mb_allocate(rt, r->by_key, tables_size(r->buckets), 0);
    r->by_key = tables;
    r->by_owner = tables + buckets;
    r->buckets = buckets;
    for (entry *e = r->all.first; e; e = e->links[ALL].next) {
        append(key_bucket(r, e->hash), BY_KEY, e);
        append(owner_bucket(r, e->registration.pid), BY_OWNER, e);
    }
    return true;
}

static void free_entry(mb_runtime *rt, entry *e) {
    mb_release(rt, e->registration.key);
    mb_release(rt, e->registration.value);
    mb_allocate(rt, e, sizeof *e, 0);
}

static void remove_entry(mb_registry *r, entry *e) {
    detach(&r->all, ALL, e);
    detach(key_bucket(r, e->hash), BY_KEY, e);
    detach(owner_bucket(r, e->registration.pid), BY_OWNER, e);
    r->count--;
    free_entry(mb_runtime_of(r->process), e);
}

/* ---- looking --------------------------------------------------------------------------------*/

/* Where the shortest list with all that the filter lets through begins. */
static entry *first_candidate(const mb_registry *r, const mb_registry_filter *filter,
                              uint64_t hash, list_kind kind) {
    if (!r->buckets)
        return NULL;
    return kind == BY_KEY     ? key_bucket(r, hash)->first
           : kind == BY_OWNER ? owner_bucket(r, filter->pid)->first
                              : r->all.first;
}

static bool fits(const mb_registry *r, const entry *e, const mb_registry_filter *filter,
                 uint64_t hash) {
    const mb_registration *found = &e->registration;
    if (filter->pid && found->pid != filter->pid)
        return false;
    if (filter->key && (e->hash != hash || !mb_equal(found->key, *filter->key)))
        return false;
    return mb_lookup_settled(mb_runtime_of(r->process), found->pid) != NULL;
}

const mb_registration *mb_registry_next(mb_registry *r, const mb_registry_filter *filter,
                                        const mb_registration *after) {
    list_kind kind = filter->key ? BY_KEY : filter->pid ? BY_OWNER : ALL;
    uint64_t hash = filter->key ? mb_hash(*filter->key) : 0;
    entry *e = after ? ((const entry *)(const void *)after)->links[kind].next
                     : first_candidate(r, filter, hash, kind);
    while (e && !fits(r, e, filter, hash))
        e = e->links[kind].next;
    return e ? &e->registration : NULL;
}

/* ---- changing -------------------------------------------------------------------------------*/

/* Sends { what, registry, key, pid [, value] } to the listeners, up to one whom nobody is. */
static mb_registry_result tell_listeners(mb_registry *r, const char *what, mb_process *p, mb_term key,
                                         const mb_term *value) {
    mb_runtime *rt = mb_runtime_of(p);
    mb_registry_result result = MB_REGISTRY_OK;
    if (mb_array_size(r->listeners) == 0)
        return result;
    const mb_term parts[] = {mb_atom(what), r->name, key, mb_pid_term(mb_self(p)),
                             value ? *value : mb_nil()};
    mb_term message;
    if (!mb_tuple(rt, &message, value ? 5 : 4, parts))
        return MB_REGISTRY_NO_MEMORY;
    for (size_t i = 0; i < mb_array_size(r->listeners) && result == MB_REGISTRY_OK; i++) {
        mb_pid pid = mb_whereis_on(mb_node_of(r->process), mb_element(r->listeners, i));
        if (!pid)
            result = MB_REGISTRY_UNHEARD;
        else if (!mb_send(rt, p, pid, mb_retain(message)))
            result = MB_REGISTRY_NO_MEMORY;
    }
    mb_release(rt, message);
    return result;
}

/* Who holds the key of a unique registry. The entry of one who has ended gives way. */
static mb_pid holder_of(mb_registry *r, mb_term key, uint64_t hash) {
    entry *e = r->buckets ? key_bucket(r, hash)->first : NULL;
    while (e && (e->hash != hash || !mb_equal(e->registration.key, key)))
        e = e->links[BY_KEY].next;
    if (!e)
        return 0;
    if (mb_lookup_settled(mb_runtime_of(r->process), e->registration.pid))
        return e->registration.pid;
    remove_entry(r, e);
    return 0;
}

mb_registry_result mb_registry_add(mb_registry *r, mb_process *p, mb_term key, mb_term value,
                                   mb_pid *holder) {
    mb_runtime *rt = mb_runtime_of(p);
    uint64_t hash = mb_hash(key);
    *holder = r->unique ? holder_of(r, key, hash) : 0;
    if (*holder)
        return MB_REGISTRY_TAKEN;
    if (r->count >= r->buckets && !grow(r))
        return MB_REGISTRY_NO_MEMORY;
    entry *e = mb_allocate(rt, NULL, 0, sizeof *e);
    if (!e)
        return MB_REGISTRY_NO_MEMORY;
    if (mb_link(p, mb_self(r->process)) != MB_LINK_OK) {
        mb_allocate(rt, e, sizeof *e, 0);
        return MB_REGISTRY_NO_MEMORY;
    }
    *e = (entry){.registration = {mb_retain(key), mb_retain(value), mb_self(p)}, .hash = hash};
    append(&r->all, ALL, e);
    append(key_bucket(r, hash), BY_KEY, e);
    append(owner_bucket(r, mb_self(p)), BY_OWNER, e);
    r->count++;
    return tell_listeners(r, "register", p, key, &value);
}

void mb_registry_remove(mb_registry *r, const mb_registration *registration) {
    remove_entry(r, (entry *)(uintptr_t)registration);
}

/* Whether p started the registry, and is linked to it for that. */
static bool is_parent(const mb_registry *r, const mb_process *p) {
    const mb_server *server = mb_data(r->process);
    return server->linked && r->process->parent == p->pid;
}

mb_registry_result mb_registry_let_go(mb_registry *r, mb_process *p, mb_term key) {
    const mb_registry_filter own = {.pid = mb_self(p)};
    if (!mb_registry_next(r, &own, NULL) && !is_parent(r, p))
        mb_unlink(p, mb_self(r->process));
    return tell_listeners(r, "unregister", p, key, NULL);
}

mb_registry_result mb_registry_unregister(mb_registry *r, mb_process *p, mb_term key) {
    const mb_registry_filter filter = {.key = &key, .pid = mb_self(p)};
    const mb_registration *found;
    while ((found = mb_registry_next(r, &filter, NULL)))
        mb_registry_remove(r, found);
    return mb_registry_let_go(r, p, key);
}

void mb_registry_update(mb_registry *r, const mb_registration *registration, mb_term value) {
    entry *e = (entry *)(uintptr_t)registration;
    mb_term old = e->registration.value;
    e->registration.value = mb_retain(value);
    mb_release(mb_runtime_of(r->process), old);
}

/* ---- metadata -------------------------------------------------------------------------------*/

static metadata *find_metadata(const mb_registry *r, mb_term key) {
    for (size_t i = 0; i < r->metadata_count; i++)
        if (mb_equal(r->metadata[i].key, key))
            return &r->metadata[i];
    return NULL;
}

bool mb_registry_meta(const mb_registry *r, mb_term key, mb_term *value) {
    const metadata *found = find_metadata(r, key);
    *value = found ? found->value : mb_nil();
    return found != NULL;
}

bool mb_registry_put_meta(mb_registry *r, mb_term key, mb_term value) {
    mb_runtime *rt = mb_runtime_of(r->process);
    metadata *found = find_metadata(r, key);
    if (found) {
        mb_term old = found->value;
        found->value = mb_retain(value);
        mb_release(rt, old);
        return true;
    }
    metadata *unused = find_metadata(r, mb_nil());
    if (unused) {
        *unused = (metadata){mb_retain(key), mb_retain(value)};
        return true;
    }
    size_t size = r->metadata_count * sizeof *r->metadata;
    metadata *larger = mb_allocate(rt, r->metadata, size, size + sizeof *larger);
    if (!larger)
        return false;
    larger[r->metadata_count++] = (metadata){mb_retain(key), mb_retain(value)};
    r->metadata = larger;
    return true;
}

void mb_registry_delete_meta(mb_registry *r, mb_term key) {
    mb_runtime *rt = mb_runtime_of(r->process);
    metadata *found = find_metadata(r, key);
    if (!found)
        return;
    metadata gone = *found;
    found->key = mb_nil(); /* no key that can be asked for */
    found->value = mb_nil();
    mb_release(rt, gone.key);
    mb_release(rt, gone.value);
}

/* ---- the process ----------------------------------------------------------------------------*/

static mb_callback_state done(mb_outcome *out, mb_outcome_type type) {
    out->type = type;
    return MB_CALLBACK_DONE;
}

/* argument: { keys =, name =, listeners = {…}, meta = {…} } */
static mb_callback_state init(mb_process *p, void *data, mb_term argument, mb_outcome *out) {
    mb_registry *r = data;
    r->process = p;
    r->unique = mb_is(mb_get(argument, "keys"), "unique");
    r->name = mb_retain(mb_get(argument, "name"));
    r->listeners = mb_retain(mb_get(argument, "listeners"));
    mb_term meta = mb_get(argument, "meta");
    bool stored = true;
    for (size_t i = 0; meta.type == MB_TABLE && i < meta.table->pair_count; i++) {
        const mb_term *pair = meta.table->cells + meta.table->array_size + 2 * i;
        stored = mb_registry_put_meta(r, pair[0], pair[1]) && stored;
    }
    mb_set_trap_exit(p, true);
    if (!stored)
        out->reason = MB_SYSTEM_LIMIT;
    return done(out, stored ? MB_OUTCOME_OK : MB_OUTCOME_STOP);
}

/* Its entries are no children, but it answers what supervisors are asked. */
static mb_callback_state handle_call(mb_process *p, void *data, mb_term request, mb_from from,
                                     mb_outcome *out) {
    mb_runtime *rt = mb_runtime_of(p);
    (void)data;
    (void)from;
    if (mb_is(request, "which_children")) {
        if (!mb_tuple(rt, &out->reply, 0, NULL))
            out->reply = mb_nil();
        return done(out, MB_OUTCOME_REPLY);
    }
    if (mb_is(request, "count_children")) {
        const mb_term counts[] = {mb_atom("specs"),       mb_integer(0), mb_atom("active"),
                                  mb_integer(0),          mb_atom("supervisors"),
                                  mb_integer(0),          mb_atom("workers"),
                                  mb_integer(0)};
        if (!mb_map(rt, &out->reply, 4, counts))
            out->reply = mb_nil();
        return done(out, MB_OUTCOME_REPLY);
    }
    mb_term clause = mb_tuple_taking(
        rt, 3, (mb_term[]){mb_atom("Registry"), mb_atom("handle_call"), mb_retain(request)});
    out->reason = mb_tagged(rt, "function_clause", clause);
    return done(out, MB_OUTCOME_CRASH);
}

static mb_callback_state handle_cast(mb_process *p, void *data, mb_term request, mb_outcome *out) {
    (void)p;
    (void)data;
    (void)request;
    return done(out, MB_OUTCOME_NOREPLY);
}

/* { "EXIT", pid, reason }: an owner has ended. */
static mb_callback_state handle_info(mb_process *p, void *data, mb_term message, mb_outcome *out) {
    mb_registry *r = data;
    mb_pid pid = mb_element(message, 1).type == MB_PID ? mb_element(message, 1).id : 0;
    bool ended = mb_is_tuple(message, 3) && mb_is(mb_element(message, 0), "EXIT") && pid &&
                 !mb_lookup(mb_runtime_of(p), pid);
    entry *next = NULL;
    for (entry *e = ended && r->buckets ? owner_bucket(r, pid)->first : NULL; e; e = next) {
        next = e->links[BY_OWNER].next;
        if (e->registration.pid == pid)
            remove_entry(r, e);
    }
    return done(out, MB_OUTCOME_NOREPLY);
}

static bool state(mb_process *p, void *data, mb_term *out) {
    const mb_registry *r = data;
    const mb_term pairs[] = {mb_atom("name"), r->name, mb_atom("entries"),
                             mb_integer((int64_t)r->count)};
    return mb_map(mb_runtime_of(p), out, 2, pairs);
}

static mb_term module(mb_process *p, void *data) {
    (void)p;
    (void)data;
    return mb_atom("Registry");
}

static void destroy(mb_process *p, void *data) {
    mb_registry *r = data;
    mb_runtime *rt = mb_runtime_of(p);
    entry *next = NULL;
    for (entry *e = r->all.first; e; e = next) {
        next = e->links[ALL].next;
        free_entry(rt, e);
    }
    if (r->by_key)
        mb_allocate(rt, r->by_key, tables_size(r->buckets), 0);
    for (size_t i = 0; i < r->metadata_count; i++) {
        mb_release(rt, r->metadata[i].key);
        mb_release(rt, r->metadata[i].value);
    }
    if (r->metadata)
        mb_allocate(rt, r->metadata, r->metadata_count * sizeof *r->metadata, 0);
    mb_release(rt, r->name);
    mb_release(rt, r->listeners);
}

static const mb_gen_server_class REGISTRY = {
    .data_size = sizeof(mb_registry),
    .init = init,
    .handle_call = handle_call,
    .handle_cast = handle_cast,
    .handle_info = handle_info,
    .state = state,
    .destroy = destroy,
    .module = module,
};

mb_process *mb_registry_start(mb_runtime *rt, mb_process *starter, mb_term argument,
                              const mb_gen_server_options *options) {
    return mb_gen_server_start(rt, starter, &REGISTRY, argument, options);
}

mb_registry *mb_registry_find(mb_runtime *rt, mb_term name) {
    mb_process *p = mb_lookup_settled(rt, mb_whereis(rt, name));
    mb_registry *r = p ? mb_gen_server_data(p, &REGISTRY) : NULL;
    return r && r->process ? r : NULL;
}

size_t mb_registrations_of(mb_process *p) {
    const mb_registry *r = mb_gen_server_data(p, &REGISTRY);
    return r ? r->count : 0;
}

mb_pid mb_registry_pid(const mb_registry *r) { return mb_self(r->process); }
bool mb_registry_is_unique(const mb_registry *r) { return r->unique; }
