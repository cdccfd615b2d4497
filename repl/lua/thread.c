#include "lua/thread.h"

#include <stdlib.h>

#include "lua/error.h"
#include "lua/state.h"

#define POOL_MAX 1024 /* idle threads kept */

/* ---------------------------------------------------------------------------------- the pool */

static int make_lua_thread(lua_State *L) {
    moon_thread *t = lua_touserdata(L, 1);
    t->L = lua_newthread(L);
    t->anchor = moon_anchor(L);
    return 0;
}

static moon_thread *thread_new(moon_universe *u) {
    moon_thread *t = mb_allocate(u->rt, NULL, 0, sizeof *t);
    if (!t)
        return NULL;
    *t = (moon_thread){.universe = u, .account = &u->memory.host};
    lua_State *L = u->L;
    moon_account *current = u->memory.current;
    u->memory.current = &u->memory.host;
    bool made = lua_checkstack(L, LUA_MINSTACK);
    if (made) {
        lua_pushcfunction(L, make_lua_thread);
        lua_pushlightuserdata(L, t);
        made = lua_pcall(L, 1, 0, 0) == LUA_OK;
        if (!made)
            lua_pop(L, 1);
    }
    u->memory.current = current;
    if (made)
        return t;
    mb_allocate(u->rt, t, sizeof *t, 0);
    return NULL;
}

moon_thread *moon_thread_take(moon_universe *u) {
    moon_thread *t = u->pool;
    if (!t)
        return thread_new(u);
    u->pool = t->next;
    u->pool_size--;
    return t;
}

static void thread_free(moon_universe *u, moon_thread *t) {
    moon_receive_free(u, t->receive);
    mb_allocate(u->rt, t, sizeof *t, 0);
}

void moon_threads_free(moon_universe *u) {
    for (moon_thread *t = u->pool, *next; t; t = next) {
        next = t->next;
        thread_free(u, t);
    }
    u->pool = NULL;
    u->pool_size = 0;
}

void moon_threads_trim(moon_universe *u) {
    for (const moon_thread *t = u->pool; t; t = t->next)
        moon_anchor_release(u->L, t->anchor);
    moon_threads_free(u);
}

/* Unwinds what is left of an activity. Code may run meanwhile: __close metamethods. */
static void unwind(moon_thread *t) {
    moon_universe *u = t->universe;
    moon_thread *running = u->running;
    lua_State *before = moon_preempt_enter(&u->preempt, t->L);
    bool pinned = u->preempt.pinned;
    u->preempt.pinned = true;
    u->running = t;
    lua_resetthread(t->L);
    u->running = running;
    u->preempt.pinned = pinned;
    moon_preempt_leave(&u->preempt, before);
}

void moon_thread_give(moon_thread *t) {
    if (!t)
        return;
    moon_universe *u = t->universe;
    if (!u->L) { /* the universe comes to its end */
        thread_free(u, t);
        return;
    }
    if (lua_status(t->L) != LUA_OK)
        unwind(t);
    lua_settop(t->L, 0);
    if (t->globals) {
        moon_anchor_release(u->L, t->globals);
        t->globals = 0;
    }
    if (t->receive)
        moon_receive_reset(u, t->receive);
    t->account = &u->memory.host;
    t->started = false;
    t->waiting = NULL;
    if (u->pool_size >= POOL_MAX || t->spoiled) {
        moon_anchor_release(u->L, t->anchor);
        thread_free(u, t);
        return;
    }
    t->next = u->pool;
    u->pool = t;
    u->pool_size++;
}

/* ----------------------------------------------------------------------------------- running */

void moon_thread_charge(moon_thread *t, moon_account *account) {
    t->account = account;
    t->universe->memory.current = account;
}

void moon_thread_uncharge(moon_thread *t) {
    t->universe->memory.current = &t->universe->memory.host;
}

