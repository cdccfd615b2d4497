/* ETS: tables of objects (stdlib's ets). The runtime keeps the tables; here is who may do what, and
 * what it is told when it may not; how tables come about, and to whom they go. */
#include "lua/ets_lib.h"

#include "lua/argument.h"
#include "lua/cell.h"
#include "lua/help.h"
#include "lua/process.h"
#include "lua/state.h"
#include "lua/value.h"

/* ------------------------------------------------------------------------------------- errors */

/* Pushes "ETS.lookup("users", 1)". */
static void push_call(lua_State *L, const char *what, int count) {
    lua_pushfstring(L, "%s(", what);
    for (int i = 1; i <= count; i++) {
        if (i > 1)
            lua_pushliteral(L, ", ");
        moon_push_shown(L, i);
        lua_concat(L, i > 1 ? 3 : 2);
    }
    lua_pushliteral(L, ")");
    lua_concat(L, 2);
}

/* Raises what Elixir says of a wrong argument; `arg` 0: of none in particular. */
int moon_ets_refuse(lua_State *L, const char *what, int arg, const char *complaint) {
    static const char *const ordinals[] = {"", "1st", "2nd", "3rd", "4th"};
    int count = lua_gettop(L);
    luaL_checkstack(L, 8, NULL);
    luaL_where(L, 1);
    if (arg > 0)
        lua_pushfstring(L,
                        "errors were found at the given arguments:\n\n  * %s argument: %s\n\n    ",
                        ordinals[arg], complaint);
    else
        lua_pushfstring(L, "%s\n\n    ", complaint);
    push_call(L, what, count < 4 ? count : 4);
    lua_concat(L, 3);
    return lua_error(L);
}

/* ------------------------------------------------------------------------------------- arguments
 */

static bool allows(lua_State *L, const mb_ets_info *info, moon_ets_right wanted) {
    const mb_process *p = moon_self_or_null(L);
    if (wanted == MOON_ETS_LOOK || (p && mb_self(p) == info->owner))
        return true;
    if (wanted == MOON_ETS_READ)
        return info->options.access != MB_ETS_PRIVATE;
    return wanted == MOON_ETS_WRITE && info->options.access == MB_ETS_PUBLIC;
}

/* The table named at index; NULL when there is none. */
mb_ets *moon_ets_find_table(lua_State *L, const char *what, int arg) {
    mb_term id;
    bool is_name = lua_type(L, arg) == LUA_TSTRING || moon_module_is(L, arg);
    if (!is_name && !moon_is_ref(L, arg))
        moon_ets_refuse(L, what, arg, "not an atom or a table identifier");
    if (is_name && !moon_to_cell(L, arg, &id))
        moon_destination_term(L, arg, false, &id);
    else if (!is_name)
        id = mb_ref_term(moon_light(L, arg));
    mb_ets *table = mb_ets_find(moon_rt(L), id);
    mb_release(moon_rt(L), id);
    return table;
}

mb_ets *moon_ets_check_table(lua_State *L, const char *what, int arg, moon_ets_right wanted,
                             mb_ets_info *info) {
    mb_ets *table = moon_ets_find_table(L, what, arg);
    if (!table)
        moon_ets_refuse(L, what, arg,
                        "the table identifier does not refer to an existing ETS table");
    mb_ets_info_of(table, info);
    if (!allows(L, info, wanted))
        moon_ets_refuse(
            L, what, arg,
            "the table identifier refers to an ETS table with insufficient access rights");
    return table;
}

void moon_ets_need(lua_State *L, bool memory) {
    if (!memory)
        moon_no_memory(L);
}

void moon_ets_push_id(lua_State *L, const mb_ets *table) {
    moon_push_owned_term(L, mb_retain(mb_ets_id(table)));
}

static int push_true(lua_State *L) {
    lua_pushboolean(L, 1);
    return 1;
}

/* ------------------------------------------------------------------------------------- new */

static bool flag_option(mb_ets_options *options, const char *flag) {
    static const struct {
        const char *name;
        mb_ets_type type;
    } types[] = {{"set", MB_ETS_SET},
                 {"ordered_set", MB_ETS_ORDERED_SET},
                 {"bag", MB_ETS_BAG},
                 {"duplicate_bag", MB_ETS_DUPLICATE_BAG}};
    static const char *const accesses[] = {"public", "protected", "private"};
    for (size_t i = 0; i < 4; i++)
        if (strcmp(types[i].name, flag) == 0) {
            options->type = types[i].type;
            return true;
        }
    for (size_t i = 0; i < 3; i++)
        if (strcmp(accesses[i], flag) == 0) {
            options->access = (mb_ets_access)i;
            return true;
        }
    if (strcmp(flag, "named_table") == 0)
        return options->named = true;
    return strcmp(flag, "compressed") == 0 && (options->compressed = true);
}

