/* Errors and exits as Lua error objects, as reasons, and in words. */
#ifndef MOON_ERROR_H
#define MOON_ERROR_H

#include "lua/context.h"

/* exit(reason): pops the reason and raises an error object with kind "exit" and that reason. */
_Noreturn void moon_raise_exit(lua_State *L);
/* The same with a term, which is taken. */
_Noreturn void moon_raise_exit_term(lua_State *L, mb_term reason);
/* If the value at index is an exit's error object, pushes its reason and returns true. */
bool moon_exit_reason(lua_State *L, int index);

/* Pops the error object on top of L, whose stack is still that of the error (L may have ended in
 * it), and makes the owned reason to die of: exits give their reason, errors { error, stacktrace };
 * what cannot be copied is told as text. False when there is no memory. Raises no error. */
bool moon_error_reason(lua_State *L, mb_term *reason, bool *is_exit);

/* Pushes onto L an array of strings, "file:3: in function 'f'", for the frames of thread from level
 * on, innermost first. */
void moon_push_stacktrace(lua_State *L, lua_State *thread, int level);

/* Writes what IEx says of a process that died of reason: "** (RuntimeError) boom\n    file:1: in
 * …",
 * "** (exit) …". No trailing newline. */
void moon_write_failure(mb_term reason, bool is_exit, mb_write write, void *context);

#endif
