/* What Tab offers. */
#ifndef MOON_COMPLETION_H
#define MOON_COMPLETION_H

#include <stdbool.h>
#include <stddef.h>

#include "lua/universe.h"

typedef enum moon_candidate_kind {
    MOON_CANDIDATE_KEYWORD,
    MOON_CANDIDATE_FUNCTION,
    MOON_CANDIDATE_TABLE, /* fields can follow */
    MOON_CANDIDATE_VALUE,
    MOON_CANDIDATE_NAME, /* of a process, or of a page of the help */
} moon_candidate_kind;

typedef struct moon_candidate {
    char *text; /* what replaces the word */
    moon_candidate_kind kind;
} moon_candidate;

typedef struct moon_completion {
    size_t start; /* where in the line the word begins that is completed */
    char quote;   /* of the string that the word is in; 0 outside of strings */
    bool closes;  /* a candidate is a whole string */
    size_t count;
    moon_candidate *candidates; /* in alphabetical order, each once; owned */
} moon_completion;

/* What fits line[0 … cursor]. False when nothing does, or there is no memory. */
bool moon_complete(moon_universe *u, const char *line, size_t cursor, moon_completion *out);
/* Safe after a moon_complete that returned false, too. */
void moon_completion_free(moon_completion *completion);

#endif
