/* Monitors. Each lies in two lists: that of the process which watches, and that of the one which is
 * watched. When the latter ends, the monitor itself becomes the DOWN signal. A wait for an answer
 * (answer.h) has one of its own, which reports to the wait instead. */
#ifndef MB_MONITORS_H
#define MB_MONITORS_H

#include "process.h"

struct mb_monitor_node {
    mb_reference ref;  /* first: the key in rt->references; 0 when it belongs to a wait */
    mb_message signal; /* the DOWN */
    mb_process *watcher;
    mb_process *target; /* NULL: ended, the signal is in flight */
    mb_monitor_node *next_held, *previous_held; /* in watcher->extras->monitors */
    mb_monitor_node *next, *previous;           /* in target->watchers */
    mb_term name;                          /* owned; what was asked for, nil when it was the pid */
    mb_wait *wait; /* whom to tell instead of the watcher's mailbox; NULL: nobody */
    mb_pid target_pid;
    enum { MB_NO_HALF, MB_HALF_OF_WATCHER, MB_HALF_OF_TARGET } half;
};

/* A monitor across nodes is two halves (distribution.h). That of the watcher has no target, that of
 * the target no watcher: whom to tell, and by which reference, is in its signal. */

/* One of p's that is on nobody yet. NULL: no memory. */
mb_monitor_node *mb_monitor_new(mb_process *p, mb_pid target_pid, mb_term name);
/* It becomes a DOWN signal from that process; 0: from one that has no pid. */
void mb_monitor_down(mb_monitor_node *monitor, mb_pid from, mb_term reason);
/* p is watched from another node. False: no memory. */
bool mb_monitor_from_afar(mb_process *p, mb_pid watcher, mb_ref ref);
/* It is not any more. False: it was not. */
bool mb_demonitor_from_afar(mb_process *p, mb_ref ref);
/* The connection to that node is lost: p's own monitors there become DOWN signals, and those that
 * processes there have on p go. */
void mb_monitors_lose(mb_process *p, unsigned node);

/* Puts a monitor of a wait on target. Never fails. */
void mb_monitor_attach(mb_monitor_node *monitor, mb_process *target);
/* mb_monitor_node when the target has been looked up already (NULL: dead). */
mb_ref mb_monitor_process(mb_process *p, mb_pid target_pid, mb_process *target, mb_term name);
/* Takes it off its target, if it is still on it. */
void mb_monitor_detach(mb_monitor_node *monitor);
/* p ends: whoever watches it learns why, the first to watch first. */
void mb_watchers_tell(mb_process *p, mb_term reason);
/* p ends or is discarded: its own monitors go. */
void mb_monitors_discard(mb_process *p);
/* p is discarded: takes the monitors off it without telling. */
void mb_watchers_discard(mb_process *p);
/* The monitor that a DOWN signal lies in, taken out of the lists; frees it. *tuple is the message
 * (owned). Returns 1, 0 when it was cancelled meanwhile, -1 when there is no memory. */
int mb_monitor_consume(mb_runtime *rt, mb_message *signal, mb_term *tuple);

/* The same for a signal that nobody will act on. */
void mb_monitor_drop(mb_runtime *rt, mb_message *signal);

#endif
