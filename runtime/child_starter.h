/* What the two kinds of supervisor have in common at their own start. */
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

#endif
