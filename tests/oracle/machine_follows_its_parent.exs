Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

main = self()
parent = spawn(fn ->
  arg = %{first: :a, script: &Machine.keep/4, main: main, trap: true, last: true}
  {:ok, _} = :gen_statem.start_link(Machine, arg, [])
  Process.sleep(30)
  exit(:gone)
end)
Machine.show(100)
Oracle.show("alive", Process.alive?(parent))
