/* Supervisors of puppets (puppet.h), named where it fits as in OTP's supervisor_SUITE: kind of
 * child and reason of its exit. Expectations are those of supervisor.erl in OTP 25. */
#include "puppet.h"

/* ---- how children are started: { "Puppet", "start_link", { instruction, name } } ------------*/

typedef struct puppet_starter {
    bool with_info;
} puppet_starter;

static mb_callback_state await_child(mb_process *p, puppet_starter *self, mb_outcome *out) {
    mb_term value, info[3];
    mb_answer_state answer = mb_answer(p, &value);
    if (answer == MB_ANSWER_PENDING)
        return MB_CALLBACK_SUSPENDED;
    out->type = MB_OUTCOME_REPLY;
    out->reply = value;
    if (answer == MB_ANSWER_EXIT || answer == MB_ANSWER_NO_MEMORY) {
        info[0] = mb_atom("error");
        info[1] = answer == MB_ANSWER_EXIT ? value : mb_atom("system_limit");
        if (!mb_tuple(mb_runtime_of(p), &out->reply, 2, info))
            out->reply = mb_atom("system_limit");
        mb_release(mb_runtime_of(p), value);
    } else if (self->with_info && mb_is(mb_element(value, 0), "ok")) {
        info[0] = mb_atom("ok");
        info[1] = mb_element(value, 1);
        info[2] = mb_atom("info");
        assert_true(mb_tuple(mb_runtime_of(p), &out->reply, 3, info));
        mb_release(mb_runtime_of(p), value);
    }
    return MB_CALLBACK_DONE;
}

static mb_callback_state start_puppet_child(mb_process *p, void *data, mb_term start,
                                            mb_outcome *out) {
    fixture *f = fixture_of(p);
    puppet_starter *self = data;
    mb_term arguments = mb_element(start, 2), instruction = mb_element(arguments, 0);
    note(p, "start", mb_element(arguments, 1));
    out->type = MB_OUTCOME_REPLY;
    if (f->unlucky > 0) {
        f->unlucky--;
        out->reply = term(f, "{ \"error\", \"unlucky\" }");
        return MB_CALLBACK_DONE;
    }
    if (mb_is(mb_element(instruction, 0), "raise")) {
        out->type = MB_OUTCOME_CRASH;
        out->reason = term(f, "{ \"a:1: boom\", { \"a:1: in f\" } }");
        return MB_CALLBACK_DONE;
    }
    if (mb_is(mb_element(instruction, 0), "garbage")) {
        out->reply = mb_integer(5);
        return MB_CALLBACK_DONE;
    }
    self->with_info = mb_is(mb_get(instruction, "info"), "yes");
    mb_gen_server_options options = {.link = true, .initial_call = mb_atom("Puppet")};
    mb_process *child = mb_gen_server_start(mb_runtime_of(p), p, &PUPPET, mb_retain(instruction),
                                            &options);
    if (!child) {
        out->reply = mb_atom("system_limit");
        return MB_CALLBACK_DONE;
    }
    mb_await_init(p, child, MB_INFINITY);
    return await_child(p, self, out);
}

static mb_callback_state resume_start(mb_process *p, void *data, mb_outcome *out) {
    return await_child(p, data, out);
}

static const mb_child_starter STARTER = {
    .start = start_puppet_child, .resume = resume_start, .data_size = sizeof(puppet_starter)};

#define CHILD_WITH(id, instruction, fields)                                                       \
    "{ id = \"" id "\", start = { \"Puppet\", \"start_link\", { " instruction ", \"" id           \
    "\" } }, " fields " }"
#define CHILD(id, fields) CHILD_WITH(id, "{ \"ok\" }", fields)
#define TRAPPER(id, fields) CHILD_WITH(id, "{ \"ok\", flag = \"trap_exit\" }", fields)

/* ---- starting and looking -------------------------------------------------------------------*/

static mb_step start_supervisor_step(mb_process *p, void *context) {
    start_request *s = context;
    if (!s->asked) {
        s->asked = true;
        s->state = MB_ANSWER_NO_MEMORY;
        mb_process *child =
            mb_supervisor_start(mb_runtime_of(p), p, &STARTER, s->argument, &s->options);
        if (child)
            mb_await_init(p, child, MB_INFINITY);
    }
    s->state = mb_answer(p, &s->value);
    if (s->state == MB_ANSWER_PENDING)
        return MB_STEP_WAIT;
    s->done = true;
    return finish_act(p);
}

/* What starting a supervisor answers, owned. */
static mb_term try_supervisor(fixture *f, const char *argument) {
    start_request s = {.argument = term(f, argument), .options = {.link = true}};
    s.options.initial_call = mb_atom("Sup");
    act(f, start_supervisor_step, &s);
    for (int i = 0; i < 100000 && !s.done; i++)
        mb_run(f->rt, 1, MB_INFINITY);
    assert_true(s.done);
    return s.value;
}

static mb_pid start_supervisor(fixture *f, const char *argument) {
    mb_pid pid = started(f, try_supervisor(f, argument));
    f->journal[0] = '\0';
    return pid;
}

