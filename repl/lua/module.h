/* Modules: tables with functions that know their name. A module travels by reference to its code:
 * in terms it is an object that prints as its name and that Lua sees as the module's present table.
 *
 * While a file is being loaded (a transaction), a module that the file defines is a fresh table,
 * and takes the place of the one known by that name only when the whole file has succeeded. */
#ifndef MOON_MODULE_H
#define MOON_MODULE_H

#include "lua/context.h"

/* Pushes the module of that name: the one there is, a fresh one inside a transaction that has not
 * made it yet, or a new one. It gets handle_call, handle_cast and handle_info as tables for clauses
 * as soon as somebody indexes them. */
void moon_module_new(lua_State *L, const char *name);
/* Whether the value at index is a module (one with a name). */
bool moon_module_is(lua_State *L, int index);
/* The library table on top of the stack becomes the module of that name; its fields stay. */
void moon_module_name_library(lua_State *L, const char *name);
/* The name of the module at index, or NULL when it is none. Borrowed: valid as long as the module.
 */
const char *moon_module_name(lua_State *L, int index);
/* Pushes the module of that name as it is now, or nil. Returns whether there is one. */
bool moon_module_push(lua_State *L, const char *name);

/* Pops a table: the module at index has its functions where it has none itself. Replaces what was
 * given before. */
void moon_module_defaults(lua_State *L, int index);

/* An owned term that stands for the table at index by reference: by its name for a module, by the
 * table itself for any other (an anonymous module). Pushing it gives the module as it is then, or
 * the very table. Raises memory errors. */
void moon_module_term(lua_State *L, int index, mb_term *out);
/* Pushes the module that such a reference stands for. */
void moon_module_push_term(lua_State *L, mb_term term);
/* Whether term is such a reference. */
bool moon_is_module_term(mb_term term);
/* Its name as a borrowed term (a string); nil for an anonymous module and for anything else. A
 * plain string is its own name. */
mb_term moon_module_term_name(mb_term term);

/* Pushes "function 'Counter.init'" when the function at index belongs to a module or is a global,
 * and returns whether it does. */
bool moon_module_find_function(lua_State *L, int index);

/* Transactions, nested ones counting as part of the outermost. Until commit, modules made by
 * moon_module_new are seen by the loading code only; rollback forgets them and puts the global
 * variables back as they were at begin. */
void moon_transaction_begin(lua_State *L);
void moon_transaction_commit(lua_State *L);
void moon_transaction_rollback(lua_State *L);

#endif
