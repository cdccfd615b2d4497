#include "support.h"

/* What the clause makes of the value; "no" when it does not fit, "bad" when it is none. */
static void assert_match(fixture *f, const char *pattern, const char *guards, const char *result,
                         const char *value, const char *expected) {
    mb_term parts[] = {term(f, pattern), term(f, guards), term(f, result), term(f, value)}, out;
    mb_match_spec *spec;
    mb_match_result compiled = mb_match_compile_clause(f->rt, parts[0], parts[1], parts[2], &spec);
    assert_int_not_equal(compiled, MB_MATCH_NO_MEMORY);
    if (compiled == MB_MATCH_NO) {
        assert_null(spec);
        assert_string_equal("bad", expected);
    } else if (mb_match_apply(spec, parts[3], &out) == MB_MATCH_YES) {
        assert_prints(out, expected);
        mb_release(f->rt, out);
    } else {
        assert_string_equal("no", expected);
    }
    mb_match_free(spec);
    for (int i = 0; i < 4; i++)
        mb_release(f->rt, parts[i]);
}

#define assert_matches(pattern, value, expected)                                                  \
    assert_match(*state, pattern, "{}", "\"$_\"", value, expected)
#define assert_guard(guard, value, expected)                                                      \
    assert_match(*state, "\"$1\"", "{ " guard " }", "\"$1\"", value, expected)
#define assert_result(result, value, expected)                                                    \
    assert_match(*state, "{ \"$1\", \"$2\" }", "{}", result, value, expected)

static void a_pattern_matches_by_value(void **state) {
    assert_matches("1", "1", "1");
    assert_matches("1", "2", "no");
    assert_matches("\"_\"", "{ 1 }", "{ 1 }");
    assert_matches("{ 1, \"_\" }", "{ 1, 2 }", "{ 1, 2 }");
    assert_matches("{ 1, \"_\" }", "{ 1 }", "no");
    assert_matches("{ \"$1\", \"$1\" }", "{ 1, 2 }", "no");
    assert_matches("{ \"$1\", \"$1\" }", "{ 3, 3 }", "{ 3, 3 }");
    assert_matches("{ a = \"_\" }", "{ a = 1, b = 2 }", "{ a = 1, b = 2 }");
    assert_matches("{ c = \"_\" }", "{ a = 1, b = 2 }", "no");
    assert_matches("{ a = 1 }", "{ a = 1, b = 2 }", "{ a = 1, b = 2 }");
    assert_matches("{ a = 2 }", "{ a = 1, b = 2 }", "no");
    assert_matches("{ a = { b = 1 } }", "{ a = { b = 1, c = 2 } }", "{ a = { b = 1, c = 2 } }");
    assert_matches("{}", "{}", "{}");
    assert_matches("{}", "{ 1 }", "no");
    assert_matches("{ 1 }", "{ 1, a = 2 }", "no");
}

static void guards_have_to_be_true(void **state) {
    assert_guard("{ \">\", \"$1\", 1 }", "2", "2");
    assert_guard("{ \">\", \"$1\", 1 }", "1", "no");
    assert_guard("{ \"is_integer\", \"$1\" }", "\"a\"", "no");
    assert_guard("{ \"==\", { \"rem\", \"$1\", 0 }, 1 }", "4", "no");
    assert_guard("{ \"or\", { \"==\", \"$1\", 4 }, { \"==\", \"$1\", 5 } }", "5", "5");
    assert_guard("{ \"==\", { \"element\", 2, \"$1\" }, \"b\" }", "{ \"a\", \"b\" }",
                 "{ \"a\", \"b\" }");
    assert_guard("{ \"not\", { \"is_map_key\", \"a\", \"$1\" } }", "{ a = 1 }", "no");
}

