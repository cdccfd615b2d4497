/* The text of a program. */
#ifndef MOON_SOURCE_FILE_H
#define MOON_SOURCE_FILE_H

#include <stddef.h>

/* Reads a whole file; path NULL is the standard input. Owned by the caller; NULL when that cannot
 * be or it is no text, which is then told on stderr in one line. */
char *moon_read_source(const char *path, size_t *size);

#endif
