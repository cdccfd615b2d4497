/* The functions that a person has at the prompt beside the API: h, i, ps, tree, … */
#ifndef MOON_HELPERS_H
#define MOON_HELPERS_H

#include <stdbool.h>
#include <stddef.h>

#include "lua/universe.h"

typedef struct moon_helpers_host {
    mb_write write;                           /* where they print */
    void (*leave)(void *context, int status); /* quit(); NULL: no prompt but a program, which gets
                                               * only what is of use there */
    void *context;
    bool colour;
} moon_helpers_host;

/* Binds them in u, with their help. host is copied. False when there is no memory. */
bool moon_helpers_add(moon_universe *u, const moon_helpers_host *host);

#endif
