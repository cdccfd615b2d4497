-module(processes).
-export([run/1]).

run([N]) ->
    bench:measure("spawn_exit", N, "ns", fun() -> bench:time(fun() -> spawn_all(N) end) end),
    bench:measure("spawn_monitor", N, "ns", fun() ->
        bench:time(fun() -> bench:repeat(N, fun spawn_and_wait/0) end)
    end),
    Servers = N div 2,
    bench:measure("server_start_stop", Servers, "ns", fun() ->
        bench:time(fun() -> bench:repeat(Servers, fun start_and_stop/0) end)
    end).

%% Processes run in the order of their start: when the last one does, the others have ended.
spawn_all(N) ->
    bench:repeat(N, fun() -> spawn(fun() -> ok end) end),
    Self = self(),
    spawn(fun() -> Self ! done end),
    receive done -> ok end.

spawn_and_wait() ->
    {Pid, Monitor} = spawn_monitor(fun() -> ok end),
    receive {'DOWN', Monitor, process, Pid, _} -> ok end.

start_and_stop() ->
    {ok, Pid} = counter:start(0),
    counter:stop(Pid).
