/* Match specifications, in array tables where Erlang has tuples and lists. A pattern is a value in
 * which "_" and MB_ANY match anything and "$1", "$2", … bind; a condition or a result is a value, a
 * variable, { operator, operand, … }, { { element, … } } for an array, { "const", value }. */
#include "moonbeam.h"

/* ---- variables ------------------------------------------------------------------------------*/

/* The number of "$7"; -1 when term is no variable. */
static int variable_of(mb_term term) {
    if (term.type != MB_STRING || term.length < 2 || term.length > 3 || term.text[0] != '$')
        return -1;
    int number = 0;
    for (int i = 1; i < term.length; i++) {
        if (term.text[i] < '0' || term.text[i] > '9')
            return -1;
        number = 10 * number + term.text[i] - '0';
    }
    return number < MB_MATCH_VARIABLES ? number : -1;
}

static bool is_any(mb_term term) { return term.type == MB_ANY || mb_is(term, "_"); }

/* Whether there is anything in the pattern that matches more than itself. */
static bool is_open(mb_term pattern) {
    if (is_any(pattern) || variable_of(pattern) >= 0)
        return true;
    if (pattern.type != MB_TABLE)
        return false;
    size_t count = pattern.table->array_size + 2 * (size_t)pattern.table->pair_count;
    for (size_t i = 0; i < count; i++)
        if (is_open(pattern.table->cells[i]))
            return true;
    return false;
}

/* ---- patterns -------------------------------------------------------------------------------*/

static const mb_term *find_pair(const mb_table *table, mb_term key) {
    const mb_term *pairs = table->cells + table->array_size;
    for (size_t i = 0; i < table->pair_count; i++)
        if (mb_equal(pairs[2 * i], key))
            return &pairs[2 * i + 1];
    return NULL;
}

/* Arrays have to be of the same length; a map needs only the pattern's keys. */
static bool match_tables(const mb_table *pattern, const mb_table *value, mb_match *match) {
    if (pattern->array_size != value->array_size || pattern->pair_count > value->pair_count)
        return false;
    for (size_t i = 0; i < pattern->array_size; i++)
        if (!mb_match_pattern(pattern->cells[i], value->cells[i], match))
            return false;
    const mb_term *pairs = pattern->cells + pattern->array_size;
    for (size_t i = 0; i < pattern->pair_count; i++) {
        const mb_term *found = find_pair(value, pairs[2 * i]);
        if (!found || !mb_match_pattern(pairs[2 * i + 1], *found, match))
            return false;
    }
    return true;
}

bool mb_match_pattern(mb_term pattern, mb_term value, mb_match *match) {
    int variable = variable_of(pattern);
    if (variable >= 0 && match->bound[variable])
        return mb_equal(match->values[variable], value);
    if (variable >= 0) {
        match->bound[variable] = true;
        match->values[variable] = value;
        return true;
    }
    if (is_any(pattern))
        return true;
    if (pattern.type == MB_TABLE && value.type == MB_TABLE && is_open(pattern))
        return match_tables(pattern.table, value.table, match);
    return mb_equal(pattern, value);
}

/* ---- operators ------------------------------------------------------------------------------*/

/* Operands are borrowed; *out is owned. False: the operation makes no sense for them. */
typedef bool operation(mb_runtime *rt, const mb_term *operands, mb_term *out);

static bool give(mb_term *out, bool value) {
    *out = mb_boolean(value);
    return true;
}

static bool is_number(mb_term t) { return t.type == MB_INTEGER || t.type == MB_FLOAT; }
static double real_of(mb_term t) { return t.type == MB_INTEGER ? (double)t.integer : t.real; }
static bool are_integers(const mb_term *o) {
    return o[0].type == MB_INTEGER && o[1].type == MB_INTEGER;
}
static bool are_numbers(const mb_term *o) { return is_number(o[0]) && is_number(o[1]); }
static bool are_booleans(const mb_term *o) {
    return o[0].type == MB_BOOLEAN && o[1].type == MB_BOOLEAN;
}

