/* GenStateMachine: https://www.erlang.org/docs/25/man/gen_statem.html */
#include "lua/argument.h"
#include "lua/cell.h"
#include "lua/child_spec_lib.h"
#include "lua/error.h"
#include "lua/gen_server_lib.h"
#include "lua/gen_statem_class.h"
#include "lua/gen_statem_clause.h"
#include "lua/help.h"
#include "lua/module.h"
#include "lua/process.h"
#include "lua/question.h"
#include "lua/state.h"
#include "lua/value.h"

#define CALL_TIMEOUT "milliseconds, \"infinity\" or { \"clean_timeout\", milliseconds }"
#define FROM "the from of { \"call\", from }"

/* ---- starting -------------------------------------------------------------------------------*/

static mb_process *start_machine(mb_runtime *rt, mb_process *self, mb_term argument,
                                 const mb_gen_server_options *options) {
    return mb_gen_statem_start(rt, self, &moon_gen_statem_class, argument, options);
}

static int start_link(lua_State *L) {
    moon_check_server_options(L, "GenStateMachine.start_link");
    return moon_start(L, "GenStateMachine.start_link", true, NULL, start_machine);
}

static int start_nolink(lua_State *L) {
    moon_check_server_options(L, "GenStateMachine.start");
    return moon_start(L, "GenStateMachine.start", false, NULL, start_machine);
}

static int module(lua_State *L) {
    if (lua_type(L, 1) != LUA_TSTRING || lua_rawlen(L, 1) == 0)
        return moon_bad_argument(L, "GenStateMachine.module", 1, "name",
                                 "the module's name, a string");
    lua_settop(L, 2);
    moon_module_new(L, lua_tostring(L, 1));
    if (!lua_isnil(L, 2)) {
        moon_give_states(L, "GenStateMachine.module", 2);
        if (lua_getfield(L, 3, "callback_mode") == LUA_TNIL) {
            lua_pushliteral(L, "state_functions");
            lua_setfield(L, 3, "callback_mode");
        }
        lua_settop(L, 3);
    }
    moon_give_child_spec(L, 3, "worker", start_link);
    return 1;
}

/* ---- asking and telling ---------------------------------------------------------------------*/

/* The timeout at index 3 in nanoseconds; an absent one becomes "infinity" there. */
static mb_time check_timeout(lua_State *L, const char *what, const char *wanted) {
    lua_settop(L, 3);
    if (lua_isnil(L, 3)) {
        lua_pushliteral(L, "infinity");
        lua_replace(L, 3);
    }
    if (!moon_is_string(L, 3, "infinity") &&
        !(lua_type(L, 3) == LUA_TNUMBER && lua_tonumber(L, 3) >= 0))
        moon_bad_argument(L, what, 3, "timeout", wanted);
    return moon_check_timeout(L, 3, MB_INFINITY);
}

/* { "clean_timeout", timeout } and { "dirty_timeout", timeout } are the same here: a late reply
 * never reaches the mailbox. */
static mb_time check_call_timeout(lua_State *L) {
    lua_settop(L, 3);
    if (lua_type(L, 3) != LUA_TTABLE || lua_rawlen(L, 3) != 2)
        return check_timeout(L, "GenStateMachine.call", CALL_TIMEOUT);
    lua_rawgeti(L, 3, 1);
    lua_rawgeti(L, 3, 2);
    bool known = moon_is_string(L, 4, "clean_timeout") || moon_is_string(L, 4, "dirty_timeout");
    bool timed = moon_is_string(L, 5, "infinity") ||
                 (lua_type(L, 5) == LUA_TNUMBER && lua_tonumber(L, 5) >= 0);
    if (!known || !timed)
        return check_timeout(L, "GenStateMachine.call", CALL_TIMEOUT);
    mb_time timeout = moon_check_timeout(L, 5, MB_INFINITY);
    lua_settop(L, 3);
    return timeout;
}

