/* The state machine, with callbacks that do what the content of their events says:
 *
 *     { "next_state", state, actions } { "keep_state", actions } { "repeat_state", actions }
 *     { "stop", reason } { "stop_and_reply", reason, replies } { "crash", reason } { "bad", value }
 *     { "sleep", ms, instruction }
 *
 * Whatever else keeps the state. Expectations are those of gen_statem.erl in OTP 25. */
#include "fixture.h"

typedef struct doll {
    mb_term asleep; /* owned; the instruction to be carried out on waking */
    int64_t data, aside;
    bool has_aside;
} doll;

static void jot(mb_process *p, mb_term value, const char *end) {
    fixture *f = fixture_of(p);
    char text[256];
    size_t size = mb_inspect_text(value, text, sizeof text);
    append(f->journal, sizeof f->journal, text, size < sizeof text ? size : sizeof text - 1);
    append(f->journal, sizeof f->journal, end, strlen(end));
}

static void obey(mb_term instruction, doll *d, mb_outcome *out) {
    mb_term verb = mb_element(instruction, 0);
    mb_term first = mb_element(instruction, 1), second = mb_element(instruction, 2);
    out->type = MB_OUTCOME_KEEP_STATE;
    if (mb_is(verb, "next_state")) {
        *out = (mb_outcome){.type = MB_OUTCOME_NEXT_STATE, .reply = mb_retain(first),
                            .argument = mb_retain(second)};
        d->aside = d->data + 1;
        d->has_aside = true;
    } else if (mb_is(verb, "keep_state") || mb_is(verb, "repeat_state")) {
        out->type = mb_is(verb, "keep_state") ? MB_OUTCOME_KEEP_STATE : MB_OUTCOME_REPEAT_STATE;
        out->argument = mb_retain(first);
    } else if (mb_is(verb, "stop") || mb_is(verb, "stop_and_reply")) {
        out->type = mb_is(verb, "stop") ? MB_OUTCOME_STOP : MB_OUTCOME_STOP_REPLY;
        out->reason = mb_retain(first);
        out->argument = mb_retain(second);
    } else if (mb_is(verb, "crash") || mb_is(verb, "bad")) {
        out->type = mb_is(verb, "crash") ? MB_OUTCOME_CRASH : MB_OUTCOME_BAD_RETURN;
        out->reason = mb_retain(first);
    }
}

static mb_callback_state doll_init(mb_process *p, void *data, mb_term argument, mb_outcome *out) {
    doll *d = data;
    (void)p;
    if (mb_is(mb_element(argument, 0), "ok"))
        *out = (mb_outcome){.type = MB_OUTCOME_OK, .reply = mb_retain(mb_element(argument, 1)),
                            .argument = mb_retain(mb_element(argument, 2))};
    else
        obey(argument, d, out);
    return MB_CALLBACK_DONE;
}

static mb_callback_state doll_mode(mb_process *p, void *data, mb_outcome *out) {
    mb_term mode[] = {mb_nil(), mb_atom("state_enter")};
    (void)data;
    out->type = MB_OUTCOME_CRASH;
    out->reason = mb_atom("system_limit");
    if (!mb_string_new(mb_runtime_of(p), "state_functions", 15, &mode[0]))
        return MB_CALLBACK_DONE;
    if (mb_tuple(mb_runtime_of(p), &out->reply, 2, mode))
        out->type = MB_OUTCOME_REPLY;
    mb_release(mb_runtime_of(p), mode[0]);
    return MB_CALLBACK_DONE;
}

static mb_callback_state doll_event(mb_process *p, void *data, const mb_statem_event *event,
                                    mb_outcome *out) {
    doll *d = data;
    mb_term type = mb_is(mb_element(event->type, 0), "call") ? mb_atom("call") : event->type;
    assert_true(event->by_state);
    jot(p, event->state, ":");
    jot(p, type, ":");
    jot(p, mb_element(event->content, 0).type == MB_STRING ? mb_element(event->content, 0)
                                                            : event->content, " ");
    out->type = MB_OUTCOME_KEEP_STATE;
    if (mb_is(event->content, "reply")) {
        mb_term parts[] = {mb_atom("reply"), mb_element(event->type, 1), mb_integer(d->data)};
        if (!mb_tuple(mb_runtime_of(p), &out->argument, 3, parts))
            *out = (mb_outcome){.type = MB_OUTCOME_CRASH, .reason = mb_atom("system_limit")};
        return MB_CALLBACK_DONE;
    }
    if (!mb_is(mb_element(event->content, 0), "sleep")) {
        obey(event->content, d, out);
        return MB_CALLBACK_DONE;
    }
    if (!mb_set_deadline(p, mb_now(mb_runtime_of(p)) +
                                mb_element(event->content, 1).integer * MB_MILLISECOND)) {
        *out = (mb_outcome){.type = MB_OUTCOME_CRASH, .reason = mb_atom("system_limit")};
        return MB_CALLBACK_DONE;
    }
    d->asleep = mb_retain(mb_element(event->content, 2));
    return MB_CALLBACK_SUSPENDED;
}

