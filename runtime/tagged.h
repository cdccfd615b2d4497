/* The tuples that behaviours answer with and die of: { "ok", pid }, { "bad_return_value", v }.
 * Where there is no memory for one it becomes the string "system_limit", which takes none; the
 * terms that went in are released all the same. */
#ifndef MB_TAGGED_H
#define MB_TAGGED_H

#include "moonbeam.h"

/* An owned string of any length, or MB_SYSTEM_LIMIT. */
mb_term mb_text_term(mb_runtime *rt, const char *text);
/* { tag, a }: a is taken. */
mb_term mb_tagged(mb_runtime *rt, const char *tag, mb_term a);
/* { tag, a, b }: a and b are taken. */
mb_term mb_tagged_two(mb_runtime *rt, const char *tag, mb_term a, mb_term b);
/* { elements… }, which are all taken. */
mb_term mb_tuple_taking(mb_runtime *rt, size_t count, const mb_term *elements);

#define MB_SYSTEM_LIMIT mb_atom("system_limit")

#endif
