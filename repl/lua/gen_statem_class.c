#include "lua/gen_statem_class.h"

#include "lua/argument.h"
#include "lua/callback.h"
#include "lua/cell.h"
#include "lua/gen_statem_clause.h"
#include "lua/module.h"
#include "lua/held.h"
#include "lua/state.h"
#include "lua/value.h"

typedef struct machine {
    moon_callback callback; /* first: bodies are given its address */
    const mb_object *module; /* owned; NULL until init */
    moon_held data;
    moon_held aside; /* the data that a callback returned, until it is committed */
    moon_held event_aside; /* the same of the event, while that of its enter call is in `aside` */
    bool entering; /* the callback under way is an enter call */
} machine;

/* What a body is given. */
typedef struct handling {
    const char *name; /* of the function to call */
    mb_term message;
    mb_term state;
    const mb_statem_event *event;
} handling;

/* Where a body has its module; where it has the function to call, and later the first result. */
#define MODULE 1
#define CALLED 2

static machine *begin(lua_State *L) { return (machine *)(void *)moon_callback_begin(L); }
static machine *machine_of(lua_KContext context) { return (machine *)context; }
static const handling *handling_of(const machine *m) { return m->callback.thread->entry->arguments; }
static mb_outcome *outcome_of(const machine *m) { return m->callback.thread->entry->out; }

static mb_term module_term(const machine *m) {
    mb_term term = mb_nil();
    if (m->module) {
        term.type = MB_OBJECT;
        term.object = m->module;
    }
    return term;
}

/* ---- the data -------------------------------------------------------------------------------*/

static void push_data(lua_State *L, const machine *m) {
    moon_push_held(L, m->aside.used ? &m->aside : &m->data);
}

static void set_aside(lua_State *L, machine *m, int index) {
    if (m->entering && !m->event_aside.used) {
        m->event_aside = m->aside;
        m->aside = (moon_held){.cell = mb_nil()};
    }
    moon_hold(L, &m->aside, index);
}

static void commit(mb_process *p, void *data) {
    machine *m = data;
    lua_State *L = moon_universe_of(mb_runtime_of(p))->L;
    moon_let_go(L, &m->event_aside);
    if (!m->aside.used)
        return;
    moon_let_go(L, &m->data);
    m->data = m->aside;
    m->aside = (moon_held){.cell = mb_nil()};
}

/* ---- reading what a callback returns --------------------------------------------------------*/

static int result_count(lua_State *L) { return lua_gettop(L) - MODULE; }

static int bad_return(lua_State *L, mb_outcome *out) {
    int count = result_count(L);
    if (count == 1)
        moon_to_term(L, CALLED, &out->reason, "the callback's result");
    else if (count > 1)
        moon_stack_to_term(L, CALLED, &out->reason, "the callback's result");
    out->type = MB_OUTCOME_BAD_RETURN;
    return 0;
}

/* The result at that place, counted from 1; nil when there are not so many. */
static void take(lua_State *L, int place, mb_term *out, const char *what) {
    if (place <= result_count(L))
        moon_to_term(L, MODULE + place, out, what);
}

static int finish_init(lua_State *L, int status, lua_KContext context) {
    machine *m = machine_of(context);
    mb_outcome *out = outcome_of(m);
    int count = result_count(L);
    (void)status;
    if ((count == 3 || count == 4) && moon_is_string(L, CALLED, "ok")) {
        take(L, 2, &out->reply, "the state");
        take(L, 4, &out->argument, "the actions");
        set_aside(L, m, CALLED + 2);
        out->type = MB_OUTCOME_OK;
    } else if (count == 1 && moon_is_string(L, CALLED, "ignore")) {
        out->type = MB_OUTCOME_IGNORE;
    } else if (count == 2 && moon_is_string(L, CALLED, "stop")) {
        take(L, 2, &out->reason, "the reason to stop");
        out->type = MB_OUTCOME_STOP;
    } else {
        return bad_return(L, out);
    }
    return 0;
}

