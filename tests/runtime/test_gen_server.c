/* The generic server, with callbacks that do what their messages say (puppet.h). Expectations are
 * those of gen_server.erl in OTP 25. */
#include "puppet.h"

/* What the owner starts answers this, and has the effects that the journal shows. */
static void check_start(fixture *f, const char *argument, const char *expected) {
    start_request s = {.class = &PUPPET,
                       .argument = term(f, argument),
                       .options = {.link = true, .name = mb_atom("name")}};
    mb_term answer = start_with(f, &s);
    assert_int_equal(s.state, MB_ANSWER_VALUE);
    assert_prints(answer, expected);
    mb_release(f->rt, answer);
    assert_int_equal(mb_whereis(f->rt, mb_atom("name")), 0);
}

static void send(fixture *f, mb_pid to, mb_term message) {
    assert_true(mb_send(f->rt, f->owner, to, message));
}

static void cast(fixture *f, mb_pid to, mb_term message) {
    assert_true(mb_send_kind(f->rt, f->owner, to, message, MB_CAST, 0));
}

/* ---- init -----------------------------------------------------------------------------------*/

static void init_ok_answers_with_the_pid(void **state) {
    fixture *f = *state;
    mb_pid pid = start_named(f, "name", term(f, "{ \"ok\" }"));
    assert_int_equal(mb_whereis(f->rt, mb_atom("name")), pid);
    assert_true(mb_is_gen_server(mb_lookup(f->rt, pid)));
    assert_non_null(mb_gen_server_data(mb_lookup(f->rt, pid), &PUPPET));
    assert_journal(f, "init({ \"ok\" }) ");
}

/* All of these also send the EXIT to a starter that traps exits. */
static void init_stop_frees_the_name_first(void **state) {
    fixture *f = *state;
    check_start(f, "{ \"stop\", \"oops\" }", "{ \"error\", \"oops\" }");
    run(f);
    assert_string_equal(received(f), "{ \"EXIT\", #PID<0.101.0>, \"oops\" };");
    assert_log(f, "");
}

static void init_ignore_ends_normally(void **state) {
    fixture *f = *state;
    check_start(f, "{ \"ignore\" }", "\"ignore\"");
    run(f);
    assert_string_equal(received(f), "{ \"EXIT\", #PID<0.101.0>, \"normal\" };");
}

static void init_crash_is_the_starters_error(void **state) {
    fixture *f = *state;
    check_start(f, "{ \"crash\", { \"a:1: boom\", { \"a:1: in f\" } } }",
                "{ \"error\", { \"a:1: boom\", { \"a:1: in f\" } } }");
    assert_log(f, "");
}

static void init_bad_return_is_said(void **state) {
    fixture *f = *state;
    check_start(f, "{ \"bad\", 5 }", "{ \"error\", { \"bad_return_value\", 5 } }");
}

static void a_taken_name_is_already_started(void **state) {
    fixture *f = *state;
    start_named(f, "name", term(f, "{ \"ok\" }"));
    f->journal[0] = '\0';
    start_request s = {.class = &PUPPET,
                       .argument = term(f, "{ \"ok\" }"),
                       .options = {.link = true, .name = mb_atom("name")}};
    mb_term answer = start_with(f, &s);
    assert_prints(answer, "{ \"error\", { \"already_started\", #PID<0.101.0> } }");
    mb_release(f->rt, answer);
    run(f);
    assert_journal(f, "");
    assert_string_equal(received(f), "");
}

static void init_may_suspend(void **state) {
    fixture *f = *state;
    mb_pid pid = start_named(f, NULL, term(f, "{ \"ok\", sleep = 30 }"));
    assert_int_equal(mb_now(f->rt), 30 * MB_MILLISECOND);
    assert_reply(f, pid, term(f, "{ \"reply\", 1 }"), "1");
}

static void init_that_takes_too_long_is_killed(void **state) {
    fixture *f = *state;
    start_request s = {.class = &PUPPET,
                       .argument = term(f, "{ \"ok\", sleep = 300 }"),
                       .options = {.link = true, .timeout = 100 * MB_MILLISECOND}};
    mb_term answer = start_with(f, &s);
    assert_int_equal(s.state, MB_ANSWER_EXIT);
    assert_prints(answer, "\"timeout\"");
    mb_release(f->rt, answer);
    run(f);
    assert_int_equal(mb_process_count(f->rt), 1);
    assert_string_equal(received(f), "");
}

