/* An entry of the log as Elixir's console shows it (Logger.Formatter): by default
 * "\n$time $metadata[$level] $message\n". */
#include <stdlib.h>
#include <time.h>

#include "lua/process.h"
#include "lua/state.h"

static const char DEFAULT_FORMAT[] = "\n$time $metadata[$level] $message\n";

typedef struct entry {
    moon_universe *u;
    FILE *out;
    mb_level level;
    mb_pid pid;
    mb_term metadata; /* borrowed; a table or nil */
    struct tm clock;
    int milliseconds;
    const char *text;
    size_t size;
} entry;

/* ---- metadata -------------------------------------------------------------------------------*/

static mb_term find(mb_term table, mb_term key) {
    for (size_t i = 0; table.type == MB_TABLE && i < table.table->pair_count; i++) {
        const mb_term *pair = &table.table->cells[table.table->array_size + 2 * i];
        if (mb_equal(pair[0], key))
            return pair[1];
    }
    return mb_nil();
}

/* Tables and functions have no text. */
static bool is_shown(mb_term value) {
    return value.type != MB_NIL && value.type != MB_TABLE && value.type != MB_OBJECT &&
           value.type != MB_ANY;
}

static void write_string(const entry *e, mb_term string) {
    size_t size;
    const char *bytes = mb_bytes(&string, &size);
    fwrite(bytes, 1, size, e->out);
}

static void write_value(const entry *e, mb_term value) {
    char text[64];
    if (value.type == MB_STRING) {
        write_string(e, value);
        return;
    }
    mb_inspect_text(value, text, sizeof text);
    bool named = value.type == MB_PID || value.type == MB_REFERENCE; /* "#PID<0.84.0>" */
    fputs(named ? strchr(text, '<') : text, e->out);
}

static void write_field(const entry *e, mb_term key) {
    mb_term value = find(e->metadata, key);
    if (value.type == MB_NIL && mb_is(key, "pid"))
        value = mb_pid_term(e->pid);
    if (key.type != MB_STRING || !is_shown(value))
        return;
    write_string(e, key);
    fputc('=', e->out);
    write_value(e, value);
    fputc(' ', e->out);
}

/* The first key behind `after` in order, the process's among them; nil: there is none. */
static mb_term next_key(mb_term metadata, mb_term after) {
    mb_term next = mb_atom("pid");
    bool found = mb_compare(next, after) > 0;
    for (size_t i = 0; metadata.type == MB_TABLE && i < metadata.table->pair_count; i++) {
        mb_term key = metadata.table->cells[metadata.table->array_size + 2 * i];
        if (mb_compare(key, after) > 0 && (!found || mb_compare(key, next) < 0)) {
            next = key;
            found = true;
        }
    }
    return found ? next : mb_nil();
}

static void write_metadata(const entry *e) {
    mb_term keys = e->u->log_keys;
    for (size_t i = 0; i < mb_array_size(keys); i++)
        write_field(e, mb_element(keys, i));
    if (!mb_is(keys, "all"))
        return;
    mb_term key = next_key(e->metadata, mb_nil());
    for (; key.type != MB_NIL; key = next_key(e->metadata, key))
        write_field(e, key);
}

/* ---- the format -----------------------------------------------------------------------------*/

static void write_date(const entry *e) {
    fprintf(e->out, "%04d-%02d-%02d", e->clock.tm_year + 1900, e->clock.tm_mon + 1,
            e->clock.tm_mday);
}

static void write_time(const entry *e) {
    fprintf(e->out, "%02d:%02d:%02d.%03d", e->clock.tm_hour, e->clock.tm_min, e->clock.tm_sec,
            e->milliseconds);
}

static void write_level(const entry *e) { fputs(mb_level_name(e->level), e->out); }

/* Cut to a length (Logger.Utils.truncate/2), and what is no UTF-8 replaced (Logger.Formatter.prune/1). */
static void write_message(const entry *e) {
    size_t left = e->u->log_truncate;
    for (size_t i = 0; i < e->size;) {
        size_t length = mb_utf8_sequence(e->text + i, e->size - i);
        size_t taken = length ? length : 1;
        if (taken > left) {
            fputs(" (truncated)", e->out);
            return;
        }
        if (length)
            fwrite(e->text + i, 1, length, e->out);
        else
            fputs("\xef\xbf\xbd", e->out);
        i += taken;
        left -= taken;
    }
}

