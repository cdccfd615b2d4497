/* ETS: from key to key, and through all objects. */
#include "lua/ets_lib.h"

#include "lua/argument.h"
#include "lua/cell.h"
#include "lua/help.h"
#include "lua/process.h"
#include "lua/state.h"
#include "lua/value.h"

static int push_key(lua_State *L, const mb_ets_entry *entry, uint32_t keypos) {
    if (entry)
        moon_push_owned_term(L, mb_retain(mb_element(mb_ets_object(entry), keypos - 1)));
    else
        lua_pushliteral(L, MOON_END_OF_TABLE);
    return 1;
}

static int ets_first(lua_State *L) {
    mb_ets_info info;
    const mb_ets *table = moon_ets_check_table(L, "ETS.first", 1, MOON_ETS_READ, &info);
    return push_key(L, mb_ets_first(table), info.options.keypos);
}

/* A hash table has no order that could be gone through from its end: last is its first, as in OTP.
 */
static int ets_last(lua_State *L) {
    mb_ets_info info;
    const mb_ets *table = moon_ets_check_table(L, "ETS.last", 1, MOON_ETS_READ, &info);
    bool ordered = info.options.type == MB_ETS_ORDERED_SET;
    return push_key(L, ordered ? mb_ets_last(table) : mb_ets_first(table), info.options.keypos);
}

static int neighbour(lua_State *L, const char *what, bool forward) {
    mb_ets_info info;
    mb_term key;
    lua_settop(L, 2);
    const mb_ets *table = moon_ets_check_table(L, what, 1, MOON_ETS_READ, &info);
    moon_to_term(L, 2, &key, "key");
    mb_ets_entry *entry;
    if (info.options.type == MB_ETS_ORDERED_SET) {
        entry = forward ? mb_ets_above(table, key) : mb_ets_below(table, key);
        mb_release(moon_rt(L), key);
        return push_key(L, entry, info.options.keypos);
    }
    entry = mb_ets_lookup_place(table, key);
    mb_release(moon_rt(L), key);
    if (!entry)
        return moon_ets_refuse(L, what, 2, "not a key that exists in the table");
    return push_key(L, mb_ets_next(entry), info.options.keypos);
}

static int ets_next(lua_State *L) {
    return neighbour(L, "ETS.next", true);
}
static int ets_prev(lua_State *L) {
    return neighbour(L, "ETS.prev", false);
}

static int push_list(lua_State *L, const char *what, int arg) {
    mb_ets_info info;
    mb_term list;
    const mb_ets *table = moon_ets_check_table(L, what, arg, MOON_ETS_READ, &info);
    moon_ets_need(L, mb_ets_list(table, &list));
    moon_push_owned_term(L, list);
    moon_reduce(L, (int)(info.size < 4000 ? info.size / 4 + 1 : 1000));
    return 1;
}

static int ets_tab2list(lua_State *L) {
    return push_list(L, "ETS.tab2list", 1);
}

/* What a fold keeps on the stack. */
enum { FUNCTION = 1, RESULT, TABLE, BACKWARDS, KEY, PLACE, OBJECTS, POSITION, FOLDING = POSITION };

static void set_integer(lua_State *L, int index, lua_Integer value) {
    lua_pushinteger(L, value);
    lua_replace(L, index);
}

/* Takes up the objects of the entry's key; whether there are some. */
static bool take_up(lua_State *L, const mb_ets_entry *entry, const mb_ets_info *info) {
    if (!entry)
        return false;
    set_integer(L, PLACE, (lua_Integer)mb_ets_place(entry));
    moon_push_owned_term(L, mb_retain(mb_element(mb_ets_object(entry), info->options.keypos - 1)));
    lua_replace(L, KEY);
    return true;
}

