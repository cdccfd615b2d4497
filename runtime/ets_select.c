/* Match specifications over ETS tables. What is to be removed or replaced is decided before
 * anything changes. */
#include "ets.h"

#include "process.h"

typedef struct result {
    mb_ets_entry *entry;
    mb_term value; /* owned: what was made of its object; if that is to be removed, the object */
} result;

typedef struct selection {
    mb_ets *table;
    const mb_match_spec *spec;
    mb_ets_action action;
    result *results;
    size_t count, capacity;
    size_t limit;
    mb_ets_entry *head, *last; /* the object met last, and the first of its key */
    int64_t number;
    bool no_memory;
} selection;

/* ---- Results */

/* Takes the value. */
static bool keep(selection *s, mb_ets_entry *entry, mb_term value) {
    mb_memory *memory = &s->table->rt->memory;
    if (s->count == s->capacity) {
        size_t capacity = s->capacity ? s->capacity * 2 : 16;
        result *results = mb_memory_resize(memory, s->results, s->capacity * sizeof *results,
                                           capacity * sizeof *results);
        if (!results) {
            s->no_memory = true;
            mb_release(s->table->rt, value);
            return false;
        }
        s->results = results;
        s->capacity = capacity;
    }
    s->results[s->count++] = (result){entry, value};
    return true;
}

static void discard(selection *s) {
    mb_runtime *rt = s->table->rt;
    for (size_t i = 0; i < s->count; i++)
        mb_release(rt, s->results[i].value);
    mb_memory_put(&rt->memory, s->results, s->capacity * sizeof *s->results);
}

static bool has_key_of(const mb_ets *table, mb_term object, const mb_ets_entry *entry) {
    return object.type == MB_TABLE && object.table->pair_count == 0 &&
           object.table->array_size >= table->options.keypos &&
           mb_equal(mb_ets_key(table, object), mb_ets_key(table, entry->object));
}

static bool counts(const selection *s, mb_term value, const mb_ets_entry *entry) {
    return s->action == MB_ETS_REPLACE ? has_key_of(s->table, value, entry)
                                       : value.type == MB_BOOLEAN && value.boolean;
}

/* Takes the value that the specification makes of the entry's object. */
static bool take(selection *s, mb_ets_entry *entry, mb_term value) {
    if (s->action == MB_ETS_COLLECT)
        return keep(s, entry, value);
    bool counted = counts(s, value, entry);
    s->number += counted;
    if (counted && s->action == MB_ETS_REPLACE)
        return keep(s, entry, value);
    mb_release(s->table->rt, value);
    return !counted || s->action == MB_ETS_COUNT || keep(s, entry, mb_retain(entry->object));
}

/* ---- Going through. False: stop, there is enough, or no memory. */

static bool consider(selection *s, mb_ets_entry *head, mb_ets_entry *entry) {
    mb_term value;
    mb_match_result outcome = mb_match_apply(s->spec, entry->object, &value);
    s->head = head;
    s->last = entry;
    s->no_memory |= outcome == MB_MATCH_NO_MEMORY;
    if (s->no_memory || (outcome == MB_MATCH_YES && !take(s, entry, value)))
        return false;
    return s->limit == 0 || s->count < s->limit;
}

/* The objects of a key that came after the one with that serial. */
static bool consider_key(selection *s, mb_ets_entry *head, uint64_t after) {
    for (mb_ets_entry *entry = head; entry; entry = entry->same)
        if (entry->serial > after && !consider(s, head, entry))
            return false;
    return true;
}

static bool consider_from(selection *s, mb_ets_entry *head, bool reverse) {
    for (; head; head = reverse ? mb_ets_previous(head) : mb_ets_next(head))
        if (!consider_key(s, head, 0))
            return false;
    return true;
}

static bool consider_all(selection *s, bool reverse) {
    mb_term key;
    if (mb_match_fixed_element(s->spec, s->table->options.keypos, &key))
        return consider_key(s, mb_ets_lookup(s->table, key), 0);
    return consider_from(s, reverse ? mb_ets_last(s->table) : mb_ets_first(s->table), reverse);
}

static bool resume(selection *s, const mb_ets_cursor *cursor) {
    mb_term key;
    mb_ets_entry *head = mb_ets_lookup_place(s->table, cursor->key);
    bool stays = head && head->place == cursor->place && !head->ghost;
    if (stays && !consider_key(s, head, cursor->serial))
        return false;
    return mb_match_fixed_element(s->spec, s->table->options.keypos, &key) ||
           consider_from(s, mb_ets_go_on(s->table, cursor->key, cursor->place, cursor->reverse),
                         cursor->reverse);
}

/* ---- All at once */

static void change(selection *s) {
    for (size_t i = 0; i < s->count; i++) {
        result *r = &s->results[i];
        if (s->action == MB_ETS_REMOVE)
            mb_ets_delete_object(s->table, r->value);
        else
            mb_ets_replace(s->table, r->entry, mb_retain(r->value));
    }
}

static bool list_results(selection *s, mb_term *out) {
    mb_builder *builder = mb_build(s->table->rt);
    size_t at = mb_build_table(builder, MB_BUILD_ROOT, mb_nil(), s->count, 0);
    for (size_t i = 0; i < s->count; i++, at += sizeof(mb_term))
        mb_build_term(builder, at, s->results[i].value);
    return mb_build_finish(builder, out);
}

mb_match_result mb_ets_select(mb_ets *table, const mb_match_spec *spec, mb_ets_action action,
                              mb_term *out) {
    selection s = {.table = table, .spec = spec, .action = action};
    *out = mb_nil();
    consider_all(&s, false);
    if (!s.no_memory && action == MB_ETS_COLLECT) {
        s.no_memory = !list_results(&s, out);
    } else if (!s.no_memory) {
        change(&s);
        *out = mb_integer(s.number);
    }
    discard(&s);
    return s.no_memory ? MB_MATCH_NO_MEMORY : MB_MATCH_YES;
}

/* ---- In several steps */

static void advance(const selection *s, bool ended, mb_ets_cursor *cursor) {
    mb_term key;
    cursor->begun = true;
    cursor->ended = ended || (mb_match_fixed_element(s->spec, s->table->options.keypos, &key) &&
                              !s->last->same);
    if (!s->last)
        return;
    mb_release(s->table->rt, cursor->key);
    cursor->key = mb_retain(mb_ets_key(s->table, s->last->object));
    cursor->place = s->head->place;
    cursor->serial = s->last->serial;
}

mb_match_result mb_ets_select_some(mb_ets *table, const mb_match_spec *spec, size_t limit,
                                   mb_ets_cursor *cursor, mb_term *out) {
    selection s = {.table = table, .spec = spec, .action = MB_ETS_COLLECT, .limit = limit};
    *out = mb_nil();
    bool ended =
        cursor->ended || (cursor->begun ? resume(&s, cursor) : consider_all(&s, cursor->reverse));
    s.no_memory = s.no_memory || !list_results(&s, out);
    if (!s.no_memory)
        advance(&s, ended, cursor);
    discard(&s);
    return s.no_memory ? MB_MATCH_NO_MEMORY : MB_MATCH_YES;
}
