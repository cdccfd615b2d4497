#include "player/lesson.h"

#include <cmark.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "player/question.h"
#include "player/section.h"
#include "view/text.h"

/* One section being read into a step. */
typedef struct reader {
    moon_lesson *lesson;
    moon_step *step;
    const moon_section *section;
} reader;

void moon_lesson_problem(moon_lesson *lesson, int line, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char text[512];
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    lesson->problems =
        moon_grow(lesson->problems, (lesson->problem_count + 1) * sizeof *lesson->problems);
    lesson->problems[lesson->problem_count++] = (moon_problem){line, moon_copy(text, strlen(text))};
}

/* --- fences --- */

static int line_of(const reader *r, int local) {
    size_t i = local > 0 ? (size_t)local - 1 : 0;
    if (r->section->line_count == 0) {
        return r->section->line;
    }
    return r->section->lines[i < r->section->line_count ? i : r->section->line_count - 1];
}

static moon_source source_of(const char *text, int line) {
    size_t size = strlen(text);
    return (moon_source){moon_copy(text, size), size, line};
}

static bool says_something(const char *text) {
    return text[strspn(text, " \t\r\n")] != '\0';
}

static moon_item *add_item(reader *r, moon_item_kind kind, const char *text, int line) {
    moon_step *s = r->step;
    s->items = moon_grow(s->items, (s->item_count + 1) * sizeof *s->items);
    moon_item *item = &s->items[s->item_count++];
    *item = (moon_item){.kind = kind, .line = line, .source = source_of(text, line + 1)};
    return item;
}

/* The nearest item above of one of two kinds, or NULL. */
static moon_item *above(reader *r, moon_item_kind one, moon_item_kind other) {
    for (size_t i = r->step->item_count; i > 0; i--) {
        moon_item *item = &r->step->items[i - 1];
        if (item->kind == one || item->kind == other) {
            return item;
        }
    }
    return NULL;
}

static void attach(reader *r, moon_source *place, const char *name, const char *text, int line) {
    if (place->text != NULL) {
        moon_lesson_problem(r->lesson, line, "a second `%s` for the same item; expected one", name);
    } else {
        *place = source_of(text, line + 1);
    }
}

static void read_setup(reader *r, const char *text, int line) {
    moon_step *s = r->step;
    s->setups = moon_grow(s->setups, (s->setup_count + 1) * sizeof *s->setups);
    s->setups[s->setup_count++] = source_of(text, line + 1);
}

static void read_check(reader *r, const char *text, int line) {
    moon_item *item = above(r, MOON_TASK, MOON_PREDICT);
    if (item == NULL) {
        moon_lesson_problem(r->lesson, line,
                            "a `lua check` with nothing to check; expected a "
                            "`lua task` or a `predict` above it");
    } else if (item->kind == MOON_TASK) {
        attach(r, &item->check, "lua check", text, line);
    } else {
        add_item(r, MOON_VERDICT, text, line);
    }
}

static void read_solution(reader *r, const char *text, int line) {
    moon_item *task = above(r, MOON_TASK, MOON_TASK);
    if (task == NULL) {
        moon_lesson_problem(r->lesson, line,
                            "a `lua solution` of nothing; expected a `lua task` above it");
    } else {
        attach(r, &task->solution, "lua solution", text, line);
    }
}

static void read_expect(reader *r, const char *text, int line) {
    moon_item *run = above(r, MOON_RUN, MOON_RUN);
    if (run == NULL) {
        moon_lesson_problem(r->lesson, line,
                            "an `expect` of nothing; expected a `lua run` above it");
    } else {
        attach(r, &run->expect, "expect", text, line);
    }
}

static moon_item *asking(reader *r) {
    for (size_t i = r->step->item_count; i > 0; i--) {
        moon_item *item = &r->step->items[i - 1];
        if (item->kind == MOON_TASK || item->kind == MOON_CHOICE || item->kind == MOON_PREDICT) {
            return item;
        }
    }
    return NULL;
}

