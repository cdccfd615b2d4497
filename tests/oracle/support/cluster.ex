defmodule Cluster do
  @moduledoc "Other nodes on this machine, for the scenarios whose names begin with node_ or global_."

  @doc "A node that stays when the connection to it is lost."
  def start(name) do
    paths = Enum.flat_map(:code.get_path(), &['-pa', &1])

    connect = if :init.get_argument(:connect_all) == :error, do: [], else: ['-connect_all', 'false']
    args = paths ++ connect ++ ['-kernel', 'prevent_overlapping_partitions', 'false']

    {:ok, peer, node} =
      :peer.start(%{name: own_name(name), connection: :standard_io, args: args})

    Process.put({Cluster, node}, peer)
    {:ok, _} = :peer.call(peer, :application, :ensure_all_started, [:elixir])
    :peer.call(peer, :application, :ensure_all_started, [:logger])
    :peer.call(peer, Logger, :configure, [[level: :none]])
    node
  end

  # Scenarios that run at the same time don't meet: main_42 starts b_42.
  defp own_name(name) do
    [_, number] = Regex.run(~r/_(\d+)@/, Atom.to_string(node()))
    :"#{name}_#{number}"
  end

  @doc "Sends it the code of a module, as defmodule returns it."
  def load(node, {:module, module, binary, _}) do
    {:module, ^module} = :peer.call(Process.get({Cluster, node}), :code, :load_binary, [module, 'script', binary])
  end

  @doc "It ends at once."
  def stop(node) do
    :peer.cast(Process.get({Cluster, node}), :erlang, :halt, [0, [{:flush, false}]])
    wait_until(fn -> node not in Node.list() end)
  end

  defp wait_until(fun), do: fun.() || (Process.sleep(10); wait_until(fun))
end
