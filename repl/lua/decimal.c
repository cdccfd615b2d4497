/* Each operation follows decimal.ex of the library, which follows IBM's General Decimal Arithmetic.
 * Powers of ten are only as long as an operand or the precision: an exponent costs nothing. */
#include "lua/decimal.h"

const char *const moon_rounding_names[MOON_ROUNDINGS] = {
    "down", "half_up", "half_even", "ceiling", "floor", "half_down", "up",
};
const char *const moon_signal_names[MOON_SIGNALS] = {
    "invalid_operation", "division_by_zero", "rounded", "inexact", "overflow", "underflow",
};

/* --------------------------------------------------------------------------------------- signals
 */

static bool contains(const moon_signals *signals, moon_signal signal) {
    for (size_t i = 0; i < signals->count; i++)
        if (signals->list[i] == signal)
            return true;
    return false;
}

bool moon_signals_put(moon_signals *signals, moon_signal signal) {
    if (contains(signals, signal))
        return false;
    for (size_t i = signals->count++; i > 0; i--)
        signals->list[i] = signals->list[i - 1];
    signals->list[0] = signal;
    return true;
}

static bool fail(moon_decimal_context *c, moon_signal signal, const char *reason) {
    c->signal = signal;
    c->reason = reason;
    return false;
}

/* False when one of them is trapped. */
static bool raise_signals(moon_decimal_context *c, const moon_signals *signals, const char *reason) {
    for (size_t i = 0; i < signals->count; i++)
        c->flagged |= moon_signals_put(&c->flags, signals->list[i]);
    for (size_t i = 0; i < signals->count; i++)
        if (contains(&c->traps, signals->list[i]))
            return fail(c, signals->list[i], reason);
    return true;
}

static bool raise_signal(moon_decimal_context *c, moon_signal signal, const char *reason) {
    return raise_signals(c, &(moon_signals){.count = 1, .list = {signal}}, reason);
}

/* --------------------------------------------------------------------------------------- numbers
 */

static bool is_zero(const moon_decimal *a) {
    return a->kind == MOON_FINITE && mpz_sgn(a->coef) == 0;
}

static void set(moon_decimal *r, int sign, moon_decimal_kind kind, unsigned long coef,
                int64_t exp) {
    r->sign = sign;
    r->kind = kind;
    r->exp = exp;
    mpz_set_ui(r->coef, coef);
}

void moon_decimal_copy(moon_decimal *r, const moon_decimal *a) {
    r->sign = a->sign;
    r->kind = a->kind;
    r->exp = a->exp;
    mpz_set(r->coef, a->coef);
}

static bool copied(moon_decimal *r, const moon_decimal *a) {
    moon_decimal_copy(r, a);
    return true;
}

static bool copied_with_sign(moon_decimal *r, const moon_decimal *a, int sign) {
    moon_decimal_copy(r, a);
    r->sign = sign;
    return true;
}

static void power_of_10(mpz_t r, int64_t n) {
    mpz_ui_pow_ui(r, 10, (unsigned long)n);
}

/* r = a * 10^n */
static void scale(mpz_t r, const mpz_t a, int64_t n) {
    if (n == 0 || mpz_sgn(a) == 0) {
        mpz_set(r, a);
        return;
    }
    mpz_t power;
    mpz_init(power);
    power_of_10(power, n);
    mpz_mul(r, a, power);
    mpz_clear(power);
}

size_t moon_decimal_digits(const mpz_t coef) {
    size_t digits = mpz_sizeinbase(coef, 10); /* may be one too many */
    if (digits < 2)
        return 1;
    mpz_t power;
    mpz_init(power);
    power_of_10(power, (int64_t)digits - 1);
    if (mpz_cmp(coef, power) < 0)
        digits--;
    mpz_clear(power);
    return digits;
}

static int64_t length(const moon_decimal *a) {
    return (int64_t)moon_decimal_digits(a->coef);
}

/* The exponent of the first digit. */
static int64_t adjusted(const moon_decimal *a) {
    return a->exp + length(a) - 1;
}

int64_t moon_decimal_strip(mpz_t coef) {
    if (mpz_sgn(coef) == 0)
        return 0;
    mpz_t ten;
    mpz_init_set_ui(ten, 10);
    int64_t count = (int64_t)mpz_remove(coef, coef, ten);
    mpz_clear(ten);
    return count;
}

