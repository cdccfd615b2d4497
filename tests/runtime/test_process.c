#include "support.h"

/* ---- Birth, messages, mailbox ----------------------------------------------------------------*/

static mb_step exit_at_once(mb_process *p, void *data) {
    (void)p;
    (void)data;
    return MB_STEP_EXIT;
}

static const mb_class BRIEF = {.name = "brief", .run = exit_at_once};

static void a_new_process_runs_when_its_turn_comes(void **state) {
    fixture *f = *state;
    const mb_spawn_options options = {.parent = f->owner_pid, .initial_call = mb_atom("Counter")};
    mb_process *p = mb_spawn(f->rt, &BRIEF, &options, NULL);
    mb_process_info info;
    mb_info(p, &info);
    assert_true(info.parent == f->owner_pid);
    assert_prints(info.initial_call, "\"Counter\"");
    assert_int_equal(info.status, MB_RUNNABLE);
    assert_ptr_equal(mb_lookup(f->rt, mb_self(p)), p);
    assert_int_equal(mb_process_count(f->rt), 2);
    run(f);
    assert_int_equal(mb_process_count(f->rt), 1);
}

static void processes_are_listed_by_age(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *q = new_doll(f), *r = new_doll(f);
    let_exit(q, mb_atom("normal"));
    run(f);
    assert_ptr_equal(mb_next_process(f->rt, 0), f->owner);
    assert_ptr_equal(mb_next_process(f->rt, f->owner_pid), p);
    assert_ptr_equal(mb_next_process(f->rt, mb_self(p)), r);
    assert_null(mb_next_process(f->rt, mb_self(r)));
}

static void messages_of_one_sender_keep_their_order(void **state) {
    fixture *f = *state;
    mb_process *a = new_doll(f), *b = new_doll(f), *to = new_doll(f);
    for (int64_t i = 1; i < 4; i++) {
        send_integer(a, to, i);
        send_integer(b, to, 10 * i);
        run(f);
    }
    assert_string_equal(mail(to), "1;10;2;20;3;30;");
}

static void the_dead_swallow_messages(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f);
    mb_pid pid = mb_self(p);
    let_exit(p, mb_atom("normal"));
    run(f);
    assert_true(mb_send(f->rt, NULL, pid, term(f, "{ 1 }")));
    assert_true(mb_exit_signal(f->rt, NULL, pid, term(f, "{ 1 }")));
}

static void a_receive_takes_any_and_remembers_what_it_refused(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f);
    for (int64_t i = 1; i <= 3; i++)
        send_integer(NULL, p, i);
    assert_int_equal(mb_mailbox_length(p), 3);
    assert_int_equal(mb_mailbox_saved(p)->term.integer, 1);
    mb_mailbox_save(p);
    assert_null(mb_mailbox_saved(p));
    send_integer(NULL, p, 4);
    send_integer(NULL, p, 5);
    mb_message *m = mb_mailbox_saved(p);
    assert_int_equal(m->term.integer, 4);
    mb_mailbox_take(p, m); /* found: the next receive starts in front */
    mb_message_free(f->rt, m);
    assert_int_equal(mb_mailbox_saved(p)->term.integer, 1);
    mb_mailbox_save(p);
    m = mb_mailbox_first(p)->next->next->next; /* the last one, refused already */
    mb_mailbox_take(p, m);
    mb_message_free(f->rt, m);
    send_integer(NULL, p, 6);
    assert_string_equal(mail(p), "1;2;3;6;");
    assert_int_equal(mb_mailbox_length(p), 0);
}

static void a_plain_receive_sees_the_kind_of_a_message(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f);
    const struct {
        mb_message_kind kind;
        const char *shown;
    } kinds[] = {
        {MB_MESSAGE, "{ 1 }"},
        {MB_CALL, "{ \"$gen_call\", { #PID<0.100.0>, #Reference<0.0.0.7> }, { 1 } }"},
        {MB_CAST, "{ \"$gen_cast\", { 1 } }"},
        {MB_SYSTEM, "{ \"system\", { #PID<0.100.0>, #Reference<0.0.0.7> }, { 1 } }"},
    };
    for (size_t i = 0; i < 4; i++) {
        mb_term shown;
        assert_true(mb_send_kind(f->rt, f->owner, mb_self(p), term(f, "{ 1 }"), kinds[i].kind,
                                 MB_KIND_REF | 7));
        mb_message *m = mb_mailbox_first(p);
        assert_true(mb_message_term(f->rt, m, &shown));
        assert_prints(shown, kinds[i].shown);
        mb_release(f->rt, shown);
        mb_mailbox_take(p, m);
        mb_message_free(f->rt, m);
    }
}

