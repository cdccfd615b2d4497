/* Processes that a test moves like dolls: they idle until they are told what to do. Most operations
 * can be done to an idle process from outside; `act_in` is for those that belong into a slice. */
#ifndef MB_TEST_SUPPORT_H
#define MB_TEST_SUPPORT_H

#include "fixture.h"

typedef struct doll {
    mb_step (*act)(mb_process *p, void *context); /* done whenever it wakes; NULL: idles */
    void *context;
    bool ends;
    mb_term reason; /* owned */
} doll;

static inline mb_step run_doll(mb_process *p, void *data) {
    doll *self = data;
    if (self->act)
        return self->act(p, self->context);
    if (!self->ends)
        return MB_STEP_WAIT;
    mb_set_exit_reason(p, self->reason);
    self->reason = mb_nil();
    return MB_STEP_EXIT;
}

static inline void destroy_doll(mb_process *p, void *data) {
    mb_release(mb_runtime_of(p), ((doll *)data)->reason);
}

static const mb_class DOLL = {
    .name = "doll", .data_size = sizeof(doll), .run = run_doll, .destroy = destroy_doll};

static inline mb_process *new_doll(fixture *f) {
    mb_process *p = mb_spawn(f->rt, &DOLL, NULL, NULL);
    assert_non_null(p);
    mb_run(f->rt, 1000, 0);
    return p;
}

static inline mb_process *new_trapping_doll(fixture *f) {
    mb_process *p = new_doll(f);
    mb_set_trap_exit(p, true);
    return p;
}

/* Lets p run a function from its next slice on. */
static inline void act_in(mb_process *p, mb_step (*step)(mb_process *p, void *context),
                          void *context) {
    doll *self = mb_data(p);
    self->act = step;
    self->context = context;
    mb_wake(p);
}

/* p calls exit(reason); reason is taken. */
static inline void let_exit(mb_process *p, mb_term reason) {
    doll *self = mb_data(p);
    self->act = NULL;
    self->ends = true;
    self->reason = reason;
    mb_wake(p);
}

static inline bool lives(fixture *f, mb_pid pid) { return mb_lookup_settled(f->rt, pid) != NULL; }

/* The mailbox of p as one line, emptied. */
static inline const char *mail(mb_process *p) {
    static char text[4096];
    size_t used = 0;
    text[0] = '\0';
    for (mb_message *m; (m = mb_mailbox_first(p));) {
        if (used < sizeof text)
            used += mb_inspect_text(m->term, text + used, sizeof text - used);
        if (used < sizeof text)
            used += (size_t)snprintf(text + used, sizeof text - used, ";");
        mb_mailbox_take(p, m);
        mb_message_free(mb_runtime_of(p), m);
    }
    return text;
}

/* Text with the pids of processes in it; each %llu is mb_number(pid). */
static inline unsigned long long mb_number(uint64_t id) { return id & ~MB_KIND_MASK; }

#define assert_mail(p, ...)                                                                       \
    do {                                                                                          \
        char expected_[1024];                                                                     \
        snprintf(expected_, sizeof expected_, __VA_ARGS__);                                       \
        assert_string_equal(mail(p), expected_);                                                  \
    } while (0)

static inline void send_integer(mb_process *from, mb_process *to, int64_t value) {
    assert_true(mb_send(mb_runtime_of(to), from, mb_self(to), mb_integer(value)));
}

/* Pseudo-random numbers of the test's own (xorshift). */
static inline uint64_t dice(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

#endif