/* ---- calls, casts, messages -----------------------------------------------------------------*/

static void calls_are_answered(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    f->journal[0] = '\0';
    assert_reply(f, pid, term(f, "{ \"reply\", { 1 } }"), "{ 1 }");
    assert_journal(f, "call({ \"reply\", { 1 } }) ");
}

static void messages_come_in_the_mailboxs_order(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    f->journal[0] = '\0';
    send(f, pid, mb_integer(1));
    cast(f, pid, mb_integer(2));
    send(f, pid, mb_integer(3));
    run(f);
    assert_journal(f, "info(1) cast(2) info(3) ");
}

static void a_reply_may_come_later_from_elsewhere(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    mb_send_after(f->rt, NULL, pid, term(f, "{ \"$gen_cast\", { \"answer\", 7 } }"),
                  20 * MB_MILLISECOND);
    assert_reply(f, pid, term(f, "{ \"noreply\" }"), "7");
}

static void plain_messages_of_gen_form_are_calls_and_casts(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    f->journal[0] = '\0';
    send(f, pid, term(f, "{ \"$gen_call\", { %, % }, { \"reply\", 5 } }",
                      mb_pid_term(mb_self(f->owner)), mb_ref_term(mb_make_ref(f->rt))));
    send(f, pid, term(f, "{ \"$gen_cast\", { \"noreply\" } }"));
    send(f, pid, term(f, "{ \"$gen_call\", \"nobody\", 1 }"));
    run(f);
    assert_journal(f, "call({ \"reply\", 5 }) cast({ \"noreply\" }) "
                      "info({ \"$gen_call\", \"nobody\", 1 }) ");
    const char *answer = received(f);
    assert_int_equal(strncmp(answer, "{ #Reference<0.0.0.", 19), 0);
    assert_string_equal(strchr(answer, '>'), ">, 5 };");
}

static void while_a_callback_is_suspended_messages_wait(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    f->journal[0] = '\0';
    cast(f, pid, term(f, "{ \"noreply\", sleep = 50 }"));
    send(f, pid, mb_integer(1));
    run_for(f, 40);
    assert_journal(f, "cast({ \"noreply\", sleep = 50 }) ");
    run_for(f, 20);
    assert_journal(f, "info(1) ");
}

static void a_slow_callback_answers_its_caller(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    assert_reply(f, pid, term(f, "{ \"reply\", 3, sleep = 4999 }"), "3");
    assert_call_exits(f, pid, term(f, "{ \"reply\", 3, sleep = 5001 }"), "\"timeout\"");
}

/* ---- timeouts, hibernation, continue --------------------------------------------------------*/

static void a_timeout_comes_when_no_message_does(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    f->journal[0] = '\0';
    cast(f, pid, term(f, "{ \"noreply\", timeout = 100 }"));
    run_for(f, 99);
    assert_journal(f, "cast({ \"noreply\", timeout = 100 }) ");
    run_for(f, 2);
    assert_journal(f, "info(\"timeout\") ");
    run(f);
    assert_journal(f, "");
}

static void any_message_cancels_a_timeout(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    cast(f, pid, term(f, "{ \"noreply\", timeout = 100 }"));
    run_for(f, 50);
    f->journal[0] = '\0';
    send(f, pid, mb_integer(1));
    run(f);
    assert_journal(f, "info(1) ");
}

/* The loop is entered again with the same timeout (gen_server:system_continue/3). */
static void a_system_message_starts_a_timeout_afresh(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    cast(f, pid, term(f, "{ \"noreply\", timeout = 100 }"));
    run_for(f, 50);
    f->journal[0] = '\0';
    assert_system(f, pid, mb_atom("get_state"), "0");
    run_for(f, 99);
    assert_journal(f, "");
    run_for(f, 2);
    assert_journal(f, "info(\"timeout\") ");
}

