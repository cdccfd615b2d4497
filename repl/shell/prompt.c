#include "shell/prompt.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/ports.h"
#include "host/state_file.h"
#include "host/terminal.h"
#include "shell/completion.h"
#include "shell/helpers.h"
#include "shell/line_editor.h"
#include "shell/screen.h"
#include "shell/values.h"
#include "view/text.h"

#define BOLD  "\x1b[1m"
#define DIM   "\x1b[2m"
#define PLAIN "\x1b[0m"

/* How long the next line of input that nobody types waits for processes that never rest. */
#define MOST_SETTLING (100 * MB_MILLISECOND)

struct moon_prompt {
    moon_loop *loop;
    moon_ports *ports; /* for the universe */
    moon_universe *universe;
    moon_prompt_options options;
    moon_line_editor *editor;
    moon_screen screen;
    bool watching; /* the loop tells of input */
    bool evaluating;
    bool new_work;   /* an evaluation was begun since the last turn */
    bool shell_died; /* during this evaluation, and the person has been told */
    bool leaving;
    int status;
    int number; /* of the evaluation that comes next */
    uint64_t settling_since;
    moon_text input; /* the lines of an input that is not complete yet */
    moon_text label; /* the prompt as it was shown last */
};

/* ---- Output */

void moon_prompt_write(moon_prompt *p, const char *bytes, size_t size) {
    moon_screen_write(&p->screen, bytes, size);
}

void moon_prompt_print(moon_prompt *p, const char *text) {
    moon_screen_print(&p->screen, text);
}

static void print_error(moon_prompt *p, const char *text) {
    moon_screen_error(&p->screen, text);
}

static void print_values(moon_prompt *p) {
    lua_State *L = NULL;
    int first = 0;
    int count = moon_results(p->universe, &L, &first);
    for (int i = 0; i < count; i++) {
        char *text = moon_inspect(p->universe, L, first + i);
        moon_screen_start_line(&p->screen);
        moon_prompt_print(p, text != NULL ? text : "(no memory to print this)");
        moon_prompt_print(p, "\n");
        moon_free_text(p->universe, text);
    }
}

/* A name without quotes is no atom here: it is a variable, and one that is not there is nil, which
 * goes wherever it was meant to go without a word. */
static void tell_unknown(moon_prompt *p) {
    const char *name = moon_unknown_global(p->universe);
    if (name == NULL || !p->screen.person) {
        return;
    }
    moon_text words = {0};
    moon_text_format(&words, "  There is no variable %s, so it is nil. An atom is a string: \"%s\".\n",
                     name, name);
    moon_screen_start_line(&p->screen);
    moon_prompt_print(p, moon_text_string(&words));
    moon_text_free(&words);
}

/* ---- Asking */

static void set_label(moon_prompt *p) {
    const char *name = p->options.name != NULL ? p->options.name : "moonbeam";
    bool more = p->input.size > 0;
    const char *on = p->screen.colour ? (more ? "\1" DIM "\2" : "\1" BOLD "\2") : "";
    const char *off = p->screen.colour ? "\1" PLAIN "\2" : "";
    moon_text_clear(&p->label);
    if (more) {
        size_t width = moon_columns(name, strlen(name));
        moon_text_repeat(&p->label, " ", width > 3 ? width - 3 : 0);
    }
    moon_text_format(&p->label, "%s%s%s(%d)> ", on, more ? "..." : name, off, p->number);
}

static void on_readable(void *context) {
    moon_prompt *p = context;
    moon_line_read(p->editor);
}

static void watch(moon_prompt *p, bool on) {
    if (on == p->watching) {
        return;
    }
    p->watching = on;
    if (!on) {
        moon_loop_unwatch(p->loop);
    } else if (!moon_loop_watch(p->loop, STDIN_FILENO, on_readable, p)) {
        print_error(p, "moonbeam: the standard input cannot be read");
        moon_prompt_leave(p, 1);
    }
}

static void ask(moon_prompt *p) {
    moon_screen_start_line(&p->screen);
    moon_screen_flush(&p->screen);
    set_label(p);
    moon_line_ask(p->editor, moon_text_string(&p->label));
    watch(p, true);
}

