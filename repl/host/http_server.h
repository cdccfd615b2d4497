/* HTTP servers on the loopback: libmicrohttpd on threads of its own, whose connections stand still
 * until a process has answered. */
#ifndef MOON_HTTP_SERVER_H
#define MOON_HTTP_SERVER_H

#include "lua/port.h"

/* Options: { port = (0: any), max_body = bytes }. Tells { "listening", port } first, then of each
 * request { "request", number, method, path, { { name, value }, … } of the query,
 * { { name, value }, … } of the headers, body }, and { "gone", number } when whoever asked has hung up
 * before the answer. Commands: { "answer", number, status,
 * { { name, value }, … }, body }. Refuses to open with the system's reason ("eaddrinuse"). */
extern const moon_port_class moon_http_server_class;

#endif
