/* GenServer: https://hexdocs.pm/elixir/1.14/GenServer.html */
#include "lua/gen_server_lib.h"

#include "lua/argument.h"
#include "lua/cell.h"
#include "lua/child_spec_lib.h"
#include "lua/error.h"
#include "lua/gen_server_class.h"
#include "lua/help.h"
#include "lua/module.h"
#include "lua/process.h"
#include "lua/question.h"
#include "lua/state.h"
#include "lua/value.h"

#define DEFAULT_TIMEOUT (5000 * MB_MILLISECOND)

/* ---- modules --------------------------------------------------------------------------------*/

static int module(lua_State *L) {
    if (lua_type(L, 1) != LUA_TSTRING || lua_rawlen(L, 1) == 0)
        return moon_bad_argument(L, "GenServer.module", 1, "name", "the module's name, a string");
    lua_settop(L, 1);
    moon_module_new(L, lua_tostring(L, 1));
    moon_give_child_spec(L, 2, "worker", NULL);
    return 1;
}

/* ---- starting -------------------------------------------------------------------------------*/

void moon_check_name(lua_State *L, const char *what, int arg) {
    int type = moon_push_option(L, arg, "name");
    if (type != LUA_TSTRING && type != LUA_TNIL && !moon_module_is(L, -1) &&
        !moon_is_foreign_name(L, -1))
        moon_bad_option(L, what, arg, "name", MOON_NAME);
    lua_pop(L, 1);
}

/* Pushes the name: a string, nil, or a table that the runtime does not know of (via, global). */
static int push_name(lua_State *L, const char *what, int arg) {
    moon_check_name(L, what, arg);
    int type = moon_push_option(L, arg, "name");
    if (moon_module_is(L, -1)) {
        moon_normalise_id(L);
        return LUA_TSTRING;
    }
    return type;
}

/* nil, { "already_started", pid } */
static int already_started(lua_State *L, mb_pid pid) {
    lua_pushnil(L);
    lua_createtable(L, 2, 0);
    lua_pushliteral(L, "already_started");
    lua_rawseti(L, -2, 1);
    moon_push_pid(L, pid);
    lua_rawseti(L, -2, 2);
    return 2;
}

/* gen_server:start_link's result: { "ok", pid }, { "error", reason } or "ignore"; taken. */
static int return_started(lua_State *L, mb_term answer) {
    mb_runtime *rt = moon_rt(L);
    if (mb_is(mb_element(answer, 0), "ok")) {
        moon_push_pid(L, mb_element(answer, 1).id);
        mb_release(rt, answer);
        return 1;
    }
    lua_pushnil(L);
    mb_term reason = answer.type == MB_TABLE ? mb_retain(mb_element(answer, 1)) : mb_retain(answer);
    mb_release(rt, answer);
    moon_push_owned_term(L, reason);
    return 2;
}

static int started(lua_State *L, int status, lua_KContext context) {
    mb_term value;
    (void)status;
    switch (mb_answer(moon_self(L), &value)) {
    case MB_ANSWER_PENDING:
        return moon_wait(L, (const char *)context, context, started);
    case MB_ANSWER_VALUE:
        return return_started(L, value);
    case MB_ANSWER_EXIT: /* died before it could say why */
        lua_pushnil(L);
        moon_push_owned_term(L, value);
        return 2;
    default:
        moon_no_memory(L);
    }
}

int moon_await_started(lua_State *L, mb_process *child, mb_time timeout, const char *what) {
    mb_answer_state state = mb_await_init(moon_self(L), child, timeout);
    if (state == MB_ANSWER_PENDING)
        return moon_wait(L, what, (lua_KContext)what, started);
    return started(L, LUA_OK, (lua_KContext)what);
}

/* The owned { module, argument } of the values at index 1 and 2. */
static mb_term start_argument(lua_State *L) {
    mb_runtime *rt = moon_rt(L);
    mb_term parts[2], pair;
    moon_module_term(L, 1, &parts[0]);
    if (!moon_try_term(L, 2, &parts[1], "arg")) {
        mb_release(rt, parts[0]);
        luaL_where(L, 1);
        lua_insert(L, -2);
        lua_concat(L, 2);
        lua_error(L);
    }
    bool made = mb_tuple(rt, &pair, 2, parts);
    mb_release(rt, parts[0]);
    mb_release(rt, parts[1]);
    if (!made)
        moon_no_memory(L);
    return pair;
}

/* register(name, pid): whether the name could be taken. */
static int try_register(lua_State *L) {
    mb_term error = mb_nil();
    bool done = moon_register_name(L, 1, moon_light(L, 2), &error);
    mb_release(moon_rt(L), error);
    lua_pushboolean(L, done);
    return 1;
}

