/* Dynamic supervisors of puppets (puppet.h). Expectations are those of Elixir's
 * DynamicSupervisor. */
#include "puppet.h"

/* ---- how children are started: { "Puppet", "start_link", { extra…, instruction } } ----------*/

static mb_callback_state await_child(mb_process *p, void *data, mb_outcome *out) {
    mb_term value, parts[2] = {mb_atom("error")};
    mb_answer_state answer = mb_answer(p, &value);
    (void)data;
    if (answer == MB_ANSWER_PENDING)
        return MB_CALLBACK_SUSPENDED;
    out->type = MB_OUTCOME_REPLY;
    out->reply = value;
    if (answer == MB_ANSWER_VALUE)
        return MB_CALLBACK_DONE;
    parts[1] = answer == MB_ANSWER_EXIT ? value : mb_atom("system_limit");
    if (!mb_tuple(mb_runtime_of(p), &out->reply, 2, parts))
        out->reply = mb_atom("system_limit");
    mb_release(mb_runtime_of(p), parts[1]);
    return MB_CALLBACK_DONE;
}

static mb_callback_state start_child(mb_process *p, void *data, mb_term start, mb_outcome *out) {
    fixture *f = fixture_of(p);
    mb_term arguments = mb_element(start, 2);
    mb_term instruction = mb_element(arguments, mb_array_size(arguments) - 1);
    note(p, "start", arguments);
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
    mb_gen_server_options options = {.link = true, .initial_call = mb_atom("Puppet")};
    mb_process *child = mb_gen_server_start(mb_runtime_of(p), p, &PUPPET, mb_retain(instruction),
                                            &options);
    if (!child) {
        out->reply = mb_atom("system_limit");
        return MB_CALLBACK_DONE;
    }
    mb_await_init(p, child, MB_INFINITY);
    return await_child(p, data, out);
}

static const mb_child_starter STARTER = {.start = start_child, .resume = await_child};

/* ---- starting and looking -------------------------------------------------------------------*/

static mb_step start_supervisor_step(mb_process *p, void *context) {
    start_request *s = context;
    if (!s->asked) {
        s->asked = true;
        mb_process *child =
            mb_dynamic_supervisor_start(mb_runtime_of(p), p, &STARTER, s->argument, &s->options);
        if (child)
            mb_await_init(p, child, MB_INFINITY);
    }
    s->state = mb_answer(p, &s->value);
    if (s->state == MB_ANSWER_PENDING)
        return MB_STEP_WAIT;
    s->done = true;
    return finish_act(p);
}

static mb_term try_supervisor(fixture *f, const char *flags) {
    start_request s = {.argument = term(f, flags), .options = {.link = true}};
    act(f, start_supervisor_step, &s);
    for (int i = 0; i < 100000 && !s.done; i++)
        mb_run(f->rt, 1, MB_INFINITY);
    assert_true(s.done);
    return s.value;
}

static mb_pid start_supervisor(fixture *f, const char *flags) {
    mb_term answer = try_supervisor(f, flags);
    mb_pid pid = mb_element(answer, 1).id;
    assert_true(mb_is(mb_element(answer, 0), "ok"));
    mb_release(f->rt, answer);
    return pid;
}

#define SPEC(instruction, fields)                                                                 \
    "{ \"start_child\", { id = 1, start = { \"Puppet\", \"start_link\", { " instruction           \
    " } }, " fields " } }"
#define TRAPPER "{ \"ok\", flag = \"trap_exit\" }"
#define SLOW(ms) "{ \"ok\", flag = \"trap_exit\", last_words = { \"noreply\", sleep = " ms " } }"

static mb_pid add_child(fixture *f, mb_pid supervisor, const char *request) {
    mb_term answer = ask_kind(f, supervisor, MB_CALL, term(f, request), MB_ANSWER_VALUE);
    mb_pid pid = mb_element(answer, 1).id;
    assert_true(mb_is(mb_element(answer, 0), "ok"));
    mb_release(f->rt, answer);
    f->journal[0] = '\0';
    return pid;
}

static bool alive(fixture *f, mb_pid pid) { return mb_lookup(f->rt, pid) != NULL; }

typedef struct census {
    size_t count;
    mb_child last;
} census;

static void count(void *context, const mb_child *child) {
    census *c = context;
    c->count++;
    c->last = *child;
}

static census look(fixture *f, mb_pid supervisor) {
    census c = {0};
    mb_process *p = mb_lookup(f->rt, supervisor);
    assert_non_null(p);
    assert_true(mb_is_supervisor(p));
    mb_supervisor_children(p, count, &c);
    return c;
}

static void end_with(fixture *f, mb_pid pid, const char *reason) {
    char instruction[128];
    if (strcmp(reason, "kill") == 0) {
        assert_true(mb_exit_signal(f->rt, NULL, pid, mb_atom("kill")));
    } else {
        snprintf(instruction, sizeof instruction, "{ \"exit\", %s }", reason);
        assert_true(mb_send(f->rt, NULL, pid, term(f, instruction)));
    }
    mb_run(f->rt, 100000, 0);
}

