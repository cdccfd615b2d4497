#include "support.h"

#define FOREVER MB_INFINITY

/* A node of that name and a trapping doll on it. */
static mb_node *new_node(fixture *f, const char *name) {
    mb_node *node = NULL;
    mb_term term = mb_nil();
    assert_true(mb_string_new(f->rt, name, strlen(name), &term));
    assert_int_equal(mb_node_start(f->rt, term, &node), MB_NODE_OK);
    mb_release(f->rt, term);
    return node;
}

static mb_process *doll_on(fixture *f, mb_node *node) {
    mb_process *p = mb_spawn(f->rt, &DOLL, &(mb_spawn_options){.node = node}, NULL);
    assert_non_null(p);
    mb_set_trap_exit(p, true);
    run(f);
    return p;
}

static mb_process *new_far_doll(fixture *f) { return doll_on(f, new_node(f, "b@local")); }

#define assert_mail_of(p, expected) assert_string_equal(mail(p), expected)

static void split(fixture *f, mb_time noticed_after) {
    const uint8_t groups[MB_NODES] = {1, 2};
    assert_true(mb_net_split(f->rt, groups, noticed_after));
}

/* ---- nodes ----------------------------------------------------------------------------------*/

static void the_first_node_gets_its_name_with_the_second(void **state) {
    fixture *f = *state;
    mb_node *first = mb_here(f->rt), *b = NULL;
    assert_false(mb_is_distributed(f->rt));
    assert_prints(mb_node_name(first), "\"nonode@nohost\"");
    mb_process *p = new_far_doll(f);
    assert_true(mb_is_distributed(f->rt));
    assert_prints(mb_node_name(first), "\"main@local\"");
    assert_prints(mb_node_name(mb_node_of(p)), "\"b@local\"");
    char expected[64];
    snprintf(expected, sizeof expected, "#PID<1.%llu.0>",
             (unsigned long long)(mb_self(p) & MB_SERIAL_MASK));
    assert_prints(mb_pid_term(mb_self(p)), expected);
    mb_term name = mb_atom("b@local");
    assert_int_equal(mb_node_start(f->rt, name, &b), MB_NODE_TAKEN);
    assert_ptr_equal(mb_node_next(f->rt, first), mb_node_of(p));
    assert_null(mb_node_next(f->rt, mb_node_of(p)));
}

static void names_are_each_nodes_own(void **state) {
    fixture *f = *state;
    mb_process *here = new_doll(f), *there = new_far_doll(f);
    mb_term name = mb_atom("name");
    assert_int_equal(mb_register(f->rt, name, mb_self(here)), MB_NAME_OK);
    assert_int_equal(mb_register(f->rt, name, mb_self(there)), MB_NAME_OK);
    assert_true(mb_whereis(f->rt, name) == mb_self(here));
    assert_true(mb_whereis_on(mb_node_of(there), name) == mb_self(there));
    let_exit(there, mb_atom("normal"));
    run(f);
    assert_true(mb_whereis(f->rt, name) == mb_self(here));
}

static void a_stopped_node_starts_again_as_another(void **state) {
    fixture *f = *state;
    mb_process *here = new_trapping_doll(f), *there = new_far_doll(f);
    mb_node *b = mb_node_of(there);
    mb_pid old = mb_self(there);
    assert_int_equal(mb_link(here, old), MB_LINK_OK);
    assert_int_not_equal(mb_monitor(here, old, mb_nil()), 0);
    assert_true(mb_watch_nodes(here, true));
    run(f);
    mb_node_stop(b);
    assert_false(mb_node_is_running(b));
    assert_null(mb_lookup(f->rt, old));
    run(f);
    assert_mail(here,
                "{ \"EXIT\", #PID<1.%llu.0>, \"noconnection\" };{ \"DOWN\", #Reference<0.0.0.2>, "
                "\"process\", #PID<1.%llu.0>, \"noconnection\" };{ \"nodedown\", \"b@local\" };",
                (unsigned long long)(old & MB_SERIAL_MASK),
                (unsigned long long)(old & MB_SERIAL_MASK));
    there = new_far_doll(f);
    assert_ptr_equal(mb_node_of(there), b);
    assert_true(mb_self(there) != old);
    send_integer(here, there, 1);
    assert_true(mb_send(f->rt, here, old, mb_integer(2)));
    run(f);
    assert_mail_of(there, "1;");
    assert_mail_of(here, "{ \"nodeup\", \"b@local\" };");
}

