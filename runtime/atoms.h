/* Names by number: each string that a process on another node was called by is kept once and for
 * ever, as atoms are, so that a number can stand for it (mb_name_on). */
#ifndef MB_ATOMS_H
#define MB_ATOMS_H

#include "memory.h"

typedef struct mb_atoms {
    mb_term *names;  /* owned; by number */
    uint32_t *slots; /* open addressing: number + 1; 0: empty */
    size_t count, capacity; /* of slots: a power of two, twice that of names, or 0 */
} mb_atoms;

/* The number of a name. False: no memory. */
bool mb_atoms_number(mb_runtime *rt, mb_term name, uint32_t *number);
void mb_atoms_finish(mb_runtime *rt);

#endif
