/* A whole application, of supervisors of both kinds, a registry, servers with tables and a state
 * machine, lives its life while one allocation fails: each one in turn, until a life needs no more.
 * Whatever fails is an exit like any other: it is put right by a restart, or takes the whole tree
 * along. Nobody is left behind. */
#include "fixture.h"

/* ---- a server: has a table, and is registered in R ------------------------------------------*/

static mb_callback_state give_up(mb_outcome *out, const char *reason) {
    *out = (mb_outcome){.type = MB_OUTCOME_CRASH, .reason = mb_atom(reason)};
    return MB_CALLBACK_DONE;
}

static mb_callback_state server_init(mb_process *p, void *data, mb_term argument,
                                     mb_outcome *out) {
    const mb_ets_options options = {.type = MB_ETS_ORDERED_SET, .access = MB_ETS_PUBLIC,
                                    .keypos = 1};
    mb_registry *registry = mb_registry_find(mb_runtime_of(p), mb_atom("R"));
    mb_pid holder;
    mb_ets **table = data;
    if (!registry)
        return give_up(out, "no registry");
    if (mb_registry_add(registry, p, argument, mb_integer(1), &holder) != MB_REGISTRY_OK)
        return give_up(out, "not registered");
    *table = mb_ets_new(p, argument, &options);
    if (!*table)
        return give_up(out, "no table");
    out->type = MB_OUTCOME_OK;
    return MB_CALLBACK_DONE;
}

static mb_callback_state server_cast(mb_process *p, void *data, mb_term request,
                                     mb_outcome *out) {
    mb_ets **table = data;
    mb_term object, parts[] = {request, mb_atom("stored")};
    if (mb_is(request, "crash"))
        return give_up(out, "crash");
    if (!mb_tuple(mb_runtime_of(p), &object, 2, parts) || !mb_ets_insert(*table, object))
        return give_up(out, "not stored");
    out->type = MB_OUTCOME_NOREPLY;
    return MB_CALLBACK_DONE;
}

static mb_callback_state server_call(mb_process *p, void *data, mb_term request, mb_from from,
                                     mb_outcome *out) {
    mb_ets **table = data;
    (void)p;
    (void)request;
    (void)from;
    out->type = MB_OUTCOME_REPLY;
    if (!mb_ets_list(*table, &out->reply))
        return give_up(out, "no list");
    return MB_CALLBACK_DONE;
}

static const mb_gen_server_class SERVER = {.data_size = sizeof(mb_ets *),
                                           .init = server_init,
                                           .handle_call = server_call,
                                           .handle_cast = server_cast};

/* ---- a state machine: a lamp that goes out by itself, and waits with questions until it does --*/

static mb_callback_state machine_init(mb_process *p, void *data, mb_term argument,
                                      mb_outcome *out) {
    (void)p;
    (void)data;
    (void)argument;
    *out = (mb_outcome){.type = MB_OUTCOME_OK, .reply = mb_atom("off")};
    return MB_CALLBACK_DONE;
}

static mb_callback_state machine_mode(mb_process *p, void *data, mb_outcome *out) {
    (void)p;
    (void)data;
    out->type = MB_OUTCOME_CRASH;
    if (mb_string_new(mb_runtime_of(p), "handle_event_function", 21, &out->reply))
        out->type = MB_OUTCOME_REPLY;
    return MB_CALLBACK_DONE;
}

static mb_callback_state machine_event(mb_process *p, void *data, const mb_statem_event *event,
                                       mb_outcome *out) {
    fixture *f = fixture_of(p);
    bool is_call = mb_is(mb_element(event->type, 0), "call");
    (void)data;
    out->type = MB_OUTCOME_KEEP_STATE;
    if (is_call && mb_is(event->state, "on")) {
        out->argument = mb_atom("postpone");
    } else if (is_call) {
        mb_term parts[] = {mb_atom("reply"), mb_element(event->type, 1), event->state};
        if (!mb_tuple(f->rt, &out->argument, 3, parts))
            return give_up(out, "no reply");
    } else if (mb_is(event->content, "light")) {
        out->type = MB_OUTCOME_NEXT_STATE;
        out->reply = mb_atom("on");
        out->argument = term(f, "{ { \"state_timeout\", 5, \"dark\" }, "
                                "{ \"next_event\", \"internal\", \"a longer piece of text\" } }");
        if (out->argument.type == MB_NIL)
            return give_up(out, "no actions");
    } else if (mb_is(event->content, "dark")) {
        out->type = MB_OUTCOME_NEXT_STATE;
        out->reply = mb_atom("off");
    }
    return MB_CALLBACK_DONE;
}

static void machine_commit(mb_process *p, void *data) {
    (void)p;
    (void)data;
}

