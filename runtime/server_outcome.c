/* What follows from a gen_server's callback: a reply, the next wait, the end (gen_server:init_it/6,
 * handle_common_reply/8, terminate/10). */
#include "gen_server.h"

#include "report.h"
#include "shown.h"
#include "tagged.h"

static void release_outcome(mb_runtime *rt, const mb_outcome *out) {
    mb_release(rt, out->reply);
    mb_release(rt, out->reason);
    mb_release(rt, out->argument);
}

/* The fourth element of a reply tuple, the third of a noreply. */
static void go_on(mb_process *p, mb_server *s, mb_turn *t, const mb_outcome *out) {
    s->timeout = out->next == MB_NEXT_TIMEOUT ? out->timeout : MB_INFINITY;
    s->hibernates = s->hibernates || out->next == MB_NEXT_HIBERNATE;
    t->callback = MB_CALLBACK_NONE;
    if (out->next != MB_NEXT_CONTINUE)
        return;
    mb_server_drop_message(p->rt, t);
    mb_term old = t->argument;
    t->argument = out->argument;
    mb_release(p->rt, old);
    t->timed_out = false;
    t->continued = true;
    t->callback = MB_CALLBACK_CONTINUE;
}

static void settle_handled(mb_process *p, mb_server *s, mb_turn *t, mb_outcome *out) {
    bool is_call = t->callback == MB_CALLBACK_CALL;
    switch (out->type) {
    case MB_OUTCOME_REPLY:
        if (!is_call)
            break;
        if (s->debug)
            mb_server_message_out(p, s, t->from, out->reply);
        mb_reply(p->rt, p, t->from.pid, t->from.ref, out->reply);
        go_on(p, s, t, out);
        return;
    case MB_OUTCOME_OK:
    case MB_OUTCOME_NOREPLY:
        if (s->debug && !s->class->is_state_machine)
            mb_server_no_reply(p, s);
        go_on(p, s, t, out);
        return;
    case MB_OUTCOME_STOP_REPLY:
        if (!is_call)
            break;
        t->reply = out->reply;
        t->owes_reply = true;
        mb_server_terminate(t, out->reason, false);
        return;
    case MB_OUTCOME_STOP:
        mb_server_terminate(t, out->reason, false);
        return;
    case MB_OUTCOME_CRASH:
        mb_server_terminate(t, out->reason, !out->is_exit);
        return;
    case MB_OUTCOME_BAD_RETURN:
        mb_server_terminate(t, mb_tagged(p->rt, "bad_return_value", out->reason), false);
        return;
    default:
        break;
    }
    /* An answer that only another callback may give. */
    release_outcome(p->rt, out);
    mb_server_terminate(t, mb_tagged(p->rt, "bad_return_value", mb_nil()), false);
}

void mb_server_end(mb_process *p, mb_turn *t, mb_term reason) {
    mb_set_exit_reason(p, reason);
    t->callback = MB_CALLBACK_ENDED;
}

/* The name must be free before the starter hears of the failure: it may try again at once
 * (gen_server:init_it/6). */
static void give_up_name(mb_process *p) {
    mb_term name = mb_retain(mb_registered_name(p));
    if (name.type != MB_NIL)
        mb_unregister(p->rt, name);
    mb_release(p->rt, name);
}

/* Both terms are taken; told, what the starter hears, is the reason when it is nil. */
static void fail_init_telling(mb_process *p, mb_turn *t, mb_term reason, mb_term told) {
    mb_term error = mb_tagged(p->rt, "error", told.type == MB_NIL ? mb_retain(reason) : told);
    give_up_name(p);
    if (error.type == MB_TABLE) /* else the starter learns it from the exit */
        mb_init_ack(p, error);
    mb_server_end(p, t, reason);
}

/* reason is taken. */
static void fail_init(mb_process *p, mb_turn *t, mb_term reason) {
    fail_init_telling(p, t, reason, mb_nil());
}

static void settle_init(mb_process *p, mb_server *s, mb_turn *t, mb_outcome *out) {
    mb_term ok;
    switch (out->type) {
    case MB_OUTCOME_OK:
    case MB_OUTCOME_NOREPLY:
        ok = mb_tagged(p->rt, "ok", mb_pid_term(p->pid));
        if (ok.type != MB_TABLE) {
            mb_release(p->rt, out->argument);
            fail_init(p, t, MB_SYSTEM_LIMIT);
            return;
        }
        mb_init_ack(p, ok);
        go_on(p, s, t, out);
        return;
    case MB_OUTCOME_IGNORE:
        give_up_name(p);
        mb_init_ack(p, mb_atom("ignore"));
        mb_server_end(p, t, mb_atom("normal"));
        return;
    case MB_OUTCOME_BAD_RETURN:
        fail_init(p, t, mb_tagged(p->rt, "bad_return_value", out->reason));
        return;
    default: /* stop, crash */
        fail_init_telling(p, t, out->reason, out->reply);
        return;
    }
}

