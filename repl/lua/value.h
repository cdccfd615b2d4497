/* Lua values <-> terms. A value that leaves its process is copied into an immutable term; a term
 * that reaches Lua becomes fresh values of the receiver's. */
#ifndef MOON_VALUE_H
#define MOON_VALUE_H

#include "lua/context.h"

/* Deep-copies the value at index into an owned term. `what` names the value in errors: a coroutine
 * found at field conn of its second element raises "message[2].conn: a coroutine cannot be sent to
 * another process" for what = "message". Tables keep their struct name; functions travel as
 * function.h tells, modules (module.h) by reference. Raises a Lua error, and leaks nothing, when
 * the value cannot be copied or memory runs out. Always returns true. */
bool moon_to_term(lua_State *L, int index, mb_term *out, const char *what);

/* The same without errors: false when the value cannot be copied, with the reason pushed as a
 * string; nothing is pushed otherwise. */
bool moon_try_term(lua_State *L, int index, mb_term *out, const char *what);

/* The values from index first to the top as one array term, as { ... } would be (nils included). */
bool moon_stack_to_term(lua_State *L, int first, mb_term *out, const char *what);

/* A picture of the value at index, for printing only: what cannot be copied is replaced by an
 * object that prints as #Thread<…>, #Userdata<…> or #Cycle, and of tables with more than `limit`
 * elements or nesting deeper than `depth` (0: no limit) no more is copied than is going to be
 * shown. Raises memory errors only. */
void moon_to_picture(lua_State *L, int index, size_t limit, size_t depth, mb_term *out);

/* An owned copy of the value at index; of what cannot be copied, a picture. Raises memory errors
 * only. */
void moon_to_copy(lua_State *L, int index, mb_term *out);

/* Pushes a fresh copy of term. Needs no room on the stack of the caller's. May raise a memory
 * error. */
void moon_push_term(lua_State *L, mb_term term);

/* The same for a term that is released afterwards, also when an error is raised. */
void moon_push_owned_term(lua_State *L, mb_term term);

/* Pushes the elements first, first + 1, … of the array term as separate values; returns how many.
 */
int moon_push_elements(lua_State *L, mb_term array, size_t first);

/* An owned term that prints as text does, whatever it says: #Port<…>. */
bool moon_text_term(mb_runtime *rt, const char *text, mb_term *out);

/* Structs: tables whose metatable was registered under a name keep it as their term's tag, and get
 * the metatable registered under that name in the receiving universe. Pops the metatable. */
void moon_struct_register(lua_State *L, const char *name);
/* Pushes the metatable registered under name, or nil. */
void moon_struct_push(lua_State *L, const char *name);

#endif
