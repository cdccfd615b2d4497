/* Supervisor: https://hexdocs.pm/elixir/1.14/Supervisor.html */
#include "lua/supervisor_lib.h"

#include "lua/argument.h"
#include "lua/cell.h"
#include "lua/child_spec_lib.h"
#include "lua/gen_server_lib.h"
#include "lua/help.h"
#include "lua/module.h"
#include "lua/process.h"
#include "lua/state.h"
#include "lua/value.h"

/* ---- starting children in the supervisor's process ------------------------------------------*/

/* What a start function answers, as the runtime wants it: { "ok", pid [, info] }, "ignore",
 * { "error", reason }. What it returns is pid [, info], or nil and the reason. */
static void read_start(lua_State *L, mb_outcome *out) {
    lua_createtable(L, 3, 0);
    if (moon_is_pid(L, 1)) {
        lua_pushliteral(L, "ok");
        lua_rawseti(L, 3, 1);
        lua_pushvalue(L, 1);
        lua_rawseti(L, 3, 2);
        lua_pushvalue(L, 2);
        lua_rawseti(L, 3, 3);
    } else if (lua_isnil(L, 1) && moon_is_string(L, 2, "ignore")) {
        out->reply = mb_atom("ignore");
        return;
    } else {
        lua_pushliteral(L, "error");
        lua_rawseti(L, 3, 1);
        lua_pushvalue(L, lua_isnil(L, 1) ? 2 : 1);
        lua_rawseti(L, 3, 2);
    }
    moon_to_term(L, 3, &out->reply, "the result of the child's start function");
}

static int start_finished(lua_State *L, int status, lua_KContext context) {
    const moon_callback *callback = (const moon_callback *)context;
    (void)status;
    lua_settop(L, 2);
    callback->thread->entry->out->type = MB_OUTCOME_REPLY;
    read_start(L, callback->thread->entry->out);
    return 0;
}

static int start_body(lua_State *L) {
    moon_callback *callback = moon_callback_begin(L);
    const mb_term *start = callback->thread->entry->arguments;
    int count = moon_push_child_start(L, *start);
    lua_callk(L, count, LUA_MULTRET, (lua_KContext)callback, start_finished);
    return start_finished(L, LUA_OK, (lua_KContext)callback);
}

mb_callback_state moon_child_start(mb_process *p, void *data, mb_term start, mb_outcome *out) {
    return moon_callback_start(p, data, start_body, &start, out);
}

mb_callback_state moon_child_resume(mb_process *p, void *data, mb_outcome *out) {
    return moon_callback_resume(p, data, out);
}

void moon_child_destroy(mb_process *p, void *data) { moon_callback_finish(p, data); }

/* ---- flags and specifications ---------------------------------------------------------------*/

static void copy_option(lua_State *L, int opts, const char *option, const char *flag) {
    lua_getfield(L, opts, option);
    lua_setfield(L, -2, flag);
}

/* Pushes { strategy =, intensity =, period =, auto_shutdown = }. */
static void push_flags(lua_State *L, const char *what, int opts) {
    if (lua_type(L, opts) != LUA_TTABLE)
        moon_bad_argument(L, what, opts, "opts", "a table with at least strategy");
    lua_createtable(L, 0, 4);
    lua_pushinteger(L, 3);
    lua_setfield(L, -2, "intensity");
    lua_pushinteger(L, 5);
    lua_setfield(L, -2, "period");
    copy_option(L, opts, "strategy", "strategy");
    copy_option(L, opts, "auto_shutdown", "auto_shutdown");
    static const char *const limits[][2] = {{"max_restarts", "intensity"},
                                            {"max_seconds", "period"}};
    for (int i = 0; i < 2; i++) {
        if (lua_getfield(L, opts, limits[i][0]) != LUA_TNIL)
            lua_setfield(L, -2, limits[i][1]);
        else
            lua_pop(L, 1);
    }
    if (lua_getfield(L, -1, "strategy") == LUA_TNIL)
        luaL_error(L, "%s: expected strategy option to be given", what);
    lua_pop(L, 1);
}

