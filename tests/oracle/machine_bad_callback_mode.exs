Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, &Machine.keep/4, mode: :handle_event_function)
Oracle.show("alive", Process.alive?(pid))
pid = Machine.start(:a, &Machine.keep/4, mode: :strange, last: true)
Process.sleep(20)
Oracle.show("alive", Process.alive?(pid))
Machine.show(20)
