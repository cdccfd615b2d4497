/* Every operation runs with memory for n allocations, n growing until it succeeds. What fails says
 * so, leaks nothing and leaves the others in peace. */
#include "support.h"

typedef struct stage {
    fixture f;
    mb_process *p, *q, *trapping, *bystander;
    mb_pid dead;
    mb_term value; /* a table with a block behind it */
} stage;

typedef bool (*operation)(stage *s); /* false: there was no memory */

static void set_stage(stage *s) {
    assert_true(fixture_begin(&s->f, SIZE_MAX));
    s->p = new_doll(&s->f);
    s->q = new_doll(&s->f);
    s->trapping = new_trapping_doll(&s->f);
    s->bystander = new_doll(&s->f);
    mb_process *dead = new_doll(&s->f);
    s->dead = mb_self(dead);
    let_exit(dead, mb_atom("normal"));
    run(&s->f);
    s->value = term(&s->f, "{ \"a string of more than a cell\", key = { 1 } }");
}

static mb_term value_of(stage *s) { return mb_retain(s->value); }

/* The others have noticed nothing, and with memory everything goes on. */
static void check_the_rest(stage *s) {
    fixture *f = &s->f;
    s->f.allowance = SIZE_MAX;
    run(f);
    send_integer(NULL, s->bystander, 1);
    assert_string_equal(mail(s->bystander), "1;");
    mb_process *fresh = new_doll(f);
    mb_pid pid = mb_self(fresh);
    assert_int_equal(mb_link(fresh, mb_self(s->bystander)), MB_LINK_OK);
    mb_set_trap_exit(s->bystander, true);
    assert_int_equal(mb_register(f->rt, mb_atom("fresh"), pid), MB_NAME_OK);
    assert_true(mb_send_after(f->rt, NULL, pid, mb_atom("boom"), MB_MILLISECOND));
    let_exit(fresh, mb_atom("boom"));
    run(f);
    assert_mail(s->bystander, "{ \"EXIT\", #PID<0.%llu.0>, \"boom\" };", mb_number(pid));
    assert_prints(s->value, "{ \"a string of more than a cell\", key = { 1 } }");
    mb_release(f->rt, s->value);
}

static void starve(operation perform) {
    for (size_t allowance = 0, refused = 1; refused; allowance++) {
        stage s;
        set_stage(&s);
        s.f.allowance = allowance;
        bool done = perform(&s);
        refused = s.f.refused;
        if (!refused)
            assert_true(done);
        check_the_rest(&s);
        fixture_end(&s.f);
        assert_true(allowance < 1000);
    }
}

/* ---- Terms -----------------------------------------------------------------------------------*/

static bool make_string(stage *s) {
    mb_term t;
    bool done = mb_string_new(s->f.rt, "a string of more than a cell", 28, &t);
    mb_release(s->f.rt, t);
    return done;
}

static bool make_tables(stage *s) {
    mb_term tuple, map, table, parts[] = {s->value, s->value};
    bool tuple_done = mb_tuple(s->f.rt, &tuple, 2, parts);
    bool map_done = mb_map(s->f.rt, &map, 1, parts);
    bool table_done = mb_table_new(s->f.rt, &table, mb_element(s->value, 0), 0, 1, parts);
    mb_release(s->f.rt, tuple);
    mb_release(s->f.rt, map);
    mb_release(s->f.rt, table);
    return tuple_done && map_done && table_done;
}

static const mb_object_class EMPTY = {.name = "empty"};

static bool make_object(stage *s) {
    mb_term t;
    bool done = mb_object_new(s->f.rt, &t, &EMPTY, 100);
    mb_release(s->f.rt, t);
    return done;
}

static bool show_message(stage *s) {
    bool done = true;
    for (int kind = MB_MESSAGE; kind <= MB_SYSTEM; kind++) {
        const mb_message message = {.term = s->value, .from = 1, .kind = (uint8_t)kind};
        mb_term t = mb_nil();
        done = mb_message_term(s->f.rt, &message, &t) && done;
        mb_release(s->f.rt, t);
    }
    return done;
}