/* -------------------------------------------------------------------------------------- rounding
 */

/* Whether coef grows by one when what follows it is dropped. half: how that compares with a half;
 * some: whether there is any digit to drop; inexact: whether one is not 0. sticky counts as a digit
 * beyond those. */
static bool grows(moon_rounding mode, int sign, const mpz_t coef, int half, bool some,
                  bool inexact, bool sticky) {
    switch (mode) {
    case MOON_ROUND_UP:
        return some || sticky;
    case MOON_ROUND_CEILING:
        return sign == 1 && inexact;
    case MOON_ROUND_FLOOR:
        return sign == -1 && inexact;
    case MOON_ROUND_HALF_UP:
        return some && half >= 0;
    case MOON_ROUND_HALF_DOWN:
        return some && (half > 0 || (half == 0 && sticky));
    case MOON_ROUND_HALF_EVEN:
        return some && (half > 0 || (half == 0 && (sticky || mpz_odd_p(coef))));
    default:
        return false;
    }
}

/* Drops the last `drop` digits (at most all of them); tells whether they, or sticky, say anything. */
static bool drop_digits(moon_decimal *r, int64_t drop, moon_rounding mode, bool sticky) {
    mpz_t power, rest;
    mpz_inits(power, rest, NULL);
    power_of_10(power, drop);
    mpz_tdiv_qr(r->coef, rest, r->coef, power);
    bool inexact = sticky || mpz_sgn(rest) != 0;
    mpz_mul_2exp(rest, rest, 1);
    if (grows(mode, r->sign, r->coef, mpz_cmp(rest, power), drop > 0, inexact, sticky))
        mpz_add_ui(r->coef, r->coef, 1);
    mpz_clears(power, rest, NULL);
    r->exp += drop;
    return inexact;
}

static bool to_infinity(moon_rounding mode, int sign) {
    return mode == MOON_ROUND_FLOOR     ? sign == -1
           : mode == MOON_ROUND_CEILING ? sign == 1
                                        : mode != MOON_ROUND_DOWN;
}

static void limit_exponent(const moon_decimal_context *c, moon_decimal *r, moon_signals *signals) {
    if (r->kind != MOON_FINITE || is_zero(r))
        return;
    int64_t exp = adjusted(r);
    bool over = c->emax < MOON_DECIMAL_MAX_EXP && exp > c->emax;
    bool under = c->emin > -MOON_DECIMAL_MAX_EXP && exp < c->emin;
    if (!over && !under)
        return;
    if (under) {
        set(r, r->sign, MOON_FINITE, 0, 0);
    } else if (to_infinity(c->rounding, r->sign)) {
        set(r, r->sign, MOON_INFINITY, 0, 0);
    } else {
        power_of_10(r->coef, c->precision);
        mpz_sub_ui(r->coef, r->coef, 1);
        r->exp = c->emax - c->precision + 1;
    }
    moon_signals_put(signals, over ? MOON_OVERFLOW : MOON_UNDERFLOW);
    moon_signals_put(signals, MOON_INEXACT);
    moon_signals_put(signals, MOON_ROUNDED);
}

/* Rounds r to the precision. sticky: digits that are not all 0 have been left out behind it. */
static bool in_context(moon_decimal_context *c, moon_decimal *r, moon_signals signals,
                       bool sticky) {
    if (r->kind == MOON_FINITE) {
        int64_t surplus = length(r) - c->precision;
        if (surplus > 0 || sticky) {
            if (drop_digits(r, surplus > 0 ? surplus : 0, c->rounding, sticky))
                moon_signals_put(&signals, MOON_INEXACT);
            moon_signals_put(&signals, MOON_ROUNDED);
        }
    }
    limit_exponent(c, r, &signals);
    if (r->exp > MOON_DECIMAL_MAX_EXP || r->exp < -MOON_DECIMAL_MAX_EXP)
        return fail(c, MOON_SIGNALS, "exponent out of range");
    return raise_signals(c, &signals, NULL);
}

bool moon_decimal_apply(moon_decimal_context *c, moon_decimal *r) {
    return in_context(c, r, (moon_signals){0}, false);
}

