/* The parts of Process: each binds its functions. */
#ifndef MOON_PROCESS_LIB_H
#define MOON_PROCESS_LIB_H

#include "lua/context.h"

void moon_open_process_signals(lua_State *L); /* process_signals.c */
void moon_open_process_timers(lua_State *L);  /* process_timers.c */
void moon_open_process_info(lua_State *L);    /* process_info.c */
void moon_open_type_guards(lua_State *L);     /* type_guards.c */

#endif
