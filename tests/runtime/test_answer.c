#include "support.h"

/* ---- Somebody who asks -----------------------------------------------------------------------*/

typedef struct asking {
    mb_pid to;
    mb_time timeout;
    bool for_end, asked, done;
    mb_answer_state at_once, state;
    mb_term value; /* owned */
} asking;

static mb_step ask_in_slice(mb_process *p, void *context) {
    asking *a = context;
    if (!a->asked) {
        a->asked = true;
        a->at_once = a->for_end ? mb_await_end(p, a->to, a->timeout)
                                : mb_call(p, a->to, MB_CALL, mb_atom("request"), a->timeout);
    }
    if (!a->done)
        a->state = mb_answer(p, &a->value);
    a->done = a->state != MB_ANSWER_PENDING;
    return MB_STEP_WAIT;
}

static void ask(fixture *f, mb_process *p, asking *a) {
    act_in(p, ask_in_slice, a);
    mb_run(f->rt, 1000, 0);
}

static void assert_outcome(fixture *f, asking *a, mb_answer_state state, const char *value) {
    assert_true(a->done);
    assert_int_equal(a->state, state);
    assert_prints(a->value, value);
    mb_release(f->rt, a->value);
}

/* Takes the request out of the mailbox; its ref. */
static mb_ref take_request(fixture *f, mb_process *p, mb_process *from) {
    mb_message *m = mb_mailbox_first(p);
    assert_non_null(m);
    assert_int_equal(m->kind, MB_CALL);
    assert_true(m->from == mb_self(from));
    assert_prints(m->term, "\"request\"");
    mb_ref ref = m->ref;
    mb_mailbox_take(p, m);
    mb_message_free(f->rt, m);
    return ref;
}

static void a_call_gets_its_reply(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *server = new_doll(f);
    asking a = {.to = mb_self(server), .timeout = 5000 * MB_MILLISECOND};
    ask(f, p, &a);
    assert_int_equal(a.at_once, MB_ANSWER_PENDING);
    assert_true(mb_awaiting(p));
    assert_false(a.done);
    mb_reply(f->rt, server, mb_self(p), take_request(f, server, p), term(f, "{ \"value\" }"));
    mb_run(f->rt, 1000, 0);
    assert_outcome(f, &a, MB_ANSWER_VALUE, "{ \"value\" }");
    assert_false(mb_awaiting(p));
    assert_int_equal(mb_timer_count(f->rt), 0);
    assert_string_equal(mail(p), "");
    act_in(server, NULL, NULL);
    let_exit(server, mb_atom("boom")); /* the monitor is gone, too */
    run(f);
    assert_string_equal(mail(p), "");
}

static void only_the_first_reply_counts(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *server = new_doll(f);
    asking a = {.to = mb_self(server), .timeout = MB_INFINITY};
    ask(f, p, &a);
    mb_ref ref = take_request(f, server, p);
    mb_reply(f->rt, server, mb_self(p), ref ^ 64, term(f, "{ \"another ref\" }"));
    mb_reply(f->rt, server, mb_self(server), ref, term(f, "{ \"another process\" }"));
    mb_reply(f->rt, server, mb_self(p), 0, term(f, "{ \"no ref\" }"));
    assert_true(mb_awaiting(p));
    mb_reply(f->rt, NULL, mb_self(p), ref, term(f, "{ 1 }"));
    mb_reply(f->rt, server, mb_self(p), ref, term(f, "{ 2 }"));
    run(f);
    assert_outcome(f, &a, MB_ANSWER_VALUE, "{ 1 }");
    assert_string_equal(mail(p), "");
}

static void a_call_times_out_and_the_late_reply_is_dropped(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *server = new_doll(f);
    asking a = {.to = mb_self(server), .timeout = 5 * MB_MILLISECOND};
    ask(f, p, &a);
    run_for(f, 4);
    assert_false(a.done);
    run_for(f, 1);
    assert_outcome(f, &a, MB_ANSWER_EXIT, "\"timeout\"");
    mb_reply(f->rt, server, mb_self(p), take_request(f, server, p), term(f, "{ \"late\" }"));
    run(f);
    assert_string_equal(mail(p), "");
}

static void a_call_ends_with_the_other_side(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *server = new_doll(f);
    asking a = {.to = mb_self(server), .timeout = MB_INFINITY};
    ask(f, p, &a);
    let_exit(server, term(f, "{ \"shutdown\", 1 }"));
    run(f);
    assert_outcome(f, &a, MB_ANSWER_EXIT, "{ \"shutdown\", 1 }");
    assert_string_equal(mail(p), "");
}

