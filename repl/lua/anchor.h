/* Lua values held by C. They live in Lua tables of MOON_ANCHOR_PAGE entries each, so that the
 * collector's atomic step never has to go through a single huge table. */
#ifndef MOON_ANCHOR_H
#define MOON_ANCHOR_H

#include <lua.h>

#include "moonbeam.h"

#define MOON_ANCHOR_PAGE 1024

/* Index of an anchored value; 0 is none. */
typedef uint32_t moon_anchor_index;

typedef struct moon_anchors {
    mb_runtime *rt;
    moon_anchor_index *free; /* stack of free indexes; free_capacity covers all that exist */
    size_t free_count;
    size_t capacity; /* entries that exist, free or not */
    int pages;       /* registry reference of the table of pages */
} moon_anchors;

/* May raise a Lua error. */
void moon_anchors_init(moon_anchors *anchors, lua_State *L, mb_runtime *rt);
void moon_anchors_finish(moon_anchors *anchors);

/* Pops a value and keeps it until moon_anchor_release. May raise a memory error. */
moon_anchor_index moon_anchor(lua_State *L);
/* The same without an error: 0 when there is no memory. The value is popped in any case. */
moon_anchor_index moon_anchor_try(lua_State *L);
/* Pushes the value. Raises no error when the stack has room. */
void moon_anchor_push(lua_State *L, moon_anchor_index index);
/* Pops a value and puts it in the place of the one held. Raises no error. */
void moon_anchor_replace(lua_State *L, moon_anchor_index index);
/* Lets go of it; 0 is fine, and so is L being NULL (the universe comes to its end). Raises no
 * error. */
void moon_anchor_release(lua_State *L, moon_anchor_index index);

#endif
