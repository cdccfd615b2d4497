#include "lua/function.h"

#include <stdlib.h>

#include "lua/encoder.h"
#include "lua/module.h"

/* ------------------------------------------------------------------------------- prototypes
 *
 * Lua offers no way to make a second closure of a function's code. So the code is dumped, and a
 * small function is made around it, whose parameters the code captures as its upvalues: the
 * factory. Calling it gives a new closure. It comes from a template that Lua itself compiled,
 *
 *     function(a, b) return function() return a, b end end
 *
 * by putting the dumped code in the place of the inner function. */
#define MAX_FACTORY_UPVALUES 60
#define HEADER_SIZE          31 /* of a dump, before the number of upvalues */

typedef struct prototype {
    struct prototype *next; /* in its bucket */
    uint64_t hash;
    size_t size;
    moon_anchor_index factory; /* 0: none, the dump is loaded each time */
    uint8_t upvalues;
    char dump[];
} prototype;

/* What is known of the function that was last seen at some place. */
typedef struct place {
    const char *source; /* only compared, together with the text: the string may be gone */
    char text[LUA_IDSIZE];
    int line;
    mb_term term;          /* #Function<file:line>; owned */
    const prototype *code; /* most likely its code; NULL: not copied yet */
} place;

typedef struct template {
    size_t size;
    size_t inner_start, inner_end; /* the inner function's code */
    char dump[];
}
template;

