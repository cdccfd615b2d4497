/* Source files as functions. */
#ifndef MOON_LOAD_FILE_H
#define MOON_LOAD_FILE_H

#include "lua/context.h"

/* luaL_loadfilex for text: compiles the file of that name (NULL: the standard input), pushes the function
 * or what is wrong, and returns Lua's status. Warns of a shadowed "_" in a table (shadowed.h). */
int moon_load_file(lua_State *L, const char *name);

#endif
