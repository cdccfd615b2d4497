/* Logger: https://hexdocs.pm/logger/1.14/Logger.html */
#include "lua/argument.h"
#include "lua/cell.h"
#include "lua/help.h"
#include "lua/state.h"
#include "lua/value.h"

#define METADATA "$logger_metadata$"

/* ---- levels ---------------------------------------------------------------------------------*/

static const struct {
    const char *name;
    int level;
} LEVELS[] = {
    {"debug", MB_DEBUG},    {"info", MB_INFO},   {"notice", MB_NOTICE}, {"warning", MB_WARNING},
    {"error", MB_ERROR},    {"all", MB_DEBUG},   {"warn", MB_WARNING},  {"none", MB_LOG_NONE},
    {"critical", MB_ERROR}, {"alert", MB_ERROR}, {"emergency", MB_ERROR},
};

/* -1: no level. */
static int level_at(lua_State *L, int index) {
    for (size_t i = 0; i < sizeof LEVELS / sizeof *LEVELS; i++)
        if (lua_type(L, index) == LUA_TSTRING &&
            strcmp(lua_tostring(L, index), LEVELS[i].name) == 0)
            return LEVELS[i].level;
    return -1;
}

static int level(lua_State *L) {
    int lowest = mb_log_level(moon_rt(L));
    lua_pushstring(L, lowest == MB_LOG_NONE ? "none" : mb_level_name((mb_level)lowest));
    return 1;
}

/* ---- lines ----------------------------------------------------------------------------------*/

static void add(void *context, const char *bytes, size_t size) {
    luaL_addlstring(context, bytes, size);
}

/* Pushes what is to be logged of the message on top: strings as they are, all else as it prints. */
static void push_message(lua_State *L) {
    if (lua_type(L, -1) == LUA_TSTRING)
        return;
    if (lua_type(L, -1) == LUA_TNUMBER) {
        lua_tostring(L, -1);
        return;
    }
    mb_term picture;
    luaL_Buffer text;
    moon_to_picture(L, -1, 0, 0, &picture);
    luaL_buffinit(L, &text);
    mb_inspect(picture, NULL, add, &text);
    mb_release(moon_rt(L), picture);
    luaL_pushresult(&text);
}

static int logged(lua_State *L, int status, lua_KContext context) {
    mb_process *self = moon_self_or_null(L);
    size_t size;
    (void)status;
    push_message(L);
    const char *bytes = lua_tolstring(L, -1, &size);
    mb_log(moon_rt(L), (mb_level)context, self ? mb_self(self) : 0, bytes, size);
    lua_pushboolean(L, 1);
    return 1;
}

/* The message lies at index arg; a function is called for it when the line is wanted at all. */
static int write_line(lua_State *L, int arg, mb_level line) {
    if (lua_isnone(L, arg))
        return luaL_error(L, "Logger: a message is missing: a string, or a function that returns "
            "one");
    if (!mb_logs(moon_rt(L), line)) {
        lua_pushboolean(L, 1);
        return 1;
    }
    lua_settop(L, arg);
    if (lua_type(L, arg) == LUA_TFUNCTION)
        lua_callk(L, 0, 1, (lua_KContext)line, logged);
    return logged(L, LUA_OK, (lua_KContext)line);
}

static int debug(lua_State *L) { return write_line(L, 1, MB_DEBUG); }
static int info(lua_State *L) { return write_line(L, 1, MB_INFO); }
static int notice(lua_State *L) { return write_line(L, 1, MB_NOTICE); }
static int warning(lua_State *L) { return write_line(L, 1, MB_WARNING); }
static int error(lua_State *L) { return write_line(L, 1, MB_ERROR); }

static int log_line(lua_State *L) {
    int line = level_at(L, 1);
    if (line < 0 || line == MB_LOG_NONE)
        return moon_bad_argument(L, "Logger.log", 1, "level",
                                 "\"debug\", \"info\", \"notice\", \"warning\" or \"error\"");
    return write_line(L, 2, (mb_level)line);
}

/* ---- configuration --------------------------------------------------------------------------*/

