-module(crowd).
-export([run/1]).

run([N]) ->
    Size = integer_to_list(N),
    Processes = bench:shuffled([spawn(fun answer/0) || _ <- lists:seq(1, N)]),
    bench:report(["crowd_echo_", Size], bench:time(fun() ->
        [Pid ! self() || Pid <- Processes],
        bench:repeat(N, fun() -> receive here -> ok end end)
    end) / N, "ns"),
    [exit(Pid, kill) || Pid <- Processes],
    Servers = bench:shuffled([element(2, counter:start(0)) || _ <- lists:seq(1, N)]),
    bench:report(["crowd_call_", Size], bench:time(fun() ->
        [gen_server:call(Pid, inc) || Pid <- Servers]
    end) / N, "ns").

answer() -> receive From -> From ! here, answer() end.