void moon_name_modules(lua_State *L, int spec) {
    lua_createtable(L, 1, 0);
    int names = lua_gettop(L);
    bool listed = lua_getfield(L, spec, "modules") != LUA_TNIL;
    if (listed && lua_type(L, -1) != LUA_TTABLE) { /* "dynamic", or an error for the runtime */
        lua_settop(L, names - 1);
        return;
    }
    lua_Integer count = listed ? (lua_Integer)lua_rawlen(L, -1) : 1;
    if (!listed) {
        lua_pop(L, 1);
        if (lua_getfield(L, spec, "start") != LUA_TTABLE) {
            lua_settop(L, names);
            lua_setfield(L, spec, "modules");
            return;
        }
    }
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, names + 1, i);
        moon_normalise_id(L);
        lua_rawseti(L, names, i);
    }
    lua_settop(L, names);
    lua_setfield(L, spec, "modules");
}

static void name_all_modules(lua_State *L) {
    int specs = lua_gettop(L);
    lua_Integer count = (lua_Integer)lua_rawlen(L, specs);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, specs, i);
        moon_name_modules(L, specs + 1);
        lua_settop(L, specs);
    }
}

/* ---- a module's init ------------------------------------------------------------------------*/

int moon_bad_init(lua_State *L, const moon_callback *callback) {
    mb_outcome *out = callback->thread->entry->out;
    mb_runtime *rt = moon_rt(L);
    mb_process_info info;
    mb_term value = mb_nil();
    mb_info(callback->thread->entry->process, &info);
    if (lua_gettop(L) == 1)
        moon_to_term(L, 1, &value, "init's result");
    else if (lua_gettop(L) > 1)
        moon_stack_to_term(L, 1, &value, "init's result");
    const mb_term parts[] = {info.initial_call, mb_atom("init"), value};
    bool made = mb_tuple(rt, &out->reason, 3, parts);
    mb_release(rt, value);
    if (!made)
        moon_no_memory(L);
    out->type = MB_OUTCOME_BAD_RETURN;
    return 0;
}

/* "ok", { flags, specs }, as Supervisor.init returns it */
static int init_finished(lua_State *L, int status, lua_KContext context) {
    const moon_callback *callback = (const moon_callback *)context;
    mb_outcome *out = callback->thread->entry->out;
    (void)status;
    if (lua_gettop(L) == 1 && moon_is_string(L, 1, "ignore")) {
        out->type = MB_OUTCOME_IGNORE;
        return 0;
    }
    if (lua_gettop(L) != 2 || !moon_is_string(L, 1, "ok") || lua_type(L, 2) != LUA_TTABLE ||
        lua_rawlen(L, 2) != 2)
        return moon_bad_init(L, callback);
    lua_createtable(L, 2, 0);
    lua_rawgeti(L, 2, 1);
    lua_rawseti(L, 3, 2);
    if (lua_rawgeti(L, 2, 2) == LUA_TTABLE)
        name_all_modules(L);
    lua_rawseti(L, 3, 1);
    moon_to_term(L, 3, &out->reply, "children");
    out->type = MB_OUTCOME_REPLY;
    return 0;
}

int moon_call_module_init(lua_State *L, lua_KFunction finished) {
    moon_callback *callback = moon_callback_begin(L);
    const mb_term *argument = callback->thread->entry->arguments;
    moon_push_term(L, mb_element(*argument, 0));
    if (lua_getfield(L, 1, "init") != LUA_TFUNCTION)
        return luaL_error(L, "function %s.init/1 is undefined or private",
                          moon_module_is(L, 1) ? moon_module_name(L, 1) : "Module");
    lua_remove(L, 1);
    moon_push_term(L, mb_element(*argument, 1));
    lua_callk(L, 1, LUA_MULTRET, (lua_KContext)callback, finished);
    return finished(L, LUA_OK, (lua_KContext)callback);
}

static int init_body(lua_State *L) { return moon_call_module_init(L, init_finished); }

