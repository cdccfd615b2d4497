/* The dynamic supervisor (Elixir's DynamicSupervisor): a gen_server whose children have no ids, are
 * told by their pids, and are all stopped at the same time.
 *
 * As with supervisor.c, starting and stopping children takes time, during which it does nothing
 * else: each callback begins a job and suspends until that is through. A child whose restart has
 * failed stays under the pid it had, and the next try waits its turn in the mailbox. */
#include "dynamic_supervisor.h"

#include "child_spec.h"
#include "child_starter.h"
#include "events.h"
#include "mailbox.h"
#include "process.h"
#include "report.h"
#include "restart_intensity.h"
#include "tagged.h"
#include "timers.h"

typedef enum job {
    JOB_NONE,
    JOB_INIT,            /* the starter makes the flags */
    JOB_START_CHILD,     /* the starter starts `fresh` */
    JOB_RESTART,         /* the starter starts `subject` again */
    JOB_TERMINATE_CHILD, /* `subject` is to end */
    JOB_TERMINATE,       /* all are to end */
} job;

typedef struct dynamic_supervisor {
    const mb_child_starter *starter;
    void *starter_data; /* owned; NULL when the starter wants none */
    mb_children children; /* their ids are serial numbers, which nobody sees */
    mb_restart_history history;
    int64_t intensity, period;
    int64_t max_children;    /* -1: any number */
    mb_term extra_arguments; /* owned */
    int64_t last_id;

    uint8_t job;
    mb_child_spec fresh;      /* of JOB_START_CHILD; owned */
    mb_child_record *subject; /* of JOB_RESTART, JOB_TERMINATE_CHILD */
    size_t dying;             /* children whose DOWN is to come */
    mb_time told;             /* when they were told to end */
    int64_t patience;         /* the shutdown, in ms, that runs out next; -1: none */
} dynamic_supervisor;

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

static mb_callback_state stop(mb_outcome *out, mb_term reason) {
    out->type = MB_OUTCOME_STOP;
    out->reason = reason;
    return MB_CALLBACK_DONE;
}

/* Nothing to be done where there is no memory but to end; the links take the children along. */
static mb_callback_state out_of_memory(mb_outcome *out) {
    *out = (mb_outcome){.type = MB_OUTCOME_CRASH, .reason = MB_SYSTEM_LIMIT, .is_exit = true};
    return MB_CALLBACK_DONE;
}

/* Reports show no id: "Child :undefined of Supervisor …". */
static void report(mb_process *p, mb_supervisor_event event, mb_term reason,
                   const mb_child_record *child, mb_pid pid) {
    if (!mb_sasl_reports(p->rt))
        return;
    const mb_offender offender = {
        .id = mb_atom("undefined"),
        .pid = pid,
        .start = child->spec.start,
        .restart = mb_restart_type_term((mb_restart_type)child->spec.restart),
        .shutdown = mb_shutdown_term(child->spec.shutdown),
        .is_supervisor = child->spec.is_supervisor,
    };
    mb_report_supervisor(p, event, reason, &offender);
}

static void forget(mb_process *p, dynamic_supervisor *s, mb_child_record *child) {
    mb_children_remove(&s->children, p->rt, child);
}

/* ---- starting -------------------------------------------------------------------------------*/

/* { module, function, extra arguments and its own }; whatever else starts a child as it is. Owned;
 * nil: no memory. */
static mb_term start_with_extra(mb_process *p, const dynamic_supervisor *s, mb_term start) {
    mb_term extra = s->extra_arguments, own = mb_element(start, 2), term;
    size_t extra_count = mb_array_size(extra), own_count = mb_array_size(own);
    if (extra_count == 0 || !mb_is_tuple(start, 3))
        return mb_retain(start);
    mb_builder *b = mb_build(p->rt);
    size_t at = mb_build_table(b, MB_BUILD_ROOT, mb_nil(), 3, 0);
    mb_build_term(b, at, mb_element(start, 0));
    mb_build_term(b, at + sizeof(mb_term), mb_element(start, 1));
    size_t cell = mb_build_table(b, at + 2 * sizeof(mb_term), mb_nil(), extra_count + own_count, 0);
    for (size_t i = 0; i < extra_count + own_count; i++, cell += sizeof(mb_term))
        mb_build_term(b, cell,
                      i < extra_count ? mb_element(extra, i) : mb_element(own, i - extra_count));
    return mb_build_finish(b, &term) ? term : mb_nil();
}

