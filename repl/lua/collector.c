#include "lua/collector.h"

#include "lua/value.h"

void moon_collect(mb_runtime *rt, moon_collector *c, mb_term term) {
    if (c->count == c->capacity) {
        size_t capacity = c->capacity ? 2 * c->capacity : 8;
        mb_term *terms = mb_allocate(rt, c->terms, c->capacity * sizeof *terms,
                                     capacity * sizeof *terms);
        if (!terms) {
            c->failed = true;
            mb_release(rt, term);
            return;
        }
        c->terms = terms;
        c->capacity = capacity;
    }
    c->terms[c->count++] = term;
}

void moon_collect_tuple(mb_runtime *rt, moon_collector *c, size_t count,
                        const mb_term *elements) {
    mb_term tuple;
    if (mb_tuple(rt, &tuple, count, elements))
        moon_collect(rt, c, tuple);
    else
        c->failed = true;
}

void moon_push_collected(lua_State *L, moon_collector *c) {
    mb_runtime *rt = moon_rt(L);
    mb_term array = mb_nil();
    bool made = !c->failed && mb_tuple(rt, &array, c->count, c->terms);
    for (size_t i = 0; i < c->count; i++)
        mb_release(rt, c->terms[i]);
    if (c->terms)
        mb_allocate(rt, c->terms, c->capacity * sizeof *c->terms, 0);
    *c = (moon_collector){0};
    if (!made)
        moon_no_memory(L);
    moon_push_owned_term(L, array);
}
