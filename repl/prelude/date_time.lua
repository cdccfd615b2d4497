-- DateTime: https://hexdocs.pm/elixir/1.14/DateTime.html
local help, check = ...

DateTime = {}

local make = struct("DateTime", {
  "year", "month", "day", "hour", "minute", "second", "microsecond",
  std_offset = 0, time_zone = "Etc/UTC", utc_offset = 0, zone_abbr = "UTC",
})
local class = getmetatable(make())

-- Year, month and day of a number of days since 1970 (Howard Hinnant's civil_from_days).
local function civil(days)
  days = days + 719468
  local era = days // 146097
  local of_era = days - era * 146097
  local year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
  local of_year = of_era - (365 * year + year // 4 - year // 100)
  local month = (5 * of_year + 2) // 153
  local day = of_year - (153 * month + 2) // 5 + 1
  month = month < 10 and month + 3 or month - 9
  return year + era * 400 + (month <= 2 and 1 or 0), month, day
end

local function days_of(year, month, day)
  year = month <= 2 and year - 1 or year
  local era = year // 400
  local of_era = year - era * 400
  local of_year = (153 * (month > 2 and month - 3 or month + 9) + 2) // 5 + day - 1
  return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468
end

local function checked(what, datetime)
  check(what, 1, "datetime", datetime, "a DateTime",
    type(datetime) == "table" and getmetatable(datetime) == class)
  return datetime
end

local function to_text(d, separator)
  local fraction = d.microsecond[2] > 0 and (".%06d"):format(d.microsecond[1]) or ""
  return ("%04d-%02d-%02d%s%02d:%02d:%02d%sZ"):format(
    d.year, d.month, d.day, separator, d.hour, d.minute, d.second, fraction)
end

function class.__tostring(datetime) return to_text(datetime, " ") end

help("DateTime", [[
DateTime

Dates and times of day in UTC, by the node's clock.

    tostring(DateTime.utc_now())]])

help("DateTime.utc_now", [[
utc_now()

The present date and time: year, month, day, hour, minute, second, microsecond = { n, 6 }.

    DateTime.utc_now().year]])
function DateTime.utc_now()
  local now = System.system_time("microsecond")
  local seconds = now // 1000000
  local year, month, day = civil(seconds // 86400)
  return make {
    year = year, month = month, day = day, hour = seconds // 3600 % 24,
    minute = seconds // 60 % 60, second = seconds % 60, microsecond = { now % 1000000, 6 },
  }
end

help("DateTime.to_iso8601", [[
to_iso8601(datetime)

The text "2024-02-29T12:30:00.000000Z".

    DateTime.to_iso8601(DateTime.utc_now())]])
function DateTime.to_iso8601(datetime)
  return to_text(checked("DateTime.to_iso8601", datetime), "T")
end

help("DateTime.to_unix", [[
to_unix(datetime)

Seconds since 1970.

    DateTime.to_unix(DateTime.utc_now())]])
function DateTime.to_unix(datetime)
  local d = checked("DateTime.to_unix", datetime)
  return days_of(d.year, d.month, d.day) * 86400 + d.hour * 3600 + d.minute * 60 + d.second
end
