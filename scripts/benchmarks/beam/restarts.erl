-module(restarts).
-behaviour(supervisor).
-export([run/1, init/1]).

%% one N: a permanent child is killed N times, 2 ms apart.
%% static N, dynamic N: N children of a supervisor are killed once each, all together.
run(["one", N]) ->
    {ok, _} = supervisor:start_link(?MODULE, {static, 1, self()}),
    Times = restart(up(), N, []),
    bench:report("restart_min", lists:min(Times) / 1000, "us"),
    bench:report("restart_median", bench:middle(Times) / 1000, "us");
run(["static", N]) ->
    {ok, _} = supervisor:start_link(?MODULE, {static, N, self()}),
    all("restarts_static", N);
run(["dynamic", N]) ->
    {ok, Supervisor} = supervisor:start_link(?MODULE, {dynamic, self()}),
    bench:repeat(N, fun() -> {ok, _} = supervisor:start_child(Supervisor, [0]) end),
    all("restarts_dynamic", N).

restart(_, 0, Times) ->
    Times;
restart(Pid, N, Times) ->
    timer:sleep(2),
    Start = erlang:monotonic_time(nanosecond),
    exit(Pid, kill),
    New = up(),
    1 = gen_server:call(New, inc),
    Time = erlang:monotonic_time(nanosecond) - Start,
    restart(New, N - 1, [Time | Times]).

all(Name, N) ->
    Pids = [up() || _ <- lists:seq(1, N)],
    bench:report(Name, bench:time(fun() ->
        [exit(Pid, kill) || Pid <- Pids],
        bench:repeat(N, fun up/0)
    end) / N / 1000, "us").

up() -> receive {up, Pid} -> Pid end.

init({static, N, Observer}) ->
    {ok, {flags(one_for_one), [child(I, [Observer]) || I <- lists:seq(1, N)]}};
init({dynamic, Observer}) ->
    {ok, {flags(simple_one_for_one), [child(any, [Observer])]}}.

flags(Strategy) -> #{strategy => Strategy, intensity => 100000000, period => 1}.
child(Id, Arguments) -> #{id => Id, start => {counter, start_link, Arguments}}.
