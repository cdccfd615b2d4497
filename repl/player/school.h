/* Lessons at a prompt: takes the prompt over while one is played, and gives it back. */
#ifndef MOON_SCHOOL_H
#define MOON_SCHOOL_H

#include "shell/prompt.h"

typedef struct moon_school moon_school;

/* The course and the student's progress are read when they are first asked for. */
moon_school *moon_school_new(void);
void moon_school_free(moon_school *school); /* before the prompt; NULL is fine */
/* Lets the prompt's calls go to the school: its command, entered, evaluated and context. */
void moon_school_listen(moon_school *school, moon_prompt_options *options);
/* The prompt, and the universe that it has when no lesson is played; NULL: then it is left. */
void moon_school_open(moon_school *school, moon_prompt *prompt, moon_universe *own);
/* Starts the lesson of that id, or in that file. False when there is none, which has been said
 * at the prompt. */
bool moon_school_learn(moon_school *school, const char *subject);

#endif
