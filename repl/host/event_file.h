/* --events FILE: the event log written down as it happens, one line an event. */
#ifndef MOON_EVENT_FILE_H
#define MOON_EVENT_FILE_H

#include <stdbool.h>
#include <stdio.h>

#include "moonbeam.h"

typedef struct moon_event_file {
    FILE *file; /* NULL: nothing is written */
} moon_event_file;

/* path NULL writes nothing. False when the file cannot be made, which is then told on stderr. */
bool moon_event_file_open(moon_event_file *events, const char *path);
void moon_event_file_write(moon_event_file *events, const mb_event *event);
/* False when some of it could not be written, which is then told on stderr. */
bool moon_event_file_close(moon_event_file *events);

#endif
