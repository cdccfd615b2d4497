-- Decimals are plain values with operators; what is wrong with an argument is said in words.
local function complaint(...) return (select(2, pcall(...)):gsub("^[^\n]-:%d+: ", "")) end
local D = Decimal.new
print(D "0.1" + "0.2", 1 - D "0.10", D "1.5" * 2, D(1) / 3, -D "2") -- expect: 0.3	0.90	3.0	0.3333333333333333333333333333	-2
print(D "1.0" == D "1.00", D "1" < D "1.5", D "2" <= 2, D "NaN" == D "NaN") -- expect: true	true	true	false
print(equal(D "1.0", D "1.00"), equal(D "1.0", D "1.0")) -- expect: false	true
print(inspect(D "1.10"), inspect { D "-1E+9", D "inf", D "-nan" }) -- expect: Decimal.new("1.10")	{ Decimal.new("-1E+9"), Decimal.new("Infinity"), Decimal.new("-NaN") }
print(D("1.25"):round(1, "half_even"):to_string("xsd"), D("123e1").coef, D("123e1").exp) -- expect: 1.2	123	1

-- They travel, and match by their fields.
local me = self()
spawn(function() send(me, { "sum", Decimal.new("1.10") + 1 }) end)
print(receive { { { "sum", _ }, function(sum) return sum, sum == Decimal.new "2.1" end } }) -- expect: 2.10	true
print(match(D "1.0", { { { sign = 1, coef = 10, exp = -1 }, function() return "by fields" end } })) -- expect: by fields
spawn(function() exit { "broke", Decimal.new "9.99" } end)

