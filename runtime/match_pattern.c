/* The heads of match specifications. "_" and `_` match anything, a variable "$1" the same wherever
 * it stands; an array matches one of its length, and a table of fields any table that has them. As
 * in receive, `_` at the end of an array stands for a missing element as well: an array cannot end
 * in nil. */
#include "match.h"

bool mb_match_is_variable(mb_term term, uint32_t *number) {
    if (term.type != MB_STRING)
        return false;
    size_t size;
    const char *bytes = mb_bytes(&term, &size);
    if (size < 2 || size > 8 || bytes[0] != '$')
        return false;
    *number = 0;
    for (size_t i = 1; i < size; i++) {
        if (bytes[i] < '0' || bytes[i] > '9')
            return false;
        *number = *number * 10 + (uint32_t)(bytes[i] - '0');
    }
    return true;
}

bool mb_match_is_wildcard(mb_term term) { return term.type == MB_ANY || mb_is(term, "_"); }

const mb_term *mb_match_find_pair(const mb_table *table, mb_term key) {
    const mb_term *pairs = table->cells + table->array_size;
    for (size_t i = 0; i < table->pair_count; i++)
        if (mb_equal(pairs[2 * i], key))
            return &pairs[2 * i + 1];
    return NULL;
}

/* ---- Compiling */

static bool declare_variable(mb_match_compiler *c, uint32_t number) {
    uint32_t at = 0;
    while (at < c->variables && c->numbers[at] < number)
        at++;
    if (at < c->variables && c->numbers[at] == number)
        return true;
    if (c->variables == MB_MATCH_VARIABLES)
        return false;
    memmove(&c->numbers[at + 1], &c->numbers[at], (c->variables - at) * sizeof *c->numbers);
    c->numbers[at] = number;
    c->variables++;
    return true;
}

bool mb_match_declare(mb_match_compiler *c, mb_term pattern) {
    uint32_t number;
    if (mb_match_is_variable(pattern, &number))
        return declare_variable(c, number);
    if (pattern.type != MB_TABLE)
        return true;
    const mb_table *table = pattern.table;
    for (size_t i = 0; i < table->array_size; i++)
        if (!mb_match_declare(c, table->cells[i]))
            return false;
    for (size_t i = 0; i < table->pair_count; i++)
        if (!mb_match_declare(c, table->cells[table->array_size + 2 * i + 1]))
            return false;
    return true;
}

/* Whether only a value equal to it matches. A table with fields names but some of them. */
static bool is_constant(mb_term pattern) {
    uint32_t number;
    if (mb_match_is_wildcard(pattern) || mb_match_is_variable(pattern, &number))
        return false;
    if (pattern.type != MB_TABLE)
        return true;
    for (size_t i = 0; i < pattern.table->array_size; i++)
        if (!is_constant(pattern.table->cells[i]))
            return false;
    return pattern.table->pair_count == 0;
}

static bool compile_table(mb_match_compiler *c, const mb_table *table, uint32_t node) {
    uint32_t first;
    size_t size = table->array_size;
    if (!mb_match_reserve(c, size + table->pair_count, &first))
        return false;
    mb_match_node *made = &c->spec->nodes[node];
    made->kind = MB_MATCH_TABLE;
    made->children = first;
    made->count = table->array_size;
    made->optional = size > 0 && table->cells[size - 1].type == MB_ANY;
    for (uint32_t i = 0; i < size; i++)
        if (!mb_match_compile_pattern(c, table->cells[i], first + i))
            return false;
    for (uint32_t i = 0; i < table->pair_count; i++)
        if (!mb_match_compile_pattern(c, table->cells[size + 2 * i + 1],
                                      first + table->array_size + i))
            return false;
    return true;
}

bool mb_match_compile_pattern(mb_match_compiler *c, mb_term pattern, uint32_t node) {
    mb_match_node *made = &c->spec->nodes[node];
    made->term = pattern;
    int slot = mb_match_slot(c, pattern);
    if (slot >= 0) {
        made->kind = c->bound[slot] ? MB_MATCH_VARIABLE : MB_MATCH_BIND;
        made->slot = (uint32_t)slot;
        c->bound[slot] = true;
    } else if (mb_match_is_wildcard(pattern)) {
        made->kind = MB_MATCH_ANY;
    } else if (is_constant(pattern)) {
        made->kind = MB_MATCH_CONSTANT;
    } else {
        return compile_table(c, pattern.table, node);
    }
    return true;
}

/* ---- Matching */

static bool has_shape(const mb_match_node *pattern, const mb_table *value) {
    const mb_table *table = pattern->term.table;
    if (table->tag.type != MB_NIL && !mb_equal(table->tag, value->tag))
        return false;
    if (pattern->count == 0)
        return value->pair_count >= table->pair_count;
    return value->array_size + (pattern->optional && value->array_size < pattern->count) ==
               pattern->count &&
           (table->pair_count > 0 || value->pair_count == 0);
}

static bool match_table(mb_match_run *run, const mb_match_node *pattern, const mb_table *value) {
    const mb_table *table = pattern->term.table;
    const mb_match_node *children = run->nodes + pattern->children;
    if (!has_shape(pattern, value))
        return false;
    for (uint32_t i = 0; i < pattern->count && i < value->array_size; i++)
        if (!mb_match_pattern(run, &children[i], value->cells[i]))
            return false;
    for (uint32_t i = 0; i < table->pair_count; i++) {
        const mb_term *found = mb_match_find_pair(value, table->cells[pattern->count + 2 * i]);
        if (!found || !mb_match_pattern(run, &children[pattern->count + i], *found))
            return false;
    }
    return true;
}

bool mb_match_pattern(mb_match_run *run, const mb_match_node *pattern, mb_term value) {
    switch (pattern->kind) {
    case MB_MATCH_ANY: return true;
    case MB_MATCH_BIND: run->values[pattern->slot] = value; return true;
    case MB_MATCH_VARIABLE: return mb_equal(run->values[pattern->slot], value);
    case MB_MATCH_TABLE:
        return value.type == MB_TABLE && match_table(run, pattern, value.table);
    default: return mb_equal(pattern->term, value);
    }
}
