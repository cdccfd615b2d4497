/* erlang: what there is in the node, counted (erlang:memory/0, erlang:system_info/1). */
#include "lua/argument.h"
#include "lua/state.h"

/* A number and how it is asked for. */
typedef struct item {
    const char *name;
    size_t value;
} item;

/* Pushes the one that argument 1 names, or a table of all of them when there is none. */
static int push_items(lua_State *L, const char *what, const char *wanted, const item *items,
                      size_t count) {
    lua_settop(L, 1);
    if (lua_isnil(L, 1))
        lua_createtable(L, 0, (int)count);
    for (size_t i = 0; i < count; i++) {
        lua_pushinteger(L, (lua_Integer)items[i].value);
        if (lua_isnil(L, 1))
            lua_setfield(L, 2, items[i].name);
        else if (lua_type(L, 1) == LUA_TSTRING && strcmp(lua_tostring(L, 1), items[i].name) == 0)
            return 1;
        else
            lua_pop(L, 1);
    }
    return lua_isnil(L, 1) ? 1 : moon_bad_argument(L, what, 1, "item", wanted);
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int memory(lua_State *L) {
    mb_counts c = mb_count(moon_rt(L));
    size_t lua = (size_t)lua_gc(L, LUA_GCCOUNT) * 1024 + (size_t)lua_gc(L, LUA_GCCOUNTB);
    const item items[] = {
        {"total", c.bytes},
        {"processes", c.process_bytes},
        {"system", c.bytes > c.process_bytes ? c.bytes - c.process_bytes : 0},
        {"ets", c.table_bytes},
        {"events", c.event_bytes},
        {"lua", lua},
    };
    return push_items(L, "erlang.memory",
                      "\"total\", \"processes\", \"system\", \"ets\", \"events\" or \"lua\"",
                      items, COUNT(items));
}

static int system_info(lua_State *L) {
    const moon_universe *u = moon_of(L);
    mb_counts c = mb_count(u->rt);
    const item items[] = {
        {"process_count", c.processes},
        {"process_limit", mb_runtime_config(u->rt)->max_processes},
        {"registered_count", c.names},
        {"link_count", c.links},
        {"monitor_count", c.monitors},
        {"timer_count", c.timers},
        {"message_count", c.messages},
        {"ets_count", c.tables},
        {"ets_object_count", c.objects},
        {"registration_count", c.registrations},
        {"reference_count", c.references},
        {"longest_idle_collection", (size_t)(u->idle.longest / 1000)},
    };
    return push_items(L, "erlang.system_info", "the name of a number, such as \"process_count\"",
                      items, COUNT(items));
}

static const moon_binding bindings[] = {
    {"erlang",
     "erlang\n\nNumbers about the node: how much of everything lives, and the memory it takes.\n\n"
     "    erlang.system_info(\"process_count\")   --> 1",
     NULL},
    {"erlang.memory",
     "memory([item])\n\n"
     "Bytes in use, as a table of all items or one of them: \"total\"; \"processes\", what their\n"
     "accounts come to, and \"system\", the rest of the total; and of what is in the total, \"ets\",\n"
     "\"events\" (the event log) and \"lua\" (all Lua values, garbage too).\n\n"
     "    erlang.memory(\"ets\")   --> 0",
     memory},
    {"erlang.system_info",
     "system_info([item])\n\n"
     "How many there are, as a table of all items or one of them: process_count, process_limit,\n"
     "registered_count (names), link_count, monitor_count, timer_count (with waits that have a\n"
     "timeout), message_count (in mailboxes), ets_count (tables), ets_object_count,\n"
     "registration_count (entries of registries), reference_count (monitors, timers, tables and\n"
     "awaited answers together); longest_idle_collection: the longest step of the collector, in\n"
     "microseconds, while nobody could run.\n\n"
     "    erlang.system_info(\"ets_count\")   --> 0",
     system_info},
    {NULL, NULL, NULL},
};

void moon_open_erlang(lua_State *L) { moon_bind(L, bindings); }