static void timeout_zero_lets_waiting_messages_pass(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    f->journal[0] = '\0';
    cast(f, pid, term(f, "{ \"noreply\", timeout = 0 }"));
    send(f, pid, mb_integer(1));
    run(f);
    assert_journal(f, "cast({ \"noreply\", timeout = 0 }) info(1) ");
    cast(f, pid, term(f, "{ \"noreply\", timeout = 0 }"));
    run(f);
    assert_journal(f, "cast({ \"noreply\", timeout = 0 }) info(\"timeout\") ");
}

static void init_may_set_a_timeout(void **state) {
    fixture *f = *state;
    start_named(f, NULL, term(f, "{ \"ok\", timeout = 10 }"));
    run(f);
    assert_journal(f, "init({ \"ok\", timeout = 10 }) info(\"timeout\") ");
}

static void continue_comes_before_any_message(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    f->journal[0] = '\0';
    cast(f, pid, term(f, "{ \"noreply\", continue = { \"noreply\", continue = { \"x\" } } }"));
    send(f, pid, mb_integer(1));
    run(f);
    assert_journal(f, "cast({ \"noreply\", continue = { \"noreply\", continue = { \"x\" } } }) "
                      "continue({ \"noreply\", continue = { \"x\" } }) continue({ \"x\" }) "
                      "info(1) ");
}

static void a_reply_precedes_its_continue(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    assert_reply(f, pid, term(f, "{ \"reply\", 1, continue = { \"noreply\", sleep = 9999 } }"),
                 "1");
}

static void a_hibernating_server_wakes_for_a_message(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    assert_reply(f, pid, term(f, "{ \"reply\", 1, hibernate = true }"), "1");
    assert_reply(f, pid, term(f, "{ \"reply\", 2 }"), "2");
}

/* ---- the end --------------------------------------------------------------------------------*/

static void stop_runs_terminate_and_is_logged(void **state) {
    fixture *f = *state;
    mb_pid pid = start_named(f, "Counter", term(f, "{ \"ok\" }"));
    f->journal[0] = '\0';
    assert_call_exits(f, pid, term(f, "{ \"stop\", \"oops\" }"), "\"oops\"");
    assert_journal(f, "call({ \"stop\", \"oops\" }) terminate(\"oops\") ");
    assert_log(f, "[error] GenServer Counter terminating\n"
                  "** (stop) \"oops\"\n"
                  "Last message (from #PID<0.100.0>): { \"stop\", \"oops\" }\n"
                  "State: 0\n"
                  "Client #PID<0.100.0> is alive\n");
    run(f);
    assert_string_equal(received(f), "{ \"EXIT\", #PID<0.101.0>, \"oops\" };");
}

static void planned_stops_are_not_logged(void **state) {
    fixture *f = *state;
    const char *const reasons[] = {"\"normal\"", "\"shutdown\"", "{ \"shutdown\", 1 }"};
    for (size_t i = 0; i < 3; i++) {
        char instruction[64];
        snprintf(instruction, sizeof instruction, "{ \"stop\", %s }", reasons[i]);
        assert_call_exits(f, start_puppet(f), term(f, instruction), reasons[i]);
    }
    assert_log(f, "");
}

static void terminate_runs_before_the_reply_of_a_stop(void **state) {
    fixture *f = *state;
    mb_pid pid = start_named(
        f, NULL, term(f, "{ \"ok\", last_words = { \"noreply\", sleep = 80 } }"));
    f->journal[0] = '\0';
    assert_reply(f, pid, term(f, "{ \"stop_reply\", \"normal\", \"bye\" }"), "\"bye\"");
    assert_int_equal(mb_now(f->rt), 80 * MB_MILLISECOND);
    run(f);
    assert_null(mb_lookup(f->rt, pid));
}

static void a_crash_shows_its_stack(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    f->journal[0] = '\0';
    cast(f, pid, term(f, "{ \"crash\", { \"a.lua:3: boom\", { \"a.lua:3: in function 'f'\" } } }"));
    run(f);
    assert_log(f, "[error] GenServer #PID<0.101.0> terminating\n"
                  "** (RuntimeError) boom\n"
                  "    a.lua:3: in function 'f'\n"
                  "Last message: { \"$gen_cast\", { \"crash\", { \"a.lua:3: boom\", "
                  "{ \"a.lua:3: in function 'f'\" } } } }\n"
                  "State: 0\n");
    assert_string_equal(received(f), "{ \"EXIT\", #PID<0.101.0>, { \"a.lua:3: boom\", "
                                     "{ \"a.lua:3: in function 'f'\" } } };");
}

