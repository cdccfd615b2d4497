/* HTTP requests on libcurl's multi interface, inside the event loop. */
#ifndef MOON_HTTP_CLIENT_H
#define MOON_HTTP_CLIENT_H

#include <uv.h>

#include "lua/port.h"

/* What all requests share: connections that are kept, names that were looked up. */
typedef struct moon_http_client moon_http_client;

/* NULL when the system refuses something. */
moon_http_client *moon_http_client_new(uv_loop_t *uv);
/* All its requests are closed by then. NULL is fine. */
void moon_http_client_free(moon_http_client *client);

/* One request. Options: { url =, method =, headers = { "Name: value", … }, body =, timeout =,
 * recv_timeout =, request_timeout =, max_body =, follow_redirect =, max_redirect =, cacert = },
 * with times in milliseconds (absent: no limit), max_body in bytes, cacert the name of a file or the
 * certificates themselves. Answers { "ok", status, { { name, value }, … }, body } or
 * { "error", reason }. */
extern const moon_port_class moon_http_class;

#endif
