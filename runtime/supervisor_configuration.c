/* What a supervisor is configured with: the specifications and flags that its starter's init makes,
 * at the start and again when its code has changed. */
#include "child_starter.h"
#include "process.h"
#include "supervisor.h"

/* Fills the list. False: *error (owned) says why not (supervisor:check_startspec/2). */
static bool read_specs(mb_runtime *rt, mb_children *children, mb_term specs,
                       mb_auto_shutdown auto_shutdown, mb_term *error) {
    for (size_t i = 0; i < mb_array_size(specs); i++) {
        mb_child_spec spec;
        if (!mb_child_spec_read(rt, mb_element(specs, i), auto_shutdown, &spec, error))
            return false;
        if (mb_children_by_id(children, spec.id)) {
            *error = mb_tagged(rt, "duplicate_child_name", mb_retain(spec.id));
            mb_child_spec_release(&spec, rt);
            return false;
        }
        if (!mb_children_add(children, rt, &spec)) {
            *error = MB_SYSTEM_LIMIT;
            return false;
        }
    }
    return true;
}

/* A configuration { specs, flags } as it was read. */
typedef struct configuration {
    mb_supervisor_flags flags;
    mb_children children; /* owned */
} configuration;

/* NULL, or the part of it that is wrong, as OTP calls it, and *error (owned): what about it. */
static const char *read_configuration(mb_runtime *rt, mb_term term, configuration *c,
                                      mb_term *error) {
    mb_term specs = mb_element(term, 0);
    *c = (configuration){0};
    if (!mb_is_tuple(term, 2)) {
        const mb_term where[] = {mb_atom("supervisor"), mb_atom("init"), mb_retain(term)};
        *error = mb_tuple_taking(rt, 3, where);
        return "bad_return";
    }
    if (!mb_supervisor_flags_read(rt, mb_element(term, 1), &c->flags, error))
        return "supervisor_data";
    if (specs.type != MB_TABLE || specs.table->pair_count > 0) {
        *error = mb_tagged(rt, "invalid_child_spec", mb_retain(specs));
        return "start_spec";
    }
    if (read_specs(rt, &c->children, specs, (mb_auto_shutdown)c->flags.auto_shutdown, error))
        return NULL;
    mb_children_finish(&c->children, rt);
    return "start_spec";
}

static mb_callback_state set_up(mb_process *p, mb_supervisor *s, mb_term term, mb_outcome *out) {
    configuration c;
    mb_term error;
    const char *wrong = read_configuration(p->rt, term, &c, &error);
    if (wrong)
        return mb_out_stop(out, mb_tagged(p->rt, wrong, error));
    s->flags = c.flags;
    s->children = c.children;
    s->job = JOB_INIT;
    mb_supervisor_begin_starting(s, s->children.first, true);
    return mb_supervisor_advance(p, s, out);
}

/* ---- code change ----------------------------------------------------------------------------*/

/* A child of that id goes on as it is, and is started as the new specification says next time. */
static void carry_over(mb_children *children, mb_child_record *to, const mb_child_record *from) {
    mb_children_set_pid(children, to, from->pid);
    to->restarts = from->restarts;
    to->started = from->started;
    to->restarting = from->restarting;
}

/* The new children in their order, then those of the old that the new don't mention
 * (supervisor:update_childspec/2). False: no memory; the old ones are as they were. */
static bool merge(mb_runtime *rt, const mb_children *old, mb_children *new) {
    for (const mb_child_record *c = old->first; c; c = c->next) {
        mb_child_record *record = mb_children_by_id(new, c->spec.id);
        mb_child_spec spec = c->spec;
        if (!record) {
            mb_retain(spec.id);
            mb_retain(spec.start);
            mb_retain(spec.modules);
            record = mb_children_add(new, rt, &spec);
        }
        if (!record)
            return false;
        carry_over(new, record, c);
    }
    return true;
}

static mb_callback_state not_changed(mb_process *p, mb_outcome *out, mb_term error) {
    out->type = MB_OUTCOME_BAD_RETURN;
    out->reason = mb_tagged(p->rt, "error", error);
    return MB_CALLBACK_DONE;
}

/* supervisor:code_change/3 */
static mb_callback_state change(mb_process *p, mb_supervisor *s, mb_term term, mb_outcome *out) {
    configuration c;
    mb_term error;
    if (read_configuration(p->rt, term, &c, &error))
        return not_changed(p, out, error);
    if (!merge(p->rt, &s->children, &c.children)) {
        mb_children_finish(&c.children, p->rt);
        return not_changed(p, out, MB_SYSTEM_LIMIT);
    }
    mb_children_finish(&s->children, p->rt);
    s->children = c.children;
    s->flags = c.flags;
    return mb_out_reply(out, mb_nil());
}

/* ---- the starter's init ---------------------------------------------------------------------*/

/* It has answered with something else than a configuration. */
static mb_callback_state without(mb_process *p, const mb_supervisor *s, const mb_outcome *answer,
                                 mb_outcome *out) {
    if (s->job == JOB_CHANGE_CODE)
        return mb_init_refused_change(p, answer, out);
    *out = *answer;
    if (answer->type == MB_OUTCOME_BAD_RETURN)
        return mb_out_stop(out, mb_tagged(p->rt, "bad_return", answer->reason));
    return MB_CALLBACK_DONE;
}

mb_callback_state mb_supervisor_configure(mb_process *p, mb_supervisor *s, mb_outcome *out) {
    mb_outcome answer = {.type = MB_OUTCOME_REPLY};
    mb_callback_state state = MB_CALLBACK_DONE;
    if (s->start_entered)
        state = s->starter->resume(p, s->starter_data, &answer);
    else if (s->starter->init)
        state = s->starter->init(p, s->starter_data, s->argument, &answer);
    else
        answer.reply = mb_retain(s->argument);
    s->start_entered = state != MB_CALLBACK_DONE;
    if (s->start_entered)
        return state;
    s->activity = FINISHED;
    if (answer.type != MB_OUTCOME_REPLY)
        return without(p, s, &answer, out);
    state = s->job == JOB_CHANGE_CODE ? change(p, s, answer.reply, out)
                                      : set_up(p, s, answer.reply, out);
    mb_release(p->rt, answer.reply);
    return state;
}