static void assert_start(fixture *f, const char *argument, const char *expected) {
    mb_term answer = try_supervisor(f, argument);
    assert_prints(answer, expected);
    mb_release(f->rt, answer);
}

typedef struct search {
    const char *id;
    mb_child found;
    bool exists;
    size_t count;
} search;

static void look(void *context, const mb_child *child) {
    search *s = context;
    s->count++;
    if (mb_is(child->id, s->id)) {
        s->found = *child;
        s->exists = true;
    }
}

static search find(fixture *f, mb_pid supervisor, const char *id) {
    search s = {.id = id};
    mb_process *p = mb_lookup(f->rt, supervisor);
    assert_non_null(p);
    assert_true(mb_is_supervisor(p));
    mb_supervisor_children(p, look, &s);
    return s;
}

static mb_pid pid_of(fixture *f, mb_pid supervisor, const char *id) {
    search s = find(f, supervisor, id);
    assert_true(s.exists);
    return s.found.pid;
}

static bool alive(fixture *f, mb_pid pid) { return mb_lookup(f->rt, pid) != NULL; }

/* Ends a process with exit(reason) from within; "killed" by a kill. */
static void end_process(fixture *f, mb_pid pid, const char *reason) {
    char instruction[128];
    if (strcmp(reason, "\"killed\"") == 0) {
        assert_true(mb_exit_signal(f->rt, NULL, pid, mb_atom("kill")));
    } else {
        snprintf(instruction, sizeof instruction, "{ \"exit\", %s }", reason);
        assert_true(mb_send(f->rt, NULL, pid, term(f, instruction)));
    }
}

static void end_child(fixture *f, mb_pid supervisor, const char *id, const char *reason) {
    end_process(f, pid_of(f, supervisor, id), reason);
    mb_run(f->rt, 100000, 0);
}

/* ---- kind of child × reason of its exit -----------------------------------------------------*/

typedef enum fate { RESTARTED, KEPT, FORGOTTEN } fate;

static void check_fate(fixture *f, const char *kind, const char *reason, fate expected) {
    char argument[512];
    snprintf(argument, sizeof argument, "{ { " CHILD("a", "restart = \"%s\"") " }, {} }", kind);
    mb_pid supervisor = start_supervisor(f, argument);
    mb_pid old = pid_of(f, supervisor, "a");
    end_child(f, supervisor, "a", reason);
    search now = find(f, supervisor, "a");
    assert_false(alive(f, old));
    assert_int_equal(now.exists, expected != FORGOTTEN);
    assert_int_equal(now.exists && now.found.pid != 0, expected == RESTARTED);
    if (expected == RESTARTED) {
        assert_true(alive(f, now.found.pid));
        assert_int_equal(now.found.restarts, 1);
    }
}

#define FATE(kind, name, reason, fate)                                                            \
    static void kind##_##name(void **state) { check_fate(*state, #kind, reason, fate); }

FATE(permanent, normal, "\"normal\"", RESTARTED)
FATE(permanent, shutdown, "\"shutdown\"", RESTARTED)
FATE(permanent, shutdown_reason, "{ \"shutdown\", 1 }", RESTARTED)
FATE(permanent, abnormal, "\"oops\"", RESTARTED)
FATE(permanent, killed, "\"killed\"", RESTARTED)
FATE(transient, normal, "\"normal\"", KEPT)
FATE(transient, shutdown, "\"shutdown\"", KEPT)
FATE(transient, shutdown_reason, "{ \"shutdown\", 1 }", KEPT)
FATE(transient, abnormal, "\"oops\"", RESTARTED)
FATE(transient, killed, "\"killed\"", RESTARTED)
FATE(temporary, normal, "\"normal\"", FORGOTTEN)
FATE(temporary, shutdown, "\"shutdown\"", FORGOTTEN)
FATE(temporary, shutdown_reason, "{ \"shutdown\", 1 }", FORGOTTEN)
FATE(temporary, abnormal, "\"oops\"", FORGOTTEN)
FATE(temporary, killed, "\"killed\"", FORGOTTEN)

/* ---- start ----------------------------------------------------------------------------------*/

static void children_start_in_order_and_end_in_reverse(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(
        f, "{ { " TRAPPER("a", "") ", " TRAPPER("b", "") ", " TRAPPER("c", "") " }, {} }");
    assert_answer(f, supervisor, MB_CALL, term(f, "\"which_children\""), MB_ANSWER_VALUE,
                  "{ { \"c\", #PID<0.104.0>, \"worker\", { \"Puppet\" } }, "
                  "{ \"b\", #PID<0.103.0>, \"worker\", { \"Puppet\" } }, "
                  "{ \"a\", #PID<0.102.0>, \"worker\", { \"Puppet\" } } }");
    assert_true(mb_exit_signal(f->rt, f->owner, supervisor, mb_atom("shutdown")));
    run(f);
    assert_journal(f, "terminate(\"shutdown\") terminate(\"shutdown\") terminate(\"shutdown\") ");
    assert_int_equal(mb_process_count(f->rt), 1);
    assert_string_equal(received(f), "{ \"EXIT\", #PID<0.101.0>, \"shutdown\" };");
    assert_log(f, "");
}