static mb_callback_state doll_resume(mb_process *p, void *data, mb_outcome *out) {
    doll *d = data;
    mb_term instruction = d->asleep;
    if (!mb_deadline_expired(p))
        return MB_CALLBACK_SUSPENDED;
    mb_set_deadline(p, MB_INFINITY);
    d->asleep = mb_nil();
    obey(instruction, d, out);
    mb_release(mb_runtime_of(p), instruction);
    return MB_CALLBACK_DONE;
}

static void doll_commit(mb_process *p, void *data) {
    doll *d = data;
    (void)p;
    if (d->has_aside)
        d->data = d->aside;
    d->has_aside = false;
}

static mb_callback_state doll_terminate(mb_process *p, void *data, mb_term reason, mb_term state,
                                        mb_outcome *out) {
    (void)data;
    jot(p, state, ":terminate:");
    jot(p, reason, " ");
    out->type = MB_OUTCOME_NOREPLY;
    return MB_CALLBACK_DONE;
}

static bool doll_data(mb_process *p, void *data, mb_term *out) {
    (void)p;
    *out = mb_integer(((doll *)data)->data);
    return true;
}

static mb_callback_state doll_replace(mb_process *p, void *data, mb_term function, mb_term state,
                                      mb_outcome *out) {
    doll *d = data;
    (void)p;
    (void)state;
    out->type = MB_OUTCOME_REPLY;
    out->reply = mb_retain(function);
    d->aside = mb_element(function, 1).integer;
    d->has_aside = true;
    return MB_CALLBACK_DONE;
}

static void doll_destroy(mb_process *p, void *data) {
    mb_release(mb_runtime_of(p), ((doll *)data)->asleep);
}

static const mb_gen_statem_class DOLL = {
    .data_size = sizeof(doll),
    .init = doll_init,
    .callback_mode = doll_mode,
    .handle_event = doll_event,
    .commit = doll_commit,
    .terminate = doll_terminate,
    .resume = doll_resume,
    .data = doll_data,
    .replace_state = doll_replace,
    .destroy = doll_destroy,
};

/* argument is taken. 0: no memory. */
static mb_pid start(fixture *f, mb_term argument) {
    const mb_gen_server_options options = {.link = f->allowance == SIZE_MAX};
    mb_process *p = mb_gen_statem_start(f->rt, f->owner, &DOLL, argument, &options);
    mb_pid pid = p ? mb_self(p) : 0;
    run(f);
    return pid;
}

static mb_pid start_off(fixture *f) {
    mb_pid pid = start(f, term(f, "{ \"ok\", \"off\" }"));
    assert_true(mb_is_gen_statem(mb_lookup(f->rt, pid)));
    f->journal[0] = '\0';
    return pid;
}

static void cast(fixture *f, mb_pid to, const char *text) {
    mb_send_kind(f->rt, NULL, to, term(f, text), MB_CAST, 0);
}

/* ---- events ---------------------------------------------------------------------------------*/

static void the_first_state_is_entered(void **state) {
    fixture *f = *state;
    start(f, term(f, "{ \"ok\", \"off\", { \"next_event\", \"internal\", 1 } }"));
    assert_string_equal(f->journal, "\"off\":\"enter\":\"off\" \"off\":\"internal\":1 ");
}

