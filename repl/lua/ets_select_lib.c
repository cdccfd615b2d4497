/* ETS: match specifications and patterns over tables, at once or in steps. */
#include "lua/ets_lib.h"

#include "lua/argument.h"
#include "lua/cell.h"
#include "lua/help.h"
#include "lua/process.h"
#include "lua/state.h"
#include "lua/value.h"

static int push_true(lua_State *L) {
    lua_pushboolean(L, 1);
    return 1;
}

/* ------------------------------------------------------------------------------------- compiling
 */

/* The specification at arg, or { { pattern, {}, { body } } } with the pattern there. NULL: that is
 * none. */
static mb_match_spec *compile(lua_State *L, int arg, const char *body) {
    mb_runtime *rt = moon_rt(L);
    mb_term term;
    mb_match_spec *spec;
    moon_to_term(L, arg, &term, body ? "pattern" : "match specification");
    mb_match_result result = body
                                 ? mb_match_compile_clause(rt, term, mb_nil(), mb_atom(body), &spec)
                                 : mb_match_compile(rt, term, &spec);
    mb_release(rt, term);
    moon_ets_need(L, result != MB_MATCH_NO_MEMORY);
    return spec;
}

static mb_match_spec *check_compiled(lua_State *L, const char *what, int arg, const char *body) {
    mb_match_spec *spec = compile(L, arg, body);
    if (!spec)
        moon_ets_refuse(L, what, arg, "not a valid match specification");
    return spec;
}

static mb_match_spec *check_specification(lua_State *L, const char *what, int arg) {
    return check_compiled(L, what, arg, NULL);
}

static void pay_for(lua_State *L, const mb_ets_info *info) {
    moon_reduce(L, (int)(info->size < 4000 ? info->size / 4 + 1 : 1000));
}

/* ------------------------------------------------------------------------------------- all at once
 */

/* Frees the specification. */
static int push_selected(lua_State *L, mb_ets *table, mb_match_spec *spec, mb_ets_action action) {
    mb_ets_info info;
    mb_term result;
    mb_match_result outcome = mb_ets_select(table, spec, action, &result);
    mb_match_free(spec);
    moon_ets_need(L, outcome == MB_MATCH_YES);
    mb_ets_info_of(table, &info);
    pay_for(L, &info);
    moon_push_owned_term(L, result);
    return 1;
}

static int run(lua_State *L, const char *what, mb_ets_action action) {
    mb_ets_info info;
    lua_settop(L, 2);
    mb_ets *table = moon_ets_check_table(
        L, what, 1, action == MB_ETS_COUNT ? MOON_ETS_READ : MOON_ETS_WRITE, &info);
    return push_selected(L, table, check_specification(L, what, 2), action);
}

static int ets_select_count(lua_State *L) {
    return run(L, "ETS.select_count", MB_ETS_COUNT);
}

static int ets_select_delete(lua_State *L) {
    return run(L, "ETS.select_delete", MB_ETS_REMOVE);
}

static int ets_select_replace(lua_State *L) {
    static const char what[] = "ETS.select_replace";
    mb_ets_info info;
    lua_settop(L, 2);
    mb_ets *table = moon_ets_check_table(L, what, 1, MOON_ETS_WRITE, &info);
    if (info.options.type == MB_ETS_BAG)
        return moon_ets_refuse(L, what, 1,
                               "the table identifier refers to an ETS table of a type not "
                               "supported by this operation");
    mb_match_spec *spec = check_specification(L, what, 2);
    if (!mb_match_keeps_element(spec, info.options.keypos)) {
        mb_match_free(spec);
        return moon_ets_refuse(L, what, 2, "not a valid match specification");
    }
    return push_selected(L, table, spec, MB_ETS_REPLACE);
}

static int ets_match_delete(lua_State *L) {
    static const char what[] = "ETS.match_delete";
    mb_ets_info info;
    mb_term number, pattern;
    mb_match_spec *spec;
    lua_settop(L, 2);
    mb_ets *table = moon_ets_check_table(L, what, 1, MOON_ETS_WRITE, &info);
    moon_to_term(L, 2, &pattern, "pattern");
    mb_match_result result =
        mb_match_compile_clause(moon_rt(L), pattern, mb_nil(), mb_boolean(true), &spec);
    mb_release(moon_rt(L), pattern);
    moon_ets_need(L, result != MB_MATCH_NO_MEMORY);
    if (!spec)
        return moon_ets_refuse(L, what, 2, "not a valid match specification");
    result = mb_ets_select(table, spec, MB_ETS_REMOVE, &number);
    mb_match_free(spec);
    moon_ets_need(L, result == MB_MATCH_YES);
    pay_for(L, &info);
    return push_true(L);
}

