/* The inside of a dynamic supervisor: what it does is in dynamic_supervisor.c, how it starts and stops
 * children in dynamic_job.c. */
#ifndef MB_DYNAMIC_SUPERVISOR_H
#define MB_DYNAMIC_SUPERVISOR_H

#include "child_spec.h"
#include "outcome.h"
#include "process.h"
#include "restart_intensity.h"

typedef enum mb_dynamic_job {
    DYNAMIC_IDLE,
    DYNAMIC_INIT,            /* the starter makes the flags */
    DYNAMIC_CHANGE_CODE,     /* and does so again */
    DYNAMIC_START_CHILD,     /* the starter starts `fresh` */
    DYNAMIC_RESTART,         /* the starter starts `subject` again */
    DYNAMIC_TERMINATE_CHILD, /* `subject` is to end */
    DYNAMIC_TERMINATE,       /* all are to end */
} mb_dynamic_job;

typedef struct mb_dynamic {
    const mb_child_starter *starter;
    void *starter_data; /* owned; NULL when the starter wants none */
    mb_term argument;   /* owned; what the starter's init makes the flags of */
    mb_children children; /* their ids are serial numbers, which nobody sees */
    mb_restart_history history;
    int64_t intensity, period;
    int64_t max_children;    /* -1: any number */
    mb_term extra_arguments; /* owned */
    int64_t last_id;

    uint8_t job;
    mb_child_spec fresh;      /* of DYNAMIC_START_CHILD; owned */
    mb_child_record *subject; /* of DYNAMIC_RESTART, DYNAMIC_TERMINATE_CHILD */
    size_t dying;             /* children whose DOWN is to come */
    mb_time told;             /* when they were told to end */
    int64_t patience;         /* the shutdown, in ms, that runs out next; -1: none */
} mb_dynamic;

/* Starts s->fresh or s->subject, as the job says. SUSPENDED: mb_dynamic_started is to be called with
 * what the starter answers when it is resumed. */
mb_callback_state mb_dynamic_run_start(mb_process *p, mb_dynamic *s, mb_term start,
                                       mb_outcome *out);
mb_callback_state mb_dynamic_started(mb_process *p, mb_dynamic *s, mb_callback_state state,
                                     mb_outcome *answer, mb_outcome *out);
/* Stops the subject, or all children when that is NULL. */
mb_callback_state mb_dynamic_begin_stopping(mb_process *p, mb_dynamic *s, mb_dynamic_job what,
                                            mb_child_record *subject, mb_outcome *out);
mb_callback_state mb_dynamic_go_on_stopping(mb_process *p, mb_dynamic *s, mb_outcome *out);
void mb_dynamic_forget(mb_process *p, mb_dynamic *s, mb_child_record *child);

/* For the pictures of supervisors: the children of p, by the order of their pids; NULL when p is no
 * dynamic supervisor. */
const mb_children *mb_dynamic_children(mb_process *p);

#endif