/* ---- Exit signals ----------------------------------------------------------------------------*/

enum fate { SURVIVES, DIES };

/* What an exit/2 with this reason does to a process. */
static void check_exit_signal(fixture *f, const char *reason, bool traps, const char *outcome) {
    mb_process *p = new_doll(f);
    mb_pid pid = mb_self(p);
    mb_set_trap_exit(p, traps);
    mb_ref ref = mb_monitor(f->owner, pid, mb_nil());
    assert_true(mb_exit_signal(f->rt, f->owner, pid, mb_atom(reason)));
    run(f);
    if (lives(f, pid)) {
        assert_string_equal(mail(p), outcome);
        mb_demonitor(f->owner, ref, true);
    } else {
        assert_mail(f->owner, "{ \"DOWN\", #Reference<0.0.0.%llu>, \"process\", #PID<0.%llu.0>, "
                              "\"%s\" };",
                    mb_number(ref), mb_number(pid), outcome);
    }
}

static void exit_signals(void **state) {
    fixture *f = *state;
    check_exit_signal(f, "boom", false, "boom");
    check_exit_signal(f, "boom", true, "{ \"EXIT\", #PID<0.100.0>, \"boom\" };");
    check_exit_signal(f, "normal", false, "");
    check_exit_signal(f, "normal", true, "{ \"EXIT\", #PID<0.100.0>, \"normal\" };");
    check_exit_signal(f, "kill", false, "killed");
    check_exit_signal(f, "kill", true, "killed");
    check_exit_signal(f, "killed", true, "{ \"EXIT\", #PID<0.100.0>, \"killed\" };");
}

/* What the end of one with this reason does to whom it is linked to. */
static void check_link(fixture *f, const char *reason, bool traps, enum fate fate) {
    mb_process *p = new_doll(f), *peer = new_doll(f);
    mb_pid pid = mb_self(p), peer_pid = mb_self(peer);
    mb_set_trap_exit(peer, traps);
    assert_int_equal(mb_link(p, peer_pid), MB_LINK_OK);
    mb_ref ref = mb_monitor(f->owner, peer_pid, mb_nil());
    let_exit(p, mb_atom(reason));
    run(f);
    assert_int_equal(lives(f, peer_pid), fate == SURVIVES);
    if (fate == DIES)
        assert_mail(f->owner, "{ \"DOWN\", #Reference<0.0.0.%llu>, \"process\", #PID<0.%llu.0>, "
                              "\"%s\" };",
                    mb_number(ref), mb_number(peer_pid), reason);
    else if (traps)
        assert_mail(peer, "{ \"EXIT\", #PID<0.%llu.0>, \"%s\" };", mb_number(pid), reason);
    else
        assert_mail(peer, "%s", "");
    if (fate == SURVIVES)
        mb_demonitor(f->owner, ref, true);
}

/* exit("kill") is an ordinary reason: it can be trapped, and arrives as "kill". */
static void ends_along_links(void **state) {
    fixture *f = *state;
    check_link(f, "normal", false, SURVIVES);
    check_link(f, "normal", true, SURVIVES);
    check_link(f, "boom", false, DIES);
    check_link(f, "boom", true, SURVIVES);
    check_link(f, "shutdown", false, DIES);
    check_link(f, "kill", false, DIES);
    check_link(f, "kill", true, SURVIVES);
}

static void an_end_runs_along_a_chain_of_links(void **state) {
    fixture *f = *state;
    mb_process *first = new_doll(f), *last = first;
    for (int i = 0; i < 50; i++) {
        mb_process *next = new_doll(f);
        assert_int_equal(mb_link(last, mb_self(next)), MB_LINK_OK);
        last = next;
    }
    assert_int_equal(mb_link(last, mb_self(first)), MB_LINK_OK); /* and round */
    assert_int_equal(mb_link(f->owner, mb_self(last)), MB_LINK_OK);
    unsigned long long number = mb_number(mb_self(last));
    assert_true(mb_exit_signal(f->rt, NULL, mb_self(first), mb_atom("kill")));
    run(f);
    assert_int_equal(mb_process_count(f->rt), 1);
    assert_mail(f->owner, "{ \"EXIT\", #PID<0.%llu.0>, \"killed\" };", number);
}

static void count_pid(void *context, mb_pid pid) {
    (void)pid;
    ++*(size_t *)context;
}

