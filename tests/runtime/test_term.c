#include <math.h>

#include "support.h"
#include "term.h"

/* ---- Strings and scalars ---------------------------------------------------------------------*/

static void strings_of_every_length_keep_their_bytes(void **state) {
    fixture *f = *state;
    char bytes[400];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 31);
    for (size_t size = 0; size < sizeof bytes; size++) {
        mb_term string;
        size_t got;
        assert_true(mb_string_new(f->rt, bytes, size, &string));
        assert_int_equal(mb_is_boxed(string), size > MB_INLINE_STRING);
        const char *text = mb_bytes(&string, &got);
        assert_int_equal(got, size);
        assert_memory_equal(text, bytes, size);
        if (size > MB_INLINE_STRING)
            assert_int_equal(text[size], '\0');
        mb_release(f->rt, string);
    }
}

static void count_string_release(mb_runtime *rt, uint64_t handle) {
    (void)rt;
    ++*(int *)(uintptr_t)handle;
}

static void a_kept_string_is_equal_to_a_copy_and_released_once(void **state) {
    fixture *f = *state;
    static const char bytes[] = "the bytes of this string stay with the host";
    int released = 0;
    mb_term kept, copy, tuple;
    assert_true(mb_string_keep(f->rt, bytes, sizeof bytes - 1, (uintptr_t)&released,
                               count_string_release,
                               &kept));
    assert_true(mb_string_new(f->rt, bytes, sizeof bytes - 1, &copy));
    size_t size;
    assert_ptr_equal(mb_bytes(&kept, &size), bytes);
    assert_int_equal(size, sizeof bytes - 1);
    assert_true(mb_is_boxed(kept));
    assert_true(mb_is(kept, bytes));
    assert_true(mb_equal(kept, copy));
    assert_int_equal(mb_compare(kept, copy), 0);
    assert_int_equal(mb_hash(kept), mb_hash(copy));
    assert_true(mb_term_size(kept) >= sizeof bytes);

    assert_true(mb_tuple(f->rt, &tuple, 2, (mb_term[]){kept, kept}));
    mb_release(f->rt, kept);
    mb_release(f->rt, copy);
    mb_builder *builder = mb_build(f->rt);
    size_t cells = mb_build_table(builder, MB_BUILD_ROOT, mb_nil(), 1, 0);
    mb_build_term(builder, cells, mb_element(tuple, 1));
    mb_term built;
    assert_true(mb_build_finish(builder, &built));
    mb_release(f->rt, tuple);
    assert_int_equal(released, 0);
    mb_release(f->rt, built);
    assert_int_equal(released, 1);
}

static void an_atom_is_the_string(void **state) {
    fixture *f = *state;
    mb_term string;
    assert_true(mb_string_new(f->rt, "fourteen bytes", 14, &string));
    assert_true(mb_equal(mb_atom("fourteen bytes"), string));
    assert_true(mb_is(string, "fourteen bytes"));
    assert_false(mb_is(string, "fourteen byte"));
    assert_int_equal(mb_hash(string), mb_hash(mb_atom("fourteen bytes")));
    assert_false(mb_is(mb_integer(1), ""));
    assert_int_equal(mb_term_size(string), 0);
}

static void fields_are_found_by_their_key(void **state) {
    fixture *f = *state;
    mb_term t = term(f, "{ 7, \"a long string in here\", key = 1, a_key_that_is_long = \"two\" }");
    assert_int_equal(mb_get(t, "key").integer, 1);
    assert_true(mb_is(mb_get(t, "a_key_that_is_long"), "two"));
    assert_int_equal(mb_get(t, "none").type, MB_NIL);
    assert_int_equal(mb_get(mb_integer(1), "key").type, MB_NIL);
    assert_int_equal(mb_element(t, 0).integer, 7);
    assert_int_equal(mb_element(t, 2).type, MB_NIL);
    assert_int_equal(mb_array_size(t), 2);
    assert_false(mb_is_tuple(t, 2));
    mb_release(f->rt, t);
}

