/* The supervisor (supervisor.erl): a gen_server whose state is a list of children.
 *
 * Starting and stopping a child can take its time, during which a supervisor does nothing else. So
 * each callback begins a job, which is a succession of activities, and suspends until they
 * are through:
 *
 *     job                  activities
 *     init                 configure, then start all; when one fails, stop all
 *     start_child          start one
 *     restart_child        start one
 *     terminate_child      stop one
 *     an EXIT, try again   one_for_one: start one; else stop and then start the child, and all
 *                          others (one_for_all) or those behind it (rest_for_one)
 *     terminate            stop all
 *
 * A restart that fails is tried again through the mailbox, so that a supervisor which keeps failing
 * still hears exit signals and requests in between; each try counts. */
#include "child_spec.h"
#include "child_starter.h"
#include "dynamic_supervisor.h"
#include "events.h"
#include "process.h"
#include "report.h"
#include "restart_intensity.h"
#include "shutdown.h"
#include "tagged.h"

typedef enum job {
    JOB_INIT,
    JOB_START_CHILD,
    JOB_RESTART_CHILD,
    JOB_TERMINATE_CHILD,
    JOB_RESTART,
    JOB_TERMINATE,
} job;

typedef enum activity { FINISHED, CONFIGURING, STARTING, STOPPING } activity;

typedef struct supervisor {
    const mb_child_starter *starter;
    void *starter_data; /* owned; NULL when the starter wants none */
    mb_children children;
    mb_restart_history history;
    mb_supervisor_flags flags;

    uint8_t job;      /* what it is busy with; meaningless while FINISHED */
    uint8_t activity;
    bool start_entered; /* the starter has begun (a child or its init) and is suspended */
    bool to_the_end;    /* the children behind `starting` are started as well */
    mb_child_record *starting;
    mb_child_record *culprit; /* of JOB_RESTART: the child whose end caused it */
    mb_shutdown stopping;
    mb_term failure; /* of JOB_INIT: why it stops again what it has started; owned, nil: none */
} supervisor;

static mb_callback_state crash(mb_outcome *out, mb_term reason) {
    out->type = MB_OUTCOME_CRASH;
    out->reason = reason;
    return MB_CALLBACK_DONE;
}

/* Nothing to be done where there is no memory but to end; the links take the children along. */
static mb_callback_state out_of_memory(supervisor *s, mb_outcome *out) {
    s->activity = FINISHED;
    out->is_exit = true;
    return crash(out, MB_SYSTEM_LIMIT);
}

static mb_callback_state reply(mb_outcome *out, mb_term term) {
    out->type = MB_OUTCOME_REPLY;
    out->reply = term;
    return MB_CALLBACK_DONE;
}

static mb_callback_state reply_error(mb_process *p, mb_outcome *out, mb_term reason) {
    return reply(out, mb_tagged(p->rt, "error", reason));
}

static mb_callback_state no_reply(mb_outcome *out) {
    out->type = MB_OUTCOME_NOREPLY;
    return MB_CALLBACK_DONE;
}

static void report(mb_process *p, mb_supervisor_event event, mb_term reason,
                   const mb_child_record *child, mb_pid pid) {
    if (!mb_sasl_reports(p->rt))
        return;
    const mb_offender offender = {
        .id = child->spec.id,
        .pid = pid,
        .start = child->spec.start,
        .restart = mb_restart_type_term((mb_restart_type)child->spec.restart),
        .shutdown = mb_shutdown_term(child->spec.shutdown),
        .is_supervisor = child->spec.is_supervisor,
        .significant = child->spec.significant,
    };
    mb_report_supervisor(p, event, reason, &offender);
}

/* A child that is no more: temporary ones leave the list (supervisor:del_child/2). */
static void delete_ended(mb_process *p, supervisor *s, mb_child_record *child) {
    mb_children_set_pid(&s->children, child, 0);
    child->restarting = false;
    if (child->spec.restart == MB_TEMPORARY)
        mb_children_remove(&s->children, p->rt, child);
}

/* ---- jobs and their activities --------------------------------------------------------------*/

