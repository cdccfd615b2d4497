/* PartitionSupervisor: the way from a key to a partition, for { "via", PartitionSupervisor, … }.
 * The rest is in prelude/partition_supervisor.lua. */
#include "lua/argument.h"
#include "lua/child_spec_lib.h"
#include "lua/error.h"
#include "lua/help.h"
#include "lua/module.h"
#include "lua/process.h"
#include "lua/state.h"
#include "lua/value.h"

/* ---- finding a partition --------------------------------------------------------------------*/

typedef struct partition {
    int64_t number; /* sought */
    int64_t count;
    mb_pid pid; /* found; 0: none, or it does not run at present */
} partition;

static void look(void *context, const mb_child *child) {
    partition *sought = context;
    sought->count++;
    if (child->id.type == MB_INTEGER && child->id.integer == sought->number)
        sought->pid = child->pid;
}

/* exit({ "noproc", { "PartitionSupervisor", "partitions", { name } } }) */
static int no_supervisor(lua_State *L, int name) {
    lua_createtable(L, 2, 0);
    lua_pushliteral(L, "noproc");
    lua_rawseti(L, -2, 1);
    lua_createtable(L, 3, 0);
    lua_pushliteral(L, "PartitionSupervisor");
    lua_rawseti(L, -2, 1);
    lua_pushliteral(L, "partitions");
    lua_rawseti(L, -2, 2);
    lua_createtable(L, 1, 0);
    lua_pushvalue(L, name);
    moon_normalise_id(L);
    lua_rawseti(L, -2, 1);
    lua_rawseti(L, -2, 3);
    lua_rawseti(L, -2, 2);
    moon_raise_exit(L);
}

/* The supervisor that the value at index names; exits when there is none. */
static mb_process *check_supervisor(lua_State *L, int name, const char *what) {
    mb_pid pid = moon_whereis(L, name, what);
    mb_process *p = moon_is_here(L, pid) ? mb_lookup(moon_rt(L), pid) : NULL;
    if (!p || !mb_is_supervisor(p))
        no_supervisor(L, name);
    return p;
}

static partition find(mb_process *supervisor, int64_t number) {
    partition sought = {.number = number};
    mb_supervisor_children(supervisor, look, &sought);
    return sought;
}

/* Integers count through, everything else by its hash. */
static int64_t number_of_key(lua_State *L, int key, int64_t count) {
    if (lua_isinteger(L, key)) {
        lua_Integer rest = lua_tointeger(L, key) % count;
        return rest < 0 ? -rest : rest;
    }
    mb_term term;
    moon_to_term(L, key, &term, "key");
    uint64_t hash = mb_hash(term);
    mb_release(moon_rt(L), term);
    return (int64_t)(hash % (uint64_t)count);
}

/* whereis_name({ name, key }) */
static int whereis_name(lua_State *L) {
    if (lua_type(L, 1) != LUA_TTABLE || lua_rawlen(L, 1) < 1)
        return moon_bad_argument(L, "PartitionSupervisor.whereis_name", 1, "name", "{ name, key }");
    lua_settop(L, 1);
    lua_rawgeti(L, 1, 1);
    lua_rawgeti(L, 1, 2);
    if (!moon_names_process(L, 2))
        return moon_bad_argument(L, "PartitionSupervisor.whereis_name", 1, "name", "{ name, key }");
    mb_process *supervisor = check_supervisor(L, 2, "PartitionSupervisor.whereis_name");
    int64_t count = find(supervisor, -1).count;
    mb_pid pid = count > 0 ? find(supervisor, number_of_key(L, 3, count)).pid : 0;
    if (pid)
        moon_push_pid(L, pid);
    else
        lua_pushnil(L);
    return 1;
}

static int partitions(lua_State *L) {
    lua_settop(L, 1);
    lua_pushinteger(L, find(check_supervisor(L, 1, "PartitionSupervisor.partitions"), -1).count);
    return 1;
}

static int register_name(lua_State *L) {
    return luaL_error(L, "{ \"via\", PartitionSupervisor, _ } cannot be given on registration");
}

static int unregister_name(lua_State *L) {
    return luaL_error(L, "{ \"via\", PartitionSupervisor, _ } cannot be given on unregistration");
}

static int child_spec(lua_State *L) {
    moon_check_options(L, "PartitionSupervisor.child_spec", 1);
    lua_settop(L, 1);
    moon_push_named_spec(L, 1, "PartitionSupervisor");
    return 1;
}

/* ---- binding --------------------------------------------------------------------------------*/

#define PARTS                                                                                     \
    "    PartitionSupervisor.start_link{ child_spec = DynamicSupervisor, name = \"parts\", "      \
    "partitions = 3 }\n"

static const moon_binding bindings[] = {
    {"PartitionSupervisor",
     "PartitionSupervisor\n\n"
     "A supervisor of several children of the same kind, among which keys are distributed.\n\n"
     PARTS
     "    sup = { \"via\", PartitionSupervisor, { \"parts\", \"some key\" } }\n"
     "    DynamicSupervisor.start_child(sup, { Task, function() print(\"done\") end })",
     NULL},
    {"PartitionSupervisor.start_link",
     "start_link(opts)\n\n"
     "Starts so many children of one specification, numbered from 0. opts: name and child_spec "
     "(needed),\n"
     "partitions = 4, with_arguments = function(args, partition) that gives each its arguments,\n"
     "strategy, max_restarts, max_seconds.\n\n" PARTS,
     NULL},
    {"PartitionSupervisor.child_spec",
     "child_spec(opts)\n\n"
     "How a supervisor starts it as a child; the name is the id.\n\n"
     "    PartitionSupervisor.child_spec{ child_spec = DynamicSupervisor, name = \"parts\" }",
     child_spec},
    {"PartitionSupervisor.partitions",
     "partitions(name)\n\nHow many there are.\n\n" PARTS
     "    PartitionSupervisor.partitions(\"parts\")   --> 3",
     partitions},
    {"PartitionSupervisor.which_children",
     "which_children(name)\n\nAs Supervisor.which_children; the ids are the numbers.\n\n" PARTS
     "    PartitionSupervisor.which_children(\"parts\")",
     NULL},
    {"PartitionSupervisor.count_children",
     "count_children(name)\n\nAs Supervisor.count_children.\n\n" PARTS
     "    PartitionSupervisor.count_children(\"parts\").active   --> 3",
     NULL},
    {"PartitionSupervisor.stop",
     "stop(name [, reason = \"normal\" [, timeout = \"infinity\"]])\n\n"
     "Stops it. Returns true.\n\n" PARTS
     "    PartitionSupervisor.stop(\"parts\")   --> true",
     NULL},
    {"PartitionSupervisor.whereis_name",
     "whereis_name({ name, key })\n\n"
     "The pid of the key's partition, or nil: what { \"via\", PartitionSupervisor, { name, key } } "
     "asks.\n\n" PARTS
     "    PartitionSupervisor.whereis_name{ \"parts\", 1 }   --> #PID<0.87.0>",
     whereis_name},
    {NULL, NULL, NULL},
};

void moon_open_partition_supervisor(lua_State *L) {
    int top = lua_gettop(L);
    moon_module_new(L, "PartitionSupervisor");
    lua_pushcfunction(L, register_name);
    lua_setfield(L, -2, "register_name");
    lua_pushcfunction(L, unregister_name);
    lua_setfield(L, -2, "unregister_name");
    lua_setglobal(L, "PartitionSupervisor");
    lua_settop(L, top);
    moon_bind(L, bindings);
}
