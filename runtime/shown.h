/* What a behaviour lets be seen of itself in sys:get_status and in its crash report: a map, of which
 * its module's format_status may make another (gen:format_status/4). */
#ifndef MB_SHOWN_H
#define MB_SHOWN_H

#include "moonbeam.h"

/* Gives a map, or how it failed to make one: a string; nil: there is nothing to say. */
typedef mb_term (*mb_format_status)(mb_process *p, void *data, mb_term map);

typedef struct mb_shown {
    mb_term map;     /* as format_status left it; owned */
    mb_term failure; /* how format_status failed; nil: it did not; owned */
} mb_shown;

/* map is taken; format may be NULL. */
mb_shown mb_show(mb_process *p, mb_format_status format, void *data, mb_term map);
void mb_shown_free(mb_runtime *rt, const mb_shown *shown);

/* { header, data, own…, more }, where own is { "data", { { "State", state } } } unless format_status
 * gave something as "$status"; more may be nil, and is left out then. The terms are taken. */
mb_term mb_shown_status(mb_process *p, const mb_shown *shown, mb_term header, mb_term data,
                        mb_term state, mb_term more);

/* The reason without the stack that an error brings along; borrowed from it. */
mb_term mb_bare_reason(mb_term reason);
/* The reason as format_status left it, which was given its bare form, with its stack; owned. */
mb_term mb_shown_reason(mb_process *p, const mb_shown *shown, mb_term reason);

#endif