/* ------------------------------------------------------------------------------------- in steps.
 * A continuation is an array: the table's reference, the specification or the pattern, what a match
 * gives of it, the limit, whether it goes backwards, the last key in an array, its place and the
 * object's serial number. */

enum { TABLE = 1, SPECIFICATION, BODY, LIMIT, REVERSE, KEY, PLACE, SERIAL };

/* Pushes the continuation; the specification or pattern lies at index 2. */
static void push_continuation(lua_State *L, const mb_ets_info *info, const char *body,
                              lua_Integer limit, mb_ets_cursor *cursor) {
    lua_createtable(L, SERIAL, 0);
    moon_push_ref(L, info->ref);
    lua_rawseti(L, -2, TABLE);
    lua_pushvalue(L, 2);
    lua_rawseti(L, -2, SPECIFICATION);
    lua_pushstring(L, body ? body : "");
    lua_rawseti(L, -2, BODY);
    lua_pushinteger(L, limit);
    lua_rawseti(L, -2, LIMIT);
    lua_pushboolean(L, cursor->reverse);
    lua_rawseti(L, -2, REVERSE);
    lua_createtable(L, 1, 0);
    moon_push_owned_term(L, cursor->key);
    lua_rawseti(L, -2, 1);
    lua_rawseti(L, -2, KEY);
    lua_pushinteger(L, (lua_Integer)cursor->place);
    lua_rawseti(L, -2, PLACE);
    lua_pushinteger(L, (lua_Integer)cursor->serial);
    lua_rawseti(L, -2, SERIAL);
}

/* Frees the specification, and what the cursor holds. Pushes the results and the continuation. */
static int step(lua_State *L, mb_ets *table, mb_match_spec *spec, const char *body,
                lua_Integer limit, mb_ets_cursor *cursor) {
    mb_ets_info info;
    mb_term results;
    mb_match_result outcome = mb_ets_select_some(table, spec, (size_t)limit, cursor, &results);
    mb_match_free(spec);
    if (outcome != MB_MATCH_YES || cursor->ended) {
        mb_release(moon_rt(L), cursor->key);
        cursor->key = mb_nil();
    }
    moon_ets_need(L, outcome == MB_MATCH_YES);
    mb_ets_info_of(table, &info);
    pay_for(L, &info);
    bool nothing = mb_array_size(results) == 0;
    if (cursor->ended && nothing) {
        mb_release(moon_rt(L), results);
        lua_pushliteral(L, MOON_END_OF_TABLE);
        return 1;
    }
    moon_push_owned_term(L, results);
    if (cursor->ended)
        lua_pushliteral(L, MOON_END_OF_TABLE);
    else
        push_continuation(L, &info, body, limit, cursor);
    return 2;
}

static bool field_is(lua_State *L, int field, int type) {
    bool yes = lua_rawgeti(L, 1, field) == type;
    lua_pop(L, 1);
    return yes;
}

static lua_Integer integer_field(lua_State *L, int field) {
    lua_rawgeti(L, 1, field);
    lua_Integer value = lua_isinteger(L, -1) ? lua_tointeger(L, -1) : 0;
    lua_pop(L, 1);
    return value;
}

static bool is_continuation(lua_State *L) {
    if (!lua_istable(L, 1) || !field_is(L, BODY, LUA_TSTRING) ||
        !field_is(L, REVERSE, LUA_TBOOLEAN) || !field_is(L, KEY, LUA_TTABLE))
        return false;
    lua_rawgeti(L, 1, TABLE);
    bool good = moon_is_ref(L, -1);
    lua_pop(L, 1);
    return good && integer_field(L, LIMIT) > 0 && integer_field(L, PLACE) > 0 &&
           integer_field(L, SERIAL) > 0;
}

