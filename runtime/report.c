#include "report.h"

#include "reason.h"
#include "text.h"

static void add_name(mb_text *text, mb_term name) { mb_write_name(name, mb_text_write, text); }

static void add_exit(mb_text *text, mb_term reason) { mb_write_exit(reason, mb_text_write, text); }

/* The registered name, or the pid. */
static void add_process(mb_text *text, mb_runtime *rt, mb_pid pid) {
    mb_process *p = mb_lookup(rt, pid);
    mb_term name = p ? mb_registered_name(p) : mb_nil();
    add_name(text, name.type == MB_NIL ? mb_pid_term(pid) : name);
}

static void log_text(mb_runtime *rt, mb_level level, mb_process *p, mb_text *text) {
    mb_log(rt, level, mb_self(p), text->bytes, text->size);
    mb_text_end(text);
}

/* ---- gen_server -----------------------------------------------------------------------------*/

/* Where nil is what a function gives that returns nothing, it is most likely an oversight. */
static bool returned_nothing(mb_term reason) {
    return mb_is_tuple(reason, 2) && mb_is(mb_element(reason, 0), "bad_return_value") &&
           mb_element(reason, 1).type == MB_NIL;
}

static void add_stop_reason(mb_text *text, mb_term reason) {
    mb_text_add(text, "\n");
    if (mb_is_error_reason(reason)) {
        mb_write_error(reason, MB_RAISED_STOP, 0, mb_text_write, text);
    } else {
        mb_text_add(text, "** (stop) ");
        add_exit(text, reason);
        if (returned_nothing(reason))
            mb_text_add(text, " (a callback returned nothing: is its `return` missing?)");
    }
}

static void add_client(mb_text *text, const mb_process *p, mb_pid client) {
    mb_runtime *rt = mb_runtime_of(p);
    mb_text_add(text, "\nClient ");
    add_process(text, rt, client);
    if (mb_node_of_pid(rt, client) != mb_node_of(p)) {
        mb_text_add(text, " is remote on node ");
        mb_text_inspect(text, mb_node_name(mb_node_of_pid(rt, client)));
        return;
    }
    mb_text_add(text, mb_lookup(rt, client) ? " is alive" : " is dead");
}

void mb_report_gen_server(mb_process *p, const mb_crash *crash) {
    mb_runtime *rt = mb_runtime_of(p);
    mb_text text;
    mb_text_begin(&text, rt);
    mb_text_add(&text, "GenServer ");
    add_name(&text, mb_title(p));
    mb_text_add(&text, " terminating");
    add_stop_reason(&text, crash->reason);
    mb_text_add(&text, "\nLast message");
    if (crash->client) {
        mb_text_add(&text, " (from ");
        add_process(&text, rt, crash->client);
        mb_text_add(&text, ")");
    }
    mb_text_add(&text, ": ");
    mb_text_inspect(&text, crash->message);
    if (crash->has_state) {
        mb_text_add(&text, "\nState: ");
        mb_text_inspect(&text, crash->state);
    }
    if (crash->client)
        add_client(&text, p, crash->client);
    log_text(rt, MB_ERROR, p, &text);
}

/* ---- gen_statem -----------------------------------------------------------------------------*/

static void add_term(mb_text *text, const char *label, mb_term term) {
    mb_text_add(text, label);
    mb_text_inspect(text, term);
}

/* What format_status gave instead of a list is shown too. */
static void add_some(mb_text *text, const char *label, mb_term list) {
    if (list.type != MB_NIL && !mb_is_tuple(list, 0))
        add_term(text, label, list);
}

void mb_report_gen_statem(mb_process *p, const mb_machine_crash *crash) {
    mb_runtime *rt = mb_runtime_of(p);
    mb_text text;
    mb_text_begin(&text, rt);
    mb_text_add(&text, "GenStateMachine ");
    add_name(&text, mb_title(p));
    mb_text_add(&text, " terminating");
    add_stop_reason(&text, crash->reason);
    if (crash->has_event)
        add_term(&text, "\nLast event: ", crash->event);
    add_some(&text, "\nQueued events: ", crash->queued);
    add_some(&text, "\nPostponed events: ", crash->postponed);
    add_some(&text, "\nTime-outs: ", crash->timeouts);
    add_some(&text, "\nLog: ", crash->log);
    mb_text_add(&text, "\nCallback mode: ");
    mb_text_add(&text, crash->by_state ? "state_functions" : "handle_event_function");
    mb_text_add(&text, crash->state_enter ? ", state_enter" : "");
    if (crash->has_state)
        add_term(&text, "\nState: ", crash->state);
    log_text(rt, MB_ERROR, p, &text);
}

void mb_report_unexpected_message(mb_process *p, mb_term module, mb_term message) {
    mb_runtime *rt = mb_runtime_of(p);
    mb_text text;
    if (!mb_logs(rt, MB_ERROR))
        return;
    mb_text_begin(&text, rt);
    if (module.type != MB_NIL) {
        add_name(&text, module);
        mb_text_add(&text, " ");
    }
    add_process(&text, rt, mb_self(p));
    mb_text_add(&text, " received unexpected message in handle_info/2: ");
    mb_text_inspect(&text, message);
    log_text(rt, MB_ERROR, p, &text);
}

/* ---- processes that are no behaviours -------------------------------------------------------*/

