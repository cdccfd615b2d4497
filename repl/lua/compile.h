/* Compiling what a person typed or a file holds, and telling where and why that stops the parser. */
#ifndef MOON_COMPILE_H
#define MOON_COMPILE_H

#include "lua/context.h"

/* The code behind the prefix; text only, no bytecode. Leaves a function or an error message on the
 * stack, and returns LUA_OK or what lua_load does. */
int moon_compile(lua_State *L, const char *prefix, const char *code, size_t size,
                 const char *chunk_name);

/* Pops the message that the code was refused with, and writes it with the line and a caret below
 * the mistake. Returns MOON_SYNTAX_ERROR. */
moon_compiled moon_refuse(lua_State *L, const char *code, size_t size, mb_write write,
                          void *context);

/* The code is neither an expression (behind "return "), as the message at -2 says, nor a statement,
 * as that at -1 says. Pops both. Returns MOON_INCOMPLETE and writes nothing when more lines could
 * mend it, else as moon_refuse. */
moon_compiled moon_refuse_both(lua_State *L, const char *code, size_t size, mb_write write,
                               void *context);

#endif