bool moon_decimal_normalize(moon_decimal_context *c, moon_decimal *r) {
    if (r->kind == MOON_NAN)
        return true;
    if (r->kind == MOON_INFINITY || is_zero(r)) {
        r->exp = 0;
        return true;
    }
    r->exp += moon_decimal_strip(r->coef);
    return moon_decimal_apply(c, r);
}

/* Appends n zeros, but not more of them than it takes to be longer than the precision. */
static void append_zeros(const moon_decimal_context *c, moon_decimal *r, int64_t n) {
    int64_t useful = c->precision + 1 - length(r);
    useful = useful < 0 ? 0 : useful < n ? useful : n;
    scale(r->coef, r->coef, useful);
    r->exp -= useful;
}

bool moon_decimal_round(moon_decimal_context *c, moon_decimal *r, int64_t places,
                        moon_rounding mode) {
    if (r->kind != MOON_FINITE)
        return true;
    if (!moon_decimal_normalize(c, r))
        return false;
    if (r->kind != MOON_FINITE)
        return true;
    int64_t drop = -places - r->exp;
    if (drop < 0 && is_zero(r))
        r->exp = -places;
    else if (drop < 0)
        append_zeros(c, r, -drop);
    else if (drop <= length(r))
        drop_digits(r, drop, mode, false);
    else {
        bool inexact = !is_zero(r);
        mpz_set_ui(r->coef, grows(mode, r->sign, r->coef, -1, true, inexact, false));
        r->exp = -places;
    }
    return moon_decimal_apply(c, r);
}

/* ------------------------------------------------------------------------------------ comparison
 */

static int compare_aligned(const moon_decimal *a, const moon_decimal *b) {
    int64_t gap = a->exp - b->exp;
    mpz_t scaled;
    mpz_init(scaled);
    scale(scaled, gap > 0 ? a->coef : b->coef, gap > 0 ? gap : -gap);
    int order = gap > 0 ? mpz_cmp(scaled, b->coef) : mpz_cmp(a->coef, scaled);
    mpz_clear(scaled);
    return order < 0 ? -1 : order > 0;
}

/* Of finite numbers, without their signs. */
static int compare_sizes(const moon_decimal *a, const moon_decimal *b) {
    if (is_zero(a) || is_zero(b))
        return !is_zero(a) - !is_zero(b);
    int64_t left = adjusted(a), right = adjusted(b);
    return left != right ? (left < right ? -1 : 1) : compare_aligned(a, b);
}

bool moon_decimal_compare(moon_decimal_context *c, const moon_decimal *a, const moon_decimal *b,
                          int *order) {
    *order = 2;
    if (a->kind == MOON_INFINITY && b->kind == MOON_INFINITY)
        *order = a->sign == b->sign ? 0 : a->sign;
    else if (a->kind == MOON_INFINITY)
        *order = a->sign;
    else if (b->kind == MOON_INFINITY)
        *order = -b->sign;
    else if (a->kind == MOON_NAN || b->kind == MOON_NAN)
        return raise_signal(c, MOON_INVALID_OPERATION, "operation on NaN");
    else if (is_zero(a) && is_zero(b))
        *order = 0;
    else if (is_zero(a) || is_zero(b) || a->sign != b->sign)
        *order = is_zero(a) ? -b->sign : a->sign;
    else
        *order = a->sign * compare_sizes(a, b);
    return true;
}

/* Of two numbers the one that comes last (wanted 1) or first (wanted -1) in their total order. */
static bool extreme(moon_decimal_context *c, moon_decimal *r, const moon_decimal *a,
                    const moon_decimal *b, int wanted) {
    int order;
    if (a->kind == MOON_NAN || b->kind == MOON_NAN)
        return copied(r, a->kind == MOON_NAN ? b : a);
    if (!moon_decimal_compare(c, a, b, &order))
        return false;
    bool first = order == wanted;
    if (order == 0 && a->sign != b->sign)
        first = a->sign == wanted;
    else if (order == 0)
        first = a->sign == wanted ? a->exp > b->exp : a->exp < b->exp;
    moon_decimal_copy(r, first ? a : b);
    return moon_decimal_apply(c, r);
}

bool moon_decimal_max(moon_decimal_context *c, moon_decimal *r, const moon_decimal *a,
                      const moon_decimal *b) {
    return extreme(c, r, a, b, 1);
}

