/* Which lines are logged at all: the level of all, and that of a process. A process's own level
 * restricts what it logs further (Logger.Filter.process_level/2), its crash report included. */
#include "lua/logger_level.h"

#include "lua/argument.h"
#include "lua/help.h"
#include "lua/state.h"
#include "lua/value.h"

int moon_level_at(lua_State *L, int index) {
    const char *name = lua_type(L, index) == LUA_TSTRING ? lua_tostring(L, index) : "";
    for (int level = MB_DEBUG; level <= MB_EMERGENCY; level++)
        if (strcmp(name, mb_level_name((mb_level)level)) == 0)
            return level;
    if (strcmp(name, "warn") == 0)
        return MB_WARNING;
    if (strcmp(name, "all") == 0)
        return MB_LOG_ALL;
    return strcmp(name, "none") == 0 ? MB_LOG_NONE : MB_LOG_UNSET;
}

void moon_push_level(lua_State *L, int level) {
    if (level == MB_LOG_UNSET)
        lua_pushnil(L);
    else if (level == MB_LOG_ALL)
        lua_pushliteral(L, "all");
    else if (level == MB_LOG_NONE)
        lua_pushliteral(L, "none");
    else
        lua_pushstring(L, mb_level_name((mb_level)level));
}

static int level(lua_State *L) {
    moon_push_level(L, mb_log_level(moon_rt(L)));
    return 1;
}

static int check_level(lua_State *L, const char *what, int index) {
    int found = moon_level_at(L, index);
    if (found == MB_LOG_UNSET)
        return moon_refuse_for(L, what, index, MOON_LEVELS);
    return found;
}

static int compare_levels(lua_State *L) {
    int left = check_level(L, "Logger.compare_levels", 1);
    int right = check_level(L, "Logger.compare_levels", 2);
    lua_pushstring(L, left < right ? "lt" : left > right ? "gt" : "eq");
    return 1;
}

/* ---- of a process ---------------------------------------------------------------------------*/

static mb_process *check_self(lua_State *L, const char *what) {
    mb_process *self = moon_self(L);
    if (!moon_is_pid(L, 1) || moon_light(L, 1) != mb_self(self))
        moon_bad_argument(L, what, 1, "pid", "self(), no other process,");
    return self;
}

static int set_own_level(lua_State *L, const char *what, int own) {
    mb_set_process_log_level(check_self(L, what), own);
    lua_pushboolean(L, 1);
    return 1;
}

static int put_process_level(lua_State *L) {
    check_self(L, "Logger.put_process_level");
    return set_own_level(L, "Logger.put_process_level",
                         check_level(L, "Logger.put_process_level", 2));
}

static int delete_process_level(lua_State *L) {
    return set_own_level(L, "Logger.delete_process_level", MB_LOG_UNSET);
}

static int get_process_level(lua_State *L) {
    moon_push_level(L, mb_process_log_level(check_self(L, "Logger.get_process_level")));
    return 1;
}

static int enable(lua_State *L) { return set_own_level(L, "Logger.enable", MB_LOG_UNSET); }

static int disable(lua_State *L) { return set_own_level(L, "Logger.disable", MB_LOG_NONE); }

static int enabled(lua_State *L) {
    int own = mb_process_log_level(check_self(L, "Logger.enabled"));
    lua_pushboolean(L, own != MB_LOG_NONE);
    return 1;
}

/* ---- binding --------------------------------------------------------------------------------*/

static const moon_binding bindings[] = {
    {"Logger.level",
     "level()\n\n"
     "The lowest level that is logged.\n\n"
     "    Logger.level()   --> \"debug\"", level},
    {"Logger.compare_levels",
     "compare_levels(left, right)\n\n"
     "\"lt\", \"eq\" or \"gt\": whether left is less severe than right, as severe or more.\n\n"
     "    Logger.compare_levels(\"debug\", \"error\")   --> \"lt\"",
     compare_levels},
    {"Logger.put_process_level",
     "put_process_level(self(), level)\n\n"
     "The calling process logs nothing below this level, its crash report included; what all may "
     "not log,\nit may not either. Returns true.\n\n"
     "    Logger.put_process_level(self(), \"error\")   --> true\n"
     "    Logger.get_process_level(self())            --> \"error\"\n"
     "    Logger.delete_process_level(self())         --> true",
     put_process_level},
    {"Logger.get_process_level",
     "get_process_level(self())\n\n"
     "The calling process's own level, nil when it has none.\n\n"
     "    Logger.get_process_level(self())   --> nil",
     get_process_level},
    {"Logger.delete_process_level",
     "delete_process_level(self())\n\n"
     "The calling process logs what all log again. Returns true.\n\n"
     "    Logger.delete_process_level(self())   --> true",
     delete_process_level},
    {"Logger.disable",
     "disable(self())\n\n"
     "The calling process logs nothing any more; Logger.enable lets it log again. Returns "
     "true.\n\n"
     "    Logger.disable(self())   --> true\n"
     "    Logger.enable(self())    --> true",
     disable},
    {"Logger.enable",
     "enable(self())\n\nLets the calling process log what all log. Returns true.\n\n"
     "    Logger.enable(self())   --> true",
     enable},
    {"Logger.enabled",
     "enabled(self())\n\nFalse when the calling process has been told to log nothing.\n\n"
     "    Logger.enabled(self())   --> true",
     enabled},
    {NULL, NULL, NULL},
};

void moon_open_logger_levels(lua_State *L) { moon_bind(L, bindings); }
