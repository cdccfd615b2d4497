/* A size-class allocator over the runtime's one allocation callback. Small blocks (up to
 * MB_SMALL bytes, in steps of 8) are cut from chunks and kept in free lists; chunks go back only
 * when the whole memory is finished. Larger blocks go straight to the callback. */
#ifndef MB_MEMORY_H
#define MB_MEMORY_H

#include "moonbeam.h"

#define MB_SMALL ((size_t)512)

typedef struct mb_chunk mb_chunk;
typedef struct mb_free_block {
    struct mb_free_block *next;
} mb_free_block;

typedef struct mb_memory {
    mb_alloc alloc;
    void *context;
    bool unpooled; /* every block goes to the callback */
    mb_chunk *chunks;
    char *bump; /* the unused rest of the newest chunk */
    size_t bump_left;
    size_t chunk_total;
    size_t lost;   /* ends of older chunks, too small for what was wanted then */
    size_t direct; /* bytes in blocks got straight from the callback */
    mb_free_block *free[MB_SMALL / 8 + 1]; /* by size in units of 8 bytes */
} mb_memory;

void mb_memory_init(mb_memory *memory, mb_alloc alloc, void *context, bool unpooled);
void mb_memory_finish(mb_memory *memory);
/* Fresh memory of size > 0 for class size_class, when its free list is empty. */
void *mb_memory_refill(mb_memory *memory, size_t size);

/* Uninitialised memory of size > 0, or NULL. */
static inline void *mb_memory_get(mb_memory *memory, size_t size) {
    if (size <= MB_SMALL) {
        mb_free_block *block = memory->free[(size + 7) / 8];
        if (block) {
            memory->free[(size + 7) / 8] = block->next;
            return block;
        }
    }
    return mb_memory_refill(memory, size);
}

/* size must be what it was got with. NULL is fine. */
static inline void mb_memory_put(mb_memory *memory, void *block, size_t size) {
    if (!block)
        return;
    if (size <= MB_SMALL && !memory->unpooled) {
        mb_free_block *free_block = block;
        free_block->next = memory->free[(size + 7) / 8];
        memory->free[(size + 7) / 8] = free_block;
        return;
    }
    memory->direct -= size;
    memory->alloc(memory->context, block, size, 0);
}

static inline void *mb_memory_zeroed(mb_memory *memory, size_t size) {
    void *block = mb_memory_get(memory, size);
    if (block)
        memset(block, 0, size);
    return block;
}

/* Bytes in blocks that were got and not put back, small ones rounded up to 8. Goes through the free
 * lists, so that getting and putting need not count. */
size_t mb_memory_in_use(const mb_memory *memory);

void *mb_memory_resize(mb_memory *memory, void *block, size_t old_size, size_t new_size);

#endif