static void a_failing_start_stops_those_before(void **state) {
    fixture *f = *state;
    assert_start(f,
                 "{ { " TRAPPER("a", "") ", " CHILD_WITH("b", "{ \"stop\", \"oops\" }", "")
                 ", " CHILD("c", "") " }, {} }",
                 "{ \"error\", { \"shutdown\", { \"failed_to_start_child\", \"b\", \"oops\" } } }");
    run(f);
    assert_journal(f, "start(\"a\") init({ \"ok\", flag = \"trap_exit\" }) start(\"b\") "
                      "init({ \"stop\", \"oops\" }) terminate(\"shutdown\") ");
    assert_int_equal(mb_process_count(f->rt), 1);
}

static void a_start_that_raises_is_an_exit(void **state) {
    fixture *f = *state;
    assert_start(f, "{ { " CHILD_WITH("a", "{ \"raise\" }", "") " }, {} }",
                 "{ \"error\", { \"shutdown\", { \"failed_to_start_child\", \"a\", "
                 "{ \"EXIT\", { \"a:1: boom\", { \"a:1: in f\" } } } } } }");
    assert_start(f, "{ { " CHILD_WITH("a", "{ \"garbage\" }", "") " }, {} }",
                 "{ \"error\", { \"shutdown\", { \"failed_to_start_child\", \"a\", 5 } } }");
}

static void ignoring_children_stay_without_a_process(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(
        f, "{ { " CHILD_WITH("a", "{ \"ignore\" }", "") ", "
        CHILD_WITH("b", "{ \"ignore\" }", "restart = \"temporary\"") " }, {} }");
    assert_answer(f, supervisor, MB_CALL, term(f, "\"which_children\""), MB_ANSWER_VALUE,
                  "{ { \"a\", \"undefined\", \"worker\", { \"Puppet\" } } }");
}

static void bad_flags_and_specifications_are_refused(void **state) {
    static const char *const cases[][2] = {
        {"{ {}, { strategy = \"one\" } }",
         "{ \"supervisor_data\", { \"invalid_strategy\", \"one\" } }"},
        {"{ {}, { intensity = true } }",
         "{ \"supervisor_data\", { \"invalid_intensity\", true } }"},
        {"{ {}, { period = 0 } }", "{ \"supervisor_data\", { \"invalid_period\", 0 } }"},
        {"{ {}, { auto_shutdown = \"x\" } }",
         "{ \"supervisor_data\", { \"invalid_auto_shutdown\", \"x\" } }"},
        {"{ {}, 5 }", "{ \"supervisor_data\", { \"invalid_type\", 5 } }"},
        {"{ { {} }, {} }", "{ \"start_spec\", \"missing_id\" }"},
        {"{ { { id = 1 } }, {} }", "{ \"start_spec\", \"missing_start\" }"},
        {"{ { { id = 1, start = 2 } }, {} }", "{ \"start_spec\", { \"invalid_mfa\", 2 } }"},
        {"{ { 7 }, {} }", "{ \"start_spec\", { \"invalid_child_spec\", 7 } }"},
        {"{ { " CHILD("a", "restart = \"often\"") " }, {} }",
         "{ \"start_spec\", { \"invalid_restart_type\", \"often\" } }"},
        {"{ { " CHILD("a", "type = \"boss\"") " }, {} }",
         "{ \"start_spec\", { \"invalid_child_type\", \"boss\" } }"},
        {"{ { " CHILD("a", "shutdown = -1") " }, {} }",
         "{ \"start_spec\", { \"invalid_shutdown\", -1 } }"},
        {"{ { " CHILD("a", "modules = \"m\"") " }, {} }",
         "{ \"start_spec\", { \"invalid_modules\", \"m\" } }"},
        {"{ { " CHILD("a", "modules = { 1 }") " }, {} }",
         "{ \"start_spec\", { \"invalid_module\", 1 } }"},
        {"{ { " CHILD("a", "significant = 1") " }, {} }",
         "{ \"start_spec\", { \"invalid_significant\", 1 } }"},
        {"{ { " CHILD("a", "significant = true") " }, {} }",
         "{ \"start_spec\", { \"bad_combination\", "
         "{ auto_shutdown = \"never\", significant = true } } }"},
        {"{ { " CHILD("a", "significant = true") " }, { auto_shutdown = \"any_significant\" } }",
         "{ \"start_spec\", { \"bad_combination\", "
         "{ restart = \"permanent\", significant = true } } }"},
        {"{ { " CHILD("a", "") ", " CHILD("a", "") " }, {} }",
         "{ \"start_spec\", { \"duplicate_child_name\", \"a\" } }"},
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char expected[256];
        snprintf(expected, sizeof expected, "{ \"error\", %s }", cases[i][1]);
        assert_start(f, cases[i][0], expected);
    }
}

/* ---- strategies -----------------------------------------------------------------------------*/

