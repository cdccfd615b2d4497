/* States whose events are told apart by clauses, which is what function heads are in Elixir:
 * locked.cast.button serves the cast { "button", digit } or "button" in the state "locked", and
 * locked.state_timeout, a function, every event of that type. A clause is given the data, of a call
 * then its from, then the rest of the content; locked["_"] what no clause takes, as a state function
 * would be. */
#ifndef MOON_GEN_STATEM_CLAUSE_H
#define MOON_GEN_STATEM_CLAUSE_H

#include <lua.h>

#include "lua/clause.h"

/* Gives the module on top of the stack a table for each state in the list at index, with tables for
 * the types of events in it, unless it has something of that name. Raises the error of an argument
 * of `what` when a name is none, or is a callback's. */
void moon_give_states(lua_State *L, const char *what, int index);

/* Replaces the table of a state on top of the stack by the function for the event. MOON_PLAIN: the
 * function for what no clause takes. */
moon_clause moon_choose_state_clause(lua_State *L, const mb_statem_event *event);

/* The reason (owned) of a machine's end for want of a clause: { "function_clause", { module, state,
 * type, content } }; module is its name, nil: none. */
void moon_no_state_clause(lua_State *L, mb_term module, const mb_statem_event *event,
                          mb_term *reason);

#endif