/* "keep_state", "repeat_state" and the same with "_and_data". False: it is neither. */
static bool read_keeping(lua_State *L, machine *m, mb_outcome *out) {
    int count = result_count(L);
    moon_text tag = moon_text_at(L, CALLED);
    bool repeats = moon_text_is(tag, "repeat_state");
    bool repeats_all = moon_text_is(tag, "repeat_state_and_data");
    bool with_data = repeats || moon_text_is(tag, "keep_state");
    if (!with_data && !repeats_all && !moon_text_is(tag, "keep_state_and_data"))
        return false;
    int least = with_data ? 2 : 1;
    if (count < least || count > least + 1)
        return false;
    take(L, least + 1, &out->argument, "the actions");
    if (with_data)
        set_aside(L, m, CALLED + 1);
    out->type = repeats || repeats_all ? MB_OUTCOME_REPEAT_STATE : MB_OUTCOME_KEEP_STATE;
    return true;
}

/* "stop" [, reason [, data]] and "stop_and_reply", reason, replies [, data]. */
static bool read_stop(lua_State *L, machine *m, mb_outcome *out) {
    int count = result_count(L);
    bool replies = moon_is_string(L, CALLED, "stop_and_reply");
    int data = replies ? 4 : 3;
    if ((!replies && !moon_is_string(L, CALLED, "stop")) || count > data || (replies && count < 3))
        return false;
    if (count == 1)
        out->reason = mb_atom("normal");
    take(L, 2, &out->reason, "the reason to stop");
    if (replies)
        take(L, 3, &out->argument, "the replies");
    if (count == data)
        set_aside(L, m, MODULE + data);
    out->type = replies ? MB_OUTCOME_STOP_REPLY : MB_OUTCOME_STOP;
    return true;
}

static int finish_event(lua_State *L, int status, lua_KContext context) {
    machine *m = machine_of(context);
    mb_outcome *out = outcome_of(m);
    int count = result_count(L);
    (void)status;
    if ((count == 3 || count == 4) && moon_is_string(L, CALLED, "next_state")) {
        take(L, 2, &out->reply, "the state");
        take(L, 4, &out->argument, "the actions");
        set_aside(L, m, CALLED + 2);
        out->type = MB_OUTCOME_NEXT_STATE;
        return 0;
    }
    if (read_keeping(L, m, out) || read_stop(L, m, out))
        return 0;
    return bad_return(L, out);
}

static int finish_terminate(lua_State *L, int status, lua_KContext context) {
    (void)L;
    (void)status;
    outcome_of(machine_of(context))->type = MB_OUTCOME_NOREPLY;
    return 0;
}

/* Calls the function with the `count` arguments above it, and reads its results with `finish`. */
static int call(lua_State *L, machine *m, int count, lua_KFunction finish) {
    lua_KContext context = (lua_KContext)m;
    lua_callk(L, count, LUA_MULTRET, context, finish);
    return finish(L, LUA_OK, context);
}

/* ---- bodies ---------------------------------------------------------------------------------*/

static int raise_undefined(lua_State *L, const machine *m, const char *function, int arity) {
    mb_term name = moon_module_term_name(module_term(m));
    moon_push_name(L, name.type == MB_NIL ? mb_atom("Module") : name);
    return luaL_error(L, "function %s.%s/%d is undefined or private", lua_tostring(L, -1), function,
                      arity);
}

/* Pushes the module and what it has under that name. */
static int push_callback(lua_State *L, const machine *m, const char *name) {
    moon_module_push_term(L, module_term(m));
    return lua_getfield(L, MODULE, name);
}

static int init_body(lua_State *L) {
    machine *m = begin(L);
    if (push_callback(L, m, "init") != LUA_TFUNCTION)
        return raise_undefined(L, m, "init", 1);
    moon_push_value(L, handling_of(m)->message);
    return call(L, m, 1, finish_init);
}

