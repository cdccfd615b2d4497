/* Match specifications over ETS tables (erlang:"Match Specifications in Erlang").
 *
 * A specification is checked first, so that what runs afterwards can only fail in the ways that
 * make a guard false. Whatever is collected or removed is decided before anything changes. */
#include <math.h>

#include "ets.h"
#include "process.h"

#define MAX_VARIABLES 64
#define MAX_DEPTH     200

typedef struct variable {
    uint32_t number;
    mb_term value; /* borrowed from the object */
} variable;

typedef struct matcher {
    mb_runtime *rt;
    mb_term object;                    /* the one looked at */
    variable variables[MAX_VARIABLES]; /* by number */
    size_t count;
    bool no_memory;
} matcher;

static bool evaluate(matcher *m, mb_term expression, mb_term *out);

/* ---- Variables */

/* The number of a variable "$1", "$2", …; false when term is none. */
static bool is_variable(mb_term term, uint32_t *number) {
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

static bool is_wildcard(mb_term term) {
    return term.type == MB_ANY || mb_is(term, "_");
}

static const variable *find_variable(const matcher *m, uint32_t number) {
    for (size_t i = 0; i < m->count; i++)
        if (m->variables[i].number == number)
            return &m->variables[i];
    return NULL;
}

static bool bind(matcher *m, uint32_t number, mb_term value) {
    const variable *known = find_variable(m, number);
    if (known)
        return mb_equal(known->value, value);
    if (m->count == MAX_VARIABLES)
        return false;
    size_t at = m->count++;
    for (; at > 0 && m->variables[at - 1].number > number; at--)
        m->variables[at] = m->variables[at - 1];
    m->variables[at] = (variable){number, value};
    return true;
}

/* ---- Heads */

static bool match(matcher *m, mb_term pattern, mb_term value);

static bool match_tables(matcher *m, const mb_table *pattern, const mb_table *value) {
    uint32_t size = value->array_size;
    if (pattern->array_size < size)
        return false;
    for (uint32_t i = 0; i < pattern->array_size; i++) {
        if (i >= size ? !is_wildcard(pattern->cells[i])
                      : !match(m, pattern->cells[i], value->cells[i]))
            return false;
    }
    if (pattern->pair_count == 0)
        return pattern->array_size > 0 || value->pair_count == 0;
    const mb_term *wanted = pattern->cells + pattern->array_size;
    const mb_term *pairs = value->cells + size;
    for (uint32_t i = 0; i < pattern->pair_count; i++) {
        uint32_t at = 0;
        while (at < value->pair_count && !mb_equal(pairs[2 * at], wanted[2 * i]))
            at++;
        if (at == value->pair_count || !match(m, wanted[2 * i + 1], pairs[2 * at + 1]))
            return false;
    }
    return true;
}

static bool match(matcher *m, mb_term pattern, mb_term value) {
    uint32_t number;
    if (is_wildcard(pattern))
        return true;
    if (is_variable(pattern, &number))
        return bind(m, number, value);
    if (pattern.type == MB_TABLE)
        return value.type == MB_TABLE && match_tables(m, pattern.table, value.table);
    return mb_equal(pattern, value);
}

/* Whether a pattern has neither variables nor wildcards nor pairs, of which it names but some: only
 * a value equal to it matches. */
static bool is_ground(mb_term pattern) {
    uint32_t number;
    if (is_wildcard(pattern) || is_variable(pattern, &number))
        return false;
    if (pattern.type != MB_TABLE)
        return true;
    if (pattern.table->pair_count > 0)
        return false;
    for (uint32_t i = 0; i < pattern.table->array_size; i++)
        if (!is_ground(pattern.table->cells[i]))
            return false;
    return true;
}

/* ---- Expressions */

typedef enum operation {
    OP_CONST,
    OP_SELF,
    OP_NODE,
    OP_IS_INTEGER,
    OP_IS_FLOAT,
    OP_IS_NUMBER,
    OP_IS_STRING,
    OP_IS_TABLE,
    OP_IS_PID,
    OP_IS_REFERENCE,
    OP_IS_FUNCTION,
    OP_IS_BOOLEAN,
    OP_IS_NIL,
    OP_NOT,
    OP_AND,
    OP_OR,
    OP_XOR,
    OP_ANDALSO,
    OP_ORELSE,
    OP_LESS,
    OP_AT_MOST,
    OP_GREATER,
    OP_AT_LEAST,
    OP_EQUAL,
    OP_UNEQUAL,
    OP_IDENTICAL,
    OP_NOT_IDENTICAL,
    OP_ADD,
    OP_SUBTRACT,
    OP_MULTIPLY,
    OP_DIVIDE,
    OP_DIV,
    OP_REM,
    OP_BAND,
    OP_BOR,
    OP_BXOR,
    OP_BNOT,
    OP_BSL,
    OP_BSR,
    OP_ABS,
    OP_ROUND,
    OP_TRUNC,
    OP_NEGATE,
    OP_ELEMENT,
    OP_HD,
    OP_TL,
    OP_SIZE,
    OP_MAP_SIZE,
    OP_MAP_GET,
    OP_IS_MAP_KEY,
} operation;

#define ANY_NUMBER 255

static const struct operator{
    const char *name;
    operation operation;
    uint8_t least, most; /* operands */
}
operators[] = {
    {"const", OP_CONST, 1, 1},
    {"self", OP_SELF, 0, 0},
    {"node", OP_NODE, 0, 1},
    {"is_integer", OP_IS_INTEGER, 1, 1},
    {"is_float", OP_IS_FLOAT, 1, 1},
    {"is_number", OP_IS_NUMBER, 1, 1},
    {"is_atom", OP_IS_STRING, 1, 1},
    {"is_binary", OP_IS_STRING, 1, 1},
    {"is_string", OP_IS_STRING, 1, 1},
    {"is_tuple", OP_IS_TABLE, 1, 1},
    {"is_list", OP_IS_TABLE, 1, 1},
    {"is_map", OP_IS_TABLE, 1, 1},
    {"is_table", OP_IS_TABLE, 1, 1},
    {"is_pid", OP_IS_PID, 1, 1},
    {"is_reference", OP_IS_REFERENCE, 1, 1},
    {"is_function", OP_IS_FUNCTION, 1, 1},
    {"is_boolean", OP_IS_BOOLEAN, 1, 1},
    {"is_nil", OP_IS_NIL, 1, 1},
    {"not", OP_NOT, 1, 1},
    {"and", OP_AND, 1, ANY_NUMBER},
    {"or", OP_OR, 1, ANY_NUMBER},
    {"xor", OP_XOR, 2, 2},
    {"andalso", OP_ANDALSO, 1, ANY_NUMBER},
    {"orelse", OP_ORELSE, 1, ANY_NUMBER},
    {"<", OP_LESS, 2, 2},
    {"=<", OP_AT_MOST, 2, 2},
    {"<=", OP_AT_MOST, 2, 2},
    {">", OP_GREATER, 2, 2},
    {">=", OP_AT_LEAST, 2, 2},
    {"==", OP_EQUAL, 2, 2},
    {"/=", OP_UNEQUAL, 2, 2},
    {"~=", OP_UNEQUAL, 2, 2},
    {"=:=", OP_IDENTICAL, 2, 2},
    {"=/=", OP_NOT_IDENTICAL, 2, 2},
    {"+", OP_ADD, 2, 2},
    {"-", OP_SUBTRACT, 2, 2},
    {"-", OP_NEGATE, 1, 1},
    {"*", OP_MULTIPLY, 2, 2},
    {"/", OP_DIVIDE, 2, 2},
    {"div", OP_DIV, 2, 2},
    {"rem", OP_REM, 2, 2},
    {"band", OP_BAND, 2, 2},
    {"bor", OP_BOR, 2, 2},
    {"bxor", OP_BXOR, 2, 2},
    {"bnot", OP_BNOT, 1, 1},
    {"bsl", OP_BSL, 2, 2},
    {"bsr", OP_BSR, 2, 2},
    {"abs", OP_ABS, 1, 1},
    {"round", OP_ROUND, 1, 1},
    {"trunc", OP_TRUNC, 1, 1},
    {"element", OP_ELEMENT, 2, 2},
    {"hd", OP_HD, 1, 1},
    {"tl", OP_TL, 1, 1},
    {"size", OP_SIZE, 1, 1},
    {"length", OP_SIZE, 1, 1},
    {"tuple_size", OP_SIZE, 1, 1},
    {"map_size", OP_MAP_SIZE, 1, 1},
    {"map_get", OP_MAP_GET, 2, 2},
    {"is_map_key", OP_IS_MAP_KEY, 2, 2},
};

/* What { name, operand, … } calls; NULL when it is no call. */
static const struct operator* operator_of(mb_term expression) {
    size_t size = mb_array_size(expression);
    if (size == 0 || expression.table->pair_count > 0)
        return NULL;
    mb_term name = mb_element(expression, 0);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (size - 1 >= operators[i].least && size - 1 <= operators[i].most &&
            mb_is(name, operators[i].name))
            return &operators[i];
    return NULL;
}

static double real_of(mb_term number) {
    return number.type == MB_INTEGER ? (double)number.integer : number.real;
}
static bool is_number(mb_term term) {
    return term.type == MB_INTEGER || term.type == MB_FLOAT;
}

/* Integers wrap around, as Lua's. */
static bool integer_arithmetic(operation op, int64_t a, int64_t b, mb_term *out) {
    uint64_t x = (uint64_t)a, y = (uint64_t)b, result;
    bool no_quotient = b == 0 || (b == -1 && a == INT64_MIN);
    switch (op) {
    case OP_ADD: result = x + y; break;
    case OP_SUBTRACT: result = x - y; break;
    case OP_MULTIPLY: result = x * y; break;
    case OP_BAND: result = x & y; break;
    case OP_BOR: result = x | y; break;
    case OP_BXOR: result = x ^ y; break;
    case OP_BSL:
        if (b < 0 || b > 63)
            return false;
        result = x << y;
        break;
    case OP_BSR:
        if (b < 0 || b > 63)
            return false;
        result = a < 0 ? ~(~x >> y) : x >> y;
        break;
    case OP_DIV:
        if (no_quotient)
            return false;
        result = (uint64_t)(a / b);
        break;
    case OP_REM:
        if (no_quotient)
            return false;
        result = (uint64_t)(a % b);
        break;
    default: return false;
    }
    *out = mb_integer((int64_t)result);
    return true;
}

static bool arithmetic(operation op, mb_term a, mb_term b, mb_term *out) {
    if (!is_number(a) || !is_number(b))
        return false;
    if (op != OP_DIVIDE && a.type == MB_INTEGER && b.type == MB_INTEGER)
        return integer_arithmetic(op, a.integer, b.integer, out);
    double x = real_of(a), y = real_of(b), result;
    switch (op) {
    case OP_ADD: result = x + y; break;
    case OP_SUBTRACT: result = x - y; break;
    case OP_MULTIPLY: result = x * y; break;
    case OP_DIVIDE: result = x / y; break;
    default: return false;
    }
    *out = mb_float(result);
    return isfinite(result);
}

static bool to_integer(double real, mb_term *out) {
    if (!(real >= -0x1p63 && real < 0x1p63))
        return false;
    *out = mb_integer((int64_t)real);
    return true;
}

static bool arithmetic_of_one(operation op, mb_term a, mb_term *out) {
    bool negative = is_number(a) && real_of(a) < 0;
    switch (op) {
    case OP_BNOT: *out = mb_integer(~a.integer); return a.type == MB_INTEGER;
    case OP_ABS:
    case OP_NEGATE:
        *out = a;
        return is_number(a) &&
               (op == OP_ABS && !negative ? true : arithmetic(OP_SUBTRACT, mb_integer(0), a, out));
    case OP_ROUND:
    case OP_TRUNC:
        *out = a;
        if (a.type != MB_FLOAT)
            return a.type == MB_INTEGER;
        return to_integer(op == OP_TRUNC ? a.real : a.real + (negative ? -0.5 : 0.5), out);
    default: return false;
    }
}

static bool compares(operation op, mb_term a, mb_term b) {
    switch (op) {
    case OP_LESS: return mb_compare(a, b) < 0;
    case OP_AT_MOST: return mb_compare(a, b) <= 0;
    case OP_GREATER: return mb_compare(a, b) > 0;
    case OP_AT_LEAST: return mb_compare(a, b) >= 0;
    case OP_EQUAL: return mb_equal(a, b);
    case OP_UNEQUAL: return !mb_equal(a, b);
    case OP_IDENTICAL: return a.type == b.type && mb_equal(a, b);
    default: return a.type != b.type || !mb_equal(a, b);
    }
}

static bool has_type(operation op, mb_term a) {
    switch (op) {
    case OP_IS_INTEGER: return a.type == MB_INTEGER;
    case OP_IS_FLOAT: return a.type == MB_FLOAT;
    case OP_IS_NUMBER: return is_number(a);
    case OP_IS_STRING: return a.type == MB_STRING;
    case OP_IS_TABLE: return a.type == MB_TABLE;
    case OP_IS_PID: return a.type == MB_PID;
    case OP_IS_REFERENCE: return a.type == MB_REFERENCE;
    case OP_IS_FUNCTION: return a.type == MB_OBJECT;
    case OP_IS_BOOLEAN: return a.type == MB_BOOLEAN;
    default: return a.type == MB_NIL;
    }
}

static const mb_term *find_pair(mb_term map, mb_term key) {
    const mb_term *pairs = map.table->cells + map.table->array_size;
    for (uint32_t i = 0; i < map.table->pair_count; i++)
        if (mb_equal(pairs[2 * i], key))
            return &pairs[2 * i + 1];
    return NULL;
}

static bool element(mb_term position, mb_term table, mb_term *out) {
    if (position.type != MB_INTEGER || position.integer < 1 ||
        (uint64_t)position.integer > mb_array_size(table))
        return false;
    *out = mb_retain(mb_element(table, (size_t)position.integer - 1));
    return true;
}

static bool of_tables(matcher *m, operation op, mb_term a, mb_term b, mb_term *out) {
    const mb_term *value;
    if (op == OP_ELEMENT)
        return element(a, b, out);
    mb_term table = op == OP_MAP_GET || op == OP_IS_MAP_KEY ? b : a;
    if (op == OP_SIZE && table.type == MB_STRING) {
        size_t size;
        mb_bytes(&table, &size);
        *out = mb_integer((int64_t)size);
        return true;
    }
    if (table.type != MB_TABLE)
        return false;
    switch (op) {
    case OP_HD: return element(mb_integer(1), table, out);
    case OP_TL:
        if (mb_array_size(table) == 0)
            return false;
        m->no_memory |= !mb_tuple(m->rt, out, mb_array_size(table) - 1, table.table->cells + 1);
        return !m->no_memory;
    case OP_SIZE: *out = mb_integer(table.table->array_size); return true;
    case OP_MAP_SIZE:
        *out = mb_integer((int64_t)table.table->pair_count + table.table->array_size);
        return true;
    default:
        value = find_pair(table, a);
        *out = op == OP_IS_MAP_KEY ? mb_boolean(value != NULL)
               : value             ? mb_retain(*value)
                                   : mb_nil();
        return op == OP_IS_MAP_KEY || value != NULL;
    }
}

/* `and`, `or` and their short-circuit forms: operands are booleans, the last of andalso and orelse
 * may be anything. */
static bool connect(matcher *m, operation op, mb_term call, mb_term *out) {
    bool conjunction = op == OP_AND || op == OP_ANDALSO, result = conjunction;
    bool lazy = op == OP_ANDALSO || op == OP_ORELSE;
    size_t count = mb_array_size(call);
    for (size_t i = 1; i < count; i++) {
        mb_term value;
        if (!evaluate(m, mb_element(call, i), &value))
            return false;
        if (lazy && i + 1 == count) {
            *out = value;
            return true;
        }
        if (value.type != MB_BOOLEAN) {
            mb_release(m->rt, value);
            return false;
        }
        result = conjunction ? result && value.boolean : result || value.boolean;
        if (lazy && result != conjunction)
            break;
    }
    *out = mb_boolean(result);
    return true;
}

static bool apply(matcher *m, operation op, mb_term a, mb_term b, mb_term *out) {
    if (op >= OP_IS_INTEGER && op <= OP_IS_NIL) {
        *out = mb_boolean(has_type(op, a));
        return true;
    }
    if (op >= OP_LESS && op <= OP_NOT_IDENTICAL) {
        *out = mb_boolean(compares(op, a, b));
        return true;
    }
    if (op == OP_NOT) {
        *out = mb_boolean(!a.boolean);
        return a.type == MB_BOOLEAN;
    }
    if (op == OP_XOR) {
        *out = mb_boolean(a.boolean != b.boolean);
        return a.type == MB_BOOLEAN && b.type == MB_BOOLEAN;
    }
    if (op == OP_BNOT || op == OP_ABS || op == OP_ROUND || op == OP_TRUNC || op == OP_NEGATE)
        return arithmetic_of_one(op, a, out);
    if (op >= OP_ADD && op <= OP_BSR)
        return arithmetic(op, a, b, out);
    return of_tables(m, op, a, b, out);
}

static bool call_operator(matcher *m, operation op, mb_term call, mb_term *out) {
    mb_process *current = mb_current(m->rt);
    mb_term operands[2] = {mb_nil(), mb_nil()};
    if (op == OP_CONST) {
        *out = mb_retain(mb_element(call, 1));
        return true;
    }
    if (op == OP_SELF) {
        *out = current ? mb_pid_term(current->pid) : mb_nil();
        return current != NULL;
    }
    if (op == OP_NODE) {
        *out = mb_nil();
        return mb_string_new(m->rt, "nonode@nohost", 13, out);
    }
    if (op >= OP_AND && op <= OP_ORELSE && op != OP_XOR)
        return connect(m, op, call, out);
    bool ok = true;
    for (size_t i = 1; i < mb_array_size(call) && ok; i++) {
        ok = evaluate(m, mb_element(call, i), &operands[i - 1]);
        if (!ok)
            operands[i - 1] = mb_nil();
    }
    ok = ok && apply(m, op, operands[0], operands[1], out);
    mb_release(m->rt, operands[0]);
    mb_release(m->rt, operands[1]);
    return ok;
}

/* A table whose cells are expressions: values for all of them. */
static bool construct(matcher *m, const mb_table *table, mb_term *out) {
    size_t count = table->array_size + 2 * (size_t)table->pair_count, made = 0;
    mb_term *cells = count ? mb_memory_zeroed(&m->rt->memory, count * sizeof *cells) : NULL;
    bool ok = cells || count == 0;
    m->no_memory |= !ok;
    while (ok && made < count) {
        ok = evaluate(m, table->cells[made], &cells[made]);
        made += ok;
    }
    if (ok) {
        ok = mb_table_new(m->rt, out, table->tag, table->array_size, table->pair_count, cells);
        m->no_memory |= !ok;
    }
    for (size_t i = 0; i < made; i++)
        mb_release(m->rt, cells[i]);
    mb_memory_put(&m->rt->memory, cells, count * sizeof *cells);
    return ok;
}

/* "$$": the values of all variables in the order of their numbers. */
static bool all_variables(matcher *m, mb_term *out) {
    mb_term values[MAX_VARIABLES];
    for (size_t i = 0; i < m->count; i++)
        values[i] = m->variables[i].value;
    m->no_memory |= !mb_tuple(m->rt, out, m->count, values);
    return !m->no_memory;
}

/* A tuple is written { { a, b } }, to be told from a call. */
static bool is_tuple_form(mb_term expression) {
    return mb_is_tuple(expression, 1) && mb_element(expression, 0).type == MB_TABLE &&
           mb_element(expression, 0).table->pair_count == 0;
}

/* *out is owned. False: an error, or no memory. */
static bool evaluate(matcher *m, mb_term expression, mb_term *out) {
    uint32_t number;
    if (is_variable(expression, &number)) {
        const variable *v = find_variable(m, number);
        *out = v ? mb_retain(v->value) : mb_nil();
        return v != NULL;
    }
    if (mb_is(expression, "$_")) {
        *out = mb_retain(m->object);
        return true;
    }
    if (mb_is(expression, "$$"))
        return all_variables(m, out);
    if (expression.type != MB_TABLE) {
        *out = mb_retain(expression);
        return true;
    }
    const struct operator* operator= operator_of(expression);
    if (operator)
        return call_operator(m, operator->operation, expression, out);
    return construct(
        m, is_tuple_form(expression) ? mb_element(expression, 0).table : expression.table, out);
}

/* ---- Checking. `m` knows the variables of the head. */

static bool collect_variables(matcher *m, mb_term pattern, int depth) {
    uint32_t number;
    if (is_variable(pattern, &number))
        return find_variable(m, number) || bind(m, number, mb_nil());
    if (pattern.type != MB_TABLE)
        return true;
    size_t count = pattern.table->array_size + 2 * (size_t)pattern.table->pair_count;
    for (size_t i = 0; i < count; i++)
        if (depth > MAX_DEPTH || !collect_variables(m, pattern.table->cells[i], depth + 1))
            return false;
    return true;
}

static bool check_expression(const matcher *m, mb_term expression, int depth) {
    uint32_t number;
    if (is_variable(expression, &number))
        return find_variable(m, number) != NULL;
    if (expression.type != MB_TABLE)
        return true;
    const struct operator* operator= operator_of(expression);
    if (operator&& operator->operation == OP_CONST)
        return true;
    size_t count = expression.table->array_size + 2 * (size_t)expression.table->pair_count;
    for (size_t i = 0; i < count; i++)
        if (depth > MAX_DEPTH || !check_expression(m, expression.table->cells[i], depth + 1))
            return false;
    return true;
}

static bool check_list(const matcher *m, mb_term list, bool calls_only) {
    if (list.type != MB_TABLE || list.table->pair_count > 0)
        return false;
    for (size_t i = 0; i < mb_array_size(list); i++) {
        mb_term expression = mb_element(list, i);
        if (calls_only && expression.type == MB_TABLE && !operator_of(expression))
            return false;
        if (!check_expression(m, expression, 0))
            return false;
    }
    return true;
}

static bool check_clause(mb_runtime *rt, mb_term clause) {
    matcher m = {.rt = rt};
    mb_term head = mb_element(clause, 0);
    if (!mb_is_tuple(clause, 3) || !collect_variables(&m, head, 0))
        return false;
    return check_list(&m, mb_element(clause, 1), true) &&
           check_list(&m, mb_element(clause, 2), false) && mb_array_size(mb_element(clause, 2)) > 0;
}

static bool check(mb_runtime *rt, mb_term specification) {
    if (specification.type != MB_TABLE || specification.table->pair_count > 0)
        return false;
    for (size_t i = 0; i < mb_array_size(specification); i++)
        if (!check_clause(rt, mb_element(specification, i)))
            return false;
    return true;
}

/* ---- Selecting */

typedef struct selection {
    mb_ets *table;
    mb_term specification;
    mb_ets_action action;
    mb_term *values; /* owned: results, or objects to be removed */
    size_t count, capacity;
    int64_t number;
    matcher matcher;
} selection;

static bool is_true(mb_term term) {
    return term.type == MB_BOOLEAN && term.boolean;
}

static bool guards_hold(matcher *m, mb_term guards) {
    for (size_t i = 0; i < mb_array_size(guards); i++) {
        mb_term value;
        if (!evaluate(m, mb_element(guards, i), &value))
            return false;
        bool holds = is_true(value);
        mb_release(m->rt, value);
        if (!holds)
            return false;
    }
    return true;
}

/* Takes the value. */
static bool keep(selection *s, mb_term value) {
    mb_runtime *rt = s->table->rt;
    if (s->count == s->capacity) {
        size_t capacity = s->capacity ? s->capacity * 2 : 16;
        mb_term *values = mb_memory_resize(&rt->memory, s->values, s->capacity * sizeof *values,
                                           capacity * sizeof *values);
        if (!values) {
            s->matcher.no_memory = true;
            mb_release(rt, value);
            return false;
        }
        s->values = values;
        s->capacity = capacity;
    }
    s->values[s->count++] = value;
    return true;
}

/* The value of the body's last expression; "EXIT" when it fails. */
static bool run_body(matcher *m, mb_term body, mb_term *out) {
    size_t count = mb_array_size(body);
    *out = mb_nil();
    for (size_t i = 0; i < count; i++) {
        mb_release(m->rt, *out);
        if (!evaluate(m, mb_element(body, i), out))
            *out = mb_atom("EXIT");
        if (m->no_memory)
            return false;
    }
    return true;
}

static bool take_result(selection *s, mb_term value) {
    mb_runtime *rt = s->table->rt;
    if (s->action == MB_ETS_COLLECT)
        return keep(s, value);
    bool counts = is_true(value);
    mb_release(rt, value);
    s->number += counts;
    return !counts || s->action == MB_ETS_COUNT || keep(s, mb_retain(s->matcher.object));
}

static bool consider(selection *s, mb_term object) {
    matcher *m = &s->matcher;
    m->object = object;
    for (size_t i = 0; i < mb_array_size(s->specification); i++) {
        mb_term clause = mb_element(s->specification, i), value;
        m->count = 0;
        if (!match(m, mb_element(clause, 0), object) || !guards_hold(m, mb_element(clause, 1))) {
            if (m->no_memory)
                return false;
            continue;
        }
        return run_body(m, mb_element(clause, 2), &value) && take_result(s, value);
    }
    return true;
}

static bool consider_key(selection *s, const mb_ets_entry *head) {
    for (; head; head = head->same)
        if (!consider(s, head->object))
            return false;
    return true;
}

/* The key that all objects looked for have, if the specification says so. */
static bool fixed_key(const selection *s, mb_term *key) {
    mb_term head = mb_element(mb_element(s->specification, 0), 0);
    uint32_t keypos = s->table->options.keypos;
    if (mb_array_size(s->specification) != 1 || mb_array_size(head) < keypos)
        return false;
    *key = mb_ets_key(s->table, head);
    return is_ground(*key);
}

static bool consider_all(selection *s) {
    mb_term key;
    if (fixed_key(s, &key))
        return consider_key(s, mb_ets_lookup(s->table, key));
    for (mb_ets_entry *head = s->table->first; head; head = head->next)
        if (!consider_key(s, head))
            return false;
    return true;
}

static bool conclude(selection *s, mb_term *out) {
    if (s->action == MB_ETS_COLLECT)
        return mb_tuple(s->table->rt, out, s->count, s->values);
    if (s->action == MB_ETS_REMOVE)
        for (size_t i = 0; i < s->count; i++)
            mb_ets_delete_object(s->table, s->values[i]);
    *out = mb_integer(s->number);
    return true;
}

mb_ets_result mb_ets_select(mb_ets *table, mb_term specification, mb_ets_action action,
                            mb_term *out) {
    mb_runtime *rt = table->rt;
    selection s = {.table = table, .specification = specification, .action = action};
    s.matcher.rt = rt;
    *out = mb_nil();
    if (!check(rt, specification))
        return MB_ETS_BAD_SPECIFICATION;
    bool ok = consider_all(&s) && conclude(&s, out);
    for (size_t i = 0; i < s.count; i++)
        mb_release(rt, s.values[i]);
    mb_memory_put(&rt->memory, s.values, s.capacity * sizeof *s.values);
    return ok ? MB_ETS_OK : MB_ETS_NO_MEMORY;
}
