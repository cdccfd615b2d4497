#include "timers.h"

#define DIGIT_BITS 6
#define DIGIT_MASK ((uint64_t)63)
/* The last tick that is a time; the levels reach beyond it. */
#define FARTHEST ((uint64_t)INT64_MAX / MB_TICK)

static void list_init(mb_timer *head) { head->next = head->previous = head; }
static bool list_empty(const mb_timer *head) { return head->next == head; }

static void list_append(mb_timer *head, mb_timer *timer) {
    timer->next = head;
    timer->previous = head->previous;
    head->previous->next = timer;
    head->previous = timer;
}

static void list_remove(mb_timer *timer) {
    timer->previous->next = timer->next;
    timer->next->previous = timer->previous;
    timer->next = timer->previous = NULL;
}

static void list_move(mb_timer *to, mb_timer *from) {
    if (list_empty(from))
        return;
    from->next->previous = to->previous;
    from->previous->next = to;
    to->previous->next = from->next;
    to->previous = from->previous;
    list_init(from);
}

void mb_wheel_init(mb_wheel *wheel) {
    memset(wheel, 0, sizeof *wheel);
    for (int level = 0; level < MB_WHEEL_LEVELS; level++)
        for (int slot = 0; slot < MB_WHEEL_SLOTS; slot++)
            list_init(&wheel->slots[level][slot]);
    list_init(&wheel->due);
}

static int level_of(uint64_t tick, uint64_t now) {
    return (63 - __builtin_clzll((tick ^ now) | 1)) / DIGIT_BITS;
}

static void place(mb_wheel *wheel, mb_timer *timer) {
    if (timer->tick <= wheel->now) {
        list_append(&wheel->due, timer);
        return;
    }
    int level = level_of(timer->tick, wheel->now);
    uint64_t slot = timer->tick >> (level * DIGIT_BITS) & DIGIT_MASK;
    wheel->occupied[level] |= (uint64_t)1 << slot;
    list_append(&wheel->slots[level][slot], timer);
}

void mb_timer_start(mb_wheel *wheel, mb_timer *timer, mb_time deadline) {
    assert(!mb_timer_started(timer));
    timer->tick = deadline <= 0 ? 0 : ((uint64_t)deadline + MB_TICK - 1) / MB_TICK;
    if (timer->tick > FARTHEST)
        timer->tick = FARTHEST;
    wheel->count++;
    place(wheel, timer);
}

void mb_timer_stop(mb_wheel *wheel, mb_timer *timer) {
    if (!mb_timer_started(timer))
        return;
    list_remove(timer);
    wheel->count--;
}

/* The first slot of the lowest level that holds anything: nothing is due before its first tick.
 * Cancelled timers leave occupied bits behind; they are passed over here and cleared by advance. */
static bool earliest_slot(const mb_wheel *wheel, int *level, uint64_t *slot, uint64_t *tick) {
    for (*level = 0; *level < MB_WHEEL_LEVELS; ++*level) {
        uint64_t bits = wheel->occupied[*level];
        for (; bits; bits &= bits - 1) {
            *slot = (uint64_t)__builtin_ctzll(bits);
            if (list_empty(&wheel->slots[*level][*slot]))
                continue;
            int shift = *level * DIGIT_BITS;
            *tick = (wheel->now >> shift & ~DIGIT_MASK) << shift | *slot << shift;
            return true;
        }
    }
    return false;
}

static void open_slot(mb_wheel *wheel, int level, uint64_t slot) {
    mb_timer moving;
    list_init(&moving);
    list_move(&moving, &wheel->slots[level][slot]);
    wheel->occupied[level] &= ~((uint64_t)1 << slot);
    while (!list_empty(&moving)) {
        mb_timer *timer = moving.next;
        list_remove(timer);
        place(wheel, timer);
    }
}

static void clear_empty_bits(mb_wheel *wheel) {
    for (int level = 0; level < MB_WHEEL_LEVELS; level++)
        wheel->occupied[level] = 0;
}

void mb_wheel_advance(mb_wheel *wheel, mb_time time) {
    uint64_t to = (uint64_t)time / MB_TICK;
    if (to <= wheel->now)
        return;
    if (wheel->count == 0) {
        clear_empty_bits(wheel);
        wheel->now = to;
        return;
    }
    int level;
    uint64_t slot, tick;
    while (earliest_slot(wheel, &level, &slot, &tick) && tick <= to) {
        wheel->now = tick;
        open_slot(wheel, level, slot);
    }
    wheel->now = to;
    /* A bit left behind by cancelled timers at a digit that `now` has passed would be read as a
     * tick of the future; its slot is empty, so it never is: place sets bits above `now` only. */
}

void mb_wheel_fire(mb_wheel *wheel, mb_runtime *rt) {
    mb_timer firing;
    list_init(&firing);
    list_move(&firing, &wheel->due);
    while (!list_empty(&firing)) {
        mb_timer *timer = firing.next;
        list_remove(timer);
        wheel->count--;
        timer->fire(rt, timer);
    }
}

mb_time mb_wheel_next(const mb_wheel *wheel) {
    int level;
    uint64_t slot, tick;
    if (!list_empty(&wheel->due))
        return (mb_time)(wheel->now * MB_TICK);
    if (!wheel->count || !earliest_slot(wheel, &level, &slot, &tick))
        return MB_INFINITY;
    return (mb_time)(tick * MB_TICK);
}
