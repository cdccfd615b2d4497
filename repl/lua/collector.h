/* Terms collected from structures of the runtime, to become one array in Lua. Nothing of Lua runs
 * meanwhile, so that no finalizer can change what is being gone through. */
#ifndef MOON_COLLECTOR_H
#define MOON_COLLECTOR_H

#include "lua/context.h"

/* All zero at first. */
typedef struct moon_collector {
    mb_term *terms; /* owned */
    size_t count, capacity;
    bool failed; /* there was no memory */
} moon_collector;

/* term is taken. Raises no error. */
void moon_collect(mb_runtime *rt, moon_collector *collector, mb_term term);
/* The same for an array of borrowed elements. */
void moon_collect_tuple(mb_runtime *rt, moon_collector *collector, size_t count,
                        const mb_term *elements);
/* Pushes the array and empties the collector. May raise a memory error. */
void moon_push_collected(lua_State *L, moon_collector *collector);

#endif
