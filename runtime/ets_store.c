/* What is in an ETS table: hash tables and skip lists of objects. */
#include "ets.h"

#include "process.h"

#define FIRST_CAPACITY ((size_t)16)

static mb_memory *memory_of(const mb_ets *table) {
    return &table->rt->memory;
}
static bool is_ordered(const mb_ets *table) {
    return table->options.type == MB_ETS_ORDERED_SET;
}

static bool is_bag(const mb_ets *table) {
    return table->options.type == MB_ETS_BAG || table->options.type == MB_ETS_DUPLICATE_BAG;
}

static mb_term key_of(const mb_ets *table, const mb_ets_entry *entry) {
    return mb_ets_key(table, entry->object);
}

/* ---- Entries */

static size_t entry_size(size_t levels) {
    return sizeof(mb_ets_entry) + levels * sizeof(mb_ets_entry *);
}

static size_t charge_of(const mb_ets_entry *entry) {
    return mb_term_size(entry->object) + entry_size(entry->levels);
}

/* Takes the object. */
static mb_ets_entry *entry_new(mb_ets *table, mb_term object, uint32_t levels) {
    mb_ets_entry *entry = mb_memory_zeroed(memory_of(table), entry_size(levels));
    if (!entry) {
        mb_release(table->rt, object);
        return NULL;
    }
    entry->object = object;
    entry->levels = levels;
    entry->last_same = entry;
    entry->serial = entry->place = ++table->serial;
    table->size++;
    mb_ets_charge(table, charge_of(entry));
    return entry;
}

static void entry_free(mb_ets *table, mb_ets_entry *entry) {
    table->size -= !entry->ghost;
    table->ghosts -= entry->ghost;
    mb_ets_credit(table, charge_of(entry));
    mb_release(table->rt, entry->object);
    mb_memory_put(memory_of(table), entry, entry_size(entry->levels));
}

void mb_ets_replace(mb_ets *table, mb_ets_entry *entry, mb_term object) {
    mb_ets_credit(table, charge_of(entry));
    mb_release(table->rt, entry->object);
    entry->object = object;
    mb_ets_charge(table, charge_of(entry));
}

mb_ets_entry *mb_ets_same(const mb_ets_entry *entry) {
    return entry->same;
}
mb_term mb_ets_object(const mb_ets_entry *entry) {
    return entry->object;
}
static mb_ets_entry *living(mb_ets_entry *entry) {
    while (entry && entry->ghost)
        entry = entry->next;
    return entry;
}

static mb_ets_entry *living_before(mb_ets_entry *entry) {
    while (entry && entry->ghost)
        entry = entry->previous;
    return entry;
}

mb_ets_entry *mb_ets_first(const mb_ets *table) {
    return living(table->first);
}
mb_ets_entry *mb_ets_last(const mb_ets *table) {
    return living_before(table->last);
}
mb_ets_entry *mb_ets_next(const mb_ets_entry *entry) {
    return living(entry->next);
}
mb_ets_entry *mb_ets_previous(const mb_ets_entry *entry) {
    return living_before(entry->previous);
}

/* ---- Hash tables */

static mb_ets_entry **bucket_of(const mb_ets *table, uint64_t hash) {
    return &table->buckets[hash & (table->capacity - 1)];
}

static bool grow(mb_ets *table) {
    size_t capacity = table->capacity ? table->capacity * 2 : FIRST_CAPACITY;
    mb_ets_entry **buckets = mb_memory_zeroed(memory_of(table), capacity * sizeof(mb_ets_entry *));
    if (!buckets)
        return false;
    mb_memory_put(memory_of(table), table->buckets, table->capacity * sizeof(mb_ets_entry *));
    mb_ets_charge(table, (capacity - table->capacity) * sizeof(mb_ets_entry *));
    table->buckets = buckets;
    table->capacity = capacity;
    for (mb_ets_entry *entry = table->first; entry; entry = entry->next) {
        mb_ets_entry **bucket = bucket_of(table, entry->hash);
        entry->chain = *bucket;
        *bucket = entry;
    }
    return true;
}

static mb_ets_entry *hash_lookup(const mb_ets *table, mb_term key, uint64_t hash) {
    if (table->capacity == 0)
        return NULL;
    mb_ets_entry *entry = *bucket_of(table, hash);
    while (entry && (entry->hash != hash || !mb_equal(key_of(table, entry), key)))
        entry = entry->chain;
    return entry;
}

static bool has_object(const mb_ets_entry *head, mb_term object) {
    while (head && !mb_equal(head->object, object))
        head = head->same;
    return head != NULL;
}

/* A ghost's key comes back. */
static void revive(mb_ets *table, mb_ets_entry *ghost) {
    ghost->ghost = false;
    ghost->serial = ++table->serial;
    table->ghosts--;
    table->size++;
}

/* A further object of a key that is there already. */
static bool hash_insert_again(mb_ets *table, mb_ets_entry *head, mb_term object) {
    bool revived = head->ghost;
    if (revived)
        revive(table, head);
    if (revived || !is_bag(table)) {
        mb_ets_replace(table, head, object);
        return true;
    }
    if (table->options.type == MB_ETS_BAG && has_object(head, object)) {
        mb_release(table->rt, object);
        return true;
    }
    mb_ets_entry *entry = entry_new(table, object, 0);
    if (!entry)
        return false;
    entry->hash = head->hash;
    head->last_same->same = entry;
    head->last_same = entry;
    return true;
}

