Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  :cast, {:act, a}, _, _ -> {:keep_state_and_data, [a]}
  _, _, _, _ -> :keep_state_and_data
end)
t = {:timeout, :t}
Machine.casts(pid, [{:act, {t, 60, :old}}, {:act, {t, 60, :new}}])
Machine.show(150)
Machine.casts(pid, [{:act, {t, 60, :gone}}, {:act, {t, :cancel}}])
Machine.show(150)
Machine.casts(pid, [{:act, {t, 60, :gone}}, {:act, {t, :infinity, :never}}])
Machine.show(150)
Machine.casts(pid, [{:act, {t, 60, :before}}, {:act, {t, :update, :after}}])
Machine.show(150)
Machine.casts(pid, [{:act, {t, :update, :at_once}}, {:act, {:state_timeout, :cancel}}])
Machine.show(150)