bool moon_decimal_min(moon_decimal_context *c, moon_decimal *r, const moon_decimal *a,
                      const moon_decimal *b) {
    return extreme(c, r, a, b, -1);
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
        gap = c->precision + 1 - (length(a) - 1);
        gap = gap > 0 ? gap : 0;
    }
    if (gap > 0) {
        scale(r->coef, r->coef, gap);
        r->exp -= gap;
    }
    return moon_decimal_apply(c, r);
}

/* r = the coefficient that a has at exponent exp, with a's sign; whether digits were lost. */
static bool at_exponent(mpz_t r, const moon_decimal *a, int64_t exp) {
    bool lost = false;
    if (a->exp >= exp) {
        scale(r, a->coef, a->exp - exp);
    } else if (exp - a->exp >= length(a)) {
        lost = mpz_sgn(a->coef) != 0;
        mpz_set_ui(r, 0);
    } else {
        mpz_t power;
        mpz_init(power);
        power_of_10(power, exp - a->exp);
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
    int64_t first = adjusted(a), second = adjusted(b), work = c->precision + 2;
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
    return in_context(c, r, (moon_signals){0}, sticky);
}

bool moon_decimal_add(moon_decimal_context *c, moon_decimal *r, const moon_decimal *a,
                      const moon_decimal *b) {
    if (a->kind == MOON_NAN || b->kind == MOON_NAN)
        return copied(r, a->kind == MOON_NAN ? a : b);
    if (a->kind == MOON_INFINITY && b->kind == MOON_INFINITY) {
        if (a->sign == b->sign)
            return copied(r, a->exp > b->exp ? a : b);
        set(r, 1, MOON_NAN, 0, 0);
        return raise_signal(c, MOON_INVALID_OPERATION, "adding +Infinity and -Infinity");
    }
    if (a->kind == MOON_INFINITY || b->kind == MOON_INFINITY)
        return copied(r, a->kind == MOON_INFINITY ? a : b);
    if (is_zero(a) && is_zero(b)) {
        set(r, 1, MOON_FINITE, 0, a->exp < b->exp ? a->exp : b->exp);
        r->sign = sign_of_sum(c, a->sign, b->sign, r->coef);
        return moon_decimal_apply(c, r);
    }
    if (is_zero(a) || is_zero(b))
        return is_zero(a) ? add_zero(c, r, b, a->exp) : add_zero(c, r, a, b->exp);
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
        bool undefined = is_zero(a) || is_zero(b);
        set(r, undefined ? 1 : sign, undefined ? MOON_NAN : MOON_INFINITY, 0,
            undefined ? 0 : a->exp + b->exp);
        return !undefined || raise_signal(c, MOON_INVALID_OPERATION, "0 * ±Infinity");
    }
    set(r, sign, MOON_FINITE, 0, a->exp + b->exp);
    mpz_mul(r->coef, a->coef, b->coef);
    return moon_decimal_apply(c, r);
}

/* -------------------------------------------------------------------------------------- division
 */

/* q, rest = a * 10^n / b, for n of either sign. */
static void divide_scaled(mpz_t q, mpz_t rest, const mpz_t a, int64_t n, const mpz_t b) {
    mpz_t scaled;
    mpz_init(scaled);
    scale(scaled, n < 0 ? b : a, n < 0 ? -n : n);
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
    scale(scaled, n < 0 ? b : a, n < 0 ? -n : n);
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
               (is_zero(a) && is_zero(b))) {
        set(r, 1, MOON_NAN, 0, 0);
        *ok = raise_signal(c, MOON_INVALID_OPERATION,
                           is_zero(a) ? "0 / 0" : "±Infinity / ±Infinity");
    } else if (a->kind == MOON_INFINITY) {
        copied_with_sign(r, a, a->sign * b->sign);
    } else if (b->kind == MOON_INFINITY) {
        set(r, a->sign * b->sign, MOON_FINITE, 0, a->exp - b->exp);
    } else if (is_zero(b)) {
        set(r, a->sign * b->sign, MOON_INFINITY, 0, 0);
        *ok = raise_signal(c, MOON_DIVISION_BY_ZERO, NULL);
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
    set(r, a->sign * b->sign, MOON_FINITE, 0, a->exp - b->exp);
    if (is_zero(a))
        return moon_decimal_apply(c, r);
    /* One digit more than the precision has, fewer when it comes out even. */
    int64_t adjust = adjustment(a->coef, b->coef), places = adjust + c->precision;
    moon_signals signals = {0};
    mpz_t rest;
    mpz_init(rest);
    divide_scaled(r->coef, rest, a->coef, places, b->coef);
    if (mpz_sgn(rest) == 0 && places >= 0) {
        int64_t least = adjust > 0 ? adjust : 0, kept = places - moon_decimal_strip(r->coef);
        scale(r->coef, r->coef, kept < least ? least - kept : 0);
        places = kept < least ? least : kept;
    } else {
        moon_signals_put(&signals, MOON_ROUNDED);
        if (!is_power_of_10(rest))
            moon_signals_put(&signals, MOON_INEXACT);
    }
    mpz_clear(rest);
    r->exp -= places;
    return in_context(c, r, signals, false);
}

