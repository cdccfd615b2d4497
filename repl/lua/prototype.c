#include "lua/prototype.h"

#include <stdlib.h>

#include "lua/state.h"

/* Lua offers no way to make a second closure of a function's code. So the code is dumped, and a
 * small function is made around it, whose parameters the code captures as its upvalues: the
 * factory. Calling it gives a new closure. It comes from a template that Lua itself compiled,
 *
 *     function(a, b) return function() return a, b end end
 *
 * by putting the dumped code in the place of the inner function. */

#define MAX_FACTORY_UPVALUES 60
#define HEADER_SIZE 31 /* of a dump, before the number of upvalues */

typedef struct template {
    size_t size;
    size_t inner_start, inner_end; /* the inner function's code */
    char dump[];
} template;

struct moon_prototypes {
    moon_prototype **buckets; /* capacity: a power of two */
    size_t capacity, count;
    template *templates[MAX_FACTORY_UPVALUES + 1]; /* by number of upvalues; made on demand */
    char *buffer;                                  /* for dumps */
    size_t buffer_size, buffer_capacity;
    bool no_factories; /* this Lua's dumps are not as expected */
    moon_place places[256];
};

bool moon_prototypes_init(moon_universe *u) {
    moon_prototypes *all = mb_allocate(u->rt, NULL, 0, sizeof *all);
    if (!all)
        return false;
    memset(all, 0, sizeof *all);
    u->prototypes = all;
    return true;
}

void moon_prototypes_free(moon_universe *u) {
    moon_prototypes *all = u->prototypes;
    if (!all)
        return;
    for (size_t i = 0; i < all->capacity; i++) {
        for (moon_prototype *p = all->buckets[i], *next; p; p = next) {
            next = p->next;
            mb_allocate(u->rt, p, sizeof *p + p->size, 0);
        }
    }
    for (size_t i = 0; i <= MAX_FACTORY_UPVALUES; i++)
        if (all->templates[i])
            mb_allocate(u->rt, all->templates[i], sizeof(template) + all->templates[i]->size, 0);
    for (size_t i = 0; i < sizeof all->places / sizeof *all->places; i++)
        mb_release(u->rt, all->places[i].term);
    mb_allocate(u->rt, all->buckets, all->capacity * sizeof *all->buckets, 0);
    mb_allocate(u->rt, all->buffer, all->buffer_capacity, 0);
    mb_allocate(u->rt, all, sizeof *all, 0);
    u->prototypes = NULL;
}

static int write_buffer(lua_State *L, const void *bytes, size_t size, void *context) {
    moon_universe *u = context;
    moon_prototypes *all = u->prototypes;
    if (all->buffer_size + size > all->buffer_capacity) {
        size_t capacity = (all->buffer_size + size) * 2 + 1024;
        char *buffer = mb_allocate(u->rt, all->buffer, all->buffer_capacity, capacity);
        if (!buffer)
            return 1;
        all->buffer = buffer;
        all->buffer_capacity = capacity;
    }
    memcpy(all->buffer + all->buffer_size, bytes, size);
    all->buffer_size += size;
    return 0;
}

/* Dumps the function at index into the buffer. */
static bool dump(lua_State *L, int index) {
    moon_universe *u = moon_of(L);
    u->prototypes->buffer_size = 0;
    lua_pushvalue(L, index);
    bool done = lua_dump(L, write_buffer, u, 0) == 0;
    lua_pop(L, 1);
    return done;
}

static uint64_t hash_bytes(const char *bytes, size_t size) {
    uint64_t h = size * UINT64_C(0x9E3779B97F4A7C15);
    for (; size >= 8; size -= 8, bytes += 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        h = (h ^ word) * UINT64_C(0xD6E8FEB86659FD93);
        h ^= h >> 32;
    }
    for (; size > 0; size--, bytes++)
        h = (h ^ (uint8_t)*bytes) * UINT64_C(0xD6E8FEB86659FD93);
    return h ^ h >> 29;
}

/* ------------------------------------------------------------- reading Lua's dump format (5.4)
 *
 * Only as much as it takes to find where a function's parts begin. Every step checks the bounds, so
 * that a format that is not the expected one is noticed and factories are done without. */
typedef struct reader {
    const unsigned char *at, *end;
    bool bad;
} reader;

static void skip(reader *r, size_t size) {
    if ((size_t)(r->end - r->at) < size)
        r->bad = true;
    else
        r->at += size;
}

static unsigned read_byte(reader *r) {
    const unsigned char *at = r->at;
    skip(r, 1);
    return r->bad ? 0 : *at;
}

static size_t read_size(reader *r) {
    size_t value = 0;
    unsigned byte;
    do {
        byte = read_byte(r);
        value = value << 7 | (byte & 0x7f);
    } while (!r->bad && (byte & 0x80) == 0);
    return value;
}

static void skip_string(reader *r) {
    size_t size = read_size(r);
    if (size > 0)
        skip(r, size - 1);
}

