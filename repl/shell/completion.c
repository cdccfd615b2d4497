#include "shell/completion.h"

#include <ctype.h>
#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lua/universe.h"

static const char *const keywords[] = {
    "and",      "break",  "do",   "else", "elseif", "end",   "false", "for",
    "function", "goto",   "if",   "in",   "local",  "nil",   "not",   "or",
    "repeat",   "return", "then", "true", "until",  "while",
};

/* How far __index is followed. */
#define MOST_ANCESTORS 8

typedef struct word {
    const char *text; /* what has been typed of it */
    size_t size;
} word;

static bool is_part(char c) {
    return isalnum((unsigned char)c) || c == '_';
}

static void add(moon_completion *out, const char *text, size_t size, moon_candidate_kind kind) {
    if ((out->count & (out->count - 1)) == 0) {
        size_t capacity = out->count == 0 ? 1 : 2 * out->count;
        moon_candidate *grown = realloc(out->candidates, capacity * sizeof *grown);
        if (grown == NULL) {
            return;
        }
        out->candidates = grown;
    }
    char *copy = strndup(text, size);
    if (copy != NULL) {
        out->candidates[out->count++] = (moon_candidate){copy, kind};
    }
}

static bool begins(const char *text, size_t size, word w) {
    return size >= w.size && memcmp(text, w.text, w.size) == 0;
}

/* ---- Where the cursor is */

/* The quote of the string that the cursor stands in, and where it begins; 0 outside of strings. */
static char open_quote(const char *line, size_t cursor, size_t *begin) {
    char quote = 0;
    for (size_t i = 0; i < cursor; i++) {
        if (quote != 0 && line[i] == '\\') {
            i++;
        } else if (quote != 0) {
            quote = line[i] == quote ? 0 : quote;
        } else if (line[i] == '"' || line[i] == '\'') {
            quote = line[i];
            *begin = i + 1;
        } else if (line[i] == '-' && i + 1 < cursor && line[i + 1] == '-') {
            return 0;
        }
    }
    return quote;
}

static size_t word_begin(const char *line, size_t end) {
    while (end > 0 && is_part(line[end - 1])) {
        end--;
    }
    return end;
}

/* Where a.b.c begins that ends at `end`. */
static size_t path_begin(const char *line, size_t end) {
    size_t begin = word_begin(line, end);
    while (begin > 0 && begin < end && line[begin - 1] == '.') {
        size_t before = word_begin(line, begin - 1);
        if (before == begin - 1) {
            break;
        }
        begin = before;
    }
    return begin;
}

/* ---- Fields */

static moon_candidate_kind kind_of(lua_State *L, int index) {
    switch (lua_type(L, index)) {
    case LUA_TFUNCTION: return MOON_CANDIDATE_FUNCTION;
    case LUA_TTABLE: return MOON_CANDIDATE_TABLE;
    default: return MOON_CANDIDATE_VALUE;
    }
}

static bool is_identifier(const char *text, size_t size) {
    if (size == 0 || isdigit((unsigned char)text[0])) {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        if (!is_part(text[i])) {
            return false;
        }
    }
    return true;
}

typedef struct request {
    moon_completion *out;
    word prefix;
    const char *path; /* of the table whose fields are wanted; size 0: the globals */
    size_t path_size;
    bool only_functions; /* behind a colon */
} request;

static void add_field(lua_State *L, const request *r) {
    if (lua_type(L, -2) != LUA_TSTRING) {
        return;
    }
    size_t size;
    const char *name = lua_tolstring(L, -2, &size);
    /* Names with a leading underscore are somebody's own affair. */
    bool hidden = name[0] == '_' && r->prefix.size == 0;
    if (!hidden && is_identifier(name, size) && begins(name, size, r->prefix) &&
        (!r->only_functions || lua_isfunction(L, -1))) {
        add(r->out, name, size, kind_of(L, -1));
    }
}

/* Replaces the value on top by the __index of its metatable, if that is a table. */
static bool to_ancestor(lua_State *L) {
    if (!lua_getmetatable(L, -1)) {
        return false;
    }
    lua_pushliteral(L, "__index");
    lua_rawget(L, -2);
    lua_replace(L, -3);
    lua_pop(L, 1);
    return lua_istable(L, -1);
}

/* Of the table on top and of those that it inherits from. */
static void add_fields(lua_State *L, const request *r) {
    for (int i = 0; i < MOST_ANCESTORS; i++) {
        if (lua_istable(L, -1)) {
            lua_pushnil(L);
            while (lua_next(L, -2) != 0) {
                add_field(L, r);
                lua_pop(L, 1);
            }
        }
        if (!to_ancestor(L)) {
            return;
        }
    }
}

/* Replaces the value on top by its field, found without running any code. */
static void to_field(lua_State *L, const char *name, size_t size) {
    for (int i = 0; i < MOST_ANCESTORS; i++) {
        if (lua_istable(L, -1)) {
            lua_pushlstring(L, name, size);
            if (lua_rawget(L, -2) != LUA_TNIL) {
                lua_replace(L, -2);
                return;
            }
            lua_pop(L, 1);
        }
        if (!to_ancestor(L)) {
            break;
        }
    }
    lua_pop(L, 1);
    lua_pushnil(L);
}