static void begin_starting(supervisor *s, mb_child_record *first, bool to_the_end) {
    s->activity = first ? STARTING : FINISHED;
    s->starting = first;
    s->to_the_end = to_the_end;
    s->start_entered = false;
}

/* From the last child back to `until`, or to the first when that is NULL. */
static void begin_stopping(supervisor *s, mb_child_record *until) {
    s->activity = STOPPING;
    mb_shutdown_begin(&s->stopping, s->children.last, until, true);
}

/* What the answer of a start function amounts to. */
typedef struct start_result {
    bool ok;
    mb_pid pid;   /* of the child; 0: it answered "ignore" */
    mb_term info; /* nil: none */
    mb_term reason; /* of a failure */
} start_result;

static bool is_ok_pid(mb_term answer, size_t count) {
    return mb_is_tuple(answer, count) && mb_is(mb_element(answer, 0), "ok") &&
           mb_element(answer, 1).type == MB_PID;
}

/* supervisor:do_start_child_i/3; the result borrows from the outcome. */
static start_result read_start(mb_process *p, const mb_outcome *out, mb_term *owned) {
    mb_term answer = out->type == MB_OUTCOME_BAD_RETURN ? out->reason : out->reply;
    if (out->type == MB_OUTCOME_CRASH) {
        *owned = mb_tagged(p->rt, "EXIT", mb_retain(out->reason));
        return (start_result){.reason = *owned};
    }
    if (is_ok_pid(answer, 2) || is_ok_pid(answer, 3))
        return (start_result){
            .ok = true, .pid = mb_element(answer, 1).id, .info = mb_element(answer, 2)};
    if (mb_is(answer, "ignore"))
        return (start_result){.ok = true};
    if (mb_is_tuple(answer, 2) && mb_is(mb_element(answer, 0), "error"))
        return (start_result){.reason = mb_element(answer, 1)};
    return (start_result){.reason = answer};
}

/* { "ok", pid }, { "ok", pid, info }, { "ok", "undefined" } */
static mb_term ok_answer(mb_process *p, const start_result *result) {
    mb_term pid = result->pid ? mb_pid_term(result->pid) : mb_atom("undefined");
    if (result->info.type != MB_NIL)
        return mb_tagged_two(p->rt, "ok", pid, mb_retain(result->info));
    return mb_tagged(p->rt, "ok", pid);
}

static void record_restart(mb_process *p, mb_child_record *child) {
    child->restarts++;
    mb_event_record(p->rt, MB_EVENT_RESTART, p->pid, child->pid, child->spec.id);
}

/* The child runs, or has answered "ignore" and stays on the list without a process. */
static void child_started(mb_process *p, supervisor *s, mb_child_record *child, mb_pid pid) {
    mb_children_set_pid(&s->children, child, pid);
    child->restarting = false;
    if (pid)
        report(p, MB_CHILD_STARTED, mb_nil(), child, pid);
    if (pid && child->started && s->job == JOB_RESTART)
        record_restart(p, child);
    child->started |= pid != 0;
}

static mb_callback_state after_start_child(mb_process *p, supervisor *s,
                                           const start_result *result, mb_outcome *out) {
    mb_child_record *child = s->starting;
    s->activity = FINISHED;
    if (!result->ok) {
        mb_term spec = mb_child_spec_term(p->rt, &child->spec);
        mb_children_remove(&s->children, p->rt, child);
        const mb_term parts[] = {mb_retain(result->reason), spec};
        return reply_error(p, out, mb_tuple_taking(p->rt, 2, parts));
    }
    child_started(p, s, child, result->pid);
    if (!result->pid && child->spec.restart == MB_TEMPORARY)
        mb_children_remove(&s->children, p->rt, child);
    return reply(out, ok_answer(p, result));
}

static mb_callback_state after_restart_child(mb_process *p, supervisor *s,
                                             const start_result *result, mb_outcome *out) {
    s->activity = FINISHED;
    if (!result->ok)
        return reply_error(p, out, mb_retain(result->reason));
    child_started(p, s, s->starting, result->pid);
    return reply(out, ok_answer(p, result));
}

