#include "view/highlight.h"

#include <ctype.h>
#include <string.h>

#define PLAIN   ""
#define KEYWORD "\033[35m"
#define STRING  "\033[32m"
#define NUMBER  "\033[33m"
#define COMMENT "\033[2m"
#define MODULE  "\033[36m"
#define OFF     "\033[0m"

typedef struct language {
    const char *name;
    const char *comment;         /* up to the end of the line */
    const char *const *keywords; /* ends with NULL */
    bool atoms;                  /* :ok */
} language;

static const char *const lua_keywords[] = {
    "and",      "break",  "do",   "else", "elseif", "end",   "false", "for",
    "function", "goto",   "if",   "in",   "local",  "nil",   "not",   "or",
    "repeat",   "return", "then", "true", "until",  "while", NULL};
static const char *const elixir_keywords[] = {
    "after", "case", "cond", "def",     "defmodule", "defp", "do",  "else", "end",  "false", "fn",
    "for",   "if",   "nil",  "receive", "require",   "true", "use", "when", "with", NULL};

static const language languages[] = {
    {"lua", "--", lua_keywords, false},
    {"elixir", "#", elixir_keywords, true},
};

static bool is_word(char c) {
    return isalnum((unsigned char)c) || c == '_';
}

static size_t word_size(const char *code, size_t size) {
    size_t i = 0;
    while (i < size && is_word(code[i])) {
        i++;
    }
    return i;
}

static size_t quoted_size(const char *code, size_t size) {
    size_t i = 1;
    while (i < size && code[i] != code[0] && code[i] != '\n') {
        i += code[i] == '\\' && i + 1 < size ? 2 : 1;
    }
    return i < size && code[i] == code[0] ? i + 1 : i;
}

/* The size of [[…]] or [=[…]=] at code, or 0. */
static size_t long_bracket_size(const char *code, size_t size) {
    size_t level = 0;
    while (1 + level < size && code[1 + level] == '=') {
        level++;
    }
    if (size < 2 + level || code[0] != '[' || code[1 + level] != '[') {
        return 0;
    }
    for (size_t i = 2 + level; i + level + 1 < size; i++) {
        size_t n = 0;
        while (code[i] == ']' && n < level && code[i + 1 + n] == '=') {
            n++;
        }
        if (code[i] == ']' && n == level && code[i + 1 + n] == ']') {
            return i + level + 2;
        }
    }
    return size;
}

static size_t comment_size(const language *l, const char *code, size_t size) {
    size_t mark = strlen(l->comment);
    if (size < mark || memcmp(code, l->comment, mark) != 0) {
        return 0;
    }
    size_t block = size > mark && !l->atoms ? long_bracket_size(code + mark, size - mark) : 0;
    if (block > 0) {
        return mark + block;
    }
    const char *end = memchr(code, '\n', size);
    return end != NULL ? (size_t)(end - code) : size;
}

static const char *word_colour(const language *l, const char *word, size_t size) {
    for (size_t i = 0; l->keywords[i] != NULL; i++) {
        if (strlen(l->keywords[i]) == size && memcmp(l->keywords[i], word, size) == 0) {
            return KEYWORD;
        }
    }
    if (isdigit((unsigned char)word[0])) {
        return NUMBER;
    }
    return isupper((unsigned char)word[0]) ? MODULE : PLAIN;
}

/* The size of the token at code and its colour. */
static size_t token(const language *l, const char *code, size_t size, const char **colour) {
    size_t n = comment_size(l, code, size);
    if (n > 0) {
        *colour = COMMENT;
        return n;
    }
    *colour = STRING;
    if (code[0] == '"' || code[0] == '\'') {
        return quoted_size(code, size);
    }
    if (!l->atoms && code[0] == '[' && (n = long_bracket_size(code, size)) > 0) {
        return n;
    }
    if (l->atoms && code[0] == ':' && size > 1 && is_word(code[1])) {
        return 1 + word_size(code + 1, size - 1);
    }
    n = word_size(code, size);
    *colour = n > 0 ? word_colour(l, code, n) : PLAIN;
    return n > 0 ? n : 1;
}

static void add_token(moon_text *out, const char *colour, const char *bytes, size_t size) {
    while (size > 0) {
        const char *newline = memchr(bytes, '\n', size);
        size_t n = newline != NULL ? (size_t)(newline - bytes) : size;
        if (*colour != '\0' && n > 0) {
            moon_text_puts(out, colour);
        }
        moon_text_add(out, bytes, n);
        if (*colour != '\0' && n > 0) {
            moon_text_puts(out, OFF);
        }
        if (newline != NULL) {
            moon_text_add(out, "\n", 1), n++;
        }
        bytes += n, size -= n;
    }
}

void moon_highlight(moon_text *out, const char *name, const char *code, size_t size) {
    const language *l = NULL;
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        if (strcmp(languages[i].name, name) == 0) {
            l = &languages[i];
        }
    }
    if (l == NULL) {
        moon_text_add(out, code, size);
        return;
    }
    for (size_t i = 0; i < size;) {
        const char *colour = PLAIN;
        size_t n = token(l, code + i, size - i, &colour);
        add_token(out, colour, code + i, n);
        i += n;
    }
}
