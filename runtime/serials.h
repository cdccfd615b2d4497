/* A sparse array keyed by ever-growing serial numbers: processes by pid, waits and timers by
 * reference. An entry sits at (serial mod capacity); a new one takes the next serial whose slot is
 * free, so look-up is one probe and numbers are never used twice. */
#ifndef MB_SERIALS_H
#define MB_SERIALS_H

#include "memory.h"

/* What is stored must begin with this. */
typedef struct mb_serial_entry {
    uint64_t id;
} mb_serial_entry;

/* What a reference names begins with this, to tell which of them it is. */
typedef struct mb_reference {
    uint64_t id;
    enum { MB_REF_WAIT, MB_REF_MONITOR, MB_REF_TIMER, MB_REF_ETS } kind;
} mb_reference;

typedef struct mb_serials {
    mb_memory *memory;
    mb_serial_entry **slots;
    uint64_t mask; /* capacity - 1 */
    uint64_t next; /* the lowest serial not yet given out */
    uint64_t kind; /* the top byte of every id */
    size_t count;
} mb_serials;

void mb_serials_init(mb_serials *serials, mb_memory *memory, uint64_t kind, uint64_t first);
void mb_serials_finish(mb_serials *serials);
/* Gives entry the next id and stores it; node is what lies between its kind and its serial number.
 * False when there is no memory. */
bool mb_serials_add_on(mb_serials *serials, mb_serial_entry *entry, unsigned node);
static inline bool mb_serials_add(mb_serials *serials, mb_serial_entry *entry) {
    return mb_serials_add_on(serials, entry, 0);
}
/* An id that nothing is stored under. */
static inline uint64_t mb_serials_skip(mb_serials *serials) {
    return serials->kind | serials->next++;
}

static inline void *mb_serials_find(const mb_serials *serials, uint64_t id) {
    if (!serials->slots)
        return NULL;
    mb_serial_entry *entry = serials->slots[id & serials->mask];
    return entry && entry->id == id ? entry : NULL;
}

static inline void mb_serials_remove(mb_serials *serials, uint64_t id) {
    assert(mb_serials_find(serials, id));
    serials->slots[id & serials->mask] = NULL;
    serials->count--;
}

/* The entry with the lowest serial number above that of the id, or NULL. */
void *mb_serials_after(const mb_serials *serials, uint64_t id);

#endif
