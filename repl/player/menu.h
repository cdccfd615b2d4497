/* The lessons there are, and how far the student is in each. */
#ifndef MOON_MENU_H
#define MOON_MENU_H

#include "player/course.h"
#include "player/progress.h"
#include "view/text.h"

/* Adds the list, one numbered line for each lesson. */
void moon_menu(moon_text *out, const moon_course *course, const moon_progress *progress);
/* The index of the first lesson that is not done; 0 when all are. */
size_t moon_menu_next(const moon_course *course, const moon_progress *progress);

#endif
