/* Markdown on a terminal, progress on disk, code in colours: what needs no Lua. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "player/progress.h"
#include "player/render.h"
#include "view/highlight.h"

static void assert_renders(const char *markdown, size_t width, bool colour, const char *expected) {
    moon_text out = {0};
    moon_render(&out, &(moon_layout){width, colour}, markdown, strlen(markdown));
    assert_string_equal(moon_text_string(&out), expected);
    moon_text_free(&out);
}

static void wraps_at_the_width(void **state) {
    assert_renders("one two three four", 12, false, "one two\nthree four\n");
    assert_renders("one\ntwo", 80, false, "one two\n");
    assert_renders("one  \ntwo", 80, false, "one\ntwo\n");
    assert_renders("äöü äöü äöü", 11, false, "äöü äöü äöü\n");
    assert_renders("abcdefghijklmnop", 10, false, "abcdefghij\nklmnop\n");
    assert_renders("", 80, false, "");
}

static void shows_styles_only_in_colour(void **state) {
    assert_renders("**b** *i* `c`", 80, false, "b i `c`\n");
    assert_renders("**b** *i* `c`", 80, true,
                   "\033[1mb\033[22m \033[3mi\033[23m \033[36mc\033[39m\n");
    assert_renders("[text](http://x.y)", 80, false, "text (http://x.y)\n");
}

static void renders_lists_and_quotes(void **state) {
    assert_renders("- a\n- b\n  - c\n", 80, false, "• a\n• b\n  • c\n");
    assert_renders("9. a\n10. b b b b b b\n", 14, false, "9. a\n10. b b b b b\n    b\n");
    assert_renders("> one two three", 12, false, "│ one two\n│ three\n");
    assert_renders("a\n\nb", 80, false, "a\n\nb\n");
    assert_renders("a\n\n    code\n", 80, false, "a\n\n    code\n");
}

static void renders_tables(void **state) {
    assert_renders("| a | b |\n|---|---|\n| 1 | `x \\| y` |\n", 80, false,
                   "a │ b\n──┼─────────\n1 │ `x \\| y`\n");
    assert_renders("| word | many words |\n|---|---|\n| x | one two three four five |\n", 25, false,
                   "word │ many words\n─────┼───────────────────\nx    │ one two three four\n"
                   "     │ five\n");
    assert_renders("a | b", 80, false, "a | b\n");
}

static void sets_code_beside_code(void **state) {
    moon_text out = {0};
    moon_render_beside(&out, &(moon_layout){40, false}, "lua", "x = 1\ny", "elixir", "x = 1");
    assert_string_equal(out.bytes, "    x = 1 │ x = 1\n    y     │ \n");
    moon_text_clear(&out);
    moon_render_beside(&out, &(moon_layout){12, false}, "lua", "x = 1", "elixir", "x = 2");
    assert_string_equal(out.bytes, "    x = 1\n\n  In Elixir:\n\n    x = 2\n");
    moon_text_free(&out);
}

/* Colours never change the text, nor cross the end of a line. */
static void highlights(void **state) {
    static const char code[] = "-- c\nlocal s = [[a\nb]] .. \"x\\\"\" --[[ d\ne ]] return Foo(0x1)\n\"";
    moon_text out = {0}, plain = {0};
    moon_highlight(&out, "lua", code, sizeof code - 1);
    bool inside = false;
    for (size_t i = 0; i < out.size; i++) {
        if (out.bytes[i] == '\033') {
            inside = out.bytes[i + 2] != '0';
            i += strcspn(out.bytes + i, "m");
        } else {
            assert_false(out.bytes[i] == '\n' && inside);
            moon_text_add(&plain, &out.bytes[i], 1);
        }
    }
    assert_string_equal(plain.bytes, code);
    assert_non_null(strstr(out.bytes, "\033[35mlocal\033[0m"));
    moon_text_free(&out);
    moon_text_free(&plain);
}

static void keeps_progress(void **state) {
    char path[] = "progress-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "a one done\nnonsense\nb two sideways\n", 35), 35);
    close(fd);
    moon_progress *p = moon_progress_load(path);
    assert_int_equal(moon_progress_get(p, "a", "one"), MOON_DONE);
    assert_int_equal(moon_progress_get(p, "b", "two"), MOON_OPEN);
    assert_true(moon_progress_set(p, "a", "two", MOON_SKIPPED));
    assert_true(moon_progress_set(p, "a", "one", MOON_SKIPPED));
    moon_progress_free(p);
    p = moon_progress_load(path);
    assert_int_equal(moon_progress_get(p, "a", "one"), MOON_DONE);
    assert_int_equal(moon_progress_get(p, "a", "two"), MOON_SKIPPED);
    assert_true(moon_progress_set(p, "a", "two", MOON_DONE));
    moon_progress_free(p);
    p = moon_progress_load(path);
    assert_int_equal(moon_progress_get(p, "a", "two"), MOON_DONE);
    moon_progress_free(p);
    unlink(path);
    p = moon_progress_load("/nonexistent/folder/progress");
    assert_false(moon_progress_set(p, "a", "one", MOON_DONE));
    assert_int_equal(moon_progress_get(p, "a", "one"), MOON_DONE);
    moon_progress_free(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wraps_at_the_width),
        cmocka_unit_test(shows_styles_only_in_colour),
        cmocka_unit_test(renders_lists_and_quotes),
        cmocka_unit_test(renders_tables),
        cmocka_unit_test(sets_code_beside_code),
        cmocka_unit_test(highlights),
        cmocka_unit_test(keeps_progress),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
