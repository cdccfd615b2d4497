/* Logger: https://hexdocs.pm/logger/1.14/Logger.html */
#include "lua/argument.h"
#include "lua/cell.h"
#include "lua/help.h"
#include "lua/logger_level.h"
#include "lua/state.h"
#include "lua/value.h"

/* ---- metadata -------------------------------------------------------------------------------*/

static mb_term metadata_key(lua_State *L) {
    mb_term key;
    if (!mb_string_new(moon_rt(L), MOON_LOGGER_METADATA, sizeof MOON_LOGGER_METADATA - 1, &key))
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

/* Overlays the fields of the table at index on the table on top. */
static void overlay(lua_State *L, int index) {
    int target = lua_gettop(L);
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, target);
    }
}

/* The table on top becomes the process's metadata. */
static int keep_metadata(lua_State *L) {
    mb_term fields;
    moon_to_term(L, -1, &fields, "metadata");
    put_metadata(L, fields);
    return 1;
}

static int metadata(lua_State *L) {
    if (lua_gettop(L) > 1) { /* key, value */
        lua_settop(L, 2);
        if (lua_type(L, 1) != LUA_TSTRING)
            return moon_bad_argument(L, "Logger.metadata", 1, "key", "a string");
        push_metadata(L);
        lua_insert(L, 1);
        lua_rawset(L, 1);
        return keep_metadata(L);
    }
    moon_check_options(L, "Logger.metadata", 1);
    lua_settop(L, 1);
    push_metadata(L);
    if (lua_isnil(L, 1))
        return 1;
    overlay(L, 1);
    return keep_metadata(L);
}

