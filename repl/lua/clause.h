/* Callbacks that a module has as clauses, which is what function heads are in Elixir:
 * handle_call.get serves { "get", key } and "get"; handle_call["_"] what no other clause does. */
#ifndef MOON_CLAUSE_H
#define MOON_CLAUSE_H

#include <lua.h>

#include "moonbeam.h"

typedef enum moon_clause {
    MOON_NO_CALLBACK,
    MOON_PLAIN,     /* a function: takes the whole message */
    MOON_CLAUSE,    /* takes the rest of the message as its last arguments */
    MOON_CATCH_ALL, /* clause "_" */
    MOON_NO_CLAUSE, /* there are clauses, and none fits */
} moon_clause;

/* Pushes what the module at index has for that callback and message: a function, or whatever else
 * when there is none. */
moon_clause moon_find_clause(lua_State *L, int module, const char *callback, mb_term message);
/* Replaces the table of clauses on top of the stack by the one for the message. */
moon_clause moon_choose_clause(lua_State *L, mb_term message);
/* Pushes what the clause found is given of the message; returns how many values. */
int moon_push_clause_rest(lua_State *L, moon_clause how, mb_term message);

#endif
