#include "support.h"

static mb_registry *start(fixture *f, const char *settings) {
    const mb_gen_server_options options = {.name = mb_atom("R"), .initial_call = mb_atom("R")};
    assert_non_null(mb_registry_start(f->rt, NULL, term(f, settings), &options));
    run(f);
    mb_registry *r = mb_registry_find(f->rt, mb_atom("R"));
    assert_non_null(r);
    return r;
}

#define UNIQUE "{ keys = \"unique\", name = \"R\" }"
#define DUPLICATE "{ keys = \"duplicate\", name = \"R\" }"

static mb_registry_result add(mb_registry *r, mb_process *p, const char *key, int64_t value) {
    mb_pid holder;
    return mb_registry_add(r, p, mb_atom(key), mb_integer(value), &holder);
}

/* The values under the key (NULL: all) of the process (NULL: of all). */
static const char *values(mb_registry *r, const char *key, mb_process *p) {
    static char text[1024];
    const mb_term wanted = key ? mb_atom(key) : mb_nil();
    const mb_registry_filter filter = {.key = key ? &wanted : NULL, .pid = p ? mb_self(p) : 0};
    size_t used = 0;
    text[0] = '\0';
    for (const mb_registration *e = NULL; (e = mb_registry_next(r, &filter, e));)
        used += (size_t)snprintf(text + used, sizeof text - used, "%d ", (int)e->value.integer);
    return text;
}

static void note_link(void *context, mb_pid pid) {
    mb_pid *wanted = context;
    if (*wanted == pid)
        *wanted = 0;
}

static bool is_linked(mb_process *p, mb_registry *r) {
    mb_pid wanted = mb_registry_pid(r);
    mb_links(p, note_link, &wanted);
    return wanted == 0;
}

static void a_unique_key_has_one_owner(void **state) {
    fixture *f = *state;
    mb_registry *r = start(f, UNIQUE);
    mb_process *p = new_doll(f), *q = new_doll(f);
    mb_pid holder;
    assert_int_equal(add(r, p, "a", 1), MB_REGISTRY_OK);
    assert_int_equal(mb_registry_add(r, q, mb_atom("a"), mb_nil(), &holder), MB_REGISTRY_TAKEN);
    assert_true(holder == mb_self(p));
    assert_int_equal(add(r, q, "b", 2), MB_REGISTRY_OK);
    assert_string_equal(values(r, NULL, NULL), "1 2 ");
    assert_string_equal(values(r, "b", NULL), "2 ");
    assert_true(is_linked(p, r));
}

static void duplicate_keys_keep_their_order(void **state) {
    fixture *f = *state;
    mb_registry *r = start(f, DUPLICATE);
    mb_process *p = new_doll(f), *q = new_doll(f);
    for (int i = 1; i <= 20; i++)
        assert_int_equal(add(r, i % 2 ? p : q, i % 3 ? "a" : "b", i), MB_REGISTRY_OK);
    assert_string_equal(values(r, "b", NULL), "3 6 9 12 15 18 ");
    assert_string_equal(values(r, "b", p), "3 9 15 ");
    assert_string_equal(values(r, NULL, q), "2 4 6 8 10 12 14 16 18 20 ");
    mb_registry_unregister(r, p, mb_atom("a"));
    assert_string_equal(values(r, NULL, p), "3 9 15 ");
    assert_true(is_linked(p, r));
    mb_registry_unregister(r, p, mb_atom("b"));
    assert_false(is_linked(p, r));
}

static void the_dead_are_not_found(void **state) {
    fixture *f = *state;
    mb_registry *r = start(f, UNIQUE);
    mb_process *p = new_doll(f), *q = new_doll(f);
    assert_int_equal(add(r, p, "a", 1), MB_REGISTRY_OK);
    assert_true(mb_exit_signal(f->rt, NULL, mb_self(p), mb_atom("kill")));
    assert_string_equal(values(r, "a", NULL), "");
    assert_int_equal(add(r, q, "a", 2), MB_REGISTRY_OK);
    run(f);
    assert_string_equal(values(r, NULL, NULL), "2 ");
}

static void owners_go_with_the_registry(void **state) {
    fixture *f = *state;
    mb_registry *r = start(f, UNIQUE);
    mb_pid owner = mb_self(new_doll(f));
    assert_int_equal(add(r, mb_lookup(f->rt, owner), "a", 1), MB_REGISTRY_OK);
    assert_true(mb_exit_signal(f->rt, NULL, mb_registry_pid(r), mb_atom("kill")));
    assert_null(mb_registry_find(f->rt, mb_atom("R")));
    run(f);
    assert_false(lives(f, owner));
}

static void listeners_are_told(void **state) {
    fixture *f = *state;
    mb_process *listener = new_doll(f), *p = new_doll(f);
    assert_int_equal(mb_register(f->rt, mb_atom("ear"), mb_self(listener)), MB_NAME_OK);
    mb_registry *r = start(f, "{ keys = \"unique\", name = \"R\", listeners = { \"ear\", \"none\" } }");
    unsigned long long number = mb_number(mb_self(p));
    assert_int_equal(add(r, p, "a", 1), MB_REGISTRY_UNHEARD);
    assert_string_equal(values(r, "a", NULL), "1 ");
    assert_int_equal(mb_registry_unregister(r, p, mb_atom("a")), MB_REGISTRY_UNHEARD);
    assert_string_equal(values(r, "a", NULL), "");
    run(f);
    assert_mail(listener,
                "{ \"register\", \"R\", \"a\", #PID<0.%llu.0>, 1 };"
                "{ \"unregister\", \"R\", \"a\", #PID<0.%llu.0> };",
                number, number);
}

static void metadata_is_kept(void **state) {
    fixture *f = *state;
    mb_registry *r = start(f, "{ keys = \"unique\", name = \"R\", meta = { a = 1 } }");
    mb_term value;
    assert_true(mb_registry_meta(r, mb_atom("a"), &value));
    assert_prints(value, "1");
    assert_false(mb_registry_meta(r, mb_atom("b"), &value));
    assert_true(mb_registry_put_meta(r, mb_atom("a"), mb_integer(2)));
    assert_true(mb_registry_meta(r, mb_atom("a"), &value));
    assert_prints(value, "2");
    mb_registry_delete_meta(r, mb_atom("a"));
    assert_false(mb_registry_meta(r, mb_atom("a"), &value));
    assert_true(mb_registry_put_meta(r, mb_atom("c"), mb_integer(3)));
    assert_true(mb_registry_meta(r, mb_atom("c"), &value));
}

/* Whatever allocation fails, nothing is lost, and the registry stays as it was. */
static void without_memory_nothing_changes(void **state) {
    (void)state;
    for (size_t allowance = 0; allowance < 40; allowance++) {
        fixture f;
        assert_true(fixture_begin(&f, SIZE_MAX));
        mb_registry *r = start(&f, DUPLICATE);
        mb_process *p = new_doll(&f);
        f.allowance = allowance;
        int kept = 0;
        for (int i = 0; i < 20; i++)
            kept += add(r, p, "a", i) == MB_REGISTRY_OK;
        f.allowance = SIZE_MAX;
        int found = 0;
        const mb_registry_filter all = {0};
        for (const mb_registration *e = NULL; (e = mb_registry_next(r, &all, e));)
            found++;
        assert_int_equal(found, kept);
        fixture_end(&f);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_unique_key_has_one_owner), TEST(duplicate_keys_keep_their_order),
        TEST(the_dead_are_not_found),     TEST(owners_go_with_the_registry),
        TEST(listeners_are_told),         TEST(metadata_is_kept),
        cmocka_unit_test(without_memory_nothing_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
