#include "term.h"

#include "runtime.h"

mb_term mb_retain(mb_term term) {
    if (mb_is_boxed(term))
        mb_block_of(term)->references++;
    return term;
}

size_t mb_term_size(mb_term term) { return mb_is_boxed(term) ? mb_block_of(term)->weight : 0; }

/* ---- Release. A block whose last reference goes may hold others in turn; those wait in a list,
 * so that a deep chain of blocks costs no stack. */

static void drop_cells(mb_block **dead, const mb_block *home, const mb_term *cells, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (!mb_is_boxed(cells[i]))
            continue;
        mb_block *block = mb_block_of(cells[i]);
        if (block == home || --block->references > 0)
            continue;
        block->next_dead = *dead;
        *dead = block;
    }
}

static void drop_externals(mb_runtime *rt, mb_block **dead, mb_block *block) {
    void *first = block + 1;
    if (block->root == MB_OBJECT) {
        mb_object *object = first;
        if (object->class->release)
            object->class->release(rt, object->payload);
        return;
    }
    if (block->root == MB_STRING) {
        const mb_kept_string *string = first;
        string->release(rt, string->handle);
        return;
    }
    for (uint32_t at = block->first_table; at;) {
        const mb_table *table = (const mb_table *)(const void *)((char *)block + at);
        drop_cells(dead, block, &table->tag, 1);
        drop_cells(dead, block, table->cells, table->array_size + 2 * (size_t)table->pair_count);
        at = table->reserved;
    }
}

void mb_release(mb_runtime *rt, mb_term term) {
    if (!mb_is_boxed(term))
        return;
    mb_block *dead = mb_block_of(term);
    if (--dead->references > 0)
        return;
    dead->next_dead = NULL;
    while (dead) {
        mb_block *block = dead;
        dead = block->next_dead;
        if (block->external)
            drop_externals(rt, &dead, block);
        mb_memory_put(&rt->memory, block, block->size);
    }
}

/* ---- Making */

static mb_block *block_new(mb_runtime *rt, size_t body, mb_type root) {
    size_t size = sizeof(mb_block) + body;
    if (size > UINT32_MAX)
        return NULL;
    mb_block *block = mb_memory_get(&rt->memory, size);
    if (block)
        *block = (mb_block){.references = 1,
                            .size = (uint32_t)size,
                            .root = (uint8_t)root,
                            .weight = size};
    return block;
}

bool mb_string_new(mb_runtime *rt, const char *bytes, size_t size, mb_term *out) {
    *out = mb_scalar(MB_STRING, 0);
    if (size <= MB_INLINE_STRING) {
        out->length = (uint8_t)size;
        memcpy(out->text, bytes, size);
        return true;
    }
    mb_block *block = block_new(rt, sizeof(mb_string) + size + 1, MB_STRING);
    if (!block)
        return false;
    mb_string *string = (void *)(block + 1);
    *string = (mb_string){.offset = sizeof *block, .size = (uint32_t)size};
    memcpy(string->bytes, bytes, size);
    string->bytes[size] = '\0';
    out->length = MB_BOXED;
    out->string = string;
    return true;
}

bool mb_string_keep(mb_runtime *rt, const char *bytes, size_t size, uint64_t handle,
                    void (*release)(mb_runtime *runtime, uint64_t handle), mb_term *out) {
    *out = mb_nil();
    mb_block *block = block_new(rt, sizeof(mb_kept_string), MB_STRING);
    if (!block)
        return false;
    mb_kept_string *string = (void *)(block + 1);
    *string = (mb_kept_string){.offset = sizeof *block, .size = size, .bytes = bytes,
                               .handle = handle, .release = release};
    block->external = true;
    block->weight += size;
    *out = mb_scalar(MB_STRING, 0);
    out->length = MB_KEPT;
    out->kept = string;
    return true;
}

/* ---- Depth. What goes through terms does so by recursion; a term too deep for that is not made. */