static int finish_mode(lua_State *L, int status, lua_KContext context) {
    mb_outcome *out = outcome_of(machine_of(context));
    (void)status;
    lua_settop(L, CALLED);
    moon_to_term(L, CALLED, &out->reply, "the callback mode");
    out->type = MB_OUTCOME_REPLY;
    return 0;
}

static int mode_body(lua_State *L) {
    machine *m = begin(L);
    switch (push_callback(L, m, "callback_mode")) {
    case LUA_TFUNCTION:
        return call(L, m, 0, finish_mode);
    case LUA_TNIL:
        lua_pop(L, 1);
        lua_pushliteral(L, "handle_event_function");
        break;
    default:
        break;
    }
    return finish_mode(L, LUA_OK, (lua_KContext)m);
}

/* The name of the state, on the stack at CALLED for as long as it is needed. */
static const char *push_state_function(lua_State *L, const machine *m, mb_term state) {
    moon_module_push_term(L, module_term(m));
    if (state.type != MB_STRING)
        return NULL;
    moon_push_value(L, state);
    lua_pushvalue(L, -1);
    lua_gettable(L, MODULE);
    return lua_tostring(L, CALLED);
}

/* The table of a state is on top of the stack. */
static int clause_body(lua_State *L, machine *m, const mb_statem_event *event) {
    moon_clause how = moon_choose_state_clause(L, event);
    int function = lua_gettop(L);
    if (how == MOON_NO_CLAUSE) {
        moon_no_state_clause(L, moon_module_term_name(module_term(m)), event,
                             &outcome_of(m)->reason);
        outcome_of(m)->type = MB_OUTCOME_CRASH;
        return 0;
    }
    if (how == MOON_PLAIN) {
        moon_push_value(L, event->type);
        moon_push_value(L, event->content);
        push_data(L, m);
    } else {
        push_data(L, m);
        if (mb_is(mb_element(event->type, 0), "call"))
            moon_push_value(L, mb_element(event->type, 1));
        moon_push_clause_rest(L, how, event->content);
    }
    return call(L, m, lua_gettop(L) - function, finish_event);
}

static int event_body(lua_State *L) {
    machine *m = begin(L);
    mb_statem_event event = *handling_of(m)->event;
    m->entering = event.type.type == MB_STRING && mb_is(event.type, "enter");
    if (event.by_state) {
        const char *name = push_state_function(L, m, event.state);
        if (!name) {
            moon_push_name(L, event.state);
            return luaL_error(L, "the state %s names no function (callback mode state_functions)",
                              lua_tostring(L, -1));
        }
        if (lua_type(L, -1) != LUA_TFUNCTION && lua_type(L, -1) != LUA_TTABLE)
            return raise_undefined(L, m, name, 3);
        lua_remove(L, CALLED);
        if (lua_type(L, -1) == LUA_TTABLE)
            return clause_body(L, m, &event);
    } else if (push_callback(L, m, "handle_event") != LUA_TFUNCTION) {
        return raise_undefined(L, m, "handle_event", 4);
    }
    moon_push_value(L, event.type);
    moon_push_value(L, event.content);
    if (!event.by_state)
        moon_push_value(L, event.state);
    push_data(L, m);
    return call(L, m, event.by_state ? 3 : 4, finish_event);
}

static int terminate_body(lua_State *L) {
    machine *m = begin(L);
    const handling *h = handling_of(m);
    if (push_callback(L, m, "terminate") != LUA_TFUNCTION)
        return finish_terminate(L, LUA_OK, (lua_KContext)m);
    moon_push_value(L, h->message);
    moon_push_value(L, h->state);
    moon_push_held(L, &m->data);
    return call(L, m, 3, finish_terminate);
}

static int copy_body(lua_State *L) {
    machine *m = begin(L);
    moon_push_held(L, &m->data);
    moon_to_copy(L, 1, &outcome_of(m)->reply);
    return 0;
}

static int aside_body(lua_State *L) {
    machine *m = begin(L);
    moon_push_held(L, &m->aside);
    moon_to_copy(L, 1, &outcome_of(m)->reply);
    return 0;
}

