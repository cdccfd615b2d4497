/* The actions of a state machine's callbacks (gen_statem:loop_actions_list/12). */
#include "gen_statem.h"

static bool is_from(mb_term term) {
    return mb_is_tuple(term, 2) && mb_element(term, 0).type == MB_PID &&
           mb_element(term, 1).type == MB_REFERENCE;
}

static bool is_event_type(mb_term term) {
    if (mb_is_tuple(term, 2) && mb_is(mb_element(term, 0), "call"))
        return is_from(mb_element(term, 1));
    return mb_is(term, "cast") || mb_is(term, "info") || mb_is(term, "internal") ||
           mb_statem_is_timeout_type(term);
}

/* Whether a table is one action, a tuple in OTP; otherwise it is a list of them. */
static bool is_one_action(mb_term term) {
    mb_term first = mb_element(term, 0), second = mb_element(term, 1);
    if (mb_is(first, "postpone") || mb_is(first, "hibernate"))
        return mb_array_size(term) == 2 && second.type == MB_BOOLEAN;
    if (first.type == MB_STRING)
        return !mb_is(first, "infinity") && !mb_is(first, "pop_callback_module");
    return mb_statem_is_timeout_type(first) && mb_array_size(term) >= 2 &&
           second.type != MB_TABLE && !mb_is(second, "postpone") && !mb_is(second, "hibernate") &&
           !mb_is(second, "pop_callback_module");
}

bool mb_statem_next_action(mb_statem *m, mb_term *action) {
    mb_term actions = m->actions;
    bool one = actions.type != MB_TABLE || actions.table->pair_count > 0 || is_one_action(actions);
    size_t count = actions.type == MB_NIL ? 0 : one ? 1 : mb_array_size(actions);
    if (m->acted == count)
        return false;
    *action = one ? actions : mb_element(actions, m->acted);
    m->acted++;
    return true;
}

static void stop_bad_action(mb_process *p, mb_statem *m, mb_term action) {
    mb_statem_stop_bad(p, m, "bad_action_from_state_function", action);
}

static void stop_bad_enter_action(mb_process *p, mb_statem *m, mb_term action) {
    mb_statem_stop_bad(p, m, "bad_state_enter_action_from_state_function", action);
}

/* ---- timeouts -------------------------------------------------------------------------------*/

static void put_off_timeout(mb_process *p, mb_statem *m, mb_term type, mb_term action) {
    if (!mb_statem_push(p->rt, &m->timeouts, mb_retain(type), mb_retain(action)))
        mb_statem_stop_no_memory(p, m);
}

/* infinity, or a number: a timeout of the event whose content is the time. */
static void act_plain_time(mb_process *p, mb_statem *m, mb_term time) {
    mb_term parts[] = {mb_atom("timeout"), time, time}, action;
    if (!mb_tuple(p->rt, &action, 3, parts)) {
        mb_statem_stop_no_memory(p, m);
        return;
    }
    put_off_timeout(p, m, parts[0], action);
    mb_release(p->rt, action);
}

/* ---- replies --------------------------------------------------------------------------------*/

static bool is_reply(mb_term action) {
    size_t count = mb_array_size(action);
    return mb_is(mb_element(action, 0), "reply") && (count == 2 || count == 3) &&
           is_from(mb_element(action, 1));
}

static void reply(mb_process *p, mb_term from, mb_term value) {
    if (mb_statem_traced(p))
        mb_statem_trace_out(p, from, value);
    mb_reply(p->rt, p, mb_element(from, 0).id, mb_element(from, 1).id, mb_retain(value));
}

bool mb_statem_reply_all(mb_process *p, mb_term replies, mb_term *bad) {
    bool one = replies.type != MB_TABLE || mb_is(mb_element(replies, 0), "reply");
    size_t count = one ? 1 : mb_array_size(replies);
    for (size_t i = 0; i < count; i++) {
        mb_term action = one ? replies : mb_element(replies, i);
        if (!is_reply(action)) {
            *bad = action;
            return false;
        }
        reply(p, mb_element(action, 1), mb_element(action, 2));
    }
    return true;
}

/* ---- events ---------------------------------------------------------------------------------*/

