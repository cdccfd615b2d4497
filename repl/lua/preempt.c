/* For SIGEV_THREAD_ID, which keeps the signal on the thread that runs Lua. */
#define _GNU_SOURCE
#include "lua/preempt.h"

#include <stdlib.h>
#include <time.h>

#include "lua/state.h"

#ifdef __linux__
#include <sys/syscall.h>
#include <unistd.h>
#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif
#endif

#define PERIOD_NS 1000000
/* Instructions between two hooks where there is no timer; ten of them are about a millisecond. */
#define EXACT_COUNT 10000
/* moon_run lets the host have its turn after so many periods. */
#define TURN_TICKS 4
/* How long code may run that cannot be interrupted, in ticks of the timer, or in exact hooks. */
#define PATIENCE_TICKS 1000
#define PATIENCE_EXACT 20000

static void hook(lua_State *L, lua_Debug *ar);

static void set_hook(const moon_preempt *preempt, lua_State *L) {
    if (preempt->timer)
        lua_sethook(L, NULL, 0, 0);
    else
        lua_sethook(L, hook, LUA_MASKCOUNT, EXACT_COUNT);
}

static _Noreturn void stop(lua_State *L) {
    moon_thread *t = moon_thread_running(moon_of(L));
    if (t && t->L == L)
        t->spoiled = true;
    luaL_where(L, 0);
    lua_pushliteral(L,
                    "this ran for a second where it cannot be interrupted (in a function called by "
                    "table.sort, string.gsub or a metamethod)");
    lua_concat(L, 2);
    lua_error(L);
    abort();
}

/* Only ever a count hook: a yield from a call hook would spoil the called function's arguments. */
static void hook(lua_State *L, lua_Debug *ar) {
    moon_universe *u = moon_of(L);
    moon_preempt *preempt = &u->preempt;
    set_hook(preempt, L);
    preempt->armed = false;
    if (!preempt->running) /* set just when L had finished its slice */
        return;
    if (!preempt->timer)
        preempt->ticks++;
    sig_atomic_t ran = preempt->ticks - preempt->slice_start;
    if (preempt->pinned || !lua_isyieldable(L)) {
        if (ran > (preempt->timer ? PATIENCE_TICKS : PATIENCE_EXACT))
            stop(L);
        return;
    }
    if (!preempt->exact && !preempt->due && !mb_contended(u->rt) &&
        preempt->ticks - preempt->run_start < TURN_TICKS)
        return;
    preempt->due = false;
    u->pending = MB_STEP_PREEMPTED;
    lua_yield(L, 0);
}

#ifdef __linux__
struct moon_timer {
    timer_t id;
    int signal;
};

static long nanoseconds_since(const struct timespec *start) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)(now.tv_sec - start->tv_sec) * 1000000000 + now.tv_nsec - start->tv_nsec;
}

/* Setting a hook visits every active call of the thread. In a recursion 100000 calls deep that
 * would take all of a period; so there it is done less often, for a twentieth of the time at most.
 */
static void arm(moon_preempt *preempt, lua_State *L) {
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    preempt->armed = true;
    lua_sethook(L, hook, LUA_MASKCOUNT, 1);
    preempt->rest = (sig_atomic_t)(nanoseconds_since(&start) * 20 / PERIOD_NS);
}

/* Async-signal-safe as lua_sethook is (lua.c does the same). There is no global to reach the
 * universe through: the timer's value leads to it. */
static void on_tick(int signal, siginfo_t *info, void *context) {
    if (info->si_code != SI_TIMER)
        return;
    moon_preempt *preempt = info->si_value.sival_ptr;
    preempt->ticks++;
    lua_State *L = preempt->running;
    if (preempt->rest > 0)
        preempt->rest--;
    else if (L && !preempt->armed)
        arm(preempt, L);
}

static bool timer_init(moon_preempt *preempt, moon_timer *timer) {
    timer->signal = SIGRTMIN + 4;
    struct sigaction action = {.sa_sigaction = on_tick, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigemptyset(&action.sa_mask);
    if (sigaction(timer->signal, &action, NULL) != 0)
        return false;
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = timer->signal};
    event.sigev_value.sival_ptr = preempt;
    event.sigev_notify_thread_id = (pid_t)syscall(SYS_gettid);
    return timer_create(CLOCK_MONOTONIC, &event, &timer->id) == 0;
}

/* A signal that is still on its way would find the universe gone. */
static void timer_finish(moon_timer *timer) {
    sigset_t set, before;
    sigemptyset(&set);
    sigaddset(&set, timer->signal);
    pthread_sigmask(SIG_BLOCK, &set, &before);
    timer_delete(timer->id);
    while (sigtimedwait(&set, NULL, &(struct timespec){0, 0}) > 0)
        ;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void timer_set(moon_timer *timer, long period) {
    struct itimerspec spec = {.it_interval.tv_nsec = period, .it_value.tv_nsec = period};
    timer_settime(timer->id, 0, &spec, NULL);
}
#else
/* Elsewhere instructions are counted. */
struct moon_timer {
    int none;
};
static bool timer_init(moon_preempt *preempt, moon_timer *timer) {
    return false;
}
static void timer_finish(moon_timer *timer) {}
static void timer_set(moon_timer *timer, long period) {}
#endif

bool moon_preempt_init(moon_preempt *preempt, mb_runtime *rt, bool virtual_clock) {
    *preempt = (moon_preempt){.exact = virtual_clock};
    if (virtual_clock)
        return true;
    moon_timer *timer = mb_allocate(rt, NULL, 0, sizeof *timer);
    if (!timer)
        return false;
    memset(timer, 0, sizeof *timer);
    if (timer_init(preempt, timer))
        preempt->timer = timer;
    else
        mb_allocate(rt, timer, sizeof *timer, 0);
    return true;
}

void moon_preempt_finish(moon_preempt *preempt, mb_runtime *rt) {
    if (!preempt->timer)
        return;
    timer_finish(preempt->timer);
    mb_allocate(rt, preempt->timer, sizeof *preempt->timer, 0);
    preempt->timer = NULL;
}

void moon_preempt_start(moon_preempt *preempt) {
    preempt->run_start = preempt->ticks;
    if (preempt->timer)
        timer_set(preempt->timer, PERIOD_NS);
}

void moon_preempt_stop(moon_preempt *preempt) {
    if (preempt->timer)
        timer_set(preempt->timer, 0);
}

bool moon_preempt_is_over(const moon_preempt *preempt) {
    return preempt->timer && preempt->ticks - preempt->run_start >= TURN_TICKS;
}

lua_State *moon_preempt_enter(moon_preempt *preempt, lua_State *L) {
    lua_State *before = preempt->running;
    if (!before) {
        preempt->slice_start = preempt->ticks;
        preempt->due = false;
    }
    if (!preempt->timer)
        lua_sethook(L, hook, LUA_MASKCOUNT, EXACT_COUNT);
    preempt->armed = false;
    preempt->running = L;
    return before;
}

void moon_preempt_leave(moon_preempt *preempt, lua_State *before) {
    preempt->armed = false;
    preempt->running = before;
}

void moon_preempt_request(moon_preempt *preempt, lua_State *L) {
    preempt->due = true;
    preempt->armed = true;
    lua_sethook(L, hook, LUA_MASKCOUNT, 1);
}