static bool is_ok_pid(mb_term answer) {
    size_t count = mb_array_size(answer);
    return (count == 2 || count == 3) && mb_is_tuple(answer, count) &&
           mb_is(mb_element(answer, 0), "ok") && mb_element(answer, 1).type == MB_PID;
}

/* What a start function answered, as DynamicSupervisor.start_child/3 has it: { "ok", pid },
 * { "ok", pid, info }, "ignore" or { "error", reason }; owned. The outcome is used up. */
static mb_term read_answer(mb_process *p, mb_outcome *answer) {
    mb_term value = answer->reply;
    if (answer->type != MB_OUTCOME_REPLY) {
        mb_release(p->rt, answer->reply);
        return mb_tagged(p->rt, "error", answer->reason);
    }
    bool error = mb_is_tuple(value, 2) && mb_is(mb_element(value, 0), "error");
    return error || is_ok_pid(value) || mb_is(value, "ignore") ? value
                                                               : mb_tagged(p->rt, "error", value);
}

/* Of a temporary child no arguments are kept: it is not started again. */
static void drop_arguments(mb_process *p, mb_child_spec *spec) {
    mb_term parts[] = {mb_element(spec->start, 0), mb_element(spec->start, 1),
                       mb_atom("undefined")};
    mb_term start;
    if (spec->restart != MB_TEMPORARY || !mb_is_tuple(spec->start, 3) ||
        !mb_tuple(p->rt, &start, 3, parts))
        return;
    mb_release(p->rt, spec->start);
    spec->start = start;
}

static mb_callback_state child_started(mb_process *p, dynamic_supervisor *s, mb_term answer,
                                       mb_outcome *out) {
    s->job = JOB_NONE;
    if (!is_ok_pid(answer)) {
        mb_child_spec_release(&s->fresh, p->rt);
        return reply(out, answer);
    }
    mb_pid pid = mb_element(answer, 1).id;
    drop_arguments(p, &s->fresh);
    mb_child_record *child = mb_children_add(&s->children, p->rt, &s->fresh);
    if (!child) {
        mb_release(p->rt, answer);
        return out_of_memory(out);
    }
    mb_children_set_pid(&s->children, child, pid);
    child->started = true;
    report(p, MB_CHILD_STARTED, mb_nil(), child, pid);
    return reply(out, answer);
}

static bool try_again(mb_process *p, mb_pid pid) {
    mb_term message = mb_tagged(p->rt, "$gen_restart", mb_pid_term(pid));
    return message.type == MB_TABLE && mb_send(p->rt, p, p->pid, message);
}

static mb_callback_state child_restarted(mb_process *p, dynamic_supervisor *s, mb_term answer,
                                         mb_outcome *out) {
    mb_child_record *child = s->subject;
    s->job = JOB_NONE;
    if (is_ok_pid(answer)) {
        mb_children_move_last(&s->children, child);
        mb_children_set_pid(&s->children, child, mb_element(answer, 1).id);
        child->restarting = false;
        child->restarts++;
        report(p, MB_CHILD_STARTED, mb_nil(), child, child->pid);
        mb_event_record(p->rt, MB_EVENT_RESTART, p->pid, child->pid,
                        mb_element(child->spec.start, 0));
    } else if (mb_is(answer, "ignore")) {
        forget(p, s, child);
    } else {
        report(p, MB_START_ERROR, mb_element(answer, 1), child, 0);
        child->restarting = true;
        if (!try_again(p, child->pid)) {
            mb_release(p->rt, answer);
            return out_of_memory(out);
        }
    }
    mb_release(p->rt, answer);
    return no_reply(out);
}

static mb_callback_state started(mb_process *p, dynamic_supervisor *s, mb_callback_state state,
                                 mb_outcome *answer, mb_outcome *out) {
    if (state != MB_CALLBACK_DONE)
        return state;
    mb_term term = read_answer(p, answer);
    return s->job == JOB_START_CHILD ? child_started(p, s, term, out)
                                     : child_restarted(p, s, term, out);
}

