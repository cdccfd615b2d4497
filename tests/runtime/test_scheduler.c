#include "support.h"

/* ---- Shares of the processor -----------------------------------------------------------------*/

typedef struct worker {
    size_t slices;
    mb_step step; /* how each slice ends */
} worker;

static mb_step work(mb_process *p, void *context) {
    worker *w = context;
    w->slices++;
    if (w->step == MB_STEP_PREEMPTED)
        *mb_reductions_left(mb_runtime_of(p)) = 0;
    return w->step;
}

/* All of them begin together. */
static void employ(fixture *f, worker *workers, size_t count, mb_step step) {
    mb_process *processes[16];
    for (size_t i = 0; i < count; i++)
        processes[i] = new_doll(f);
    for (size_t i = 0; i < count; i++) {
        workers[i] = (worker){.step = step};
        act_in(processes[i], work, &workers[i]);
    }
}

static void all_that_give_way_have_equal_turns(void **state) {
    enum { COUNT = 10 };
    fixture *f = *state;
    worker workers[COUNT];
    employ(f, workers, COUNT, MB_STEP_YIELD);
    assert_int_equal(mb_run(f->rt, 1000, MB_INFINITY), MB_RUN_BUSY);
    for (size_t i = 0; i < COUNT; i++)
        assert_int_equal(workers[i].slices, 1000 / COUNT);
}

static void all_that_compute_have_equal_turns(void **state) {
    enum { COUNT = 10 };
    fixture *f = *state;
    worker workers[COUNT];
    employ(f, workers, COUNT, MB_STEP_PREEMPTED);
    assert_int_equal(mb_run(f->rt, 1000, MB_INFINITY), MB_RUN_BUSY);
    for (size_t i = 0; i < COUNT; i++)
        assert_int_equal(workers[i].slices, 1000 / COUNT);
    assert_int_equal(mb_now(f->rt), 1000 * MB_MILLISECOND / 10);
}

static void who_computes_does_not_stop_the_others(void **state) {
    fixture *f = *state;
    worker loop = {.step = MB_STEP_PREEMPTED}, chat = {.step = MB_STEP_YIELD};
    mb_process *p = new_doll(f), *q = new_doll(f), *quiet = new_doll(f);
    act_in(p, work, &loop);
    mb_run(f->rt, 100, MB_INFINITY);
    send_integer(NULL, quiet, 1);
    mb_run(f->rt, 2, MB_INFINITY);
    assert_int_equal(mb_mailbox_length(quiet), 1);
    mail(quiet);
    size_t alone = loop.slices;
    act_in(q, work, &chat);
    mb_run(f->rt, 100000, MB_INFINITY);
    assert_true(chat.slices > 90000);
    assert_true(loop.slices - alone > 1); /* and keeps a share: more than the turn it had begun */
}

static void timers_fire_while_somebody_computes(void **state) {
    fixture *f = *state;
    worker loop = {.step = MB_STEP_PREEMPTED};
    mb_process *p = new_doll(f), *quiet = new_doll(f);
    act_in(p, work, &loop);
    assert_true(mb_send_after(f->rt, NULL, mb_self(quiet), mb_atom("tick"), MB_MILLISECOND));
    mb_run(f->rt, 15, MB_INFINITY);
    assert_string_equal(mail(quiet), "\"tick\";");
}

/* Each slice is short, but there is no end of them. */
static void timers_fire_during_endless_activity(void **state) {
    fixture *f = *state;
    worker ping = {.step = MB_STEP_YIELD}, pong = {.step = MB_STEP_YIELD};
    mb_process *p = new_doll(f), *q = new_doll(f), *quiet = new_doll(f);
    act_in(p, work, &ping);
    act_in(q, work, &pong);
    assert_true(mb_send_after(f->rt, NULL, mb_self(quiet), mb_atom("tick"), 15 * MB_MILLISECOND));
    mb_run(f->rt, 30000, MB_INFINITY);
    assert_string_equal(mail(quiet), "");
    mb_run(f->rt, 10000, MB_INFINITY);
    assert_string_equal(mail(quiet), "\"tick\";");
}

static void nobody_else_is_contention(void **state) {
    fixture *f = *state;
    worker loop = {.step = MB_STEP_YIELD};
    mb_process *p = new_doll(f);
    assert_false(mb_contended(f->rt));
    act_in(p, work, &loop);
    assert_true(mb_contended(f->rt));
    assert_null(mb_current(f->rt));
}

