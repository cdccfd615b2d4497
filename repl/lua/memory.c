#include "lua/memory.h"

/* Charged through a block's header. ended owners go when bytes reaches 0. */
struct moon_owner {
    size_t bytes;
    size_t limit;
    bool ended;
};

typedef union header {
    moon_owner *owner;
    double align;
} header;

static_assert(sizeof(header) == 8, "a block's header");

bool moon_memory_init(moon_memory *memory, mb_runtime *rt) {
    *memory = (moon_memory){.rt = rt};
    memory->host_owner = mb_allocate(rt, NULL, 0, sizeof *memory->host_owner);
    if (!memory->host_owner)
        return false;
    *memory->host_owner = (moon_owner){.limit = SIZE_MAX};
    memory->host.owner = memory->host_owner;
    memory->current = &memory->host;
    return true;
}

void moon_memory_finish(moon_memory *memory) {
    if (memory->host_owner)
        mb_allocate(memory->rt, memory->host_owner, sizeof *memory->host_owner, 0);
}

static moon_owner *owner_new(moon_memory *memory) {
    moon_owner *owner = mb_allocate(memory->rt, NULL, 0, sizeof *owner);
    if (!owner)
        return NULL;
    size_t limit = mb_runtime_config(memory->rt)->process_memory;
    *owner = (moon_owner){.limit = limit ? limit : (size_t)512 << 20};
    memory->current->owner = owner;
    return owner;
}

static void owner_credit(moon_memory *memory, moon_owner *owner, size_t size) {
    owner->bytes -= size;
    if (owner->bytes == 0 && owner->ended)
        mb_allocate(memory->rt, owner, sizeof *owner, 0);
}

static void *allocate(moon_memory *memory, size_t size) {
    moon_owner *owner = memory->current->owner;
    if (!owner && !(owner = owner_new(memory)))
        return NULL;
    if (owner->bytes + size > owner->limit && memory->enforced)
        return NULL;
    header *h = mb_allocate(memory->rt, NULL, 0, size + sizeof *h);
    if (!h)
        return NULL;
    h->owner = owner;
    owner->bytes += size;
    return h + 1;
}

static void *shrink(moon_memory *memory, header *h, size_t old_size, size_t new_size) {
    moon_owner *owner = h->owner;
    header *moved = mb_allocate(memory->rt, h, old_size + sizeof *h, new_size + sizeof *h);
    if (!moved)
        return NULL;
    owner->bytes -= old_size - new_size;
    return moved + 1;
}

static void *grow(moon_memory *memory, header *h, size_t old_size, size_t new_size) {
    moon_owner *old = h->owner;
    moon_owner *owner = memory->current->owner;
    if (!owner && !(owner = owner_new(memory)))
        return NULL;
    size_t more = owner == old ? new_size - old_size : new_size;
    if (owner->bytes + more > owner->limit && memory->enforced)
        return NULL;
    header *moved = mb_allocate(memory->rt, h, old_size + sizeof *h, new_size + sizeof *h);
    if (!moved)
        return NULL;
    moved->owner = owner;
    owner->bytes += more;
    if (owner != old)
        owner_credit(memory, old, old_size);
    return moved + 1;
}

void *moon_memory_allocate(void *context, void *block, size_t old_size, size_t new_size) {
    moon_memory *memory = context;
    if (!block)
        return new_size ? allocate(memory, new_size) : NULL;
    header *h = (header *)block - 1;
    if (new_size == 0) {
        moon_owner *owner = h->owner;
        mb_allocate(memory->rt, h, old_size + sizeof *h, 0);
        owner_credit(memory, owner, old_size);
        return NULL;
    }
    return new_size <= old_size ? shrink(memory, h, old_size, new_size)
                                : grow(memory, h, old_size, new_size);
}

size_t moon_account_bytes(const moon_account *account) {
    return account->owner ? account->owner->bytes : 0;
}

void moon_account_close(moon_memory *memory, moon_account *account) {
    moon_owner *owner = account->owner;
    account->owner = NULL;
    if (!owner)
        return;
    owner->ended = true;
    if (owner->bytes == 0)
        mb_allocate(memory->rt, owner, sizeof *owner, 0);
}
