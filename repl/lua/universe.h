/* A universe: one runtime and one Lua state bound together, with a shell process in which code
 * given from outside is evaluated. Universes share nothing; a program may hold several. */
#ifndef MOON_UNIVERSE_H
#define MOON_UNIVERSE_H

#include <lua.h>

#include "moonbeam.h"

typedef struct moon_universe moon_universe;
typedef struct moon_port_class moon_port_class; /* port.h */
typedef struct moon_recording moon_recording;   /* recording.h */

typedef struct moon_options {
    bool virtual_clock;
    uint64_t seed;
    size_t event_capacity; /* 0: the runtime's default */
    size_t process_memory; /* limit of one process in bytes; 0: the runtime's default */
    size_t width;          /* columns at which printed values wrap; 0: 80 */
    bool colour;           /* of printed values and log lines */
    /* What print and io.write say, in whatever process. */
    void (*write)(void *context, const char *bytes, size_t size);
    /* A complete log entry in Elixir's console format ("\n12:00:00.000 [error] …\n"), coloured
     * when asked for. */
    void (*log)(void *context, mb_level level, const char *text, size_t size);
    /* Each event as it is recorded. May be NULL. */
    void (*event)(void *context, const mb_event *event);
    /* The shell process was ended by an exit signal; a new one has taken over. reason is
     * borrowed. May be NULL. */
    void (*shell_exited)(void *context, mb_pid pid, mb_term reason);
    void *context;
    /* The kinds of ports (port.h) by which processes reach the outside, ended by NULL, and what their
     * `open` is given. Both stay until the universe is gone. NULL: there is no outside. */
    const moon_port_class *const *port_classes;
    void *port_host;
    /* What is asked of the outside is written to it or answered by it; then the clock must be virtual.
     * Stays until the universe is gone. NULL: neither. */
    moon_recording *recording;
} moon_options;

/* NULL when there is no memory. options is copied. */
moon_universe *moon_universe_new(const moon_options *options);
void moon_universe_free(moon_universe *u);
mb_runtime *moon_runtime(moon_universe *u);
/* The main Lua thread. Use it between moon_run calls only, and leave its stack as it was. */
lua_State *moon_lua(moon_universe *u);
mb_pid moon_shell_pid(moon_universe *u);
void moon_set_width(moon_universe *u, size_t width);

/* Runs processes for at most max_slices slices; see mb_run. Preemption is armed meanwhile.
 * Under the virtual clock time advances only while an evaluation is under way or `advance`. */
mb_run_result moon_run(moon_universe *u, size_t max_slices, bool advance);
/* Nanoseconds of real time until moon_run has something to do again, should nothing come from outside;
 * MB_INFINITY: only the outside can bring work. Under the virtual clock waiting helps only while an
 * answer of the outside is expected. */
mb_time moon_time_to_sleep(moon_universe *u);

/* Goes on with collecting garbage, for about `budget` nanoseconds, while nobody can run. True: there
 * is more to be done; false: not before more has been allocated. One step of the collector is not
 * divided: with very many coroutines, the one that ends the marking takes milliseconds. */
bool moon_collect_idle(moon_universe *u, mb_time budget);

/* Whether a program asked for its end with os.exit, and the status it gave. moon_run returns as soon as
 * that has happened; the universe is then only to be freed. */
bool moon_exit_requested(moon_universe *u, int *status);

/* Evaluation: one at a time, in the shell process. */
typedef enum moon_compiled {
    MOON_COMPILED,
    MOON_INCOMPLETE,   /* more lines could make it valid */
    MOON_SYNTAX_ERROR, /* moon_error_text says which, with the line and a caret */
    MOON_BUSY,         /* an evaluation is under way */
    MOON_NO_MEMORY,
} moon_compiled;

/* Compiles code (an expression, or statements) and starts it; it proceeds as moon_run runs.
 * chunk_name is Lua's: "=iex" or "@file". Only text is accepted. */
moon_compiled moon_evaluate(moon_universe *u, const char *code, size_t size,
                            const char *chunk_name);
/* A whole program: code as a file's text (a first line starting with # is skipped), with `arg` set
 * and ... given its arguments. Here the shell process is the program's main process. */
moon_compiled moon_evaluate_program(moon_universe *u, const char *code, size_t size,
                                    const char *chunk_name, int argc, const char *const *argv);

typedef enum moon_evaluation {
    MOON_IDLE,    /* none under way */
    MOON_RUNNING,
    MOON_VALUES,  /* finished: moon_results */
    MOON_FAILED,  /* raised or exited: moon_error_text */
    MOON_KILLED,  /* an exit signal ended the shell process: moon_error_text */
} moon_evaluation;

/* VALUES, FAILED and KILLED are told once; then the state is IDLE again. */
moon_evaluation moon_evaluation_state(moon_universe *u);
/* The values of the last finished evaluation: count and the absolute index of the first on
 * *results. Valid until the next moon_evaluate. */
int moon_results(moon_universe *u, lua_State **results, int *first);
/* Whether the last evaluated text was an expression (so that its values want printing). */
bool moon_was_expression(moon_universe *u);
/* The first global variable that the last evaluated text itself read (not a function called by it)
 * though there was none of that name, and still is none; NULL when all were there. Valid until the
 * next moon_evaluate. */
const char *moon_unknown_global(moon_universe *u);
/* What went wrong, in words, without a trailing newline; valid until the next moon_evaluate. */
const char *moon_error_text(moon_universe *u);
/* After FAILED: whether it was an exit that a program ends of without complaint ("normal", "shutdown",
 * { "shutdown", status }), and the program's exit status then. */
bool moon_quiet_exit(moon_universe *u, int *status);
/* Ctrl-C: makes the evaluation under way fail with "interrupted", whatever it waits for or
 * computes. Safe to call between moon_run calls. */
void moon_interrupt(moon_universe *u);

/* inspect(value) of the value at index of L, as an owned C string (free it with moon_free_text);
 * NULL when there is no memory. */
char *moon_inspect(moon_universe *u, lua_State *L, int index);
void moon_free_text(moon_universe *u, char *text);

/* Help text: every binding registers its own beside the function. path is "GenServer.call". NULL
 * when there is none. Borrowed. */
const char *moon_help(moon_universe *u, const char *path);
/* Calls visit for each documented path in alphabetical order. */
void moon_help_each(moon_universe *u,
                    void (*visit)(void *context, const char *path, const char *text),
                    void *context);

#endif
