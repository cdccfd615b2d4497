/* "Did you mean …?": which of the names there are is nearest to one that is not there. */
#ifndef MOON_SPELLING_H
#define MOON_SPELLING_H

#include <stddef.h>

typedef struct moon_spelling {
    const char *given; /* the caller's, as are the names tried */
    const char *best;  /* NULL: none of those tried is near enough */
    size_t distance;
} moon_spelling;

moon_spelling moon_spelling_of(const char *given);

/* The name becomes the best when fewer slips (a letter too many, missing, wrong, or two that changed
 * places) lead to it than to the best so far, and at most a third as many as the given name has
 * letters. Of equal ones the first in the alphabet wins. */
void moon_spelling_try(moon_spelling *s, const char *name);

#endif
