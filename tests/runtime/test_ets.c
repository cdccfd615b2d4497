#include "support.h"

static mb_ets *new_table(fixture *f, mb_process *owner, mb_ets_type type) {
    const mb_ets_options options = {.type = type, .access = MB_ETS_PUBLIC, .keypos = 1};
    mb_ets *table = mb_ets_new(owner, mb_atom("t"), &options);
    assert_non_null(table);
    (void)f;
    return table;
}

static void put(fixture *f, mb_ets *table, int64_t key, int64_t value) {
    mb_term object = term(f, "{ %, % }", mb_integer(key), mb_integer(value));
    assert_true(mb_ets_insert(table, object));
}

static void assert_list(fixture *f, const mb_ets *table, const char *expected) {
    mb_term list;
    assert_true(mb_ets_list(table, &list));
    assert_prints(list, expected);
    mb_release(f->rt, list);
}

static void a_set_replaces(void **state) {
    fixture *f = *state;
    mb_ets *table = new_table(f, f->owner, MB_ETS_SET);
    put(f, table, 1, 10);
    put(f, table, 2, 20);
    put(f, table, 1, 11);
    assert_list(f, table, "{ { 1, 11 }, { 2, 20 } }");
    mb_ets_delete(table, mb_float(1));
    mb_ets_delete(table, mb_integer(7));
    assert_list(f, table, "{ { 2, 20 } }");
    mb_ets_clear(table);
    assert_list(f, table, "{}");
    put(f, table, 3, 3);
    assert_list(f, table, "{ { 3, 3 } }");
}

static void a_bag_keeps_the_order_of_a_key(void **state) {
    fixture *f = *state;
    mb_ets *table = new_table(f, f->owner, MB_ETS_DUPLICATE_BAG);
    for (int64_t i = 0; i < 3; i++) {
        put(f, table, 1, 5);
        put(f, table, 2, i);
        put(f, table, 1, i);
    }
    mb_term object = term(f, "{ 1, 5 }");
    mb_ets_delete_object(table, object);
    mb_release(f->rt, object);
    assert_list(f, table, "{ { 1, 0 }, { 1, 1 }, { 1, 2 }, { 2, 0 }, { 2, 1 }, { 2, 2 } }");
    put(f, table, 1, 9);
    mb_ets_delete(table, mb_integer(2));
    assert_list(f, table, "{ { 1, 0 }, { 1, 1 }, { 1, 2 }, { 1, 9 } }");
}

#define KEYS 500

/* Against a plain array. */
static void check_table(const mb_ets *table, const int64_t *values, bool ordered) {
    size_t count = 0, seen = 0;
    const mb_ets_entry *previous = NULL;
    for (size_t i = 0; i < KEYS; i++) {
        const mb_ets_entry *entry = mb_ets_lookup(table, mb_integer((int64_t)i));
        assert_true((entry != NULL) == (values[i] != 0));
        if (entry)
            assert_true(mb_element(mb_ets_object(entry), 1).integer == values[i]);
        count += values[i] != 0;
    }
    for (const mb_ets_entry *e = mb_ets_first(table); e; previous = e, e = mb_ets_next(e)) {
        assert_ptr_equal(mb_ets_previous(e), previous);
        if (ordered && previous)
            assert_true(mb_compare(mb_ets_object(previous), mb_ets_object(e)) < 0);
        seen++;
    }
    assert_ptr_equal(mb_ets_last(table), previous);
    assert_int_equal(seen, count);
}

static void keys_come_and_go(fixture *f, mb_ets_type type) {
    int64_t values[KEYS] = {0};
    uint64_t random = 42;
    mb_ets *table = new_table(f, f->owner, type);
    for (int64_t step = 1; step < 6000; step++) {
        size_t key = dice(&random) % KEYS;
        bool remove = dice(&random) % 3 == 0;
        if (remove)
            mb_ets_delete(table, mb_integer((int64_t)key));
        else
            put(f, table, (int64_t)key, step);
        values[key] = remove ? 0 : step;
        if (step % 500 == 0)
            check_table(table, values, type == MB_ETS_ORDERED_SET);
    }
}

static void hashed_keys_come_and_go(void **state) {
    keys_come_and_go(*state, MB_ETS_SET);
}
static void ordered_keys_come_and_go(void **state) {
    keys_come_and_go(*state, MB_ETS_ORDERED_SET);
}

