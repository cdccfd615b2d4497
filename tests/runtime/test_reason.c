/* How exit reasons are told. The expected texts are Elixir's, with terms as they print here. */
#include "fixture.h"

static void collect(void *context, const char *bytes, size_t size) {
    append(context, 4096, bytes, size);
}

/* Releases reason. */
static void check(fixture *f, mb_term reason, const char *expected) {
    char text[4096] = "";
    mb_write_exit(reason, collect, text);
    assert_string_equal(text, expected);
    mb_release(f->rt, reason);
}

#define NO_PROCESS                                                                                \
    "no process: the process is not alive or there's no process currently associated with the "   \
    "given name, possibly because its application isn't started"

static void words_stand_for_themselves(void **state) {
    fixture *f = *state;
    check(f, term(f, "\"normal\""), "normal");
    check(f, term(f, "\"shutdown\""), "shutdown");
    check(f, term(f, "\"killed\""), "killed");
    check(f, term(f, "\"timeout\""), "time out");
    check(f, term(f, "\"calling_self\""), "process attempted to call itself");
    check(f, term(f, "\"noproc\""), NO_PROCESS);
    check(f, term(f, "\"oops\""), "\"oops\"");
    check(f, term(f, "{ \"oops\", 1 }"), "{ \"oops\", 1 }");
}

static void known_tuples_are_told_in_words(void **state) {
    fixture *f = *state;
    check(f, term(f, "{ \"shutdown\", \"bye\" }"), "shutdown: \"bye\"");
    check(f, term(f, "{ \"already_started\", % }", mb_pid_term(MB_KIND_PID | 9)),
          "already started: #PID<0.9.0>");
    check(f, term(f, "{ \"bad_return_value\", { 1 } }"), "bad return value: { 1 }");
    check(f, term(f, "{ \"nodedown\", \"b@local\" }"), "no connection to b@local");
    check(f, term(f, "{ \"bad_return\", { \"Sup\", \"init\", 5 } }"),
          "Sup.init/1 returned a bad value: 5");
}

static void calls_say_what_was_called(void **state) {
    fixture *f = *state;
    check(f, term(f, "{ \"noproc\", { \"GenServer\", \"call\", { \"s\", { \"get\" }, 5000 } } }"),
          "exited in: GenServer.call(\"s\", { \"get\" }, 5000)\n    ** (EXIT) " NO_PROCESS);
    check(f,
          term(f, "{ { \"timeout\", { \"GenServer\", \"call\", { \"b\", 1, 10 } } },"
                  "  { \"GenServer\", \"call\", { \"a\", 2, \"infinity\" } } }"),
          "exited in: GenServer.call(\"a\", 2, \"infinity\")\n"
          "    ** (EXIT) exited in: GenServer.call(\"b\", 1, 10)\n"
          "        ** (EXIT) time out");
}

static void errors_show_their_position_once(void **state) {
    fixture *f = *state;
    check(f, term(f, "{ \"a.lua:3: boom\", { \"a.lua:3: in function 'f'\", \"[C]: in ?\" } }"),
          "an exception was raised:\n    ** (RuntimeError) boom\n"
          "        a.lua:3: in function 'f'");
    check(f, term(f, "{ \"a.lua:3: boom\", { \"[C]: in function 'M.f'\", \"a.lua:3: in main chunk\" } }"),
          "an exception was raised:\n    ** (RuntimeError) boom\n"
          "        a.lua:3: in main chunk");
    check(f, term(f, "{ \"a.lua:3: boom\", { \"a.lua:30: in function 'f'\" } }"),
          "an exception was raised:\n    ** (RuntimeError) boom\n"
          "        a.lua:3\n        a.lua:30: in function 'f'");
    check(f, term(f, "{ \"a.lua:3: boom\", {} }"),
          "an exception was raised:\n    ** (RuntimeError) boom\n        a.lua:3");
    check(f, term(f, "{ \"[string 'x y']:1: boom\", { \"[C]: in ?\" } }"),
          "an exception was raised:\n    ** (RuntimeError) boom\n"
          "        [string 'x y']:1");
    check(f, term(f, "{ \"at 10:30: no\", { \"x:1: in f\" } }"),
          "an exception was raised:\n    ** (RuntimeError) at 10:30: no\n        x:1: in f");
}

static void errors_within_calls_are_indented(void **state) {
    fixture *f = *state;
    check(f,
          term(f, "{ { \"a:1: boom\", { \"a:1: in f\" } },"
                  "  { \"GenServer\", \"call\", { \"s\", 1, 5 } } }"),
          "exited in: GenServer.call(\"s\", 1, 5)\n"
          "    ** (EXIT) an exception was raised:\n"
          "        ** (RuntimeError) boom\n"
          "            a:1: in f");
}

