#include "lua/recording.h"

#include <errno.h>
#include <lualib.h>
#include <math.h>
#include <stdlib.h>

#include "lua/record_text.h"
#include "lua/state.h"
#include "lua/value.h"

#define TITLE "moonbeam recording"
#define VERSION 1
#define PATIENCE 100000000 /* instructions that a line may take: it is data */

typedef enum kind { ASKED, REFUSED, TOLD } kind;

typedef struct recorded {
    const char *text; /* a line, without its end */
    size_t size;
    int line;
    kind kind;
    mb_time at; /* of TOLD */
} recorded;

struct moon_recording {
    char *path;
    uint64_t seed;
    FILE *file; /* NULL: a replay */
    int error;  /* errno of the first record that could not be written; 0: none */
    bool lost;
    char *text; /* the whole file */
    recorded *records;
    size_t count, capacity;
    size_t next; /* record */
};

/* ------------------------------------------------------------------------------------- lines */

/* Pushes the table that a line of text describes, or an error message; whether it is one. */
static bool push_line(lua_State *L, const char *text, size_t size) {
    luaL_Buffer code;
    luaL_buffinit(L, &code);
    luaL_addstring(&code, "return ");
    luaL_addlstring(&code, text, size);
    luaL_pushresult(&code);
    size_t length;
    const char *source = lua_tolstring(L, -1, &length);
    bool loaded = luaL_loadbufferx(L, source, length, "=line", "t") == LUA_OK;
    lua_remove(L, -2);
    if (!loaded)
        return false;
    lua_newtable(L);
    lua_setupvalue(L, -2, 1); /* no globals */
    return lua_pcall(L, 0, 1, 0) == LUA_OK && lua_istable(L, -1);
}

static void lose_patience(lua_State *L, lua_Debug *ar) { luaL_error(L, "this is no data"); }

static bool has_shape(lua_State *L, const char *kinds) {
    int i = 1;
    for (; kinds[i - 1]; i++) {
        int type = lua_rawgeti(L, 1, i);
        bool fits = kinds[i - 1] == 'i' ? lua_isinteger(L, -1) && lua_tointeger(L, -1) > 0
                  : kinds[i - 1] == 's' ? type == LUA_TSTRING
                                        : true;
        lua_pop(L, 1);
        if (!fits)
            return false;
    }
    return lua_rawlen(L, 1) < (lua_Unsigned)i;
}

/* Reads the table at stack index 1. False: it is no record. */
static bool read_record(lua_State *L, recorded *out) {
    static const struct {
        const char *name, *shape;
        kind kind;
    } kinds[] = {
        {"open", "sisa", ASKED},   {"refuse", "sia", REFUSED}, {"command", "sia", ASKED},
        {"tell", "siia", TOLD}, {"close", "si", ASKED},
    };
    lua_rawgeti(L, 1, 1);
    const char *name = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(name, kinds[i].name) != 0 || !has_shape(L, kinds[i].shape))
            continue;
        out->kind = kinds[i].kind;
        lua_rawgeti(L, 1, 3);
        out->at = out->kind == TOLD ? (mb_time)lua_tointeger(L, -1) : 0;
        return true;
    }
    return false;
}

static bool read_title(lua_State *L, uint64_t *seed) {
    lua_rawgeti(L, 1, 1);
    lua_rawgeti(L, 1, 2);
    lua_rawgeti(L, 1, 3);
    bool good = lua_type(L, 2) == LUA_TSTRING && strcmp(lua_tostring(L, 2), TITLE) == 0 &&
                lua_isinteger(L, 3) && lua_tointeger(L, 3) == VERSION && lua_isinteger(L, 4);
    *seed = (uint64_t)lua_tointeger(L, 4);
    return good;
}

/* ----------------------------------------------------------------------------------- reading */

static char *read_file(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t capacity = 0;
    *size = 0;
    while (file) {
        if (capacity - *size < 2) {
            capacity = capacity ? capacity * 2 : 65536;
            char *moved = realloc(text, capacity);
            if (!moved)
                break;
            text = moved;
        }
        size_t got = fread(text + *size, 1, capacity - *size - 1, file);
        *size += got;
        text[*size] = '\0';
        if (got == 0)
            break;
    }
    bool read = file && feof(file) && !ferror(file);
    int error = errno;
    if (file)
        fclose(file);
    if (!read) {
        free(text);
        text = NULL;
    }
    errno = error;
    return text;
}

static bool add_record(moon_recording *r, recorded item) {
    if (r->count == r->capacity) {
        size_t capacity = r->capacity ? r->capacity * 2 : 64;
        recorded *moved = realloc(r->records, capacity * sizeof *moved);
        if (!moved)
            return false;
        r->records = moved;
        r->capacity = capacity;
    }
    r->records[r->count++] = item;
    return true;
}

