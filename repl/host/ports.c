#include "host/ports.h"

#include <stdlib.h>
#include <sys/resource.h>

#include "host/http_server.h"

static const moon_port_class *const classes[] = {
    &moon_http_class,
    &moon_http_server_class,
    NULL,
};

struct moon_ports {
    uv_loop_t *uv;
    moon_http_client *http; /* NULL: not used yet */
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
    if (ports != NULL) {
        allow_many_files();
        ports->uv = moon_loop_uv(loop);
    }
    return ports;
}

void moon_ports_free(moon_ports *ports) {
    if (ports != NULL) {
        moon_http_client_free(ports->http);
    }
    free(ports);
}

void moon_ports_fill(moon_ports *ports, moon_options *options) {
    options->port_classes = classes;
    options->port_host = ports;
}

uv_loop_t *moon_ports_uv(moon_ports *ports) {
    return ports->uv;
}

moon_http_client *moon_ports_http_client(moon_ports *ports) {
    if (ports->http == NULL) {
        ports->http = moon_http_client_new(ports->uv);
    }
    return ports->http;
}
