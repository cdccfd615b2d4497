/* Calls that are handed over: the receiver runs inside of the caller's slice. Whatever a call amounts
 * to otherwise, it does here too; the journal shows the order. */
#include "puppet.h"

static int set_up_direct(void **state) {
    fixture *f = malloc(sizeof *f);
    *state = f;
    return f && fixture_begin_with(f, SIZE_MAX, true) ? 0 : -1;
}

#define DIRECT(name) cmocka_unit_test_setup_teardown(name, set_up_direct, tear_down)

/* A call, and what mb_call itself returned. */
typedef struct direct {
    mb_pid to;
    mb_term request; /* taken */
    bool sends_first; /* a message, the number 5 */
    mb_answer_state first;
    mb_answer_state state;
    mb_term value; /* owned */
    bool asked, done;
} direct;

static mb_step direct_step(mb_process *p, void *context) {
    direct *d = context;
    if (!d->asked) {
        d->asked = true;
        if (d->sends_first)
            mb_send(mb_runtime_of(p), p, d->to, mb_integer(5));
        note(p, "before", mb_nil());
        d->first = mb_call(p, d->to, MB_CALL, d->request, 100 * MB_MILLISECOND);
        note(p, "after", mb_nil());
    }
    d->state = mb_answer(p, &d->value);
    if (d->state == MB_ANSWER_PENDING)
        return MB_STEP_WAIT;
    d->done = true;
    return finish_act(p);
}

static direct ask_behind(fixture *f, mb_pid to, mb_term request, bool sends_first) {
    direct d = {.to = to, .request = request, .sends_first = sends_first};
    f->journal[0] = '\0';
    act(f, direct_step, &d);
    for (int i = 0; i < 100000 && !d.done; i++)
        mb_run(f->rt, 1, MB_INFINITY);
    assert_true(d.done);
    return d;
}

static direct ask(fixture *f, mb_pid to, mb_term request) {
    return ask_behind(f, to, request, false);
}

static void check(fixture *f, direct d, mb_answer_state first, mb_answer_state last,
                  const char *value) {
    assert_int_equal(d.first, first);
    assert_int_equal(d.state, last);
    assert_prints(d.value, value);
    mb_release(f->rt, d.value);
}

static void an_idle_server_answers_at_once(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    run(f);
    check(f, ask(f, pid, term(f, "{ \"reply\", 1 }")), MB_ANSWER_VALUE, MB_ANSWER_VALUE, "1");
    assert_journal(f, "before(nil) call({ \"reply\", 1 }) after(nil) ");
    check(f, ask(f, pid, term(f, "{ \"reply\", 2 }")), MB_ANSWER_VALUE, MB_ANSWER_VALUE, "2");
}

static void one_that_waits_answers_later(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    run(f);
    check(f, ask(f, pid, term(f, "{ \"reply\", 1, sleep = 50 }")), MB_ANSWER_PENDING,
          MB_ANSWER_VALUE, "1");
    assert_int_equal(mb_now(f->rt), 50 * MB_MILLISECOND);
}

static void one_that_never_answers_times_out(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    run(f);
    check(f, ask(f, pid, term(f, "{ \"noreply\" }")), MB_ANSWER_PENDING, MB_ANSWER_EXIT,
          "\"timeout\"");
    assert_non_null(mb_lookup(f->rt, pid));
}

/* Its EXIT to the linked caller came first, so the answer waits until that has been acted on. */
static void one_that_ends_is_the_callers_exit(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    run(f);
    check(f, ask(f, pid, term(f, "{ \"exit\", \"boom\" }")), MB_ANSWER_PENDING, MB_ANSWER_EXIT,
          "\"boom\"");
    assert_null(mb_lookup(f->rt, pid));
    run(f);
    assert_string_equal(received(f), "{ \"EXIT\", #PID<0.101.0>, \"boom\" };");
}

static void the_last_reply_comes_before_the_end(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    run(f);
    check(f, ask(f, pid, term(f, "{ \"stop_reply\", \"normal\", 7 }")), MB_ANSWER_PENDING,
          MB_ANSWER_VALUE, "7");
    assert_null(mb_lookup(f->rt, pid));
}

/* Its mailbox is served first, as always. */
static void a_busy_server_is_not_overtaken(void **state) {
    fixture *f = *state;
    mb_pid pid = start_puppet(f);
    run(f);
    direct d = ask_behind(f, pid, term(f, "{ \"reply\", 1 }"), true);
    check(f, d, MB_ANSWER_PENDING, MB_ANSWER_VALUE, "1");
    assert_journal(f, "before(nil) after(nil) info(5) call({ \"reply\", 1 }) ");
}