static const mb_gen_statem_class MACHINE = {.data_size = 1,
                                            .init = machine_init,
                                            .callback_mode = machine_mode,
                                            .handle_event = machine_event,
                                            .commit = machine_commit};

/* ---- how children are started: { "Any", "start_link", { kind, argument } } -------------------*/

static mb_process *start_kind(mb_process *p, mb_term kind, mb_term argument);

static mb_callback_state resume_child(mb_process *p, void *data, mb_outcome *out) {
    mb_term value, parts[2] = {mb_atom("error")};
    mb_answer_state answer = mb_answer(p, &value);
    (void)data;
    if (answer == MB_ANSWER_PENDING)
        return MB_CALLBACK_SUSPENDED;
    *out = (mb_outcome){.type = MB_OUTCOME_REPLY, .reply = value};
    if (answer == MB_ANSWER_VALUE)
        return MB_CALLBACK_DONE;
    parts[1] = answer == MB_ANSWER_EXIT ? value : mb_atom("system_limit");
    if (!mb_tuple(mb_runtime_of(p), &out->reply, 2, parts))
        out->reply = mb_atom("system_limit");
    mb_release(mb_runtime_of(p), parts[1]);
    return MB_CALLBACK_DONE;
}

static mb_callback_state start_child(mb_process *p, void *data, mb_term start, mb_outcome *out) {
    mb_term arguments = mb_element(start, 2);
    mb_process *child = start_kind(p, mb_element(arguments, 0), mb_element(arguments, 1));
    if (!child) {
        *out = (mb_outcome){.type = MB_OUTCOME_REPLY, .reply = mb_atom("system_limit")};
        return MB_CALLBACK_DONE;
    }
    mb_await_init(p, child, MB_INFINITY);
    return resume_child(p, data, out);
}

static const mb_child_starter STARTER = {
    .start = start_child, .resume = resume_child, .data_size = 1};

static mb_process *start_kind(mb_process *p, mb_term kind, mb_term argument) {
    mb_runtime *rt = mb_runtime_of(p);
    mb_gen_server_options options = {.link = true};
    mb_retain(argument);
    if (mb_is(kind, "supervisor"))
        return mb_supervisor_start(rt, p, &STARTER, argument, &options);
    options.name = mb_is(kind, "registry")  ? mb_atom("R")
                   : mb_is(kind, "dynamic") ? mb_atom("D")
                   : mb_is(kind, "machine") ? mb_atom("M")
                                            : argument;
    if (mb_is(kind, "registry"))
        return mb_registry_start(rt, p, argument, &options);
    if (mb_is(kind, "dynamic"))
        return mb_dynamic_supervisor_start(rt, p, &STARTER, argument, &options);
    if (mb_is(kind, "machine"))
        return mb_gen_statem_start(rt, p, &MACHINE, argument, &options);
    return mb_gen_server_start(rt, p, &SERVER, argument, &options);
}

#define CHILD(id, kind, argument, fields)                                                         \
    "{ id = \"" id "\", start = { \"Any\", \"start_link\", { \"" kind "\", " argument " } }, "    \
    fields " }"

#define TREE                                                                                      \
    "{ { " CHILD("registry", "registry", "{ keys = \"unique\", name = \"R\" }", "") ", "          \
    CHILD("inner", "supervisor",                                                                  \
          "{ { " CHILD("a", "server", "\"A\"", "") ", " CHILD("m", "machine", "1", "") " }, "     \
          "{ strategy = \"one_for_all\", intensity = 20 } }", "type = \"supervisor\"") ", "       \
    CHILD("dynamic", "dynamic", "{ intensity = 20 }", "type = \"supervisor\"")                    \
    " }, { strategy = \"rest_for_one\", intensity = 20 } }"

/* ---- the life ---------------------------------------------------------------------------------*/

typedef struct asking {
    mb_pid to;
    const char *request;
    bool asked, done;
} asking;

static mb_step ask(mb_process *p, void *context) {
    asking *a = context;
    fixture *f = fixture_of(p);
    mb_term value;
    if (!a->asked) {
        a->asked = true;
        mb_call(p, a->to, MB_CALL, term(f, a->request), 100 * MB_MILLISECOND);
    }
    if (mb_answer(p, &value) == MB_ANSWER_PENDING)
        return MB_STEP_WAIT;
    mb_release(f->rt, value);
    a->done = true;
    return finish_act(p);
}

/* What the answer is does not matter: but there is one. */
static void call(fixture *f, const char *name, const char *request) {
    asking a = {.to = mb_whereis(f->rt, mb_atom(name)), .request = request};
    if (!a.to || !owner_lives(f))
        return;
    act(f, ask, &a);
    run(f);
    assert_true(a.done || !owner_lives(f));
}

static void cast(fixture *f, const char *name, const char *request) {
    mb_pid to = mb_whereis(f->rt, mb_atom(name));
    if (to)
        (void)mb_send_kind(f->rt, NULL, to, term(f, request), MB_CAST, 0);
}

