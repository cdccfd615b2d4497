/* Sums, products, quotients and roots. */
#include "lua/decimal_number.h"

static bool copied(moon_decimal *r, const moon_decimal *a) {
    moon_decimal_copy(r, a);
    return true;
}

static bool copied_with_sign(moon_decimal *r, const moon_decimal *a, int sign) {
    moon_decimal_copy(r, a);
    r->sign = sign;
    return true;
}

/* -------------------------------------------------------------------------------------- addition
 */

static int sign_of_sum(const moon_decimal_context *c, int a, int b, const mpz_t sum) {
    if (mpz_sgn(sum) != 0)
        return mpz_sgn(sum);
    return (a == -1 && b == -1) || (a != b && c->rounding == MOON_ROUND_FLOOR) ? -1 : 1;
}

/* a and 0, whose exponent the sum gets if that takes no more zeros than the precision allows. */
static bool add_zero(moon_decimal_context *c, moon_decimal *r, const moon_decimal *a,
                     int64_t zero_exp) {
    moon_decimal_copy(r, a);
    int64_t gap = a->exp - zero_exp;
    if (gap > c->precision + 2) {
        gap = c->precision + 1 - (moon_decimal_length(a) - 1);
        gap = gap > 0 ? gap : 0;
    }
    if (gap > 0) {
        moon_scale(r->coef, r->coef, gap);
        r->exp -= gap;
    }
    return moon_decimal_apply(c, r);
}

/* r = the coefficient that a has at exponent exp, with a's sign; whether digits were lost. */
static bool at_exponent(mpz_t r, const moon_decimal *a, int64_t exp) {
    bool lost = false;
    if (a->exp >= exp) {
        moon_scale(r, a->coef, a->exp - exp);
    } else if (exp - a->exp >= moon_decimal_length(a)) {
        lost = mpz_sgn(a->coef) != 0;
        mpz_set_ui(r, 0);
    } else {
        mpz_t power;
        mpz_init(power);
        moon_power_of_10(power, exp - a->exp);
        lost = !mpz_divisible_p(a->coef, power);
        mpz_tdiv_q(r, a->coef, power);
        mpz_clear(power);
    }
    if (a->sign < 0)
        mpz_neg(r, r);
    return lost;
}

/* What was lost of the smaller one turns a sum of the other sign one towards zero. */
static void give_back(mpz_t sum, int lost_sign) {
    int sign = mpz_sgn(sum);
    if (sign > 0 && lost_sign < 0)
        mpz_sub_ui(sum, sum, 1);
    else if (sign < 0 && lost_sign > 0)
        mpz_add_ui(sum, sum, 1);
}

static bool add_finite(moon_decimal_context *c, moon_decimal *r, const moon_decimal *a,
                       const moon_decimal *b) {
    int64_t first = moon_decimal_adjusted(a), second = moon_decimal_adjusted(b),
            work = c->precision + 2;
    const moon_decimal *high = first >= second ? a : b, *low = high == a ? b : a;
    int64_t top = high == a ? first : second;
    r->kind = MOON_FINITE;
    r->exp = a->exp < b->exp ? a->exp : b->exp;
    if (top - (high == a ? second : first) > work)
        r->exp = high->exp < top - work + 1 ? high->exp : top - work + 1;
    mpz_t addend;
    mpz_init(addend);
    at_exponent(r->coef, high, r->exp);
    bool sticky = at_exponent(addend, low, r->exp);
    mpz_add(r->coef, r->coef, addend);
    mpz_clear(addend);
    if (sticky)
        give_back(r->coef, low->sign);
    r->sign = sign_of_sum(c, a->sign, b->sign, r->coef);
    mpz_abs(r->coef, r->coef);
    return moon_in_context(c, r, (moon_signals){0}, sticky);
}

