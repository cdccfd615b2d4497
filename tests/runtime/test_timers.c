#include "support.h"
#include "timers.h"

/* ---- The wheel against a plain list ----------------------------------------------------------*/

enum { TIMERS = 300 };

typedef struct clock_timer {
    mb_timer timer;
    mb_time deadline;
    uint64_t order; /* of its start */
    bool running;
} clock_timer;

typedef struct bench {
    mb_wheel wheel;
    clock_timer timers[TIMERS];
    mb_time now;
    uint64_t starts;
    size_t fired;
    mb_time last_tick; /* of what has fired at this advance */
    uint64_t last_order;
    clock_timer *stops_another; /* that one stops this one when it fires */
} bench;

static bench b;

static mb_time tick_of(mb_time deadline) { return deadline / 1000 + (deadline % 1000 > 0); }

static void check_firing(mb_runtime *rt, mb_timer *timer) {
    clock_timer *t = (clock_timer *)(void *)timer;
    mb_time tick = tick_of(t->deadline);
    (void)rt;
    assert_true(t->running);
    assert_true(t->deadline <= b.now);
    assert_true(tick > b.last_tick || (tick == b.last_tick && t->order > b.last_order));
    assert_false(mb_timer_started(timer));
    b.last_tick = tick;
    b.last_order = t->order;
    b.fired++;
    t->running = false;
}

static void start(clock_timer *t, mb_time deadline) {
    t->timer.fire = check_firing;
    t->deadline = deadline;
    t->order = ++b.starts;
    t->running = true;
    mb_timer_start(&b.wheel, &t->timer, deadline);
}

static void stop(clock_timer *t) {
    mb_timer_stop(&b.wheel, &t->timer);
    t->running = false;
}

static mb_time earliest(void) {
    mb_time first = MB_INFINITY;
    for (size_t i = 0; i < TIMERS; i++)
        if (b.timers[i].running && (first == MB_INFINITY || b.timers[i].deadline < first))
            first = b.timers[i].deadline;
    return first;
}

/* Fires all that is due, and looks whether that was everything. */
static void advance(mb_time to) {
    b.now = to;
    mb_wheel_advance(&b.wheel, to);
    b.last_tick = -1;
    b.last_order = 0;
    mb_wheel_fire(&b.wheel, NULL);
    assert_false(mb_wheel_is_due(&b.wheel));
    size_t running = 0;
    for (size_t i = 0; i < TIMERS; i++) {
        running += b.timers[i].running;
        if (b.timers[i].running)
            assert_true(tick_of(b.timers[i].deadline) > to / 1000);
    }
    assert_int_equal(b.wheel.count, running);
    mb_time next = mb_wheel_next(&b.wheel);
    assert_true(running ? next != MB_INFINITY && next / 1000 <= tick_of(earliest())
                        : next == MB_INFINITY);
}

static int begin(void **state) {
    (void)state;
    memset(&b, 0, sizeof b);
    mb_wheel_init(&b.wheel);
    return 0;
}

/* Now and then microseconds, now and then days. */
static mb_time some_delay(uint64_t *random) {
    uint64_t magnitude = dice(random) % 52;
    return (mb_time)(dice(random) & (((uint64_t)1 << magnitude) - 1));
}

static void agrees_with_a_plain_list(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        uint64_t random = seed * 0x9e3779b97f4a7c15u;
        begin(state);
        for (int round = 0; round < 3000; round++) {
            clock_timer *t = &b.timers[dice(&random) % TIMERS];
            switch (dice(&random) % 4) {
            case 0:
                stop(t);
                break;
            case 1:
                advance(b.now + some_delay(&random));
                break;
            default:
                stop(t);
                start(t, b.now + some_delay(&random));
            }
        }
    }
}

/* As the runtime does: from one mb_wheel_next to the next. */
static void next_leads_to_every_deadline(void **state) {
    uint64_t random = 5;
    (void)state;
    for (size_t i = 0; i < TIMERS; i++)
        start(&b.timers[i], some_delay(&random));
    size_t steps = 0;
    for (mb_time next; (next = mb_wheel_next(&b.wheel)) != MB_INFINITY; steps++) {
        assert_true(next >= b.now);
        assert_true(next / 1000 <= tick_of(earliest()));
        advance(next);
    }
    assert_int_equal(b.fired, TIMERS);
    assert_true(steps <= TIMERS * MB_WHEEL_LEVELS);
}

