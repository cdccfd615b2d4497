/* `moonbeam lesson …`, for authors. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "player/check.h"
#include "player/player.h"
#include "view/text.h"

static int by_line(const void *a, const void *b) {
    const moon_problem *one = a, *other = b;
    return one->line - other->line;
}

/* The lessons beside the file at path. */
static void load_neighbours(moon_course *course, const char *path) {
    const char *slash = strrchr(path, '/');
    char *folder = slash != NULL ? moon_copy(path, (size_t)(slash - path)) : moon_copy(".", 1);
    moon_course_load(course, *folder != '\0' ? folder : "/");
    free(folder);
}

static bool same_file(const char *a, const char *b) {
    const char *one = strrchr(a, '/'), *other = strrchr(b, '/');
    return strcmp(one != NULL ? one + 1 : a, other != NULL ? other + 1 : b) == 0;
}

/* The lesson itself goes by the path that was asked for. */
static void rename_itself(moon_course *course, const char *path) {
    for (size_t i = 0; i < course->count; i++) {
        if (same_file(course->lessons[i]->path, path)) {
            free(course->lessons[i]->path);
            course->lessons[i]->path = moon_copy(path, strlen(path));
        }
    }
}

static void report(moon_lesson *lesson) {
    if (lesson->problem_count > 1) {
        qsort(lesson->problems, lesson->problem_count, sizeof *lesson->problems, by_line);
    }
    printf("%s %s (%zu step%s)\n", lesson->problem_count == 0 ? "ok    " : "FAILED", lesson->id,
           lesson->step_count, lesson->step_count == 1 ? "" : "s");
    for (size_t i = 0; i < lesson->problem_count; i++) {
        printf("%s:%d: %s\n", lesson->path, lesson->problems[i].line, lesson->problems[i].text);
    }
    fflush(stdout);
}

static bool check_file(const char *path) {
    moon_lesson *lesson = moon_lesson_load(path);
    if (lesson == NULL) {
        printf("FAILED %s\n%s:1: %s\n", path, path, strerror(errno));
        return false;
    }
    moon_course course;
    load_neighbours(&course, path);
    rename_itself(&course, path);
    moon_check(lesson, &course);
    report(lesson);
    bool passed = lesson->problem_count == 0;
    moon_course_free(&course);
    moon_lesson_free(lesson);
    return passed;
}

static int check(int count, char **paths) {
    int passed = 0;
    for (int i = 0; i < count; i++) {
        passed += check_file(paths[i]);
    }
    printf("%d passed, %d failed\n", passed, count - passed);
    return passed == count ? 0 : 1;
}

static const char sketch[] =
    "---\n"
    "id: %.*s\n"
    "title: %.*s\n"
    "minutes: 10\n"
    "needs: []\n"
    "clock: virtual\n"
    "seed: 42\n"
    "---\n"
    "\n"
    "What the reader will be able to do afterwards, in a sentence or two.\n"
    "\n"
    "## The first step {#first}\n"
    "\n"
    "Say what to look at, then show it.\n"
    "\n"
    "```lua run\n"
    "print(\"hello from \" .. \"a lesson\")\n"
    "```\n"
    "```expect\n"
    "hello from a lesson\n"
    "```\n"
    "\n"
    "Then let the reader do it: make `answer_to_all` 42.\n"
    "\n"
    "```lua task\n"
    "answer_to_all = nil\n"
    "```\n"
    "```hint\n"
    "Assign to the global variable `answer_to_all`.\n"
    "```\n"
    "```lua check\n"
    "return answer_to_all == 42, \"answer_to_all is \" .. inspect(answer_to_all)\n"
    "```\n"
    "```lua solution\n"
    "answer_to_all = 42\n"
    "```\n";

static int create(const char *path) {
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    int size = (int)strcspn(name, ".");
    FILE *file = fopen(path, "wx");
    if (file == NULL) {
        fprintf(stderr, "moonbeam: %s: %s\n", path, strerror(errno));
        return 1;
    }
    fprintf(file, sketch, size, name, size, name);
    return fclose(file) == 0 ? 0 : 1;
}

int moon_lesson_command(int argc, char **argv) {
    if (argc >= 2 && strcmp(argv[0], "check") == 0) {
        return check(argc - 1, argv + 1);
    }
    if (argc == 2 && strcmp(argv[0], "new") == 0) {
        return create(argv[1]);
    }
    fputs("usage: moonbeam lesson check FILE…\n       moonbeam lesson new FILE\n", stderr);
    return 2;
}
