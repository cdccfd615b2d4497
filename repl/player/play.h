/* The player from inside. */
#ifndef MOON_PLAY_H
#define MOON_PLAY_H

#include "player/player.h"
#include "player/render.h"
#include "player/script.h"
#include "player/stage.h"

typedef enum moon_waiting {
    MOON_WAITS_FOR_NOTHING, /* an item's code is being evaluated */
    MOON_WAITS_TO_RUN,
    MOON_WAITS_FOR_SOLUTION,
    MOON_WAITS_FOR_ANSWER,
    MOON_WAITS_TO_GO_ON, /* the step is at its end */
} moon_waiting;

struct moon_player {
    const moon_lesson *lesson;
    moon_progress *progress;
    moon_player_host host;
    moon_layout layout;
    size_t step;
    size_t item; /* the one that is waited for; item_count at the end */
    moon_waiting waiting;
    moon_stage *live;   /* what the student works in */
    moon_script script; /* what has been played onto it since the step began */
    char *input;        /* the student's, under evaluation; NULL: none */
    char *guess;        /* committed prediction; NULL: none */
    char *remark;       /* what a check said last, so as not to say it twice; NULL: nothing */
    char *draft;        /* what was edited last; NULL: the task's starter code */
    size_t hints;       /* shown of the item's */
    bool skipped;       /* something in this step */
    bool over;
};

/* ---- show.c: what the student sees */

void moon_show(moon_player *p, const char *text);
void moon_show_format(moon_player *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A remark of the player's own, on a line of its own. code: of the style, "2" for dim. */
void moon_show_remark(moon_player *p, const char *code, const char *text);
void moon_show_markdown(moon_player *p, const char *markdown);
void moon_show_lesson(moon_player *p);
void moon_show_step(moon_player *p);
void moon_show_item(moon_player *p, const moon_item *item);
/* What can be done now. */
void moon_show_ways(moon_player *p);
void moon_show_steps(moon_player *p);
void moon_show_end(moon_player *p);

/* ---- play.c: the course of things */

const moon_step *moon_play_step(const moon_player *p);
/* The item that is waited for, or NULL at the step's end. */
const moon_item *moon_play_item(const moon_player *p);
/* Shows a step from its beginning, in a state of its own. */
void moon_play_enter(moon_player *p, size_t step);
/* Goes on behind the present item, up to the next that waits for the student. */
void moon_play_on(moon_player *p);
void moon_play_run(moon_player *p);
/* A stage like the student's. NULL: no memory, which has been said. */
moon_stage *moon_play_twin(moon_player *p);
/* Plays the script onto a new live universe: what was cut off it has not happened. */
bool moon_play_renew(moon_player *p);
/* Whether the task is solved; goes on if it is. loud: says in any case what is missing. */
void moon_play_check(moon_player *p, bool loud);
/* Takes a line as answer to the question. False: it is none. */
bool moon_play_answer(moon_player *p, const char *line);

/* ---- edit.c */

/* Lets the student work on text in $VISUAL or $EDITOR. NULL when that failed; else owned. */
char *moon_edit(const char *text);

#endif
