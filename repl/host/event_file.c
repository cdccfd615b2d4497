#include "host/event_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool moon_event_file_open(moon_event_file *events, const char *path) {
    events->file = path != NULL ? fopen(path, "w") : NULL;
    if (path == NULL || events->file != NULL) {
        return true;
    }
    fprintf(stderr, "moonbeam: %s: %s\n", path, strerror(errno));
    return false;
}

/* A line of any length; most fit into the first buffer. */
void moon_event_file_write(moon_event_file *events, const mb_event *event) {
    char line[1024];
    size_t length = mb_event_text(event, line, sizeof line);
    if (length < sizeof line) {
        fwrite(line, 1, length, events->file);
    } else {
        char *whole = malloc(length + 1);
        if (whole != NULL) {
            mb_event_text(event, whole, length + 1);
        }
        fputs(whole != NULL ? whole : line, events->file);
        free(whole);
    }
    putc('\n', events->file);
}

bool moon_event_file_close(moon_event_file *events) {
    if (events->file == NULL) {
        return true;
    }
    bool failed = ferror(events->file) != 0;
    failed = fclose(events->file) != 0 || failed;
    events->file = NULL;
    if (failed) {
        fprintf(stderr, "moonbeam: not all events could be written: %s\n", strerror(errno));
    }
    return !failed;
}
