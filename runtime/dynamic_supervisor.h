/* Inside a dynamic supervisor: what the pictures of supervisors need of it. */
#ifndef MB_DYNAMIC_SUPERVISOR_H
#define MB_DYNAMIC_SUPERVISOR_H

#include "children.h"

/* The children of p, by the order of their pids; NULL when p is no dynamic supervisor. A child that
 * is `restarting` keeps the pid it had. */
const mb_children *mb_dynamic_children(mb_process *p);

#endif