void moon_prompt_leave(moon_prompt *p, int status) {
    p->leaving = true;
    p->status = status != 0 ? status : p->status;
    moon_line_stop(p->editor);
    moon_screen_flush(&p->screen);
    moon_loop_stop(p->loop);
}

/* ---- Evaluating */

/* Begins the evaluation, or prints what is wrong with the code. */
static bool begin(moon_prompt *p, moon_compiled compiled) {
    switch (compiled) {
    case MOON_COMPILED:
        watch(p, false);
        p->evaluating = true;
        p->new_work = true;
        p->shell_died = false;
        return true;
    case MOON_BUSY: print_error(p, "** something is still being evaluated"); return false;
    case MOON_NO_MEMORY: print_error(p, "** there is no memory left for this"); return false;
    case MOON_INCOMPLETE:
    case MOON_SYNTAX_ERROR: break;
    }
    print_error(p, moon_error_text(p->universe));
    return false;
}

bool moon_prompt_evaluate(moon_prompt *p, const char *code, const char *chunk_name) {
    return begin(p, moon_evaluate(p->universe, code, strlen(code), chunk_name));
}

static bool is_blank(const char *text) {
    return text[strspn(text, " \t\r\n")] == '\0';
}

/* Words that leave. exit and quit are functions as well; but who types nothing else, means it. */
static bool is_farewell(const char *input) {
    static const char *const words[] = {"exit", "quit", "exit()", "quit()"};
    size_t start = strspn(input, " \t");
    size_t size = strcspn(input + start, " \t\r\n;");
    if (!is_blank(input + start + size)) {
        return false;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i]) == size && memcmp(words[i], input + start, size) == 0) {
            return true;
        }
    }
    return false;
}

/* What was pasted may end with empty lines. */
static void remember(moon_prompt *p, const char *input) {
    size_t size = strlen(input);
    while (size > 0 && strchr(" \t\r\n", input[size - 1]) != NULL) {
        size--;
    }
    char *entry = strndup(input, size);
    if (entry != NULL && size > 0) {
        moon_line_remember(p->editor, entry);
    }
    free(entry);
}

/* Whether a first line is done with without Lua having seen it. */
static bool is_command(moon_prompt *p, const char *line) {
    if (p->options.command != NULL && p->options.command(p->options.context, line)) {
        if (!is_blank(line)) {
            remember(p, line);
        }
        return true;
    }
    if (is_farewell(line)) {
        remember(p, line);
        moon_prompt_leave(p, 0);
        return true;
    }
    return is_blank(line);
}

static void on_line(void *context, const char *line) {
    moon_prompt *p = context;
    p->screen.mid_line = false; /* the person's Enter moved the cursor */
    if (p->input.size == 0 && is_command(p, line)) {
        if (!p->leaving && !p->evaluating) {
            ask(p);
        }
        return;
    }
    if (p->input.size > 0) {
        moon_text_puts(&p->input, "\n");
    }
    moon_text_puts(&p->input, line);
    const char *input = moon_text_string(&p->input);
    moon_compiled compiled = moon_evaluate(p->universe, input, p->input.size, "=prompt");
    if (compiled == MOON_INCOMPLETE) {
        ask(p);
        return;
    }
    remember(p, input);
    if (compiled == MOON_COMPILED && p->options.entered != NULL) {
        p->options.entered(p->options.context, input);
    }
    moon_text_clear(&p->input);
    if (!begin(p, compiled)) {
        ask(p);
    }
}

static void on_end(void *context) {
    moon_prompt *p = context;
    p->screen.mid_line = false;
    if (p->input.size > 0 && !p->screen.person) {
        const char *input = moon_text_string(&p->input);
        /* As a program, which cannot go on, it has a mistake that can be told. */
        moon_evaluate_program(p->universe, input, p->input.size, "=prompt", 0, NULL);
        print_error(p, moon_error_text(p->universe));
    }
    moon_prompt_leave(p, !p->screen.person && p->screen.failed);
}

/* ---- The evaluation's end */

static void keep_values(moon_prompt *p) {
    lua_State *from = NULL;
    int first = 0;
    int count = moon_results(p->universe, &from, &first);
    moon_values_keep(moon_lua(p->universe), p->number, from, first, count);
}

