/* The event loop: lets a universe run, and between its turns listens to the outside. */
#ifndef MOON_LOOP_H
#define MOON_LOOP_H

#include <stdbool.h>
#include <uv.h>

#include "lua/universe.h"

typedef struct moon_loop moon_loop;

/* NULL when the system refuses something. */
moon_loop *moon_loop_new(void);
/* NULL is fine. The universe is not the loop's. */
void moon_loop_free(moon_loop *loop);

/* The universe that runs (borrowed; NULL: none). It may be exchanged between two turns and in a
 * callback. */
void moon_loop_attach(moon_loop *loop, moon_universe *u);

/* Called after each moon_run, which returns at the latest after a few milliseconds and whenever an
 * evaluation has ended. NULL: nobody. */
typedef void (*moon_on_run)(void *context);
/* Called before the loop listens to the outside: often, and always before it sleeps. idle: nobody
 * can run. True: there is new work, so that it must not sleep now. NULL: nobody. */
typedef bool (*moon_on_rest)(void *context, bool idle);
void moon_loop_on_turn(moon_loop *loop, moon_on_run on_run, moon_on_rest on_rest, void *context);

/* Called, between turns, when that signal came. False when the system refuses. */
typedef void (*moon_on_signal)(void *context, int number);
bool moon_loop_on_signal(moon_loop *loop, int number, moon_on_signal call, void *context);
/* The same for the first such signal only. A second one does what it does by default: so a program
 * that never comes to the end of its turn can still be ended. */
bool moon_loop_on_first_signal(moon_loop *loop, int number, moon_on_signal call, void *context);

/* Called, between turns, as long as fd is readable or at its end, until unwatched. Regular files
 * are always readable. One at a time. False when the system refuses. */
typedef void (*moon_on_readable)(void *context);
bool moon_loop_watch(moon_loop *loop, int fd, moon_on_readable call, void *context);
void moon_loop_unwatch(moon_loop *loop);

/* Runs `inner` as a part of this loop, until it is NULL again: one that can also be run by itself, even
 * in callbacks of this one. False when the system refuses. */
bool moon_loop_nest(moon_loop *loop, uv_loop_t *inner);

/* Goes on until moon_loop_stop, which may be called in any callback. */
void moon_loop_run(moon_loop *loop);
void moon_loop_stop(moon_loop *loop);

#endif
