/* Buffered output to a file descriptor. */
#ifndef MOON_OUTPUT_H
#define MOON_OUTPUT_H

#include <stddef.h>

typedef struct moon_output {
    int fd;
    size_t used;
    char bytes[16384];
} moon_output;

void moon_output_init(moon_output *output, int fd);
/* When nobody reads any more, the program ends of SIGPIPE, as other programs do; when the bytes
 * cannot be written for another reason, it says so on stderr and ends with status 1. */
void moon_output_write(moon_output *output, const char *bytes, size_t size);
void moon_output_flush(moon_output *output);

/* Ends the program by that signal's default action. */
_Noreturn void moon_die_of(int signal_number);

#endif