static const moon_question call_question = {"gen_statem", "call", "GenStateMachine.call", MB_CALL,
                                            NULL};

static int call(lua_State *L) {
    mb_pid to = moon_whereis(L, 1, "GenStateMachine.call");
    mb_time timeout = check_call_timeout(L);
    mb_term request;
    moon_check_can_wait(L, "GenStateMachine.call");
    moon_to_term(L, 2, &request, "request");
    return moon_ask(L, &call_question, to, request, timeout);
}

static int cast(lua_State *L) {
    mb_pid to = moon_whereis(L, 1, "GenStateMachine.cast");
    mb_term request;
    lua_settop(L, 2);
    moon_to_term(L, 2, &request, "event");
    if (!mb_send_kind(moon_rt(L), moon_self_or_null(L), to, request, MB_CAST, 0))
        moon_no_memory(L);
    lua_pushboolean(L, 1);
    return 1;
}

static int reply(lua_State *L) {
    mb_term value;
    lua_settop(L, 2);
    if (lua_type(L, 1) != LUA_TTABLE)
        return moon_bad_argument(L, "GenStateMachine.reply", 1, "from", FROM);
    lua_rawgeti(L, 1, 1);
    lua_rawgeti(L, 1, 2);
    if (!moon_is_pid(L, 3) || !moon_is_ref(L, 4))
        return moon_bad_argument(L, "GenStateMachine.reply", 1, "from", FROM);
    moon_to_term(L, 2, &value, "reply");
    mb_reply(moon_rt(L), moon_self_or_null(L), moon_light(L, 3), moon_light(L, 4), value);
    lua_pushboolean(L, 1);
    return 1;
}

/* proc_lib:stop/3: exits with the bare reason, unlike GenServer.stop. */
static int stopped(lua_State *L, int status, lua_KContext context) {
    mb_runtime *rt = moon_rt(L);
    mb_term value, wanted;
    (void)status;
    (void)context;
    switch (mb_answer(moon_self(L), &value)) {
    case MB_ANSWER_PENDING:
        return moon_wait(L, "GenStateMachine.stop", 0, stopped);
    case MB_ANSWER_NO_MEMORY:
        moon_no_memory(L);
    default:
        break;
    }
    if (!moon_try_term(L, 2, &wanted, "reason")) {
        mb_release(rt, value);
        return lua_error(L);
    }
    bool expected = mb_equal(value, wanted);
    mb_release(rt, wanted);
    if (!expected)
        moon_raise_exit_term(L, value);
    mb_release(rt, value);
    lua_pushboolean(L, 1);
    return 1;
}

static int stop(lua_State *L) {
    mb_pid to = moon_whereis(L, 1, "GenStateMachine.stop");
    mb_time timeout = check_timeout(L, "GenStateMachine.stop", "milliseconds or \"infinity\"");
    mb_process *self = moon_self(L);
    mb_runtime *rt = moon_rt(L);
    mb_term parts[2] = {mb_atom("terminate")}, request;
    if (lua_isnil(L, 2)) {
        lua_pushliteral(L, "normal");
        lua_replace(L, 2);
    }
    moon_check_can_wait(L, "GenStateMachine.stop");
    moon_to_term(L, 2, &parts[1], "reason");
    bool made = mb_tuple(rt, &request, 2, parts);
    mb_release(rt, parts[1]);
    if (!made)
        moon_no_memory(L);
    if (mb_await_end(self, to, timeout) != MB_ANSWER_PENDING) {
        mb_release(rt, request);
        return stopped(L, LUA_OK, 0);
    }
    if (!mb_send_kind(rt, self, to, request, MB_SYSTEM, 0)) {
        mb_abandon_answer(self);
        moon_no_memory(L);
    }
    return moon_wait(L, "GenStateMachine.stop", 0, stopped);
}

/* ---- binding --------------------------------------------------------------------------------*/