static void act_next_event(mb_process *p, mb_statem *m, mb_term action) {
    mb_term type = mb_element(action, 1), content = mb_element(action, 2);
    if (m->phase == MB_STATEM_ENTER) {
        stop_bad_enter_action(p, m, action);
    } else if (!is_event_type(type)) {
        stop_bad_action(p, m, action);
    } else {
        if (mb_statem_traced(p))
            mb_statem_trace_in(p, type, content, m->next_state);
        if (!mb_statem_push(p->rt, &m->next_events, mb_retain(type), mb_retain(content)))
            mb_statem_stop_no_memory(p, m);
    }
}

static void act_postpone(mb_process *p, mb_statem *m, mb_term action, bool on) {
    if (!on || m->phase != MB_STATEM_ENTER)
        m->postpones = on;
    else if (action.type == MB_TABLE)
        stop_bad_action(p, m, action);
    else
        stop_bad_enter_action(p, m, action);
}

/* ---- callback modules -----------------------------------------------------------------------*/

/* { module, old[from], … }; module may be nil: none. Owned; false: no memory. */
static bool modules_from(mb_runtime *rt, mb_term module, mb_term old, size_t from, mb_term *out) {
    bool has = module.type != MB_NIL;
    size_t kept = mb_array_size(old) - from;
    mb_builder *b = mb_build(rt);
    size_t at = mb_build_table(b, MB_BUILD_ROOT, mb_nil(), kept + has, 0);
    if (has)
        mb_build_term(b, at, module);
    for (size_t i = 0; i < kept; i++)
        mb_build_term(b, at + (i + has) * sizeof(mb_term), mb_element(old, from + i));
    return mb_build_finish(b, out);
}

void mb_statem_revert_modules(mb_process *p, mb_statem *m) {
    mb_release(p->rt, m->modules);
    m->modules = m->old_modules;
    m->old_modules = mb_nil();
    (void)m->class->use_module(p, m->specific, mb_element(m->modules, 0));
}

/* module is nil to go back to the one before. The actions go on when callback_mode is known. */
static void act_module(mb_process *p, mb_statem *m, mb_term action, mb_term module,
                       bool replaces) {
    mb_term modules, old = m->modules;
    if (m->phase == MB_STATEM_ENTER) {
        stop_bad_enter_action(p, m, action);
        return;
    }
    if (!modules_from(p->rt, module, old, replaces ? 1 : 0, &modules)) {
        mb_statem_stop_no_memory(p, m);
        return;
    }
    m->old_modules = old;
    m->modules = modules;
    if (m->class->use_module(p, m->specific, mb_element(modules, 0))) {
        m->phase = MB_STATEM_MODE;
        return;
    }
    mb_statem_revert_modules(p, m);
    stop_bad_action(p, m, action);
}

/* ---- all of them ----------------------------------------------------------------------------*/

/* Actions of two elements. False: it is none of these. */
static bool act_pair(mb_process *p, mb_statem *m, mb_term action) {
    mb_term tag = mb_element(action, 0), value = mb_element(action, 1);
    bool change = mb_is(tag, "change_callback_module");
    if (value.type == MB_BOOLEAN && mb_is(tag, "postpone"))
        act_postpone(p, m, action, value.boolean);
    else if (m->class->use_module && value.type == MB_OBJECT &&
             (change || mb_is(tag, "push_callback_module")))
        act_module(p, m, action, value, change);
    else if (value.type == MB_BOOLEAN && mb_is(tag, "hibernate"))
        mb_server_hibernate(p, value.boolean);
    else
        return false;
    return true;
}

void mb_statem_act(mb_process *p, mb_statem *m, mb_term action) {
    size_t count = mb_array_size(action);
    if (mb_is(action, "postpone"))
        act_postpone(p, m, action, true);
    else if (mb_is(action, "hibernate"))
        mb_server_hibernate(p, true);
    else if (mb_is(action, "pop_callback_module") && mb_array_size(m->modules) > 1)
        act_module(p, m, action, mb_nil(), true);
    else if (mb_is(action, "infinity") || mb_statem_is_delay(action))
        act_plain_time(p, m, action);
    else if (is_reply(action))
        reply(p, mb_element(action, 1), mb_element(action, 2));
    else if (mb_is(mb_element(action, 0), "next_event") && count >= 2 && count <= 3)
        act_next_event(p, m, action);
    else if (count == 2 && act_pair(p, m, action))
        return;
    else if (mb_statem_is_timeout(action))
        put_off_timeout(p, m, mb_element(action, 0), action);
    else
        stop_bad_action(p, m, action);
}