static unsigned deeper(unsigned depth, mb_term cell) {
    unsigned other = mb_is_boxed(cell) ? mb_block_of(cell)->depth : 0;
    return other > depth ? other : depth;
}

/* Releases the block that *out refers to if it is too deep. */
static bool settle_depth(mb_runtime *rt, mb_block *block, unsigned depth, mb_term *out) {
    if (depth <= MB_DEPTH) {
        block->depth = (uint16_t)depth;
        return true;
    }
    mb_release(rt, *out);
    *out = mb_nil();
    return false;
}

bool mb_table_new(mb_runtime *rt, mb_term *out, mb_term tag, size_t array_size, size_t pair_count,
                  const mb_term *cells) {
    size_t count = array_size + 2 * pair_count;
    mb_block *block = block_new(rt, sizeof(mb_table) + count * sizeof *cells, MB_TABLE);
    *out = mb_nil();
    if (!block)
        return false;
    mb_table *table = (void *)(block + 1);
    table->offset = sizeof *block;
    table->array_size = (uint32_t)array_size;
    table->pair_count = (uint32_t)pair_count;
    table->reserved = 0;
    table->tag = mb_retain(tag);
    block->first_table = sizeof *block;
    block->external = mb_is_boxed(tag);
    unsigned depth = 0;
    for (size_t i = 0; i < count; i++) {
        table->cells[i] = mb_retain(cells[i]);
        block->external |= mb_is_boxed(cells[i]);
        block->weight += mb_term_size(cells[i]);
        depth = deeper(depth, cells[i]);
    }
    out->type = MB_TABLE;
    out->table = table;
    return settle_depth(rt, block, depth + 1, out);
}

bool mb_tuple(mb_runtime *rt, mb_term *out, size_t count, const mb_term *elements) {
    return mb_table_new(rt, out, mb_nil(), count, 0, elements);
}

bool mb_map(mb_runtime *rt, mb_term *out, size_t count, const mb_term *keys_and_values) {
    return mb_table_new(rt, out, mb_nil(), 0, count, keys_and_values);
}

bool mb_object_new(mb_runtime *rt, mb_term *out, const mb_object_class *class,
                   size_t payload_size) {
    mb_block *block = block_new(rt, sizeof(mb_object) + payload_size, MB_OBJECT);
    *out = mb_nil();
    if (!block)
        return false;
    mb_object *object = (void *)(block + 1);
    object->offset = sizeof *block;
    object->size = (uint32_t)payload_size;
    object->class = class;
    memset(object->payload, 0, payload_size);
    block->external = true;
    out->type = MB_OBJECT;
    out->object = object;
    return true;
}

/* ---- The builder. Until it is finished, a cell that points into the builder itself holds the
 * position and has `local` set in its third byte; other boxed cells hold a reference. */

#define LOCAL 1
#define FIRST_CAPACITY ((size_t)4096)

static mb_term *cell_at(mb_builder *b, size_t at) { return (mb_term *)(void *)(b->bytes + at); }
static bool is_local(mb_term cell) { return mb_is_boxed(cell) && cell.text[0] == LOCAL; }

void mb_builder_init(mb_builder *builder, mb_runtime *rt) { *builder = (mb_builder){.rt = rt}; }

void mb_builder_finish(mb_builder *builder) {
    if (builder->bytes)
        mb_memory_put(&builder->rt->memory, builder->bytes, builder->capacity);
}

/* Room for `size` bytes more, in multiples of 8; its position, or 0 without memory. */
static size_t reserve(mb_builder *b, size_t size) {
    size = (size + 7) & ~(size_t)7;
    if (b->failed)
        return 0;
    if (b->used + size > b->capacity) {
        size_t capacity = b->capacity ? b->capacity : FIRST_CAPACITY;
        while (b->used + size > capacity)
            capacity *= 2;
        char *bytes = mb_memory_resize(&b->rt->memory, b->bytes, b->capacity, capacity);
        if (!bytes || capacity > UINT32_MAX) {
            b->failed = true;
            if (bytes)
                b->bytes = bytes, b->capacity = capacity;
            return 0;
        }
        b->bytes = bytes;
        b->capacity = capacity;
    }
    size_t at = b->used;
    b->used += size;
    return at;
}