/* ---- Processes, messages, signals ------------------------------------------------------------*/

static bool spawn(stage *s) {
    fixture *f = &s->f;
    mb_ref ref;
    const mb_spawn_options options = {
        .link = true, .monitor = true, .parent = mb_self(s->p), .initial_call = value_of(s)};
    size_t count = mb_process_count(f->rt);
    mb_process *p = mb_spawn(f->rt, &DOLL, &options, &ref);
    if (!p)
        assert_int_equal(mb_process_count(f->rt), count);
    return p != NULL;
}

/* Until tables have to grow. */
static bool spawn_many(stage *s) {
    for (int i = 0; i < 100; i++)
        if (!mb_spawn(s->f.rt, &DOLL, NULL, NULL))
            return false;
    return true;
}

static bool send_messages(stage *s) {
    mb_runtime *rt = s->f.rt;
    mb_pid to = mb_self(s->q);
    bool plain = mb_send(rt, s->p, to, value_of(s));
    bool cast = mb_send_kind(rt, s->p, to, value_of(s), MB_CAST, 0);
    assert_true(mb_send(rt, s->p, s->dead, value_of(s)));
    run(&s->f);
    assert_int_equal(mb_mailbox_length(s->q), (size_t)plain + cast);
    return plain && cast;
}

static bool send_exit(stage *s) {
    mb_pid pid = mb_self(s->p);
    bool done = mb_exit_signal(s->f.rt, s->q, pid, value_of(s));
    assert_int_equal(lives(&s->f, pid), !done);
    return done;
}

/* A signal does not get lost: who cannot get it ends. */
static bool trap_signals(stage *s) {
    fixture *f = &s->f;
    mb_pid pid = mb_self(s->trapping), victim = mb_self(s->p);
    bool linked = mb_link(s->trapping, victim) == MB_LINK_OK;
    mb_ref ref = mb_monitor(s->trapping, victim, s->value);
    bool done = linked && ref && mb_exit_signal(f->rt, NULL, victim, mb_atom("boom"));
    run(f);
    if (!done)
        return false;
    assert_false(lives(f, victim));
    if (!lives(f, pid))
        return false;
    assert_int_equal(mb_mailbox_length(s->trapping), 2);
    return true;
}

static bool be_exited_while_trapping(stage *s) {
    mb_pid pid = mb_self(s->trapping);
    bool done = mb_exit_signal(s->f.rt, s->q, pid, value_of(s));
    run(&s->f);
    if (done && lives(&s->f, pid))
        assert_int_equal(mb_mailbox_length(s->trapping), 1);
    return done && lives(&s->f, pid);
}

static bool link_and_unlink(stage *s) {
    mb_link_result result = mb_link(s->p, mb_self(s->q));
    mb_link_result again = mb_link(s->q, mb_self(s->p));
    mb_unlink(s->p, mb_self(s->q));
    assert_true(result != MB_LINK_NOPROC);
    return result == MB_LINK_OK && again == MB_LINK_OK;
}

static bool link_to_the_dead(stage *s) {
    assert_int_equal(mb_link(s->p, s->dead), MB_LINK_NOPROC);
    bool done = mb_link(s->trapping, s->dead) == MB_LINK_OK;
    assert_int_equal(mb_mailbox_length(s->trapping), done);
    return done;
}

static bool monitor_all_kinds(stage *s) {
    mb_ref living = mb_monitor(s->p, mb_self(s->q), s->value);
    mb_ref dead = mb_monitor(s->p, s->dead, mb_nil());
    mb_pid pid = mb_self(s->p);
    if (living)
        assert_true(mb_demonitor(s->p, living, true));
    run(&s->f);
    return living && dead && lives(&s->f, pid);
}

/* ---- Names, timers, dictionary ---------------------------------------------------------------*/