static int finish_format(lua_State *L, int status, lua_KContext context) {
    mb_outcome *out = outcome_of(machine_of(context));
    (void)status;
    lua_settop(L, CALLED);
    if (lua_type(L, CALLED) != LUA_TTABLE)
        return luaL_error(L, "format_status must return a table, got %s",
                          moon_push_shown(L, CALLED));
    moon_to_copy(L, CALLED, &out->reply);
    return 0;
}

static int format_body(lua_State *L) {
    machine *m = begin(L);
    if (push_callback(L, m, "format_status") != LUA_TFUNCTION)
        return 0;
    moon_push_value(L, handling_of(m)->message);
    return call(L, m, 1, finish_format);
}

static int finish_replace(lua_State *L, int status, lua_KContext context) {
    machine *m = machine_of(context);
    mb_outcome *out = outcome_of(m);
    (void)status;
    lua_settop(L, CALLED);
    if (lua_type(L, CALLED) != LUA_TTABLE)
        return luaL_error(L, "the function must return { state, data }, got %s",
                          moon_push_shown(L, CALLED));
    lua_rawgeti(L, CALLED, 2);
    moon_to_copy(L, CALLED, &out->reply);
    set_aside(L, m, CALLED + 1);
    out->type = MB_OUTCOME_REPLY;
    return 0;
}

/* The function is given copies, so that the data stays as it was should it raise. */
static int replace_body(lua_State *L) {
    machine *m = begin(L);
    mb_term copy = mb_nil();
    moon_push_held(L, &m->data);
    moon_to_copy(L, 1, &copy);
    moon_push_value(L, handling_of(m)->message);
    lua_createtable(L, 2, 0);
    moon_push_value(L, handling_of(m)->state);
    lua_rawseti(L, -2, 1);
    moon_push_owned_term(L, copy);
    lua_rawseti(L, -2, 2);
    return call(L, m, 1, finish_replace);
}

static int finish_code_change(lua_State *L, int status, lua_KContext context) {
    machine *m = machine_of(context);
    mb_outcome *out = outcome_of(m);
    (void)status;
    if (result_count(L) != 3 || !moon_is_string(L, CALLED, "ok"))
        return bad_return(L, out);
    lua_createtable(L, 1, 0);
    lua_pushvalue(L, CALLED + 1);
    lua_rawseti(L, -2, 1);
    moon_to_term(L, -1, &out->reply, "the state");
    set_aside(L, m, CALLED + 2);
    out->type = MB_OUTCOME_REPLY;
    return 0;
}

static int code_change_body(lua_State *L) {
    machine *m = begin(L);
    mb_term argument = handling_of(m)->message, state = handling_of(m)->state;
    if (push_callback(L, m, "code_change") != LUA_TFUNCTION) {
        outcome_of(m)->type = MB_OUTCOME_REPLY;
        return 0;
    }
    moon_push_value(L, mb_element(argument, 0));
    moon_push_value(L, state);
    moon_push_held(L, &m->data);
    moon_push_value(L, mb_element(argument, 1));
    return call(L, m, 4, finish_code_change);
}

/* ---- the class ------------------------------------------------------------------------------*/

static mb_callback_state start(mb_process *p, machine *m, lua_CFunction body, const handling *h,
                               mb_outcome *out) {
    return moon_callback_start(p, &m->callback, body, h, out);
}

static mb_callback_state init(mb_process *p, void *data, mb_term argument, mb_outcome *out) {
    machine *m = data;
    const handling h = {.message = mb_element(argument, 1)};
    m->module = mb_retain(mb_element(argument, 0)).object;
    return start(p, m, init_body, &h, out);
}

static mb_callback_state callback_mode(mb_process *p, void *data, mb_outcome *out) {
    return start(p, data, mode_body, NULL, out);
}

static mb_callback_state handle_event(mb_process *p, void *data, const mb_statem_event *event,
                                      mb_outcome *out) {
    const handling h = {.event = event};
    return start(p, data, event_body, &h, out);
}

