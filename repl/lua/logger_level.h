/* The levels of log lines by their names. */
#ifndef MOON_LOGGER_LEVEL_H
#define MOON_LOGGER_LEVEL_H

#include "lua/context.h"

/* What complaints want: of a line, and of what is set. */
#define MOON_UP_TO_ALERT                                                                          \
    "\"debug\", \"info\", \"notice\", \"warning\", \"error\", \"critical\", \"alert\""
#define MOON_LINE_LEVELS MOON_UP_TO_ALERT " or \"emergency\""
#define MOON_LEVELS MOON_UP_TO_ALERT ", \"emergency\", \"all\" or \"none\""

/* The level whose name is at index, MB_LOG_ALL and MB_LOG_NONE among them; MB_LOG_UNSET: no level. */
int moon_level_at(lua_State *L, int index);
void moon_push_level(lua_State *L, int level);

void moon_open_logger_levels(lua_State *L);

#endif
