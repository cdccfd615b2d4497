/* The generic server (gen_server.erl): a loop over the mailbox which hands each message to a
 * callback, and sees to replies, timeouts, system messages and the end.
 *
 *     starter                generic part                 specific part
 *     mb_await_init          name, init         ------->  init
 *                  <-------  mb_init_ack        <-------  OK, STOP, …
 *     mb_call      ------->  loop               ------->  handle_call
 *     mb_answer    <-------  mb_reply           <-------  REPLY, …
 *     mb_send_kind ------->                     ------->  handle_cast
 *     mb_send      ------->                     ------->  handle_info
 *                            the end            ------->  terminate
 *
 * A callback that suspends parks the turn; while it is parked nothing else is taken out of the
 * mailbox, and each time the process runs the callback is resumed. */
#include "gen_server.h"

#include "answer.h"
#include "deadline.h"
#include "report.h"
#include "tagged.h"

#define TURN_REDUCTIONS 10

static void *specific_of(mb_server *s) { return s->specific; }

bool mb_server_state(mb_process *p, mb_server *s, mb_term *out) {
    *out = mb_nil();
    return s->class->state && s->class->state(p, specific_of(s), out);
}

mb_term mb_server_module(mb_process *p, mb_server *s) {
    return s->class->module ? s->class->module(p, specific_of(s)) : mb_nil();
}

void mb_server_hibernate(mb_process *p, bool on) {
    mb_server *s = mb_data(p);
    s->hibernates = on;
}

void mb_server_terminate(mb_turn *t, mb_term reason, bool raised) {
    t->reason = reason;
    t->raised = raised;
    t->callback = MB_CALLBACK_TERMINATE;
}

/* ---- turns ----------------------------------------------------------------------------------*/

void mb_server_drop_message(mb_runtime *rt, mb_turn *t) {
    if (t->message)
        mb_message_free(rt, t->message);
    t->message = NULL;
    t->request = mb_nil();
    t->from = (mb_from){0};
}

static void finish_turn(mb_process *p, mb_server *s, mb_turn *t) {
    if (t->message)
        mb_message_free(p->rt, t->message);
    mb_drop(p->rt, t->argument);
    mb_drop(p->rt, t->reason);
    mb_drop(p->rt, t->reply);
    if (t == s->turn) {
        mb_memory_put(&p->rt->memory, t, sizeof *t);
        s->turn = NULL;
    }
}

/* Keeps the turn until its callback is resumed. False when there is no memory for that. */
static bool park(mb_process *p, mb_server *s, const mb_turn *t) {
    if (t == s->turn)
        return true;
    mb_turn *parked = mb_memory_get(&p->rt->memory, sizeof *parked);
    if (!parked)
        return false;
    *parked = *t;
    s->turn = parked;
    return true;
}

/* ---- events ---------------------------------------------------------------------------------*/

#define NAME(string) {.type = MB_STRING, .length = sizeof(string) - 1, .text = string}

static void record_callback(mb_process *p, const mb_server *s, mb_event_type type,
                            mb_callback callback) {
    static const mb_term names[] = {
        [MB_CALLBACK_INIT] = NAME("init"),
        [MB_CALLBACK_CALL] = NAME("handle_call"),
        [MB_CALLBACK_CAST] = NAME("handle_cast"),
        [MB_CALLBACK_INFO] = NAME("handle_info"),
        [MB_CALLBACK_TERMINATE] = NAME("terminate"),
        [MB_CALLBACK_REPLACE_STATE] = NAME("replace_state"),
        [MB_CALLBACK_CHANGE_CODE] = NAME("code_change"),
    };
    if (s->class->is_state_machine && callback >= MB_CALLBACK_CALL &&
        callback <= MB_CALLBACK_CONTINUE)
        return; /* records its state callbacks itself */
    if (callback != MB_CALLBACK_CONTINUE) {
        mb_event_record(p->rt, type, p->pid, 0, names[callback]);
        return;
    }
    static const char name[] = "handle_continue";
    mb_term term = mb_nil();
    if (!mb_string_new(p->rt, name, sizeof name - 1, &term))
        term = mb_atom("continue");
    mb_event_record(p->rt, type, p->pid, 0, term);
    mb_release(p->rt, term);
}