bool moon_decimal_add(moon_decimal_context *c, moon_decimal *r, const moon_decimal *a,
                      const moon_decimal *b) {
    if (a->kind == MOON_NAN || b->kind == MOON_NAN)
        return copied(r, a->kind == MOON_NAN ? a : b);
    if (a->kind == MOON_INFINITY && b->kind == MOON_INFINITY) {
        if (a->sign == b->sign)
            return copied(r, a->exp > b->exp ? a : b);
        moon_decimal_set(r, 1, MOON_NAN, 0, 0);
        return moon_raise_signal(c, MOON_INVALID_OPERATION, "adding +Infinity and -Infinity");
    }
    if (a->kind == MOON_INFINITY || b->kind == MOON_INFINITY)
        return copied(r, a->kind == MOON_INFINITY ? a : b);
    if (moon_is_zero(a) && moon_is_zero(b)) {
        moon_decimal_set(r, 1, MOON_FINITE, 0, a->exp < b->exp ? a->exp : b->exp);
        r->sign = sign_of_sum(c, a->sign, b->sign, r->coef);
        return moon_decimal_apply(c, r);
    }
    if (moon_is_zero(a) || moon_is_zero(b))
        return moon_is_zero(a) ? add_zero(c, r, b, a->exp) : add_zero(c, r, a, b->exp);
    return add_finite(c, r, a, b);
}

/* b as it is, but for the sign: shares its coefficient. */
static moon_decimal with_sign(const moon_decimal *b, int sign) {
    moon_decimal other = *b;
    other.sign = sign;
    return other;
}

bool moon_decimal_sub(moon_decimal_context *c, moon_decimal *r, const moon_decimal *a,
                      const moon_decimal *b) {
    moon_decimal other = with_sign(b, -b->sign);
    return moon_decimal_add(c, r, a, &other);
}

/* ----------------------------------------------------------------------------------- the product
 */

bool moon_decimal_mult(moon_decimal_context *c, moon_decimal *r, const moon_decimal *a,
                       const moon_decimal *b) {
    int sign = a->sign * b->sign;
    if (a->kind == MOON_NAN || b->kind == MOON_NAN)
        return copied(r, a->kind == MOON_NAN ? a : b);
    if (a->kind == MOON_INFINITY || b->kind == MOON_INFINITY) {
        bool undefined = moon_is_zero(a) || moon_is_zero(b);
        moon_decimal_set(r, undefined ? 1 : sign, undefined ? MOON_NAN : MOON_INFINITY, 0,
                         undefined ? 0 : a->exp + b->exp);
        return !undefined || moon_raise_signal(c, MOON_INVALID_OPERATION, "0 * ±Infinity");
    }
    moon_decimal_set(r, sign, MOON_FINITE, 0, a->exp + b->exp);
    mpz_mul(r->coef, a->coef, b->coef);
    return moon_decimal_apply(c, r);
}

/* -------------------------------------------------------------------------------------- division
 */

/* q, rest = a * 10^n / b, for n of either sign. */
static void divide_scaled(mpz_t q, mpz_t rest, const mpz_t a, int64_t n, const mpz_t b) {
    mpz_t scaled;
    mpz_init(scaled);
    moon_scale(scaled, n < 0 ? b : a, n < 0 ? -n : n);
    if (n < 0)
        mpz_tdiv_qr(q, rest, a, scaled);
    else
        mpz_tdiv_qr(q, rest, scaled, b);
    mpz_clear(scaled);
}

/* The least n for which a * 10^n is not less than b. */
static int64_t adjustment(const mpz_t a, const mpz_t b) {
    int64_t n = (int64_t)moon_decimal_digits(b) - (int64_t)moon_decimal_digits(a);
    mpz_t scaled;
    mpz_init(scaled);
    moon_scale(scaled, n < 0 ? b : a, n < 0 ? -n : n);
    bool less = n < 0 ? mpz_cmp(a, scaled) < 0 : mpz_cmp(scaled, b) < 0;
    mpz_clear(scaled);
    return n + less;
}

static bool is_power_of_10(const mpz_t a) {
    mpz_t one;
    mpz_init_set(one, a);
    moon_decimal_strip(one);
    bool is = mpz_cmp_ui(one, 1) == 0;
    mpz_clear(one);
    return is;
}

/* The part of all divisions for operands that are not both finite, or for division by 0. True: it
 * was one of them; *ok and r are the answer. */