/* ---- tests ----------------------------------------------------------------------------------*/

static void children_are_told_by_their_pids(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(f, "{}");
    add_child(f, supervisor, SPEC("{ \"ok\" }", ""));
    mb_pid second = add_child(f, supervisor, SPEC("{ \"ok\" }", "type = \"supervisor\""));
    assert_reply(f, supervisor, term(f, "\"which_children\""),
                 "{ { \"undefined\", #PID<0.102.0>, \"worker\", { \"Puppet\" } }, "
                 "{ \"undefined\", #PID<0.103.0>, \"supervisor\", { \"Puppet\" } } }");
    assert_reply(f, supervisor, term(f, "\"count_children\""),
                 "{ active = 2, specs = 2, supervisors = 1, workers = 1 }");
    assert_reply(f, supervisor, term(f, "{ \"terminate_child\", % }", mb_pid_term(second)),
                 "\"ok\"");
    assert_false(alive(f, second));
    assert_reply(f, supervisor, term(f, "{ \"terminate_child\", % }", mb_pid_term(second)),
                 "{ \"error\", \"not_found\" }");
    assert_int_equal(look(f, supervisor).count, 1);
    assert_int_equal(look(f, supervisor).last.id.type, MB_NIL);
}

static void starts_that_fail(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(f, "{ max_children = 1 }");
    assert_reply(f, supervisor, term(f, SPEC("{ \"raise\" }", "")),
                 "{ \"error\", { \"a:1: boom\", { \"a:1: in f\" } } }");
    assert_reply(f, supervisor, term(f, SPEC("{ \"ignore\" }", "")), "\"ignore\"");
    assert_reply(f, supervisor, term(f, SPEC("{ \"stop\", \"oops\" }", "")),
                 "{ \"error\", \"oops\" }");
    assert_reply(f, supervisor, term(f, SPEC("{ \"ok\" }", "shutdown = 0")),
                 "{ \"error\", { \"invalid_shutdown\", 0 } }");
    assert_reply(f, supervisor, term(f, "{ \"start_child\", 5 }"),
                 "{ \"error\", { \"invalid_child_spec\", 5 } }");
    add_child(f, supervisor, SPEC("{ \"ok\" }", ""));
    assert_reply(f, supervisor, term(f, SPEC("{ \"ok\" }", "")), "{ \"error\", \"max_children\" }");
}

static void extra_arguments_come_first(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(f, "{ extra_arguments = { 1, 2 } }");
    mb_term answer = ask_kind(f, supervisor, MB_CALL, term(f, SPEC("{ \"ok\" }", "")),
                              MB_ANSWER_VALUE);
    mb_pid pid = mb_element(answer, 1).id;
    mb_release(f->rt, answer);
    assert_journal(f, "start({ 1, 2, { \"ok\" } }) init({ \"ok\" }) ");
    end_with(f, pid, "kill");
    assert_journal(f, "start({ 1, 2, { \"ok\" } }) init({ \"ok\" }) ");
}

static void bad_flags_are_refused(void **state) {
    static const char *const cases[][2] = {
        {"{ strategy = \"one_for_all\" }", "{ \"invalid_strategy\", \"one_for_all\" }"},
        {"{ intensity = -1 }", "{ \"invalid_intensity\", -1 }"},
        {"{ period = 0 }", "{ \"invalid_period\", 0 }"},
        {"{ max_children = -1 }", "{ \"invalid_max_children\", -1 }"},
        {"{ extra_arguments = 5 }", "{ \"invalid_extra_arguments\", 5 }"},
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char expected[128];
        snprintf(expected, sizeof expected, "{ \"error\", { \"supervisor_data\", %s } }",
                 cases[i][1]);
        mb_term answer = try_supervisor(f, cases[i][0]);
        assert_prints(answer, expected);
        mb_release(f->rt, answer);
    }
}

static void check_fate(fixture *f, const char *kind, const char *reason, bool restarted) {
    char request[256];
    mb_pid supervisor = start_supervisor(f, "{ intensity = 9 }");
    snprintf(request, sizeof request, SPEC("{ \"ok\" }", "restart = \"%s\""), kind);
    mb_pid pid = add_child(f, supervisor, request);
    end_with(f, pid, reason);
    census now = look(f, supervisor);
    assert_false(alive(f, pid));
    assert_int_equal(now.count, restarted);
    if (restarted) {
        assert_true(alive(f, now.last.pid));
        assert_int_equal(now.last.restarts, 1);
    }
}