static void a_call_to_the_dead_or_to_oneself_fails_at_once(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *server = new_doll(f);
    mb_pid dead = mb_self(server);
    assert_true(mb_exit_signal(f->rt, NULL, dead, mb_atom("kill")));
    for (int for_end = 0; for_end < 2; for_end++) {
        asking a = {.to = dead, .timeout = MB_INFINITY, .for_end = for_end};
        ask(f, p, &a);
        assert_int_equal(a.at_once, MB_ANSWER_EXIT);
        assert_outcome(f, &a, MB_ANSWER_EXIT, "\"noproc\"");
        a = (asking){.to = mb_self(p), .timeout = MB_INFINITY, .for_end = for_end};
        ask(f, p, &a);
        assert_int_equal(a.at_once, MB_ANSWER_EXIT);
        assert_outcome(f, &a, MB_ANSWER_EXIT, "\"calling_self\"");
    }
}

static void messages_do_not_disturb_a_call(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *server = new_doll(f);
    asking a = {.to = mb_self(server), .timeout = MB_INFINITY};
    ask(f, p, &a);
    send_integer(NULL, p, 1);
    run(f);
    send_integer(server, p, 2);
    assert_false(a.done);
    mb_reply(f->rt, server, mb_self(p), take_request(f, server, p), mb_integer(3));
    run(f);
    assert_outcome(f, &a, MB_ANSWER_VALUE, "3");
    assert_string_equal(mail(p), "1;2;");
}

static void whoever_waits_can_be_killed(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *server = new_doll(f);
    mb_pid pid = mb_self(p);
    asking a = {.to = mb_self(server), .timeout = 50 * MB_MILLISECOND};
    ask(f, p, &a);
    mb_ref ref = take_request(f, server, p);
    send_integer(NULL, p, 1);
    assert_true(mb_exit_signal(f->rt, NULL, pid, mb_atom("boom")));
    mb_run(f->rt, 100, 0);
    assert_false(lives(f, pid));
    assert_false(a.done);
    assert_int_equal(mb_timer_count(f->rt), 0);
    mb_reply(f->rt, server, pid, ref, term(f, "{ \"late\" }"));
    run(f);
}

static void a_wait_can_be_given_up(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *server = new_doll(f);
    asking a = {.to = mb_self(server), .timeout = 50 * MB_MILLISECOND};
    ask(f, p, &a);
    mb_ref ref = take_request(f, server, p);
    mb_abandon_answer(p);
    mb_abandon_answer(p);
    assert_false(mb_awaiting(p));
    mb_reply(f->rt, server, mb_self(p), ref, term(f, "{ \"late\" }"));
    assert_int_equal(mb_timer_count(f->rt), 0);
    act_in(p, NULL, NULL);
    run(f);
    assert_string_equal(mail(p), "");
}

static void an_end_can_be_awaited(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *other = new_doll(f);
    asking a = {.to = mb_self(other), .timeout = MB_MILLISECOND, .for_end = true};
    ask(f, p, &a);
    run_for(f, 1);
    assert_outcome(f, &a, MB_ANSWER_EXIT, "\"timeout\"");
    a = (asking){.to = mb_self(other), .timeout = MB_INFINITY, .for_end = true};
    ask(f, p, &a);
    let_exit(other, mb_atom("normal"));
    run(f);
    assert_outcome(f, &a, MB_ANSWER_EXIT, "\"normal\"");
}

/* ---- Deadlines -------------------------------------------------------------------------------*/

static mb_step note_expiry(mb_process *p, void *context) {
    if (mb_deadline_expired(p))
        *(mb_time *)context = mb_now(mb_runtime_of(p));
    return MB_STEP_WAIT;
}

static void a_deadline_wakes(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f);
    mb_time woken = -1;
    assert_true(mb_set_deadline(p, 5 * MB_MILLISECOND));
    assert_true(mb_set_deadline(p, 3 * MB_MILLISECOND)); /* replaces it */
    act_in(p, note_expiry, &woken);
    run_for(f, 2);
    assert_int_equal(woken, -1);
    run(f);
    assert_int_equal(woken, 3 * MB_MILLISECOND);
    assert_true(mb_deadline_expired(p));
    assert_true(mb_set_deadline(p, MB_INFINITY));
    assert_false(mb_deadline_expired(p));
    assert_true(mb_set_deadline(p, 9 * MB_MILLISECOND));
    assert_true(mb_set_deadline(p, MB_INFINITY));
    assert_int_equal(mb_timer_count(f->rt), 0);
}

