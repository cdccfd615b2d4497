#include "child_spec.h"

#include "tagged.h"

#define WORKER_SHUTDOWN 5000 /* milliseconds */

static bool fail(mb_runtime *rt, mb_term *error, const char *tag, mb_term culprit) {
    *error = mb_tagged(rt, tag, mb_retain(culprit));
    return false;
}

/* The position of term among the words, or -1. */
static int word_index(mb_term term, const char *const *words, int count) {
    for (int i = 0; i < count; i++)
        if (mb_is(term, words[i]))
            return i;
    return -1;
}

/* A table is a tuple or list here when it has an array part, and a map otherwise. */
static bool is_map(mb_term term) { return term.type == MB_TABLE && term.table->array_size == 0; }

static bool is_list(mb_term term) { return term.type == MB_TABLE && term.table->pair_count == 0; }

/* Modules are strings, or travel as objects of the host's. */
static bool is_module(mb_term term) { return term.type == MB_STRING || term.type == MB_OBJECT; }

static mb_term get_or(mb_term table, const char *key, mb_term fallback) {
    mb_term value = mb_get(table, key);
    return value.type == MB_NIL ? fallback : value;
}

/* ---- flags ----------------------------------------------------------------------------------*/

bool mb_supervisor_flags_read(mb_runtime *rt, mb_term flags, mb_supervisor_flags *out,
                              mb_term *error) {
    static const char *const strategies[] = {"one_for_one", "one_for_all", "rest_for_one"};
    static const char *const shutdowns[] = {"never", "any_significant", "all_significant"};
    if (!is_map(flags))
        return fail(rt, error, "invalid_type", flags);
    mb_term strategy = get_or(flags, "strategy", mb_atom("one_for_one"));
    mb_term intensity = get_or(flags, "intensity", mb_integer(1));
    mb_term period = get_or(flags, "period", mb_integer(5));
    mb_term auto_shutdown = get_or(flags, "auto_shutdown", mb_atom("never"));
    int strategy_index = word_index(strategy, strategies, 3);
    int shutdown_index = word_index(auto_shutdown, shutdowns, 3);
    if (strategy_index < 0)
        return fail(rt, error, "invalid_strategy", strategy);
    if (intensity.type != MB_INTEGER || intensity.integer < 0)
        return fail(rt, error, "invalid_intensity", intensity);
    if (period.type != MB_INTEGER || period.integer <= 0)
        return fail(rt, error, "invalid_period", period);
    if (shutdown_index < 0)
        return fail(rt, error, "invalid_auto_shutdown", auto_shutdown);
    *out = (mb_supervisor_flags){.intensity = intensity.integer,
                                 .period = period.integer,
                                 .strategy = (uint8_t)strategy_index,
                                 .auto_shutdown = (uint8_t)shutdown_index};
    return true;
}

/* ---- child specifications -------------------------------------------------------------------*/

/* { module, function, arguments }, or something else of the host's that starts a child. */
static bool is_valid_start(mb_term start) {
    return start.type == MB_OBJECT ||
           (mb_is_tuple(start, 3) && is_module(mb_element(start, 0)) &&
            mb_element(start, 1).type == MB_STRING && is_list(mb_element(start, 2)));
}

/* { "bad_combination", { key = value, significant = true } } */
static bool fail_combination(mb_runtime *rt, mb_term *error, const char *key, const char *value) {
    mb_term pairs[] = {mb_atom(key), mb_atom(value), mb_atom("significant"), mb_boolean(true)};
    mb_term map;
    *error = mb_tagged(rt, "bad_combination", mb_map(rt, &map, 2, pairs) ? map : MB_SYSTEM_LIMIT);
    return false;
}

static bool check_significant(mb_runtime *rt, mb_term significant, mb_restart_type restart,
                              mb_auto_shutdown auto_shutdown, mb_term *error) {
    if (significant.type != MB_BOOLEAN)
        return fail(rt, error, "invalid_significant", significant);
    if (significant.boolean && auto_shutdown == MB_NEVER)
        return fail_combination(rt, error, "auto_shutdown", "never");
    if (significant.boolean && restart == MB_PERMANENT)
        return fail_combination(rt, error, "restart", "permanent");
    return true;
}

