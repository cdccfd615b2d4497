/* What a `lua check` says of a stage. It sees, besides everything in the universe:
 *
 *   events()          the events since the activity began, as an array of
 *   events(filter)    { number, time (ms), type, subject, object, term }; a filter such as
 *                     { type = "restart", subject = "Shop" } leaves only those that fit, where a
 *                     process may be given by its name
 *   output            what has been printed since
 *   answer            the value of the last expression since
 */
#ifndef MOON_JUDGE_H
#define MOON_JUDGE_H

#include "player/stage.h"

typedef struct moon_verdict {
    bool held;   /* its first value is true */
    bool failed; /* it raised an error */
    char *text;  /* what is missing (its second value), the error, or the first value as text;
                  * "" for nothing; owned */
} moon_verdict;

/* Plays the check on the stage, which it may change. The text is the caller's. */
moon_verdict moon_judge(moon_stage *stage, const moon_source *check);

/* For the stage: the value of the expression that was just played becomes the answer. */
void moon_judge_keep_answer(moon_stage *stage);
void moon_judge_forget_answer(moon_stage *stage);

#endif
