#include "view/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *moon_grow(void *block, size_t size) {
    void *grown = realloc(block, size > 0 ? size : 1);
    if (grown == NULL) {
        fputs("moonbeam: out of memory\n", stderr);
        exit(1);
    }
    return grown;
}

char *moon_copy(const char *bytes, size_t size) {
    char *copy = moon_grow(NULL, size + 1);
    if (size > 0) {
        memcpy(copy, bytes, size);
    }
    copy[size] = '\0';
    return copy;
}

static void reserve(moon_text *text, size_t more) {
    size_t needed = text->size + more + 1;
    if (needed <= text->capacity) {
        return;
    }
    size_t capacity = text->capacity < 32 ? 64 : text->capacity * 2;
    if (capacity < needed) {
        capacity = needed;
    }
    text->bytes = moon_grow(text->bytes, capacity);
    text->capacity = capacity;
}

void moon_text_add(moon_text *text, const char *bytes, size_t size) {
    reserve(text, size);
    if (size > 0) {
        memcpy(text->bytes + text->size, bytes, size);
    }
    text->size += size;
    text->bytes[text->size] = '\0';
}

void moon_text_puts(moon_text *text, const char *string) {
    moon_text_add(text, string, strlen(string));
}

void moon_text_repeat(moon_text *text, const char *string, size_t count) {
    size_t size = strlen(string);
    for (size_t i = 0; i < count; i++) {
        moon_text_add(text, string, size);
    }
}

void moon_text_format(moon_text *text, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size > 0) {
        reserve(text, (size_t)size);
        vsnprintf(text->bytes + text->size, (size_t)size + 1, format, again);
        text->size += (size_t)size;
    }
    va_end(again);
}

void moon_text_clear(moon_text *text) {
    text->size = 0;
    if (text->bytes != NULL) {
        text->bytes[0] = '\0';
    }
}

void moon_text_free(moon_text *text) {
    free(text->bytes);
    *text = (moon_text){0};
}

const char *moon_text_string(const moon_text *text) {
    return text->bytes != NULL ? text->bytes : "";
}

void moon_text_write(void *text, const char *bytes, size_t size) {
    moon_text_add(text, bytes, size);
}

char *moon_text_take(moon_text *text) {
    char *bytes = text->bytes != NULL ? text->bytes : moon_copy("", 0);
    *text = (moon_text){0};
    return bytes;
}

/* Decodes the character at bytes; a broken one counts as one byte of its own. */
static size_t decode(const unsigned char *bytes, size_t size, uint32_t *point) {
    unsigned char first = bytes[0];
    size_t length = first < 0x80 ? 1 : first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    static const unsigned char mask[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    if (length > size) {
        length = 1;
    }
    *point = first & mask[length];
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xc0) != 0x80) {
            return 1;
        }
        *point = *point << 6 | (bytes[i] & 0x3f);
    }
    return length;
}

static size_t point_columns(uint32_t c) {
    if (c < 0x20 || (c >= 0x300 && c <= 0x36f) || (c >= 0x200b && c <= 0x200d) ||
        (c >= 0xfe00 && c <= 0xfe0f)) {
        return 0;
    }
    if ((c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) ||
        (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
        (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
        (c >= 0x1f300 && c <= 0x1f64f) || (c >= 0x1f680 && c <= 0x1f9ff)) {
        return 2;
    }
    return 1;
}

/* Of one escape sequence or character, with its columns. */
static size_t unit(const char *bytes, size_t size, size_t *columns) {
    *columns = 0;
    if (bytes[0] == '\033' && size > 1 && bytes[1] == '[') {
        size_t i = 2;
        while (i < size && (unsigned char)bytes[i] < 0x40) {
            i++;
        }
        return i < size ? i + 1 : size;
    }
    uint32_t point;
    size_t length = decode((const unsigned char *)bytes, size, &point);
    *columns = point_columns(point);
    return length;
}

size_t moon_columns(const char *bytes, size_t size) {
    size_t total = 0;
    for (size_t i = 0, columns; i < size; total += columns) {
        i += unit(bytes + i, size - i, &columns);
    }
    return total;
}

size_t moon_fitting(const char *bytes, size_t size, size_t columns) {
    size_t used = 0;
    for (size_t i = 0; i < size;) {
        size_t wide;
        size_t length = unit(bytes + i, size - i, &wide);
        if (used + wide > columns) {
            return i;
        }
        used += wide;
        i += length;
    }
    return size;
}

void moon_text_pad(moon_text *text, size_t used, size_t columns) {
    if (used < columns) {
        moon_text_repeat(text, " ", columns - used);
    }
}
