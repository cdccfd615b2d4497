#include "player/section.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

typedef struct line {
    const char *bytes;
    size_t size; /* without the newline */
    int number;
} line;

/* The fence that is open, if character is not 0. */
typedef struct fence {
    char character;
    size_t length;
    int line;
} fence;

typedef struct cutter {
    moon_lesson *lesson;
    moon_section *sections;
    size_t count;
    fence open;
} cutter;

static size_t line_end(const char *text, size_t size, size_t from) {
    const char *newline = memchr(text + from, '\n', size - from);
    return newline != NULL ? (size_t)(newline - text) : size;
}

static bool blank(const char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        if (!isspace((unsigned char)bytes[i])) {
            return false;
        }
    }
    return true;
}

/* A run of at least three ` or ~ after up to three spaces; *rest is where the info begins. */
static bool fence_of(line l, fence *out, size_t *rest) {
    size_t i = 0;
    while (i < l.size && i < 3 && l.bytes[i] == ' ') {
        i++;
    }
    if (i == l.size || (l.bytes[i] != '`' && l.bytes[i] != '~')) {
        return false;
    }
    char character = l.bytes[i];
    size_t from = i;
    while (i < l.size && l.bytes[i] == character) {
        i++;
    }
    if (i - from < 3 || (character == '`' && memchr(l.bytes + i, '`', l.size - i) != NULL)) {
        return false;
    }
    *out = (fence){character, i - from, l.number};
    *rest = i;
    return true;
}

/* The start of " {#id}" at the end of a heading, or NULL. */
static const char *heading_id(line l, size_t *id_size) {
    size_t end = l.size;
    while (end > 0 && isspace((unsigned char)l.bytes[end - 1])) {
        end--;
    }
    if (end < 4 || l.bytes[end - 1] != '}') {
        return NULL;
    }
    size_t from = end - 1;
    while (from > 0 && l.bytes[from] != '{') {
        from--;
    }
    if (l.bytes[from] != '{' || l.bytes[from + 1] != '#' || end - 1 - (from + 2) == 0) {
        return NULL;
    }
    *id_size = end - 1 - (from + 2);
    return l.bytes + from + 2;
}

static bool is_step_heading(line l) {
    return l.size > 3 && memcmp(l.bytes, "## ", 3) == 0;
}

static moon_section *last(cutter *c) {
    return &c->sections[c->count - 1];
}

static void add_line(cutter *c, const char *bytes, size_t size, int number) {
    moon_section *s = last(c);
    s->lines = moon_grow(s->lines, (s->line_count + 1) * sizeof *s->lines);
    s->lines[s->line_count++] = number;
    moon_text_add(&s->text, bytes, size);
    moon_text_add(&s->text, "\n", 1);
}

static void begin_section(cutter *c, int number) {
    c->sections = moon_grow(c->sections, (c->count + 1) * sizeof *c->sections);
    c->sections[c->count++] = (moon_section){.line = number};
}

static char *trimmed(const char *bytes, size_t size) {
    while (size > 0 && isspace((unsigned char)*bytes)) {
        bytes++, size--;
    }
    while (size > 0 && isspace((unsigned char)bytes[size - 1])) {
        size--;
    }
    return moon_copy(bytes, size);
}

static void begin_step(cutter *c, line l) {
    begin_section(c, l.number);
    moon_section *s = last(c);
    size_t id_size = 0;
    const char *id = heading_id(l, &id_size);
    size_t title_end = id != NULL ? (size_t)(id - 2 - l.bytes) : l.size;
    s->title = trimmed(l.bytes + 3, title_end - 3);
    s->id = id != NULL ? moon_copy(id, id_size) : NULL;
    if (s->title[0] == '\0') {
        moon_lesson_problem(c->lesson, l.number,
                            "this step has no title; expected `## Title {#id}`");
    }
}

/* Closes the open fence in front of line `before`, where its author forgot to. */
static void mend(cutter *c, int before) {
    char bar[] = {c->open.character, c->open.character, c->open.character, '\0'};
    moon_text closing = {0};
    moon_text_repeat(&closing, (char[]){c->open.character, '\0'}, c->open.length);
    moon_lesson_problem(
        c->lesson, c->open.line,
        "this fence is never closed; expected %s on a line of its own before line %d", bar, before);
    add_line(c, closing.bytes, closing.size, before - 1);
    moon_text_free(&closing);
    c->open.character = 0;
}

static void cut_line(cutter *c, line l) {
    fence found = {0};
    size_t rest = 0;
    bool is_fence = fence_of(l, &found, &rest);
    bool is_open = c->open.character != 0;
    bool fits = is_fence && found.character == c->open.character && found.length >= c->open.length;
    if (is_open && fits && blank(l.bytes + rest, l.size - rest)) {
        c->open.character = 0;
    } else if (is_open) {
        size_t id_size;
        if (!fits && !(is_step_heading(l) && heading_id(l, &id_size) != NULL)) {
            add_line(c, l.bytes, l.size, l.number);
            return;
        }
        mend(c, l.number);
        cut_line(c, l);
        return;
    } else if (is_fence) {
        c->open = found;
    } else if (is_step_heading(l)) {
        begin_step(c, l);
        return;
    }
    add_line(c, l.bytes, l.size, l.number);
}