/* Of the globals, also of those that only the globals table's own __pairs tells of. */
static void add_globals(lua_State *L, const request *r) {
    if (luaL_getmetafield(L, -1, "__pairs") == LUA_TNIL) {
        add_fields(L, r);
        return;
    }
    lua_pushvalue(L, -2);
    lua_call(L, 1, 3);
    int iterator = lua_gettop(L) - 2;
    for (;;) {
        lua_pushvalue(L, iterator);
        lua_pushvalue(L, iterator + 1);
        lua_pushvalue(L, iterator + 2);
        lua_call(L, 2, 2);
        if (lua_isnil(L, -2)) {
            return;
        }
        add_field(L, r);
        lua_pop(L, 1);
        lua_replace(L, iterator + 2);
    }
}

/* In protected mode. Stack: the request. */
static int collect_fields(lua_State *L) {
    const request *r = lua_touserdata(L, 1);
    lua_pushglobaltable(L);
    if (r->path_size == 0) {
        add_globals(L, r);
        return 0;
    }
    for (size_t i = 0; i < r->path_size;) {
        size_t size = 0;
        while (i + size < r->path_size && r->path[i + size] != '.') {
            size++;
        }
        if (i == 0) {
            lua_pushlstring(L, r->path, size);
            lua_gettable(L, -2);
        } else {
            to_field(L, r->path + i, size);
        }
        i += size + 1;
    }
    add_fields(L, r);
    return 0;
}

static void complete_fields(moon_universe *u, request *r) {
    lua_State *L = moon_lua(u);
    int top = lua_gettop(L);
    lua_pushcfunction(L, collect_fields);
    lua_pushlightuserdata(L, r);
    lua_pcall(L, 1, 0, 0);
    lua_settop(L, top);
}

/* ---- Words and names */

static void complete_keywords(moon_completion *out, word w) {
    for (size_t i = 0; w.size > 0 && i < sizeof keywords / sizeof *keywords; i++) {
        size_t size = strlen(keywords[i]);
        if (begins(keywords[i], size, w)) {
            add(out, keywords[i], size, MOON_CANDIDATE_KEYWORD);
        }
    }
}

static void add_name(void *context, mb_term name, mb_pid pid) {
    const request *r = context;
    if (name.type == MB_STRING) {
        size_t size;
        const char *bytes = mb_bytes(&name, &size);
        if (begins(bytes, size, r->prefix) && memchr(bytes, r->out->quote, size) == NULL) {
            add(r->out, bytes, size, MOON_CANDIDATE_NAME);
        }
    }
}

static void add_page(void *context, const char *path, const char *help) {
    const request *r = context;
    /* Modules first; their functions once the dot is there. */
    size_t size = strcspn(path, ".");
    bool deeper = memchr(r->prefix.text, '.', r->prefix.size) != NULL;
    size = deeper ? strlen(path) : size;
    if (begins(path, size, r->prefix)) {
        add(r->out, path, size, MOON_CANDIDATE_NAME);
    }
}

/* Whether the string that begins there is what h or help is given. */
static bool asks_for_help(const char *line, size_t quote) {
    while (quote > 0 && (line[quote - 1] == ' ' || line[quote - 1] == '(')) {
        quote--;
    }
    size_t begin = word_begin(line, quote);
    size_t size = quote - begin;
    return (size == 1 && line[begin] == 'h') ||
           (size == 4 && strncmp(line + begin, "help", 4) == 0);
}

/* ---- All together */

static int compare(const void *left, const void *right) {
    const moon_candidate *a = left;
    const moon_candidate *b = right;
    return strcmp(a->text, b->text);
}

static void sort_out(moon_completion *out) {
    if (out->count < 2) {
        return;
    }
    qsort(out->candidates, out->count, sizeof *out->candidates, compare);
    size_t kept = 1;
    for (size_t i = 1; i < out->count; i++) {
        if (strcmp(out->candidates[i].text, out->candidates[kept - 1].text) == 0) {
            free(out->candidates[i].text);
        } else {
            out->candidates[kept++] = out->candidates[i];
        }
    }
    out->count = kept;
}

bool moon_complete(moon_universe *u, const char *line, size_t cursor, moon_completion *out) {
    *out = (moon_completion){0};
    request r = {.out = out};
    out->quote = open_quote(line, cursor, &out->start);
    if (out->quote != 0) {
        r.prefix = (word){line + out->start, cursor - out->start};
        if (asks_for_help(line, out->start - 1)) {
            moon_help_each(u, add_page, &r);
        } else {
            out->closes = true;
            mb_registered(moon_runtime(u), add_name, &r);
        }
    } else {
        out->start = word_begin(line, cursor);
        r.prefix = (word){line + out->start, cursor - out->start};
        char before = (char)(out->start > 0 ? line[out->start - 1] : 0);
        bool joins = before == '.' && out->start > 1 && line[out->start - 2] == '.';
        if ((before == '.' && !joins) || before == ':') {
            size_t end = out->start - 1;
            size_t begin = path_begin(line, end);
            if (begin == end) {
                return false; /* of what, only running it would tell */
            }
            r.path = line + begin;
            r.path_size = end - begin;
            r.only_functions = before == ':';
        } else {
            complete_keywords(out, r.prefix);
        }
        complete_fields(u, &r);
    }
    sort_out(out);
    return out->count > 0;
}

void moon_completion_free(moon_completion *completion) {
    for (size_t i = 0; i < completion->count; i++) {
        free(completion->candidates[i].text);
    }
    free(completion->candidates);
    *completion = (moon_completion){0};
}
