#include "memory.h"

#include <stdlib.h>
#ifdef __linux__
#include <sys/mman.h>
#endif

#define CHUNK_MIN ((size_t)64 << 10)
#define CHUNK_MAX ((size_t)4 << 20)
#define HUGE_PAGE ((size_t)2 << 20)

struct mb_chunk {
    mb_chunk *next;
    size_t size;
};

static void *default_alloc(void *context, void *block, size_t old_size, size_t new_size) {
    (void)context;
    (void)old_size;
    if (new_size == 0) {
        free(block);
        return NULL;
    }
    return realloc(block, new_size);
}

void mb_memory_init(mb_memory *memory, mb_alloc alloc, void *context, bool unpooled) {
    *memory = (mb_memory){.alloc = alloc ? alloc : default_alloc,
                          .context = context,
                          .unpooled = unpooled};
}

void mb_memory_finish(mb_memory *memory) {
    while (memory->chunks) {
        mb_chunk *chunk = memory->chunks;
        memory->chunks = chunk->next;
        memory->alloc(memory->context, chunk, chunk->size, 0);
    }
}

/* A page fault costs more than filling the page; large heaps ask for huge pages. */
static void advise_huge_pages(void *start, size_t size) {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    uintptr_t from = ((uintptr_t)start + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1);
    uintptr_t to = ((uintptr_t)start + size) & ~(HUGE_PAGE - 1);
    if (to > from)
        (void)madvise((void *)from, to - from, MADV_HUGEPAGE);
#else
    (void)start;
    (void)size;
#endif
}

/* Chunks grow with the heap: a small program stays small, a large one makes few calls. */
static bool add_chunk(mb_memory *memory) {
    size_t size = memory->chunk_total / 4;
    size = size < CHUNK_MIN ? CHUNK_MIN : size > CHUNK_MAX ? CHUNK_MAX : size;
    size &= ~(size_t)4095;
    mb_chunk *chunk = memory->alloc(memory->context, NULL, 0, size);
    if (!chunk)
        return false;
    if (size >= HUGE_PAGE)
        advise_huge_pages(chunk, size);
    *chunk = (mb_chunk){.next = memory->chunks, .size = size};
    memory->lost += memory->bump_left;
    memory->chunks = chunk;
    memory->chunk_total += size;
    memory->bump = (char *)(chunk + 1);
    memory->bump_left = size - sizeof *chunk;
    return true;
}

static void *resize_direct(mb_memory *memory, void *block, size_t old_size, size_t new_size) {
    void *moved = memory->alloc(memory->context, block, old_size, new_size);
    if (moved)
        memory->direct += new_size - old_size;
    return moved;
}

void *mb_memory_refill(mb_memory *memory, size_t size) {
    if (size > MB_SMALL || memory->unpooled)
        return resize_direct(memory, NULL, 0, size);
    size_t rounded = (size + 7) & ~(size_t)7;
    if (memory->bump_left < rounded && !add_chunk(memory))
        return NULL;
    void *block = memory->bump;
    memory->bump += rounded;
    memory->bump_left -= rounded;
    return block;
}

void *mb_memory_resize(mb_memory *memory, void *block, size_t old_size, size_t new_size) {
    if (!block)
        return new_size ? mb_memory_get(memory, new_size) : NULL;
    if (new_size == 0) {
        mb_memory_put(memory, block, old_size);
        return NULL;
    }
    bool both_large = old_size > MB_SMALL && new_size > MB_SMALL;
    if (both_large || memory->unpooled)
        return resize_direct(memory, block, old_size, new_size);
    if ((old_size + 7) / 8 == (new_size + 7) / 8)
        return block;
    void *moved = mb_memory_get(memory, new_size);
    if (!moved)
        return NULL;
    memcpy(moved, block, old_size < new_size ? old_size : new_size);
    mb_memory_put(memory, block, old_size);
    return moved;
}

size_t mb_memory_in_use(const mb_memory *memory) {
    size_t bytes = memory->chunk_total - memory->bump_left - memory->lost + memory->direct;
    for (const mb_chunk *chunk = memory->chunks; chunk; chunk = chunk->next)
        bytes -= sizeof *chunk;
    for (size_t i = 0; i <= MB_SMALL / 8; i++)
        for (const mb_free_block *block = memory->free[i]; block; block = block->next)
            bytes -= 8 * i;
    return bytes;
}