static mb_callback_state run_start(mb_process *p, dynamic_supervisor *s, mb_term start,
                                   mb_outcome *out) {
    mb_outcome answer = {.type = MB_OUTCOME_REPLY};
    mb_term complete = start_with_extra(p, s, start);
    if (complete.type == MB_NIL) {
        mb_child_spec_release(&s->fresh, p->rt);
        s->job = JOB_NONE;
        return out_of_memory(out);
    }
    mb_callback_state state = s->starter->start(p, s->starter_data, complete, &answer);
    mb_release(p->rt, complete);
    return started(p, s, state, &answer, out);
}

/* ---- stopping -------------------------------------------------------------------------------*/

/* Whether a child's end, once it was told to, needs no report (wait_child/4). */
static bool is_expected(const mb_child_spec *spec, mb_term reason) {
    if (spec->shutdown == MB_SHUTDOWN_BRUTAL_KILL)
        return mb_is(reason, "killed");
    return mb_is_quiet_exit(reason) && (spec->restart != MB_PERMANENT || !mb_is(reason, "normal"));
}

static void ended(mb_process *p, dynamic_supervisor *s, mb_child_record *child, mb_term reason) {
    if (!is_expected(&child->spec, reason))
        report(p, MB_SHUTDOWN_ERROR, reason, child, child->pid);
    forget(p, s, child);
}

/* The child that a message of that name and size tells the end of, when it is one to be stopped. */
static mb_child_record *told_of(const dynamic_supervisor *s, const mb_message *message,
                                const char *name, size_t size, size_t pid_at) {
    mb_term pid = mb_element(message->term, pid_at);
    if (message->kind != MB_MESSAGE || !mb_is_tuple(message->term, size) || pid.type != MB_PID ||
        !mb_is(mb_element(message->term, 0), name))
        return NULL;
    mb_child_record *child = mb_children_by_pid(&s->children, pid.id);
    return !child || child->restarting || (s->subject && child != s->subject) ? NULL : child;
}

/* Children that have ended already; their EXITs lie in the mailbox, in any number. */
static void take_exits(mb_process *p, dynamic_supervisor *s) {
    p->saved = NULL;
    for (mb_message *m; (m = mb_mailbox_saved(p));) {
        mb_child_record *child = told_of(s, m, "EXIT", 3, 1);
        if (!child) {
            mb_mailbox_refuse(p, m);
            continue;
        }
        mb_mailbox_pick(p, m);
        ended(p, s, child, mb_element(m->term, 2));
        mb_message_free(p->rt, m);
        if (s->subject) {
            s->subject = NULL;
            s->job = JOB_NONE;
            return;
        }
    }
}

/* Sets the clock to the shortest patience longer than the one that has just run out. */
static bool set_patience(mb_process *p, dynamic_supervisor *s) {
    int64_t next = -1;
    for (mb_child_record *c = s->children.first; c; c = c->next) {
        bool counts = !s->subject || c == s->subject;
        if (counts && c->spec.shutdown > s->patience && (next < 0 || c->spec.shutdown < next))
            next = c->spec.shutdown;
    }
    s->patience = next;
    mb_time end = next < 0 ? MB_INFINITY : mb_time_after(s->told, next * MB_MILLISECOND);
    return mb_set_deadline(p, end);
}

static bool tell(mb_process *p, mb_child_record *child) {
    bool brutal = child->spec.shutdown == MB_SHUTDOWN_BRUTAL_KILL;
    if (!mb_monitor(p, child->pid, mb_nil()))
        return false;
    mb_unlink(p, child->pid);
    return mb_exit_signal(p->rt, p, child->pid, mb_atom(brutal ? "kill" : "shutdown"));
}

/* Tells the subject, or all children, to end. */
static bool tell_all(mb_process *p, dynamic_supervisor *s) {
    s->dying = 0;
    s->told = mb_now(p->rt);
    s->patience = -1;
    for (mb_child_record *c = s->children.first, *next; c; c = next) {
        next = c->next;
        if (s->subject && c != s->subject)
            continue;
        if (c->restarting) {
            forget(p, s, c);
            continue;
        }
        if (!tell(p, c))
            return false;
        s->dying++;
    }
    return set_patience(p, s);
}

