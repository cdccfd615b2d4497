#include "runtime.h"

#include <time.h>

#include "after.h"
#include "net.h"
#include "process.h"
#include "random.h"

#define DEFAULT_PROCESS_MEMORY ((size_t)512 << 20)
#define DEFAULT_MAX_PROCESSES ((size_t)4 << 20)
#define DEFAULT_SLICE 4000
#define CLOCK_PERIOD 64 /* slices between two readings of the real clock */
#define VIRTUAL_SLICE (MB_MILLISECOND / 10) /* what a used-up slice takes of virtual time */
#define BURST_SLICES 16384                  /* this many short ones in a row, of whatever processes, … */
#define VIRTUAL_BURST (10 * MB_MILLISECOND) /* … take that; fewer take nothing */

/* Process numbers begin where a reader will not take them for counts. */
#define FIRST_PID 100

/* ---- The clock */

static mb_time monotonic(void *context) {
    struct timespec t;
    (void)context;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (mb_time)t.tv_sec * 1000000000 + t.tv_nsec;
}

static mb_time real_now(const mb_runtime *rt) { return rt->config.now(rt->config.now_context); }

void mb_refresh_now(mb_runtime *rt) {
    if (!rt->config.virtual_clock)
        rt->now = real_now(rt) - rt->origin;
}

mb_time mb_now(const mb_runtime *rt) { return rt->now; }

mb_time mb_now_exact(mb_runtime *rt) {
    mb_refresh_now(rt);
    return rt->now;
}

/* ---- Birth and death */

static mb_config complete(const mb_config *config) {
    mb_config c = config ? *config : (mb_config){0};
    c.now = c.now ? c.now : monotonic;
    c.process_memory = c.process_memory ? c.process_memory : DEFAULT_PROCESS_MEMORY;
    c.max_processes = c.max_processes ? c.max_processes : DEFAULT_MAX_PROCESSES;
    c.slice = c.slice ? c.slice : DEFAULT_SLICE;
#if defined(__SANITIZE_ADDRESS__)
    c.unpooled = true; /* so that the sanitizer sees every block */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
    c.unpooled = true;
#endif
#endif
    return c;
}

mb_runtime *mb_runtime_new(const mb_config *config) {
    mb_config c = complete(config);
    mb_memory memory;
    mb_memory_init(&memory, c.alloc, c.alloc_context, c.unpooled);
    mb_runtime *rt = memory.alloc(memory.context, NULL, 0, sizeof *rt);
    if (!rt)
        return NULL;
    memset(rt, 0, sizeof *rt);
    rt->config = c;
    rt->memory = memory;
    rt->origin = c.virtual_clock ? 0 : real_now(rt);
    mb_builder_init(&rt->builder, rt);
    mb_serials_init(&rt->processes, &rt->memory, MB_KIND_PID, FIRST_PID);
    mb_serials_init(&rt->references, &rt->memory, MB_KIND_REF, 1);
    mb_wheel_init(&rt->wheel);
    mb_random_seed(rt, c.seed);
    if (!mb_nodes_init(rt) || !mb_event_log_init(rt, c.event_capacity)) {
        mb_runtime_free(rt);
        return NULL;
    }
    return rt;
}

void mb_runtime_free(mb_runtime *rt) {
    if (!rt)
        return;
    mb_net_finish(rt);
    mb_pid last = 0; /* not from the front each time: the freed ones leave gaps there */
    for (mb_process *p; (p = mb_next_process(rt, last));) {
        last = p->pid;
        mb_process_discard(p);
    }
    mb_after_finish(rt);
    mb_scheduler_finish(rt);
    mb_event_log_finish(rt);
    mb_nodes_finish(rt);
    mb_atoms_finish(rt);
    mb_serials_finish(&rt->processes);
    mb_serials_finish(&rt->references);
    mb_builder_finish(&rt->builder);
    mb_memory memory = rt->memory;
    mb_memory_finish(&memory);
    memory.alloc(memory.context, rt, sizeof *rt, 0);
}

/* ---- Running */

static void fire_timers(mb_runtime *rt) {
    mb_wheel_advance(&rt->wheel, rt->now);
    if (!mb_wheel_is_due(&rt->wheel))
        return;
    rt->cause = 0;
    mb_wheel_fire(&rt->wheel, rt);
}

static void move_virtual_clock(mb_runtime *rt, mb_time time) {
    rt->now = time;
    rt->burst = 0;
}

/* A used-up slice took its time; the processes that give way get as much before the next one. */
static void account_for_slice(mb_runtime *rt) {
    mb_time began = rt->now;
    if (rt->config.virtual_clock)
        move_virtual_clock(rt, rt->now + VIRTUAL_SLICE);
    mb_refresh_now(rt);
    mb_scheduler_owe(rt, rt->now - began);
}

/* Short slices without end would let no timer fire any more. */
static void account_for_short_slice(mb_runtime *rt) {
    if (rt->config.virtual_clock && ++rt->burst == BURST_SLICES)
        move_virtual_clock(rt, rt->now + VIRTUAL_BURST);
}

