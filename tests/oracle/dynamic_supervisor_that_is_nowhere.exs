Code.require_file("support/oracle.ex", __DIR__)

Oracle.show("children", Oracle.caught(fn -> DynamicSupervisor.which_children(:nowhere) end))
Oracle.show("count", Oracle.caught(fn -> DynamicSupervisor.count_children(:nowhere) end))
Oracle.show("stop", Oracle.caught(fn -> DynamicSupervisor.stop(:nowhere) end))
Oracle.show("pid", Oracle.raises(fn -> DynamicSupervisor.terminate_child(:nowhere, :a) end))