static mb_pid start_three(fixture *f, const char *strategy) {
    char argument[1024];
    snprintf(argument, sizeof argument,
             "{ { " CHILD("a", "") ", " CHILD("b", "") ", " CHILD("c", "") ", "
             CHILD("t", "restart = \"temporary\"") " }, { strategy = \"%s\", intensity = 3 } }",
             strategy);
    return start_supervisor(f, argument);
}

/* Which of the children have other pids after one ended: "abct", '.' for the same, '-' for gone. */
static void check_strategy(fixture *f, const char *strategy, const char *ends,
                           const char *expected) {
    static const char *const ids[] = {"a", "b", "c", "t"};
    mb_pid supervisor = start_three(f, strategy), before[4];
    char changed[5] = "....";
    for (size_t i = 0; i < 4; i++)
        before[i] = pid_of(f, supervisor, ids[i]);
    end_child(f, supervisor, ends, "\"oops\"");
    for (size_t i = 0; i < 4; i++) {
        search now = find(f, supervisor, ids[i]);
        if (!now.exists)
            changed[i] = '-';
        else if (now.found.pid != before[i])
            changed[i] = ids[i][0];
    }
    assert_string_equal(changed, expected);
}

static void one_for_one_restarts_the_one(void **state) {
    check_strategy(*state, "one_for_one", "b", ".b..");
    assert_journal((fixture *)*state, "info({ \"exit\", \"oops\" }) terminate(\"oops\") "
                                      "start(\"b\") init({ \"ok\" }) ");
}

static void one_for_all_restarts_all_but_temporary_ones(void **state) {
    check_strategy(*state, "one_for_all", "b", "abc-");
}

static void rest_for_one_restarts_those_behind(void **state) {
    check_strategy(*state, "rest_for_one", "b", ".bc-");
}

static void a_temporary_childs_end_concerns_nobody(void **state) {
    check_strategy(*state, "one_for_all", "t", "...-");
    check_strategy(*state, "rest_for_one", "t", "...-");
}

static void one_for_all_starts_stopped_children_again(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_three(f, "one_for_all");
    assert_reply(f, supervisor, term(f, "{ \"terminate_child\", \"a\" }"), "\"ok\"");
    assert_int_equal(pid_of(f, supervisor, "a"), 0);
    end_child(f, supervisor, "c", "\"oops\"");
    assert_int_not_equal(pid_of(f, supervisor, "a"), 0);
}

/* ---- restart intensity and failing restarts -------------------------------------------------*/

static void too_many_restarts_end_the_supervisor(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(
        f, "{ { " CHILD("a", "") ", " TRAPPER("b", "") " }, { intensity = 2, period = 5 } }");
    end_child(f, supervisor, "a", "\"x\"");
    end_child(f, supervisor, "a", "\"x\"");
    assert_true(alive(f, supervisor));
    f->journal[0] = '\0';
    end_child(f, supervisor, "a", "\"killed\"");
    assert_false(alive(f, supervisor));
    assert_journal(f, "terminate(\"shutdown\") ");
    assert_string_equal(received(f), "{ \"EXIT\", #PID<0.101.0>, \"shutdown\" };");
}

static void old_restarts_are_forgiven(void **state) {
    fixture *f = *state;
    mb_pid supervisor =
        start_supervisor(f, "{ { " CHILD("a", "") " }, { intensity = 1, period = 2 } }");
    for (int i = 0; i < 5; i++) {
        end_child(f, supervisor, "a", "\"killed\"");
        assert_true(alive(f, supervisor));
        run_for(f, 3000);
    }
    end_child(f, supervisor, "a", "\"killed\"");
    run_for(f, 2000); /* exactly a period ago still counts */
    end_child(f, supervisor, "a", "\"killed\"");
    assert_false(alive(f, supervisor));
}

static void intensity_zero_allows_none(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(f, "{ { " CHILD("a", "") " }, { intensity = 0 } }");
    end_child(f, supervisor, "a", "\"killed\"");
    assert_false(alive(f, supervisor));
}

static void failing_restarts_are_tried_again(void **state) {
    fixture *f = *state;
    mb_pid supervisor =
        start_supervisor(f, "{ { " CHILD("a", "") " }, { intensity = 4, period = 5 } }");
    f->unlucky = 3;
    end_child(f, supervisor, "a", "\"killed\"");
    assert_true(alive(f, supervisor));
    assert_true(alive(f, pid_of(f, supervisor, "a")));
    assert_journal(f, "start(\"a\") start(\"a\") start(\"a\") start(\"a\") init({ \"ok\" }) ");
}

static void each_try_counts(void **state) {
    fixture *f = *state;
    mb_pid supervisor =
        start_supervisor(f, "{ { " CHILD("a", "") " }, { intensity = 3, period = 5 } }");
    f->unlucky = 100;
    end_child(f, supervisor, "a", "\"killed\"");
    assert_false(alive(f, supervisor));
    assert_journal(f, "start(\"a\") start(\"a\") start(\"a\") ");
}