/* The table may have changed since the last key. */
static bool next_key(lua_State *L, const char *what) {
    mb_ets_info info;
    mb_term key = mb_nil();
    bool begun = lua_tointeger(L, PLACE) > 0, backwards = lua_toboolean(L, BACKWARDS);
    mb_ets *table = moon_ets_check_table(L, what, TABLE, MOON_ETS_READ, &info);
    backwards = backwards && info.options.type == MB_ETS_ORDERED_SET;
    if (begun)
        moon_to_term(L, KEY, &key, "key");
    mb_ets_entry *entry =
        begun       ? mb_ets_go_on(table, key, (uint64_t)lua_tointeger(L, PLACE), backwards)
        : backwards ? mb_ets_last(table)
                    : mb_ets_first(table);
    mb_release(moon_rt(L), key);
    if (!take_up(L, entry, &info))
        return false;
    moon_ets_push_objects(L, moon_ets_lookup(L, table, KEY));
    lua_replace(L, OBJECTS);
    set_integer(L, POSITION, lua_toboolean(L, BACKWARDS) ? (lua_Integer)lua_rawlen(L, OBJECTS) : 1);
    return true;
}

/* Pushes the function and its arguments; false: that was all. */
static bool push_next_call(lua_State *L, const char *what) {
    lua_Integer position = lua_tointeger(L, POSITION);
    bool backwards = lua_toboolean(L, BACKWARDS);
    while (lua_isnil(L, OBJECTS) || position < 1 ||
           position > (lua_Integer)lua_rawlen(L, OBJECTS)) {
        if (!next_key(L, what))
            return false;
        position = lua_tointeger(L, POSITION);
    }
    set_integer(L, POSITION, position + (backwards ? -1 : 1));
    lua_pushvalue(L, FUNCTION);
    lua_rawgeti(L, OBJECTS, position);
    lua_pushvalue(L, RESULT);
    return true;
}

static int fold_step(lua_State *L, int status, lua_KContext called) {
    (void)status;
    if (called) {
        lua_settop(L, FOLDING + 1);
        lua_replace(L, RESULT);
    }
    const char *what = lua_toboolean(L, BACKWARDS) ? "ETS.foldr" : "ETS.foldl";
    while (push_next_call(L, what)) {
        lua_callk(L, 2, 1, 1, fold_step);
        lua_replace(L, RESULT);
    }
    lua_settop(L, RESULT);
    return 1;
}

static int fold(lua_State *L, const char *what, bool backwards) {
    mb_ets_info info;
    lua_settop(L, 3);
    if (!lua_isfunction(L, 1))
        return moon_bad_argument(L, what, 1, "fun", "a function");
    moon_ets_check_table(L, what, 3, MOON_ETS_READ, &info);
    luaL_checkstack(L, 16, NULL);
    lua_pushboolean(L, backwards);
    lua_pushnil(L);
    lua_pushinteger(L, 0);
    lua_pushnil(L);
    lua_pushinteger(L, 0);
    return fold_step(L, LUA_OK, 0);
}

static int ets_foldl(lua_State *L) {
    return fold(L, "ETS.foldl", false);
}
static int ets_foldr(lua_State *L) {
    return fold(L, "ETS.foldr", true);
}

/* ------------------------------------------------------------------------------------- slots and
 * fixing */

static int ets_slot(lua_State *L) {
    static const char what[] = "ETS.slot";
    mb_ets_info info;
    lua_settop(L, 2);
    const mb_ets *table = moon_ets_check_table(L, what, 1, MOON_ETS_READ, &info);
    if (!lua_isinteger(L, 2))
        return moon_ets_refuse(L, what, 2, "not an integer");
    lua_Integer slot = lua_tointeger(L, 2);
    const mb_ets_entry *entry = mb_ets_first(table);
    for (; slot > 0 && entry; slot--)
        entry = mb_ets_next(entry);
    if (slot != 0)
        return moon_ets_refuse(L, what, 2, "out of range");
    if (entry)
        return moon_ets_push_objects(L, entry);
    lua_pushliteral(L, MOON_END_OF_TABLE);
    return 1;
}

