/* Children as the outside sees them: in reports, and in a supervisor's answers. */
#ifndef MB_CHILDREN_SHOWN_H
#define MB_CHILDREN_SHOWN_H

#include "children.h"
#include "report.h"

/* Reports, if supervisors' reports are wanted, what befell the child while it had that pid (0: none).
 * reason is borrowed. */
void mb_child_report(mb_process *p, const mb_children *children, mb_supervisor_event event,
                     mb_term reason, const mb_child_record *child, mb_pid pid);
/* { { id, pid, type, modules }, … }, owned: of a supervisor the one that was added last first, of a
 * dynamic supervisor in their order. False: no memory. */
bool mb_children_list(mb_runtime *rt, const mb_children *children, mb_term *out);
/* { specs =, active =, supervisors =, workers = }, owned. False: no memory. */
bool mb_children_counts(mb_runtime *rt, const mb_children *children, mb_term *out);
/* For sys:get_state and crash reports: { strategy =, intensity =, period =, children = }. */
bool mb_supervision_state(mb_runtime *rt, const mb_children *children, const char *strategy,
                          int64_t intensity, int64_t period, mb_term *out);

#endif
