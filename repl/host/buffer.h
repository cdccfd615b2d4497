/* Bytes that grow, on any thread, for what the outside sends: running out of memory is no end. */
#ifndef MOON_BUFFER_H
#define MOON_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

/* bytes is owned, NULL as long as there are none. { 0 } is an empty one. */
typedef struct moon_buffer {
    char *bytes;
    size_t size;
    size_t capacity;
} moon_buffer;

/* False, and nothing is added, when there is no memory. */
bool moon_buffer_add(moon_buffer *buffer, const void *bytes, size_t size);
void moon_buffer_free(moon_buffer *buffer); /* and makes it an empty one */

#endif