/* gen:start/6. OTP starts no process at all when it finds the name taken; this one takes care that
 * nobody hears of it. */
void mb_server_name_taken(mb_process *p, mb_turn *t) {
    mb_term reason = mb_tagged(p->rt, "already_started", mb_pid_term(t->from.pid));
    mb_term error = reason.type == MB_TABLE ? mb_tagged(p->rt, "error", reason) : reason;
    if (t->from.pid == 0 || error.type != MB_TABLE) { /* no memory, also for the name */
        mb_release(p->rt, error);
        fail_init(p, t, MB_SYSTEM_LIMIT);
        return;
    }
    mb_unlink(p, p->parent);
    mb_init_ack(p, error);
    mb_server_end(p, t, mb_atom("normal"));
}

/* What a crash report shows as the last message; owned. */
static mb_term last_message(mb_process *p, const mb_turn *t) {
    mb_term term = mb_nil();
    if (t->continued)
        return mb_tagged(p->rt, "continue", mb_retain(t->argument));
    if (t->timed_out)
        return mb_atom("timeout");
    if (t->from.pid)
        return mb_retain(t->request);
    if (!t->message)
        (void)mb_tuple(p->rt, &term, 0, NULL); /* sys:terminate has none: [] */
    else if (!mb_message_term(p->rt, t->message, &term))
        return mb_retain(t->request);
    return term;
}

/* gen_server:error_info/8 */
static mb_shown show(mb_process *p, mb_server *s, const mb_turn *t, mb_term reason,
                     bool *has_state) {
    mb_runtime *rt = p->rt;
    mb_term map = mb_nil();
    mb_term pairs[] = {mb_atom("log"),     mb_sys_log(p, s),
                       mb_atom("message"), last_message(p, t),
                       mb_atom("reason"),  mb_retain(mb_bare_reason(reason)),
                       mb_atom("state"),   mb_nil()};
    *has_state = mb_server_state(p, s, &pairs[7]);
    if (!mb_map(rt, &map, 4, pairs))
        map = mb_nil();
    for (size_t i = 1; i < sizeof pairs / sizeof *pairs; i += 2)
        mb_release(rt, pairs[i]);
    return mb_show(p, s->class->format_status, s->specific, map);
}

static void report(mb_process *p, mb_server *s, const mb_turn *t, mb_term reason) {
    if (!mb_logs(p->rt, MB_ERROR))
        return;
    if (s->class->report) {
        s->class->report(p, s->specific, &(mb_crash){.reason = reason});
        return;
    }
    mb_crash crash = {.client = t->from.pid};
    mb_shown shown = show(p, s, t, reason, &crash.has_state);
    mb_term own = mb_get(shown.map, "$status");
    crash.reason = mb_shown_reason(p, &shown, reason);
    crash.message = mb_get(shown.map, "message");
    crash.state = shown.failure.type != MB_NIL ? shown.failure
                  : own.type != MB_NIL         ? own
                                               : mb_get(shown.map, "state");
    mb_report_gen_server(p, &crash);
    mb_release(p->rt, crash.reason);
    mb_shown_free(p->rt, &shown);
}

/* gen_server:terminate/10 */
static void settle_terminate(mb_process *p, mb_server *s, mb_turn *t, mb_outcome *out) {
    bool crashed = out->type == MB_OUTCOME_CRASH;
    if (crashed) {
        mb_release(p->rt, t->reason);
        t->reason = out->reason;
    } else {
        release_outcome(p->rt, out);
    }
    if (crashed || t->raised || !mb_is_quiet_exit(t->reason))
        report(p, s, t, t->reason);
    else if (s->class->quiet_end)
        s->class->quiet_end(p, s->specific, t->reason);
    if (t->owes_reply) {
        mb_reply(p->rt, p, t->from.pid, t->from.ref, t->reply);
        t->reply = mb_nil();
    }
    mb_term reason = t->reason;
    t->reason = mb_nil();
    mb_server_end(p, t, reason);
}

void mb_server_settle(mb_process *p, mb_server *s, mb_turn *t, mb_outcome *out) {
    switch ((mb_callback)t->callback) {
    case MB_CALLBACK_INIT:
        settle_init(p, s, t, out);
        break;
    case MB_CALLBACK_TERMINATE:
        settle_terminate(p, s, t, out);
        break;
    case MB_CALLBACK_REPLACE_STATE:
    case MB_CALLBACK_CHANGE_CODE:
        mb_sys_settle(p, s, t, out);
        break;
    default:
        settle_handled(p, s, t, out);
        break;
    }
}
