/* ETS: what is known of tables. */
#include "lua/ets_lib.h"

#include "lua/argument.h"
#include "lua/cell.h"
#include "lua/help.h"
#include "lua/process.h"
#include "lua/state.h"
#include "lua/value.h"

static const char *const info_keys[] = {
    "id",
    "decentralized_counters",
    "read_concurrency",
    "write_concurrency",
    "compressed",
    "memory",
    "owner",
    "heir",
    "name",
    "size",
    "node",
    "named_table",
    "type",
    "keypos",
    "protection",
    NULL,
};

static void push_pid_or(lua_State *L, mb_pid pid, const char *otherwise) {
    if (pid)
        moon_push_pid(L, pid);
    else
        lua_pushstring(L, otherwise);
}

/* Pushes the item of that number in info_keys. */
static void push_info(lua_State *L, const mb_ets_info *info, int key) {
    static const char *const types[] = {"set", "ordered_set", "bag", "duplicate_bag"};
    static const char *const accesses[] = {"public", "protected", "private"};
    const bool flags[] = {info->options.decentralized_counters, info->options.read_concurrency,
                          info->options.write_concurrency, info->options.compressed};
    switch (key) {
    case 0: moon_push_ref(L, info->ref); break;
    case 5: lua_pushinteger(L, (lua_Integer)(info->memory / sizeof(void *))); break;
    case 6: moon_push_pid(L, info->owner); break;
    case 7: push_pid_or(L, info->heir, "none"); break;
    case 8: moon_push_owned_term(L, mb_retain(info->name)); break;
    case 9: lua_pushinteger(L, (lua_Integer)info->size); break;
    case 10: moon_push_node(L, mb_here(moon_rt(L))); break;
    case 11: lua_pushboolean(L, info->options.named); break;
    case 12: lua_pushstring(L, types[info->options.type]); break;
    case 13: lua_pushinteger(L, info->options.keypos); break;
    case 14: lua_pushstring(L, accesses[info->options.access]); break;
    default: lua_pushboolean(L, flags[key - 1]); break;
    }
}

/* Pushes { { pid, count }, … }, those who fix the table. */
static void push_fixers(lua_State *L, const mb_ets *table) {
    uint64_t count;
    mb_pid pid;
    lua_newtable(L);
    for (size_t i = 0; (pid = mb_ets_fixer_at(table, i, &count)) != 0; i++) {
        lua_createtable(L, 2, 0);
        moon_push_pid(L, pid);
        lua_rawseti(L, -2, 1);
        lua_pushinteger(L, (lua_Integer)count);
        lua_rawseti(L, -2, 2);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

/* Items that are told only when asked for. False: there is no such item. */
static bool push_fixing(lua_State *L, mb_ets *table, const char *key) {
    mb_ets_info info;
    bool fixed = mb_ets_is_fixed(table);
    if (strcmp(key, "safe_fixed_monotonic_time") != 0) {
        lua_pushboolean(L, fixed);
        return strcmp(key, "fixed") == 0;
    }
    if (!fixed) {
        lua_pushboolean(L, 0);
        return true;
    }
    mb_ets_info_of(table, &info);
    lua_createtable(L, 2, 0);
    lua_pushinteger(L, (lua_Integer)info.fixed_at);
    lua_rawseti(L, -2, 1);
    push_fixers(L, table);
    lua_rawseti(L, -2, 2);
    return true;
}

static int info_of_key(lua_State *L, mb_ets *table, const mb_ets_info *info) {
    const char *key = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";
    for (int i = 0; info_keys[i]; i++)
        if (strcmp(info_keys[i], key) == 0) {
            push_info(L, info, i);
            return 1;
        }
    if (push_fixing(L, table, key))
        return 1;
    lua_settop(L, 2);
    return moon_ets_refuse(L, "ETS.info", 2, "not a valid info item");
}

static int ets_info(lua_State *L) {
    mb_ets_info info;
    lua_settop(L, 2);
    mb_ets *table = moon_ets_find_table(L, "ETS.info", 1);
    if (!table) {
        lua_pushliteral(L, "undefined");
        return 1;
    }
    mb_ets_info_of(table, &info);
    if (!lua_isnoneornil(L, 2))
        return info_of_key(L, table, &info);
    lua_createtable(L, 0, 15);
    for (int i = 0; info_keys[i]; i++) {
        push_info(L, &info, i);
        lua_setfield(L, -2, info_keys[i]);
    }
    return 1;
}

static int ets_whereis(lua_State *L) {
    mb_ets_info info;
    if (moon_is_ref(L, 1))
        return moon_ets_refuse(L, "ETS.whereis", 1, "invalid table name (must be an atom)");
    const mb_ets *table = moon_ets_find_table(L, "ETS.whereis", 1);
    if (!table) {
        lua_pushliteral(L, "undefined");
        return 1;
    }
    mb_ets_info_of(table, &info);
    moon_push_ref(L, info.ref);
    return 1;
}

static int ets_all(lua_State *L) {
    mb_runtime *rt = moon_rt(L);
    lua_Integer count = 0;
    lua_newtable(L);
    for (mb_process *p = mb_next_process(rt, 0); p; p = mb_next_process(rt, mb_self(p)))
        for (const mb_ets *table = NULL; (table = mb_ets_owned(p, table));) {
            moon_ets_push_id(L, table);
            lua_rawseti(L, -2, ++count);
        }
    return 1;
}

/* ------------------------------------------------------------------------------------- help */

static const moon_binding bindings[] = {
    {"ETS.info",
     "info(table [, item])\n\n"
     "What there is to know about a table, or one item of it: size, type, owner, heir, name, id, "
     "memory (in\n"
     "words), keypos, protection, named_table; fixed and safe_fixed_monotonic_time only when asked "
     "for. "
     "\"undefined\" when there is no such table.\n\n"
     "    ETS.info(ETS.new(\"t\"), \"size\")   -- 0",
     ets_info},
    {"ETS.whereis",
     "whereis(name)\n\n"
     "The reference of the table with that name, or \"undefined\".\n\n"
     "    ETS.whereis(\"nobody\")   -- \"undefined\"",
     ets_whereis},
    {"ETS.all",
     "all()\n\nAll tables: the names of the named ones, the references of the others.\n\n"
     "    ETS.new(\"users\", { \"named_table\" })\n"
     "    ETS.all()   --> { \"users\" }",
     ets_all},
    {NULL, NULL, NULL},
};

void moon_open_ets_info(lua_State *L) {
    moon_bind(L, bindings);
}
