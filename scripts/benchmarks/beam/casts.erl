-module(casts).
-export([run/1]).

run([N]) ->
    bench:measure("cast", N, "ns", fun() ->
        {ok, Pid} = counter:start(0),
        bench:time(fun() ->
            bench:repeat(N, fun() -> gen_server:cast(Pid, inc) end),
            gen_server:call(Pid, inc, infinity)
        end)
    end).
