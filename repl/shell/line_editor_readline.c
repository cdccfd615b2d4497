/* The line editor with readline's callback interface: a key at a time, so that everything else
 * goes on while a person types. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

#include "host/terminal.h"
#include "shell/history.h"
#include "shell/line_editor.h"
#include "view/text.h"

typedef struct readline_editor {
    moon_line_editor base;
    char *history_path;         /* NULL: not kept */
    moon_completion completion; /* what the last Tab found; shown by show_candidates */
} readline_editor;

/* Readline is one per program and hands no pointer to its callbacks; this is where they find their
 * editor. It is set as long as one lives. */
static readline_editor *active;

static readline_editor *as_readline(moon_line_editor *editor) {
    return (readline_editor *)editor;
}

/* Also gives the terminal back its ordinary mode. */
static void stop_asking(readline_editor *e) {
    if (e->base.asking) {
        e->base.asking = false;
        rl_callback_handler_remove();
    }
}

static void on_line(char *line) {
    readline_editor *e = active;
    stop_asking(e);
    if (line == NULL) {
        fputc('\n', rl_outstream);
        fflush(rl_outstream);
        e->base.client.end(e->base.client.context);
    } else {
        e->base.client.line(e->base.client.context, line);
        free(line);
    }
}

static void readline_ask(moon_line_editor *editor, const char *prompt) {
    editor->asking = true;
    rl_callback_handler_install(prompt, on_line);
}

static void readline_stop(moon_line_editor *editor) {
    if (editor->asking) {
        rl_clear_visible_line();
        fflush(rl_outstream);
        stop_asking(as_readline(editor));
    }
}

static void readline_read(moon_line_editor *editor) {
    if (editor->asking) {
        rl_callback_read_char();
    }
}

static bool readline_ready(const moon_line_editor *editor) {
    return false;
}

static void go_to_end(void) {
    rl_point = rl_end;
    rl_redisplay();
}

static void readline_abandon(moon_line_editor *editor) {
    if (!editor->asking) {
        return;
    }
    rl_callback_sigcleanup();
    go_to_end();
    rl_free_line_state();
    fputs("^C\n", rl_outstream);
    fflush(rl_outstream);
    stop_asking(as_readline(editor));
}

static void readline_write(moon_line_editor *editor, const char *bytes, size_t size) {
    if (size == 0) {
        return;
    }
    if (editor->asking) {
        rl_clear_visible_line();
    }
    fwrite(bytes, 1, size, rl_outstream);
    if (editor->asking) {
        if (bytes[size - 1] != '\n') {
            fputc('\n', rl_outstream);
        }
        rl_forced_update_display();
    }
    fflush(rl_outstream);
}

static bool is_last_entry(const char *entry) {
    HIST_ENTRY *last = history_get(history_base + history_length - 1);
    return last != NULL && strcmp(last->line, entry) == 0;
}

static void readline_remember(moon_line_editor *editor, const char *entry) {
    const readline_editor *e = as_readline(editor);
    if (is_last_entry(entry)) {
        return;
    }
    add_history(entry);
    if (e->history_path != NULL) {
        moon_history_append(e->history_path, entry);
    }
}

static void load_entry(void *context, const char *entry) {
    add_history(entry);
}

static void readline_suspend(moon_line_editor *editor) {
    if (!editor->asking) {
        raise(SIGSTOP);
        return;
    }
    int point = rl_point;
    go_to_end();
    fputs("^Z\n", rl_outstream);
    fflush(rl_outstream);
    rl_deprep_terminal();
    raise(SIGSTOP);
    rl_prep_terminal(1);
    rl_point = point;
    rl_forced_update_display();
}

static void readline_resize(moon_line_editor *editor) {
    if (editor->asking) {
        rl_resize_terminal();
    } else {
        rl_reset_screen_size();
    }
}

static void readline_free(moon_line_editor *editor) {
    readline_editor *e = as_readline(editor);
    readline_stop(editor);
    moon_completion_free(&e->completion);
    free(e->history_path);
    clear_history();
    active = NULL;
    free(e);
}

/* ---- Completion: readline asks first where the word begins, then what could stand there, then to
 * show what it has been told. */

static char *find_candidates(void) {
    /* Constants; only readline's type for them says otherwise. */
    static char identifiers[] = " \t\n\"\\'`@$><=;|&{(+-*/%^#~[])},:.!?";
    static char strings[] = "\"'";
    readline_editor *e = active;
    moon_completion_free(&e->completion);
    const moon_line_client *client = &e->base.client;
    bool found = client->complete != NULL && client->complete(client->context, rl_line_buffer,
                                                              (size_t)rl_point, &e->completion);
    if (!found) {
        moon_completion_free(&e->completion);
    }
    return e->completion.quote != 0 ? strings : identifiers;
}

static size_t common_prefix(const moon_completion *completion) {
    const char *first = completion->candidates[0].text;
    size_t size = strlen(first);
    for (size_t i = 1; i < completion->count; i++) {
        size_t same = 0;
        while (same < size && first[same] == completion->candidates[i].text[same]) {
            same++;
        }
        size = same;
    }
    return size;
}

