#include "player/course.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "view/text.h"

static bool is_lesson_file(const char *name) {
    size_t size = strlen(name);
    return size > 3 && name[0] != '.' && strcmp(name + size - 3, ".md") == 0 &&
           strcmp(name, "README.md") != 0;
}

static void add_file(moon_course *course, const char *folder, const char *name) {
    moon_text path = {0};
    moon_text_format(&path, "%s/%s", folder, name);
    moon_lesson *lesson = moon_lesson_load(path.bytes);
    moon_text_free(&path);
    if (lesson == NULL) {
        return;
    }
    course->lessons = moon_grow(course->lessons, (course->count + 1) * sizeof(moon_lesson *));
    course->lessons[course->count++] = lesson;
}

static int by_id(const void *a, const void *b) {
    const moon_lesson *const *one = a, *const *other = b;
    return strcmp((*one)->id, (*other)->id);
}

static bool needs_none_of(const moon_lesson *lesson, moon_lesson *const *left, size_t count) {
    for (size_t n = 0; n < lesson->need_count; n++) {
        for (size_t i = 0; i < count; i++) {
            if (left[i] != lesson && strcmp(left[i]->id, lesson->needs[n]) == 0) {
                return false;
            }
        }
    }
    return true;
}

/* Takes, again and again, the first lesson that needs none of those left; in a circle, the first
 * of all. */
static void order(moon_course *course) {
    if (course->count > 1) {
        qsort(course->lessons, course->count, sizeof *course->lessons, by_id);
    }
    for (size_t placed = 0; placed < course->count; placed++) {
        moon_lesson **left = course->lessons + placed;
        size_t count = course->count - placed, next = 0;
        while (next < count && !needs_none_of(left[next], left, count)) {
            next++;
        }
        if (next == count) {
            next = 0;
        }
        moon_lesson *taken = left[next];
        memmove(left + 1, left, next * sizeof *left);
        left[0] = taken;
    }
}

void moon_course_load(moon_course *course, const char *folder) {
    *course = (moon_course){0};
    DIR *directory = opendir(folder);
    if (directory == NULL) {
        return;
    }
    for (struct dirent *e = readdir(directory); e != NULL; e = readdir(directory)) {
        if (is_lesson_file(e->d_name)) {
            add_file(course, folder, e->d_name);
        }
    }
    closedir(directory);
    order(course);
}

const char *moon_course_folder(void) {
    const char *given = getenv("MOONBEAM_LESSONS");
    if (given != NULL && *given != '\0') {
        return given;
    }
    return access(MOONBEAM_SOURCE_LESSONS_DIR, R_OK) == 0 ? MOONBEAM_SOURCE_LESSONS_DIR
                                                          : MOONBEAM_LESSONS_DIR;
}

void moon_course_free(moon_course *course) {
    for (size_t i = 0; i < course->count; i++) {
        moon_lesson_free(course->lessons[i]);
    }
    free(course->lessons);
    *course = (moon_course){0};
}

moon_lesson *moon_course_find(const moon_course *course, const char *id) {
    for (size_t i = 0; i < course->count; i++) {
        if (strcmp(course->lessons[i]->id, id) == 0) {
            return course->lessons[i];
        }
    }
    return NULL;
}
