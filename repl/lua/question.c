#include "lua/question.h"

#include "lua/cell.h"
#include "lua/error.h"
#include "lua/module.h"
#include "lua/thread.h"
#include "lua/value.h"

/* { argument, … } of what lies below top; modules show as their names. */
static void push_arguments(lua_State *L, int count) {
    lua_createtable(L, count, 0);
    for (int i = 1; i <= count; i++) {
        if (moon_module_is(L, i))
            lua_pushstring(L, moon_module_name(L, i));
        else
            lua_pushvalue(L, i);
        lua_rawseti(L, -2, i);
    }
}

/* Raises exit({ reason, { module, function, arguments } }). reason is taken. */
static int exit_in_call(lua_State *L, const moon_question *question, mb_term reason) {
    int count = lua_gettop(L);
    lua_createtable(L, 2, 0);
    moon_push_owned_term(L, reason);
    lua_rawseti(L, -2, 1);
    lua_createtable(L, 3, 0);
    lua_pushstring(L, question->module);
    lua_rawseti(L, -2, 1);
    lua_pushstring(L, question->function);
    lua_rawseti(L, -2, 2);
    push_arguments(L, count);
    lua_rawseti(L, -2, 3);
    lua_rawseti(L, -2, 2);
    moon_raise_exit(L);
}

static int asked(lua_State *L, int status, lua_KContext context) {
    const moon_question *question = (const moon_question *)context;
    mb_term value;
    (void)status;
    switch (mb_answer(moon_self(L), &value)) {
    case MB_ANSWER_PENDING:
        return moon_wait(L, question->what, context, asked);
    case MB_ANSWER_VALUE:
        if (value.type < MB_STRING) /* the common answers own nothing */
            moon_push_value(L, value);
        else
            moon_push_owned_term(L, value);
        return question->answered ? question->answered(L) : 1;
    case MB_ANSWER_EXIT:
        return exit_in_call(L, question, value);
    default:
        moon_no_memory(L);
    }
}

int moon_ask(lua_State *L, const moon_question *question, mb_pid to, mb_term request,
             mb_time timeout) {
    lua_KContext context = (lua_KContext)question;
    if (mb_call(moon_self(L), to, question->kind, request, timeout) == MB_ANSWER_PENDING)
        return moon_wait(L, question->what, context, asked);
    return asked(L, LUA_OK, context);
}

static const moon_question stop_question = {"GenServer", "stop", "GenServer.stop", MB_SYSTEM, NULL};

/* The wait ends with the reason that the process died of; the expected one is no exit. */
static int stopped(lua_State *L, int status, lua_KContext context) {
    mb_term value, wanted;
    (void)status;
    (void)context;
    switch (mb_answer(moon_self(L), &value)) {
    case MB_ANSWER_PENDING:
        return moon_wait(L, stop_question.what, 0, stopped);
    case MB_ANSWER_NO_MEMORY:
        moon_no_memory(L);
    default:
        break;
    }
    mb_runtime *rt = moon_rt(L);
    if (!moon_try_term(L, 2, &wanted, "reason")) {
        mb_release(rt, value);
        return lua_error(L);
    }
    bool expected = mb_equal(value, wanted);
    mb_release(rt, wanted);
    if (!expected)
        return exit_in_call(L, &stop_question, value);
    mb_release(rt, value);
    lua_pushboolean(L, 1);
    return 1;
}

int moon_stop(lua_State *L, mb_pid to, mb_term reason, mb_time timeout) {
    mb_process *self = moon_self(L);
    mb_runtime *rt = moon_rt(L);
    mb_term parts[2] = {mb_atom("terminate"), reason}, request;
    bool made = mb_tuple(rt, &request, 2, parts);
    mb_release(rt, reason);
    if (!made)
        moon_no_memory(L);
    mb_answer_state state = mb_await_end(self, to, timeout);
    if (state != MB_ANSWER_PENDING) {
        mb_release(rt, request);
        return stopped(L, LUA_OK, 0);
    }
    if (!mb_send_kind(rt, self, to, request, MB_SYSTEM, 0)) {
        mb_abandon_answer(self);
        moon_no_memory(L);
    }
    return moon_wait(L, stop_question.what, 0, stopped);
}

int moon_answered_tagged(lua_State *L) {
    int top = lua_gettop(L);
    if (moon_is_string(L, top, "ok")) {
        lua_pushboolean(L, 1);
        return 1;
    }
    if (lua_type(L, top) != LUA_TTABLE)
        return 1;
    lua_Integer count = (lua_Integer)lua_rawlen(L, top);
    bool ok = lua_rawgeti(L, top, 1) == LUA_TSTRING && moon_is_string(L, -1, "ok");
    bool error = !ok && moon_is_string(L, -1, "error");
    lua_settop(L, top);
    if (!ok && !error)
        return 1;
    if (error)
        lua_pushnil(L);
    luaL_checkstack(L, (int)count, "too many results");
    for (lua_Integer i = 2; i <= count; i++)
        lua_rawgeti(L, top, i);
    return lua_gettop(L) - top;
}
