#include "host/ports.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "host/http_request.h"
#include "host/http_server.h"

static const moon_port_class *const classes[] = {
    &moon_http_class,
    &moon_http_server_class,
    &moon_database_class,
    NULL,
};

struct moon_ports {
    uv_loop_t uv;
    moon_loop *loop;           /* NULL: none */
    moon_http_client *http;    /* NULL: not used yet */
    moon_databases *databases; /* likewise */
};

/* Each connection takes one, and the usual limit is that of programs which know none. */
static void allow_many_files(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

moon_ports *moon_ports_new(moon_loop *loop) {
    moon_ports *ports = calloc(1, sizeof *ports);
    if (ports == NULL || uv_loop_init(&ports->uv) != 0) {
        free(ports);
        return NULL;
    }
    allow_many_files();
    if (loop != NULL && !moon_loop_nest(loop, &ports->uv)) {
        moon_ports_free(ports);
        return NULL;
    }
    ports->loop = loop;
    return ports;
}

void moon_ports_free(moon_ports *ports) {
    if (ports == NULL) {
        return;
    }
    if (ports->loop != NULL) {
        moon_loop_nest(ports->loop, NULL);
    }
    moon_http_client_free(ports->http);
    moon_databases_free(ports->databases);
    uv_run(&ports->uv, UV_RUN_NOWAIT);
    uv_loop_close(&ports->uv);
    free(ports);
}

bool moon_ports_wait(moon_ports *ports, int milliseconds) {
    if (!uv_loop_alive(&ports->uv)) {
        return false;
    }
    if (uv_run(&ports->uv, UV_RUN_NOWAIT) == 0) {
        return true;
    }
    int due = uv_backend_timeout(&ports->uv);
    struct pollfd fd = {.fd = uv_backend_fd(&ports->uv), .events = POLLIN};
    poll(&fd, 1, due >= 0 && due < milliseconds ? due : milliseconds);
    uv_run(&ports->uv, UV_RUN_NOWAIT);
    return true;
}

void moon_ports_fill(moon_ports *ports, moon_options *options) {
    options->port_classes = classes;
    options->port_host = ports;
}

uv_loop_t *moon_ports_uv(moon_ports *ports) {
    return &ports->uv;
}

moon_http_client *moon_ports_http_client(moon_ports *ports) {
    if (ports->http == NULL) {
        ports->http = moon_http_client_new(&ports->uv);
    }
    return ports->http;
}

moon_databases *moon_ports_databases(moon_ports *ports) {
    if (ports->databases == NULL) {
        ports->databases = moon_databases_new(&ports->uv);
    }
    return ports->databases;
}
