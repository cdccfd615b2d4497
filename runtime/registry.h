/* Inside a registry: what counting needs of it. */
#ifndef MB_REGISTRY_H
#define MB_REGISTRY_H

#include "moonbeam.h"

/* How many entries the registry has that p is; 0 when p is none. */
size_t mb_registrations_of(mb_process *p);

#endif