static int reset_metadata(lua_State *L) {
    moon_check_options(L, "Logger.reset_metadata", 1);
    lua_settop(L, 1);
    if (!lua_isnil(L, 1))
        return keep_metadata(L);
    put_metadata(L, mb_nil());
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

/* Where the message lies, behind it the metadata, and with which level it is logged. On top of the
 * stack are the message, or what its function gave, and the metadata that came with that. */
static lua_KContext context_of(int arg, mb_level line) { return arg << 8 | (int)line; }

static int logged(lua_State *L, int status, lua_KContext context) {
    mb_process *self = moon_self_or_null(L);
    moon_universe *u = moon_of(L);
    int given = (int)(context >> 8) + 1;
    int more = lua_gettop(L);
    mb_term fields = mb_nil();
    size_t size;
    (void)status;
    lua_pushvalue(L, more - 1);
    push_message(L);
    const char *bytes = lua_tolstring(L, -1, &size);
    if (lua_istable(L, given) || lua_istable(L, more)) {
        push_metadata(L);
        if (lua_istable(L, given))
            overlay(L, given);
        if (lua_istable(L, more))
            overlay(L, more);
        moon_to_term(L, -1, &fields, "metadata");
    }
    u->log_metadata = fields;
    mb_log(u->rt, (mb_level)(context & 0xff), self ? mb_self(self) : 0, bytes, size);
    u->log_metadata = mb_nil();
    mb_release(u->rt, fields);
    lua_pushboolean(L, 1);
    return 1;
}

/* The message lies at index arg; a function is called for it when the line is wanted at all. */
static int write_line(lua_State *L, const char *what, int arg, mb_level line) {
    if (lua_isnone(L, arg))
        return luaL_error(L, "Logger: a message is missing: a string, or a function that returns "
            "one");
    lua_settop(L, arg + 1);
    if (!lua_isnil(L, arg + 1) && !lua_istable(L, arg + 1))
        return moon_bad_argument(L, what, arg + 1, "metadata", "a table");
    if (!mb_logs(moon_rt(L), line)) {
        lua_pushboolean(L, 1);
        return 1;
    }
    lua_pushvalue(L, arg);
    if (lua_type(L, arg) == LUA_TFUNCTION)
        lua_callk(L, 0, 2, context_of(arg, line), logged);
    else
        lua_pushnil(L);
    return logged(L, LUA_OK, context_of(arg, line));
}

#define LINES(name, level)                                                                        \
    static int name(lua_State *L) { return write_line(L, "Logger." #name, 1, level); }

LINES(debug, MB_DEBUG)
LINES(info, MB_INFO)
LINES(notice, MB_NOTICE)
LINES(warn, MB_WARNING)
LINES(warning, MB_WARNING)
LINES(error, MB_ERROR)
LINES(critical, MB_CRITICAL)
LINES(alert, MB_ALERT)
LINES(emergency, MB_EMERGENCY)

static int log_line(lua_State *L) {
    int line = moon_level_at(L, 1);
    if (line < MB_DEBUG || line > MB_EMERGENCY)
        return moon_bad_argument(L, "Logger.log", 1, "level", MOON_LINE_LEVELS);
    return write_line(L, "Logger.log", 2, (mb_level)line);
}

/* ---- configuration --------------------------------------------------------------------------*/

static void configure_level(lua_State *L) {
    if (moon_push_option(L, 1, "level") == LUA_TNIL)
        return;
    int lowest = moon_level_at(L, -1);
    if (lowest == MB_LOG_UNSET)
        moon_bad_option(L, "Logger.configure", 1, "level", MOON_LEVELS);
    mb_set_log_level(moon_rt(L), lowest);
}

static void configure_reports(lua_State *L) {
    if (moon_push_option(L, 1, "handle_sasl_reports") == LUA_TNIL)
        return;
    if (!lua_isboolean(L, -1))
        moon_bad_option(L, "Logger.configure", 1, "handle_sasl_reports", "true or false");
    mb_set_sasl_reports(moon_rt(L), lua_toboolean(L, -1));
}

/* The value on top takes the place of *setting. */
static void keep_setting(lua_State *L, mb_term *setting) {
    mb_term value, old = *setting;
    moon_to_term(L, -1, &value, "option");
    *setting = value;
    mb_release(moon_rt(L), old);
}

static bool is_list_of_names(lua_State *L, int index) {
    if (!lua_istable(L, index))
        return false;
    lua_Integer count = (lua_Integer)lua_rawlen(L, index);
    for (lua_Integer i = 1; i <= count; i++) {
        bool name = lua_rawgeti(L, index, i) == LUA_TSTRING;
        lua_pop(L, 1);
        if (!name)
            return false;
    }
    return true;
}

static void configure_metadata(lua_State *L) {
    if (moon_push_option(L, 1, "metadata") == LUA_TNIL)
        return;
    bool all = lua_type(L, -1) == LUA_TSTRING && strcmp(lua_tostring(L, -1), "all") == 0;
    if (!all && !is_list_of_names(L, lua_gettop(L)))
        moon_bad_option(L, "Logger.configure", 1, "metadata", "a list of names, or \"all\"");
    keep_setting(L, &moon_of(L)->log_keys);
}

static void configure_format(lua_State *L) {
    if (moon_push_option(L, 1, "format") == LUA_TNIL)
        return;
    if (lua_type(L, -1) != LUA_TSTRING)
        moon_bad_option(L, "Logger.configure", 1, "format", "a string");
    size_t size;
    const char *text = lua_tolstring(L, -1, &size);
    for (const char *at = text; (at = memchr(at, '$', size - (size_t)(at - text))); at++)
        if (moon_log_placeholder(at, size - (size_t)(at - text)) == 0)
            luaL_error(L, "Logger.configure: %s is an invalid format pattern: $time, $date, $level, "
                          "$message, $metadata or $node expected", at);
    keep_setting(L, &moon_of(L)->log_format);
}

static void configure_truncate(lua_State *L) {
    moon_universe *u = moon_of(L);
    if (moon_push_option(L, 1, "truncate") == LUA_TNIL)
        return;
    if (lua_isinteger(L, -1) && lua_tointeger(L, -1) > 0)
        u->log_truncate = (size_t)lua_tointeger(L, -1);
    else if (moon_is_string(L, -1, "infinity"))
        u->log_truncate = SIZE_MAX;
    else
        moon_bad_option(L, "Logger.configure", 1, "truncate", "a number of bytes or \"infinity\"");
}

static int configure(lua_State *L) {
    static const char *const names[] = {"level",  "handle_sasl_reports", "metadata",
                                        "format", "truncate",            NULL};
    if (lua_type(L, 1) != LUA_TTABLE)
        return moon_bad_argument(L, "Logger.configure", 1, "options",
                                 "a table such as { level = \"info\" }");
    lua_settop(L, 1);
    moon_check_option_names(L, "Logger.configure", 1, names);
    configure_level(L);
    configure_reports(L);
    configure_metadata(L);
    configure_format(L);
    configure_truncate(L);
    lua_pushboolean(L, 1);
    return 1;
}

void moon_logger_free(moon_universe *u) {
    mb_release(u->rt, u->log_keys);
    mb_release(u->rt, u->log_format);
}

/* ---- binding --------------------------------------------------------------------------------*/

#define LINE(name, when, example)                                                                 \
    name "(message [, metadata])\n\nLogs " when ". message is a string, or a function that "      \
    "returns one, and metadata if it likes,\nand is called only when lines of this level are "      \
    "logged at all. metadata is added to the\nprocess's for this line. Returns true.\n\n"                           \
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
    {"Logger.warn", LINE("warn", "a warning", "\"90 % full\""), warn},
    {"Logger.error", LINE("error", "what went wrong", "\"no answer\""), error},
    {"Logger.critical", LINE("critical", "what endangers the rest", "\"disk full\""), critical},
    {"Logger.alert", LINE("alert", "what somebody must see to at once", "\"disk lost\""), alert},
    {"Logger.emergency", LINE("emergency", "that all is lost", "\"no disk\""), emergency},
    {"Logger.log",
     "log(level, message [, metadata])\n\n"
     "Logs with the level given.\n\n"
     "    Logger.log(\"info\", \"ready\")",
     log_line},
    {"Logger.configure",
     "configure(options)\n\n"
     "level: the lowest level that is logged, \"none\" for nothing at all, crash reports "
     "included.\n"
     "handle_sasl_reports: whether supervisors tell what their children do.\n"
     "metadata: the names of the fields of metadata that lines show, or \"all\"; pid is the "
     "process's.\n"
     "format: how a line looks; \"\\n$time $metadata[$level] $message\\n\", and $date and $node.\n"
     "truncate: bytes of a message that are shown at most, 8096, or \"infinity\".\n\n"
     "    Logger.configure { level = \"error\" }   --> true",
     configure},
    {"Logger.metadata",
     "metadata([fields])\n"
     "metadata(key, value)\n\n"
     "The calling process's metadata; with fields, adds them and returns true. A value of nil removes "
     "the key.\nLogger.configure tells which of them lines show.\n\n"
     "    Logger.configure { metadata = { \"request\" } }\n"
     "    Logger.metadata { request = 7 }\n"
     "    Logger.metadata()   --> { request = 7 }\n"
     "    Logger.info(\"ready\")      --> true\n\n"
     "The line is 12:00:00.000 request=7 [info] ready.",
     metadata},
    {"Logger.reset_metadata",
     "reset_metadata([fields])\n\n"
     "Replaces the calling process's metadata, by nothing when there are no fields.\n\n"
     "    Logger.reset_metadata()   --> true",
     reset_metadata},
    {NULL, NULL, NULL},
};

void moon_open_logger(lua_State *L) {
    moon_bind(L, bindings);
    moon_open_logger_levels(L);
}
