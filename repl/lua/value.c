#include "lua/value.h"

#include <stdarg.h>
#include <stdlib.h>

#include "lua/cell.h"
#include "lua/encoder.h"
#include "lua/long_string.h"
#include "lua/table_layout.h"

/* Tables with up to this many entries are laid out on the Lua stack in one walk. */
#define SMALL 12
/* Cycles are looked for from this depth on: shallow values need no bookkeeping. */
#define CYCLE_DEPTH 64
#define MAX_DEPTH   1500
#define CELL        sizeof(mb_term)

static bool encode_value(moon_encoder *e, int index, size_t at);

/* ---------------------------------------------------------------------------------- failures */

/* The outermost frame first. Returns the new length. */
static size_t write_path(const moon_encoder *e, const moon_frame *frame, char *text, size_t size) {
    if (!frame)
        return (size_t)snprintf(text, size, "%s", e->what);
    size_t used = write_path(e, frame->up, text, size);
    if (used + 8 >= size)
        return used;
    char *rest = text + used;
    size_t left = size - used;
    int n = 0;
    if (frame->key == 0) {
        n = snprintf(rest, left, "[%lld]", (long long)frame->position);
    } else if (lua_type(e->L, frame->key) == LUA_TSTRING) {
        const char *key = lua_tostring(e->L, frame->key);
        n = strspn(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") ==
                    strlen(key)
                ? snprintf(rest, left, ".%.40s", key)
                : snprintf(rest, left, "[\"%.40s\"]", key);
    } else if (lua_isinteger(e->L, frame->key)) {
        n = snprintf(rest, left, "[%lld]", (long long)lua_tointeger(e->L, frame->key));
    } else if (lua_type(e->L, frame->key) == LUA_TNUMBER) {
        n = snprintf(rest, left, "[%.14g]", lua_tonumber(e->L, frame->key));
    } else {
        n = snprintf(rest, left, "[a %s]", lua_typename(e->L, lua_type(e->L, frame->key)));
    }
    return used + ((size_t)n < left ? (size_t)n : left - 1);
}

bool moon_encode_refuse(moon_encoder *e, const char *format, ...) {
    if (e->failed)
        return false;
    e->failed = true;
    size_t used = write_path(e, e->frame, e->error, sizeof e->error / 2);
    used += (size_t)snprintf(e->error + used, sizeof e->error - used, ": ");
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(e->error + used, sizeof e->error - used, format, arguments);
    va_end(arguments);
    return false;
}

bool moon_encode_no_memory(moon_encoder *e) {
    if (!e->failed)
        snprintf(e->error, sizeof e->error, "not enough memory");
    e->failed = true;
    return false;
}

/* In a picture, a stand-in; else the reason why not. */
static bool refuse_or_draw(moon_encoder *e, int index, size_t at, const char *what) {
    if (!e->picture)
        return moon_encode_refuse(e, "%s cannot be sent to another process", what);
    char text[64];
    const char *kind = lua_type(e->L, index) == LUA_TTHREAD ? "Thread" : "Userdata";
    if (lua_type(e->L, index) == LUA_TUSERDATA && luaL_getmetafield(e->L, index, "__name") != 0) {
        if (lua_type(e->L, -1) == LUA_TSTRING)
            snprintf(text, sizeof text, "#Userdata<%.40s>", lua_tostring(e->L, -1));
        else
            snprintf(text, sizeof text, "#Userdata<>");
        lua_pop(e->L, 1);
    } else {
        snprintf(text, sizeof text, "#%s<%p>", kind, lua_topointer(e->L, index));
    }
    mb_term term;
    if (!moon_text_term(e->rt, text, &term))
        return moon_encode_no_memory(e);
    mb_build_term(e->builder, at, term);
    mb_release(e->rt, term);
    return true;
}

/* ------------------------------------------------------------------------------------ tables */

/* Tells the shortest path that leads into a circle. */
static bool refuse_cycle(moon_encoder *e) {
    const moon_frame *entry = e->frame;
    for (const moon_frame *f = e->frame; f; f = f->up)
        for (const moon_frame *g = f->up; g; g = g->up)
            if (f->table == g->table)
                entry = f->up; /* the frames are gone through from the inside out */
    e->frame = entry;
    return moon_encode_refuse(e, "a table that contains itself cannot be sent to another process");
}

static bool is_own_ancestor(const moon_encoder *e, const void *table) {
    for (const moon_frame *f = e->frame; f; f = f->up)
        if (f->table == table)
            return true;
    return false;
}

static bool draw(moon_encoder *e, size_t at, const char *text) {
    mb_term term;
    if (!moon_text_term(e->rt, text, &term))
        return moon_encode_no_memory(e);
    mb_build_term(e->builder, at, term);
    mb_release(e->rt, term);
    return true;
}

/* Leaves up to SMALL keys and values on the stack, in lua_next's order. Returns their number, or -1
 * with nothing left on the stack when there are more. *is_sequence: the keys are 1, 2, 3, … */
static int spread(lua_State *L, int index, bool *is_sequence) {
    int top = lua_gettop(L), count = 0;
    lua_pushnil(L);
    *is_sequence = true;
    while (lua_next(L, index)) {
        if (++count > SMALL) {
            lua_settop(L, top);
            return -1;
        }
        if (*is_sequence && lua_isinteger(L, -2) && lua_tointeger(L, -2) == count) {
            lua_pushinteger(L, count);
        } else {
            *is_sequence = false;
            lua_pushvalue(L, -2);
        }
    }
    return count;
}

static bool is_position(lua_State *L, int index, lua_Integer limit, lua_Integer *position) {
    if (!lua_isinteger(L, index))
        return false;
    *position = lua_tointeger(L, index);
    return *position >= 1 && *position <= limit;
}

/* count keys and values lie on the stack from first on; the keys are 1 … count. */
static bool encode_sequence(moon_encoder *e, moon_frame *frame, int first, int count, mb_term tag,
                            size_t at) {
    size_t cells = mb_build_table(e->builder, at, tag, (size_t)count, 0);
    frame->key = 0;
    for (int i = 0; i < count; i++) {
        frame->position = i + 1;
        if (!encode_value(e, first + 2 * i + 1, cells + (size_t)i * CELL))
            return false;
    }
    return true;
}

/* count keys and values lie on the stack from first on. The array part gets the elements up to the
 * table's length, holes included; whatever is left are pairs. */
static bool encode_spread(moon_encoder *e, moon_frame *frame, int first, int count, size_t length,
                          mb_term tag, size_t at) {
    lua_State *L = e->L;
    lua_Integer position;
    size_t elements = 0;
    for (int i = 0; i < count; i++)
        elements += is_position(L, first + 2 * i, (lua_Integer)length, &position);
    size_t pairs = (size_t)count - elements;
    size_t cells = mb_build_table(e->builder, at, tag, length, pairs);
    size_t pair = cells + length * CELL;
    for (int i = 0; i < count; i++) {
        int key = first + 2 * i;
        if (is_position(L, key, (lua_Integer)length, &position)) {
            frame->key = 0;
            frame->position = position;
            if (!encode_value(e, key + 1, cells + (size_t)(position - 1) * CELL))
                return false;
        } else {
            frame->key = key;
            if (!encode_value(e, key, pair) || !encode_value(e, key + 1, pair + CELL))
                return false;
            pair += 2 * CELL;
        }
    }
    return true;
}

/* Whether the table is a plain array is only known at the end of the walk. What speaks for it has
 * been looked at; should it be none after all, everything is done again carefully. */
static bool encode_array(moon_encoder *e, moon_frame *frame, int index, size_t length, mb_term tag,
                         size_t at) {
    lua_State *L = e->L;
    size_t cells = mb_build_table(e->builder, at, tag, length, 0);
    lua_Integer expected = 0, position;
    frame->key = 0;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        if (!is_position(L, -2, (lua_Integer)length, &position) || position != ++expected) {
            e->restart = e->failed = true;
            return false;
        }
        frame->position = position;
        if (!encode_value(e, lua_gettop(L), cells + (size_t)(position - 1) * CELL))
            return false;
        lua_pop(L, 1);
    }
    if ((size_t)expected != length) { /* holes */
        e->restart = e->failed = true;
        return false;
    }
    return true;
}