static void a_server_with_a_timeout_is_not_disturbed(void **state) {
    fixture *f = *state;
    mb_pid pid = start_named(f, NULL, term(f, "{ \"ok\", timeout = 30 }"));
    mb_run(f->rt, 100, 0);
    check(f, ask(f, pid, term(f, "{ \"reply\", 1 }")), MB_ANSWER_PENDING, MB_ANSWER_VALUE, "1");
    run_for(f, 100);
    assert_journal(f, "before(nil) after(nil) call({ \"reply\", 1 }) ");
}

static void a_policy_has_the_choice(void **state) {
    fixture *f = *state;
    mb_runtime_free(f->rt);
    const mb_config config = {.alloc = counting_alloc, .alloc_context = f, .virtual_clock = true,
                              .log = keep_log, .sink_context = f, .event_capacity = 64,
                              .direct_calls = true, .policy = mb_policy_random,
                              .unpooled = true};
    f->rt = mb_runtime_new(&config);
    f->owner = mb_spawn(f->rt, &OWNER, NULL, NULL);
    mb_pid pid = start_puppet(f);
    run(f);
    check(f, ask(f, pid, term(f, "{ \"reply\", 1 }")), MB_ANSWER_PENDING, MB_ANSWER_VALUE, "1");
}

/* ---- servers that call servers --------------------------------------------------------------*/

/* Passes a call on to the pid that is its argument; the last of the chain answers. */
typedef struct relay {
    mb_pid next;
} relay;

static mb_callback_state relay_init(mb_process *p, void *data, mb_term argument, mb_outcome *out) {
    relay *self = data;
    (void)p;
    self->next = argument.type == MB_PID ? argument.id : 0;
    out->type = MB_OUTCOME_OK;
    return MB_CALLBACK_DONE;
}

static mb_callback_state relay_answer(mb_process *p, mb_outcome *out) {
    mb_term value;
    mb_answer_state state = mb_answer(p, &value);
    if (state == MB_ANSWER_PENDING)
        return MB_CALLBACK_SUSPENDED;
    out->type = state == MB_ANSWER_VALUE ? MB_OUTCOME_REPLY : MB_OUTCOME_STOP;
    *(state == MB_ANSWER_VALUE ? &out->reply : &out->reason) =
        state == MB_ANSWER_VALUE ? mb_integer(value.integer + 1) : value;
    return MB_CALLBACK_DONE;
}

static mb_callback_state relay_call(mb_process *p, void *data, mb_term request, mb_from from,
                                    mb_outcome *out) {
    relay *self = data;
    (void)from;
    if (!self->next) {
        out->type = MB_OUTCOME_REPLY;
        out->reply = mb_retain(request);
        return MB_CALLBACK_DONE;
    }
    mb_call(p, self->next, MB_CALL, mb_retain(request), 1000 * MB_MILLISECOND);
    return relay_answer(p, out);
}

static mb_callback_state relay_resume(mb_process *p, void *data, mb_outcome *out) {
    (void)data;
    return relay_answer(p, out);
}

static const mb_gen_server_class RELAY = {.data_size = sizeof(relay),
                                          .init = relay_init,
                                          .handle_call = relay_call,
                                          .resume = relay_resume};

static mb_pid start_relay(fixture *f, mb_pid next) {
    start_request s = {.class = &RELAY, .argument = next ? mb_pid_term(next) : mb_nil()};
    return started(f, start_with(f, &s));
}

/* Longer than calls may lie within each other on the C stack. */
static void a_long_chain_of_calls_is_answered(void **state) {
    fixture *f = *state;
    mb_pid pid = start_relay(f, 0);
    for (int i = 0; i < 50; i++)
        pid = start_relay(f, pid);
    run(f);
    direct d = ask(f, pid, mb_integer(0));
    assert_int_equal(d.state, MB_ANSWER_VALUE);
    assert_int_equal(d.value.integer, 50);
}

/* The first waits for the second, which calls the first: nobody can answer. */
static void calls_in_a_circle_time_out(void **state) {
    fixture *f = *state;
    mb_pid first = start_relay(f, 0);
    mb_pid second = start_relay(f, first);
    run(f);
    relay *data = mb_gen_server_data(mb_lookup(f->rt, first), &RELAY);
    data->next = second;
    check(f, ask(f, first, mb_integer(0)), MB_ANSWER_PENDING, MB_ANSWER_EXIT, "\"timeout\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DIRECT(an_idle_server_answers_at_once),
        DIRECT(one_that_waits_answers_later),
        DIRECT(one_that_never_answers_times_out),
        DIRECT(one_that_ends_is_the_callers_exit),
        DIRECT(the_last_reply_comes_before_the_end),
        DIRECT(a_busy_server_is_not_overtaken),
        DIRECT(a_server_with_a_timeout_is_not_disturbed),
        DIRECT(a_policy_has_the_choice),
        DIRECT(a_long_chain_of_calls_is_answered),
        DIRECT(calls_in_a_circle_time_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
