#include "view/picture.h"

#include <stdlib.h>

static void add_message(moon_text *line, const mb_message *m) {
    char term[200];
    size_t size = mb_inspect_text(m->term, term, sizeof term);
    moon_text_format(line, "%s%s%s",
                     m->kind == MB_CALL   ? "call "
                     : m->kind == MB_CAST ? "cast "
                                          : "",
                     term, size >= sizeof term ? "…" : "");
}

/* "Cache  3 │ call "get" │ "tick" │ …", cut to the picture's width. */
static void draw_mailbox(moon_text *out, const moon_picture *picture, mb_process *p) {
    char label[160];
    moon_process_label(picture->runtime, picture->shell, mb_self(p), label, sizeof label);
    moon_text line = {0};
    moon_text_format(&line, "%s  ", label);
    moon_text_pad(&line, moon_columns(line.bytes, line.size), 18);
    moon_text_format(&line, "%4zu ", mb_mailbox_length(p));
    for (const mb_message *m = mb_mailbox_first(p); m != NULL; m = m->next) {
        moon_text_puts(&line, "│ ");
        add_message(&line, m);
        moon_text_puts(&line, " ");
        if (moon_columns(line.bytes, line.size) > picture->width) {
            break;
        }
    }
    size_t room = picture->width > 2 ? picture->width - 2 : 1;
    size_t size = moon_fitting(line.bytes, line.size, room);
    moon_text_add(out, line.bytes, size);
    moon_text_puts(out, size < line.size ? "…\n" : "\n");
    moon_text_free(&line);
}

static bool wanted(const moon_picture *picture, mb_process *p) {
    if (picture->name_count == 0) {
        return mb_mailbox_length(p) > 0;
    }
    char label[160];
    moon_process_label(picture->runtime, picture->shell, mb_self(p), label, sizeof label);
    for (size_t i = 0; i < picture->name_count; i++) {
        if (strcmp(picture->names[i], label) == 0) {
            return true;
        }
    }
    return false;
}

void moon_draw_mailboxes(moon_text *out, const moon_picture *picture) {
    size_t before = out->size;
    mb_runtime *rt = picture->runtime;
    for (mb_process *p = mb_next_process(rt, 0); p != NULL; p = mb_next_process(rt, mb_self(p))) {
        if (wanted(picture, p)) {
            draw_mailbox(out, picture, p);
        }
    }
    if (out->size == before) {
        moon_text_puts(out, "all mailboxes are empty\n");
    }
}
