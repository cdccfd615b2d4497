/* Stopping children one after the other, last first (supervisor:terminate_children/2). */
#ifndef MB_SHUTDOWN_H
#define MB_SHUTDOWN_H

#include "children.h"

typedef struct mb_shutdown {
    mb_child_record *current; /* NULL: nothing (more) to stop */
    mb_child_record *until;   /* the last to be stopped; NULL: all down to the first */
    mb_ref monitor;           /* on current; 0: it has not been told yet */
    bool forget_temporary;    /* takes temporary children off the list once they are stopped */
    bool begun;               /* the mailbox is being gone through */
} mb_shutdown;

typedef enum mb_shutdown_state {
    MB_SHUTDOWN_DONE,
    MB_SHUTDOWN_WAITING, /* call mb_shutdown_run again when the supervisor runs next */
    MB_SHUTDOWN_NO_MEMORY,
} mb_shutdown_state;

/* Children from current back to until (NULL: the first). */
void mb_shutdown_begin(mb_shutdown *shutdown, mb_child_record *current, mb_child_record *until,
                       bool forget_temporary);
/* Goes on with it in the supervisor's process p. Children that have been stopped have no pid. */
mb_shutdown_state mb_shutdown_run(mb_process *p, mb_children *children, mb_shutdown *shutdown);

#endif
