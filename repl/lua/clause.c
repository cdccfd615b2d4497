#include "lua/clause.h"

#include <lauxlib.h>

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

moon_clause moon_choose_clause(lua_State *L, mb_term message) {
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
        return moon_choose_clause(L, message);
    default:
        return MOON_NO_CALLBACK;
    }
}

int moon_push_clause_rest(lua_State *L, moon_clause how, mb_term message) {
    if (how == MOON_CATCH_ALL) {
        moon_push_value(L, message);
        return 1;
    }
    int count = (int)mb_array_size(message) - 1;
    if (count <= 0)
        return 0;
    luaL_checkstack(L, count, "too many values");
    for (int i = 1; i <= count; i++)
        moon_push_value(L, mb_element(message, (size_t)i));
    return count;
}
