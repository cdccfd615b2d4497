Code.require_file("support/oracle.ex", __DIR__)

defmodule Slow do
  use Application

  def start(_type, _args) do
    Process.sleep(100)
    Supervisor.start_link([], strategy: :one_for_one)
  end
end

:application.load({:application, :Slow, [mod: {Slow, []}, applications: [], description: 'takes time', vsn: '1.2']})
:application.load({:application, :Needy, [applications: [:Slow]]})
main = self()
spawn(fn -> send(main, {:first, Application.start(:Slow) == :ok}) end)
Process.sleep(50)
Oracle.show_result("while it starts", Application.start(:Needy))
Oracle.show_result("second", Application.start(:Slow))
Oracle.show_messages("told", 1)
Oracle.show_result("third", Application.start(:Slow))
for {:Slow, description, vsn} <- Application.started_applications() do
  Oracle.show("started", ["Slow", to_string(description), to_string(vsn)])
end
Oracle.show("vsn", to_string(Application.spec(:Slow, :vsn)))
Oracle.show("spec", Application.spec(:Unknown))
Oracle.show("words", Application.format_error({:not_started, :Slow}))
Oracle.show("words", Application.format_error({:already_started, :Slow}))
Oracle.show("words", Application.format_error({:already_loaded, :Slow}))
Oracle.show("words", Application.format_error({:not_loaded, :Slow}))
Oracle.show("words", Application.format_error({'no such file or directory', 'Slow.app'}))
