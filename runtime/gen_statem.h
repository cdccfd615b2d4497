/* Inside a state machine: what the generic part keeps of it, shared by gen_statem.c and the files
 * that have one idea of it each: statem_loop.c, statem_queue.c, statem_timeouts.c,
 * statem_actions.c, statem_status.c. */
#ifndef MB_GEN_STATEM_H
#define MB_GEN_STATEM_H

#include "gen_server.h"

/* An event, a timer, or a timeout action that has been put off. Terms are owned. */
typedef struct mb_statem_item mb_statem_item;
struct mb_statem_item {
    mb_statem_item *next;
    mb_term type;
    mb_term content;
    mb_ref ref;     /* of a timer's message; 0: it is due as soon as the queue is empty */
    mb_ref timer;   /* of a timer that has a ref */
    uint64_t order; /* of timers without a ref: which comes first */
};

typedef enum mb_statem_phase {
    MB_STATEM_IDLE,
    MB_STATEM_INIT,
    MB_STATEM_MODE,      /* callback_mode, of init's or another module */
    MB_STATEM_EVENT,     /* a state callback */
    MB_STATEM_ENTER,     /* a state callback for "enter" */
    MB_STATEM_TERMINATE,
    MB_STATEM_REPLACE,   /* replace_state */
    MB_STATEM_CHANGE,    /* code_change */
    MB_STATEM_NEW_MODE,  /* callback_mode, after code_change */
    MB_STATEM_STOPPED,   /* `stop` says why; gen_server takes over */
} mb_statem_phase;

typedef struct mb_statem {
    const mb_gen_statem_class *class;
    void *specific;
    mb_term state;                 /* owned */
    mb_term next_state;            /* owned: of the transition under way */
    mb_statem_item *event;         /* being handled; NULL: none */
    mb_statem_item *queue;         /* after it, oldest first */
    mb_statem_item *postponed;     /* newest first */
    mb_statem_item *next_events;   /* of this transition, newest first */
    mb_statem_item *timeouts;      /* actions of this transition, newest first, as content */
    mb_statem_item *timers;
    mb_term modules;               /* owned: callback modules, the one in use first; nil: unknown */
    mb_term old_modules;           /* owned: before the change whose callback_mode is asked for */
    mb_term actions;               /* of the callback that has returned; owned */
    size_t acted;                  /* how many of them are done */
    mb_term stop;                  /* owned */
    uint64_t orders;
    uint8_t phase;                 /* mb_statem_phase */
    bool entered;                  /* the callback of the phase has begun */
    bool by_state;                 /* callback mode: state_functions */
    bool state_enter;
    bool starting;                 /* init's actions are under way */
    bool enters;                   /* the transition under way calls for an enter call */
    bool postpones;
    bool raised;                   /* stop is { error, stacktrace } */
} mb_statem;

/* ---- statem_queue.c -------------------------------------------------------------------------*/

void mb_statem_free(mb_runtime *rt, mb_statem_item *item); /* may be NULL */
void mb_statem_free_all(mb_runtime *rt, mb_statem_item **list);
/* Puts an item in front of the list. type and content are taken. NULL: no memory. */
mb_statem_item *mb_statem_push(mb_runtime *rt, mb_statem_item **list, mb_term type,
                               mb_term content);
/* lists:reverse(from, onto) */
mb_statem_item *mb_statem_reverse_onto(mb_statem_item *from, mb_statem_item *onto);
/* { { type, content }, … }, owned; nil when there is no memory. */
mb_term mb_statem_list(mb_runtime *rt, const mb_statem_item *first);

/* ---- statem_timeouts.c ----------------------------------------------------------------------*/

/* "timeout", "state_timeout", { "timeout", name } */
bool mb_statem_is_timeout_type(mb_term term);
/* { type, time, content [, options] }, { type, "update", content }, { type, "cancel" } */
bool mb_statem_is_timeout(mb_term action);
/* A number of milliseconds that is no NaN, and not negative. */
bool mb_statem_is_delay(mb_term term);
void mb_statem_cancel(mb_process *p, mb_statem *m, mb_term type);
/* Carries out the timeout actions that have been put off. False: no memory. */
bool mb_statem_set_timers(mb_process *p, mb_statem *m);
/* The timer whose message this is, taken out of the list; NULL: of none. */
mb_statem_item *mb_statem_take_timer(mb_statem *m, mb_term message);
/* The oldest timer that is due at once, taken out of the list; NULL: there is none. */
mb_statem_item *mb_statem_take_due_timer(mb_statem *m);

/* ---- statem_actions.c -----------------------------------------------------------------------*/

/* Does one action, or ends the machine (m->phase), or asks for the mode of another module. */
void mb_statem_act(mb_process *p, mb_statem *m, mb_term action);
/* The action that is next, borrowed. False: they are all done. */
bool mb_statem_next_action(mb_statem *m, mb_term *action);
/* Sends the replies of stop_and_reply. False: one of them is none, and is in *bad, borrowed. */
bool mb_statem_reply_all(mb_process *p, mb_term replies, mb_term *bad);
/* The old modules are in use again. */
void mb_statem_revert_modules(mb_process *p, mb_statem *m);

/* ---- statem_loop.c --------------------------------------------------------------------------*/

/* A message or a timer has brought this event, which is taken. */
void mb_statem_receive(mb_process *p, mb_statem *m, mb_statem_item *event);
/* Runs what the phase says until no event is left. out: NOREPLY, or CRASH: it stops. */
mb_callback_state mb_statem_drive(mb_process *p, mb_statem *m, mb_outcome *out);
/* callback_mode has answered. False: *reason, owned, says what is wrong, and *raised how. */
bool mb_statem_learn_mode(mb_process *p, mb_statem *m, mb_outcome *out, mb_term *reason,
                          bool *raised);

/* Ends the machine for { { tag, detail }, stacktrace }; detail is borrowed. */
void mb_statem_stop_bad(mb_process *p, mb_statem *m, const char *tag, mb_term detail);
void mb_statem_stop_no_memory(mb_process *p, mb_statem *m);

/* ---- statem_status.c ------------------------------------------------------------------------*/

/* Tells sys:trace and sys:log; only for machines whose server has `debug`. Terms are borrowed. */
void mb_statem_trace_in(mb_process *p, mb_term type, mb_term content, mb_term state);
void mb_statem_trace_out(mb_process *p, mb_term from, mb_term reply);
void mb_statem_trace_end(mb_process *p, const mb_statem *m); /* of the event being handled */
void mb_statem_trace(mb_process *p, const char *tag, mb_term what, mb_term state);
bool mb_statem_traced(const mb_process *p);

/* The callbacks of mb_gen_server_class that show a machine. */
void mb_statem_print_event(struct mb_text *text, mb_term event);
mb_term mb_statem_status(mb_process *p, void *data);
void mb_statem_report(mb_process *p, void *data, const struct mb_crash *crash);

#endif