static void an_error_called_normal_is_logged_an_exit_is_not(void **state) {
    fixture *f = *state;
    send(f, start_puppet(f), term(f, "{ \"exit\", \"normal\" }"));
    run(f);
    assert_log(f, "");
    send(f, start_puppet(f), term(f, "{ \"crash\", \"normal\" }"));
    run(f);
    assert_non_null(strstr(f->log, "** (stop) normal\nLast message: { \"crash\", \"normal\" }\n"));
}

static void a_raised_table_is_told_as_a_stop(void **state) {
    fixture *f = *state;
    send(f, start_puppet(f), term(f, "{ \"crash\", { { \"foo\" }, { \"a:1: in f\" } } }"));
    run(f);
    assert_non_null(strstr(f->log, "terminating\n** (stop) { \"foo\" }\n    a:1: in f\nLast"));
}

static void bad_returns_end_the_server(void **state) {
    fixture *f = *state;
    assert_call_exits(f, start_puppet(f), term(f, "{ \"bad\", { 1 } }"),
                      "{ \"bad_return_value\", { 1 } }");
    assert_non_null(strstr(f->log, "** (stop) bad return value: { 1 }\nLast message (from"));
}

static void a_reply_to_a_cast_is_a_bad_return(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    cast(f, pid, term(f, "{ \"reply\", { 1 } }"));
    run(f);
    assert_null(mb_lookup(f->rt, pid));
}

static void a_crash_in_terminate_is_the_reason(void **state) {
    fixture *f = *state;
    mb_pid pid = start_named(
        f, NULL, term(f, "{ \"ok\", last_words = { \"exit\", \"normal\" } }"));
    cast(f, pid, term(f, "{ \"stop\", \"shutdown\" }"));
    run(f);
    assert_string_equal(received(f), "{ \"EXIT\", #PID<0.101.0>, \"normal\" };");
    assert_non_null(strstr(f->log, "** (stop) normal\n"));
}

static void continues_and_timeouts_show_as_last_messages(void **state) {
    fixture *f = *state;
    cast(f, start_puppet(f), term(f, "{ \"noreply\", continue = { \"stop\", \"c\" } }"));
    run(f);
    assert_non_null(strstr(f->log, "Last message: { \"continue\", { \"stop\", \"c\" } }\n"));
}

static void a_dead_client_shows_as_dead(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    send(f, pid, term(f, "{ \"$gen_call\", { %, % }, { \"stop\", \"x\" } }",
                      mb_pid_term(MB_KIND_PID | 999), mb_ref_term(mb_make_ref(f->rt))));
    run(f);
    assert_log(f, "[error] GenServer #PID<0.101.0> terminating\n** (stop) \"x\"\n"
                  "Last message (from #PID<0.999.0>): { \"stop\", \"x\" }\nState: 0\n"
                  "Client #PID<0.999.0> is dead\n");
}

static void an_untrapped_exit_runs_no_terminate(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    f->journal[0] = '\0';
    assert_true(mb_exit_signal(f->rt, f->owner, pid, mb_atom("die")));
    run(f);
    assert_null(mb_lookup(f->rt, pid));
    assert_journal(f, "");
    assert_log(f, "");
}

static void a_trapped_exit_of_a_stranger_is_a_message(void **state) {
    fixture *f = *state;
    mb_pid pid = start_named(f, NULL, term(f, "{ \"ok\", flag = \"trap_exit\" }"));
    f->journal[0] = '\0';
    assert_true(mb_exit_signal(f->rt, NULL, pid, mb_atom("die")));
    run(f);
    assert_non_null(strstr(f->journal, "info({ \"EXIT\""));
    assert_non_null(mb_lookup(f->rt, pid));
}

