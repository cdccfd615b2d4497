/* What both kinds of supervisor share. */
#ifndef MOON_SUPERVISOR_LIB_H
#define MOON_SUPERVISOR_LIB_H

#include "lua/callback.h"
#include "lua/question.h"

/* Parts of an mb_child_starter whose data is a moon_callback: starting a child by what
 * moon_push_child_start takes, going on with what was suspended, and the end. */
mb_callback_state moon_child_start(mb_process *p, void *data, mb_term start, mb_outcome *out);
mb_callback_state moon_child_resume(mb_process *p, void *data, mb_outcome *out);
void moon_child_destroy(mb_process *p, void *data);

/* Calls init(argument) of the module in the term { module, argument }, from a body, and ends with
 * what `finished` makes of the results: a continuation that is given the callback. */
int moon_call_module_init(lua_State *L, lua_KFunction finished);
/* Ends a body with { "bad_return", { module, "init", value } }: value is what lies on the stack. */
int moon_bad_init(lua_State *L, const moon_callback *callback);

/* Gives the child specification at index its modules, as names: { "Counter" }. */
void moon_name_modules(lua_State *L, int spec);

/* Whether the value at index is a module to start a supervisor with. */
bool moon_is_supervisor_module(lua_State *L, int index);

/* Asks the supervisor at index 1; the request is on top of the stack, which argument 2 gives way
 * to. `return moon_ask_supervisor(L, &question);` */
int moon_ask_supervisor(lua_State *L, const moon_question *question);
/* Pops a detail and pushes the request { name, detail }. */
void moon_push_request(lua_State *L, const char *name);

#endif
