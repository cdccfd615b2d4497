/* The inside of a supervisor: what it does is in supervisor.c, what it is made of and asked for in
 * supervisor_configuration.c and supervisor_requests.c, how it starts and stops children in
 * supervisor_job.c. */
#ifndef MB_SUPERVISOR_H
#define MB_SUPERVISOR_H

#include "child_spec.h"
#include "outcome.h"
#include "restart_intensity.h"
#include "shutdown.h"

typedef enum mb_job {
    JOB_INIT,
    JOB_CHANGE_CODE,
    JOB_START_CHILD,
    JOB_RESTART_CHILD,
    JOB_TERMINATE_CHILD,
    JOB_RESTART,
    JOB_TERMINATE,
} mb_job;

typedef enum mb_activity { FINISHED, CONFIGURING, STARTING, STOPPING } mb_activity;

typedef struct mb_supervisor {
    const mb_child_starter *starter;
    void *starter_data; /* owned; NULL when the starter wants none */
    mb_term argument;   /* owned; what the starter's init makes specifications and flags of */
    mb_children children;
    mb_restart_history history;
    mb_supervisor_flags flags;

    uint8_t job;      /* what it is busy with; meaningless while FINISHED */
    uint8_t activity;
    bool start_entered; /* the starter has begun (a child or its init) and is suspended */
    bool to_the_end;    /* the children behind `starting` are started as well */
    mb_child_record *starting;
    mb_child_record *culprit; /* of JOB_RESTART: the child whose end caused it */
    mb_shutdown stopping;
    mb_term failure; /* of JOB_INIT: why it stops again what it has started; owned, nil: none */
} mb_supervisor;

/* A callback's job: begins with what is to be started or stopped, and goes on in advance until it is
 * done or has to wait. */
/* Starts `first` (NULL: nobody) and, when asked for, all behind it. */
void mb_supervisor_begin_starting(mb_supervisor *s, mb_child_record *first, bool to_the_end);
/* Stops from the last child back to `until`, or to the first when that is NULL. */
void mb_supervisor_begin_stopping(mb_supervisor *s, mb_child_record *until);
mb_callback_state mb_supervisor_advance(mb_process *p, mb_supervisor *s, mb_outcome *out);
/* One run of the starter's init, and what follows from it (supervisor_configuration.c). */
mb_callback_state mb_supervisor_configure(mb_process *p, mb_supervisor *s, mb_outcome *out);
mb_callback_state mb_supervisor_out_of_memory(mb_supervisor *s, mb_outcome *out);

mb_callback_state mb_supervisor_handle_call(mb_process *p, void *data, mb_term request,
                                            mb_from from, mb_outcome *out);
/* What is no request ends the supervisor, as in OTP. argument is borrowed. */
mb_callback_state mb_supervisor_function_clause(mb_process *p, mb_outcome *out,
                                                const char *function, mb_term argument);

#endif
