-module(calls).
-export([run/1]).

run([N]) ->
    calls("call_inc", N, 0, inc),
    calls("call_get", N, maps:from_list([{key(I), I} || I <- lists:seq(1, 10)]),
          {get, key(7)}).

calls(Name, N, State, Request) ->
    bench:measure(Name, N, "ns", fun() ->
        {ok, Pid} = counter:start(State),
        bench:time(fun() -> call(Pid, Request, N) end)
    end).

call(_, _, 0) -> ok;
call(Pid, Request, N) -> gen_server:call(Pid, Request), call(Pid, Request, N - 1).

key(I) -> list_to_atom("k" ++ integer_to_list(I)).