/* ---- calling the specific part --------------------------------------------------------------*/

/* What a module without the callback dies of. */
static mb_callback_state missing(mb_process *p, mb_server *s, const char *function,
                                 mb_term argument, mb_outcome *out) {
    mb_term module = mb_retain(mb_server_module(p, s));
    mb_term where[] = {module.type == MB_NIL ? mb_atom("gen_server") : module,
                       mb_text_term(p->rt, function), mb_retain(argument)};
    out->type = MB_OUTCOME_CRASH;
    out->reason = mb_tagged(p->rt, "function_clause", mb_tuple_taking(p->rt, 3, where));
    return MB_CALLBACK_DONE;
}

static mb_callback_state handle_info(mb_process *p, mb_server *s, const mb_turn *t,
                                     mb_outcome *out) {
    if (s->class->handle_info)
        return s->class->handle_info(p, specific_of(s), t->request, out);
    mb_report_unexpected_message(p, mb_server_module(p, s), t->request);
    out->type = MB_OUTCOME_NOREPLY;
    return MB_CALLBACK_DONE;
}

static mb_callback_state invoke(mb_process *p, mb_server *s, const mb_turn *t, mb_outcome *out) {
    const mb_gen_server_class *class = s->class;
    void *data = specific_of(s);
    switch ((mb_callback)t->callback) {
    case MB_CALLBACK_INIT:
        return class->init(p, data, t->argument, out);
    case MB_CALLBACK_CALL:
        return class->handle_call ? class->handle_call(p, data, t->request, t->from, out)
                                  : missing(p, s, "handle_call", t->request, out);
    case MB_CALLBACK_CAST:
        return class->handle_cast ? class->handle_cast(p, data, t->request, out)
                                  : missing(p, s, "handle_cast", t->request, out);
    case MB_CALLBACK_INFO:
        return handle_info(p, s, t, out);
    case MB_CALLBACK_CONTINUE:
        return class->handle_continue ? class->handle_continue(p, data, t->argument, out)
                                      : missing(p, s, "handle_continue", t->argument, out);
    case MB_CALLBACK_TERMINATE:
        if (class->terminate)
            return class->terminate(p, data, t->reason, out);
        break;
    case MB_CALLBACK_REPLACE_STATE:
        return class->replace_state(p, data, t->argument, out);
    case MB_CALLBACK_CHANGE_CODE:
        return class->code_change(p, data, t->argument, out);
    default:
        break;
    }
    out->type = MB_OUTCOME_NOREPLY;
    return MB_CALLBACK_DONE;
}

/* ---- the loop -------------------------------------------------------------------------------*/

/* How a turn, or the wait for one, came out. */
typedef enum progress { GOES_ON, WAITS, PREEMPTED, ENDED } progress;

static void leave_deadline(mb_process *p, mb_turn *t) {
    mb_deadline_leave(p, t->argument);
    t->argument = mb_nil();
    t->bounded = false;
}

/* Asks for the name, or takes the answer (gen:register_name/1). False: it has not come yet. */
static bool claim(mb_process *p, mb_turn *t) {
    mb_term answer;
    if (!t->entered)
        mb_call(p, t->from.pid, MB_CALL, t->reply, MB_INFINITY);
    if (!t->entered)
        t->reply = mb_nil();
    t->entered = true;
    mb_answer_state state = mb_answer(p, &answer);
    if (state == MB_ANSWER_PENDING)
        return false;
    t->entered = false;
    t->from.pid = answer.type == MB_PID ? answer.id : 0;
    if (state != MB_ANSWER_VALUE)
        mb_server_end(p, t, state == MB_ANSWER_EXIT ? mb_retain(answer) : MB_SYSTEM_LIMIT);
    else
        t->callback = mb_is(answer, "yes") ? MB_CALLBACK_INIT : MB_CALLBACK_NAME_TAKEN;
    mb_release(p->rt, answer);
    return true;
}