static void an_ordered_set_knows_neighbours(void **state) {
    fixture *f = *state;
    mb_ets *table = new_table(f, f->owner, MB_ETS_ORDERED_SET);
    for (int64_t i = 50; i > 0; i--)
        put(f, table, 2 * i, i);
    assert_prints(mb_ets_object(mb_ets_above(table, mb_integer(10))), "{ 12, 6 }");
    assert_prints(mb_ets_object(mb_ets_above(table, mb_integer(11))), "{ 12, 6 }");
    assert_prints(mb_ets_object(mb_ets_below(table, mb_integer(10))), "{ 8, 4 }");
    assert_null(mb_ets_above(table, mb_integer(100)));
    assert_null(mb_ets_below(table, mb_integer(2)));
    assert_prints(mb_ets_object(mb_ets_last(table)), "{ 100, 50 }");
}

static void a_table_goes_with_its_owner(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f);
    const mb_ets_options options = {.keypos = 1, .named = true};
    mb_ets *table = mb_ets_new(p, mb_atom("users"), &options);
    put(f, table, 1, 1);
    assert_ptr_equal(mb_ets_find(f->rt, mb_atom("users")), table);
    let_exit(p, mb_atom("normal"));
    run(f);
    assert_null(mb_ets_find(f->rt, mb_atom("users")));
}

static void the_heir_gets_it(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *heir = new_doll(f);
    mb_ets *table = new_table(f, p, MB_ETS_SET);
    mb_ets_info info;
    mb_ets_info_of(table, &info);
    put(f, table, 1, 1);
    mb_ets_set_heir(table, mb_self(heir), term(f, "{ \"yours\" }"));
    mb_pid dead = mb_self(p);
    let_exit(p, mb_atom("normal"));
    run(f);
    assert_ptr_equal(mb_ets_find(f->rt, mb_ref_term(info.ref)), table);
    assert_list(f, table, "{ { 1, 1 } }");
    assert_mail(heir,
                "{ \"ETS-TRANSFER\", #Reference<0.0.0.%llu>, #PID<0.%llu.0>, { \"yours\" } };",
                mb_number(info.ref), mb_number(dead));
    let_exit(heir, mb_atom("normal"));
    run(f);
    assert_null(mb_ets_find(f->rt, mb_ref_term(info.ref)));
}

static void owners_may_change(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *q = new_doll(f);
    mb_ets *tables[3];
    mb_ets_info info;
    for (size_t i = 0; i < 3; i++)
        tables[i] = new_table(f, p, MB_ETS_SET);
    assert_true(mb_ets_give_away(tables[1], q, mb_nil()));
    mb_ets_drop(tables[2]);
    assert_true(mb_ets_give_away(tables[0], q, mb_nil()));
    new_table(f, p, MB_ETS_BAG);
    let_exit(p, mb_atom("normal"));
    run(f);
    mb_ets_info_of(tables[0], &info);
    assert_true(info.owner == mb_self(q));
    let_exit(q, mb_atom("normal"));
    run(f);
}

static mb_match_spec *compile(fixture *f, const char *text) {
    mb_match_spec *spec = NULL;
    mb_term specification = term(f, text);
    mb_match_result result = mb_match_compile(f->rt, specification, &spec);
    assert_true(result != MB_MATCH_NO || specification.type == MB_NIL);
    mb_release(f->rt, specification);
    return spec;
}

static void assert_selects(fixture *f, mb_ets *table, const char *specification,
                           mb_ets_action action, const char *expected) {
    mb_term result;
    mb_match_spec *spec = compile(f, specification);
    assert_int_equal(mb_ets_select(table, spec, action, &result), MB_MATCH_YES);
    assert_prints(result, expected);
    mb_release(f->rt, result);
    mb_match_free(spec);
}

