/* Monitors for the prelude's modules that end with a variable's scope, however it is left: whoever is
 * interrupted while he waits closes his variables in no process, and so cannot demonitor. */
#ifndef MOON_WATCH_H
#define MOON_WATCH_H

#include "lua/context.h"

/* Adds to the library on top of the stack:
 *
 *     local watch <close> = Port.watch(pid)    monitors a process, for the caller
 *     watch:ref()                              the monitor's reference
 *
 * When it is closed, what has come for that reference is taken out of the mailbox: DOWN, and { ref, … }. */
void moon_watch_add(lua_State *L);

/* Takes all { ref, … } out of a mailbox. */
void moon_take_answers(mb_process *p, mb_ref ref);

#endif
