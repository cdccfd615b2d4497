/* Collecting garbage while nobody can run: a program that sleeps keeps no garbage, and has less to
 * collect when it wakes. */
#include <time.h>

#include "lua/state.h"

#define WORTH_A_CYCLE ((size_t)1 << 20)

static mb_time now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (mb_time)t.tv_sec * 1000000000 + t.tv_nsec;
}

static size_t bytes_of(lua_State *L) {
    return (size_t)lua_gc(L, LUA_GCCOUNT) * 1024 + (size_t)lua_gc(L, LUA_GCCOUNTB);
}

/* So much has been allocated since the last cycle that another is worth its while. */
static bool is_due(const moon_idle *idle, size_t bytes) {
    size_t more = idle->survived / 4;
    return bytes > idle->survived + (more > WORTH_A_CYCLE ? more : WORTH_A_CYCLE);
}

bool moon_collect_idle(moon_universe *u, mb_time budget) {
    moon_idle *idle = &u->idle;
    if (!idle->collecting && !is_due(idle, bytes_of(u->L)))
        return false;
    mb_time begin = now(), before = begin;
    do {
        idle->collecting = !lua_gc(u->L, LUA_GCSTEP, 0);
        mb_time after = now();
        idle->longest = after - before > idle->longest ? after - before : idle->longest;
        before = after;
    } while (idle->collecting && before - begin < budget);
    if (!idle->collecting)
        idle->survived = bytes_of(u->L);
    return idle->collecting;
}
