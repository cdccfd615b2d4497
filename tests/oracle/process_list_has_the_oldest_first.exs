Code.require_file("support/oracle.ex", __DIR__)
pids = for _ <- 1..5, do: spawn(fn -> Process.sleep(:infinity) end)
place = fn list, pid -> Enum.find_index(list, &(&1 == pid)) end
places = Enum.map(pids, &place.(Process.list(), &1))
Oracle.show("in the order of their start", places == Enum.sort(places))
Oracle.show("main is before them", place.(Process.list(), self()) < hd(places))
Process.exit(Enum.at(pids, 2), :kill)
Oracle.settle()
Oracle.show("the dead are not there", Enum.map(pids, &(&1 in Process.list())))
