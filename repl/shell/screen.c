#include "shell/screen.h"

#include <string.h>
#include <unistd.h>

#define RED   "\x1b[31m"
#define PLAIN "\x1b[0m"

/* More does not wait for the end of the turn. */
#define MOST_PENDING 65536u

void moon_screen_init(moon_screen *screen, bool colour) {
    *screen = (moon_screen){.colour = colour};
    moon_output_init(&screen->errors, STDERR_FILENO);
}

void moon_screen_finish(moon_screen *screen) {
    moon_text_free(&screen->pending);
}

void moon_screen_flush(moon_screen *screen) {
    if (screen->pending.size > 0) {
        moon_line_write(screen->editor, screen->pending.bytes, screen->pending.size);
        moon_text_clear(&screen->pending);
    }
}

/* Escape sequences at the end, of colours or of "home", say nothing new about where the cursor is,
 * but that home is at the margin, too. */
static bool ends_at_margin(const char *bytes, size_t size) {
    size_t end = size;
    while (end > 0 && bytes[end - 1] != '\n') {
        size_t begin = end - 1;
        while (begin > 0 && bytes[begin] != '\x1b') {
            begin--;
        }
        if (bytes[begin] != '\x1b' || moon_columns(bytes + begin, end - begin) > 0) {
            return false;
        }
        if (bytes[end - 1] == 'H') {
            return true;
        }
        end = begin;
    }
    return end > 0;
}

void moon_screen_write(moon_screen *screen, const char *bytes, size_t size) {
    if (size == 0) {
        return;
    }
    moon_text_add(&screen->pending, bytes, size);
    screen->mid_line = !ends_at_margin(bytes, size);
    if (screen->pending.size > MOST_PENDING) {
        moon_screen_flush(screen);
    }
}

void moon_screen_print(moon_screen *screen, const char *text) {
    moon_screen_write(screen, text, strlen(text));
}

void moon_screen_start_line(moon_screen *screen) {
    if (screen->mid_line) {
        moon_screen_print(screen, "\n");
    }
}

/* Errors never overtake what was written before them. */
static void write_error(moon_screen *screen, const char *bytes, size_t size) {
    moon_screen_flush(screen);
    moon_output_write(&screen->errors, bytes, size);
    moon_output_flush(&screen->errors);
}

void moon_screen_error(moon_screen *screen, const char *text) {
    screen->failed = true;
    if (!screen->person) {
        write_error(screen, text, strlen(text));
        write_error(screen, "\n", 1);
        return;
    }
    moon_screen_start_line(screen);
    moon_screen_print(screen, screen->colour ? RED : "");
    moon_screen_print(screen, text);
    moon_screen_print(screen, screen->colour ? PLAIN "\n" : "\n");
}

void moon_screen_log(moon_screen *screen, const char *text, size_t size) {
    if (!screen->person) {
        write_error(screen, text, size);
        return;
    }
    moon_screen_start_line(screen);
    moon_screen_write(screen, text, size);
    moon_screen_start_line(screen);
}
