#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "player/play.h"
#include "shell/helper_list.h"
#include "shell/page.h"
#include "view/picture.h"

#define DIM  "2"
#define BOLD "1"
/* Longer lines of prose are hard to read, however wide the terminal is. */
#define WIDEST_PROSE 92

void moon_show(moon_player *p, const char *text) {
    p->host.print(p->host.context, text);
}

static moon_layout prose(const moon_player *p) {
    moon_layout layout = p->layout;
    layout.width = layout.width < WIDEST_PROSE ? layout.width : WIDEST_PROSE;
    return layout;
}

static void show_text(moon_player *p, moon_text *text) {
    moon_show(p, moon_text_string(text));
    moon_text_free(text);
}

void moon_show_format(moon_player *p, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char text[1024];
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    moon_show(p, text);
}

void moon_show_remark(moon_player *p, const char *code, const char *remark) {
    moon_text styled = {0}, wrapped = {0};
    moon_layout layout = prose(p);
    moon_styled(&styled, &layout, code, remark);
    moon_wrap(&wrapped, &layout, "", "", moon_text_string(&styled));
    moon_text_free(&styled);
    show_text(p, &wrapped);
}

void moon_show_markdown(moon_player *p, const char *markdown) {
    moon_text text = {0};
    moon_layout layout = prose(p);
    moon_render(&text, &layout, markdown, strlen(markdown));
    moon_text_puts(&text, "\n");
    show_text(p, &text);
}

void moon_show_lesson(moon_player *p) {
    const moon_lesson *l = p->lesson;
    moon_text text = {0};
    moon_text_puts(&text, "\n");
    moon_styled(&text, &p->layout, "1;4", l->title);
    moon_text_format(&text, "   %zu step%s", l->step_count, l->step_count == 1 ? "" : "s");
    if (l->minutes > 0) {
        moon_text_format(&text, ", about %d minute%s", l->minutes, l->minutes == 1 ? "" : "s");
    }
    moon_text_puts(&text, "\n\n");
    show_text(p, &text);
    for (size_t i = 0; i < l->problem_count; i++) {
        moon_text problem = {0};
        moon_text_format(&problem, "%s:%d: %s", l->path, l->problems[i].line, l->problems[i].text);
        moon_show_remark(p, "33", moon_text_string(&problem));
        moon_text_free(&problem);
    }
    if (l->intro[0] != '\0') {
        moon_show_markdown(p, l->intro);
    }
    moon_show_remark(p, DIM,
                     "Enter goes on, and runs the code that is shown. What you type besides is "
                     "Lua, and cannot break anything: `retry` begins the step again. Also: next "
                     "back hint solution check skip edit where quit.");
}

void moon_show_step(moon_player *p) {
    const moon_step *step = moon_play_step(p);
    moon_text line = {0}, text = {0};
    moon_text_format(&line, "── %zu/%zu  %s ", p->step + 1, p->lesson->step_count, step->title);
    size_t used = moon_columns(line.bytes, line.size);
    size_t width = p->layout.width < 72 ? p->layout.width : 72;
    moon_text_repeat(&line, "─", used < width ? width - used : 0);
    moon_text_puts(&text, "\n");
    moon_styled(&text, &p->layout, BOLD, line.bytes);
    moon_text_puts(&text, "\n\n");
    moon_text_free(&line);
    show_text(p, &text);
}

static void show_code(moon_player *p, const char *language, const moon_source *code) {
    moon_text text = {0};
    moon_render_code(&text, &p->layout, language, code->text, code->size);
    moon_text_puts(&text, "\n");
    show_text(p, &text);
}

static void show_pair(moon_player *p, const moon_item *item) {
    moon_text text = {0};
    moon_render_beside(&text, &p->layout, "lua", item->source.text, "elixir", item->elixir.text);
    moon_text_puts(&text, "\n");
    show_text(p, &text);
}

static void show_question(moon_player *p, const moon_item *item) {
    moon_text text = {0};
    moon_layout layout = prose(p);
    moon_render(&text, &layout, item->source.text, item->source.size);
    moon_text_puts(&text, "\n");
    for (size_t i = 0; i < item->answer_count; i++) {
        moon_text answer = {0};
        char number[32];
        snprintf(number, sizeof number, "  %zu  ", i + 1);
        moon_render_inline(&answer, &layout, item->answers[i].text);
        moon_wrap(&text, &layout, number, "     ", moon_text_string(&answer));
        moon_text_free(&answer);
    }
    moon_text_puts(&text, "\n");
    show_text(p, &text);
}

/* The trees of the named processes, or all there are. */
static void draw_trees(moon_text *out, const moon_picture *picture) {
    moon_helpers_host host = {.colour = picture->colour};
    moon_page page = {
        .host = &host,
        .runtime = picture->runtime,
        .shell = picture->shell,
        .width = picture->width,
    };
    for (size_t i = 0; i < picture->name_count; i++) {
        mb_pid root = moon_process_named(picture->runtime, picture->names[i]);
        if (root != 0) {
            moon_draw_supervision(&page, root);
        } else {
            moon_text_format(&page.text, "%s is not running\n", picture->names[i]);
        }
    }
    if (picture->name_count == 0) {
        moon_draw_supervision(&page, 0);
    }
    moon_text_add(out, moon_text_string(&page.text), page.text.size);
    moon_text_free(&page.text);
}