/* heir = "none" or { pid, data }, on top of the stack. */
static bool check_heir(lua_State *L) {
    if (moon_is_string(L, -1, "none"))
        return true;
    bool ok = lua_istable(L, -1) && lua_rawgeti(L, -1, 1) && moon_is_pid(L, -1);
    lua_settop(L, 4);
    return ok;
}

/* One field of the options: the key at index 3, the value at 4. */
static bool field_option(lua_State *L, mb_ets_options *options) {
    bool on = lua_toboolean(L, 4);
    if (lua_isinteger(L, 3))
        return lua_type(L, 4) == LUA_TSTRING && flag_option(options, lua_tostring(L, 4));
    if (moon_is_string(L, 3, "keypos")) {
        bool ok = lua_isinteger(L, 4) && lua_tointeger(L, 4) > 0 && lua_tointeger(L, 4) < 1 << 24;
        options->keypos = ok ? (uint32_t)lua_tointeger(L, 4) : 1;
        return ok;
    }
    if (moon_is_string(L, 3, "heir"))
        return check_heir(L);
    if (moon_is_string(L, 3, "write_concurrency") && moon_is_string(L, 4, "auto"))
        return options->write_concurrency = true;
    if (!lua_isboolean(L, 4))
        return false;
    if (moon_is_string(L, 3, "read_concurrency"))
        options->read_concurrency = on;
    else if (moon_is_string(L, 3, "write_concurrency"))
        options->write_concurrency = on;
    else if (moon_is_string(L, 3, "decentralized_counters"))
        options->decentralized_counters = on;
    else
        return false;
    return true;
}

static void check_new_options(lua_State *L, mb_ets_options *options) {
    if (lua_isnoneornil(L, 2)) {
        lua_settop(L, 2);
        return;
    }
    lua_settop(L, 2);
    if (!lua_istable(L, 2))
        moon_ets_refuse(L, "ETS.new", 2, "not a list");
    lua_pushnil(L);
    while (lua_next(L, 2)) {
        if (!field_option(L, options)) {
            lua_settop(L, 2);
            moon_ets_refuse(L, "ETS.new", 2, "invalid options");
        }
        lua_settop(L, 3);
    }
}

/* The heir { pid, data } on top of the stack. */
static void set_heir(lua_State *L, mb_ets *table) {
    mb_term data = mb_nil();
    mb_pid pid = 0;
    if (lua_istable(L, -1)) {
        lua_rawgeti(L, -1, 1);
        pid = moon_light(L, -1);
        lua_rawgeti(L, -2, 2);
        moon_to_term(L, -1, &data, "heir data");
        lua_pop(L, 2);
    }
    mb_ets_set_heir(table, pid, data);
}

static int ets_new(lua_State *L) {
    mb_ets_options options = {.keypos = 1, .access = MB_ETS_PROTECTED};
    mb_runtime *rt = moon_rt(L);
    mb_process *p = moon_self(L);
    if (lua_type(L, 1) != LUA_TSTRING && !moon_module_is(L, 1))
        return moon_ets_refuse(L, "ETS.new", 1, "not an atom");
    check_new_options(L, &options);
    bool has_heir = lua_istable(L, 2) && lua_getfield(L, 2, "heir") == LUA_TTABLE;
    lua_settop(L, 3);
    mb_term heir_data = mb_nil(), name;
    if (has_heir) { /* before there is a table to be left behind */
        lua_rawgeti(L, 3, 2);
        moon_to_term(L, -1, &heir_data, "heir data");
        mb_release(rt, heir_data);
    }
    lua_settop(L, 3);
    moon_destination_term(L, 1, false, &name);
    bool taken = options.named && mb_ets_find(rt, name);
    mb_ets *table = taken ? NULL : mb_ets_new(p, name, &options);
    mb_release(rt, name);
    if (taken) {
        lua_settop(L, 2);
        return moon_ets_refuse(L, "ETS.new", 1, "table name already exists");
    }
    moon_ets_need(L, table != NULL);
    if (has_heir)
        set_heir(L, table);
    moon_ets_push_id(L, table);
    return 1;
}

/* ------------------------------------------------------------------------------------- ownership
 */

