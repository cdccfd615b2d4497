/* The lessons there are. */
#ifndef MOON_COURSE_H
#define MOON_COURSE_H

#include "player/lesson.h"

typedef struct moon_course {
    moon_lesson **lessons; /* owned; each comes after those that it needs, else by id */
    size_t count;
} moon_course;

/* All *.md files of the folder but README.md. An unreadable folder has none. */
void moon_course_load(moon_course *course, const char *folder);
/* Where the program's own lessons are: the folder that $MOONBEAM_LESSONS names, else that of the
 * source tree, else the installed one. Borrowed. */
const char *moon_course_folder(void);
void moon_course_free(moon_course *course);
/* Borrowed; NULL when there is none of that id. */
moon_lesson *moon_course_find(const moon_course *course, const char *id);

#endif