/* The next try of a restart waits its turn in the mailbox (supervisor:try_again_restart/1). */
static bool try_again(mb_process *p, mb_child_record *child) {
    child->restarting = true;
    mb_term request = mb_tagged(p->rt, "try_again_restart", mb_retain(child->spec.id));
    if (request.type == MB_TABLE)
        return mb_send_kind(p->rt, p, p->pid, request, MB_CAST, 0);
    return false;
}

static mb_callback_state sequence_failed(mb_process *p, supervisor *s,
                                         const start_result *result, mb_outcome *out) {
    mb_child_record *child = s->starting;
    report(p, MB_START_ERROR, result->reason, child, 0);
    if (s->job == JOB_RESTART) {
        s->activity = FINISHED;
        return try_again(p, child) ? no_reply(out) : out_of_memory(s, out);
    }
    s->failure = mb_tagged_two(p->rt, "failed_to_start_child", mb_retain(child->spec.id),
                               mb_retain(result->reason));
    begin_stopping(s, NULL);
    return MB_CALLBACK_SUSPENDED; /* goes on in advance */
}

static mb_callback_state job_done(mb_process *p, supervisor *s, mb_outcome *out);

/* supervisor:start_children/2 */
static mb_callback_state after_sequence_start(mb_process *p, supervisor *s,
                                              const start_result *result, mb_outcome *out) {
    mb_child_record *child = s->starting;
    if (!result->ok)
        return sequence_failed(p, s, result, out);
    mb_child_record *next = s->to_the_end ? child->next : NULL;
    child_started(p, s, child, result->pid);
    /* one_for_one leaves a temporary child alone: it is never restarted. */
    if (!result->pid && child->spec.restart == MB_TEMPORARY)
        mb_children_remove(&s->children, p->rt, child);
    begin_starting(s, next, s->to_the_end);
    return s->activity == FINISHED ? job_done(p, s, out) : MB_CALLBACK_SUSPENDED;
}

static mb_callback_state after_start(mb_process *p, supervisor *s, const start_result *result,
                                     mb_outcome *out) {
    switch ((job)s->job) {
    case JOB_START_CHILD:
        return after_start_child(p, s, result, out);
    case JOB_RESTART_CHILD:
        return after_restart_child(p, s, result, out);
    default:
        return after_sequence_start(p, s, result, out);
    }
}

/* One run of the starter. SUSPENDED with start_entered unset: there is more to be done at once. */
static mb_callback_state run_start(mb_process *p, supervisor *s, mb_outcome *out) {
    mb_outcome answer = {.type = MB_OUTCOME_REPLY};
    mb_term owned = mb_nil();
    mb_callback_state state =
        s->start_entered ? s->starter->resume(p, s->starter_data, &answer)
                         : s->starter->start(p, s->starter_data, s->starting->spec.start, &answer);
    s->start_entered = state != MB_CALLBACK_DONE;
    if (s->start_entered)
        return state;
    start_result result = read_start(p, &answer, &owned);
    state = after_start(p, s, &result, out);
    mb_release(p->rt, answer.reply);
    mb_release(p->rt, answer.reason);
    mb_release(p->rt, owned);
    return state;
}

/* All that were to be stopped have been. */
static mb_callback_state after_stopping(mb_process *p, supervisor *s, mb_outcome *out) {
    if (s->job == JOB_RESTART) {
        bool all = s->flags.strategy == MB_ONE_FOR_ALL;
        begin_starting(s, all ? s->children.first : s->culprit, true);
        return s->activity == FINISHED ? job_done(p, s, out) : MB_CALLBACK_SUSPENDED;
    }
    s->activity = FINISHED;
    return job_done(p, s, out);
}

static mb_callback_state job_done(mb_process *p, supervisor *s, mb_outcome *out) {
    s->activity = FINISHED;
    switch ((job)s->job) {
    case JOB_INIT:
        if (s->failure.type == MB_NIL) {
            out->type = MB_OUTCOME_OK;
        } else {
            out->type = MB_OUTCOME_STOP;
            out->reason = mb_tagged(p->rt, "shutdown", s->failure);
            s->failure = mb_nil();
        }
        return MB_CALLBACK_DONE;
    case JOB_TERMINATE_CHILD:
        return reply(out, mb_atom("ok"));
    default:
        return no_reply(out);
    }
}

