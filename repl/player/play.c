#include "player/play.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "player/judge.h"

const moon_step *moon_play_step(const moon_player *p) {
    return &p->lesson->steps[p->step];
}

const moon_item *moon_play_item(const moon_player *p) {
    const moon_step *step = moon_play_step(p);
    return p->item < step->item_count ? &step->items[p->item] : NULL;
}

/* The same where there must be one: something waits for it, or has just been shown. */
static const moon_item *present(const moon_player *p) {
    const moon_item *item = moon_play_item(p);
    assert(item != NULL && "the player waits for an item that its step does not have");
    return item;
}

static void replace(char **field, const char *text) {
    free(*field);
    *field = text != NULL ? moon_copy(text, strlen(text)) : NULL;
}

/* ---- Stages */

static void say_no_memory(moon_player *p) {
    moon_show_remark(p, "31", "There is no memory left for this.");
}

moon_stage *moon_play_twin(moon_player *p) {
    moon_stage *twin = moon_stage_at(p->lesson, p->step, NULL);
    if (twin == NULL) {
        say_no_memory(p);
    } else {
        moon_script_play(&p->script, twin);
    }
    return twin;
}

/* The present universe goes when the new one has taken its place. */
static bool take(moon_player *p, moon_stage *stage) {
    if (stage == NULL || !p->host.attach(p->host.context, stage->universe)) {
        moon_stage_free(stage);
        say_no_memory(p);
        return false;
    }
    moon_stage_free(p->live);
    p->live = stage;
    stage->muted = false;
    return true;
}

bool moon_play_renew(moon_player *p) {
    moon_options sink = {0};
    p->host.fill(p->host.context, &sink);
    p->layout = (moon_layout){sink.width > 0 ? sink.width : 80, sink.colour};
    moon_stage *stage = moon_stage_at(p->lesson, p->step, &sink);
    if (stage != NULL) {
        moon_script_play(&p->script, stage);
    }
    return take(p, stage);
}

static void begin_activity(moon_player *p) {
    p->script.activity = p->script.count;
    moon_stage_begin_activity(p->live);
    replace(&p->remark, NULL);
    replace(&p->draft, NULL);
    p->hints = 0;
}

/* ---- From item to item */

static void mark_step(moon_player *p) {
    const moon_step *step = moon_play_step(p);
    moon_mark mark = p->skipped ? MOON_SKIPPED : MOON_DONE;
    if (!moon_progress_set(p->progress, p->lesson->id, step->id, mark)) {
        moon_show_remark(p, "33", "(Your progress could not be written down.)");
    }
}

static void wait_for(moon_player *p, moon_waiting what) {
    p->waiting = what;
    moon_show_ways(p);
}

/* The starter code is there from the beginning, so that only what is missing need be typed. */
static void begin_task(moon_player *p, const moon_item *item) {
    begin_activity(p);
    p->live->muted = true;
    moon_stage_play(p->live, item->source.text, MOON_CHUNK_LESSON);
    p->live->muted = false;
    moon_script_add(&p->script, item->source.text, MOON_CHUNK_LESSON);
    wait_for(p, MOON_WAITS_FOR_SOLUTION);
}

static void tell_reason(moon_player *p, const moon_answer *answer) {
    if (answer->reason[0] != '\0') {
        moon_show_markdown(p, answer->reason);
    }
}

/* The index of the answer of that text, or answer_count. */
static size_t find_answer(const moon_item *item, const char *text) {
    size_t i = 0;
    while (i < item->answer_count && strcmp(item->answers[i].text, text) != 0) {
        i++;
    }
    return i;
}

/* The right answer's index, or answer_count: verdicts name it by number or by text. */
static size_t decided(const moon_item *item, const char *verdict) {
    char *end;
    unsigned long number = strtoul(verdict, &end, 10);
    if (end != verdict && *end == '\0' && number >= 1 && number <= item->answer_count) {
        return number - 1;
    }
    return find_answer(item, verdict);
}

static void tell_reason_of(moon_player *p, const moon_item *question, size_t answer) {
    if (answer < question->answer_count) {
        tell_reason(p, &question->answers[answer]);
    }
}

