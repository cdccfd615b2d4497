/* "_" is the pattern that matches anything, and Lua's idiom for a variable that nobody needs:
 *
 *     for _, node in pairs(nodes) do receive { { { "pong", _ }, f } } end
 *
 * waits for the key instead. Where a local "_" is a value in a table, a warning is logged. */
#ifndef MOON_SHADOWED_H
#define MOON_SHADOWED_H

#include "lua/context.h"

/* The text was compiled to the function on top of the stack. */
void moon_warn_shadowed(lua_State *L, const char *text, size_t size);

#endif
