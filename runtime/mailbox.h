/* The mailbox: messages in order of arrival, out of which a receive takes any. */
#ifndef MB_MAILBOX_H
#define MB_MAILBOX_H

#include "process.h"

/* Appends a message whose bytes p has been charged with. */
void mb_mailbox_add(mb_process *p, mb_message *message);
/* Unlinks one, uncharges p, records nothing; the caller owns it. */
void mb_mailbox_remove(mb_process *p, mb_message *message);

/* A receive of many goes through the mailbox once: while mb_mailbox_saved returns a message, it is
 * refused, or picked, which is a take that does not forget what was refused. */
void mb_mailbox_refuse(mb_process *p, mb_message *message);
void mb_mailbox_pick(mb_process *p, mb_message *message);

#endif