/* ---- Running and stopping --------------------------------------------------------------------*/

static void run_says_whether_somebody_still_can(void **state) {
    fixture *f = *state;
    worker w = {.step = MB_STEP_YIELD};
    assert_int_equal(mb_run(f->rt, 100, MB_INFINITY), MB_RUN_IDLE);
    act_in(new_doll(f), work, &w);
    for (size_t i = 1; i <= 5; i++) {
        assert_int_equal(mb_run(f->rt, 1, MB_INFINITY), MB_RUN_BUSY);
        assert_int_equal(w.slices, i);
    }
    w.step = MB_STEP_WAIT;
    assert_int_equal(mb_run(f->rt, 100, MB_INFINITY), MB_RUN_IDLE);
    assert_int_equal(w.slices, 6);
}

static mb_step stop_running(mb_process *p, void *context) {
    mb_stop(mb_runtime_of(p));
    return work(p, context);
}

static void a_process_can_stop_the_run(void **state) {
    fixture *f = *state;
    worker w = {.step = MB_STEP_YIELD};
    act_in(new_doll(f), stop_running, &w);
    assert_int_equal(mb_run(f->rt, 100, MB_INFINITY), MB_RUN_BUSY);
    assert_int_equal(w.slices, 1);
    assert_int_equal(mb_run(f->rt, 100, MB_INFINITY), MB_RUN_BUSY);
    assert_int_equal(w.slices, 2);
}

static mb_step count_reductions(mb_process *p, void *context) {
    (void)context;
    *mb_reductions_left(mb_runtime_of(p)) -= 300;
    return MB_STEP_WAIT;
}

static void reductions_are_counted(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f);
    mb_process_info before, after;
    mb_info(p, &before);
    act_in(p, count_reductions, NULL);
    run(f);
    mb_info(p, &after);
    assert_int_equal(after.reductions - before.reductions, 300);
}

static void the_dead_in_the_queue_are_passed_over(void **state) {
    fixture *f = *state;
    worker w = {.step = MB_STEP_YIELD};
    for (int i = 0; i < 100; i++) {
        mb_process *p = mb_spawn(f->rt, &DOLL, NULL, NULL);
        mb_pid pid = mb_self(p);
        assert_true(mb_exit_signal(f->rt, NULL, pid, mb_atom("kill")));
        assert_false(lives(f, pid));
    }
    act_in(new_doll(f), work, &w);
    mb_run(f->rt, 1, MB_INFINITY);
    assert_int_equal(w.slices, 1);
}

/* ---- Clocks ----------------------------------------------------------------------------------*/

static void the_virtual_clock_jumps_when_nobody_can_run(void **state) {
    fixture *f = *state;
    worker w = {.step = MB_STEP_YIELD};
    mb_process *p = new_doll(f);
    const mb_time hour = 3600 * 1000 * MB_MILLISECOND;
    assert_true(mb_send_after(f->rt, NULL, mb_self(p), mb_atom("tick"), hour));
    act_in(p, work, &w);
    mb_run(f->rt, 1000, MB_INFINITY);
    assert_int_equal(mb_now(f->rt), 0); /* it stands while somebody can */
    w.step = MB_STEP_WAIT;
    assert_int_equal(mb_run(f->rt, 1000, 0), MB_RUN_IDLE);
    assert_int_equal(mb_now(f->rt), 0); /* and when it is told to */
    assert_int_equal(mb_run(f->rt, 1000, MB_INFINITY), MB_RUN_IDLE);
    assert_int_equal(mb_now(f->rt), hour);
    assert_string_equal(mail(p), "\"tick\";");
    assert_int_equal(mb_next_deadline(f->rt), MB_INFINITY);
}

static void the_virtual_clock_jumps_to_the_horizon(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f);
    assert_true(mb_send_after(f->rt, NULL, mb_self(p), mb_atom("one"), MB_MILLISECOND));
    assert_true(mb_send_after(f->rt, NULL, mb_self(p), mb_atom("two"), 2 * MB_MILLISECOND));
    assert_true(mb_send_after(f->rt, NULL, mb_self(p), mb_atom("ten"), 10 * MB_MILLISECOND));
    assert_int_equal(mb_run(f->rt, 1000, 2 * MB_MILLISECOND), MB_RUN_IDLE);
    assert_string_equal(mail(p), "\"one\";\"two\";");
    mb_pass_time(f->rt, 5 * MB_MILLISECOND + 7);
    assert_int_equal(mb_now(f->rt), 5 * MB_MILLISECOND + 7);
    mb_pass_time(f->rt, MB_MILLISECOND); /* it never goes back */
    assert_int_equal(mb_now(f->rt), 5 * MB_MILLISECOND + 7);
    assert_int_equal(mb_run(f->rt, 1000, 10 * MB_MILLISECOND - 1), MB_RUN_IDLE);
    assert_int_equal(mb_run(f->rt, 1000, MB_INFINITY), MB_RUN_IDLE);
    assert_int_equal(mb_now(f->rt), 10 * MB_MILLISECOND);
}

