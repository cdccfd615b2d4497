/* Lua's coroutine library with one addition: what blocks a process, or preempts it, goes through
 * the coroutines that a program makes itself. The innermost one yields to the function that resumed
 * it, which sees that this is not meant for it (the universe's `pending` says so), yields in turn,
 * and goes on with the inner one when the process is resumed. */
#include <stdlib.h>

#include "lua/argument.h"
#include "lua/state.h"

#define FAILED    (-1)
#define SUSPENDED (-2) /* the process is to give its slice back */

static bool is_user_coroutine(lua_State *co) {
    return (*moon_extra(co) & MOON_USER_COROUTINE) != 0;
}

static lua_State *get_coroutine(lua_State *L) {
    if (!lua_isthread(L, 1))
        moon_wrong_argument(L, 1, "a coroutine");
    return lua_tothread(L, 1);
}

static int run(lua_State *L, lua_State *co, int nargs, int *results) {
    moon_universe *u = moon_of(L);
    moon_preempt *preempt = &u->preempt;
    bool pinned = preempt->pinned;
    preempt->pinned = pinned || !lua_isyieldable(L);
    lua_State *before = moon_preempt_enter(preempt, co);
    int status = lua_resume(co, L, nargs, results);
    moon_preempt_leave(preempt, before);
    preempt->pinned = pinned;
    return status;
}

/* The arguments lie on co's stack. Returns the number of values moved to L, FAILED with the error
 * object moved to L, or SUSPENDED. */
static int resume(lua_State *L, lua_State *co, int nargs) {
    int results;
    int status = run(L, co, nargs, &results);
    if (status == LUA_YIELD && moon_of(L)->pending != MB_STEP_EXIT)
        return SUSPENDED;
    if (status != LUA_OK && status != LUA_YIELD) {
        lua_xmove(co, L, 1);
        return FAILED;
    }
    if (!lua_checkstack(L, results + 1)) {
        lua_pop(co, results);
        lua_pushliteral(L, "too many results to resume");
        return FAILED;
    }
    lua_xmove(co, L, results);
    return results;
}

static int start(lua_State *L, lua_State *co, int nargs) {
    if (!is_user_coroutine(co)) {
        lua_pop(L, nargs);
        lua_pushliteral(L, "a process runs on this coroutine; it cannot be resumed by hand");
        return FAILED;
    }
    if (!lua_checkstack(co, nargs)) {
        lua_pop(L, nargs);
        lua_pushliteral(L, "too many arguments to resume");
        return FAILED;
    }
    lua_xmove(L, co, nargs);
    return resume(L, co, nargs);
}

static int resume_going_on(lua_State *L, int status, lua_KContext context);

static int resume_finish(lua_State *L, int count) {
    if (count == SUSPENDED)
        return lua_yieldk(L, 0, 0, resume_going_on);
    lua_pushboolean(L, count != FAILED);
    count = count == FAILED ? 1 : count;
    lua_insert(L, -(count + 1));
    return count + 1;
}

static int resume_going_on(lua_State *L, int status, lua_KContext context) {
    moon_of(L)->pending = MB_STEP_EXIT;
    return resume_finish(L, resume(L, lua_tothread(L, 1), 0));
}

static int coroutine_resume(lua_State *L) {
    lua_State *co = get_coroutine(L);
    return resume_finish(L, start(L, co, lua_gettop(L) - 1));
}

static int wrapped_going_on(lua_State *L, int status, lua_KContext context);

static int wrapped_finish(lua_State *L, lua_State *co, int count) {
    if (count == SUSPENDED)
        return lua_yieldk(L, 0, 0, wrapped_going_on);
    if (count != FAILED)
        return count;
    int status = lua_status(co);
    if (status != LUA_OK && status != LUA_YIELD) {
        status = lua_resetthread(co);
        if (status != LUA_OK) { /* the error may have been replaced while closing */
            lua_pop(L, 1);
            lua_xmove(co, L, 1);
        }
    }
    if (status != LUA_ERRMEM && lua_type(L, -1) == LUA_TSTRING) {
        luaL_where(L, 1);
        lua_insert(L, -2);
        lua_concat(L, 2);
    }
    return lua_error(L);
}

static int wrapped_going_on(lua_State *L, int status, lua_KContext context) {
    lua_State *co = lua_tothread(L, lua_upvalueindex(1));
    moon_of(L)->pending = MB_STEP_EXIT;
    return wrapped_finish(L, co, resume(L, co, 0));
}

static int wrapped(lua_State *L) {
    lua_State *co = lua_tothread(L, lua_upvalueindex(1));
    return wrapped_finish(L, co, start(L, co, lua_gettop(L)));
}

