/* Decimal.to_string/2 (scientific) and the Inspect protocol of decimal 2.4. */
#include "decimal_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

typedef struct output {
    mb_write write;
    void *context;
} output;

static void put(output out, const char *bytes, size_t size) {
    if (size > 0) out.write(out.context, bytes, size);
}

/* digits with a point after the first `whole` ones. */
static void put_split(output out, const char *digits, size_t size, size_t whole) {
    put(out, digits, whole);
    if (whole < size) put(out, ".", 1);
    put(out, digits + whole, size - whole);
}

void mb_write_decimal(int sign, const char *digits, size_t size, int64_t exp, mb_write write,
                      void *context) {
    static const char zeros[] = "0.000000";
    output out = {write, context};
    int64_t adjusted = exp + (int64_t)size - 1;
    if (sign < 0) put(out, "-", 1);
    if (exp <= 0 && adjusted >= 0) {
        put_split(out, digits, size, (size_t)adjusted + 1);
    } else if (exp < 0 && adjusted >= -6) {
        put(out, zeros, (size_t)(1 - adjusted));
        put(out, digits, size);
    } else {
        char power[32];
        int length = snprintf(power, sizeof power, "E%s%" PRId64, exp >= 0 ? "+" : "", adjusted);
        put_split(out, digits, size, 1);
        put(out, power, (size_t)length);
    }
}

/* The digits of a coefficient: a string, or an integer, written into text. NULL: it is neither. */
static const char *digits_of(const mb_term *coef, char text[24], size_t *size) {
    if (coef->type == MB_STRING) return mb_bytes(coef, size);
    if (coef->type != MB_INTEGER || coef->integer < 0) return NULL;
    *size = (size_t)snprintf(text, 24, "%" PRId64, coef->integer);
    return text;
}

bool mb_write_decimal_struct(const mb_table *table, mb_write write, void *context) {
    mb_term whole = mb_scalar(MB_TABLE, 0);
    whole.table = (mb_table *)(uintptr_t)table;
    if (table->pair_count != 3 || table->array_size != 0 || !mb_is(table->tag, "Decimal"))
        return false;
    char text[24];
    size_t size;
    output out = {write, context};
    mb_term sign = mb_get(whole, "sign"), coef = mb_get(whole, "coef"), exp = mb_get(whole, "exp");
    const char *digits = digits_of(&coef, text, &size);
    if (!digits || sign.type != MB_INTEGER || exp.type != MB_INTEGER) return false;
    put(out, "Decimal.new(\"", 13);
    if (mb_is(coef, "NaN") || mb_is(coef, "inf")) {
        put(out, "-", sign.integer < 0);
        put(out, mb_is(coef, "NaN") ? "NaN" : "Infinity", mb_is(coef, "NaN") ? 3 : 8);
    } else {
        mb_write_decimal((int)sign.integer, digits, size, exp.integer, write, context);
    }
    put(out, "\")", 2);
    return true;
}
