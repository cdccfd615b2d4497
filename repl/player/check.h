/* Whether a lesson keeps its word: every run gives what it expects, every task fails with its
 * starter code and passes with its solution, every prediction comes to a decision. */
#ifndef MOON_CHECK_H
#define MOON_CHECK_H

#include "player/course.h"

/* Adds what is wrong to the lesson's problems. course: the lessons that it may need. */
void moon_check(moon_lesson *lesson, const moon_course *course);

#endif
