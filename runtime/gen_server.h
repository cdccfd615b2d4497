/* Inside a gen_server: what the generic part keeps of it, shared with sys.c. */
#ifndef MB_GEN_SERVER_H
#define MB_GEN_SERVER_H

#include "process.h"

typedef enum mb_callback {
    MB_CALLBACK_NONE, /* back to the loop */
    MB_CALLBACK_ENDED,
    MB_CALLBACK_NAME_TAKEN, /* in place of init */
    MB_CALLBACK_CLAIM,      /* before init: asks the registrar of names for its own */
    MB_CALLBACK_INIT,
    MB_CALLBACK_CALL,
    MB_CALLBACK_CAST,
    MB_CALLBACK_INFO,
    MB_CALLBACK_CONTINUE,
    MB_CALLBACK_TERMINATE,
    MB_CALLBACK_REPLACE_STATE,
    MB_CALLBACK_CHANGE_CODE,
} mb_callback;

/* One turn of the loop: a message and all that follows from it. It lies on the C stack, and moves
 * to the heap only when a callback suspends. All terms but request are owned. */
typedef struct mb_turn {
    mb_message *message; /* NULL: init, a timeout, a continue */
    mb_term request;     /* what the callback is given; borrowed from message */
    mb_from from;        /* of a call or a system request; pid 0: neither */
    mb_term argument;    /* of init and handle_continue; of a bounded call: the server's deadline */
    mb_term reason;      /* why the server ends, while terminate runs */
    mb_term reply;       /* of stop-with-reply, which waits for terminate; a claim that is to be made */
    uint8_t callback;    /* mb_callback */
    bool entered;        /* the callback has begun */
    bool bounded;        /* a call that the server works on under the caller's deadline */
    bool owes_reply;
    bool raised;         /* ends by an error: logged whatever the reason */
    bool timed_out;      /* the last message was "timeout" */
    bool continued;      /* the last message was { "continue", argument } */
} mb_turn;

typedef struct mb_debug mb_debug;

/* The class's data of the process; kept small, since an idle server holds nothing else. */
typedef struct mb_server {
    const mb_gen_server_class *class;
    mb_turn *turn;   /* init to be run, or a callback that is suspended; else NULL */
    mb_debug *debug; /* what sys:log and the like have switched on; NULL: nothing */
    mb_time timeout; /* of the wait for the next message; MB_INFINITY: none */
    bool linked;     /* to its parent, whose EXIT ends it */
    bool suspended;  /* by sys:suspend: only system messages are handled */
    bool timing;     /* the timeout, or the time before hibernation, runs */
    bool hibernates; /* waits for the next message with as little memory as it can */
    uint32_t hibernate_after; /* milliseconds without a message; UINT32_MAX: never */
    uint64_t specific[];
} mb_server;

/* The state for sys and the crash report, owned; false when there is none to be had. */
bool mb_server_state(mb_process *p, mb_server *s, mb_term *out);
mb_term mb_server_module(mb_process *p, mb_server *s);
/* Ends the server through its terminate callback; reason is taken. */
void mb_server_terminate(mb_turn *t, mb_term reason, bool raised);

/* Whether the server hibernates when its mailbox is empty. */
void mb_server_hibernate(mb_process *p, bool on);

/* The message is done with; what follows from it has none. */
void mb_server_drop_message(mb_runtime *rt, mb_turn *t);

/* server_outcome.c: what follows from the turn's callback; what out holds is taken. */
void mb_server_settle(mb_process *p, mb_server *s, mb_turn *t, mb_outcome *out);
/* The same where init did not run, since the process t->from has the name. */
void mb_server_name_taken(mb_process *p, mb_turn *t);
/* The process ends; reason is taken. */
void mb_server_end(mb_process *p, mb_turn *t, mb_term reason);

/* sys.c: acts on the system request of the turn (sys:handle_system_msg/8). It may leave a callback
 * to be run in t->callback, whose outcome mb_sys_settle then answers with. */
void mb_sys_handle(mb_process *p, mb_server *s, mb_turn *t);
void mb_sys_settle(mb_process *p, mb_server *s, mb_turn *t, mb_outcome *out);
/* What get_status begins with: { "header", "Status for … NAME" }, owned. */
mb_term mb_sys_header(mb_process *p, const char *title);
/* { "Status", … } and { "Parent", … }, owned. */
mb_term mb_sys_running(mb_process *p, const mb_server *s);
mb_term mb_sys_parent(mb_process *p, const mb_server *s);

/* server_events.c: what sys is told of a gen_server, and the words for it. */
void mb_server_message_in(mb_process *p, mb_server *s, const mb_turn *t);
void mb_server_message_out(mb_process *p, mb_server *s, mb_from to, mb_term reply);
void mb_server_no_reply(mb_process *p, mb_server *s);
void mb_server_print_event(struct mb_text *text, mb_term event);

/* sys_debug.c: the answer (owned) to {"debug", what}. */
mb_term mb_sys_debug(mb_process *p, mb_server *s, mb_term what);
/* sys:handle_debug/4, for servers that have s->debug. event is taken. */
void mb_sys_event(mb_process *p, mb_server *s, mb_term event);
/* sys:get_log/1: the events that are kept, oldest first; owned. */
mb_term mb_sys_log(mb_process *p, const mb_server *s);
void mb_sys_finish(mb_process *p, mb_server *s);

#endif
