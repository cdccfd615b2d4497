#include "host/http_client.h"

#include <stdlib.h>
#include <string.h>

#include "view/text.h"

#define KEPT_CONNECTIONS 64L

struct moon_http_client {
    uv_loop_t *uv;
    CURLM *multi;
    uv_timer_t *timer; /* libcurl's; frees itself when it is closed */
    char *direct;      /* hosts for which no proxy is asked */
};

/* The poll handle of one of libcurl's sockets. */
typedef struct watch {
    uv_poll_t poll;
    moon_http_client *client;
    curl_socket_t socket;
} watch;

static void free_handle(uv_handle_t *handle) {
    free(handle);
}

/* ---- Transfers */

bool moon_http_client_start(moon_http_client *client, moon_transfer *transfer) {
    CURL *easy = transfer->easy;
    return curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_NOPROXY, client->direct) == CURLE_OK &&
           curl_multi_add_handle(client->multi, easy) == CURLM_OK;
}

void moon_http_client_stop(moon_http_client *client, moon_transfer *transfer) {
    curl_multi_remove_handle(client->multi, transfer->easy);
    curl_easy_cleanup(transfer->easy);
    transfer->easy = NULL;
}

uv_loop_t *moon_http_client_uv(moon_http_client *client) {
    return client->uv;
}

static void finish_those_that_are_over(moon_http_client *client) {
    CURLMsg *message = NULL;
    int left = 0;
    while ((message = curl_multi_info_read(client->multi, &left)) != NULL) {
        if (message->msg == CURLMSG_DONE) {
            moon_transfer *transfer = NULL;
            CURLcode code = message->data.result;
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&transfer);
            transfer->over(transfer, code);
        }
    }
}

/* ---- libcurl inside of libuv */

static void act(moon_http_client *client, curl_socket_t socket, int events) {
    int running = 0;
    curl_multi_socket_action(client->multi, socket, events, &running);
    finish_those_that_are_over(client);
}

static void on_poll(uv_poll_t *poll, int status, int events) {
    const watch *w = poll->data;
    int what = status < 0 ? CURL_CSELECT_ERR : 0;
    what |= (events & UV_READABLE) != 0 ? CURL_CSELECT_IN : 0;
    what |= (events & UV_WRITABLE) != 0 ? CURL_CSELECT_OUT : 0;
    act(w->client, w->socket, what);
}

static void on_timer(uv_timer_t *timer) {
    act(timer->data, CURL_SOCKET_TIMEOUT, 0);
}

/* libcurl asks to be called when so many milliseconds have passed. */
static int set_timer(CURLM *multi, long milliseconds, void *context) {
    moon_http_client *client = context;
    if (milliseconds < 0) {
        return uv_timer_stop(client->timer) == 0 ? 0 : -1;
    }
    uv_update_time(client->uv);
    return uv_timer_start(client->timer, on_timer, (uint64_t)milliseconds, 0) == 0 ? 0 : -1;
}

static watch *watch_socket(moon_http_client *client, curl_socket_t socket) {
    watch *w = malloc(sizeof *w);
    if (w == NULL) {
        return NULL;
    }
    *w = (watch){.client = client, .socket = socket};
    if (uv_poll_init_socket(client->uv, &w->poll, socket) != 0) {
        free(w);
        return NULL;
    }
    w->poll.data = w;
    curl_multi_assign(client->multi, socket, w);
    return w;
}

/* libcurl asks to be called when something can be done with that socket. */
static int set_socket(CURL *easy, curl_socket_t socket, int what, void *context, void *assigned) {
    moon_http_client *client = context;
    watch *w = assigned;
    if (what == CURL_POLL_REMOVE) {
        if (w != NULL) {
            curl_multi_assign(client->multi, socket, NULL);
            uv_close((uv_handle_t *)&w->poll, free_handle);
        }
        return 0;
    }
    w = w != NULL ? w : watch_socket(client, socket);
    int events = (what & CURL_POLL_IN) != 0 ? UV_READABLE : 0;
    events |= (what & CURL_POLL_OUT) != 0 ? UV_WRITABLE : 0;
    return w != NULL && uv_poll_start(&w->poll, events, on_poll) == 0 ? 0 : -1;
}

/* ---- The client */

/* Never by way of a proxy to the machine itself, whatever the environment says of others. */
static char *list_direct_hosts(void) {
    const char *others = getenv("no_proxy");
    others = others != NULL ? others : getenv("NO_PROXY");
    moon_text list = {0};
    moon_text_format(&list, "localhost,127.0.0.1,127.0.0.0/8,::1,%s", others != NULL ? others : "");
    char *direct = strdup(moon_text_string(&list));
    moon_text_free(&list);
    return direct;
}

moon_http_client *moon_http_client_new(uv_loop_t *uv) {
    moon_http_client *client = calloc(1, sizeof *client);
    if (client == NULL) {
        return NULL;
    }
    client->uv = uv;
    client->direct = list_direct_hosts();
    client->timer = malloc(sizeof *client->timer);
    bool global = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    client->multi = global ? curl_multi_init() : NULL;
    if (client->direct == NULL || client->timer == NULL || client->multi == NULL) {
        free(client->timer);
        client->timer = NULL;
        moon_http_client_free(client);
        return NULL;
    }
    uv_timer_init(uv, client->timer);
    client->timer->data = client;
    curl_multi_setopt(client->multi, CURLMOPT_SOCKETFUNCTION, set_socket);
    curl_multi_setopt(client->multi, CURLMOPT_SOCKETDATA, client);
    curl_multi_setopt(client->multi, CURLMOPT_TIMERFUNCTION, set_timer);
    curl_multi_setopt(client->multi, CURLMOPT_TIMERDATA, client);
    curl_multi_setopt(client->multi, CURLMOPT_MAXCONNECTS, KEPT_CONNECTIONS);
    return client;
}

void moon_http_client_free(moon_http_client *client) {
    if (client == NULL) {
        return;
    }
    curl_multi_cleanup(client->multi); /* may still use the timer */
    if (client->timer != NULL) {
        uv_close((uv_handle_t *)client->timer, free_handle);
    }
    free(client->direct);
    free(client);
    curl_global_cleanup();
}