/* Goes on with the job until it is done or has to wait. */
static mb_callback_state advance(mb_process *p, supervisor *s, mb_outcome *out) {
    mb_callback_state state = MB_CALLBACK_SUSPENDED;
    while (state == MB_CALLBACK_SUSPENDED && s->activity != FINISHED) {
        if (s->activity == STARTING) {
            state = run_start(p, s, out);
            if (s->start_entered)
                return state;
            continue;
        }
        switch (mb_shutdown_run(p, &s->children, &s->stopping)) {
        case MB_SHUTDOWN_WAITING:
            return MB_CALLBACK_SUSPENDED;
        case MB_SHUTDOWN_NO_MEMORY:
            return out_of_memory(s, out);
        default:
            state = after_stopping(p, s, out);
            break;
        }
    }
    return state;
}

static mb_callback_state configure(mb_process *p, supervisor *s, mb_term argument,
                                   mb_outcome *out);

static mb_callback_state resume(mb_process *p, void *data, mb_outcome *out) {
    supervisor *s = data;
    return s->activity == CONFIGURING ? configure(p, s, mb_nil(), out) : advance(p, s, out);
}

/* ---- init -----------------------------------------------------------------------------------*/

/* { tag, error }: error is taken. */
static mb_callback_state refuse(mb_process *p, mb_outcome *out, const char *tag, mb_term error) {
    out->type = MB_OUTCOME_STOP;
    out->reason = mb_tagged(p->rt, tag, error);
    return MB_CALLBACK_DONE;
}

/* Fills the list. False: *error (owned) says why not (supervisor:check_startspec/2). */
static bool read_specs(mb_process *p, supervisor *s, mb_term specs, mb_term *error) {
    for (size_t i = 0; i < mb_array_size(specs); i++) {
        mb_child_spec spec;
        if (!mb_child_spec_read(p->rt, mb_element(specs, i),
                                (mb_auto_shutdown)s->flags.auto_shutdown, &spec, error))
            return false;
        if (mb_children_by_id(&s->children, spec.id)) {
            *error = mb_tagged(p->rt, "duplicate_child_name", mb_retain(spec.id));
            mb_child_spec_release(&spec, p->rt);
            return false;
        }
        if (!mb_children_add(&s->children, p->rt, &spec)) {
            *error = MB_SYSTEM_LIMIT;
            return false;
        }
    }
    return true;
}

/* argument: { specs, flags } */
static mb_callback_state set_up(mb_process *p, supervisor *s, mb_term argument, mb_outcome *out) {
    mb_term specs = mb_element(argument, 0), error;
    s->activity = FINISHED;
    if (!mb_is_tuple(argument, 2)) {
        const mb_term where[] = {mb_atom("supervisor"), mb_atom("init"), mb_retain(argument)};
        return refuse(p, out, "bad_return", mb_tuple_taking(p->rt, 3, where));
    }
    if (!mb_supervisor_flags_read(p->rt, mb_element(argument, 1), &s->flags, &error))
        return refuse(p, out, "supervisor_data", error);
    if (specs.type != MB_TABLE || specs.table->pair_count > 0)
        return refuse(p, out, "start_spec",
                      mb_tagged(p->rt, "invalid_child_spec", mb_retain(specs)));
    if (!read_specs(p, s, specs, &error)) {
        mb_children_finish(&s->children, p->rt);
        return refuse(p, out, "start_spec", error);
    }
    s->job = JOB_INIT;
    begin_starting(s, s->children.first, true);
    return s->activity == FINISHED ? job_done(p, s, out) : advance(p, s, out);
}

