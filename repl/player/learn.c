#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/loop.h"
#include "host/state_file.h"
#include "player/course.h"
#include "player/menu.h"
#include "player/player.h"
#include "player/school.h"
#include "shell/prompt.h"

static int play(const char *subject, const char *name, bool colour) {
    moon_loop *loop = moon_loop_new();
    moon_school *school = moon_school_new();
    moon_prompt_options options = {.name = name, .colour = colour};
    moon_school_listen(school, &options);
    moon_prompt *prompt = loop != NULL ? moon_prompt_new(loop, &options) : NULL;
    int status = 1;
    if (prompt != NULL) {
        moon_school_open(school, prompt, NULL);
        if (!moon_school_learn(school, subject)) {
            moon_prompt_leave(prompt, 1);
        }
        status = moon_prompt_run(prompt);
    }
    moon_school_free(school);
    moon_prompt_free(prompt);
    moon_loop_free(loop);
    return status;
}

/* The id that was chosen by number or name, owned; NULL: none. */
static char *choose(const moon_course *course, size_t next) {
    printf("\nWhich one? Enter starts %zu, Ctrl-D leaves: ", next + 1);
    fflush(stdout);
    char line[256];
    if (fgets(line, sizeof line, stdin) == NULL) {
        return NULL;
    }
    line[strcspn(line, "\r\n")] = '\0';
    char *end;
    unsigned long number = strtoul(line, &end, 10);
    const char *id = line;
    if (*line == '\0') {
        id = course->lessons[next]->id;
    } else if (*end == '\0' && number >= 1 && number <= course->count) {
        id = course->lessons[number - 1]->id;
    }
    return moon_copy(id, strlen(id));
}

/* Lists the lessons and, where a person is, asks for one of them. */
static char *choose_from_menu(void) {
    moon_course course;
    moon_course_load(&course, moon_course_folder());
    char *path = moon_state_file("progress");
    moon_progress *progress = moon_progress_load(path);
    moon_text text = {0};
    moon_menu(&text, &course, progress);
    fputs(moon_text_string(&text), stdout);
    char *id = NULL;
    if (course.count > 0 && isatty(STDIN_FILENO)) {
        id = choose(&course, moon_menu_next(&course, progress));
    }
    moon_text_free(&text);
    moon_progress_free(progress);
    moon_course_free(&course);
    free(path);
    return id;
}

int moon_learn(const char *subject, bool colour) {
    char *chosen = subject == NULL ? choose_from_menu() : NULL;
    if (subject == NULL && chosen == NULL) {
        return 0;
    }
    const char *what = subject != NULL ? subject : chosen;
    const char *slash = strrchr(what, '/');
    char *name =
        moon_copy(slash != NULL ? slash + 1 : what, strcspn(slash != NULL ? slash + 1 : what, "."));
    int status = play(what, name, colour);
    free(name);
    free(chosen);
    return status;
}