/* ---- Blocks ----------------------------------------------------------------------------------*/

static void a_part_keeps_its_block_alive(void **state) {
    fixture *f = *state;
    size_t before = f->in_use;
    mb_term t = term(f, "{ { \"a string that needs a block\" }, key = { 1, 2 } }");
    mb_term part = mb_retain(mb_element(t, 0));
    mb_term deep = mb_retain(mb_element(part, 0));
    mb_release(f->rt, t);
    assert_prints(part, "{ \"a string that needs a block\" }");
    mb_release(f->rt, part);
    assert_true(mb_is(deep, "a string that needs a block"));
    mb_release(f->rt, deep);
    assert_int_equal(f->in_use, before);
}

/* { i, { i - 1, … } }, as deep as may be. */
static mb_term deepest(fixture *f) {
    mb_term chain = mb_nil();
    for (int i = 0; i < MB_DEPTH; i++) {
        mb_term longer, parts[] = {mb_integer(i), chain};
        assert_true(mb_tuple(f->rt, &longer, 2, parts));
        mb_release(f->rt, chain);
        chain = longer;
    }
    return chain;
}

static void assert_too_deep(fixture *f, mb_term term) {
    mb_build_abandon(mb_build(f->rt)); /* what it keeps is there from now on */
    size_t before = f->in_use;
    mb_term deeper, pair[] = {mb_atom("key"), term};
    assert_false(mb_tuple(f->rt, &deeper, 1, &term));
    assert_true(deeper.type == MB_NIL);
    assert_false(mb_map(f->rt, &deeper, 1, pair));
    mb_builder *b = mb_build(f->rt);
    mb_build_term(b, mb_build_table(b, MB_BUILD_ROOT, mb_nil(), 1, 0), term);
    assert_false(mb_build_finish(b, &deeper));
    assert_true(deeper.type == MB_NIL);
    assert_int_equal(f->in_use, before);
}

static void a_term_too_deep_is_not_made(void **state) {
    fixture *f = *state;
    size_t before = f->in_use;
    mb_term a = deepest(f), b = deepest(f);
    assert_true(mb_equal(a, b));
    assert_int_equal(mb_compare(a, b), 0);
    assert_int_equal(mb_hash(a), mb_hash(b));
    assert_too_deep(f, a);
    mb_release(f->rt, a);
    mb_release(f->rt, b);
    assert_true(f->in_use >= before);
}

/* A block made by the builder is as deep as the deepest of its tables, and what they refer to. */
static void the_builder_knows_how_deep_it_is(void **state) {
    fixture *f = *state;
    mb_builder *b = mb_build(f->rt);
    mb_term built;
    size_t at = MB_BUILD_ROOT;
    for (int i = 1; i < MB_DEPTH; i++) {
        at = mb_build_table(b, at, mb_nil(), 3, 0);
        mb_build_string(b, at, "a string that needs a block", 27);
        mb_build_table(b, at + sizeof(mb_term), mb_nil(), 0, 0);
        at += 2 * sizeof(mb_term);
    }
    assert_true(mb_build_finish(b, &built));
    assert_too_deep(f, built);
    mb_term part = mb_retain(mb_element(built, 1));
    mb_release(f->rt, built);
    mb_release(f->rt, part);
}

static void a_shared_part_is_released_once(void **state) {
    fixture *f = *state;
    size_t before = f->in_use;
    mb_term shared = term(f, "{ \"shared by all of them\" }"), parts[] = {shared, shared, shared};
    mb_term all, tagged;
    assert_true(mb_tuple(f->rt, &all, 3, parts));
    assert_true(mb_table_new(f->rt, &tagged, mb_element(shared, 0), 1, 1, parts));
    mb_release(f->rt, shared);
    mb_release(f->rt, all);
    assert_true(mb_is(tagged.table->tag, "shared by all of them"));
    mb_release(f->rt, tagged);
    assert_int_equal(f->in_use, before);
}

