/* A gen_server that does what its messages say. An instruction is { verb, … }:
 *
 *     { "reply", value } { "noreply" } { "stop", reason } { "stop_reply", reason, value }
 *     { "crash", reason } { "exit", reason } { "bad", value } { "ok" } { "ignore" }
 *     { "state", value }
 *
 * with any of the fields timeout = ms, hibernate = true, continue = instruction, and sleep = ms to
 * answer only then. Every callback writes itself into the journal. */
#ifndef MB_TEST_PUPPET_H
#define MB_TEST_PUPPET_H

#include "fixture.h"

typedef struct puppet {
    mb_term state;     /* owned; starts as 0 */
    mb_term suspended; /* owned; the instruction to be carried out on waking */
    mb_term last_words; /* owned; the instruction for terminate */
    mb_from from;
} puppet;

static inline mb_callback_state obey(mb_process *p, puppet *self, mb_term instruction,
                                     mb_outcome *out) {
    static const struct {
        const char *verb;
        mb_outcome_type type;
    } verbs[] = {
        {"reply", MB_OUTCOME_REPLY}, {"noreply", MB_OUTCOME_NOREPLY}, {"stop", MB_OUTCOME_STOP},
        {"stop_reply", MB_OUTCOME_STOP_REPLY}, {"crash", MB_OUTCOME_CRASH},
        {"exit", MB_OUTCOME_CRASH}, {"bad", MB_OUTCOME_BAD_RETURN}, {"ok", MB_OUTCOME_OK},
        {"ignore", MB_OUTCOME_IGNORE}, {"state", MB_OUTCOME_REPLY},
    };
    mb_runtime *rt = mb_runtime_of(p);
    mb_term verb = mb_element(instruction, 0), value = mb_element(instruction, 1);
    out->type = MB_OUTCOME_NOREPLY;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (mb_is(verb, verbs[i].verb))
            out->type = verbs[i].type;
    out->is_exit = mb_is(verb, "exit");
    if (mb_is(verb, "state")) {
        mb_release(rt, self->state);
        self->state = mb_retain(value);
    }
    if (out->type == MB_OUTCOME_REPLY)
        out->reply = mb_retain(value);
    else
        out->reason = mb_retain(value);
    if (out->type == MB_OUTCOME_STOP_REPLY)
        out->reply = mb_retain(mb_element(instruction, 2));
    if (mb_get(instruction, "timeout").type == MB_INTEGER) {
        out->next = MB_NEXT_TIMEOUT;
        out->timeout = mb_get(instruction, "timeout").integer * MB_MILLISECOND;
    } else if (mb_get(instruction, "hibernate").type == MB_BOOLEAN) {
        out->next = MB_NEXT_HIBERNATE;
    } else if (mb_get(instruction, "continue").type == MB_TABLE) {
        out->next = MB_NEXT_CONTINUE;
        out->argument = mb_retain(mb_get(instruction, "continue"));
    }
    return MB_CALLBACK_DONE;
}

static inline mb_callback_state perform(mb_process *p, puppet *self, mb_term instruction,
                                        mb_outcome *out) {
    mb_term sleep = mb_get(instruction, "sleep");
    if (sleep.type != MB_INTEGER)
        return obey(p, self, instruction, out);
    self->suspended = mb_retain(instruction);
    if (!mb_set_deadline(p, mb_now(mb_runtime_of(p)) + sleep.integer * MB_MILLISECOND)) {
        out->type = MB_OUTCOME_CRASH;
        out->reason = mb_atom("system_limit");
        return MB_CALLBACK_DONE;
    }
    return MB_CALLBACK_SUSPENDED;
}

static inline mb_callback_state puppet_resume(mb_process *p, void *data, mb_outcome *out) {
    puppet *self = data;
    if (!mb_deadline_expired(p))
        return MB_CALLBACK_SUSPENDED;
    mb_set_deadline(p, MB_INFINITY);
    mb_term instruction = self->suspended;
    self->suspended = mb_nil();
    mb_callback_state state = obey(p, self, instruction, out);
    mb_release(mb_runtime_of(p), instruction);
    return state;
}

static inline mb_callback_state puppet_init(mb_process *p, void *data, mb_term argument,
                                            mb_outcome *out) {
    puppet *self = data;
    note(p, "init", argument);
    self->state = mb_integer(0);
    if (mb_is(mb_get(argument, "flag"), "trap_exit"))
        mb_set_trap_exit(p, true);
    self->last_words = mb_retain(mb_get(argument, "last_words"));
    return perform(p, self, argument, out);
}