mb_builder *mb_build(mb_runtime *rt) {
    mb_builder *b = &rt->builder;
    assert(!b->busy && "mb_build: another term is being built");
    b->busy = true;
    b->weight = 0;
    b->failed = b->external = false;
    b->last_table = 0;
    b->used = 0;
    if (reserve(b, sizeof(mb_term)) == 0 && !b->failed)
        *cell_at(b, MB_BUILD_ROOT) = mb_nil();
    return b;
}

static void set_local(mb_builder *b, size_t at, mb_type type, size_t target) {
    mb_term cell = mb_scalar(type, (int64_t)target);
    cell.text[0] = LOCAL;
    if (type == MB_STRING)
        cell.length = MB_BOXED;
    *cell_at(b, at) = cell;
}

size_t mb_build_table(mb_builder *b, size_t at, mb_term tag, size_t array_size,
                      size_t pair_count) {
    size_t cells = (array_size + 2 * pair_count) * sizeof(mb_term);
    size_t position = reserve(b, sizeof(mb_table) + cells);
    if (b->failed)
        return 0;
    mb_table *table = (void *)(b->bytes + position);
    memset(table, 0, sizeof *table + cells);
    table->array_size = (uint32_t)array_size;
    table->pair_count = (uint32_t)pair_count;
    table->reserved = b->last_table;
    table->tag = mb_retain(tag);
    b->external |= mb_is_boxed(tag);
    b->last_table = (uint32_t)position;
    set_local(b, at, MB_TABLE, position);
    return position + offsetof(mb_table, cells);
}

void mb_build_string(mb_builder *b, size_t at, const char *bytes, size_t size) {
    if (b->failed)
        return;
    if (size <= MB_INLINE_STRING) {
        mb_term *cell = cell_at(b, at);
        *cell = mb_scalar(MB_STRING, 0);
        cell->length = (uint8_t)size;
        memcpy(cell->text, bytes, size);
        return;
    }
    size_t position = reserve(b, sizeof(mb_string) + size + 1);
    if (b->failed)
        return;
    mb_string *string = (void *)(b->bytes + position);
    string->size = (uint32_t)size;
    memcpy(string->bytes, bytes, size);
    string->bytes[size] = '\0';
    set_local(b, at, MB_STRING, position);
}

void mb_build_term(mb_builder *b, size_t at, mb_term term) {
    if (b->failed)
        return;
    *cell_at(b, at) = mb_retain(term);
    b->external |= mb_is_boxed(term);
    b->weight += mb_term_size(term);
}

static void release_unless_local(mb_runtime *rt, mb_term cell) {
    if (mb_is_boxed(cell) && !is_local(cell))
        mb_release(rt, cell);
}

void mb_build_abandon(mb_builder *b) {
    assert(b->busy);
    for (uint32_t at = b->last_table; at;) {
        const mb_table *table = (const void *)(b->bytes + at);
        release_unless_local(b->rt, table->tag);
        for (size_t i = 0; i < table->array_size + 2 * (size_t)table->pair_count; i++)
            release_unless_local(b->rt, table->cells[i]);
        at = table->reserved;
    }
    if (b->used)
        release_unless_local(b->rt, *cell_at(b, MB_BUILD_ROOT));
    b->busy = false;
}

/* Returns the depth of what the cell refers to. A table knows its own where its offset goes, since
 * all of its elements have been relocated before. */