/* One run of the starter's init, which makes { specs, flags } of the argument. */
static mb_callback_state configure(mb_process *p, supervisor *s, mb_term argument,
                                   mb_outcome *out) {
    mb_outcome answer = {.type = MB_OUTCOME_REPLY};
    mb_callback_state state = s->start_entered
                                  ? s->starter->resume(p, s->starter_data, &answer)
                                  : s->starter->init(p, s->starter_data, argument, &answer);
    s->start_entered = state != MB_CALLBACK_DONE;
    if (s->start_entered)
        return state;
    s->activity = FINISHED;
    if (answer.type == MB_OUTCOME_BAD_RETURN)
        return refuse(p, out, "bad_return", answer.reason);
    if (answer.type != MB_OUTCOME_REPLY) {
        *out = answer;
        return MB_CALLBACK_DONE;
    }
    state = set_up(p, s, answer.reply, out);
    mb_release(p->rt, answer.reply);
    return state;
}

static mb_callback_state init(mb_process *p, void *data, mb_term argument, mb_outcome *out) {
    supervisor *s = data;
    mb_set_trap_exit(p, true);
    if (!s->starter->init)
        return set_up(p, s, argument, out);
    s->job = JOB_INIT;
    s->activity = CONFIGURING;
    return configure(p, s, argument, out);
}

/* ---- requests -------------------------------------------------------------------------------*/

static mb_term child_state(const mb_child_record *child) {
    if (child->pid)
        return mb_pid_term(child->pid);
    return mb_atom(child->restarting ? "restarting" : "undefined");
}

/* { { id, pid, type, modules }, … }, the one that was added last coming first. */
static mb_callback_state which_children(mb_process *p, const supervisor *s, mb_outcome *out) {
    mb_term list;
    mb_builder *b = mb_build(p->rt);
    size_t at = mb_build_table(b, MB_BUILD_ROOT, mb_nil(), s->children.count, 0);
    for (const mb_child_record *c = s->children.last; c; c = c->previous) {
        const mb_term parts[] = {c->spec.id, child_state(c),
                                 mb_atom(c->spec.is_supervisor ? "supervisor" : "worker"),
                                 c->spec.modules};
        size_t cell = mb_build_table(b, at, mb_nil(), 4, 0);
        for (size_t i = 0; i < 4; i++)
            mb_build_term(b, cell + i * sizeof(mb_term), parts[i]);
        at += sizeof(mb_term);
    }
    return reply(out, mb_build_finish(b, &list) ? list : MB_SYSTEM_LIMIT);
}

static mb_callback_state count_children(mb_process *p, const supervisor *s, mb_outcome *out) {
    int64_t active = 0, supervisors = 0;
    for (const mb_child_record *c = s->children.first; c; c = c->next) {
        active += c->pid && mb_lookup_settled(p->rt, c->pid);
        supervisors += c->spec.is_supervisor;
    }
    int64_t specs = (int64_t)s->children.count;
    const mb_term pairs[] = {mb_atom("specs"), mb_integer(specs),
                             mb_atom("active"), mb_integer(active),
                             mb_atom("supervisors"), mb_integer(supervisors),
                             mb_atom("workers"), mb_integer(specs - supervisors)};
    mb_term map;
    return reply(out, mb_map(p->rt, &map, 4, pairs) ? map : MB_SYSTEM_LIMIT);
}

static mb_callback_state start_child(mb_process *p, supervisor *s, mb_term request,
                                     mb_outcome *out) {
    mb_child_spec spec;
    mb_term error;
    if (!mb_child_spec_read(p->rt, request, (mb_auto_shutdown)s->flags.auto_shutdown, &spec,
                            &error))
        return reply_error(p, out, error);
    const mb_child_record *present = mb_children_by_id(&s->children, spec.id);
    if (present) {
        mb_child_spec_release(&spec, p->rt);
        mb_term pid = mb_pid_term(present->pid);
        return reply_error(p, out, present->pid ? mb_tagged(p->rt, "already_started", pid)
                                                : mb_text_term(p->rt, "already_present"));
    }
    mb_child_record *child = mb_children_add(&s->children, p->rt, &spec);
    if (!child)
        return reply_error(p, out, MB_SYSTEM_LIMIT);
    s->job = JOB_START_CHILD;
    begin_starting(s, child, false);
    return advance(p, s, out);
}