static int configure(lua_State *L) {
    mb_runtime *rt = moon_rt(L);
    if (lua_type(L, 1) != LUA_TTABLE)
        return moon_bad_argument(L, "Logger.configure", 1, "options",
                                 "a table such as { level = \"info\" }");
    if (lua_getfield(L, 1, "level") != LUA_TNIL) {
        int lowest = level_at(L, -1);
        if (lowest < 0)
            return moon_bad_option(L, "Logger.configure", 1, "level",
                                   "\"debug\", \"info\", \"notice\", \"warning\", \"error\", "
                                   "\"all\" "
                                   "or \"none\"");
        mb_set_log_level(rt, lowest);
    }
    if (lua_getfield(L, 1, "handle_sasl_reports") != LUA_TNIL) {
        if (!lua_isboolean(L, -1))
            return moon_bad_option(L, "Logger.configure", 1, "handle_sasl_reports",
                                   "true or false");
        mb_set_sasl_reports(rt, lua_toboolean(L, -1));
    }
    lua_pushboolean(L, 1);
    return 1;
}

/* ---- metadata -------------------------------------------------------------------------------*/

static mb_term metadata_key(lua_State *L) {
    mb_term key;
    if (!mb_string_new(moon_rt(L), METADATA, sizeof METADATA - 1, &key))
        moon_no_memory(L);
    return key;
}

static void push_metadata(lua_State *L) {
    mb_term key = metadata_key(L);
    mb_term value = mb_dictionary_get(moon_self(L), key);
    mb_release(moon_rt(L), key);
    if (value.type == MB_TABLE)
        moon_push_term(L, value);
    else
        lua_newtable(L);
}

static void put_metadata(lua_State *L, mb_term value) {
    mb_term key = metadata_key(L);
    bool put = mb_dictionary_put(moon_self(L), key, value, NULL);
    mb_release(moon_rt(L), key);
    mb_release(moon_rt(L), value);
    if (!put)
        moon_no_memory(L);
    lua_pushboolean(L, 1);
}

static int metadata(lua_State *L) {
    mb_term merged;
    moon_check_options(L, "Logger.metadata", 1);
    lua_settop(L, 1);
    push_metadata(L);
    if (lua_isnil(L, 1))
        return 1;
    lua_pushnil(L);
    while (lua_next(L, 1)) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, 2);
    }
    moon_to_term(L, 2, &merged, "metadata");
    put_metadata(L, merged);
    return 1;
}

static int reset_metadata(lua_State *L) {
    put_metadata(L, mb_nil());
    return 1;
}

/* ---- binding --------------------------------------------------------------------------------*/

#define LINE(name, when, example)                                                                 \
    name "(message [, metadata])\n\nLogs " when ". message is a string, or a function that " \
    "returns one and is called only when\nlines of this level are logged at all. Returns "         \
    "true.\n\n"                                                                                   \
    "    Logger." name "(" example ")"

static const moon_binding bindings[] = {
    {"Logger",
     "Logger\n\n"
     "Writes lines for people to read: 12:00:00.000 [info] ready\n\n"
     "    Logger.info(\"ready\")\n"
     "    Logger.configure { level = \"warning\" }",
     NULL},
    {"Logger.debug", LINE("debug", "a detail", "\"17 rows\""), debug},
    {"Logger.info", LINE("info", "what happens", "\"ready\""), info},
    {"Logger.notice", LINE("notice", "what matters", "\"configuration changed\""), notice},
    {"Logger.warning", LINE("warning", "what may become a problem", "\"90 % full\""), warning},
    {"Logger.warn", LINE("warn", "a warning", "\"90 % full\""), warning},
    {"Logger.error", LINE("error", "what went wrong", "\"no answer\""), error},
    {"Logger.log",
     "log(level, message [, metadata])\n\n"
     "Logs with the level given.\n\n"
     "    Logger.log(\"info\", \"ready\")",
     log_line},
    {"Logger.level",
     "level()\n\n"
     "The lowest level that is logged.\n\n"
     "    Logger.level()   --> \"debug\"", level},
    {"Logger.configure",
     "configure(options)\n\n"
     "level: the lowest level that is logged, \"none\" for nothing at all, crash reports "
     "included.\n"
     "handle_sasl_reports: whether supervisors tell what their children do.\n\n"
     "    Logger.configure { level = \"error\" }   --> true",
     configure},
    {"Logger.metadata",
     "metadata([fields])\n\n"
     "The calling process's metadata; with fields, adds them and returns true.\n\n"
     "    Logger.metadata { request = 7 }\n"
     "    Logger.metadata()   --> { request = 7 }",
     metadata},
    {"Logger.reset_metadata",
     "reset_metadata()\n\n"
     "Forgets the calling process's metadata.\n\n"
     "    Logger.reset_metadata()   --> true",
     reset_metadata},
    {NULL, NULL, NULL},
};

void moon_open_logger(lua_State *L) { moon_bind(L, bindings); }
