/* Lua functions as terms: objects that hold the code by reference and what it captured by value.
 *
 * A function whose only upvalue is the globals table is shared as it is. Others are copied when
 * they are captured: the values of their upvalues become terms, and each receiver gets a closure of
 * its own. Functions that call themselves or each other, and functions that share a variable, keep
 * doing so within the copy. C functions, modules and the globals table go by reference. */
#ifndef MOON_FUNCTION_H
#define MOON_FUNCTION_H

#include "lua/context.h"

/* Pushes, onto the stack of `to`, the function at index of `from` as a process of its own may run
 * it: itself when it captured nothing, else a copy. Raises an error on `from` naming `what` when
 * something captured cannot be copied. The two are threads of one universe; may be the same. */
void moon_function_transfer(lua_State *from, int index, lua_State *to, const char *what);

/* The same in place: the function at index gives way to its copy if need be. */
void moon_function_isolate(lua_State *L, int index, const char *what);

/* Whether the value at index may be shared between processes as it is: a scalar, a string, a
 * module, a function that captured nothing. */
bool moon_is_immutable(lua_State *L, int index);

/* A short borrowed-forever description of the function at index, such as #Function<file:3>, as an
 * owned term that prints like this: what Process.info shows as initial call. Cheap: cached per
 * place of definition. nil when there is no memory. */
mb_term moon_function_place(lua_State *L, int index);

#endif