static void skip_constant(reader *r) {
    switch (read_byte(r)) {
    case 0x03: /* integer */
    case 0x13: /* float */
        skip(r, 8);
        break;
    case 0x04: /* short string */
    case 0x14: /* long string */
        skip_string(r);
        break;
    default: /* nil, false, true */
        break;
    }
}

/* Up to where the upvalue descriptions begin; returns their number. */
static size_t skip_to_upvalues(reader *r) {
    skip_string(r);
    read_size(r);
    read_size(r);
    skip(r, 3);
    skip(r, read_size(r) * 4);
    for (size_t n = read_size(r); n > 0 && !r->bad; n--)
        skip_constant(r);
    return read_size(r);
}

static void skip_function(reader *r);

static void skip_debug(reader *r) {
    skip(r, read_size(r));
    for (size_t n = read_size(r); n > 0 && !r->bad; n--) {
        read_size(r);
        read_size(r);
    }
    for (size_t n = read_size(r); n > 0 && !r->bad; n--) {
        skip_string(r);
        read_size(r);
        read_size(r);
    }
    for (size_t n = read_size(r); n > 0 && !r->bad; n--)
        skip_string(r);
}

static void skip_function(reader *r) {
    skip(r, skip_to_upvalues(r) * 3);
    for (size_t n = read_size(r); n > 0 && !r->bad; n--)
        skip_function(r);
    skip_debug(r);
}

static reader read_dump(const char *bytes, size_t size) {
    reader r = {(const unsigned char *)bytes, (const unsigned char *)bytes + size, false};
    skip(&r, HEADER_SIZE + 1);
    return r;
}

/* ------------------------------------------------------------------------------------ factories */

static bool compile_template(lua_State *L, size_t upvalues) {
    char names[MAX_FACTORY_UPVALUES * 5 + 1] = "", text[2 * sizeof names + 64];
    for (size_t i = 0; i < upvalues; i++)
        snprintf(names + strlen(names), sizeof names - strlen(names), "%sv%zu", i ? "," : "", i);
    snprintf(text, sizeof text, "return function(%s) return function() return %s end end", names,
             names);
    if (luaL_loadbufferx(L, text, strlen(text), "=copy", "t") != LUA_OK)
        return false;
    return lua_pcall(L, 0, 1, 0) == LUA_OK;
}

static template *make_template(lua_State *L, size_t upvalues) {
    moon_universe *u = moon_of(L);
    moon_prototypes *all = u->prototypes;
    int top = lua_gettop(L);
    bool compiled = compile_template(L, upvalues) && dump(L, -1);
    lua_settop(L, top);
    if (!compiled)
        return NULL;
    reader r = read_dump(all->buffer, all->buffer_size);
    skip(&r, skip_to_upvalues(&r) * 3);
    if (read_size(&r) != 1)
        return NULL;
    const unsigned char *start = r.at;
    skip_function(&r);
    const unsigned char *end = r.at;
    skip_debug(&r);
    if (r.bad || r.at != r.end)
        return NULL;
    template *t = mb_allocate(u->rt, NULL, 0, sizeof *t + all->buffer_size);
    if (!t)
        return NULL;
    t->size = all->buffer_size;
    t->inner_start = (size_t)(start - (const unsigned char *)all->buffer);
    t->inner_end = (size_t)(end - (const unsigned char *)all->buffer);
    memcpy(t->dump, all->buffer, t->size);
    return t;
}

typedef struct piece {
    const char *bytes;
    size_t size;
} piece;

static const char *read_pieces(lua_State *L, void *context, size_t *size) {
    piece **next = context;
    *size = (*next)->size;
    return (*next)++->bytes;
}

/* Pushes the factory for p and returns true, or pushes nothing. */
static bool push_new_factory(lua_State *L, moon_prototype *p) {
    moon_prototypes *all = moon_of(L)->prototypes;
    if (all->no_factories || p->upvalues > MAX_FACTORY_UPVALUES)
        return false;
    template *t = all->templates[p->upvalues];
    if (!t)
        t = all->templates[p->upvalues] = make_template(L, p->upvalues);
    reader r = read_dump(p->dump, p->size);
    size_t count = skip_to_upvalues(&r);
    if (!t || r.bad || count != p->upvalues) {
        all->no_factories = true;
        return false;
    }
    /* Each upvalue is in the factory's register of the same number, whatever it was before. */
    char upvalues[MAX_FACTORY_UPVALUES * 3];
    for (size_t i = 0; i < count; i++) {
        upvalues[3 * i] = 1;
        upvalues[3 * i + 1] = (char)i;
        upvalues[3 * i + 2] = 0;
    }
    size_t before = (size_t)(r.at - (const unsigned char *)p->dump), body = HEADER_SIZE + 1;
    piece pieces[] = {
        {t->dump, t->inner_start},
        {p->dump + body, before - body},
        {upvalues, count * 3},
        {p->dump + before + count * 3, p->size - before - count * 3},
        {t->dump + t->inner_end, t->size - t->inner_end},
        {NULL, 0},
    };
    piece *next = pieces;
    if (pieces[2].size == 0)
        return false; /* a size of 0 ends the reading; nobody copies a function without upvalues */
    if (lua_load(L, read_pieces, &next, "=copy", "b") == LUA_OK)
        return true;
    lua_pop(L, 1);
    all->no_factories = true;
    return false;
}

