#include "lua/function.h"

#include <stdlib.h>

#include "lua/encoder.h"
#include "lua/module.h"
#include "lua/prototype.h"

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
    const moon_prototype *code;
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
        const moon_prototype *code = moon_prototype_find(e->L, -1);
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
    moon_prototype_push(L, f->code);
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
    const moon_prototype *code = moon_prototype_find(from, index);
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
    moon_place *p = moon_place_find(L, index);
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