static void equal_deadlines_fire_in_order_of_their_start(void **state) {
    (void)state;
    const mb_time deadline = 90 * 60 * 1000 * MB_MILLISECOND;
    for (size_t i = 0; i < TIMERS; i++) {
        start(&b.timers[i], deadline);
        if (i % 10 == 0)
            advance(b.now + deadline / 40); /* it moves down the levels meanwhile */
    }
    advance(deadline);
    assert_int_equal(b.fired, TIMERS);
}

static void no_timer_fires_early(void **state) {
    (void)state;
    start(&b.timers[0], 1001);
    start(&b.timers[1], 1000);
    advance(999);
    assert_int_equal(b.fired, 0);
    advance(1000);
    assert_int_equal(b.fired, 1);
    advance(1999);
    assert_int_equal(b.fired, 1);
    advance(2000);
    assert_int_equal(b.fired, 2);
}

static void the_farthest_deadline_waits(void **state) {
    (void)state;
    const mb_time centuries = INT64_MAX / 4;
    start(&b.timers[0], INT64_MAX);
    start(&b.timers[1], 1000);
    assert_true(mb_timer_deadline(&b.timers[0].timer) > centuries);
    advance(1000);
    assert_int_equal(b.fired, 1);
    while (b.now < centuries) {
        mb_time next = mb_wheel_next(&b.wheel);
        assert_true(next > b.now);
        advance(next);
    }
    assert_int_equal(b.fired, 1);
    stop(&b.timers[0]);
    assert_int_equal(mb_wheel_next(&b.wheel), MB_INFINITY);
}

static void stop_the_other(mb_runtime *rt, mb_timer *timer) {
    check_firing(rt, timer);
    stop(b.stops_another);
}

static void a_timer_can_be_stopped_while_others_fire(void **state) {
    (void)state;
    for (size_t i = 0; i < 3; i++)
        start(&b.timers[i], 5000);
    b.timers[0].timer.fire = stop_the_other;
    b.stops_another = &b.timers[1];
    advance(5000);
    assert_int_equal(b.fired, 2);
    assert_false(mb_timer_started(&b.timers[1].timer));
    stop(&b.timers[1]); /* once more does nothing */
    assert_int_equal(b.wheel.count, 0);
}

static void start_again(mb_runtime *rt, mb_timer *timer) {
    check_firing(rt, timer);
    clock_timer *t = (clock_timer *)(void *)timer;
    start(t, b.now);
    t->timer.fire = start_again;
}

static void what_is_started_meanwhile_waits_its_turn(void **state) {
    (void)state;
    start(&b.timers[0], 5000);
    b.timers[0].timer.fire = start_again;
    b.now = 5000;
    mb_wheel_advance(&b.wheel, 5000);
    mb_wheel_fire(&b.wheel, NULL);
    assert_int_equal(b.fired, 1);
    assert_true(mb_wheel_is_due(&b.wheel));
    stop(&b.timers[0]);
}

static size_t counted;
static void count_firing(mb_runtime *rt, mb_timer *timer) {
    (void)rt;
    (void)timer;
    counted++;
}

static void a_million_timers(void **state) {
    enum { MANY = 1000000 };
    mb_timer *timers = calloc(MANY, sizeof *timers);
    uint64_t random = 9;
    (void)state;
    assert_non_null(timers);
    counted = 0;
    for (size_t i = 0; i < MANY; i++) {
        timers[i].fire = count_firing;
        mb_timer_start(&b.wheel, &timers[i], (mb_time)(dice(&random) % 60000000000u));
    }
    for (size_t i = 0; i < MANY; i += 2)
        mb_timer_stop(&b.wheel, &timers[i]);
    for (mb_time next; (next = mb_wheel_next(&b.wheel)) != MB_INFINITY;) {
        mb_wheel_advance(&b.wheel, next + 1000000);
        mb_wheel_fire(&b.wheel, NULL);
    }
    assert_int_equal(counted, MANY / 2);
    free(timers);
}

/* ---- Messages that come later ----------------------------------------------------------------*/

static void messages_come_when_it_is_time(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f);
    for (int64_t i = 3; i > 0; i--)
        assert_true(mb_send_after(f->rt, NULL, mb_self(p), mb_integer(i), i * MB_MILLISECOND));
    assert_int_equal(mb_timer_count(f->rt), 3);
    run_for(f, 2);
    assert_string_equal(mail(p), "1;2;");
    run(f);
    assert_string_equal(mail(p), "3;");
    assert_int_equal(mb_now(f->rt), 3 * MB_MILLISECOND);
}