static void nobody_runs_beyond_the_horizon(void **state) {
    fixture *f = *state;
    worker w = {.step = MB_STEP_PREEMPTED};
    act_in(new_doll(f), work, &w);
    assert_int_equal(mb_run(f->rt, 1000, MB_MILLISECOND), MB_RUN_IDLE);
    size_t slices = w.slices;
    assert_true(slices > 0 && slices < 1000);
    assert_true(mb_now(f->rt) > MB_MILLISECOND);
    assert_int_equal(mb_run(f->rt, 1000, MB_MILLISECOND), MB_RUN_IDLE);
    assert_int_equal(w.slices, slices);
    assert_int_equal(mb_run(f->rt, 10, 0), MB_RUN_BUSY); /* there is none */
    assert_int_equal(w.slices, slices + 10);
}

static mb_time given_time(void *context) { return *(mb_time *)context; }

static void the_real_clock_is_the_hosts(void **state) {
    mb_time time = 123456789;
    (void)state;
    mb_runtime *rt = mb_runtime_new(&(mb_config){.now = given_time, .now_context = &time});
    mb_process *p = mb_spawn(rt, &DOLL, NULL, NULL);
    assert_int_equal(mb_now(rt), 0);
    assert_true(mb_send_after(rt, NULL, mb_self(p), mb_atom("tick"), 5 * MB_MILLISECOND));
    assert_int_equal(mb_run(rt, 1000, MB_INFINITY), MB_RUN_IDLE);
    assert_true(mb_next_deadline(rt) > 0 && mb_next_deadline(rt) <= 5 * MB_MILLISECOND);
    time += 5 * MB_MILLISECOND - 1;
    mb_run(rt, 1000, MB_INFINITY);
    assert_int_equal(mb_mailbox_length(p), 0);
    time++;
    mb_run(rt, 1000, MB_INFINITY);
    assert_int_equal(mb_mailbox_length(p), 1);
    time += 7;
    assert_int_equal(mb_now(rt), 5 * MB_MILLISECOND);
    assert_int_equal(mb_now_exact(rt), 5 * MB_MILLISECOND + 7);
    mb_runtime_free(rt);
}

/* ---- Policies, seeds, runtimes ---------------------------------------------------------------*/

static size_t the_last(void *context, mb_runtime *rt, const mb_candidate *candidates,
                       size_t count) {
    size_t *asked = context;
    (void)rt;
    ++*asked;
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++)
        assert_non_null(candidates[i].process);
    return count - 1;
}

static void a_policy_chooses(void **state) {
    size_t asked = 0;
    worker workers[3];
    (void)state;
    mb_runtime *rt = mb_runtime_new(
        &(mb_config){.virtual_clock = true, .policy = the_last, .policy_context = &asked});
    for (size_t i = 0; i < 3; i++) {
        workers[i] = (worker){.step = i == 0 ? MB_STEP_PREEMPTED : MB_STEP_YIELD};
        act_in(mb_spawn(rt, &DOLL, NULL, NULL), work, &workers[i]);
    }
    mb_run(rt, 10, MB_INFINITY);
    assert_int_equal(asked, 10);
    assert_int_equal(workers[0].slices + workers[1].slices, 0); /* ever the youngest */
    mb_runtime_free(rt);
}

/* Some processes that send, spawn, wait and die by dice; the whole log as text. */
typedef struct history {
    char *text;
    size_t used, capacity;
} history;

static void keep_event(void *context, const mb_event *event) {
    history *h = context;
    if (h->used + 4096 > h->capacity) {
        h->capacity = h->capacity ? 2 * h->capacity : 1 << 16;
        h->text = realloc(h->text, h->capacity);
        assert_non_null(h->text);
    }
    h->used += mb_event_text(event, h->text + h->used, 4095);
    h->text[h->used++] = '\n';
}

static mb_step live(mb_process *p, void *context);

