#include "player/menu.h"

static bool done(const moon_lesson *lesson, const moon_progress *progress) {
    return moon_progress_count(progress, lesson) == lesson->step_count;
}

static void add_lesson(moon_text *out, size_t number, const moon_lesson *lesson,
                       const moon_progress *progress) {
    size_t count = moon_progress_count(progress, lesson);
    moon_text line = {0};
    moon_text_format(&line, " %s %2zu  %s", done(lesson, progress) ? "✓" : " ", number, lesson->id);
    moon_text_pad(&line, moon_columns(line.bytes, line.size), 30);
    moon_text_format(&line, " %s", lesson->title);
    if (count > 0 && !done(lesson, progress)) {
        moon_text_format(&line, " (%zu of %zu steps)", count, lesson->step_count);
    } else if (count == 0 && lesson->minutes > 0) {
        moon_text_format(&line, " (%d minutes)", lesson->minutes);
    }
    moon_text_format(out, "%s\n", line.bytes);
    moon_text_free(&line);
}

void moon_menu(moon_text *out, const moon_course *course, const moon_progress *progress) {
    for (size_t i = 0; i < course->count; i++) {
        add_lesson(out, i + 1, course->lessons[i], progress);
    }
    if (course->count == 0) {
        moon_text_format(out, "There are no lessons in %s.\n", moon_course_folder());
    }
}

size_t moon_menu_next(const moon_course *course, const moon_progress *progress) {
    for (size_t i = 0; i < course->count; i++) {
        if (!done(course->lessons[i], progress)) {
            return i;
        }
    }
    return 0;
}
