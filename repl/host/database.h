/* Databases as ports: each one is a connection to SQLite on a thread of its own, so that a
 * statement that takes long lets nobody wait but who asked.
 *
 * Options: { path = , read_only = , settings = (statements), busy_timeout = (ms),
 * max_result = (bytes) }. Commands, each with one answer:
 *
 *     { "execute", sql, parameters }    { "query", sql, parameters }
 *     { "control", sql }                { "close" }
 *
 * and { "cancel" }, without one: what is under way ends with "interrupt". Parameters are an array
 * of values or a table of them by name; a value is a number, a string, false for NULL, or { string
 * } for a blob. The answer, of the opening too: { "ok", value, in a transaction }, { "error", code,
 * message, in a transaction }, { "misuse", message, in a transaction }. */
#ifndef MOON_DATABASE_H
#define MOON_DATABASE_H

#include <uv.h>

#include "lua/port.h"

extern const moon_port_class moon_database_class;

/* What all connections of a loop share. NULL when there is no memory. */
typedef struct moon_databases moon_databases;
moon_databases *moon_databases_new(uv_loop_t *uv);
/* Waits until all that was closed is closed. The loop has to run once more. NULL is fine. */
void moon_databases_free(moon_databases *all);

#endif
