/* Tables written with bars, as in GitHub's Markdown. */
#ifndef MOON_TABLE_H
#define MOON_TABLE_H

#include "player/render.h"

/* Adds the table that the lines of source are; false, with nothing added, when they are none. */
bool moon_render_table(moon_text *out, const moon_layout *layout, const char *source);

#endif