static void end(fixture *f, const char *name) {
    mb_pid pid = mb_whereis(f->rt, mb_atom(name));
    if (pid)
        (void)mb_exit_signal(f->rt, NULL, pid, mb_atom("kill"));
    run(f);
}

typedef struct starting {
    mb_pid top;
    bool asked, done;
} starting;

static mb_step start_tree(mb_process *p, void *context) {
    starting *s = context;
    fixture *f = fixture_of(p);
    mb_term value;
    if (!s->asked) {
        const mb_gen_server_options options = {.link = true};
        mb_process *top = mb_supervisor_start(f->rt, p, &STARTER, term(f, TREE), &options);
        s->asked = true;
        if (top)
            mb_await_init(p, top, MB_INFINITY);
    }
    if (mb_answer(p, &value) == MB_ANSWER_PENDING)
        return MB_STEP_WAIT;
    if (mb_is(mb_element(value, 0), "ok"))
        s->top = mb_element(value, 1).id;
    mb_release(f->rt, value);
    s->done = true;
    return finish_act(p);
}

static void live(fixture *f) {
    call(f, "D", "{ \"start_child\", " CHILD("b", "server", "\"B\"", "") " }");
    cast(f, "A", "{ \"a key\", 1 }");
    cast(f, "A", "{ \"a key\", { 2, \"a longer piece of text\" } }");
    call(f, "A", "\"list\"");
    cast(f, "M", "\"light\"");
    call(f, "M", "\"state\"");
    cast(f, "B", "\"crash\"");
    cast(f, "A", "\"crash\"");
    run(f);
    cast(f, "B", "\"another key\"");
    call(f, "B", "\"list\"");
    cast(f, "M", "\"light\"");
    end(f, "M");
    end(f, "R"); /* takes along whoever is registered; all that started after it start again */
    call(f, "A", "\"list\"");
    call(f, "M", "\"state\"");
    end(f, "D");
}

static void count_child(void *context, const mb_child *child);

typedef struct census {
    fixture *f;
    size_t living, missing;
} census;

static void count_tree(census *c, mb_pid pid) {
    mb_process *p = mb_lookup_settled(c->f->rt, pid);
    c->living += p != NULL;
    c->missing += p == NULL;
    if (p && mb_is_supervisor(p))
        mb_supervisor_children(p, count_child, c);
}

static void count_child(void *context, const mb_child *child) {
    count_tree(context, child->pid);
}

/* All of the tree is there, or nothing. */
static void check_tree(fixture *f, mb_pid top) {
    census c = {.f = f};
    if (top && mb_lookup_settled(f->rt, top)) {
        count_tree(&c, top);
        assert_int_equal(c.missing, 0);
        assert_int_equal(c.living, 6 + (mb_whereis(f->rt, mb_atom("B")) != 0));
    }
    assert_int_equal(mb_process_count(f->rt), c.living + owner_lives(f));
}

static void check_the_runtime(fixture *f) {
    starting s = {0};
    if (!owner_lives(f))
        return;
    act(f, start_tree, &s);
    run(f);
    assert_true(s.done && s.top);
    live(f);
    check_tree(f, s.top);
    (void)mb_exit_signal(f->rt, f->owner, s.top, mb_atom("shutdown"));
    run(f);
    assert_int_equal(mb_process_count(f->rt), 1);
}

/* Whether no allocation failed. */
static bool lives_with(size_t allowance, bool once, size_t *survivals) {
    fixture f;
    starting s = {0};
    assert_true(fixture_begin(&f, SIZE_MAX));
    f.allowance = allowance;
    f.once = once;
    act(&f, start_tree, &s);
    run(&f);
    assert_true(s.done || !owner_lives(&f));
    if (s.top)
        live(&f);
    f.allowance = SIZE_MAX;
    run(&f);
    check_tree(&f, s.top);
    *survivals += s.top && mb_lookup(f.rt, s.top);
    if (owner_lives(&f) && s.top)
        (void)mb_exit_signal(f.rt, f.owner, s.top, mb_atom("shutdown"));
    run(&f);
    check_the_runtime(&f);
    fixture_end(&f);
    return f.refused == 0;
}

static void one_allocation_may_fail(void **state) {
    size_t allowance = 0, survivals = 0;
    (void)state;
    while (!lives_with(allowance, true, &survivals))
        allowance++;
    assert_true(allowance > 300);
    assert_true(survivals > allowance / 2);
}

static void all_later_allocations_may_fail(void **state) {
    size_t allowance = 0, survivals = 0;
    (void)state;
    while (!lives_with(allowance, false, &survivals))
        allowance++;
    assert_true(allowance > 300);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_allocation_may_fail),
        cmocka_unit_test(all_later_allocations_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
