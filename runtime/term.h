/* Blocks of terms, and the builder that fills them. */
#ifndef MB_TERM_H
#define MB_TERM_H

#include "memory.h"

/* Header of every block. Objects in the block find it through their offset. */
typedef struct mb_block mb_block;
struct mb_block {
    uint32_t references;
    uint32_t size;        /* of the whole block */
    uint32_t first_table; /* position of the first table: head of the chain through `reserved` */
    uint16_t depth;       /* of tables within tables, through other blocks too */
    uint8_t root;         /* mb_type of the object behind the header */
    bool external;        /* has something to release: other blocks, or a host's object */
    union {
        size_t weight;       /* its size, and that of what it alone may keep: other blocks, host's bytes */
        mb_block *next_dead; /* while it is being released */
    };
};

static inline mb_block *mb_block_of(mb_term term) {
    /* Every kind of object begins with its offset from the block's start. */
    char *object = (char *)(uintptr_t)term.string;
    return (mb_block *)(void *)(object - *(const uint32_t *)(const void *)object);
}

struct mb_builder {
    mb_runtime *rt;
    char *bytes; /* the root cell, then objects; positions count from here */
    size_t used;
    size_t capacity;
    size_t weight;       /* of the blocks that it refers to */
    uint32_t last_table; /* chain of all tables, through `reserved`; 0 ends it */
    bool external;
    bool failed;
    bool busy;
};

void mb_builder_init(mb_builder *builder, mb_runtime *rt);
void mb_builder_finish(mb_builder *builder);

/* Reads the head whole: a byte read out of a cell that has just been written as words, or the other
 * way round, costs the processor more than the rest of the function. */
static inline bool mb_is_boxed(mb_term term) {
    static_assert((MB_BOXED & ~1) == MB_KEPT, "one mask finds both");
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t head = term.head;
    return (uint8_t)((uint8_t)head - MB_TABLE) <= MB_OBJECT - MB_TABLE ||
           (head & 0xfeff) == (MB_STRING | MB_KEPT << 8);
#else
    return term.type == MB_TABLE || term.type == MB_OBJECT ||
           (term.type == MB_STRING && term.length >= MB_KEPT);
#endif
}

/* The same as mb_retain, mb_release and mb_term_size, without a call for the many terms that have
 * no block. */
static inline void mb_drop(mb_runtime *rt, mb_term term) {
    if (mb_is_boxed(term))
        mb_release(rt, term);
}
static inline size_t mb_block_size(mb_term term) {
    return mb_is_boxed(term) ? mb_term_size(term) : 0;
}

#endif
