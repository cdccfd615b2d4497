/* The outside that processes reach by ports (lua/port.h): which kinds there are, and what they share
 * of the host. */
#ifndef MOON_PORTS_H
#define MOON_PORTS_H

#include <uv.h>

#include "host/database.h"
#include "host/http_client.h"
#include "host/loop.h"
#include "lua/universe.h"

typedef struct moon_ports moon_ports;

/* Whatever is under way outside goes on as that loop runs; for NULL, in moon_ports_wait only. NULL when
 * there is no memory or the system refuses something. */
moon_ports *moon_ports_new(moon_loop *loop);
/* When the universes are gone that it was handed to, and before the loop goes. NULL is fine. */
void moon_ports_free(moon_ports *ports);
/* Fills in the fields of options that are about ports. Any number of universes may share them. */
void moon_ports_fill(moon_ports *ports, moon_options *options);

/* Waits for the outside, so long at most: for who runs a universe without the loop. False: nothing is
 * under way there. May be called in the loop's callbacks. */
bool moon_ports_wait(moon_ports *ports, int milliseconds);

/* For the kinds of ports, whose `host` it is: a loop of its own. */
uv_loop_t *moon_ports_uv(moon_ports *ports);
/* Made when it is first asked for; NULL when the system refuses something. */
moon_http_client *moon_ports_http_client(moon_ports *ports);
moon_databases *moon_ports_databases(moon_ports *ports);

#endif