static int releases;
static void count_release(mb_runtime *rt, void *payload) {
    (void)rt;
    releases += *(int *)payload;
}
static bool same_number(const void *a, const void *b) { return *(const int *)a == *(const int *)b; }
static const mb_object_class COUNTED = {.name = "counted", .release = count_release};
static const mb_object_class NUMBERED = {.name = "numbered", .equal = same_number};

static mb_term object(fixture *f, const mb_object_class *class, int number) {
    mb_term o;
    assert_true(mb_object_new(f->rt, &o, class, sizeof number));
    assert_int_equal(*(int *)mb_payload(&o), 0);
    *(int *)mb_payload(&o) = number;
    return o;
}

static void an_object_is_told_when_its_last_reference_goes(void **state) {
    fixture *f = *state;
    mb_term o = object(f, &COUNTED, 1), t;
    releases = 0;
    assert_true(mb_tuple(f->rt, &t, 1, &o));
    mb_release(f->rt, o);
    assert_int_equal(releases, 0);
    mb_release(f->rt, t);
    assert_int_equal(releases, 1);
}

static void objects_are_equal_as_their_class_says(void **state) {
    fixture *f = *state;
    mb_term a = object(f, &NUMBERED, 1), b = object(f, &NUMBERED, 1), c = object(f, &NUMBERED, 2);
    mb_term d = object(f, &COUNTED, 0), e = object(f, &COUNTED, 0);
    assert_true(mb_equal(a, b));
    assert_int_equal(mb_hash(a), mb_hash(b));
    assert_false(mb_equal(a, c));
    assert_true(mb_equal(d, d));
    assert_false(mb_equal(d, e));
    assert_false(mb_equal(a, d));
    const mb_term all[] = {a, b, c, d, e};
    for (size_t i = 0; i < 5; i++)
        mb_release(f->rt, all[i]);
}

/* ---- The builder -----------------------------------------------------------------------------*/

#define CELL(first, i) ((first) + (i) * sizeof(mb_term))

/* { "short", "a string that needs room", { 1, external }, deep = { a_key_that_is_long = {} } } */
static void build_everything(mb_builder *b, mb_term external) {
    size_t root = mb_build_table(b, MB_BUILD_ROOT, mb_nil(), 3, 1);
    mb_build_string(b, CELL(root, 0), "short", 5);
    mb_build_string(b, CELL(root, 1), "a string that needs room", 24);
    size_t inner = mb_build_table(b, CELL(root, 2), mb_atom("Tag"), 2, 0);
    mb_build_term(b, CELL(inner, 0), mb_integer(1));
    mb_build_term(b, CELL(inner, 1), external);
    mb_build_string(b, CELL(root, 3), "deep", 4);
    size_t deep = mb_build_table(b, CELL(root, 4), mb_nil(), 0, 1);
    mb_build_string(b, CELL(deep, 0), "a_key_that_is_long", 18);
    mb_build_table(b, CELL(deep, 1), mb_nil(), 0, 0);
}

static void the_builder_makes_one_block(void **state) {
    fixture *f = *state;
    size_t before = 0;
    for (int round = 0; round < 3; round++) {
        mb_term t, external = term(f, "{ \"from somewhere else\" }");
        mb_builder *b = mb_build(f->rt);
        build_everything(b, external);
        assert_true(mb_build_finish(b, &t));
        mb_release(f->rt, external);
        assert_prints(mb_element(t, 0), "\"short\"");
        assert_prints(mb_element(t, 1), "\"a string that needs room\"");
        assert_true(mb_is(mb_element(t, 2).table->tag, "Tag"));
        assert_prints(mb_element(mb_element(t, 2), 1), "{ \"from somewhere else\" }");
        assert_prints(mb_get(t, "deep"), "{ a_key_that_is_long = {} }");
        mb_term part = mb_retain(mb_get(mb_get(t, "deep"), "a_key_that_is_long"));
        mb_release(f->rt, t);
        assert_prints(part, "{}");
        mb_release(f->rt, part);
        assert_true(round == 0 || f->in_use == before); /* the builder keeps its buffer */
        before = f->in_use;
    }
}

