-module(million).
-export([run/1]).

run([N]) ->
    Servers = [element(2, counter:start(0)) || _ <- lists:seq(1, N)],
    [1 = gen_server:call(Pid, inc) || Pid <- Servers],
    bench:report("million_resident", bench:resident() / (1 bsl 20), "MiB"),
    bench:report("million_peak", bench:peak() / (1 bsl 20), "MiB").