/* The table holds nothing but its elements, which lie at hand. They are looked up again behind each
 * value that took more than a look: encoding it may have run a finalizer. */
static bool encode_in_place(moon_encoder *e, moon_frame *frame, int index, size_t length,
                            mb_term tag, size_t at) {
    lua_State *L = e->L;
    size_t cells = mb_build_table(e->builder, at, tag, length, 0);
    const moon_slot *slots = moon_plain_array(L, index, length);
    mb_term cell;
    frame->key = 0;
    for (size_t i = 0; i < length; i++) {
        if (slots && moon_slot_cell(&slots[i], &cell)) {
            mb_build_term(e->builder, cells + i * CELL, cell);
            continue;
        }
        frame->position = (lua_Integer)i + 1;
        lua_rawgeti(L, index, frame->position);
        if (!encode_value(e, lua_gettop(L), cells + i * CELL))
            return false;
        lua_pop(L, 1);
        slots = moon_plain_array(L, index, length);
    }
    return true;
}

static bool encode_pairs(moon_encoder *e, moon_frame *frame, int index, size_t length, size_t at) {
    lua_State *L = e->L;
    lua_Integer position;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        if (!is_position(L, -2, (lua_Integer)length, &position)) {
            int key = lua_gettop(L) - 1;
            frame->key = key;
            if (!encode_value(e, key, at) || !encode_value(e, key + 1, at + CELL))
                return false;
            at += 2 * CELL;
        }
        lua_pop(L, 1);
    }
    return true;
}

