-module(fairness).
-export([run/1]).

run([N]) ->
    Echo = spawn(fun answer/0),
    {ok, Server} = counter:start(0),
    {ok, Asker} = counter:start(0),
    bench:repeat(10, fun() -> spawn(fun loop/0) end),
    timer:sleep(50),
    Echoes = [bench:time(fun() -> Echo ! self(), receive pong -> ok end end)
              || _ <- lists:seq(1, N)],
    bench:report("loops_round_trip", bench:middle(Echoes) / 1000, "us"),
    Calls = [gen_server:call(Asker, {time_call, Server}, infinity) || _ <- lists:seq(1, N)],
    bench:report("loops_call", bench:middle(Calls) / 1000, "us").

answer() -> receive From -> From ! pong, answer() end.

loop() -> fib(20), loop().

fib(N) when N < 2 -> N;
fib(N) -> fib(N - 1) + fib(N - 2).
