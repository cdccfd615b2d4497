/* What the files of the binding share: how a lua_State leads to its universe, and the helpers that
 * every binding needs. */
#ifndef MOON_CONTEXT_H
#define MOON_CONTEXT_H

#include <lauxlib.h>
#include <lua.h>

#include "lua/universe.h"
#include "moonbeam.h"

static_assert(sizeof(void *) == 8, "pids and references travel as light userdata");

/* The extra space of every lua_State holds its universe; the lowest bit marks the coroutines that
 * programs make themselves, as opposed to those that processes run on. */
#define MOON_USER_COROUTINE ((uintptr_t)1)

static inline uintptr_t *moon_extra(lua_State *L) {
    return (uintptr_t *)lua_getextraspace(L);
}

/* The universe that L belongs to. */
static inline moon_universe *moon_of(lua_State *L) {
    return (moon_universe *)(*moon_extra(L) & ~MOON_USER_COROUTINE);
}

/* The runtime that L belongs to. */
mb_runtime *moon_rt(lua_State *L);

/* The process that L's code runs in; raises an error where there is none (a host's own call). */
mb_process *moon_self(lua_State *L);
/* The same, NULL where there is none. */
mb_process *moon_self_or_null(lua_State *L);

/* Whether L's code runs in the shell process, or outside of all processes (while the universe is
 * being set up): where globals may be written. */
bool moon_in_shell(lua_State *L);

/* Kinds of light userdata, told apart by their top byte as mb_pid and mb_ref are. */
#define MOON_KIND_ANY ((uint64_t)3 << 56)

static inline uint64_t moon_light(lua_State *L, int index) {
    return (uint64_t)(uintptr_t)lua_touserdata(L, index);
}
static inline bool moon_is_light(lua_State *L, int index, uint64_t kind) {
    return lua_type(L, index) == LUA_TLIGHTUSERDATA &&
           (moon_light(L, index) & MB_KIND_MASK) == kind;
}
static inline bool moon_is_pid(lua_State *L, int index) {
    return moon_is_light(L, index, MB_KIND_PID);
}
static inline bool moon_is_ref(lua_State *L, int index) {
    return moon_is_light(L, index, MB_KIND_REF);
}
static inline void moon_push_pid(lua_State *L, mb_pid pid) {
    lua_pushlightuserdata(L, (void *)(uintptr_t)pid);
}
static inline void moon_push_ref(lua_State *L, mb_ref ref) {
    lua_pushlightuserdata(L, (void *)(uintptr_t)ref);
}
/* The pid or reference at argument arg; raises an argument error when it is none. */
mb_pid moon_check_pid(lua_State *L, int arg);
mb_ref moon_check_ref(lua_State *L, int arg);

/* The timeout at argument arg as nanoseconds: milliseconds (integer or float, not negative) or
 * "infinity" (MB_INFINITY); absent or nil gives `otherwise`. */
mb_time moon_check_timeout(lua_State *L, int arg, mb_time otherwise);

/* Raises "not enough memory" as Lua does. */
_Noreturn void moon_no_memory(lua_State *L);

#endif
