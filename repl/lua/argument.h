/* Complaints about arguments: which function, which argument, what was given, what is wanted. */
#ifndef MOON_ARGUMENT_H
#define MOON_ARGUMENT_H

#include "lua/context.h"

/* Raises "bad argument #1 to 'GenServer.reply' (from: { pid, reference } expected, got 12)". what
 * is the function's path, name the argument's; arg tells where it lies. */
int moon_bad_argument(lua_State *L, const char *what, int arg, const char *name,
                      const char *wanted);
/* The same; the argument's name is taken from the signature in the function's help text. */
int moon_refuse_for(lua_State *L, const char *what, int arg, const char *wanted);
/* The same of the C function that runs. */
int moon_wrong_argument(lua_State *L, int arg, const char *wanted);
/* Argument arg as an integer that is not less than `least`; refuses all else. */
lua_Integer moon_check_integer(lua_State *L, int arg, lua_Integer least, const char *wanted);
/* Which of the words (NULL-terminated) argument arg is; an absent one is `otherwise`, unless that is
 * NULL. Refuses all else. */
int moon_check_word(lua_State *L, int arg, const char *otherwise, const char *const *words);
/* What names a process, in words. */
#define MOON_DESTINATION                                                                           \
    "a pid, a name, { name, node }, { \"via\", module, name } or { \"global\", name }"
/* What a process can be called. */
#define MOON_NAME "a string, a module, { \"via\", Module, key } or { \"global\", name }"
/* The same for a part of argument arg, which is on top of the stack; part says which: "groups[2]". */
int moon_bad_part(lua_State *L, const char *what, int arg, const char *part, const char *wanted);
/* The same for a field of the table of options at arg; the field's value is on top of the stack. */
int moon_bad_option(lua_State *L, const char *what, int arg, const char *option,
                    const char *wanted);
/* Pushes "did you mean name? there are name, timeout and debug" for a name that is none of those. */
const char *moon_push_advice(lua_State *L, const char *given, const char *const *names);
/* Pushes the value at index as errors show it: as inspect prints it, cut to a line. */
const char *moon_push_shown(lua_State *L, int index);

/* Raises unless argument arg is a table of options, or absent. Then it becomes nil. */
void moon_check_options(lua_State *L, const char *what, int arg);
/* The first field of the table at index that is none of the names (NULL ends them), left on the
 * stack; or NULL. */
const char *moon_unknown_name(lua_State *L, int index, const char *const *names);
/* Raises when the table at arg, if it is one, has a field that is none of the names: Elixir lets it pass, but it is a misspelt option more often than not. */
void moon_check_option_names(lua_State *L, const char *what, int arg, const char *const *names);
/* What every behaviour's start_link takes. */
#define MOON_SERVER_OPTIONS "name", "timeout", "debug", "hibernate_after", "spawn_opt"
/* Pushes field `option` of the options at arg, nil when there are no options; returns its type. */
int moon_push_option(lua_State *L, int arg, const char *option);
/* The option as a timeout in nanoseconds; `otherwise` when it is absent. */
mb_time moon_timeout_option(lua_State *L, const char *what, int arg, const char *option,
                            mb_time otherwise);

#endif