#define SWITCH                                                                                    \
    "    Switch = GenStateMachine.module \"Switch\"\n"                                            \
    "    Switch.callback_mode = \"state_functions\"\n"                                            \
    "    function Switch.init(n) return \"ok\", \"off\", n end\n"                                 \
    "    function Switch.off(type, content, n)\n"                                                 \
    "      return \"next_state\", \"on\", n + 1, { \"reply\", type[2], n + 1 }\n"                 \
    "    end\n"                                                                                   \
    "    function Switch.on(type, content, n)\n"                                                  \
    "      return \"next_state\", \"off\", n, { \"reply\", type[2], \"off\" }\n"                  \
    "    end\n"

#define DOOR                                                                                      \
    "    Door = GenStateMachine.module(\"Door\", { \"locked\", \"open\" })\n"                      \
    "    function Door.init(code) return \"ok\", \"locked\", code end\n"                           \
    "    function Door.locked.cast.button(code, given)\n"                                         \
    "      if given ~= code then return \"keep_state_and_data\" end\n"                            \
    "      return \"next_state\", \"open\", code, { \"state_timeout\", 5000, \"lock\" }\n"          \
    "    end\n"                                                                                   \
    "    function Door.locked.call.is_open(code, from)\n"                                         \
    "      return \"keep_state_and_data\", { \"reply\", from, false }\n"                          \
    "    end\n"                                                                                   \
    "    function Door.open.state_timeout(code) return \"next_state\", \"locked\", code end\n"      \
    "    function Door.open.call.is_open(code, from)\n"                                           \
    "      return \"keep_state_and_data\", { \"reply\", from, true }\n"                           \
    "    end\n"

