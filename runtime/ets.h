/* The inside of ETS tables: their entries, and how they hang on the runtime and on their owners.
 *
 * A hash table keeps the first object of each key (its head) in a bucket and in the order of
 * insertion; further objects of the same key hang on the head. An ordered_set is a skip list whose
 * lowest level is that same order.
 *
 * While somebody has fixed a hash table, a head whose last object is deleted stays in its place as a
 * ghost: it is passed over, but leads on. Ghosts go when nobody alive fixes the table any more. */
#ifndef MB_ETS_H
#define MB_ETS_H

#include "memory.h"
#include "serials.h"

#define MB_ETS_LEVELS  20
#define MB_ETS_BUCKETS 256

struct mb_ets_entry {
    mb_term object; /* owned */
    uint64_t hash;  /* hash tables only */
    mb_ets_entry *next, *previous;
    mb_ets_entry *same;      /* the next object of this key */
    mb_ets_entry *last_same; /* of heads: the last object of this key */
    mb_ets_entry *chain;     /* of heads: the next in this bucket */
    uint64_t serial;         /* hash tables: ascends with insertion */
    uint64_t place;          /* of heads: ascends in the order; the next object of the key inherits it */
    uint32_t levels;         /* of a skip list beyond `next`: as many links */
    bool ghost;              /* of heads: deleted while the table was fixed, so that one can go on
                                from its key */
    mb_ets_entry *links[];
};

typedef struct mb_ets_fixer {
    mb_pid pid;
    uint64_t count;
} mb_ets_fixer;

struct mb_ets {
    mb_reference ref; /* first: it is found under it among the runtime's references */
    mb_runtime *rt;
    mb_term name; /* owned */
    mb_process *owner;
    mb_ets *next_owned, *previous_owned;
    mb_ets *next_named; /* in the bucket of the name */
    mb_pid heir;        /* 0: none */
    mb_term heir_data;  /* owned */
    mb_ets_options options;
    size_t size;
    size_t bytes; /* of everything; counted in the owner's account as well */
    uint64_t serial; /* of the last object inserted */
    mb_ets_fixer *fixers;
    size_t fixer_count, fixer_capacity;
    mb_time fixed_at;
    size_t ghosts;
    mb_ets_entry *first, *last;
    mb_ets_entry **buckets; /* hash tables */
    size_t capacity;        /* a power of two, or 0 */
    size_t keys;            /* heads */
    mb_ets_entry
        *heads[MB_ETS_LEVELS]; /* ordered_set: the first entry of each level above `first` */
    uint64_t dice;             /* for the height of the next entry */
};

/* The tables that go by a name, in a node. */
typedef struct mb_ets_names {
    mb_ets **buckets; /* MB_ETS_BUCKETS, or NULL */
} mb_ets_names;

void mb_ets_names_finish(mb_node *node);
/* p ends: its tables go to their heirs, or are gone. */
void mb_ets_bequeath(mb_process *p);
/* p's struct is being freed: whatever tables it still has are gone, without a word to anybody. */
void mb_ets_discard_all(mb_process *p);

/* Adds to what the table and its owner are charged with. */
void mb_ets_charge(mb_ets *table, size_t bytes);
void mb_ets_credit(mb_ets *table, size_t bytes);
/* Frees all ghosts. */
void mb_ets_purge(mb_ets *table);

static inline mb_term mb_ets_key(const mb_ets *table, mb_term object) {
    return object.table->cells[table->options.keypos - 1];
}

#endif
