Code.require_file("support/oracle.ex", __DIR__)

defmodule Words do
  @doc "The names of files are charlists."
  def in_strings({text, file}) when is_list(text) and is_list(file), do: {to_string(text), to_string(file)}
  def in_strings({tag, reason}), do: {tag, in_strings(reason)}
  def in_strings(value), do: value
end

defmodule Part do
  use Application

  def start(_type, :broken), do: {:error, :out_of_order}

  def start(_type, name) do
    Oracle.show("start", name)
    Supervisor.start_link([], strategy: :one_for_one)
  end

  def stop(_state), do: Oracle.show("stop", self() != nil)
end

define = fn name, applications ->
  module = Module.concat([name])
  Module.create(module, quote(do: (defdelegate(start(type, args), to: Part); defdelegate(stop(state), to: Part))), __ENV__)
  :application.load({:application, name, [mod: {module, name}, applications: applications]})
end

define.(:Base, [])
define.(:Middle, [:Base])
define.(:Side, [])
define.(:Top, [:Middle, :Side])
define.(:broken, [])
define.(:Odd, [:Side, :broken])
:application.load({:application, :Library, [applications: []]})
define.(:Lost, [:Library, :Nowhere])
running = fn -> for {name, _, _} <- Application.started_applications(), name in [:Base, :Middle, :Side, :Top, :Odd, :Library, :Lost], do: name end

Oracle.show_result("too early", Application.start(:Top))
Oracle.show_result("all", Application.ensure_all_started(:Top))
Oracle.show_result("all again", Application.ensure_all_started(:Top))
Oracle.show("running", running.())
Oracle.show_result("stop one below", Application.stop(:Base))
Oracle.show("running", running.())
Oracle.show_result("stop", Application.stop(:Side))
Oracle.show_result("one that fails", Application.ensure_all_started(:Odd))
Oracle.show("running", running.())
Oracle.show_result("library", Application.start(:Library))
Oracle.show_result("library", Application.stop(:Library))
Oracle.show_result("one that is not there", Words.in_strings(Application.ensure_all_started(:Lost)))
Oracle.show_result("directly", Words.in_strings(Application.start(:Lost)))
Oracle.show_result("unknown", Words.in_strings(Application.start(:Nowhere)))
Oracle.show_result("unknown", Words.in_strings(Application.ensure_all_started(:Nowhere)))
Oracle.show_result("type", :application.start(:Base, :forever))
Oracle.show("running", running.())