static progress run_callbacks(mb_process *p, mb_server *s, mb_turn *t) {
    while (t->callback > MB_CALLBACK_ENDED) {
        mb_outcome out = {.type = MB_OUTCOME_OK};
        mb_callback_state state;
        if (t->callback == MB_CALLBACK_NAME_TAKEN) {
            mb_server_name_taken(p, t);
            break;
        }
        if (t->callback == MB_CALLBACK_CLAIM) {
            if (!claim(p, t))
                return WAITS;
            continue;
        }
        if (t->entered) {
            state = s->class->resume(p, specific_of(s), &out);
        } else {
            record_callback(p, s, MB_EVENT_ENTER, (mb_callback)t->callback);
            if (t->callback == MB_CALLBACK_CALL && mb_has_deadline(t->message))
                t->bounded = mb_deadline_enter(p, t->message, &t->argument);
            state = invoke(p, s, t, &out);
        }
        t->entered = state != MB_CALLBACK_DONE;
        if (t->entered && park(p, s, t))
            return state == MB_CALLBACK_PREEMPTED ? PREEMPTED : WAITS;
        record_callback(p, s, MB_EVENT_LEAVE, (mb_callback)t->callback);
        if (t->bounded)
            leave_deadline(p, t);
        if (t->entered) /* suspended, but there is no memory to remember it */
            mb_server_end(p, t, MB_SYSTEM_LIMIT);
        else
            mb_server_settle(p, s, t, &out);
    }
    progress result = t->callback == MB_CALLBACK_ENDED ? ENDED : GOES_ON;
    finish_turn(p, s, t);
    return result;
}

static bool is_from(mb_term term, mb_from *from) {
    mb_term pid = mb_element(term, 0), ref = mb_element(term, 1);
    if (!mb_is_tuple(term, 2) || pid.type != MB_PID || ref.type != MB_REFERENCE)
        return false;
    *from = (mb_from){.pid = pid.id, .ref = ref.id | MB_REF_BY_MESSAGE};
    return true;
}

static mb_pid parent_of(const mb_process *p, const mb_server *s) {
    return s->linked ? p->parent : p->pid;
}

static bool is_parents_exit(const mb_process *p, const mb_server *s, mb_term term) {
    return mb_is_tuple(term, 3) && mb_is(mb_element(term, 0), "EXIT") &&
           mb_element(term, 1).type == MB_PID && mb_element(term, 1).id == parent_of(p, s);
}

/* Plain messages of which the generic part knows the form (gen_server:decode_msg/9). */
static mb_message_kind decode_plain(mb_term term, mb_turn *t) {
    if (mb_array_size(term) < 2 || mb_element(term, 0).type != MB_STRING)
        return MB_MESSAGE;
    if (mb_is_tuple(term, 2) && mb_is(mb_element(term, 0), "$gen_cast")) {
        t->request = mb_element(term, 1);
        return MB_CAST;
    }
    bool call = mb_is(mb_element(term, 0), "$gen_call");
    if (mb_is_tuple(term, 3) && (call || mb_is(mb_element(term, 0), "system")) &&
        is_from(mb_element(term, 1), &t->from)) {
        t->request = mb_element(term, 2);
        return call ? MB_CALL : MB_SYSTEM;
    }
    return MB_MESSAGE;
}

static mb_message_kind decode(mb_turn *t) {
    const mb_message *message = t->message;
    t->request = message->term;
    if (message->kind == MB_MESSAGE)
        return message->term.type == MB_TABLE ? decode_plain(message->term, t) : MB_MESSAGE;
    if (message->kind != MB_CAST)
        t->from = (mb_from){.pid = message->from, .ref = message->ref};
    return (mb_message_kind)message->kind;
}

static void handle_message(mb_process *p, mb_server *s, mb_turn *t) {
    static const uint8_t callbacks[] = {[MB_MESSAGE] = MB_CALLBACK_INFO,
                                        [MB_CALL] = MB_CALLBACK_CALL,
                                        [MB_CAST] = MB_CALLBACK_CAST};
    mb_message_kind kind = decode(t);
    if (kind == MB_SYSTEM) {
        mb_sys_handle(p, s, t); /* and hibernates again (sys:handle_system_msg/8) */
        return;
    }
    s->hibernates = false;
    if (kind == MB_MESSAGE && is_parents_exit(p, s, t->request)) {
        mb_server_terminate(t, mb_retain(mb_element(t->request, 2)), false);
    } else {
        t->callback = callbacks[kind];
        if (s->debug && !s->class->is_state_machine)
            mb_server_message_in(p, s, t);
    }
}