static void a_sibling_that_fails_to_restart_is_tried_again(void **state) {
    static const char *const strategies[] = {"one_for_all", "rest_for_one"};
    fixture *f = *state;
    for (size_t i = 0; i < 2; i++) {
        mb_pid supervisor = start_three(f, strategies[i]);
        f->unlucky = 1;
        end_child(f, supervisor, "a", "\"killed\"");
        assert_true(alive(f, pid_of(f, supervisor, "a")));
        assert_true(alive(f, pid_of(f, supervisor, "b")));
        assert_true(alive(f, pid_of(f, supervisor, "c")));
    }
}

/* A call that is in the mailbox when the restart fails comes before the next try. */
static mb_step ask_for_children(mb_process *p, void *context) {
    question *q = context;
    mb_runtime *rt = mb_runtime_of(p);
    if (!q->asked) {
        fixture *f = fixture_of(p);
        q->asked = true;
        f->unlucky = 1;
        mb_exit_signal(rt, p, pid_of(f, q->to, "a"), mb_atom("kill"));
        mb_lookup_settled(rt, pid_of(f, q->to, "a"));
        mb_call(p, q->to, MB_CALL, term(fixture_of(p), "\"which_children\""), MB_INFINITY);
    }
    q->state = mb_answer(p, &q->value);
    if (q->state == MB_ANSWER_PENDING)
        return MB_STEP_WAIT;
    q->done = true;
    return finish_act(p);
}

static void a_child_between_tries_is_restarting(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(f, "{ { " CHILD("a", "") " }, { intensity = 5 } }");
    question q = {.to = supervisor};
    act(f, ask_for_children, &q);
    run(f);
    assert_true(q.done);
    assert_prints(q.value, "{ { \"a\", \"restarting\", \"worker\", { \"Puppet\" } } }");
    mb_release(f->rt, q.value);
    assert_true(alive(f, pid_of(f, supervisor, "a")));
}

/* ---- shutdown -------------------------------------------------------------------------------*/

#define SLOW "{ \"ok\", flag = \"trap_exit\", last_words = { \"noreply\", sleep = 1000 } }"

static void shut_down_child(fixture *f, const char *shutdown, int64_t takes) {
    char argument[512];
    snprintf(argument, sizeof argument, "{ { " CHILD_WITH("a", SLOW, "shutdown = %s") " }, {} }",
             shutdown);
    mb_pid supervisor = start_supervisor(f, argument);
    mb_pid child = pid_of(f, supervisor, "a");
    mb_time began = mb_now(f->rt);
    assert_reply(f, supervisor, term(f, "{ \"terminate_child\", \"a\" }"), "\"ok\"");
    assert_int_equal((mb_now(f->rt) - began) / MB_MILLISECOND, takes);
    assert_false(alive(f, child));
}

static void a_child_has_its_time_to_end(void **state) {
    shut_down_child(*state, "2000", 1000);
    assert_journal((fixture *)*state, "terminate(\"shutdown\") ");
}

static void a_child_that_takes_too_long_is_killed(void **state) {
    shut_down_child(*state, "300", 300);
}

static void infinity_waits_as_long_as_it_takes(void **state) {
    shut_down_child(*state, "\"infinity\"", 1000);
}

static void brutal_kill_gives_no_time(void **state) {
    shut_down_child(*state, "\"brutal_kill\"", 0);
    assert_journal((fixture *)*state, "");
}

static void unexpected_ends_are_reported_with_sasl(void **state) {
    fixture *f = *state;
    mb_set_sasl_reports(f->rt, true);
    mb_pid supervisor =
        start_supervisor(f, "{ { " CHILD_WITH("a", SLOW, "shutdown = 5") " }, {} }");
    assert_log(f, "[info] Child a of Supervisor #PID<0.101.0> (Sup) started\n"
                  "Pid: #PID<0.102.0>\n"
                  "Start Call: Puppet.start_link({ \"ok\", flag = \"trap_exit\", "
                  "last_words = { \"noreply\", sleep = 1000 } }, \"a\")\n"
                  "Restart: \"permanent\"\nShutdown: 5\nType: \"worker\"\n");
    assert_reply(f, supervisor, term(f, "{ \"terminate_child\", \"a\" }"), "\"ok\"");
    assert_int_equal(strncmp(f->log,
                             "[error] Child a of Supervisor #PID<0.101.0> (Sup) shut down "
                             "abnormally\n** (exit) killed\nPid: #PID<0.102.0>\n",
                             strlen("[error] Child a of Supervisor #PID<0.101.0> (Sup) shut down "
                                    "abnormally\n** (exit) killed\nPid: #PID<0.102.0>\n")),
                     0);
}

/* An end that happened unseen shows in the EXIT, not in the "noproc" of the monitor. */
static mb_step kill_and_terminate(mb_process *p, void *context) {
    question *q = context;
    if (!q->asked) {
        q->asked = true;
        mb_pid child = pid_of(fixture_of(p), q->to, "a");
        mb_exit_signal(mb_runtime_of(p), p, child, mb_atom("kill"));
        mb_call(p, q->to, MB_CALL, q->request, MB_INFINITY);
        mb_lookup_settled(mb_runtime_of(p), child);
    }
    q->state = mb_answer(p, &q->value);
    if (q->state == MB_ANSWER_PENDING)
        return MB_STEP_WAIT;
    q->done = true;
    return finish_act(p);
}

