#include "tagged.h"

mb_term mb_text_term(mb_runtime *rt, const char *text) {
    mb_term term;
    return mb_string_new(rt, text, strlen(text), &term) ? term : MB_SYSTEM_LIMIT;
}

mb_term mb_tuple_taking(mb_runtime *rt, size_t count, const mb_term *elements) {
    mb_term tuple;
    bool made = mb_tuple(rt, &tuple, count, elements);
    for (size_t i = 0; i < count; i++)
        mb_release(rt, elements[i]);
    return made ? tuple : MB_SYSTEM_LIMIT;
}

mb_term mb_tagged(mb_runtime *rt, const char *tag, mb_term a) {
    return mb_tuple_taking(rt, 2, (mb_term[]){mb_text_term(rt, tag), a});
}

mb_term mb_tagged_two(mb_runtime *rt, const char *tag, mb_term a, mb_term b) {
    return mb_tuple_taking(rt, 3, (mb_term[]){mb_text_term(rt, tag), a, b});
}
