/* DynamicSupervisor: https://hexdocs.pm/elixir/1.14/DynamicSupervisor.html */
#include "lua/argument.h"
#include "lua/cell.h"
#include "lua/child_spec_lib.h"
#include "lua/gen_server_lib.h"
#include "lua/help.h"
#include "lua/module.h"
#include "lua/process.h"
#include "lua/state.h"
#include "lua/supervisor_lib.h"
#include "lua/value.h"

#define START "DynamicSupervisor.start_link"

/* ---- flags ----------------------------------------------------------------------------------*/

#define FLAGS "strategy", "max_restarts", "max_seconds", "max_children", "extra_arguments"

/* Pushes what the runtime is to be told: { strategy =, intensity =, period =, max_children =,
 * extra_arguments = }. Elixir's names and defaults come in. */
static void push_flags(lua_State *L, int opts) {
    static const char *const fields[][2] = {{"strategy", "strategy"},
                                            {"max_restarts", "intensity"},
                                            {"max_seconds", "period"},
                                            {"max_children", "max_children"},
                                            {"extra_arguments", "extra_arguments"}};
    lua_createtable(L, 0, 5);
    lua_pushinteger(L, 3);
    lua_setfield(L, -2, "intensity");
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (moon_push_option(L, opts, fields[i][0]) != LUA_TNIL)
            lua_setfield(L, -2, fields[i][1]);
        else
            lua_pop(L, 1);
    }
}

static int init_values(lua_State *L) {
    static const char *const names[] = {FLAGS, NULL};
    moon_check_options(L, "DynamicSupervisor.init", 1);
    moon_check_option_names(L, "DynamicSupervisor.init", 1, names);
    lua_settop(L, 1);
    lua_pushliteral(L, "ok");
    push_flags(L, 1);
    return 2;
}

/* ---- a module's init ------------------------------------------------------------------------*/

/* "ok", flags, as DynamicSupervisor.init returns it */
static int init_finished(lua_State *L, int status, lua_KContext context) {
    const moon_callback *callback = (const moon_callback *)context;
    mb_outcome *out = callback->thread->entry->out;
    (void)status;
    if (lua_gettop(L) == 1 && moon_is_string(L, 1, "ignore")) {
        out->type = MB_OUTCOME_IGNORE;
        return 0;
    }
    if (lua_gettop(L) != 2 || !moon_is_string(L, 1, "ok") || lua_type(L, 2) != LUA_TTABLE)
        return moon_bad_init(L, callback);
    moon_to_term(L, 2, &out->reply, "flags");
    out->type = MB_OUTCOME_REPLY;
    return 0;
}

static int init_body(lua_State *L) { return moon_call_module_init(L, init_finished); }

/* argument: { module, argument }, or the flags of a supervisor without a module. */
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

/* ---- starting -------------------------------------------------------------------------------*/

static mb_process *start_module(mb_runtime *rt, mb_process *self, mb_term argument,
                                const mb_gen_server_options *options) {
    return mb_dynamic_supervisor_start(rt, self, &child_starter, argument, options);
}

static mb_process *start_plain(mb_runtime *rt, mb_process *self, mb_term argument,
                               const mb_gen_server_options *options) {
    mb_gen_server_options named = *options;
    if (!mb_string_new(rt, "DynamicSupervisor", 17, &named.initial_call)) {
        mb_release(rt, argument);
        return NULL;
    }
    mb_process *p = mb_dynamic_supervisor_start(rt, self, &child_starter, argument, &named);
    mb_release(rt, named.initial_call);
    return p;
}

static mb_term flags_argument(lua_State *L) {
    mb_term argument;
    push_flags(L, 1);
    moon_to_term(L, -1, &argument, "opts");
    lua_pop(L, 1);
    return argument;
}

static int start_link(lua_State *L) {
    static const char *const names[] = {FLAGS, MOON_SERVER_OPTIONS, NULL};
    if (moon_is_supervisor_module(L, 1)) {
        moon_check_server_options(L, START);
        return moon_start(L, START, true, NULL, start_module);
    }
    if (lua_isnoneornil(L, 1)) {
        lua_settop(L, 0);
        lua_newtable(L);
    }
    if (lua_type(L, 1) != LUA_TTABLE)
        return moon_bad_argument(L, START, 1, "opts", "a table of options or a module");
    moon_check_option_names(L, START, 1, names);
    moon_check_name(L, START, 1);
    lua_settop(L, 2);
    lua_pushvalue(L, 1);
    return moon_start(L, START, true, flags_argument, start_plain);
}

static int module(lua_State *L) {
    if (lua_type(L, 1) != LUA_TSTRING || lua_rawlen(L, 1) == 0)
        return moon_bad_argument(L, "DynamicSupervisor.module", 1, "name",
                                 "the module's name, a string");
    lua_settop(L, 1);
    moon_module_new(L, lua_tostring(L, 1));
    moon_give_child_spec(L, 2, "supervisor", start_link);
    return 1;
}

/* child_spec(opts): the name is the id. */
static int child_spec(lua_State *L) {
    moon_check_options(L, "DynamicSupervisor.child_spec", 1);
    lua_settop(L, 1);
    moon_push_named_spec(L, 1, "DynamicSupervisor");
    return 1;
}

/* ---- requests -------------------------------------------------------------------------------*/

/* Elixir's :ignore is nil, "ignore" here. */
static int answered_start(lua_State *L) {
    if (!moon_is_string(L, -1, "ignore"))
        return moon_answered_tagged(L);
    lua_pushnil(L);
    lua_insert(L, -2);
    return 2;
}

#define QUESTION(function, answered)                                                              \
    {"GenServer", "call", "DynamicSupervisor." function, MB_CALL, answered}

