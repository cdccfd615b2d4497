/* The history of inputs on disk: one line for each entry, in which a newline is written \n and a
 * backslash \\. */
#ifndef MOON_HISTORY_H
#define MOON_HISTORY_H

#include <stdbool.h>

/* Entries that are kept. */
#define MOON_HISTORY_LIMIT 1000

/* Calls visit for each of the last MOON_HISTORY_LIMIT entries, the oldest first. A file that has
 * grown too long is cut. A missing file is an empty one. */
void moon_history_load(const char *path, void (*visit)(void *context, const char *entry),
                       void *context);
/* Several prompts may append to the same file. False when it cannot be written. */
bool moon_history_append(const char *path, const char *entry);

#endif
