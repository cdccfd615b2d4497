/* A process: a small struct, its class's data behind it, and what it seldom needs apart. */
#ifndef MB_PROCESS_H
#define MB_PROCESS_H

#include "runtime.h"
#include "signals.h"

typedef struct mb_queue {
    mb_message *head;
    mb_message *tail;
} mb_queue;

typedef enum mb_process_state {
    MB_STATE_WAITING, /* in no queue */
    MB_STATE_READY,   /* in a queue of the scheduler */
    MB_STATE_RUNNING, /* current, or acting on its signals */
    MB_STATE_DEAD,    /* everybody has been told; kept only while a queue still points here */
} mb_process_state;

typedef struct mb_link_node mb_link_node;
typedef struct mb_monitor_node mb_monitor_node;
typedef struct mb_wait mb_wait;
typedef struct mb_after mb_after;

/* What only some processes have; made when it is first needed. */
typedef struct mb_extras {
    mb_monitor_node *monitors; /* those this process holds on others */
    mb_ets *tables;       /* those this process owns, oldest first */
    mb_after *timers;     /* send_after timers that will send to this process */
    mb_term name;         /* owned; nil: none */
    mb_term title;        /* owned; the name that somebody else than the runtime knows; nil: none */
    mb_term *dictionary;  /* keys and values in turn */
    uint32_t dictionary_used, dictionary_capacity; /* in pairs */
    size_t host_memory;
    size_t table_bytes;   /* of those tables */
} mb_extras;

struct mb_process {
    mb_pid pid; /* first: the key in rt->processes */
    mb_runtime *rt;
    const mb_class *class;
    mb_process *next_ready;
    mb_queue signals; /* arrived and not yet acted on, messages among them */
    mb_queue mailbox; /* messages that a receive can take */
    mb_message *saved; /* the last message that the receive under way has refused; NULL: none */
    mb_link_node *links;
    mb_monitor_node *watchers; /* monitors that others hold on this process */
    mb_wait *wait;        /* NULL: no deadline and no answer awaited */
    mb_extras *extras;    /* NULL: none */
    mb_term initial_call; /* owned */
    mb_pid parent;
    uint64_t cause;       /* the event it is acting on */
    uint64_t reductions;
    size_t message_bytes; /* held by both queues */
    uint32_t mailbox_length;
    uint8_t state; /* mb_process_state */
    uint8_t log_level; /* of what it logs: that much above MB_LOG_UNSET */
    bool trap_exit : 1;
    bool preempted : 1; /* used up its last slice */
    bool woken : 1;     /* its class has something to do */
    bool overflown : 1; /* outgrew its memory: ends before its next slice */
    uint64_t data[];    /* the class's own */
};

/* What its limit is compared with: all but the host's own. */
static inline size_t mb_process_bytes(const mb_process *p) {
    return p->message_bytes + (p->extras ? p->extras->table_bytes : 0);
}

/* NULL when there is no memory. */
mb_extras *mb_extras_of(mb_process *p);
/* Ends p: takes its name, tells links and monitors, frees everything. reason is taken. */
void mb_process_end(mb_process *p, mb_term reason);
/* Frees p without telling anybody. For the end of the runtime. */
void mb_process_discard(mb_process *p);
/* Frees the struct of a dead process once no queue points to it. */
void mb_process_free(mb_process *p);

static inline void mb_queue_push(mb_queue *queue, mb_message *message) {
    message->next = NULL;
    if (queue->tail)
        queue->tail->next = message;
    else
        queue->head = message;
    queue->tail = message;
}

static inline mb_message *mb_queue_pop(mb_queue *queue) {
    mb_message *message = queue->head;
    if (message) {
        queue->head = message->next;
        if (!queue->head)
            queue->tail = NULL;
    }
    return message;
}

void mb_dictionary_finish(mb_process *p);

#endif