static void read_hint(reader *r, const char *text, int line) {
    moon_item *item = asking(r);
    if (item == NULL) {
        moon_lesson_problem(r->lesson, line,
                            "a `hint` for nothing; expected a `lua task`, a "
                            "`choice` or a `predict` above it");
    } else if (!says_something(text)) {
        moon_lesson_problem(r->lesson, line, "this hint says nothing");
    } else {
        item->hints = moon_grow(item->hints, (item->hint_count + 1) * sizeof *item->hints);
        item->hints[item->hint_count++] = source_of(text, line + 1);
    }
}

/* A question that cannot be read is left out of the step. */
static void read_question(reader *r, moon_item_kind kind, const char *text, int line) {
    moon_item *item = add_item(r, kind, "", line);
    free(item->source.text);
    if (!moon_question_parse(r->lesson, item, text)) {
        moon_item_free(&r->step->items[--r->step->item_count]);
    }
}

static void read_diagram(reader *r, const char *text, int line) {
    if (moon_diagram_kind_known(text)) {
        add_item(r, MOON_DIAGRAM, text, line);
    } else {
        moon_lesson_problem(r->lesson, line + 1,
                            "expected a diagram: tree, sequence or mailboxes, then names");
    }
}

/* Elixir stands beside the code above it, if it follows at once. */
static void read_elixir(reader *r, const char *text, int line) {
    moon_step *s = r->step;
    moon_item *before = s->item_count > 0 ? &s->items[s->item_count - 1] : NULL;
    bool beside = before != NULL && (before->kind == MOON_RUN || before->kind == MOON_TASK) &&
                  before->elixir.text == NULL;
    if (beside) {
        before->elixir = source_of(text, line + 1);
    } else {
        moon_item *code = add_item(r, MOON_CODE, text, line);
        code->language = moon_copy("elixir", 6);
    }
}

static void read_code(reader *r, const char *language, const char *text, int line) {
    moon_item *item = add_item(r, MOON_CODE, text, line);
    item->language = moon_copy(language, strlen(language));
}

static void read_run(reader *r, const char *text, int line) {
    if (says_something(text)) {
        add_item(r, MOON_RUN, text, line);
    } else {
        moon_lesson_problem(r->lesson, line, "this `lua run` has no code");
    }
}

static void read_lua(reader *r, const char *role, const char *text, int line) {
    if (*role == '\0') {
        read_code(r, "lua", text, line);
    } else if (strcmp(role, "run") == 0) {
        read_run(r, text, line);
    } else if (strcmp(role, "setup") == 0) {
        read_setup(r, text, line);
    } else if (strcmp(role, "task") == 0) {
        add_item(r, MOON_TASK, text, line);
    } else if (strcmp(role, "check") == 0) {
        read_check(r, text, line);
    } else if (strcmp(role, "solution") == 0) {
        read_solution(r, text, line);
    } else {
        moon_lesson_problem(r->lesson, line,
                            "expected `lua` and one of run, setup, task, check, "
                            "solution, not `lua %s`",
                            role);
        read_code(r, "lua", text, line);
    }
}

/* Letters to change, add or drop until one word is the other; words of more than 15 are far. */
static size_t distance(const char *a, const char *b) {
    size_t n = strlen(b), row[16];
    if (n > 15 || strlen(a) > 15) {
        return 99;
    }
    for (size_t j = 0; j <= n; j++) {
        row[j] = j;
    }
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        size_t corner = row[0]++;
        for (size_t j = 1; j <= n; j++) {
            size_t change = corner + (a[i - 1] != b[j - 1]);
            corner = row[j];
            size_t least = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;
            row[j] = change < least ? change : least;
        }
    }
    return row[n];
}

/* Any other word is a language of its own, but not if it looks like one of ours misspelt. */
static void read_other(reader *r, const char *word, const char *text, int line) {
    static const char *const ours[] = {"expect",  "hint", "choice", "predict",
                                       "diagram", "lua",  "elixir"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
        size_t near = strlen(ours[i]) > 3 ? 2 : 1;
        if (distance(word, ours[i]) <= near) {
            moon_lesson_problem(r->lesson, line, "expected `%s`? This fence says `%s`", ours[i],
                                word);
        }
    }
    read_code(r, word, text, line);
}

