#include "host/http_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "host/buffer.h"
#include "host/http_pairs.h"
#include "host/http_reason.h"
#include "host/ports.h"

#define BACKLOG         4096
#define MAX_CONNECTIONS 65536u
#define IDLE_SECONDS    60u /* that a connection is kept for the next request */
#define LOOK            1000u /* milliseconds between two looks at who has hung up */

/* A request and its answer. Its connection's thread owns it, but between handing it over and being
 * resumed it belongs to the loop's. */
typedef struct exchange {
    struct exchange *next; /* in the server's list of arrivals */
    struct server *server;
    struct MHD_Connection *connection;
    uint64_t number;
    char *method, *path;
    moon_pairs query, headers;
    moon_buffer body;
    bool too_large;
    bool no_memory;
    bool answered;                 /* resumed: response is what to say, NULL: hang up */
    struct MHD_Response *response; /* owned */
    unsigned status;
} exchange;

typedef struct server {
    moon_port *port;
    struct MHD_Daemon *daemon;
    uv_async_t *wake; /* frees itself when it is closed, as the next one does */
    uv_timer_t *look; /* runs while somebody waits */
    size_t max_body;
    uv_mutex_t lock;  /* of the next three */
    bool closing;
    exchange *first, *last; /* arrived, not told yet */
    /* Of the loop's thread: told and not answered, in order of their numbers. */
    exchange **waiting;
    size_t count, capacity;
    uint64_t told;
} server;

/* ---- On a connection's thread */

static void free_exchange(exchange *x) {
    free(x->method);
    free(x->path);
    moon_pairs_free(&x->query);
    moon_pairs_free(&x->headers);
    moon_buffer_free(&x->body);
    if (x->response != NULL) {
        MHD_destroy_response(x->response);
    }
    free(x);
}

static enum MHD_Result add_pair(void *context, enum MHD_ValueKind kind, const char *name,
                                size_t name_size, const char *value, size_t value_size) {
    moon_pairs *pairs = context;
    value_size = value != NULL ? value_size : 0;
    return moon_pairs_add(pairs, name, name_size, value != NULL ? value : "", value_size) ? MHD_YES
                                                                                         : MHD_NO;
}

/* Whether all of that kind was there to be read. */
static bool read_pairs(struct MHD_Connection *connection, enum MHD_ValueKind kind,
                       moon_pairs *pairs) {
    int all = MHD_get_connection_values_n(connection, kind, NULL, NULL);
    return MHD_get_connection_values_n(connection, kind, add_pair, pairs) == all;
}

static exchange *begin(server *s, struct MHD_Connection *connection, const char *url,
                       const char *method) {
    exchange *x = calloc(1, sizeof *x);
    if (x == NULL) {
        return NULL;
    }
    x->server = s;
    x->connection = connection;
    x->method = strdup(method);
    x->path = strdup(url);
    if (x->method != NULL && x->path != NULL &&
        read_pairs(connection, MHD_GET_ARGUMENT_KIND, &x->query) &&
        read_pairs(connection, MHD_HEADER_KIND, &x->headers)) {
        return x;
    }
    free_exchange(x);
    return NULL;
}

static void take_body(exchange *x, const char *bytes, size_t size) {
    if (size > x->server->max_body - x->body.size) {
        x->too_large = true;
    } else if (!x->too_large && !moon_buffer_add(&x->body, bytes, size)) {
        x->no_memory = true;
    }
}

static enum MHD_Result say(struct MHD_Connection *connection, unsigned status, const char *words) {
    struct MHD_Response *response =
        MHD_create_response_from_buffer(strlen(words), (void *)(uintptr_t)words,
                                        MHD_RESPMEM_PERSISTENT);
    if (response == NULL) {
        return MHD_NO;
    }
    enum MHD_Result queued = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return queued;
}

/* To the loop. The connection stands still until it has been answered. */
static enum MHD_Result hand_over(exchange *x) {
    server *s = x->server;
    uv_mutex_lock(&s->lock);
    bool closing = s->closing;
    if (!closing) {
        MHD_suspend_connection(x->connection);
        if (s->last != NULL) {
            s->last->next = x;
        } else {
            s->first = x;
        }
        s->last = x;
        uv_async_send(s->wake);
    }
    uv_mutex_unlock(&s->lock);
    return closing ? MHD_NO : MHD_YES;
}

/* libmicrohttpd calls this when a request's headers are there, for each part of its body, when it is
 * complete, and when its connection has been resumed. */
static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_size, void **request) {
    exchange *x = *request;
    if (x == NULL) {
        *request = begin(context, connection, url, method);
        return *request != NULL ? MHD_YES : MHD_NO;
    }
    if (*upload_size > 0) {
        take_body(x, upload, *upload_size);
        *upload_size = 0;
        return MHD_YES;
    }
    if (x->too_large) {
        return say(connection, MHD_HTTP_CONTENT_TOO_LARGE, "the body is too large\n");
    }
    if (x->no_memory) {
        return say(connection, MHD_HTTP_SERVICE_UNAVAILABLE, "no memory\n");
    }
    if (!x->answered) {
        return hand_over(x);
    }
    return x->response != NULL ? MHD_queue_response(connection, x->status, x->response) : MHD_NO;
}

