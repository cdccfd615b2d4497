#include "lua/gen_server_class.h"

#include "lua/anchor.h"
#include "lua/argument.h"
#include "lua/callback.h"
#include "lua/cell.h"
#include "lua/clause.h"
#include "lua/module.h"
#include "lua/state.h"
#include "lua/value.h"

/* The state is either a term (scalars and short strings: no Lua memory at all) or an anchored Lua
 * value, which callbacks get by reference. Idle servers consist of little but this. */
typedef struct server {
    moon_callback callback; /* first: bodies are given its address */
    union {
        mb_term state;    /* without an anchor: inside one cell */
        const void *held; /* with an anchor: the identity of what it holds */
    };
    const mb_object *module; /* owned; NULL until init */
    moon_anchor_index anchor;
} server;

static_assert(sizeof(server) <= 56, "a million servers must fit");

/* What a body is given: the message of a callback, or whatever else it works on. */
typedef struct handling {
    const char *name; /* of the callback */
    mb_term message;
    mb_from from;
} handling;

/* Where a body has its module; where it has the function to call, and later the first result. */
#define MODULE 1
#define CALLED 2

static server *begin(lua_State *L) { return (server *)(void *)moon_callback_begin(L); }
static server *server_of(lua_KContext context) { return (server *)context; }
static const handling *handling_of(const server *s) { return s->callback.thread->entry->arguments; }

static mb_term module_term(const server *s) {
    mb_term term = mb_nil();
    if (s->module) {
        term.type = MB_OBJECT;
        term.object = s->module;
    }
    return term;
}

static mb_term module_name(const server *s) { return moon_module_term_name(module_term(s)); }

/* ---- the state ------------------------------------------------------------------------------*/

static void push_state(lua_State *L, const server *s) {
    if (s->anchor)
        moon_anchor_push(L, s->anchor);
    else
        moon_push_value(L, s->state);
}

static void keep_state(lua_State *L, server *s, int index) {
    mb_term cell;
    if (moon_to_cell(L, index, &cell)) {
        if (s->anchor)
            moon_anchor_release(L, s->anchor);
        s->anchor = 0;
        s->state = cell;
        return;
    }
    const void *identity = lua_topointer(L, index);
    if (s->anchor && identity == s->held)
        return;
    lua_pushvalue(L, index);
    if (s->anchor)
        moon_anchor_replace(L, s->anchor);
    else
        s->anchor = moon_anchor(L);
    s->held = identity;
}

/* Pushes the module, and the function to call at index CALLED. */
static moon_clause find_callback(lua_State *L, const server *s, const char *name, mb_term message) {
    moon_module_push_term(L, module_term(s));
    return moon_find_clause(L, MODULE, name, message);
}

/* ---- what is missing ------------------------------------------------------------------------*/

/* Pushes the module's name. */
static const char *push_module_name(lua_State *L, const server *s) {
    mb_term name = module_name(s);
    if (name.type == MB_NIL)
        return lua_pushliteral(L, "Module");
    moon_push_term(L, name);
    return lua_tostring(L, -1);
}

/* `use GenServer` supplies handle_call and handle_cast that raise this. */
static int raise_no_clause(lua_State *L, mb_process *p, const char *verb, const char *clause) {
    mb_term name = mb_registered_name(p);
    if (name.type == MB_NIL)
        name = mb_pid_term(mb_self(p));
    moon_push_name(L, name);
    return luaL_error(L, "attempted to %s GenServer %s but no %s clause was provided", verb,
                      lua_tostring(L, -1), clause);
}

static int raise_undefined(lua_State *L, const server *s, const char *function) {
    return luaL_error(L, "function %s.%s is undefined or private", push_module_name(L, s),
                      function);
}

/* { "function_clause", { module, callback, message } } */
static int die_of_clauses(lua_State *L, const server *s) {
    const handling *h = handling_of(s);
    mb_outcome *out = s->callback.thread->entry->out;
    lua_createtable(L, 2, 0);
    lua_pushliteral(L, "function_clause");
    lua_rawseti(L, -2, 1);
    lua_createtable(L, 3, 0);
    push_module_name(L, s);
    lua_rawseti(L, -2, 1);
    lua_pushstring(L, h->name);
    lua_rawseti(L, -2, 2);
    moon_push_term(L, h->message);
    lua_rawseti(L, -2, 3);
    lua_rawseti(L, -2, 2);
    moon_to_term(L, -1, &out->reason, "message");
    out->type = MB_OUTCOME_CRASH;
    return 0;
}

