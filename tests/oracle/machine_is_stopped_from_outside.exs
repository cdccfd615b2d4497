Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

keep = &Machine.keep/4
pid = Machine.start(:a, keep, last: true)
Oracle.show_result("stop", :gen_statem.stop(pid))
Machine.show(20)
pid = Machine.start(:a, keep, last: true)
Oracle.show_result("stop", :gen_statem.stop(pid, :why, 1000))
Machine.show(20)
Oracle.show("nobody", Machine.caught(fn -> :gen_statem.stop(pid) end))
