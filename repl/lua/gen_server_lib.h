/* What other behaviours share with GenServer. */
#ifndef MOON_GEN_SERVER_LIB_H
#define MOON_GEN_SERVER_LIB_H

#include "lua/context.h"

/* GenServer.start_link, for Lua. */
int moon_gen_server_start_link(lua_State *L);
/* Raises unless the option `name` of the options at arg is a name that a process can have, or
 * absent. */
void moon_check_name(lua_State *L, const char *what, int arg);
/* stop(server [, reason [, timeout]]) for Lua, of the path `what`. */
int moon_stop_server(lua_State *L, const char *what);

/* Starts a behaviour's process; argument ({ module, argument }) is taken. NULL: no memory. */
typedef mb_process *moon_starter(mb_runtime *rt, mb_process *self, mb_term argument,
                                 const mb_gen_server_options *options);
/* Makes the owned argument of what lies at index 1 and 2. */
typedef mb_term moon_start_argument(lua_State *L);
/* Raises when the options at 3 have a name that no server takes. */
void moon_check_server_options(lua_State *L, const char *what);
/* start_link(module, arg [, opts]) for Lua: `return moon_start(L, "GenServer.start_link", …)`. The
 * argument is { module, argument } unless `make` makes another. */
int moon_start(lua_State *L, const char *what, bool link, moon_start_argument *make,
               moon_starter *start);
/* Waits for the child to say that it is up, and returns its pid, or nil and the reason. */
int moon_await_started(lua_State *L, mb_process *child, mb_time timeout, const char *what);

#endif
