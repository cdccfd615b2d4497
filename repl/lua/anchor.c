#include "lua/anchor.h"

#include "lua/state.h"

void moon_anchors_init(moon_anchors *anchors, lua_State *L, mb_runtime *rt) {
    *anchors = (moon_anchors){.rt = rt};
    lua_createtable(L, 64, 0);
    anchors->pages = luaL_ref(L, LUA_REGISTRYINDEX);
}

void moon_anchors_finish(moon_anchors *anchors) {
    if (anchors->free)
        mb_allocate(anchors->rt, anchors->free, anchors->capacity * sizeof *anchors->free, 0);
    anchors->free = NULL;
}

/* Adds a page; a C function, because making the page may raise a memory error. */
static int add_page(lua_State *L) {
    moon_anchors *anchors = &moon_of(L)->anchors;
    size_t page = anchors->capacity / MOON_ANCHOR_PAGE;
    lua_rawgeti(L, LUA_REGISTRYINDEX, anchors->pages);
    lua_createtable(L, MOON_ANCHOR_PAGE, 0);
    lua_rawseti(L, -2, (lua_Integer)page + 1);

    size_t capacity = anchors->capacity + MOON_ANCHOR_PAGE;
    moon_anchor_index *free = mb_allocate(
        anchors->rt, anchors->free, anchors->capacity * sizeof *free, capacity * sizeof *free);
    if (!free)
        moon_no_memory(L);
    anchors->free = free;
    /* The lowest index on top. */
    for (size_t i = 0; i < MOON_ANCHOR_PAGE; i++)
        free[anchors->free_count++] = (moon_anchor_index)(capacity - i);
    anchors->capacity = capacity;
    return 0;
}

static void push_page(lua_State *L, moon_anchor_index index) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, moon_of(L)->anchors.pages);
    lua_rawgeti(L, -1, (index - 1) / MOON_ANCHOR_PAGE + 1);
    lua_remove(L, -2);
}

static lua_Integer slot(moon_anchor_index index) {
    return (index - 1) % MOON_ANCHOR_PAGE + 1;
}

moon_anchor_index moon_anchor_try(lua_State *L) {
    moon_anchors *anchors = &moon_of(L)->anchors;
    if (!lua_checkstack(L, 4)) {
        lua_pop(L, 1);
        return 0;
    }
    if (anchors->free_count == 0) {
        lua_pushcfunction(L, add_page);
        if (lua_pcall(L, 0, 0, 0) != LUA_OK) {
            lua_pop(L, 2);
            return 0;
        }
    }
    moon_anchor_index index = anchors->free[--anchors->free_count];
    moon_anchor_replace(L, index);
    return index;
}

moon_anchor_index moon_anchor(lua_State *L) {
    moon_anchor_index index = moon_anchor_try(L);
    if (index == 0)
        moon_no_memory(L);
    return index;
}

void moon_anchor_push(lua_State *L, moon_anchor_index index) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, moon_of(L)->anchors.pages);
    lua_rawgeti(L, -1, (index - 1) / MOON_ANCHOR_PAGE + 1);
    lua_rawgeti(L, -1, slot(index));
    lua_replace(L, -3);
    lua_pop(L, 1);
}

void moon_anchor_replace(lua_State *L, moon_anchor_index index) {
    push_page(L, index);
    lua_insert(L, -2);
    lua_rawseti(L, -2, slot(index));
    lua_pop(L, 1);
}

void moon_anchor_release(lua_State *L, moon_anchor_index index) {
    if (index == 0 || !L) /* no Lua state: it has been closed */
        return;
    moon_anchors *anchors = &moon_of(L)->anchors;
    push_page(L, index);
    lua_pushnil(L);
    lua_rawseti(L, -2, slot(index));
    lua_pop(L, 1);
    anchors->free[anchors->free_count++] = index;
}
