#include "host/program.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/event_file.h"
#include "host/loop.h"
#include "host/output.h"
#include "host/ports.h"
#include "host/source.h"
#include "host/terminal.h"
#include "lua/recording.h"
#include "lua/universe.h"
#include "shell/helpers.h"
#include "view/text.h"

typedef struct program {
    const moon_cli *cli;
    moon_loop *loop;
    moon_ports *ports;
    moon_recording *recording; /* NULL: none */
    moon_universe *universe;
    moon_output output;
    moon_output errors;
    moon_event_file events;
    bool at_terminal; /* somebody watches the output as it comes */
    bool colour;
    bool prints_values; /* of the expression that it is */
    int status;
} program;

/* ---- Output. Errors never overtake what was printed before them. */

static void on_write(void *context, const char *bytes, size_t size) {
    program *p = context;
    moon_output_write(&p->output, bytes, size);
}

static void write_error(program *p, const char *bytes, size_t size) {
    moon_output_flush(&p->output);
    moon_output_write(&p->errors, bytes, size);
    moon_output_flush(&p->errors);
}

static void on_log(void *context, mb_level level, const char *text, size_t size) {
    write_error(context, text, size);
}

static void on_event(void *context, const mb_event *event) {
    program *p = context;
    moon_event_file_write(&p->events, event);
}

static void tell_failure(program *p) {
    const char *text = moon_error_text(p->universe);
    write_error(p, text, strlen(text));
    write_error(p, "\n", 1);
}

static void print_values(program *p) {
    lua_State *L = NULL;
    int first = 0;
    int count = moon_results(p->universe, &L, &first);
    for (int i = 0; i < count; i++) {
        char *text = moon_inspect(p->universe, L, first + i);
        if (text != NULL) {
            on_write(p, text, strlen(text));
        }
        on_write(p, "\n", 1);
        moon_free_text(p->universe, text);
    }
}

/* ---- Running */

static void finish(program *p, moon_evaluation how) {
    bool quiet = how == MOON_FAILED && moon_quiet_exit(p->universe, &p->status);
    if (how != MOON_VALUES && !quiet) {
        tell_failure(p);
        p->status = 1;
    } else if (how == MOON_VALUES && p->prints_values) {
        print_values(p);
    }
    moon_loop_stop(p->loop);
}

static void on_run(void *context) {
    program *p = context;
    if (moon_exit_requested(p->universe, &p->status)) {
        moon_loop_stop(p->loop);
        return;
    }
    moon_evaluation how = moon_evaluation_state(p->universe);
    if (how != MOON_RUNNING) {
        finish(p, how);
    }
}

/* Whether a replay will never go on: everybody waits for what the recording does not have. */
static bool is_at_its_end(const program *p, bool idle) {
    return idle && p->cli->replay != NULL && moon_time_to_sleep(p->universe) == MB_INFINITY;
}

static void tell_of_end(program *p) {
    moon_text text = {0};
    moon_text_format(&text, "moonbeam: %s: nothing more is told, and everybody waits\n",
                     p->cli->replay);
    write_error(p, text.bytes, text.size);
    moon_text_free(&text);
}

static bool on_rest(void *context, bool idle) {
    program *p = context;
    if (idle || p->at_terminal) {
        moon_output_flush(&p->output);
    }
    if (is_at_its_end(p, idle)) {
        tell_of_end(p);
        p->status = 1;
        moon_loop_stop(p->loop);
    }
    return false;
}

static void on_end_signal(void *context, int number) {
    program *p = context;
    moon_output_flush(&p->output);
    moon_die_of(number);
}

/* Unless somebody names a seed, a replay has that of the recording. */
static uint64_t seed_of(const program *p) {
    bool recorded = p->cli->replay != NULL && !p->cli->has_seed;
    return recorded ? moon_recording_seed(p->recording) : moon_cli_seed(p->cli);
}

static bool make_universe(program *p) {
    moon_options options = {
        .virtual_clock = p->cli->virtual_clock,
        .seed = seed_of(p),
        .recording = p->recording,
        .width = moon_terminal_width(),
        .colour = p->colour,
        .write = on_write,
        .log = on_log,
        .event = p->events.file != NULL ? on_event : NULL,
        .context = p,
    };
    moon_ports_fill(p->ports, &options);
    p->universe = moon_universe_new(&options);
    return p->universe != NULL && moon_helpers_add(p->universe, &(moon_helpers_host){
                                                                    .write = on_write,
                                                                    .colour = p->colour,
                                                                    .context = p,
                                                                });
}

