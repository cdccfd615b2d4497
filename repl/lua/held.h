/* A Lua value that a process holds: what fits into one cell is there, all else is anchored. */
#ifndef MOON_HELD_H
#define MOON_HELD_H

#include "lua/anchor.h"

typedef struct moon_held {
    mb_term cell;
    moon_anchor_index anchor; /* 0: the cell has it */
    bool used;
} moon_held;

/* L may be NULL: Lua is closed already. */
void moon_let_go(lua_State *L, moon_held *held);
/* It holds the value at index from now on. */
void moon_hold(lua_State *L, moon_held *held, int index);
void moon_push_held(lua_State *L, const moon_held *held);

#endif
