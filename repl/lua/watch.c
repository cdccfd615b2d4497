#include "lua/watch.h"

#include "lua/argument.h"
#include "lua/process.h"
#include "lua/state.h"

#define WATCH_TYPE "moonbeam watch"

typedef struct watch {
    mb_pid owner;
    mb_ref ref;
} watch;

static watch *check_watch(lua_State *L) { return luaL_checkudata(L, 1, WATCH_TYPE); }

static int watch_new(lua_State *L) {
    mb_pid target = moon_check_pid(L, 1);
    watch *w = lua_newuserdatauv(L, sizeof *w, 0);
    *w = (watch){.owner = mb_self(moon_self(L))};
    luaL_setmetatable(L, WATCH_TYPE);
    w->ref = mb_monitor(moon_self(L), target, mb_nil());
    if (w->ref == 0)
        moon_no_memory(L);
    return 1;
}

static int watch_ref(lua_State *L) {
    moon_push_ref(L, check_watch(L)->ref);
    return 1;
}

void moon_take_answers(mb_process *p, mb_ref ref) {
    mb_message *message = mb_mailbox_first(p);
    while (message) {
        mb_message *next = message->next;
        mb_term first = mb_element(message->term, 0);
        if (first.type == MB_REFERENCE && first.id == ref) {
            mb_mailbox_take(p, message);
            mb_message_free(mb_runtime_of(p), message);
        }
        message = next;
    }
}

static int watch_close(lua_State *L) {
    const watch *w = check_watch(L);
    mb_process *owner = mb_lookup(moon_rt(L), w->owner);
    if (owner) {
        mb_demonitor(owner, w->ref, true);
        moon_take_answers(owner, w->ref);
    }
    return 0;
}

static const luaL_Reg methods[] = {{"ref", watch_ref}, {"__close", watch_close}, {NULL, NULL}};

void moon_watch_add(lua_State *L) {
    if (luaL_newmetatable(L, WATCH_TYPE)) {
        luaL_setfuncs(L, methods, 0);
        lua_pushvalue(L, -1);
        lua_setfield(L, -2, "__index");
        lua_pushboolean(L, 0);
        lua_setfield(L, -2, "__metatable");
    }
    lua_pop(L, 1);
    lua_pushcfunction(L, watch_new);
    lua_setfield(L, -2, "watch");
}