/* Code from the command line is an expression, if it can be one. */
static moon_compiled compile_words(program *p, const char *code) {
    const moon_cli *cli = p->cli;
    const char *const *arguments = (const char *const *)cli->arguments;
    const char *name = "=code";
    moon_text expression = {0};
    moon_text_format(&expression, "return %s", code);
    moon_compiled compiled = moon_evaluate_program(p->universe, expression.bytes, expression.size,
                                                   name, cli->argument_count, arguments);
    moon_text_free(&expression);
    p->prints_values = compiled == MOON_COMPILED;
    if (compiled != MOON_SYNTAX_ERROR) {
        return compiled;
    }
    return moon_evaluate_program(p->universe, code, strlen(code), name, cli->argument_count,
                                 arguments);
}

static moon_compiled compile(program *p) {
    const moon_cli *cli = p->cli;
    const char *const *arguments = (const char *const *)cli->arguments;
    if (cli->mode == MOON_RUN_CODE) {
        return compile_words(p, cli->subject);
    }
    size_t size = 0;
    char *code = moon_read_source(cli->subject, &size);
    if (code == NULL) {
        exit(1);
    }
    char name[1024];
    snprintf(name, sizeof name, "@%s", cli->subject != NULL ? cli->subject : "stdin");
    moon_compiled compiled =
        moon_evaluate_program(p->universe, code, size, name, cli->argument_count, arguments);
    free(code);
    return compiled;
}

static void run(program *p) {
    if (compile(p) != MOON_COMPILED) {
        tell_failure(p);
        p->status = 1;
        return;
    }
    moon_loop_attach(p->loop, p->universe);
    moon_loop_on_turn(p->loop, on_run, on_rest, p);
    moon_loop_run(p->loop);
    moon_output_flush(&p->output);
}

static bool set_up(program *p) {
    p->loop = moon_loop_new();
    p->ports = p->loop != NULL ? moon_ports_new(p->loop) : NULL;
    return p->ports != NULL && make_universe(p) &&
           moon_loop_on_first_signal(p->loop, SIGINT, on_end_signal, p) &&
           moon_loop_on_first_signal(p->loop, SIGTERM, on_end_signal, p);
}

static void tell_of_recording(const moon_recording_error *error) {
    fprintf(stderr, "moonbeam: %s\n", error->text);
}

static bool open_recording(program *p) {
    const moon_cli *cli = p->cli;
    moon_recording_error error;
    if (cli->record == NULL && cli->replay == NULL) {
        return true;
    }
    p->recording = cli->replay != NULL
                       ? moon_recording_read(cli->replay, &error)
                       : moon_recording_create(cli->record, moon_cli_seed(cli), &error);
    if (p->recording == NULL) {
        tell_of_recording(&error);
    }
    return p->recording != NULL;
}

static bool close_recording(program *p) {
    moon_recording_error error;
    bool closed = moon_recording_close(p->recording, &error);
    if (!closed) {
        tell_of_recording(&error);
    }
    return closed;
}

int moon_program_run(const moon_cli *cli) {
    program p = {.cli = cli, .at_terminal = isatty(STDOUT_FILENO)};
    p.colour = moon_cli_colour(cli, STDERR_FILENO) &&
               (cli->mode != MOON_RUN_CODE || moon_cli_colour(cli, STDOUT_FILENO));
    moon_output_init(&p.output, STDOUT_FILENO);
    moon_output_init(&p.errors, STDERR_FILENO);
    if (!open_recording(&p)) {
        return 1;
    }
    if (!moon_event_file_open(&p.events, cli->events)) {
        close_recording(&p);
        return 1;
    }
    if (set_up(&p)) {
        run(&p);
    } else {
        fputs("moonbeam: cannot start: out of memory\n", stderr);
        p.status = 1;
    }
    moon_universe_free(p.universe);
    moon_ports_free(p.ports);
    moon_loop_free(p.loop);
    bool recorded = close_recording(&p);
    if (!moon_event_file_close(&p.events) || !recorded) {
        p.status = p.status == 0 ? 1 : p.status;
    }
    return p.status;
}