static bool divided_specially(moon_decimal_context *c, moon_decimal *r, const moon_decimal *a,
                              const moon_decimal *b, bool *ok) {
    *ok = true;
    if (a->kind == MOON_NAN || b->kind == MOON_NAN) {
        moon_decimal_copy(r, a->kind == MOON_NAN ? a : b);
    } else if ((a->kind == MOON_INFINITY && b->kind == MOON_INFINITY) ||
               (moon_is_zero(a) && moon_is_zero(b))) {
        moon_decimal_set(r, 1, MOON_NAN, 0, 0);
        *ok = moon_raise_signal(c, MOON_INVALID_OPERATION,
                                moon_is_zero(a) ? "0 / 0" : "±Infinity / ±Infinity");
    } else if (a->kind == MOON_INFINITY) {
        copied_with_sign(r, a, a->sign * b->sign);
    } else if (b->kind == MOON_INFINITY) {
        moon_decimal_set(r, a->sign * b->sign, MOON_FINITE, 0, a->exp - b->exp);
    } else if (moon_is_zero(b)) {
        moon_decimal_set(r, a->sign * b->sign, MOON_INFINITY, 0, 0);
        *ok = moon_raise_signal(c, MOON_DIVISION_BY_ZERO, NULL);
    } else {
        return false;
    }
    return true;
}

bool moon_decimal_div(moon_decimal_context *c, moon_decimal *r, const moon_decimal *a,
                      const moon_decimal *b) {
    bool ok;
    if (divided_specially(c, r, a, b, &ok))
        return ok;
    moon_decimal_set(r, a->sign * b->sign, MOON_FINITE, 0, a->exp - b->exp);
    if (moon_is_zero(a))
        return moon_decimal_apply(c, r);
    /* One digit more than the precision has, fewer when it comes out even. */
    int64_t adjust = adjustment(a->coef, b->coef), places = adjust + c->precision;
    moon_signals signals = {0};
    mpz_t rest;
    mpz_init(rest);
    divide_scaled(r->coef, rest, a->coef, places, b->coef);
    if (mpz_sgn(rest) == 0 && places >= 0) {
        int64_t least = adjust > 0 ? adjust : 0, kept = places - moon_decimal_strip(r->coef);
        moon_scale(r->coef, r->coef, kept < least ? least - kept : 0);
        places = kept < least ? least : kept;
    } else {
        moon_signals_put(&signals, MOON_ROUNDED);
        if (!is_power_of_10(rest))
            moon_signals_put(&signals, MOON_INEXACT);
    }
    mpz_clear(rest);
    r->exp -= places;
    return moon_in_context(c, r, signals, false);
}

/* The integer part of a / b, both finite, b not 0. */
static bool integer_part(moon_decimal_context *c, moon_decimal *r, const moon_decimal *a,
                         const moon_decimal *b) {
    int64_t gap = a->exp - b->exp;
    moon_decimal_set(r, a->sign * b->sign, MOON_FINITE, 0, 0);
    if (moon_compare_sizes(a, b) < 0) {
        r->exp = gap;
        return true;
    }
    bool too_large = gap - adjustment(a->coef, b->coef) > c->precision;
    if (!too_large) {
        mpz_t rest, power;
        mpz_inits(rest, power, NULL);
        divide_scaled(r->coef, rest, a->coef, gap, b->coef);
        moon_power_of_10(power, c->precision);
        too_large = mpz_cmp(r->coef, power) > 0;
        mpz_clears(rest, power, NULL);
    }
    if (!too_large)
        return true;
    moon_decimal_set(r, 1, MOON_NAN, 0, 0);
    return moon_raise_signal(c, MOON_INVALID_OPERATION,
                             "integer division impossible, quotient too large");
}

bool moon_decimal_div_int(moon_decimal_context *c, moon_decimal *r, const moon_decimal *a,
                          const moon_decimal *b) {
    bool ok;
    return divided_specially(c, r, a, b, &ok) ? ok : integer_part(c, r, a, b);
}