static inline mb_callback_state puppet_call(mb_process *p, void *data, mb_term request,
                                            mb_from from, mb_outcome *out) {
    puppet *self = data;
    note(p, "call", request);
    self->from = from;
    return perform(p, self, request, out);
}

static inline mb_callback_state puppet_cast(mb_process *p, void *data, mb_term request,
                                            mb_outcome *out) {
    puppet *self = data;
    note(p, "cast", request);
    if (mb_is(mb_element(request, 0), "answer"))
        mb_reply(mb_runtime_of(p), p, self->from.pid, self->from.ref,
                 mb_retain(mb_element(request, 1)));
    return perform(p, self, request, out);
}

static inline mb_callback_state puppet_info(mb_process *p, void *data, mb_term message,
                                            mb_outcome *out) {
    note(p, "info", message);
    return perform(p, data, message, out);
}

static inline mb_callback_state puppet_continue(mb_process *p, void *data, mb_term argument,
                                                mb_outcome *out) {
    note(p, "continue", argument);
    return perform(p, data, argument, out);
}

static inline mb_callback_state puppet_terminate(mb_process *p, void *data, mb_term reason,
                                                 mb_outcome *out) {
    puppet *self = data;
    note(p, "terminate", reason);
    return perform(p, self, self->last_words, out);
}

static inline bool puppet_state(mb_process *p, void *data, mb_term *out) {
    puppet *self = data;
    (void)p;
    *out = mb_retain(self->state);
    return true;
}

/* The "function" is an instruction of its own. */
static inline mb_callback_state puppet_replace(mb_process *p, void *data, mb_term function,
                                               mb_outcome *out) {
    return perform(p, data, function, out);
}

static inline mb_callback_state puppet_code_change(mb_process *p, void *data, mb_term argument,
                                                   mb_outcome *out) {
    note(p, "code_change", argument);
    return perform(p, data, mb_element(argument, 1), out);
}

static inline void puppet_destroy(mb_process *p, void *data) {
    puppet *self = data;
    mb_runtime *rt = mb_runtime_of(p);
    mb_release(rt, self->state);
    mb_release(rt, self->suspended);
    mb_release(rt, self->last_words);
}

static inline mb_term puppet_module(mb_process *p, void *data) {
    (void)p;
    (void)data;
    return mb_atom("Puppet");
}

static const mb_gen_server_class PUPPET = {
    .data_size = sizeof(puppet),
    .init = puppet_init,
    .handle_call = puppet_call,
    .handle_cast = puppet_cast,
    .handle_info = puppet_info,
    .handle_continue = puppet_continue,
    .terminate = puppet_terminate,
    .resume = puppet_resume,
    .state = puppet_state,
    .replace_state = puppet_replace,
    .code_change = puppet_code_change,
    .destroy = puppet_destroy,
    .module = puppet_module,
};

/* How the owner starts a server. */
typedef struct start_request {
    const mb_gen_server_class *class;
    mb_term argument; /* taken */
    mb_gen_server_options options;
    bool asked, done;
    mb_answer_state state;
    mb_term value;
} start_request;

static inline mb_step start_step(mb_process *p, void *context) {
    start_request *s = context;
    if (!s->asked) {
        s->asked = true;
        mb_process *child =
            mb_gen_server_start(mb_runtime_of(p), p, s->class, s->argument, &s->options);
        s->state = MB_ANSWER_NO_MEMORY;
        if (child)
            mb_await_init(p, child, s->options.timeout);
    }
    s->state = mb_answer(p, &s->value);
    if (s->state == MB_ANSWER_PENDING)
        return MB_STEP_WAIT;
    s->done = true;
    return finish_act(p);
}

/* The starter's answer, owned. */
static inline mb_term start_with(fixture *f, start_request *s) {
    act(f, start_step, s);
    for (int i = 0; i < 100000 && !s->done; i++)
        mb_run(f->rt, 1, MB_INFINITY);
    assert_true(s->done);
    return s->value;
}

static inline mb_pid started(fixture *f, mb_term answer) {
    assert_true(mb_is(mb_element(answer, 0), "ok"));
    mb_pid pid = mb_element(answer, 1).id;
    mb_release(f->rt, answer);
    return pid;
}

static inline mb_pid start_named(fixture *f, const char *name, mb_term argument) {
    start_request s = {.class = &PUPPET, .argument = argument, .options = {.link = true}};
    if (name)
        s.options.name = mb_atom(name);
    return started(f, start_with(f, &s));
}

static inline mb_pid start_puppet(fixture *f) {
    return start_named(f, NULL, term(f, "{ \"ok\" }"));
}

#endif