static bool hash_insert(mb_ets *table, mb_term object) {
    mb_term key = mb_ets_key(table, object);
    uint64_t hash = mb_hash(key);
    mb_ets_entry *head = hash_lookup(table, key, hash);
    if (head)
        return hash_insert_again(table, head, object);
    if (table->keys >= table->capacity && !grow(table)) {
        mb_release(table->rt, object);
        return false;
    }
    mb_ets_entry *entry = entry_new(table, object, 0);
    if (!entry)
        return false;
    entry->hash = hash;
    entry->chain = *bucket_of(table, hash);
    *bucket_of(table, hash) = entry;
    entry->previous = table->last;
    *(table->last ? &table->last->next : &table->first) = entry;
    table->last = entry;
    table->keys++;
    return true;
}

static mb_ets_entry **find_chain(mb_ets *table, const mb_ets_entry *head) {
    mb_ets_entry **link = bucket_of(table, head->hash);
    while (*link != head)
        link = &(*link)->chain;
    return link;
}

/* Where the order leads to the entry from before and from behind. */
static void relink(mb_ets *table, const mb_ets_entry *old, mb_ets_entry *before,
                   mb_ets_entry *behind) {
    *(old->previous ? &old->previous->next : &table->first) = before;
    *(old->next ? &old->next->previous : &table->last) = behind;
}

/* Takes a head out; the next object of its key takes its place, or, while the table is fixed, its
 * ghost. */
static void hash_remove_head(mb_ets *table, mb_ets_entry *head) {
    if (!head->same && !head->ghost && mb_ets_is_fixed(table)) {
        head->ghost = true;
        table->ghosts++;
        table->size--;
        return;
    }
    mb_ets_entry **link = find_chain(table, head), *heir = head->same;
    if (heir) {
        heir->chain = head->chain;
        heir->next = head->next;
        heir->previous = head->previous;
        heir->last_same = head->last_same;
        heir->place = head->place;
        relink(table, head, heir, heir);
        *link = heir;
    } else {
        relink(table, head, head->next, head->previous);
        *link = head->chain;
        table->keys--;
    }
    entry_free(table, head);
}

static void hash_delete(mb_ets *table, mb_ets_entry *head) {
    while (head) {
        mb_ets_entry *same = head->same;
        hash_remove_head(table, head);
        head = same;
    }
}

static void hash_delete_object(mb_ets *table, mb_ets_entry *head, mb_term object) {
    for (mb_ets_entry *entry = head; entry->same;) {
        mb_ets_entry *same = entry->same;
        if (!mb_equal(same->object, object)) {
            entry = same;
            continue;
        }
        entry->same = same->same;
        if (head->last_same == same)
            head->last_same = entry;
        entry_free(table, same);
    }
    if (mb_equal(head->object, object))
        hash_remove_head(table, head);
}

/* ---- Skip lists. `path` holds, for each level, the last entry before a key; NULL is the table. */

static mb_ets_entry **link_at(mb_ets *table, mb_ets_entry *entry, size_t level) {
    if (level == 0)
        return entry ? &entry->next : &table->first;
    return entry ? &entry->links[level - 1] : &table->heads[level - 1];
}

static mb_ets_entry *follow(const mb_ets *table, const mb_ets_entry *entry, size_t level) {
    if (level == 0)
        return entry ? entry->next : table->first;
    return entry ? entry->links[level - 1] : table->heads[level - 1];
}

/* The last entry whose key is below the given one (or equal to it, if `through`). */
static mb_ets_entry *walk(const mb_ets *table, mb_term key, bool through, mb_ets_entry **path) {
    mb_ets_entry *entry = NULL;
    for (size_t level = MB_ETS_LEVELS + 1; level-- > 0;) {
        mb_ets_entry *next;
        while ((next = follow(table, entry, level)) &&
               mb_compare(key_of(table, next), key) < (through ? 1 : 0))
            entry = next;
        if (path)
            path[level] = entry;
    }
    return entry;
}

static mb_ets_entry *ordered_lookup(const mb_ets *table, mb_term key) {
    mb_ets_entry *entry = follow(table, walk(table, key, false, NULL), 0);
    return entry && mb_compare(key_of(table, entry), key) == 0 ? entry : NULL;
}

mb_ets_entry *mb_ets_above(const mb_ets *table, mb_term key) {
    return follow(table, walk(table, key, true, NULL), 0);
}

mb_ets_entry *mb_ets_below(const mb_ets *table, mb_term key) {
    return walk(table, key, false, NULL);
}

/* Each level has a quarter of the entries of the one below it. */
static uint32_t throw_dice(mb_ets *table) {
    uint32_t levels = 0;
    table->dice ^= table->dice << 13;
    table->dice ^= table->dice >> 7;
    table->dice ^= table->dice << 17;
    for (uint64_t bits = table->dice; levels < MB_ETS_LEVELS && (bits & 3) == 0; bits >>= 2)
        levels++;
    return levels;
}