static mb_step stop_own_node(mb_process *p, void *context) {
    (void)context;
    mb_node_stop(mb_node_of(p));
    return MB_STEP_WAIT;
}

static void a_process_may_stop_its_own_node(void **state) {
    fixture *f = *state;
    mb_process *there = new_far_doll(f);
    mb_node *b = mb_node_of(there);
    mb_pid pid = mb_self(there);
    act_in(there, stop_own_node, NULL);
    run(f);
    assert_false(mb_node_is_running(b));
    assert_null(mb_lookup(f->rt, pid));
}

/* ---- messages -------------------------------------------------------------------------------*/

static void messages_arrive_in_order(void **state) {
    fixture *f = *state;
    mb_process *here = new_doll(f), *there = new_far_doll(f);
    mb_term name = mb_atom("name");
    assert_int_equal(mb_register(f->rt, name, mb_self(there)), MB_NAME_OK);
    send_integer(here, there, 1);
    assert_true(mb_send(f->rt, here, mb_name_on(mb_node_of(there), name), mb_integer(2)));
    assert_true(mb_net_set_delay(f->rt, NULL, NULL, 50 * MB_MILLISECOND));
    send_integer(here, there, 3);
    assert_true(mb_net_set_delay(f->rt, NULL, NULL, 0));
    send_integer(here, there, 4);
    mb_run(f->rt, 1000, 0);
    assert_mail_of(there, "1;2;");
    assert_int_equal(mb_net_look(mb_node_of(here), mb_node_of(there)).under_way, 2);
    run_for(f, 49);
    assert_mail_of(there, "");
    run_for(f, 1);
    assert_mail_of(there, "3;4;");
    assert_true(mb_send(f->rt, here, mb_name_on(mb_node_of(there), mb_atom("nobody")),
                        mb_integer(2)));
    run(f);
}

static void what_gets_lost_is_sent_again(void **state) {
    fixture *f = *state;
    mb_process *here = new_doll(f), *there = new_far_doll(f);
    assert_true(mb_net_set_loss(f->rt, NULL, NULL, 0.5));
    for (int i = 0; i < 9; i++)
        send_integer(here, there, i);
    mb_net_info net = mb_net_look(mb_node_of(here), mb_node_of(there));
    assert_true(net.lost > 0);
    run_for(f, 199);
    run(f);
    assert_mail_of(there, "0;1;2;3;4;5;6;7;8;");
    assert_true(mb_now(f->rt) >= 200 * MB_MILLISECOND);
}

static void a_connection_that_lets_nothing_through_is_lost(void **state) {
    fixture *f = *state;
    mb_process *here = new_doll(f), *there = new_far_doll(f);
    assert_true(mb_net_set_loss(f->rt, NULL, NULL, 1));
    send_integer(here, there, 1);
    run_for(f, 59999);
    assert_true(mb_node_is_connected(mb_node_of(here), mb_node_of(there)));
    run_for(f, 1);
    assert_false(mb_node_is_connected(mb_node_of(here), mb_node_of(there)));
    send_integer(here, there, 2);
    run_for(f, 1000);
    assert_true(mb_net_set_loss(f->rt, NULL, NULL, 0));
    run(f);
    assert_mail_of(there, "2;");
    assert_true(mb_now(f->rt) < 70000 * MB_MILLISECOND);
}

static void a_split_that_heals_in_time_only_delays(void **state) {
    fixture *f = *state;
    mb_process *here = new_doll(f), *there = new_far_doll(f);
    send_integer(here, there, 1);
    run(f);
    split(f, 1000 * MB_MILLISECOND);
    send_integer(here, there, 2);
    run_for(f, 999);
    assert_mail_of(there, "1;");
    mb_net_heal(f->rt);
    run(f);
    assert_mail_of(there, "2;");
    split(f, 1000 * MB_MILLISECOND);
    send_integer(here, there, 3);
    run_for(f, 1000);
    mb_net_heal(f->rt);
    send_integer(here, there, 4);
    run(f);
    assert_mail_of(there, "4;");
}

