/* Ports: how processes ask the outside world. A port belongs to the process that opened it, is
 * commanded with terms, and what it has to tell arrives in the owner's mailbox as { ref, term }. It
 * closes when it is closed or when its owner is gone, whatever it was doing.
 *
 * Everything that the outside tells enters a universe through this one gate. Under the real clock it
 * is sent on at once. Under the virtual clock, time keeps pace with the real one while an answer is
 * expected, and what was told r ns later is told at the virtual time that is r ns later: when all that
 * could happen before has happened. So a recording of what was told when (recording.h) gives the
 * same run again.
 *
 * Options and commands are plain data: no functions, pids or references. */
#ifndef MOON_PORT_H
#define MOON_PORT_H

#include "lua/context.h"

typedef struct moon_port moon_port;

/* A kind of port. All is called on the loop's thread, between slices or inside the owner's slice. */
typedef struct moon_port_class {
    const char *name; /* "http", "sqlite"; of at most 14 bytes */
    /* Begins: returns what command and close are given, or NULL for want of memory (or with an owned
     * *reason why not). What the opening itself has to tell comes by moon_port_tell, now or later.
     * options is borrowed; host is moon_options.port_host. */
    void *(*open)(void *host, moon_port *port, mb_term options, mb_term *reason);
    /* Something more to do for an open port; command is borrowed. False for want of memory. May be
     * NULL. */
    bool (*command)(void *data, mb_term command);
    /* Closed, or the owner is gone: nothing may be told any more; whatever is under way is broken
     * off. */
    void (*close)(void *data);
} moon_port_class;

/* The outside tells: term (taken) goes to the owner as { ref, term }. answers: this answers a command
 * or the opening (the clock was kept at real pace for it); false: nobody asked, like a request that
 * reaches a server. On the loop's thread only; not after close. */
void moon_port_tell(moon_port *port, mb_term term, bool answers);
/* For building terms. */
mb_runtime *moon_port_runtime(moon_port *port);

/* Pushes the library for the prelude's modules, which programs don't see:
 *
 *     local port <close> = Port.open(class, options)   or nil, reason; one answer is expected
 *     port:ref()
 *     port:command(term, answers)                      answers: one more answer is expected
 *     port:close()
 *
 * Messages of the port that are in the mailbox when it is closed are taken out. */
void moon_port_push_library(lua_State *L);

/* ---- For the universe */

typedef struct moon_gate moon_gate;
/* NULL when there is no memory. */
moon_gate *moon_gate_new(moon_universe *u);
/* All ports are closed by then. NULL is fine. */
void moon_gate_free(moon_gate *gate);
/* The horizon for the next mb_run; advance: time may pass though nothing is awaited. */
mb_time moon_gate_horizon(moon_gate *gate, bool advance);
/* After an mb_run with that horizon has said MB_RUN_IDLE: hands over what is to be told then.
 * Whether there was something. */
bool moon_gate_deliver(moon_gate *gate);
/* Real nanoseconds until virtual time can have reached `deadline`; MB_INFINITY: no waiting will do.
 */
mb_time moon_gate_wait(moon_gate *gate, mb_time deadline);

#endif