static void tell_prediction(moon_player *p, const moon_item *question, const char *verdict) {
    moon_text text = {0};
    size_t right = decided(question, verdict);
    const char *truth = right < question->answer_count ? question->answers[right].text : verdict;
    bool hit = strcmp(truth, p->guess) == 0;
    if (!hit) {
        tell_reason_of(p, question, find_answer(question, p->guess));
    }
    moon_text_format(&text, hit ? "**You saw it coming:** %s" : "**It went differently:** %s",
                     truth);
    moon_show_markdown(p, moon_text_string(&text));
    moon_text_free(&text);
    tell_reason_of(p, question, right);
}

static const moon_item *question_above(const moon_player *p) {
    const moon_item *item = present(p);
    while (item->kind != MOON_PREDICT) {
        item--; /* the reader of lessons puts no verdict without one */
    }
    return item;
}

static void decide(moon_player *p, const moon_item *item) {
    moon_stage *twin = p->guess != NULL ? moon_play_twin(p) : NULL;
    if (twin == NULL) {
        return;
    }
    moon_verdict verdict = moon_judge(twin, &item->source);
    moon_stage_free(twin);
    if (verdict.failed) {
        moon_show_remark(p, "33", "The prediction's check has failed:");
    }
    if (verdict.failed) {
        moon_show_remark(p, "33", verdict.text);
    } else {
        tell_prediction(p, question_above(p), verdict.text);
    }
    free(verdict.text);
    replace(&p->guess, NULL);
}

/* Whether the item wants something of the student. */
static bool stop_at(moon_player *p, const moon_item *item) {
    moon_show_item(p, item);
    switch (item->kind) {
    case MOON_RUN:
        if (p->guess != NULL) {
            moon_play_run(p);
        } else {
            wait_for(p, MOON_WAITS_TO_RUN);
        }
        return true;
    case MOON_TASK: begin_task(p, item); return true;
    case MOON_CHOICE:
    case MOON_PREDICT:
        begin_activity(p);
        wait_for(p, MOON_WAITS_FOR_ANSWER);
        return true;
    case MOON_VERDICT: decide(p, item); return false;
    default: return false;
    }
}

static void go_on(moon_player *p) {
    const moon_item *item;
    while ((item = moon_play_item(p)) != NULL) {
        if (stop_at(p, item)) {
            return;
        }
        p->item++;
    }
    mark_step(p);
    wait_for(p, MOON_WAITS_TO_GO_ON);
}

void moon_play_on(moon_player *p) {
    p->item++;
    go_on(p);
}

void moon_play_enter(moon_player *p, size_t step) {
    p->step = step;
    p->item = 0;
    p->skipped = false;
    replace(&p->guess, NULL);
    replace(&p->remark, NULL);
    moon_script_cut(&p->script, 0);
    if (!moon_play_renew(p)) {
        p->over = true;
        return;
    }
    moon_show_step(p);
    go_on(p);
}

void moon_play_run(moon_player *p) {
    const moon_item *item = present(p);
    p->waiting = MOON_WAITS_FOR_NOTHING;
    moon_script_add(&p->script, item->source.text, MOON_CHUNK_LESSON);
    if (!p->host.evaluate(p->host.context, item->source.text, MOON_CHUNK_LESSON)) {
        moon_play_on(p);
    }
}

/* ---- Tasks */

static void praise(moon_player *p, const moon_item *item) {
    moon_show_remark(p, "32", "✓ Solved.");
    moon_show(p, "\n");
    if (item->elixir.text != NULL) {
        moon_item elixir = {.kind = MOON_CODE, .language = (char[]){"elixir"}};
        elixir.source = item->elixir;
        moon_show_item(p, &elixir);
    }
}

static void say_what_is_missing(moon_player *p, const moon_verdict *v, bool loud) {
    const char *words = v->text[0] != '\0' ? v->text : "not yet";
    if (!loud && p->remark != NULL && strcmp(p->remark, words) == 0) {
        return;
    }
    replace(&p->remark, words);
    moon_text text = {0};
    moon_text_format(&text, "Not yet: %s", words);
    moon_show_remark(p, loud ? "33" : "2", v->text[0] != '\0' ? text.bytes : "Not yet.");
    moon_text_free(&text);
}

void moon_play_check(moon_player *p, bool loud) {
    const moon_item *item = present(p);
    moon_stage *twin = item->check.text != NULL ? moon_play_twin(p) : NULL;
    if (twin == NULL) {
        return;
    }
    moon_verdict verdict = moon_judge(twin, &item->check);
    moon_stage_free(twin);
    if (verdict.held) {
        praise(p, item);
        moon_play_on(p);
    } else {
        say_what_is_missing(p, &verdict, loud);
    }
    free(verdict.text);
}

