#include "lua/shadowed.h"

#include <ctype.h>

/* More than Lua's compiler nests (LUAI_MAXCCALLS); text that is deeper is read no further. */
#define MAX_DEPTH 256

/* A punctuation character is its own kind. Keywords come last. */
enum {
    TEXT_END = 256,
    NAME,
    LITERAL,
    OPERATOR, /* of more than one character */
    LABEL,    /* "::" */
    OTHER_KEYWORD,
    DO,
    ELSE,
    ELSEIF,
    END,
    FOR,
    FUNCTION,
    LOCAL,
    REPEAT,
    THEN,
    UNTIL,
};

typedef struct token {
    int kind;
    const char *start;
    size_t size;
} token;

typedef struct word {
    const char *text;
    int kind;
} word;

typedef enum scope_kind {
    BLOCK,
    HEADER,    /* of a for, up to its "do" */
    VALUES,    /* of a local declaration, which is in force behind them */
    CONDITION, /* behind "until", where the block's variables are still seen */
    TABLE,
    GROUP, /* in parentheses or brackets */
} scope_kind;

typedef struct scope {
    scope_kind kind;
    int position; /* VALUES: how many commas are still to come before the value of "_" */
    size_t line;  /* where the "_" that is seen here was declared; 0: it is the pattern */
    size_t later; /* HEADER, VALUES: the line that follows it */
} scope;

typedef struct scanner {
    lua_State *L;
    const char *at, *end;
    token last, now, next;
    const char *counted; /* as far as `line` tells */
    size_t line;
    size_t warned; /* the last line that was warned of */
    bool stopped;
    int depth;
    scope scopes[MAX_DEPTH];
} scanner;

/* ---------------------------------------------------------------------------------------- tokens
 */

static bool is_word(char c) {
    return isalnum((unsigned char)c) || c == '_';
}

static bool is(const token *t, const char *text) {
    return strlen(text) == t->size && memcmp(t->start, text, t->size) == 0;
}

static char peek(const scanner *s, size_t distance) {
    return distance < (size_t)(s->end - s->at) ? s->at[distance] : '\0';
}

/* Moves behind the long bracket that opens here, if one does. */
static bool skip_long_bracket(scanner *s) {
    size_t level = 1;
    while (peek(s, level) == '=')
        level++;
    if (peek(s, 0) != '[' || peek(s, level) != '[')
        return false;
    while ((s->at = memchr(s->at, ']', (size_t)(s->end - s->at)))) {
        size_t size = 1;
        while (peek(s, size) == '=')
            size++;
        s->at += size;
        if (size == level && peek(s, 0) == ']') {
            s->at++;
            return true;
        }
    }
    s->at = s->end;
    return true;
}

static void skip_comment(scanner *s) {
    s->at += 2;
    if (skip_long_bracket(s))
        return;
    while (s->at < s->end && *s->at != '\n' && *s->at != '\r')
        s->at++;
}

static void skip_blanks(scanner *s) {
    while (s->at < s->end) {
        if (isspace((unsigned char)*s->at))
            s->at++;
        else if (peek(s, 0) == '-' && peek(s, 1) == '-')
            skip_comment(s);
        else
            return;
    }
}

static void skip_string(scanner *s) {
    char quote = *s->at++;
    while (s->at < s->end && *s->at != quote)
        s->at += *s->at == '\\' && s->at + 1 < s->end ? 2 : 1;
    if (s->at < s->end)
        s->at++;
}

static void skip_number(scanner *s) {
    bool hexadecimal = peek(s, 0) == '0' && tolower((unsigned char)peek(s, 1)) == 'x';
    char exponent = hexadecimal ? 'p' : 'e';
    while (is_word(peek(s, 0)) || peek(s, 0) == '.') {
        bool is_exponent = tolower((unsigned char)*s->at++) == exponent;
        if (is_exponent && (peek(s, 0) == '+' || peek(s, 0) == '-'))
            s->at++;
    }
}

/* The kind of the word or sign that t is. */
static int look_up(const token *t, const word *words, size_t count, int otherwise) {
    for (size_t i = 0; i < count; i++)
        if (is(t, words[i].text))
            return words[i].kind;
    return otherwise;
}

