/* Asking another process and waiting for its answer, as GenServer.call does. When there is none to
 * be had, the caller exits with { reason, { module, function, arguments } }, the arguments being
 * what lies on the Lua stack. */
#ifndef MOON_QUESTION_H
#define MOON_QUESTION_H

#include "lua/context.h"

typedef struct moon_question {
    const char *module, *function; /* as exit reasons name them */
    const char *what;              /* both: "GenServer.call" */
    mb_message_kind kind;
    /* Turns the answer, on top of the stack, into results; NULL: it is the result. */
    int (*answered)(lua_State *L);
} moon_question;

/* Sends request (taken) to the process and returns its answer, from a C function called from Lua:
 * `return moon_ask(L, &question, …)`. question is static. Raises the exit. Ask moon_check_can_wait
 * before anything that would have to be undone. */
int moon_ask(lua_State *L, const moon_question *question, mb_pid to, mb_term request,
             mb_time timeout);

/* Sends {"terminate", reason} (reason taken) and returns true once the process has ended for that
 * reason: proc_lib:stop/3. The reason lies at index 2. */
int moon_stop(lua_State *L, mb_pid to, mb_term reason, mb_time timeout);

/* For `answered`: "ok" becomes true, { "ok", … } its other elements, { "error", reason } nil and
 * the reason. */
int moon_answered_tagged(lua_State *L);

#endif
