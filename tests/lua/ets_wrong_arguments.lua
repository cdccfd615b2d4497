-- Every function of ETS tells which argument is wrong.
local function complain(fn, ...)
  local ok, err = pcall(fn, ...)
  err = tostring(err):gsub("^[^\n]-:%d+: ", "")
  print(ok, (err:match("%* ([^\n]*)") or err:match("^[^\n]*")))
end
local t, b = ETS.new("t"), ETS.new("b", { "bag" })
ETS.insert(t, { 1, 2 })
local id, all = ETS.info(t, "id"), { { "$1", {}, { "$1" } } }

complain(ETS.insert, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.insert_new, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.lookup, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.lookup_element, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.take, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.member, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.delete, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.delete_object, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.delete_all_objects, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.match, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.match_object, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.match_delete, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.select, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.select_reverse, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.select_count, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.select_delete, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.select_replace, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.update_counter, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.update_element, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.tab2list, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.first, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.last, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.next, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.prev, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.slot, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.safe_fixtable, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.rename, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.give_away, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.setopts, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.info, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.whereis, 12, 1, 1)
-- expect: false	1st argument: not an atom or a table identifier
complain(ETS.new)
-- expect: false	1st argument: not an atom
complain(ETS.new, "x", { "unknown" })
-- expect: false	2nd argument: invalid options
complain(ETS.foldl, 5)
-- expect: false	bad argument #1 to 'ETS.foldl' (fun: a function expected, got 5)
complain(ETS.foldl, print, 0, 12)
-- expect: false	3rd argument: not an atom or a table identifier
complain(ETS.foldr, 5)
-- expect: false	bad argument #1 to 'ETS.foldr' (fun: a function expected, got 5)
complain(ETS.test_ms, 1, {})
-- expect: false	1st argument: not a tuple
complain(ETS.test_ms, { 1 }, 1)
-- expect: false	2nd argument: not a valid match specification
complain(ETS.insert, t)
-- expect: false	2nd argument: not a tuple
complain(ETS.insert_new, t, 5)
-- expect: false	2nd argument: not a tuple
complain(ETS.insert, t, { { 1 }, { a = 1 } })
-- expect: false	2nd argument: not a non-empty tuple or a list of non-empty tuples
complain(ETS.delete_object, t, 5)
-- expect: false	2nd argument: not a tuple
complain(ETS.lookup_element, t, 1, "x")
-- expect: false	3rd argument: not an integer
complain(ETS.lookup_element, t, 1, 5)
-- expect: false	3rd argument: position is greater than the size of the object
complain(ETS.lookup_element, t, 7, 1)
-- expect: false	2nd argument: not a key that exists in the table
complain(ETS.select, t, 1)
-- expect: false	2nd argument: not a valid match specification
complain(ETS.select, t, all, 0)
-- expect: false	3rd argument: out of range
complain(ETS.select, t, { { "$1", {}, { { "unknown", "$1" } } } })
-- expect: false	2nd argument: not a valid match specification
complain(ETS.select_reverse, t, { { "$1", {}, { "$2" } } })
-- expect: false	2nd argument: not a valid match specification
complain(ETS.select_count, t)
-- expect: false	2nd argument: not a valid match specification
complain(ETS.select_delete, t, { 1 })
-- expect: false	2nd argument: not a valid match specification
complain(ETS.select_replace, t, all)
-- expect: false	2nd argument: not a valid match specification
complain(ETS.select_replace, b, {})
-- expect: false	1st argument: the table identifier refers to an ETS table of a type not supported by this operation
complain(ETS.match, t, { "$1" }, "x")
-- expect: false	3rd argument: not an integer
complain(ETS.match_object, t, { "$1" }, 0)
-- expect: false	3rd argument: out of range
complain(ETS.select, { 1 })
-- expect: false	1st argument: invalid continuation
complain(ETS.select, { make_ref(), all, "", 1, false, { 1 }, 1, 1 })
-- expect: false	1st argument: the table identifier does not refer to an existing ETS table
complain(ETS.select, { id, all, "x", 1, false, { 1 }, 1, 1 })
-- expect: false	1st argument: invalid continuation
complain(ETS.select, { id, 5, "", 1, false, { 1 }, 1, 1 })
-- expect: false	1st argument: invalid continuation
complain(ETS.select, { id, all, "", -1, false, { 1 }, 1, 1 })
-- expect: false	1st argument: invalid continuation
complain(ETS.update_counter, t)
-- expect: false	bad argument #2 to 'ETS.update_counter' (key: a value expected, got nothing)
complain(ETS.update_counter, t, 1)
-- expect: false	bad argument #3 to 'ETS.update_counter' (operation: a value expected, got nothing)
complain(ETS.update_counter, b, 1, 1)
-- expect: false	1st argument: the table identifier refers to an ETS table of a type not supported by this operation
complain(ETS.update_counter, t, 1, "x")
-- expect: false	3rd argument: not a valid update operation
complain(ETS.update_counter, t, 5, 1)
-- expect: false	2nd argument: not a key that exists in the table
complain(ETS.update_counter, t, 5, 1, 7)
-- expect: false	4th argument: not a tuple
complain(ETS.update_element, t, 1)
-- expect: false	3rd argument: is not a valid element specification
complain(ETS.update_element, t, 1, { 0, 1 })
-- expect: false	3rd argument: is not a valid element specification
complain(ETS.next, t, 5)
-- expect: false	2nd argument: not a key that exists in the table
complain(ETS.prev, t, 5)
-- expect: false	2nd argument: not a key that exists in the table
complain(ETS.slot, t, "x")
-- expect: false	2nd argument: not an integer
complain(ETS.slot, t, 5)
-- expect: false	2nd argument: out of range
complain(ETS.safe_fixtable, t)
-- expect: false	2nd argument: not a boolean value
complain(ETS.rename, t)
-- expect: false	2nd argument: invalid table name (must be an atom)
complain(ETS.give_away, t)
-- expect: false	2nd argument: not a pid
complain(ETS.give_away, t, self())
-- expect: false	2nd argument: the process is already the owner of the table
complain(ETS.setopts, t)
-- expect: false	2nd argument: invalid options
complain(ETS.setopts, t, { heir = 5 })
-- expect: false	2nd argument: invalid options
complain(ETS.info, t, "x")
-- expect: false	2nd argument: not a valid info item