static void the_builder_can_make_any_root(void **state) {
    fixture *f = *state;
    mb_term t, external = term(f, "{ 1 }");
    mb_builder *b = mb_build(f->rt);
    assert_true(mb_build_finish(b, &t));
    assert_int_equal(t.type, MB_NIL);
    b = mb_build(f->rt);
    mb_build_string(b, MB_BUILD_ROOT, "a string alone in its block", 27);
    assert_true(mb_build_finish(b, &t));
    assert_true(mb_is(t, "a string alone in its block"));
    mb_release(f->rt, t);
    b = mb_build(f->rt);
    mb_build_term(b, MB_BUILD_ROOT, external);
    assert_true(mb_build_finish(b, &t));
    assert_ptr_equal(t.table, external.table);
    mb_release(f->rt, t);
    mb_release(f->rt, external);
}

static void the_builder_grows(void **state) {
    enum { COUNT = 20000 };
    fixture *f = *state;
    mb_term t;
    char text[64];
    mb_builder *b = mb_build(f->rt);
    size_t root = mb_build_table(b, MB_BUILD_ROOT, mb_nil(), COUNT, 0);
    for (size_t i = 0; i < COUNT; i++) {
        size_t cell = mb_build_table(b, CELL(root, i), mb_nil(), 1, 0);
        snprintf(text, sizeof text, "the string with the number %zu", i);
        mb_build_string(b, cell, text, strlen(text));
    }
    assert_true(mb_build_finish(b, &t));
    for (size_t i = 0; i < COUNT; i++) {
        snprintf(text, sizeof text, "the string with the number %zu", i);
        assert_true(mb_is(mb_element(mb_element(t, i), 0), text));
    }
    mb_release(f->rt, t);
}

static void giving_up_releases_what_was_added(void **state) {
    fixture *f = *state;
    mb_term external = term(f, "{ \"from somewhere else\" }");
    mb_builder *b = mb_build(f->rt);
    build_everything(b, external);
    mb_build_abandon(b);
    size_t before = f->in_use;
    b = mb_build(f->rt);
    build_everything(b, external);
    mb_build_abandon(b);
    assert_int_equal(f->in_use, before);
    mb_release(f->rt, external);
}

static void a_builder_out_of_memory_fails_at_the_end(void **state) {
    (void)state;
    for (size_t allowance = 0, done = 0; !done; allowance++) {
        fixture f;
        mb_term t;
        assert_true(fixture_begin(&f, SIZE_MAX));
        mb_term external = term(&f, "{ \"from somewhere else\" }");
        f.allowance = allowance;
        mb_builder *b = mb_build(f.rt);
        build_everything(b, external);
        done = mb_build_finish(b, &t);
        mb_release(f.rt, t);
        mb_release(f.rt, external);
        assert_int_equal(done, f.refused == 0);
        fixture_end(&f);
    }
}

/* ---- Equality, order, hash -------------------------------------------------------------------*/