static void finish(moon_prompt *p, moon_evaluation how) {
    if (how == MOON_VALUES) {
        keep_values(p);
        if (moon_was_expression(p->universe)) {
            print_values(p);
        }
        tell_unknown(p);
    } else if (how == MOON_FAILED || !p->shell_died) {
        print_error(p, moon_error_text(p->universe));
    }
    p->number++;
    p->evaluating = false;
    p->settling_since = uv_hrtime();
    if (p->options.evaluated != NULL) {
        p->options.evaluated(p->options.context, how);
    }
}

static void on_run(void *context) {
    moon_prompt *p = context;
    int status = 0;
    if (moon_exit_requested(p->universe, &status)) {
        moon_prompt_leave(p, status);
    } else if (p->evaluating) {
        moon_evaluation how = moon_evaluation_state(p->universe);
        if (how != MOON_RUNNING) {
            finish(p, how);
        }
    }
}

/* Lines that nobody types come when everybody has done what the line before gave him to do. */
static bool is_settled(const moon_prompt *p, bool idle) {
    return p->screen.person || idle || uv_hrtime() - p->settling_since > (uint64_t)MOST_SETTLING;
}

static bool on_rest(void *context, bool idle) {
    moon_prompt *p = context;
    moon_screen_flush(&p->screen);
    if (!p->evaluating && !p->editor->asking && is_settled(p, idle)) {
        ask(p);
    }
    bool ready = p->editor->asking && moon_line_ready(p->editor);
    if (ready) {
        moon_line_read(p->editor);
    }
    bool more = p->new_work || ready;
    p->new_work = false;
    return more;
}

/* ---- What comes from the universe */

static void on_write(void *context, const char *bytes, size_t size) {
    moon_prompt_write(context, bytes, size);
}

static void on_log(void *context, mb_level level, const char *text, size_t size) {
    moon_prompt *p = context;
    moon_screen_log(&p->screen, text, size);
}

/* How many causes to go back through: from the shell's end over the exits of supervisors in between. */
#define CAUSES_TO_SEARCH 32

/* The event in which a supervisor gave up, if the end of `pid`, the newest one, follows from one. */
static const mb_event *find_given_up(mb_runtime *rt, mb_pid pid) {
    const mb_event *e = mb_event_get(rt, mb_event_last(rt));
    while (e && !(e->type == MB_EVENT_EXIT && e->subject == pid))
        e = mb_event_get(rt, e->number - 1);
    for (int i = 0; e && i < CAUSES_TO_SEARCH && e->type != MB_EVENT_GIVE_UP; i++)
        e = mb_event_get(rt, e->cause);
    return e && e->type == MB_EVENT_GIVE_UP ? e : NULL;
}

/* IEx leaves it at "shutdown"; whoever sees this for the first time wants to know who and why. */
static void explain(moon_prompt *p, mb_pid pid, mb_term reason) {
    const mb_event *e = find_given_up(moon_runtime(p->universe), pid);
    if (!e)
        return;
    char supervisor[64], child[128];
    mb_inspect_text(mb_pid_term(e->subject), supervisor, sizeof supervisor);
    mb_inspect_text(mb_element(e->term, 0), child, sizeof child);
    moon_text words = {0};
    moon_text_format(&words,
                     "  The supervisor %s, %s, gave up: its child %s ended once more "
                     "than\n  max_restarts = %lld times within max_seconds = %lld.\n",
                     supervisor,
                     mb_is(mb_element(reason, 0), "application_terminated")
                         ? "of the application"
                         : "linked to the shell",
                     child, (long long)mb_element(e->term, 1).integer,
                     (long long)mb_element(e->term, 2).integer);
    moon_prompt_print(p, moon_text_string(&words));
    moon_text_free(&words);
}

static void on_shell_exited(void *context, mb_pid pid, mb_term reason) {
    moon_prompt *p = context;
    moon_text words = {0};
    char who[64];
    mb_inspect_text(mb_pid_term(pid), who, sizeof who);
    moon_text_format(&words, "** (EXIT from %s) shell process exited with reason: ", who);
    mb_write_exit(reason, moon_text_write, &words);
    print_error(p, moon_text_string(&words));
    moon_text_free(&words);
    explain(p, pid, reason);
    p->shell_died = true;
}

