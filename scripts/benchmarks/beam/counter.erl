%% The gen_server of all workloads: an integer that counts, or a map that is looked into.
-module(counter).
-behaviour(gen_server).
-export([start/1, start_link/1, start_link/2, stop/1]).
-export([init/1, handle_call/3, handle_cast/2]).

start(State) -> gen_server:start(?MODULE, State, []).

%% Tells the observer when it is up.
start_link(Observer) -> gen_server:start_link(?MODULE, {observed, Observer}, []).
start_link(Observer, _Id) -> start_link(Observer).

stop(Pid) -> gen_server:stop(Pid).

init({observed, Observer}) ->
    Observer ! {up, self()},
    {ok, 0};
init(State) ->
    {ok, State}.

handle_call(inc, _From, N) -> {reply, N + 1, N + 1};
handle_call({get, Key}, _From, Map) -> {reply, maps:get(Key, Map), Map};
handle_call({time_call, Server}, _From, State) ->
    {reply, bench:time(fun() -> gen_server:call(Server, inc) end), State}.

handle_cast(inc, N) -> {noreply, N + 1}.
