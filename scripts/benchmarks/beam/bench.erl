%% What the workloads share. `bench:main([Workload, Argument...])` prints `name value unit` lines.
-module(bench).
-export([main/1, time/1, measure/4, report/3, isolated/1, repeat/2, middle/1, shuffled/1,
         resident/0, peak/0]).

main([Workload | Arguments]) ->
    Module = list_to_atom(Workload),
    logger:set_primary_config(level, none),
    Module:run([argument(A) || A <- Arguments]),
    halt(0).

argument(Text) ->
    try list_to_integer(Text) catch error:badarg -> Text end.

time(Run) ->
    Start = erlang:monotonic_time(nanosecond),
    Run(),
    erlang:monotonic_time(nanosecond) - Start.

%% Run/0 does something Count times and returns how many nanoseconds that took.
measure(Name, Count, Unit, Run) ->
    report(Name, isolated(Run) / Count / nanoseconds(Unit), Unit).

report(Name, Value, Unit) ->
    io:format("~s ~.3f ~s~n", [Name, float(Value), Unit]).

nanoseconds("ns") -> 1;
nanoseconds("us") -> 1000;
nanoseconds("ms") -> 1000000.

%% The result of Run in a process with an empty heap.
isolated(Run) ->
    {Pid, Monitor} = spawn_monitor(fun() -> exit({result, Run()}) end),
    receive
        {'DOWN', Monitor, process, Pid, {result, Result}} -> Result;
        {'DOWN', Monitor, process, Pid, Reason} -> exit(Reason)
    end.

repeat(0, _) -> ok;
repeat(N, Run) -> Run(), repeat(N - 1, Run).

middle(Values) ->
    lists:nth((length(Values) + 1) div 2, lists:sort(Values)).

shuffled(List) ->
    rand:seed(exsss, {1, 2, 3}),
    [Value || {_, Value} <- lists:sort([{rand:uniform(), Value} || Value <- List])].

%% Bytes of memory that the whole program holds now, and held at most.
resident() -> kilobytes("VmRSS") * 1024.
peak() -> kilobytes("VmHWM") * 1024.

kilobytes(Key) ->
    {ok, Status} = file:read_file("/proc/self/status"),
    {match, [Number]} = re:run(Status, Key ++ ":\\s*(\\d+) kB", [{capture, [1], list}]),
    list_to_integer(Number).
