#include "player/question.h"

#include <stdlib.h>
#include <string.h>

#include "view/text.h"

static bool is_answer(const char *line) {
    return strncmp(line, "- [", 3) == 0 && line[3] != '\0' && line[4] == ']';
}

static void append(char **text, const char *more, size_t size) {
    moon_text joined = {0};
    moon_text_puts(&joined, *text);
    if (joined.size > 0) {
        moon_text_add(&joined, "\n", 1);
    }
    moon_text_add(&joined, more, size);
    free(*text);
    *text = moon_text_take(&joined);
}

static void add_answer(moon_lesson *lesson, moon_item *item, const char *line, size_t size,
                       int number) {
    bool right = line[3] == 'x' || line[3] == 'X';
    if (!right && line[3] != ' ') {
        moon_lesson_problem(lesson, number, "expected `- [x]` or `- [ ]`, not `- [%c]`", line[3]);
    }
    if (right && item->kind == MOON_PREDICT) {
        moon_lesson_problem(lesson, number,
                            "a prediction is decided by its `lua check`; expected "
                            "`- [ ]`");
    }
    size_t skip = 5 + strspn(line + 5, " \t");
    if (skip >= size) {
        moon_lesson_problem(lesson, number, "this answer says nothing");
        skip = size;
    }
    item->answers = moon_grow(item->answers, (item->answer_count + 1) * sizeof *item->answers);
    item->answers[item->answer_count++] =
        (moon_answer){moon_copy(line + skip, size - skip), moon_copy("", 0), right, number};
}

static void read_line(moon_lesson *lesson, moon_item *item, const char *line, size_t size,
                      int number) {
    size_t indent = strspn(line, " \t");
    if (is_answer(line)) {
        add_answer(lesson, item, line, size, number);
    } else if (item->answer_count == 0) {
        append(&item->source.text, line, size);
    } else if (indent >= 2 && indent < size) {
        append(&item->answers[item->answer_count - 1].reason, line + indent, size - indent);
    } else if (indent < size) {
        moon_lesson_problem(lesson, number,
                            "expected `- [ ] answer`, or a reason indented below its answer");
    }
}

static bool complain(moon_lesson *lesson, const moon_item *item) {
    size_t right = 0;
    for (size_t i = 0; i < item->answer_count; i++) {
        right += item->answers[i].right;
        if (item->kind == MOON_CHOICE && item->answers[i].reason[0] == '\0') {
            moon_lesson_problem(lesson, item->answers[i].line,
                                "this answer has no reason; expected one indented below it");
        }
    }
    if (item->source.text[strspn(item->source.text, " \t\r\n")] == '\0') {
        moon_lesson_problem(lesson, item->line, "this question asks nothing");
        return false;
    }
    if (item->kind == MOON_CHOICE && right == 0) {
        moon_lesson_problem(lesson, item->line,
                            "this choice has no right answer; expected one `- [x] answer`");
        return false;
    }
    return true;
}

bool moon_question_parse(moon_lesson *lesson, moon_item *item, const char *text) {
    item->source = (moon_source){moon_copy("", 0), 0, item->line + 1};
    int number = item->line + 1;
    for (const char *line = text; *line != '\0'; number++) {
        size_t size = strcspn(line, "\n");
        read_line(lesson, item, line, size, number);
        line += size + (line[size] == '\n');
    }
    item->source.size = strlen(item->source.text);
    return complain(lesson, item);
}