static void a_parents_exit_ends_a_trapping_server(void **state) {
    fixture *f = *state;
    const char *const reasons[] = {"normal", "shutdown", "oops"};
    for (size_t i = 0; i < 3; i++) {
        mb_pid pid = start_named(f, NULL, term(f, "{ \"ok\", flag = \"trap_exit\" }"));
        char expected[128];
        f->journal[0] = '\0';
        assert_true(mb_exit_signal(f->rt, f->owner, pid, mb_atom(reasons[i])));
        run(f);
        snprintf(expected, sizeof expected, "terminate(\"%s\") ", reasons[i]);
        assert_journal(f, expected);
    }
    assert_log(f, "[error] GenServer #PID<0.103.0> terminating\n** (stop) \"oops\"\n"
                  "Last message: { \"EXIT\", #PID<0.100.0>, \"oops\" }\nState: 0\n");
}

static void kill_leaves_no_time_for_terminate(void **state) {
    fixture *f = *state;
    mb_pid pid = start_named(f, NULL, term(f, "{ \"ok\", flag = \"trap_exit\" }"));
    f->journal[0] = '\0';
    assert_true(mb_exit_signal(f->rt, f->owner, pid, mb_atom("kill")));
    run(f);
    assert_journal(f, "");
    assert_string_equal(received(f), "{ \"EXIT\", #PID<0.101.0>, \"killed\" };");
}

/* ---- servers with little of their own -------------------------------------------------------*/

static const mb_gen_server_class BARE = {.init = puppet_init,
                                         .data_size = sizeof(puppet),
                                         .destroy = puppet_destroy,
                                         .module = puppet_module};

static mb_pid start_bare(fixture *f) {
    start_request s = {
        .class = &BARE, .argument = term(f, "{ \"ok\" }"), .options = {.link = true}};
    return started(f, start_with(f, &s));
}

static void without_handle_info_messages_are_logged(void **state) {
    fixture *f = *state;
    send(f, start_bare(f), term(f, "{ \"hello\" }"));
    run(f);
    assert_log(f, "[error] Puppet #PID<0.101.0> received unexpected message in handle_info/2: "
                  "{ \"hello\" }\n");
}

static void without_handle_call_the_server_ends(void **state) {
    fixture *f = *state;
    assert_call_exits(f, start_bare(f), term(f, "{ 1 }"),
                      "{ \"function_clause\", { \"Puppet\", \"handle_call\", { 1 } } }");
    assert_non_null(strstr(f->log, "** (FunctionClauseError) no function clause matching in "
                                   "Puppet.handle_call/3\n"));
}

/* ---- system messages ------------------------------------------------------------------------*/

static void get_state_and_replace_state(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    assert_system(f, pid, mb_atom("get_state"), "0");
    assert_system(f, pid, term(f, "{ \"replace_state\", { \"state\", { 7 } } }"), "{ 7 }");
    assert_system(f, pid, mb_atom("get_state"), "{ 7 }");
    assert_system(f, pid, term(f, "{ \"replace_state\", { \"crash\", \"no\" } }"),
                  "{ \"error\", { \"callback_failed\", { \"Puppet\", \"system_replace_state\" }, "
                  "{ \"error\", \"no\" } } }");
    assert_system(f, pid, mb_atom("get_state"), "{ 7 }");
}

static void a_suspended_server_handles_system_messages_only(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    assert_system(f, pid, mb_atom("suspend"), "\"ok\"");
    f->journal[0] = '\0';
    send(f, pid, mb_integer(1));
    assert_call_exits(f, pid, term(f, "{ \"reply\", 1 }"), "\"timeout\"");
    assert_system(f, pid, mb_atom("get_state"), "0");
    assert_journal(f, "");
    assert_system(f, pid, mb_atom("resume"), "\"ok\"");
    run(f);
    assert_journal(f, "info(1) call({ \"reply\", 1 }) ");
}

static void a_suspended_server_hears_its_parents_exit(void **state) {
    fixture *f = *state;
    mb_pid pid = start_named(f, NULL, term(f, "{ \"ok\", flag = \"trap_exit\" }"));
    assert_system(f, pid, mb_atom("suspend"), "\"ok\"");
    f->journal[0] = '\0';
    send(f, pid, mb_integer(1));
    assert_true(mb_exit_signal(f->rt, f->owner, pid, mb_atom("shutdown")));
    run(f);
    assert_journal(f, "terminate(\"shutdown\") ");
}

