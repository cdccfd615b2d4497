#include "fixture.h"
#include "serials.h"

typedef struct entry {
    uint64_t id; /* first, as serials want it */
    size_t number;
} entry;

enum { COUNT = 5000 };
static entry entries[COUNT];

static mb_serial_entry *as_entry(entry *e) { return (mb_serial_entry *)(void *)e; }

typedef struct table {
    mb_memory memory;
    mb_serials serials;
} table;

static int begin(void **state) {
    static table t;
    mb_memory_init(&t.memory, NULL, NULL, true);
    mb_serials_init(&t.serials, &t.memory, MB_KIND_PID, 100);
    memset(entries, 0, sizeof entries);
    *state = &t;
    return 0;
}

static int end(void **state) {
    table *t = *state;
    mb_serials_finish(&t->serials);
    mb_memory_finish(&t->memory);
    return 0;
}

static void add(table *t, size_t i) {
    assert_true(mb_serials_add(&t->serials, as_entry(&entries[i])));
}

static void ids_ascend_and_carry_their_kind(void **state) {
    table *t = *state;
    add(t, 0);
    assert_true(entries[0].id == (MB_KIND_PID | 100));
    for (size_t i = 1; i < COUNT; i++) {
        add(t, i);
        assert_true(entries[i].id > entries[i - 1].id);
        assert_true((entries[i].id & MB_KIND_MASK) == MB_KIND_PID);
    }
}

static void all_are_found_however_it_grows(void **state) {
    table *t = *state;
    for (size_t i = 0; i < COUNT; i++) {
        add(t, i);
        assert_int_equal(t->serials.count, i + 1);
        for (size_t j = 0; j <= i; j += 1 + i / 8)
            assert_ptr_equal(mb_serials_find(&t->serials, entries[j].id), &entries[j]);
    }
    assert_null(mb_serials_find(&t->serials, entries[7].id ^ MB_KIND_PID));
    assert_null(mb_serials_find(&t->serials, 0));
    mb_serials_remove(&t->serials, entries[7].id);
    assert_null(mb_serials_find(&t->serials, entries[7].id));
}

static void nothing_is_found_in_an_empty_table(void **state) {
    table *t = *state;
    assert_null(mb_serials_find(&t->serials, MB_KIND_PID | 100));
    assert_null(mb_serials_after(&t->serials, 0));
}

/* One entry stays while the serials go round the slots many times. */
static void an_id_is_never_given_twice(void **state) {
    table *t = *state;
    uint64_t last = 0;
    add(t, 0);
    for (int i = 0; i < 100000; i++) {
        add(t, 1);
        assert_true(entries[1].id > last);
        last = entries[1].id;
        assert_ptr_equal(mb_serials_find(&t->serials, entries[0].id), &entries[0]);
        mb_serials_remove(&t->serials, last);
        assert_null(mb_serials_find(&t->serials, last));
    }
    assert_true(t->serials.mask < 256);
    assert_true(mb_serials_skip(&t->serials) > last);
    assert_null(mb_serials_find(&t->serials, mb_serials_skip(&t->serials)));
}

static void check_order(const mb_serials *serials, size_t expected) {
    uint64_t id = 0;
    size_t count = 0;
    for (entry *e; (e = mb_serials_after(serials, id)); count++) {
        assert_true(e->id > id);
        id = e->id;
    }
    assert_int_equal(count, expected);
}

static void iteration_goes_by_id(void **state) {
    table *t = *state;
    uint64_t random = 42;
    bool used[200] = {0};
    size_t count = 0;
    for (int round = 0; round < 5000; round++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        size_t i = (random >> 33) % 200;
        if (used[i])
            mb_serials_remove(&t->serials, entries[i].id), count--;
        else
            add(t, i), count++;
        used[i] = !used[i];
        if (round % 50 == 0)
            check_order(&t->serials, count);
    }
    check_order(&t->serials, count);
}

static void iteration_starts_anywhere(void **state) {
    table *t = *state;
    for (size_t i = 0; i < 10; i++)
        add(t, i);
    mb_serials_remove(&t->serials, entries[4].id);
    assert_ptr_equal(mb_serials_after(&t->serials, entries[3].id), &entries[5]);
    assert_ptr_equal(mb_serials_after(&t->serials, entries[4].id), &entries[5]);
    assert_null(mb_serials_after(&t->serials, entries[9].id));
    assert_null(mb_serials_after(&t->serials, UINT64_MAX));
    assert_ptr_equal(mb_serials_after(&t->serials, 0), &entries[0]);
}

int main(void) {
#define IN_TABLE(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        IN_TABLE(ids_ascend_and_carry_their_kind),
        IN_TABLE(all_are_found_however_it_grows),
        IN_TABLE(nothing_is_found_in_an_empty_table),
        IN_TABLE(an_id_is_never_given_twice),
        IN_TABLE(iteration_goes_by_id),
        IN_TABLE(iteration_starts_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