static size_t link_count(mb_process *p) {
    size_t count = 0;
    mb_links(p, count_pid, &count);
    return count;
}

static void there_is_one_link_between_two(void **state) {
    fixture *f = *state;
    mb_process *p = new_trapping_doll(f), *q = new_doll(f);
    assert_int_equal(mb_link(p, mb_self(q)), MB_LINK_OK);
    assert_int_equal(mb_link(p, mb_self(q)), MB_LINK_OK);
    assert_int_equal(mb_link(q, mb_self(p)), MB_LINK_OK);
    assert_int_equal(mb_link(p, mb_self(p)), MB_LINK_OK); /* nothing, as on the BEAM */
    assert_int_equal(link_count(p), 1);
    assert_int_equal(link_count(q), 1);
    mb_unlink(q, mb_self(p));
    mb_unlink(q, mb_self(p));
    assert_int_equal(link_count(p), 0);
    let_exit(q, mb_atom("boom"));
    run(f);
    assert_string_equal(mail(p), "");
}

static void unlink_disarms_a_signal_under_way(void **state) {
    fixture *f = *state;
    for (int traps = 0; traps < 2; traps++) {
        mb_process *p = new_doll(f), *q = new_doll(f);
        mb_pid pid = mb_self(p), dead = mb_self(q);
        mb_set_trap_exit(p, traps);
        assert_int_equal(mb_link(p, dead), MB_LINK_OK);
        assert_true(mb_exit_signal(f->rt, NULL, dead, mb_atom("boom")));
        assert_false(lives(f, dead));
        assert_int_equal(link_count(p), 1); /* p has not noticed */
        mb_unlink(p, dead);
        assert_int_equal(link_count(p), 0);
        run(f);
        assert_true(lives(f, pid));
        assert_string_equal(mail(p), "");
    }
}

static void linking_to_the_dead(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *trapping = new_trapping_doll(f), *q = new_doll(f);
    mb_pid dead = mb_self(q);
    assert_true(mb_exit_signal(f->rt, NULL, dead, mb_atom("kill")));
    assert_int_equal(mb_link(p, dead), MB_LINK_NOPROC);
    assert_int_equal(mb_link(trapping, dead), MB_LINK_OK);
    assert_mail(trapping, "{ \"EXIT\", #PID<0.%llu.0>, \"noproc\" };", mb_number(dead));
    assert_int_equal(link_count(trapping), 0);
}

/* Trapping counts when the signal is acted on, not when it is sent. */
static void trapping_begins_at_once(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f);
    assert_true(mb_exit_signal(f->rt, f->owner, mb_self(p), mb_atom("boom")));
    assert_false(mb_set_trap_exit(p, true));
    assert_true(mb_trap_exit(p));
    assert_string_equal(mail(p), "{ \"EXIT\", #PID<0.100.0>, \"boom\" };");
}

typedef struct self_exit {
    const char *reason;
    bool pending;
    int slices;
} self_exit;

static mb_step exit_self(mb_process *p, void *context) {
    self_exit *e = context;
    if (e->slices++ == 0) {
        assert_true(mb_exit_signal(mb_runtime_of(p), p, mb_self(p), mb_atom(e->reason)));
        mb_mailbox_first(p);
        e->pending = mb_signals_pending(p);
    }
    return MB_STEP_YIELD;
}

static void check_exit_to_oneself(fixture *f, const char *reason, bool traps,
                                  const char *outcome) {
    mb_process *p = new_doll(f);
    mb_pid pid = mb_self(p);
    self_exit e = {.reason = reason};
    mb_set_trap_exit(p, traps);
    assert_true(mb_monitor(f->owner, pid, mb_nil()));
    act_in(p, exit_self, &e);
    mb_run(f->rt, 100, 0);
    assert_int_equal(e.pending, !traps || !strcmp(reason, "kill"));
    assert_int_equal(lives(f, pid), !e.pending);
    if (e.pending) {
        assert_int_equal(e.slices, 1);
        mb_message *m = mb_mailbox_first(f->owner);
        assert_true(mb_is(mb_element(m->term, 4), outcome));
        mail(f->owner);
    } else {
        act_in(p, NULL, NULL);
        assert_mail(p, "{ \"EXIT\", #PID<0.%llu.0>, \"%s\" };", mb_number(pid), outcome);
    }
}