/* The continuation is all there is on the stack. */
static int go_on(lua_State *L, const char *what) {
    mb_ets_info info;
    mb_ets_cursor cursor = {.begun = true};
    if (moon_is_string(L, 1, MOON_END_OF_TABLE)) {
        lua_pushliteral(L, MOON_END_OF_TABLE);
        return 1;
    }
    if (!is_continuation(L))
        return moon_ets_refuse(L, what, 1, "invalid continuation");
    lua_rawgeti(L, 1, SPECIFICATION);
    lua_rawgeti(L, 1, TABLE);
    mb_ets *table = moon_ets_find_table(L, what, 3);
    lua_settop(L, 2);
    if (!table) {
        lua_settop(L, 1);
        return moon_ets_refuse(L, what, 1,
                               "the table identifier does not refer to an existing ETS table");
    }
    lua_rawgeti(L, 1, TABLE);
    moon_ets_check_table(L, what, 3, MOON_ETS_READ, &info);
    lua_rawgeti(L, 1, BODY);
    const char *body = lua_rawlen(L, 4) > 0 ? lua_tostring(L, 4) : NULL;
    if (body && strcmp(body, "$$") != 0 && strcmp(body, "$_") != 0) {
        lua_settop(L, 1);
        return moon_ets_refuse(L, what, 1, "invalid continuation");
    }
    mb_match_spec *spec = compile(L, 2, body);
    if (!spec) {
        lua_settop(L, 1);
        return moon_ets_refuse(L, what, 1, "invalid continuation");
    }
    cursor.place = (uint64_t)integer_field(L, PLACE);
    cursor.serial = (uint64_t)integer_field(L, SERIAL);
    lua_rawgeti(L, 1, REVERSE);
    cursor.reverse = lua_toboolean(L, -1);
    lua_rawgeti(L, 1, KEY);
    lua_rawgeti(L, -1, 1);
    if (!moon_try_term(L, -1, &cursor.key, "key")) {
        mb_match_free(spec);
        return lua_error(L);
    }
    return step(L, table, spec, body, integer_field(L, LIMIT), &cursor);
}

static int begin(lua_State *L, const char *what, const char *body, bool reverse) {
    mb_ets_info info;
    mb_ets *table = moon_ets_check_table(L, what, 1, MOON_ETS_READ, &info);
    mb_ets_cursor cursor = {.reverse = reverse && info.options.type == MB_ETS_ORDERED_SET,
                            .key = mb_nil()};
    bool limited = lua_gettop(L) > 2 && !lua_isnil(L, 3);
    if (limited && !lua_isinteger(L, 3))
        return moon_ets_refuse(L, what, 3, "not an integer");
    if (limited && lua_tointeger(L, 3) < 1)
        return moon_ets_refuse(L, what, 3, "out of range");
    lua_Integer limit = limited ? lua_tointeger(L, 3) : 0;
    mb_match_spec *spec = check_compiled(L, what, 2, body);
    if (limited)
        return step(L, table, spec, body, limit, &cursor);
    if (!cursor.reverse)
        return push_selected(L, table, spec, MB_ETS_COLLECT);
    if (step(L, table, spec, body, 0, &cursor) == 1)
        lua_newtable(L);
    else
        lua_pop(L, 1);
    return 1;
}

static int select(lua_State *L, const char *what, const char *body, bool reverse) {
    if (lua_gettop(L) < 2) {
        lua_settop(L, 1);
        return go_on(L, what);
    }
    lua_settop(L, 3);
    if (lua_isnil(L, 3))
        lua_settop(L, 2);
    return begin(L, what, body, reverse);
}

static int ets_match(lua_State *L) {
    return select(L, "ETS.match", "$$", false);
}
static int ets_match_object(lua_State *L) {
    return select(L, "ETS.match_object", "$_", false);
}
static int ets_select(lua_State *L) {
    return select(L, "ETS.select", NULL, false);
}
static int ets_select_reverse(lua_State *L) {
    return select(L, "ETS.select_reverse", NULL, true);
}

/* ------------------------------------------------------------------------------------- without a
 * table */

static int ets_test_ms(lua_State *L) {
    mb_term object, result;
    lua_settop(L, 2);
    if (!lua_istable(L, 1))
        return moon_ets_refuse(L, "ETS.test_ms", 1, "not a tuple");
    mb_match_spec *spec = check_specification(L, "ETS.test_ms", 2);
    if (!moon_try_term(L, 1, &object, "object")) {
        mb_match_free(spec);
        return lua_error(L);
    }
    mb_match_result outcome = mb_match_apply(spec, object, &result);
    mb_release(moon_rt(L), object);
    mb_match_free(spec);
    moon_ets_need(L, outcome != MB_MATCH_NO_MEMORY);
    if (outcome == MB_MATCH_NO)
        lua_pushboolean(L, 0);
    else
        moon_push_owned_term(L, result);
    return 1;
}

/* ------------------------------------------------------------------------------------- help */

