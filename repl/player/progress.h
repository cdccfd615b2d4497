/* How far the student has come: one line per step, `lesson step done` or `lesson step skipped`, in
 * one small text file. */
#ifndef MOON_PROGRESS_H
#define MOON_PROGRESS_H

#include "player/lesson.h"

typedef enum moon_mark { MOON_OPEN, MOON_SKIPPED, MOON_DONE } moon_mark;

typedef struct moon_progress moon_progress;

/* path is copied; NULL keeps nothing on disk. A file that cannot be read is an empty one. */
moon_progress *moon_progress_load(const char *path);
void moon_progress_free(moon_progress *progress);
moon_mark moon_progress_get(const moon_progress *progress, const char *lesson, const char *step);
/* What is done stays done. The file is replaced as a whole. False, with errno, when it could not
 * be; the mark is set nevertheless. */
bool moon_progress_set(moon_progress *progress, const char *lesson, const char *step,
                       moon_mark mark);
/* How many of the lesson's steps are done. */
size_t moon_progress_count(const moon_progress *progress, const moon_lesson *lesson);

#endif