static void write_node(const entry *e) {
    write_string(e, mb_node_name(mb_node_of_pid(e->u->rt, e->pid)));
}

static const struct placeholder {
    const char *name;
    void (*write)(const entry *e);
} PLACEHOLDERS[] = {
    {"$time", write_time},       {"$date", write_date},         {"$level", write_level},
    {"$message", write_message}, {"$metadata", write_metadata}, {"$node", write_node},
};

static const struct placeholder *placeholder_at(const char *text, size_t size) {
    for (size_t i = 0; i < sizeof PLACEHOLDERS / sizeof *PLACEHOLDERS; i++) {
        size_t length = strlen(PLACEHOLDERS[i].name);
        if (length <= size && memcmp(text, PLACEHOLDERS[i].name, length) == 0)
            return &PLACEHOLDERS[i];
    }
    return NULL;
}

size_t moon_log_placeholder(const char *text, size_t size) {
    const struct placeholder *found = placeholder_at(text, size);
    return found ? strlen(found->name) : 0;
}

static void write_formatted(const entry *e, const char *format, size_t size) {
    for (size_t i = 0; i < size;) {
        const struct placeholder *found = placeholder_at(format + i, size - i);
        if (found) {
            found->write(e);
            i += strlen(found->name);
        } else {
            fputc(format[i++], e->out);
        }
    }
}

/* ---- the entry ------------------------------------------------------------------------------*/

static const char *colour_of(mb_level level) {
    switch (level) {
    case MB_DEBUG:
        return "\33[36m";
    case MB_WARNING:
        return "\33[33m";
    case MB_ERROR:
    case MB_CRITICAL:
    case MB_ALERT:
    case MB_EMERGENCY:
        return "\33[31m";
    default:
        return "";
    }
}

static void write_entry(const entry *e) {
    const moon_universe *u = e->u;
    const char *colour = u->options.colour ? colour_of(e->level) : "";
    size_t size = sizeof DEFAULT_FORMAT - 1;
    const char *format = DEFAULT_FORMAT;
    if (u->log_format.type == MB_STRING)
        format = mb_bytes(&u->log_format, &size);
    fputs(colour, e->out);
    write_formatted(e, format, size);
    fputs(*colour ? "\33[0m" : "", e->out);
}

/* By the node's clock. */
static void read_clock(entry *e, mb_time time) {
    const moon_universe *u = e->u;
    mb_time wall = u->options.virtual_clock ? time : u->wall_start + time;
    time_t seconds = (time_t)(wall / 1000000000);
    e->milliseconds = (int)(wall / MB_MILLISECOND % 1000);
    if (u->options.virtual_clock)
        gmtime_r(&seconds, &e->clock);
    else
        localtime_r(&seconds, &e->clock);
}

static mb_term metadata_of(moon_universe *u, mb_pid pid) {
    mb_process *p = mb_lookup(u->rt, pid);
    mb_term key, metadata = mb_nil();
    if (!p || !mb_string_new(u->rt, MOON_LOGGER_METADATA, sizeof MOON_LOGGER_METADATA - 1, &key))
        return metadata;
    metadata = mb_dictionary_get(p, key);
    mb_release(u->rt, key);
    return metadata;
}

void moon_log_entry(void *context, mb_level level, mb_pid pid, mb_time time, const char *text,
                    size_t size) {
    moon_universe *u = context;
    char *bytes = NULL;
    size_t length = 0;
    if (!u->options.log)
        return;
    entry e = {.u = u, .level = level, .pid = pid, .text = text, .size = size};
    e.out = open_memstream(&bytes, &length);
    if (!e.out) { /* better bare than not at all */
        u->options.log(u->options.context, level, text, size);
        return;
    }
    if (u->log_keys.type != MB_NIL)
        e.metadata = u->log_metadata.type != MB_NIL ? u->log_metadata : metadata_of(u, pid);
    read_clock(&e, time);
    write_entry(&e);
    if (fclose(e.out) == 0)
        u->options.log(u->options.context, level, bytes, length);
    else
        u->options.log(u->options.context, level, text, size);
    free(bytes);
}
