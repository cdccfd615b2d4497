/* Child specifications as Lua tables: from the forms that a supervisor takes to
 * { id =, start = { Module, function, arguments }, … }, as Supervisor.child_spec does it. */
#ifndef MOON_CHILD_SPEC_LIB_H
#define MOON_CHILD_SPEC_LIB_H

#include "lua/context.h"

/* Gives the module at index what `use` of its behaviour gives it: child_spec(arg), which its own
 * takes precedence over, for children of that type ("worker", "supervisor"); and, hidden,
 * start_link(Module, arg), with which it is started where it has no start_link of its own. NULL:
 * GenServer's. */
void moon_give_child_spec(lua_State *L, int index, const char *type, lua_CFunction start_link);

/* Pushes the specification, a fresh table, for the child at index: Module, { Module, arg } or a
 * specification. Raises an error that shows the child when it is none of these. */
void moon_push_child_spec(lua_State *L, int index, const char *what);
/* The same for the list of children at index: pushes an array. */
void moon_push_child_specs(lua_State *L, int index, const char *what);

/* Pops an id: a module is told by its name. Pushes what it is in terms. */
void moon_normalise_id(lua_State *L);

/* Pushes the specification of a supervisor of the library's (a module of that name) that is started
 * by start_link(opts), opts lying at index: its name, or else the module's, is the id. */
void moon_push_named_spec(lua_State *L, int index, const char *module);

/* Supervisor.child_spec(child, overrides), for Lua. */
int moon_child_spec(lua_State *L);

/* Calls the start of a child, a term of the form { Module, function, arguments } or a function,
 * from a body: pushes the function and its arguments; returns how many arguments. */
int moon_push_child_start(lua_State *L, mb_term start);

#endif