static void results_are_made_of_variables(void **state) {
    assert_result("\"$2\"", "{ 1, \"x\" }", "\"x\"");
    assert_result("\"$$\"", "{ 1, \"x\" }", "{ 1, \"x\" }");
    assert_result("{ { \"$2\", \"$1\" } }", "{ 1, \"x\" }", "{ \"x\", 1 }");
    assert_result("{ \"const\", { \"$1\" } }", "{ 1, \"x\" }", "{ \"$1\" }");
    assert_result("{ \"+\", \"$1\", { \"*\", \"$2\", 10 } }", "{ 1, 2 }", "21");
    assert_result("{ \"/\", \"$1\", \"$2\" }", "{ 1, 2 }", "0.5");
    assert_result("{ \"div\", \"$1\", \"$2\" }", "{ 7, 0 }", "\"EXIT\"");
    assert_result("{ \"abs\", \"$1\" }", "{ 7, 0 }", "7");
    assert_result("{ \"tl\", \"$_\" }", "{ 7, 8 }", "{ 8 }");
    assert_result("{ \"$2\", 5 }", "{ 1, \"x\" }", "{ \"x\", 5 }");
    assert_result("{ a = \"$1\", b = { c = \"$2\" } }", "{ 1, \"x\" }", "{ a = 1, b = { c = \"x\" } }");
    assert_result("\"$3\"", "{ 1, 2 }", "bad");
    assert_result("{ \"wrong\", \"$1\" }", "{ 1, 2 }", "bad");
}

/* As the table in ms_transform's documentation, and what OTP 25 says of each. */
static void operators_compute(void **state) {
    static const struct {
        const char *call, *value;
    } calls[] = {
        {"{ \"+\", 5 }", "5"},
        {"{ \"-\", 5 }", "-5"},
        {"{ \"abs\", -7 }", "7"},
        {"{ \"rem\", -7, 2 }", "-1"},
        {"{ \"div\", -7, 2 }", "-3"},
        {"{ \"/\", 4, 2 }", "2.0"},
        {"{ \"/\", 4, 0 }", "\"EXIT\""},
        {"{ \"and\", true, 1 }", "\"EXIT\""},
        {"{ \"and\", false, 1 }", "\"EXIT\""},
        {"{ \"and\", true, true, false }", "false"},
        {"{ \"and\", true }", "true"},
        {"{ \"or\", true, 1 }", "\"EXIT\""},
        {"{ \"andalso\", true, 1 }", "1"},
        {"{ \"andalso\", true, 1, 2 }", "\"EXIT\""},
        {"{ \"andalso\", false, 1 }", "false"},
        {"{ \"andalso\", 1, true }", "\"EXIT\""},
        {"{ \"orelse\", false, 1 }", "1"},
        {"{ \"orelse\", 1, true }", "\"EXIT\""},
        {"{ \"xor\", true, true }", "false"},
        {"{ \"not\", 1 }", "\"EXIT\""},
        {"{ \"hd\", { \"const\", { 1, 2 } } }", "1"},
        {"{ \"tl\", { \"const\", {} } }", "\"EXIT\""},
        {"{ \"length\", { \"const\", { 1, 2 } } }", "2"},
        {"{ \"size\", \"abc\" }", "3"},
        {"{ \"byte_size\", \"abc\" }", "3"},
        {"{ \"bit_size\", \"abc\" }", "24"},
        {"{ \"binary_part\", \"abc\", 1, 1 }", "\"b\""},
        {"{ \"binary_part\", \"abc\", 1, 3 }", "\"EXIT\""},
        {"{ \"map_size\", { a = 1 } }", "1"},
        {"{ \"map_get\", \"a\", { a = 1 } }", "1"},
        {"{ \"map_get\", \"b\", { a = 1 } }", "\"EXIT\""},
        {"{ \"is_map_key\", \"b\", { a = 1 } }", "false"},
        {"{ \"element\", 2, { \"const\", { 1, 2, 3 } } }", "2"},
        {"{ \"element\", 4, { \"const\", { 1, 2, 3 } } }", "\"EXIT\""},
        {"{ \"float\", 1 }", "1.0"},
        {"{ \"float\", \"x\" }", "\"EXIT\""},
        {"{ \"node\" }", "\"nonode@nohost\""},
        {"{ \"node\", 1 }", "\"EXIT\""},
        {"{ \"bsl\", 1, 3 }", "8"},
        {"{ \"bsr\", -8, 1 }", "-4"},
        {"{ \"bnot\", 1 }", "-2"},
        {"{ \"band\", 6, 3 }", "2"},
        {"{ \"bor\", 6, 3 }", "7"},
        {"{ \"bxor\", 6, 3 }", "5"},
        {"{ \"<\", 1, \"a\" }", "true"},
        {"{ {} }", "{}"},
        {"{}", "{}"},
        {"\"_\"", "\"_\""},
        {"{ \"const\" }", "bad"},
        {"{ \"and\" }", "bad"},
        {"{ \"xor\", true, false, true }", "bad"},
        {"{ \"is_float\", 1, 2 }", "bad"},
    };
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        assert_match(*state, "\"_\"", "{}", calls[i].call, "1", calls[i].value);
}

