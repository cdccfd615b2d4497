/* Task: what prelude/task.lua is built on, and the help of its functions. */
#include "lua/argument.h"
#include "lua/child_spec_lib.h"
#include "lua/function.h"
#include "lua/help.h"
#include "lua/module.h"
#include "lua/process.h"
#include "lua/state.h"
#include "lua/value.h"

/* began(starter, fn, args): should this process fail, the log tells of it as of a task. */
static int began(lua_State *L) {
    mb_runtime *rt = moon_rt(L);
    mb_term parts[3], task;
    lua_settop(L, 3);
    mb_set_initial_call(moon_self(L), moon_function_place(L, 2));
    moon_to_term(L, 1, &parts[0], "starter");
    parts[1] = moon_function_place(L, 2);
    if (!moon_try_term(L, 3, &parts[2], "args"))
        parts[2] = mb_nil();
    bool made = mb_tuple(rt, &task, 3, parts);
    for (int i = 0; i < 3; i++)
        mb_release(rt, parts[i]);
    if (!made)
        moon_no_memory(L);
    moon_become_task(L, task);
    return 0;
}

/* answer(owner, ref, result): sends { ref, result } to the owner. Where ref is a monitor that the
 * owner has taken off meanwhile, nobody wants it any more: as an alias does it in OTP. */
static int answer(lua_State *L) {
    mb_runtime *rt = moon_rt(L);
    mb_term parts[2], message;
    lua_settop(L, 3);
    mb_pid owner = moon_check_pid(L, 1);
    mb_process *watcher = mb_lookup(rt, owner);
    if (!watcher || (moon_is_ref(L, 2) && !mb_is_monitoring(watcher, moon_light(L, 2))))
        return 0;
    moon_to_term(L, 2, &parts[0], "ref");
    if (!moon_try_term(L, 3, &parts[1], "the task's result")) {
        mb_release(rt, parts[0]);
        return lua_error(L);
    }
    bool made = mb_tuple(rt, &message, 2, parts);
    mb_release(rt, parts[0]);
    mb_release(rt, parts[1]);
    if (!made || !mb_send(rt, moon_self(L), owner, message))
        moon_no_memory(L);
    return 0;
}

/* struct(fields): makes the table a task. */
static int make_struct(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    moon_struct_push(L, "Task");
    lua_setmetatable(L, 1);
    return 1;
}

static int supervisor_spec(lua_State *L) {
    moon_check_options(L, "Task.Supervisor.child_spec", 1);
    lua_settop(L, 1);
    moon_push_named_spec(L, 1, "Task.Supervisor");
    return 1;
}

/* ---- binding --------------------------------------------------------------------------------*/

#define SLOW "    task = Task.async(function() Process.sleep(100) return 42 end)\n"
#define POOL "    sup = Task.Supervisor.start_link{ name = \"tasks\" }\n"

