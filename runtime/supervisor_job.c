/* A supervisor's jobs: starting children and stopping them, which takes its time. */
#include "child_starter.h"
#include "children_shown.h"
#include "events.h"
#include "process.h"
#include "supervisor.h"

mb_callback_state mb_supervisor_out_of_memory(mb_supervisor *s, mb_outcome *out) {
    s->activity = FINISHED;
    return mb_out_of_memory(out);
}

void mb_supervisor_begin_starting(mb_supervisor *s, mb_child_record *first, bool to_the_end) {
    s->activity = first ? STARTING : FINISHED;
    s->starting = first;
    s->to_the_end = to_the_end;
    s->start_entered = false;
}

/* From the last child back to `until`, or to the first when that is NULL. */
void mb_supervisor_begin_stopping(mb_supervisor *s, mb_child_record *until) {
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
static void child_started(mb_process *p, mb_supervisor *s, mb_child_record *child, mb_pid pid) {
    mb_children_set_pid(&s->children, child, pid);
    child->restarting = false;
    if (pid)
        mb_child_report(p, &s->children, MB_CHILD_STARTED, mb_nil(), child, pid);
    if (pid && child->started && s->job == JOB_RESTART)
        record_restart(p, child);
    child->started |= pid != 0;
}

static mb_callback_state after_start_child(mb_process *p, mb_supervisor *s,
                                           const start_result *result, mb_outcome *out) {
    mb_child_record *child = s->starting;
    s->activity = FINISHED;
    if (!result->ok) {
        mb_term spec = mb_child_spec_term(p->rt, &child->spec);
        mb_children_remove(&s->children, p->rt, child);
        const mb_term parts[] = {mb_retain(result->reason), spec};
        return mb_out_error(p->rt, out, mb_tuple_taking(p->rt, 2, parts));
    }
    child_started(p, s, child, result->pid);
    if (!result->pid && child->spec.restart == MB_TEMPORARY)
        mb_children_remove(&s->children, p->rt, child);
    return mb_out_reply(out, ok_answer(p, result));
}

static mb_callback_state after_restart_child(mb_process *p, mb_supervisor *s,
                                             const start_result *result, mb_outcome *out) {
    s->activity = FINISHED;
    if (!result->ok)
        return mb_out_error(p->rt, out, mb_retain(result->reason));
    child_started(p, s, s->starting, result->pid);
    return mb_out_reply(out, ok_answer(p, result));
}

/* The next try of a restart waits its turn in the mailbox (supervisor:try_again_restart/1). */
static bool try_again(mb_process *p, mb_child_record *child) {
    child->restarting = true;
    mb_term request = mb_tagged(p->rt, "try_again_restart", mb_retain(child->spec.id));
    if (request.type == MB_TABLE)
        return mb_send_kind(p->rt, p, p->pid, request, MB_CAST, 0);
    return false;
}

static mb_callback_state sequence_failed(mb_process *p, mb_supervisor *s,
                                         const start_result *result, mb_outcome *out) {
    mb_child_record *child = s->starting;
    mb_child_report(p, &s->children, MB_START_ERROR, result->reason, child, 0);
    if (s->job == JOB_RESTART) {
        s->activity = FINISHED;
        return try_again(p, child) ? mb_out_noreply(out) : mb_supervisor_out_of_memory(s, out);
    }
    s->failure = mb_tagged_two(p->rt, "failed_to_start_child", mb_retain(child->spec.id),
                               mb_retain(result->reason));
    mb_supervisor_begin_stopping(s, NULL);
    return MB_CALLBACK_SUSPENDED; /* goes on in advance */
}

static mb_callback_state job_done(mb_process *p, mb_supervisor *s, mb_outcome *out);

/* supervisor:start_children/2 */
static mb_callback_state after_sequence_start(mb_process *p, mb_supervisor *s,
                                              const start_result *result, mb_outcome *out) {
    mb_child_record *child = s->starting;
    if (!result->ok)
        return sequence_failed(p, s, result, out);
    mb_child_record *next = s->to_the_end ? child->next : NULL;
    child_started(p, s, child, result->pid);
    /* one_for_one leaves a temporary child alone: it is never restarted. */
    if (!result->pid && child->spec.restart == MB_TEMPORARY)
        mb_children_remove(&s->children, p->rt, child);
    mb_supervisor_begin_starting(s, next, s->to_the_end);
    return s->activity == FINISHED ? job_done(p, s, out) : MB_CALLBACK_SUSPENDED;
}

static mb_callback_state after_start(mb_process *p, mb_supervisor *s, const start_result *result,
                                     mb_outcome *out) {
    switch ((mb_job)s->job) {
    case JOB_START_CHILD:
        return after_start_child(p, s, result, out);
    case JOB_RESTART_CHILD:
        return after_restart_child(p, s, result, out);
    default:
        return after_sequence_start(p, s, result, out);
    }
}

/* One run of the starter. SUSPENDED with start_entered unset: there is more to be done at once. */
static mb_callback_state run_start(mb_process *p, mb_supervisor *s, mb_outcome *out) {
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
static mb_callback_state after_stopping(mb_process *p, mb_supervisor *s, mb_outcome *out) {
    if (s->job == JOB_RESTART) {
        bool all = s->flags.strategy == MB_ONE_FOR_ALL;
        mb_supervisor_begin_starting(s, all ? s->children.first : s->culprit, true);
        return s->activity == FINISHED ? job_done(p, s, out) : MB_CALLBACK_SUSPENDED;
    }
    s->activity = FINISHED;
    return job_done(p, s, out);
}

static mb_callback_state job_done(mb_process *p, mb_supervisor *s, mb_outcome *out) {
    s->activity = FINISHED;
    switch ((mb_job)s->job) {
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
        return mb_out_reply(out, mb_atom("ok"));
    default:
        return mb_out_noreply(out);
    }
}

/* Goes on with the job until it is done or has to wait. */
mb_callback_state mb_supervisor_advance(mb_process *p, mb_supervisor *s, mb_outcome *out) {
    if (s->activity == FINISHED)
        return job_done(p, s, out);
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
            return mb_supervisor_out_of_memory(s, out);
        default:
            state = after_stopping(p, s, out);
            break;
        }
    }
    return state;
}
