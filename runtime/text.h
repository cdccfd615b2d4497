/* Text in the making: a log message, a formatted exit. It starts in place and moves to the heap
 * when it grows; where there is no memory it is cut short, which a reader of a log can bear. */
#ifndef MB_TEXT_H
#define MB_TEXT_H

#include "moonbeam.h"

#define MB_TEXT_INLINE 768

typedef struct mb_text {
    mb_runtime *rt;
    char *bytes; /* in_place, or owned */
    size_t size;
    size_t capacity;
    bool cut;
    char in_place[MB_TEXT_INLINE];
} mb_text;

void mb_text_begin(mb_text *text, mb_runtime *rt);
void mb_text_end(mb_text *text);
void mb_text_add(mb_text *text, const char *string);
void mb_text_inspect(mb_text *text, mb_term term);
/* As mb_write; the context is the mb_text. */
void mb_text_write(void *text, const char *bytes, size_t size);

#endif