static const moon_binding bindings[] = {
    {"ETS.match",
     "match(table, pattern [, limit])\n\n"
     "For each object that matches, the values of the variables \"$1\", \"$2\", ... in the order "
     "of their numbers.\n"
     "\"_\" and _ match anything. With a limit, as ETS.select.\n\n"
     "    t = ETS.new(\"t\")\n"
     "    ETS.insert(t, { \"ada\", 36 })\n"
     "    ETS.match(t, { \"$1\", \"_\" })   --> { { \"ada\" } }",
     ets_match},
    {"ETS.match_object",
     "match_object(table, pattern [, limit])\n\n"
     "The objects that match. With a limit, as ETS.select.\n\n"
     "    t = ETS.new(\"t\")\n"
     "    ETS.insert(t, { { \"ada\", 36 }, { \"bob\", 12 } })\n"
     "    ETS.match_object(t, { \"_\", 36 })   --> { { \"ada\", 36 } }",
     ets_match_object},
    {"ETS.match_delete",
     "match_delete(table, pattern)\n\n"
     "Removes the objects that match.\n\n"
     "    ETS.match_delete(ETS.new(\"t\"), { \"_\", 36 })",
     ets_match_delete},
    {"ETS.select",
     "select(table, specification [, limit])\nselect(continuation)\n\n"
     "Applies a match specification, { { head, guards, body }, ... }: for each object the body of "
     "the first\n"
     "clause whose head matches and whose guards are true. A guard or body is a variable, \"$_\" "
     "(the object),\n"
     "\"$$\" (all variables), a call { \">\", \"$1\", 3 }, a tuple { { \"$1\", \"$2\" } }, { "
     "\"const\", value } or a value.\n"
     "With a limit, up to so many results and a continuation for the next, or "
     "\"$end_of_table\".\n\n"
     "    t = ETS.new(\"t\", { \"ordered_set\" })\n"
     "    ETS.insert(t, { { \"ada\", 36 }, { \"bob\", 12 } })\n"
     "    ETS.select(t, { { { \"$1\", \"$2\" }, { { \">\", \"$2\", 17 } }, { \"$1\" } } })   --> { "
     "\"ada\" }\n"
     "    names, more = ETS.select(t, { { { \"$1\", _ }, {}, { \"$1\" } } }, 1)\n"
     "    ETS.select(more)   --> { \"bob\" }, { … }",
     ets_select},
    {"ETS.select_reverse",
     "select_reverse(table, specification [, limit])\nselect_reverse(continuation)\n\n"
     "As ETS.select, from the last key of an ordered_set to the first; in other tables the "
     "same.\n\n"
     "    t = ETS.new(\"t\", { \"ordered_set\" })\n"
     "    ETS.insert(t, { { 1 }, { 2 } })\n"
     "    ETS.select_reverse(t, { { { \"$1\" }, {}, { \"$1\" } } })   --> { 2, 1 }",
     ets_select_reverse},
    {"ETS.select_count",
     "select_count(table, specification)\n\n"
     "How many objects there are whose body says true.\n\n"
     "    ETS.select_count(ETS.new(\"t\"), { { { \"_\", \"_\" }, {}, { true } } })   -- 0",
     ets_select_count},
    {"ETS.select_delete",
     "select_delete(table, specification)\n\n"
     "Removes the objects whose body says true; returns how many they were.\n\n"
     "    ETS.select_delete(ETS.new(\"t\"), { { { \"_\", \"_\" }, {}, { true } } })   -- 0",
     ets_select_delete},
    {"ETS.select_replace",
     "select_replace(table, specification)\n\n"
     "Puts what the bodies make of the objects in their place; returns how many. Each body has to "
     "keep the\n"
     "key, and it must be plain to see: \"$_\", or a tuple with the head's variable where the key "
     "is. "
     "Not for bags.\n\n"
     "    t = ETS.new(\"t\")\n"
     "    ETS.insert(t, { \"a\", 1 })\n"
     "    ETS.select_replace(t, { { { \"$1\", \"$2\" }, {}, { { { \"$1\", { \"+\", \"$2\", 1 } } } "
     "} } "
     "})   --> 1",
     ets_select_replace},
    {"ETS.test_ms",
     "test_ms(object, specification)\n\n"
     "What a match specification makes of one object; false when nothing fits.\n\n"
     "    ETS.test_ms({ \"ada\", 36 }, { { { \"$1\", \"$2\" }, {}, { { \"+\", \"$2\", 1 } } } })   "
     "--> 37",
     ets_test_ms},
    {NULL, NULL, NULL},
};

void moon_open_ets_select(lua_State *L) {
    moon_bind(L, bindings);
}
