#include "atoms.h"

#include "runtime.h"

#define FIRST_CAPACITY 32

/* The slot with that name, or the empty one where it would go. */
static uint32_t *probe(const mb_atoms *atoms, mb_term name) {
    size_t mask = atoms->capacity - 1;
    for (size_t i = mb_hash(name) & mask;; i = (i + 1) & mask) {
        uint32_t *slot = &atoms->slots[i];
        if (*slot == 0 || mb_equal(atoms->names[*slot - 1], name))
            return slot;
    }
}

static bool grow(mb_runtime *rt) {
    mb_atoms *atoms = &rt->atoms;
    size_t capacity = atoms->capacity ? 2 * atoms->capacity : FIRST_CAPACITY;
    uint32_t *slots = mb_memory_zeroed(&rt->memory, capacity * sizeof *slots);
    mb_term *names = slots ? mb_memory_resize(&rt->memory, atoms->names,
                                              atoms->capacity / 2 * sizeof *names,
                                              capacity / 2 * sizeof *names)
                           : NULL;
    if (!names) {
        mb_memory_put(&rt->memory, slots, capacity * sizeof *slots);
        return false;
    }
    mb_memory_put(&rt->memory, atoms->slots, atoms->capacity * sizeof *slots);
    *atoms = (mb_atoms){names, slots, atoms->count, capacity};
    for (size_t i = 0; i < atoms->count; i++)
        *probe(atoms, names[i]) = (uint32_t)i + 1;
    return true;
}

bool mb_atoms_number(mb_runtime *rt, mb_term name, uint32_t *number) {
    mb_atoms *atoms = &rt->atoms;
    if (2 * (atoms->count + 1) > atoms->capacity && !grow(rt))
        return false;
    uint32_t *slot = probe(atoms, name);
    if (*slot == 0) {
        atoms->names[atoms->count] = mb_retain(name);
        *slot = (uint32_t)++atoms->count;
    }
    *number = *slot - 1;
    return true;
}

void mb_atoms_finish(mb_runtime *rt) {
    mb_atoms *atoms = &rt->atoms;
    for (size_t i = 0; i < atoms->count; i++)
        mb_release(rt, atoms->names[i]);
    mb_memory_put(&rt->memory, atoms->names, atoms->capacity / 2 * sizeof *atoms->names);
    mb_memory_put(&rt->memory, atoms->slots, atoms->capacity * sizeof *atoms->slots);
}
