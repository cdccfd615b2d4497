/* Processes as Lua names them: destinations, and processes that run a Lua function. */
#ifndef MOON_PROCESS_H
#define MOON_PROCESS_H

#include "lua/context.h"

/* The process that the value at index names: a pid, a registered name, { name, node },
 * { "via", Module, name } (asks Module.whereis_name) or { "global", name }. 0 when nobody has the
 * name; a name on another node is looked up there, and until then is mb_name_on's number. Raises an
 * error, naming `what`, when the value can be no destination. A module stands for its name. */
mb_pid moon_whereis(lua_State *L, int index, const char *what);

/* Whether the value at index is of a form that moon_whereis takes. */
bool moon_names_process(lua_State *L, int index);
/* Whether it is { "via", Module, name } or { "global", name }. */
bool moon_is_foreign_name(lua_State *L, int index);

/* Whether the value at index is { name, node }: to such a name of nobody anything can be sent. */
bool moon_is_name_on_node(lua_State *L, int index);

/* The owned term that DOWN and exit reasons show for the value at index: the value itself; a plain
 * name becomes { name, node } when `with_node`. */
void moon_destination_term(lua_State *L, int index, bool with_node, mb_term *out);

/* Registers pid under the name at index, in any of the forms above. False with the owned
 * term { "already_started", pid } in *error (or another reason) when that cannot be. */
bool moon_register_name(lua_State *L, int index, mb_pid pid, mb_term *error);

/* Pushes the node's name. */
void moon_push_node(lua_State *L, const mb_node *node);
/* The node whose name is at index, with or without "@local". Raises an error, naming `what`, when it
 * can be none. */
mb_node *moon_node_at(lua_State *L, int index, const char *what);
/* Whether a pid is of the running process's own node. */
bool moon_is_here(lua_State *L, mb_pid pid);
/* The pid at argument 1, of a process of the running one's node; else raises an argument error. */
mb_pid moon_check_local(lua_State *L);
/* Pushes the pid, or { name, node }. */
void moon_push_process(lua_State *L, mb_pid id);

/* Spawns a process that runs the function at index first with the values up to the top as
 * arguments. options' initial_call is filled in. Raises errors. */
mb_process *moon_spawn_function(lua_State *L, int first, const char *what,
                                mb_spawn_options *options, mb_ref *ref);

/* mb_config's spawn: what is { function, argument, … }, context the universe. */
mb_process *moon_spawn_term(void *context, mb_runtime *rt, mb_term what,
                            const mb_spawn_options *options);

/* From now on the log tells of the running process, should it fail, as of a task: the term (taken) is
 * { starter, function, arguments }. Does nothing where the process is no spawned function. */
void moon_become_task(lua_State *L, mb_term task);
bool moon_is_task(mb_process *p);

/* ancestry.c: if key is "$ancestors" or "$initial_call" and p a behaviour or a task: pushes what it is
 * for p and returns true. */
bool moon_push_ancestry(lua_State *L, mb_process *p, mb_term key);

/* If guard is one of is_pid, is_number, …: answers it for the term in *yes and returns true. */
bool moon_type_guard(lua_CFunction guard, mb_term value, bool *yes);

#endif