static const moon_binding bindings[] = {
    {"Task",
     "Task\n\n"
     "A process that computes one thing, while the others go on.\n\n" SLOW
     "    Task.await(task)   --> 42",
     NULL},
    {"Task.async",
     "async(fn)\n"
     "async(Module, \"function\", { arg, … })\n\n"
     "Starts a task linked to the caller, who alone may await it. Returns the task, a table with "
     "pid,\n"
     "ref and owner. Its result comes as the message { ref, result }.\n\n" SLOW
     "    Task.await(task)   --> 42",
     NULL},
    {"Task.await",
     "await(task [, timeout = 5000])\n\n"
     "Waits for the result of a task and returns it. Exits when the task ends without one, or when "
     "there\n"
     "is none within timeout ms.\n\n" SLOW "    Task.await(task, 1000)   --> 42",
     NULL},
    {"Task.await_many",
     "await_many(tasks [, timeout = 5000])\n\n"
     "Waits for all of them and returns the list of their results; exits as await does.\n\n"
     "    a = Task.async(function() return 1 end)\n"
     "    b = Task.async(function() return 2 end)\n"
     "    Task.await_many{ a, b }   --> { 1, 2 }",
     NULL},
    {"Task.yield",
     "yield(task [, timeout = 5000])\n\n"
     "Waits for a task: \"ok\", result, or \"exit\", reason, or nil when it is still at work;\n"
     "then it may be asked again.\n\n" SLOW "    Task.yield(task, 10)   --> nil\n"
     "    Task.yield(task)       --> \"ok\", 42",
     NULL},
    {"Task.yield_many",
     "yield_many(tasks [, timeout = 5000])\n\n"
     "Waits until all have ended or the time is up: a list of { task, { \"ok\", result } },\n"
     "{ task, { \"exit\", reason } } or { task }.\n\n" SLOW
     "    Task.yield_many({ task }, 10)",
     NULL},
    {"Task.shutdown",
     "shutdown(task [, timeout = 5000 or \"brutal_kill\"])\n\n"
     "Ends a task, which is given timeout ms. Returns nil, or \"ok\", result when the result was "
     "there\n"
     "already, or \"exit\", reason when it ended otherwise.\n\n" SLOW
     "    Task.shutdown(task)   --> nil",
     NULL},
    {"Task.ignore",
     "ignore(task)\n\n"
     "Lets a task go its way: no link, no monitor, no result. Returns what yield(task, 0) "
     "does.\n\n" SLOW "    Task.ignore(task)   --> nil",
     NULL},
    {"Task.completed",
     "completed(value)\n\n"
     "A task that is done already, without a process.\n\n"
     "    Task.await(Task.completed(42))   --> 42",
     NULL},
    {"Task.start",
     "start(fn)\n"
     "start(Module, \"function\", { arg, … })\n\n"
     "Starts a task that nobody awaits, and returns its pid.\n\n"
     "    Task.start(function() print(\"done\") end)",
     NULL},
    {"Task.start_link",
     "start_link(fn)\n"
     "start_link(Module, \"function\", { arg, … })\n\n"
     "The same, linked to the caller: what { Task, fn } is started with as a child.\n\n"
     "    Supervisor.start_link({ { Task, function() print(\"done\") end } }, { strategy = "
     "\"one_for_one\" })",
     NULL},
    {"Task.child_spec",
     "child_spec(fn)\n\n"
     "How a supervisor starts it as a child: temporary, it is not started again.\n\n"
     "    Task.child_spec(function() print(\"done\") end)",
     NULL},
    {"Task.async_stream",
     "async_stream(enumerable, fn [, opts])\n"
     "async_stream(enumerable, Module, \"function\", { arg, … } [, opts])\n\n"
     "Runs fn(element) in a task for each element, and gives status, value for each as the loop "
     "asks for\n"
     "them: \"ok\", result or \"exit\", reason. enumerable is a list or an iterator. opts:\n"
     "max_concurrency = 4, ordered = true, timeout = 5000 for each, on_timeout = \"exit\" (or "
     "\"kill_task\"),\n"
     "zip_input_on_exit = false.\n\n"
     "    for status, value in Task.async_stream({ 1, 2, 3 }, function(n) return n * n end) do\n"
     "      print(status, value)\n"
     "    end",
     NULL},
    {"Task.Supervisor",
     "Task.Supervisor\n\n"
     "A supervisor that tasks are started under, any number of them.\n\n" POOL
     "    task = Task.Supervisor.async(\"tasks\", function() return 42 end)\n"
     "    Task.await(task)   --> 42",
     NULL},
    {"Task.Supervisor.start_link",
     "start_link([opts])\n\n"
     "Starts a supervisor of tasks; opts: name, max_children, max_restarts, max_seconds.\n\n" POOL,
     NULL},
    {"Task.Supervisor.child_spec",
     "child_spec(opts)\n\n"
     "How a supervisor starts it as a child; the name is the id.\n\n"
     "    Supervisor.start_link({ { Task.Supervisor, { name = \"tasks\" } } }, { strategy = "
     "\"one_for_one\" })",
     supervisor_spec},
    {"Task.Supervisor.start_child",
     "start_child(supervisor, fn [, opts])\n"
     "start_child(supervisor, Module, \"function\", { arg, … } [, opts])\n\n"
     "Starts a task that nobody awaits, and returns its pid. opts: restart = \"temporary\", "
     "shutdown = 5000.\n\n" POOL
     "    Task.Supervisor.start_child(sup, function() print(\"done\") end)",
     NULL},
    {"Task.Supervisor.async",
     "async(supervisor, fn [, opts])\n"
     "async(supervisor, Module, \"function\", { arg, … } [, opts])\n\n"
     "As Task.async, under the supervisor.\n\n" POOL
     "    Task.await(Task.Supervisor.async(sup, function() return 42 end))   --> 42",
     NULL},
    {"Task.Supervisor.async_nolink",
     "async_nolink(supervisor, fn [, opts])\n"
     "async_nolink(supervisor, Module, \"function\", { arg, … } [, opts])\n\n"
     "The same without a link: the caller survives a task that fails.\n\n" POOL
     "    task = Task.Supervisor.async_nolink(sup, function() return 42 end)\n"
     "    Task.yield(task)   --> \"ok\", 42",
     NULL},
    {"Task.Supervisor.async_stream",
     "async_stream(supervisor, enumerable, fn [, opts])\n\n"
     "As Task.async_stream, under the supervisor.\n\n" POOL
     "    for status, value in Task.Supervisor.async_stream(sup, { 1, 2 }, function(n) return n "
     "end) do\n"
     "      print(status, value)\n"
     "    end",
     NULL},
    {"Task.Supervisor.async_stream_nolink",
     "async_stream_nolink(supervisor, enumerable, fn [, opts])\n\n"
     "The same without links: a task that fails gives \"exit\", reason.\n\n" POOL
     "    for status, value in Task.Supervisor.async_stream_nolink(sup, { 1, 2 }, exit) do\n"
     "      print(status, value)\n"
     "    end",
     NULL},
    {"Task.Supervisor.children",
     "children(supervisor)\n\nThe pids of its tasks.\n\n" POOL
     "    Task.Supervisor.children(sup)   --> {}",
     NULL},
    {"Task.Supervisor.terminate_child",
     "terminate_child(supervisor, pid)\n\n"
     "Ends a task. Returns true, or nil, \"not_found\".\n\n" POOL
     "    pid = Task.Supervisor.start_child(sup, function() Process.sleep(\"infinity\") end)\n"
     "    Task.Supervisor.terminate_child(sup, pid)   --> true",
     NULL},
    {NULL, NULL, NULL},
};

static const luaL_Reg supervised[] = {
    {"began", began},
    {"answer", answer},
    {"struct", make_struct},
    {NULL, NULL},
};

void moon_open_task(lua_State *L) {
    int top = lua_gettop(L);
    lua_newtable(L);
    moon_struct_register(L, "Task");
    moon_module_new(L, "Task");
    lua_pushvalue(L, -1);
    lua_setglobal(L, "Task");
    moon_module_new(L, "Task.Supervisor");
    moon_give_child_spec(L, -1, "supervisor", NULL);
    lua_setfield(L, -2, "Supervisor");
    moon_module_new(L, "Task.Supervised");
    luaL_setfuncs(L, supervised, 0);
    lua_setfield(L, -2, "Supervised");
    lua_settop(L, top);
    moon_bind(L, bindings);
}