static bool kill_the_slow(mb_process *p, dynamic_supervisor *s) {
    for (mb_child_record *c = s->children.first; c; c = c->next)
        if ((!s->subject || c == s->subject) && c->spec.shutdown == s->patience &&
            !mb_exit_signal(p->rt, p, c->pid, mb_atom("kill")))
            return false;
    return set_patience(p, s);
}

static void take_downs(mb_process *p, dynamic_supervisor *s) {
    for (mb_message *m; s->dying > 0 && (m = mb_mailbox_saved(p));) {
        mb_child_record *child = told_of(s, m, "DOWN", 5, 3);
        if (!child) {
            mb_mailbox_refuse(p, m);
            continue;
        }
        mb_mailbox_pick(p, m);
        ended(p, s, child, mb_element(m->term, 4));
        mb_message_free(p->rt, m);
        s->dying--;
    }
}

static mb_callback_state go_on_stopping(mb_process *p, dynamic_supervisor *s, mb_outcome *out) {
    take_downs(p, s);
    if (s->dying > 0) {
        if (mb_deadline_expired(p) && !kill_the_slow(p, s))
            return out_of_memory(out);
        return MB_CALLBACK_SUSPENDED;
    }
    mb_set_deadline(p, MB_INFINITY);
    job done = (job)s->job;
    s->job = JOB_NONE;
    s->subject = NULL;
    return done == JOB_TERMINATE_CHILD ? reply(out, mb_atom("ok")) : no_reply(out);
}

static mb_callback_state begin_stopping(mb_process *p, dynamic_supervisor *s, job what,
                                        mb_child_record *subject, mb_outcome *out) {
    s->job = (uint8_t)what;
    s->subject = subject;
    take_exits(p, s);
    if (what == JOB_TERMINATE_CHILD && !s->subject)
        return reply(out, mb_atom("ok"));
    if (!tell_all(p, s))
        return out_of_memory(out);
    return go_on_stopping(p, s, out);
}

static mb_callback_state terminate(mb_process *p, void *data, mb_term reason, mb_outcome *out) {
    (void)reason;
    return begin_stopping(p, data, JOB_TERMINATE, NULL, out);
}

/* ---- init -----------------------------------------------------------------------------------*/

static mb_callback_state refuse(mb_process *p, mb_outcome *out, const char *tag, mb_term culprit) {
    mb_term error = mb_tagged(p->rt, tag, mb_retain(culprit));
    return stop(out, mb_tagged(p->rt, "supervisor_data", error));
}

static mb_callback_state set_up(mb_process *p, dynamic_supervisor *s, mb_term flags,
                                mb_outcome *out) {
    mb_supervisor_flags read;
    mb_term error, max = mb_get(flags, "max_children"), extra = mb_get(flags, "extra_arguments");
    s->job = JOB_NONE;
    if (!mb_supervisor_flags_read(p->rt, flags, &read, &error))
        return stop(out, mb_tagged(p->rt, "supervisor_data", error));
    if (read.strategy != MB_ONE_FOR_ONE)
        return refuse(p, out, "invalid_strategy", mb_get(flags, "strategy"));
    bool any = max.type == MB_NIL || mb_is(max, "infinity");
    if (!any && (max.type != MB_INTEGER || max.integer < 0)) {
        mb_term tag = mb_text_term(p->rt, "invalid_max_children");
        const mb_term parts[] = {tag, mb_retain(max)};
        return stop(out, mb_tagged(p->rt, "supervisor_data", mb_tuple_taking(p->rt, 2, parts)));
    }
    if (extra.type != MB_NIL && !mb_is_tuple(extra, mb_array_size(extra))) {
        mb_term tag = mb_text_term(p->rt, "invalid_extra_arguments");
        const mb_term parts[] = {tag, mb_retain(extra)};
        return stop(out, mb_tagged(p->rt, "supervisor_data", mb_tuple_taking(p->rt, 2, parts)));
    }
    s->intensity = read.intensity;
    s->period = read.period;
    s->max_children = any ? -1 : max.integer;
    s->extra_arguments = mb_retain(extra);
    out->type = MB_OUTCOME_OK;
    return MB_CALLBACK_DONE;
}

