/* Three nodes on a bad net: processes send, link, monitor, call and die by seed, while connections are
 * slow, lossy, cut and healed. Whatever happens, order holds between each two, nothing arrives twice,
 * every monitor tells once, every call ends, and the same seed gives the same events. */
#include "support.h"

enum { NODES = 3, ACTORS = 600, LIVING = 24, MONITORS = 20000, STEPS = 1500 };

typedef struct watching {
    mb_ref ref;
    int by; /* whose it is */
    bool given_up;
    int told;
} watching;

typedef struct world {
    mb_runtime *rt;
    uint64_t dice, events; /* events: a hash of all that happened */
    mb_node *nodes[NODES];
    struct {
        mb_pid pid;
        mb_process *process; /* NULL: ended */
        mb_pid call;         /* to be made in its next slice */
        bool calling;
    } actors[ACTORS];
    int count, calls, answers;
    int64_t sent[ACTORS][ACTORS], received[ACTORS][ACTORS];
    watching monitors[MONITORS];
    int monitor_count;
    size_t in_use;
} world;

typedef struct actor {
    world *w;
    int number;
} actor;

static int number_of(const world *w, mb_pid pid) {
    for (int i = w->count; i-- > 0;)
        if (w->actors[i].pid == pid)
            return i;
    fail_msg("a message of nobody");
    return 0;
}

static void take_down(world *w, int number, mb_ref ref) {
    for (int i = 0; i < w->monitor_count; i++)
        if (w->monitors[i].ref == ref) {
            assert_int_equal(w->monitors[i].by, number);
            assert_int_equal(++w->monitors[i].told, 1);
            return;
        }
    fail_msg("a DOWN that nobody asked for");
}

static void take(world *w, int number, const mb_message *m) {
    if (m->term.type == MB_INTEGER) {
        int64_t *last = &w->received[number_of(w, m->from)][number];
        assert_true(m->term.integer > *last);
        *last = m->term.integer;
    } else if (mb_is(mb_element(m->term, 0), "DOWN")) {
        take_down(w, number, mb_element(m->term, 1).id);
    }
}

static mb_step run_actor(mb_process *p, void *data) {
    const actor *self = data;
    world *w = self->w;
    mb_term value;
    if (w->actors[self->number].calling && mb_answer(p, &value) != MB_ANSWER_PENDING) {
        mb_release(w->rt, value);
        w->actors[self->number].calling = false;
        w->answers++;
    }
    if (mb_awaiting(p))
        return MB_STEP_WAIT;
    for (mb_message *m; (m = mb_mailbox_first(p));) {
        if (m->kind == MB_CALL && dice(&w->dice) % 4)
            mb_reply(w->rt, p, m->from, m->ref, mb_integer(1));
        else if (m->kind != MB_CALL)
            take(w, self->number, m);
        mb_mailbox_take(p, m);
        mb_message_free(w->rt, m);
    }
    if (!w->actors[self->number].call)
        return MB_STEP_WAIT;
    mb_time timeout = dice(&w->dice) % 2 ? MB_INFINITY : 100 * MB_MILLISECOND;
    w->calls++;
    w->actors[self->number].calling = true;
    mb_pid to = w->actors[self->number].call;
    w->actors[self->number].call = 0;
    return mb_call(p, to, MB_CALL, mb_integer(1), timeout) == MB_ANSWER_PENDING
               ? MB_STEP_WAIT
               : MB_STEP_YIELD;
}

static void destroy_actor(mb_process *p, void *data) {
    const actor *self = data;
    (void)p;
    if (!self->w)
        return;
    self->w->actors[self->number].process = NULL;
    self->w->answers += self->w->actors[self->number].calling; /* ended with its caller */
    self->w->actors[self->number].calling = false;
    for (int i = 0; i < self->w->monitor_count; i++)
        if (self->w->monitors[i].by == self->number)
            self->w->monitors[i].given_up = true;
}