static void draw(moon_text *out, const moon_picture *picture, const char *kind) {
    if (strcmp(kind, "tree") == 0) {
        draw_trees(out, picture);
    } else if (strcmp(kind, "sequence") == 0) {
        moon_draw_sequence(out, picture);
    } else {
        moon_draw_mailboxes(out, picture);
    }
}

/* Names behind the kind, separated by spaces; at most so many as fit. */
static void show_diagram(moon_player *p, const moon_item *item) {
    char *words = moon_copy(item->source.text, item->source.size);
    const char *names[16];
    size_t count = 0;
    char *rest = NULL;
    const char *kind = strtok_r(words, " \t\r\n", &rest);
    for (char *w; count < 16 && (w = strtok_r(NULL, " \t\r\n", &rest)) != NULL;) {
        names[count++] = w;
    }
    moon_picture picture = {
        .runtime = moon_runtime(p->live->universe),
        .shell = moon_shell_pid(p->live->universe),
        .width = p->layout.width > 4 ? p->layout.width - 4 : 1,
        .colour = p->layout.colour,
        .since = p->live->since,
        .names = names,
        .name_count = count,
    };
    moon_text drawing = {0}, text = {0};
    draw(&drawing, &picture, kind);
    moon_render_code(&text, &p->layout, "", moon_text_string(&drawing), drawing.size);
    moon_text_puts(&text, "\n");
    moon_text_free(&drawing);
    free(words);
    show_text(p, &text);
}

void moon_show_item(moon_player *p, const moon_item *item) {
    switch (item->kind) {
    case MOON_PROSE: moon_show_markdown(p, item->source.text); break;
    case MOON_RUN:
        if (item->elixir.text != NULL) {
            show_pair(p, item);
        } else {
            show_code(p, "lua", &item->source);
        }
        break;
    case MOON_TASK: show_code(p, "lua", &item->source); break;
    case MOON_CODE:
        if (strcmp(item->language, "elixir") == 0) {
            moon_show_remark(p, DIM, "  In Elixir:\n ");
        }
        show_code(p, item->language, &item->source);
        break;
    case MOON_CHOICE:
    case MOON_PREDICT: show_question(p, item); break;
    case MOON_DIAGRAM: show_diagram(p, item); break;
    case MOON_VERDICT:
    case MOON_NOTE:
    case MOON_PAUSE: break;
    }
}

static void show_way_on(moon_player *p) {
    moon_text text = {0};
    if (p->step + 1 < p->lesson->step_count) {
        moon_text_format(&text, "Enter goes on to: %s", p->lesson->steps[p->step + 1].title);
    } else {
        moon_text_puts(&text, "Enter ends the lesson.");
    }
    moon_show_remark(p, DIM, moon_text_string(&text));
    moon_text_free(&text);
}

void moon_show_ways(moon_player *p) {
    const moon_item *item = moon_play_item(p);
    switch (p->waiting) {
    case MOON_WAITS_TO_RUN:
        moon_show_remark(p, DIM,
                         item->elixir.text != NULL ? "Enter runs the Lua." : "Enter runs this.");
        break;
    case MOON_WAITS_FOR_SOLUTION:
        moon_show_remark(p, DIM,
                         "Your turn: type what is missing, or `edit` all of it. Also: check "
                         "hint solution skip.");
        break;
    case MOON_WAITS_FOR_ANSWER:
        moon_show_remark(p, DIM,
                         item->answer_count > 0 ? "Your answer is a number." : "Type your answer.");
        break;
    case MOON_WAITS_TO_GO_ON: show_way_on(p); break;
    case MOON_WAITS_FOR_NOTHING: break;
    }
}

static const char *tick(moon_mark mark) {
    return mark == MOON_DONE ? "✓" : mark == MOON_SKIPPED ? "–" : " ";
}

void moon_show_steps(moon_player *p) {
    const moon_lesson *l = p->lesson;
    moon_show_format(p, "%s\n", l->title);
    for (size_t i = 0; i < l->step_count; i++) {
        moon_mark mark = moon_progress_get(p->progress, l->id, l->steps[i].id);
        moon_show_format(p, "  %s %s %2zu  %s\n", i == p->step ? "▸" : " ", tick(mark), i + 1,
                         l->steps[i].title);
    }
}

void moon_show_end(moon_player *p) {
    size_t done = moon_progress_count(p->progress, p->lesson);
    moon_show_format(p, "\nThat was “%s”. ", p->lesson->title);
    if (done == p->lesson->step_count) {
        moon_show(p, "All of its steps are done.\n");
    } else {
        moon_show_format(p, "%zu of its %zu steps are done; skipped ones wait for you.\n", done,
                         p->lesson->step_count);
    }
}
