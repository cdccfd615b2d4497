/* Events in words. */
#include "shell/helper_list.h"
#include "shell/page.h"
#include "view/picture.h"

/* Columns that a term may take in a sentence: what number, time and names leave of the line. */
static size_t term_columns(const moon_page *page) {
    return page->width > 76 ? page->width - 46 : 30;
}

static void who(moon_page *page, mb_pid pid) {
    char label[160];
    moon_process_label(page->runtime, page->shell, pid, label, sizeof label);
    moon_page_style(page, MOON_STYLE_NAME, label);
}

static void words(moon_page *page, const char *text) {
    moon_text_puts(&page->text, text);
}

static void what(moon_page *page, mb_term term) {
    moon_page_term(page, term, term_columns(page));
}

/* subject, verb, term, joint, object */
static void sentence(moon_page *page, const mb_event *e, const char *verb, const char *joint) {
    who(page, e->subject);
    words(page, verb);
    what(page, e->term);
    words(page, joint);
    who(page, e->object);
}

static void between(moon_page *page, const mb_event *e, const char *verb) {
    who(page, e->subject);
    words(page, verb);
    who(page, e->object);
}

static void with_term(moon_page *page, const mb_event *e, const char *verb) {
    who(page, e->subject);
    words(page, verb);
    what(page, e->term);
}

/* The names of callbacks are no strings to whoever wrote them. */
static void tell_callback(moon_page *page, const mb_event *e, const char *verb) {
    char name[64];
    moon_bare_text(e->term, name, sizeof name);
    who(page, e->subject);
    words(page, verb);
    words(page, name);
}

static void tell_call(moon_page *page, const mb_event *e) {
    between(page, e, " called ");
    words(page, " with ");
    what(page, e->term);
}

static void tell_receive(moon_page *page, const mb_event *e) {
    with_term(page, e, " received ");
    if (e->object != 0) {
        words(page, " from ");
        who(page, e->object);
    }
}

static void tell_exit(moon_page *page, const mb_event *e) {
    who(page, e->subject);
    if (mb_is(e->term, "normal")) {
        words(page, " ended");
        return;
    }
    moon_page_style(page, MOON_STYLE_BAD, " ended");
    words(page, ": ");
    what(page, e->term);
}

static void tell_restart(moon_page *page, const mb_event *e) {
    who(page, e->subject);
    moon_page_style(page, MOON_STYLE_WARNING, " restarted ");
    what(page, e->term);
    words(page, " as ");
    moon_page_pid(page, e->object);
}

static void tell_give_up(moon_page *page, const mb_event *e) {
    who(page, e->subject);
    moon_page_style(page, MOON_STYLE_BAD, " gave up");
    words(page, ": ");
    what(page, mb_element(e->term, 0));
    moon_text_format(&page->text, " ended once more than %lld times in %lld s",
                     (long long)mb_element(e->term, 1).integer,
                     (long long)mb_element(e->term, 2).integer);
}

static void tell_log(moon_page *page, const mb_event *e) {
    mb_term level = mb_element(e->term, 0);
    mb_term text = mb_element(e->term, 1);
    if (level.type != MB_STRING || text.type != MB_STRING) {
        with_term(page, e, " logged ");
        return;
    }
    size_t size;
    const char *name = mb_bytes(&level, &size);
    who(page, e->subject);
    moon_text_format(&page->text, " logged [%.*s] ", (int)size, name);
    const char *line = mb_bytes(&text, &size);
    const char *end = memchr(line, '\n', size);
    size_t first = end != NULL ? (size_t)(end - line) : size;
    size_t fitting = moon_fitting(line, first, term_columns(page));
    moon_text_add(&page->text, line, fitting);
    words(page, fitting < size ? "…" : "");
}

static void tell_nodes(moon_page *page, const mb_event *e, const char *happened) {
    what(page, mb_element(e->term, 0));
    words(page, " and ");
    what(page, mb_element(e->term, 1));
    words(page, happened);
}

static void tell_node(moon_page *page, const mb_event *e, const char *happened) {
    words(page, "the node ");
    what(page, e->term);
    words(page, happened);
}

static void tell_lost(moon_page *page, const mb_event *e) {
    words(page, "the net lost ");
    what(page, e->term);
    words(page, " from ");
    who(page, e->subject);
    words(page, " to ");
    who(page, e->object);
}

static void tell(moon_page *page, const mb_event *e) {
    switch ((mb_event_type)e->type) {
    case MB_EVENT_SPAWN: between(page, e, " started "); break;
    case MB_EVENT_EXIT: tell_exit(page, e); break;
    case MB_EVENT_SEND: sentence(page, e, " sent ", " to "); break;
    case MB_EVENT_RECEIVE: tell_receive(page, e); break;
    case MB_EVENT_CALL: tell_call(page, e); break;
    case MB_EVENT_CAST: sentence(page, e, " cast ", " to "); break;
    case MB_EVENT_REPLY: sentence(page, e, " replied ", " to "); break;
    case MB_EVENT_ENTER: tell_callback(page, e, " began "); break;
    case MB_EVENT_LEAVE: tell_callback(page, e, " finished "); break;
    case MB_EVENT_LINK: between(page, e, " linked itself to "); break;
    case MB_EVENT_UNLINK: between(page, e, " unlinked itself from "); break;
    case MB_EVENT_MONITOR: between(page, e, " monitors "); break;
    case MB_EVENT_DEMONITOR: between(page, e, " no longer monitors "); break;
    case MB_EVENT_SIGNAL: sentence(page, e, " got the exit signal ", " from "); break;
    case MB_EVENT_DOWN:
        between(page, e, " learned of the end of ");
        words(page, ": ");
        what(page, e->term);
        break;
    case MB_EVENT_REGISTER: with_term(page, e, " took the name "); break;
    case MB_EVENT_UNREGISTER: with_term(page, e, " gave up the name "); break;
    case MB_EVENT_TIMER: between(page, e, " started a timer for "); break;
    case MB_EVENT_CANCEL: between(page, e, " cancelled a timer for "); break;
    case MB_EVENT_EXPIRE:
        words(page, "a timer sent ");
        what(page, e->term);
        words(page, " to ");
        who(page, e->object);
        break;
    case MB_EVENT_RESTART: tell_restart(page, e); break;
    case MB_EVENT_GIVE_UP: tell_give_up(page, e); break;
    case MB_EVENT_LOG: tell_log(page, e); break;
    case MB_EVENT_NODE_START: tell_node(page, e, " started"); break;
    case MB_EVENT_NODE_STOP: tell_node(page, e, " stopped"); break;
    case MB_EVENT_NODEUP: tell_nodes(page, e, " are connected"); break;
    case MB_EVENT_NODEDOWN: tell_nodes(page, e, " lost their connection"); break;
    case MB_EVENT_LOST: tell_lost(page, e); break;
    case MB_EVENT_TYPE_COUNT: break;
    }
}

static void tell_when(moon_page *page, const mb_event *e) {
    char text[64];
    snprintf(text, sizeof text, "#%-6llu %10.3f ms  ", (unsigned long long)e->number,
             (double)e->time / (double)MB_MILLISECOND);
    moon_page_style(page, MOON_STYLE_DIM, text);
}

void moon_narrate(moon_page *page, uint64_t count) {
    uint64_t last = mb_event_last(page->runtime);
    uint64_t first = last > count ? last - count + 1 : 1;
    for (uint64_t number = first; number <= last; number++) {
        const mb_event *e = mb_event_get(page->runtime, number);
        if (e != NULL) {
            tell_when(page, e);
            tell(page, e);
            moon_text_puts(&page->text, "\n");
        }
    }
}