/* ---- reading what a callback returns --------------------------------------------------------*/

/* How many values the callback returned, and the first of them. */
typedef struct results {
    int count;
    moon_text tag;
} results;

static results results_of(lua_State *L) {
    return (results){.count = lua_gettop(L) - MODULE, .tag = moon_text_at(L, CALLED)};
}

static int bad_return(lua_State *L, mb_outcome *out) {
    int count = lua_gettop(L) - MODULE;
    if (count == 1)
        moon_to_term(L, CALLED, &out->reason, "the callback's result");
    else if (count > 1)
        moon_stack_to_term(L, CALLED, &out->reason, "the callback's result");
    out->type = MB_OUTCOME_BAD_RETURN;
    return 0;
}

static bool read_timeout(lua_State *L, int index, mb_outcome *out) {
    lua_Number ms = lua_tonumber(L, index);
    if (!(ms >= 0 && ms <= 4294967295e3))
        return false;
    out->next = MB_NEXT_TIMEOUT;
    out->timeout = (mb_time)(ms * (lua_Number)MB_MILLISECOND);
    return true;
}

static bool read_continue(lua_State *L, int index, mb_outcome *out) {
    if (lua_rawlen(L, index) > 2)
        return false;
    lua_rawgeti(L, index, 1);
    bool is_continue = moon_is_string(L, -1, "continue");
    lua_pop(L, 1);
    if (!is_continue)
        return false;
    lua_rawgeti(L, index, 2);
    moon_to_term(L, -1, &out->argument, "the argument of continue");
    lua_pop(L, 1);
    out->next = MB_NEXT_CONTINUE;
    return true;
}

/* X of { "noreply", state, X }. */
static bool read_next(lua_State *L, int index, mb_outcome *out) {
    if (lua_type(L, index) == LUA_TNUMBER)
        return read_timeout(L, index, out);
    if (lua_type(L, index) == LUA_TTABLE)
        return read_continue(L, index, out);
    if (moon_is_string(L, index, "hibernate"))
        out->next = MB_NEXT_HIBERNATE;
    else if (!moon_is_string(L, index, "infinity"))
        return false;
    return true;
}

/* The new state lies at index, and X behind it when there is one. */
static int settle(lua_State *L, server *s, int index, mb_outcome_type type, mb_outcome *out) {
    if (lua_gettop(L) > index && !read_next(L, index + 1, out))
        return bad_return(L, out);
    keep_state(L, s, index);
    out->type = type;
    return 0;
}

static int finish_init(lua_State *L, int status, lua_KContext context) {
    server *s = server_of(context);
    mb_outcome *out = s->callback.thread->entry->out;
    results r = results_of(L);
    (void)status;
    if ((r.count == 2 || r.count == 3) && moon_text_is(r.tag, "ok"))
        return settle(L, s, CALLED + 1, MB_OUTCOME_OK, out);
    if (r.count == 1 && moon_text_is(r.tag, "ignore")) {
        out->type = MB_OUTCOME_IGNORE;
        return 0;
    }
    if (r.count != 2 || !moon_text_is(r.tag, "stop"))
        return bad_return(L, out);
    moon_to_term(L, CALLED + 1, &out->reason, "the reason to stop");
    out->type = MB_OUTCOME_STOP;
    return 0;
}

/* "noreply" and "stop" without a reply, common to all handlers. */
static int finish_plain(lua_State *L, server *s, results r, mb_outcome *out) {
    if ((r.count == 2 || r.count == 3) && moon_text_is(r.tag, "noreply"))
        return settle(L, s, CALLED + 1, MB_OUTCOME_NOREPLY, out);
    if (r.count != 3 || !moon_text_is(r.tag, "stop"))
        return bad_return(L, out);
    moon_to_term(L, CALLED + 1, &out->reason, "the reason to stop");
    keep_state(L, s, CALLED + 2);
    out->type = MB_OUTCOME_STOP;
    return 0;
}

