-module(memory).
-export([run/1]).

run([Kind, N]) ->
    settle(),
    Before = bench:resident(),
    Time = bench:time(fun() -> bench:repeat(N, starter(Kind)) end),
    settle(),
    Name = io_lib:format("~s_~b", [Kind, N]),
    bench:report([Name, "_bytes"], (bench:resident() - Before) / N, "B"),
    bench:report([Name, "_start"], Time / N, "ns").

starter("process") -> fun() -> spawn(fun() -> receive stop -> ok end end) end;
starter("server") -> fun() -> counter:start(0) end.

settle() ->
    timer:sleep(100),
    erlang:garbage_collect().