/* ---- What comes from the outside */

static void on_interrupt(void *context, int number) {
    moon_prompt *p = context;
    if (!p->screen.person) {
        moon_prompt_leave(p, 128 + number);
    } else if (p->evaluating) {
        p->screen.mid_line = true; /* the terminal has shown ^C */
        moon_interrupt(p->universe);
    } else if (p->editor->asking) {
        moon_line_abandon(p->editor);
        p->screen.mid_line = false;
        moon_text_clear(&p->input);
        ask(p);
    }
}

static void on_resize(void *context, int number) {
    moon_prompt *p = context;
    moon_line_resize(p->editor);
    if (p->universe != NULL) {
        moon_set_width(p->universe, moon_terminal_width());
    }
}

static void on_suspend(void *context, int number) {
    moon_prompt *p = context;
    moon_line_suspend(p->editor);
}

static void on_termination(void *context, int number) {
    moon_prompt_leave(context, 128 + number);
}

static bool complete(void *context, const char *line, size_t cursor, moon_completion *out) {
    moon_prompt *p = context;
    return p->universe != NULL && moon_complete(p->universe, line, cursor, out);
}

static void leave_from_lua(void *context, int status) {
    moon_prompt_leave(context, status);
}

/* ---- Coming and going */

static bool watch_signals(moon_prompt *p) {
    moon_loop_on_turn(p->loop, on_run, on_rest, p);
    return moon_loop_on_signal(p->loop, SIGINT, on_interrupt, p) &&
           moon_loop_on_signal(p->loop, SIGWINCH, on_resize, p) &&
           moon_loop_on_signal(p->loop, SIGTSTP, on_suspend, p) &&
           moon_loop_on_signal(p->loop, SIGTERM, on_termination, p) &&
           moon_loop_on_signal(p->loop, SIGHUP, on_termination, p);
}

static moon_line_editor *make_editor(moon_prompt *p) {
    moon_line_client client = {
        .line = on_line,
        .end = on_end,
        .complete = complete,
        .context = p,
        .colour = p->screen.colour,
    };
    char *history = moon_state_file("history");
    moon_line_editor *editor = moon_line_editor_new(&client, history);
    free(history);
    return editor;
}

moon_prompt *moon_prompt_new(moon_loop *loop, const moon_prompt_options *options) {
    moon_prompt *p = calloc(1, sizeof *p);
    if (p == NULL) {
        return NULL;
    }
    p->loop = loop;
    p->ports = moon_ports_new(loop);
    p->options = *options;
    p->number = 1;
    moon_screen_init(&p->screen, options->colour);
    p->editor = p->screen.editor = make_editor(p);
    if (p->ports == NULL || p->editor == NULL || !watch_signals(p)) {
        moon_prompt_free(p);
        return NULL;
    }
    p->screen.person = p->editor->is_terminal;
    return p;
}

void moon_prompt_free(moon_prompt *p) {
    if (p == NULL) {
        return;
    }
    moon_loop_on_turn(p->loop, NULL, NULL, NULL);
    moon_line_editor_free(p->editor);
    moon_text_free(&p->input);
    moon_screen_finish(&p->screen);
    moon_text_free(&p->label);
    moon_ports_free(p->ports);
    free(p);
}

void moon_prompt_fill(moon_prompt *p, moon_options *options) {
    options->write = on_write;
    options->log = on_log;
    options->shell_exited = on_shell_exited;
    options->context = p;
    options->width = moon_terminal_width();
    options->colour = p->screen.colour;
    moon_ports_fill(p->ports, options);
}

bool moon_prompt_attach(moon_prompt *p, moon_universe *u) {
    p->universe = u;
    moon_loop_attach(p->loop, u);
    return moon_helpers_add(u, &(moon_helpers_host){
                                   .write = on_write,
                                   .leave = leave_from_lua,
                                   .colour = p->screen.colour,
                                   .context = p,
                               });
}

int moon_prompt_run(moon_prompt *p) {
    if (p->screen.person && p->options.banner != NULL) {
        moon_prompt_print(p, p->options.banner);
    }
    if (!p->leaving) {
        moon_loop_run(p->loop);
    }
    moon_screen_flush(&p->screen);
    return p->status;
}