static void spawn_another(mb_process *p) {
    mb_runtime *rt = mb_runtime_of(p);
    const mb_spawn_options options = {.parent = mb_self(p), .link = mb_random(rt) % 3 == 0};
    mb_process *child = mb_process_count(rt) < 40 ? mb_spawn(rt, &DOLL, &options, NULL) : NULL;
    if (child)
        act_in(child, live, NULL);
}

static mb_step live(mb_process *p, void *context) {
    mb_runtime *rt = mb_runtime_of(p);
    (void)context;
    mail(p);
    mb_process *other = mb_next_process(rt, MB_KIND_PID | mb_random(rt) % 500);
    mb_pid to = other ? mb_self(other) : 0;
    switch (mb_random(rt) % 10) {
    case 0:
    case 1:
        spawn_another(p);
        return MB_STEP_YIELD;
    case 2:
        assert_true(mb_exit_signal(rt, p, to, mb_atom("boom")));
        return MB_STEP_YIELD;
    case 3:
        assert_true(mb_monitor(p, to, mb_nil()));
        return MB_STEP_PREEMPTED;
    case 4:
        return mb_process_count(rt) > 10 ? MB_STEP_EXIT : MB_STEP_YIELD;
    default:
        assert_true(mb_send(rt, p, to, mb_integer((int64_t)(mb_random(rt) % 100))));
        assert_true(mb_send_after(rt, p, mb_self(p), mb_atom("again"),
                                  (mb_time)(mb_random(rt) % (50 * MB_MILLISECOND))));
        return MB_STEP_WAIT;
    }
}

static mb_runtime *new_world(history *h, uint64_t seed, mb_policy policy) {
    mb_runtime *rt = mb_runtime_new(&(mb_config){.virtual_clock = true,
                                                 .seed = seed,
                                                 .policy = policy,
                                                 .event = keep_event,
                                                 .sink_context = h});
    for (int i = 0; i < 10; i++)
        act_in(mb_spawn(rt, &DOLL, NULL, NULL), live, NULL);
    return rt;
}

static history history_of(uint64_t seed, mb_policy policy) {
    history h = {0};
    mb_runtime *rt = new_world(&h, seed, policy);
    mb_run(rt, 3000, MB_INFINITY);
    mb_runtime_free(rt);
    return h;
}

static bool same_history(const history *a, const history *b) {
    return a->used == b->used && memcmp(a->text, b->text, a->used) == 0;
}

static void the_same_seed_gives_the_same_history(void **state) {
    (void)state;
    for (int by_chance = 0; by_chance < 2; by_chance++) {
        mb_policy policy = by_chance ? mb_policy_random : NULL;
        history first = history_of(1, policy), again = history_of(1, policy);
        history other = history_of(2, policy);
        assert_true(first.used > 100000);
        assert_true(same_history(&first, &again));
        assert_false(same_history(&first, &other));
        free(first.text);
        free(again.text);
        free(other.text);
    }
}

static void two_runtimes_do_not_know_of_each_other(void **state) {
    history alone = history_of(5, NULL), left = {0}, right = {0};
    (void)state;
    mb_runtime *a = new_world(&left, 5, NULL), *b = new_world(&right, 6, mb_policy_random);
    for (int i = 0; i < 3000; i++) {
        mb_run(a, 1, MB_INFINITY);
        mb_run(b, 1, MB_INFINITY);
    }
    mb_runtime_free(b);
    mb_runtime_free(a);
    assert_true(same_history(&alone, &left));
    assert_false(same_history(&left, &right));
    free(alone.text);
    free(left.text);
    free(right.text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(all_that_give_way_have_equal_turns),
        TEST(all_that_compute_have_equal_turns),
        TEST(who_computes_does_not_stop_the_others),
        TEST(timers_fire_while_somebody_computes),
        TEST(timers_fire_during_endless_activity),
        TEST(nobody_else_is_contention),
        TEST(run_says_whether_somebody_still_can),
        TEST(a_process_can_stop_the_run),
        TEST(reductions_are_counted),
        TEST(the_dead_in_the_queue_are_passed_over),
        TEST(the_virtual_clock_jumps_when_nobody_can_run),
        TEST(the_virtual_clock_jumps_to_the_horizon),
        TEST(nobody_runs_beyond_the_horizon),
        cmocka_unit_test(the_real_clock_is_the_hosts),
        cmocka_unit_test(a_policy_chooses),
        cmocka_unit_test(the_same_seed_gives_the_same_history),
        cmocka_unit_test(two_runtimes_do_not_know_of_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
