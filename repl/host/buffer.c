#include "host/buffer.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

bool moon_buffer_add(moon_buffer *buffer, const void *bytes, size_t size) {
    if (size > buffer->capacity - buffer->size) {
        if (size > SIZE_MAX / 2 - buffer->size) {
            return false;
        }
        size_t wanted = buffer->size + size;
        size_t capacity = buffer->capacity * 2 > wanted ? buffer->capacity * 2 : wanted;
        char *moved = realloc(buffer->bytes, capacity);
        if (moved == NULL) {
            return false;
        }
        buffer->bytes = moved;
        buffer->capacity = capacity;
    }
    if (size > 0) {
        memcpy(buffer->bytes + buffer->size, bytes, size);
    }
    buffer->size += size;
    return true;
}

void moon_buffer_free(moon_buffer *buffer) {
    free(buffer->bytes);
    *buffer = (moon_buffer){0};
}
