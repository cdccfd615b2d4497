/* What the prompt writes: it waits for the end of the turn, so that the line that is being typed
 * moves once, and then appears above it. */
#ifndef MOON_SCREEN_H
#define MOON_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "host/output.h"
#include "shell/line_editor.h"
#include "view/text.h"

typedef struct moon_screen {
    moon_line_editor *editor; /* borrowed */
    bool person;              /* sees it all on a terminal; otherwise errors go to stderr */
    bool colour;
    bool mid_line; /* the last byte written left the cursor somewhere in a line */
    bool failed;   /* an error was printed */
    moon_text pending;
    moon_output errors;
} moon_screen;

void moon_screen_init(moon_screen *screen, bool colour);
void moon_screen_finish(moon_screen *screen);

void moon_screen_write(moon_screen *screen, const char *bytes, size_t size);
void moon_screen_print(moon_screen *screen, const char *text);
/* Goes to the margin, whatever a program wrote before. */
void moon_screen_start_line(moon_screen *screen);
/* An error, in red, on lines of its own. text has no newline at its end. */
void moon_screen_error(moon_screen *screen, const char *text);
/* An entry of the log. */
void moon_screen_log(moon_screen *screen, const char *text, size_t size);
void moon_screen_flush(moon_screen *screen);

#endif
