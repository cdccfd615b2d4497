/* gen_servers whose callbacks are Lua functions: the specific part that runtime/gen_server.c calls.
 *
 * The callbacks are looked up by name in the module for each message, so that a module defined
 * again changes its running servers at their next callback. Each is a plain function, or a table of
 * clauses of which the first element of the message chooses one:
 *
 *     M.handle_call(request, from, state)      M.handle_call.get(state, from, …)
 *     M.handle_cast(request, state)            M.handle_cast.put(state, …)
 *     M.handle_info(message, state)            M.handle_info.DOWN(state, …)
 *     M.handle_continue(argument, state)       M.handle_continue.load(state, …)
 *
 * The clause "_" takes what no other does, whole: M.handle_cast["_"](state, request). */
#ifndef MOON_GEN_SERVER_CLASS_H
#define MOON_GEN_SERVER_CLASS_H

#include "lua/context.h"

/* Its argument is { module, argument }: the module as moon_module_term has it, and init's. */
extern const mb_gen_server_class moon_gen_server_class;

#endif
