Code.require_file("support/oracle.ex", __DIR__)

defmodule Words do
  @doc "The names of files are charlists."
  def in_strings({text, file}) when is_list(text) and is_list(file), do: {to_string(text), to_string(file)}
  def in_strings({tag, reason}), do: {tag, in_strings(reason)}
  def in_strings(value), do: value
end

Oracle.show("unknown", Application.get_env(:Shop, :port))
Oracle.show("default", Application.get_env(:Shop, :port, 80))
Oracle.show_result("put", Application.put_env(:Shop, :host, "localhost"))
Oracle.show("get", Application.get_env(:Shop, :host, "elsewhere"))
Oracle.show_result("fetch", Application.fetch_env(:Shop, :host))
Oracle.show_result("fetch", Application.fetch_env(:Shop, :port))
Oracle.show_result("load", :application.load({:application, :Shop, [env: [port: 4000, open: false, list: [1, 2]]]}))
Oracle.show_result("load", Application.load(:Shop))
Oracle.show_result("load", Words.in_strings(Application.load(:Nothing)))
Oracle.show("all", Application.get_all_env(:Shop))
Oracle.show("false is a value", Application.get_env(:Shop, :open, true))
Application.put_env(:Shop, :port, 5000)
main = self()
spawn(fn -> send(main, {:seen, Application.get_env(:Shop, :port)}) end)
Oracle.show_messages("elsewhere", 1)
Oracle.show_result("delete", Application.delete_env(:Shop, :port))
Oracle.show_result("delete", Application.delete_env(:Shop, :port))
Oracle.show_result("fetch", Application.fetch_env(:Shop, :port))
Oracle.show_result("start", Application.start(:Shop))
Oracle.show_result("unload", Application.unload(:Shop))
Oracle.show_result("stop", Application.stop(:Shop))
Oracle.show_result("unload", Application.unload(:Shop))
Oracle.show_result("unload", Application.unload(:Shop))
Oracle.show("all", Application.get_all_env(:Other))
