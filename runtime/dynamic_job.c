/* A dynamic supervisor's jobs: starting children and stopping them, which takes its time. */
#include "child_starter.h"
#include "children_shown.h"
#include "dynamic_supervisor.h"
#include "events.h"
#include "mailbox.h"
#include "timers.h"

void mb_dynamic_forget(mb_process *p, mb_dynamic *s, mb_child_record *child) {
    mb_children_remove(&s->children, p->rt, child);
}

/* ---- starting -------------------------------------------------------------------------------*/

/* { module, function, extra arguments and its own }; whatever else starts a child as it is. Owned;
 * nil: no memory. */
static mb_term start_with_extra(mb_process *p, const mb_dynamic *s, mb_term start) {
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

static mb_callback_state child_started(mb_process *p, mb_dynamic *s, mb_term answer,
                                       mb_outcome *out) {
    s->job = DYNAMIC_IDLE;
    if (!is_ok_pid(answer)) {
        mb_child_spec_release(&s->fresh, p->rt);
        return mb_out_reply(out, answer);
    }
    mb_pid pid = mb_element(answer, 1).id;
    drop_arguments(p, &s->fresh);
    mb_child_record *child = mb_children_add(&s->children, p->rt, &s->fresh);
    if (!child) {
        mb_release(p->rt, answer);
        return mb_out_of_memory(out);
    }
    mb_children_set_pid(&s->children, child, pid);
    child->started = true;
    mb_child_report(p, &s->children, MB_CHILD_STARTED, mb_nil(), child, pid);
    return mb_out_reply(out, answer);
}

static bool try_again(mb_process *p, mb_pid pid) {
    mb_term message = mb_tagged(p->rt, "$gen_restart", mb_pid_term(pid));
    return message.type == MB_TABLE && mb_send(p->rt, p, p->pid, message);
}

static mb_callback_state child_restarted(mb_process *p, mb_dynamic *s, mb_term answer,
                                         mb_outcome *out) {
    mb_child_record *child = s->subject;
    s->job = DYNAMIC_IDLE;
    if (is_ok_pid(answer)) {
        mb_children_move_last(&s->children, child);
        mb_children_set_pid(&s->children, child, mb_element(answer, 1).id);
        child->restarting = false;
        child->restarts++;
        mb_child_report(p, &s->children, MB_CHILD_STARTED, mb_nil(), child, child->pid);
        mb_event_record(p->rt, MB_EVENT_RESTART, p->pid, child->pid,
                        mb_element(child->spec.start, 0));
    } else if (mb_is(answer, "ignore")) {
        mb_dynamic_forget(p, s, child);
    } else {
        mb_child_report(p, &s->children, MB_START_ERROR, mb_element(answer, 1), child, 0);
        child->restarting = true;
        if (!try_again(p, child->pid)) {
            mb_release(p->rt, answer);
            return mb_out_of_memory(out);
        }
    }
    mb_release(p->rt, answer);
    return mb_out_noreply(out);
}

mb_callback_state mb_dynamic_started(mb_process *p, mb_dynamic *s, mb_callback_state state,
                                 mb_outcome *answer, mb_outcome *out) {
    if (state != MB_CALLBACK_DONE)
        return state;
    mb_term term = read_answer(p, answer);
    return s->job == DYNAMIC_START_CHILD ? child_started(p, s, term, out)
                                     : child_restarted(p, s, term, out);
}

mb_callback_state mb_dynamic_run_start(mb_process *p, mb_dynamic *s, mb_term start,
                                   mb_outcome *out) {
    mb_outcome answer = {.type = MB_OUTCOME_REPLY};
    mb_term complete = start_with_extra(p, s, start);
    if (complete.type == MB_NIL) {
        mb_child_spec_release(&s->fresh, p->rt);
        s->job = DYNAMIC_IDLE;
        return mb_out_of_memory(out);
    }
    mb_callback_state state = s->starter->start(p, s->starter_data, complete, &answer);
    mb_release(p->rt, complete);
    return mb_dynamic_started(p, s, state, &answer, out);
}

/* ---- stopping -------------------------------------------------------------------------------*/

/* Whether a child's end, once it was told to, needs no report (wait_child/4). */
static bool is_expected(const mb_child_spec *spec, mb_term reason) {
    if (spec->shutdown == MB_SHUTDOWN_BRUTAL_KILL)
        return mb_is(reason, "killed");
    return mb_is_quiet_exit(reason) && (spec->restart != MB_PERMANENT || !mb_is(reason, "normal"));
}

static void ended(mb_process *p, mb_dynamic *s, mb_child_record *child, mb_term reason) {
    if (!is_expected(&child->spec, reason))
        mb_child_report(p, &s->children, MB_SHUTDOWN_ERROR, reason, child, child->pid);
    mb_dynamic_forget(p, s, child);
}

/* The child that a message of that name and size tells the end of, when it is one to be stopped. */
static mb_child_record *told_of(const mb_dynamic *s, const mb_message *message,
                                const char *name, size_t size, size_t pid_at) {
    mb_term pid = mb_element(message->term, pid_at);
    if (message->kind != MB_MESSAGE || !mb_is_tuple(message->term, size) || pid.type != MB_PID ||
        !mb_is(mb_element(message->term, 0), name))
        return NULL;
    mb_child_record *child = mb_children_by_pid(&s->children, pid.id);
    return !child || child->restarting || (s->subject && child != s->subject) ? NULL : child;
}

/* Children that have ended already; their EXITs lie in the mailbox, in any number. */
static void take_exits(mb_process *p, mb_dynamic *s) {
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
            s->job = DYNAMIC_IDLE;
            return;
        }
    }
}