static void code_changes_only_while_suspended(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    const char *change = "{ \"change_code\", \"Puppet\", 1, { \"noreply\" } }";
    assert_system(f, pid, term(f, change),
                  "{ \"error\", { \"unknown_system_msg\", "
                  "{ \"change_code\", \"Puppet\", 1, { \"noreply\" } } } }");
    assert_system(f, pid, mb_atom("suspend"), "\"ok\"");
    f->journal[0] = '\0';
    assert_system(f, pid, term(f, change), "\"ok\"");
    assert_journal(f, "code_change({ 1, { \"noreply\" } }) ");
    assert_system(f, pid, term(f, "{ \"change_code\", \"Puppet\", 1, { \"crash\", \"no\" } }"),
                  "{ \"error\", { \"EXIT\", \"no\" } }");
}

static void sys_terminate_has_no_last_message(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    f->journal[0] = '\0';
    assert_system(f, pid, term(f, "{ \"terminate\", \"reason\" }"), "\"ok\"");
    run(f);
    assert_journal(f, "terminate(\"reason\") ");
    assert_log(f, "[error] GenServer #PID<0.101.0> terminating\n** (stop) \"reason\"\n"
                  "Last message: {}\nState: 0\n");
}

static void get_status_has_otps_form(void **state) {
    fixture *f = *state;
    mb_pid pid = start_named(f, "Counter", term(f, "{ \"ok\" }"));
    assert_system(f, pid, mb_atom("get_status"),
                  "{ \"status\", #PID<0.101.0>, { \"module\", \"gen_server\" }, { {}, \"running\", "
                  "#PID<0.100.0>, {}, { { \"header\", \"Status for generic server Counter\" }, "
                  "{ \"data\", { { \"Status\", \"running\" }, { \"Parent\", #PID<0.100.0> }, "
                  "{ \"Logged events\", {} } } }, "
                  "{ \"data\", { { \"State\", 0 } } } } } }");
}

static void statistics_and_log_record_what_happens(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    assert_system(f, pid, term(f, "{ \"debug\", { \"statistics\", \"get\" } }"),
                  "{ \"ok\", \"no_statistics\" }");
    assert_system(f, pid, term(f, "{ \"debug\", { \"statistics\", true } }"), "\"ok\"");
    assert_system(f, pid, term(f, "{ \"debug\", { \"log\", { true, 2 } } }"), "\"ok\"");
    assert_reply(f, pid, term(f, "{ \"reply\", 1 }"), "1");
    cast(f, pid, term(f, "{ \"noreply\" }"));
    run(f);
    mb_term answer = ask_kind(f, pid, MB_SYSTEM,
                              term(f, "{ \"debug\", { \"statistics\", \"get\" } }"),
                              MB_ANSWER_VALUE);
    assert_int_equal(mb_get(mb_element(answer, 1), "messages_in").integer, 2);
    assert_int_equal(mb_get(mb_element(answer, 1), "messages_out").integer, 1);
    mb_release(f->rt, answer);
    assert_system(f, pid, term(f, "{ \"debug\", { \"log\", \"get\" } }"),
                  "{ \"ok\", { { \"in\", { \"$gen_cast\", { \"noreply\" } } }, "
                  "{ \"noreply\", 0 } } }");
    assert_system(f, pid, term(f, "{ \"debug\", \"no_debug\" }"), "\"ok\"");
}

static void trace_prints_to_the_log(void **state) {
    fixture *f = *state;
    mb_pid pid = start_named(f, "Counter", term(f, "{ \"ok\" }"));
    assert_system(f, pid, term(f, "{ \"debug\", { \"trace\", true } }"), "\"ok\"");
    assert_reply(f, pid, term(f, "{ \"reply\", 1 }"), "1");
    assert_log(f, "[debug] *DBG* \"Counter\" got call { \"reply\", 1 } from #PID<0.100.0>\n"
                  "[debug] *DBG* \"Counter\" sent 1 to #PID<0.100.0>, new state 0\n");
}

