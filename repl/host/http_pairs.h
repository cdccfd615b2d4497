/* Names and their values: headers, a query. Gathered on any thread, told as terms on the loop's. */
#ifndef MOON_HTTP_PAIRS_H
#define MOON_HTTP_PAIRS_H

#include "host/buffer.h"
#include "moonbeam.h"

/* { 0 } is an empty list. */
typedef struct moon_pairs {
    moon_buffer buffer; /* for each name, for each value: its size, its bytes */
    size_t count;
} moon_pairs;

/* False when there is no memory: then the list is good for nothing but being freed. */
bool moon_pairs_add(moon_pairs *pairs, const char *name, size_t name_size, const char *value,
                    size_t value_size);
void moon_pairs_clear(moon_pairs *pairs);
void moon_pairs_free(moon_pairs *pairs);

/* { { name, value }, … } in the cell `at`. */
void moon_pairs_build(const moon_pairs *pairs, mb_builder *b, size_t at);

#endif