static bool register_names(stage *s) {
    mb_runtime *rt = s->f.rt;
    for (int i = 0; i < 20; i++) {
        char text[32];
        snprintf(text, sizeof text, "n%d", i);
        mb_process *p = mb_spawn(rt, &DOLL, NULL, NULL);
        mb_name_result result = p ? mb_register(rt, mb_atom(text), mb_self(p))
                                  : MB_NAME_NO_MEMORY;
        assert_true(mb_whereis(rt, mb_atom(text)) == (result == MB_NAME_OK ? mb_self(p) : 0));
        if (result != MB_NAME_OK)
            return false;
    }
    return true;
}

static bool start_timers(stage *s) {
    mb_runtime *rt = s->f.rt;
    mb_ref to_pid = mb_send_after(rt, s->p, mb_self(s->q), value_of(s), MB_MILLISECOND);
    mb_ref to_name = mb_send_after_name(rt, s->p, s->value, value_of(s), MB_MILLISECOND);
    assert_int_equal(mb_timer_count(rt), (to_pid != 0) + (to_name != 0));
    if (to_name)
        assert_int_equal(mb_cancel_timer(rt, to_name), 1);
    run(&s->f);
    assert_int_equal(mb_mailbox_length(s->q), to_pid != 0);
    return to_pid && to_name;
}

static bool put_into_dictionary(stage *s) {
    bool done = true;
    for (int64_t i = 0; i < 10; i++) {
        bool put = mb_dictionary_put(s->p, mb_integer(i), s->value, NULL);
        assert_int_equal(mb_dictionary_get(s->p, mb_integer(i)).type, put ? MB_TABLE : MB_NIL);
        done = done && put;
    }
    return done;
}

static bool set_deadline(stage *s) {
    bool done = mb_set_deadline(s->p, MB_MILLISECOND);
    run(&s->f);
    assert_int_equal(mb_deadline_expired(s->p), done);
    return done;
}

static bool set_host_memory(stage *s) {
    mb_process_info info;
    mb_set_host_memory(s->p, 1 << 20);
    mb_info(s->p, &info);
    return info.memory >= 1 << 20;
}

/* ---- Answers ---------------------------------------------------------------------------------*/

static bool call_and_reply(stage *s) {
    mb_runtime *rt = s->f.rt;
    mb_term value;
    mb_answer_state state =
        mb_call(s->p, mb_self(s->q), MB_CALL, value_of(s), 5 * MB_MILLISECOND);
    mb_message *request = mb_mailbox_first(s->q);
    if (state == MB_ANSWER_PENDING)
        mb_reply(rt, s->q, mb_self(s->p), request->ref, value_of(s));
    else
        assert_null(request);
    bool done = mb_answer(s->p, &value) == MB_ANSWER_VALUE;
    assert_int_equal(done, state == MB_ANSWER_PENDING);
    assert_false(mb_awaiting(s->p));
    mb_release(rt, value);
    return done;
}

static bool wait_for_the_dead(stage *s) {
    mb_term value;
    mb_call(s->p, s->dead, MB_CALL, value_of(s), MB_INFINITY);
    bool call = mb_answer(s->p, &value) == MB_ANSWER_EXIT;
    mb_await_end(s->p, s->dead, MB_INFINITY);
    bool end = mb_answer(s->p, &value) == MB_ANSWER_EXIT;
    return call && end;
}

static bool wait_for_an_end(stage *s) {
    mb_term value;
    mb_pid victim = mb_self(s->q);
    mb_await_end(s->p, victim, MB_INFINITY);
    bool killed = mb_exit_signal(s->f.rt, NULL, victim, mb_atom("kill"));
    assert_int_equal(lives(&s->f, victim), !killed);
    mb_answer_state state = mb_answer(s->p, &value);
    if (state == MB_ANSWER_PENDING)
        mb_abandon_answer(s->p);
    return state == MB_ANSWER_EXIT;
}