static bool encode_counted(moon_encoder *e, moon_frame *frame, int index, size_t length,
                           mb_term tag, size_t at) {
    lua_State *L = e->L;
    size_t pairs = 0;
    lua_Integer position;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        pairs += !is_position(L, -2, (lua_Integer)length, &position);
        lua_pop(L, 1);
    }
    size_t cells = mb_build_table(e->builder, at, tag, length, pairs);
    frame->key = 0;
    for (size_t i = 0; i < length; i++) {
        lua_rawgeti(L, index, (lua_Integer)i + 1);
        frame->position = (lua_Integer)i + 1;
        if (!encode_value(e, lua_gettop(L), cells + i * CELL))
            return false;
        lua_pop(L, 1);
    }
    return pairs == 0 || encode_pairs(e, frame, index, length, cells + length * CELL);
}

/* Whether the entry of the last element is also the table's last: then it most likely has no
 * others. */
static bool ends_with(lua_State *L, int index, size_t length) {
    lua_pushinteger(L, (lua_Integer)length);
    if (!lua_next(L, index))
        return true;
    lua_pop(L, 2);
    return false;
}

static bool encode_whole(moon_encoder *e, moon_frame *frame, int index, mb_term tag, size_t at) {
    lua_State *L = e->L;
    size_t length = lua_rawlen(L, index);
    int top = lua_gettop(L);
    if (length > 0 && moon_plain_array(L, index, length)) {
        bool done = encode_in_place(e, frame, index, length, tag, at);
        lua_settop(L, top);
        return done;
    }
    if (length <= SMALL) {
        bool is_sequence;
        int count = spread(L, index, &is_sequence);
        if (count >= 0) {
            bool done = is_sequence ? encode_sequence(e, frame, top + 1, count, tag, at)
                                    : encode_spread(e, frame, top + 1, count, length, tag, at);
            lua_settop(L, top);
            return done;
        }
    }
    bool done = length > SMALL && !e->careful && ends_with(L, index, length)
                    ? encode_array(e, frame, index, length, tag, at)
                    : encode_counted(e, frame, index, length, tag, at);
    lua_settop(L, top);
    return done;
}

/* Keeps the `limit` smallest keys on the stack from first on, in order. */
static size_t smallest_keys(moon_encoder *e, int index, size_t length, size_t limit) {
    lua_State *L = e->L;
    int first = lua_gettop(L) + 1;
    size_t count = 0;
    lua_Integer position;
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        if (is_position(L, -1, (lua_Integer)length, &position))
            continue;
        int key = lua_gettop(L), place = first + (int)count;
        while (place > first && moon_compare_keys(L, key, place - 1) < 0)
            place--;
        if (place >= first + (int)limit)
            continue;
        lua_pushvalue(L, key);
        lua_insert(L, place);
        if (count == limit)
            lua_remove(L, first + (int)count);
        else
            count++;
    }
    return count;
}

