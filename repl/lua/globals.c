/* Global variables. Functions and modules lie in the globals table itself, for everybody. Scalars
 * and data tables lie in a table behind it: the shell process reads and writes them freely; any
 * other process sees a scalar as it is now, and of a table a copy of its own. */
#include <stdlib.h>

#include "lua/state.h"
#include "lua/value.h"

bool moon_in_shell(lua_State *L) {
    const moon_universe *u = moon_of(L);
    mb_process *p = mb_current(u->rt);
    return !p || mb_self(p) == moon_shell_pid(moon_of(L));
}

static void push_variables(lua_State *L) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, moon_of(L)->variables);
}

/* Whether the table on top of the stack holds functions: a namespace, a class. */
static bool is_code(lua_State *L) {
    bool found = false;
    lua_pushnil(L);
    while (!found && lua_next(L, -2)) {
        found = lua_isfunction(L, -1);
        lua_pop(L, 1 + found);
    }
    return found;
}

/* Pushes this activity's copies of global tables: name -> copy. */
static void push_copies(lua_State *L) {
    moon_thread *t = moon_of(L)->running;
    if (t->globals) {
        moon_anchor_push(L, t->globals);
        return;
    }
    lua_newtable(L);
    lua_pushvalue(L, -1);
    t->globals = moon_anchor(L);
}

/* The value on top of the stack, a global table, gives way to this process's copy of it. The key is
 * at index 2. */
static int push_copy(lua_State *L) {
    if (!moon_of(L)->running || is_code(L))
        return 1;
    push_copies(L);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, -2) != LUA_TNIL)
        return 1;
    lua_pop(L, 1);
    mb_term term;
    moon_to_term(L, -2, &term, lua_tostring(L, 2));
    moon_push_owned_term(L, term);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, -2);
    lua_rawset(L, -4);
    return 1;
}

/* The variable whose name is at index 2 is not there. */
static void note_unknown(lua_State *L) {
    moon_universe *u = moon_of(L);
    lua_Debug ar;
    size_t size;
    if (*u->unknown || lua_type(L, 2) != LUA_TSTRING || !moon_in_shell(L))
        return;
    const char *name = lua_tolstring(L, 2, &size);
    bool told = lua_getstack(L, 1, &ar) && lua_getinfo(L, "S", &ar) && *ar.what == 'm';
    if (told && size < sizeof u->unknown)
        memcpy(u->unknown, name, size + 1);
}

const char *moon_unknown_global(moon_universe *u) {
    lua_State *L = u->L;
    if (!*u->unknown || !lua_checkstack(L, 3))
        return NULL;
    bool known = false;
    const int places[] = {u->globals, u->variables};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, places[i]);
        lua_pushstring(L, u->unknown);
        known |= lua_rawget(L, -2) != LUA_TNIL;
        lua_pop(L, 2);
    }
    return known ? NULL : u->unknown;
}

static int read_global(lua_State *L) {
    push_variables(L);
    lua_pushvalue(L, 2);
    int type = lua_rawget(L, -2);
    if (type == LUA_TNIL)
        note_unknown(L);
    if (type == LUA_TNIL || moon_in_shell(L))
        return 1;
    if (type == LUA_TTABLE && !moon_module_is(L, -1) && lua_type(L, 2) == LUA_TSTRING)
        return push_copy(L);
    return 1;
}

static bool is_shared(lua_State *L, int index) {
    return lua_isfunction(L, index) || moon_module_is(L, index);
}

static int write_global(lua_State *L) {
    if (!moon_in_shell(L) && !moon_of(L)->setting_up)
        return luaL_error(L,
                          "a process cannot set the global variable '%s': processes share nothing "
                          "(use a local, keep it in the state, or send it in a message)",
                          lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2));
    bool shared = is_shared(L, 3);
    push_variables(L);
    lua_pushvalue(L, 2);
    if (shared)
        lua_pushnil(L);
    else
        lua_pushvalue(L, 3);
    lua_rawset(L, -3);
    lua_settop(L, 3);
    if (shared)
        lua_rawset(L, 1);
    return 0;
}

static void copy_entries(lua_State *L, int from, int to) {
    lua_pushnil(L);
    while (lua_next(L, from)) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, to);
    }
}

/* __pairs: goes through a picture of both tables. */
static int global_pairs(lua_State *L) {
    lua_settop(L, 1);
    lua_getglobal(L, "pairs");
    lua_newtable(L);
    copy_entries(L, 1, 3);
    push_variables(L);
    copy_entries(L, 4, 3);
    lua_settop(L, 3);
    lua_call(L, 1, 3);
    return 3;
}

/* A snapshot is { raw globals, variables }. */
void moon_globals_save(lua_State *L) {
    luaL_checkstack(L, 8, NULL);
    lua_createtable(L, 2, 0);
    int snapshot = lua_gettop(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, moon_of(L)->globals);
    lua_newtable(L);
    copy_entries(L, snapshot + 1, snapshot + 2);
    lua_rawseti(L, snapshot, 1);
    lua_settop(L, snapshot);
    push_variables(L);
    lua_newtable(L);
    copy_entries(L, snapshot + 1, snapshot + 2);
    lua_rawseti(L, snapshot, 2);
    lua_settop(L, snapshot);
}

/* Makes the table at index hold just what the one on top does; pops that. */
static void restore_entries(lua_State *L, int index) {
    int saved = lua_gettop(L);
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_pushnil(L);
        lua_rawset(L, index);
    }
    copy_entries(L, saved, index);
    lua_settop(L, saved - 1);
}

void moon_globals_restore(lua_State *L) {
    luaL_checkstack(L, 10, NULL);
    int snapshot = lua_gettop(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, moon_of(L)->globals);
    lua_rawgeti(L, snapshot, 1);
    restore_entries(L, snapshot + 1);
    push_variables(L);
    lua_rawgeti(L, snapshot, 2);
    restore_entries(L, snapshot + 2);
    lua_settop(L, snapshot - 1);
}

void moon_open_globals(lua_State *L) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, moon_of(L)->globals);
    lua_createtable(L, 0, 4);
    lua_pushcfunction(L, read_global);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, write_global);
    lua_setfield(L, -2, "__newindex");
    lua_pushcfunction(L, global_pairs);
    lua_setfield(L, -2, "__pairs");
    lua_pushliteral(L, "the global variables");
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}