static bool grow_buckets(moon_universe *u) {
    moon_prototypes *all = u->prototypes;
    size_t capacity = all->capacity ? all->capacity * 2 : 64;
    moon_prototype **buckets = mb_allocate(u->rt, NULL, 0, capacity * sizeof *buckets);
    if (!buckets)
        return false;
    memset(buckets, 0, capacity * sizeof *buckets);
    for (size_t i = 0; i < all->capacity; i++) {
        for (moon_prototype *p = all->buckets[i], *next; p; p = next) {
            next = p->next;
            p->next = buckets[p->hash & (capacity - 1)];
            buckets[p->hash & (capacity - 1)] = p;
        }
    }
    mb_allocate(u->rt, all->buckets, all->capacity * sizeof *all->buckets, 0);
    all->buckets = buckets;
    all->capacity = capacity;
    return true;
}

/* The prototype of what is in the buffer. NULL when there is no memory. */
static moon_prototype *intern(lua_State *L) {
    moon_universe *u = moon_of(L);
    moon_prototypes *all = u->prototypes;
    uint64_t hash = hash_bytes(all->buffer, all->buffer_size);
    if (all->capacity)
        for (moon_prototype *p = all->buckets[hash & (all->capacity - 1)]; p; p = p->next)
            if (p->hash == hash && p->size == all->buffer_size &&
                memcmp(p->dump, all->buffer, p->size) == 0)
                return p;
    if (all->count >= all->capacity && !grow_buckets(u))
        return NULL;
    moon_prototype *p = mb_allocate(u->rt, NULL, 0, sizeof *p + all->buffer_size);
    if (!p)
        return NULL;
    p->hash = hash;
    p->size = all->buffer_size;
    p->upvalues = (uint8_t)all->buffer[HEADER_SIZE];
    p->factory = 0;
    memcpy(p->dump, all->buffer, p->size);
    p->next = all->buckets[hash & (all->capacity - 1)];
    all->buckets[hash & (all->capacity - 1)] = p;
    all->count++;
    if (push_new_factory(L, p))
        p->factory = moon_anchor_try(L);
    return p;
}

/* A function at the same place as one before most likely has the same code: this compares the dump
 * with that of the former while it is being made. */
typedef struct comparison {
    const char *at, *end;
} comparison;

/* A dump comes in pieces of a few bytes just written; to read them in larger units would have to
 * wait for them. */
static bool same_bytes(const char *a, const char *b, size_t size) {
    if (size > 16)
        return memcmp(a, b, size) == 0;
    for (size_t i = 0; i < size; i++)
        if (a[i] != b[i])
            return false;
    return true;
}

static int compare_dump(lua_State *L, const void *bytes, size_t size, void *context) {
    comparison *c = context;
    if ((size_t)(c->end - c->at) < size || !same_bytes(c->at, bytes, size))
        return 1;
    c->at += size;
    return 0;
}

static bool has_code(lua_State *L, int index, const moon_prototype *p) {
    comparison c = {p->dump, p->dump + p->size};
    lua_pushvalue(L, index);
    bool same = lua_dump(L, compare_dump, &c, 0) == 0 && c.at == c.end;
    lua_pop(L, 1);
    return same;
}

moon_place *moon_place_find(lua_State *L, int index) {
    lua_Debug ar;
    lua_pushvalue(L, index);
    lua_getinfo(L, ">S", &ar);
    uint64_t hash = (uint64_t)(uintptr_t)ar.source * UINT64_C(0x9E3779B97F4A7C15) +
                    (uint64_t)(ar.linedefined + 1) * UINT64_C(0xD6E8FEB86659FD93);
    moon_place *p = &moon_of(L)->prototypes->places[hash >> 40 & 255];
    if (p->source == ar.source && p->line == ar.linedefined && strcmp(p->text, ar.short_src) == 0)
        return p;
    mb_release(moon_rt(L), p->term);
    *p = (moon_place){.source = ar.source, .line = ar.linedefined, .term = mb_nil()};
    memcpy(p->text, ar.short_src, sizeof p->text);
    return p;
}

const moon_prototype *moon_prototype_find(lua_State *L, int index) {
    moon_place *p = moon_place_find(L, index);
    if (p->code && has_code(L, index, p->code))
        return p->code;
    return p->code = dump(L, index) ? intern(L) : NULL;
}

void moon_prototype_push(lua_State *L, const moon_prototype *p) {
    if (p->factory) {
        moon_anchor_push(L, p->factory);
        lua_call(L, 0, 1);
    } else if (luaL_loadbufferx(L, p->dump, p->size, "=copy", "b") != LUA_OK) {
        lua_error(L);
    }
}