static void a_child_may_be_dead_when_it_is_to_be_stopped(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(f, "{ { " CHILD("a", "") " }, {} }");
    question q = {.to = supervisor, .request = term(f, "{ \"terminate_child\", \"a\" }")};
    act(f, kill_and_terminate, &q);
    run(f);
    assert_true(q.done);
    assert_prints(q.value, "\"ok\"");
    assert_int_equal(pid_of(f, supervisor, "a"), 0);
    assert_string_equal(received(f), "");
}

/* ---- requests -------------------------------------------------------------------------------*/

static void start_child_adds_one_at_the_end(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(f, "{ { " CHILD("a", "") " }, {} }");
    assert_reply(f, supervisor, term(f, "{ \"start_child\", " CHILD("b", "") " }"),
                 "{ \"ok\", #PID<0.103.0> }");
    assert_reply(f, supervisor,
                 term(f, "{ \"start_child\", " CHILD_WITH("c", "{ \"ok\", info = \"yes\" }", "")
                         " }"),
                 "{ \"ok\", #PID<0.104.0>, \"info\" }");
    assert_reply(f, supervisor, term(f, "\"count_children\""),
                 "{ active = 3, specs = 3, supervisors = 0, workers = 3 }");
    assert_int_equal(find(f, supervisor, "c").count, 3);
}

static void start_child_says_what_is_wrong(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(f, "{ { " CHILD("a", "") " }, {} }");
    assert_reply(f, supervisor, term(f, "{ \"start_child\", " CHILD("a", "") " }"),
                 "{ \"error\", { \"already_started\", #PID<0.102.0> } }");
    assert_reply(f, supervisor, term(f, "{ \"terminate_child\", \"a\" }"), "\"ok\"");
    assert_reply(f, supervisor, term(f, "{ \"start_child\", " CHILD("a", "") " }"),
                 "{ \"error\", \"already_present\" }");
    assert_reply(f, supervisor, term(f, "{ \"start_child\", {} }"),
                 "{ \"error\", \"missing_id\" }");
    assert_reply(f, supervisor,
                 term(f, "{ \"start_child\", "
                      CHILD_WITH("b", "{ \"stop\", \"no\" }", "restart = \"transient\"") " }"),
                 "{ \"error\", { \"no\", { id = \"b\", modules = { \"Puppet\" }, "
                 "restart = \"transient\", shutdown = 5000, significant = false, "
                 "start = { \"Puppet\", \"start_link\", { { \"stop\", \"no\" }, \"b\" } }, "
                 "type = \"worker\" } } }");
    assert_false(find(f, supervisor, "b").exists);
}

static void ignoring_start_child_answers_undefined(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(f, "{ {}, {} }");
    assert_reply(f, supervisor,
                 term(f, "{ \"start_child\", " CHILD_WITH("a", "{ \"ignore\" }", "") " }"),
                 "{ \"ok\", \"undefined\" }");
    assert_reply(f, supervisor,
                 term(f, "{ \"start_child\", "
                      CHILD_WITH("b", "{ \"ignore\" }", "restart = \"temporary\"") " }"),
                 "{ \"ok\", \"undefined\" }");
    assert_true(find(f, supervisor, "a").exists);
    assert_false(find(f, supervisor, "b").exists);
}

static void terminated_children_can_be_restarted_or_deleted(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(
        f, "{ { " CHILD("a", "") ", " CHILD("t", "restart = \"temporary\"") " }, {} }");
    assert_reply(f, supervisor, term(f, "{ \"restart_child\", \"a\" }"),
                 "{ \"error\", \"running\" }");
    assert_reply(f, supervisor, term(f, "{ \"delete_child\", \"a\" }"),
                 "{ \"error\", \"running\" }");
    assert_reply(f, supervisor, term(f, "{ \"terminate_child\", \"a\" }"), "\"ok\"");
    assert_reply(f, supervisor, term(f, "{ \"terminate_child\", \"a\" }"), "\"ok\"");
    assert_reply(f, supervisor, term(f, "{ \"restart_child\", \"a\" }"),
                 "{ \"ok\", #PID<0.104.0> }");
    assert_reply(f, supervisor, term(f, "{ \"terminate_child\", \"a\" }"), "\"ok\"");
    assert_reply(f, supervisor, term(f, "{ \"delete_child\", \"a\" }"), "\"ok\"");
    assert_reply(f, supervisor, term(f, "{ \"delete_child\", \"a\" }"),
                 "{ \"error\", \"not_found\" }");
    assert_reply(f, supervisor, term(f, "{ \"terminate_child\", \"t\" }"), "\"ok\"");
    assert_reply(f, supervisor, term(f, "{ \"restart_child\", \"t\" }"),
                 "{ \"error\", \"not_found\" }");
}

