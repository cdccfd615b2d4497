/* The code of Lua functions, apart from what a closure of it captured. */
#ifndef MOON_PROTOTYPE_H
#define MOON_PROTOTYPE_H

#include "lua/anchor.h"
#include "lua/context.h"

typedef struct moon_prototype moon_prototype;
struct moon_prototype {
    moon_prototype *next; /* in its bucket */
    uint64_t hash;
    size_t size;
    moon_anchor_index factory; /* 0: none, the dump is loaded each time */
    uint8_t upvalues;
    char dump[];
};

/* What is known of the function that was last seen at some place. */
typedef struct moon_place {
    const char *source; /* only compared, together with the text: the string may be gone */
    char text[LUA_IDSIZE];
    int line;
    mb_term term;               /* #Function<file:line>; owned */
    const moon_prototype *code; /* most likely its code; NULL: not copied yet */
} moon_place;

/* The code of the function at index, which lives as long as the universe; NULL when it cannot be had:
 * a C function, or no memory. */
const moon_prototype *moon_prototype_find(lua_State *L, int index);
/* Pushes a new closure whose upvalues are to be set. Raises an error when there is no memory. */
void moon_prototype_push(lua_State *L, const moon_prototype *p);
/* The place where the function at index was defined; valid until the next call. */
moon_place *moon_place_find(lua_State *L, int index);

#endif
