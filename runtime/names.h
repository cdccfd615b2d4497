/* A node's registered names: a hash table from a string to a process. */
#ifndef MB_NAMES_H
#define MB_NAMES_H

#include "memory.h"

typedef struct mb_name_entry {
    mb_term name; /* owned; nil: empty */
    mb_process *process;
} mb_name_entry;

typedef struct mb_names {
    mb_name_entry *entries; /* open addressing, linear probing */
    size_t capacity;        /* a power of two, or 0 */
    size_t count;
} mb_names;

void mb_names_finish(mb_node *node);
/* Takes the name off a process that ends. */
void mb_names_forget(mb_process *p);

#endif
