-module(messages).
-export([run/1]).

run([N]) ->
    bench:measure("ping_pong", 2 * N, "ns", fun() ->
        Pid = spawn(fun answer/0),
        bench:time(fun() -> ask(Pid, N) end)
    end),
    Tuples = bench:isolated(fun() ->
        Pid = spawn(fun answer_tuple/0),
        bench:time(fun() -> ask_tuple(Pid, N) end)
    end),
    bench:report("ping_pong_tuple", Tuples / (2 * N), "ns"),
    bench:report("ping_pong_clauses", Tuples / (2 * N), "ns").

ask(_, 0) -> ok;
ask(Pid, N) -> Pid ! self(), receive pong -> ask(Pid, N - 1) end.

answer() -> receive From -> From ! pong, answer() end.

ask_tuple(_, 0) -> ok;
ask_tuple(Pid, N) -> Pid ! {ping, self(), N}, receive {pong, _} -> ask_tuple(Pid, N - 1) end.

answer_tuple() -> receive {ping, From, N} -> From ! {pong, N}, answer_tuple() end.
