/* Values in a row of bytes, for threads to hand to each other: what a statement is given, and the
 * rows that it finds. */
#ifndef MOON_PACKED_H
#define MOON_PACKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct moon_packed {
    char *bytes;
    size_t size, capacity;
    bool failed; /* there was no memory for something */
} moon_packed;

typedef enum moon_packed_type {
    MOON_PACKED_NULL,
    MOON_PACKED_INTEGER,
    MOON_PACKED_REAL,
    MOON_PACKED_TEXT,
    MOON_PACKED_BLOB,
} moon_packed_type;

typedef struct moon_packed_value {
    moon_packed_type type;
    int64_t integer;
    double real;
    const char *bytes; /* of text or a blob: borrowed, followed by a NUL */
    size_t size;
} moon_packed_value;

void moon_packed_add(moon_packed *packed, const moon_packed_value *value);
/* Reads the value at *position and moves behind it. */
moon_packed_value moon_packed_read(const moon_packed *packed, size_t *position);
void moon_packed_free(moon_packed *packed);

#endif