#define OPERATION(name, condition, result)                                                        \
    static bool name(mb_runtime *rt, const mb_term *o, mb_term *out) {                            \
        (void)rt;                                                                                 \
        return (condition) && (result);                                                           \
    }
#define ARITHMETIC(name, operator)                                                                \
    static bool name(mb_runtime *rt, const mb_term *o, mb_term *out) {                            \
        (void)rt;                                                                                 \
        if (!are_numbers(o))                                                                      \
            return false;                                                                         \
        *out = are_integers(o)                                                                    \
                   ? mb_integer((int64_t)((uint64_t)o[0].integer operator(uint64_t) o[1].integer)) \
                   : mb_float(real_of(o[0]) operator real_of(o[1]));                              \
        return true;                                                                              \
    }

OPERATION(equal, true, give(out, mb_equal(o[0], o[1])))
OPERATION(differ, true, give(out, !mb_equal(o[0], o[1])))
OPERATION(less, true, give(out, mb_compare(o[0], o[1]) < 0))
OPERATION(at_most, true, give(out, mb_compare(o[0], o[1]) <= 0))
OPERATION(greater, true, give(out, mb_compare(o[0], o[1]) > 0))
OPERATION(at_least, true, give(out, mb_compare(o[0], o[1]) >= 0))
OPERATION(both, are_booleans(o), give(out, o[0].boolean && o[1].boolean))
OPERATION(either, are_booleans(o), give(out, o[0].boolean || o[1].boolean))
OPERATION(one_of, are_booleans(o), give(out, o[0].boolean != o[1].boolean))
OPERATION(not, o[0].type == MB_BOOLEAN, give(out, !o[0].boolean))
OPERATION(integer, true, give(out, o[0].type == MB_INTEGER))
OPERATION(floating, true, give(out, o[0].type == MB_FLOAT))
OPERATION(number, true, give(out, is_number(o[0])))
OPERATION(string, true, give(out, o[0].type == MB_STRING))
OPERATION(boolean, true, give(out, o[0].type == MB_BOOLEAN))
OPERATION(table, true, give(out, o[0].type == MB_TABLE))
OPERATION(pid, true, give(out, o[0].type == MB_PID))
OPERATION(reference, true, give(out, o[0].type == MB_REFERENCE))
OPERATION(function, true, give(out, o[0].type == MB_OBJECT))
ARITHMETIC(add, +)
ARITHMETIC(subtract, -)
ARITHMETIC(multiply, *)

static bool divide(mb_runtime *rt, const mb_term *o, mb_term *out) {
    (void)rt;
    if (!are_numbers(o) || real_of(o[1]) == 0)
        return false;
    *out = mb_float(real_of(o[0]) / real_of(o[1]));
    return true;
}

static bool quotient(mb_runtime *rt, const mb_term *o, mb_term *out) {
    (void)rt;
    if (!are_integers(o) || o[1].integer == 0 || o[1].integer == -1)
        return are_integers(o) && o[1].integer && subtract(rt, (mb_term[]){mb_integer(0), o[0]}, out);
    *out = mb_integer(o[0].integer / o[1].integer);
    return true;
}

static bool remainder_of(mb_runtime *rt, const mb_term *o, mb_term *out) {
    (void)rt;
    if (!are_integers(o) || o[1].integer == 0)
        return false;
    *out = mb_integer(o[1].integer == -1 ? 0 : o[0].integer % o[1].integer);
    return true;
}

static bool absolute(mb_runtime *rt, const mb_term *o, mb_term *out) {
    if (!is_number(o[0]))
        return false;
    if (o[0].type == MB_FLOAT) {
        *out = mb_float(o[0].real < 0 ? -o[0].real : o[0].real);
        return true;
    }
    return subtract(rt, (mb_term[]){mb_integer(0), o[0]}, out) &&
           (o[0].integer < 0 || ((*out = o[0]), true));
}

