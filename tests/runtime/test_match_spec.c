#include "support.h"

/* Whether the value matches, its guards hold, and what the result is then ("no" otherwise). */
static void assert_match(fixture *f, const char *pattern, const char *guards, const char *result,
                         const char *value, const char *expected) {
    mb_term parts[] = {term(f, pattern), term(f, guards), term(f, result), term(f, value)}, out;
    mb_match match = {.subject = parts[3]};
    if (mb_match_pattern(parts[0], parts[3], &match) && mb_match_guards(f->rt, parts[1], &match) &&
        mb_match_evaluate(f->rt, parts[2], &match, &out)) {
        assert_prints(out, expected);
        mb_release(f->rt, out);
    } else {
        assert_string_equal("no", expected);
    }
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
    assert_matches("{ a = 1 }", "{ a = 1, b = 2 }", "no");
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
    assert_result("{ \"div\", \"$1\", \"$2\" }", "{ 7, 0 }", "no");
    assert_result("{ \"abs\", \"$1\" }", "{ 7, 0 }", "7");
    assert_result("{ \"tl\", \"$_\" }", "{ 7, 8 }", "{ 8 }");
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
        mb_term clause = term(f, clauses[i].text);
        assert_int_equal(mb_match_is_specification(clause), clauses[i].good);
        mb_release(f->rt, clause);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_pattern_matches_by_value),
        TEST(guards_have_to_be_true),
        TEST(results_are_made_of_variables),
        TEST(specifications_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
