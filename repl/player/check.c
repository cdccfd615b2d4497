#include "player/check.h"

#include <stdlib.h>
#include <string.h>

#include "player/judge.h"
#include "player/script.h"

/* The lesson being played by itself, at one of its steps. */
typedef struct checker {
    moon_lesson *lesson;
    size_t step;
    moon_script script; /* the step so far, as the lesson plays it */
} checker;

/* A stage at this point of the step, with `code` (may be NULL) played as what is on trial. */
static moon_stage *stage_with(checker *c, const char *code) {
    moon_stage *stage = moon_stage_at(c->lesson, c->step, NULL);
    if (stage == NULL) {
        return NULL;
    }
    size_t before = c->script.count, activity = c->script.activity;
    if (code != NULL) {
        c->script.activity = before;
        moon_script_add(&c->script, code, MOON_CHUNK_LESSON);
    }
    moon_script_play(&c->script, stage);
    moon_script_cut(&c->script, before);
    c->script.activity = activity;
    return stage;
}

/* ---- Runs */

static size_t line_number_of(const char *text, size_t at) {
    size_t line = 0;
    for (size_t i = 0; i < at; i++) {
        line += text[i] == '\n';
    }
    return line;
}

static char *line_at(const char *text, size_t line) {
    while (line-- > 0 && *text != '\0') {
        text += strcspn(text, "\n") + 1;
    }
    return moon_copy(text, strcspn(text, "\n"));
}

static void trim_end(moon_text *text) {
    while (text->size > 0 && strchr(" \t\r\n", text->bytes[text->size - 1]) != NULL) {
        text->bytes[--text->size] = '\0';
    }
}

static void tell_difference(checker *c, const moon_item *item, const char *got, const char *want) {
    size_t at = 0;
    while (got[at] != '\0' && got[at] == want[at]) {
        at++;
    }
    size_t line = line_number_of(want, at);
    char *got_line = line_at(got, line), *want_line = line_at(want, line);
    int number = item->expect.text != NULL ? item->expect.line + (int)line : item->line;
    moon_lesson_problem(c->lesson, number, "expected `%s`, got `%s`", want_line, got_line);
    free(got_line);
    free(want_line);
}

/* What does not end is told once, and then left out: every later stage would wait for it again. */
static void leave_out(moon_source *code) {
    code->text[0] = '\0';
    code->size = 0;
}

/* A run without an `expect` says nothing. Blank lines at the end do not count. */
static void check_run(checker *c, moon_item *item) {
    moon_stage *stage = stage_with(c, item->source.text);
    if (stage == NULL) {
        return;
    }
    moon_text want = {0};
    moon_text_puts(&want, item->expect.text != NULL ? item->expect.text : "");
    trim_end(&want);
    trim_end(&stage->output);
    const char *got = moon_text_string(&stage->output);
    if (strcmp(got, moon_text_string(&want)) != 0) {
        tell_difference(c, item, got, moon_text_string(&want));
    }
    if (stage->gave_up) {
        leave_out(&item->source);
    }
    moon_text_free(&want);
    moon_stage_free(stage);
}

/* ---- Tasks */

static moon_verdict judge_with(checker *c, const moon_source *check, const char *code) {
    moon_stage *stage = stage_with(c, code);
    if (stage == NULL) {
        return (moon_verdict){.failed = true, .text = moon_copy("no memory", 9)};
    }
    moon_verdict verdict = moon_judge(stage, check);
    moon_stage_free(stage);
    return verdict;
}

static void check_task(checker *c, const moon_item *item) {
    if (item->check.text == NULL || item->solution.text == NULL) {
        return;
    }
    moon_verdict with_starter = judge_with(c, &item->check, item->source.text);
    if (with_starter.held) {
        moon_lesson_problem(c->lesson, item->line,
                            "this task is solved by its starter code already");
    }
    moon_verdict with_solution = judge_with(c, &item->check, item->solution.text);
    if (!with_solution.held) {
        moon_lesson_problem(c->lesson, item->solution.line - 1,
                            "this solution does not pass the check: %s", with_solution.text);
    }
    free(with_starter.text);
    free(with_solution.text);
}

/* ---- Predictions */

static const moon_item *question_above(const moon_item *verdict) {
    while (verdict->kind != MOON_PREDICT) {
        verdict--; /* the reader of lessons puts no verdict without one */
    }
    return verdict;
}

static bool is_one_of(const moon_item *question, const char *text) {
    char *end;
    unsigned long number = strtoul(text, &end, 10);
    if (end != text && *end == '\0') {
        return number >= 1 && number <= question->answer_count;
    }
    for (size_t i = 0; i < question->answer_count; i++) {
        if (strcmp(question->answers[i].text, text) == 0) {
            return true;
        }
    }
    return false;
}

static void check_verdict(checker *c, const moon_item *item) {
    const moon_item *question = question_above(item);
    moon_verdict v = judge_with(c, &item->source, NULL);
    if (v.failed) {
        moon_lesson_problem(c->lesson, item->line, "this check fails: %s", v.text);
    } else if (v.text[0] == '\0') {
        moon_lesson_problem(c->lesson, item->line,
                            "this check decides nothing; expected the "
                            "number or text of the answer that came true");
    } else if (question->answer_count > 0 && !is_one_of(question, v.text)) {
        moon_lesson_problem(c->lesson, item->line,
                            "this check decides for `%s`; expected one of "
                            "the answers 1 to %zu",
                            v.text, question->answer_count);
    }
    free(v.text);
}

/* ---- The whole lesson */

static void check_item(checker *c, moon_item *item) {
    if (item->kind == MOON_RUN) {
        check_run(c, item);
    } else if (item->kind == MOON_TASK) {
        check_task(c, item);
    } else if (item->kind == MOON_PREDICT) {
        c->script.activity = c->script.count;
    } else if (item->kind == MOON_VERDICT) {
        check_verdict(c, item);
    }
    moon_script_add_item(&c->script, item);
}

static void check_setups(checker *c) {
    const moon_step *step = &c->lesson->steps[c->step];
    moon_stage *stage = step->setup_count > 0 ? moon_stage_at(c->lesson, c->step, NULL) : NULL;
    if (stage != NULL && stage->error.size > 0) {
        moon_lesson_problem(c->lesson, step->setups[0].line - 1, "this setup fails: %s",
                            moon_text_string(&stage->error));
    }
    moon_stage_free(stage);
}

static void check_needs(moon_lesson *lesson, const moon_course *course) {
    for (size_t i = 0; i < lesson->need_count; i++) {
        if (moon_course_find(course, lesson->needs[i]) == NULL) {
            moon_lesson_problem(lesson, lesson->needs_line, "there is no lesson `%s` to need",
                                lesson->needs[i]);
        }
    }
    for (size_t i = 0; i < course->count; i++) {
        if (strcmp(course->lessons[i]->id, lesson->id) == 0 &&
            strcmp(course->lessons[i]->path, lesson->path) != 0) {
            moon_lesson_problem(lesson, 1, "the id `%s` is taken by %s", lesson->id,
                                course->lessons[i]->path);
        }
    }
}

void moon_check(moon_lesson *lesson, const moon_course *course) {
    check_needs(lesson, course);
    checker c = {.lesson = lesson};
    for (c.step = 0; c.step < lesson->step_count; c.step++) {
        moon_step *step = &lesson->steps[c.step];
        check_setups(&c);
        for (size_t i = 0; i < step->item_count; i++) {
            check_item(&c, &step->items[i]);
        }
        moon_script_cut(&c.script, 0);
    }
    moon_script_free(&c.script);
}