static void read_fence(reader *r, const char *info, const char *text, int line) {
    char word[64] = "", role[64] = "", extra[64] = "";
    sscanf(info, "%63s %63s %63s", word, role, extra);
    bool lua = strcmp(word, "lua") == 0;
    if (strcmp(word, "expect") == 0) {
        read_expect(r, text, line);
    } else if (strcmp(word, "hint") == 0) {
        read_hint(r, text, line);
    } else if (strcmp(word, "choice") == 0) {
        read_question(r, MOON_CHOICE, text, line);
    } else if (strcmp(word, "predict") == 0) {
        read_question(r, MOON_PREDICT, text, line);
    } else if (strcmp(word, "diagram") == 0) {
        read_diagram(r, text, line);
    } else if (strcmp(word, "elixir") == 0) {
        read_elixir(r, text, line);
    } else if (lua) {
        read_lua(r, role, text, line);
    } else {
        read_other(r, word, text, line);
        return;
    }
    const char *surplus = lua ? extra : role;
    if (*surplus != '\0') {
        moon_lesson_problem(r->lesson, line, "expected nothing more after `%s`, not `%s`",
                            lua ? role : word, surplus);
    }
}

/* --- prose and comments --- */

static const char *local_line(const moon_section *s, int local) {
    const char *at = s->text.bytes;
    for (int i = 1; i < local && *at != '\0'; i++) {
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    return at;
}

static void read_prose(reader *r, cmark_node *node) {
    int first = cmark_node_get_start_line(node), end = cmark_node_get_end_line(node);
    const char *from = local_line(r->section, first);
    const char *to = local_line(r->section, end);
    size_t size = (size_t)(to - from) + strcspn(to, "\n");
    moon_step *s = r->step;
    moon_item *before = s->item_count > 0 ? &s->items[s->item_count - 1] : NULL;
    moon_text text = {0};
    if (before != NULL && before->kind == MOON_PROSE) {
        moon_text_format(&text, "%s\n\n", before->source.text);
        moon_text_add(&text, from, size);
        free(before->source.text);
        before->source.size = text.size;
        before->source.text = moon_text_take(&text);
    } else {
        moon_text_add(&text, from, size);
        add_item(r, MOON_PROSE, text.bytes, line_of(r, first))->source.line = line_of(r, first);
        moon_text_free(&text);
    }
}

static void read_comment(reader *r, const char *html, int line) {
    const char *body = html + strspn(html, " \t");
    if (strncmp(body, "<!--", 4) != 0) {
        moon_lesson_problem(r->lesson, line, "expected Markdown, not HTML");
        return;
    }
    body += 4 + strspn(body + 4, " \t\r\n");
    const char *end = strstr(body, "-->");
    if (end == NULL) {
        moon_lesson_problem(r->lesson, line, "this comment is never closed; expected `-->`");
        return;
    }
    if (strncmp(body, "note:", 5) == 0) {
        char *note = moon_copy(body + 5, (size_t)(end - body - 5));
        add_item(r, MOON_NOTE, note, line);
        free(note);
    } else if (strncmp(body, "pause", 5) == 0) {
        add_item(r, MOON_PAUSE, "", line);
    }
}

static void read_node(reader *r, cmark_node *node) {
    int line = line_of(r, cmark_node_get_start_line(node));
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_CODE_BLOCK: {
        const char *info = cmark_node_get_fence_info(node);
        if (info != NULL && *info != '\0') {
            read_fence(r, info, cmark_node_get_literal(node), line);
        } else {
            read_code(r, "text", cmark_node_get_literal(node), line);
        }
        break;
    }
    case CMARK_NODE_HTML_BLOCK: read_comment(r, cmark_node_get_literal(node), line); break;
    default: read_prose(r, node);
    }
}

static void read_section(reader *r) {
    const moon_text *text = &r->section->text;
    if (text->size == 0) {
        return;
    }
    cmark_node *document = cmark_parse_document(text->bytes, text->size, CMARK_OPT_DEFAULT);
    for (cmark_node *n = cmark_node_first_child(document); n != NULL; n = cmark_node_next(n)) {
        read_node(r, n);
    }
    cmark_node_free(document);
}

/* --- steps --- */