static mb_callback_state terminate_child(mb_process *p, supervisor *s, mb_child_record *child,
                                         mb_outcome *out) {
    s->job = JOB_TERMINATE_CHILD;
    s->activity = STOPPING;
    mb_shutdown_begin(&s->stopping, child, child, true);
    return advance(p, s, out);
}

/* restart_child and delete_child are for children that do not run. */
static const char *why_not_idle(const mb_child_record *child) {
    return child->pid ? "running" : child->restarting ? "restarting" : NULL;
}

static mb_callback_state restart_child(mb_process *p, supervisor *s, mb_child_record *child,
                                       mb_outcome *out) {
    s->job = JOB_RESTART_CHILD;
    begin_starting(s, child, false);
    return advance(p, s, out);
}

static mb_callback_state delete_child(mb_process *p, supervisor *s, mb_child_record *child,
                                      mb_outcome *out) {
    mb_children_remove(&s->children, p->rt, child);
    return reply(out, mb_atom("ok"));
}

static mb_callback_state get_childspec(mb_process *p, supervisor *s, mb_child_record *child,
                                       mb_outcome *out) {
    (void)s;
    return reply(out, mb_tagged(p->rt, "ok", mb_child_spec_term(p->rt, &child->spec)));
}

/* Requests about one child: { name, id }. */
static const struct {
    const char *name;
    bool idle; /* refused unless the child has no process */
    mb_callback_state (*handle)(mb_process *p, supervisor *s, mb_child_record *child,
                                mb_outcome *out);
} CHILD_REQUESTS[] = {
    {"terminate_child", false, terminate_child},
    {"restart_child", true, restart_child},
    {"delete_child", true, delete_child},
    {"get_childspec", false, get_childspec},
};

static mb_callback_state handle_child_request(mb_process *p, supervisor *s, size_t which,
                                              mb_term id, mb_outcome *out) {
    mb_child_record *child = mb_children_by_id(&s->children, id);
    if (!child)
        return reply_error(p, out, mb_atom("not_found"));
    const char *busy = CHILD_REQUESTS[which].idle ? why_not_idle(child) : NULL;
    if (busy)
        return reply_error(p, out, mb_atom(busy));
    return CHILD_REQUESTS[which].handle(p, s, child, out);
}

/* As in OTP, what is no request ends the supervisor. */
static mb_callback_state function_clause(mb_process *p, mb_outcome *out, const char *function,
                                         mb_term argument) {
    const mb_term where[] = {mb_atom("supervisor"), mb_atom(function), mb_retain(argument)};
    return crash(out, mb_tagged(p->rt, "function_clause", mb_tuple_taking(p->rt, 3, where)));
}

static mb_callback_state handle_call(mb_process *p, void *data, mb_term request, mb_from from,
                                     mb_outcome *out) {
    supervisor *s = data;
    mb_term name = mb_element(request, 0), detail = mb_element(request, 1);
    (void)from;
    if (mb_is(request, "which_children"))
        return which_children(p, s, out);
    if (mb_is(request, "count_children"))
        return count_children(p, s, out);
    if (mb_is_tuple(request, 2) && mb_is(name, "start_child"))
        return start_child(p, s, detail, out);
    for (size_t i = 0; i < sizeof CHILD_REQUESTS / sizeof *CHILD_REQUESTS; i++)
        if (mb_is_tuple(request, 2) && mb_is(name, CHILD_REQUESTS[i].name))
            return handle_child_request(p, s, i, detail, out);
    return function_clause(p, out, "handle_call", request);
}

/* ---- children that end ----------------------------------------------------------------------*/

static mb_callback_state stop(mb_outcome *out, const char *reason) {
    out->type = MB_OUTCOME_STOP;
    out->reason = mb_atom(reason);
    return MB_CALLBACK_DONE;
}

