/* HTTP requests as ports. */
#ifndef MOON_HTTP_REQUEST_H
#define MOON_HTTP_REQUEST_H

#include "lua/port.h"

/* One request. Options: { url =, method =, headers = { "Name: value", … }, body =, timeout =,
 * recv_timeout =, request_timeout =, max_body =, follow_redirect =, max_redirect =, cacert = },
 * with times in milliseconds (absent: no limit), max_body in bytes, cacert the name of a file or the
 * certificates themselves. Answers { "ok", status, { { name, value }, … }, body } or
 * { "error", reason }. */
extern const moon_port_class moon_http_class;

#endif