/* "Kill the counter" -> "kill-the-counter" */
static char *slug(const char *title) {
    moon_text text = {0};
    for (const char *c = title; *c != '\0'; c++) {
        bool letter = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9');
        if (letter) {
            moon_text_add(&text, c, 1);
        } else if (*c >= 'A' && *c <= 'Z') {
            moon_text_add(&text, (char[]){(char)(*c - 'A' + 'a')}, 1);
        } else if (text.size > 0 && text.bytes[text.size - 1] != '-') {
            moon_text_add(&text, "-", 1);
        }
    }
    while (text.size > 0 && text.bytes[text.size - 1] == '-') {
        text.bytes[--text.size] = '\0';
    }
    return moon_text_take(&text);
}

static void complain_about_tasks(moon_lesson *lesson, const moon_step *step) {
    bool open = false;
    int predict_line = 0;
    for (size_t i = 0; i < step->item_count; i++) {
        const moon_item *item = &step->items[i];
        if (item->kind == MOON_TASK && item->check.text == NULL) {
            moon_lesson_problem(lesson, item->line, "this task has no `lua check`");
        }
        if (item->kind == MOON_TASK && item->solution.text == NULL) {
            moon_lesson_problem(lesson, item->line, "this task has no `lua solution`");
        }
        bool asks = item->kind == MOON_PREDICT;
        if (open && (asks || item->kind == MOON_TASK || item->kind == MOON_CHOICE)) {
            break;
        }
        if (asks) {
            open = true, predict_line = item->line;
        } else if (item->kind == MOON_VERDICT) {
            open = false;
        }
    }
    if (open) {
        moon_lesson_problem(lesson, predict_line,
                            "nothing decides this prediction; expected a `lua check` below it");
    }
}

static void read_step(moon_lesson *lesson, const moon_section *section) {
    lesson->steps = moon_grow(lesson->steps, (lesson->step_count + 1) * sizeof *lesson->steps);
    moon_step *step = &lesson->steps[lesson->step_count];
    *step = (moon_step){.line = section->line,
                        .title = moon_copy(section->title, strlen(section->title))};
    if (section->id != NULL) {
        step->id = moon_copy(section->id, strlen(section->id));
    } else {
        step->id = slug(section->title);
        moon_lesson_problem(lesson, section->line, "this step has no id; expected `## %s {#%s}`",
                            step->title, step->id);
    }
    size_t twin = moon_lesson_find(lesson, step->id);
    if (twin < lesson->step_count) {
        moon_lesson_problem(lesson, section->line, "the id `%s` is taken by the step on line %d",
                            step->id, lesson->steps[twin].line);
    }
    lesson->step_count++;
    reader r = {lesson, step, section};
    read_section(&r);
    complain_about_tasks(lesson, step);
}

/* What stands before the first step can only be prose. */
static void read_intro(moon_lesson *lesson, const moon_section *section) {
    moon_step step = {0};
    reader r = {lesson, &step, section};
    read_section(&r);
    moon_text intro = {0};
    for (size_t i = 0; i < step.item_count; i++) {
        moon_item *item = &step.items[i];
        if (item->kind == MOON_PROSE) {
            moon_text_format(&intro, "%s\n\n", item->source.text);
        } else if (item->kind != MOON_NOTE && item->kind != MOON_PAUSE) {
            moon_lesson_problem(lesson, item->line,
                                "expected a step, `## Title {#id}`, before this");
        }
    }
    lesson->intro = moon_text_take(&intro);
    moon_step_free(&step);
}

static void name_from_path(moon_lesson *lesson) {
    const char *slash = strrchr(lesson->path, '/');
    const char *name = slash != NULL ? slash + 1 : lesson->path;
    size_t size = strcspn(name, ".");
    if (lesson->id == NULL) {
        lesson->id = moon_copy(name, size);
        moon_lesson_problem(lesson, 1, "expected `id: %s` in the front matter", lesson->id);
    }
    if (lesson->title == NULL) {
        lesson->title = moon_copy(lesson->id, strlen(lesson->id));
        moon_lesson_problem(lesson, 1, "expected `title: …` in the front matter");
    }
}

static int by_line(const void *a, const void *b) {
    const moon_problem *one = a, *other = b;
    return one->line - other->line;
}

