#include "restart_intensity.h"

#define FIRST_CAPACITY 4u

/* The i-th newest, counted from 0. */
static int64_t entry(const mb_restart_history *h, size_t i) {
    return h->seconds[(h->newest + h->capacity - i) % h->capacity];
}

static void drop_old(mb_restart_history *h, int64_t threshold) {
    while (h->count > 0 && entry(h, h->count - 1) < threshold)
        h->count--;
}

static bool grow(mb_restart_history *h, mb_runtime *rt) {
    size_t capacity = h->capacity ? 2 * h->capacity : FIRST_CAPACITY;
    int64_t *seconds = mb_allocate(rt, NULL, 0, capacity * sizeof *seconds);
    if (!seconds)
        return false;
    for (size_t i = 0; i < h->count; i++)
        seconds[h->count - 1 - i] = entry(h, i);
    mb_restart_finish(h, rt);
    h->seconds = seconds;
    h->capacity = capacity;
    h->newest = h->count > 0 ? h->count - 1 : 0;
    return true;
}

mb_restart_verdict mb_restart_add(mb_restart_history *h, mb_runtime *rt, int64_t now,
                                  int64_t intensity, int64_t period) {
    drop_old(h, now - period);
    if ((int64_t)h->count >= intensity)
        return MB_RESTART_TOO_OFTEN;
    if (h->count == h->capacity && !grow(h, rt))
        return MB_RESTART_NO_MEMORY;
    h->newest = h->count > 0 ? (h->newest + 1) % h->capacity : 0;
    h->seconds[h->newest] = now;
    h->count++;
    return MB_RESTART_ALLOWED;
}

void mb_restart_finish(mb_restart_history *h, mb_runtime *rt) {
    if (h->seconds)
        mb_allocate(rt, h->seconds, h->capacity * sizeof *h->seconds, 0);
    h->seconds = NULL;
    h->capacity = 0;
}
