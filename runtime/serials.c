#include "serials.h"

#define FIRST_CAPACITY 64

void mb_serials_init(mb_serials *serials, mb_memory *memory, uint64_t kind, uint64_t first) {
    *serials = (mb_serials){.memory = memory, .kind = kind, .next = first};
}

void mb_serials_finish(mb_serials *serials) {
    if (serials->slots)
        mb_memory_put(serials->memory, serials->slots,
                      (size_t)(serials->mask + 1) * sizeof *serials->slots);
}

/* Two ids that differ modulo the old capacity differ modulo the doubled one. */
static bool grow(mb_serials *serials) {
    size_t old = serials->slots ? (size_t)serials->mask + 1 : 0;
    size_t capacity = old ? old * 2 : FIRST_CAPACITY;
    mb_serial_entry **slots = mb_memory_zeroed(serials->memory, capacity * sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < old; i++)
        if (serials->slots[i])
            slots[serials->slots[i]->id & (capacity - 1)] = serials->slots[i];
    mb_serials_finish(serials);
    serials->slots = slots;
    serials->mask = capacity - 1;
    return true;
}

bool mb_serials_add_on(mb_serials *serials, mb_serial_entry *entry, unsigned node) {
    if (!serials->slots || serials->count > serials->mask / 4 * 3)
        if (!grow(serials))
            return false;
    while (serials->slots[serials->next & serials->mask])
        serials->next++;
    entry->id = serials->kind | (uint64_t)node << MB_NODE_SHIFT | serials->next++;
    serials->slots[entry->id & serials->mask] = entry;
    serials->count++;
    return true;
}

static uint64_t serial_of(const mb_serial_entry *entry) { return entry->id & MB_SERIAL_MASK; }

static void *lowest_above(const mb_serials *serials, uint64_t serial) {
    mb_serial_entry *best = NULL;
    for (size_t i = 0; i <= serials->mask; i++) {
        mb_serial_entry *entry = serials->slots[i];
        if (entry && serial_of(entry) > serial && (!best || serial_of(entry) < serial_of(best)))
            best = entry;
    }
    return best;
}

void *mb_serials_after(const mb_serials *serials, uint64_t id) {
    uint64_t serial = id & MB_SERIAL_MASK;
    if (!serials->slots)
        return NULL;
    for (uint64_t i = 0; i <= serials->mask && serial + 1 + i < serials->next; i++) {
        mb_serial_entry *entry = serials->slots[(serial + 1 + i) & serials->mask];
        if (entry && serial_of(entry) == serial + 1 + i)
            return entry;
    }
    return lowest_above(serials, serial);
}