-- Any length; exponents cost nothing.
local long = D(("7"):rep(10000))
print(#tostring(long), long - long + 1, #Decimal.to_string(D "1e9999", "normal")) -- expect: 10000	1	10000
print(equal(D(tostring(long)), long), math.type(D(math.maxinteger).coef), type(D "9223372036854775808".coef)) -- expect: true	integer	string
print(D "1e1000000000" + 1, D "1e1000000000" > D "1e999999999", D "1e1000000000" * D "1e-1000000000") -- expect: 1.000000000000000000000000000E+1000000000	true	1
print(Decimal.round(D "1e1000000000", 2)) -- expect: 1.000000000000000000000000000E+1000000000
print(complaint(Decimal.to_string, D "1e1000000000", "normal")) -- expect: "normal" representation requires 1000000001 digits, but the configured maximum is 10000000
print(complaint(Decimal.to_string, "1e9", "normal", { max_digits = 5 })) -- expect: "normal" representation requires 10 digits, but the configured maximum is 5
print(complaint(Decimal.to_integer, D "1e1000000000")) -- expect: Decimal.new("1E+1000000000") does not fit into an integer of 64 bits
print(complaint(Decimal.mult, "1e99999999999999999", "1e99999999999999999")) -- expect: Decimal.Error: exponent out of range
print(complaint(Decimal.div_int, "1e1000000000", 3)) -- expect: Decimal.Error: invalid_operation: integer division impossible, quotient too large
print(Decimal.parse "1e999999999999999999999999", Decimal.sqrt "1e1000000000") -- expect: nil	1E+500000000

-- In the library's words.
print(complaint(Decimal.div, 1, 0)) -- expect: Decimal.Error: division_by_zero
print(complaint(Decimal.div, 0, 0)) -- expect: Decimal.Error: invalid_operation: 0 / 0
print(complaint(Decimal.add, "inf", "-inf")) -- expect: Decimal.Error: invalid_operation: adding +Infinity and -Infinity
print(complaint(Decimal.compare, 1, "NaN")) -- expect: Decimal.Error: invalid_operation: operation on NaN
print(complaint(Decimal.compare, 1, 2, -1)) -- expect: Decimal.Error: threshold cannot be negative
print(complaint(Decimal.new, "1,5")) -- expect: Decimal.Error: number parsing syntax: "1,5"
print(complaint(Decimal.to_integer, "1.10")) -- expect: cannot convert Decimal.new("1.1") without losing precision. Use Decimal.round first.
print(complaint(Decimal.to_float, "1e400")) -- expect: Decimal.Error: number bigger than DBL_MAX: Decimal.new("1E+400")
print(complaint(Decimal.to_float, "-1e-400")) -- expect: Decimal.Error: negative number bigger than DBL_MIN: Decimal.new("-1E-400")
print(complaint(Decimal.to_float, "inf")) -- expect: Decimal.new("Infinity") cannot be converted to float
print(complaint(Decimal.add, 1.5, 1)) -- expect: implicit conversion of 1.5 to Decimal is not allowed. Use Decimal.from_float

-- Arguments.
print(complaint(Decimal.add, 1)) -- expect: bad argument #2 to 'Decimal.add' (num2: a decimal, an integer or a string expected, got nil)
print(complaint(Decimal.new, 1.5)) -- expect: bad argument #1 to 'Decimal.new' (num: a decimal, an integer or a string (Decimal.from_float takes floats) expected, got 1.5)
print(complaint(Decimal.new, 2, 1, 1)) -- expect: bad arguments to 'Decimal.new' (sign: 1 or -1, coef: a natural number, "NaN" or "inf", and exp: an integer expected, got 2, 1, 1)
print(complaint(Decimal.round, 1, 0, "up!")) -- expect: bad argument #3 to 'Decimal.round' (mode: "down", "half_up", "half_even", "ceiling", "floor", "half_down" or "up" expected, got "up!")
print(complaint(Decimal.to_string, 1, "hex")) -- expect: bad argument #2 to 'Decimal.to_string' (format: "scientific", "normal", "xsd" or "raw" expected, got "hex")
print(complaint(Decimal.parse, 5)) -- expect: bad argument #1 to 'Decimal.parse' (text: a string expected, got 5)
print(complaint(Decimal.parse, "1", { max_digits = -1 })) -- expect: bad argument #2 to 'Decimal.parse' (option max_digits: a natural number or "infinity" expected, got -1)
print(complaint(Decimal.from_float, 1)) -- expect: bad argument #1 to 'Decimal.from_float' (float: a finite float expected, got 1)
print(complaint(Decimal.Context.set, { precision = 0 })) -- expect: bad argument #1 to 'Decimal.Context.set' (precision: from 1 to 1000000 expected, got 0)
local broken = D "1"
broken.coef = "x"
print(complaint(Decimal.abs, broken)) -- expect: bad argument #1 to 'Decimal.abs' (num: a decimal, an integer or a string expected, got Decimal.new("x"))

-- To and from.
print(Decimal.from_float(0.1), Decimal.from_float(123456.0), Decimal.from_float(1e22), Decimal.from_float(-0.0)) -- expect: 0.1	123456.0	1E+22	-0.0
print(Decimal.to_float "0.1", Decimal.to_float "-2.5e10", Decimal.to_integer "-42.00", Decimal.to_integer(math.mininteger)) -- expect: 0.1	-25000000000.0	-42	-9223372036854775808
print(Decimal.parse "3.14.15") -- expect: 3.14	.15
print(Decimal.parse "bad", Decimal.cast {}) -- expect: nil	nil	error
print(Decimal.parse("12345", { max_digits = 4 })) -- expect: nil	error
print(Decimal.cast(1.5), Decimal.cast("1e7", { max_exponent = 5 })) -- expect: 1.5	nil	error

-- The context is the process's own.
Decimal.Context.set { precision = 3, rounding = "floor" }
print(D(1) / 3, table.concat(Decimal.Context.get().flags, " ")) -- expect: 0.333	rounded inexact
spawn(function() send(me, Decimal.new(1) / 3) end)
print(receive()) -- expect: 0.3333333333333333333333333333
Decimal.Context.set { traps = {} }
print(D(1) / 0, Decimal.sqrt(-1), Decimal.Context.get().flags[1]) -- expect: Infinity	-1	invalid_operation
