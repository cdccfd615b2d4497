Code.require_file("support/oracle.ex", __DIR__)

refused = fn label, fun -> Oracle.show(label, Oracle.raises(fun)) end
refused.("negative", fn -> Process.send_after(self(), :tick, -1) end)
refused.("no number", fn -> Process.send_after(self(), :tick, :soon) end)
refused.("no destination", fn -> Process.send_after({1, 2, 3}, :tick, 10) end)
refused.("cancel no reference", fn -> Process.cancel_timer(:timer) end)
refused.("read no reference", fn -> Process.read_timer(self()) end)
Oracle.show("cancel a plain reference", Process.cancel_timer(make_ref()))
Oracle.show("read a plain reference", Process.read_timer(make_ref()))
Oracle.show_mailbox("mailbox")
