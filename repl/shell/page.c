#include "shell/page.h"

#include "host/terminal.h"
#include "lua/context.h"

static const char *escape(moon_style style) {
    switch (style) {
    case MOON_STYLE_HEADING: return "\x1b[1m";
    case MOON_STYLE_NAME: return "\x1b[36m";
    case MOON_STYLE_DIM: return "\x1b[2m";
    case MOON_STYLE_GOOD: return "\x1b[32m";
    case MOON_STYLE_WARNING: return "\x1b[33m";
    case MOON_STYLE_BAD: return "\x1b[31m";
    }
    return "";
}

void moon_page_begin(moon_page *page, lua_State *L) {
    const moon_helpers_host *host = moon_helpers_host_of(L);
    moon_universe *u = moon_of(L);
    *page = (moon_page){
        .host = host,
        .runtime = moon_runtime(u),
        .shell = moon_shell_pid(u),
        .width = moon_terminal_width(),
    };
}

void moon_page_end(moon_page *page) {
    page->host->write(page->host->context, moon_text_string(&page->text), page->text.size);
    moon_text_free(&page->text);
}

void moon_page_style(moon_page *page, moon_style style, const char *text) {
    bool colour = page->host->colour && *text != '\0';
    moon_text_puts(&page->text, colour ? escape(style) : "");
    moon_text_puts(&page->text, text);
    moon_text_puts(&page->text, colour ? "\x1b[0m" : "");
}

void moon_page_cell(moon_page *page, moon_style style, const char *text, size_t columns) {
    size_t used = moon_columns(text, strlen(text));
    moon_page_style(page, style, text);
    moon_text_repeat(&page->text, " ", used < columns ? columns - used : 0);
}

void moon_page_term(moon_page *page, mb_term term, size_t columns) {
    char text[512];
    size_t size = mb_inspect_text(term, text, sizeof text);
    size_t shown = size < sizeof text ? size : sizeof text - 1;
    size_t fitting = moon_fitting(text, shown, columns);
    if (fitting == size) {
        moon_text_add(&page->text, text, size);
    } else {
        moon_text_add(&page->text, text, moon_fitting(text, shown, columns - 1));
        moon_text_puts(&page->text, "…");
    }
}

void moon_page_inspect(moon_page *page, mb_term term) {
    mb_inspect_options options = {
        .width = page->width,
        .limit = 50,
        .printable = 4096,
        .colour = page->host->colour,
    };
    mb_inspect(term, &options, moon_text_write, &page->text);
}

void moon_page_pid(moon_page *page, mb_pid pid) {
    char text[64];
    mb_inspect_text(mb_pid_term(pid), text, sizeof text);
    moon_text_puts(&page->text, text);
}

void moon_bare_text(mb_term term, char *text, size_t size) {
    if (term.type == MB_STRING) {
        size_t length;
        const char *bytes = mb_bytes(&term, &length);
        snprintf(text, size, "%.*s", (int)length, bytes);
    } else {
        mb_inspect_text(term, text, size);
    }
}

const char *moon_status_name(mb_process_status status) {
    switch (status) {
    case MB_RUNNING: return "running";
    case MB_RUNNABLE: return "runnable";
    case MB_WAITING: return "waiting";
    case MB_EXITING: return "exiting";
    }
    return "";
}