/* Of { "via", Module, name } and { "global", name } the name. */
static void give_title(lua_State *L, int index, mb_process *child) {
    mb_term title;
    lua_rawgeti(L, index, (lua_Integer)lua_rawlen(L, index));
    if (!moon_try_term(L, -1, &title, "name"))
        lua_error(L);
    lua_pop(L, 1);
    bool kept = mb_set_title(child, title);
    mb_release(moon_rt(L), title);
    if (!kept)
        moon_no_memory(L);
}

/* A name that the runtime does not know of is taken before the child's init runs. */
static void register_foreign(lua_State *L, int index, mb_process *child) {
    mb_pid pid = mb_self(child);
    lua_pushcfunction(L, try_register);
    lua_pushvalue(L, index);
    moon_push_pid(L, pid);
    bool raised = lua_pcall(L, 2, 1, 0) != LUA_OK;
    if (!raised && lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        give_title(L, index, child);
        return;
    }
    mb_process *self = moon_self(L);
    mb_unlink(self, pid);
    mb_exit_signal(moon_rt(L), self, pid, mb_atom("kill"));
    if (raised)
        lua_error(L);
    luaL_error(L, "the name %s cannot be registered", moon_push_shown(L, index));
}

static bool is_global(lua_State *L, int index) {
    lua_rawgeti(L, index, 1);
    bool global = lua_rawlen(L, index) == 2 && moon_is_string(L, -1, "global");
    lua_pop(L, 1);
    return global;
}

static mb_pid global_name_server(lua_State *L) {
    static const char server[] = "global_name_server";
    mb_term name;
    if (!mb_string_new(moon_rt(L), server, sizeof server - 1, &name))
        moon_no_memory(L);
    mb_pid pid = mb_whereis(moon_rt(L), name);
    mb_release(moon_rt(L), name);
    return pid;
}

typedef struct beginning {
    const char *what;
    bool link;
    moon_start_argument *make;
    moon_starter *start;
} beginning;

static int begin_again(lua_State *L, int status, lua_KContext context) {
    const beginning b = *(beginning *)lua_touserdata(L, 4);
    (void)status;
    (void)context;
    lua_settop(L, 3);
    if (!global_name_server(L))
        return luaL_error(L, "%s: the process global_name_server is not alive", b.what);
    return moon_start(L, b.what, b.link, b.make, b.start);
}

/* Global names are given out by a process that a node without others starts when it is needed. */
static int after_global_start(lua_State *L, beginning b) {
    lua_settop(L, 3);
    *(beginning *)lua_newuserdatauv(L, sizeof b, 0) = b;
    lua_getglobal(L, "global");
    lua_getfield(L, -1, "start");
    lua_callk(L, 0, 0, 0, begin_again);
    return begin_again(L, LUA_OK, 0);
}

int moon_start(lua_State *L, const char *what, bool link, moon_start_argument *make,
               moon_starter *start) {
    if (lua_type(L, 1) != LUA_TTABLE)
        return moon_bad_argument(L, what, 1, "module", "a module");
    moon_check_options(L, what, 3);
    lua_settop(L, 3);
    mb_process *self = moon_self(L);
    mb_gen_server_options options = {.link = link};
    options.timeout = moon_timeout_option(L, what, 3, "timeout", MB_INFINITY);
    options.hibernate_after = moon_timeout_option(L, what, 3, "hibernate_after", MB_INFINITY);
    moon_check_can_wait(L, what);
    int name_index = lua_gettop(L) + 1;
    bool foreign = push_name(L, what, 3) == LUA_TTABLE;
    mb_pid holder = foreign ? moon_whereis(L, name_index, "name") : 0;
    if (holder)
        return already_started(L, holder);
    bool global = foreign && is_global(L, name_index);
    if (global && !(options.registrar = global_name_server(L)))
        return after_global_start(L, (beginning){what, link, make, start});
    if (global) {
        lua_rawgeti(L, name_index, 2);
        lua_replace(L, name_index);
    }
    mb_term argument = make ? make(L) : start_argument(L);
    if ((global || !foreign) && !moon_try_term(L, name_index, &options.name, "name")) {
        mb_release(moon_rt(L), argument);
        return lua_error(L);
    }
    moon_push_option(L, 3, "debug");
    if (!moon_try_term(L, -1, &options.debug, "debug")) {
        mb_release(moon_rt(L), options.name);
        mb_release(moon_rt(L), argument);
        return lua_error(L);
    }
    mb_term module = mb_element(argument, 0);
    options.initial_call = make ? mb_atom("Supervisor") : moon_module_term_name(module);
    mb_process *child = start(moon_rt(L), self, argument, &options);
    mb_release(moon_rt(L), options.name);
    mb_release(moon_rt(L), options.debug);
    if (!child)
        moon_no_memory(L);
    if (foreign && !global)
        register_foreign(L, name_index, child);
    return moon_await_started(L, child, options.timeout, what);
}