static void on_completed(void *context, struct MHD_Connection *connection, void **request,
                         enum MHD_RequestTerminationCode code) {
    if (*request != NULL) {
        free_exchange(*request);
        *request = NULL;
    }
}

/* ---- On the loop's thread */

/* Gives the exchange back to its connection. */
static void resume(exchange *x) {
    struct MHD_Connection *connection = x->connection;
    x->answered = true;
    MHD_resume_connection(connection);
}

static bool request_term(exchange *x, mb_runtime *rt, mb_term *out) {
    mb_builder *b = mb_build(rt);
    size_t cell = mb_build_table(b, MB_BUILD_ROOT, mb_nil(), 7, 0), step = sizeof(mb_term);
    mb_build_term(b, cell, mb_atom("request"));
    mb_build_term(b, cell + step, mb_integer((int64_t)x->number));
    mb_build_string(b, cell + 2 * step, x->method, strlen(x->method));
    mb_build_string(b, cell + 3 * step, x->path, strlen(x->path));
    moon_pairs_build(&x->query, b, cell + 4 * step);
    moon_pairs_build(&x->headers, b, cell + 5 * step);
    mb_build_string(b, cell + 6 * step, x->body.size > 0 ? x->body.bytes : "", x->body.size);
    return mb_build_finish(b, out);
}

static bool reserve(server *s) {
    if (s->count < s->capacity) {
        return true;
    }
    size_t capacity = s->capacity > 0 ? s->capacity * 2 : 64;
    exchange **moved = realloc(s->waiting, capacity * sizeof(exchange *));
    if (moved == NULL) {
        return false;
    }
    s->waiting = moved;
    s->capacity = capacity;
    return true;
}

static void on_look(uv_timer_t *look);

static void tell(server *s, exchange *x) {
    mb_term term;
    x->number = ++s->told;
    if (!reserve(s) || !request_term(x, moon_port_runtime(s->port), &term)) {
        resume(x);
        return;
    }
    s->waiting[s->count++] = x;
    if (s->count == 1) {
        uv_timer_start(s->look, on_look, LOOK, LOOK);
    }
    moon_port_tell(s->port, term, false);
}

static void on_wake(uv_async_t *wake) {
    server *s = wake->data;
    uv_mutex_lock(&s->lock);
    exchange *x = s->first;
    s->first = s->last = NULL;
    uv_mutex_unlock(&s->lock);
    while (x != NULL) {
        exchange *next = x->next;
        tell(s, x);
        x = next;
    }
}

/* The exchange of that number, which waits no longer; NULL: there is none. */
static exchange *take_waiting(server *s, mb_term number) {
    if (number.type != MB_INTEGER) {
        return NULL;
    }
    size_t low = 0, high = s->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->waiting[middle]->number < (uint64_t)number.integer) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == s->count || s->waiting[low]->number != (uint64_t)number.integer) {
        return NULL;
    }
    exchange *x = s->waiting[low];
    s->count--;
    memmove(s->waiting + low, s->waiting + low + 1, (s->count - low) * sizeof(exchange *));
    return x;
}

/* Whether nobody is there any more to be answered: a connection that stands still does not notice. */
static bool has_hung_up(const exchange *x) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    char next;
    ssize_t size = info != NULL ? recv(info->connect_fd, &next, 1, MSG_PEEK | MSG_DONTWAIT) : 1;
    return size == 0 || (size < 0 && errno == ECONNRESET);
}

static void tell_gone(server *s, uint64_t number) {
    mb_term told, parts[] = {mb_atom("gone"), mb_integer((int64_t)number)};
    if (mb_tuple(moon_port_runtime(s->port), &told, 2, parts)) {
        moon_port_tell(s->port, told, false);
    }
}

static void on_look(uv_timer_t *look) {
    server *s = look->data;
    size_t kept = 0;
    for (size_t i = 0; i < s->count; i++) {
        exchange *x = s->waiting[i];
        if (has_hung_up(x)) {
            tell_gone(s, x->number);
            resume(x);
        } else {
            s->waiting[kept++] = x;
        }
    }
    s->count = kept;
    if (kept == 0) {
        uv_timer_stop(look);
    }
}

/* A string as libmicrohttpd wants it, to be freed. */
static char *text_of(mb_term term) {
    size_t size = 0;
    const char *bytes = term.type == MB_STRING ? mb_bytes(&term, &size) : "";
    char *text = malloc(size + 1);
    if (text != NULL) {
        memcpy(text, bytes, size);
        text[size] = '\0';
    }
    return text;
}

static void add_header(struct MHD_Response *response, mb_term pair) {
    char *name = text_of(mb_element(pair, 0)), *value = text_of(mb_element(pair, 1));
    if (name != NULL && value != NULL) {
        MHD_add_response_header(response, name, value);
    }
    free(name);
    free(value);
}

