/* The lines of a lesson cut into front matter and sections: what comes before the first step, then
 * one section per step. Fences that are never closed are closed here, so that each costs no more
 * than its own section. */
#ifndef MOON_SECTION_H
#define MOON_SECTION_H

#include "player/lesson.h"
#include "view/text.h"

typedef struct moon_section {
    char *title; /* without the id; NULL for what comes before the first step */
    char *id;    /* NULL: not given */
    int line;    /* of the heading */
    moon_text text;
    int *lines; /* for each line of text, its line in the file */
    size_t line_count;
} moon_section;

/* Cuts everything from line `line` on (text begins there). The array and all in it is the
 * caller's; it has at least one section, the one before the first step. */
moon_section *moon_sections(moon_lesson *lesson, const char *text, size_t size, int line,
                            size_t *count);
void moon_sections_free(moon_section *sections, size_t count);

/* Reads the front matter into the lesson; returns how many bytes it takes and in *line the line
 * that follows it. */
size_t moon_front_matter(moon_lesson *lesson, const char *text, size_t size, int *line);

#endif
