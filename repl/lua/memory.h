/* Lua's allocator: the runtime's, with an owner per block, so that what a process holds in Lua
 * values is known and can be limited.
 *
 * Every block carries a header of 8 bytes, the owner it is charged to. An owner outlives its
 * process until its last block is freed, because other values may still refer to them. */
#ifndef MOON_MEMORY_H
#define MOON_MEMORY_H

#include "moonbeam.h"

typedef struct moon_owner moon_owner;

/* A process's account, part of its class's data; all zero at first. The owner behind it is made
 * with the first allocation, so that a process that allocates nothing pays nothing. */
typedef struct moon_account {
    moon_owner *owner;
} moon_account;

typedef struct moon_memory {
    mb_runtime *rt;
    moon_account *current; /* whom allocations are charged to; never NULL */
    bool enforced;         /* whether current's limit is watched: only inside a protected call */
    moon_account host;     /* what belongs to nobody in particular */
    moon_owner *host_owner;
} moon_memory;

/* False when there is no memory. */
bool moon_memory_init(moon_memory *memory, mb_runtime *rt);
/* After lua_close. */
void moon_memory_finish(moon_memory *memory);

/* A lua_Alloc; context is the moon_memory. Returns NULL when the current process would exceed its
 * limit and `enforced` is set, or when there is no memory. A block that grows passes to the account
 * that made it grow. */
void *moon_memory_allocate(void *context, void *block, size_t old_size, size_t new_size);

/* Bytes that the account is charged with. */
size_t moon_account_bytes(const moon_account *account);
/* The process has ended: its owner goes with its last block. Zeroes the account. */
void moon_account_close(moon_memory *memory, moon_account *account);

#endif