static unsigned relocate(mb_term *cell, char *base) {
    if (!mb_is_boxed(*cell))
        return 0;
    if (!is_local(*cell))
        return mb_block_of(*cell)->depth;
    size_t position = (size_t)cell->integer;
    uint32_t *offset = (uint32_t *)(void *)(base + position);
    unsigned depth = cell->type == MB_TABLE ? *offset : 0;
    cell->text[0] = 0;
    cell->string = (const void *)(base + position);
    *offset = (uint32_t)(position - sizeof(mb_term) + sizeof(mb_block));
    return depth;
}

/* Positions count from the root cell, which does not go into the block: an object at position p
 * comes to lie p - sizeof (mb_term) behind the header. Tables that were added later come first. */
static void relocate_tables(mb_block *block, char *base, uint32_t last_table) {
    uint32_t shift = sizeof(mb_block) - sizeof(mb_term);
    block->first_table = last_table ? last_table + shift : 0;
    for (uint32_t at = last_table; at;) {
        mb_table *table = (void *)(base + at);
        at = table->reserved;
        table->reserved = at ? at + shift : 0;
        unsigned deepest = 0;
        for (size_t i = 0; i < table->array_size + 2 * (size_t)table->pair_count; i++) {
            unsigned depth = relocate(&table->cells[i], base);
            deepest = depth > deepest ? depth : deepest;
        }
        table->offset = deepest + 1;
    }
}

bool mb_build_finish(mb_builder *b, mb_term *out) {
    *out = mb_nil();
    mb_block *block = NULL;
    if (!b->failed && b->used > sizeof(mb_term)) {
        mb_type root = (mb_type)cell_at(b, MB_BUILD_ROOT)->type;
        block = block_new(b->rt, b->used - sizeof(mb_term), root);
        b->failed = block == NULL;
    }
    if (b->failed) {
        mb_build_abandon(b);
        return false;
    }
    b->busy = false;
    *out = *cell_at(b, MB_BUILD_ROOT);
    if (!block)
        return true;
    char *base = (char *)(block + 1) - sizeof(mb_term);
    memcpy(block + 1, b->bytes + sizeof(mb_term), b->used - sizeof(mb_term));
    block->external = b->external;
    block->weight += b->weight;
    relocate_tables(block, base, b->last_table);
    return settle_depth(b->rt, block, relocate(out, base), out);
}

/* ---- Looking */

bool mb_is(mb_term term, const char *text) {
    if (term.type != MB_STRING)
        return false;
    size_t size;
    const char *bytes = mb_bytes(&term, &size);
    return size == strlen(text) && memcmp(bytes, text, size) == 0;
}

mb_term mb_get(mb_term term, const char *key) {
    if (term.type != MB_TABLE)
        return mb_nil();
    const mb_term *pair = term.table->cells + term.table->array_size;
    for (size_t i = 0; i < term.table->pair_count; i++, pair += 2)
        if (mb_is(pair[0], key))
            return pair[1];
    return mb_nil();
}

static bool strings_equal(const mb_term *a, const mb_term *b) {
    size_t a_size, b_size;
    const char *a_bytes = mb_bytes(a, &a_size), *b_bytes = mb_bytes(b, &b_size);
    return a_size == b_size && memcmp(a_bytes, b_bytes, a_size) == 0;
}

/* The value under key in table's pairs; `guess` is where to look first, since maps made alike have
 * their pairs in the same order. NULL when there is none. */
static const mb_term *find_pair(const mb_table *table, mb_term key, size_t guess) {
    const mb_term *pairs = table->cells + table->array_size;
    for (size_t i = 0; i < table->pair_count; i++) {
        size_t at = (guess + i) % table->pair_count;
        if (mb_equal(pairs[2 * at], key))
            return &pairs[2 * at + 1];
    }
    return NULL;
}

