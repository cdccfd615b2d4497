/* What the guards and bodies of match specifications may call. */
#include <math.h>

#include "match.h"
#include "runtime.h"

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

#define FUNCTION(name) static bool name(mb_match_run *run, const mb_term *o, mb_term *out)
/* Of two operands, or one, that the condition has to hold for. */
#define GUARD(name, condition)                                                                    \
    FUNCTION(name) {                                                                              \
        (void)run;                                                                                \
        return give(out, condition);                                                              \
    }
#define NUMBER(name, condition, result)                                                           \
    FUNCTION(name) {                                                                              \
        (void)run;                                                                                \
        if (!(condition))                                                                         \
            return false;                                                                         \
        *out = result;                                                                            \
        return out->type != MB_FLOAT || isfinite(out->real);                                      \
    }
/* Integers wrap around, as Lua's. */
#define WRAPPED(a, operator, b) mb_integer((int64_t)((uint64_t)(a) operator(uint64_t)(b)))
#define ARITHMETIC(name, operator)                                                                \
    NUMBER(name, are_numbers(o),                                                                  \
           are_integers(o) ? WRAPPED(o[0].integer, operator, o[1].integer)                        \
                           : mb_float(real_of(o[0]) operator real_of(o[1])))
#define BITWISE(name, operator)                                                                   \
    NUMBER(name, are_integers(o), WRAPPED(o[0].integer, operator, o[1].integer))

/* ---- Comparisons and types */

GUARD(equal, mb_equal(o[0], o[1]))
GUARD(differ, !mb_equal(o[0], o[1]))
GUARD(identical, o[0].type == o[1].type && mb_equal(o[0], o[1]))
GUARD(not_identical, o[0].type != o[1].type || !mb_equal(o[0], o[1]))
GUARD(less, mb_compare(o[0], o[1]) < 0)
GUARD(at_most, mb_compare(o[0], o[1]) <= 0)
GUARD(greater, mb_compare(o[0], o[1]) > 0)
GUARD(at_least, mb_compare(o[0], o[1]) >= 0)

GUARD(is_integer, o[0].type == MB_INTEGER)
GUARD(is_float, o[0].type == MB_FLOAT)
GUARD(is_number_, is_number(o[0]))
GUARD(is_string, o[0].type == MB_STRING)
GUARD(is_boolean, o[0].type == MB_BOOLEAN)
GUARD(is_nil, o[0].type == MB_NIL)
GUARD(is_table, o[0].type == MB_TABLE)
GUARD(is_pid, o[0].type == MB_PID)
GUARD(is_reference, o[0].type == MB_REFERENCE)
GUARD(is_function, o[0].type == MB_OBJECT)

FUNCTION(negation) {
    (void)run;
    return o[0].type == MB_BOOLEAN && give(out, !o[0].boolean);
}

FUNCTION(one_of) {
    (void)run;
    return o[0].type == MB_BOOLEAN && o[1].type == MB_BOOLEAN &&
           give(out, o[0].boolean != o[1].boolean);
}

/* ---- Numbers */

ARITHMETIC(add, +)
ARITHMETIC(subtract, -)
ARITHMETIC(multiply, *)
NUMBER(divide, are_numbers(o) && real_of(o[1]) != 0, mb_float(real_of(o[0]) / real_of(o[1])))
BITWISE(bits_and, &)
BITWISE(bits_or, |)
BITWISE(bits_xor, ^)
NUMBER(bits_not, o[0].type == MB_INTEGER, mb_integer(~o[0].integer))
NUMBER(itself, is_number(o[0]), o[0])
NUMBER(to_float, is_number(o[0]), mb_float(real_of(o[0])))

FUNCTION(negate) { return subtract(run, (mb_term[]){mb_integer(0), o[0]}, out); }

FUNCTION(absolute) {
    bool negative = o[0].type == MB_FLOAT ? signbit(o[0].real)
                                          : o[0].type == MB_INTEGER && o[0].integer < 0;
    return negative ? negate(run, o, out) : itself(run, o, out);
}

/* What overflows when divided by -1 wraps around. */
NUMBER(quotient, are_integers(o) && o[1].integer != 0,
       o[1].integer == -1 ? WRAPPED(0, -, o[0].integer) : mb_integer(o[0].integer / o[1].integer))
NUMBER(remainder_of, are_integers(o) && o[1].integer != 0,
       mb_integer(o[1].integer == -1 ? 0 : o[0].integer % o[1].integer))

static bool can_shift(const mb_term *o) {
    return are_integers(o) && o[1].integer >= 0 && o[1].integer < 64;
}
NUMBER(shift_left, can_shift(o), WRAPPED(o[0].integer, <<, o[1].integer))
NUMBER(shift_right, can_shift(o),
       o[0].integer < 0 ? mb_integer((int64_t)~(~(uint64_t)o[0].integer >> o[1].integer))
                        : WRAPPED(o[0].integer, >>, o[1].integer))

/* Cuts off what is behind the point. */
static bool whole(double real, mb_term *out) {
    if (!(real >= -0x1p63 && real < 0x1p63))
        return false;
    *out = mb_integer((int64_t)real);
    return true;
}

FUNCTION(rounded) {
    if (o[0].type != MB_FLOAT)
        return itself(run, o, out);
    return whole(o[0].real + (o[0].real < 0 ? -0.5 : 0.5), out);
}
FUNCTION(truncated) {
    return o[0].type == MB_FLOAT ? whole(o[0].real, out) : itself(run, o, out);
}

/* ---- Strings and tables */