/* ---- Questions */

/* "2", "b" or "B)"; answer_count when it is none. */
static size_t chosen(const moon_item *item, const char *line) {
    size_t size = strlen(line);
    while (size > 0 && (isspace((unsigned char)line[size - 1]) || line[size - 1] == ')')) {
        size--;
    }
    size_t index = item->answer_count;
    if (size == 1 && line[0] >= '1' && line[0] <= '9') {
        index = (size_t)(line[0] - '1');
    } else if (size == 1 && isalpha((unsigned char)line[0])) {
        index = (size_t)(tolower((unsigned char)line[0]) - 'a');
    }
    return index < item->answer_count ? index : item->answer_count;
}

static void answer_choice(moon_player *p, const moon_answer *answer) {
    moon_show_remark(p, answer->right ? "32" : "33", answer->right ? "✓ Yes." : "No.");
    tell_reason(p, answer);
    if (answer->right) {
        moon_play_on(p);
    } else {
        moon_show_remark(p, "2", "Try again.");
    }
}

static void commit(moon_player *p, const char *guess) {
    size_t size = strlen(guess);
    while (size > 0 && isspace((unsigned char)guess[size - 1])) {
        size--;
    }
    free(p->guess);
    p->guess = moon_copy(guess, size);
    begin_activity(p);
    moon_show_remark(p, "2", "Noted. Let's see what happens.");
    moon_show(p, "\n");
    moon_play_on(p);
}

bool moon_play_answer(moon_player *p, const char *line) {
    const moon_item *item = present(p);
    line += strspn(line, " \t");
    if (item->answer_count == 0) {
        commit(p, line);
        return true;
    }
    size_t index = chosen(item, line);
    if (index == item->answer_count) {
        return false;
    }
    if (item->kind == MOON_CHOICE) {
        answer_choice(p, &item->answers[index]);
    } else {
        commit(p, item->answers[index].text);
    }
    return true;
}

/* ---- The host's view */

moon_player *moon_player_new(const moon_lesson *lesson, moon_progress *progress,
                             const moon_player_host *host) {
    moon_player *p = moon_grow(NULL, sizeof *p);
    *p = (moon_player){.lesson = lesson, .progress = progress, .host = *host};
    p->layout.width = 80;
    return p;
}

void moon_player_free(moon_player *p) {
    if (p == NULL) {
        return;
    }
    moon_stage_free(p->live);
    moon_script_free(&p->script);
    free(p->input);
    free(p->guess);
    free(p->remark);
    free(p->draft);
    free(p);
}

void moon_player_start(moon_player *p) {
    moon_options sink = {0};
    p->host.fill(p->host.context, &sink);
    p->layout = (moon_layout){sink.width > 0 ? sink.width : 80, sink.colour};
    moon_show_lesson(p);
    size_t step = 0;
    while (step < p->lesson->step_count &&
           moon_progress_get(p->progress, p->lesson->id, p->lesson->steps[step].id) == MOON_DONE) {
        step++;
    }
    if (p->lesson->step_count == 0) {
        p->over = true;
    } else {
        moon_play_enter(p, step < p->lesson->step_count ? step : 0);
    }
}

void moon_player_entered(moon_player *p, const char *input) {
    replace(&p->input, input);
}

/* An input that was interrupted would take as long again on every twin. */
static bool was_interrupted(const moon_player *p, moon_evaluation how) {
    const char *error = how == MOON_FAILED ? moon_error_text(p->live->universe) : NULL;
    return error != NULL && strstr(error, "interrupted") != NULL;
}

void moon_player_evaluated(moon_player *p, moon_evaluation how) {
    moon_stage_settle(p->live);
    if (p->waiting == MOON_WAITS_FOR_NOTHING) {
        moon_show(p, "\n");
        moon_play_on(p);
    } else if (p->input != NULL && !was_interrupted(p, how)) {
        moon_script_add(&p->script, p->input, MOON_CHUNK_PROMPT);
        if (p->waiting == MOON_WAITS_FOR_SOLUTION) {
            moon_play_check(p, false);
        }
    }
    replace(&p->input, NULL);
}

bool moon_player_is_over(const moon_player *p) {
    return p->over;
}