static bool size_of(mb_runtime *rt, const mb_term *o, mb_term *out) {
    size_t size;
    (void)rt;
    if (o[0].type == MB_STRING)
        mb_bytes(&o[0], &size);
    else if (o[0].type == MB_TABLE)
        size = o[0].table->array_size + o[0].table->pair_count;
    else
        return false;
    *out = mb_integer((int64_t)size);
    return true;
}

/* { "element", 1, array } counts from 1. */
static bool element(mb_runtime *rt, const mb_term *o, mb_term *out) {
    (void)rt;
    if (o[0].type != MB_INTEGER || o[0].integer < 1 ||
        (uint64_t)o[0].integer > mb_array_size(o[1]))
        return false;
    *out = mb_retain(mb_element(o[1], (size_t)o[0].integer - 1));
    return true;
}

static bool first(mb_runtime *rt, const mb_term *o, mb_term *out) {
    return element(rt, (mb_term[]){mb_integer(1), o[0]}, out);
}

static bool rest(mb_runtime *rt, const mb_term *o, mb_term *out) {
    return mb_array_size(o[0]) > 0 &&
           mb_tuple(rt, out, mb_array_size(o[0]) - 1, o[0].table->cells + 1);
}

static bool map_get(mb_runtime *rt, const mb_term *o, mb_term *out) {
    (void)rt;
    const mb_term *found = o[1].type == MB_TABLE ? find_pair(o[1].table, o[0]) : NULL;
    if (found)
        *out = mb_retain(*found);
    return found != NULL;
}

static bool is_map_key(mb_runtime *rt, const mb_term *o, mb_term *out) {
    (void)rt;
    return o[1].type == MB_TABLE && give(out, find_pair(o[1].table, o[0]) != NULL);
}

static bool self(mb_runtime *rt, const mb_term *o, mb_term *out) {
    (void)o;
    if (mb_current(rt))
        *out = mb_pid_term(mb_self(mb_current(rt)));
    return mb_current(rt) != NULL;
}

typedef struct operator_entry {
    const char *name;
    int operands;
    operation *apply;
} operator_entry;

static const operator_entry operators[] = {
    {"==", 2, equal},          {"=:=", 2, equal},         {"/=", 2, differ},
    {"=/=", 2, differ},        {"<", 2, less},            {"=<", 2, at_most},
    {">", 2, greater},         {">=", 2, at_least},       {"+", 2, add},
    {"-", 2, subtract},        {"*", 2, multiply},        {"/", 2, divide},
    {"div", 2, quotient},      {"rem", 2, remainder_of},  {"abs", 1, absolute},
    {"and", 2, both},          {"andalso", 2, both},      {"or", 2, either},
    {"orelse", 2, either},     {"xor", 2, one_of},        {"not", 1, not},
    {"is_integer", 1, integer}, {"is_float", 1, floating}, {"is_number", 1, number},
    {"is_atom", 1, string},    {"is_binary", 1, string},  {"is_string", 1, string},
    {"is_boolean", 1, boolean}, {"is_list", 1, table},    {"is_tuple", 1, table},
    {"is_map", 1, table},      {"is_table", 1, table},    {"is_pid", 1, pid},
    {"is_reference", 1, reference}, {"is_function", 1, function}, {"size", 1, size_of},
    {"length", 1, size_of},    {"tuple_size", 1, size_of}, {"map_size", 1, size_of},
    {"byte_size", 1, size_of}, {"element", 2, element},   {"hd", 1, first},
    {"tl", 1, rest},           {"map_get", 2, map_get},   {"is_map_key", 2, is_map_key},
    {"self", 0, self},
};

static const operator_entry *find_operator(mb_term name, size_t operands) {
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if ((size_t)operators[i].operands == operands && mb_is(name, operators[i].name))
            return &operators[i];
    return NULL;
}

/* ---- expressions ----------------------------------------------------------------------------*/

static bool is_array(mb_term t) { return t.type == MB_TABLE && t.table->pair_count == 0; }
static bool is_constant(mb_term t) { return mb_is_tuple(t, 2) && mb_is(mb_element(t, 0), "const"); }
static bool is_constructor(mb_term t) {
    return mb_is_tuple(t, 1) && mb_element(t, 0).type == MB_TABLE;
}