/* argument: { module, argument }, or { specs, flags } of a supervisor without a module. */
static mb_callback_state init(mb_process *p, void *data, mb_term argument, mb_outcome *out) {
    if (moon_is_module_term(mb_element(argument, 0)))
        return moon_callback_start(p, data, init_body, &argument, out);
    out->type = MB_OUTCOME_REPLY;
    out->reply = mb_retain(argument);
    return MB_CALLBACK_DONE;
}

static const mb_child_starter child_starter = {
    .init = init,
    .start = moon_child_start,
    .resume = moon_child_resume,
    .destroy = moon_child_destroy,
    .data_size = sizeof(moon_callback),
};

/* ---- starting a supervisor ------------------------------------------------------------------*/

#define START "Supervisor.start_link"

static mb_process *start_supervisor(mb_runtime *rt, mb_process *self, mb_term argument,
                                    const mb_gen_server_options *options) {
    return mb_supervisor_start(rt, self, &child_starter, argument, options);
}

bool moon_is_supervisor_module(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TTABLE)
        return false;
    if (moon_module_is(L, index))
        return true;
    bool found = lua_getfield(L, index, "init") == LUA_TFUNCTION;
    lua_pop(L, 1);
    return found;
}

/* start_link(children, opts): what Supervisor.init makes of them goes to the new process. */
static mb_term children_argument(lua_State *L) {
    mb_term argument;
    lua_createtable(L, 2, 0);
    moon_push_child_specs(L, 1, START);
    name_all_modules(L);
    lua_rawseti(L, -2, 1);
    push_flags(L, START, 2);
    lua_rawseti(L, -2, 2);
    moon_to_term(L, -1, &argument, "children");
    lua_pop(L, 1);
    return argument;
}

static int start_link(lua_State *L) {
    static const char *const names[] = {"strategy",      "max_restarts",      "max_seconds",
                                        "auto_shutdown", MOON_SERVER_OPTIONS, NULL};
    if (moon_is_supervisor_module(L, 1)) {
        moon_check_server_options(L, START);
        return moon_start(L, START, true, NULL, start_supervisor);
    }
    if (lua_type(L, 1) != LUA_TTABLE)
        return moon_bad_argument(L, START, 1, "children", "a list of children or a module");
    moon_check_options(L, START, 2);
    moon_check_option_names(L, START, 2, names);
    moon_check_name(L, START, 2);
    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    return moon_start(L, START, true, children_argument, start_supervisor);
}

static int module(lua_State *L) {
    if (lua_type(L, 1) != LUA_TSTRING || lua_rawlen(L, 1) == 0)
        return moon_bad_argument(L, "Supervisor.module", 1, "name", "the module's name, a string");
    lua_settop(L, 1);
    moon_module_new(L, lua_tostring(L, 1));
    moon_give_child_spec(L, 2, "supervisor", start_link);
    return 1;
}

static int init_values(lua_State *L) {
    static const char *const names[] = {"strategy", "max_restarts", "max_seconds", "auto_shutdown",
                                        NULL};
    if (lua_type(L, 1) != LUA_TTABLE || moon_module_is(L, 1))
        return moon_bad_argument(L, "Supervisor.init", 1, "children", "a list of children");
    lua_settop(L, 2);
    moon_check_option_names(L, "Supervisor.init", 2, names);
    lua_pushliteral(L, "ok");
    lua_createtable(L, 2, 0);
    push_flags(L, "Supervisor.init", 2);
    lua_rawseti(L, -2, 1);
    moon_push_child_specs(L, 1, "Supervisor.init");
    lua_rawseti(L, -2, 2);
    return 2;
}

/* ---- requests -------------------------------------------------------------------------------*/

/* Asks as the functions of Elixir's Supervisor do; the request is on top of the stack. */
int moon_ask_supervisor(lua_State *L, const moon_question *question) {
    mb_term request;
    mb_pid to = moon_whereis(L, 1, question->what);
    moon_check_can_wait(L, question->what);
    if (lua_gettop(L) > 2)
        lua_replace(L, 2);
    lua_settop(L, 2);
    lua_pushliteral(L, "infinity");
    moon_to_term(L, 2, &request, question->what);
    return moon_ask(L, question, to, request, MB_INFINITY);
}

