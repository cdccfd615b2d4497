/* Plays lessons: shows their steps, lets the student run, solve and answer, and keeps the score.
 * The player owns the universe in which the student works; whoever reads the student's lines and
 * runs the universe lends himself as the host. */
#ifndef MOON_PLAYER_H
#define MOON_PLAYER_H

#include "lua/universe.h"
#include "player/lesson.h"
#include "player/progress.h"

typedef struct moon_player moon_player;

typedef struct moon_player_host {
    /* Text for the student. */
    void (*print)(void *context, const char *text);
    /* Sets where a universe's words go, their width and colours. */
    void (*fill)(void *context, moon_options *options);
    /* From now on the student works in this universe. False: no memory. */
    bool (*attach)(void *context, moon_universe *u);
    /* Begins an evaluation whose end is told to moon_player_evaluated, and shows what comes of
     * it. False when there was a mistake in the code, which has been shown. */
    bool (*evaluate)(void *context, const char *code, const char *chunk_name);
    void *context;
} moon_player_host;

/* All is borrowed but the host, which is copied. */
moon_player *moon_player_new(const moon_lesson *lesson, moon_progress *progress,
                             const moon_player_host *host);
/* The universe it attached last goes, too. NULL is fine. */
void moon_player_free(moon_player *player);

/* Shows the first step that is not done. Tells the student when there is no memory for it. */
void moon_player_start(moon_player *player);
/* The student entered a first line, maybe empty. True: it was for the player, and is done with;
 * false: it is Lua, to be evaluated. */
bool moon_player_line(moon_player *player, const char *line);
/* An input of the student's, all its lines, is being evaluated. */
void moon_player_entered(moon_player *player, const char *input);
/* An evaluation has ended and what came of it has been shown. */
void moon_player_evaluated(moon_player *player, moon_evaluation how);
/* The lesson is over or was left. */
bool moon_player_is_over(const moon_player *player);

/* `moonbeam learn [ID or FILE]`: subject may be NULL, for a list to choose from. Exit status. */
int moon_learn(const char *subject, bool colour);
/* `moonbeam lesson check FILE…`, `moonbeam lesson new FILE`: argv are the words that follow
 * `lesson`. Exit status. */
int moon_lesson_command(int argc, char **argv);

#endif
