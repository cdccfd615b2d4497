/* State machines whose callbacks are Lua functions: the specific part that runtime/gen_statem.c
 * calls. They are looked up in the module for each event, so that a module defined again changes
 * its running machines at their next event:
 *
 *     M.off(type, content, data)                    callback_mode = "state_functions"
 *     M.handle_event(type, content, state, data)    callback_mode = "handle_event_function"
 *
 * The state is copied, the data is handed on by reference. */
#ifndef MOON_GEN_STATEM_CLASS_H
#define MOON_GEN_STATEM_CLASS_H

#include "lua/context.h"

/* Its argument is { module, argument }: the module as moon_module_term has it, and init's. */
extern const mb_gen_statem_class moon_gen_statem_class;

#endif