/* The starter's init has answered with the flags, or not. */
static mb_callback_state configured(mb_process *p, dynamic_supervisor *s, mb_callback_state state,
                                    mb_outcome *answer, mb_outcome *out) {
    if (state != MB_CALLBACK_DONE)
        return state;
    s->job = JOB_NONE;
    if (answer->type == MB_OUTCOME_BAD_RETURN)
        return stop(out, mb_tagged(p->rt, "bad_return", answer->reason));
    if (answer->type != MB_OUTCOME_REPLY) {
        *out = *answer;
        return MB_CALLBACK_DONE;
    }
    state = set_up(p, s, answer->reply, out);
    mb_release(p->rt, answer->reply);
    return state;
}

static mb_callback_state init(mb_process *p, void *data, mb_term argument, mb_outcome *out) {
    dynamic_supervisor *s = data;
    mb_outcome answer = {.type = MB_OUTCOME_REPLY};
    mb_set_trap_exit(p, true);
    if (!s->starter->init)
        return set_up(p, s, argument, out);
    s->job = JOB_INIT;
    return configured(p, s, s->starter->init(p, s->starter_data, argument, &answer), &answer, out);
}

static mb_callback_state resume(mb_process *p, void *data, mb_outcome *out) {
    dynamic_supervisor *s = data;
    mb_outcome answer = {.type = MB_OUTCOME_REPLY};
    if (s->job == JOB_TERMINATE_CHILD || s->job == JOB_TERMINATE)
        return go_on_stopping(p, s, out);
    mb_callback_state state = s->starter->resume(p, s->starter_data, &answer);
    return s->job == JOB_INIT ? configured(p, s, state, &answer, out)
                              : started(p, s, state, &answer, out);
}

/* ---- requests -------------------------------------------------------------------------------*/

/* { { "undefined", pid, type, modules }, … } */
static bool children_term(mb_process *p, const dynamic_supervisor *s, mb_term *out) {
    mb_builder *b = mb_build(p->rt);
    size_t at = mb_build_table(b, MB_BUILD_ROOT, mb_nil(), s->children.count, 0);
    for (const mb_child_record *c = s->children.first; c; c = c->next, at += sizeof(mb_term)) {
        const mb_term parts[] = {mb_atom("undefined"),
                                 c->restarting ? mb_atom("restarting") : mb_pid_term(c->pid),
                                 mb_atom(c->spec.is_supervisor ? "supervisor" : "worker"),
                                 c->spec.modules};
        size_t cell = mb_build_table(b, at, mb_nil(), 4, 0);
        for (size_t i = 0; i < 4; i++)
            mb_build_term(b, cell + i * sizeof(mb_term), parts[i]);
    }
    return mb_build_finish(b, out);
}

static mb_callback_state which_children(mb_process *p, const dynamic_supervisor *s,
                                        mb_outcome *out) {
    mb_term list;
    return reply(out, children_term(p, s, &list) ? list : MB_SYSTEM_LIMIT);
}

static mb_callback_state count_children(mb_process *p, const dynamic_supervisor *s,
                                        mb_outcome *out) {
    int64_t active = 0, supervisors = 0, specs = (int64_t)s->children.count;
    for (const mb_child_record *c = s->children.first; c; c = c->next) {
        active += !c->restarting;
        supervisors += c->spec.is_supervisor;
    }
    const mb_term pairs[] = {mb_atom("specs"), mb_integer(specs),
                             mb_atom("active"), mb_integer(active),
                             mb_atom("supervisors"), mb_integer(supervisors),
                             mb_atom("workers"), mb_integer(specs - supervisors)};
    mb_term map;
    return reply(out, mb_map(p->rt, &map, 4, pairs) ? map : MB_SYSTEM_LIMIT);
}

/* { "invalid_child_spec", spec } */
static mb_callback_state invalid_spec(mb_process *p, mb_term spec, mb_outcome *out) {
    const mb_term parts[] = {mb_text_term(p->rt, "invalid_child_spec"), mb_retain(spec)};
    return reply_error(p, out, mb_tuple_taking(p->rt, 2, parts));
}

