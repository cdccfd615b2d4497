Code.require_file("support/oracle.ex", __DIR__)

defprotocol Speaks do
  def speak(value)
end

defmodule Dog do
  defstruct name: "rex"
end

defimpl Speaks, for: Dog do
  def speak(dog), do: "#{dog.name} barks"
end

defimpl Speaks, for: Integer do
  def speak(n), do: "number #{n}"
end

Code.eval_string("""
Oracle.show("struct", Speaks.speak(struct(Dog, name: "fido")))
Oracle.show("default", Speaks.speak(struct(Dog)))
Oracle.show("integer", Speaks.speak(12))
Oracle.show("float", Oracle.caught(fn -> Speaks.speak(1.5) end))
""")