static bool tables_equal(const mb_table *a, const mb_table *b) {
    if (a == b)
        return true;
    if (a->array_size != b->array_size || a->pair_count != b->pair_count ||
        !mb_equal(a->tag, b->tag))
        return false;
    for (size_t i = 0; i < a->array_size; i++)
        if (!mb_equal(a->cells[i], b->cells[i]))
            return false;
    const mb_term *pairs = a->cells + a->array_size;
    for (size_t i = 0; i < a->pair_count; i++) {
        const mb_term *value = find_pair(b, pairs[2 * i], i);
        if (!value || !mb_equal(pairs[2 * i + 1], *value))
            return false;
    }
    return true;
}

static bool objects_equal(const mb_object *a, const mb_object *b) {
    if (a == b)
        return true;
    return a->class == b->class && a->class->equal && a->class->equal(a->payload, b->payload);
}

static bool is_number(mb_term term) { return term.type == MB_INTEGER || term.type == MB_FLOAT; }
static bool is_nan(mb_term term) { return term.type == MB_FLOAT && term.real != term.real; }

/* Numbers compare as Lua's do: by mathematical value, integers exactly. */
static int compare_integer_float(int64_t i, double f) {
    if (f >= 9223372036854775808.0)
        return -1;
    if (f < -9223372036854775808.0)
        return 1;
    int64_t whole = (int64_t)f;
    if (i != whole)
        return i < whole ? -1 : 1;
    double rest = f - (double)whole;
    return rest > 0 ? -1 : rest < 0;
}

/* What is not a number has its place behind them, so that the order stays one. */
static int compare_numbers(mb_term a, mb_term b) {
    if (is_nan(a) || is_nan(b))
        return is_nan(a) - is_nan(b);
    if (a.type == MB_INTEGER && b.type == MB_INTEGER)
        return a.integer < b.integer ? -1 : a.integer > b.integer;
    if (a.type == MB_FLOAT && b.type == MB_FLOAT)
        return a.real < b.real ? -1 : a.real > b.real;
    return a.type == MB_INTEGER ? compare_integer_float(a.integer, b.real)
                                : -compare_integer_float(b.integer, a.real);
}

bool mb_equal(mb_term a, mb_term b) {
    if (is_number(a) && is_number(b))
        return !is_nan(a) && !is_nan(b) && compare_numbers(a, b) == 0;
    if (a.type != b.type)
        return false;
    switch ((mb_type)a.type) {
    case MB_STRING:
        return strings_equal(&a, &b);
    case MB_TABLE:
        return tables_equal(a.table, b.table);
    case MB_OBJECT:
        return objects_equal(a.object, b.object);
    case MB_BOOLEAN:
        return a.boolean == b.boolean;
    case MB_PID:
    case MB_REFERENCE:
        return a.id == b.id;
    default:
        return true;
    }
}

static int rank(mb_term term) {
    static const uint8_t ranks[] = {
        [MB_NIL] = 0,       [MB_BOOLEAN] = 1, [MB_INTEGER] = 2, [MB_FLOAT] = 2,  [MB_STRING] = 3,
        [MB_REFERENCE] = 4, [MB_OBJECT] = 5,  [MB_PID] = 6,     [MB_TABLE] = 7, [MB_ANY] = 8};
    return ranks[term.type];
}

static int compare_strings(const mb_term *a, const mb_term *b) {
    size_t a_size, b_size;
    const char *a_bytes = mb_bytes(a, &a_size), *b_bytes = mb_bytes(b, &b_size);
    int order = memcmp(a_bytes, b_bytes, a_size < b_size ? a_size : b_size);
    return order ? order : (a_size > b_size) - (a_size < b_size);
}

/* The lowest key in a's pairs that b lacks, or else has with another value. NULL: none. */
static const mb_term *lowest_difference(const mb_table *a, const mb_table *b, bool in_value) {
    const mb_term *pairs = a->cells + a->array_size, *lowest = NULL;
    for (size_t i = 0; i < a->pair_count; i++) {
        const mb_term *pair = pairs + 2 * i, *other = find_pair(b, pair[0], i);
        bool differs = other ? in_value && mb_compare(pair[1], *other) != 0 : !in_value;
        if (differs && (!lowest || mb_compare(pair[0], *lowest) < 0))
            lowest = pair;
    }
    return lowest;
}

