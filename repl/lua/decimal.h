/* Decimal numbers as ericmj's decimal 2.4 for Elixir has them: sign * coef * 10 ^ exp, exact, with
 * results rounded to the precision of a context. Knows no Lua; GMP does the arithmetic. */
#ifndef MOON_DECIMAL_H
#define MOON_DECIMAL_H

#include <gmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Exponents beyond are refused: "exponent out of range". */
#define MOON_DECIMAL_MAX_EXP INT64_C(100000000000000000)

typedef enum moon_decimal_kind { MOON_FINITE, MOON_INFINITY, MOON_NAN } moon_decimal_kind;

typedef struct moon_decimal {
    int sign; /* 1 or -1 */
    moon_decimal_kind kind;
    mpz_t coef; /* not negative; of FINITE only */
    int64_t exp;
} moon_decimal;

typedef enum moon_rounding {
    MOON_ROUND_DOWN,
    MOON_ROUND_HALF_UP,
    MOON_ROUND_HALF_EVEN,
    MOON_ROUND_CEILING,
    MOON_ROUND_FLOOR,
    MOON_ROUND_HALF_DOWN,
    MOON_ROUND_UP,
    MOON_ROUNDINGS,
} moon_rounding;

typedef enum moon_signal {
    MOON_INVALID_OPERATION,
    MOON_DIVISION_BY_ZERO,
    MOON_ROUNDED,
    MOON_INEXACT,
    MOON_OVERFLOW,
    MOON_UNDERFLOW,
    MOON_SIGNALS,
} moon_signal;

/* A set in the order in which the library keeps it: the newest first. */
typedef struct moon_signals {
    size_t count;
    moon_signal list[MOON_SIGNALS];
} moon_signals;

typedef struct moon_decimal_context {
    int64_t precision; /* > 0 */
    moon_rounding rounding;
    int64_t emax, emin; /* MOON_DECIMAL_MAX_EXP and its negative: no limit */
    moon_signals flags, traps;
    bool flagged;       /* an operation has added a flag */
    moon_signal signal; /* why an operation failed; MOON_SIGNALS: the reason says it all */
    const char *reason; /* may be NULL */
} moon_decimal_context;

extern const char *const moon_rounding_names[MOON_ROUNDINGS];
extern const char *const moon_signal_names[MOON_SIGNALS];

/* Adds to the front, unless it is there; false when it was. */
bool moon_signals_put(moon_signals *signals, moon_signal signal);

/* The operations. r is another number than a and b. False: a trapped signal or an exponent out of
 * range, as signal and reason of the context tell; r is then of no meaning. */
typedef bool moon_decimal_operation(moon_decimal_context *c, moon_decimal *r, const moon_decimal *a,
                                    const moon_decimal *b);
moon_decimal_operation moon_decimal_add, moon_decimal_sub, moon_decimal_mult, moon_decimal_div,
    moon_decimal_div_int, moon_decimal_rem, moon_decimal_max, moon_decimal_min;
bool moon_decimal_div_rem(moon_decimal_context *c, moon_decimal *quotient, moon_decimal *remainder,
                          const moon_decimal *a, const moon_decimal *b);

/* These change r itself. */
bool moon_decimal_apply(moon_decimal_context *c, moon_decimal *r);
bool moon_decimal_normalize(moon_decimal_context *c, moon_decimal *r);
bool moon_decimal_sqrt(moon_decimal_context *c, moon_decimal *r);
bool moon_decimal_round(moon_decimal_context *c, moon_decimal *r, int64_t places,
                        moon_rounding mode);

/* *order: -1, 0, 1; 2 where a NaN lets it be none of them (and the signal is not trapped). */
bool moon_decimal_compare(moon_decimal_context *c, const moon_decimal *a, const moon_decimal *b,
                          int *order);

void moon_decimal_copy(moon_decimal *r, const moon_decimal *a);
/* How many digits coef has; 1 for 0. */
size_t moon_decimal_digits(const mpz_t coef);
/* Takes the zeros off coef's end; returns how many. */
int64_t moon_decimal_strip(mpz_t coef);

#endif