static void a_timer_tells_what_is_left(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f);
    mb_ref ref = mb_send_after(f->rt, p, mb_self(p), mb_atom("late"), 1000 * MB_MILLISECOND);
    assert_int_equal(mb_read_timer(f->rt, ref), 1000);
    run_for(f, 400);
    assert_int_equal(mb_read_timer(f->rt, ref), 600);
    assert_int_equal(mb_cancel_timer(f->rt, ref), 600);
    assert_int_equal(mb_cancel_timer(f->rt, ref), -1);
    assert_int_equal(mb_read_timer(f->rt, ref), -1);
    run(f);
    assert_string_equal(mail(p), "");
}

static void a_fired_timer_is_gone(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f);
    mb_ref ref = mb_send_after(f->rt, p, mb_self(p), mb_atom("now"), 0);
    run(f);
    assert_string_equal(mail(p), "\"now\";");
    assert_int_equal(mb_cancel_timer(f->rt, ref), -1);
    assert_int_equal(mb_timer_count(f->rt), 0);
}

static void timers_end_with_their_receiver(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f);
    mb_pid pid = mb_self(p);
    mb_ref ref = mb_send_after(f->rt, f->owner, pid, term(f, "{ 1, 2 }"), 10 * MB_MILLISECOND);
    assert_true(mb_exit_signal(f->rt, NULL, pid, mb_atom("kill")));
    run(f);
    assert_int_equal(mb_timer_count(f->rt), 0);
    assert_int_equal(mb_read_timer(f->rt, ref), -1);
    assert_int_equal(mb_next_deadline(f->rt), MB_INFINITY);
    assert_true(mb_send_after(f->rt, NULL, pid, term(f, "{ 1, 2 }"), 10 * MB_MILLISECOND));
    assert_int_equal(mb_timer_count(f->rt), 0);
}

static void a_name_is_looked_up_when_the_time_has_come(void **state) {
    fixture *f = *state;
    mb_term name = mb_atom("later");
    assert_true(mb_send_after_name(f->rt, NULL, name, mb_integer(1), MB_MILLISECOND));
    assert_true(mb_send_after_name(f->rt, NULL, name, mb_integer(2), 5 * MB_MILLISECOND));
    run_for(f, 2); /* nobody has the name yet */
    mb_process *p = new_doll(f);
    assert_int_equal(mb_register(f->rt, name, mb_self(p)), MB_NAME_OK);
    run(f);
    assert_string_equal(mail(p), "2;");
}

static void a_delay_without_end_never_ends(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f);
    run_for(f, 5);
    mb_ref ref = mb_send_after(f->rt, NULL, mb_self(p), mb_atom("never"), INT64_MAX);
    assert_true(mb_read_timer(f->rt, ref) > INT64_MAX / MB_MILLISECOND / 2);
    mb_run(f->rt, 100, 0);
    assert_string_equal(mail(p), "");
    assert_true(mb_cancel_timer(f->rt, ref) > 0);
    assert_true(mb_send_after(f->rt, NULL, mb_self(p), mb_atom("past"), -MB_MILLISECOND));
    mb_run(f->rt, 100, 0);
    assert_string_equal(mail(p), "\"past\";");
}

int main(void) {
#define ON_WHEEL(name) cmocka_unit_test_setup(name, begin)
    const struct CMUnitTest tests[] = {
        ON_WHEEL(agrees_with_a_plain_list),
        ON_WHEEL(next_leads_to_every_deadline),
        ON_WHEEL(equal_deadlines_fire_in_order_of_their_start),
        ON_WHEEL(no_timer_fires_early),
        ON_WHEEL(the_farthest_deadline_waits),
        ON_WHEEL(a_timer_can_be_stopped_while_others_fire),
        ON_WHEEL(what_is_started_meanwhile_waits_its_turn),
        ON_WHEEL(a_million_timers),
        TEST(messages_come_when_it_is_time),
        TEST(a_timer_tells_what_is_left),
        TEST(a_fired_timer_is_gone),
        TEST(timers_end_with_their_receiver),
        TEST(a_name_is_looked_up_when_the_time_has_come),
        TEST(a_delay_without_end_never_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
