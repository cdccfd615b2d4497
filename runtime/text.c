#include "text.h"

void mb_text_begin(mb_text *text, mb_runtime *rt) {
    text->rt = rt;
    text->bytes = text->in_place;
    text->size = 0;
    text->capacity = sizeof text->in_place;
    text->cut = false;
}

void mb_text_end(mb_text *text) {
    if (text->bytes != text->in_place)
        mb_allocate(text->rt, text->bytes, text->capacity, 0);
}

static bool grow(mb_text *text, size_t wanted) {
    size_t capacity = text->capacity;
    while (capacity < wanted)
        capacity *= 2;
    bool moves = text->bytes == text->in_place;
    char *bytes = moves ? mb_allocate(text->rt, NULL, 0, capacity)
                        : mb_allocate(text->rt, text->bytes, text->capacity, capacity);
    if (!bytes)
        return false;
    if (moves)
        memcpy(bytes, text->in_place, text->size);
    text->bytes = bytes;
    text->capacity = capacity;
    return true;
}

void mb_text_write(void *context, const char *bytes, size_t size) {
    mb_text *text = context;
    if (text->cut)
        return;
    if (text->size + size > text->capacity && !grow(text, text->size + size)) {
        text->cut = true;
        size = text->capacity - text->size;
    }
    memcpy(text->bytes + text->size, bytes, size);
    text->size += size;
}

void mb_text_add(mb_text *text, const char *string) { mb_text_write(text, string, strlen(string)); }

void mb_text_inspect(mb_text *text, mb_term term) { mb_inspect(term, NULL, mb_text_write, text); }
