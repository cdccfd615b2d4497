Code.require_file("support/oracle.ex", __DIR__)
defprotocol Size do
  @fallback_to_any true
  def size(value)
  def kind(value)
end

defmodule User, do: defstruct(name: "", age: 0)
defmodule Admin, do: defstruct(name: "")

for {type, name} <- [{Integer, "integer"}, {Float, "float"}, {BitString, "string"}, {Function, "function"}, {PID, "pid"}, {Reference, "reference"}] do
  defimpl Size, for: type do
    def size(_), do: 1
    def kind(_), do: unquote(name)
  end
end

defimpl Size, for: User do
  def size(user), do: user.age
  def kind(user), do: Size.kind(user.name)
end

defimpl Size, for: Any do
  def size(_), do: 0
  def kind(_), do: "any"
end

defprotocol Strict do
  def run(value)
end

defimpl Strict, for: User do
  def run(user), do: raise("boom of #{user.name}")
end

defmodule Main do
  def run do
    Oracle.show("integer", Size.kind(1))
    Oracle.show("float", Size.kind(1.0))
    Oracle.show("string", Size.kind("a"))
    Oracle.show("function", Size.kind(fn -> 1 end))
    Oracle.show("pid", Size.kind(self()))
    Oracle.show("reference", Size.kind(make_ref()))
    Oracle.show("boolean falls back", Size.kind(true))
    Oracle.show("nothing falls back", Size.kind(nil))
    Oracle.show("map falls back", Size.kind(%{a: 1}))
    Oracle.show("struct", [Size.size(%User{age: 7}), Size.kind(%User{})])
    Oracle.show("struct without one falls back", [Size.size(%Admin{}), Size.kind(%Admin{})])
    Oracle.show("in another process", Task.await(Task.async(fn -> Size.size(%User{age: 8}) end)))
    Oracle.show("in a message", (send(self(), %User{age: 9}); receive(do: (user -> Size.size(user)))))
    Oracle.show("implemented", [Size.impl_for(1) != nil, Size.impl_for(%Admin{}) == Size.Any])
    Oracle.show("nothing implemented", Strict.impl_for(1))
    Oracle.show("raises what it raises", Oracle.caught(fn -> Strict.run(%User{name: "ann"}) end))
    Oracle.show("not implemented", Oracle.raises(fn -> Strict.run(%Admin{}) end))
  end
end

Main.run()
