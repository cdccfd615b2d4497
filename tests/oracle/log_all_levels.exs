Code.require_file("support/oracle.ex", __DIR__)
require Logger
Oracle.log_to_stderr()
levels = [:debug, :info, :notice, :warning, :error, :critical, :alert, :emergency]

for lowest <- [:all | levels] ++ [:none, :warn] do
  Logger.configure(level: lowest)
  Oracle.show("level", Logger.level())
  for level <- levels, do: Logger.bare_log(level, "#{level} at #{lowest}")
  Logger.flush()
end

Logger.configure(level: :debug)
Logger.critical("critical")
Logger.alert("alert", by: 1)
Logger.emergency(fn -> "emergency" end)
Logger.flush()
for {a, b} <- [debug: :info, info: :info, error: :warning, warn: :warning, emergency: :alert, all: :debug, none: :emergency],
    do: Oracle.show("#{a} and #{b}", Logger.compare_levels(a, b))
