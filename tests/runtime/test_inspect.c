/* The printed form of terms. */
#include "fixture.h"

#include <math.h>

typedef struct sink {
    char text[200000];
    size_t size;
} sink;

static void collect(void *context, const char *bytes, size_t size) {
    sink *s = context;
    memcpy(s->text + s->size, bytes, size);
    s->size += size;
    s->text[s->size] = '\0';
}

/* Releases value. */
static void check(fixture *f, mb_term value, mb_inspect_options options, const char *expected) {
    static sink s;
    s.size = 0;
    s.text[0] = '\0';
    mb_inspect(value, &options, collect, &s);
    assert_string_equal(s.text, expected);
    mb_release(f->rt, value);
}

static void check_plain(fixture *f, mb_term value, const char *expected) {
    check(f, value, (mb_inspect_options){0}, expected);
}

static void scalars_print_as_in_lua(void **state) {
    fixture *f = *state;
    check_plain(f, mb_nil(), "nil");
    check_plain(f, mb_boolean(true), "true");
    check_plain(f, mb_integer(-7), "-7");
    check_plain(f, mb_float(1), "1.0");
    check_plain(f, mb_float(0.1), "0.1");
    check_plain(f, mb_float(1e100), "1e+100");
    check_plain(f, mb_float(-INFINITY), "-inf");
    check_plain(f, mb_float(NAN), "nan");
    check_plain(f, mb_pid_term(MB_KIND_PID | 84), "#PID<0.84.0>");
    check_plain(f, mb_ref_term(MB_KIND_REF | 7), "#Reference<0.0.0.7>");
    check_plain(f, mb_any(), "_");
}

static mb_term string(fixture *f, const char *bytes, size_t size) {
    mb_term value;
    assert_true(mb_string_new(f->rt, bytes, size, &value));
    return value;
}

#define STRING(f, text) string(f, text, sizeof(text) - 1)

static void strings_are_quoted_and_escaped(void **state) {
    fixture *f = *state;
    check_plain(f, STRING(f, "get"), "\"get\"");
    check_plain(f, STRING(f, "a\n\"b\"\\\t\0\x1b"), "\"a\\n\\\"b\\\"\\\\\\t\\x00\\x1B\"");
    check_plain(f, STRING(f, "grün \xe2\x82\xac"), "\"grün \xe2\x82\xac\"");
    check_plain(f, STRING(f, "\xff\xc0\x80"), "\"\\xFF\\xC0\\x80\"");
}

static void tables_show_their_array_and_then_sorted_keys(void **state) {
    fixture *f = *state;
    check_plain(f, term(f, "{}"), "{}");
    check_plain(f, term(f, "{ \"get\", 1 }"), "{ \"get\", 1 }");
    check_plain(f, term(f, "{ b = { 2 }, a = 1 }"), "{ a = 1, b = { 2 } }");
    check_plain(f, term(f, "{ 1, nil, 2, z = 1, y = {} }"), "{ 1, nil, 2, y = {}, z = 1 }");
}

static void keys_that_are_no_names_stand_in_brackets(void **state) {
    fixture *f = *state;
    mb_term pairs[] = {STRING(f, "my key"), mb_integer(1), mb_atom("end"), mb_integer(2),
                       mb_boolean(true), mb_integer(3), mb_integer(10), mb_integer(4),
                       mb_float(2.5), mb_integer(5), mb_pid_term(MB_KIND_PID | 1), mb_integer(6),
                       mb_atom("_x9"), mb_integer(7), mb_atom(""), mb_integer(8)};
    mb_term map;
    assert_true(mb_map(f->rt, &map, 8, pairs));
    check_plain(f, map, "{ [2.5] = 5, [10] = 4, [\"\"] = 8, _x9 = 7, [\"end\"] = 2, "
                        "[\"my key\"] = 1, [true] = 3, [#PID<0.1.0>] = 6 }");
}

static void structs_begin_with_their_name(void **state) {
    fixture *f = *state;
    mb_term value, cells[] = {mb_atom("name"), mb_atom("x")};
    assert_true(mb_table_new(f->rt, &value, mb_atom("User"), 0, 1, cells));
    check_plain(f, value, "User{ name = \"x\" }");
    assert_true(mb_table_new(f->rt, &value, mb_atom("User"), 0, 0, NULL));
    check_plain(f, value, "User{}");
}

static void print_thing(const void *payload, char *text, size_t size) {
    snprintf(text, size, "#Function<%s>", (const char *)payload);
}

static void objects_print_by_their_class(void **state) {
    static const mb_object_class with = {.name = "Function", .print = print_thing};
    static const mb_object_class without = {.name = "Thing"};
    fixture *f = *state;
    mb_term value;
    assert_true(mb_object_new(f->rt, &value, &with, 8));
    strcpy(mb_payload(&value), "f at x");
    check_plain(f, value, "#Function<f at x>");
    assert_true(mb_object_new(f->rt, &value, &without, 8));
    check_plain(f, value, "#Thing<>");
}

