#include "support.h"

#define assert_registers(f, name, p, result)                                                      \
    assert_int_equal(mb_register((f)->rt, mb_atom(name), mb_self(p)), result)

static void a_name_leads_to_its_process(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f);
    assert_int_equal(mb_whereis(f->rt, mb_atom("cache")), 0);
    assert_registers(f, "cache", p, MB_NAME_OK);
    assert_true(mb_whereis(f->rt, mb_atom("cache")) == mb_self(p));
    assert_prints(mb_registered_name(p), "\"cache\"");
    assert_int_equal(mb_registered_name(f->owner).type, MB_NIL);
}

static void one_name_for_one_process(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *q = new_doll(f);
    assert_registers(f, "cache", p, MB_NAME_OK);
    assert_registers(f, "cache", q, MB_NAME_TAKEN);
    assert_registers(f, "cache", p, MB_NAME_TAKEN);
    assert_registers(f, "other", p, MB_NAME_HAS_NAME);
    assert_int_equal(mb_register(f->rt, mb_atom("other"), MB_KIND_PID | 9999), MB_NAME_NOPROC);
}

static void an_unregistered_name_is_free(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *q = new_doll(f);
    assert_false(mb_unregister(f->rt, mb_atom("cache")));
    assert_registers(f, "cache", p, MB_NAME_OK);
    assert_true(mb_unregister(f->rt, mb_registered_name(p)));
    assert_int_equal(mb_registered_name(p).type, MB_NIL);
    assert_registers(f, "cache", q, MB_NAME_OK);
    assert_registers(f, "other", p, MB_NAME_OK);
}

static void death_frees_the_name(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *q = new_doll(f);
    assert_registers(f, "cache", p, MB_NAME_OK);
    let_exit(p, mb_atom("normal"));
    run(f);
    assert_int_equal(mb_whereis(f->rt, mb_atom("cache")), 0);
    assert_registers(f, "cache", q, MB_NAME_OK);
}

/* The kill is still under way; whoever asks sees it done. */
static void a_killed_process_has_no_name(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *q = new_doll(f);
    mb_pid victim = mb_self(p);
    assert_registers(f, "cache", p, MB_NAME_OK);
    assert_true(mb_exit_signal(f->rt, NULL, victim, mb_atom("kill")));
    assert_registers(f, "cache", q, MB_NAME_OK);
    assert_int_equal(mb_register(f->rt, mb_atom("other"), victim), MB_NAME_NOPROC);
}

typedef struct listing {
    char text[256];
} listing;

static void list_name(void *context, mb_term name, mb_pid pid) {
    listing *l = context;
    size_t used = strlen(l->text);
    assert_true(pid != 0);
    mb_inspect_text(name, l->text + used, sizeof l->text - used);
}

static void names_are_listed_in_order(void **state) {
    static const char *const names[] = {"delta", "a", "\xc3\xa9", "b", "Z", "beta"};
    fixture *f = *state;
    listing l = {""};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_registers(f, names[i], new_doll(f), MB_NAME_OK);
    mb_registered(f->rt, list_name, &l);
    assert_string_equal(l.text, "\"Z\"\"a\"\"b\"\"beta\"\"delta\"\"\xc3\xa9\"");
}

/* Names come and go, short and long, against a plain array. */
static void thousands_of_names_come_and_go(void **state) {
    enum { COUNT = 2000 };
    static mb_pid holders[COUNT];
    fixture *f = *state;
    uint64_t random = 3;
    memset(holders, 0, sizeof holders);
    for (int round = 0; round < 20000; round++) {
        size_t i = dice(&random) % COUNT;
        char text[64];
        mb_term name;
        snprintf(text, sizeof text, i % 2 ? "n%zu" : "a name longer than a cell, number %zu", i);
        assert_true(mb_string_new(f->rt, text, strlen(text), &name));
        assert_true(mb_whereis(f->rt, name) == holders[i]);
        if (!holders[i]) {
            mb_process *p = mb_spawn(f->rt, &DOLL, NULL, NULL);
            holders[i] = mb_self(p);
            assert_int_equal(mb_register(f->rt, name, holders[i]), MB_NAME_OK);
        } else if (dice(&random) % 2) {
            assert_true(mb_exit_signal(f->rt, NULL, holders[i], mb_atom("kill")));
            assert_false(lives(f, holders[i]));
            holders[i] = 0;
        } else {
            assert_true(mb_unregister(f->rt, name));
            holders[i] = 0;
        }
        mb_release(f->rt, name);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_name_leads_to_its_process), TEST(one_name_for_one_process),
        TEST(an_unregistered_name_is_free), TEST(death_frees_the_name),
        TEST(a_killed_process_has_no_name), TEST(names_are_listed_in_order),
        TEST(thousands_of_names_come_and_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