static void children_by_kind_and_reason(void **state) {
    static const char *const reasons[] = {"\"normal\"", "\"shutdown\"", "{ \"shutdown\", 1 }",
                                          "\"oops\"", "kill"};
    for (size_t i = 0; i < 5; i++) {
        check_fate(*state, "permanent", reasons[i], true);
        check_fate(*state, "transient", reasons[i], i >= 3);
        check_fate(*state, "temporary", reasons[i], false);
    }
}

static void gives_up(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(f, "{ intensity = 1, period = 5 }");
    mb_pid other = add_child(f, supervisor, SPEC(TRAPPER, ""));
    end_with(f, add_child(f, supervisor, SPEC("{ \"ok\" }", "")), "kill");
    f->journal[0] = '\0';
    end_with(f, look(f, supervisor).last.pid, "kill");
    run(f);
    assert_journal(f, "terminate(\"shutdown\") ");
    assert_false(alive(f, supervisor) || alive(f, other));
    assert_string_equal(received(f), "{ \"EXIT\", #PID<0.101.0>, \"shutdown\" };");
}

static void failing_restarts_are_tried_again(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(f, "{ intensity = 5 }");
    mb_pid pid = add_child(f, supervisor, SPEC("{ \"ok\" }", ""));
    f->unlucky = 3;
    end_with(f, pid, "kill");
    assert_int_equal(f->unlucky, 0);
    assert_true(alive(f, look(f, supervisor).last.pid));
    f->unlucky = 9;
    end_with(f, look(f, supervisor).last.pid, "kill");
    run(f);
    assert_false(alive(f, supervisor));
}

static void all_stop_at_the_same_time(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(f, "{}");
    add_child(f, supervisor, SPEC(SLOW("300"), ""));
    add_child(f, supervisor, SPEC(SLOW("200"), ""));
    mb_pid late = add_child(f, supervisor, SPEC(SLOW("9000"), "shutdown = 400"));
    mb_pid later = add_child(f, supervisor, SPEC(SLOW("9000"), "shutdown = 500"));
    mb_pid brutal = add_child(f, supervisor, SPEC(SLOW("9000"), "shutdown = \"brutal_kill\""));
    assert_true(mb_exit_signal(f->rt, f->owner, supervisor, mb_atom("shutdown")));
    run_for(f, 10);
    assert_false(alive(f, brutal));
    assert_int_equal(look(f, supervisor).count, 4);
    run_for(f, 295);
    assert_int_equal(look(f, supervisor).count, 2);
    run_for(f, 100);
    assert_true(!alive(f, late) && alive(f, later) && alive(f, supervisor));
    run_for(f, 100);
    assert_int_equal(mb_process_count(f->rt), 1);
}

static void the_dead_are_counted_too(void **state) {
    fixture *f = *state;
    mb_pid supervisor = start_supervisor(f, "{}"), pids[3];
    for (size_t i = 0; i < 3; i++)
        pids[i] = add_child(f, supervisor, SPEC("{ \"ok\" }", ""));
    assert_true(mb_exit_signal(f->rt, NULL, supervisor, mb_atom("hello")));
    for (size_t i = 0; i < 3; i++)
        assert_true(mb_exit_signal(f->rt, NULL, pids[i], mb_atom("kill")));
    assert_true(mb_exit_signal(f->rt, f->owner, supervisor, mb_atom("shutdown")));
    run(f);
    assert_int_equal(mb_process_count(f->rt), 1);
}

/* With every number of allocations that succeed: nothing leaks, nothing hangs. */
static void without_memory(void **state) {
    (void)state;
    for (size_t allowance = 0; allowance < 140; allowance++) {
        fixture f;
        if (fixture_begin(&f, SIZE_MAX)) {
            mb_pid supervisor = start_supervisor(&f, "{ extra_arguments = { 1 } }");
            mb_pid first = add_child(&f, supervisor, SPEC(TRAPPER, ""));
            f.allowance = allowance;
            mb_term request = term(&f, SPEC(TRAPPER, "restart = \"temporary\""));
            if (request.type == MB_TABLE)
                mb_send_kind(f.rt, NULL, supervisor, request, MB_CALL, 0);
            else
                mb_release(f.rt, request);
            mb_run(f.rt, 10000, MB_INFINITY);
            mb_exit_signal(f.rt, NULL, first, mb_atom("kill"));
            mb_run(f.rt, 10000, MB_INFINITY);
            mb_exit_signal(f.rt, owner_lives(&f) ? f.owner : NULL, supervisor,
                           mb_atom("shutdown"));
            mb_run(f.rt, 10000, MB_INFINITY);
            f.allowance = SIZE_MAX;
        }
        fixture_end(&f);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(children_are_told_by_their_pids),
        TEST(starts_that_fail),
        TEST(extra_arguments_come_first),
        TEST(bad_flags_are_refused),
        TEST(children_by_kind_and_reason),
        TEST(gives_up),
        TEST(failing_restarts_are_tried_again),
        TEST(all_stop_at_the_same_time),
        TEST(the_dead_are_counted_too),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
