/* The prompt: reads Lua, has it evaluated in a universe's shell process, and prints what comes of
 * it, while everything else in the universe goes on. */
#ifndef MOON_PROMPT_H
#define MOON_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "host/loop.h"
#include "lua/universe.h"

typedef struct moon_prompt moon_prompt;

typedef struct moon_prompt_options {
    const char *name;   /* shown in front of the number; borrowed. NULL: "moonbeam" */
    const char *banner; /* written at the start, where a person is; NULL: none */
    bool colour;
    /* Called with the first line of each input before Lua sees it; true: it was a command of the
     * host's own and is done with. Empty lines come, too. May be NULL. */
    bool (*command)(void *context, const char *line);
    /* Called with each input, all its lines, whose evaluation has just begun. May be NULL. */
    void (*entered)(void *context, const char *input);
    /* Called when an evaluation has ended and what it gave has been printed. May be NULL. */
    void (*evaluated)(void *context, moon_evaluation how);
    void *context;
} moon_prompt_options;

/* The loop is borrowed; the prompt uses its turn callback, its input and SIGINT, SIGWINCH,
 * SIGTSTP, SIGTERM, SIGHUP. NULL when there is no memory or the system refuses. */
moon_prompt *moon_prompt_new(moon_loop *loop, const moon_prompt_options *options);
/* The universe must be gone. NULL is fine. */
void moon_prompt_free(moon_prompt *prompt);

/* First: sets what a universe at this prompt needs of its options (write, log, shell_exited,
 * context, width, colour). Then, having made the universe: attach. Universes may be exchanged
 * between two evaluations. False when there is no memory. */
void moon_prompt_fill(moon_prompt *prompt, moon_options *options);
bool moon_prompt_attach(moon_prompt *prompt, moon_universe *u);

/* Asks until the person leaves, or moon_prompt_leave. Returns the program's exit status. */
int moon_prompt_run(moon_prompt *prompt);
void moon_prompt_leave(moon_prompt *prompt, int status);

/* Evaluates as if it had been typed, without it being shown. False when there was a mistake in it,
 * which has been printed. Not while an evaluation is under way. */
bool moon_prompt_evaluate(moon_prompt *prompt, const char *code, const char *chunk_name);
/* Text for the person, above the line that is being typed. */
void moon_prompt_write(moon_prompt *prompt, const char *bytes, size_t size);
void moon_prompt_print(moon_prompt *prompt, const char *text);

#endif