static int skip_name(scanner *s) {
    static const word keywords[] = {
        {"and", OPERATOR},        {"break", OTHER_KEYWORD}, {"do", DO},
        {"else", ELSE},           {"elseif", ELSEIF},       {"end", END},
        {"false", LITERAL},       {"for", FOR},             {"function", FUNCTION},
        {"goto", OTHER_KEYWORD},  {"if", OTHER_KEYWORD},    {"in", OTHER_KEYWORD},
        {"local", LOCAL},         {"nil", LITERAL},         {"not", OPERATOR},
        {"or", OPERATOR},         {"repeat", REPEAT},       {"return", OTHER_KEYWORD},
        {"then", THEN},           {"true", LITERAL},        {"until", UNTIL},
        {"while", OTHER_KEYWORD},
    };
    token t = {NAME, s->at, 0};
    while (is_word(peek(s, 0)))
        s->at++;
    t.size = (size_t)(s->at - t.start);
    return look_up(&t, keywords, sizeof keywords / sizeof *keywords, NAME);
}

static int skip_punctuation(scanner *s) {
    static const word signs[] = {
        {"::", LABEL},    {"..", OPERATOR}, {"==", OPERATOR}, {"~=", OPERATOR}, {"<=", OPERATOR},
        {">=", OPERATOR}, {"//", OPERATOR}, {"<<", OPERATOR}, {">>", OPERATOR},
    };
    token pair = {OPERATOR, s->at, peek(s, 1) ? 2 : 1};
    int kind = look_up(&pair, signs, sizeof signs / sizeof *signs, (unsigned char)*s->at);
    s->at += kind < TEXT_END ? 1 : 2;
    if (is(&pair, "..") && peek(s, 0) == '.') {
        s->at++;
        return LITERAL;
    }
    return kind;
}

static int skip_token(scanner *s) {
    char c = peek(s, 0);
    if (s->at == s->end)
        return TEXT_END;
    if (isdigit((unsigned char)c) || (c == '.' && isdigit((unsigned char)peek(s, 1))))
        skip_number(s);
    else if (is_word(c))
        return skip_name(s);
    else if (c == '"' || c == '\'')
        skip_string(s);
    else if (!skip_long_bracket(s))
        return skip_punctuation(s);
    return LITERAL;
}

static void advance(scanner *s) {
    s->last = s->now;
    s->now = s->next;
    skip_blanks(s);
    s->next.start = s->at;
    s->next.kind = skip_token(s);
    s->next.size = (size_t)(s->at - s->next.start);
}

/* Of the present token. Lines are counted as Lua does: "\r\n" ends one. */
static size_t line_of(scanner *s) {
    for (; s->counted < s->now.start; s->counted++) {
        char c = s->counted[0], other = s->counted[1];
        if (c == '\n' || c == '\r') {
            s->line++;
            s->counted += (other == '\n' || other == '\r') && other != c;
        }
    }
    return s->line;
}

/* ---------------------------------------------------------------------------------------- scopes
 */

static scope *top(scanner *s) {
    return &s->scopes[s->depth];
}

static scope *push(scanner *s, scope_kind kind) {
    if (s->depth == MAX_DEPTH - 1) {
        s->stopped = true;
        return top(s);
    }
    size_t line = top(s)->line;
    s->depth++;
    *top(s) = (scope){kind, -1, line, line};
    return top(s);
}

static void pop(scanner *s) {
    if (s->depth == 0)
        s->stopped = true;
    else
        s->depth--;
}

/* Reads "a, b <const>, _", if it comes next. Returns the position of "_", -1 when it is not there,
 * and the line it is in. */
static int read_names(scanner *s, size_t *line) {
    int found = -1;
    for (int i = 0; s->next.kind == NAME; i++) {
        advance(s);
        if (is(&s->now, "_")) {
            found = i;
            *line = line_of(s);
        }
        for (int attribute = s->next.kind == '<' ? 3 : 0; attribute > 0; attribute--)
            advance(s);
        if (s->next.kind != ',')
            break;
        advance(s);
    }
    return found;
}

static void open_function(scanner *s) {
    while (s->now.kind != '(' && s->now.kind != TEXT_END)
        advance(s);
    read_names(s, &push(s, BLOCK)->line);
    while (s->now.kind != ')' && s->now.kind != TEXT_END)
        advance(s);
}

static void open_local(scanner *s) {
    size_t line = top(s)->line;
    if (s->next.kind == FUNCTION) {
        advance(s);
        read_names(s, &top(s)->line);
        open_function(s);
        return;
    }
    int position = read_names(s, &line);
    if (s->next.kind != '=') {
        top(s)->line = line;
        return;
    }
    scope *values = push(s, VALUES);
    values->later = line;
    values->position = position;
}

static void open_do(scanner *s) {
    if (top(s)->kind != HEADER) {
        push(s, BLOCK);
        return;
    }
    top(s)->kind = BLOCK;
    top(s)->line = top(s)->later;
}

