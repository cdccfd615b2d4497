/* A callback of a behaviour, written in Lua: runs on a pooled coroutine inside the behaviour's
 * process, which owns one only while a callback runs or is suspended.
 *
 *     a class's callback             a C function on the coroutine ("body")
 *     moon_callback_start  ------->  pushes the Lua function and its arguments, calls it with
 *                                    lua_callk, turns its results into the outcome
 *     moon_callback_resume ------->  the continuation of whatever suspended
 *
 * All that may raise an error belongs into the body: nothing outside of it is protected. */
#ifndef MOON_CALLBACK_H
#define MOON_CALLBACK_H

#include "lua/memory.h"
#include "lua/thread.h"

/* One entry into the coroutine; lies on the C stack of the class's callback. */
typedef struct moon_entry {
    mb_process *process;
    /* For the body to fill in. Terms in it are owned, and released should the body raise. */
    mb_outcome *out;
    const void *arguments; /* the body's; valid until it first suspends */
} moon_entry;

/* What a process keeps; all zero at first. */
typedef struct moon_callback {
    moon_thread *thread;  /* NULL: no callback is under way */
    moon_account account; /* of all Lua values that the process holds */
} moon_callback;

/* Runs body on a fresh coroutine, with the callback's address as its only argument (a light
 * userdata). An error it raises becomes the outcome MB_OUTCOME_CRASH. */
mb_callback_state moon_callback_start(mb_process *p, moon_callback *callback, lua_CFunction body,
                                      const void *arguments, mb_outcome *out);
mb_callback_state moon_callback_resume(mb_process *p, moon_callback *callback, mb_outcome *out);
/* Gives up a suspended callback. */
void moon_callback_abandon(moon_callback *callback);
/* The process ends: forgets a suspended coroutine, closes the account. */
void moon_callback_finish(mb_process *p, moon_callback *callback);
/* What the callback under way is doing; NULL: there is none. */
const char *moon_callback_doing(const moon_callback *callback);

/* The callback that a body belongs to; empties the stack, for the body to start with. */
static inline moon_callback *moon_callback_begin(lua_State *L) {
    moon_callback *callback = lua_touserdata(L, 1);
    lua_settop(L, 0);
    return callback;
}

/* The universe that a runtime belongs to. */
moon_universe *moon_universe_of(mb_runtime *rt);

/* What is shown of a behaviour whose module's format_status failed, owned. */
mb_term moon_format_status_crashed(mb_process *p, mb_term module);

#endif