static void give_up(mb_process *p, supervisor *s, mb_child_record *child, mb_pid last_pid) {
    mb_term reason = mb_text_term(p->rt, "reached_max_restart_intensity");
    report(p, MB_CAUSED_SHUTDOWN, reason, child, last_pid);
    mb_release(p->rt, reason);
    mb_term told, parts[] = {child->spec.id, mb_integer(s->flags.intensity),
                             mb_integer(s->flags.period)};
    if (mb_tuple(p->rt, &told, 3, parts)) {
        p->cause = mb_event_record(p->rt, MB_EVENT_GIVE_UP, p->pid, last_pid, told);
        mb_release(p->rt, told);
    }
    delete_ended(p, s, child);
}

/* supervisor:restart/2; last_pid is what the child had before it ended. */
static mb_callback_state restart(mb_process *p, supervisor *s, mb_child_record *child,
                                 mb_pid last_pid, mb_outcome *out) {
    int64_t now = mb_now(p->rt) / (1000 * MB_MILLISECOND);
    switch (mb_restart_add(&s->history, p->rt, now, s->flags.intensity, s->flags.period)) {
    case MB_RESTART_TOO_OFTEN:
        give_up(p, s, child, last_pid);
        return stop(out, "shutdown");
    case MB_RESTART_NO_MEMORY:
        return out_of_memory(s, out);
    default:
        break;
    }
    mb_children_set_pid(&s->children, child, 0);
    s->job = JOB_RESTART;
    s->culprit = child;
    if (s->flags.strategy == MB_ONE_FOR_ONE)
        begin_starting(s, child, false);
    else
        begin_stopping(s, s->flags.strategy == MB_REST_FOR_ONE ? child : NULL);
    return advance(p, s, out);
}

static bool any_significant_left(const supervisor *s) {
    for (const mb_child_record *c = s->children.first; c; c = c->next)
        if (c->spec.significant && (c->pid || c->restarting))
            return true;
    return false;
}

/* A child that is not restarted (supervisor:do_auto_shutdown/2). */
static mb_callback_state let_go(mb_process *p, supervisor *s, mb_child_record *child,
                                mb_outcome *out) {
    bool significant = child->spec.significant;
    delete_ended(p, s, child);
    if (!significant || s->flags.auto_shutdown == MB_NEVER)
        return no_reply(out);
    if (s->flags.auto_shutdown == MB_ALL_SIGNIFICANT && any_significant_left(s))
        return no_reply(out);
    return stop(out, "shutdown");
}

/* supervisor:do_restart/3 */
static mb_callback_state child_ended(mb_process *p, supervisor *s, mb_child_record *child,
                                     mb_term reason, mb_outcome *out) {
    mb_pid pid = child->pid;
    bool quiet = mb_is_quiet_exit(reason) && child->spec.restart != MB_PERMANENT;
    if (!quiet)
        report(p, MB_CHILD_TERMINATED, reason, child, pid);
    if (quiet || child->spec.restart == MB_TEMPORARY)
        return let_go(p, s, child, out);
    return restart(p, s, child, pid, out);
}

static void report_unexpected(mb_process *p, mb_term message) {
    static const char text[] = "Supervisor received unexpected message: ";
    char buffer[512];
    mb_inspect_text(message, buffer, sizeof buffer);
    mb_log_format(p->rt, MB_ERROR, p->pid, "%s%s", text, buffer);
}

static mb_callback_state handle_info(mb_process *p, void *data, mb_term message,
                                     mb_outcome *out) {
    supervisor *s = data;
    if (!mb_is_tuple(message, 3) || !mb_is(mb_element(message, 0), "EXIT")) {
        report_unexpected(p, message);
        return no_reply(out);
    }
    mb_term pid = mb_element(message, 1);
    mb_child_record *child = pid.type == MB_PID ? mb_children_by_pid(&s->children, pid.id) : NULL;
    return child ? child_ended(p, s, child, mb_element(message, 2), out) : no_reply(out);
}

static mb_callback_state handle_cast(mb_process *p, void *data, mb_term request,
                                     mb_outcome *out) {
    supervisor *s = data;
    if (!mb_is_tuple(request, 2) || !mb_is(mb_element(request, 0), "try_again_restart"))
        return function_clause(p, out, "handle_cast", request);
    mb_child_record *child = mb_children_by_id(&s->children, mb_element(request, 1));
    return child && child->restarting ? restart(p, s, child, 0, out) : no_reply(out);
}