static bool string_size(mb_term t, size_t scale, mb_term *out) {
    size_t size;
    if (t.type != MB_STRING)
        return false;
    mb_bytes(&t, &size);
    *out = mb_integer((int64_t)(size * scale));
    return true;
}

FUNCTION(byte_size) {
    (void)run;
    return string_size(o[0], 1, out);
}
FUNCTION(bit_size) {
    (void)run;
    return string_size(o[0], 8, out);
}

FUNCTION(binary_part) {
    size_t size;
    if (o[0].type != MB_STRING || !are_integers(&o[1]))
        return false;
    const char *bytes = mb_bytes(&o[0], &size);
    int64_t start = o[1].integer, length = o[2].integer;
    if (start < 0 || length < 0 || (uint64_t)start > size ||
        (uint64_t)length > size - (uint64_t)start)
        return false;
    run->no_memory |= !mb_string_new(run->rt, bytes + start, (size_t)length, out);
    return !run->no_memory;
}

NUMBER(length_of, o[0].type == MB_TABLE, mb_integer((int64_t)mb_array_size(o[0])))
NUMBER(map_size, o[0].type == MB_TABLE,
       mb_integer((int64_t)o[0].table->array_size + o[0].table->pair_count))

FUNCTION(size_of) {
    return o[0].type == MB_STRING ? byte_size(run, o, out) : length_of(run, o, out);
}

/* { "element", 1, array } counts from 1. */
FUNCTION(element) {
    (void)run;
    if (o[0].type != MB_INTEGER || o[0].integer < 1 ||
        (uint64_t)o[0].integer > mb_array_size(o[1]))
        return false;
    *out = mb_retain(mb_element(o[1], (size_t)o[0].integer - 1));
    return true;
}

FUNCTION(head) { return element(run, (mb_term[]){mb_integer(1), o[0]}, out); }

FUNCTION(tail) {
    if (mb_array_size(o[0]) == 0)
        return false;
    run->no_memory |= !mb_tuple(run->rt, out, mb_array_size(o[0]) - 1, o[0].table->cells + 1);
    return !run->no_memory;
}

FUNCTION(map_get) {
    if (o[1].type != MB_TABLE)
        return false;
    const mb_term *found = mb_match_find_pair(o[1].table, o[0]);
    if (!found)
        return element(run, o, out);
    *out = mb_retain(*found);
    return true;
}

FUNCTION(is_map_key) {
    if (o[1].type != MB_TABLE)
        return false;
    bool found = map_get(run, o, out);
    if (found)
        mb_release(run->rt, *out);
    return give(out, found);
}

/* ---- The rest */

FUNCTION(self) {
    (void)o;
    mb_process *current = mb_current(run->rt);
    if (current)
        *out = mb_pid_term(mb_self(current));
    return current != NULL;
}

FUNCTION(node) {
    (void)o;
    *out = mb_retain(mb_node_name(mb_here(run->rt)));
    return true;
}

FUNCTION(node_of) {
    return (o[0].type == MB_PID || o[0].type == MB_REFERENCE) && node(run, o, out);
}

static const mb_match_operator OPERATORS[] = {
    {"==", 2, equal},
    {"/=", 2, differ},
    {"~=", 2, differ},
    {"=:=", 2, identical},
    {"=/=", 2, not_identical},
    {"<", 2, less},
    {"=<", 2, at_most},
    {"<=", 2, at_most},
    {">", 2, greater},
    {">=", 2, at_least},
    {"is_integer", 1, is_integer},
    {"is_float", 1, is_float},
    {"is_number", 1, is_number_},
    {"is_atom", 1, is_string},
    {"is_binary", 1, is_string},
    {"is_string", 1, is_string},
    {"is_boolean", 1, is_boolean},
    {"is_nil", 1, is_nil},
    {"is_list", 1, is_table},
    {"is_tuple", 1, is_table},
    {"is_map", 1, is_table},
    {"is_table", 1, is_table},
    {"is_pid", 1, is_pid},
    {"is_reference", 1, is_reference},
    {"is_function", 1, is_function},
    {"not", 1, negation},
    {"xor", 2, one_of},
    {"+", 1, itself},
    {"+", 2, add},
    {"-", 1, negate},
    {"-", 2, subtract},
    {"*", 2, multiply},
    {"/", 2, divide},
    {"div", 2, quotient},
    {"rem", 2, remainder_of},
    {"band", 2, bits_and},
    {"bor", 2, bits_or},
    {"bxor", 2, bits_xor},
    {"bnot", 1, bits_not},
    {"bsl", 2, shift_left},
    {"bsr", 2, shift_right},
    {"abs", 1, absolute},
    {"float", 1, to_float},
    {"round", 1, rounded},
    {"trunc", 1, truncated},
    {"byte_size", 1, byte_size},
    {"bit_size", 1, bit_size},
    {"binary_part", 3, binary_part},
    {"size", 1, size_of},
    {"length", 1, length_of},
    {"map_size", 1, map_size},
    {"element", 2, element},
    {"hd", 1, head},
    {"tl", 1, tail},
    {"map_get", 2, map_get},
    {"is_map_key", 2, is_map_key},
    {"self", 0, self},
    {"node", 0, node},
    {"node", 1, node_of},
};

const mb_match_operator *mb_match_find_operator(mb_term name, size_t operands) {
    for (size_t i = 0; i < sizeof OPERATORS / sizeof *OPERATORS; i++)
        if (OPERATORS[i].operands == operands && mb_is(name, OPERATORS[i].name))
            return &OPERATORS[i];
    return NULL;
}