static mb_callback_state start_child(mb_process *p, dynamic_supervisor *s, mb_term request,
                                     mb_outcome *out) {
    mb_term error;
    if (mb_get(request, "start").type == MB_NIL || mb_get(request, "id").type == MB_NIL)
        return invalid_spec(p, request, out);
    if (!mb_child_spec_read(p->rt, request, MB_NEVER, &s->fresh, &error))
        return reply_error(p, out, error);
    if (s->fresh.shutdown == 0) {
        mb_child_spec_release(&s->fresh, p->rt);
        return reply_error(p, out, mb_tagged(p->rt, "invalid_shutdown", mb_integer(0)));
    }
    if (s->max_children >= 0 && (int64_t)s->children.count >= s->max_children) {
        mb_child_spec_release(&s->fresh, p->rt);
        return reply_error(p, out, mb_atom("max_children"));
    }
    mb_release(p->rt, s->fresh.id);
    s->fresh.id = mb_integer(++s->last_id);
    s->job = JOB_START_CHILD;
    return run_start(p, s, s->fresh.start, out);
}

static mb_callback_state terminate_child(mb_process *p, dynamic_supervisor *s, mb_term pid,
                                         mb_outcome *out) {
    mb_child_record *child =
        pid.type == MB_PID ? mb_children_by_pid(&s->children, pid.id) : NULL;
    if (!child)
        return reply_error(p, out, mb_atom("not_found"));
    return begin_stopping(p, s, JOB_TERMINATE_CHILD, child, out);
}

/* What is no request ends the supervisor, as a clause that is missing does. */
static mb_callback_state function_clause(mb_process *p, mb_term request, mb_outcome *out) {
    const mb_term where[] = {mb_text_term(p->rt, "DynamicSupervisor"), mb_atom("handle_call"),
                             mb_retain(request)};
    mb_term reason = mb_tuple_taking(p->rt, 3, where);
    *out = (mb_outcome){.type = MB_OUTCOME_CRASH};
    out->reason = mb_tagged_two(p->rt, "function_clause", reason, mb_nil());
    return MB_CALLBACK_DONE;
}

static mb_callback_state handle_call(mb_process *p, void *data, mb_term request, mb_from from,
                                     mb_outcome *out) {
    dynamic_supervisor *s = data;
    mb_term name = mb_element(request, 0), detail = mb_element(request, 1);
    (void)from;
    if (mb_is(request, "which_children"))
        return which_children(p, s, out);
    if (mb_is(request, "count_children"))
        return count_children(p, s, out);
    if (mb_is_tuple(request, 2) && mb_is(name, "start_child"))
        return start_child(p, s, detail, out);
    if (mb_is_tuple(request, 2) && mb_is(name, "terminate_child"))
        return terminate_child(p, s, detail, out);
    return function_clause(p, request, out);
}

static mb_callback_state handle_cast(mb_process *p, void *data, mb_term request,
                                     mb_outcome *out) {
    (void)p;
    (void)data;
    (void)request;
    return no_reply(out);
}

/* ---- children that end ----------------------------------------------------------------------*/

static mb_callback_state give_up(mb_process *p, dynamic_supervisor *s, mb_child_record *child,
                                 mb_outcome *out) {
    mb_term reason = mb_text_term(p->rt, "reached_max_restart_intensity");
    report(p, MB_CAUSED_SHUTDOWN, reason, child, child->pid);
    mb_release(p->rt, reason);
    mb_term told, module = mb_element(child->spec.start, 0);
    mb_term parts[] = {module.type == MB_NIL ? mb_atom("undefined") : module,
                       mb_integer(s->intensity), mb_integer(s->period)};
    if (mb_tuple(p->rt, &told, 3, parts)) {
        p->cause = mb_event_record(p->rt, MB_EVENT_GIVE_UP, p->pid, child->pid, told);
        mb_release(p->rt, told);
    }
    forget(p, s, child);
    return stop(out, mb_atom("shutdown"));
}

static mb_callback_state restart(mb_process *p, dynamic_supervisor *s, mb_child_record *child,
                                 mb_outcome *out) {
    int64_t now = mb_now(p->rt) / (1000 * MB_MILLISECOND);
    switch (mb_restart_add(&s->history, p->rt, now, s->intensity, s->period)) {
    case MB_RESTART_TOO_OFTEN:
        return give_up(p, s, child, out);
    case MB_RESTART_NO_MEMORY:
        return out_of_memory(out);
    default:
        break;
    }
    s->job = JOB_RESTART;
    s->subject = child;
    return run_start(p, s, child->spec.start, out);
}

