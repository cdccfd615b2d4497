/* The picture that mailbox() gives. */
#include "shell/helper_list.h"
#include "shell/page.h"
#include "view/picture.h"

/* More are counted only. */
#define MOST_MESSAGES 50

static void draw_message(moon_page *page, size_t number, const mb_message *message) {
    char label[128];
    mb_term term;
    if (!mb_message_term(page->runtime, message, &term)) {
        return;
    }
    moon_text_format(&page->text, "%4zu  ", number);
    moon_page_term(page, term, page->width > 40 ? page->width - 30 : 40);
    mb_release(page->runtime, term);
    if (message->from != 0) {
        moon_process_label(page->runtime, page->shell, message->from, label, sizeof label);
        moon_page_style(page, MOON_STYLE_DIM, "  from ");
        moon_page_style(page, MOON_STYLE_DIM, label);
    }
    moon_text_puts(&page->text, "\n");
}

void moon_draw_mailbox(moon_page *page, mb_process *p) {
    size_t length = mb_mailbox_length(p);
    char label[128];
    moon_process_label(page->runtime, page->shell, mb_self(p), label, sizeof label);
    moon_page_style(page, MOON_STYLE_HEADING, label);
    moon_text_format(&page->text, ": %s", length == 0 ? "no message waits\n" : "");
    if (length > 0) {
        moon_text_format(&page->text, "%zu message%s wait%s\n", length, length == 1 ? "" : "s",
                         length == 1 ? "s" : "");
    }
    size_t number = 0;
    for (const mb_message *m = mb_mailbox_first(p); m != NULL && number < MOST_MESSAGES;
         m = m->next) {
        draw_message(page, ++number, m);
    }
    if (length > number) {
        moon_text_format(&page->text, "   … and %zu more\n", length - number);
    }
}