static mb_process *start_server(mb_runtime *rt, mb_process *self, mb_term argument,
                                const mb_gen_server_options *options) {
    return mb_gen_server_start(rt, self, &moon_gen_server_class, argument, options);
}

void moon_check_server_options(lua_State *L, const char *what) {
    static const char *const names[] = {MOON_SERVER_OPTIONS, NULL};
    moon_check_option_names(L, what, 3, names);
}

int moon_gen_server_start_link(lua_State *L) {
    moon_check_server_options(L, "GenServer.start_link");
    return moon_start(L, "GenServer.start_link", true, NULL, start_server);
}

static int start_nolink(lua_State *L) {
    moon_check_server_options(L, "GenServer.start");
    return moon_start(L, "GenServer.start", false, NULL, start_server);
}

/* ---- asking and telling ---------------------------------------------------------------------*/

static const moon_question call_question = {"GenServer", "call", "GenServer.call", MB_CALL, NULL};

static int call(lua_State *L) {
    mb_pid to = moon_whereis(L, 1, "GenServer.call");
    mb_time timeout = DEFAULT_TIMEOUT;
    mb_term request;
    if (lua_gettop(L) < 3 || lua_isnil(L, 3)) {
        lua_settop(L, 2);
        lua_pushinteger(L, 5000);
    } else {
        timeout = moon_check_timeout(L, 3, DEFAULT_TIMEOUT);
        lua_settop(L, 3);
    }
    moon_check_can_wait(L, "GenServer.call");
    moon_to_term(L, 2, &request, "request");
    return moon_ask(L, &call_question, to, request, timeout);
}

static int cast(lua_State *L) {
    mb_pid to = moon_whereis(L, 1, "GenServer.cast");
    mb_term request;
    lua_settop(L, 2);
    moon_to_term(L, 2, &request, "request");
    if (!mb_send_kind(moon_rt(L), moon_self_or_null(L), to, request, MB_CAST, 0))
        moon_no_memory(L);
    lua_pushboolean(L, 1);
    return 1;
}

static int reply(lua_State *L) {
    mb_term value;
    lua_settop(L, 2);
    if (lua_type(L, 1) != LUA_TTABLE)
        return moon_bad_argument(L, "GenServer.reply", 1, "from", "handle_call's from");
    lua_rawgeti(L, 1, 1);
    lua_rawgeti(L, 1, 2);
    if (!moon_is_pid(L, 3) || !moon_is_ref(L, 4))
        return moon_bad_argument(L, "GenServer.reply", 1, "from", "handle_call's from");
    moon_to_term(L, 2, &value, "reply");
    mb_reply(moon_rt(L), moon_self_or_null(L), moon_light(L, 3), moon_light(L, 4), value);
    lua_pushboolean(L, 1);
    return 1;
}

int moon_stop_server(lua_State *L, const char *what) {
    mb_pid to = moon_whereis(L, 1, what);
    mb_time timeout = moon_check_timeout(L, 3, MB_INFINITY);
    mb_term reason;
    lua_settop(L, 3);
    if (lua_isnil(L, 2)) {
        lua_pushliteral(L, "normal");
        lua_replace(L, 2);
    }
    if (lua_isnil(L, 3)) {
        lua_pushliteral(L, "infinity");
        lua_replace(L, 3);
    }
    moon_check_can_wait(L, what);
    moon_to_term(L, 2, &reason, "reason");
    return moon_stop(L, to, reason, timeout);
}

static int stop(lua_State *L) {
    return moon_stop_server(L, "GenServer.stop");
}

static int whereis(lua_State *L) {
    mb_pid pid = moon_whereis(L, 1, "GenServer.whereis");
    if (pid)
        moon_push_process(L, pid);
    else
        lua_pushnil(L);
    return 1;
}

/* ---- binding --------------------------------------------------------------------------------*/

#define COUNTER                                                                                   \
    "    Counter = GenServer.module \"Counter\"\n"                                                \
    "    function Counter.init(n) return \"ok\", n end\n"                                         \
    "    function Counter.handle_call.next(n, from) return \"reply\", n, n + 1 end\n"

