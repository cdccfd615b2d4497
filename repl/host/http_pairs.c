#include "host/http_pairs.h"

static bool add(moon_buffer *buffer, const char *bytes, size_t size) {
    return moon_buffer_add(buffer, &size, sizeof size) && moon_buffer_add(buffer, bytes, size);
}

bool moon_pairs_add(moon_pairs *pairs, const char *name, size_t name_size, const char *value,
                    size_t value_size) {
    if (!add(&pairs->buffer, name, name_size) || !add(&pairs->buffer, value, value_size)) {
        return false;
    }
    pairs->count++;
    return true;
}

void moon_pairs_clear(moon_pairs *pairs) {
    pairs->buffer.size = 0;
    pairs->count = 0;
}

void moon_pairs_free(moon_pairs *pairs) {
    moon_buffer_free(&pairs->buffer);
    pairs->count = 0;
}

void moon_pairs_build(const moon_pairs *pairs, mb_builder *b, size_t at) {
    size_t cell = mb_build_table(b, at, mb_nil(), pairs->count, 0);
    const char *next = pairs->buffer.bytes;
    for (size_t i = 0; i < pairs->count; i++, cell += sizeof(mb_term)) {
        size_t part = mb_build_table(b, cell, mb_nil(), 2, 0);
        for (int j = 0; j < 2; j++, part += sizeof(mb_term)) {
            size_t size;
            memcpy(&size, next, sizeof size);
            mb_build_string(b, part, next + sizeof size, size);
            next += sizeof size + size;
        }
    }
}
