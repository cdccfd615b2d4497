-module(mailbox).
-export([run/1]).

-define(JUNK, 10000).

run([N]) ->
    bench:measure("receive_last", N, "us", fun() ->
        fill(),
        bench:time(fun() -> select(N) end)
    end),
    Calls = 100 * N,
    bench:measure("call_full_mailbox", Calls, "ns", fun() ->
        {ok, Pid} = counter:start(0),
        fill(),
        bench:time(fun() -> bench:repeat(Calls, fun() -> gen_server:call(Pid, inc) end) end)
    end).

fill() -> [self() ! {junk, I} || I <- lists:seq(1, ?JUNK)].

select(0) -> ok;
select(N) -> self() ! {want, N}, receive {want, N} -> select(N - 1) end.