static mb_callback_state terminate(mb_process *p, void *data, mb_term reason, mb_term state,
                                   mb_outcome *out) {
    const handling h = {.message = reason, .state = state};
    return start(p, data, terminate_body, &h, out);
}

static mb_callback_state resume(mb_process *p, void *data, mb_outcome *out) {
    machine *m = data;
    return moon_callback_resume(p, &m->callback, out);
}

static mb_callback_state replace_state(mb_process *p, void *data, mb_term function, mb_term state,
                                       mb_outcome *out) {
    const handling h = {.message = function, .state = state};
    return start(p, data, replace_body, &h, out);
}

static mb_callback_state code_change(mb_process *p, void *data, mb_term argument, mb_term state,
                                     mb_outcome *out) {
    const handling h = {.message = argument, .state = state};
    return start(p, data, code_change_body, &h, out);
}

/* Runs a body that shows something. One that wants to wait is given up. */
static bool picture(mb_process *p, machine *m, lua_CFunction body, const handling *h,
                    mb_term *out) {
    mb_outcome outcome = {.type = MB_OUTCOME_REPLY};
    if (start(p, m, body, h, &outcome) != MB_CALLBACK_DONE) {
        moon_callback_abandon(&m->callback);
        return false;
    }
    mb_release(mb_runtime_of(p), outcome.reason);
    *out = outcome.reply;
    return outcome.type == MB_OUTCOME_REPLY;
}

static bool data_term(mb_process *p, void *data, mb_term *out) {
    machine *m = data;
    if (m->data.anchor)
        return picture(p, m, copy_body, NULL, out);
    *out = m->data.cell;
    return true;
}

static mb_term refuse(mb_process *p, void *data) {
    machine *m = data;
    mb_term refused = mb_nil();
    if (!m->aside.anchor)
        refused = mb_retain(m->aside.cell);
    else if (!picture(p, m, aside_body, NULL, &refused))
        refused = mb_nil();
    moon_let_go(moon_universe_of(mb_runtime_of(p))->L, &m->aside);
    m->aside = m->event_aside;
    m->event_aside = (moon_held){.cell = mb_nil()};
    return refused;
}

static mb_term format_status(mb_process *p, void *data, mb_term status) {
    machine *m = data;
    const handling h = {.message = status};
    mb_term formatted;
    if (picture(p, m, format_body, &h, &formatted))
        return formatted;
    return moon_format_status_crashed(p, module_term(m));
}

static mb_term callback_module(mb_process *p, void *data) {
    (void)p;
    return module_term(data);
}

static bool use_module(mb_process *p, void *data, mb_term module) {
    machine *m = data;
    if (!moon_is_module_term(module))
        return false;
    mb_term old = module_term(m);
    m->module = mb_retain(module).object;
    mb_release(mb_runtime_of(p), old);
    return true;
}

static void destroy(mb_process *p, void *data) {
    machine *m = data;
    lua_State *L = moon_universe_of(mb_runtime_of(p))->L;
    moon_let_go(L, &m->data);
    moon_let_go(L, &m->aside);
    moon_let_go(L, &m->event_aside);
    moon_callback_finish(p, &m->callback);
    mb_release(mb_runtime_of(p), module_term(m));
}

static mb_term module(mb_process *p, void *data) {
    (void)p;
    return moon_module_term_name(module_term(data));
}

static const char *doing(mb_process *p, void *data) {
    machine *m = data;
    (void)p;
    return moon_callback_doing(&m->callback);
}

const mb_gen_statem_class moon_gen_statem_class = {
    .data_size = sizeof(machine),
    .init = init,
    .callback_mode = callback_mode,
    .handle_event = handle_event,
    .commit = commit,
    .refuse = refuse,
    .terminate = terminate,
    .resume = resume,
    .data = data_term,
    .replace_state = replace_state,
    .code_change = code_change,
    .format_status = format_status,
    .callback_module = callback_module,
    .use_module = use_module,
    .destroy = destroy,
    .module = module,
    .doing = doing,
};
