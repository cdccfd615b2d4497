/* Markdown on a terminal. */
#ifndef MOON_RENDER_H
#define MOON_RENDER_H

#include "view/text.h"

typedef struct moon_layout {
    size_t width; /* columns; lines are wrapped to fit */
    bool colour;  /* escape sequences for colours, bold and the like; false: none at all */
} moon_layout;

/* Adds Markdown text (with tables), ending with a newline; nothing for blank text. */
void moon_render(moon_text *out, const moon_layout *layout, const char *markdown, size_t size);
/* Adds the text on one line, its paragraphs unwrapped: for titles and answers. */
void moon_render_inline(moon_text *out, const moon_layout *layout, const char *markdown);
/* Adds code, indented by four columns, with a blank line on neither side. */
void moon_render_code(moon_text *out, const moon_layout *layout, const char *language,
                      const char *code, size_t size);
/* Two pieces of code, each with its language: beside each other where the layout is wide enough,
 * else one below the other. */
void moon_render_beside(moon_text *out, const moon_layout *layout, const char *left_language,
                        const char *left, const char *right_language, const char *right);
/* Adds text (already styled) wrapped to the layout's width; `first` begins the first line, `rest`
 * every other. */
void moon_wrap(moon_text *out, const moon_layout *layout, const char *first, const char *rest,
               const char *styled);
/* Adds text between escape sequences, where the layout has colours. */
void moon_styled(moon_text *out, const moon_layout *layout, const char *code, const char *text);

#endif
