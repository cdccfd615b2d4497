#include "lua/compile.h"

#include <ctype.h>
#include <stdlib.h>

#include "lua/state.h"

typedef struct source {
    const char *pieces[2];
    size_t sizes[2];
    int next;
} source;

static const char *read_source(lua_State *L, void *context, size_t *size) {
    source *s = context;
    while (s->next < 2 && s->sizes[s->next] == 0)
        s->next++;
    if (s->next == 2)
        return NULL;
    *size = s->sizes[s->next];
    return s->pieces[s->next++];
}

int moon_compile(lua_State *L, const char *prefix, const char *code, size_t size,
                 const char *chunk_name) {
    source s = {{prefix, code}, {strlen(prefix), size}, 0};
    return lua_load(L, read_source, &s, chunk_name, "t");
}

static bool ends_with(const char *words, const char *end) {
    size_t n = strlen(words), m = strlen(end);
    return n >= m && strcmp(words + n - m, end) == 0;
}

/* The line that the message "chunk:7: …" speaks of, and where its words begin; 0 when it has none.
 */
static size_t line_of_message(const char *message, const char **words) {
    for (const char *at = strchr(message, ':'); at; at = strchr(at + 1, ':')) {
        char *end;
        if (!isdigit((unsigned char)at[1]))
            continue;
        size_t line = strtoul(at + 1, &end, 10);
        if (end[0] == ':' && end[1] == ' ') {
            *words = end + 2;
            return line;
        }
    }
    return 0;
}

static const char *find_line(const char *code, size_t size, size_t number, size_t *length) {
    const char *line = code, *end = code + size;
    for (; number > 1; number--) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        if (!newline)
            break;
        line = newline + 1;
    }
    const char *newline = memchr(line, '\n', (size_t)(end - line));
    *length = (size_t)((newline ? newline : end) - line);
    return line;
}

/* The token that the parser stumbled over, of "… near 'token'". */
static const char *token_of_message(const char *words, size_t *size) {
    const char *near = NULL;
    for (const char *at = strstr(words, " near '"); at; at = strstr(at + 1, " near '"))
        near = at + 7;
    if (!near || !ends_with(near, "'"))
        return NULL;
    *size = strlen(near) - 1;
    return near;
}

/* Whether the parser stumbles before the end of this much of the code. */
static bool fails_early(lua_State *L, const char *prefix, const char *code, size_t size) {
    bool early = moon_compile(L, prefix, code, size, "=probe") != LUA_OK &&
                 !ends_with(lua_tostring(L, -1), "<eof>");
    lua_pop(L, 1);
    return early;
}

/* Where the words go. */
typedef struct explanation {
    mb_write write;
    void *context;
} explanation;

/* What stops the parser, read off its message. */
typedef struct mistake {
    const char *message, *words; /* all of it; and without the place */
    const char *start;           /* of the line in which it is */
    size_t line;                 /* counted from 1; 0 when the message names none */
    size_t length, column;       /* counted from 0 */
} mistake;

/* The column of the token, counted from 0: the first place where it stands and stops the parser. */
static size_t find_column(lua_State *L, const char *prefix, const char *code, const mistake *m) {
    size_t size;
    const char *token = token_of_message(m->words, &size);
    if (!token || size == 0)
        return m->length;
    for (size_t i = 0; i + size <= m->length; i++)
        if (memcmp(m->start + i, token, size) == 0 &&
            fails_early(L, prefix, code, (size_t)(m->start + i + size - code)))
            return i;
    return m->length;
}

/* The message is at index. */
static mistake find_mistake(lua_State *L, int index, const char *prefix, const char *code,
                            size_t size) {
    mistake m = {.message = lua_tostring(L, index)};
    m.line = line_of_message(m.message, &m.words);
    if (m.line > 0) {
        m.start = find_line(code, size, m.line, &m.length);
        m.column = find_column(L, prefix, code, &m);
    }
    return m;
}

static void write_words(const explanation *out, const char *words) {
    out->write(out->context, words, strlen(words));
}

/* In Elixir's manner: the message, the line and a caret. */
static void explain(const explanation *out, const mistake *m) {
    char number[32], place[64];
    write_words(out, "** (SyntaxError) ");
    if (m->line == 0) {
        write_words(out, m->message);
        return;
    }
    out->write(out->context, m->message, (size_t)(m->words - 2 - m->message));
    snprintf(place, sizeof place, ":%zu: ", m->column + 1);
    write_words(out, place);
    write_words(out, m->words);
    int width = snprintf(number, sizeof number, "%zu", m->line);
    snprintf(place, sizeof place, "\n  %*s |\n  %s | ", width, "", number);
    write_words(out, place);
    out->write(out->context, m->start, m->length);
    snprintf(place, sizeof place, "\n  %*s | ", width, "");
    write_words(out, place);
    for (size_t i = 0; i < m->column; i++)
        write_words(out, m->start[i] == '\t' ? "\t" : " ");
    write_words(out, "^");
}

moon_compiled moon_refuse(lua_State *L, const char *code, size_t size, mb_write write,
                          void *context) {
    mistake m = find_mistake(L, -1, "", code, size);
    explain(&(explanation){write, context}, &m);
    lua_pop(L, 1);
    return MOON_SYNTAX_ERROR;
}

/* Whether more lines could mend what the message complains of. A quoted string ends with its line,
 * unless a backslash stands there. */
static bool is_open(const char *message, const char *code, size_t size) {
    if (strstr(message, "unfinished string near <eof>"))
        return size > 0 && code[size - 1] == '\\';
    return ends_with(message, "<eof>");
}

/* Of two mistakes the later one is told: so far the parser knew what was meant. */
moon_compiled moon_refuse_both(lua_State *L, const char *code, size_t size, mb_write write,
                               void *context) {
    moon_compiled result = MOON_INCOMPLETE;
    if (!is_open(lua_tostring(L, -2), code, size) && !is_open(lua_tostring(L, -1), code, size)) {
        mistake a = find_mistake(L, -2, "return ", code, size);
        mistake b = find_mistake(L, -1, "", code, size);
        bool first = a.line > b.line || (a.line == b.line && a.column > b.column);
        explain(&(explanation){write, context}, first ? &a : &b);
        result = MOON_SYNTAX_ERROR;
    }
    lua_pop(L, 2);
    return result;
}