void mb_report_process_error(mb_process *p, mb_term reason) {
    if (!mb_is_error_reason(reason) || !mb_logs(mb_runtime_of(p), MB_ERROR))
        return;
    mb_runtime *rt = mb_runtime_of(p);
    mb_text text;
    mb_text_begin(&text, rt);
    mb_text_add(&text, "Process ");
    mb_text_inspect(&text, mb_pid_term(mb_self(p)));
    mb_text_add(&text, " raised an exception\n");
    mb_write_error(reason, MB_RAISED_ERLANG_ERROR, 0, mb_text_write, &text);
    mb_log_about(rt, MB_ERROR, mb_self(p), text.bytes, text.size);
    mb_text_end(&text);
}

/* ---- tasks ----------------------------------------------------------------------------------*/

void mb_report_task(mb_process *p, mb_term reason, mb_term starter, mb_term function,
                    mb_term arguments) {
    mb_runtime *rt = mb_runtime_of(p);
    mb_text text;
    if (mb_is_quiet_exit(reason) || !mb_logs(rt, MB_ERROR))
        return;
    mb_text_begin(&text, rt);
    mb_text_add(&text, "Task ");
    add_name(&text, mb_pid_term(mb_self(p)));
    mb_text_add(&text, " started from ");
    add_name(&text, starter);
    mb_text_add(&text, " terminating");
    add_stop_reason(&text, reason);
    mb_text_add(&text, "\nFunction: ");
    mb_text_inspect(&text, function);
    mb_text_add(&text, "\n    Args: ");
    mb_text_inspect(&text, arguments);
    log_text(rt, MB_ERROR, p, &text);
}

/* ---- supervisors ----------------------------------------------------------------------------*/

/* A supervisor without a name shows with its module: #PID<0.84.0> (MyApp.Supervisor). */
static void add_supervisor(mb_text *text, mb_process *supervisor) {
    mb_process_info info;
    mb_info(supervisor, &info);
    add_process(text, mb_runtime_of(supervisor), mb_self(supervisor));
    if (mb_registered_name(supervisor).type == MB_NIL && info.initial_call.type == MB_STRING) {
        bool plain = mb_is(info.initial_call, "Supervisor") ||
                     mb_is(info.initial_call, "DynamicSupervisor");
        mb_text_add(text, " (");
        add_name(text, info.initial_call);
        mb_text_add(text, plain ? ".Default)" : ")");
    }
}

/* { module, function, { argument, … } } as a call; whatever else starts a child as it prints. */
static void add_start(mb_text *text, mb_term start) {
    mb_term arguments = mb_element(start, 2);
    mb_text_add(text, "\nStart Call: ");
    bool dropped = mb_is(arguments, "undefined"); /* of temporary children that came on demand */
    if (!mb_is_tuple(start, 3) || mb_element(start, 1).type != MB_STRING ||
        (arguments.type != MB_TABLE && !dropped)) {
        mb_text_inspect(text, start);
        return;
    }
    add_name(text, mb_element(start, 0));
    mb_text_add(text, ".");
    add_name(text, mb_element(start, 1));
    if (dropped) {
        mb_text_add(text, "/?");
        return;
    }
    mb_text_add(text, "(");
    for (size_t i = 0; i < mb_array_size(arguments); i++) {
        mb_text_add(text, i > 0 ? ", " : "");
        mb_text_inspect(text, mb_element(arguments, i));
    }
    mb_text_add(text, ")");
}

static void add_offender(mb_text *text, mb_supervisor_event event, const mb_offender *child) {
    if (child->pid && event != MB_CAUSED_SHUTDOWN) {
        mb_text_add(text, "\nPid: ");
        mb_text_inspect(text, mb_pid_term(child->pid));
    }
    add_start(text, child->start);
    mb_text_add(text, "\nRestart: ");
    mb_text_inspect(text, child->restart);
    mb_text_add(text, child->significant ? "\nSignificant: true" : "");
    mb_text_add(text, "\nShutdown: ");
    mb_text_inspect(text, child->shutdown);
    mb_text_add(text, "\nType: ");
    mb_text_inspect(text, mb_atom(child->is_supervisor ? "supervisor" : "worker"));
}

void mb_report_supervisor(mb_process *supervisor, mb_supervisor_event event, mb_term reason,
                          const mb_offender *child) {
    static const char *const words[] = {" started", " terminated", " failed to start",
                                        " caused shutdown", " shut down abnormally"};
    mb_runtime *rt = mb_runtime_of(supervisor);
    mb_text text;
    if (!mb_sasl_reports(rt) || !mb_logs(rt, MB_ERROR))
        return;
    mb_text_begin(&text, rt);
    mb_text_add(&text, "Child ");
    add_name(&text, child->id);
    mb_text_add(&text, " of Supervisor ");
    add_supervisor(&text, supervisor);
    mb_text_add(&text, words[event]);
    if (event != MB_CHILD_STARTED) {
        bool raised = event == MB_START_ERROR && mb_is_tuple(reason, 2) &&
                      mb_is(mb_element(reason, 0), "EXIT");
        mb_text_add(&text, "\n** (exit) ");
        add_exit(&text, raised ? mb_element(reason, 1) : reason);
    }
    add_offender(&text, event, child);
    log_text(rt, event == MB_CHILD_STARTED ? MB_INFO : MB_ERROR, supervisor, &text);
}