static int ets_rename(lua_State *L) {
    static const char what[] = "ETS.rename";
    mb_runtime *rt = moon_rt(L);
    mb_ets_info info;
    mb_term name;
    lua_settop(L, 2);
    mb_ets *table = moon_ets_check_table(L, what, 1, MOON_ETS_WRITE, &info);
    if (lua_type(L, 2) != LUA_TSTRING && !moon_module_is(L, 2))
        return moon_ets_refuse(L, what, 2, "invalid table name (must be an atom)");
    moon_destination_term(L, 2, false, &name);
    const mb_ets *other = info.options.named ? mb_ets_find(rt, name) : NULL;
    if (!other || other == table)
        mb_ets_rename(table, name);
    mb_release(rt, name);
    if (other && other != table)
        return moon_ets_refuse(L, what, 2, "table name already exists");
    moon_ets_push_id(L, table);
    return 1;
}

static int ets_give_away(lua_State *L) {
    static const char what[] = "ETS.give_away";
    mb_ets_info info;
    mb_term data;
    lua_settop(L, 3);
    mb_ets *table = moon_ets_check_table(L, what, 1, MOON_ETS_OWN, &info);
    if (!moon_is_pid(L, 2))
        return moon_ets_refuse(L, what, 2, "not a pid");
    if (moon_light(L, 2) == info.owner)
        return moon_ets_refuse(L, what, 2, "the process is already the owner of the table");
    if (!moon_is_here(L, moon_light(L, 2)))
        return moon_ets_refuse(L, what, 2, "the process is on another node");
    moon_to_term(L, 3, &data, "gift data");
    mb_process *heir = mb_lookup_settled(moon_rt(L), moon_light(L, 2));
    if (!heir) {
        mb_release(moon_rt(L), data);
        return moon_ets_refuse(L, what, 2, "the pid refers to a terminated process");
    }
    moon_ets_need(L, mb_ets_give_away(table, heir, data));
    return push_true(L);
}

static int ets_setopts(lua_State *L) {
    static const char what[] = "ETS.setopts";
    mb_ets_info info;
    lua_settop(L, 2);
    mb_ets *table = moon_ets_check_table(L, what, 1, MOON_ETS_OWN, &info);
    lua_pushnil(L); /* where check_heir expects the options' keys */
    bool ok = lua_istable(L, 2) && lua_getfield(L, 2, "heir") != LUA_TNIL && check_heir(L);
    if (!ok) {
        lua_settop(L, 2);
        return moon_ets_refuse(L, what, 2, "invalid options");
    }
    set_heir(L, table);
    return push_true(L);
}

/* ------------------------------------------------------------------------------------- help */

static const moon_binding bindings[] = {
    {"ETS",
     "ETS\n\n"
     "Tables of objects that processes share. An object is an array table with its key at a fixed "
     "position. A\n"
     "table belongs to the process that made it and goes with it.\n\n"
     "    t = ETS.new(\"users\", { \"set\", \"public\" })\n"
     "    ETS.insert(t, { \"ada\", 36 })\n"
     "    ETS.lookup(t, \"ada\")   -- { { \"ada\", 36 } }",
     NULL},
    {"ETS.new",
     "new(name [, opts])\n\n"
     "Makes a table of the calling process's and returns its reference, or its name with "
     "\"named_table\".\n"
     "Options: \"set\" (the default), \"ordered_set\", \"bag\", \"duplicate_bag\"; \"protected\" "
     "(the default: others\n"
     "read), \"public\", \"private\"; \"named_table\", keypos = 1, heir = { pid, data }, "
     "read_concurrency and\n"
     "write_concurrency, which change nothing.\n\n"
     "    ETS.new(\"scores\", { \"ordered_set\", \"named_table\" })",
     ets_new},
    {"ETS.rename",
     "rename(table, name)\n\n"
     "Gives a table another name.\n\n"
     "    ETS.new(\"old\", { \"named_table\" })\n"
     "    ETS.rename(\"old\", \"new\")   -- \"new\"",
     ets_rename},
    {"ETS.give_away",
     "give_away(table, pid, data)\n\n"
     "Makes another process the owner, who gets the message { \"ETS-TRANSFER\", table, from, data "
     "}.\n\n"
     "    ETS.give_away(ETS.new(\"t\"), spawn(function() receive() end), \"yours\")",
     ets_give_away},
    {"ETS.setopts",
     "setopts(table, { heir = heir })\n\n"
     "Says who inherits the table when its owner ends: { pid, data } or \"none\".\n\n"
     "    ETS.setopts(ETS.new(\"t\"), { heir = \"none\" })",
     ets_setopts},
    {NULL, NULL, NULL},
};

void moon_open_ets(lua_State *L) {
    moon_bind(L, bindings);
    moon_open_ets_access(L);
    moon_open_ets_update(L);
    moon_open_ets_select(L);
    moon_open_ets_traversal(L);
    moon_open_ets_info(L);
}
