Code.require_file("support/oracle.ex", __DIR__)

complaint = fn fun ->
  {:error, message} = Oracle.caught(fun)
  String.trim(message)
end

t = :ets.new(:t, [keypos: 2])
Oracle.show("insert", :ets.insert(t, {"ada", 1}))
Oracle.show("again", :ets.insert(t, {"bob", 1}))
Oracle.show("lookup", :ets.lookup(t, 1))
Oracle.show("member", :ets.member(t, "bob"))
Oracle.show("keypos", :ets.info(t, :keypos))
Oracle.show("too short", complaint.(fn -> :ets.insert(t, {1}) end))
