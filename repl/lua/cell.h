/* Small steps between Lua values and terms that the behaviours share. */
#ifndef MOON_CELL_H
#define MOON_CELL_H

#include "lua/context.h"
#include "lua/value.h"

/* The value at index as an owned tuple, if it is a plain array of at most MOON_SMALL_TUPLE values
 * that each fit into one cell: what most messages look like. False: it is something else, or there
 * is no memory. Raises no error. */
#define MOON_SMALL_TUPLE 6
bool moon_to_small_tuple(lua_State *L, int index, mb_term *out);

/* A light userdata as a cell; false when it is none of ours. */
bool moon_light_cell(uint64_t id, mb_term *out);

/* Whether the value at index fits into one cell (a scalar or a short string), and the cell then:
 * it owns nothing. Raises no error. */
bool moon_to_cell(lua_State *L, int index, mb_term *out);

/* Pushes a term, those that take one cell without detours. Needs one free place on the stack, two
 * for tables and the like. May raise a memory error. */
static inline void moon_push_value(lua_State *L, mb_term term) {
    if (term.type == MB_INTEGER)
        lua_pushinteger(L, term.integer);
    else if (term.type == MB_STRING && term.length < MB_KEPT)
        lua_pushlstring(L, term.text, term.length);
    else
        moon_push_term(L, term);
}

/* A string on the stack, to be compared; no text when the value is something else. */
typedef struct moon_text {
    const char *bytes;
    size_t size;
} moon_text;

static inline moon_text moon_text_at(lua_State *L, int index) {
    moon_text text = {NULL, 0};
    if (lua_type(L, index) == LUA_TSTRING)
        text.bytes = lua_tolstring(L, index, &text.size);
    return text;
}
static inline bool moon_text_equals(moon_text text, const char *bytes, size_t size) {
    return text.size == size && text.bytes && memcmp(text.bytes, bytes, size) == 0;
}
#define moon_text_is(text, literal) moon_text_equals(text, literal, sizeof(literal) - 1)
/* Whether the value at index is that string. */
#define moon_is_string(L, index, literal) moon_text_is(moon_text_at(L, index), literal)

/* Pushes a name as logs show it: a string bare, anything else as inspect prints it. */
void moon_push_name(lua_State *L, mb_term name);

#endif