static mb_callback_state terminate(mb_process *p, void *data, mb_term reason, mb_outcome *out) {
    supervisor *s = data;
    (void)reason;
    s->job = JOB_TERMINATE;
    begin_stopping(s, NULL);
    return advance(p, s, out);
}

/* ---- the class ------------------------------------------------------------------------------*/

/* For sys:get_state and crash reports: { strategy =, intensity =, period =, children = }. */
static bool state(mb_process *p, void *data, mb_term *out) {
    static const char *const strategies[] = {"one_for_one", "one_for_all", "rest_for_one"};
    supervisor *s = data;
    mb_outcome children = {0};
    which_children(p, s, &children);
    const mb_term pairs[] = {mb_atom("strategy"), mb_atom(strategies[s->flags.strategy]),
                             mb_atom("intensity"), mb_integer(s->flags.intensity),
                             mb_atom("period"), mb_integer(s->flags.period),
                             mb_atom("children"), children.reply};
    bool made = mb_map(p->rt, out, 4, pairs);
    mb_release(p->rt, children.reply);
    return made;
}

static void destroy(mb_process *p, void *data) {
    supervisor *s = data;
    if (s->starter && s->starter->destroy)
        s->starter->destroy(p, s->starter_data);
    if (s->starter_data)
        mb_allocate(p->rt, s->starter_data, s->starter->data_size, 0);
    mb_children_finish(&s->children, p->rt);
    mb_restart_finish(&s->history, p->rt);
    mb_release(p->rt, s->failure);
}

static mb_term module(mb_process *p, void *data) {
    (void)p;
    (void)data;
    return mb_atom("supervisor");
}

static const char *doing(mb_process *p, void *data) {
    const supervisor *s = data;
    (void)p;
    return s->activity == STARTING ? "supervisor.start_children" : "supervisor.terminate_children";
}

static const mb_gen_server_class SUPERVISOR = {
    .data_size = sizeof(supervisor),
    .init = init,
    .handle_call = handle_call,
    .handle_cast = handle_cast,
    .handle_info = handle_info,
    .terminate = terminate,
    .resume = resume,
    .state = state,
    .destroy = destroy,
    .module = module,
    .doing = doing,
};

mb_process *mb_supervisor_start(mb_runtime *rt, mb_process *starter,
                                const mb_child_starter *child_starter, mb_term argument,
                                const mb_gen_server_options *options) {
    void *starter_data;
    mb_process *p = mb_start_with_starter(rt, starter, &SUPERVISOR, child_starter, argument,
                                          options, &starter_data);
    if (!p)
        return NULL;
    supervisor *s = mb_gen_server_data(p, &SUPERVISOR);
    s->starter = child_starter;
    s->starter_data = starter_data;
    return p;
}

/* The children of a supervisor of either kind; NULL when p is none. */
static const mb_children *children_of(mb_process *p) {
    const supervisor *s = mb_gen_server_data(p, &SUPERVISOR);
    return s ? &s->children : mb_dynamic_children(p);
}

bool mb_is_supervisor(const mb_process *p) {
    /* Only looks; the process is not changed. */
    return children_of((mb_process *)(uintptr_t)p) != NULL;
}

void mb_supervisor_children(mb_process *p, void (*visit)(void *context, const mb_child *child),
                            void *context) {
    const mb_children *children = children_of(p);
    bool dynamic = mb_dynamic_children(p) != NULL;
    for (const mb_child_record *c = children ? children->first : NULL; c; c = c->next) {
        const mb_child child = {
            .id = dynamic ? mb_nil() : c->spec.id,
            .pid = c->restarting ? 0 : c->pid,
            .restarting = c->restarting,
            .is_supervisor = c->spec.is_supervisor,
            .restarts = c->restarts,
            .restart = mb_restart_type_term((mb_restart_type)c->spec.restart),
            .shutdown = mb_shutdown_term(c->spec.shutdown),
            .modules = c->spec.modules,
        };
        visit(context, &child);
    }
}
