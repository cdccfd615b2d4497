/* Long strings travel by reference: the term keeps the Lua string, which is immutable, and whoever
 * receives it is given the same one. */
#ifndef MOON_LONG_STRING_H
#define MOON_LONG_STRING_H

#include "lua/context.h"

/* From this size on, in bytes. Below, a copy costs less than keeping. */
#define MOON_LONG_STRING 256

/* The owned term of the string at index; false when there is no memory. Raises no error. */
bool moon_long_string(lua_State *L, int index, mb_term *out);
/* Pushes the string of a term whose length is MB_KEPT. */
void moon_push_kept_string(lua_State *L, const mb_kept_string *string);

#endif
