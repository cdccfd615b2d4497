/* The line editor without editing: for input that no person types, and for terminals of a program
 * that was built without readline (there the terminal itself edits the line). */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/output.h"
#include "shell/line_editor.h"
#include "view/text.h"

typedef struct plain_editor {
    moon_line_editor base;
    moon_text input; /* read, but not yet given to the client, from `begin` on */
    size_t begin;
    bool ended;
    moon_text prompt; /* as it is shown */
    moon_output output;
} plain_editor;

static plain_editor *plain(moon_line_editor *editor) {
    return (plain_editor *)editor;
}

static void show(plain_editor *e, const char *text) {
    moon_output_write(&e->output, text, strlen(text));
    moon_output_flush(&e->output);
}

/* Without the marks around what takes no room. */
static void set_prompt(plain_editor *e, const char *prompt) {
    moon_text_clear(&e->prompt);
    for (const char *c = prompt; *c != '\0'; c++) {
        if (*c != '\1' && *c != '\2') {
            moon_text_add(&e->prompt, c, 1);
        }
    }
}

static void plain_ask(moon_line_editor *editor, const char *prompt) {
    plain_editor *e = plain(editor);
    editor->asking = true;
    if (editor->is_terminal) {
        set_prompt(e, prompt);
        show(e, moon_text_string(&e->prompt));
    }
}

static void plain_stop(moon_line_editor *editor) {
    if (editor->asking && editor->is_terminal) {
        show(plain(editor), "\n");
    }
    editor->asking = false;
}

static void plain_abandon(moon_line_editor *editor) {
    plain_stop(editor);
}

static const char *rest(const plain_editor *e) {
    return moon_text_string(&e->input) + e->begin;
}

static void fill(plain_editor *e) {
    if (e->begin == e->input.size) {
        moon_text_clear(&e->input);
        e->begin = 0;
    }
    char block[16384];
    ssize_t size = read(STDIN_FILENO, block, sizeof block);
    if (size > 0) {
        moon_text_add(&e->input, block, (size_t)size);
    } else if (size == 0 || (errno != EINTR && errno != EAGAIN)) {
        e->ended = true;
    }
}

/* Gives the client the next line, if there is a whole one or the last. */
static bool give_line(plain_editor *e) {
    size_t left = e->input.size - e->begin;
    if (left == 0) {
        return false;
    }
    char *line = e->input.bytes + e->begin;
    char *end = memchr(line, '\n', left);
    if (end == NULL && !e->ended) {
        return false;
    }
    if (end == NULL) {
        end = line + left;
        e->begin = e->input.size;
    } else {
        e->begin += (size_t)(end - line) + 1;
    }
    *end = '\0';
    e->base.asking = false;
    e->base.client.line(e->base.client.context, line);
    return true;
}

static void plain_read(moon_line_editor *editor) {
    plain_editor *e = plain(editor);
    if (!editor->asking || give_line(e)) {
        return;
    }
    if (!e->ended) {
        fill(e);
        if (give_line(e)) {
            return;
        }
    }
    if (e->ended) {
        plain_stop(editor);
        editor->client.end(editor->client.context);
    }
}

static bool plain_ready(const moon_line_editor *editor) {
    const plain_editor *e = (const plain_editor *)editor;
    size_t left = e->input.size - e->begin;
    return e->ended || (left > 0 && memchr(rest(e), '\n', left) != NULL);
}

/* Takes the prompt off the screen. What has been typed behind it only the terminal knows; it stays
 * part of the line. */
static void hide_prompt(plain_editor *e) {
    show(e, e->base.client.colour ? "\r\x1b[K" : "\n");
}

static void plain_write(moon_line_editor *editor, const char *bytes, size_t size) {
    plain_editor *e = plain(editor);
    bool between = editor->asking && editor->is_terminal && size > 0;
    if (between) {
        hide_prompt(e);
    }
    moon_output_write(&e->output, bytes, size);
    if (between) {
        moon_output_write(&e->output, "\n", bytes[size - 1] != '\n');
        moon_output_write(&e->output, moon_text_string(&e->prompt), e->prompt.size);
    }
    moon_output_flush(&e->output);
}

static void plain_remember(moon_line_editor *editor, const char *entry) {}

static void plain_suspend(moon_line_editor *editor) {
    raise(SIGSTOP);
}

static void plain_resize(moon_line_editor *editor) {}

static void plain_free(moon_line_editor *editor) {
    plain_editor *e = plain(editor);
    moon_text_free(&e->input);
    moon_text_free(&e->prompt);
    free(e);
}

static const moon_line_editor_class plain_class = {
    .ask = plain_ask,
    .stop = plain_stop,
    .read = plain_read,
    .ready = plain_ready,
    .abandon = plain_abandon,
    .write = plain_write,
    .remember = plain_remember,
    .suspend = plain_suspend,
    .resize = plain_resize,
    .free = plain_free,
};

moon_line_editor *moon_line_editor_plain(const moon_line_client *client) {
    plain_editor *e = calloc(1, sizeof *e);
    if (e == NULL) {
        return NULL;
    }
    e->base.class = &plain_class;
    e->base.client = *client;
    e->base.is_terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    moon_output_init(&e->output, STDOUT_FILENO);
    return &e->base;
}
