#include "lua/help.h"

#include <stdlib.h>

#include "lua/module.h"
#include "lua/state.h"

/* Sorted by path. */
struct moon_help_index {
    const moon_binding **entries;
    size_t count, capacity;
};

bool moon_help_init(moon_universe *u) {
    u->help = mb_allocate(u->rt, NULL, 0, sizeof *u->help);
    if (u->help)
        *u->help = (moon_help_index){NULL, 0, 0};
    return u->help != NULL;
}

void moon_help_free(moon_universe *u) {
    if (!u->help)
        return;
    mb_allocate(u->rt, (void *)u->help->entries, u->help->capacity * sizeof *u->help->entries, 0);
    mb_allocate(u->rt, u->help, sizeof *u->help, 0);
    u->help = NULL;
}

/* The place of path in the index, or where it belongs. */
static size_t find(const moon_help_index *index, const char *path, bool *found) {
    size_t low = 0, high = index->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strcmp(index->entries[middle]->path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *found = low < index->count && strcmp(index->entries[low]->path, path) == 0;
    return low;
}

static void add_entry(lua_State *L, const moon_binding *binding) {
    moon_universe *u = moon_of(L);
    moon_help_index *index = u->help;
    if (index->count == index->capacity) {
        size_t capacity = index->capacity ? index->capacity * 2 : 256;
        void *entries =
            mb_allocate(u->rt, (void *)index->entries, index->capacity * sizeof *index->entries,
                        capacity * sizeof *index->entries);
        if (!entries)
            moon_no_memory(L);
        index->entries = entries;
        index->capacity = capacity;
    }
    bool found;
    size_t at = find(index, binding->path, &found);
    if (!found) {
        memmove((void *)(index->entries + at + 1), (void *)(index->entries + at),
                (index->count - at) * sizeof *index->entries);
        index->count++;
    }
    index->entries[at] = binding;
}

/* Makes the table on top of the stack known as a library of Lua's, which is where error messages
 * look for the names of functions. */
static void make_library(lua_State *L, const char *name, size_t size) {
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_pushlstring(L, name, size);
    lua_pushvalue(L, -3);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

/* The table on top of the stack gives way to the one in its field `name`, made if need be. */
static void enter_table(lua_State *L, const char *name, size_t size) {
    lua_pushlstring(L, name, size);
    lua_pushvalue(L, -1);
    if (lua_rawget(L, -3) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_newtable(L);
        make_library(L, name, size);
        lua_pushvalue(L, -2);
        lua_pushvalue(L, -2);
        lua_rawset(L, -5);
    }
    lua_replace(L, -3);
    lua_pop(L, 1);
}

static void bind_path(lua_State *L, const moon_binding *binding) {
    const char *rest = binding->path, *dot;
    lua_rawgeti(L, LUA_REGISTRYINDEX, moon_of(L)->globals);
    for (; (dot = strchr(rest, '.')); rest = dot + 1)
        enter_table(L, rest, (size_t)(dot - rest));
    lua_pushstring(L, rest);
    lua_pushcfunction(L, binding->function);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

/* The global table of that name is a module from now on: it travels and shows by its name. */
static void name_library(lua_State *L, const char *path) {
    if (path[0] < 'A' || path[0] > 'Z' || strchr(path, '.'))
        return;
    lua_rawgeti(L, LUA_REGISTRYINDEX, moon_of(L)->globals);
    lua_pushstring(L, path);
    if (lua_rawget(L, -2) == LUA_TTABLE)
        moon_module_name_library(L, path);
    lua_pop(L, 2);
}

void moon_bind(lua_State *L, const moon_binding *bindings) {
    luaL_checkstack(L, 8, NULL);
    for (const moon_binding *b = bindings; b->path; b++) {
        add_entry(L, b);
        if (b->function)
            bind_path(L, b);
    }
    for (const moon_binding *b = bindings; b->path; b++)
        name_library(L, b->path);
}

const char *moon_bound_path(moon_universe *u, lua_CFunction function) {
    for (size_t i = 0; i < u->help->count; i++)
        if (u->help->entries[i]->function == function)
            return u->help->entries[i]->path;
    return NULL;
}

const char *moon_help(moon_universe *u, const char *path) {
    bool found;
    size_t at = find(u->help, path, &found);
    return found ? u->help->entries[at]->help : NULL;
}

void moon_help_each(moon_universe *u,
                    void (*visit)(void *context, const char *path, const char *text),
                    void *context) {
    for (size_t i = 0; i < u->help->count; i++)
        visit(context, u->help->entries[i]->path, u->help->entries[i]->help);
}
