Code.require_file("support/oracle.ex", __DIR__)
where = fn pid -> Oracle.settle(); elem(Process.info(pid, :current_function), 1) |> Tuple.to_list() |> Enum.take(2) |> Enum.join(".") end

Code.require_file("support/machine.ex", __DIR__)

script = fn
  _, :rest, _, _ -> {:keep_state_and_data, [:hibernate]}
  _, {:rest, on}, _, _ -> {:keep_state_and_data, [{:hibernate, on}]}
  _, :rest_and_go_on, _, _ -> {:keep_state_and_data, [:hibernate, {:next_event, :internal, :more}]}
  _, :rest_for_a_time, _, _ -> {:keep_state_and_data, [:hibernate, {:state_timeout, 150, :awake}]}
  _, _, _, _ -> :keep_state_and_data
end

pid = Machine.start(:on, script)
Oracle.show("waits", where.(pid))
:gen_statem.cast(pid, :rest)
Oracle.show("hibernates", where.(pid))
:gen_statem.cast(pid, :wake)
Oracle.show("woken", where.(pid))
:gen_statem.cast(pid, {:rest, true})
Oracle.show("told to", where.(pid))
:gen_statem.cast(pid, {:rest, false})
Oracle.show("told not to", where.(pid))
:gen_statem.cast(pid, :rest_and_go_on)
Oracle.show("goes on", where.(pid))
:gen_statem.cast(pid, :rest_for_a_time)
Oracle.show("until the timeout", where.(pid))
Oracle.show("after it", where.(pid))
{:ok, pid} = :gen_statem.start(Machine, Map.new(first: :on, script: script, main: self()), hibernate_after: 10)
Oracle.show("hibernates after some time", where.(pid))
:gen_statem.cast(pid, :wake)
Oracle.show("and again", where.(pid))
:sys.get_state(pid)
Oracle.show("looked at", where.(pid))