/* No more of a table than is going to be shown, and one more so that the printer knows of the rest.
 */
static bool encode_excerpt(moon_encoder *e, moon_frame *frame, int index, mb_term tag, size_t at) {
    lua_State *L = e->L;
    int top = lua_gettop(L);
    size_t most = e->limit + 1, length = lua_rawlen(L, index);
    size_t shown = length < most ? length : most;
    if (!lua_checkstack(L, (int)most + 8))
        return moon_encode_no_memory(e);
    size_t pairs = shown < most ? smallest_keys(e, index, length, most - shown) : 0;
    size_t cells = mb_build_table(e->builder, at, tag, shown, pairs);
    frame->key = 0;
    for (size_t i = 0; i < shown + pairs; i++) {
        size_t cell = cells + (i < shown ? i : shown + 2 * (i - shown)) * CELL;
        if (i < shown) {
            lua_rawgeti(L, index, (lua_Integer)i + 1);
        } else {
            int key = top + 1 + (int)(i - shown);
            if (!encode_value(e, key, cell))
                return false;
            lua_pushvalue(L, key);
            lua_rawget(L, index);
            cell += CELL;
        }
        if (!encode_value(e, lua_gettop(L), cell))
            return false;
        lua_pop(L, 1);
    }
    lua_settop(L, top);
    return true;
}

/* Modules and structs: what the metatable (on top of the stack) makes of the table. Pops it. Sets
 * *whole when *special is the term for all of it, else *special is the tag. Both are owned. */
