/* A universe in which a lesson is played, and what came of it so far. The same inputs played onto
 * two stages of a lesson with the virtual clock give the same. */
#ifndef MOON_STAGE_H
#define MOON_STAGE_H

#include "host/ports.h"
#include "lua/universe.h"
#include "player/lesson.h"
#include "view/text.h"

typedef struct moon_stage {
    moon_universe *universe;
    moon_text output;  /* what was printed, the values and errors of inputs included */
    moon_text error;   /* of the last input, "" for none */
    bool gave_up;      /* the last input was interrupted, for it would not end */
    uint64_t since;    /* event at which the present activity began */
    bool muted;        /* nothing reaches the sink */
    moon_ports *outside; /* the sink's, or its own one */
    bool owns_outside;
    moon_options sink; /* where what is said goes, all callbacks NULL for nowhere */
} moon_stage;

/* A new universe with the lesson's clock and seed. sink may be NULL and is copied. NULL when there
 * is no memory. Muted at first. */
moon_stage *moon_stage_new(const moon_lesson *lesson, const moon_options *sink);
void moon_stage_free(moon_stage *stage); /* NULL is fine */

/* Evaluates code until it is done and nobody has anything left to do at that moment; gives up on
 * what takes longer than a person would wait. Adds to output what a prompt would have shown. */
moon_evaluation moon_stage_play(moon_stage *stage, const char *code, const char *chunk_name);
/* Lets everybody do what can be done without time passing. */
void moon_stage_settle(moon_stage *stage);
/* From here on output, events() and answer count. */
void moon_stage_begin_activity(moon_stage *stage);

#endif