static int ets_safe_fixtable(lua_State *L) {
    static const char what[] = "ETS.safe_fixtable";
    mb_ets_info info;
    lua_settop(L, 2);
    mb_ets *table = moon_ets_check_table(L, what, 1, MOON_ETS_READ, &info);
    if (!lua_isboolean(L, 2))
        return moon_ets_refuse(L, what, 2, "not a boolean value");
    if (lua_toboolean(L, 2))
        moon_ets_need(L, mb_ets_fix(table, moon_self(L)));
    else
        mb_ets_unfix(table, moon_self(L));
    lua_pushboolean(L, 1);
    return 1;
}

/* ------------------------------------------------------------------------------------- help */

static const moon_binding bindings[] = {
    {"ETS.tab2list",
     "tab2list(table)\n\n"
     "All objects: of an ordered_set in the order of the keys, else in the order of the keys' "
     "insertion.\n\n"
     "    ETS.tab2list(ETS.new(\"t\"))   -- {}",
     ets_tab2list},
    {"ETS.foldl",
     "foldl(fun, acc, table)\n\n"
     "Calls fun(object, acc) for each object, acc being what the call before returned; returns the "
     "last one's.\n\n"
     "    ETS.foldl(function(object, sum) return sum + object[2] end, 0, ETS.new(\"t\"))   -- 0",
     ets_foldl},
    {"ETS.foldr",
     "foldr(fun, acc, table)\n\n"
     "The same from the last object to the first.\n\n"
     "    ETS.foldr(function(object, sum) return sum + object[2] end, 0, ETS.new(\"t\"))   -- 0",
     ets_foldr},
    {"ETS.first",
     "first(table)\n\n"
     "The first key, \"$end_of_table\" of an empty table.\n\n"
     "    ETS.first(ETS.new(\"t\"))   -- \"$end_of_table\"",
     ets_first},
    {"ETS.last",
     "last(table)\n\n"
     "The last key of an ordered_set. In other tables there is no last one: it is the first "
     "there.\n\n"
     "    ETS.last(ETS.new(\"t\", { \"ordered_set\" }))   -- \"$end_of_table\"",
     ets_last},
    {"ETS.next",
     "next(table, key)\n\n"
     "The key after that one, or \"$end_of_table\". Only in an ordered_set the key need not be "
     "there.\n\n"
     "    ETS.next(ETS.new(\"t\", { \"ordered_set\" }), 1)   -- \"$end_of_table\"",
     ets_next},
    {"ETS.prev",
     "prev(table, key)\n\n"
     "The key before that one in an ordered_set, or \"$end_of_table\". In other tables, the same "
     "as ETS.next.\n\n"
     "    ETS.prev(ETS.new(\"t\", { \"ordered_set\" }), 1)   -- \"$end_of_table\"",
     ets_prev},
    {"ETS.slot",
     "slot(table, i)\n\n"
     "The objects of the table's key number i, counted from 0; \"$end_of_table\" behind the last "
     "one.\n\n"
     "    ETS.slot(ETS.new(\"t\"), 0)   --> \"$end_of_table\"",
     ets_slot},
    {"ETS.safe_fixtable",
     "safe_fixtable(table, boolean)\n\n"
     "true: from now on ETS.next goes on from a key of a hash table that has been deleted "
     "meanwhile. "
     "Ends with\n"
     "as many falses, or with the calling process. Returns true.\n\n"
     "    t = ETS.new(\"t\")\n"
     "    ETS.insert(t, { { \"a\" }, { \"b\" } })\n"
     "    ETS.safe_fixtable(t, true)\n"
     "    ETS.delete(t, \"a\")\n"
     "    ETS.next(t, \"a\")   --> \"b\"",
     ets_safe_fixtable},
    {NULL, NULL, NULL},
};

void moon_open_ets_traversal(lua_State *L) {
    moon_bind(L, bindings);
}