static void a_manual_restart_does_not_count(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(f, "{ { " CHILD("a", "") " }, { intensity = 1 } }");
    for (int i = 0; i < 5; i++) {
        mb_term answer;
        assert_reply(f, supervisor, term(f, "{ \"terminate_child\", \"a\" }"), "\"ok\"");
        answer = ask_kind(f, supervisor, MB_CALL, term(f, "{ \"restart_child\", \"a\" }"),
                          MB_ANSWER_VALUE);
        mb_release(f->rt, answer);
    }
    end_child(f, supervisor, "a", "\"killed\"");
    assert_true(alive(f, supervisor));
}

static void a_failing_manual_restart_answers_its_error(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(f, "{ { " CHILD("a", "") " }, {} }");
    assert_reply(f, supervisor, term(f, "{ \"terminate_child\", \"a\" }"), "\"ok\"");
    f->unlucky = 1;
    assert_reply(f, supervisor, term(f, "{ \"restart_child\", \"a\" }"),
                 "{ \"error\", \"unlucky\" }");
    assert_true(find(f, supervisor, "a").exists);
}

static void unknown_requests_end_the_supervisor(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(f, "{ {}, {} }");
    assert_call_exits(f, supervisor, mb_atom("nonsense"),
                      "{ \"function_clause\", { \"supervisor\", \"handle_call\", "
                      "\"nonsense\" } }");
}

static void strangers_and_stray_messages_change_nothing(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(f, "{ { " CHILD("a", "") " }, {} }");
    assert_true(mb_exit_signal(f->rt, NULL, supervisor, mb_atom("die")));
    assert_true(mb_send(f->rt, NULL, supervisor, term(f, "{ \"hello\" }")));
    run(f);
    assert_true(alive(f, supervisor));
    assert_log(f, "[error] Supervisor received unexpected message: { \"hello\" }\n");
}

/* ---- auto shutdown --------------------------------------------------------------------------*/

static void any_significant_child_ends_the_supervisor(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(
        f, "{ { " CHILD("a", "restart = \"transient\", significant = true") ", "
        CHILD("b", "restart = \"transient\"") " }, { auto_shutdown = \"any_significant\" } }");
    end_child(f, supervisor, "b", "\"normal\"");
    assert_true(alive(f, supervisor));
    end_child(f, supervisor, "a", "\"killed\"");
    assert_true(alive(f, supervisor));
    end_child(f, supervisor, "a", "\"normal\"");
    assert_false(alive(f, supervisor));
    assert_string_equal(received(f), "{ \"EXIT\", #PID<0.101.0>, \"shutdown\" };");
}

static void all_significant_children_end_the_supervisor(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(
        f, "{ { " CHILD("a", "restart = \"transient\", significant = true") ", "
        CHILD("b", "restart = \"temporary\", significant = true") ", " CHILD("c", "")
        " }, { auto_shutdown = \"all_significant\" } }");
    end_child(f, supervisor, "a", "\"normal\"");
    assert_true(alive(f, supervisor));
    end_child(f, supervisor, "b", "\"killed\"");
    assert_false(alive(f, supervisor));
}

static void terminating_a_significant_child_is_no_auto_shutdown(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(
        f, "{ { " CHILD("a", "restart = \"transient\", significant = true")
        " }, { auto_shutdown = \"any_significant\" } }");
    assert_reply(f, supervisor, term(f, "{ \"terminate_child\", \"a\" }"), "\"ok\"");
    run(f);
    assert_true(alive(f, supervisor));
}

/* ---- size and memory ------------------------------------------------------------------------*/