static const moon_binding bindings[] = {
    {"GenServer",
     "GenServer\n\n"
     "A process that keeps a state and serves the others: it answers calls, takes casts and sees\n"
     "every other message, one after the other. A module says how, in callbacks.\n\n"
     COUNTER
     "    pid = GenServer.start_link(Counter, 1)\n"
     "    GenServer.call(pid, \"next\")   --> 1\n"
     "    GenServer.call(pid, \"next\")   --> 2",
     NULL},
    {"GenServer.module",
     "module(name)\n\n"
     "Makes a module of callbacks that knows its name, or gives the one there is.\n\n"
     "    -- init(arg)                           \"ok\", state [, X] | \"stop\", reason | "
     "\"ignore\"\n"
     "    -- handle_call(request, from, state)   \"reply\", reply, state [, X] | \"noreply\", state "
     "[, X]\n"
     "    --                                     | \"stop\", reason, reply, state | \"stop\", "
     "reason, state\n"
     "    -- handle_cast(request, state)         \"noreply\", state [, X] | \"stop\", reason, state\n"
     "    -- handle_info(message, state)         the same\n"
     "    -- handle_continue(arg, state)         the same\n"
     "    -- terminate(reason, state)            anything\n\n"
     "X is a timeout in ms, \"infinity\", \"hibernate\" or { \"continue\", arg }. Instead of one "
     "function,\n"
     "handle_call, handle_cast, handle_info and handle_continue may be clauses, chosen by the "
     "first\n"
     "element of the message: handle_call.get(state, from, key) serves { \"get\", key }; \"_\" "
     "serves the rest.\n"
     "The state is handed on by reference.\n\n" COUNTER,
     module},
    {"GenServer.start_link",
     "start_link(module, arg [, opts])\n\n"
     "Starts a server linked to the caller, runs module.init(arg) in it, and returns its pid; or "
     "nil\n"
     "and the reason, \"ignore\" among them. opts: name, timeout (ms), hibernate_after, debug, "
     "spawn_opt.\n"
     "A name is a string, a module, { \"via\", Registry, { registry, key } } or { \"global\", "
     "name }.\n\n"
     COUNTER
     "    pid = GenServer.start_link(Counter, 1, { name = \"counter\" })\n"
     "    GenServer.call(\"counter\", \"next\")   --> 1",
     moon_gen_server_start_link},
    {"GenServer.start",
     "start(module, arg [, opts])\n\n"
     "As start_link, without the link.\n\n" COUNTER
     "    pid = GenServer.start(Counter, 1)",
     start_nolink},
    {"GenServer.call",
     "call(server, request [, timeout = 5000])\n\n"
     "Asks and waits for the answer. Exits when none comes: within timeout ms, because nobody is\n"
     "there, or because the server ends. A late answer is dropped.\n\n"
     COUNTER
     "    pid = GenServer.start_link(Counter, 1)\n"
     "    GenServer.call(pid, \"next\")   --> 1",
     call},
    {"GenServer.cast",
     "cast(server, request)\n\n"
     "Tells, without waiting and without learning whether anybody is there. Returns true.\n\n"
     "    Logbook = GenServer.module \"Logbook\"\n"
     "    function Logbook.init() return \"ok\", {} end\n"
     "    function Logbook.handle_cast.add(lines, line)\n"
     "      lines[#lines + 1] = line\n"
     "      return \"noreply\", lines\n"
     "    end\n"
     "    pid = GenServer.start_link(Logbook)\n"
     "    GenServer.cast(pid, { \"add\", \"all is well\" })   --> true",
     cast},
    {"GenServer.reply",
     "reply(from, value)\n\n"
     "Answers a call that handle_call left open with \"noreply\". Any process may do it, once.\n\n"
     "    Later = GenServer.module \"Later\"\n"
     "    function Later.init() return \"ok\" , 0 end\n"
     "    function Later.handle_call.ask(n, from)\n"
     "      spawn(function() GenServer.reply(from, 42) end)\n"
     "      return \"noreply\", n\n"
     "    end\n"
     "    GenServer.call(GenServer.start_link(Later), \"ask\")   --> 42",
     reply},
    {"GenServer.stop",
     "stop(server [, reason = \"normal\" [, timeout = \"infinity\"]])\n\n"
     "Has the server end for that reason, after its terminate; returns true once it has. Exits "
     "when\n"
     "there is no such server, or when it ended for another reason.\n\n"
     COUNTER
     "    pid = GenServer.start_link(Counter, 1)\n"
     "    GenServer.stop(pid)   --> true",
     stop},
    {"GenServer.whereis",
     "whereis(server)\n\n"
     "The pid behind a name, or nil.\n\n" COUNTER
     "    GenServer.start_link(Counter, 1, { name = \"counter\" })\n"
     "    GenServer.whereis(\"counter\")   --> #PID<0.84.0>\n"
     "    GenServer.whereis(\"nobody\")    --> nil",
     whereis},
    {NULL, NULL, NULL},
};

void moon_open_gen_server(lua_State *L) { moon_bind(L, bindings); }