/* Puts p where its slice has left it. */
static void settle_down(mb_process *p, mb_step step) {
    p->preempted = step == MB_STEP_PREEMPTED;
    if (step != MB_STEP_WAIT)
        p->woken = true;
    p->state = MB_STATE_WAITING;
    if (p->woken || mb_signals_pending(p))
        mb_scheduler_add(p);
}

/* One run of p, whose state is MB_STATE_RUNNING, and what follows from it. */
static mb_step run_class(mb_runtime *rt, mb_process *p) {
    int32_t left = rt->reductions_left;
    p->woken = false;
    rt->current = p;
    rt->cause = p->cause;
    mb_step step = p->class->run(p, p->data);
    p->reductions += (uint64_t)((int64_t)left - rt->reductions_left);
    rt->current = NULL;
    if (step == MB_STEP_EXIT) {
        mb_term reason = rt->exit_reason.type == MB_NIL ? mb_atom("normal") : rt->exit_reason;
        rt->exit_reason = mb_nil();
        mb_process_end(p, reason);
    } else {
        settle_down(p, step);
    }
    return step;
}

void mb_run_inside(mb_runtime *rt, mb_process *p) {
    mb_process *outer = rt->current;
    int32_t left = rt->reductions_left;
    rt->handovers++;
    mb_signals_fetch(p);
    run_class(rt, p);
    rt->handovers--;
    rt->current = outer;
    rt->cause = outer->cause;
    outer->reductions -= (uint64_t)((int64_t)left - rt->reductions_left);
}

static void run_slice(mb_runtime *rt, mb_process *p) {
    p->state = MB_STATE_RUNNING;
    if (!mb_signals_handle(p))
        return;
    if (!p->woken) {
        p->state = MB_STATE_WAITING;
        return;
    }
    rt->reductions_left = (int32_t)rt->config.slice;
    if (run_class(rt, p) == MB_STEP_PREEMPTED)
        account_for_slice(rt);
    else
        account_for_short_slice(rt);
}

/* Nobody can run: looks at the clock again, or moves it. Whether that can have changed anything. */
static bool pass_time(mb_runtime *rt, mb_time horizon) {
    mb_time next = mb_wheel_next(&rt->wheel);
    if (next == MB_INFINITY)
        return false;
    mb_refresh_now(rt);
    if (rt->config.virtual_clock && next > rt->now && (horizon == MB_INFINITY || next <= horizon))
        move_virtual_clock(rt, next);
    return next <= rt->now;
}

/* Used-up slices can have taken the virtual clock there, too. */
static bool is_beyond(const mb_runtime *rt, mb_time horizon) {
    return rt->config.virtual_clock && horizon > 0 && rt->now > horizon;
}

void mb_pass_time(mb_runtime *rt, mb_time time) {
    assert(rt->config.virtual_clock && "only the virtual clock can be set");
    if (time <= rt->now)
        return;
    mb_time next = mb_wheel_next(&rt->wheel);
    assert((next == MB_INFINITY || next >= time) && "time passes no timer by");
    move_virtual_clock(rt, time);
}

/* Up to max slices without a look at the clock; how many there were. */
static size_t run_batch(mb_runtime *rt, size_t max) {
    mb_time began = rt->now;
    size_t slices = 0;
    while (slices < max && !rt->stopping && !mb_wheel_is_due(&rt->wheel) && rt->now == began) {
        mb_process *p = mb_scheduler_pick(rt);
        if (!p)
            break;
        run_slice(rt, p);
        slices++;
    }
    rt->cause = 0; /* what the host does next follows from nothing that happened here */
    return slices;
}

void mb_stop(mb_runtime *rt) { rt->stopping = true; }

mb_run_result mb_run(mb_runtime *rt, size_t max_slices, mb_time horizon) {
    rt->stopping = false;
    for (size_t slices = 0; slices < max_slices;) {
        mb_refresh_now(rt);
        if (is_beyond(rt, horizon))
            return MB_RUN_IDLE;
        fire_timers(rt);
        size_t left = max_slices - slices;
        size_t ran = run_batch(rt, left < CLOCK_PERIOD ? left : CLOCK_PERIOD);
        if (rt->stopping)
            return MB_RUN_BUSY;
        if (ran == 0 && !mb_wheel_is_due(&rt->wheel) && !pass_time(rt, horizon))
            return MB_RUN_IDLE;
        slices += ran;
    }
    return MB_RUN_BUSY;
}

mb_time mb_next_deadline(const mb_runtime *rt) { return mb_wheel_next(&rt->wheel); }

/* ---- Odds and ends */

mb_ref mb_make_ref(mb_runtime *rt) { return mb_serials_skip(&rt->references); }
const mb_config *mb_runtime_config(const mb_runtime *rt) { return &rt->config; }
int32_t *mb_reductions_left(mb_runtime *rt) { return &rt->reductions_left; }

void mb_set_exit_reason(mb_process *p, mb_term reason) {
    mb_release(p->rt, p->rt->exit_reason);
    p->rt->exit_reason = reason;
}

void *mb_allocate(void *runtime, void *block, size_t old_size, size_t new_size) {
    mb_runtime *rt = runtime;
    return mb_memory_resize(&rt->memory, block, old_size, new_size);
}