static bool look_at_metatable(moon_encoder *e, int index, bool *whole, mb_term *special) {
    lua_State *L = e->L;
    *special = mb_nil();
    if (!moon_module_encode(L, index, special)) {
        lua_pop(L, 1);
        return moon_encode_no_memory(e);
    }
    *whole = special->type != MB_NIL;
    if (!*whole) {
        lua_pushliteral(L, "__struct");
        lua_rawget(L, -2);
        size_t size;
        if (lua_type(L, -1) == LUA_TSTRING) {
            const char *name = lua_tolstring(L, -1, &size);
            if (!mb_string_new(e->rt, name, size, special)) {
                lua_pop(L, 2);
                return moon_encode_no_memory(e);
            }
        }
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return true;
}

static bool encode_contents(moon_encoder *e, int index, mb_term tag, size_t at) {
    moon_frame frame = {.up = e->frame, .table = lua_topointer(e->L, index)};
    if (!lua_checkstack(e->L, 2 * SMALL + 8))
        return moon_encode_no_memory(e);
    if (e->picture && is_own_ancestor(e, frame.table))
        return draw(e, at, "#Cycle<>");
    if (e->picture && e->max_depth && (size_t)e->depth > e->max_depth) {
        mb_build_table(e->builder, at, tag, 0, 0);
        return true;
    }
    if (e->depth >= CYCLE_DEPTH && is_own_ancestor(e, frame.table))
        return refuse_cycle(e);
    if (e->depth >= MAX_DEPTH)
        return e->picture ? draw(e, at, "…")
                          : moon_encode_refuse(e, "tables nested more than %d deep", MAX_DEPTH);
    e->frame = &frame;
    e->depth++;
    bool done = e->picture && e->limit ? encode_excerpt(e, &frame, index, tag, at)
                                       : encode_whole(e, &frame, index, tag, at);
    e->depth--;
    e->frame = frame.up;
    return done;
}

static bool encode_table(moon_encoder *e, int index, size_t at) {
    if (!lua_getmetatable(e->L, index))
        return encode_contents(e, index, mb_nil(), at);
    bool whole, done = true;
    mb_term special;
    if (!look_at_metatable(e, index, &whole, &special))
        return false;
    if (whole)
        mb_build_term(e->builder, at, special);
    else
        done = encode_contents(e, index, special, at);
    mb_release(e->rt, special);
    return done;
}

/* ------------------------------------------------------------------------------------ values */

static bool encode_value(moon_encoder *e, int index, size_t at) {
    mb_term term;
    size_t size;
    const char *bytes;
    int type = lua_type(e->L, index);
    switch (type) {
    case LUA_TSTRING:
        bytes = lua_tolstring(e->L, index, &size);
        if (size < MOON_LONG_STRING) {
            mb_build_string(e->builder, at, bytes, size);
            return true;
        }
        if (!moon_long_string(e->L, index, &term))
            return moon_encode_no_memory(e);
        mb_build_term(e->builder, at, term);
        mb_release(e->rt, term);
        return true;
    case LUA_TTABLE:
        return encode_table(e, index, at);
    case LUA_TFUNCTION:
        if (!moon_function_encode(e, index, &term))
            return false;
        mb_build_term(e->builder, at, term);
        mb_release(e->rt, term);
        return true;
    case LUA_TTHREAD:
        return refuse_or_draw(e, index, at, "a coroutine");
    case LUA_TUSERDATA:
        return refuse_or_draw(e, index, at, "a userdata");
    default:
        if (!moon_to_cell(e->L, index, &term))
            return refuse_or_draw(e, index, at, "a light userdata");
        mb_build_term(e->builder, at, term);
        return true;
    }
}

bool moon_encode(moon_encoder *e, int index, mb_term *out) {
    lua_State *L = e->L;
    index = lua_absindex(L, index);
    int type = lua_type(L, index);
    if (moon_to_cell(L, index, out))
        return true;
    if (type == LUA_TSTRING) {
        size_t size;
        const char *bytes = lua_tolstring(L, index, &size);
        bool made = size < MOON_LONG_STRING ? mb_string_new(e->rt, bytes, size, out)
                                            : moon_long_string(L, index, out);
        return made || moon_encode_no_memory(e);
    }
    if (type == LUA_TFUNCTION)
        return moon_function_encode(e, index, out);
    int top = lua_gettop(L);
    if (!lua_checkstack(L, 8) || !(e->builder = mb_build(e->rt)))
        return moon_encode_no_memory(e);
    bool done = encode_value(e, index, MB_BUILD_ROOT);
    lua_settop(L, top);
    if (!done) {
        mb_build_abandon(e->builder);
        if (!e->restart)
            return false;
        e->restart = e->failed = false;
        e->careful = true;
        return moon_encode(e, index, out);
    }
    return mb_build_finish(e->builder, out) || moon_encode_no_memory(e);
}

static bool encode_all(moon_encoder *e, int index, mb_term *out) {
    bool done = moon_encode(e, index, out);
    if (done && e->graph && !moon_graph_complete(e)) {
        mb_release(e->rt, *out);
        done = false;
    }
    moon_graph_release(e->graph);
    return done;
}

moon_encoder moon_encoder_of(lua_State *L, const char *what) {
    moon_encoder e;
    e.L = L;
    e.rt = moon_of(L)->rt;
    e.builder = NULL;
    e.what = what;
    e.frame = NULL;
    e.depth = 0;
    e.failed = e.restart = e.careful = e.inside = e.picture = false;
    e.limit = e.max_depth = 0;
    e.graph = NULL;
    return e;
}

bool moon_try_term(lua_State *L, int index, mb_term *out, const char *what) {
    if (moon_to_cell(L, index, out) || moon_to_small_tuple(L, index, out))
        return true;
    moon_encoder e = moon_encoder_of(L, what);
    if (encode_all(&e, index, out))
        return true;
    *out = mb_nil();
    lua_pushstring(L, e.error);
    return false;
}

bool moon_to_term(lua_State *L, int index, mb_term *out, const char *what) {
    if (moon_try_term(L, index, out, what))
        return true;
    luaL_where(L, 1);
    lua_insert(L, -2);
    lua_concat(L, 2);
    lua_error(L);
    return false;
}

bool moon_stack_to_term(lua_State *L, int first, mb_term *out, const char *what) {
    int count = lua_gettop(L) - first + 1;
    count = count < 0 ? 0 : count;
    lua_createtable(L, count, 0);
    for (int i = 0; i < count; i++) {
        lua_pushvalue(L, first + i);
        lua_rawseti(L, -2, i + 1);
    }
    /* A table ends before its trailing nils; the term shall not. */
    mb_term term;
    moon_to_term(L, -1, &term, what);
    lua_pop(L, 1);
    if (mb_array_size(term) == (size_t)count) {
        *out = term;
        return true;
    }
    mb_term *cells = lua_newuserdatauv(L, (size_t)count * sizeof *cells, 0);
    for (int i = 0; i < count; i++)
        cells[i] = mb_element(term, (size_t)i);
    for (size_t i = 0; i < term.table->pair_count; i++) {
        const mb_term *pair = &term.table->cells[term.table->array_size + 2 * i];
        cells[pair[0].integer - 1] = pair[1];
    }
    bool made = mb_tuple(moon_rt(L), out, (size_t)count, cells);
    mb_release(moon_rt(L), term);
    if (!made)
        moon_no_memory(L);
    lua_pop(L, 1);
    return true;
}

void moon_to_picture(lua_State *L, int index, size_t limit, size_t depth, mb_term *out) {
    moon_encoder e = moon_encoder_of(L, "value");
    e.picture = true;
    e.limit = limit;
    e.max_depth = depth;
    index = lua_absindex(L, index);
    int type = lua_type(L, index);
    if (type == LUA_TTHREAD || type == LUA_TUSERDATA || type == LUA_TLIGHTUSERDATA) {
        /* The builder draws stand-ins: as the only element of an array. */
        lua_createtable(L, 1, 0);
        lua_pushvalue(L, index);
        lua_rawseti(L, -2, 1);
        if (!encode_all(&e, -1, out))
            luaL_error(L, "%s", e.error);
        lua_pop(L, 1);
        mb_term element = mb_retain(mb_element(*out, 0));
        mb_release(e.rt, *out);
        *out = element;
        return;
    }
    if (!encode_all(&e, index, out))
        luaL_error(L, "%s", e.error);
}

void moon_to_copy(lua_State *L, int index, mb_term *out) {
    index = lua_absindex(L, index);
    if (moon_try_term(L, index, out, "value"))
        return;
    lua_pop(L, 1);
    moon_to_picture(L, index, 0, 0, out);
}

/* ------------------------------------------------------------------------------------- back */

static void decode_string(lua_State *L, mb_term term) {
    if (term.length == MB_KEPT) {
        moon_push_kept_string(L, term.kept);
        return;
    }
    size_t size;
    const char *bytes = mb_bytes(&term, &size);
    lua_pushlstring(L, bytes, size);
}

/* A cell of a table: what is common there is dealt with on the spot. */
static inline void decode_cell(moon_decoder *d, const mb_term *cell) {
    switch (cell->type) {
    case MB_INTEGER:
        lua_pushinteger(d->L, cell->integer);
        break;
    case MB_PID:
    case MB_REFERENCE:
        lua_pushlightuserdata(d->L, (void *)(uintptr_t)cell->id);
        break;
    case MB_STRING:
        if (cell->length < MB_KEPT)
            lua_pushlstring(d->L, cell->text, cell->length);
        else
            decode_string(d->L, *cell);
        break;
    default:
        moon_decode(d, *cell);
    }
}

static void decode_table(moon_decoder *d, const mb_table *table) {
    lua_State *L = d->L;
    luaL_checkstack(L, 6, "a table nested too deep");
    lua_createtable(L, (int)table->array_size, (int)table->pair_count);
    const mb_term *cell = table->cells;
    moon_slot *slots = moon_fresh_array(L, -1, table->array_size);
    for (uint32_t i = 0; i < table->array_size; i++, cell++) {
        if (slots && moon_slot_set(&slots[i], *cell))
            continue;
        decode_cell(d, cell);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    for (uint32_t i = 0; i < table->pair_count; i++) {
        decode_cell(d, cell++);
        decode_cell(d, cell++);
        lua_rawset(L, -3);
    }
    if (table->tag.type == MB_STRING) {
        size_t size;
        const char *name = mb_bytes(&table->tag, &size);
        lua_rawgeti(L, LUA_REGISTRYINDEX, moon_of(L)->structs);
        lua_pushlstring(L, name, size);
        lua_rawget(L, -2);
        lua_remove(L, -2);
        lua_setmetatable(L, -2);
    }
}

static const mb_object_class text_class;

void moon_decode(moon_decoder *d, mb_term term) {
    lua_State *L = d->L;
    switch ((mb_type)term.type) {
    case MB_NIL:
        lua_pushnil(L);
        break;
    case MB_BOOLEAN:
        lua_pushboolean(L, term.boolean);
        break;
    case MB_INTEGER:
        lua_pushinteger(L, term.integer);
        break;
    case MB_FLOAT:
        lua_pushnumber(L, term.real);
        break;
    case MB_PID:
    case MB_REFERENCE:
        lua_pushlightuserdata(L, (void *)(uintptr_t)term.id);
        break;
    case MB_ANY:
        lua_pushlightuserdata(L, (void *)(uintptr_t)MOON_KIND_ANY);
        break;
    case MB_STRING:
        decode_string(L, term);
        break;
    case MB_TABLE:
        decode_table(d, term.table);
        break;
    case MB_OBJECT:
        luaL_checkstack(L, 8, "a function nested too deep");
        if (!moon_function_decode(d, term) && !moon_module_decode(L, term))
            lua_pushstring(L, term.object->class == &text_class ? mb_payload(&term)
                                                                : term.object->class->name);
        break;
    }
}

void moon_push_term(lua_State *L, mb_term term) {
    luaL_checkstack(L, 4, NULL);
    if (term.type != MB_TABLE && term.type != MB_OBJECT) {
        moon_decode(&(moon_decoder){.L = L}, term);
        return;
    }
    int top = lua_gettop(L);
    moon_decoder d = {.L = L, .base = top + 1};
    moon_decode(&d, term);
    if (d.graph) { /* the table with its functions lies below the result */
        lua_replace(L, top + 1);
        lua_settop(L, top + 1);
    }
}

/* The term travels as a light userdata's target: it outlives the call. */
static int push_protected(lua_State *L) {
    const mb_term *term = lua_touserdata(L, 1);
    moon_push_term(L, *term);
    return 1;
}

void moon_push_owned_term(lua_State *L, mb_term term) {
    if (term.type != MB_TABLE && term.type != MB_OBJECT && term.length < MB_KEPT) {
        moon_push_term(L, term);
        return;
    }
    if (!lua_checkstack(L, 4)) {
        mb_release(moon_rt(L), term);
        moon_no_memory(L);
    }
    lua_pushcfunction(L, push_protected);
    lua_pushlightuserdata(L, &term);
    int status = lua_pcall(L, 1, 1, 0);
    mb_release(moon_rt(L), term);
    if (status != LUA_OK)
        lua_error(L);
}

int moon_push_elements(lua_State *L, mb_term array, size_t first) {
    int pushed = 0;
    size_t size = mb_array_size(array);
    luaL_checkstack(L, (int)(size + 4), "too many values");
    for (size_t i = first; i < size; i++, pushed++)
        moon_push_term(L, mb_element(array, i));
    return pushed;
}

/* ------------------------------------------------------------------------------ stand-ins, structs
 */

static void print_text(const void *payload, char *text, size_t size) {
    snprintf(text, size, "%s", (const char *)payload);
}

static bool equal_text(const void *a, const void *b) {
    return strcmp(a, b) == 0;
}

static const mb_object_class text_class = {
    .name = "text", .equal = equal_text, .print = print_text};

bool moon_text_term(mb_runtime *rt, const char *text, mb_term *out) {
    size_t size = strlen(text) + 1;
    if (!mb_object_new(rt, out, &text_class, size))
        return false;
    memcpy(mb_payload(out), text, size);
    return true;
}

void moon_struct_register(lua_State *L, const char *name) {
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__struct");
    lua_rawgeti(L, LUA_REGISTRYINDEX, moon_of(L)->structs);
    lua_insert(L, -2);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

void moon_struct_push(lua_State *L, const char *name) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, moon_of(L)->structs);
    lua_getfield(L, -1, name);
    lua_remove(L, -2);
}
