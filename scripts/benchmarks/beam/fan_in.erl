-module(fan_in).
-export([run/1]).

run([Senders]) ->
    Each = 1000,
    bench:measure("fan_in", Senders * Each, "ns", fun() ->
        Self = self(),
        bench:time(fun() ->
            bench:repeat(Senders, fun() -> spawn(fun() -> send(Self, Each) end) end),
            drain(Senders * Each)
        end)
    end).

send(_, 0) -> ok;
send(Pid, N) -> Pid ! {m, N}, send(Pid, N - 1).

drain(0) -> ok;
drain(N) -> receive {m, _} -> drain(N - 1) end.