static struct MHD_Response *response_of(mb_term headers, mb_term body) {
    size_t size = 0;
    const char *bytes = body.type == MB_STRING ? mb_bytes(&body, &size) : "";
    struct MHD_Response *response = MHD_create_response_from_buffer(
        size, (void *)(uintptr_t)bytes, MHD_RESPMEM_MUST_COPY);
    for (size_t i = 0; response != NULL && i < mb_array_size(headers); i++) {
        add_header(response, mb_element(headers, i));
    }
    return response;
}

static bool server_command(void *data, mb_term command) {
    server *s = data;
    exchange *x = take_waiting(s, mb_element(command, 1));
    if (x == NULL) {
        return true;
    }
    x->status = (unsigned)mb_element(command, 2).integer;
    x->response = response_of(mb_element(command, 3), mb_element(command, 4));
    bool made = x->response != NULL;
    resume(x);
    return made;
}

static void free_handle(uv_handle_t *handle) {
    free(handle);
}

/* The server's thread has ended or never was. */
static void server_free(server *s) {
    uv_close((uv_handle_t *)s->wake, free_handle);
    uv_close((uv_handle_t *)s->look, free_handle);
    uv_mutex_destroy(&s->lock);
    free(s->waiting);
    free(s);
}

static void server_close(void *data) {
    server *s = data;
    uv_mutex_lock(&s->lock);
    s->closing = true;
    exchange *x = s->first;
    uv_mutex_unlock(&s->lock);
    while (x != NULL) {
        exchange *next = x->next;
        resume(x);
        x = next;
    }
    for (size_t i = 0; i < s->count; i++) {
        resume(s->waiting[i]);
    }
    MHD_stop_daemon(s->daemon); /* closes the socket, too */
    server_free(s);
}

/* A socket that listens on the loopback at *port, or at any for 0, which is told then; -1 with errno
 * set. */
static int listen_at(uint16_t *port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(*port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    int yes = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0) {
        return -1;
    }
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, (struct sockaddr *)&address, size) == 0 && listen(fd, BACKLOG) == 0 &&
        fcntl(fd, F_SETFL, O_NONBLOCK) == 0 && fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 &&
        getsockname(fd, (struct sockaddr *)&address, &size) == 0) {
        *port = ntohs(address.sin_port);
        return fd;
    }
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

static bool start_daemon(server *s, int fd) {
    unsigned flags = MHD_USE_AUTO_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
    s->daemon = MHD_start_daemon(flags, 0, NULL, NULL, on_request, s, MHD_OPTION_LISTEN_SOCKET, fd,
                                 MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL,
                                 MHD_OPTION_CONNECTION_LIMIT, MAX_CONNECTIONS,
                                 MHD_OPTION_CONNECTION_TIMEOUT, IDLE_SECONDS, MHD_OPTION_END);
    return s->daemon != NULL;
}

static server *server_new(uv_loop_t *uv, moon_port *port, size_t max_body) {
    server *s = calloc(1, sizeof *s);
    uv_async_t *wake = malloc(sizeof *wake);
    uv_timer_t *look = malloc(sizeof *look);
    if (s == NULL || wake == NULL || look == NULL || uv_mutex_init(&s->lock) != 0) {
        goto no_server;
    }
    if (uv_async_init(uv, wake, on_wake) != 0) {
        uv_mutex_destroy(&s->lock);
        goto no_server;
    }
    uv_timer_init(uv, look);
    uv_unref((uv_handle_t *)look);
    wake->data = look->data = s;
    s->wake = wake;
    s->look = look;
    s->port = port;
    s->max_body = max_body;
    return s;

no_server:
    free(s);
    free(wake);
    free(look);
    return NULL;
}

static bool tell_port(server *s, uint16_t port) {
    mb_term told, parts[] = {mb_atom("listening"), mb_integer(port)};
    if (!mb_tuple(moon_port_runtime(s->port), &told, 2, parts)) {
        return false;
    }
    moon_port_tell(s->port, told, true);
    return true;
}

static void *server_open(void *host, moon_port *port, mb_term options, mb_term *reason) {
    uint16_t number = (uint16_t)mb_get(options, "port").integer;
    int fd = listen_at(&number);
    if (fd < 0) {
        const char *name = moon_errno_name(errno);
        *reason = mb_atom(name != NULL ? name : "einval");
        return NULL;
    }
    server *s = server_new(moon_ports_uv(host), port, (size_t)mb_get(options, "max_body").integer);
    if (s == NULL || !start_daemon(s, fd)) {
        close(fd);
        if (s != NULL) {
            server_free(s);
        }
        *reason = mb_atom("emfile"); /* its thread needs some, or memory */
        return NULL;
    }
    if (tell_port(s, number)) {
        return s;
    }
    server_close(s);
    return NULL;
}

const moon_port_class moon_http_server_class = {
    .name = "http_server",
    .open = server_open,
    .command = server_command,
    .close = server_close,
};
