/* How exit reasons are told, shared by mb_write_exit and the crash reports. */
#ifndef MB_REASON_H
#define MB_REASON_H

#include "moonbeam.h"

/* How an error that is no exception in Elixir's sense (a raised table) is introduced. */
typedef enum mb_raised_as {
    MB_RAISED_ERLANG_ERROR, /* ** (ErlangError) Erlang error: … */
    MB_RAISED_STOP,         /* ** (stop) …, as a behaviour's crash report has it */
} mb_raised_as;

/* "** (RuntimeError) boom" and the stack, each line of it after a newline and indent + 4 spaces.
 * reason must satisfy mb_is_error_reason. */
void mb_write_error(mb_term reason, mb_raised_as as, size_t indent, mb_write write,
                    void *context);
/* A name or an id: a string bare, anything else as inspect prints it. */
void mb_write_name(mb_term name, mb_write write, void *context);

#endif
