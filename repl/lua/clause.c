#include "lua/clause.h"

#include "lua/cell.h"

static bool is_empty(lua_State *L, int table) {
    lua_pushnil(L);
    if (!lua_next(L, table))
        return true;
    lua_pop(L, 2);
    return false;
}

/* What chooses the clause: the message, or the first element of an array. nil: nothing does. */
static mb_term tag_of(mb_term message) {
    if (message.type == MB_TABLE && message.table->pair_count == 0)
        message = mb_element(message, 0);
    return message.type == MB_STRING ? message : mb_nil();
}

/* Replaces the table of clauses on top of the stack by the one for the message. */
static moon_clause choose(lua_State *L, mb_term message) {
    int clauses = lua_gettop(L);
    mb_term tag = tag_of(message);
    if (tag.type == MB_STRING) {
        moon_push_value(L, tag);
        if (lua_rawget(L, clauses) == LUA_TFUNCTION) {
            lua_replace(L, clauses);
            return MOON_CLAUSE;
        }
        lua_pop(L, 1);
    }
    lua_pushliteral(L, "_");
    if (lua_rawget(L, clauses) == LUA_TFUNCTION) {
        lua_replace(L, clauses);
        return MOON_CATCH_ALL;
    }
    lua_pop(L, 1);
    return is_empty(L, clauses) ? MOON_NO_CALLBACK : MOON_NO_CLAUSE;
}

/* What a module lacks may come from its metatable; the tables for clauses that appear thus are
 * empty and count for nothing. */
moon_clause moon_find_clause(lua_State *L, int module, const char *callback, mb_term message) {
    switch (lua_getfield(L, module, callback)) {
    case LUA_TFUNCTION:
        return MOON_PLAIN;
    case LUA_TTABLE:
        return choose(L, message);
    default:
        return MOON_NO_CALLBACK;
    }
}
