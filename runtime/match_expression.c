/* The guards and bodies of match specifications. An expression is a variable, "$_" (the object),
 * "$$" (all variables), { operator, operand, … }, { { element, … } } for an array, { "const", value }
 * or a value. An array that begins with a string is a call, any other a list of expressions. */
#include "match.h"

#include "runtime.h"

/* ---- Compiling */

static bool is_array(mb_term t) { return t.type == MB_TABLE && t.table->pair_count == 0; }

static bool compile_children(mb_match_compiler *c, const mb_term *cells, size_t count,
                             size_t stride, uint32_t first) {
    for (size_t i = 0; i < count; i++)
        if (!mb_match_compile_expression(c, cells[stride * i], first + (uint32_t)i))
            return false;
    return true;
}

/* The keys of pairs stand for themselves. */
static bool compile_table(mb_match_compiler *c, mb_term term, uint32_t node) {
    const mb_table *table = term.table;
    uint32_t first;
    if (!mb_match_reserve(c, table->array_size + (size_t)table->pair_count, &first))
        return false;
    mb_match_node *made = &c->spec->nodes[node];
    made->kind = MB_MATCH_TABLE;
    made->term = term;
    made->children = first;
    made->count = table->array_size;
    return compile_children(c, table->cells, table->array_size, 1, first) &&
           compile_children(c, table->cells + table->array_size + 1, table->pair_count, 2,
                            first + table->array_size);
}

static mb_match_kind connective(mb_term name) {
    return mb_is(name, "and")       ? MB_MATCH_AND
           : mb_is(name, "or")      ? MB_MATCH_OR
           : mb_is(name, "andalso") ? MB_MATCH_ANDALSO
           : mb_is(name, "orelse")  ? MB_MATCH_ORELSE
                                    : MB_MATCH_CALL;
}

static bool compile_call(mb_match_compiler *c, mb_term call, uint32_t node) {
    size_t count = mb_array_size(call) - 1;
    mb_term name = mb_element(call, 0);
    mb_match_kind kind = connective(name);
    const mb_match_operator *operator = mb_match_find_operator(name, count);
    uint32_t first;
    if (kind == MB_MATCH_CALL ? operator == NULL : count == 0)
        return false;
    if (!mb_match_reserve(c, count, &first))
        return false;
    mb_match_node *made = &c->spec->nodes[node];
    made->kind = kind;
    made->operator = operator;
    made->children = first;
    made->count = (uint32_t)count;
    return compile_children(c, call.table->cells + 1, count, 1, first);
}

/* { … } */
static bool compile_array(mb_match_compiler *c, mb_term array, uint32_t node) {
    mb_term first = mb_element(array, 0);
    uint32_t number;
    if (mb_array_size(array) == 1 && first.type == MB_TABLE)
        return compile_table(c, first, node);
    if (mb_array_size(array) == 2 && mb_is(first, "const")) {
        c->spec->nodes[node].kind = MB_MATCH_CONSTANT;
        c->spec->nodes[node].term = mb_element(array, 1);
        return true;
    }
    bool is_call = first.type == MB_STRING && !mb_match_is_variable(first, &number) &&
                   !mb_is(first, "$_") && !mb_is(first, "$$");
    return is_call ? compile_call(c, array, node) : compile_table(c, array, node);
}

bool mb_match_compile_expression(mb_match_compiler *c, mb_term expression, uint32_t node) {
    mb_match_node *made = &c->spec->nodes[node];
    uint32_t number;
    made->term = expression;
    if (mb_match_is_variable(expression, &number)) {
        int slot = mb_match_slot(c, expression);
        made->kind = MB_MATCH_VARIABLE;
        made->slot = (uint32_t)slot;
        return slot >= 0;
    }
    if (expression.type == MB_TABLE)
        return is_array(expression) && mb_array_size(expression) > 0
                   ? compile_array(c, expression, node)
                   : compile_table(c, expression, node);
    made->kind = mb_is(expression, "$_")   ? MB_MATCH_OBJECT
                 : mb_is(expression, "$$") ? MB_MATCH_ALL
                                           : MB_MATCH_CONSTANT;
    return true;
}

