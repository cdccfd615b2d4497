/* Processes for Lua programs: spawn, send, names. */
#include "lua/argument.h"
#include "lua/error.h"
#include "lua/process.h"
#include "lua/process_lib.h"
#include "lua/state.h"
#include "lua/value.h"

/* --------------------------------------------------------------------------------- spawning */

static mb_pid pid_or_0(lua_State *L) {
    mb_process *p = moon_self_or_null(L);
    return p ? mb_self(p) : 0;
}

static int spawn(lua_State *L) {
    mb_spawn_options options = {.parent = pid_or_0(L)};
    moon_push_pid(L, mb_self(moon_spawn_function(L, 1, "spawn", &options, NULL)));
    return 1;
}

static int spawn_link(lua_State *L) {
    mb_spawn_options options = {.parent = mb_self(moon_self(L)), .link = true};
    moon_push_pid(L, mb_self(moon_spawn_function(L, 1, "spawn_link", &options, NULL)));
    return 1;
}

static int spawn_monitor(lua_State *L) {
    mb_spawn_options options = {.parent = mb_self(moon_self(L)), .monitor = true};
    mb_ref ref;
    moon_push_pid(L, mb_self(moon_spawn_function(L, 1, "spawn_monitor", &options, &ref)));
    moon_push_ref(L, ref);
    return 2;
}

/* ----------------------------------------------------------------------------------- messages */

static int self(lua_State *L) {
    moon_push_pid(L, mb_self(moon_self(L)));
    return 1;
}

static mb_pid destination(lua_State *L, int index, const char *what) {
    if (moon_is_pid(L, index))
        return moon_light(L, index);
    mb_pid pid = moon_whereis(L, index, what);
    if (pid == 0 && !moon_is_name_on_node(L, index))
        luaL_error(L, "%s: no process is registered under the name %s", what,
                   lua_istable(L, index) && !moon_module_is(L, index)
                       ? moon_push_inspected(L, index)
                       : luaL_tolstring(L, index, NULL));
    return pid;
}

static int send(lua_State *L) {
    lua_settop(L, 2);
    moon_universe *u = moon_of(L);
    mb_pid pid = destination(L, 1, "send");
    mb_term message;
    moon_to_term(L, 2, &message, "message");
    if (!mb_send(u->rt, mb_current(u->rt), pid, message))
        moon_no_memory(L);
    moon_reduce(L, 1);
    return 1;
}

static int make_ref(lua_State *L) {
    moon_push_ref(L, mb_make_ref(moon_rt(L)));
    return 1;
}

/* --------------------------------------------------------------------------------------- names */

static int push_true(lua_State *L) {
    lua_pushboolean(L, 1);
    return 1;
}

static int process_register(lua_State *L) {
    mb_pid pid = moon_check_local(L);
    mb_term error;
    if (lua_type(L, 2) != LUA_TSTRING && !moon_module_is(L, 2))
        moon_wrong_argument(L, 2, "a name");
    if (moon_register_name(L, 2, pid, &error))
        return push_true(L);
    bool taken = error.type == MB_TABLE, dead = mb_is(error, "noproc");
    mb_release(moon_rt(L), error);
    const char *name = luaL_tolstring(L, 2, NULL);
    return luaL_error(L, "could not register %s with the name %s: %s", luaL_tolstring(L, 1, NULL),
                      name,
                      taken  ? "the name is already taken"
                      : dead ? "the process is not alive"
                             : "the process has a name already");
}

/* The name at index, a string or a module, as an owned term. */
static mb_term check_name(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TSTRING && !moon_module_is(L, index))
        moon_wrong_argument(L, index, "a name");
    mb_term name;
    moon_destination_term(L, index, false, &name);
    return name;
}

static int process_unregister(lua_State *L) {
    mb_term name = check_name(L, 1);
    bool had = mb_unregister(moon_rt(L), name);
    mb_release(moon_rt(L), name);
    if (!had)
        return luaL_error(L, "no process is registered under the name %s",
                          luaL_tolstring(L, 1, NULL));
    return push_true(L);
}

static int process_whereis(lua_State *L) {
    mb_term name = check_name(L, 1);
    mb_pid pid = mb_whereis(moon_rt(L), name);
    mb_release(moon_rt(L), name);
    if (pid)
        moon_push_pid(L, pid);
    else
        lua_pushnil(L);
    return 1;
}

/* ---------------------------------------------------------------------------------------- help */

static const moon_binding bindings[] = {
    {"spawn",
     "spawn(f, ...)\n\n"
     "Starts a process that runs f with the given arguments and returns its pid. The process gets "
     "its own\n"
     "copy of the arguments and of what f captured: processes share nothing.\n\n"
     "    local pid = spawn(function(name) print(\"hello from \" .. name) end, \"me\")",
     spawn},
    {"spawn_link",
     "spawn_link(f, ...)\n\n"
     "As spawn, and links the new process to the calling one: when one ends abnormally, so does "
     "the other.\n\n"
     "    spawn_link(function() error(\"boom\") end)",
     spawn_link},
    {"spawn_monitor",
     "spawn_monitor(f, ...)\n\n"
     "As spawn, and monitors the new process; returns its pid and the monitor's reference.\n\n"
     "    pid, ref = spawn_monitor(function() exit(\"done\") end)\n"
     "    receive { { { \"DOWN\", ref, _, _, _ }, function(_, _, reason) print(reason) end } }",
     spawn_monitor},
    {"self",
     "self()\n\nThe pid of the calling process.\n\n"
     "    send(self(), \"hello\")\n    receive()   --> \"hello\"",
     self},
    {"send",
     "send(dest, message)\n\n"
     "Puts a copy of message into the mailbox of dest: a pid, a name, { name, node },\n"
     "{ \"via\", module, name } or { \"global\", name }. Never waits; a dead pid swallows the "
     "message. Returns\n"
     "message.\n\n    send(self(), { \"get\", \"key\" })   --> { \"get\", \"key\" }",
     send},
    {"make_ref", "make_ref()\n\nA reference unlike any other.\n\n    local ref = make_ref()",
     make_ref},
    {"Process",
     "Process\n\nLinks, monitors, timers, names and properties of processes.\n\n"
     "    Process.alive(self())   --> true",
     NULL},
    {"Process.register",
     "register(pid, name)\n\nGives the process a name that send and the like accept in "
     "place of its "
     "pid.\n\n    Process.register(self(), \"printer\")",
     process_register},
    {"Process.unregister",
     "unregister(name)\n\nTakes the name away.\n\n"
     "    Process.register(self(), \"printer\")\n"
     "    Process.unregister(\"printer\")   --> true",
     process_unregister},
    {"Process.whereis",
     "whereis(name)\n\nThe pid registered under the name, or nil.\n\n    "
     "Process.whereis(\"printer\")",
     process_whereis},
    {NULL, NULL, NULL},
};

void moon_open_process(lua_State *L) {
    moon_bind(L, bindings);
    moon_open_process_signals(L);
    moon_open_process_timers(L);
    moon_open_process_info(L);
    moon_open_type_guards(L);
}
