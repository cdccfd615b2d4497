/* The values of the last evaluations, for v(n). They live in the Lua state's registry. */
#ifndef MOON_VALUES_H
#define MOON_VALUES_H

#include <lua.h>
#include <stdbool.h>

/* As many as IEx keeps. */
#define MOON_VALUES_KEPT 20

/* Keeps count values of `from` beginning at index `first` as those of evaluation `number`, and
 * forgets the one MOON_VALUES_KEPT before. False when there is no memory. L is the main thread. */
bool moon_values_keep(lua_State *L, int number, lua_State *from, int first, int count);
/* Pushes the values of that evaluation; a negative number counts from the last, which is -1.
 * Raises, in IEx's words, when they are not kept (any more). Returns their count. */
int moon_values_push(lua_State *L, lua_Integer number);

#endif