static int coroutine_create(lua_State *L) {
    if (!lua_isfunction(L, 1))
        moon_wrong_argument(L, 1, "a function");
    lua_State *co = lua_newthread(L);
    *moon_extra(co) |= MOON_USER_COROUTINE;
    lua_pushvalue(L, 1);
    lua_xmove(L, co, 1);
    return 1;
}

static int coroutine_wrap(lua_State *L) {
    coroutine_create(L);
    lua_pushcclosure(L, wrapped, 1);
    return 1;
}

static int coroutine_yield(lua_State *L) {
    if (!is_user_coroutine(L))
        return luaL_error(L, "attempt to yield from outside a coroutine");
    moon_of(L)->pending = MB_STEP_EXIT;
    return lua_yield(L, lua_gettop(L));
}

static const char *status_name(lua_State *L, lua_State *co) {
    lua_Debug ar;
    if (L == co)
        return "running";
    switch (lua_status(co)) {
    case LUA_YIELD:
        return "suspended";
    case LUA_OK:
        if (lua_getstack(co, 0, &ar))
            return "normal";
        return lua_gettop(co) == 0 ? "dead" : "suspended";
    default:
        return "dead";
    }
}

static int coroutine_status(lua_State *L) {
    lua_pushstring(L, status_name(L, get_coroutine(L)));
    return 1;
}

static int coroutine_isyieldable(lua_State *L) {
    lua_State *co = lua_isnone(L, 1) ? L : get_coroutine(L);
    lua_pushboolean(L, is_user_coroutine(co) && lua_isyieldable(co));
    return 1;
}

static int coroutine_running(lua_State *L) {
    lua_pushthread(L);
    lua_pushboolean(L, !is_user_coroutine(L));
    return 2;
}

static int coroutine_close(lua_State *L) {
    lua_State *co = get_coroutine(L);
    const char *status = status_name(L, co);
    bool closable = strcmp(status, "dead") == 0 || strcmp(status, "suspended") == 0;
    if (!closable || !is_user_coroutine(co))
        return luaL_error(L, "cannot close a %s coroutine", closable ? "process's" : status);
    if (lua_resetthread(co) == LUA_OK) {
        lua_pushboolean(L, 1);
        return 1;
    }
    lua_pushboolean(L, 0);
    lua_xmove(co, L, 1);
    return 2;
}

static const moon_binding bindings[] = {
    {"coroutine",
     "coroutine\n\n"
     "Lua's coroutines, inside of one process. receive, calls and sleep within a coroutine block "
     "the\n"
     "whole process. For concurrency use spawn.\n\n"
     "    co = coroutine.wrap(function() coroutine.yield(1) end)\n"
     "    co()   --> 1",
     NULL},
    {"coroutine.create",
     "create(f)\n\nA new coroutine with body f.\n\n"
     "    local co = coroutine.create(function(a) print(a, coroutine.yield()) end)",
     coroutine_create},
    {"coroutine.resume",
     "resume(co, ...)\n\nStarts or continues co: true and what it yields or returns, or "
     "false "
     "and the error.\n\n"
     "    co = coroutine.create(function(n) coroutine.yield(n + 1) end)\n"
     "    coroutine.resume(co, 1)   --> true, 2",
     coroutine_resume},
    {"coroutine.yield",
     "yield(...)\n\nSuspends the running coroutine; its arguments are what resume "
     "returns.\n\n"
     "    co = coroutine.create(function(n) coroutine.yield(n + 1) end)\n"
     "    coroutine.resume(co, 41)   --> true, 42",
     coroutine_yield},
    {"coroutine.wrap",
     "wrap(f)\n\nA new coroutine as a function that resumes it; errors are passed on.\n\n"
     "    for i in coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end) do "
     "print(i) end",
     coroutine_wrap},
    {"coroutine.status",
     "status(co)\n\n\"running\", \"suspended\", \"normal\" or \"dead\".\n\n"
     "    coroutine.status(coroutine.create(print))   --> \"suspended\"",
     coroutine_status},
    {"coroutine.isyieldable",
     "isyieldable([co])\n\nWhether the coroutine can yield.\n\n"
     "    coroutine.isyieldable(coroutine.create(print))   --> true",
     coroutine_isyieldable},
    {"coroutine.running",
     "running()\n\nThe running coroutine, and whether it is the process's own.\n\n"
     "    select(2, coroutine.running())   --> true",
     coroutine_running},
    {"coroutine.close",
     "close(co)\n\nCloses a suspended or dead coroutine and its pending variables.\n\n"
     "    coroutine.close(coroutine.create(print))   --> true",
     coroutine_close},
    {NULL, NULL, NULL},
};

void moon_open_coroutine(lua_State *L) {
    moon_bind(L, bindings);
}