static const mb_class ACTOR = {
    .name = "actor", .data_size = sizeof(actor), .run = run_actor, .destroy = destroy_actor};

static void hash_event(void *context, const mb_event *event) {
    world *w = context;
    char text[512];
    mb_event_text(event, text, sizeof text);
    for (const char *c = text; *c; c++)
        w->events = (w->events ^ (uint8_t)*c) * 0x100000001b3;
}

static void *count_memory(void *context, void *block, size_t old_size, size_t new_size) {
    world *w = context;
    w->in_use += new_size - old_size;
    if (new_size)
        return realloc(block, new_size);
    free(block);
    return NULL;
}

static int chance(world *w, int below) { return (int)(dice(&w->dice) % (uint64_t)below); }

static void begin_actor(world *w, mb_node *node) {
    mb_process *p = mb_spawn(w->rt, &ACTOR, &(mb_spawn_options){.node = node}, NULL);
    assert_non_null(p);
    *(actor *)mb_data(p) = (actor){w, w->count};
    mb_set_trap_exit(p, chance(w, 2));
    w->actors[w->count].pid = mb_self(p);
    w->actors[w->count++].process = p;
}

/* One that lives, or -1. */
static int any_actor(world *w) {
    int number = chance(w, w->count);
    for (int i = 0; i < w->count; i++, number = (number + 1) % w->count)
        if (w->actors[number].process)
            return number;
    return -1;
}

static void act_once(world *w) {
    int from = any_actor(w), to = chance(w, w->count);
    if (from < 0 || from == to)
        return;
    mb_process *p = w->actors[from].process;
    mb_pid pid = w->actors[to].pid;
    int what = chance(w, 40);
    if (what < 16) {
        (void)mb_send(w->rt, p, pid, mb_integer(++w->sent[from][to]));
    } else if (what < 20) {
        (void)mb_link(p, pid);
    } else if (what < 22) {
        mb_unlink(p, pid);
    } else if (what < 28 && w->monitor_count < MONITORS) {
        w->monitors[w->monitor_count++] =
            (watching){.ref = mb_monitor(p, pid, mb_nil()), .by = from};
    } else if (what < 31 && w->monitor_count > 0) {
        watching *m = &w->monitors[chance(w, w->monitor_count)];
        if (w->actors[m->by].process && !m->told) {
            (void)mb_demonitor(w->actors[m->by].process, m->ref, true);
            m->given_up = true;
        }
    } else if (what < 36) {
        w->actors[from].call = pid;
        mb_wake(p);
    } else if (what < 38) {
        (void)mb_exit_signal(w->rt, p, pid, mb_atom(chance(w, 2) ? "boom" : "normal"));
    } else if (what < 39) {
        (void)mb_exit_signal(w->rt, p, pid, mb_atom("kill"));
    }
}

static void change_net(world *w) {
    uint8_t groups[MB_NODES] = {0};
    switch (chance(w, 8)) {
    case 0:
    case 1:
        for (int i = 0; i < NODES; i++)
            groups[i] = (uint8_t)chance(w, 3);
        mb_net_split(w->rt, groups, chance(w, 3) * 50 * MB_MILLISECOND);
        break;
    case 2:
    case 3:
        mb_net_heal(w->rt);
        break;
    case 4:
        mb_net_set_delay(w->rt, NULL, NULL, chance(w, 30) * MB_MILLISECOND);
        break;
    case 5:
        mb_net_set_loss(w->rt, w->nodes[chance(w, NODES)], NULL, chance(w, 9) / 10.0);
        break;
    case 6:
        mb_node_disconnect(w->nodes[chance(w, NODES)], w->nodes[chance(w, NODES)]);
        break;
    default:
        mb_node_stop(w->nodes[2]);
        mb_node_start(w->rt, mb_node_name(w->nodes[2]), &w->nodes[2]);
    }
}

static int living(const world *w) {
    int count = 0;
    for (int i = 0; i < w->count; i++)
        count += w->actors[i].process != NULL;
    return count;
}