void moon_push_request(lua_State *L, const char *name) {
    lua_createtable(L, 2, 0);
    lua_insert(L, -2);
    lua_rawseti(L, -2, 2);
    lua_pushstring(L, name);
    lua_rawseti(L, -2, 1);
}

#define QUESTION(function)                                                                        \
    {"GenServer", "call", "Supervisor." function, MB_CALL, moon_answered_tagged}

static int which_children(lua_State *L) {
    static const moon_question question = {"GenServer", "call", "Supervisor.which_children",
                                           MB_CALL, NULL};
    lua_settop(L, 1);
    lua_pushliteral(L, "which_children");
    return moon_ask_supervisor(L, &question);
}

static int count_children(lua_State *L) {
    static const moon_question question = {"GenServer", "call", "Supervisor.count_children",
                                           MB_CALL, NULL};
    lua_settop(L, 1);
    lua_pushliteral(L, "count_children");
    return moon_ask_supervisor(L, &question);
}

static int start_child(lua_State *L) {
    static const moon_question question = QUESTION("start_child");
    lua_settop(L, 2);
    moon_push_child_spec(L, 2, question.what);
    moon_name_modules(L, 3);
    moon_push_request(L, "start_child");
    return moon_ask_supervisor(L, &question);
}

/* The requests that take an id. */
static int ask_about(lua_State *L, const char *request, const moon_question *question) {
    lua_settop(L, 2);
    moon_normalise_id(L);
    moon_push_request(L, request);
    return moon_ask_supervisor(L, question);
}

static int terminate_child(lua_State *L) {
    static const moon_question question = QUESTION("terminate_child");
    return ask_about(L, "terminate_child", &question);
}

static int restart_child(lua_State *L) {
    static const moon_question question = QUESTION("restart_child");
    return ask_about(L, "restart_child", &question);
}

static int delete_child(lua_State *L) {
    static const moon_question question = QUESTION("delete_child");
    return ask_about(L, "delete_child", &question);
}

static int get_childspec(lua_State *L) {
    static const moon_question question = QUESTION("get_childspec");
    return ask_about(L, "get_childspec", &question);
}

/* ---- binding --------------------------------------------------------------------------------*/

#define COUNTER                                                                                   \
    "    Counter = GenServer.module \"Counter\"\n"                                                \
    "    function Counter.init(n) return \"ok\", n end\n"
#define TREE                                                                                      \
    COUNTER "    sup = Supervisor.start_link({ { Counter, 1 } }, { strategy = \"one_for_one\" })\n"

static int stop(lua_State *L) {
    return moon_stop_server(L, "Supervisor.stop");
}

