#include "events.h"
#include "support.h"

static const mb_event *newest(fixture *f) { return mb_event_get(f->rt, mb_event_last(f->rt)); }

/* The newest event of that type. */
static const mb_event *newest_of(fixture *f, mb_event_type type) {
    const mb_event *event;
    for (uint64_t i = mb_event_last(f->rt); (event = mb_event_get(f->rt, i)); i--)
        if (event->type == type)
            return event;
    fail_msg("no event %s", mb_event_name(type));
    return NULL;
}

static void the_ring_keeps_the_newest(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f);
    for (int64_t i = 0; i < 1000; i++) {
        mb_term t = term(f, "{ \"a message of some length\", % }", mb_integer(i));
        assert_true(mb_send(f->rt, NULL, mb_self(p), t));
        if (i % 10 == 0)
            mail(p);
    }
    mail(p);
    uint64_t last = mb_event_last(f->rt), kept = 0;
    assert_true(last > 2000);
    assert_null(mb_event_get(f->rt, 0));
    assert_null(mb_event_get(f->rt, 1));
    assert_null(mb_event_get(f->rt, last + 1));
    assert_null(mb_event_get(f->rt, UINT64_MAX));
    for (uint64_t i = last; mb_event_get(f->rt, i); i--, kept++)
        assert_int_equal(mb_event_get(f->rt, i)->number, i);
    assert_int_equal(kept, 64);
}

static void the_ring_is_rounded_up(void **state) {
    (void)state;
    mb_runtime *rt = mb_runtime_new(&(mb_config){.virtual_clock = true, .event_capacity = 5});
    for (int i = 0; i < 20; i++)
        assert_true(mb_send(rt, NULL, MB_KIND_PID | 1, mb_integer(i)));
    assert_int_equal(mb_event_last(rt), 20);
    assert_null(mb_event_get(rt, 12));
    assert_int_equal(mb_event_get(rt, 13)->term.integer, 12);
    mb_runtime_free(rt);
}

static void an_event_outlives_its_term(void **state) {
    fixture *f = *state;
    mb_term t = term(f, "{ \"something in a block\" }");
    mb_event_record(f->rt, MB_EVENT_LOG, 0, 0, t);
    mb_release(f->rt, t);
    assert_prints(newest(f)->term, "{ \"something in a block\" }");
}

/* ---- Causes ----------------------------------------------------------------------------------*/

/* Passes on each number it gets, until it is 0. */
static mb_step pass_on(mb_process *p, void *context) {
    mb_pid *peer = context;
    for (mb_message *m; (m = mb_mailbox_first(p));) {
        mb_mailbox_take(p, m);
        if (m->term.integer > 0)
            assert_true(mb_send(mb_runtime_of(p), p, *peer, mb_integer(m->term.integer - 1)));
        mb_message_free(mb_runtime_of(p), m);
    }
    return MB_STEP_WAIT;
}

static void causes_lead_back_to_the_beginning(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *q = new_doll(f);
    mb_pid pids[] = {mb_self(p), mb_self(q)};
    act_in(p, pass_on, &pids[1]);
    act_in(q, pass_on, &pids[0]);
    uint64_t before = mb_event_last(f->rt);
    send_integer(NULL, p, 9);
    run(f);
    const mb_event *event = newest(f);
    for (int i = 0; i < 10; i++) {
        assert_int_equal(event->type, MB_EVENT_RECEIVE);
        assert_int_equal(event->term.integer, i);
        event = mb_event_get(f->rt, event->cause);
        assert_int_equal(event->type, MB_EVENT_SEND);
        assert_int_equal(event->term.integer, i);
        if (i < 9)
            event = mb_event_get(f->rt, event->cause);
    }
    assert_int_equal(event->number, before + 1);
    assert_int_equal(event->cause, 0);
}