static bool ordered_insert(mb_ets *table, mb_term object) {
    mb_ets_entry *path[MB_ETS_LEVELS + 1];
    mb_term key = mb_ets_key(table, object);
    mb_ets_entry *before = walk(table, key, false, path), *next = follow(table, before, 0);
    if (next && mb_compare(key_of(table, next), key) == 0) {
        mb_ets_replace(table, next, object);
        return true;
    }
    mb_ets_entry *entry = entry_new(table, object, throw_dice(table));
    if (!entry)
        return false;
    for (size_t level = 0; level <= entry->levels; level++) {
        mb_ets_entry **link = link_at(table, path[level], level);
        *link_at(table, entry, level) = *link;
        *link = entry;
    }
    entry->previous = before;
    *(entry->next ? &entry->next->previous : &table->last) = entry;
    return true;
}

static void ordered_delete(mb_ets *table, mb_ets_entry *entry) {
    mb_ets_entry *path[MB_ETS_LEVELS + 1];
    walk(table, key_of(table, entry), false, path);
    for (size_t level = 0; level <= entry->levels; level++)
        *link_at(table, path[level], level) = follow(table, entry, level);
    *(entry->next ? &entry->next->previous : &table->last) = entry->previous;
    entry_free(table, entry);
}

/* ---- Both */

bool mb_ets_insert(mb_ets *table, mb_term object) {
    assert(mb_array_size(object) >= table->options.keypos && "mb_ets_insert: no key");
    return is_ordered(table) ? ordered_insert(table, object) : hash_insert(table, object);
}

mb_ets_entry *mb_ets_lookup_place(const mb_ets *table, mb_term key) {
    return is_ordered(table) ? ordered_lookup(table, key) : hash_lookup(table, key, mb_hash(key));
}

mb_ets_entry *mb_ets_lookup(const mb_ets *table, mb_term key) {
    mb_ets_entry *entry = mb_ets_lookup_place(table, key);
    return entry && entry->ghost ? NULL : entry;
}

void mb_ets_delete(mb_ets *table, mb_term key) {
    mb_ets_entry *entry = mb_ets_lookup(table, key);
    if (entry && is_ordered(table))
        ordered_delete(table, entry);
    else
        hash_delete(table, entry);
}

void mb_ets_delete_object(mb_ets *table, mb_term object) {
    if (mb_array_size(object) < table->options.keypos)
        return;
    mb_ets_entry *entry = mb_ets_lookup(table, mb_ets_key(table, object));
    if (entry && !is_ordered(table))
        hash_delete_object(table, entry, object);
    else if (entry && mb_equal(entry->object, object))
        ordered_delete(table, entry);
}

void mb_ets_purge(mb_ets *table) {
    for (mb_ets_entry *head = table->first, *next; head && table->ghosts > 0; head = next) {
        next = head->next;
        if (head->ghost)
            hash_remove_head(table, head);
    }
}

/* Leaves ghosts behind. */
static void clear_fixed(mb_ets *table) {
    for (mb_ets_entry *head = mb_ets_first(table), *next; head; head = next) {
        next = mb_ets_next(head);
        hash_delete(table, head);
    }
}

void mb_ets_clear(mb_ets *table) {
    if (!is_ordered(table) && mb_ets_is_fixed(table)) {
        clear_fixed(table);
        return;
    }
    for (mb_ets_entry *head = table->first, *next; head; head = next) {
        next = head->next;
        for (mb_ets_entry *entry = head, *same; entry; entry = same) {
            same = entry->same;
            entry_free(table, entry);
        }
    }
    mb_memory_put(memory_of(table), table->buckets, table->capacity * sizeof(mb_ets_entry *));
    mb_ets_credit(table, table->capacity * sizeof(mb_ets_entry *));
    table->buckets = NULL;
    table->capacity = table->keys = 0;
    table->first = table->last = NULL;
    memset(table->heads, 0, sizeof table->heads);
}

uint64_t mb_ets_place(const mb_ets_entry *entry) {
    return entry->place;
}

mb_ets_entry *mb_ets_go_on(const mb_ets *table, mb_term key, uint64_t place, bool backwards) {
    if (is_ordered(table))
        return backwards ? mb_ets_below(table, key) : mb_ets_above(table, key);
    mb_ets_entry *head = mb_ets_lookup_place(table, key);
    if (head && head->place == place)
        return mb_ets_next(head);
    for (head = mb_ets_first(table); head && head->place <= place;)
        head = mb_ets_next(head);
    return head;
}

bool mb_ets_list(const mb_ets *table, mb_term *out) {
    mb_builder *builder = mb_build(table->rt);
    size_t at = mb_build_table(builder, MB_BUILD_ROOT, mb_nil(), table->size, 0);
    for (mb_ets_entry *head = mb_ets_first(table); head; head = mb_ets_next(head))
        for (mb_ets_entry *entry = head; entry; entry = entry->same, at += sizeof(mb_term))
            mb_build_term(builder, at, entry->object);
    return mb_build_finish(builder, out);
}