static void specifications_select(void **state) {
    fixture *f = *state;
    mb_ets *table = new_table(f, f->owner, MB_ETS_ORDERED_SET);
    for (int64_t i = 1; i <= 5; i++)
        put(f, table, i, i * i);
    assert_selects(f, table, "{ { { \"$1\", \"$2\" }, { { \">\", \"$2\", 5 } }, { \"$1\" } } }",
                   MB_ETS_COLLECT, "{ 3, 4, 5 }");
    assert_selects(f, table, "{ { { 4, \"$2\" }, { }, { \"$_\" } } }", MB_ETS_COLLECT,
                   "{ { 4, 16 } }");
    assert_selects(f, table, "{ { { \"_\", \"$9\" }, { { \"<\", \"$9\", 5 } }, { true } } }",
                   MB_ETS_REMOVE, "2");
    assert_selects(f, table, "{ { \"_\", { }, { true } } }", MB_ETS_COUNT, "3");
    assert_selects(f, table,
                   "{ { { \"$1\", \"$2\" }, { }, { { { \"$1\", { \"-\", \"$2\" } } } } } }",
                   MB_ETS_REPLACE, "3");
    assert_list(f, table, "{ { 3, -9 }, { 4, -16 }, { 5, -25 } }");
}

#define EVERYTHING "{ { \"$1\", { }, { \"$1\" } } }"

static void assert_step(fixture *f, mb_ets *table, mb_ets_cursor *cursor, const char *expected) {
    mb_match_spec *spec = compile(f, EVERYTHING);
    mb_term result;
    assert_int_equal(mb_ets_select_some(table, spec, 2, cursor, &result), MB_MATCH_YES);
    assert_prints(result, expected);
    mb_release(f->rt, result);
    mb_match_free(spec);
}

/* Objects that stay are met once, whatever is deleted or comes in between two steps. */
static void a_selection_in_steps_bears_changes(void **state) {
    fixture *f = *state;
    static const mb_ets_type types[] = {MB_ETS_SET, MB_ETS_ORDERED_SET, MB_ETS_BAG};
    for (size_t i = 0; i < 3; i++) {
        mb_ets *table = new_table(f, f->owner, types[i]);
        mb_ets_cursor cursor = {.key = mb_nil()};
        for (int64_t k = 1; k <= 5; k++)
            put(f, table, k, k);
        assert_step(f, table, &cursor, "{ { 1, 1 }, { 2, 2 } }");
        mb_ets_delete(table, mb_integer(2));
        mb_ets_delete(table, mb_integer(3));
        assert_step(f, table, &cursor, "{ { 4, 4 }, { 5, 5 } }");
        put(f, table, 6, 6);
        assert_false(cursor.ended);
        assert_step(f, table, &cursor, "{ { 6, 6 } }");
        assert_true(cursor.ended);
        mb_release(f->rt, cursor.key);
        mb_ets_drop(table);
    }
}

static void a_selection_may_stop_within_a_key(void **state) {
    fixture *f = *state;
    mb_ets *table = new_table(f, f->owner, MB_ETS_BAG);
    mb_ets_cursor cursor = {.key = mb_nil()};
    for (int64_t i = 1; i <= 3; i++)
        put(f, table, 1, i);
    put(f, table, 2, 1);
    put(f, table, 1, 4);
    assert_step(f, table, &cursor, "{ { 1, 1 }, { 1, 2 } }");
    mb_term object = term(f, "{ 1, 1 }");
    mb_ets_delete_object(table, object);
    mb_release(f->rt, object);
    assert_step(f, table, &cursor, "{ { 1, 3 }, { 1, 4 } }");
    assert_step(f, table, &cursor, "{ { 2, 1 } }");
    assert_true(cursor.ended);
    mb_release(f->rt, cursor.key);
}

static void a_fixed_table_leads_on_from_what_is_deleted(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f);
    mb_ets *table = new_table(f, f->owner, MB_ETS_SET);
    for (int64_t k = 1; k <= 4; k++)
        put(f, table, k, k);
    assert_true(mb_ets_fix(table, p) && mb_ets_fix(table, p));
    mb_ets_delete(table, mb_integer(1));
    mb_ets_delete(table, mb_integer(2));
    assert_null(mb_ets_lookup(table, mb_integer(2)));
    assert_list(f, table, "{ { 3, 3 }, { 4, 4 } }");
    const mb_ets_entry *ghost = mb_ets_lookup_place(table, mb_integer(1));
    assert_non_null(ghost);
    assert_prints(mb_ets_object(mb_ets_next(ghost)), "{ 3, 3 }");
    put(f, table, 2, 9);
    assert_list(f, table, "{ { 2, 9 }, { 3, 3 }, { 4, 4 } }");
    mb_ets_unfix(table, p);
    assert_true(mb_ets_is_fixed(table));
    let_exit(p, mb_atom("normal"));
    run(f);
    assert_false(mb_ets_is_fixed(table));
    assert_null(mb_ets_lookup_place(table, mb_integer(1)));
    mb_ets_clear(table);
    assert_list(f, table, "{}");
}

