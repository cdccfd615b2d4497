/* Timers, and waiting for time to pass. */
#include <math.h>

#include "lua/argument.h"
#include "lua/error.h"
#include "lua/process.h"
#include "lua/process_lib.h"
#include "lua/state.h"
#include "lua/value.h"

static int true_after(lua_State *L, int status, lua_KContext context) {
    lua_pushboolean(L, 1);
    return 1;
}

/* A field of the options at arg: true or false, `otherwise` when it is absent. */
static bool flag_option(lua_State *L, const char *what, int arg, const char *option,
                        bool otherwise) {
    int type = moon_push_option(L, arg, option);
    if (type != LUA_TNIL && type != LUA_TBOOLEAN)
        moon_bad_option(L, what, arg, option, "true or false");
    bool value = type == LUA_TNIL ? otherwise : lua_toboolean(L, -1);
    lua_pop(L, 1);
    return value;
}

/* How long it is until then: milliseconds, or with the option abs a moment of
 * System.monotonic_time. */
static mb_time check_delay(lua_State *L) {
    static const char *const names[] = {"abs", NULL};
    if (lua_type(L, 3) != LUA_TNUMBER)
        moon_wrong_argument(L, 3, "a number of milliseconds");
    moon_check_options(L, "Process.send_after", 4);
    moon_check_option_names(L, "Process.send_after", 4, names);
    mb_time time = moon_check_timeout(L, 3, 0);
    if (!flag_option(L, "Process.send_after", 4, "abs", false))
        return time;
    mb_time now = mb_now(moon_rt(L));
    return time > now ? time - now : 0;
}

static int process_send_after(lua_State *L) {
    mb_runtime *rt = moon_rt(L);
    bool by_name = lua_type(L, 1) == LUA_TSTRING;
    mb_pid pid = by_name ? 0 : moon_whereis(L, 1, "Process.send_after");
    if (pid && !moon_is_here(L, pid))
        moon_wrong_argument(L, 1, "a process of this node");
    lua_settop(L, lua_gettop(L) < 4 ? 3 : 4);
    mb_time delay = check_delay(L);
    mb_term name = mb_nil(), message;
    moon_to_term(L, 2, &message, "message");
    if (by_name && !moon_try_term(L, 1, &name, "name")) {
        mb_release(rt, message);
        moon_no_memory(L);
    }
    mb_ref ref = by_name ? mb_send_after_name(rt, moon_self_or_null(L), name, message, delay)
                         : mb_send_after(rt, moon_self_or_null(L), pid, message, delay);
    mb_release(rt, name);
    if (ref == 0)
        moon_no_memory(L);
    moon_reduce(L, 1);
    moon_push_ref(L, ref);
    return 1;
}

static int push_time_left(lua_State *L, int64_t left) {
    if (left < 0)
        lua_pushboolean(L, 0);
    else
        lua_pushinteger(L, left);
    return 1;
}

/* The answer of an asynchronous request, as a message to the caller. */
static void send_time_left(lua_State *L, const char *tag, mb_ref ref, int64_t left) {
    mb_term message;
    lua_createtable(L, 3, 0);
    lua_pushstring(L, tag);
    lua_rawseti(L, -2, 1);
    moon_push_ref(L, ref);
    lua_rawseti(L, -2, 2);
    push_time_left(L, left);
    lua_rawseti(L, -2, 3);
    moon_to_term(L, -1, &message, "message");
    mb_process *p = moon_self(L);
    if (!mb_send(moon_rt(L), p, mb_self(p), message))
        moon_no_memory(L);
}

/* erlang:cancel_timer/2. */
static int process_cancel_timer(lua_State *L) {
    mb_ref ref = moon_check_ref(L, 1);
    static const char *const names[] = {"async", "info", NULL};
    moon_check_options(L, "Process.cancel_timer", 2);
    moon_check_option_names(L, "Process.cancel_timer", 2, names);
    bool async = flag_option(L, "Process.cancel_timer", 2, "async", false);
    bool info = flag_option(L, "Process.cancel_timer", 2, "info", true);
    int64_t left = mb_cancel_timer(moon_rt(L), ref);
    if (!async && info)
        return push_time_left(L, left);
    if (async && info)
        send_time_left(L, "cancel_timer", ref, left);
    return true_after(L, LUA_OK, 0);
}

static int process_read_timer(lua_State *L) {
    return push_time_left(L, mb_read_timer(moon_rt(L), moon_check_ref(L, 1)));
}

static int slept(lua_State *L, int status, lua_KContext context) {
    mb_process *p = moon_self(L);
    if (context && !mb_deadline_expired(p))
        return moon_wait(L, "Process.sleep", context, slept);
    if (!context)
        return moon_wait(L, "Process.sleep", context, slept);
    mb_set_deadline(p, MB_INFINITY);
    return true_after(L, LUA_OK, 0);
}

static int process_sleep(lua_State *L) {
    mb_process *p = moon_self(L);
    if (lua_isnoneornil(L, 1))
        moon_wrong_argument(L, 1, "milliseconds or \"infinity\"");
    mb_time time = moon_check_timeout(L, 1, 0);
    moon_check_can_wait(L, "Process.sleep");
    if (time == MB_INFINITY)
        return moon_wait(L, "Process.sleep", 0, slept);
    if (time == 0)
        return moon_give_way(L, 0, true_after);
    if (!mb_set_deadline(p, mb_now_exact(moon_rt(L)) + time))
        moon_no_memory(L);
    return moon_wait(L, "Process.sleep", 1, slept);
}

static int woken(lua_State *L, int status, lua_KContext context) {
    if (mb_mailbox_length(moon_self(L)) == 0)
        return moon_wait(L, "erlang.hibernate", 0, woken);
    return 0;
}

static int process_hibernate(lua_State *L) {
    moon_check_can_wait(L, "Process.hibernate");
    return woken(L, LUA_OK, 0);
}

static const moon_binding bindings[] = {
    {"Process.send_after",
     "send_after(dest, message, ms [, opts])\n\n"
     "Sends message to dest when the time has passed. Returns a reference for "
     "Process.cancel_timer.\nWith { abs = true } the time is a moment of "
     "System.monotonic_time(\"millisecond\").\n\n"
     "    Process.send_after(self(), \"tick\", 1000)",
     process_send_after},
    {"Process.cancel_timer",
     "cancel_timer(ref [, opts])\n\nStops a timer; returns the milliseconds that were "
     "left, or false when it has fired already.\nWith { info = false } it returns true; with "
     "{ async = true } too, and what was left comes as\n{ \"cancel_timer\", ref, left }.\n\n"
     "    ref = Process.send_after(self(), \"tick\", 1000)\n"
     "    Process.cancel_timer(ref)   --> 1000",
     process_cancel_timer},
    {"Process.read_timer",
     "read_timer(ref)\n\nThe milliseconds left, or false.\n\n"
     "    ref = Process.send_after(self(), \"tick\", 1000)\n"
     "    Process.read_timer(ref)   --> 1000",
     process_read_timer},
    {"Process.sleep",
     "sleep(ms)\n\nLets so much time pass for the calling process only; \"infinity\" for ever.\n\n"
     "    Process.sleep(100)",
     process_sleep},
    {"Process.hibernate",
     "hibernate()\n\nWaits until there is a message in the mailbox, without taking it.\n\n"
     "    send(self(), \"hello\")\n"
     "    Process.hibernate()\n"
     "    receive()   --> \"hello\"",
     process_hibernate},
    {NULL, NULL, NULL},
};

void moon_open_process_timers(lua_State *L) {
    moon_bind(L, bindings);
}
