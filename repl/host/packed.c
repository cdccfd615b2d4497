#include "host/packed.h"

#include <stdlib.h>
#include <string.h>

/* Where size more bytes go, or NULL. */
static char *extend(moon_packed *packed, size_t size) {
    if (packed->failed) {
        return NULL;
    }
    if (packed->capacity - packed->size < size) {
        size_t capacity = packed->capacity + packed->capacity / 2 + size + 64;
        char *bytes = realloc(packed->bytes, capacity);
        if (bytes == NULL) {
            packed->failed = true;
            return NULL;
        }
        packed->bytes = bytes;
        packed->capacity = capacity;
    }
    char *place = packed->bytes + packed->size;
    packed->size += size;
    return place;
}

static void add(moon_packed *packed, const void *bytes, size_t size) {
    char *place = extend(packed, size);
    if (place != NULL && size > 0) {
        memcpy(place, bytes, size);
    }
}

void moon_packed_add(moon_packed *packed, const moon_packed_value *value) {
    char type = (char)value->type;
    add(packed, &type, 1);
    switch (value->type) {
    case MOON_PACKED_NULL: break;
    case MOON_PACKED_INTEGER: add(packed, &value->integer, sizeof value->integer); break;
    case MOON_PACKED_REAL: add(packed, &value->real, sizeof value->real); break;
    case MOON_PACKED_TEXT:
    case MOON_PACKED_BLOB:
        add(packed, &value->size, sizeof value->size);
        add(packed, value->bytes, value->size);
        add(packed, "", 1);
        break;
    }
}

static void take(const moon_packed *packed, size_t *position, void *out, size_t size) {
    memcpy(out, packed->bytes + *position, size);
    *position += size;
}

moon_packed_value moon_packed_read(const moon_packed *packed, size_t *position) {
    moon_packed_value value = {.type = (moon_packed_type)packed->bytes[(*position)++]};
    switch (value.type) {
    case MOON_PACKED_NULL: break;
    case MOON_PACKED_INTEGER: take(packed, position, &value.integer, sizeof value.integer); break;
    case MOON_PACKED_REAL: take(packed, position, &value.real, sizeof value.real); break;
    case MOON_PACKED_TEXT:
    case MOON_PACKED_BLOB:
        take(packed, position, &value.size, sizeof value.size);
        value.bytes = packed->bytes + *position;
        *position += value.size + 1;
        break;
    }
    return value;
}

void moon_packed_free(moon_packed *packed) {
    free(packed->bytes);
    *packed = (moon_packed){.bytes = NULL};
}