static bool complain(const moon_recording *r, int line, const char *words,
                     moon_recording_error *error) {
    snprintf(error->text, sizeof error->text, "%s:%d: %s", r->path, line, words);
    return false;
}

/* Lua's message about a line without the place, which is its own. */
static const char *bare(const char *message) {
    const char *place = "line:1: ";
    return message && strncmp(message, place, strlen(place)) == 0 ? message + strlen(place)
                                                                   : "a record expected";
}

static bool read_line(moon_recording *r, lua_State *L, recorded item,
                      moon_recording_error *error) {
    lua_settop(L, 0);
    lua_sethook(L, lose_patience, LUA_MASKCOUNT, PATIENCE);
    bool is_table = push_line(L, item.text, item.size);
    if (item.line == 1 && !(is_table && read_title(L, &r->seed)))
        return complain(r, 1, "this is no recording: it must begin with "
                              "{ \"" TITLE "\", 1, seed }", error);
    if (item.line == 1)
        return true;
    if (!is_table) {
        const char *message = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
        return complain(r, item.line, bare(message), error);
    }
    if (!read_record(L, &item))
        return complain(r, item.line, "a record expected: { \"open\", port, class, options }, "
                                      "{ \"refuse\", port, reason }, { \"command\", port, term }, "
                                      "{ \"tell\", port, time, term } or { \"close\", port }",
                        error);
    return add_record(r, item) || complain(r, item.line, "not enough memory", error);
}

static bool read_lines(moon_recording *r, lua_State *L, size_t size, moon_recording_error *error) {
    const char *end = r->text + size;
    int number = 0;
    for (const char *line = r->text; line < end;) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        stop = stop ? stop : end;
        recorded item = {.text = line, .size = (size_t)(stop - line), .line = ++number};
        if (!read_line(r, L, item, error))
            return false;
        line = stop + 1;
    }
    return number > 0 || complain(r, 1, "this is no recording: it is empty", error);
}

static moon_recording *new_recording(const char *path, moon_recording_error *error) {
    moon_recording *r = calloc(1, sizeof *r);
    if (r)
        r->path = strdup(path);
    if (r && r->path)
        return r;
    free(r);
    snprintf(error->text, sizeof error->text, "%s: not enough memory", path);
    return NULL;
}

static const recorded *next_record(const moon_recording *r) {
    return r->next < r->count ? &r->records[r->next] : NULL;
}

static void free_recording(moon_recording *r) {
    free(r->path);
    free(r->text);
    free(r->records);
    free(r);
}

moon_recording *moon_recording_read(const char *path, moon_recording_error *error) {
    moon_recording *r = new_recording(path, error);
    if (!r)
        return NULL;
    size_t size = 0;
    lua_State *L = luaL_newstate();
    r->text = L ? read_file(path, &size) : NULL;
    if (!r->text)
        snprintf(error->text, sizeof error->text, "%s: %s", path, strerror(L ? errno : ENOMEM));
    bool good = r->text && read_lines(r, L, size, error);
    if (L)
        lua_close(L);
    if (good)
        return r;
    free_recording(r);
    return NULL;
}

/* ----------------------------------------------------------------------------------- writing */

static void remember_error(moon_recording *r) {
    if (r->error == 0 && ferror(r->file))
        r->error = errno;
}

static bool write_record(moon_recording *r, mb_term record) {
    bool plain = moon_record_write(r->file, record);
    remember_error(r);
    return plain;
}

moon_recording *moon_recording_create(const char *path, uint64_t seed,
                                      moon_recording_error *error) {
    moon_recording *r = new_recording(path, error);
    if (!r)
        return NULL;
    r->seed = seed;
    r->file = fopen(path, "w");
    if (!r->file) {
        snprintf(error->text, sizeof error->text, "%s: %s", path, strerror(errno));
        free_recording(r);
        return NULL;
    }
    setvbuf(r->file, NULL, _IOLBF, 65536); /* whatever ends the program */
    fprintf(r->file, "{ \"" TITLE "\", %d, 0x%llx }\n", VERSION, (unsigned long long)seed);
    remember_error(r);
    return r;
}

static bool finish_writing(moon_recording *r, moon_recording_error *error) {
    bool closed = fclose(r->file) == 0;
    r->error = r->error == 0 && !closed ? errno : r->error;
    if (r->error != 0)
        snprintf(error->text, sizeof error->text, "%s: not all could be recorded: %s", r->path,
                 strerror(r->error));
    return r->error == 0;
}