/* The same with a float for $1. */
static void operators_compute_with_floats(void **state) {
    fixture *f = *state;
    static const struct {
        const char *call;
        double number;
        const char *value;
    } calls[] = {
        {"{ \"abs\", \"$1\" }", -0.5, "0.5"},
        {"{ \"div\", \"$1\", 2 }", 1.5, "\"EXIT\""},
        {"{ \"round\", \"$1\" }", 2.5, "3"},
        {"{ \"round\", \"$1\" }", -2.5, "-3"},
        {"{ \"trunc\", \"$1\" }", -2.5, "-2"},
        {"{ \"==\", 1, \"$1\" }", 1.0, "true"},
        {"{ \"=:=\", 1, \"$1\" }", 1.0, "false"},
        {"{ \"=/=\", 1, \"$1\" }", 1.0, "true"},
        {"{ \"/=\", 1, \"$1\" }", 1.0, "false"},
        {"{ \"ceil\", \"$1\" }", 1.5, "bad"},
    };
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        mb_match_spec *spec;
        mb_term body = term(f, calls[i].call), out;
        assert_int_equal(
            mb_match_compile_clause(f->rt, mb_atom("$1"), mb_nil(), body, &spec),
            strcmp(calls[i].value, "bad") == 0 ? MB_MATCH_NO : MB_MATCH_YES);
        if (spec) {
            assert_int_equal(mb_match_apply(spec, mb_float(calls[i].number), &out), MB_MATCH_YES);
            assert_prints(out, calls[i].value);
            mb_release(f->rt, out);
        }
        mb_match_free(spec);
        mb_release(f->rt, body);
    }
}

static mb_match_spec *compile(fixture *f, const char *text) {
    mb_match_spec *spec;
    mb_term specification = term(f, text);
    assert_int_equal(mb_match_compile(f->rt, specification, &spec), MB_MATCH_YES);
    mb_release(f->rt, specification);
    return spec;
}

static void one_specification_runs_many_times(void **state) {
    fixture *f = *state;
    mb_match_spec *spec = compile(f, "{ { { \"$1\", \"$1\" }, {}, { \"same\" } },"
                                     "  { { \"$9\", \"$2\" }, {}, { \"$$\" } } }");
    for (int64_t i = 0; i < 4; i++) {
        mb_term object = term(f, "{ %, 2 }", mb_integer(i)), out;
        assert_int_equal(mb_match_apply(spec, object, &out), MB_MATCH_YES);
        if (i == 2)
            assert_prints(out, "\"same\"");
        else
            assert_true(mb_element(out, 0).integer == 2 && mb_element(out, 1).integer == i);
        mb_release(f->rt, out);
        mb_release(f->rt, object);
    }
    mb_match_free(spec);
}