static void a_chain_of_ends_has_one_cause(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *q = new_doll(f), *r = new_doll(f);
    assert_int_equal(mb_link(p, mb_self(q)), MB_LINK_OK);
    assert_int_equal(mb_link(q, mb_self(r)), MB_LINK_OK);
    mb_pid first = mb_self(p), last = mb_self(r);
    let_exit(p, mb_atom("boom"));
    run(f);
    const mb_event *event = newest_of(f, MB_EVENT_EXIT);
    assert_true(event->subject == last);
    for (int i = 0; i < 2; i++) {
        event = mb_event_get(f->rt, event->cause);
        assert_int_equal(event->type, MB_EVENT_SIGNAL);
        event = mb_event_get(f->rt, event->cause);
        assert_int_equal(event->type, MB_EVENT_EXIT);
    }
    assert_true(event->subject == first);
}

static void a_timer_is_the_cause_of_its_message(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f);
    assert_true(mb_send_after(f->rt, f->owner, mb_self(p), mb_atom("tick"), MB_MILLISECOND));
    uint64_t started = newest_of(f, MB_EVENT_TIMER)->number;
    run(f);
    mail(p);
    const mb_event *received = newest_of(f, MB_EVENT_RECEIVE);
    const mb_event *expired = mb_event_get(f->rt, received->cause);
    assert_int_equal(expired->type, MB_EVENT_EXPIRE);
    assert_int_equal(expired->cause, started);
    assert_int_equal(expired->time, MB_MILLISECOND);
}

/* ---- Text ------------------------------------------------------------------------------------*/

static void an_event_is_a_line(void **state) {
    const mb_event event = {.number = 12,
                            .cause = 7,
                            .time = 1500042,
                            .subject = MB_KIND_PID | 100,
                            .object = MB_KIND_PID | 101,
                            .term = mb_atom("hello"),
                            .type = MB_EVENT_SEND};
    const mb_event bare = {.number = 1, .type = MB_EVENT_LEAVE};
    static const char expected[] = "12 1.500042 send <0.100.0> <0.101.0> #7 \"hello\"";
    char text[128];
    (void)state;
    assert_int_equal(mb_event_text(&event, text, sizeof text), strlen(expected));
    assert_string_equal(text, expected);
    mb_event_text(&bare, text, sizeof text);
    assert_string_equal(text, "1 0.000000 leave - - #0");
    for (size_t size = 1; size < sizeof expected; size++) { /* cut, like snprintf */
        assert_int_equal(mb_event_text(&event, text, size), strlen(expected));
        assert_int_equal(strlen(text), size - 1);
        assert_memory_equal(text, expected, size - 1);
    }
    assert_int_equal(mb_event_text(&event, NULL, 0), strlen(expected));
}

static void every_type_has_a_name(void **state) {
    (void)state;
    for (int type = 0; type < MB_EVENT_TYPE_COUNT; type++)
        assert_true(strlen(mb_event_name((mb_event_type)type)) > 0);
    assert_string_equal(mb_event_name(MB_EVENT_SPAWN), "spawn");
    assert_string_equal(mb_event_name(MB_EVENT_LOG), "log");
}

static void count_event(void *context, const mb_event *event) {
    uint64_t *count = context;
    assert_int_equal(event->number, ++*count);
}

static void the_host_sees_each_event_once(void **state) {
    uint64_t count = 0;
    (void)state;
    mb_runtime *rt = mb_runtime_new(&(mb_config){
        .virtual_clock = true, .event = count_event, .sink_context = &count, .event_capacity = 2});
    mb_process *p = mb_spawn(rt, &DOLL, NULL, NULL);
    for (int64_t i = 0; i < 10; i++)
        send_integer(NULL, p, i);
    mail(p);
    assert_int_equal(count, 21);
    assert_int_equal(mb_event_last(rt), count);
    mb_runtime_free(rt);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_ring_keeps_the_newest),
        cmocka_unit_test(the_ring_is_rounded_up),
        TEST(an_event_outlives_its_term),
        TEST(causes_lead_back_to_the_beginning),
        TEST(a_chain_of_ends_has_one_cause),
        TEST(a_timer_is_the_cause_of_its_message),
        cmocka_unit_test(an_event_is_a_line),
        cmocka_unit_test(every_type_has_a_name),
        cmocka_unit_test(the_host_sees_each_event_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
