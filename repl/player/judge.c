#include "player/judge.h"

#include <lauxlib.h>
#include <string.h>

#include "lua/context.h"
#include "lua/value.h"
#include "view/picture.h"

#define ANSWER "moonbeam.answer" /* in the registry */

/* ---- The answer */

void moon_judge_keep_answer(moon_stage *s) {
    lua_State *from = NULL, *L = moon_lua(s->universe);
    int first = 0;
    int count = moon_results(s->universe, &from, &first);
    if (!moon_was_expression(s->universe) || count < 1 || !lua_checkstack(from, 1) ||
        !lua_checkstack(L, 2)) {
        return;
    }
    lua_pushvalue(from, first);
    if (from != L) {
        lua_xmove(from, L, 1);
    }
    lua_setfield(L, LUA_REGISTRYINDEX, ANSWER);
}

void moon_judge_forget_answer(moon_stage *s) {
    lua_State *L = moon_lua(s->universe);
    lua_pushnil(L);
    lua_setfield(L, LUA_REGISTRYINDEX, ANSWER);
}

/* ---- events() */

static bool is_named(lua_State *L, mb_pid pid, int index) {
    char label[160];
    if (pid == 0 || lua_type(L, index) != LUA_TSTRING) {
        return false;
    }
    moon_process_label(moon_rt(L), moon_shell_pid(moon_of(L)), pid, label, sizeof label);
    return strcmp(label, lua_tostring(L, index)) == 0;
}

static bool fits_pid(lua_State *L, const char *field, mb_pid pid) {
    int type = lua_getfield(L, 1, field);
    bool fits = type == LUA_TNIL || (moon_is_pid(L, -1) && moon_light(L, -1) == pid) ||
                is_named(L, pid, -1);
    lua_pop(L, 1);
    return fits;
}

static bool fits_type(lua_State *L, mb_event_type type) {
    bool fits = lua_getfield(L, 1, "type") == LUA_TNIL ||
                strcmp(luaL_checkstring(L, -1), mb_event_name(type)) == 0;
    lua_pop(L, 1);
    return fits;
}

static bool fits_term(lua_State *L, mb_term term) {
    mb_term wanted;
    bool fits = true;
    if (lua_getfield(L, 1, "term") != LUA_TNIL) {
        moon_to_term(L, -1, &wanted, "term");
        fits = mb_equal(wanted, term);
        mb_release(moon_rt(L), wanted);
    }
    lua_pop(L, 1);
    return fits;
}

static bool fits(lua_State *L, const mb_event *e) {
    return lua_isnoneornil(L, 1) ||
           (fits_type(L, (mb_event_type)e->type) && fits_pid(L, "subject", e->subject) &&
            fits_pid(L, "object", e->object) && fits_term(L, e->term));
}

static void push_process(lua_State *L, mb_pid pid) {
    if (pid == 0) {
        lua_pushnil(L);
    } else {
        moon_push_pid(L, pid);
    }
}

static void push_event(lua_State *L, const mb_event *e) {
    lua_createtable(L, 0, 6);
    lua_pushinteger(L, (lua_Integer)e->number);
    lua_setfield(L, -2, "number");
    lua_pushnumber(L, (lua_Number)e->time / (lua_Number)MB_MILLISECOND);
    lua_setfield(L, -2, "time");
    lua_pushstring(L, mb_event_name((mb_event_type)e->type));
    lua_setfield(L, -2, "type");
    push_process(L, e->subject);
    lua_setfield(L, -2, "subject");
    push_process(L, e->object);
    lua_setfield(L, -2, "object");
    moon_push_term(L, e->term);
    lua_setfield(L, -2, "term");
}

/* The check's own doings come after the last event that counts. */
static int events(lua_State *L) {
    mb_runtime *rt = moon_rt(L);
    uint64_t since = (uint64_t)lua_tointeger(L, lua_upvalueindex(1));
    uint64_t until = (uint64_t)lua_tointeger(L, lua_upvalueindex(2));
    if (!lua_isnoneornil(L, 1)) {
        luaL_checktype(L, 1, LUA_TTABLE);
    }
    lua_settop(L, 1);
    lua_newtable(L);
    lua_Integer count = 0;
    for (uint64_t n = since + 1; n <= until; n++) {
        const mb_event *e = mb_event_get(rt, n);
        if (e != NULL && fits(L, e)) {
            push_event(L, e);
            lua_rawseti(L, 2, ++count);
        }
    }
    return 1;
}

/* ---- The check */

static int install(lua_State *L) {
    const moon_stage *s = lua_touserdata(L, 1);
    lua_pushinteger(L, (lua_Integer)s->since);
    lua_pushinteger(L, (lua_Integer)mb_event_last(moon_runtime(s->universe)));
    lua_pushcclosure(L, events, 2);
    lua_setglobal(L, "events");
    lua_pushstring(L, moon_text_string(&s->output));
    lua_setglobal(L, "output");
    lua_getfield(L, LUA_REGISTRYINDEX, ANSWER);
    lua_setglobal(L, "answer");
    return 0;
}

static bool prepare(moon_stage *s) {
    lua_State *L = moon_lua(s->universe);
    int top = lua_gettop(L);
    lua_pushcfunction(L, install);
    lua_pushlightuserdata(L, s);
    bool done = lua_pcall(L, 1, 0, 0) == LUA_OK;
    lua_settop(L, top);
    return done;
}

static char *copy_string(const char *text) {
    return moon_copy(text, strlen(text));
}

/* A string without its quotes, a whole number without a fraction, anything else as inspected. */
static char *value_text(moon_stage *s, lua_State *L, int index) {
    if (lua_type(L, index) == LUA_TSTRING) {
        return copy_string(lua_tostring(L, index));
    }
    char *inspected = moon_inspect(s->universe, L, index);
    char *text = copy_string(inspected != NULL ? inspected : "");
    moon_free_text(s->universe, inspected);
    return text;
}

static moon_verdict read_results(moon_stage *s) {
    lua_State *L = NULL;
    int first = 0;
    int count = moon_results(s->universe, &L, &first);
    if (count < 1) {
        return (moon_verdict){.text = copy_string("")};
    }
    bool boolean = lua_isboolean(L, first) || lua_isnil(L, first);
    moon_verdict v = {.held = lua_isboolean(L, first) && lua_toboolean(L, first)};
    if (!boolean) {
        v.text = value_text(s, L, first);
    } else if (count > 1 && !v.held) {
        v.text = value_text(s, L, first + 1);
    } else {
        v.text = copy_string("");
    }
    return v;
}

moon_verdict moon_judge(moon_stage *s, const moon_source *check) {
    if (!prepare(s)) {
        return (moon_verdict){.failed = true, .text = copy_string("no memory for the check")};
    }
    if (moon_stage_play(s, check->text, "=check") == MOON_VALUES) {
        return read_results(s);
    }
    return (moon_verdict){.failed = true, .text = copy_string(moon_text_string(&s->error))};
}