static void a_split_keeps_nodes_apart(void **state) {
    fixture *f = *state;
    mb_process *here = new_trapping_doll(f), *there = new_far_doll(f);
    unsigned long long number = mb_self(there) & MB_SERIAL_MASK;
    split(f, 0);
    assert_false(mb_node_connect(mb_node_of(here), mb_node_of(there)));
    send_integer(here, there, 1);
    assert_int_equal(mb_link(here, mb_self(there)), MB_LINK_OK);
    mb_ref ref = mb_monitor(here, mb_self(there), mb_nil());
    assert_true(mb_watch_node(here, mb_node_of(there), true));
    run(f);
    assert_mail_of(there, "");
    assert_mail(here,
                "{ \"EXIT\", #PID<1.%llu.0>, \"noconnection\" };{ \"DOWN\", #Reference<0.0.0.%llu>, "
                "\"process\", #PID<1.%llu.0>, \"noconnection\" };{ \"nodedown\", \"b@local\" };",
                number, mb_number(ref), number);
    mb_net_heal(f->rt);
    assert_true(mb_node_connect(mb_node_of(here), mb_node_of(there)));
}

/* ---- links ----------------------------------------------------------------------------------*/

static void count_pid(void *context, mb_pid pid) {
    (void)pid;
    ++*(int *)context;
}

static int links_of(mb_process *p) {
    int count = 0;
    mb_links(p, count_pid, &count);
    return count;
}

static void links_end_both_sides(void **state) {
    fixture *f = *state;
    mb_process *here = new_trapping_doll(f), *there = new_far_doll(f);
    mb_node *b = mb_node_of(there);
    mb_pid pid = mb_self(there);
    assert_int_equal(mb_link(here, pid), MB_LINK_OK);
    assert_int_equal(mb_link(here, pid), MB_LINK_OK);
    run(f);
    assert_int_equal(links_of(there), 1);
    let_exit(there, mb_atom("boom"));
    run(f);
    assert_mail(here, "{ \"EXIT\", #PID<1.%llu.0>, \"boom\" };",
                (unsigned long long)(pid & MB_SERIAL_MASK));
    assert_int_equal(mb_link(here, pid), MB_LINK_OK);
    run(f);
    assert_mail(here, "{ \"EXIT\", #PID<1.%llu.0>, \"noproc\" };",
                (unsigned long long)(pid & MB_SERIAL_MASK));
    there = doll_on(f, b);
    mb_set_trap_exit(there, false);
    pid = mb_self(there);
    assert_int_equal(mb_link(there, mb_self(here)), MB_LINK_OK);
    run(f);
    let_exit(here, mb_atom("bang"));
    run(f);
    assert_false(lives(f, pid));
}

static void links_that_cross_count_as_one(void **state) {
    fixture *f = *state;
    mb_process *here = new_trapping_doll(f), *there = new_far_doll(f);
    mb_pid far = mb_self(there);
    for (int unlinked = 0; unlinked < 2; unlinked++) {
        assert_int_equal(mb_link(here, far), MB_LINK_OK);
        assert_int_equal(mb_link(there, mb_self(here)), MB_LINK_OK);
        run(f);
        assert_int_equal(links_of(here), 1);
        assert_int_equal(links_of(there), 1);
        if (unlinked) {
            mb_unlink(here, far);
            run(f);
            assert_int_equal(links_of(here) + links_of(there), 0);
        } else {
            mb_unlink(there, mb_self(here));
            assert_int_equal(mb_link(there, mb_self(here)), MB_LINK_OK);
            mb_unlink(here, far);
            run(f); /* here's unlink is of the old ones; there's new link came after it */
            assert_int_equal(links_of(here), links_of(there));
            mb_unlink(there, mb_self(here));
            run(f);
        }
    }
    assert_int_equal(mb_link(here, far), MB_LINK_OK);
    assert_int_equal(mb_link(there, mb_self(here)), MB_LINK_OK);
    run(f);
    let_exit(there, mb_atom("boom"));
    run(f);
    assert_mail(here, "{ \"EXIT\", #PID<1.%llu.0>, \"boom\" };",
                (unsigned long long)(far & MB_SERIAL_MASK));
}

static void after_unlink_no_exit_arrives(void **state) {
    fixture *f = *state;
    mb_process *here = new_trapping_doll(f), *there = new_far_doll(f);
    mb_pid far = mb_self(there);
    assert_int_equal(mb_link(here, far), MB_LINK_OK);
    run(f);
    assert_true(mb_net_set_delay(f->rt, NULL, NULL, 10 * MB_MILLISECOND));
    let_exit(there, mb_atom("boom"));
    run_for(f, 5);
    assert_false(lives(f, far));
    mb_unlink(here, far);
    run(f);
    assert_mail_of(here, "");
}

