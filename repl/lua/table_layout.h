/* A look past Lua's API at how its tables lie in memory. Copying a list element by element through
 * the API costs several calls each; read in place, a number is one load. Lua 5.4 has kept this
 * layout in all its releases, but promises nothing: each universe tries it out at its start, and
 * goes through the API when what it sees is not what it expects. */
#ifndef MOON_TABLE_LAYOUT_H
#define MOON_TABLE_LAYOUT_H

#include "lua/context.h"

/* An element of a table's array part: Lua's TValue. */
typedef struct moon_slot {
    union {
        void *pointer;
        lua_Integer integer;
        lua_Number real;
    };
    uint8_t tag;
} moon_slot;

/* Whether the layout is what this file knows. May raise a memory error. */
bool moon_layout_known(lua_State *L);

/* The elements 1 … length of the table at index, if all it holds are those and it has no metatable;
 * else NULL. Valid until Lua code or the collector runs. */
moon_slot *moon_plain_array(lua_State *L, int index, size_t length);

/* The array part of a table fresh from lua_createtable(L, length, …), still empty; NULL when unknown. */
moon_slot *moon_fresh_array(lua_State *L, int index, size_t length);

/* The element as a cell, if it fits into one; false for long strings, tables and the like. */
bool moon_slot_cell(const moon_slot *slot, mb_term *out);
/* The reverse; false for what is no number, boolean or identifier. */
bool moon_slot_set(moon_slot *slot, mb_term value);

#endif
