/* Text that grows, measured in terminal columns. */
#ifndef MOON_TEXT_H
#define MOON_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* bytes is NUL-terminated once anything was added, NULL before; owned. { 0 } is an empty one. */
typedef struct moon_text {
    char *bytes;
    size_t size;
    size_t capacity;
} moon_text;

/* These end the program with a message when there is no memory: without text there is nothing
 * left to tell the user. */
void moon_text_add(moon_text *text, const char *bytes, size_t size);
void moon_text_puts(moon_text *text, const char *string);
void moon_text_repeat(moon_text *text, const char *string, size_t count);
void moon_text_format(moon_text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void moon_text_clear(moon_text *text); /* keeps the memory */
void moon_text_free(moon_text *text);  /* and makes it an empty one */
/* The content, "" when empty; never NULL. */
const char *moon_text_string(const moon_text *text);
/* An mb_write whose context is a moon_text. */
void moon_text_write(void *text, const char *bytes, size_t size);
/* The content as an owned string (free), "" when empty; text is empty afterwards. */
char *moon_text_take(moon_text *text);

/* realloc that does not return NULL, and an owned copy of size bytes with a NUL. */
void *moon_grow(void *block, size_t size);
char *moon_copy(const char *bytes, size_t size);

/* Columns that bytes take on a terminal; escape sequences take none. */
size_t moon_columns(const char *bytes, size_t size);
/* The length of the longest beginning of bytes that takes at most so many columns. */
size_t moon_fitting(const char *bytes, size_t size, size_t columns);
/* Adds spaces until text, of which `used` columns are taken, is `columns` wide. */
void moon_text_pad(moon_text *text, size_t used, size_t columns);

#endif
