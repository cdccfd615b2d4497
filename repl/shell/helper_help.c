/* h: the help. */
#include <lauxlib.h>
#include <string.h>

#include "lua/context.h"
#include "lua/module.h"
#include "shell/helper_list.h"
#include "shell/page.h"

/* ---- From a value to its path */

typedef struct search {
    lua_State *L;
    int index; /* of the value that is looked for */
    const char *found;
} search;

/* Pushes what path leads to from the globals, without calling anybody; nil for nothing. */
static void push_path(lua_State *L, const char *path) {
    lua_pushglobaltable(L);
    while (*path != '\0') {
        size_t size = strcspn(path, ".");
        if (!lua_istable(L, -1)) {
            lua_pop(L, 1);
            lua_pushnil(L);
            return;
        }
        lua_pushlstring(L, path, size);
        lua_rawget(L, -2);
        lua_remove(L, -2);
        path += size + (path[size] == '.');
    }
}

static void compare_path(void *context, const char *path, const char *help) {
    search *s = context;
    if (s->found == NULL) {
        push_path(s->L, path);
        if (lua_rawequal(s->L, -1, s->index)) {
            s->found = path;
        }
        lua_pop(s->L, 1);
    }
}

/* The documented path of the value at index, or NULL. */
static const char *path_of(lua_State *L, int index) {
    if (lua_type(L, index) == LUA_TSTRING) {
        return lua_tostring(L, index);
    }
    if (lua_type(L, index) == LUA_TTABLE && moon_module_is(L, index)) {
        return moon_module_name(L, index);
    }
    search s = {.L = L, .index = index};
    if (lua_isfunction(L, index) || lua_istable(L, index)) {
        moon_help_each(moon_of(L), compare_path, &s);
    }
    return s.found;
}

static int helper_h(lua_State *L) {
    bool everything = lua_isnone(L, 1);
    lua_settop(L, 1);
    const char *path = everything ? NULL : path_of(L, 1);
    moon_page page;
    moon_page_begin(&page, L);
    if (everything) {
        moon_explain_everything(&page, moon_of(L));
    } else if (path != NULL) {
        moon_explain(&page, moon_of(L), path);
    } else {
        moon_text_puts(&page.text, "There is no documentation for this value; i(x) tells what it "
                                   "is, and h() what there is.\n");
    }
    moon_page_end(&page);
    return 0;
}

const moon_binding moon_help_helpers[] = {
    {"h",
     "h([what])\n\n"
     "Help: about a function, a module, or everything. It takes the thing itself or its "
     "name.\n\n"
     "    h(GenServer.call)\n    h\"GenServer\"",
     helper_h},
    {"help", "help([what])\n\nThe same as h.\n\n    help(spawn)", helper_h},
    {NULL, NULL, NULL},
};