static int finish_call(lua_State *L, int status, lua_KContext context) {
    server *s = server_of(context);
    mb_outcome *out = s->callback.thread->entry->out;
    results r = results_of(L);
    (void)status;
    if ((r.count == 3 || r.count == 4) && moon_text_is(r.tag, "reply")) {
        moon_to_term(L, CALLED + 1, &out->reply, "the reply");
        return settle(L, s, CALLED + 2, MB_OUTCOME_REPLY, out);
    }
    if (r.count == 4 && moon_text_is(r.tag, "stop")) {
        moon_to_term(L, CALLED + 1, &out->reason, "the reason to stop");
        moon_to_term(L, CALLED + 2, &out->reply, "the reply");
        keep_state(L, s, CALLED + 3);
        out->type = MB_OUTCOME_STOP_REPLY;
        return 0;
    }
    return finish_plain(L, s, r, out);
}

static int finish_handled(lua_State *L, int status, lua_KContext context) {
    server *s = server_of(context);
    (void)status;
    return finish_plain(L, s, results_of(L), s->callback.thread->entry->out);
}

static int finish_terminate(lua_State *L, int status, lua_KContext context) {
    (void)L;
    (void)status;
    server_of(context)->callback.thread->entry->out->type = MB_OUTCOME_NOREPLY;
    return 0;
}

/* Calls the function with the `count` arguments above it, and reads its results with `finish`. */
static int call(lua_State *L, server *s, int count, lua_KFunction finish) {
    lua_KContext context = (lua_KContext)s;
    lua_callk(L, count, LUA_MULTRET, context, finish);
    return finish(L, LUA_OK, context);
}

/* ---- bodies ---------------------------------------------------------------------------------*/

/* Whether the module at index MODULE is told of something for the first time. */
static bool is_first_time(lua_State *L) {
    static const char told_key = 0;
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &told_key) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &told_key);
    }
    lua_pushvalue(L, MODULE);
    bool first = lua_rawget(L, -2) == LUA_TNIL;
    lua_pushvalue(L, MODULE);
    lua_pushboolean(L, 1);
    lua_rawset(L, -4);
    lua_pop(L, 2);
    return first;
}

/* An init that answers "ok", argument, and the words in which Elixir complains of it. */
static void warn_of_missing_init(lua_State *L, const server *s) {
    mb_process *p = s->callback.thread->entry->process;
    if (!is_first_time(L))
        return;
    const char *name = push_module_name(L, s);
    mb_log_format(mb_runtime_of(p), MB_WARNING, mb_self(p),
                  "function init/1 required by behaviour GenServer is not implemented (in module "
                  "%s).\n\nWe will inject a default implementation for now:\n\n"
                  "    function %s.init(init_arg)\n      return \"ok\", init_arg\n    end\n\n"
                  "You can copy the implementation above or define your own that converts the "
                  "arguments given to GenServer.start_link to the server state.",
                  name, name);
    lua_pop(L, 1);
}

static int init_body(lua_State *L) {
    server *s = begin(L);
    mb_term argument = handling_of(s)->message;
    if (find_callback(L, s, "init", argument) == MOON_PLAIN) {
        moon_push_value(L, argument);
        return call(L, s, 1, finish_init);
    }
    lua_settop(L, MODULE);
    warn_of_missing_init(L, s);
    lua_pushliteral(L, "ok");
    moon_push_value(L, argument);
    return finish_init(L, LUA_OK, (lua_KContext)s);
}

static void push_from(lua_State *L, mb_from from) {
    lua_createtable(L, 2, 0);
    moon_push_pid(L, from.pid);
    lua_rawseti(L, -2, 1);
    moon_push_ref(L, from.ref);
    lua_rawseti(L, -2, 2);
}

static int call_body(lua_State *L) {
    server *s = begin(L);
    const handling *h = handling_of(s);
    moon_clause how = find_callback(L, s, h->name, h->message);
    if (how == MOON_NO_CALLBACK)
        return raise_no_clause(L, s->callback.thread->entry->process, "call", "handle_call/3");
    if (how == MOON_NO_CLAUSE)
        return die_of_clauses(L, s);
    if (how == MOON_PLAIN) {
        moon_push_value(L, h->message);
        push_from(L, h->from);
        push_state(L, s);
        return call(L, s, 3, finish_call);
    }
    push_state(L, s);
    push_from(L, h->from);
    return call(L, s, 2 + moon_push_clause_rest(L, how, h->message), finish_call);
}

