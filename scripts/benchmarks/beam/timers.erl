-module(timers).
-export([run/1]).

run([N]) ->
    rand:seed(exsss, {1, 2, 3}),
    Delays = [1000000 + rand:uniform(1000) || _ <- lists:seq(1, N)],
    bench:isolated(fun() ->
        Timers = start(Delays, N),
        bench:report("timer_cancel", bench:time(fun() -> cancel(Timers) end) / N, "ns")
    end),
    bench:measure("timer_start_cancel", N, "ns", fun() ->
        bench:time(fun() ->
            bench:repeat(N, fun() -> erlang:cancel_timer(erlang:send_after(5000, self(), t)) end)
        end)
    end),
    Late = [late(1 + I rem 5) || I <- lists:seq(1, 50)],
    bench:report("timer_late", bench:middle(Late) / 1000, "us").

start(Delays, N) ->
    Start = erlang:monotonic_time(nanosecond),
    Timers = [erlang:send_after(Delay, self(), t) || Delay <- Delays],
    bench:report("timer_start", (erlang:monotonic_time(nanosecond) - Start) / N, "ns"),
    Timers.

cancel([]) -> ok;
cancel([Timer | Rest]) -> erlang:cancel_timer(Timer), cancel(Rest).

late(Delay) ->
    bench:time(fun() -> erlang:send_after(Delay, self(), t), receive t -> ok end end) - Delay * 1000000.