static bool are_valid(mb_term array, size_t from) {
    for (size_t i = from; i < mb_array_size(array); i++)
        if (!mb_match_is_expression(mb_element(array, i)))
            return false;
    return true;
}

bool mb_match_is_expression(mb_term t) {
    if (!is_array(t) || mb_array_size(t) == 0 || is_constant(t))
        return true;
    if (is_constructor(t))
        return are_valid(mb_element(t, 0), 0);
    return find_operator(mb_element(t, 0), mb_array_size(t) - 1) && are_valid(t, 1);
}

bool mb_match_is_specification(mb_term clause) {
    return is_array(clause) && mb_array_size(clause) == 3 &&
           mb_element(clause, 1).type == MB_TABLE && mb_element(clause, 2).type == MB_TABLE &&
           mb_array_size(mb_element(clause, 2)) > 0 && are_valid(mb_element(clause, 1), 0) &&
           are_valid(mb_element(clause, 2), 0);
}

/* "$$": all variables, in order */
static bool all_variables(mb_runtime *rt, const mb_match *match, mb_term *out) {
    mb_term values[MB_MATCH_VARIABLES];
    size_t count = 0;
    for (int i = 0; i < MB_MATCH_VARIABLES; i++)
        if (match->bound[i])
            values[count++] = match->values[i];
    return mb_tuple(rt, out, count, values);
}

static bool build_array(mb_runtime *rt, mb_term elements, const mb_match *match, mb_term *out) {
    size_t count = mb_array_size(elements), made = 0;
    mb_term *values = mb_allocate(rt, NULL, 0, (count + 1) * sizeof *values);
    if (!values)
        return false;
    while (made < count &&
           mb_match_evaluate(rt, mb_element(elements, made), match, &values[made]))
        made++;
    bool done = made == count && mb_tuple(rt, out, count, values);
    while (made > 0)
        mb_release(rt, values[--made]);
    mb_allocate(rt, values, (count + 1) * sizeof *values, 0);
    return done;
}

static bool apply(mb_runtime *rt, mb_term t, const mb_match *match, mb_term *out) {
    mb_term operands[2] = {mb_nil(), mb_nil()};
    size_t count = mb_array_size(t) - 1, made = 0;
    const operator_entry *found = find_operator(mb_element(t, 0), count);
    while (found && made < count &&
           mb_match_evaluate(rt, mb_element(t, made + 1), match, &operands[made]))
        made++;
    bool done = found && made == count && found->apply(rt, operands, out);
    while (made > 0)
        mb_release(rt, operands[--made]);
    return done;
}

bool mb_match_evaluate(mb_runtime *rt, mb_term t, const mb_match *match, mb_term *out) {
    int variable = variable_of(t);
    *out = mb_nil();
    if (variable >= 0) {
        *out = mb_retain(match->values[variable]);
        return match->bound[variable];
    }
    if (mb_is(t, "$_")) {
        *out = mb_retain(match->subject);
        return true;
    }
    if (mb_is(t, "$$"))
        return all_variables(rt, match, out);
    if (!is_array(t) || mb_array_size(t) == 0) {
        *out = mb_retain(t);
        return true;
    }
    if (is_constant(t)) {
        *out = mb_retain(mb_element(t, 1));
        return true;
    }
    return is_constructor(t) ? build_array(rt, mb_element(t, 0), match, out)
                             : apply(rt, t, match, out);
}

bool mb_match_guards(mb_runtime *rt, mb_term guards, const mb_match *match) {
    for (size_t i = 0; i < mb_array_size(guards); i++) {
        mb_term value;
        bool known = mb_match_evaluate(rt, mb_element(guards, i), match, &value);
        bool holds = known && value.type == MB_BOOLEAN && value.boolean;
        mb_release(rt, value);
        if (!holds)
            return false;
    }
    return true;
}
