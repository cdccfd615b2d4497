/* The process dictionary: a handful of pairs, searched in order. */
#include "process.h"

static mb_term *find(const mb_extras *extras, mb_term key) {
    for (uint32_t i = 0; extras && i < extras->dictionary_used; i++)
        if (mb_equal(extras->dictionary[2 * i], key))
            return &extras->dictionary[2 * i];
    return NULL;
}

mb_term mb_dictionary_get(const mb_process *p, mb_term key) {
    const mb_term *pair = find(p->extras, key);
    return pair ? pair[1] : mb_nil();
}

static bool reserve(mb_process *p, mb_extras *extras) {
    if (extras->dictionary_used < extras->dictionary_capacity)
        return true;
    uint32_t capacity = extras->dictionary_capacity ? extras->dictionary_capacity * 2 : 4;
    size_t pair = 2 * sizeof(mb_term);
    mb_term *cells = mb_memory_resize(&p->rt->memory, extras->dictionary,
                                      extras->dictionary_capacity * pair, capacity * pair);
    if (!cells)
        return false;
    extras->dictionary = cells;
    extras->dictionary_capacity = capacity;
    return true;
}

static void remove_pair(mb_process *p, mb_term *pair) {
    mb_extras *extras = p->extras;
    size_t behind = (size_t)(extras->dictionary + 2 * extras->dictionary_used - (pair + 2));
    mb_release(p->rt, pair[0]);
    memmove(pair, pair + 2, behind * sizeof *pair);
    extras->dictionary_used--;
}

bool mb_dictionary_put(mb_process *p, mb_term key, mb_term value, mb_term *old) {
    mb_term *pair = find(p->extras, key);
    mb_term was = pair ? pair[1] : mb_nil();
    if (!pair && value.type != MB_NIL) {
        mb_extras *extras = mb_extras_of(p);
        if (!extras || !reserve(p, extras))
            return false;
        pair = &extras->dictionary[2 * extras->dictionary_used++];
        pair[0] = mb_retain(key);
    }
    if (pair && value.type == MB_NIL)
        remove_pair(p, pair);
    else if (pair)
        pair[1] = mb_retain(value);
    if (old)
        *old = was;
    else
        mb_release(p->rt, was);
    return true;
}

void mb_dictionary(mb_process *p, void (*visit)(void *context, mb_term key, mb_term value),
                   void *context) {
    for (uint32_t i = 0; p->extras && i < p->extras->dictionary_used; i++)
        visit(context, p->extras->dictionary[2 * i], p->extras->dictionary[2 * i + 1]);
}

void mb_dictionary_finish(mb_process *p) {
    mb_extras *extras = p->extras;
    if (!extras || !extras->dictionary)
        return;
    for (uint32_t i = 0; i < 2 * extras->dictionary_used; i++)
        mb_release(p->rt, extras->dictionary[i]);
    mb_memory_put(&p->rt->memory, extras->dictionary,
                  extras->dictionary_capacity * 2 * sizeof(mb_term));
}