static const moon_binding bindings[] = {
    {"Supervisor",
     "Supervisor\n\n"
     "A process that starts others, and starts them again when they end.\n\n" TREE
     "    Supervisor.which_children(sup)   --> { { \"Counter\", #PID<0.85.0>, \"worker\", { "
     "\"Counter\" } } }",
     NULL},
    {"Supervisor.start_link",
     "start_link(children, opts)\n"
     "start_link(module, arg [, opts])\n\n"
     "Starts a supervisor linked to the caller, and its children in order; returns its pid, or "
     "nil and\n"
     "the reason. A child is Module, { Module, arg } or { id =, start = { Module, \"start_link\", "
     "{ arg } },\n"
     "restart = \"permanent\", shutdown = 5000, type = \"worker\" }; start may be a function "
     "too.\n"
     "opts: strategy (\"one_for_one\", \"one_for_all\", \"rest_for_one\"), max_restarts = 3, "
     "max_seconds = 5,\n"
     "auto_shutdown = \"never\", name. A module answers in init(arg) what Supervisor.init "
     "returns.\n\n" TREE,
     start_link},
    {"Supervisor.module",
     "module(name)\n\n"
     "Makes a module for a supervisor, which is a \"supervisor\" as a child of others.\n\n"
     COUNTER
     "    App = Supervisor.module \"App\"\n"
     "    function App.init(n) return Supervisor.init({ { Counter, n } }, { strategy = "
     "\"one_for_one\" }) end\n"
     "    sup = Supervisor.start_link(App, 1)",
     module},
    {"Supervisor.init",
     "init(children, opts)\n\n"
     "What init(arg) of a supervisor's module returns: \"ok\", { flags, children }.\n\n" COUNTER
     "    App = Supervisor.module \"App\"\n"
     "    function App.init(n) return Supervisor.init({ { Counter, n } }, { strategy = "
     "\"one_for_one\" }) end\n"
     "    sup = Supervisor.start_link(App, 1)",
     init_values},
    {"Supervisor.child_spec",
     "child_spec(child [, overrides])\n\n"
     "The specification of a child, with the overrides' fields in place of its own.\n\n" COUNTER
     "    Supervisor.child_spec({ Counter, 1 }, { id = \"first\" })\n"
     "    --> { id = \"first\", start = { Counter, \"start_link\", { 1 } } }",
     moon_child_spec},
    {"Supervisor.which_children",
     "which_children(supervisor)\n\n"
     "An array with { id, pid, type, modules } of each child, the youngest first. In place of the "
     "pid\n"
     "stands \"restarting\", or \"undefined\" for a child that does not run.\n\n" TREE
     "    Supervisor.which_children(sup)",
     which_children},
    {"Supervisor.count_children",
     "count_children(supervisor)\n\n"
     "How many children there are: specs, active, supervisors, workers.\n\n" TREE
     "    Supervisor.count_children(sup).active   --> 1",
     count_children},
    {"Supervisor.start_child",
     "start_child(supervisor, child)\n\n"
     "Adds a child and starts it; returns its pid, or nil and the reason: \"already_present\",\n"
     "{ \"already_started\", pid }, { reason, specification }.\n\n"
     COUNTER
     "    sup = Supervisor.start_link({}, { strategy = \"one_for_one\" })\n"
     "    Supervisor.start_child(sup, { Counter, 1 })   --> #PID<0.86.0>",
     start_child},
    {"Supervisor.terminate_child",
     "terminate_child(supervisor, id)\n\n"
     "Stops a child; its specification stays, unless it is temporary. Returns true, or nil, "
     "\"not_found\".\n\n" TREE
     "    Supervisor.terminate_child(sup, Counter)   --> true",
     terminate_child},
    {"Supervisor.restart_child",
     "restart_child(supervisor, id)\n\n"
     "Starts a child that does not run; returns its pid, or nil and \"running\", \"restarting\",\n"
     "\"not_found\" or why it does not start.\n\n" TREE
     "    Supervisor.terminate_child(sup, Counter)\n"
     "    Supervisor.restart_child(sup, Counter)   --> #PID<0.87.0>",
     restart_child},
    {"Supervisor.delete_child",
     "delete_child(supervisor, id)\n\n"
     "Forgets the specification of a child that does not run. Returns true, or nil and "
     "\"running\",\n"
     "\"restarting\" or \"not_found\".\n\n" TREE
     "    Supervisor.terminate_child(sup, Counter)\n"
     "    Supervisor.delete_child(sup, Counter)   --> true",
     delete_child},
    {"Supervisor.get_childspec",
     "get_childspec(supervisor, id)\n\n"
     "The complete specification of a child, as it is started next time; or nil, \"not_found\".\n"
     "(It is erlang's supervisor:get_childspec/2.)\n\n" TREE
     "    Supervisor.get_childspec(sup, Counter).restart   --> \"permanent\"",
     get_childspec},
    {"Supervisor.stop",
     "stop(supervisor [, reason = \"normal\" [, timeout = \"infinity\"]])\n\n"
     "Stops the children, the youngest first, then the supervisor. Returns true.\n\n" TREE
     "    Supervisor.stop(sup)   --> true",
     stop},
    {NULL, NULL, NULL},
};

void moon_open_supervisor(lua_State *L) { moon_bind(L, bindings); }