static int which_children(lua_State *L) {
    static const moon_question question = QUESTION("which_children", NULL);
    lua_settop(L, 1);
    lua_pushliteral(L, "which_children");
    return moon_ask_supervisor(L, &question);
}

static int count_children(lua_State *L) {
    static const moon_question question = QUESTION("count_children", NULL);
    lua_settop(L, 1);
    lua_pushliteral(L, "count_children");
    return moon_ask_supervisor(L, &question);
}

static int start_child(lua_State *L) {
    static const moon_question question = QUESTION("start_child", answered_start);
    lua_settop(L, 2);
    moon_push_child_spec(L, 2, question.what);
    moon_name_modules(L, 3);
    moon_push_request(L, "start_child");
    return moon_ask_supervisor(L, &question);
}

static int terminate_child(lua_State *L) {
    static const moon_question question = QUESTION("terminate_child", moon_answered_tagged);
    if (!moon_is_pid(L, 2))
        return moon_bad_argument(L, question.what, 2, "pid", "the child's pid");
    lua_settop(L, 2);
    moon_push_request(L, "terminate_child");
    return moon_ask_supervisor(L, &question);
}

/* ---- binding --------------------------------------------------------------------------------*/

#define COUNTER                                                                                   \
    "    Counter = GenServer.module \"Counter\"\n"                                                \
    "    function Counter.init(n) return \"ok\", n end\n"
#define POOL COUNTER "    sup = DynamicSupervisor.start_link{ strategy = \"one_for_one\" }\n"
#define CHILD POOL "    pid = DynamicSupervisor.start_child(sup, { Counter, 1 })\n"

static int stop(lua_State *L) {
    return moon_stop_server(L, "DynamicSupervisor.stop");
}

static const moon_binding bindings[] = {
    {"DynamicSupervisor",
     "DynamicSupervisor\n\n"
     "A supervisor that starts without children and is given them one by one, any number of them.\n"
     "They have no ids and are told by their pids.\n\n" CHILD
     "    DynamicSupervisor.which_children(sup)   --> { { \"undefined\", #PID<0.86.0>, \"worker\", "
     "{ \"Counter\" } } }",
     NULL},
    {"DynamicSupervisor.start_link",
     "start_link(opts)\n"
     "start_link(module, arg [, opts])\n\n"
     "Starts a supervisor linked to the caller; returns its pid, or nil and the reason. opts:\n"
     "name, strategy (\"one_for_one\" only), max_children = \"infinity\", max_restarts = 3,\n"
     "max_seconds = 5, "
     "extra_arguments (a list, put before each child's own). A module answers in init(arg) what\n"
     "DynamicSupervisor.init returns.\n\n"
     "    sup = DynamicSupervisor.start_link{ name = \"pool\", max_children = 100 }",
     start_link},
    {"DynamicSupervisor.module",
     "module(name)\n\n"
     "Makes a module for a dynamic supervisor, which is a \"supervisor\" as a child of others.\n\n"
     "    Pool = DynamicSupervisor.module \"Pool\"\n"
     "    function Pool.init(max) return DynamicSupervisor.init{ max_children = max } end\n"
     "    sup = DynamicSupervisor.start_link(Pool, 10)",
     module},
    {"DynamicSupervisor.init",
     "init([opts])\n\n"
     "What init(arg) of a dynamic supervisor's module returns: \"ok\", flags. opts are those of\n"
     "start_link without the name.\n\n"
     "    Pool = DynamicSupervisor.module \"Pool\"\n"
     "    function Pool.init(max) return DynamicSupervisor.init{ max_children = max } end\n"
     "    sup = DynamicSupervisor.start_link(Pool, 10)",
     init_values},
    {"DynamicSupervisor.child_spec",
     "child_spec(opts)\n\n"
     "How a supervisor starts it as a child; the name is the id.\n\n"
     "    Supervisor.start_link({ { DynamicSupervisor, { name = \"pool\" } } }, { strategy = "
     "\"one_for_one\" })",
     child_spec},
    {"DynamicSupervisor.start_child",
     "start_child(supervisor, child)\n\n"
     "Starts a child, in any of the forms that Supervisor.start_link takes (an id is not looked "
     "at);\n"
     "returns its pid, or nil and the reason: \"max_children\", \"ignore\" or what its start "
     "answered.\n\n" CHILD,
     start_child},
    {"DynamicSupervisor.terminate_child",
     "terminate_child(supervisor, pid)\n\n"
     "Stops a child and forgets it. Returns true, or nil, \"not_found\".\n\n" CHILD
     "    DynamicSupervisor.terminate_child(sup, pid)   --> true",
     terminate_child},
    {"DynamicSupervisor.which_children",
     "which_children(supervisor)\n\n"
     "An array with { \"undefined\", pid, type, modules } of each child, the oldest first. In\n"
     "place of the pid stands \"restarting\" while a child cannot be started again.\n\n" CHILD
     "    DynamicSupervisor.which_children(sup)",
     which_children},
    {"DynamicSupervisor.count_children",
     "count_children(supervisor)\n\n"
     "How many children there are: specs, active, supervisors, workers.\n\n" CHILD
     "    DynamicSupervisor.count_children(sup).active   --> 1",
     count_children},
    {"DynamicSupervisor.stop",
     "stop(supervisor [, reason = \"normal\" [, timeout = \"infinity\"]])\n\n"
     "Stops the children, all at the same time, then the supervisor. Returns true.\n\n" POOL
     "    DynamicSupervisor.stop(sup)   --> true",
     stop},
    {NULL, NULL, NULL},
};

void moon_open_dynamic_supervisor(lua_State *L) {
    moon_module_new(L, "DynamicSupervisor");
    lua_setglobal(L, "DynamicSupervisor");
    moon_bind(L, bindings);
}