struct moon_prototypes {
    prototype **buckets; /* capacity: a power of two */
    size_t capacity, count;
    template *templates[MAX_FACTORY_UPVALUES + 1]; /* by number of upvalues; made on demand */
    char *buffer;                                  /* for dumps */
    size_t buffer_size, buffer_capacity;
    bool no_factories; /* this Lua's dumps are not as expected */
    place places[256];
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
        for (prototype *p = all->buckets[i], *next; p; p = next) {
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
static bool push_new_factory(lua_State *L, prototype *p) {
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
    prototype **buckets = mb_allocate(u->rt, NULL, 0, capacity * sizeof *buckets);
    if (!buckets)
        return false;
    memset(buckets, 0, capacity * sizeof *buckets);
    for (size_t i = 0; i < all->capacity; i++) {
        for (prototype *p = all->buckets[i], *next; p; p = next) {
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
static prototype *intern(lua_State *L) {
    moon_universe *u = moon_of(L);
    moon_prototypes *all = u->prototypes;
    uint64_t hash = hash_bytes(all->buffer, all->buffer_size);
    if (all->capacity)
        for (prototype *p = all->buckets[hash & (all->capacity - 1)]; p; p = p->next)
            if (p->hash == hash && p->size == all->buffer_size &&
                memcmp(p->dump, all->buffer, p->size) == 0)
                return p;
    if (all->count >= all->capacity && !grow_buckets(u))
        return NULL;
    prototype *p = mb_allocate(u->rt, NULL, 0, sizeof *p + all->buffer_size);
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

static bool has_code(lua_State *L, int index, const prototype *p) {
    comparison c = {p->dump, p->dump + p->size};
    lua_pushvalue(L, index);
    bool same = lua_dump(L, compare_dump, &c, 0) == 0 && c.at == c.end;
    lua_pop(L, 1);
    return same;
}

static place *find_place(lua_State *L, int index) {
    lua_Debug ar;
    lua_pushvalue(L, index);
    lua_getinfo(L, ">S", &ar);
    uint64_t hash = (uint64_t)(uintptr_t)ar.source * UINT64_C(0x9E3779B97F4A7C15) +
                    (uint64_t)(ar.linedefined + 1) * UINT64_C(0xD6E8FEB86659FD93);
    place *p = &moon_of(L)->prototypes->places[hash >> 40 & 255];
    if (p->source == ar.source && p->line == ar.linedefined && strcmp(p->text, ar.short_src) == 0)
        return p;
    mb_release(moon_rt(L), p->term);
    *p = (place){.source = ar.source, .line = ar.linedefined, .term = mb_nil()};
    memcpy(p->text, ar.short_src, sizeof p->text);
    return p;
}

static const prototype *find_prototype(lua_State *L, int index) {
    place *p = find_place(L, index);
    if (p->code && has_code(L, index, p->code))
        return p->code;
    return p->code = dump(L, index) ? intern(L) : NULL;
}

/* Pushes a new closure whose upvalues are to be set. */
static void push_closure(lua_State *L, const prototype *p) {
    if (p->factory) {
        moon_anchor_push(L, p->factory);
        lua_call(L, 0, 1);
    } else if (luaL_loadbufferx(L, p->dump, p->size, "=copy", "b") != LUA_OK) {
        lua_error(L);
    }
}

/* ------------------------------------------------------------------------------------ sharing */

static bool is_globals(lua_State *L, int index) {
    if (!lua_istable(L, index))
        return false;
    index = lua_absindex(L, index);
    lua_rawgeti(L, LUA_REGISTRYINDEX, moon_of(L)->globals);
    bool same = lua_rawequal(L, -1, index);
    lua_pop(L, 1);
    return same;
}

/* Whether the function may be shared as it is: it has captured nothing but the globals. */
static bool is_sharable(lua_State *L, int index) {
    if (lua_iscfunction(L, index))
        return true;
    for (int i = 1; lua_getupvalue(L, index, i); i++) {
        bool globals = is_globals(L, -1);
        lua_pop(L, 1);
        if (!globals)
            return false;
    }
    return true;
}

bool moon_is_immutable(lua_State *L, int index) {
    switch (lua_type(L, index)) {
    case LUA_TNIL:
    case LUA_TBOOLEAN:
    case LUA_TNUMBER:
    case LUA_TSTRING:
        return true;
    case LUA_TLIGHTUSERDATA:
        return moon_is_pid(L, index) || moon_is_ref(L, index) ||
               moon_is_light(L, index, MOON_KIND_ANY);
    case LUA_TFUNCTION:
        return is_sharable(L, index);
    case LUA_TTABLE:
        return moon_module_is(L, index) || is_globals(L, index);
    default:
        return false;
    }
}

/* -------------------------------------------------------------------------------------- graphs
 *
 * Functions found in one value are captured together, as a graph: they may refer to each other, and
 * share variables. A function outside is an object that holds on to the graph; inside the graph's
 * own values it is told by its number alone, or the references would go in circles. */
typedef struct captured {
    moon_anchor_index original; /* while capturing; 0 when done */
    const void *pointer;
    const prototype *code;
    uint32_t first_cell; /* index into cell_numbers */
    uint32_t cells;      /* its upvalues */
} captured;

/* One captured variable. */
typedef struct cell {
    const void *identity; /* lua_upvalueid, while capturing */
    uint32_t function;    /* the first that has it, and where: it sets the variable, others join */
    uint32_t upvalue;
    bool globals;
    mb_term value;
} cell;

struct moon_graph {
    mb_runtime *rt;
    moon_universe *universe;
    size_t references;
    captured *functions;
    size_t function_count, function_capacity;
    cell *cells;
    size_t cell_count, cell_capacity;
    uint32_t *cell_numbers;
    size_t number_count, number_capacity;
};

/* Payloads. */
typedef struct shared_function {
    moon_universe *universe;
    const void *pointer;
    moon_anchor_index anchor;
    char place[84];
} shared_function;

typedef struct graph_function {
    moon_graph *graph; /* NULL: inside the graph itself */
    uint32_t number;
    char place[84];
} graph_function;

static void release_shared(mb_runtime *rt, void *payload) {
    shared_function *f = payload;
    moon_anchor_release(f->universe->L, f->anchor);
}

static bool equal_shared(const void *a, const void *b) {
    return ((const shared_function *)a)->pointer == ((const shared_function *)b)->pointer;
}

static void print_shared(const void *payload, char *text, size_t size) {
    snprintf(text, size, "#Function<%s>", ((const shared_function *)payload)->place);
}

static void release_graph_function(mb_runtime *rt, void *payload) {
    moon_graph_release(((graph_function *)payload)->graph);
}

static void print_graph_function(const void *payload, char *text, size_t size) {
    snprintf(text, size, "#Function<%s>", ((const graph_function *)payload)->place);
}

static const mb_object_class shared_class = {
    .name = "function",
    .release = release_shared,
    .equal = equal_shared,
    .print = print_shared,
};

static const mb_object_class graph_class = {
    .name = "function",
    .release = release_graph_function,
    .print = print_graph_function,
};

static const mb_object_class inner_class = {.name = "function", .print = print_graph_function};

bool moon_is_function(mb_term term) {
    return term.type == MB_OBJECT &&
           (term.object->class == &shared_class || term.object->class == &graph_class);
}

/* "counter.lua:12", "print" for a C function that has a help text. */
static void describe(lua_State *L, int index, char *text, size_t size) {
    const char *path =
        lua_iscfunction(L, index) ? moon_bound_path(moon_of(L), lua_tocfunction(L, index)) : NULL;
    lua_Debug ar;
    lua_pushvalue(L, index);
    lua_getinfo(L, ">S", &ar);
    if (path)
        snprintf(text, size, "%s", path);
    else if (ar.linedefined < 0)
        snprintf(text, size, "C");
    else
        snprintf(text, size, "%s:%d", ar.short_src, ar.linedefined);
}

void moon_graph_release(moon_graph *graph) {
    if (!graph || --graph->references > 0)
        return;
    mb_runtime *rt = graph->rt;
    for (size_t i = 0; i < graph->function_count; i++)
        moon_anchor_release(graph->universe->L, graph->functions[i].original);
    for (size_t i = 0; i < graph->cell_count; i++)
        mb_release(rt, graph->cells[i].value);
    mb_allocate(rt, graph->functions, graph->function_capacity * sizeof *graph->functions, 0);
    mb_allocate(rt, graph->cells, graph->cell_capacity * sizeof *graph->cells, 0);
    mb_allocate(rt, graph->cell_numbers, graph->number_capacity * sizeof *graph->cell_numbers, 0);
    mb_allocate(rt, graph, sizeof *graph, 0);
}

/* Makes room for one more element. */
static bool make_room(mb_runtime *rt, void **elements, size_t count, size_t *capacity,
                      size_t size) {
    if (count < *capacity)
        return true;
    size_t more = *capacity ? *capacity * 2 : 4;
    void *moved = mb_allocate(rt, *elements, *capacity * size, more * size);
    if (!moved)
        return false;
    *elements = moved;
    *capacity = more;
    return true;
}

static moon_graph *graph_new(moon_universe *u) {
    moon_graph *graph = mb_allocate(u->rt, NULL, 0, sizeof *graph);
    if (graph)
        *graph = (moon_graph){.rt = u->rt, .universe = u, .references = 1};
    return graph;
}

/* The number of the function at index in the graph, added when it is new. */
static bool graph_add(moon_encoder *e, int index, uint32_t *number) {
    moon_graph *graph = e->graph;
    const void *pointer = lua_topointer(e->L, index);
    for (size_t i = 0; i < graph->function_count; i++) {
        if (graph->functions[i].pointer == pointer) {
            *number = (uint32_t)i;
            return true;
        }
    }
    void *functions = graph->functions;
    if (!make_room(e->rt, &functions, graph->function_count, &graph->function_capacity,
                   sizeof(captured)))
        return moon_encode_no_memory(e);
    graph->functions = functions;
    lua_pushvalue(e->L, index);
    moon_anchor_index original = moon_anchor_try(e->L);
    if (!original)
        return moon_encode_no_memory(e);
    *number = (uint32_t)graph->function_count;
    graph->functions[graph->function_count++] =
        (captured){.original = original, .pointer = pointer};
    return true;
}

static bool encode_shared(moon_encoder *e, int index, mb_term *out) {
    if (!mb_object_new(e->rt, out, &shared_class, sizeof(shared_function)))
        return moon_encode_no_memory(e);
    shared_function *f = mb_payload(out);
    f->universe = moon_of(e->L);
    f->pointer = lua_topointer(e->L, index);
    describe(e->L, index, f->place, sizeof f->place);
    lua_pushvalue(e->L, index);
    f->anchor = moon_anchor_try(e->L);
    if (f->anchor)
        return true;
    mb_release(e->rt, *out);
    return moon_encode_no_memory(e);
}

/* In a picture a function is its description alone. */
static bool draw_function(moon_encoder *e, int index, mb_term *out) {
    char text[100], where[84];
    describe(e->L, index, where, sizeof where);
    snprintf(text, sizeof text, "#Function<%s>", where);
    return moon_text_term(e->rt, text, out) || moon_encode_no_memory(e);
}

bool moon_function_encode(moon_encoder *e, int index, mb_term *out) {
    if (!lua_checkstack(e->L, 8))
        return moon_encode_no_memory(e);
    if (e->picture)
        return draw_function(e, index, out);
    if (is_sharable(e->L, index))
        return encode_shared(e, index, out);
    if (!e->graph && !(e->graph = graph_new(moon_of(e->L))))
        return moon_encode_no_memory(e);
    uint32_t number = 0;
    if (!graph_add(e, index, &number))
        return false;
    if (!mb_object_new(e->rt, out, e->inside ? &inner_class : &graph_class, sizeof(graph_function)))
        return moon_encode_no_memory(e);
    graph_function *f = mb_payload(out);
    f->number = number;
    describe(e->L, index, f->place, sizeof f->place);
    if (!e->inside) {
        f->graph = e->graph;
        e->graph->references++;
    }
    return true;
}

/* The value of a variable, which is on top of the stack, goes into the cell. Pops it. */
static bool capture_value(moon_encoder *e, uint32_t number, const char *function,
                          const char *name) {
    char what[160];
    snprintf(what, sizeof what, "%s of the function at %s", name, function);
    moon_encoder inner = *e;
    inner.what = what;
    inner.frame = NULL;
    inner.depth = 0;
    inner.inside = true;
    mb_term value = mb_nil();
    bool globals = is_globals(e->L, -1);
    bool done = globals || moon_encode(&inner, -1, &value);
    lua_pop(e->L, 1);
    e->failed = inner.failed;
    memcpy(e->error, inner.error, sizeof e->error);
    e->graph->cells[number].globals = globals;
    e->graph->cells[number].value = done ? value : mb_nil();
    return done;
}

/* The number of the variable that is upvalue `upvalue` of the function on top of the stack. */
static bool find_cell(moon_encoder *e, uint32_t function, int upvalue, uint32_t *number,
                      bool *fresh) {
    moon_graph *graph = e->graph;
    const void *identity = lua_upvalueid(e->L, -1, upvalue);
    *fresh = false;
    for (size_t i = 0; i < graph->cell_count; i++) {
        if (graph->cells[i].identity == identity) {
            *number = (uint32_t)i;
            return true;
        }
    }
    void *cells = graph->cells;
    if (!make_room(e->rt, &cells, graph->cell_count, &graph->cell_capacity, sizeof(cell)))
        return moon_encode_no_memory(e);
    graph->cells = cells;
    *fresh = true;
    *number = (uint32_t)graph->cell_count;
    graph->cells[graph->cell_count++] =
        (cell){.identity = identity, .function = function, .upvalue = (uint32_t)upvalue};
    return true;
}

static bool capture_upvalues(moon_encoder *e, uint32_t number) {
    moon_graph *graph = e->graph;
    char where[84];
    describe(e->L, -1, where, sizeof where);
    graph->functions[number].first_cell = (uint32_t)graph->number_count;
    for (int i = 1;; i++) {
        uint32_t cell_number = 0;
        bool fresh;
        const char *name = lua_getupvalue(e->L, -1, i);
        if (!name)
            return true;
        lua_pop(e->L, 1);
        void *numbers = graph->cell_numbers;
        if (!make_room(e->rt, &numbers, graph->number_count, &graph->number_capacity,
                       sizeof(uint32_t)))
            return moon_encode_no_memory(e);
        graph->cell_numbers = numbers;
        if (!find_cell(e, number, i, &cell_number, &fresh))
            return false;
        graph->cell_numbers[graph->number_count++] = cell_number;
        graph->functions[number].cells++;
        if (!fresh)
            continue;
        lua_getupvalue(e->L, -1, i);
        if (!capture_value(e, cell_number, where, *name ? name : "a variable"))
            return false;
    }
}

bool moon_graph_complete(moon_encoder *e) {
    moon_graph *graph = e->graph;
    if (!lua_checkstack(e->L, 8))
        return moon_encode_no_memory(e);
    /* The list grows as functions are found in variables. */
    for (uint32_t i = 0; i < graph->function_count; i++) {
        moon_anchor_push(e->L, graph->functions[i].original);
        const prototype *code = find_prototype(e->L, -1);
        graph->functions[i].code = code;
        bool done = code ? capture_upvalues(e, i) : moon_encode_no_memory(e);
        lua_pop(e->L, 1);
        if (!done)
            return false;
        moon_anchor_release(e->L, graph->functions[i].original);
        graph->functions[i].original = 0;
    }
    return true;
}

/* ---------------------------------------------------------------------------------- instantiation
 */

static void instantiate(moon_decoder *d, uint32_t number);

/* Pushes the graph's function of that number, made when it is needed for the first time. */
static void push_instance(moon_decoder *d, uint32_t number) {
    luaL_checkstack(d->L, 8, "functions nested too deep");
    lua_rawgeti(d->L, d->base, (lua_Integer)number + 1);
    if (!lua_isnil(d->L, -1))
        return;
    lua_pop(d->L, 1);
    instantiate(d, number);
}

static void instantiate(moon_decoder *d, uint32_t number) {
    lua_State *L = d->L;
    const moon_graph *graph = d->graph;
    const captured *f = &graph->functions[number];
    push_closure(L, f->code);
    /* Known before its variables are set: they may refer to it. */
    lua_pushvalue(L, -1);
    lua_rawseti(L, d->base, (lua_Integer)number + 1);
    for (uint32_t i = 0; i < f->cells; i++) {
        const cell *c = &graph->cells[graph->cell_numbers[f->first_cell + i]];
        if (c->function != number || c->upvalue != i + 1) {
            push_instance(d, c->function);
            lua_upvaluejoin(L, -2, (int)i + 1, -1, (int)c->upvalue);
            lua_pop(L, 1);
            continue;
        }
        if (c->globals)
            lua_rawgeti(L, LUA_REGISTRYINDEX, moon_of(L)->globals);
        else
            moon_decode(d, c->value);
        lua_setupvalue(L, -2, (int)i + 1);
    }
}

static void open_graph(moon_decoder *d, moon_graph *graph) {
    if (d->graph == graph)
        return;
    lua_createtable(d->L, (int)graph->function_count, 0);
    if (d->graph)
        lua_replace(d->L, d->base);
    else
        lua_insert(d->L, d->base);
    d->graph = graph;
}

bool moon_function_decode(moon_decoder *d, mb_term term) {
    const mb_object_class *class = term.object->class;
    if (class == &shared_class) {
        moon_anchor_push(d->L, ((shared_function *)mb_payload(&term))->anchor);
        return true;
    }
    if (class != &graph_class && class != &inner_class)
        return false;
    const graph_function *f = mb_payload(&term);
    if (class == &graph_class)
        open_graph(d, f->graph);
    push_instance(d, f->number);
    return true;
}

/* ---------------------------------------------------------------------------------------- transfer
 */

/* The captured value on top of the stack gives way to a copy if need be. False when it holds
 * functions that have captured something themselves, or cannot be copied at all. */
static bool copy_captured(lua_State *L) {
    if (moon_is_immutable(L, -1))
        return true;
    if (!lua_istable(L, -1))
        return false;
    moon_encoder e = moon_encoder_of(L, "variable");
    mb_term term;
    bool encoded = moon_encode(&e, -1, &term);
    bool copied = encoded && !e.graph;
    if (copied)
        moon_push_owned_term(L, term);
    else if (encoded)
        mb_release(e.rt, term);
    moon_graph_release(e.graph);
    if (copied)
        lua_remove(L, -2);
    return copied;
}

/* Copies a function whose variables are independent of each other, without making terms of it. */
static bool transfer_simple(lua_State *from, int index, lua_State *to) {
    int top = lua_gettop(from), count = 0;
    const prototype *code = find_prototype(from, index);
    if (!code || !code->factory)
        return false;
    luaL_checkstack(from, code->upvalues + 8, NULL);
    moon_anchor_push(from, code->factory);
    for (; lua_getupvalue(from, index, count + 1); count++) {
        if (!copy_captured(from)) {
            lua_settop(from, top);
            return false;
        }
    }
    lua_call(from, count, 1);
    lua_xmove(from, to, 1);
    return true;
}

void moon_function_transfer(lua_State *from, int index, lua_State *to, const char *what) {
    index = lua_absindex(from, index);
    luaL_checkstack(from, 8, NULL);
    if (is_sharable(from, index)) {
        lua_pushvalue(from, index);
        lua_xmove(from, to, 1);
        return;
    }
    if (transfer_simple(from, index, to))
        return;
    mb_term term;
    moon_to_term(from, index, &term, what);
    moon_push_owned_term(from, term);
    lua_xmove(from, to, 1);
}

void moon_function_isolate(lua_State *L, int index, const char *what) {
    if (is_sharable(L, index))
        return;
    moon_function_transfer(L, index, L, what);
    lua_replace(L, index);
}

mb_term moon_function_place(lua_State *L, int index) {
    moon_universe *u = moon_of(L);
    place *p = find_place(L, index);
    if (p->line >= 0 && p->term.type != MB_NIL)
        return mb_retain(p->term);
    char text[100], where[84];
    describe(L, index, where, sizeof where);
    snprintf(text, sizeof text, "#Function<%s>", where);
    mb_term term;
    if (!moon_text_term(u->rt, text, &term))
        return mb_nil();
    if (p->line >= 0) /* C functions have no place of their own */
        p->term = mb_retain(term);
    return term;
}