/* The integer part of a / b, both finite, b not 0. */
static bool integer_part(moon_decimal_context *c, moon_decimal *r, const moon_decimal *a,
                         const moon_decimal *b) {
    int64_t gap = a->exp - b->exp;
    set(r, a->sign * b->sign, MOON_FINITE, 0, 0);
    if (compare_sizes(a, b) < 0) {
        r->exp = gap;
        return true;
    }
    bool too_large = gap - adjustment(a->coef, b->coef) > c->precision;
    if (!too_large) {
        mpz_t rest, power;
        mpz_inits(rest, power, NULL);
        divide_scaled(r->coef, rest, a->coef, gap, b->coef);
        power_of_10(power, c->precision);
        too_large = mpz_cmp(r->coef, power) > 0;
        mpz_clears(rest, power, NULL);
    }
    if (!too_large)
        return true;
    set(r, 1, MOON_NAN, 0, 0);
    return raise_signal(c, MOON_INVALID_OPERATION,
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
    if (is_zero(quotient))
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
        set(r, a->sign, MOON_FINITE, 0, 0);
    else if (is_zero(b) && a->kind == MOON_FINITE && !is_zero(a))
        set(r, a->sign, MOON_FINITE, 0, 0);
    return true;
}

bool moon_decimal_rem(moon_decimal_context *c, moon_decimal *r, const moon_decimal *a,
                      const moon_decimal *b) {
    bool ok;
    if (divided_specially(c, r, a, b, &ok))
        return ok && special_rest(r, a, b);
    moon_decimal quotient;
    mpz_init(quotient.coef);
    ok = leave_rest(c, &quotient, r, a, b) && (!is_zero(&quotient) || moon_decimal_apply(c, r));
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
static int64_t half(int64_t exp) {
    return exp / 2 - (exp % 2 < 0);
}

/* A root that comes out even keeps the exponent half(exp), IEEE 754's preference; any other has one
 * digit more than the precision, which is rounded off. */
static bool take_root(moon_decimal_context *c, moon_decimal *r) {
    int64_t digits = length(r), shift = c->precision + 1 - (digits + 1) / 2;
    if (r->exp % 2 != 0) {
        mpz_mul_ui(r->coef, r->coef, 10);
        shift = c->precision + 1 - (digits / 2 + 1);
    }
    mpz_t rest;
    mpz_init_set_ui(rest, 0);
    if (shift >= 0) {
        scale(r->coef, r->coef, 2 * shift);
    } else {
        mpz_t power;
        mpz_init(power);
        power_of_10(power, -2 * shift);
        mpz_tdiv_qr(r->coef, rest, r->coef, power);
        mpz_clear(power);
    }
    bool exact = mpz_sgn(rest) == 0;
    mpz_sqrtrem(r->coef, rest, r->coef);
    exact = exact && mpz_sgn(rest) == 0;
    r->exp = half(r->exp) - shift;
    if (exact) {
        power_of_10(rest, shift < 0 ? -shift : shift);
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
        return raise_signal(c, MOON_INVALID_OPERATION, "operation on NaN");
    if (is_zero(r)) {
        r->exp = half(r->exp);
        return true;
    }
    if (r->sign == -1)
        return raise_signal(c, MOON_INVALID_OPERATION, "less than zero");
    return r->kind == MOON_INFINITY || take_root(c, r);
}
