#include "scheduler.h"

#include "process.h"

/* Short slices that the preempted wait for at most; the bound that counts under the virtual clock,
 * where short slices take no time. */
#define STREAK_MAX 16384
#define TURN_MAX (2 * MB_MILLISECOND)

static void push(mb_ready_queue *queue, mb_process *p) {
    p->next_ready = NULL;
    if (queue->tail)
        queue->tail->next_ready = p;
    else
        queue->head = p;
    queue->tail = p;
    queue->count++;
}

/* Takes out the one behind `previous` (NULL: the first). */
static mb_process *take_after(mb_ready_queue *queue, mb_process *previous) {
    mb_process *p = previous ? previous->next_ready : queue->head;
    if (previous)
        previous->next_ready = p->next_ready;
    else
        queue->head = p->next_ready;
    if (queue->tail == p)
        queue->tail = previous;
    queue->count--;
    return p;
}

void mb_scheduler_add(mb_process *p) {
    mb_scheduler *scheduler = &p->rt->scheduler;
    p->state = MB_STATE_READY;
    push(p->preempted ? &scheduler->preempted : &scheduler->ready, p);
}

void mb_scheduler_owe(mb_runtime *rt, mb_time duration) {
    rt->scheduler.share_at = rt->now + (duration < TURN_MAX ? duration : TURN_MAX);
}

/* Whether the preempted come first for once. */
static bool share_due(const mb_runtime *rt) {
    const mb_scheduler *scheduler = &rt->scheduler;
    return scheduler->preempted.head &&
           (scheduler->streak >= STREAK_MAX ||
            (!rt->config.virtual_clock && rt->now >= scheduler->share_at));
}

static mb_process *pick_in_turn(mb_runtime *rt) {
    mb_scheduler *scheduler = &rt->scheduler;
    if (scheduler->ready.head && !share_due(rt)) {
        scheduler->streak++;
        return take_after(&scheduler->ready, NULL);
    }
    scheduler->streak = 0;
    return scheduler->preempted.head ? take_after(&scheduler->preempted, NULL) : NULL;
}

static void drop_dead(mb_ready_queue *queue) {
    mb_process *previous = NULL, *p = queue->head;
    while (p) {
        mb_process *next = p->next_ready;
        if (p->state == MB_STATE_DEAD)
            mb_process_free(take_after(queue, previous));
        else
            previous = p;
        p = next;
    }
}

static bool reserve_candidates(mb_runtime *rt, size_t count) {
    mb_scheduler *s = &rt->scheduler;
    if (count <= s->candidate_capacity)
        return true;
    size_t capacity = count * 2;
    mb_candidate *candidates =
        mb_memory_resize(&rt->memory, s->candidates, s->candidate_capacity * sizeof *candidates,
                         capacity * sizeof *candidates);
    if (!candidates)
        return false;
    s->candidates = candidates;
    s->candidate_capacity = capacity;
    return true;
}

static size_t list_candidates(const mb_ready_queue *queue, mb_candidate *out, bool preempted) {
    size_t count = 0;
    for (mb_process *p = queue->head; p; p = p->next_ready)
        out[count++] = (mb_candidate){.process = p, .preempted = preempted};
    return count;
}

static mb_process *take_nth(mb_ready_queue *queue, size_t n) {
    mb_process *previous = NULL;
    for (size_t i = 0; i < n; i++)
        previous = previous ? previous->next_ready : queue->head;
    return take_after(queue, previous);
}

/* In turn when there is no memory to ask the policy. */
static mb_process *pick_by_policy(mb_runtime *rt) {
    mb_scheduler *s = &rt->scheduler;
    drop_dead(&s->ready);
    drop_dead(&s->preempted);
    size_t count = s->ready.count + s->preempted.count;
    if (count == 0)
        return NULL;
    if (!reserve_candidates(rt, count))
        return pick_in_turn(rt);
    size_t ready = list_candidates(&s->ready, s->candidates, false);
    list_candidates(&s->preempted, s->candidates + ready, true);
    size_t chosen = rt->config.policy(rt->config.policy_context, rt, s->candidates, count);
    assert(chosen < count && "a policy must choose one of the candidates");
    return chosen < ready ? take_nth(&s->ready, chosen) : take_nth(&s->preempted, chosen - ready);
}

mb_process *mb_scheduler_pick(mb_runtime *rt) {
    for (;;) {
        mb_process *p = rt->config.policy ? pick_by_policy(rt) : pick_in_turn(rt);
        if (!p || p->state != MB_STATE_DEAD)
            return p;
        mb_process_free(p);
    }
}

size_t mb_policy_random(void *context, mb_runtime *rt, const mb_candidate *candidates,
                        size_t count) {
    (void)context;
    (void)candidates;
    return (size_t)(mb_random(rt) % count);
}

bool mb_contended(const mb_runtime *rt) {
    return rt->scheduler.ready.head || rt->scheduler.preempted.head;
}

void mb_scheduler_finish(mb_runtime *rt) {
    drop_dead(&rt->scheduler.ready);
    drop_dead(&rt->scheduler.preempted);
    if (rt->scheduler.candidates)
        mb_memory_put(&rt->memory, rt->scheduler.candidates,
                      rt->scheduler.candidate_capacity * sizeof *rt->scheduler.candidates);
}
