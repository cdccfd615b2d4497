/* The inputs played since a step began, so that its state can be had again on another stage. */
#ifndef MOON_SCRIPT_H
#define MOON_SCRIPT_H

#include "player/lesson.h"
#include "player/stage.h"

typedef struct moon_input {
    char *code;
    const char *chunk_name; /* borrowed for ever */
} moon_input;

typedef struct moon_script {
    moon_input *inputs;
    size_t count;
    size_t activity; /* index of the first input of the present activity */
} moon_script;

#define MOON_CHUNK_LESSON "=lesson"
#define MOON_CHUNK_PROMPT "=prompt"

void moon_script_add(moon_script *script, const char *code, const char *chunk_name);
/* Forgets all inputs from index count on. */
void moon_script_cut(moon_script *script, size_t count);
void moon_script_free(moon_script *script);
/* Plays all, the stage's activity beginning where the script's does. */
void moon_script_play(const moon_script *script, moon_stage *stage);

/* What an item adds when the lesson plays itself: a run its code, a task its solution. */
void moon_script_add_item(moon_script *script, const moon_item *item);
/* A stage with the lesson played up to the step, the step's setups included; muted. NULL when there
 * is no memory. */
moon_stage *moon_stage_at(const moon_lesson *lesson, size_t step, const moon_options *sink);

#endif
