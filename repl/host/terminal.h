/* The terminal that the program writes to. */
#ifndef MOON_TERMINAL_H
#define MOON_TERMINAL_H

#include <stddef.h>

/* Columns of the terminal that the standard output is; 80 when it is none. */
size_t moon_terminal_width(void);

#endif
