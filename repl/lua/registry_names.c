/* Registry: { "via", Registry, { registry, key } } as the name of a process. */
#include "lua/registry_lib.h"

#include "lua/argument.h"
#include "lua/cell.h"
#include "lua/collector.h"
#include "lua/help.h"
#include "lua/module.h"
#include "lua/process.h"
#include "lua/state.h"
#include "lua/value.h"

/* Pushes the parts of the name { registry, key [, value] } at index 1, to lie at index 3, 4 and 5 with
 * the stack at most 2 high before; returns the registry. */
static mb_registry *push_via(lua_State *L, const char *what) {
    size_t size = lua_type(L, 1) == LUA_TTABLE ? lua_rawlen(L, 1) : 0;
    if (size != 2 && size != 3)
        moon_bad_argument(L, what, 1, "name", "{ registry, key [, value] }");
    lua_settop(L, 2);
    for (int i = 1; i <= 3; i++)
        lua_rawgeti(L, 1, i);
    if (!moon_is_registry_name(L, 3))
        moon_bad_argument(L, what, 1, "name", "{ registry, key [, value] }");
    return moon_known_registry(L, 3);
}

static mb_pid whereis_via(lua_State *L, mb_registry *registry) {
    mb_term key;
    if (!mb_registry_is_unique(registry))
        luaL_error(L, ":via is not supported for duplicate registries");
    moon_to_term(L, 4, &key, "key");
    const mb_registry_filter filter = {.key = &key};
    const mb_registration *found = mb_registry_next(registry, &filter, NULL);
    mb_release(moon_rt(L), key);
    return found ? found->pid : 0;
}

static int whereis_name(lua_State *L) {
    mb_pid pid = whereis_via(L, push_via(L, "Registry.whereis_name"));
    if (pid)
        moon_push_pid(L, pid);
    else
        lua_pushnil(L);
    return 1;
}

static int register_name(lua_State *L) {
    mb_pid pid = moon_check_pid_argument(L, "Registry.register_name", 2), holder;
    mb_registry *registry = push_via(L, "Registry.register_name");
    mb_process *p = moon_is_here(L, pid) ? mb_lookup_settled(moon_rt(L), pid) : NULL;
    if (p && moon_registry_add(L, registry, p, 4, &holder) == MB_REGISTRY_OK)
        lua_pushliteral(L, "yes");
    else
        lua_pushliteral(L, "no");
    return 1;
}

static int unregister_name(lua_State *L) {
    lua_settop(L, 1);
    moon_registry_remove(L, push_via(L, "Registry.unregister_name"), 4);
    lua_pushboolean(L, 1);
    return 1;
}

static int send_via(lua_State *L) {
    mb_term message;
    mb_pid pid = whereis_via(L, push_via(L, "Registry.send"));
    if (!pid)
        return luaL_error(L, "Registry.send: no process is registered under the key %s",
                          moon_push_shown(L, 4));
    moon_to_term(L, 2, &message, "message");
    if (!mb_send(moon_rt(L), moon_self_or_null(L), pid, message))
        moon_no_memory(L);
    lua_settop(L, 2);
    return 1;
}

#define UNIQUE "    Registry.start_link { keys = \"unique\", name = \"Rooms\" }\n"

static const moon_binding bindings[] = {
    {"Registry.whereis_name",
     "whereis_name({ registry, key })\n\n"
     "The process under a unique key, or nil: what a \"via\" name leads to.\n\n" UNIQUE
     "    Registry.whereis_name({ \"Rooms\", \"lobby\" })   --> nil",
     whereis_name},
    {"Registry.register_name",
     "register_name({ registry, key [, value] }, pid)\n\n"
     "Registers a process under a \"via\" name. Returns \"yes\" or \"no\".\n\n" UNIQUE
     "    Registry.register_name({ \"Rooms\", \"lobby\" }, self())   --> \"yes\"",
     register_name},
    {"Registry.unregister_name",
     "unregister_name({ registry, key })\n\n"
     "Takes the calling process' \"via\" name away. Returns true.\n\n" UNIQUE
     "    Registry.unregister_name({ \"Rooms\", \"lobby\" })   --> true",
     unregister_name},
    {"Registry.send",
     "send({ registry, key }, message)\n\n"
     "Sends to the process under a unique key; raises when there is none. Returns the message.\n\n"
     UNIQUE
     "    Registry.register(\"Rooms\", \"lobby\")\n"
     "    Registry.send({ \"Rooms\", \"lobby\" }, \"hello\")   --> \"hello\"",
     send_via},
    {NULL, NULL, NULL},
};

void moon_open_registry_names(lua_State *L) {
    moon_bind(L, bindings);
}