static moon_lesson *parse(const char *path, const char *text, size_t size) {
    moon_lesson *lesson = moon_grow(NULL, sizeof *lesson);
    *lesson = (moon_lesson){.path = moon_copy(path, strlen(path)), .virtual_clock = true};
    int line = 1;
    size_t front = moon_front_matter(lesson, text, size, &line);
    name_from_path(lesson);
    size_t count = 0;
    moon_section *sections = moon_sections(lesson, text + front, size - front, line, &count);
    read_intro(lesson, &sections[0]);
    for (size_t i = 1; i < count; i++) {
        read_step(lesson, &sections[i]);
    }
    moon_sections_free(sections, count);
    if (lesson->step_count == 0) {
        moon_lesson_problem(lesson, line, "no step; expected `## Title {#id}`");
    }
    if (lesson->problem_count > 1) {
        qsort(lesson->problems, lesson->problem_count, sizeof *lesson->problems, by_line);
    }
    return lesson;
}

/* A copy in which each line ends with a newline alone, as everything that counts lines takes for
 * granted, and without the NULs that would end strings. */
static moon_text normalised(const char *text, size_t size) {
    moon_text copy = {0};
    for (size_t i = 0; i < size; i++) {
        bool crlf = text[i] == '\r' && i + 1 < size && text[i + 1] == '\n';
        char c = text[i] == '\r' ? '\n' : text[i] == '\0' ? '?' : text[i];
        if (!crlf) {
            moon_text_add(&copy, &c, 1);
        }
    }
    return copy;
}

moon_lesson *moon_lesson_parse(const char *path, const char *text, size_t size) {
    moon_text copy = normalised(text, size);
    moon_lesson *lesson = parse(path, moon_text_string(&copy), copy.size);
    moon_text_free(&copy);
    return lesson;
}

moon_lesson *moon_lesson_load(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    moon_text text = {0};
    char block[4096];
    for (size_t n; (n = fread(block, 1, sizeof block, file)) > 0;) {
        moon_text_add(&text, block, n);
    }
    bool failed = ferror(file) != 0;
    int why = errno;
    fclose(file);
    moon_lesson *lesson = NULL;
    if (!failed) {
        lesson = moon_lesson_parse(path, text.bytes != NULL ? text.bytes : "", text.size);
    }
    moon_text_free(&text);
    errno = why;
    return lesson;
}

size_t moon_lesson_find(const moon_lesson *lesson, const char *step_id) {
    for (size_t i = 0; i < lesson->step_count; i++) {
        if (strcmp(lesson->steps[i].id, step_id) == 0) {
            return i;
        }
    }
    return lesson->step_count;
}

bool moon_diagram_kind_known(const char *words) {
    char kind[32] = "";
    sscanf(words, "%31s", kind);
    return strcmp(kind, "tree") == 0 || strcmp(kind, "sequence") == 0 ||
           strcmp(kind, "mailboxes") == 0;
}

void moon_item_free(moon_item *item) {
    free(item->language);
    free(item->source.text);
    free(item->expect.text);
    free(item->check.text);
    free(item->solution.text);
    free(item->elixir.text);
    for (size_t i = 0; i < item->hint_count; i++) {
        free(item->hints[i].text);
    }
    free(item->hints);
    for (size_t i = 0; i < item->answer_count; i++) {
        free(item->answers[i].text);
        free(item->answers[i].reason);
    }
    free(item->answers);
}

void moon_step_free(moon_step *step) {
    free(step->id);
    free(step->title);
    for (size_t i = 0; i < step->setup_count; i++) {
        free(step->setups[i].text);
    }
    free(step->setups);
    for (size_t i = 0; i < step->item_count; i++) {
        moon_item_free(&step->items[i]);
    }
    free(step->items);
}

void moon_lesson_free(moon_lesson *lesson) {
    if (lesson == NULL) {
        return;
    }
    free(lesson->path);
    free(lesson->id);
    free(lesson->title);
    free(lesson->intro);
    for (size_t i = 0; i < lesson->need_count; i++) {
        free(lesson->needs[i]);
    }
    free(lesson->needs);
    for (size_t i = 0; i < lesson->step_count; i++) {
        moon_step_free(&lesson->steps[i]);
    }
    free(lesson->steps);
    for (size_t i = 0; i < lesson->problem_count; i++) {
        free(lesson->problems[i].text);
    }
    free(lesson->problems);
    free(lesson);
}
