#include "player/stage.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "player/judge.h"
#include "shell/helpers.h"

#define SLICES         256
#define SETTLING_TURNS 2000
#define PATIENCE       (5000 * MB_MILLISECOND)

/* ---- What the universe says */

static void on_write(void *context, const char *bytes, size_t size) {
    moon_stage *s = context;
    moon_text_add(&s->output, bytes, size);
    if (!s->muted && s->sink.write != NULL) {
        s->sink.write(s->sink.context, bytes, size);
    }
}

static void on_log(void *context, mb_level level, const char *text, size_t size) {
    moon_stage *s = context;
    if (!s->muted && s->sink.log != NULL) {
        s->sink.log(s->sink.context, level, text, size);
    }
}

static void start_line(moon_text *text) {
    if (text->size > 0 && text->bytes[text->size - 1] != '\n') {
        moon_text_puts(text, "\n");
    }
}

static void on_shell_exited(void *context, mb_pid pid, mb_term reason) {
    moon_stage *s = context;
    if (!s->muted && s->sink.shell_exited != NULL) {
        s->sink.shell_exited(s->sink.context, pid, reason);
    }
    char who[64];
    mb_inspect_text(mb_pid_term(pid), who, sizeof who);
    moon_text_clear(&s->error);
    moon_text_format(&s->error, "** (EXIT from %s) shell process exited with reason: ", who);
    mb_write_exit(reason, moon_text_write, &s->error);
}

/* ---- Making one */

static void stay(void *context, int status) {}

/* What a student types may be a helper's name, on whatever stage it is played again. */
static bool add_helpers(moon_stage *s) {
    moon_helpers_host host = {.write = on_write, .leave = stay, .context = s};
    return moon_helpers_add(s->universe, &host);
}

moon_stage *moon_stage_new(const moon_lesson *lesson, const moon_options *sink) {
    moon_stage *s = moon_grow(NULL, sizeof *s);
    *s = (moon_stage){.muted = true};
    if (sink != NULL) {
        s->sink = *sink;
    }
    s->outside = s->sink.port_host;
    if (s->outside == NULL) {
        s->outside = moon_ports_new(NULL);
        s->owns_outside = true;
    }
    moon_options options = s->sink;
    options.virtual_clock = lesson->virtual_clock;
    options.seed = lesson->seed;
    options.write = on_write;
    options.log = on_log;
    options.shell_exited = on_shell_exited;
    options.context = s;
    if (s->outside != NULL) {
        moon_ports_fill(s->outside, &options);
    }
    s->universe = s->outside != NULL ? moon_universe_new(&options) : NULL;
    if (s->universe == NULL || !add_helpers(s)) {
        moon_stage_free(s);
        return NULL;
    }
    return s;
}

void moon_stage_free(moon_stage *s) {
    if (s == NULL) {
        return;
    }
    s->muted = true;
    if (s->universe != NULL) {
        moon_universe_free(s->universe);
    }
    if (s->owns_outside) {
        moon_ports_free(s->outside);
    }
    moon_text_free(&s->output);
    moon_text_free(&s->error);
    free(s);
}

/* ---- Playing */

static mb_time wall_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (mb_time)now.tv_sec * 1000 * MB_MILLISECOND + now.tv_nsec;
}

/* Until there is something to do, in small portions. False: nothing will ever happen. */
static bool wait_a_little(moon_stage *s) {
    mb_time left = moon_time_to_sleep(s->universe);
    int most = 5;
    if (left != MB_INFINITY && left < most * MB_MILLISECOND) {
        most = (int)((left + MB_MILLISECOND - 1) / MB_MILLISECOND);
    }
    if (moon_ports_wait(s->outside, most)) {
        return true;
    }
    if (left == MB_INFINITY) {
        return false;
    }
    nanosleep(&(struct timespec){.tv_nsec = (long)(most * MB_MILLISECOND)}, NULL);
    return true;
}

/* A virtual clock jumps by itself, so that who still waits then waits for ever. */
static moon_evaluation finish(moon_stage *s) {
    mb_time end = wall_clock() + PATIENCE;
    s->gave_up = false;
    for (;;) {
        mb_run_result result = moon_run(s->universe, SLICES, false);
        moon_evaluation state = moon_evaluation_state(s->universe);
        if (state != MOON_RUNNING) {
            return state;
        }
        bool stuck = result == MB_RUN_IDLE && !wait_a_little(s);
        if (!stuck && wall_clock() < end) {
            continue;
        }
        if (s->gave_up) {
            return MOON_RUNNING;
        }
        moon_interrupt(s->universe);
        s->gave_up = true;
        end = wall_clock() + PATIENCE;
    }
}

void moon_stage_settle(moon_stage *s) {
    for (int i = 0; i < SETTLING_TURNS; i++) {
        if (moon_run(s->universe, SLICES, false) == MB_RUN_IDLE) {
            return;
        }
    }
}

static void add_values(moon_stage *s) {
    lua_State *L = NULL;
    int first = 0;
    int count = moon_results(s->universe, &L, &first);
    for (int i = 0; i < count && moon_was_expression(s->universe); i++) {
        char *text = moon_inspect(s->universe, L, first + i);
        start_line(&s->output);
        moon_text_format(&s->output, "%s\n", text != NULL ? text : "");
        moon_free_text(s->universe, text);
    }
}

static void add_error(moon_stage *s) {
    start_line(&s->output);
    moon_text_format(&s->output, "%s\n", moon_text_string(&s->error));
}

moon_evaluation moon_stage_play(moon_stage *s, const char *code, const char *chunk_name) {
    moon_text_clear(&s->error);
    moon_compiled compiled = moon_evaluate(s->universe, code, strlen(code), chunk_name);
    moon_evaluation how = compiled == MOON_COMPILED ? finish(s) : MOON_FAILED;
    if (how == MOON_VALUES) {
        add_values(s);
        moon_judge_keep_answer(s);
    } else {
        if (s->error.size == 0) {
            moon_text_puts(&s->error, moon_error_text(s->universe));
        }
        add_error(s);
    }
    moon_stage_settle(s);
    return how;
}

void moon_stage_begin_activity(moon_stage *s) {
    moon_text_clear(&s->output);
    s->since = mb_event_last(moon_runtime(s->universe));
    moon_judge_forget_answer(s);
}
