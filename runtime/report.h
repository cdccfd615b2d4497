/* What the log says of processes that end badly, in the words of Elixir's Logger.Translator. */
#ifndef MB_REPORT_H
#define MB_REPORT_H

#include "moonbeam.h"

typedef struct mb_crash {
    mb_term reason;
    mb_term message;   /* the last one, as a plain receive would have seen it; a call's request */
    mb_pid client;     /* who called; 0: the last message was no call */
    bool has_state;
    mb_term state;
} mb_crash;

/* "GenServer Counter terminating …" (gen_server:error_info/8). All terms are borrowed. */
void mb_report_gen_server(mb_process *p, const mb_crash *crash);

typedef struct mb_machine_crash {
    mb_term reason;
    bool by_state, state_enter; /* the callback mode */
    bool has_event;
    mb_term event;     /* { type, content } */
    mb_term queued;    /* { event, … } */
    mb_term postponed; /* newest first */
    mb_term timeouts;  /* { { type, content }, … } */
    mb_term log;       /* what sys:log keeps */
    bool has_state;
    mb_term state;     /* { state, data } */
} mb_machine_crash;

/* "GenStateMachine Door terminating …" (gen_statem:error_info/7). Elixir 1.14's Logger drops these
 * reports; the words are those of the GenStateMachine package. All terms are borrowed. */
void mb_report_gen_statem(mb_process *p, const mb_machine_crash *crash);

typedef enum mb_supervisor_event {
    MB_CHILD_STARTED,    /* progress */
    MB_CHILD_TERMINATED, /* child_terminated */
    MB_START_ERROR,      /* start_error */
    MB_CAUSED_SHUTDOWN,  /* shutdown */
    MB_SHUTDOWN_ERROR,   /* shutdown_error */
} mb_supervisor_event;

typedef struct mb_offender {
    mb_term id;
    mb_pid pid; /* 0: none */
    mb_term start, restart, shutdown;
    bool is_supervisor;
    bool significant;
} mb_offender;

/* "Child Counter of Supervisor MyApp.Supervisor terminated …"; only where SASL reports are on. */
void mb_report_supervisor(mb_process *supervisor, mb_supervisor_event event, mb_term reason,
                          const mb_offender *child);

#endif