/* ---- monitors -------------------------------------------------------------------------------*/

static void monitors_tell_once(void **state) {
    fixture *f = *state;
    mb_process *here = new_doll(f), *there = new_far_doll(f);
    mb_node *b = mb_node_of(there);
    mb_pid far = mb_self(there), name = mb_name_on(b, mb_atom("name"));
    unsigned long long number = far & MB_SERIAL_MASK;
    assert_int_equal(mb_register(f->rt, mb_atom("name"), far), MB_NAME_OK);
    mb_term shown = term(f, "{ \"name\", \"b@local\" }");
    mb_ref by_pid = mb_monitor(here, far, mb_nil()), by_name = mb_monitor(here, name, shown);
    mb_ref given_up = mb_monitor(here, name, shown);
    run(f);
    int watchers = 0;
    mb_monitored_by(there, count_pid, &watchers);
    assert_int_equal(watchers, 3);
    assert_true(mb_demonitor(here, given_up, false));
    run(f);
    let_exit(there, mb_atom("boom"));
    run(f);
    assert_mail(here,
                "{ \"DOWN\", #Reference<0.0.0.%llu>, \"process\", #PID<1.%llu.0>, \"boom\" };"
                "{ \"DOWN\", #Reference<0.0.0.%llu>, \"process\", { \"name\", \"b@local\" }, "
                "\"boom\" };",
                mb_number(by_pid), number, mb_number(by_name));
    by_pid = mb_monitor(here, far, mb_nil());
    by_name = mb_monitor(here, name, shown);
    run(f);
    assert_mail(here,
                "{ \"DOWN\", #Reference<0.0.0.%llu>, \"process\", #PID<1.%llu.0>, \"noproc\" };"
                "{ \"DOWN\", #Reference<0.0.0.%llu>, \"process\", { \"name\", \"b@local\" }, "
                "\"noproc\" };",
                mb_number(by_pid), number, mb_number(by_name));
    mb_release(f->rt, shown);
}

static void a_name_that_moved_is_demonitored_where_it_was(void **state) {
    fixture *f = *state;
    mb_process *here = new_doll(f), *first = new_far_doll(f);
    mb_process *second = doll_on(f, mb_node_of(first));
    mb_pid name = mb_name_on(mb_node_of(first), mb_atom("name"));
    assert_int_equal(mb_register(f->rt, mb_atom("name"), mb_self(first)), MB_NAME_OK);
    mb_ref ref = mb_monitor(here, name, mb_atom("name"));
    run(f);
    let_exit(second, mb_nil());
    mb_pid old = mb_self(first);
    assert_true(mb_demonitor(here, ref, false));
    run(f);
    assert_true(lives(f, old));
    int watchers = 0;
    mb_monitored_by(first, count_pid, &watchers);
    assert_int_equal(watchers, 0);
}

/* ---- calls ----------------------------------------------------------------------------------*/

typedef struct asking {
    mb_pid to;
    mb_time timeout;
    bool asked, done;
    mb_answer_state state;
    mb_term value; /* owned */
} asking;

static mb_step ask_in_slice(mb_process *p, void *context) {
    asking *a = context;
    if (!a->asked) {
        a->asked = true;
        (void)mb_call(p, a->to, MB_CALL, mb_atom("request"), a->timeout);
    }
    if (!a->done)
        a->state = mb_answer(p, &a->value);
    a->done = a->state != MB_ANSWER_PENDING;
    return MB_STEP_WAIT;
}

static mb_ref take_request(fixture *f, mb_process *p) {
    mb_message *m = mb_mailbox_first(p);
    assert_non_null(m);
    assert_int_equal(m->kind, MB_CALL);
    mb_ref ref = m->ref;
    mb_mailbox_take(p, m);
    mb_message_free(f->rt, m);
    return ref;
}

static void assert_outcome(fixture *f, const asking *a, mb_answer_state state, const char *value) {
    assert_true(a->done);
    assert_int_equal(a->state, state);
    assert_prints(a->value, value);
    mb_release(f->rt, a->value);
}

