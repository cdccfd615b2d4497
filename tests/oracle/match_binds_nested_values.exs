Code.require_file("support/oracle.ex", __DIR__)

reply = {:ok, %{name: "ada", tags: [:x, :y]}, {:at, 7}}

{name, tag, at} =
  case reply do
    {:ok, %{name: name, tags: [tag, _]}, {:at, at}} -> {name, tag, at}
  end

Oracle.show("name", name)
Oracle.show("tag", tag)
Oracle.show("at", at)
