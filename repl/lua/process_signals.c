/* Exit signals, links and monitors. */
#include "lua/argument.h"
#include "lua/cell.h"
#include "lua/error.h"
#include "lua/process.h"
#include "lua/process_lib.h"
#include "lua/state.h"
#include "lua/value.h"

static int true_after(lua_State *L, int status, lua_KContext context) {
    lua_pushboolean(L, 1);
    return 1;
}

static int process_exit(lua_State *L) {
    mb_pid pid = moon_check_pid(L, 1);
    mb_process *p = moon_self_or_null(L);
    mb_term reason;
    if (lua_isnone(L, 2))
        return moon_wrong_argument(L, 2, "a reason");
    moon_to_term(L, 2, &reason, "reason");
    if (!mb_exit_signal(moon_rt(L), p, pid, reason))
        moon_no_memory(L);
    moon_reduce(L, 1);
    /* One's own signal is acted on at once, before anything else is done. */
    if (p && mb_self(p) == pid)
        return moon_give_way(L, 0, true_after);
    return true_after(L, LUA_OK, 0);
}

static int process_alive(lua_State *L) {
    lua_pushboolean(L, mb_lookup_settled(moon_rt(L), moon_check_local(L)) != NULL);
    return 1;
}

static int process_flag(lua_State *L) {
    static const char *const flags[] = {"trap_exit", NULL};
    moon_check_word(L, 1, NULL, flags);
    if (!lua_isboolean(L, 2))
        moon_wrong_argument(L, 2, "true or false");
    lua_pushboolean(L, mb_set_trap_exit(moon_self(L), lua_toboolean(L, 2)));
    return 1;
}

static int process_link(lua_State *L) {
    mb_pid pid = moon_check_pid(L, 1);
    switch (mb_link(moon_self(L), pid)) {
    case MB_LINK_NOPROC:
        return luaL_argerror(L, 1, "the pid does not refer to an existing process");
    case MB_LINK_NO_MEMORY:
        moon_no_memory(L);
    default:
        return true_after(L, LUA_OK, 0);
    }
}

static int process_unlink(lua_State *L) {
    mb_pid pid = moon_check_pid(L, 1);
    mb_unlink(moon_self(L), pid);
    return true_after(L, LUA_OK, 0);
}

static int process_monitor(lua_State *L) {
    mb_process *p = moon_self(L);
    mb_term name = mb_nil();
    mb_pid pid = moon_whereis(L, 1, "Process.monitor");
    if (!moon_is_pid(L, 1))
        moon_destination_term(L, 1, true, &name);
    mb_ref ref = mb_monitor(p, pid, name);
    mb_release(moon_rt(L), name);
    if (ref == 0)
        moon_no_memory(L);
    moon_push_ref(L, ref);
    return 1;
}

/* The options of demonitor/2 in the list at arg. */
static void read_options(lua_State *L, int arg, bool *flush, bool *info) {
    *flush = *info = false;
    moon_check_options(L, "Process.demonitor", arg);
    if (lua_isnil(L, arg))
        return;
    for (lua_Integer i = 1; lua_rawgeti(L, arg, i) != LUA_TNIL; i++) {
        bool is_flush = moon_is_string(L, -1, "flush"), is_info = moon_is_string(L, -1, "info");
        if (!is_flush && !is_info)
            moon_bad_argument(L, "Process.demonitor", arg, "opts",
                              "a list of \"flush\" and \"info\"");
        *flush = *flush || is_flush;
        *info = *info || is_info;
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

/* demonitor/2. */
static int process_demonitor(lua_State *L) {
    bool flush, info;
    mb_ref ref = moon_check_ref(L, 1);
    read_options(L, 2, &flush, &info);
    bool existed = mb_demonitor(moon_self(L), ref, flush);
    lua_pushboolean(L, existed || !info);
    return 1;
}

static const moon_binding bindings[] = {
    {"Process.alive",
     "alive(pid)\n\nWhether the process is alive.\n\n    Process.alive(self())   -- true",
     process_alive},
    {"Process.exit",
     "exit(pid, reason)\n\n"
     "Sends an exit signal: the process ends with that reason, unless it traps exits and gets\n"
     "{ \"EXIT\", from, reason } as a message. \"normal\" is ignored by others; \"kill\" cannot be "
     "trapped.\n\n"
     "    pid = spawn(function() receive() end)\n"
     "    Process.exit(pid, \"kill\")   --> true",
     process_exit},
    {"Process.flag",
     "flag(flag, value)\n\n"
     "Sets \"trap_exit\": whether exit signals of linked processes become messages\n"
     "{ \"EXIT\", pid, reason }. Returns the former value.\n\n    Process.flag(\"trap_exit\", true)",
     process_flag},
    {"Process.link",
     "link(pid)\n\nLinks the calling process and pid: the abnormal end of one ends the "
     "other.\n\n"
     "    pid = spawn(function() receive() end)\n"
     "    Process.link(pid)   --> true",
     process_link},
    {"Process.unlink",
     "unlink(pid)\n\nTakes the link away.\n\n"
     "    pid = spawn_link(function() receive() end)\n"
     "    Process.unlink(pid)   --> true",
     process_unlink},
    {"Process.monitor",
     "monitor(process)\n\n"
     "Asks to be told of the process's end: { \"DOWN\", ref, \"process\", pid, reason }. For one "
     "that is dead "
     "this comes at once, with \"noproc\". Returns ref.\n\n"
     "    ref = Process.monitor(spawn(function() exit(\"done\") end))\n"
     "    receive()[5]   --> \"done\"",
     process_monitor},
    {"Process.demonitor",
     "demonitor(ref [, opts])\n\n"
     "Ends a monitor; with { \"flush\" }, a DOWN that has arrived already is taken out of the mailbox.\n"
     "With { \"info\" } it says whether there was such a monitor; without, true.\n\n"
     "    ref = Process.monitor(spawn(print))\n"
     "    Process.demonitor(ref, { \"flush\" })   --> true",
     process_demonitor},
    {NULL, NULL, NULL},
};

void moon_open_process_signals(lua_State *L) {
    moon_bind(L, bindings);
}