/* What `use GenServer` does for the callback that a module lacks. */
static int handle_missing(lua_State *L, const server *s) {
    const handling *h = handling_of(s);
    mb_process *p = s->callback.thread->entry->process;
    if (strcmp(h->name, "handle_cast") == 0)
        return raise_no_clause(L, p, "cast", "handle_cast/2");
    if (strcmp(h->name, "handle_continue") == 0)
        return raise_undefined(L, s, "handle_continue/2");
    mb_report_unexpected_message(p, module_name(s), h->message);
    s->callback.thread->entry->out->type = MB_OUTCOME_NOREPLY;
    return 0;
}

static int handle_body(lua_State *L) {
    server *s = begin(L);
    const handling *h = handling_of(s);
    moon_clause how = find_callback(L, s, h->name, h->message);
    if (how == MOON_NO_CALLBACK)
        return handle_missing(L, s);
    if (how == MOON_NO_CLAUSE)
        return die_of_clauses(L, s);
    if (how == MOON_PLAIN) {
        moon_push_value(L, h->message);
        push_state(L, s);
        return call(L, s, 2, finish_handled);
    }
    push_state(L, s);
    return call(L, s, 1 + moon_push_clause_rest(L, how, h->message), finish_handled);
}

static int terminate_body(lua_State *L) {
    server *s = begin(L);
    mb_term reason = handling_of(s)->message;
    if (find_callback(L, s, "terminate", reason) != MOON_PLAIN)
        return finish_terminate(L, LUA_OK, (lua_KContext)s);
    moon_push_value(L, reason);
    push_state(L, s);
    return call(L, s, 2, finish_terminate);
}

static int copy_body(lua_State *L) {
    server *s = begin(L);
    push_state(L, s);
    moon_to_copy(L, 1, &s->callback.thread->entry->out->reply);
    return 0;
}

static int finish_format(lua_State *L, int status, lua_KContext context) {
    server *s = server_of(context);
    (void)status;
    lua_settop(L, CALLED);
    if (lua_type(L, CALLED) != LUA_TTABLE)
        return luaL_error(L, "format_status must return a table, got %s",
                          moon_push_shown(L, CALLED));
    moon_to_copy(L, CALLED, &s->callback.thread->entry->out->reply);
    return 0;
}

static int format_body(lua_State *L) {
    server *s = begin(L);
    if (find_callback(L, s, "format_status", mb_nil()) != MOON_PLAIN)
        return 0;
    moon_push_value(L, handling_of(s)->message);
    return call(L, s, 1, finish_format);
}

static int finish_replace(lua_State *L, int status, lua_KContext context) {
    server *s = server_of(context);
    (void)status;
    lua_settop(L, CALLED);
    moon_to_copy(L, CALLED, &s->callback.thread->entry->out->reply);
    keep_state(L, s, CALLED);
    s->callback.thread->entry->out->type = MB_OUTCOME_REPLY;
    return 0;
}

/* The function is given a copy, so that the state stays as it was should it raise. */
static int replace_body(lua_State *L) {
    server *s = begin(L);
    mb_term copy = mb_nil();
    push_state(L, s);
    moon_to_copy(L, 1, &copy);
    moon_push_value(L, handling_of(s)->message);
    moon_push_owned_term(L, copy);
    return call(L, s, 1, finish_replace);
}

static int finish_code_change(lua_State *L, int status, lua_KContext context) {
    server *s = server_of(context);
    mb_outcome *out = s->callback.thread->entry->out;
    results r = results_of(L);
    (void)status;
    if (r.count != 2 || !moon_text_is(r.tag, "ok"))
        return bad_return(L, out);
    keep_state(L, s, CALLED + 1);
    out->type = MB_OUTCOME_REPLY;
    return 0;
}

static int code_change_body(lua_State *L) {
    server *s = begin(L);
    mb_term argument = handling_of(s)->message;
    if (find_callback(L, s, "code_change", mb_nil()) != MOON_PLAIN) {
        s->callback.thread->entry->out->type = MB_OUTCOME_REPLY;
        return 0;
    }
    moon_push_value(L, mb_element(argument, 0));
    push_state(L, s);
    moon_push_value(L, mb_element(argument, 1));
    return call(L, s, 3, finish_code_change);
}