/* As Erlang's maps of one size: by the keys in their order, then by the values in that order. The
 * lowest key that only one of the two has decides the former. */
static int compare_pairs(const mb_table *a, const mb_table *b) {
    const mb_term *in_a = lowest_difference(a, b, false), *in_b = lowest_difference(b, a, false);
    if (in_a && in_b)
        return mb_compare(*in_a, *in_b);
    const mb_term *pair = lowest_difference(a, b, true);
    const mb_term *other = pair ? find_pair(b, pair[0], 0) : NULL;
    return other ? mb_compare(pair[1], *other) : 0;
}

static int compare_tables(const mb_table *a, const mb_table *b) {
    if (a == b)
        return 0;
    if (a->array_size != b->array_size)
        return a->array_size < b->array_size ? -1 : 1;
    if (a->pair_count != b->pair_count)
        return a->pair_count < b->pair_count ? -1 : 1;
    int order = mb_compare(a->tag, b->tag);
    for (size_t i = 0; i < a->array_size && !order; i++)
        order = mb_compare(a->cells[i], b->cells[i]);
    return order ? order : compare_pairs(a, b);
}

static int compare_objects(const mb_object *a, const mb_object *b) {
    if (objects_equal(a, b))
        return 0;
    char a_text[128] = "", b_text[128] = "";
    if (a->class->print)
        a->class->print(a->payload, a_text, sizeof a_text);
    if (b->class->print)
        b->class->print(b->payload, b_text, sizeof b_text);
    return strcmp(a_text, b_text);
}

int mb_compare(mb_term a, mb_term b) {
    int order = rank(a) - rank(b);
    if (order)
        return order;
    switch ((mb_type)a.type) {
    case MB_INTEGER:
    case MB_FLOAT:
        return compare_numbers(a, b);
    case MB_STRING:
        return compare_strings(&a, &b);
    case MB_TABLE:
        return compare_tables(a.table, b.table);
    case MB_OBJECT:
        return compare_objects(a.object, b.object);
    case MB_BOOLEAN:
        return a.boolean - b.boolean;
    case MB_PID:
    case MB_REFERENCE:
        return a.id < b.id ? -1 : a.id > b.id;
    default:
        return 0;
    }
}

static uint64_t mix(uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

static uint64_t hash_bytes(const char *bytes, size_t size) {
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < size; i++)
        h = (h ^ (uint8_t)bytes[i]) * 0x100000001b3u;
    return h;
}

static uint64_t hash_table(const mb_table *table) {
    uint64_t h = table->array_size;
    for (size_t i = 0; i < table->array_size; i++)
        h = mix(h ^ mb_hash(table->cells[i]));
    const mb_term *pairs = table->cells + table->array_size;
    uint64_t sum = 0; /* pairs have no order */
    for (size_t i = 0; i < table->pair_count; i++)
        sum += mix(mb_hash(pairs[2 * i]) ^ (mb_hash(pairs[2 * i + 1]) << 1));
    return mix(h ^ sum);
}

uint64_t mb_hash(mb_term term) {
    size_t size;
    switch ((mb_type)term.type) {
    case MB_STRING: {
        const char *bytes = mb_bytes(&term, &size);
        return mix(hash_bytes(bytes, size));
    }
    case MB_TABLE:
        return hash_table(term.table);
    case MB_FLOAT: /* as the integer it equals, if it does */
        if (term.real >= -0x1p63 && term.real < 0x1p63 &&
            (double)(int64_t)term.real == term.real)
            return mix((uint64_t)(int64_t)term.real);
        return mix(term.id);
    case MB_OBJECT:
        return mix((uint64_t)(uintptr_t)term.object->class);
    default:
        return mix(term.id);
    }
}