static void equality_goes_by_value(void **state) {
    static const char *const equal[][2] = {
        {"1", "1"},
        {"{ 1, { 2 } }", "{ 1, { 2 } }"},
        {"{ a = 1, b = { c = 2 } }", "{ b = { c = 2 }, a = 1 }"},
        {"\"a string that is long\"", "\"a string that is long\""},
        {"{ \"x\", a = 1, b = 2, c = 3 }", "{ \"x\", c = 3, a = 1, b = 2 }"},
    };
    static const char *const different[][2] = {
        {"1", "2"},
        {"1", "\"1\""},
        {"nil", "false"},
        {"{}", "{ 1 }"},
        {"{ 1 }", "{ a = 1 }"},
        {"{ a = 1, b = 2 }", "{ a = 2, b = 1 }"},
        {"{ a = 1 }", "{ b = 1 }"},
        {"{ 1, 2 }", "{ 2, 1 }"},
        {"\"a string that is long\"", "\"a string that is Long\""},
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof equal / sizeof *equal; i++) {
        mb_term a = term(f, equal[i][0]), b = term(f, equal[i][1]);
        assert_true(mb_equal(a, b));
        assert_true(mb_equal(b, a));
        assert_int_equal(mb_compare(a, b), 0);
        assert_int_equal(mb_hash(a), mb_hash(b));
        mb_release(f->rt, a);
        mb_release(f->rt, b);
    }
    for (size_t i = 0; i < sizeof different / sizeof *different; i++) {
        mb_term a = term(f, different[i][0]), b = term(f, different[i][1]);
        assert_false(mb_equal(a, b));
        assert_false(mb_equal(b, a));
        assert_int_not_equal(mb_compare(a, b), 0);
        mb_release(f->rt, a);
        mb_release(f->rt, b);
    }
}