moon_section *moon_sections(moon_lesson *lesson, const char *text, size_t size, int number,
                            size_t *count) {
    cutter c = {.lesson = lesson};
    begin_section(&c, number);
    for (size_t from = 0; from < size; number++) {
        size_t end = line_end(text, size, from);
        cut_line(&c, (line){text + from, end - from, number});
        from = end + 1;
    }
    if (c.open.character != 0) {
        mend(&c, number);
    }
    *count = c.count;
    return c.sections;
}

void moon_sections_free(moon_section *sections, size_t count) {
    for (size_t i = 0; i < count; i++) {
        free(sections[i].title);
        free(sections[i].id);
        free(sections[i].lines);
        moon_text_free(&sections[i].text);
    }
    free(sections);
}

/* --- front matter --- */

static bool number_of(const char *value, uint64_t *out) {
    char *end;
    *out = strtoull(value, &end, 10);
    return isdigit((unsigned char)*value) && *end == '\0';
}

static void read_needs(moon_lesson *lesson, const char *value, int number) {
    size_t size = strlen(value);
    if (size < 2 || value[0] != '[' || value[size - 1] != ']') {
        moon_lesson_problem(lesson, number, "expected `needs: [id, id]`, not `%s`", value);
        return;
    }
    lesson->needs_line = number;
    for (size_t from = 1; from < size - 1;) {
        size_t end = from + strcspn(value + from, ",]");
        char *need = trimmed(value + from, end - from);
        if (*need != '\0') {
            lesson->needs = moon_grow(lesson->needs, (lesson->need_count + 1) * sizeof(char *));
            lesson->needs[lesson->need_count++] = need;
        } else {
            free(need);
        }
        from = end + 1;
    }
}

static void read_text(char **field, const char *value) {
    size_t size = strlen(value);
    bool quoted = size > 1 && value[0] == '"' && value[size - 1] == '"';
    free(*field);
    *field = quoted ? moon_copy(value + 1, size - 2) : moon_copy(value, size);
}

static void read_pair(moon_lesson *lesson, const char *key, const char *value, int number) {
    uint64_t n = 0;
    if (strcmp(key, "id") == 0) {
        read_text(&lesson->id, value);
    } else if (strcmp(key, "title") == 0) {
        read_text(&lesson->title, value);
    } else if (strcmp(key, "needs") == 0) {
        read_needs(lesson, value, number);
    } else if (strcmp(key, "minutes") == 0) {
        if (!number_of(value, &n) || n == 0 || n > 600) {
            moon_lesson_problem(lesson, number, "expected a number of minutes, not `%s`", value);
        } else {
            lesson->minutes = (int)n;
        }
    } else if (strcmp(key, "seed") == 0) {
        if (!number_of(value, &lesson->seed)) {
            moon_lesson_problem(lesson, number, "expected a whole number as seed, not `%s`", value);
        }
    } else if (strcmp(key, "clock") == 0) {
        lesson->virtual_clock = strcmp(value, "real") != 0;
        if (strcmp(value, "real") != 0 && strcmp(value, "virtual") != 0) {
            moon_lesson_problem(lesson, number,
                                "expected `clock: virtual` or `clock: real`, not `%s`", value);
        }
    } else {
        moon_lesson_problem(lesson, number,
                            "expected one of id, title, minutes, needs, clock, seed, not `%s`",
                            key);
    }
}

static void read_front_line(moon_lesson *lesson, line l) {
    if (blank(l.bytes, l.size) || l.bytes[0] == '#') {
        return;
    }
    const char *colon = memchr(l.bytes, ':', l.size);
    if (colon == NULL) {
        moon_lesson_problem(lesson, l.number, "expected `key: value` or `---`");
        return;
    }
    char *key = trimmed(l.bytes, (size_t)(colon - l.bytes));
    char *value = trimmed(colon + 1, l.size - (size_t)(colon + 1 - l.bytes));
    read_pair(lesson, key, value, l.number);
    free(key);
    free(value);
}

static bool is_rule(line l) {
    return l.size >= 3 && memcmp(l.bytes, "---", 3) == 0 && blank(l.bytes + 3, l.size - 3);
}

size_t moon_front_matter(moon_lesson *lesson, const char *text, size_t size, int *number) {
    *number = 1;
    size_t end = line_end(text, size, 0);
    if (!is_rule((line){text, end, 1})) {
        moon_lesson_problem(lesson, 1, "expected front matter: `---`, `id: …`, `title: …`, `---`");
        return 0;
    }
    for (size_t from = end + 1; from < size; from = end + 1) {
        end = line_end(text, size, from);
        line l = {text + from, end - from, ++*number};
        if (is_rule(l)) {
            ++*number;
            return end < size ? end + 1 : size;
        }
        if (is_step_heading(l)) {
            moon_lesson_problem(lesson, 1,
                                "this front matter is never closed; expected `---` before "
                                "line %d",
                                *number);
            return from;
        }
        read_front_line(lesson, l);
    }
    moon_lesson_problem(lesson, 1, "this front matter is never closed; expected `---`");
    return size;
}