/* ---- the class ------------------------------------------------------------------------------*/

static mb_callback_state start(mb_process *p, void *data, lua_CFunction body, const char *name,
                               mb_term message, mb_outcome *out) {
    server *s = data;
    const handling h = {.name = name, .message = message};
    return moon_callback_start(p, &s->callback, body, &h, out);
}

static mb_callback_state init(mb_process *p, void *data, mb_term argument, mb_outcome *out) {
    server *s = data;
    s->module = mb_retain(mb_element(argument, 0)).object;
    return start(p, data, init_body, "init", mb_element(argument, 1), out);
}

static mb_callback_state handle_call(mb_process *p, void *data, mb_term request, mb_from from,
                                     mb_outcome *out) {
    server *s = data;
    const handling h = {.name = "handle_call", .message = request, .from = from};
    return moon_callback_start(p, &s->callback, call_body, &h, out);
}

static mb_callback_state handle_cast(mb_process *p, void *data, mb_term request, mb_outcome *out) {
    return start(p, data, handle_body, "handle_cast", request, out);
}

static mb_callback_state handle_info(mb_process *p, void *data, mb_term message, mb_outcome *out) {
    return start(p, data, handle_body, "handle_info", message, out);
}

static mb_callback_state handle_continue(mb_process *p, void *data, mb_term argument,
                                         mb_outcome *out) {
    return start(p, data, handle_body, "handle_continue", argument, out);
}

static mb_callback_state terminate(mb_process *p, void *data, mb_term reason, mb_outcome *out) {
    return start(p, data, terminate_body, "terminate", reason, out);
}

static mb_callback_state resume(mb_process *p, void *data, mb_outcome *out) {
    server *s = data;
    return moon_callback_resume(p, &s->callback, out);
}

static mb_callback_state replace_state(mb_process *p, void *data, mb_term function,
                                       mb_outcome *out) {
    return start(p, data, replace_body, "replace_state", function, out);
}

static mb_callback_state code_change(mb_process *p, void *data, mb_term argument,
                                     mb_outcome *out) {
    return start(p, data, code_change_body, "code_change", argument, out);
}

/* Runs a body that shows something. One that wants to wait is given up. */
static bool picture(mb_process *p, server *s, lua_CFunction body, mb_term status, mb_term *out) {
    mb_outcome outcome = {.type = MB_OUTCOME_REPLY};
    mb_callback_state state = start(p, s, body, "format_status", status, &outcome);
    if (state != MB_CALLBACK_DONE) {
        moon_callback_abandon(&s->callback);
        return false;
    }
    mb_release(mb_runtime_of(p), outcome.reason);
    *out = outcome.reply;
    return outcome.type == MB_OUTCOME_REPLY;
}

static bool state(mb_process *p, void *data, mb_term *out) {
    server *s = data;
    if (s->anchor)
        return picture(p, s, copy_body, mb_nil(), out);
    *out = s->state;
    return true;
}

static mb_term format_status(mb_process *p, void *data, mb_term status) {
    mb_term formatted;
    if (picture(p, data, format_body, status, &formatted))
        return formatted;
    return moon_format_status_crashed(p, module_term(data));
}

static void destroy(mb_process *p, void *data) {
    server *s = data;
    mb_runtime *rt = mb_runtime_of(p);
    moon_universe *u = moon_universe_of(rt);
    if (u->L)
        moon_anchor_release(u->L, s->anchor);
    moon_callback_finish(p, &s->callback);
    mb_release(rt, module_term(s));
}

static mb_term module(mb_process *p, void *data) {
    (void)p;
    return module_name(data);
}

static const char *doing(mb_process *p, void *data) {
    server *s = data;
    (void)p;
    return moon_callback_doing(&s->callback);
}

const mb_gen_server_class moon_gen_server_class = {
    .data_size = sizeof(server),
    .init = init,
    .handle_call = handle_call,
    .handle_cast = handle_cast,
    .handle_info = handle_info,
    .handle_continue = handle_continue,
    .terminate = terminate,
    .resume = resume,
    .state = state,
    .replace_state = replace_state,
    .destroy = destroy,
    .module = module,
    .doing = doing,
    .format_status = format_status,
    .code_change = code_change,
};
