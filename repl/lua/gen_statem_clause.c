#include "lua/gen_statem_clause.h"

#include "lua/argument.h"
#include "lua/cell.h"
#include "lua/value.h"

#define STATES "a list of names of states"

static bool is_one_of(const char *name, const char *const *list) {
    while (*list && strcmp(*list, name) != 0)
        list++;
    return *list != NULL;
}

/* The name at place i of the list at index; NULL: the list ends there. */
static const char *name_at(lua_State *L, const char *what, int index, lua_Integer i) {
    static const char *const taken[] = {"callback_mode", "child_spec", "code_change",
                                        "format_status", "handle_event", "init",
                                        "start_link",    "terminate",    NULL};
    if (lua_rawgeti(L, index, i) == LUA_TNIL)
        return NULL;
    if (lua_type(L, -1) != LUA_TSTRING)
        moon_bad_argument(L, what, index, "states", STATES);
    const char *name = lua_tostring(L, -1);
    if (is_one_of(name, taken))
        moon_bad_argument(L, what, index, "states", STATES " other than those of callbacks");
    return name;
}

static void push_state_table(lua_State *L) {
    static const char *const types[] = {"call",    "cast",          "enter", "info", "internal",
                                        "timeout", "state_timeout", NULL};
    lua_newtable(L);
    for (const char *const *type = types; *type; type++) {
        lua_newtable(L);
        lua_setfield(L, -2, *type);
    }
}

void moon_give_states(lua_State *L, const char *what, int index) {
    int module = lua_gettop(L);
    if (lua_type(L, index) != LUA_TTABLE)
        moon_bad_argument(L, what, index, "states", STATES);
    const char *name;
    for (lua_Integer i = 1; (name = name_at(L, what, index, i)); i++) {
        if (lua_getfield(L, module, name) == LUA_TNIL) {
            push_state_table(L);
            lua_setfield(L, module, name);
        }
        lua_settop(L, module);
    }
    lua_settop(L, module);
}

/* Pushes what the state on top of the stack has for events of that type. */
static int push_for_type(lua_State *L, mb_term type) {
    moon_push_value(L, type.type == MB_TABLE ? mb_element(type, 0) : type);
    return lua_rawget(L, -2);
}

/* The same for the event. A timeout with a name is told by it, and its content handed on as it
 * is. */
static moon_clause choose(lua_State *L, const mb_statem_event *event) {
    bool is_named = event->type.type == MB_TABLE && mb_is(mb_element(event->type, 0), "timeout");
    switch (push_for_type(L, event->type)) {
    case LUA_TFUNCTION:
        return MOON_CATCH_ALL;
    case LUA_TTABLE: {
        moon_clause how =
            moon_choose_clause(L, is_named ? mb_element(event->type, 1) : event->content);
        return is_named && how == MOON_CLAUSE ? MOON_CATCH_ALL : how;
    }
    default:
        return MOON_NO_CLAUSE;
    }
}

moon_clause moon_choose_state_clause(lua_State *L, const mb_statem_event *event) {
    int state = lua_gettop(L);
    moon_clause how = choose(L, event);
    if (how != MOON_CLAUSE && how != MOON_CATCH_ALL) {
        lua_settop(L, state);
        how = lua_getfield(L, state, "_") == LUA_TFUNCTION ? MOON_PLAIN : MOON_NO_CLAUSE;
    }
    lua_replace(L, state);
    lua_settop(L, state);
    return how;
}

void moon_no_state_clause(lua_State *L, mb_term module, const mb_statem_event *event,
                          mb_term *reason) {
    lua_createtable(L, 2, 0);
    lua_pushliteral(L, "function_clause");
    lua_rawseti(L, -2, 1);
    lua_createtable(L, 4, 0);
    moon_push_name(L, module.type == MB_NIL ? mb_atom("Module") : module);
    lua_rawseti(L, -2, 1);
    moon_push_value(L, event->state);
    lua_rawseti(L, -2, 2);
    moon_push_value(L, event->type);
    lua_rawseti(L, -2, 3);
    moon_push_value(L, event->content);
    lua_rawseti(L, -2, 4);
    lua_rawseti(L, -2, 2);
    moon_to_term(L, -1, reason, "event");
}
