#include "host/ports.h"

#include <stdlib.h>

#include "lua/port.h"

static const moon_port_class *const classes[] = {
    NULL,
};

struct moon_ports {
    uv_loop_t *uv;
};

moon_ports *moon_ports_new(moon_loop *loop) {
    moon_ports *ports = calloc(1, sizeof *ports);
    if (ports != NULL) {
        ports->uv = moon_loop_uv(loop);
    }
    return ports;
}

void moon_ports_free(moon_ports *ports) {
    free(ports);
}

void moon_ports_fill(moon_ports *ports, moon_options *options) {
    options->port_classes = classes;
    options->port_host = ports;
}

uv_loop_t *moon_ports_uv(moon_ports *ports) {
    return ports->uv;
}
