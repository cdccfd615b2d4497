/* Help text, kept beside the binding that it tells of. */
#ifndef MOON_HELP_H
#define MOON_HELP_H

#include "lua/context.h"

typedef struct moon_binding {
    const char *path; /* "GenServer.call", "spawn"; NULL ends a list */
    /* The signature, an empty line, what it does, and an example:
     * "call(server, request [, timeout = 5000])\n\nAsks …\n\n    GenServer.call(pid, \"get\")" */
    const char *help;
    lua_CFunction function; /* NULL: nothing is bound, only documented (a module, a Lua function) */
} moon_binding;

/* Binds the functions to their paths below the globals table (making tables that are missing) and
 * registers the help. The list must live as long as the program. May raise a memory error. */
void moon_bind(lua_State *L, const moon_binding *bindings);

/* The path under which a C function was bound, or NULL. Borrowed. */
const char *moon_bound_path(moon_universe *u, lua_CFunction function);

#endif
