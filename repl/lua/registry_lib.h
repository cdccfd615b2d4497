/* What the parts of Registry share, and PubSub with them. */
#ifndef MOON_REGISTRY_LIB_H
#define MOON_REGISTRY_LIB_H

#include "lua/collector.h"
#include "lua/context.h"

/* The registry whose name, a string or a module, lies at arg. Raises for an unknown one. */
mb_registry *moon_check_registry(lua_State *L, const char *what, int arg);
/* The same for a name that is known to be one. */
mb_registry *moon_known_registry(lua_State *L, int index);
bool moon_is_registry_name(lua_State *L, int index);
/* The pid at arg, the argument called "pid". */
mb_pid moon_check_pid_argument(lua_State *L, const char *what, int arg);
/* Raises unless there is a value at arg, the argument called `name`. */
void moon_check_given(lua_State *L, const char *what, int arg, const char *name);

/* start_link for Lua, with the options at index 1: `return moon_registry_start(L, …)`. keys is
 * "unique" or "duplicate"; NULL: the options say it. */
int moon_registry_start(lua_State *L, const char *what, const char *keys);
/* Pushes { id =, start = { Module, "start_link", { opts } }, type = "supervisor" } for the module of
 * that name and the options at index 1, whose name is the id. */
int moon_registry_child_spec(lua_State *L, const char *what, const char *module);

/* Registry.dispatch(registry, key, { Module, "function", { argument, … } }), and nothing else on the
 * stack: `return moon_registry_dispatch(L)`. The key's entries are a snapshot; the function may wait. */
int moon_registry_dispatch(lua_State *L);

/* Makes the module of that name a global variable. */
void moon_library_module(lua_State *L, const char *name);

/* Registers the process under the key at index `key` with the value at the index behind it. */
mb_registry_result moon_registry_add(lua_State *L, mb_registry *registry, mb_process *p, int key,
                                     mb_pid *holder);
/* Raises when there was no memory, or no process with the name of a listener: what was to be done is
 * done then, as in Elixir. */
void moon_registry_heard(lua_State *L, mb_registry_result result);
/* Removes what the running process has registered under the key at that index. */
void moon_registry_remove(lua_State *L, mb_registry *registry, int key);
/* Collects { pid, value }. */
void moon_collect_registration(mb_runtime *rt, moon_collector *collector,
                               const mb_registration *registration);

void moon_open_registry_entries(lua_State *L); /* registry_entries.c */
void moon_open_registry_select(lua_State *L);  /* registry_select.c */
void moon_open_registry_names(lua_State *L);   /* registry_names.c */

#endif