static void begin_world(world *w, uint64_t seed) {
    memset(w, 0, sizeof *w);
    w->dice = seed * 0x9e3779b97f4a7c15u + 1;
    w->events = 0xcbf29ce484222325u;
    const mb_config config = {.alloc = count_memory, .alloc_context = w, .virtual_clock = true,
                              .seed = seed, .event = hash_event, .sink_context = w,
                              .direct_calls = true, .unpooled = true,
                              .policy = seed % 2 ? mb_policy_random : NULL};
    w->rt = mb_runtime_new(&config);
    w->nodes[0] = mb_here(w->rt);
    assert_int_equal(mb_node_start(w->rt, mb_atom("b@local"), &w->nodes[1]), MB_NODE_OK);
    assert_int_equal(mb_node_start(w->rt, mb_atom("c@local"), &w->nodes[2]), MB_NODE_OK);
}

static void settle(world *w) {
    for (int i = 0; i < 100000 && mb_run(w->rt, 1000, MB_INFINITY) == MB_RUN_BUSY; i++)
        ;
}

/* Everything is told in the end: those that live are ended, but for one that watches them. */
static void end_world(world *w) {
    mb_net_heal(w->rt);
    mb_net_set_loss(w->rt, NULL, NULL, 0);
    mb_net_set_delay(w->rt, NULL, NULL, 0);
    settle(w);
    for (int i = 0; i < w->count; i++)
        if (w->actors[i].process && i % 2)
            (void)mb_exit_signal(w->rt, NULL, w->actors[i].pid, mb_atom("kill"));
    settle(w);
    for (int i = 0; i < w->monitor_count; i++) {
        const watching *m = &w->monitors[i];
        mb_process *by = w->actors[m->by].process;
        if (by && !mb_awaiting(by) && !m->given_up) /* who waits may have the DOWN in its mailbox */
            assert_true(mb_is_monitoring(by, m->ref) == !m->told);
    }
    for (int i = 0; i < NODES; i++)
        for (int j = 0; j < NODES; j++)
            assert_int_equal(mb_net_look(w->nodes[i], w->nodes[j]).under_way, 0);
}

/* Monitors on the dead have told, links with the dead are gone. */
static void check_pid(void *context, mb_pid pid) {
    world *w = context;
    assert_non_null(mb_lookup(w->rt, pid));
}

static void check_ties(world *w) {
    for (int i = 0; i < w->count; i++) {
        mb_process *p = w->actors[i].process;
        if (!p)
            continue;
        mb_links(p, check_pid, w);
        mb_monitors(p, check_pid, w);
        mb_monitored_by(p, check_pid, w);
    }
}

/* The calls to those who live and gave no answer wait for ever: they end with their server. */
static void check_calls(world *w) {
    for (int i = 0; i < w->count; i++)
        if (w->actors[i].process)
            (void)mb_exit_signal(w->rt, NULL, w->actors[i].pid, mb_atom("kill"));
    settle(w);
    assert_int_equal(w->calls, w->answers);
    assert_int_equal(living(w), 0);
}

static uint64_t live(uint64_t seed) {
    static world w;
    begin_world(&w, seed);
    for (int step = 0; step < STEPS; step++) {
        while (living(&w) < LIVING && w.count < ACTORS)
            begin_actor(&w, w.nodes[chance(&w, NODES)]);
        for (int i = chance(&w, 6); i > 0; i--)
            act_once(&w);
        if (chance(&w, 12) == 0)
            change_net(&w);
        mb_run(w.rt, (size_t)chance(&w, 20), chance(&w, 2) ? MB_INFINITY : 0);
    }
    end_world(&w);
    check_ties(&w);
    check_calls(&w);
    mb_runtime_free(w.rt);
    assert_int_equal(w.in_use, 0);
    return w.events;
}

static void the_guarantees_hold_and_repeat(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 24; seed++)
        assert_true(live(seed) == live(seed));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_guarantees_hold_and_repeat)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
