#include "player/school.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/state_file.h"
#include "player/course.h"
#include "player/menu.h"
#include "player/player.h"
#include "view/text.h"

struct moon_school {
    moon_prompt *prompt;
    moon_universe *own;
    bool loaded;
    moon_course course;
    moon_progress *progress;
    moon_lesson *extra;  /* one that is not of the course; owned */
    moon_player *player; /* NULL: no lesson is being played */
};

moon_school *moon_school_new(void) {
    moon_school *s = moon_grow(NULL, sizeof *s);
    *s = (moon_school){0};
    return s;
}

static void load(moon_school *s) {
    if (s->loaded) {
        return;
    }
    char *path = moon_state_file("progress");
    moon_course_load(&s->course, moon_course_folder());
    s->progress = moon_progress_load(path);
    s->loaded = true;
    free(path);
}

void moon_school_free(moon_school *s) {
    if (s == NULL) {
        return;
    }
    moon_player_free(s->player);
    moon_lesson_free(s->extra);
    moon_course_free(&s->course);
    moon_progress_free(s->progress);
    free(s);
}

/* ---- The prompt as the player's host */

static void print(void *context, const char *text) {
    moon_school *s = context;
    moon_prompt_print(s->prompt, text);
}

static void fill(void *context, moon_options *options) {
    moon_school *s = context;
    moon_prompt_fill(s->prompt, options);
}

static bool attach(void *context, moon_universe *u) {
    moon_school *s = context;
    return moon_prompt_attach(s->prompt, u);
}

static bool evaluate(void *context, const char *code, const char *chunk_name) {
    moon_school *s = context;
    return moon_prompt_evaluate(s->prompt, code, chunk_name);
}

/* ---- Coming and going */

/* One of the course, or else, in *extra, one from a file. NULL: there is none. */
static moon_lesson *find(moon_school *s, const char *subject, moon_lesson **extra) {
    load(s);
    *extra = NULL;
    moon_lesson *lesson = moon_course_find(&s->course, subject);
    if (lesson == NULL) {
        lesson = *extra = moon_lesson_load(subject);
    }
    return lesson;
}

/* The player's universe goes only when the prompt has another, or none any more. */
static void leave_if_over(moon_school *s) {
    if (s->player == NULL || !moon_player_is_over(s->player)) {
        return;
    }
    if (s->own == NULL) {
        moon_prompt_leave(s->prompt, 0);
        return;
    }
    moon_prompt_attach(s->prompt, s->own);
    moon_player_free(s->player);
    s->player = NULL;
}

static void say_there_is_none(moon_school *s, const char *subject) {
    moon_text text = {0};
    moon_text_format(&text, "There is no lesson `%s`. learn() lists those there are.\n", subject);
    moon_prompt_print(s->prompt, moon_text_string(&text));
    moon_text_free(&text);
}

/* A lesson that is being played goes when the new one has taken the prompt. */
bool moon_school_learn(moon_school *s, const char *subject) {
    moon_lesson *extra;
    moon_lesson *lesson = find(s, subject, &extra);
    if (lesson == NULL) {
        say_there_is_none(s, subject);
        return false;
    }
    moon_player_host host = {print, fill, attach, evaluate, s};
    moon_player *before = s->player;
    s->player = moon_player_new(lesson, s->progress, &host);
    moon_player_start(s->player);
    moon_player_free(before);
    moon_lesson_free(s->extra);
    s->extra = extra;
    leave_if_over(s);
    return true;
}

static void list(moon_school *s) {
    load(s);
    moon_text text = {0};
    moon_menu(&text, &s->course, s->progress);
    moon_text_puts(&text, "learn(\"id\") starts one; quit comes back here.\n");
    moon_prompt_print(s->prompt, moon_text_string(&text));
    moon_text_free(&text);
}

/* ---- The prompt's calls */

/* The name in learn("name"), learn "name" or learn name: *size bytes of it, 0 for none. NULL when
 * the line is no such call. */
static const char *learn_call(const char *line, size_t *size) {
    line += strspn(line, " \t");
    if (strncmp(line, "learn", 5) != 0 || isalnum((unsigned char)line[5]) || line[5] == '_') {
        return NULL;
    }
    line += 5 + strspn(line + 5, " \t(\"'");
    *size = strcspn(line, " \t)\"'\r\n");
    return line[*size + strspn(line + *size, " \t)\"'\r\n")] == '\0' ? line : NULL;
}

static bool learn_line(moon_school *s, const char *line) {
    size_t size = 0;
    const char *name = learn_call(line, &size);
    if (name == NULL) {
        return false;
    }
    char *subject = moon_copy(name, size);
    if (size == 0) {
        list(s);
    } else {
        moon_school_learn(s, subject);
    }
    free(subject);
    return true;
}

static bool command(void *context, const char *line) {
    moon_school *s = context;
    bool done = learn_line(s, line) || (s->player != NULL && moon_player_line(s->player, line));
    leave_if_over(s);
    return done;
}

static void entered(void *context, const char *input) {
    moon_school *s = context;
    if (s->player != NULL) {
        moon_player_entered(s->player, input);
    }
}

static void evaluated(void *context, moon_evaluation how) {
    moon_school *s = context;
    if (s->player != NULL) {
        moon_player_evaluated(s->player, how);
    }
    leave_if_over(s);
}

void moon_school_listen(moon_school *s, moon_prompt_options *options) {
    options->command = command;
    options->entered = entered;
    options->evaluated = evaluated;
    options->context = s;
}

void moon_school_open(moon_school *s, moon_prompt *prompt, moon_universe *own) {
    s->prompt = prompt;
    s->own = own;
}