/* ---- Evaluating */

static bool call(mb_match_run *run, const mb_match_node *node, mb_term *out) {
    mb_term operands[MB_MATCH_OPERANDS] = {mb_nil(), mb_nil(), mb_nil()};
    size_t made = 0;
    while (made < node->count &&
           mb_match_evaluate(run, run->nodes + node->children + made, &operands[made]))
        made++;
    bool ok = made == node->count && node->operator->apply(run, operands, out);
    while (made > 0)
        mb_release(run->rt, operands[--made]);
    return ok;
}

/* Operands are booleans; the last of andalso and orelse may be anything. */
static bool connect(mb_match_run *run, const mb_match_node *node, mb_term *out) {
    bool conjunction = node->kind == MB_MATCH_AND || node->kind == MB_MATCH_ANDALSO;
    bool lazy = node->kind == MB_MATCH_ANDALSO || node->kind == MB_MATCH_ORELSE;
    bool result = conjunction;
    for (uint32_t i = 0; i < node->count; i++) {
        mb_term value;
        if (!mb_match_evaluate(run, run->nodes + node->children + i, &value))
            return false;
        if (lazy && i + 1 == node->count) {
            *out = value;
            return true;
        }
        mb_release(run->rt, value);
        if (value.type != MB_BOOLEAN)
            return false;
        result = conjunction ? result && value.boolean : result || value.boolean;
        if (lazy && result != conjunction)
            break;
    }
    *out = mb_boolean(result);
    return true;
}

static bool construct(mb_match_run *run, const mb_match_node *node, mb_term *out) {
    const mb_table *table = node->term.table;
    const mb_match_node *children = run->nodes + node->children;
    size_t size = table->array_size, pairs = table->pair_count, count = size + 2 * pairs;
    size_t made = 0;
    mb_term *cells = mb_memory_get(&run->rt->memory, (count + 1) * sizeof *cells);
    if (!cells) {
        run->no_memory = true;
        return false;
    }
    for (bool ok = true; ok && made < count; made += ok) {
        size_t at = made < size ? made : size + (made - size) / 2;
        bool is_key = made >= size && (made - size) % 2 == 0;
        if (is_key)
            cells[made] = mb_retain(table->cells[made]);
        else
            ok = mb_match_evaluate(run, &children[at], &cells[made]);
    }
    bool done = made == count;
    if (done && !mb_table_new(run->rt, out, table->tag, size, pairs, cells)) {
        run->no_memory = true;
        done = false;
    }
    while (made > 0)
        mb_release(run->rt, cells[--made]);
    mb_memory_put(&run->rt->memory, cells, (count + 1) * sizeof *cells);
    return done;
}

static bool compute(mb_match_run *run, const mb_match_node *node, mb_term *out) {
    switch (node->kind) {
    case MB_MATCH_VARIABLE: *out = mb_retain(run->values[node->slot]); return true;
    case MB_MATCH_OBJECT: *out = mb_retain(run->object); return true;
    case MB_MATCH_ALL:
        run->no_memory |= !mb_tuple(run->rt, out, run->variables, run->values);
        return !run->no_memory;
    case MB_MATCH_TABLE: return construct(run, node, out);
    case MB_MATCH_CALL: return call(run, node, out);
    case MB_MATCH_AND:
    case MB_MATCH_OR:
    case MB_MATCH_ANDALSO:
    case MB_MATCH_ORELSE: return connect(run, node, out);
    default: *out = mb_retain(node->term); return true;
    }
}

bool mb_match_evaluate(mb_match_run *run, const mb_match_node *node, mb_term *out) {
    *out = mb_nil();
    if (compute(run, node, out))
        return true;
    bool goes_on = run->in_body && !run->no_memory;
    *out = goes_on ? mb_atom("EXIT") : mb_nil();
    return goes_on;
}
