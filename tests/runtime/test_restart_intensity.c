/* How often a supervisor may restart children: supervisor:add_restart/3. */
#include "fixture.h"

#include "restart_intensity.h"

/* Restarts at the given seconds; 'y' for each that is allowed, 'n' for the one too many. */
static void check(fixture *f, int64_t intensity, int64_t period, const int64_t *seconds,
                  const char *expected) {
    mb_restart_history history = {0};
    for (size_t i = 0; expected[i]; i++) {
        mb_restart_verdict verdict =
            mb_restart_add(&history, f->rt, seconds[i], intensity, period);
        assert_int_equal(verdict,
                         expected[i] == 'y' ? MB_RESTART_ALLOWED : MB_RESTART_TOO_OFTEN);
    }
    mb_restart_finish(&history, f->rt);
}

static void one_more_than_permitted_is_too_often(void **state) {
    check(*state, 3, 5, (int64_t[]){0, 0, 0, 0}, "yyyn");
    check(*state, 1, 5, (int64_t[]){7, 8}, "yn");
    check(*state, 0, 5, (int64_t[]){7}, "n");
}

static void old_ones_are_forgotten(void **state) {
    check(*state, 1, 5, (int64_t[]){0, 6, 12, 18}, "yyyy");
    check(*state, 2, 5, (int64_t[]){0, 3, 6, 9, 12}, "yyyyy");
}

static void exactly_a_period_ago_counts(void **state) {
    check(*state, 1, 5, (int64_t[]){0, 5}, "yn");
    check(*state, 2, 5, (int64_t[]){0, 3, 5}, "yyn");
}

static void the_history_grows_to_what_is_permitted(void **state) {
    int64_t seconds[101];
    char expected[102];
    for (int i = 0; i < 101; i++)
        seconds[i] = 10 + i / 50;
    memset(expected, 'y', 100);
    strcpy(expected + 100, "n");
    check(*state, 100, 5, seconds, expected);
}

static void a_history_survives_going_around(void **state) {
    int64_t seconds[40];
    char expected[41];
    for (int i = 0; i < 40; i++)
        seconds[i] = i;
    memset(expected, 'y', 40);
    expected[40] = '\0';
    check(*state, 5, 4, seconds, expected);
}

static void want_of_memory_is_told(void **state) {
    fixture *f = *state;
    mb_restart_history history = {0};
    f->allowance = 0;
    assert_int_equal(mb_restart_add(&history, f->rt, 1, 3, 5), MB_RESTART_NO_MEMORY);
    f->allowance = SIZE_MAX;
    assert_int_equal(mb_restart_add(&history, f->rt, 1, 3, 5), MB_RESTART_ALLOWED);
    mb_restart_finish(&history, f->rt);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(one_more_than_permitted_is_too_often), TEST(old_ones_are_forgotten),
        TEST(exactly_a_period_ago_counts),          TEST(the_history_grows_to_what_is_permitted),
        TEST(a_history_survives_going_around),      TEST(want_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
