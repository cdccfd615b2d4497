-module(payloads).
-export([run/1]).

run([N]) ->
    Keys = lists:seq(1, 10000),
    Name = fun(I) -> list_to_binary("key" ++ integer_to_list(I)) end,
    round_trips("payload_list", N, Keys),
    round_trips("payload_map", N, maps:from_list([{Name(I), I} || I <- Keys])),
    round_trips("payload_string", N, binary:copy(<<"x">>, 65536)).

round_trips(Name, N, Payload) ->
    bench:measure(Name, N, "us", fun() ->
        Pid = spawn(fun answer/0),
        bench:time(fun() -> ask(Pid, Payload, N) end)
    end).

ask(_, _, 0) -> ok;
ask(Pid, Payload, N) -> Pid ! {self(), Payload}, receive ok -> ask(Pid, Payload, N - 1) end.

answer() -> receive {From, _} -> From ! ok, answer() end.
