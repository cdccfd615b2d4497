/* Copying tables into terms: by the way that suits their size and shape. */

#include "lua/encoder.h"
#include "lua/table_layout.h"

/* Tables with up to this many entries are laid out on the Lua stack in one walk. */
#define SMALL 12
/* Cycles are looked for from this depth on: shallow values need no bookkeeping. */
#define CYCLE_DEPTH 64
#define MAX_DEPTH   1500
#define CELL        sizeof(mb_term)

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
        if (!moon_encode_value(e, first + 2 * i + 1, cells + (size_t)i * CELL))
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
            if (!moon_encode_value(e, key + 1, cells + (size_t)(position - 1) * CELL))
                return false;
        } else {
            frame->key = key;
            if (!moon_encode_value(e, key, pair) || !moon_encode_value(e, key + 1, pair + CELL))
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
        if (!moon_encode_value(e, lua_gettop(L), cells + (size_t)(position - 1) * CELL))
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
        if (!moon_encode_value(e, lua_gettop(L), cells + i * CELL))
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
            if (!moon_encode_value(e, key, at) || !moon_encode_value(e, key + 1, at + CELL))
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
        if (!moon_encode_value(e, lua_gettop(L), cells + i * CELL))
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
            if (!moon_encode_value(e, key, cell))
                return false;
            lua_pushvalue(L, key);
            lua_rawget(L, index);
            cell += CELL;
        }
        if (!moon_encode_value(e, lua_gettop(L), cell))
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
        return moon_encode_stand_in(e, at, "#Cycle<>");
    if (e->picture && e->max_depth && (size_t)e->depth > e->max_depth) {
        mb_build_table(e->builder, at, tag, 0, 0);
        return true;
    }
    if (e->depth >= CYCLE_DEPTH && is_own_ancestor(e, frame.table))
        return refuse_cycle(e);
    if (e->depth >= MAX_DEPTH)
        return e->picture ? moon_encode_stand_in(e, at, "…")
                          : moon_encode_refuse(e, "tables nested more than %d deep", MAX_DEPTH);
    e->frame = &frame;
    e->depth++;
    bool done = e->picture && e->limit ? encode_excerpt(e, &frame, index, tag, at)
                                       : encode_whole(e, &frame, index, tag, at);
    e->depth--;
    e->frame = frame.up;
    return done;
}

bool moon_encode_table(moon_encoder *e, int index, size_t at) {
    if (!lua_getmetatable(e->L, index))
        return encode_contents(e, index, mb_nil(), at);
    bool whole = false, done = true;
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