static void numbers_are_equal_by_value(void **state) {
    static const struct {
        int64_t integer;
        double real;
        int order;
    } pairs[] = {
        {1, 1.0, 0},
        {0, -0.0, 0},
        {1, 1.5, -1},
        {-1, -1.5, 1},
        {2, 1.5, 1},
        {INT64_MAX, 9223372036854775808.0, -1},
        {INT64_MIN, -9223372036854775808.0, 0},
        {9100000000000000000, 9.1e18, 0},
        {-9100000000000000000, -9.1e18, 0},
        {9007199254740993, 9007199254740992.0, 1},
        {INT64_MAX, INFINITY, -1},
        {INT64_MIN, -INFINITY, 1},
        {INT64_MAX, NAN, -1},
        {INT64_MIN, NAN, -1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        mb_term integer = mb_integer(pairs[i].integer), real = mb_float(pairs[i].real);
        assert_int_equal(mb_compare(integer, real), pairs[i].order);
        assert_int_equal(mb_compare(real, integer), -pairs[i].order);
        assert_int_equal(mb_equal(integer, real), pairs[i].order == 0);
        if (pairs[i].order == 0)
            assert_int_equal(mb_hash(integer), mb_hash(real));
    }
    assert_false(mb_equal(mb_float(NAN), mb_float(NAN))); /* as in Lua; but it has a place */
    assert_int_equal(mb_compare(mb_float(NAN), mb_float(NAN)), 0);
    assert_int_equal(mb_compare(mb_float(NAN), mb_float(INFINITY)), 1);
}

/* As Erlang orders them: maps by size, then by their keys in order, then by the values. */
static void terms_have_an_order(void **state) {
    static const char *const ascending[] = {
        "nil",
        "false",
        "true",
        "-1",
        "2",
        "\"\"",
        "\"a\"",
        "\"a string that is long\"",
        "\"b\"",
        "{}",
        "{ a = 1, b = 1 }",
        "{ b = 2, a = 1 }",
        "{ a = 2, b = 1 }",
        "{ c = 0, a = 9 }",
        "{ b = 1, c = 0 }",
        "{ 1 }",
        "{ 2 }",
        "{ 2, a = 1 }",
        "{ 1, 1 }",
        "{ 1, { 1 } }",
    };
    enum { COUNT = sizeof ascending / sizeof *ascending };
    fixture *f = *state;
    mb_term terms[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        terms[i] = term(f, ascending[i]);
    for (size_t i = 0; i < COUNT; i++)
        for (size_t j = 0; j < COUNT; j++) {
            int order = mb_compare(terms[i], terms[j]);
            assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
        }
    for (size_t i = 0; i < COUNT; i++)
        mb_release(f->rt, terms[i]);
}

/* Few values, so that many are equal. */
static mb_term random_term(fixture *f, uint64_t *random, int depth) {
    static const double reals[] = {0, -0.0, 1, 1.5, 9.1e18, INFINITY};
    static const char *const strings[] = {"", "a", "b", "a string that is long"};
    static const char *const keys[] = {"a", "b", "c", "d"};
    parser in = {.rt = f->rt};
    size_t which = dice(random) % 4;
    mb_term result, cells[7], tag = dice(random) % 4 ? mb_nil() : mb_atom("T");
    switch (dice(random) % (depth > 0 ? 9 : 6)) {
    case 0:
        return mb_integer((int64_t)(dice(random) % 3) - 1);
    case 1:
        return mb_float(reals[dice(random) % 6]);
    case 2:
        return dice(random) % 2 ? mb_nil() : mb_boolean(dice(random) % 2);
    case 3:
        return mb_pid_term(MB_KIND_PID | dice(random) % 2);
    case 4:
        return mb_ref_term(MB_KIND_REF | dice(random) % 2);
    case 5:
        return text_term(&in, strings[which], strlen(strings[which]));
    default:
        break;
    }
    size_t elements = dice(random) % 2, pairs = dice(random) % 4, from = dice(random) % 4;
    for (size_t i = 0; i < elements; i++)
        cells[i] = random_term(f, random, depth - 1);
    size_t step = dice(random) % 2 ? 1 : 3; /* the same keys, forwards or backwards */
    for (size_t i = 0; i < pairs; i++) {
        cells[elements + 2 * i] = mb_atom(keys[(from + i * step) % 4]);
        cells[elements + 2 * i + 1] = random_term(f, random, depth - 1);
    }
    assert_true(mb_table_new(f->rt, &result, tag, elements, pairs, cells));
    for (size_t i = 0; i < elements + 2 * pairs; i++)
        mb_release(f->rt, cells[i]);
    return result;
}

static void the_order_is_total(void **state) {
    enum { COUNT = 150 };
    fixture *f = *state;
    static mb_term terms[COUNT];
    static int order[COUNT][COUNT];
    uint64_t random = 77;
    for (int round = 0; round < 5; round++) {
        for (size_t i = 0; i < COUNT; i++)
            terms[i] = random_term(f, &random, 2);
        for (size_t i = 0; i < COUNT; i++)
            for (size_t j = 0; j < COUNT; j++) {
                int o = mb_compare(terms[i], terms[j]);
                order[i][j] = (o > 0) - (o < 0);
                assert_int_equal(order[i][j] == 0, mb_equal(terms[i], terms[j]));
                if (order[i][j] == 0)
                    assert_int_equal(mb_hash(terms[i]), mb_hash(terms[j]));
            }
        for (size_t i = 0; i < COUNT; i++)
            for (size_t j = 0; j < COUNT; j++) {
                assert_int_equal(order[i][j], -order[j][i]);
                for (size_t k = 0; k < COUNT; k++)
                    if (order[i][j] <= 0 && order[j][k] <= 0)
                        assert_true(order[i][k] <= 0);
            }
        for (size_t i = 0; i < COUNT; i++)
            mb_release(f->rt, terms[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(strings_of_every_length_keep_their_bytes),
        TEST(a_kept_string_is_equal_to_a_copy_and_released_once),
        TEST(an_atom_is_the_string),
        TEST(fields_are_found_by_their_key),
        TEST(a_part_keeps_its_block_alive),
        TEST(a_term_too_deep_is_not_made),
        TEST(the_builder_knows_how_deep_it_is),
        TEST(a_shared_part_is_released_once),
        TEST(an_object_is_told_when_its_last_reference_goes),
        TEST(objects_are_equal_as_their_class_says),
        TEST(the_builder_makes_one_block),
        TEST(the_builder_can_make_any_root),
        TEST(the_builder_grows),
        TEST(giving_up_releases_what_was_added),
        cmocka_unit_test(a_builder_out_of_memory_fails_at_the_end),
        TEST(equality_goes_by_value),
        TEST(numbers_are_equal_by_value),
        TEST(terms_have_an_order),
        TEST(the_order_is_total),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
