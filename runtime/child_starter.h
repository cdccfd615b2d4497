/* What the two kinds of supervisor have in common at their own start and end. */
#ifndef MB_CHILD_STARTER_H
#define MB_CHILD_STARTER_H

#include "moonbeam.h"

/* Starts a gen_server of that class together with the zeroed data of its child starter, which is
 * *starter_data (owned by the caller on success; NULL when it has none). argument is taken. NULL:
 * no memory. */
mb_process *mb_start_with_starter(mb_runtime *rt, mb_process *parent,
                                  const mb_gen_server_class *class,
                                  const mb_child_starter *starter, mb_term argument,
                                  const mb_gen_server_options *options, void **starter_data);

/* When the code of a supervisor changes: its starter's init has answered with something else than a
 * configuration. What it answered is taken. */
mb_callback_state mb_init_refused_change(mb_process *p, const mb_outcome *answer, mb_outcome *out);

/* Frees the starter's data. */
void mb_starter_finish(mb_process *p, const mb_child_starter *starter, void *starter_data);

#endif