/* Readline wants the common prefix first, then all candidates unless there is but one, then NULL;
 * it frees everything. */
static char **to_matches(const moon_completion *completion) {
    size_t count = completion->count > 1 ? completion->count : 0;
    char **matches = calloc(count + 2, sizeof *matches);
    if (matches == NULL) {
        return NULL;
    }
    matches[0] = strndup(completion->candidates[0].text, common_prefix(completion));
    for (size_t i = 0; i < count; i++) {
        matches[i + 1] = strdup(completion->candidates[i].text);
    }
    return matches;
}

static char **attempt(const char *word, int start, int end) {
    const moon_completion *completion = &active->completion;
    rl_attempted_completion_over = 1;
    if (end == 0) { /* of an empty word at the margin readline does not ask where it begins */
        find_candidates();
    }
    if (completion->count == 0 || (size_t)start != completion->start) {
        return NULL;
    }
    bool closing = completion->closes && rl_line_buffer[end] != completion->quote;
    rl_completion_append_character = closing ? completion->quote : 0;
    return to_matches(completion);
}

static const char *colour_of(moon_candidate_kind kind) {
    switch (kind) {
    case MOON_CANDIDATE_KEYWORD: return "\x1b[35m";
    case MOON_CANDIDATE_FUNCTION: return "\x1b[36m";
    case MOON_CANDIDATE_TABLE: return "\x1b[33m";
    case MOON_CANDIDATE_NAME: return "\x1b[32m";
    case MOON_CANDIDATE_VALUE: break;
    }
    return "";
}

/* In columns, the alphabet running down. */
static void lay_out(moon_text *out, const readline_editor *e, size_t screen) {
    const size_t most = 300;
    const moon_completion *completion = &e->completion;
    size_t count = completion->count < most ? completion->count : most;
    size_t cell = 0;
    for (size_t i = 0; i < count; i++) {
        const char *text = completion->candidates[i].text;
        size_t columns = moon_columns(text, strlen(text)) + 2;
        cell = columns > cell ? columns : cell;
    }
    size_t columns = screen > cell ? screen / cell : 1;
    size_t rows = (count + columns - 1) / columns;
    for (size_t row = 0; row < rows; row++) {
        for (size_t i = row; i < count; i += rows) {
            const moon_candidate *candidate = &completion->candidates[i];
            size_t used = moon_columns(candidate->text, strlen(candidate->text));
            bool coloured = e->base.client.colour && *colour_of(candidate->kind) != '\0';
            moon_text_format(out, "%s%s%s", coloured ? colour_of(candidate->kind) : "",
                             candidate->text, coloured ? "\x1b[0m" : "");
            moon_text_repeat(out, " ", i + rows < count ? cell - used : 0);
        }
        moon_text_puts(out, "\n");
    }
    if (count < completion->count) {
        moon_text_format(out, "… and %zu more\n", completion->count - count);
    }
}

static void show_candidates(char **matches, int count, int longest) {
    moon_text out = {0};
    int point = rl_point;
    go_to_end();
    moon_text_puts(&out, "\n");
    lay_out(&out, active, moon_terminal_width());
    fwrite(moon_text_string(&out), 1, out.size, rl_outstream);
    moon_text_free(&out);
    rl_point = point;
    rl_forced_update_display();
}

static const moon_line_editor_class readline_class = {
    .ask = readline_ask,
    .stop = readline_stop,
    .read = readline_read,
    .ready = readline_ready,
    .abandon = readline_abandon,
    .write = readline_write,
    .remember = readline_remember,
    .suspend = readline_suspend,
    .resize = readline_resize,
    .free = readline_free,
};

/* A person's inputrc has the last word on variables: it is read later. */
static void set_up_readline(void) {
    rl_readline_name = "moonbeam";
    rl_instream = stdin;
    rl_outstream = stdout;
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_basic_quote_characters = ""; /* find_candidates knows strings better */
    rl_completion_word_break_hook = find_candidates;
    rl_attempted_completion_function = attempt;
    rl_completion_display_matches_hook = show_candidates;
    rl_variable_bind("show-all-if-ambiguous", "on");
    rl_variable_bind("enable-bracketed-paste", "on");
    using_history();
    stifle_history(MOON_HISTORY_LIMIT);
}

moon_line_editor *moon_line_editor_readline(const moon_line_client *client,
                                            const char *history_path) {
    readline_editor *e = calloc(1, sizeof *e);
    if (e == NULL || active != NULL) {
        free(e);
        return NULL;
    }
    e->base.class = &readline_class;
    e->base.client = *client;
    e->base.is_terminal = true;
    active = e;
    setlocale(LC_CTYPE, "");
    set_up_readline();
    if (history_path != NULL) {
        e->history_path = strdup(history_path);
        moon_history_load(history_path, load_entry, NULL);
    }
    return &e->base;
}