static moon_state state_of(moon_universe *u, int status) {
    if (status == LUA_OK)
        return MOON_DONE;
    if (status != LUA_YIELD)
        return MOON_ERROR;
    mb_step pending = u->pending;
    assert(pending != MB_STEP_EXIT && "only the runtime's own functions yield out of a process");
    return pending == MB_STEP_WAIT    ? MOON_WAITING
           : pending == MB_STEP_YIELD ? MOON_YIELDED
                                      : MOON_PREEMPTED;
}

moon_state moon_thread_resume(moon_thread *t, int nargs) {
    moon_universe *u = t->universe;
    int results;
    /* A call that is handed over runs its callee inside of the caller. */
    moon_thread *outer = u->running;
    mb_step outer_pending = u->pending;
    bool outer_pinned = u->preempt.pinned;
    lua_State *before = moon_preempt_enter(&u->preempt, t->L);
    u->preempt.pinned = false;
    u->running = t;
    t->waiting = NULL;
    u->pending = MB_STEP_EXIT;
    u->memory.current = t->account;
    u->memory.enforced = true;
    int status = lua_resume(t->L, u->L, nargs, &results);
    u->memory.enforced = outer != NULL;
    u->memory.current = outer ? outer->account : &u->memory.host;
    u->running = outer;
    u->preempt.pinned = outer_pinned;
    moon_preempt_leave(&u->preempt, before);
    t->started = true;
    if (t->account->owner) {
        mb_process *p = mb_current(u->rt);
        if (p)
            mb_set_host_memory(p, moon_account_bytes(t->account));
    }
    moon_state state = state_of(u, status);
    u->pending = outer_pending;
    return state;
}

bool moon_thread_reason(moon_thread *t, mb_term *reason, bool *is_exit) {
    bool exited;
    bool made = moon_error_reason(t->L, reason, &exited);
    if (is_exit)
        *is_exit = exited;
    return made;
}

moon_thread *moon_thread_running(moon_universe *u) {
    return u->running;
}

const char *moon_thread_doing(moon_thread *t) {
    moon_universe *u = t->universe;
    lua_Debug ar;
    if (t->waiting && lua_status(t->L) == LUA_YIELD)
        return t->waiting;
    for (int level = 0; lua_getstack(t->L, level, &ar); level++) {
        lua_getinfo(t->L, "Sl", &ar);
        if (ar.currentline > 0) {
            snprintf(u->doing, sizeof u->doing, "%s:%d", ar.short_src, ar.currentline);
            return u->doing;
        }
    }
    return NULL;
}

/* ------------------------------------------------------------------------- from inside of Lua */

bool moon_can_wait(lua_State *L) {
    moon_universe *u = moon_of(L);
    return u->running && !u->preempt.pinned && lua_isyieldable(L);
}

void moon_check_can_wait(lua_State *L, const char *what) {
    moon_universe *u = moon_of(L);
    if (moon_can_wait(L))
        return;
    if (!u->running)
        luaL_error(L, "%s: this needs a process to run in", what);
    luaL_error(L,
               "%s cannot wait here: inside a function called by table.sort, string.gsub, a "
               "guard or a metamethod, a process cannot be interrupted",
               what);
}

int moon_wait(lua_State *L, const char *what, lua_KContext context, lua_KFunction k) {
    moon_check_can_wait(L, what);
    moon_universe *u = moon_of(L);
    u->running->waiting = what;
    u->pending = MB_STEP_WAIT;
    return lua_yieldk(L, 0, context, k);
}

int moon_give_way(lua_State *L, lua_KContext context, lua_KFunction k) {
    if (!moon_can_wait(L))
        return k(L, LUA_OK, context);
    moon_universe *u = moon_of(L);
    u->running->waiting = NULL;
    u->pending = MB_STEP_YIELD;
    return lua_yieldk(L, 0, context, k);
}

void moon_reduce(lua_State *L, int reductions) {
    moon_universe *u = moon_of(L);
    int32_t *left = mb_reductions_left(u->rt);
    *left -= reductions;
    if (*left <= 0 && u->preempt.running)
        moon_preempt_request(&u->preempt, L);
}
