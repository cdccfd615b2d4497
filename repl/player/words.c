/* The words of a lesson's prompt. */
#include <stdlib.h>
#include <string.h>

#include "player/play.h"

static void leave(moon_player *p) {
    p->over = true;
}

static void end(moon_player *p) {
    moon_show_end(p);
    leave(p);
}

/* Enter, and `next`. */
static void next(moon_player *p) {
    switch (p->waiting) {
    case MOON_WAITS_TO_RUN: moon_play_run(p); break;
    case MOON_WAITS_TO_GO_ON:
        if (p->step + 1 < p->lesson->step_count) {
            moon_play_enter(p, p->step + 1);
        } else {
            end(p);
        }
        break;
    case MOON_WAITS_FOR_SOLUTION:
    case MOON_WAITS_FOR_ANSWER: moon_show_ways(p); break;
    case MOON_WAITS_FOR_NOTHING: break;
    }
}

static void back(moon_player *p) {
    if (p->step == 0) {
        moon_show_remark(p, "2", "This is the first step.");
    } else {
        moon_play_enter(p, p->step - 1);
    }
}

static void retry(moon_player *p) {
    moon_play_enter(p, p->step);
}

static void hint(moon_player *p) {
    const moon_item *item = moon_play_item(p);
    if (item == NULL || item->hint_count == 0) {
        moon_show_remark(p, "2", "There is no hint here.");
    } else if (p->hints == item->hint_count) {
        moon_show_remark(p, "2", "That were all the hints. `solution` shows an answer.");
    } else {
        moon_show_markdown(p, item->hints[p->hints++].text);
        if (p->hints < item->hint_count) {
            moon_show_remark(p, "2", "(There is another hint.)");
        }
    }
}

static const moon_answer *right_answer(const moon_item *item) {
    for (size_t i = 0; i < item->answer_count; i++) {
        if (item->answers[i].right) {
            return &item->answers[i];
        }
    }
    return NULL;
}

static void show_right_answer(moon_player *p, const moon_item *item) {
    const moon_answer *answer = right_answer(item);
    if (answer == NULL) {
        return;
    }
    moon_text text = {0};
    moon_text_format(&text, "%s\n\n%s", answer->text, answer->reason);
    moon_show_markdown(p, moon_text_string(&text));
    moon_text_free(&text);
}

static void solution(moon_player *p) {
    const moon_item *item = moon_play_item(p);
    if (item != NULL && item->kind == MOON_TASK && item->solution.text != NULL) {
        moon_item code = {.kind = MOON_CODE, .language = (char[]){"lua"}};
        code.source = item->solution;
        moon_show_item(p, &code);
        moon_show_remark(p, "2", "Type it yourself, or `skip` plays it.");
    } else if (item != NULL && item->kind == MOON_CHOICE) {
        show_right_answer(p, item);
    } else if (item != NULL && item->kind == MOON_PREDICT) {
        moon_show_remark(p, "2", "Only the run knows. Take a guess, it costs nothing.");
    } else {
        moon_show_remark(p, "2", "There is nothing to solve here.");
    }
}

/* As if the student's attempts had not been, and the lesson's solution had been typed. */
static void skip_task(moon_player *p, const moon_item *item) {
    moon_item code = {.kind = MOON_CODE, .language = (char[]){"lua"}};
    code.source = item->solution;
    moon_script_cut(&p->script, p->script.activity);
    moon_script_add_item(&p->script, item);
    if (item->solution.text != NULL) {
        moon_show_item(p, &code);
    }
    if (moon_play_renew(p)) {
        moon_play_on(p);
    }
}

static void skip(moon_player *p) {
    const moon_item *item = moon_play_item(p);
    if (p->waiting == MOON_WAITS_FOR_SOLUTION) {
        p->skipped = true;
        skip_task(p, item);
    } else if (p->waiting == MOON_WAITS_FOR_ANSWER) {
        p->skipped = true;
        show_right_answer(p, item);
        moon_play_on(p);
    } else {
        next(p);
    }
}

static void check(moon_player *p) {
    if (p->waiting == MOON_WAITS_FOR_SOLUTION) {
        moon_play_check(p, true);
    } else {
        moon_show_remark(p, "2", "There is no task here.");
    }
}

/* What comes out of the editor is evaluated in place of everything tried before. */
static void edit(moon_player *p) {
    const moon_item *item = moon_play_item(p);
    if (p->waiting != MOON_WAITS_FOR_SOLUTION) {
        moon_show_remark(p, "2", "There is no task to edit here.");
        return;
    }
    const char *before = p->draft != NULL ? p->draft : item->source.text;
    char *code = moon_edit(before);
    if (code == NULL) {
        moon_show_remark(p, "33", "The editor has failed; $EDITOR names the one to use.");
        return;
    }
    free(p->draft);
    p->draft = code;
    moon_script_cut(&p->script, p->script.activity);
    if (moon_play_renew(p)) {
        moon_player_entered(p, code);
        p->host.evaluate(p->host.context, code, MOON_CHUNK_PROMPT);
    }
}

static const struct {
    const char *name;
    void (*act)(moon_player *p);
} words[] = {
    {"", next},
    {"next", next},
    {"back", back},
    {"retry", retry},
    {"hint", hint},
    {"hints", hint},
    {"solution", solution},
    {"skip", skip},
    {"check", check},
    {"edit", edit},
    {"where", moon_show_steps},
    {"quit", leave},
    {"exit", leave},
};

bool moon_player_line(moon_player *p, const char *line) {
    size_t size = strlen(line);
    while (size > 0 && strchr(" \t\r\n", line[size - 1]) != NULL) {
        size--;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i].name) == size && memcmp(words[i].name, line, size) == 0) {
            words[i].act(p);
            return true;
        }
    }
    return p->waiting == MOON_WAITS_FOR_ANSWER && moon_play_answer(p, line);
}