/* What is left of a; both finite, b not 0. */
static bool leave_rest(moon_decimal_context *c, moon_decimal *quotient, moon_decimal *r,
                       const moon_decimal *a, const moon_decimal *b) {
    if (!integer_part(c, quotient, a, b))
        return false;
    if (quotient->kind == MOON_NAN)
        return copied(r, quotient);
    if (moon_is_zero(quotient))
        return copied(r, a);
    moon_decimal product;
    mpz_init(product.coef);
    bool ok = moon_decimal_mult(c, &product, b, quotient) && moon_decimal_sub(c, r, a, &product);
    mpz_clear(product.coef);
    return ok;
}

/* After divided_specially and for the same operands: what rem answers. */
static bool special_rest(moon_decimal *r, const moon_decimal *a, const moon_decimal *b) {
    if (b->kind == MOON_INFINITY && a->kind == MOON_FINITE)
        return copied_with_sign(r, b, a->sign);
    if (a->kind == MOON_INFINITY && b->kind == MOON_FINITE)
        moon_decimal_set(r, a->sign, MOON_FINITE, 0, 0);
    else if (moon_is_zero(b) && a->kind == MOON_FINITE && !moon_is_zero(a))
        moon_decimal_set(r, a->sign, MOON_FINITE, 0, 0);
    return true;
}

bool moon_decimal_rem(moon_decimal_context *c, moon_decimal *r, const moon_decimal *a,
                      const moon_decimal *b) {
    bool ok;
    if (divided_specially(c, r, a, b, &ok))
        return ok && special_rest(r, a, b);
    moon_decimal quotient;
    mpz_init(quotient.coef);
    ok =
        leave_rest(c, &quotient, r, a, b) && (!moon_is_zero(&quotient) || moon_decimal_apply(c, r));
    mpz_clear(quotient.coef);
    return ok;
}

bool moon_decimal_div_rem(moon_decimal_context *c, moon_decimal *quotient, moon_decimal *remainder,
                          const moon_decimal *a, const moon_decimal *b) {
    bool ok;
    if (!divided_specially(c, quotient, a, b, &ok))
        return leave_rest(c, quotient, remainder, a, b);
    moon_decimal_copy(remainder, quotient);
    return ok && special_rest(remainder, a, b);
}

/* ----------------------------------------------------------------------------------- square root
 */

/* The exponent of the root: half of exp, rounded down. */
static int64_t half(int64_t exp) { return exp / 2 - (exp % 2 < 0); }

/* A root that comes out even keeps the exponent half(exp), IEEE 754's preference; any other has one
 * digit more than the precision, which is rounded off. */
static bool take_root(moon_decimal_context *c, moon_decimal *r) {
    int64_t digits = moon_decimal_length(r), shift = c->precision + 1 - (digits + 1) / 2;
    if (r->exp % 2 != 0) {
        mpz_mul_ui(r->coef, r->coef, 10);
        shift = c->precision + 1 - (digits / 2 + 1);
    }
    mpz_t rest;
    mpz_init_set_ui(rest, 0);
    if (shift >= 0) {
        moon_scale(r->coef, r->coef, 2 * shift);
    } else {
        mpz_t power;
        mpz_init(power);
        moon_power_of_10(power, -2 * shift);
        mpz_tdiv_qr(r->coef, rest, r->coef, power);
        mpz_clear(power);
    }
    bool exact = mpz_sgn(rest) == 0;
    mpz_sqrtrem(r->coef, rest, r->coef);
    exact = exact && mpz_sgn(rest) == 0;
    r->exp = half(r->exp) - shift;
    if (exact) {
        moon_power_of_10(rest, shift < 0 ? -shift : shift);
        if (shift >= 0)
            mpz_tdiv_q(r->coef, r->coef, rest);
        else
            mpz_mul(r->coef, r->coef, rest);
        r->exp += shift;
    }
    mpz_clear(rest);
    return moon_decimal_apply(c, r);
}

bool moon_decimal_sqrt(moon_decimal_context *c, moon_decimal *r) {
    if (r->kind == MOON_NAN)
        return moon_raise_signal(c, MOON_INVALID_OPERATION, "operation on NaN");
    if (moon_is_zero(r)) {
        r->exp = half(r->exp);
        return true;
    }
    if (r->sign == -1)
        return moon_raise_signal(c, MOON_INVALID_OPERATION, "less than zero");
    return r->kind == MOON_INFINITY || take_root(c, r);
}
