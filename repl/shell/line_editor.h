/* Asks a person for lines, while others may write to the same terminal. Two implementations: one
 * with readline for terminals, and a plain one. */
#ifndef MOON_LINE_EDITOR_H
#define MOON_LINE_EDITOR_H

#include <stdbool.h>
#include <stddef.h>

#include "shell/completion.h"

typedef struct moon_line_editor moon_line_editor;

typedef struct moon_line_client {
    /* A line was entered; it lives during the call, and has no newline at its end. The editor has
     * stopped asking. */
    void (*line)(void *context, const char *line);
    /* The input has ended. The editor has stopped asking. */
    void (*end)(void *context);
    /* What could stand at the cursor; false: nothing. The editor frees *out. May be NULL. */
    bool (*complete)(void *context, const char *line, size_t cursor, moon_completion *out);
    void *context;
    bool colour;
} moon_line_client;

typedef struct moon_line_editor_class {
    void (*ask)(moon_line_editor *editor, const char *prompt);
    void (*stop)(moon_line_editor *editor);
    void (*read)(moon_line_editor *editor);
    bool (*ready)(const moon_line_editor *editor);
    void (*abandon)(moon_line_editor *editor);
    void (*write)(moon_line_editor *editor, const char *bytes, size_t size);
    void (*remember)(moon_line_editor *editor, const char *entry);
    void (*suspend)(moon_line_editor *editor);
    void (*resize)(moon_line_editor *editor);
    void (*free)(moon_line_editor *editor);
} moon_line_editor_class;

/* What both implementations begin with. */
struct moon_line_editor {
    const moon_line_editor_class *class;
    moon_line_client client;
    bool is_terminal; /* a person is there to be asked */
    bool asking;
};

/* readline's for a terminal, where there is one and the program was built with it; else the plain
 * one. history_path may be NULL. NULL when there is no memory. At most one editor with readline
 * can live at a time. */
moon_line_editor *moon_line_editor_new(const moon_line_client *client, const char *history_path);
moon_line_editor *moon_line_editor_plain(const moon_line_client *client);
#if MOONBEAM_READLINE
moon_line_editor *moon_line_editor_readline(const moon_line_client *client,
                                            const char *history_path);
#endif

/* NULL is fine. The terminal is left as it was found. */
static inline void moon_line_editor_free(moon_line_editor *editor) {
    if (editor != NULL) {
        editor->class->free(editor);
    }
}
/* Shows the prompt and takes input from then on. In the prompt \1 and \2 enclose what takes no
 * room on the screen. */
static inline void moon_line_ask(moon_line_editor *editor, const char *prompt) {
    editor->class->ask(editor, prompt);
}
/* Takes the prompt and the half-typed line off the screen and puts the terminal in order. */
static inline void moon_line_stop(moon_line_editor *editor) {
    editor->class->stop(editor);
}
/* The standard input is readable: takes what is there. It may call the client. */
static inline void moon_line_read(moon_line_editor *editor) {
    editor->class->read(editor);
}
/* Whether moon_line_read has a line to give without the standard input being readable. */
static inline bool moon_line_ready(const moon_line_editor *editor) {
    return editor->class->ready(editor);
}
/* Gives up what has been typed, visibly, and stops asking. */
static inline void moon_line_abandon(moon_line_editor *editor) {
    editor->class->abandon(editor);
}
/* Writes above the half-typed line, or where the cursor is when nothing is asked. */
static inline void moon_line_write(moon_line_editor *editor, const char *bytes, size_t size) {
    editor->class->write(editor, bytes, size);
}
/* Adds to the history. An entry may have several lines. */
static inline void moon_line_remember(moon_line_editor *editor, const char *entry) {
    editor->class->remember(editor, entry);
}
/* Stops the program as Ctrl-Z does, the terminal being in order meanwhile. */
static inline void moon_line_suspend(moon_line_editor *editor) {
    editor->class->suspend(editor);
}
/* The terminal has another size now. */
static inline void moon_line_resize(moon_line_editor *editor) {
    editor->class->resize(editor);
}

#endif
