/* Decimal.parse/2: [sign] (digits [. digits] | . digits) [e [sign] digits], Infinity, Inf, NaN. */
#include "lua/decimal_parse.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static size_t count_digits(const char *text, size_t size) {
    size_t n = 0;
    while (n < size && is_digit(text[n]))
        n++;
    return n;
}

/* The bytes of a word at the start of text, 0 for none. "inf" counts only where there is no room
 * for "infinity", as in the library. */
static size_t parse_word(const char *text, size_t size, moon_decimal_kind *kind) {
    size_t wanted = size >= 8 ? 8 : 3;
    if (size >= 3 && strncasecmp(text, "nan", 3) == 0) {
        *kind = MOON_NAN;
        return 3;
    }
    if (size < 3 || strncasecmp(text, "infinity", wanted) != 0)
        return 0;
    *kind = MOON_INFINITY;
    return wanted;
}

/* The bytes of "e-12" at the start of text, 0 for none. Beyond what is ever wanted, *exp stays. */
static size_t parse_exponent(const char *text, size_t size, int64_t *exp) {
    *exp = 0;
    if (size < 2 || (*text != 'e' && *text != 'E'))
        return 0;
    size_t at = text[1] == '+' || text[1] == '-' ? 2 : 1;
    size_t digits = count_digits(text + at, size - at);
    for (size_t i = at; i < at + digits; i++)
        if (*exp <= MOON_DECIMAL_MAX_EXP)
            *exp = *exp * 10 + (text[i] - '0');
    if (text[1] == '-')
        *exp = -*exp;
    return digits ? at + digits : 0;
}

/* whole digits, then fraction digits behind a point. */
static bool set_coefficient(mpz_t coef, const char *text, size_t whole, size_t fraction) {
    char *digits = malloc(whole + fraction + 1);
    if (!digits)
        return false;
    memcpy(digits, text, whole);
    if (fraction)
        memcpy(digits + whole, text + whole + 1, fraction);
    digits[whole + fraction] = '\0';
    mpz_set_str(coef, digits, 10);
    free(digits);
    return true;
}

static moon_parsed parse_unsigned(const char *text, size_t size, const moon_decimal_limits *limits,
                                  moon_decimal *d, size_t *used) {
    d->exp = 0;
    *used = parse_word(text, size, &d->kind);
    if (*used)
        return MOON_PARSED;
    size_t whole = count_digits(text, size), at = whole, fraction = 0;
    bool point = at < size && text[at] == '.';
    if (point) {
        fraction = count_digits(text + at + 1, size - at - 1);
        at += 1 + fraction;
    }
    if (whole + fraction == 0 || (int64_t)(whole + fraction) > limits->digits)
        return MOON_NO_NUMBER;
    *used = at + parse_exponent(text + at, size - at, &d->exp);
    d->kind = MOON_FINITE;
    d->exp -= (int64_t)fraction;
    if (d->exp > limits->exponent || d->exp < -limits->exponent)
        return MOON_NO_NUMBER;
    return set_coefficient(d->coef, text, whole, fraction) ? MOON_PARSED : MOON_PARSE_NO_MEMORY;
}

moon_parsed moon_decimal_parse(const char *text, size_t size, const moon_decimal_limits *limits,
                               moon_decimal *d, size_t *used) {
    static const moon_decimal_limits none = {MOON_NO_LIMIT, MOON_DECIMAL_MAX_EXP};
    size_t sign = size > 0 && (*text == '+' || *text == '-');
    moon_parsed parsed = parse_unsigned(text + sign, size - sign, limits ? limits : &none, d, used);
    d->sign = sign && *text == '-' ? -1 : 1;
    *used += sign;
    return parsed;
}
