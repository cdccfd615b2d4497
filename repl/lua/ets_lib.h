/* What the parts of ETS share. */
#ifndef MOON_ETS_LIB_H
#define MOON_ETS_LIB_H

#include "lua/context.h"

#define MOON_END_OF_TABLE "$end_of_table"

typedef enum moon_ets_right {
    MOON_ETS_LOOK,
    MOON_ETS_READ,
    MOON_ETS_WRITE,
    MOON_ETS_OWN
} moon_ets_right;

/* Raises what Elixir says of a wrong argument; `arg` 0: of none in particular. The arguments are all
 * that is on the stack. */
int moon_ets_refuse(lua_State *L, const char *what, int arg, const char *complaint);
/* The table named at arg; NULL when there is none. */
mb_ets *moon_ets_find_table(lua_State *L, const char *what, int arg);
/* The table named at arg, which the caller has the right to use so. */
mb_ets *moon_ets_check_table(lua_State *L, const char *what, int arg, moon_ets_right wanted,
                             mb_ets_info *info);
/* Raises a memory error unless `memory`. */
void moon_ets_need(lua_State *L, bool memory);
/* Pushes the table's name, or its reference. */
void moon_ets_push_id(lua_State *L, const mb_ets *table);

/* ets_access.c. The first object whose key is at arg, or NULL. */
mb_ets_entry *moon_ets_lookup(lua_State *L, const mb_ets *table, int arg);
/* Pushes the array of the entry's object and those of the same key; NULL: there are none. */
int moon_ets_push_objects(lua_State *L, const mb_ets_entry *entry);

void moon_open_ets_access(lua_State *L);    /* ets_access.c */
void moon_open_ets_update(lua_State *L);    /* ets_update.c */
void moon_open_ets_select(lua_State *L);    /* ets_select_lib.c */
void moon_open_ets_traversal(lua_State *L); /* ets_traversal.c */
void moon_open_ets_info(lua_State *L);      /* ets_info.c */

#endif
