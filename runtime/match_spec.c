/* Match specifications (erlang:"Match Specifications in Erlang"), in array tables where Erlang has
 * tuples and lists. They are checked when they are compiled, so that what runs can only fail in the
 * ways that make a guard false, and have the value "EXIT" in a body. */
#include "match.h"
#include "runtime.h"

/* ---- Nodes */

bool mb_match_reserve(mb_match_compiler *c, size_t count, uint32_t *first) {
    mb_match_spec *spec = c->spec;
    size_t capacity = spec->capacity ? spec->capacity : 16;
    while (capacity < spec->count + count)
        capacity *= 2;
    if (capacity != spec->capacity) {
        mb_match_node *nodes =
            mb_memory_resize(&spec->rt->memory, spec->nodes, spec->capacity * sizeof *nodes,
                             capacity * sizeof *nodes);
        if (!nodes) {
            c->no_memory = true;
            return false;
        }
        spec->nodes = nodes;
        spec->capacity = capacity;
    }
    *first = (uint32_t)spec->count;
    memset(&spec->nodes[spec->count], 0, count * sizeof *spec->nodes);
    spec->count += count;
    return true;
}

int mb_match_slot(const mb_match_compiler *c, mb_term term) {
    uint32_t number;
    if (!mb_match_is_variable(term, &number))
        return -1;
    for (uint32_t i = 0; i < c->variables; i++)
        if (c->numbers[i] == number)
            return (int)i;
    return -1;
}

/* ---- Compiling */

static bool is_list(mb_term t) { return t.type == MB_TABLE && t.table->pair_count == 0; }

static bool compile_expressions(mb_match_compiler *c, mb_term list, uint32_t *first,
                                uint32_t *count) {
    *count = (uint32_t)mb_array_size(list);
    if (!is_list(list) || !mb_match_reserve(c, *count, first))
        return false;
    for (uint32_t i = 0; i < *count; i++)
        if (!mb_match_compile_expression(c, mb_element(list, i), *first + i))
            return false;
    return true;
}

static bool compile_clause(mb_match_compiler *c, mb_term clause, mb_match_clause *out) {
    mb_term head = mb_element(clause, 0);
    bool done = mb_is_tuple(clause, 3) && mb_array_size(mb_element(clause, 2)) > 0 &&
                mb_match_declare(c, head) && mb_match_reserve(c, 1, &out->head) &&
                mb_match_compile_pattern(c, head, out->head) &&
                compile_expressions(c, mb_element(clause, 1), &out->guards, &out->guard_count) &&
                compile_expressions(c, mb_element(clause, 2), &out->body, &out->body_count);
    out->variables = c->variables;
    return done;
}

static mb_match_result compile_clauses(mb_match_spec *spec) {
    for (size_t i = 0; i < spec->clause_count; i++) {
        mb_match_compiler c = {.spec = spec};
        if (!compile_clause(&c, mb_element(spec->specification, i), &spec->clauses[i]))
            return c.no_memory ? MB_MATCH_NO_MEMORY : MB_MATCH_NO;
    }
    return MB_MATCH_YES;
}

mb_match_result mb_match_compile(mb_runtime *rt, mb_term specification, mb_match_spec **out) {
    *out = NULL;
    if (!is_list(specification))
        return MB_MATCH_NO;
    mb_match_spec *spec = mb_memory_zeroed(&rt->memory, sizeof *spec);
    if (!spec)
        return MB_MATCH_NO_MEMORY;
    spec->rt = rt;
    spec->specification = mb_retain(specification);
    size_t count = mb_array_size(specification);
    spec->clauses = count ? mb_memory_zeroed(&rt->memory, count * sizeof *spec->clauses) : NULL;
    spec->clause_count = spec->clauses ? count : 0;
    mb_match_result result =
        spec->clause_count == count ? compile_clauses(spec) : MB_MATCH_NO_MEMORY;
    if (result == MB_MATCH_YES)
        *out = spec;
    else
        mb_match_free(spec);
    return result;
}

mb_match_result mb_match_compile_clause(mb_runtime *rt, mb_term head, mb_term guards,
                                        mb_term result, mb_match_spec **out) {
    mb_term none = mb_nil(), body = mb_nil(), clause = mb_nil(), specification = mb_nil();
    *out = NULL;
    bool made = mb_tuple(rt, &none, 0, NULL) && mb_tuple(rt, &body, 1, &result);
    mb_term parts[] = {head, guards.type == MB_NIL ? none : guards, body};
    made = made && mb_tuple(rt, &clause, 3, parts) && mb_tuple(rt, &specification, 1, &clause);
    mb_match_result compiled =
        made ? mb_match_compile(rt, specification, out) : MB_MATCH_NO_MEMORY;
    mb_release(rt, specification);
    mb_release(rt, clause);
    mb_release(rt, body);
    mb_release(rt, none);
    return compiled;
}