/* ---- memory ---------------------------------------------------------------------------------*/

/* Starts, calls, stops; true when nothing was refused. Whatever fails, nothing leaks or hangs. */
static bool lives_with(size_t allowance) {
    fixture f;
    if (fixture_begin(&f, allowance)) {
        start_request s = {.class = &PUPPET,
                           .argument = term(&f, "{ \"ok\", flag = \"trap_exit\" }"),
                           .options = {.link = true, .name = mb_atom("name")}};
        act(&f, start_step, &s);
        run(&f);
        mb_pid pid = mb_element(s.value, 1).type == MB_PID ? mb_element(s.value, 1).id : 0;
        mb_release(f.rt, s.value);
        const char *const calls[] = {"{ \"reply\", { 1 }, continue = { \"noreply\" } }",
                                     "{ \"reply\", 1, sleep = 10 }", "{ \"bad\", { 2 } }"};
        for (size_t i = 0; pid && owner_lives(&f) && i < 3; i++) {
            question q = {.to = pid,
                          .kind = MB_CALL,
                          .request = term(&f, calls[i]),
                          .timeout = 5000 * MB_MILLISECOND};
            act(&f, ask_step, &q);
            run(&f);
            assert_true(q.done || !owner_lives(&f));
            mb_release(f.rt, q.value);
            if (!q.done)
                break;
        }
        run(&f);
    }
    fixture_end(&f);
    return f.refused == 0;
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    size_t allowance = 0;
    while (!lives_with(allowance))
        allowance++;
    assert_true(allowance > 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(init_ok_answers_with_the_pid),
        TEST(init_stop_frees_the_name_first),
        TEST(init_ignore_ends_normally),
        TEST(init_crash_is_the_starters_error),
        TEST(init_bad_return_is_said),
        TEST(a_taken_name_is_already_started),
        TEST(init_may_suspend),
        TEST(init_that_takes_too_long_is_killed),
        TEST(calls_are_answered),
        TEST(messages_come_in_the_mailboxs_order),
        TEST(a_reply_may_come_later_from_elsewhere),
        TEST(plain_messages_of_gen_form_are_calls_and_casts),
        TEST(while_a_callback_is_suspended_messages_wait),
        TEST(a_slow_callback_answers_its_caller),
        TEST(a_timeout_comes_when_no_message_does),
        TEST(any_message_cancels_a_timeout),
        TEST(a_system_message_starts_a_timeout_afresh),
        TEST(timeout_zero_lets_waiting_messages_pass),
        TEST(init_may_set_a_timeout),
        TEST(continue_comes_before_any_message),
        TEST(a_reply_precedes_its_continue),
        TEST(a_hibernating_server_wakes_for_a_message),
        TEST(stop_runs_terminate_and_is_logged),
        TEST(planned_stops_are_not_logged),
        TEST(terminate_runs_before_the_reply_of_a_stop),
        TEST(a_crash_shows_its_stack),
        TEST(an_error_called_normal_is_logged_an_exit_is_not),
        TEST(a_raised_table_is_told_as_a_stop),
        TEST(bad_returns_end_the_server),
        TEST(a_reply_to_a_cast_is_a_bad_return),
        TEST(a_crash_in_terminate_is_the_reason),
        TEST(continues_and_timeouts_show_as_last_messages),
        TEST(a_dead_client_shows_as_dead),
        TEST(an_untrapped_exit_runs_no_terminate),
        TEST(a_trapped_exit_of_a_stranger_is_a_message),
        TEST(a_parents_exit_ends_a_trapping_server),
        TEST(kill_leaves_no_time_for_terminate),
        TEST(without_handle_info_messages_are_logged),
        TEST(without_handle_call_the_server_ends),
        TEST(get_state_and_replace_state),
        TEST(a_suspended_server_handles_system_messages_only),
        TEST(a_suspended_server_hears_its_parents_exit),
        TEST(code_changes_only_while_suspended),
        TEST(sys_terminate_has_no_last_message),
        TEST(get_status_has_otps_form),
        TEST(statistics_and_log_record_what_happens),
        TEST(trace_prints_to_the_log),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
