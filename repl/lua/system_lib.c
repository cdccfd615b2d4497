/* System: time by the node's clock, and numbers that are given out once (System, erlang:monotonic_time/1). */
#include "lua/argument.h"
#include "lua/state.h"

static const char *const unit_names[] = {"second",     "millisecond", "microsecond",
                                         "nanosecond", "native",      NULL};

/* `time` in the unit that argument arg names; nanoseconds are the native one. */
static int push_in_unit(lua_State *L, int arg, mb_time time) {
    static const int64_t nanoseconds[] = {1000000000, 1000000, 1000, 1, 1};
    int unit = moon_check_word(L, arg, "native", unit_names);
    int64_t whole = time / nanoseconds[unit];
    lua_pushinteger(L, time % nanoseconds[unit] < 0 ? whole - 1 : whole);
    return 1;
}

static int system_monotonic_time(lua_State *L) {
    return push_in_unit(L, 1, mb_now_exact(moon_rt(L)));
}

static int system_os_time(lua_State *L) {
    return push_in_unit(L, 1, moon_wall_time(moon_of(L)));
}

static int system_system_time(lua_State *L) {
    return push_in_unit(L, 1, moon_wall_time(moon_of(L)));
}

/* References are never given out twice, so neither are their numbers. */
static int system_unique_integer(lua_State *L) {
    lua_pushinteger(L, (lua_Integer)(mb_make_ref(moon_rt(L)) & ~MB_KIND_MASK));
    return 1;
}

static const moon_binding bindings[] = {
    {"System", "System\n\nTime, and unique numbers.\n\n    h(System.monotonic_time)", NULL},
    {"System.monotonic_time",
     "monotonic_time([unit = \"native\"])\n\n"
     "The time since the node's start. It never goes back: use it to measure durations. unit is \"second\",\n"
     "\"millisecond\", \"microsecond\", \"nanosecond\" or \"native\" (nanoseconds).\n\n"
     "    System.monotonic_time(\"millisecond\")",
     system_monotonic_time},
    {"System.system_time",
     "system_time([unit = \"native\"])\n\n"
     "The time since 1970 by the node's clock: for showing, not for measuring.\n\n"
     "    System.system_time(\"second\")",
     system_system_time},
    {"System.os_time",
     "os_time([unit = \"native\"])\n\n"
     "The same as System.system_time: there is one clock.\n\n"
     "    System.os_time(\"second\")",
     system_os_time},
    {"System.unique_integer",
     "unique_integer()\n\nAn integer that no other call returns; later ones are larger.\n\n"
     "    System.unique_integer()",
     system_unique_integer},
    {NULL, NULL, NULL},
};

void moon_open_system(lua_State *L) { moon_bind(L, bindings); }