static void what_the_key_is_can_be_seen(void **state) {
    fixture *f = *state;
    static const struct {
        const char *text;
        bool fixed, keeps;
    } specs[] = {
        {"{ { { 7, \"_\" }, {}, { true } } }", true, false},
        {"{ { { 7, \"_\" }, {}, { \"$_\" } } }", true, true},
        {"{ { { 7, \"_\" }, {}, { { { 7, 1 } } } } }", true, true},
        {"{ { { 7, \"_\" }, {}, { { { 8, 1 } } } } }", true, false},
        {"{ { { 7, 8 }, {}, { true } } }", true, false},
        {"{ { { \"$1\", \"_\" }, {}, { { { \"$1\", 1 } } } } }", false, true},
        {"{ { { \"$1\", \"$2\" }, {}, { { { \"$2\", 1 } } } } }", false, false},
        {"{ { { \"_\", \"_\" }, {}, { { { { \"element\", 1, \"$_\" }, 1 } } } } }", false, true},
        {"{ { { \"_\", \"_\" }, {}, { { { { \"element\", 2, \"$_\" }, 1 } } } } }", false, false},
        {"{ { { 7 }, {}, { \"$_\" } }, { { 8 }, {}, { \"$_\" } } }", false, true},
        {"{ { \"_\", {}, { \"$_\" } } }", false, true},
    };
    for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
        mb_match_spec *spec = compile(f, specs[i].text);
        mb_term key;
        assert_int_equal(mb_match_fixed_element(spec, 1, &key), specs[i].fixed);
        assert_int_equal(mb_match_keeps_element(spec, 1), specs[i].keeps);
        if (specs[i].fixed)
            assert_true(key.integer == 7);
        mb_match_free(spec);
    }
}

static void specifications_are_checked(void **state) {
    fixture *f = *state;
    static const struct {
        const char *text;
        bool good;
    } clauses[] = {
        {"{ \"$1\", {}, { \"$1\" } }", true},
        {"{ \"$1\", {}, {} }", false},
        {"{ \"$1\", {} }", false},
        {"{ \"$1\", { { \"wrong\", 1 } }, { 1 } }", false},
        {"{ \"$1\", { { \">\", 1 } }, { 1 } }", false},
        {"{ \"$1\", {}, { { { { \"wrong\", 1 } } } } }", false},
        {"{ \"$1\", {}, { { \"const\", { \"wrong\", 1 } } } }", true},
        {"1", false},
    };
    for (size_t i = 0; i < sizeof clauses / sizeof *clauses; i++) {
        mb_term clause = term(f, clauses[i].text), specification;
        mb_match_spec *spec;
        assert_true(mb_tuple(f->rt, &specification, 1, &clause));
        assert_int_equal(mb_match_compile(f->rt, specification, &spec) == MB_MATCH_YES,
                         clauses[i].good);
        mb_match_free(spec);
        mb_release(f->rt, specification);
        mb_release(f->rt, clause);
    }
}

/* With memory for n allocations, n growing until everything succeeds: nothing leaks. */
static void memory_may_run_out(void **state) {
    (void)state;
    bool done = false;
    for (size_t allowance = 0; !done; allowance++) {
        fixture f;
        if (fixture_begin(&f, allowance)) {
            mb_term text = term(&f, "{ { { \"$1\", \"$2\" }, { { \">\", \"$2\", 1 } },"
                                    "    { { { { \"tl\", \"$_\" }, \"$$\" } } } } }");
            mb_term object = term(&f, "{ 1, 2 }"), out = mb_nil();
            mb_match_spec *spec = NULL;
            done = text.type == MB_TABLE && object.type == MB_TABLE &&
                   mb_match_compile(f.rt, text, &spec) == MB_MATCH_YES &&
                   mb_match_apply(spec, object, &out) == MB_MATCH_YES;
            if (done)
                assert_prints(out, "{ { 2 }, { 1, 2 } }");
            mb_match_free(spec);
            mb_release(f.rt, out);
            mb_release(f.rt, object);
            mb_release(f.rt, text);
        }
        fixture_end(&f);
        assert_true(allowance < 2000);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_pattern_matches_by_value),
        TEST(guards_have_to_be_true),
        TEST(results_are_made_of_variables),
        TEST(operators_compute),
        TEST(operators_compute_with_floats),
        TEST(one_specification_runs_many_times),
        TEST(what_the_key_is_can_be_seen),
        TEST(specifications_are_checked),
        cmocka_unit_test(memory_may_run_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