static void what_does_not_fit_is_wrapped(void **state) {
    fixture *f = *state;
    const char *text = "{ 1, a = { 2, 3 }, b = {} }";
    check(f, term(f, text), (mb_inspect_options){.width = 27}, text);
    check(f, term(f, text), (mb_inspect_options){.width = 26},
          "{\n  1,\n  a = { 2, 3 },\n  b = {}\n}");
    check(f, term(f, text), (mb_inspect_options){.width = 14},
          "{\n  1,\n  a = {\n    2,\n    3\n  },\n  b = {}\n}");
}

static void a_string_longer_than_the_width_is_printed_whole(void **state) {
    fixture *f = *state;
    check(f, term(f, "\"abcdefgh\""), (mb_inspect_options){.width = 5}, "\"abcdefgh\"");
    check(f, term(f, "{ \"abcdefgh\", \"ij\" }"), (mb_inspect_options){.width = 5},
          "{\n  \"abcdefgh\",\n  \"ij\"\n}");
}

static void a_comma_behind_counts_for_the_width(void **state) {
    fixture *f = *state;
    check(f, term(f, "{ { 1, 2 }, 333333333 }"), (mb_inspect_options){.width = 10},
          "{\n  {\n    1,\n    2\n  },\n  333333333\n}");
    check(f, term(f, "{ { 1, 2 }, 333333333 }"), (mb_inspect_options){.width = 11},
          "{\n  { 1, 2 },\n  333333333\n}");
}

static void limit_and_depth_cut(void **state) {
    fixture *f = *state;
    check(f, term(f, "{ 1, 2, 3 }"), (mb_inspect_options){.limit = 2}, "{ 1, 2, ... }");
    check(f, term(f, "{ 1, 2 }"), (mb_inspect_options){.limit = 2}, "{ 1, 2 }");
    check(f, term(f, "{ 1, c = 3, b = 2 }"), (mb_inspect_options){.limit = 2},
          "{ 1, b = 2, ... }");
    check(f, term(f, "{ { 1, { 2 } }, {} }"), (mb_inspect_options){.depth = 2},
          "{ { 1, {...} }, {} }");
}

static void colours_do_not_count_for_the_width(void **state) {
    fixture *f = *state;
    check(f, term(f, "{ a = 1, \"x\" }"), (mb_inspect_options){.width = 14, .colour = true},
          "{ \x1b[32m\"x\"\x1b[0m, \x1b[36ma\x1b[0m = \x1b[33m1\x1b[0m }");
}

/* Many pairs out of order: more than one pass of the selection. */
static void large_maps_are_sorted_without_memory(void **state) {
    enum { COUNT = 3000 };
    static mb_term pairs[2 * COUNT];
    static sink s;
    fixture *f = *state;
    mb_term map;
    for (int64_t i = 0; i < COUNT; i++) {
        pairs[2 * i] = mb_integer((i * 1237) % COUNT + 1000);
        pairs[2 * i + 1] = mb_boolean(true);
    }
    assert_true(mb_map(f->rt, &map, COUNT, pairs));
    f->allowance = 0;
    s.size = 0;
    mb_inspect(map, NULL, collect, &s);
    f->allowance = SIZE_MAX;
    assert_int_equal(f->refused, 0);
    const char *at = s.text;
    for (int i = 0; i < COUNT; i++) {
        char expected[32];
        snprintf(expected, sizeof expected, "[%d] = true", i + 1000);
        at = strstr(at, expected);
        assert_non_null(at);
    }
    mb_release(f->rt, map);
}

static void deep_tables_do_not_exhaust_the_stack(void **state) {
    fixture *f = *state;
    static sink s;
    mb_term value = mb_integer(0);
    for (int i = 0; i < MB_DEPTH; i++) {
        mb_term outer;
        assert_true(mb_tuple(f->rt, &outer, 1, &value));
        mb_release(f->rt, value);
        value = outer;
    }
    s.size = 0;
    mb_inspect(value, &(mb_inspect_options){.width = 80}, collect, &s);
    assert_non_null(strstr(s.text, "{...}"));
    mb_release(f->rt, value);
}

static void text_is_cut_but_its_length_is_told(void **state) {
    fixture *f = *state;
    char text[8];
    mb_term value = term(f, "{ 1, 2, 3 }");
    assert_int_equal(mb_inspect_text(value, text, sizeof text), 11);
    assert_string_equal(text, "{ 1, 2,");
    assert_int_equal(mb_inspect_text(value, NULL, 0), 11);
    mb_release(f->rt, value);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(scalars_print_as_in_lua),
        TEST(strings_are_quoted_and_escaped),
        TEST(tables_show_their_array_and_then_sorted_keys),
        TEST(keys_that_are_no_names_stand_in_brackets),
        TEST(structs_begin_with_their_name),
        TEST(objects_print_by_their_class),
        TEST(what_does_not_fit_is_wrapped),
        TEST(a_string_longer_than_the_width_is_printed_whole),
        TEST(a_comma_behind_counts_for_the_width),
        TEST(limit_and_depth_cut),
        TEST(colours_do_not_count_for_the_width),
        TEST(large_maps_are_sorted_without_memory),
        TEST(deep_tables_do_not_exhaust_the_stack),
        TEST(text_is_cut_but_its_length_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