static size_t memory_of(mb_process *p) {
    mb_process_info info;
    mb_info(p, &info);
    return info.memory;
}

static void the_owner_is_charged(void **state) {
    fixture *f = *state;
    static const mb_ets_type types[] = {MB_ETS_SET, MB_ETS_ORDERED_SET, MB_ETS_DUPLICATE_BAG};
    mb_process *p = new_doll(f), *q = new_doll(f);
    mb_ets_drop(new_table(f, p, MB_ETS_SET)); /* from now on it has room for tables */
    mb_ets_drop(new_table(f, q, MB_ETS_SET));
    for (size_t i = 0; i < 3; i++) {
        size_t before = memory_of(p), q_before = memory_of(q);
        mb_ets *table = new_table(f, p, types[i]);
        mb_ets_info info;
        for (int64_t k = 0; k < 1000; k++)
            put(f, table, k % 600, k);
        for (int64_t k = 0; k < 100; k++)
            mb_ets_delete(table, mb_integer(k));
        mb_ets_info_of(table, &info);
        assert_true(info.memory > 500 * 48);
        assert_true(memory_of(p) == before + info.memory);
        assert_true(mb_ets_give_away(table, q, mb_nil()));
        assert_true(memory_of(p) == before);
        assert_true(memory_of(q) >= q_before + info.memory);
        assert_true(mb_ets_give_away(table, p, mb_nil()));
        mb_ets_clear(table);
        mb_ets_info_of(table, &info);
        mb_ets_drop(table);
    }
}

/* With memory for n allocations, n growing until everything succeeds: what fails leaks nothing, and
 * leaves a table that can be used. */
static bool do_everything(fixture *f) {
    const mb_ets_options options = {.type = MB_ETS_BAG, .keypos = 1, .named = true};
    mb_ets *table = mb_ets_new(f->owner, mb_atom("t"), &options);
    bool ok = table != NULL;
    for (int64_t i = 0; ok && i < 40; i++) {
        mb_term cells[] = {mb_integer(i / 2), mb_integer(i)}, object;
        ok = mb_tuple(f->rt, &object, 2, cells) && mb_ets_insert(table, object);
    }
    mb_term list = mb_nil(), result = mb_nil();
    mb_match_spec *spec =
        ok ? compile(f, "{ { { \"$1\", \"$2\" }, { }, { { { \"$2\", \"$1\" } } } } }") : NULL;
    ok = spec && mb_ets_list(table, &list) &&
         mb_ets_select(table, spec, MB_ETS_COLLECT, &result) == MB_MATCH_YES &&
         mb_ets_fix(table, f->owner);
    mb_release(f->rt, list);
    mb_release(f->rt, result);
    mb_match_free(spec);
    mb_process *heir = ok ? mb_spawn(f->rt, &DOLL, NULL, NULL) : NULL;
    return heir && mb_ets_give_away(table, heir, mb_atom("data"));
}

static void memory_may_run_out(void **state) {
    (void)state;
    bool done = false;
    for (size_t allowance = 0; !done; allowance++) {
        fixture f;
        if (fixture_begin(&f, allowance))
            done = do_everything(&f);
        fixture_end(&f);
        assert_true(allowance < 2000);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_set_replaces),
        TEST(a_bag_keeps_the_order_of_a_key),
        TEST(hashed_keys_come_and_go),
        TEST(ordered_keys_come_and_go),
        TEST(an_ordered_set_knows_neighbours),
        TEST(a_table_goes_with_its_owner),
        TEST(the_heir_gets_it),
        TEST(owners_may_change),
        TEST(specifications_select),
        TEST(a_selection_in_steps_bears_changes),
        TEST(a_selection_may_stop_within_a_key),
        TEST(a_fixed_table_leads_on_from_what_is_deleted),
        TEST(the_owner_is_charged),
        cmocka_unit_test(memory_may_run_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