static void raised_terms_are_erlang_errors(void **state) {
    fixture *f = *state;
    check(f, term(f, "{ { \"my_error\" }, { \"a:1: in f\" } }"),
          "an exception was raised:\n    ** (ErlangError) Erlang error: { \"my_error\" }\n"
          "        a:1: in f");
    check(f, term(f, "{ { \"badmatch\", 3 }, { \"a:1: in f\" } }"),
          "an exception was raised:\n"
          "    ** (MatchError) no match of right hand side value: 3\n        a:1: in f");
    mb_term error, cells[] = {mb_atom("message"), mb_atom("no such")};
    assert_true(mb_table_new(f->rt, &error, mb_atom("MyError"), 0, 1, cells));
    check(f, term(f, "{ %, { \"a:1: in f\" } }", error),
          "an exception was raised:\n    ** (MyError) no such\n        a:1: in f");
    mb_release(f->rt, error);
}

static void missing_clauses_say_which(void **state) {
    fixture *f = *state;
    check(f, term(f, "{ \"function_clause\", { \"Mod\", \"handle_info\", { \"x\" } } }"),
          "an exception was raised:\n"
          "    ** (FunctionClauseError) no function clause matching in Mod.handle_info/2\n"
          "        Mod.handle_info({ \"x\" }, _)");
}

static void failed_children_say_why(void **state) {
    fixture *f = *state;
    check(f, term(f, "{ \"shutdown\", { \"failed_to_start_child\", \"Counter\", \"oops\" } }"),
          "shutdown: failed to start child: Counter\n    ** (EXIT) \"oops\"");
    check(f,
          term(f, "{ \"shutdown\", { \"failed_to_start_child\", \"Counter\","
                  "  { \"EXIT\", { \"a:1: boom\", { \"a:1: in f\" } } } } }"),
          "shutdown: failed to start child: Counter\n"
          "    ** (EXIT) an exception was raised:\n"
          "        ** (RuntimeError) boom\n"
          "            a:1: in f");
}

static void bad_specifications_say_what_is_wrong(void **state) {
    fixture *f = *state;
    check(f, term(f, "{ \"supervisor_data\", { \"invalid_strategy\", \"one\" } }"),
          "bad supervisor configuration, invalid strategy: \"one\"");
    check(f, term(f, "{ \"start_spec\", { \"invalid_restart_type\", \"often\" } }"),
          "bad child specification, invalid restart type: \"often\". "
          "Must be \"permanent\", \"transient\" or \"temporary\".");
    check(f, term(f, "{ \"start_spec\", \"missing_id\" }"),
          "bad child specification, got: \"missing_id\"");
}

static void lists_of_strings_are_no_stack(void **state) {
    fixture *f = *state;
    mb_term reason = term(f, "{ \"missing\", { \"users\", \"posts\" } }");
    assert_false(mb_is_error_reason(reason));
    check(f, reason, "{ \"missing\", { \"users\", \"posts\" } }");
}

static void only_planned_exits_are_quiet(void **state) {
    fixture *f = *state;
    const char *const quiet[] = {"\"normal\"", "\"shutdown\"", "{ \"shutdown\", { 1 } }"};
    const char *const loud[] = {"\"killed\"", "nil", "{ \"shutdown\" }", "{ \"normal\", 1 }"};
    for (size_t i = 0; i < 3; i++) {
        mb_term reason = term(f, quiet[i]);
        assert_true(mb_is_quiet_exit(reason));
        mb_release(f->rt, reason);
    }
    for (size_t i = 0; i < 4; i++) {
        mb_term reason = term(f, loud[i]);
        assert_false(mb_is_quiet_exit(reason));
        mb_release(f->rt, reason);
    }
}

static void endless_nesting_ends(void **state) {
    fixture *f = *state;
    mb_term reason = term(f, "\"noproc\"");
    for (int i = 0; i < 500; i++) {
        mb_term outer = term(f, "{ %, { \"GenServer\", \"call\", {} } }", reason);
        mb_release(f->rt, reason);
        reason = outer;
    }
    static char text[200000];
    mb_write_exit(reason, collect, text);
    mb_release(f->rt, reason);
}

static void log_keeps_lines_of_any_length(void **state) {
    fixture *f = *state;
    char line[2000];
    memset(line, 'x', sizeof line - 1);
    line[sizeof line - 1] = '\0';
    mb_log_format(f->rt, MB_WARNING, 0, "%s!", line);
    assert_int_equal(strlen(f->log), strlen("[warning] ") + strlen(line) + 2);
    f->log[0] = '\0';
    f->allowance = 0;
    mb_log_format(f->rt, MB_ERROR, 0, "short %d", 1);
    mb_log_format(f->rt, MB_ERROR, 0, "%s", line);
    assert_int_equal(strncmp(f->log, "[error] short 1\n[error] xxx", 26), 0);
    f->allowance = SIZE_MAX;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(words_stand_for_themselves),
        TEST(known_tuples_are_told_in_words),
        TEST(calls_say_what_was_called),
        TEST(errors_show_their_position_once),
        TEST(errors_within_calls_are_indented),
        TEST(raised_terms_are_erlang_errors),
        TEST(missing_clauses_say_which),
        TEST(failed_children_say_why),
        TEST(bad_specifications_say_what_is_wrong),
        TEST(lists_of_strings_are_no_stack),
        TEST(only_planned_exits_are_quiet),
        TEST(endless_nesting_ends),
        TEST(log_keeps_lines_of_any_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
