/* libcurl's multi interface inside of libuv: transfers by HTTP, side by side. */
#ifndef MOON_HTTP_CLIENT_H
#define MOON_HTTP_CLIENT_H

#include <curl/curl.h>
#include <stdbool.h>
#include <uv.h>

/* What all transfers share: connections that are kept, names that were looked up. */
typedef struct moon_http_client moon_http_client;

/* NULL when the system refuses something. */
moon_http_client *moon_http_client_new(uv_loop_t *uv);
/* All transfers are stopped by then. NULL is fine. */
void moon_http_client_free(moon_http_client *client);
uv_loop_t *moon_http_client_uv(moon_http_client *client);

/* One transfer. over is called once, in the loop, unless the transfer is stopped before; it has to
 * stop it. */
typedef struct moon_transfer moon_transfer;
struct moon_transfer {
    CURL *easy; /* owned, with all options set */
    void (*over)(moon_transfer *transfer, CURLcode code);
};

/* False when there is no memory. Proxies, and easy's private data, are the client's. */
bool moon_http_client_start(moon_http_client *client, moon_transfer *transfer);
/* Also one that has not been started. The connection is closed if something is under way; easy is
 * NULL then. */
void moon_http_client_stop(moon_http_client *client, moon_transfer *transfer);

#endif
