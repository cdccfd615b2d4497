-module(ring).
-export([run/1]).

-define(SIZE, 503).

run([Hops]) ->
    bench:measure("ring", Hops, "ns", fun() ->
        Self = self(),
        First = lists:foldl(fun(_, Next) -> spawn(fun() -> pass_on(Next, Self) end) end,
                            Self, lists:seq(2, ?SIZE)),
        bench:time(fun() -> go_round(First, Hops) end)
    end).

go_round(First, Hops) ->
    First ! Hops,
    receive
        done -> ok;
        Left -> go_round(First, Left - 1)
    end.

pass_on(Next, Main) ->
    receive
        0 -> Main ! done;
        Left -> Next ! Left - 1
    end,
    pass_on(Next, Main).
