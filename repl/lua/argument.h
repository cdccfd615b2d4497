/* Complaints about arguments: which function, which argument, what was given, what is wanted. */
#ifndef MOON_ARGUMENT_H
#define MOON_ARGUMENT_H

#include "lua/context.h"

/* Raises "bad argument #1 to 'GenServer.reply' (from: { pid, reference } expected, got 12)". what
 * is the function's path, name the argument's; arg tells where it lies. */
int moon_bad_argument(lua_State *L, const char *what, int arg, const char *name,
                      const char *wanted);
/* The same for a field of the table of options at arg; the field's value is on top of the stack. */
int moon_bad_option(lua_State *L, const char *what, int arg, const char *option,
                    const char *wanted);
/* Pushes the value at index as errors show it: as inspect prints it, cut to a line. */
const char *moon_push_shown(lua_State *L, int index);

/* Raises unless argument arg is a table of options, or absent. Then it becomes nil. */
void moon_check_options(lua_State *L, const char *what, int arg);
/* Pushes field `option` of the options at arg, nil when there are no options; returns its type. */
int moon_push_option(lua_State *L, int arg, const char *option);
/* The option as a timeout in nanoseconds; `otherwise` when it is absent. */
mb_time moon_timeout_option(lua_State *L, const char *what, int arg, const char *option,
                            mb_time otherwise);

#endif