/* ---- Waiting for a child's init --------------------------------------------------------------*/

typedef struct birth {
    bool link;
    mb_time timeout;
    mb_process *child;
    bool started, done;
    mb_answer_state state;
    mb_term value; /* owned */
} birth;

static mb_step give_birth(mb_process *p, void *context) {
    birth *b = context;
    if (!b->started) {
        const mb_spawn_options options = {.link = b->link, .parent = mb_self(p)};
        b->started = true;
        b->child = mb_spawn(mb_runtime_of(p), &DOLL, &options, NULL);
        assert_non_null(b->child);
        assert_int_equal(mb_await_init(p, b->child, b->timeout), MB_ANSWER_PENDING);
    }
    if (!b->done)
        b->state = mb_answer(p, &b->value);
    b->done = b->state != MB_ANSWER_PENDING;
    return MB_STEP_WAIT;
}

static void start(fixture *f, mb_process *p, birth *b) {
    act_in(p, give_birth, b);
    mb_run(f->rt, 1000, 0);
    assert_false(b->done);
}

static void assert_born(fixture *f, birth *b, mb_answer_state state, const char *value) {
    assert_true(b->done);
    assert_int_equal(b->state, state);
    assert_prints(b->value, value);
    mb_release(f->rt, b->value);
}

static void init_is_acknowledged(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f);
    birth b = {.link = true, .timeout = MB_INFINITY};
    start(f, p, &b);
    mb_init_ack(b.child, term(f, "{ \"ok\" }"));
    mb_init_ack(b.child, term(f, "{ \"again\" }")); /* nobody waits for that */
    run(f);
    assert_born(f, &b, MB_ANSWER_VALUE, "{ \"ok\" }");
}

/* proc_lib:start_link takes the EXIT out of the mailbox of a parent that traps. */
static void a_child_may_die_before_that(void **state) {
    fixture *f = *state;
    mb_process *p = new_trapping_doll(f);
    birth b = {.link = true, .timeout = MB_INFINITY};
    start(f, p, &b);
    let_exit(b.child, mb_atom("boom"));
    run(f);
    assert_born(f, &b, MB_ANSWER_EXIT, "\"boom\"");
    assert_string_equal(mail(p), "");
}

static void and_take_its_parent_along(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f);
    mb_pid pid = mb_self(p);
    birth b = {.link = true, .timeout = MB_INFINITY};
    start(f, p, &b);
    let_exit(b.child, mb_atom("boom"));
    run(f);
    assert_false(lives(f, pid));
    assert_false(b.done);
}

static void a_child_that_takes_too_long_is_killed(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f);
    birth b = {.link = true, .timeout = 10 * MB_MILLISECOND};
    start(f, p, &b);
    mb_pid child = mb_self(b.child);
    run(f);
    assert_born(f, &b, MB_ANSWER_EXIT, "\"timeout\"");
    assert_false(lives(f, child));
    assert_string_equal(mail(p), "");
}

static void an_answer_from_a_child_that_ends_counts(void **state) {
    fixture *f = *state;
    mb_process *p = new_trapping_doll(f);
    birth b = {.link = true, .timeout = MB_INFINITY};
    start(f, p, &b);
    unsigned long long number = mb_number(mb_self(b.child));
    mb_init_ack(b.child, mb_atom("ignore"));
    let_exit(b.child, mb_atom("normal"));
    run(f);
    assert_born(f, &b, MB_ANSWER_VALUE, "\"ignore\"");
    assert_mail(p, "{ \"EXIT\", #PID<0.%llu.0>, \"normal\" };", number);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_call_gets_its_reply),
        TEST(only_the_first_reply_counts),
        TEST(a_call_times_out_and_the_late_reply_is_dropped),
        TEST(a_call_ends_with_the_other_side),
        TEST(a_call_to_the_dead_or_to_oneself_fails_at_once),
        TEST(messages_do_not_disturb_a_call),
        TEST(whoever_waits_can_be_killed),
        TEST(a_wait_can_be_given_up),
        TEST(an_end_can_be_awaited),
        TEST(a_deadline_wakes),
        TEST(init_is_acknowledged),
        TEST(a_child_may_die_before_that),
        TEST(and_take_its_parent_along),
        TEST(a_child_that_takes_too_long_is_killed),
        TEST(an_answer_from_a_child_that_ends_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