static void a_change_of_state_brings_back_what_was_postponed(void **state) {
    fixture *f = *state;
    mb_pid pid = start_off(f);
    cast(f, pid, "{ \"keep_state\", \"postpone\" }");
    cast(f, pid, "{ \"next_state\", \"on\", { { \"next_event\", \"internal\", 1 } } }");
    cast(f, pid, "3");
    run(f);
    assert_string_equal(f->journal, "\"off\":\"cast\":\"keep_state\" "
                                    "\"off\":\"cast\":\"next_state\" "
                                    "\"on\":\"enter\":\"off\" \"on\":\"internal\":1 "
                                    "\"on\":\"cast\":\"keep_state\" \"on\":\"cast\":3 ");
}

static void repeating_a_state_enters_it_again(void **state) {
    fixture *f = *state;
    mb_pid pid = start_off(f);
    cast(f, pid, "{ \"repeat_state\" }");
    run(f);
    assert_string_equal(f->journal, "\"off\":\"cast\":\"repeat_state\" \"off\":\"enter\":\"off\" ");
}

static void calls_are_answered_by_actions(void **state) {
    fixture *f = *state;
    mb_pid pid = start_off(f);
    cast(f, pid, "{ \"next_state\", \"on\" }");
    assert_reply(f, pid, mb_atom("reply"), "1");
}

static void an_event_may_suspend_and_the_others_wait(void **state) {
    fixture *f = *state;
    mb_pid pid = start_off(f);
    cast(f, pid, "{ \"sleep\", 50, { \"next_state\", \"on\" } }");
    cast(f, pid, "2");
    run_for(f, 20);
    assert_string_equal(f->journal, "\"off\":\"cast\":\"sleep\" ");
    run_for(f, 50);
    assert_string_equal(f->journal, "\"off\":\"cast\":\"sleep\" \"on\":\"enter\":\"off\" "
                                    "\"on\":\"cast\":2 ");
}

static void next_events_keep_their_order(void **state) {
    fixture *f = *state;
    mb_pid pid = start_off(f);
    mb_term breeding = term(f, "{ \"keep_state\", { { \"next_event\", \"internal\", 1 }, "
                               "{ \"next_event\", \"internal\", 2 } } }");
    mb_send_kind(f->rt, f->owner, pid, breeding, MB_CAST, 0);
    run(f);
    assert_string_equal(f->journal, "\"off\":\"cast\":\"keep_state\" \"off\":\"internal\":1 "
                                    "\"off\":\"internal\":2 ");
}

/* ---- timers ---------------------------------------------------------------------------------*/

static void timers_fire_and_go_with_their_state(void **state) {
    fixture *f = *state;
    mb_pid pid = start_off(f);
    cast(f, pid, "{ \"keep_state\", { { \"state_timeout\", 30, 1 }, { { \"timeout\", 7 }, 60, 2 }, "
                 "{ \"timeout\", 10, 3 } } }");
    run_for(f, 100);
    assert_string_equal(f->journal, "\"off\":\"cast\":\"keep_state\" \"off\":\"timeout\":3 "
                                    "\"off\":\"state_timeout\":1 \"off\":{ \"timeout\", 7 }:2 ");
    f->journal[0] = '\0';
    cast(f, pid, "{ \"keep_state\", { \"state_timeout\", 30, 1 } }");
    cast(f, pid, "{ \"next_state\", \"on\" }");
    run(f);
    assert_string_equal(f->journal, "\"off\":\"cast\":\"keep_state\" "
                                    "\"off\":\"cast\":\"next_state\" "
                                    "\"on\":\"enter\":\"off\" ");
    assert_int_equal(mb_timer_count(f->rt), 0);
}

static void a_timer_may_be_given_an_absolute_time(void **state) {
    fixture *f = *state;
    mb_pid pid = start_off(f);
    run_for(f, 100);
    cast(f, pid, "{ \"keep_state\", { \"state_timeout\", 130, 1, { abs = true } } }");
    run_for(f, 20);
    assert_string_equal(f->journal, "\"off\":\"cast\":\"keep_state\" ");
    run_for(f, 20);
    assert_string_equal(f->journal, "\"off\":\"cast\":\"keep_state\" \"off\":\"state_timeout\":1 ");
}

static void a_cancelled_timer_is_taken_out_of_the_mailbox(void **state) {
    fixture *f = *state;
    mb_pid pid = start_off(f);
    cast(f, pid, "{ \"keep_state\", { \"state_timeout\", 10, 1 } }");
    cast(f, pid, "{ \"sleep\", 50, { \"keep_state\", { \"state_timeout\", \"cancel\" } } }");
    run(f);
    assert_string_equal(f->journal, "\"off\":\"cast\":\"keep_state\" \"off\":\"cast\":\"sleep\" ");
}