/* Whether a token behind a complete expression belongs to it no more. */
static bool ends_expression(int kind) {
    return kind == NAME || kind == ';' || kind == LABEL || kind == TEXT_END ||
           kind >= OTHER_KEYWORD;
}

static bool completes_expression(int kind) {
    return kind == NAME || kind == LITERAL || kind == END || kind == '}' || kind == ')' ||
           kind == ']';
}

/* The values of a local, and the condition of an until, end where a token cannot go on. */
static void close_expression(scanner *s) {
    scope closed = *top(s);
    if ((closed.kind != VALUES && closed.kind != CONDITION) ||
        !completes_expression(s->last.kind) || !ends_expression(s->now.kind))
        return;
    pop(s);
    if (closed.kind == VALUES)
        top(s)->line = closed.later;
}

/* ------------------------------------------------------------------------------------------ scan
 */

/* "local _ = any" and "local _ = _" name the pattern. */
static void note_value(scanner *s) {
    scope *values = top(s);
    if (values->kind != VALUES || values->position != 0 ||
        (s->last.kind != '=' && s->last.kind != ',') ||
        (s->next.kind != ',' && !ends_expression(s->next.kind)))
        return;
    if (is(&s->now, "_"))
        values->later = values->line;
    else if (is(&s->now, "any"))
        values->later = 0;
}

static bool is_one_of(int kind, const char *signs) {
    return kind < TEXT_END && strchr(signs, kind);
}

static void warn(scanner *s) {
    lua_Debug chunk;
    mb_process *self = moon_self_or_null(s->L);
    size_t line = line_of(s);
    if (line == s->warned)
        return;
    s->warned = line;
    lua_pushvalue(s->L, -1);
    lua_getinfo(s->L, ">S", &chunk);
    mb_log_format(moon_rt(s->L), MB_WARNING, self ? mb_self(self) : 0,
                  "the \"_\" in this table is the local variable of line %zu, not the pattern that "
                  "matches anything; write \"any\" for that\n  %s:%zu",
                  top(s)->line, chunk.short_src, line);
}

static void read_name(scanner *s) {
    note_value(s);
    if (top(s)->kind == TABLE && top(s)->line > 0 && is(&s->now, "_") &&
        is_one_of(s->last.kind, "{,;=") && is_one_of(s->next.kind, ",;}"))
        warn(s);
}

static void open_scope(scanner *s) {
    switch (s->now.kind) {
    case '{':
        push(s, TABLE);
        return;
    case '(':
    case '[':
        push(s, GROUP);
        return;
    case REPEAT:
    case THEN:
        push(s, BLOCK);
        return;
    case FUNCTION:
        open_function(s);
        return;
    case LOCAL:
        open_local(s);
        return;
    case FOR:
        read_names(s, &push(s, HEADER)->later);
        return;
    case DO:
        open_do(s);
        return;
    default:
        return;
    }
}

static void read_token(scanner *s) {
    switch (s->now.kind) {
    case NAME:
        read_name(s);
        return;
    case ',':
        if (top(s)->position >= 0)
            top(s)->position--;
        return;
    case '}':
    case ')':
    case ']':
    case ELSEIF:
    case END:
        pop(s);
        return;
    case ELSE:
        pop(s);
        push(s, BLOCK);
        return;
    case UNTIL:
        top(s)->kind = CONDITION;
        return;
    default:
        open_scope(s);
    }
}

static void scan(lua_State *L, const char *text, size_t size) {
    scanner s;
    s.L = L;
    s.at = s.counted = text;
    s.end = text + size;
    s.now = s.next = (token){';', text, 0};
    s.line = 1;
    s.warned = 0;
    s.stopped = false;
    s.depth = 0;
    s.scopes[0] = (scope){.kind = BLOCK};
    for (advance(&s), advance(&s); s.now.kind != TEXT_END && !s.stopped; advance(&s)) {
        close_expression(&s);
        read_token(&s);
    }
}

static bool mentions_it(const char *text, size_t size) {
    const char *end = text + size;
    for (const char *at = text; (at = memchr(at, '_', (size_t)(end - at))); at++)
        if ((at == text || !is_word(at[-1])) && (at + 1 == end || !is_word(at[1])))
            return true;
    return false;
}

void moon_warn_shadowed(lua_State *L, const char *text, size_t size) {
    if (mb_logs(moon_rt(L), MB_WARNING) && mentions_it(text, size))
        scan(L, text, size);
}