/* Sets the clock to the shortest patience longer than the one that has just run out. */
static bool set_patience(mb_process *p, mb_dynamic *s) {
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
static bool tell_all(mb_process *p, mb_dynamic *s) {
    s->dying = 0;
    s->told = mb_now(p->rt);
    s->patience = -1;
    for (mb_child_record *c = s->children.first, *next; c; c = next) {
        next = c->next;
        if (s->subject && c != s->subject)
            continue;
        if (c->restarting) {
            mb_dynamic_forget(p, s, c);
            continue;
        }
        if (!tell(p, c))
            return false;
        s->dying++;
    }
    return set_patience(p, s);
}

static bool kill_the_slow(mb_process *p, mb_dynamic *s) {
    for (mb_child_record *c = s->children.first; c; c = c->next)
        if ((!s->subject || c == s->subject) && c->spec.shutdown == s->patience &&
            !mb_exit_signal(p->rt, p, c->pid, mb_atom("kill")))
            return false;
    return set_patience(p, s);
}

static void take_downs(mb_process *p, mb_dynamic *s) {
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

mb_callback_state mb_dynamic_go_on_stopping(mb_process *p, mb_dynamic *s, mb_outcome *out) {
    take_downs(p, s);
    if (s->dying > 0) {
        if (mb_deadline_expired(p) && !kill_the_slow(p, s))
            return mb_out_of_memory(out);
        return MB_CALLBACK_SUSPENDED;
    }
    mb_set_deadline(p, MB_INFINITY);
    mb_dynamic_job done = (mb_dynamic_job)s->job;
    s->job = DYNAMIC_IDLE;
    s->subject = NULL;
    return done == DYNAMIC_TERMINATE_CHILD ? mb_out_reply(out, mb_atom("ok")) : mb_out_noreply(out);
}

mb_callback_state mb_dynamic_begin_stopping(mb_process *p, mb_dynamic *s, mb_dynamic_job what,
                                        mb_child_record *subject, mb_outcome *out) {
    s->job = (uint8_t)what;
    s->subject = subject;
    take_exits(p, s);
    if (what == DYNAMIC_TERMINATE_CHILD && !s->subject)
        return mb_out_reply(out, mb_atom("ok"));
    if (!tell_all(p, s))
        return mb_out_of_memory(out);
    return mb_dynamic_go_on_stopping(p, s, out);
}