static void ten_thousand_children_killed_once_each(void **state) {
    enum { COUNT = 10000 };
    static mb_pid pids[COUNT];
    fixture *f = *state;
    mb_term specs, *list = malloc(COUNT * sizeof *list), pair[2], argument;
    assert_non_null(list);
    for (int64_t i = 0; i < COUNT; i++)
        list[i] = term(f, "{ id = %, start = { \"P\", \"s\", { { \"ok\" }, 1 } } }", mb_integer(i));
    assert_true(mb_tuple(f->rt, &specs, COUNT, list));
    for (size_t i = 0; i < COUNT; i++)
        mb_release(f->rt, list[i]);
    free(list);
    pair[0] = specs;
    pair[1] = term(f, "{ intensity = 20000 }");
    assert_true(mb_tuple(f->rt, &argument, 2, pair));
    mb_release(f->rt, pair[0]);
    mb_release(f->rt, pair[1]);
    start_request s = {.argument = argument, .options = {.link = true}};
    act(f, start_supervisor_step, &s);
    run(f);
    mb_pid supervisor = started(f, s.value);
    size_t count = 0;
    for (mb_process *p = NULL; (p = mb_next_process(f->rt, p ? mb_self(p) : supervisor));)
        pids[count++] = mb_self(p);
    assert_int_equal(count, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        assert_true(mb_exit_signal(f->rt, NULL, pids[i], mb_atom("kill")));
    run(f);
    assert_int_equal(find(f, supervisor, "").count, COUNT);
    assert_int_equal(mb_process_count(f->rt), COUNT + 2);
    assert_true(mb_exit_signal(f->rt, f->owner, supervisor, mb_atom("shutdown")));
    run(f);
    assert_int_equal(mb_process_count(f->rt), 1);
}

static bool supervises_with(size_t allowance) {
    fixture f;
    if (fixture_begin(&f, allowance)) {
        start_request s = {
            .argument = term(&f, "{ { " TRAPPER("a", "") ", " CHILD("b", "") " },"
                                 "  { strategy = \"one_for_all\", intensity = 3 } }"),
            .options = {.link = true, .name = mb_atom("sup")}};
        act(&f, start_supervisor_step, &s);
        run(&f);
        mb_pid supervisor = mb_element(s.value, 1).type == MB_PID ? mb_element(s.value, 1).id : 0;
        mb_release(f.rt, s.value);
        if (supervisor && alive(&f, supervisor)) {
            search b = find(&f, supervisor, "b");
            if (b.exists && b.found.pid)
                (void)mb_exit_signal(f.rt, NULL, b.found.pid, mb_atom("kill"));
            run(&f);
        }
        const char *const calls[] = {"{ \"start_child\", " CHILD("c", "") " }",
                                     "{ \"terminate_child\", \"c\" }"};
        for (size_t i = 0; owner_lives(&f) && i < 2; i++) {
            question q = {.to = supervisor, .request = term(&f, calls[i]), .kind = MB_CALL,
                          .timeout = MB_INFINITY};
            act(&f, ask_step, &q);
            run(&f);
            assert_true(q.done || !owner_lives(&f));
            mb_release(f.rt, q.value);
        }
        const char *const changes[] = {"\"suspend\"",
                                       "{ \"change_code\", \"M\", \"old\", \"extra\" }",
                                       "\"get_status\"", "\"resume\""};
        for (size_t i = 0; owner_lives(&f) && i < 4; i++) {
            question q = {.to = supervisor, .request = term(&f, changes[i]), .kind = MB_SYSTEM,
                          .timeout = MB_INFINITY};
            act(&f, ask_step, &q);
            run(&f);
            assert_true(q.done || !owner_lives(&f));
            mb_release(f.rt, q.value);
        }
        if (owner_lives(&f))
            (void)mb_exit_signal(f.rt, f.owner, supervisor, mb_atom("shutdown"));
        run(&f);
    }
    fixture_end(&f);
    return f.refused == 0;
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    size_t allowance = 0;
    while (!supervises_with(allowance))
        allowance++;
    assert_true(allowance > 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(permanent_normal),
        TEST(permanent_shutdown),
        TEST(permanent_shutdown_reason),
        TEST(permanent_abnormal),
        TEST(permanent_killed),
        TEST(transient_normal),
        TEST(transient_shutdown),
        TEST(transient_shutdown_reason),
        TEST(transient_abnormal),
        TEST(transient_killed),
        TEST(temporary_normal),
        TEST(temporary_shutdown),
        TEST(temporary_shutdown_reason),
        TEST(temporary_abnormal),
        TEST(temporary_killed),
        TEST(children_start_in_order_and_end_in_reverse),
        TEST(a_failing_start_stops_those_before),
        TEST(a_start_that_raises_is_an_exit),
        TEST(ignoring_children_stay_without_a_process),
        TEST(bad_flags_and_specifications_are_refused),
        TEST(one_for_one_restarts_the_one),
        TEST(one_for_all_restarts_all_but_temporary_ones),
        TEST(rest_for_one_restarts_those_behind),
        TEST(a_temporary_childs_end_concerns_nobody),
        TEST(one_for_all_starts_stopped_children_again),
        TEST(too_many_restarts_end_the_supervisor),
        TEST(old_restarts_are_forgiven),
        TEST(intensity_zero_allows_none),
        TEST(failing_restarts_are_tried_again),
        TEST(each_try_counts),
        TEST(a_sibling_that_fails_to_restart_is_tried_again),
        TEST(a_child_between_tries_is_restarting),
        TEST(a_child_has_its_time_to_end),
        TEST(a_child_that_takes_too_long_is_killed),
        TEST(infinity_waits_as_long_as_it_takes),
        TEST(brutal_kill_gives_no_time),
        TEST(unexpected_ends_are_reported_with_sasl),
        TEST(a_child_may_be_dead_when_it_is_to_be_stopped),
        TEST(start_child_adds_one_at_the_end),
        TEST(start_child_says_what_is_wrong),
        TEST(ignoring_start_child_answers_undefined),
        TEST(terminated_children_can_be_restarted_or_deleted),
        TEST(a_manual_restart_does_not_count),
        TEST(a_failing_manual_restart_answers_its_error),
        TEST(unknown_requests_end_the_supervisor),
        TEST(strangers_and_stray_messages_change_nothing),
        TEST(any_significant_child_ends_the_supervisor),
        TEST(all_significant_children_end_the_supervisor),
        TEST(terminating_a_significant_child_is_no_auto_shutdown),
        TEST(ten_thousand_children_killed_once_each),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
