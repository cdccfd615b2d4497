/* Coroutines that processes run on. They are recycled: taken for an activity (a spawned function, a
 * callback), resumed until it is over, and given back.
 *
 *     moon_thread *t = moon_thread_take(u);          NULL: no memory
 *     moon_thread_charge(t, &data->account);         what is pushed now is the process's
 *     moon_push_term(t->L, …);                       function, then its arguments
 *     moon_state s = moon_thread_resume(t, nargs);   inside the process's slice
 *     MOON_DONE:      results are t->L's stack, 1 … lua_gettop
 *     MOON_ERROR:     moon_thread_reason says what to die of
 *     MOON_WAITING, MOON_YIELDED, MOON_PREEMPTED: resume again in a later slice, with nargs 0
 *     moon_thread_give(t);                           in any state; a suspended activity is
 * abandoned
 */
#ifndef MOON_THREAD_H
#define MOON_THREAD_H

#include "lua/anchor.h"
#include "lua/context.h"
#include "lua/memory.h"

typedef enum moon_state {
    MOON_DONE,
    MOON_ERROR,
    MOON_WAITING,   /* MB_STEP_WAIT: for a message, an answer, a deadline */
    MOON_YIELDED,   /* MB_STEP_YIELD */
    MOON_PREEMPTED, /* MB_STEP_PREEMPTED */
} moon_state;

typedef struct moon_receive moon_receive; /* receive.c: the state of a selective receive */

typedef struct moon_thread {
    lua_State *L;
    moon_universe *universe;
    moon_account *account;    /* of the process it runs for; the host's when it runs for none */
    moon_receive *receive;    /* kept for the next one; NULL at first */
    struct moon_thread *next; /* in the pool */
    const char *waiting; /* what a MOON_WAITING activity waits in ("receive", "GenServer.call") */
    struct moon_entry *entry; /* callback.h: while a callback runs on it; else NULL */
    moon_anchor_index anchor;  /* keeps L alive */
    moon_anchor_index globals; /* this activity's copies of global data tables; 0: none yet */
    bool started;
    bool spoiled; /* an error left a hook: Lua calls no more hooks there, so it cannot be reused */
} moon_thread;

/* A thread with an empty stack; NULL when there is no memory. */
moon_thread *moon_thread_take(moon_universe *u);
/* From now on allocations are charged to account (which must stay where it is while the activity
 * lasts), until the next moon_thread_resume returns or moon_thread_uncharge is called. */
void moon_thread_charge(moon_thread *t, moon_account *account);
void moon_thread_uncharge(moon_thread *t);
/* Starts the function below the nargs arguments on t->L, or goes on (nargs 0). It runs as a part of
 * mb_current's slice, charged to the account last given. This is the protected call: no error
 * leaves it. Afterwards Process.info's memory is up to date. */
moon_state moon_thread_resume(moon_thread *t, int nargs);
/* After MOON_ERROR: the owned reason that its process dies of. exit(reason) gives reason and sets
 * *is_exit; an error gives { error, stacktrace }, what cannot be copied being told as text. False
 * when there is no memory. is_exit may be NULL. */
bool moon_thread_reason(moon_thread *t, mb_term *reason, bool *is_exit);
/* Back into the pool. An activity that is not over is closed (its pending to-be-closed variables
 * are handled) and forgotten. NULL is fine. */
void moon_thread_give(moon_thread *t);
/* Lets go of those that wait in the pool; the collector takes them. */
void moon_threads_trim(moon_universe *u);
/* The function that t executes, "file:12" or "GenServer.call", for Process.info's current_function;
 * valid until the next call. */
const char *moon_thread_doing(moon_thread *t);

/* What mb_class.run returns for a state that is not over. */
static inline mb_step moon_step(moon_state state) {
    return state == MOON_WAITING     ? MB_STEP_WAIT
           : state == MOON_YIELDED   ? MB_STEP_YIELD
           : state == MOON_PREEMPTED ? MB_STEP_PREEMPTED
                                     : MB_STEP_EXIT;
}

/* For C functions called from Lua: gives the slice back until the process is woken (by a message,
 * an answer, its deadline, mb_wake), then calls k as lua_yieldk does, with the stack as it is now.
 * The wake-up may be about something else: k looks, and waits again when needed. `what` (static
 * text) names the function in the error raised where nothing can wait: in a sort comparator, in a
 * gsub callback, in a metamethod called from C. Use it as `return moon_wait(L, "receive", 0,
 * received);`. */
int moon_wait(lua_State *L, const char *what, lua_KContext context, lua_KFunction k);
/* The same to give way without waiting for anything. */
int moon_give_way(lua_State *L, lua_KContext context, lua_KFunction k);
/* Raises moon_wait's error now if L cannot wait: to be called before anything has been begun. */
void moon_check_can_wait(lua_State *L, const char *what);
/* Whether moon_wait is possible. */
bool moon_can_wait(lua_State *L);
/* Takes reductions off the slice; when it is used up, L gives way before its next instruction. */
void moon_reduce(lua_State *L, int reductions);

/* The thread that runs now; NULL outside of moon_thread_resume. */
moon_thread *moon_thread_running(moon_universe *u);

#endif
