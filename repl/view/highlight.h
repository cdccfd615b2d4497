/* Code in colours. */
#ifndef MOON_HIGHLIGHT_H
#define MOON_HIGHLIGHT_H

#include "view/text.h"

/* Adds code with escape sequences around its words; language is "lua" or "elixir", any other
 * stays plain. Escape sequences never cross a newline. */
void moon_highlight(moon_text *out, const char *language, const char *code, size_t size);

#endif
