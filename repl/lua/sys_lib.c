/* sys: https://www.erlang.org/docs/25/man/sys */
#include "lua/argument.h"
#include "lua/cell.h"
#include "lua/gen_server_lib.h"
#include "lua/help.h"
#include "lua/process.h"
#include "lua/question.h"
#include "lua/state.h"
#include "lua/value.h"

#define DEFAULT_TIMEOUT (5000 * MB_MILLISECOND)

/* Asks with the request on top of the stack; below it lie the function's arguments, of which the
 * timeout is number `timeout`. Exit reasons show those that were given. */
static int ask(lua_State *L, const moon_question *question, int timeout) {
    mb_term request;
    mb_pid to = moon_whereis(L, 1, question->what);
    mb_time time = DEFAULT_TIMEOUT;
    int given = lua_gettop(L) - 1;
    if (given >= timeout)
        time = moon_check_timeout(L, timeout, DEFAULT_TIMEOUT);
    moon_check_can_wait(L, question->what);
    moon_to_term(L, -1, &request, question->what);
    lua_settop(L, given < timeout ? given : timeout);
    return moon_ask(L, question, to, request, time);
}

#define QUESTION(function, answered) {"sys", function, "sys." function, MB_SYSTEM, answered}

/* { name, … } of the arguments from 2 to count. */
static void push_request(lua_State *L, const char *name, int count) {
    lua_createtable(L, count, 0);
    lua_pushstring(L, name);
    lua_rawseti(L, -2, 1);
    for (int i = 2; i <= count; i++) {
        lua_pushvalue(L, i);
        lua_rawseti(L, -2, i);
    }
}

static void require(lua_State *L, int count) {
    if (lua_gettop(L) < count)
        lua_settop(L, count);
}

static int get_state(lua_State *L) {
    static const moon_question question = QUESTION("get_state", NULL);
    require(L, 1);
    lua_pushliteral(L, "get_state");
    return ask(L, &question, 2);
}

static int get_status(lua_State *L) {
    static const moon_question question = QUESTION("get_status", NULL);
    require(L, 1);
    lua_pushliteral(L, "get_status");
    return ask(L, &question, 2);
}

static int suspend(lua_State *L) {
    static const moon_question question = QUESTION("suspend", moon_answered_tagged);
    require(L, 1);
    lua_pushliteral(L, "suspend");
    return ask(L, &question, 2);
}

static int resume(lua_State *L) {
    static const moon_question question = QUESTION("resume", moon_answered_tagged);
    require(L, 1);
    lua_pushliteral(L, "resume");
    return ask(L, &question, 2);
}

/* The answer { "error", { "callback_failed", where, { class, reason } } } is raised. */
static int replaced(lua_State *L) {
    int top = lua_gettop(L);
    if (lua_type(L, top) != LUA_TTABLE)
        return 1;
    lua_rawgeti(L, top, 1);
    bool failed = moon_is_string(L, -1, "error") && lua_rawgeti(L, top, 2) == LUA_TTABLE;
    if (failed) {
        lua_rawgeti(L, -1, 1);
        failed = moon_is_string(L, -1, "callback_failed");
        lua_pop(L, 1);
    }
    if (failed)
        return luaL_error(L, "sys.replace_state: the function failed: %s", moon_push_shown(L, -1));
    lua_settop(L, top);
    return 1;
}

static int replace_state(lua_State *L) {
    static const moon_question question = QUESTION("replace_state", replaced);
    require(L, 2);
    if (lua_type(L, 2) != LUA_TFUNCTION)
        return moon_bad_argument(L, question.what, 2, "fn", "a function of the state");
    push_request(L, "replace_state", 2);
    return ask(L, &question, 3);
}

static int terminate(lua_State *L) {
    static const moon_question question = QUESTION("terminate", moon_answered_tagged);
    require(L, 2);
    push_request(L, "terminate", 2);
    return ask(L, &question, 3);
}

static int change_code(lua_State *L) {
    static const moon_question question = QUESTION("change_code", moon_answered_tagged);
    require(L, 4);
    if (!lua_istable(L, 2) && lua_type(L, 2) != LUA_TSTRING)
        return moon_bad_argument(L, question.what, 2, "module", "a module or its name");
    push_request(L, "change_code", 4);
    return ask(L, &question, 5);
}

/* { "debug", { what, flag } }. The flag is true, false, or what else is allowed. */
static int debug(lua_State *L, const char *what, const moon_question *question, bool allowed,
                 const char *wanted) {
    require(L, 2);
    if (!lua_isboolean(L, 2) && !allowed)
        return moon_bad_argument(L, question->what, 2, "flag", wanted);
    lua_createtable(L, 2, 0);
    lua_pushliteral(L, "debug");
    lua_rawseti(L, -2, 1);
    lua_createtable(L, 2, 0);
    lua_pushstring(L, what);
    lua_rawseti(L, -2, 1);
    lua_pushvalue(L, 2);
    lua_rawseti(L, -2, 2);
    lua_rawseti(L, -2, 2);
    return ask(L, question, 3);
}