static const moon_binding bindings[] = {
    {"GenStateMachine",
     "GenStateMachine\n\n"
     "A process that behaves differently from one state to the next. It handles one event at a\n"
     "time, and each answer says which state comes next and what is to be done on the way.\n\n"
     SWITCH
     "    pid = GenStateMachine.start_link(Switch, 0)\n"
     "    GenStateMachine.call(pid, \"push\")   --> 1\n"
     "    GenStateMachine.call(pid, \"push\")   --> \"off\"",
     NULL},
    {"GenStateMachine.module",
     "module(name [, states])\n\n"
     "Makes a module of callbacks that knows its name, or gives the one there is.\n\n"
     "    -- callback_mode      \"state_functions\", \"handle_event_function\" (the default) or\n"
     "    --                    { mode, \"state_enter\" }; or a function that returns it\n"
     "    -- init(arg)          \"ok\", state, data [, actions] | \"stop\", reason | \"ignore\"\n"
     "    -- STATE(type, content, data), handle_event(type, content, state, data)\n"
     "    --                    \"next_state\", state, data [, actions]\n"
     "    --                    \"keep_state\", data [, actions] | \"keep_state_and_data\" [, "
     "actions]\n"
     "    --                    \"repeat_state\", data [, actions] | \"repeat_state_and_data\" [, "
     "actions]\n"
     "    --                    \"stop\" [, reason [, data]] | \"stop_and_reply\", reason, replies [, "
     "data]\n"
     "    -- terminate(reason, state, data)   anything\n"
     "    -- format_status(status)            a table: what sys.get_status and the crash report "
     "show\n\n"
     "Types: \"cast\", { \"call\", from }, \"info\", \"internal\", \"timeout\",\n"
     "\"state_timeout\", { \"timeout\", name }, and \"enter\" with the state before as content.\n"
     "Actions, one or an array of them: { \"reply\", from, value }, \"postpone\",\n"
     "{ \"next_event\", type, content }, { \"timeout\", ms, content } (until the next event),\n"
     "{ \"state_timeout\", ms, content } (until the state changes), { { \"timeout\", name }, ms, "
     "content };\n"
     "instead of ms \"infinity\", { type, \"cancel\" }, { type, \"update\", content }, or\n"
     "{ type, ms, content, { abs = true } }; \"hibernate\"; { \"change_callback_module\", "
     "module },\n"
     "{ \"push_callback_module\", module } and \"pop_callback_module\": who answers from now "
     "on.\n\n" SWITCH
     "\nStates that are named at once may be clauses instead, chosen by the type of the event and "
     "then, as\nin a GenServer, by its content. They get the data, of a call its from, and the rest "
     "of the content:\n\n" DOOR
     "    pid = GenStateMachine.start_link(Door, 1234)\n"
     "    GenStateMachine.cast(pid, { \"button\", 1234 })\n"
     "    GenStateMachine.call(pid, \"is_open\")   --> true\n\n"
     "A function in the place of clauses takes every event of its type, as state_timeout here; "
     "open.timeout.NAME\nthe timeout of that name; open[\"_\"](type, content, data) whatever is "
     "left. What nobody takes\nends the machine with { \"function_clause\", … }.",
     module},
    {"GenStateMachine.start_link",
     "start_link(module, arg [, opts])\n\n"
     "Starts a machine linked to the caller, runs module.init(arg) in it, and returns its pid; or "
     "nil\n"
     "and the reason, \"ignore\" among them. opts as for GenServer.start_link.\n\n" SWITCH
     "    pid = GenStateMachine.start_link(Switch, 0, { name = \"switch\" })\n"
     "    GenStateMachine.call(\"switch\", \"push\")   --> 1",
     start_link},
    {"GenStateMachine.start",
     "start(module, arg [, opts])\n\n"
     "As start_link, without the link.\n\n" SWITCH
     "    pid = GenStateMachine.start(Switch, 0)",
     start_nolink},
    {"GenStateMachine.call",
     "call(server, request [, timeout = \"infinity\"])\n\n"
     "Asks and waits for the answer, which is the action { \"reply\", from, value } of this\n"
     "event or a later one. Exits when none comes: within timeout ms, because nobody is there,\n"
     "or because the machine ends. The timeout may also be { \"clean_timeout\", ms }.\n\n" SWITCH
     "    pid = GenStateMachine.start_link(Switch, 0)\n"
     "    GenStateMachine.call(pid, \"push\")   --> 1",
     call},
    {"GenStateMachine.cast",
     "cast(server, event)\n\n"
     "Tells, without waiting and without learning whether anybody is there. Returns true.\n\n"
     "    Counter = GenStateMachine.module \"Counter\"\n"
     "    function Counter.init() return \"ok\", \"counting\", 0 end\n"
     "    function Counter.handle_event(type, content, state, n) return \"keep_state\", n + 1 end\n"
     "    pid = GenStateMachine.start_link(Counter)\n"
     "    GenStateMachine.cast(pid, \"more\")   --> true\n"
     "    sys.get_state(pid)   --> { \"counting\", 1 }",
     cast},
    {"GenStateMachine.reply",
     "reply(from, value)\n\n"
     "Answers a call, from being the second element of its type. Any process may do it, once.\n\n"
     "    Later = GenStateMachine.module \"Later\"\n"
     "    function Later.init() return \"ok\", \"idle\", 0 end\n"
     "    function Later.handle_event(type)\n"
     "      spawn(function() GenStateMachine.reply(type[2], 42) end)\n"
     "      return \"keep_state_and_data\"\n"
     "    end\n"
     "    GenStateMachine.call(GenStateMachine.start_link(Later), \"ask\")   --> 42",
     reply},
    {"GenStateMachine.stop",
     "stop(server [, reason = \"normal\" [, timeout = \"infinity\"]])\n\n"
     "Has the machine end for that reason, after its terminate; returns true once it has. Exits "
     "when\n"
     "there is no such machine, or when it ended for another reason.\n\n" SWITCH
     "    pid = GenStateMachine.start_link(Switch, 0)\n"
     "    GenStateMachine.stop(pid)   --> true",
     stop},
    {NULL, NULL, NULL},
};

void moon_open_gen_statem(lua_State *L) { moon_bind(L, bindings); }