static void a_call_gets_its_reply(void **state) {
    fixture *f = *state;
    mb_process *here = new_doll(f), *there = new_far_doll(f);
    assert_int_equal(mb_register(f->rt, mb_atom("name"), mb_self(there)), MB_NAME_OK);
    asking a = {.to = mb_name_on(mb_node_of(there), mb_atom("name")), .timeout = FOREVER};
    act_in(here, ask_in_slice, &a);
    run(f);
    assert_false(a.done);
    mb_reply(f->rt, there, mb_self(here), take_request(f, there), term(f, "{ \"value\" }"));
    run(f);
    assert_outcome(f, &a, MB_ANSWER_VALUE, "{ \"value\" }");
    int watchers = 0;
    mb_monitored_by(there, count_pid, &watchers);
    assert_int_equal(watchers, 0);
}

static void a_call_ends_with_whom_it_asks(void **state) {
    fixture *f = *state;
    mb_process *here = new_doll(f), *there = new_far_doll(f);
    mb_node *b = mb_node_of(there);
    asking dies = {.to = mb_self(there), .timeout = FOREVER}, dead = dies, late = dies, lost = dies,
           nowhere = dies;
    act_in(here, ask_in_slice, &dies);
    run(f);
    let_exit(there, mb_atom("boom"));
    run(f);
    assert_outcome(f, &dies, MB_ANSWER_EXIT, "\"boom\"");
    act_in(here, ask_in_slice, &dead);
    run(f);
    assert_outcome(f, &dead, MB_ANSWER_EXIT, "\"noproc\"");
    there = doll_on(f, b);
    late.to = lost.to = nowhere.to = mb_self(there);
    late.timeout = 10 * MB_MILLISECOND;
    act_in(here, ask_in_slice, &late);
    run_for(f, 10);
    mb_reply(f->rt, there, mb_self(here), take_request(f, there), mb_atom("late"));
    run(f);
    assert_outcome(f, &late, MB_ANSWER_EXIT, "\"timeout\"");
    assert_mail_of(here, "");
    act_in(here, ask_in_slice, &lost);
    run(f);
    split(f, 0);
    run(f);
    assert_outcome(f, &lost, MB_ANSWER_EXIT, "{ \"nodedown\", \"b@local\" }");
    act_in(here, ask_in_slice, &nowhere);
    run(f);
    assert_outcome(f, &nowhere, MB_ANSWER_EXIT, "{ \"nodedown\", \"b@local\" }");
}

/* ---- without memory -------------------------------------------------------------------------*/

/* With every number of allocations that succeed: nothing leaks, nothing hangs. */
static void without_memory(void **state) {
    (void)state;
    for (size_t allowance = 0; allowance < 60; allowance++) {
        fixture f;
        assert_true(fixture_begin(&f, SIZE_MAX));
        mb_process *here = new_trapping_doll(&f), *there = new_far_doll(&f);
        mb_pid near = mb_self(here), far = mb_self(there);
        asking a = {.to = far, .timeout = FOREVER};
        f.allowance = allowance;
        act_in(here, ask_in_slice, &a);
        mb_run(f.rt, 10000, MB_INFINITY);
        if (mb_lookup(f.rt, near)) {
            (void)mb_link(here, far);
            (void)mb_monitor(here, far, mb_nil());
            (void)mb_send(f.rt, here, far, mb_integer(1));
            (void)mb_watch_node(here, mb_node_of_pid(f.rt, far), true);
        }
        mb_run(f.rt, 10000, MB_INFINITY);
        if (mb_lookup(f.rt, far))
            let_exit(there, mb_atom("boom"));
        mb_run(f.rt, 10000, MB_INFINITY);
        f.allowance = SIZE_MAX;
        run(&f);
        if (mb_lookup(f.rt, near))
            assert_true(a.done || mb_awaiting(here) == false);
        mb_release(f.rt, a.value);
        fixture_end(&f);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_first_node_gets_its_name_with_the_second),
        TEST(names_are_each_nodes_own),
        TEST(a_stopped_node_starts_again_as_another),
        TEST(a_process_may_stop_its_own_node),
        TEST(messages_arrive_in_order),
        TEST(what_gets_lost_is_sent_again),
        TEST(a_connection_that_lets_nothing_through_is_lost),
        TEST(a_split_that_heals_in_time_only_delays),
        TEST(a_split_keeps_nodes_apart),
        TEST(links_end_both_sides),
        TEST(links_that_cross_count_as_one),
        TEST(after_unlink_no_exit_arrives),
        TEST(monitors_tell_once),
        TEST(a_name_that_moved_is_demonitored_where_it_was),
        TEST(a_call_gets_its_reply),
        TEST(a_call_ends_with_whom_it_asks),
        cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