static bool finish_reading(const moon_recording *r, moon_recording_error *error) {
    const recorded *item = next_record(r);
    if (r->lost)
        snprintf(error->text, sizeof error->text, "%s: the replay was not the same run", r->path);
    if (r->lost || !item)
        return !r->lost;
    snprintf(error->text, sizeof error->text, "%s:%d: the replay has ended before this: %.*s%s",
             r->path, item->line, (int)(item->size < 200 ? item->size : 200), item->text,
             item->size > 200 ? "…" : "");
    return false;
}

bool moon_recording_close(moon_recording *r, moon_recording_error *error) {
    if (!r)
        return true;
    bool good = r->file ? finish_writing(r, error) : finish_reading(r, error);
    free_recording(r);
    return good;
}

uint64_t moon_recording_seed(const moon_recording *r) { return r->seed; }
bool moon_recording_is_replay(const moon_recording *r) { return !r->file; }
bool moon_recording_is_lost(const moon_recording *r) { return r->lost; }

void moon_recording_note(moon_recording *r, mb_term record) { write_record(r, record); }

/* ---------------------------------------------------------------------------------- replaying */

typedef struct line_reader {
    const recorded *record;
    mb_term *out;
} line_reader;

static int read_term(lua_State *L) {
    const line_reader *reader = lua_touserdata(L, 1);
    if (!push_line(L, reader->record->text, reader->record->size))
        return lua_error(L);
    moon_to_term(L, -1, reader->out, "record");
    return 0;
}

/* The record as an owned term. It was valid when the file was read: only memory can lack. */
static bool record_term(moon_universe *u, const recorded *item, mb_term *out) {
    line_reader reader = {.record = item, .out = out};
    lua_State *L = u->L;
    moon_account *current = u->memory.current;
    u->memory.current = &u->memory.host;
    bool done = lua_checkstack(L, LUA_MINSTACK);
    if (done) {
        lua_pushcfunction(L, read_term);
        lua_pushlightuserdata(L, &reader);
        done = lua_pcall(L, 1, 0, 0) == LUA_OK;
        if (!done)
            lua_pop(L, 1);
    }
    u->memory.current = current;
    return done;
}

/* "FILE:7: the recording has … here, not …" */
static bool get_lost(moon_recording *r, mb_term record, const char *but, mb_term asked,
                     moon_recording_error *error) {
    const recorded *item = next_record(r);
    int line = item ? item->line : (r->count ? r->records[r->count - 1].line : 1) + 1;
    char then[800] = "its end", now[800] = "";
    if (item)
        mb_inspect_text(record, then, sizeof then);
    if (asked.type != MB_NIL)
        mb_inspect_text(asked, now, sizeof now);
    snprintf(error->text, sizeof error->text, "%s:%d: the recording has %s here, %s%s", r->path,
             line, then, but, now);
    r->lost = true;
    return false;
}

static bool compare(moon_recording *r, moon_universe *u, mb_term asked,
                    moon_recording_error *error) {
    const recorded *item = next_record(r);
    mb_term then = mb_nil();
    if (item && !record_term(u, item, &then))
        return complain(r, item->line, "not enough memory", error);
    bool same = item && mb_equal(then, asked);
    if (same)
        r->next++;
    else
        get_lost(r, then, "but what is asked is ", asked, error);
    mb_release(u->rt, then);
    return same;
}

bool moon_recording_ask(moon_recording *r, moon_universe *u, mb_term record,
                        moon_recording_error *error) {
    if (!r->file)
        return compare(r, u, record, error);
    if (write_record(r, record))
        return true;
    snprintf(error->text, sizeof error->text, "%s: this cannot be recorded: it is not plain data",
             r->path);
    return false;
}

mb_time moon_recording_next(const moon_recording *r) {
    if (r->lost)
        return MB_INFINITY;
    for (size_t i = r->next; i < r->count; i++)
        if (r->records[i].kind == TOLD)
            return r->records[i].at;
    return MB_INFINITY;
}

bool moon_recording_take(moon_recording *r, moon_universe *u, bool refused, mb_term *record,
                         moon_recording_error *error) {
    const recorded *item = next_record(r);
    bool fits = item && item->kind == (refused ? REFUSED : TOLD);
    if (!fits && refused)
        return false;
    if (!item || !record_term(u, item, record))
        return complain(r, item ? item->line : 0, "not enough memory", error);
    if (fits) {
        r->next++;
        return true;
    }
    get_lost(r, *record, "which nobody asks", mb_nil(), error);
    mb_release(u->rt, *record);
    return false;
}