/* exit(self(), normal) does end a process that does not trap. */
static void exit_signals_to_oneself(void **state) {
    fixture *f = *state;
    check_exit_to_oneself(f, "normal", false, "normal");
    check_exit_to_oneself(f, "boom", false, "boom");
    check_exit_to_oneself(f, "kill", false, "killed");
    check_exit_to_oneself(f, "normal", true, "normal");
    check_exit_to_oneself(f, "boom", true, "boom");
    check_exit_to_oneself(f, "kill", true, "killed");
}

static void whoever_kills_sees_it_done(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *ready = mb_spawn(f->rt, &DOLL, NULL, NULL);
    mb_pid pid = mb_self(p), other = mb_self(ready);
    assert_true(mb_exit_signal(f->rt, f->owner, pid, mb_atom("kill")));
    assert_true(mb_exit_signal(f->rt, f->owner, other, mb_atom("kill")));
    assert_non_null(mb_lookup(f->rt, pid));
    assert_null(mb_lookup_settled(f->rt, pid));
    assert_null(mb_lookup(f->rt, pid));
    assert_null(mb_lookup_settled(f->rt, other));
    run(f);
}

static void messages_before_a_kill_do_not_save(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f);
    mb_pid pid = mb_self(p);
    send_integer(NULL, p, 1);
    assert_true(mb_exit_signal(f->rt, NULL, pid, mb_atom("boom")));
    send_integer(NULL, p, 2);
    run(f);
    assert_false(lives(f, pid));
}

/* ---- Monitors --------------------------------------------------------------------------------*/

#define DOWN "{ \"DOWN\", #Reference<0.0.0.%llu>, \"process\", #PID<0.%llu.0>, \"%s\" };"

static size_t monitor_count(mb_process *p) {
    size_t count = 0;
    mb_monitors(p, count_pid, &count);
    return count;
}

static size_t watcher_count(mb_process *p) {
    size_t count = 0;
    mb_monitored_by(p, count_pid, &count);
    return count;
}

static void a_monitor_tells_the_end(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *q = new_doll(f);
    unsigned long long number = mb_number(mb_self(q));
    mb_ref first = mb_monitor(p, mb_self(q), mb_nil());
    mb_ref second = mb_monitor(p, mb_self(q), mb_atom("name"));
    assert_int_equal(monitor_count(p), 2);
    assert_int_equal(watcher_count(q), 2);
    let_exit(q, mb_atom("boom"));
    run(f);
    assert_int_equal(monitor_count(p), 0);
    assert_mail(p, DOWN "{ \"DOWN\", #Reference<0.0.0.%llu>, \"process\", \"name\", \"boom\" };",
                mb_number(first), number, "boom", mb_number(second));
}

static void monitoring_the_dead(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *q = new_doll(f);
    mb_pid dead = mb_self(q);
    assert_true(mb_exit_signal(f->rt, NULL, dead, mb_atom("kill")));
    mb_ref ref = mb_monitor(p, dead, mb_nil());
    assert_mail(p, DOWN, mb_number(ref), mb_number(dead), "noproc");
}

static void nobody_learns_of_its_own_end(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f);
    mb_ref ref = mb_monitor(p, mb_self(p), mb_nil());
    assert_true(ref != 0);
    assert_int_equal(monitor_count(p), 0);
    assert_false(mb_demonitor(p, ref, true));
    let_exit(p, mb_atom("boom"));
    run(f);
}

static void a_cancelled_monitor_is_silent(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *q = new_doll(f);
    mb_ref ref = mb_monitor(p, mb_self(q), mb_nil());
    assert_false(mb_demonitor(f->owner, ref, false)); /* somebody else's */
    assert_true(mb_demonitor(p, ref, false));
    assert_false(mb_demonitor(p, ref, false));
    assert_int_equal(watcher_count(q), 0);
    let_exit(q, mb_atom("boom"));
    run(f);
    assert_string_equal(mail(p), "");
}

static void a_cancelled_monitor_is_silent_even_under_way(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *q = new_doll(f);
    mb_pid dead = mb_self(q);
    mb_ref ref = mb_monitor(p, dead, mb_nil());
    assert_true(mb_exit_signal(f->rt, NULL, dead, mb_atom("kill")));
    assert_false(lives(f, dead));
    assert_true(mb_demonitor(p, ref, false));
    assert_string_equal(mail(p), "");
}

static void flush_takes_the_message_out(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *q = new_doll(f);
    mb_pid dead = mb_self(q);
    mb_ref kept = mb_monitor(p, dead, mb_nil()), flushed = mb_monitor(p, dead, mb_nil());
    send_integer(NULL, p, 1);
    assert_true(mb_exit_signal(f->rt, NULL, dead, mb_atom("kill")));
    run(f);
    send_integer(NULL, p, 2);
    assert_false(mb_demonitor(p, kept, false));
    assert_false(mb_demonitor(p, flushed, true));
    assert_mail(p, "1;" DOWN "2;", mb_number(kept), mb_number(dead), "killed");
}