static bool read_shutdown(mb_term term, int64_t *out) {
    if (mb_is(term, "infinity"))
        *out = MB_SHUTDOWN_INFINITY;
    else if (mb_is(term, "brutal_kill"))
        *out = MB_SHUTDOWN_BRUTAL_KILL;
    else if (term.type == MB_INTEGER && term.integer >= 0)
        *out = term.integer;
    else
        return false;
    return true;
}

static bool check_modules(mb_runtime *rt, mb_term modules, mb_term *error) {
    if (mb_is(modules, "dynamic"))
        return true;
    if (!is_list(modules))
        return fail(rt, error, "invalid_modules", modules);
    for (size_t i = 0; i < mb_array_size(modules); i++)
        if (!is_module(mb_element(modules, i)))
            return fail(rt, error, "invalid_module", mb_element(modules, i));
    return true;
}

/* Checks everything but the modules; out borrows. */
static bool read_fields(mb_runtime *rt, mb_term spec, mb_auto_shutdown auto_shutdown,
                        mb_child_spec *out, mb_term *error) {
    static const char *const restarts[] = {"permanent", "transient", "temporary"};
    static const char *const types[] = {"worker", "supervisor"};
    mb_term restart = get_or(spec, "restart", mb_atom("permanent"));
    mb_term significant = get_or(spec, "significant", mb_boolean(false));
    mb_term type = get_or(spec, "type", mb_atom("worker"));
    int restart_index = word_index(restart, restarts, 3);
    int type_index = word_index(type, types, 2);
    if (!is_valid_start(out->start))
        return fail(rt, error, "invalid_mfa", out->start);
    if (restart_index < 0)
        return fail(rt, error, "invalid_restart_type", restart);
    out->restart = (uint8_t)restart_index;
    if (!check_significant(rt, significant, (mb_restart_type)restart_index, auto_shutdown, error))
        return false;
    out->significant = significant.boolean;
    if (type_index < 0)
        return fail(rt, error, "invalid_child_type", type);
    out->is_supervisor = type_index == 1;
    mb_term shutdown = get_or(spec, "shutdown", type_index == 1 ? mb_atom("infinity")
                                                                : mb_integer(WORKER_SHUTDOWN));
    if (!read_shutdown(shutdown, &out->shutdown))
        return fail(rt, error, "invalid_shutdown", shutdown);
    return true;
}

/* modules defaults to the one of the start function. Owned; false when there is no memory. */
static bool read_modules(mb_runtime *rt, mb_term spec, mb_term start, mb_term *out) {
    mb_term modules = mb_get(spec, "modules"), module = mb_element(start, 0);
    if (modules.type != MB_NIL) {
        *out = mb_retain(modules);
        return true;
    }
    return mb_tuple(rt, out, module.type == MB_NIL ? 0 : 1, &module);
}

bool mb_child_spec_read(mb_runtime *rt, mb_term spec, mb_auto_shutdown auto_shutdown,
                        mb_child_spec *out, mb_term *error) {
    *out = (mb_child_spec){0};
    if (!is_map(spec))
        return fail(rt, error, "invalid_child_spec", spec);
    mb_child_spec read = {.id = mb_get(spec, "id"), .start = mb_get(spec, "start")};
    if (read.id.type == MB_NIL || read.start.type == MB_NIL) {
        *error = mb_atom(read.id.type == MB_NIL ? "missing_id" : "missing_start");
        return false;
    }
    if (!read_fields(rt, spec, auto_shutdown, &read, error))
        return false;
    if (!read_modules(rt, spec, read.start, &read.modules)) {
        *error = MB_SYSTEM_LIMIT;
        return false;
    }
    if (!check_modules(rt, read.modules, error)) {
        mb_release(rt, read.modules);
        return false;
    }
    mb_retain(read.id);
    mb_retain(read.start);
    *out = read;
    return true;
}

mb_term mb_child_spec_term(mb_runtime *rt, const mb_child_spec *spec) {
    const mb_term pairs[] = {
        mb_atom("id"), spec->id,
        mb_atom("start"), spec->start,
        mb_atom("restart"), mb_restart_type_term((mb_restart_type)spec->restart),
        mb_atom("significant"), mb_boolean(spec->significant),
        mb_atom("shutdown"), mb_shutdown_term(spec->shutdown),
        mb_atom("type"), mb_atom(spec->is_supervisor ? "supervisor" : "worker"),
        mb_atom("modules"), spec->modules,
    };
    mb_term term;
    return mb_map(rt, &term, sizeof pairs / sizeof *pairs / 2, pairs) ? term : MB_SYSTEM_LIMIT;
}
