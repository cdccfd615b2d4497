/* The runtime's own source of chance: the same seed gives the same run. */
#ifndef MB_RANDOM_H
#define MB_RANDOM_H

#include "moonbeam.h"

void mb_random_seed(mb_runtime *rt, uint64_t seed);

#endif