static void links_are_told_before_monitors(void **state) {
    fixture *f = *state;
    mb_process *p = new_trapping_doll(f), *q = new_doll(f);
    unsigned long long number = mb_number(mb_self(q));
    mb_ref ref = mb_monitor(p, mb_self(q), mb_nil());
    assert_int_equal(mb_link(p, mb_self(q)), MB_LINK_OK);
    send_integer(q, p, 1);
    let_exit(q, mb_atom("boom"));
    run(f);
    assert_mail(p, "1;{ \"EXIT\", #PID<0.%llu.0>, \"boom\" };" DOWN, number, mb_number(ref),
                number, "boom");
}

static void a_spawned_process_can_be_linked_and_monitored(void **state) {
    fixture *f = *state;
    mb_ref ref;
    const mb_spawn_options options = {.link = true, .monitor = true, .parent = f->owner_pid};
    unsigned long long number = mb_number(mb_self(mb_spawn(f->rt, &BRIEF, &options, &ref)));
    assert_int_equal(link_count(f->owner), 1);
    assert_int_equal(monitor_count(f->owner), 1);
    run(f);
    assert_mail(f->owner, "{ \"EXIT\", #PID<0.%llu.0>, \"normal\" };" DOWN, number,
                mb_number(ref), number, "normal");
}

static void whoever_watches_may_die_first(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f), *q = new_doll(f), *r = new_doll(f);
    assert_true(mb_monitor(p, mb_self(q), mb_nil()));
    assert_true(mb_monitor(r, mb_self(q), mb_nil()));
    assert_true(mb_monitor(p, mb_self(r), mb_nil()));
    let_exit(p, mb_atom("boom"));
    run(f);
    assert_int_equal(watcher_count(q), 1);
    assert_int_equal(watcher_count(r), 0);
}

/* ---- The dictionary --------------------------------------------------------------------------*/

static void count_pair(void *context, mb_term key, mb_term value) {
    (void)key;
    (void)value;
    ++*(size_t *)context;
}

static void the_dictionary_keeps_values_by_key(void **state) {
    fixture *f = *state;
    mb_process *p = new_doll(f);
    mb_term old;
    assert_int_equal(mb_dictionary_get(p, mb_integer(1)).type, MB_NIL);
    for (int64_t i = 0; i < 20; i++) {
        mb_term key = term(f, "{ \"key\", % }", mb_integer(i)), value = term(f, "{ % }", key);
        assert_true(mb_dictionary_put(p, key, value, &old));
        assert_int_equal(old.type, MB_NIL);
        assert_true(mb_equal(mb_dictionary_get(p, key), value));
        mb_release(f->rt, key);
        mb_release(f->rt, value);
    }
    mb_term key = term(f, "{ \"key\", 7 }");
    assert_true(mb_dictionary_put(p, key, mb_integer(7), &old));
    assert_prints(old, "{ { \"key\", 7 } }");
    mb_release(f->rt, old);
    assert_true(mb_dictionary_put(p, key, mb_nil(), &old));
    assert_int_equal(old.integer, 7);
    assert_true(mb_dictionary_put(p, key, mb_nil(), NULL));
    assert_int_equal(mb_dictionary_get(p, key).type, MB_NIL);
    mb_release(f->rt, key);
    size_t count = 0;
    mb_dictionary(p, count_pair, &count);
    assert_int_equal(count, 19);
}

/* ---- Limits ----------------------------------------------------------------------------------*/

static void there_is_a_limit_to_processes(void **state) {
    (void)state;
    mb_runtime *rt = mb_runtime_new(&(mb_config){.virtual_clock = true, .max_processes = 3});
    for (int i = 0; i < 3; i++)
        assert_non_null(mb_spawn(rt, &BRIEF, NULL, NULL));
    assert_null(mb_spawn(rt, &BRIEF, NULL, NULL));
    mb_run(rt, 1000, MB_INFINITY);
    assert_non_null(mb_spawn(rt, &BRIEF, NULL, NULL));
    mb_runtime_free(rt);
}