/* sys:suspend_loop: nothing but system messages and the parent's EXIT. */
static mb_message *next_while_suspended(mb_process *p, mb_server *s) {
    for (mb_message *m = mb_mailbox_saved(p); m; m = m->next) {
        mb_turn t = {.message = m};
        if (decode(&t) == MB_SYSTEM || is_parents_exit(p, s, m->term))
            return m;
    }
    mb_mailbox_save(p);
    return NULL;
}

static void stop_timing(mb_process *p, mb_server *s) {
    if (s->timing)
        mb_set_deadline(p, MB_INFINITY);
    s->timing = false;
}

/* How long the server waits before something happens without a message. */
static mb_time patience(const mb_server *s) {
    if (s->suspended || s->hibernates)
        return MB_INFINITY;
    if (s->timeout != MB_INFINITY || s->hibernate_after == UINT32_MAX)
        return s->timeout;
    return s->hibernate_after * MB_MILLISECOND;
}

/* Nothing is in the mailbox: waits, hibernates, or the timeout has come. */
static progress idle(mb_process *p, mb_server *s) {
    mb_time time = patience(s);
    if (time == MB_INFINITY)
        return WAITS;
    if (time > 0 && !mb_deadline_expired(p)) {
        if (!s->timing && !mb_set_deadline(p, mb_time_after(mb_now(p->rt), time))) {
            mb_set_exit_reason(p, MB_SYSTEM_LIMIT);
            return ENDED;
        }
        s->timing = true;
        return WAITS;
    }
    if (s->timeout == MB_INFINITY) {
        stop_timing(p, s);
        s->hibernates = true;
        return WAITS;
    }
    mb_turn t = {.callback = MB_CALLBACK_INFO, .timed_out = true};
    t.request = mb_atom("timeout");
    stop_timing(p, s);
    return run_callbacks(p, s, &t);
}

static progress next_turn(mb_process *p, mb_server *s) {
    mb_message *message = s->suspended ? next_while_suspended(p, s) : mb_mailbox_first(p);
    if (!message)
        return idle(p, s);
    mb_turn t = {.message = message};
    stop_timing(p, s);
    mb_mailbox_take(p, message);
    handle_message(p, s, &t);
    return run_callbacks(p, s, &t);
}

static mb_step run(mb_process *p, void *data) {
    mb_server *s = data;
    for (;;) {
        progress result = s->turn ? run_callbacks(p, s, s->turn) : next_turn(p, s);
        if (result == ENDED)
            return MB_STEP_EXIT;
        if (result != GOES_ON)
            return result == WAITS ? MB_STEP_WAIT : MB_STEP_PREEMPTED;
        p->rt->reductions_left -= TURN_REDUCTIONS;
        if (p->rt->reductions_left <= 0)
            return MB_STEP_PREEMPTED;
    }
}

static void destroy(mb_process *p, void *data) {
    mb_server *s = data;
    if (s->turn)
        finish_turn(p, s, s->turn);
    mb_sys_finish(p, s);
    if (s->class && s->class->destroy)
        s->class->destroy(p, specific_of(s));
}

static const char *doing(mb_process *p, void *data) {
    mb_server *s = data;
    if (s->turn && s->class->doing)
        return s->class->doing(p, specific_of(s));
    if (s->hibernates)
        return "erlang.hibernate";
    return s->class->is_state_machine ? "gen_statem.loop_receive" : "gen_server.loop";
}

/* ---- starting -------------------------------------------------------------------------------*/

/* A process class says how much data its processes have, and specific parts differ in it. */
#define SIZED(bytes)                                                                              \
    {"gen_server", sizeof(mb_server) + (bytes), run, destroy, doing}

static const mb_class SIZES[] = {
    SIZED(0),  SIZED(8),   SIZED(16),  SIZED(24),  SIZED(32),  SIZED(40),  SIZED(48),  SIZED(56),
    SIZED(64), SIZED(80),  SIZED(96),  SIZED(112), SIZED(128), SIZED(160), SIZED(192), SIZED(256),
    SIZED(384), SIZED(512), SIZED(768), SIZED(1024), SIZED(2048), SIZED(4096),
};

