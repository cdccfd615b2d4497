/* What a helper prints: a text that is written at once, with styles where there are colours.
 * Between begin and end no Lua error may be raised, or the text is lost for ever. */
#ifndef MOON_PAGE_H
#define MOON_PAGE_H

#include <lua.h>

#include "moonbeam.h"
#include "shell/helpers.h"
#include "view/text.h"

typedef enum moon_style {
    MOON_STYLE_HEADING,
    MOON_STYLE_NAME, /* of a process, a function, a command */
    MOON_STYLE_DIM,
    MOON_STYLE_GOOD,
    MOON_STYLE_WARNING,
    MOON_STYLE_BAD,
} moon_style;

typedef struct moon_page {
    moon_text text;
    const moon_helpers_host *host;
    mb_runtime *runtime;
    mb_pid shell;
    size_t width;
} moon_page;

void moon_page_begin(moon_page *page, lua_State *L);
/* Writes it and frees it. */
void moon_page_end(moon_page *page);

void moon_page_style(moon_page *page, moon_style style, const char *text);
/* The same, and then spaces up to `columns` columns. */
void moon_page_cell(moon_page *page, moon_style style, const char *text, size_t columns);
/* A term on one line, in the printed form, cut to so many columns. */
void moon_page_term(moon_page *page, mb_term term, size_t columns);
/* A term as the prompt prints values. */
void moon_page_inspect(moon_page *page, mb_term term);
void moon_page_pid(moon_page *page, mb_pid pid);

/* Strings without quotes, as names are shown; other terms in the printed form. Like snprintf. */
void moon_bare_text(mb_term term, char *text, size_t size);
const char *moon_status_name(mb_process_status status);

/* The host of the helpers in L's universe. */
const moon_helpers_host *moon_helpers_host_of(lua_State *L);

#endif