static mb_callback_state child_ended(mb_process *p, dynamic_supervisor *s, mb_child_record *child,
                                     mb_term reason, mb_outcome *out) {
    if (mb_is_quiet_exit(reason) && child->spec.restart != MB_PERMANENT) {
        forget(p, s, child);
        return no_reply(out);
    }
    report(p, MB_CHILD_TERMINATED, reason, child, child->pid);
    if (child->spec.restart == MB_TEMPORARY) {
        forget(p, s, child);
        return no_reply(out);
    }
    return restart(p, s, child, out);
}

static mb_callback_state handle_info(mb_process *p, void *data, mb_term message,
                                     mb_outcome *out) {
    dynamic_supervisor *s = data;
    mb_term name = mb_element(message, 0), pid = mb_element(message, 1);
    bool again = mb_is_tuple(message, 2) && mb_is(name, "$gen_restart");
    if (!again && !(mb_is_tuple(message, 3) && mb_is(name, "EXIT"))) {
        char text[512];
        mb_inspect_text(message, text, sizeof text);
        mb_log_format(p->rt, MB_ERROR, p->pid, "DynamicSupervisor received unexpected message: %s",
                      text);
        return no_reply(out);
    }
    mb_child_record *child =
        pid.type == MB_PID ? mb_children_by_pid(&s->children, pid.id) : NULL;
    if (!child || child->restarting != again)
        return no_reply(out);
    return again ? restart(p, s, child, out)
                 : child_ended(p, s, child, mb_element(message, 2), out);
}

/* ---- the class ------------------------------------------------------------------------------*/

/* For sys:get_state and crash reports: { strategy =, intensity =, period =, children = }. */
static bool state(mb_process *p, void *data, mb_term *out) {
    const dynamic_supervisor *s = data;
    mb_term children;
    if (!children_term(p, s, &children))
        return false;
    const mb_term pairs[] = {mb_atom("strategy"), mb_atom("one_for_one"),
                             mb_atom("intensity"), mb_integer(s->intensity),
                             mb_atom("period"), mb_integer(s->period),
                             mb_atom("children"), children};
    bool made = mb_map(p->rt, out, 4, pairs);
    mb_release(p->rt, children);
    return made;
}

static void destroy(mb_process *p, void *data) {
    dynamic_supervisor *s = data;
    if (s->starter && s->starter->destroy)
        s->starter->destroy(p, s->starter_data);
    if (s->starter_data)
        mb_allocate(p->rt, s->starter_data, s->starter->data_size, 0);
    mb_children_finish(&s->children, p->rt);
    mb_restart_finish(&s->history, p->rt);
    mb_child_spec_release(&s->fresh, p->rt);
    mb_release(p->rt, s->extra_arguments);
}

static mb_term module(mb_process *p, void *data) {
    (void)p;
    (void)data;
    return mb_atom("supervisor");
}

static const char *doing(mb_process *p, void *data) {
    const dynamic_supervisor *s = data;
    (void)p;
    return s->job >= JOB_TERMINATE_CHILD ? "DynamicSupervisor.terminate_children"
                                         : "DynamicSupervisor.start_child";
}

static const mb_gen_server_class DYNAMIC_SUPERVISOR = {
    .data_size = sizeof(dynamic_supervisor),
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

mb_process *mb_dynamic_supervisor_start(mb_runtime *rt, mb_process *starter,
                                        const mb_child_starter *child_starter, mb_term argument,
                                        const mb_gen_server_options *options) {
    void *starter_data;
    mb_process *p = mb_start_with_starter(rt, starter, &DYNAMIC_SUPERVISOR, child_starter, argument,
                                          options, &starter_data);
    if (!p)
        return NULL;
    dynamic_supervisor *s = mb_gen_server_data(p, &DYNAMIC_SUPERVISOR);
    s->starter = child_starter;
    s->starter_data = starter_data;
    return p;
}

const mb_children *mb_dynamic_children(mb_process *p) {
    dynamic_supervisor *s = mb_gen_server_data(p, &DYNAMIC_SUPERVISOR);
    return s ? &s->children : NULL;
}
