/* What the two halves of the decimal arithmetic share. */
#ifndef MOON_DECIMAL_NUMBER_H
#define MOON_DECIMAL_NUMBER_H

#include "lua/decimal.h"

bool moon_is_zero(const moon_decimal *a);
void moon_decimal_set(moon_decimal *r, int sign, moon_decimal_kind kind, unsigned long coef,
                      int64_t exp);
/* Digits of the coefficient. */
int64_t moon_decimal_length(const moon_decimal *a);
/* The exponent of the first digit. */
int64_t moon_decimal_adjusted(const moon_decimal *a);

void moon_power_of_10(mpz_t r, int64_t n);
/* r = a * 10^n */
void moon_scale(mpz_t r, const mpz_t a, int64_t n);
/* The order of finite numbers without their signs. */
int moon_compare_sizes(const moon_decimal *a, const moon_decimal *b);

/* False when the signal is trapped. */
bool moon_raise_signal(moon_decimal_context *c, moon_signal signal, const char *reason);
/* Rounds r to the precision. sticky: digits that are not all 0 have been left out behind it. False
 * as an operation's. */
bool moon_in_context(moon_decimal_context *c, moon_decimal *r, moon_signals signals, bool sticky);

#endif
