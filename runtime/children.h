/* A supervisor's children: a list in start order, found by id and by pid in constant time. */
#ifndef MB_CHILDREN_H
#define MB_CHILDREN_H

#include "moonbeam.h"

typedef enum mb_restart_type { MB_PERMANENT, MB_TRANSIENT, MB_TEMPORARY } mb_restart_type;

#define MB_SHUTDOWN_INFINITY ((int64_t)-1)
#define MB_SHUTDOWN_BRUTAL_KILL ((int64_t)-2)

/* What a child specification says; terms are owned by whoever holds the struct. */
typedef struct mb_child_spec {
    mb_term id;
    mb_term start;
    mb_term modules;
    int64_t shutdown; /* milliseconds, or one of the above */
    uint8_t restart;  /* mb_restart_type */
    bool is_supervisor;
    bool significant;
} mb_child_spec;

typedef struct mb_child_record mb_child_record;
struct mb_child_record {
    mb_child_spec spec;
    mb_pid pid; /* 0: none ("undefined") */
    mb_child_record *next, *previous; /* in start order */
    mb_child_record *same_id, *same_pid; /* chains of the hash tables */
    mb_term end; /* why it ended, from its EXIT, while it is waited for (shutdown.c); owned, nil */
    uint32_t restarts;
    bool stopping;   /* shutdown.c is to stop it */
    bool started;    /* has run at some time */
    bool restarting; /* a restart failed and is to be tried again; pid is 0 */
};

typedef struct mb_children {
    mb_child_record *first, *last;
    mb_child_record **by_id, **by_pid; /* buckets; both tables have the same size */
    size_t buckets;                    /* a power of two, or 0 */
    size_t count;
    bool anonymous; /* of a dynamic supervisor: nobody sees the ids, and a child that is restarting
                     * keeps the pid it had */
} mb_children;

/* Behind the last child. The spec's terms are taken, on failure too. NULL: no memory. */
mb_child_record *mb_children_add(mb_children *children, mb_runtime *rt, mb_child_spec *spec);
void mb_children_remove(mb_children *children, mb_runtime *rt, mb_child_record *child);
/* To the end of the list. */
void mb_children_move_last(mb_children *children, mb_child_record *child);
void mb_children_finish(mb_children *children, mb_runtime *rt);

mb_child_record *mb_children_by_id(const mb_children *children, mb_term id);
mb_child_record *mb_children_by_pid(const mb_children *children, mb_pid pid);
/* pid 0: none */
void mb_children_set_pid(mb_children *children, mb_child_record *child, mb_pid pid);

void mb_child_spec_release(mb_child_spec *spec, mb_runtime *rt);
mb_term mb_restart_type_term(mb_restart_type type);
mb_term mb_shutdown_term(int64_t shutdown);

#endif