/* ---- the end --------------------------------------------------------------------------------*/

static void a_bad_answer_is_told_in_the_log(void **state) {
    fixture *f = *state;
    mb_pid pid = start_off(f);
    cast(f, pid, "{ \"keep_state\", \"postpone\" }");
    cast(f, pid, "{ \"bad\", 42 }");
    run(f);
    assert_null(mb_lookup(f->rt, pid));
    assert_non_null(strstr(f->log, "[error] GenStateMachine #PID<0.101.0> terminating\n"));
    assert_non_null(strstr(f->log, "{ \"bad_return_from_state_function\", 42 }"));
    assert_non_null(strstr(f->log, "\nLast event: { \"cast\", { \"bad\", 42 } }\n"
                                   "Postponed events: "
                                   "{ { \"cast\", { \"keep_state\", \"postpone\" } } }\n"
                                   "Callback mode: state_functions, state_enter\n"
                                   "State: { \"off\", 0 }\n"));
    assert_non_null(
        strstr(f->journal, "\"off\":terminate:{ \"bad_return_from_state_function\", 42 }"));
}

static void stopping_normally_is_quiet(void **state) {
    fixture *f = *state;
    mb_pid pid = start_off(f);
    cast(f, pid, "{ \"stop\", \"normal\" }");
    run(f);
    assert_string_equal(f->log, "");
    assert_string_equal(f->journal, "\"off\":\"cast\":\"stop\" \"off\":terminate:\"normal\" ");
}

static void sys_sees_state_and_data(void **state) {
    fixture *f = *state;
    mb_pid pid = start_off(f);
    assert_system(f, pid, term(f, "\"get_state\""), "{ \"off\", 0 }");
    assert_system(f, pid, term(f, "{ \"replace_state\", { \"on\", 7 } }"), "{ \"on\", 7 }");
    assert_system(f, pid, term(f, "\"get_state\""), "{ \"on\", 7 }");
    assert_system(f, pid, term(f, "\"suspend\""), "\"ok\"");
    cast(f, pid, "1");
    run(f);
    assert_string_equal(f->journal, "");
    assert_system(f, pid, term(f, "\"resume\""), "\"ok\"");
    assert_string_equal(f->journal, "\"on\":\"cast\":1 ");
}

/* With memory for n allocations, n growing until that suffices: nothing leaks. */
static void running_out_of_memory_leaks_nothing(void **state) {
    (void)state;
    for (size_t allowance = 0, refused = 1; refused; allowance++) {
        fixture f;
        assert_true(fixture_begin(&f, SIZE_MAX));
        mb_term argument = term(&f, "{ \"ok\", \"off\", { \"state_timeout\", 10, 1 } }");
        f.allowance = allowance;
        mb_pid pid = start(&f, argument);
        cast(&f, pid, "{ \"keep_state\", { \"postpone\", true } }");
        cast(&f, pid, "{ \"next_state\", \"on\", { { \"timeout\", 0, 1 }, { \"timeout\", 20, 2 }, "
                      "{ { \"timeout\", 1 }, 30, 3 }, { \"next_event\", \"internal\", 1 } } }");
        cast(&f, pid, "{ \"sleep\", 10, { \"bad\", 1 } }");
        run(&f);
        refused = f.refused;
        f.allowance = SIZE_MAX;
        fixture_end(&f);
        assert_true(allowance < 1000);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_first_state_is_entered),
        TEST(a_change_of_state_brings_back_what_was_postponed),
        TEST(repeating_a_state_enters_it_again),
        TEST(calls_are_answered_by_actions),
        TEST(an_event_may_suspend_and_the_others_wait),
        TEST(next_events_keep_their_order),
        TEST(timers_fire_and_go_with_their_state),
        TEST(a_timer_may_be_given_an_absolute_time),
        TEST(a_cancelled_timer_is_taken_out_of_the_mailbox),
        TEST(a_bad_answer_is_told_in_the_log),
        TEST(stopping_normally_is_quiet),
        TEST(sys_sees_state_and_data),
        cmocka_unit_test(running_out_of_memory_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
