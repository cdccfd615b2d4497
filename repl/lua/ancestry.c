/* What proc_lib leaves in the dictionary of each process that it starts, worked out when somebody
 * asks: a million servers would otherwise keep it for nobody. */
#include "lua/process.h"
#include "lua/state.h"
#include "lua/value.h"

/* Whether OTP would have started it with proc_lib: a behaviour or a task. */
static bool is_of_proc_lib(mb_process *p) { return mb_is_gen_server(p) || moon_is_task(p); }

static void push_name_or_pid(lua_State *L, mb_process *p, mb_pid pid) {
    mb_term name = p ? mb_registered_name(p) : mb_nil();
    if (name.type == MB_NIL)
        moon_push_pid(L, pid);
    else
        moon_push_term(L, name);
}

/* From the parent up, as far as they are such processes themselves and live. */
static void push_ancestors(lua_State *L, mb_process *p) {
    mb_process_info info;
    lua_newtable(L);
    for (lua_Integer i = 1; p && is_of_proc_lib(p); i++) {
        mb_info(p, &info);
        if (!info.parent)
            return;
        p = mb_lookup(moon_rt(L), info.parent);
        push_name_or_pid(L, p, info.parent);
        lua_rawseti(L, -2, i);
    }
}

/* { module, "init", 1 }; of a task its function. */
static void push_initial_call(lua_State *L, mb_process *p) {
    mb_process_info info;
    mb_info(p, &info);
    if (!mb_is_gen_server(p)) {
        moon_push_term(L, info.initial_call);
        return;
    }
    lua_createtable(L, 3, 0);
    moon_push_term(L, info.initial_call);
    lua_rawseti(L, -2, 1);
    lua_pushliteral(L, "init");
    lua_rawseti(L, -2, 2);
    lua_pushinteger(L, 1);
    lua_rawseti(L, -2, 3);
}

bool moon_push_ancestry(lua_State *L, mb_process *p, mb_term key) {
    bool ancestors = mb_is(key, "$ancestors");
    if ((!ancestors && !mb_is(key, "$initial_call")) || !is_of_proc_lib(p))
        return false;
    if (ancestors)
        push_ancestors(L, p);
    else
        push_initial_call(L, p);
    return true;
}