static bool wait_for_init(stage *s) {
    mb_term value;
    const mb_spawn_options options = {.link = true, .parent = mb_self(s->p)};
    mb_process *child = mb_spawn(s->f.rt, &DOLL, &options, NULL);
    if (!child)
        return false;
    mb_await_init(s->p, child, MB_MILLISECOND);
    mb_init_ack(child, value_of(s));
    bool done = mb_answer(s->p, &value) == MB_ANSWER_VALUE;
    mb_release(s->f.rt, value);
    return done;
}

/* A child whose init takes too long ends, whether or not there is memory for the kill. */
static bool outlast_init(stage *s) {
    mb_term value;
    const mb_spawn_options options = {.link = true, .parent = mb_self(s->p)};
    mb_process *child = mb_spawn(s->f.rt, &DOLL, &options, NULL);
    if (!child || mb_await_init(s->p, child, MB_MILLISECOND) != MB_ANSWER_PENDING)
        return false;
    mb_pid pid = mb_self(child);
    run(&s->f);
    assert_int_equal(mb_answer(s->p, &value), MB_ANSWER_EXIT);
    assert_true(mb_is(value, "timeout"));
    assert_false(lives(&s->f, pid));
    return true;
}

/* ---- Together --------------------------------------------------------------------------------*/

static void each_operation_may_lack_memory(void **state) {
    static const operation operations[] = {
        make_string,       make_tables,
        make_object,       show_message,
        spawn,             spawn_many,
        send_messages,     send_exit,
        trap_signals,      be_exited_while_trapping,
        link_and_unlink,   link_to_the_dead,
        monitor_all_kinds, register_names,
        start_timers,      put_into_dictionary,
        set_deadline,      set_host_memory,
        call_and_reply,    wait_for_the_dead,
        wait_for_an_end,   wait_for_init,
        outlast_init,
    };
    (void)state;
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++)
        starve(operations[i]);
}

static void a_runtime_may_lack_memory(void **state) {
    (void)state;
    for (size_t allowance = 0;; allowance++) {
        fixture f;
        bool begun = fixture_begin(&f, allowance);
        assert_int_equal(begun, f.refused == 0);
        fixture_end(&f);
        if (begun)
            break;
    }
}

/* A policy that cannot be asked is passed over. */
static void a_policy_may_lack_memory(void **state) {
    fixture f = {.allowance = SIZE_MAX};
    (void)state;
    const mb_config config = {.alloc = counting_alloc,
                              .alloc_context = &f,
                              .virtual_clock = true,
                              .policy = mb_policy_random,
                              .unpooled = true};
    f.rt = mb_runtime_new(&config);
    mb_process *p = mb_spawn(f.rt, &DOLL, NULL, NULL);
    send_integer(NULL, p, 1);
    f.allowance = 0;
    assert_int_equal(mb_run(f.rt, 100, MB_INFINITY), MB_RUN_IDLE);
    assert_true(f.refused > 0);
    assert_string_equal(mail(p), "1;");
    fixture_end(&f);
}

static void ends_need_no_memory(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *q = new_doll(f), *r = new_doll(f);
    mb_pid pids[] = {mb_self(p), mb_self(q), mb_self(r)};
    assert_int_equal(mb_link(p, pids[1]), MB_LINK_OK);
    assert_int_equal(mb_link(q, pids[2]), MB_LINK_OK);
    assert_int_equal(mb_register(f->rt, mb_atom("r"), pids[2]), MB_NAME_OK);
    assert_true(mb_send_after(f->rt, p, pids[1], mb_atom("tick"), MB_MILLISECOND));
    let_exit(p, mb_atom("boom"));
    f->allowance = 0;
    run(f);
    for (size_t i = 0; i < 3; i++)
        assert_false(lives(f, pids[i]));
    assert_int_equal(f->refused, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_operation_may_lack_memory),
        cmocka_unit_test(a_runtime_may_lack_memory),
        cmocka_unit_test(a_policy_may_lack_memory),
        TEST(ends_need_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