void mb_match_free(mb_match_spec *spec) {
    if (!spec)
        return;
    mb_runtime *rt = spec->rt;
    mb_memory_put(&rt->memory, spec->nodes, spec->capacity * sizeof *spec->nodes);
    mb_memory_put(&rt->memory, spec->clauses, spec->clause_count * sizeof *spec->clauses);
    mb_release(rt, spec->specification);
    mb_memory_put(&rt->memory, spec, sizeof *spec);
}

/* ---- Running */

static bool guards_hold(mb_match_run *run, const mb_match_clause *clause) {
    for (uint32_t i = 0; i < clause->guard_count; i++) {
        mb_term value;
        if (!mb_match_evaluate(run, run->nodes + clause->guards + i, &value))
            return false;
        mb_release(run->rt, value);
        if (value.type != MB_BOOLEAN || !value.boolean)
            return false;
    }
    return true;
}

/* The value of the last expression; all of them are evaluated. False: no memory. */
static bool run_body(mb_match_run *run, const mb_match_clause *clause, mb_term *out) {
    *out = mb_nil();
    run->in_body = true;
    for (uint32_t i = 0; i < clause->body_count; i++) {
        mb_release(run->rt, *out);
        if (!mb_match_evaluate(run, run->nodes + clause->body + i, out))
            return false;
    }
    return true;
}

mb_match_result mb_match_apply(const mb_match_spec *spec, mb_term object, mb_term *out) {
    mb_match_run run;
    run.rt = spec->rt;
    run.nodes = spec->nodes;
    run.object = object;
    run.in_body = run.no_memory = false;
    *out = mb_nil();
    for (size_t i = 0; i < spec->clause_count; i++) {
        const mb_match_clause *clause = &spec->clauses[i];
        run.variables = clause->variables;
        bool fits = mb_match_pattern(&run, &spec->nodes[clause->head], object) &&
                    guards_hold(&run, clause);
        if (run.no_memory)
            return MB_MATCH_NO_MEMORY;
        if (fits)
            return run_body(&run, clause, out) ? MB_MATCH_YES : MB_MATCH_NO_MEMORY;
    }
    return MB_MATCH_NO;
}

/* ---- What can be known beforehand */

static const mb_match_node *element_of(const mb_match_spec *spec, uint32_t node, size_t position) {
    const mb_match_node *table = &spec->nodes[node];
    return table->kind == MB_MATCH_TABLE && position <= table->count
               ? &spec->nodes[table->children + position - 1]
               : NULL;
}

bool mb_match_fixed_element(const mb_match_spec *spec, size_t position, mb_term *value) {
    if (spec->clause_count != 1)
        return false;
    const mb_match_node *head = &spec->nodes[spec->clauses[0].head];
    if (head->kind == MB_MATCH_CONSTANT && mb_array_size(head->term) >= position) {
        *value = mb_element(head->term, position - 1);
        return true;
    }
    const mb_match_node *element = element_of(spec, spec->clauses[0].head, position);
    if (!element || element->kind != MB_MATCH_CONSTANT)
        return false;
    *value = element->term;
    return true;
}

/* { "element", position, "$_" } */
static bool takes_element(const mb_match_spec *spec, const mb_match_node *node, size_t position) {
    const mb_match_node *operands = &spec->nodes[node->children];
    return node->kind == MB_MATCH_CALL && strcmp(node->operator->name, "element") == 0 &&
           operands[0].kind == MB_MATCH_CONSTANT &&
           mb_equal(operands[0].term, mb_integer((int64_t)position)) &&
           operands[1].kind == MB_MATCH_OBJECT;
}

static bool same_element(const mb_match_spec *spec, const mb_match_clause *clause,
                         size_t position) {
    const mb_match_node *body = &spec->nodes[clause->body + clause->body_count - 1];
    if (body->kind == MB_MATCH_OBJECT)
        return true;
    const mb_match_node *made = element_of(spec, clause->body + clause->body_count - 1, position);
    if (!made || body->term.table->pair_count > 0)
        return false;
    if (takes_element(spec, made, position))
        return true;
    const mb_match_node *head = element_of(spec, clause->head, position);
    if (!head)
        return false;
    if (head->kind == MB_MATCH_CONSTANT)
        return made->kind == MB_MATCH_CONSTANT && mb_equal(head->term, made->term);
    return (head->kind == MB_MATCH_BIND || head->kind == MB_MATCH_VARIABLE) &&
           made->kind == MB_MATCH_VARIABLE && made->slot == head->slot;
}

bool mb_match_keeps_element(const mb_match_spec *spec, size_t position) {
    for (size_t i = 0; i < spec->clause_count; i++)
        if (!same_element(spec, &spec->clauses[i], position))
            return false;
    return true;
}