static void who_holds_too_much_dies_and_nobody_else(void **state) {
    (void)state;
    mb_runtime *rt = mb_runtime_new(&(mb_config){.virtual_clock = true, .process_memory = 50000});
    mb_process *p = mb_spawn(rt, &DOLL, NULL, NULL), *q = mb_spawn(rt, &DOLL, NULL, NULL);
    mb_pid pid = mb_self(p);
    mb_process_info before, after;
    mb_run(rt, 1000, 0);
    mb_ref ref = mb_monitor(q, pid, mb_nil());
    mb_info(p, &before);
    static const char bytes[1000];
    for (int i = 0; i < 40; i++) {
        mb_term message;
        assert_true(mb_string_new(rt, bytes, sizeof bytes, &message));
        assert_true(mb_send(rt, q, pid, message));
        mb_run(rt, 1000, 0);
    }
    mb_info(p, &after);
    assert_true(after.memory - before.memory > 40000);
    for (int i = 0; i < 20; i++) {
        mb_term message;
        assert_true(mb_string_new(rt, bytes, sizeof bytes, &message));
        assert_true(mb_send(rt, q, pid, message));
    }
    mb_run(rt, 1000, 0);
    assert_null(mb_lookup(rt, pid));
    assert_mail(q, DOWN, mb_number(ref), mb_number(pid), "out_of_memory");
    mb_runtime_free(rt);
}

static void taking_messages_makes_room(void **state) {
    (void)state;
    mb_runtime *rt = mb_runtime_new(&(mb_config){.virtual_clock = true, .process_memory = 5000});
    mb_process *p = mb_spawn(rt, &DOLL, NULL, NULL);
    mb_process_info before, after;
    mb_info(p, &before);
    for (int64_t i = 0; i < 1000; i++) {
        send_integer(NULL, p, i);
        assert_int_equal(mb_mailbox_length(p), 1);
        mail(p);
    }
    mb_info(p, &after);
    assert_int_equal(before.memory, after.memory);
    mb_set_host_memory(p, 12345);
    mb_info(p, &after);
    assert_true(after.memory >= before.memory + 12345);
    mb_runtime_free(rt);
}

static void a_runtime_ends_with_much_under_way(void **state) {
    enum { COUNT = 200000 };
    fixture *f = *state;
    mb_process *hub = new_trapping_doll(f), *p;
    for (int i = 0; i < COUNT; i++) {
        p = mb_spawn(f->rt, &DOLL, NULL, NULL);
        assert_non_null(p);
        if (i % 3 == 0)
            assert_int_equal(mb_link(hub, mb_self(p)), MB_LINK_OK);
        if (i % 3 == 1)
            assert_true(mb_monitor(hub, mb_self(p), mb_nil()));
        assert_true(mb_send_after_name(f->rt, p, mb_atom("nobody"), mb_integer(i),
                                       MB_MILLISECOND));
        if (i % 2)
            assert_true(mb_exit_signal(f->rt, hub, mb_self(p), mb_atom("kill")));
        if (i % 4 == 1)
            assert_false(lives(f, mb_self(p)));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_new_process_runs_when_its_turn_comes),
        TEST(processes_are_listed_by_age),
        TEST(messages_of_one_sender_keep_their_order),
        TEST(the_dead_swallow_messages),
        TEST(a_receive_takes_any_and_remembers_what_it_refused),
        TEST(a_plain_receive_sees_the_kind_of_a_message),
        TEST(exit_signals),
        TEST(ends_along_links),
        TEST(an_end_runs_along_a_chain_of_links),
        TEST(there_is_one_link_between_two),
        TEST(unlink_disarms_a_signal_under_way),
        TEST(linking_to_the_dead),
        TEST(trapping_begins_at_once),
        TEST(exit_signals_to_oneself),
        TEST(whoever_kills_sees_it_done),
        TEST(messages_before_a_kill_do_not_save),
        TEST(a_monitor_tells_the_end),
        TEST(monitoring_the_dead),
        TEST(nobody_learns_of_its_own_end),
        TEST(a_cancelled_monitor_is_silent),
        TEST(a_cancelled_monitor_is_silent_even_under_way),
        TEST(flush_takes_the_message_out),
        TEST(links_are_told_before_monitors),
        TEST(a_spawned_process_can_be_linked_and_monitored),
        TEST(whoever_watches_may_die_first),
        TEST(the_dictionary_keeps_values_by_key),
        cmocka_unit_test(there_is_a_limit_to_processes),
        cmocka_unit_test(who_holds_too_much_dies_and_nobody_else),
        cmocka_unit_test(taking_messages_makes_room),
        TEST(a_runtime_ends_with_much_under_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