static int trace(lua_State *L) {
    static const moon_question question = QUESTION("trace", moon_answered_tagged);
    return debug(L, "trace", &question, false, "true or false");
}

/* { true, count } */
static bool is_log_length(lua_State *L, int index) {
    if (!lua_istable(L, index))
        return false;
    lua_rawgeti(L, index, 1);
    lua_rawgeti(L, index, 2);
    bool is = lua_isboolean(L, -2) && lua_toboolean(L, -2) && lua_isinteger(L, -1) &&
              lua_tointeger(L, -1) > 0;
    lua_pop(L, 2);
    return is;
}

static int log_events(lua_State *L) {
    static const moon_question question = QUESTION("log", moon_answered_tagged);
    bool allowed =
        moon_is_string(L, 2, "get") || moon_is_string(L, 2, "print") || is_log_length(L, 2);
    return debug(L, "log", &question, allowed, "true, { true, count }, false, \"get\" or \"print\"");
}

static int statistics(lua_State *L) {
    static const moon_question question = QUESTION("statistics", moon_answered_tagged);
    return debug(L, "statistics", &question, moon_is_string(L, 2, "get"),
                 "true, false or \"get\"");
}

#define SERVER                                                                                    \
    "    Counter = GenServer.module \"Counter\"\n"                                                \
    "    function Counter.init(n) return \"ok\", n end\n"                                         \
    "    pid = GenServer.start_link(Counter, 1)\n"

static const moon_binding bindings[] = {
    {"sys",
     "sys\n\n"
     "Questions that every behaviour's process answers, whatever its module says.\n\n" SERVER
     "    sys.get_state(pid)   --> 1",
     NULL},
    {"sys.get_state",
     "get_state(server [, timeout = 5000])\n\n"
     "A copy of the server's state.\n\n" SERVER
     "    sys.get_state(pid)   --> 1",
     get_state},
    {"sys.replace_state",
     "replace_state(server, fn [, timeout = 5000])\n\n"
     "Replaces the state by fn(state) and returns the new one. fn runs in the server and is given "
     "a\n"
     "copy; when it raises, the state stays as it was.\n\n" SERVER
     "    sys.replace_state(pid, function(n) return n + 41 end)   --> 42",
     replace_state},
    {"sys.get_status",
     "get_status(server [, timeout = 5000])\n\n"
     "What there is to know of the server. The module's format_status(status) has a say in it, and "
     "in the crash\nreport: it is given { state =, log = }, when the server ends with message and "
     "reason too, and returns\nsuch a table with what is to be shown instead.\n\n"
     SERVER
     "    sys.get_status(pid)",
     get_status},
    {"sys.suspend",
     "suspend(server [, timeout = 5000])\n\n"
     "Has the server leave its messages alone until sys.resume.\n\n" SERVER
     "    sys.suspend(pid)\n"
     "    sys.resume(pid)",
     suspend},
    {"sys.resume",
     "resume(server [, timeout = 5000])\n\n"
     "Lets a suspended server go on.\n\n" SERVER
     "    sys.suspend(pid)\n"
     "    sys.resume(pid)",
     resume},
    {"sys.terminate",
     "terminate(server, reason [, timeout = 5000])\n\n"
     "Has the server end for that reason, without waiting for it.\n\n"
     SERVER
     "    sys.terminate(pid, \"normal\")   --> true",
     terminate},
    {"sys.change_code",
     "change_code(server, module, old_version, extra [, timeout = 5000])\n\n"
     "Calls code_change(old_version, state, extra) of a suspended server.\n\n" SERVER
     "    sys.suspend(pid)\n"
     "    sys.change_code(pid, Counter, 1, nil)   --> true\n"
     "    sys.resume(pid)",
     change_code},
    {"sys.trace",
     "trace(server, flag [, timeout = 5000])\n\n"
     "Logs what the server gets and answers, until flag is false.\n\n" SERVER
     "    sys.trace(pid, true)",
     trace},
    {"sys.log",
     "log(server, flag [, timeout = 5000])\n\n"
     "Keeps the last events of the server: true, { true, count }, false, \"get\", \"print\".\n\n"
     SERVER
     "    sys.log(pid, true)\n"
     "    send(pid, \"hello\")\n"
     "    sys.log(pid, \"get\")",
     log_events},
    {"sys.statistics",
     "statistics(server, flag [, timeout = 5000])\n\n"
     "Counts the server's messages: true, false, \"get\".\n\n" SERVER
     "    sys.statistics(pid, true)\n"
     "    sys.statistics(pid, \"get\")",
     statistics},
    {NULL, NULL, NULL},
};

void moon_open_sys(lua_State *L) { moon_bind(L, bindings); }
