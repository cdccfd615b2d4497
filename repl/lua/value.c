#include "lua/value.h"

#include <stdarg.h>

#include "lua/cell.h"
#include "lua/encoder.h"
#include "lua/long_string.h"

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

bool moon_encode_stand_in(moon_encoder *e, size_t at, const char *text) {
    mb_term term;
    if (!moon_text_term(e->rt, text, &term))
        return moon_encode_no_memory(e);
    mb_build_term(e->builder, at, term);
    mb_release(e->rt, term);
    return true;
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
    return moon_encode_stand_in(e, at, text);
}

/* ------------------------------------------------------------------------------------ values */

bool moon_encode_value(moon_encoder *e, int index, size_t at) {
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
        return moon_encode_table(e, index, at);
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
    bool done = moon_encode_value(e, index, MB_BUILD_ROOT);
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