static const mb_class *class_for(size_t data_size) {
    size_t i = 0;
    size_t wanted = sizeof(mb_server) + data_size;
    while (i + 1 < sizeof SIZES / sizeof *SIZES && SIZES[i].data_size < wanted)
        i++;
    assert(SIZES[i].data_size >= wanted && "gen_server: data too large");
    return &SIZES[i];
}

/* Registers p as `name`; what stands in its way becomes the init's outcome. */
static void claim_name(mb_process *p, mb_turn *t, mb_term name) {
    mb_pid holder = mb_whereis_on(mb_node_of(p), name);
    mb_name_result result = holder ? MB_NAME_TAKEN : mb_register(p->rt, name, p->pid);
    if (result == MB_NAME_OK)
        return;
    t->callback = MB_CALLBACK_NAME_TAKEN;
    t->from.pid = holder;
}

static void prepare_claim(mb_process *p, mb_turn *t, const mb_gen_server_options *options) {
    t->reply = mb_tagged(p->rt, "claim", mb_retain(options->name));
    t->from.pid = options->registrar;
    t->callback = t->reply.type == MB_TABLE ? MB_CALLBACK_CLAIM : MB_CALLBACK_NAME_TAKEN;
    if (t->callback == MB_CALLBACK_NAME_TAKEN)
        t->from.pid = 0;
}

/* gen:debug_options/2: what is unknown is passed over; what cannot be switched on for want of
 * memory stays off. */
static void debug_from_the_start(mb_process *p, mb_server *s, mb_term options) {
    for (size_t i = 0; i < mb_array_size(options); i++) {
        mb_term option = mb_element(options, i), request;
        mb_term count = mb_element(option, 1), sized[] = {mb_boolean(true), count};
        mb_term flag = mb_boolean(true);
        if (option.type == MB_TABLE && !mb_tuple(p->rt, &flag, 2, sized))
            continue;
        mb_term parts[] = {option.type == MB_TABLE ? mb_element(option, 0) : option, flag};
        if (mb_tuple(p->rt, &request, 2, parts)) {
            mb_release(p->rt, mb_sys_debug(p, s, request));
            mb_release(p->rt, request);
        }
        mb_release(p->rt, flag);
    }
}

static uint32_t hibernate_after(const mb_gen_server_options *options) {
    mb_time ms = options->hibernate_after / MB_MILLISECOND;
    bool never = options->hibernate_after == MB_INFINITY || ms > UINT32_MAX;
    return never ? UINT32_MAX : (uint32_t)ms;
}

mb_process *mb_gen_server_start(mb_runtime *rt, mb_process *starter,
                                const mb_gen_server_class *class, mb_term argument,
                                const mb_gen_server_options *options) {
    mb_spawn_options spawn = {.link = options->link && starter,
                              .parent = starter ? starter->pid : 0,
                              .initial_call = mb_retain(options->initial_call)};
    mb_turn *turn = mb_memory_get(&rt->memory, sizeof *turn);
    if (!turn) {
        mb_release(rt, spawn.initial_call);
        mb_release(rt, argument);
        return NULL;
    }
    mb_process *p = mb_spawn(rt, class_for(class->data_size), &spawn, NULL);
    if (!p) {
        mb_release(rt, argument);
        mb_memory_put(&rt->memory, turn, sizeof *turn);
        return NULL;
    }
    *turn = (mb_turn){.callback = MB_CALLBACK_INIT, .argument = argument};
    mb_server *s = mb_data(p);
    s->class = class;
    s->turn = turn;
    s->timeout = MB_INFINITY;
    s->hibernate_after = hibernate_after(options);
    s->linked = spawn.link;
    if (options->registrar)
        prepare_claim(p, turn, options);
    else if (options->name.type != MB_NIL)
        claim_name(p, turn, options->name);
    debug_from_the_start(p, s, options->debug);
    return p;
}

bool mb_is_gen_server(const mb_process *p) { return p->class->run == run; }

void *mb_gen_server_data(mb_process *p, const mb_gen_server_class *class) {
    if (!mb_is_gen_server(p))
        return NULL;
    mb_server *s = mb_data(p);
    return s->class == class ? specific_of(s) : NULL;
}
