/* Pictures in text of what waits in the runtime and of what its event log remembers. */
#ifndef MOON_PICTURE_H
#define MOON_PICTURE_H

#include "moonbeam.h"
#include "view/text.h"

typedef struct moon_picture {
    mb_runtime *runtime;
    mb_pid shell; /* shown as "shell"; 0: none */
    size_t width; /* columns */
    bool colour;
    uint64_t since;           /* events up to this number are left out; 0: none are */
    const char *const *names; /* only these processes, in this order; NULL: all */
    size_t name_count;
} moon_picture;

/* Who told whom what, in order of time, from the event log. */
void moon_draw_sequence(moon_text *out, const moon_picture *picture);
/* What waits in the mailboxes of the named processes, or of all that have something waiting. */
void moon_draw_mailboxes(moon_text *out, const moon_picture *picture);

/* The living process of that registered name; 0 for none. */
mb_pid moon_process_named(mb_runtime *rt, const char *name);
/* What the living p is shown as where it has no name: its label (Process.set_label), else what it was
 * started as. Borrowed. */
mb_term moon_process_purpose(mb_process *p);
/* What pid is called: its registered name, now or when it lived; else its label or what it was started
 * as, and its number. Like snprintf. */
size_t moon_process_label(mb_runtime *rt, mb_pid shell, mb_pid pid, char *text, size_t size);

#endif
