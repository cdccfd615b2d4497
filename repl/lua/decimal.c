/* Signals, rounding and order. Each operation follows decimal.ex of the library, which follows
 * IBM's General Decimal Arithmetic. Powers of ten are only as long as an operand or the precision:
 * an exponent costs nothing. */
#include "lua/decimal_number.h"

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
static bool raise_signals(moon_decimal_context *c, const moon_signals *signals,
                          const char *reason) {
    for (size_t i = 0; i < signals->count; i++)
        c->flagged |= moon_signals_put(&c->flags, signals->list[i]);
    for (size_t i = 0; i < signals->count; i++)
        if (contains(&c->traps, signals->list[i]))
            return fail(c, signals->list[i], reason);
    return true;
}

bool moon_raise_signal(moon_decimal_context *c, moon_signal signal, const char *reason) {
    return raise_signals(c, &(moon_signals){.count = 1, .list = {signal}}, reason);
}

/* --------------------------------------------------------------------------------------- numbers
 */

bool moon_is_zero(const moon_decimal *a) { return a->kind == MOON_FINITE && mpz_sgn(a->coef) == 0; }

void moon_decimal_set(moon_decimal *r, int sign, moon_decimal_kind kind, unsigned long coef,
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

void moon_power_of_10(mpz_t r, int64_t n) { mpz_ui_pow_ui(r, 10, (unsigned long)n); }

/* r = a * 10^n */
void moon_scale(mpz_t r, const mpz_t a, int64_t n) {
    if (n == 0 || mpz_sgn(a) == 0) {
        mpz_set(r, a);
        return;
    }
    mpz_t power;
    mpz_init(power);
    moon_power_of_10(power, n);
    mpz_mul(r, a, power);
    mpz_clear(power);
}

size_t moon_decimal_digits(const mpz_t coef) {
    size_t digits = mpz_sizeinbase(coef, 10); /* may be one too many */
    if (digits < 2)
        return 1;
    mpz_t power;
    mpz_init(power);
    moon_power_of_10(power, (int64_t)digits - 1);
    if (mpz_cmp(coef, power) < 0)
        digits--;
    mpz_clear(power);
    return digits;
}

int64_t moon_decimal_length(const moon_decimal *a) { return (int64_t)moon_decimal_digits(a->coef); }

/* The exponent of the first digit. */
int64_t moon_decimal_adjusted(const moon_decimal *a) { return a->exp + moon_decimal_length(a) - 1; }

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
static bool grows(moon_rounding mode, int sign, const mpz_t coef, int half, bool some, bool inexact,
                  bool sticky) {
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

/* Drops the last `drop` digits (at most all of them); tells whether they, or sticky, say anything.
 */
static bool drop_digits(moon_decimal *r, int64_t drop, moon_rounding mode, bool sticky) {
    mpz_t power, rest;
    mpz_inits(power, rest, NULL);
    moon_power_of_10(power, drop);
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
    if (r->kind != MOON_FINITE || moon_is_zero(r))
        return;
    int64_t exp = moon_decimal_adjusted(r);
    bool over = c->emax < MOON_DECIMAL_MAX_EXP && exp > c->emax;
    bool under = c->emin > -MOON_DECIMAL_MAX_EXP && exp < c->emin;
    if (!over && !under)
        return;
    if (under) {
        moon_decimal_set(r, r->sign, MOON_FINITE, 0, 0);
    } else if (to_infinity(c->rounding, r->sign)) {
        moon_decimal_set(r, r->sign, MOON_INFINITY, 0, 0);
    } else {
        moon_power_of_10(r->coef, c->precision);
        mpz_sub_ui(r->coef, r->coef, 1);
        r->exp = c->emax - c->precision + 1;
    }
    moon_signals_put(signals, over ? MOON_OVERFLOW : MOON_UNDERFLOW);
    moon_signals_put(signals, MOON_INEXACT);
    moon_signals_put(signals, MOON_ROUNDED);
}

/* Rounds r to the precision. sticky: digits that are not all 0 have been left out behind it. */
bool moon_in_context(moon_decimal_context *c, moon_decimal *r, moon_signals signals, bool sticky) {
    if (r->kind == MOON_FINITE) {
        int64_t surplus = moon_decimal_length(r) - c->precision;
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
    return moon_in_context(c, r, (moon_signals){0}, false);
}

bool moon_decimal_normalize(moon_decimal_context *c, moon_decimal *r) {
    if (r->kind == MOON_NAN)
        return true;
    if (r->kind == MOON_INFINITY || moon_is_zero(r)) {
        r->exp = 0;
        return true;
    }
    r->exp += moon_decimal_strip(r->coef);
    return moon_decimal_apply(c, r);
}

/* Appends n zeros, but not more of them than it takes to be longer than the precision. */
static void append_zeros(const moon_decimal_context *c, moon_decimal *r, int64_t n) {
    int64_t useful = c->precision + 1 - moon_decimal_length(r);
    useful = useful < 0 ? 0 : useful < n ? useful : n;
    moon_scale(r->coef, r->coef, useful);
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
    if (drop < 0 && moon_is_zero(r))
        r->exp = -places;
    else if (drop < 0)
        append_zeros(c, r, -drop);
    else if (drop <= moon_decimal_length(r))
        drop_digits(r, drop, mode, false);
    else {
        bool inexact = !moon_is_zero(r);
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
    moon_scale(scaled, gap > 0 ? a->coef : b->coef, gap > 0 ? gap : -gap);
    int order = gap > 0 ? mpz_cmp(scaled, b->coef) : mpz_cmp(a->coef, scaled);
    mpz_clear(scaled);
    return order < 0 ? -1 : order > 0;
}

/* Of finite numbers, without their signs. */
int moon_compare_sizes(const moon_decimal *a, const moon_decimal *b) {
    if (moon_is_zero(a) || moon_is_zero(b))
        return !moon_is_zero(a) - !moon_is_zero(b);
    int64_t left = moon_decimal_adjusted(a), right = moon_decimal_adjusted(b);
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
        return moon_raise_signal(c, MOON_INVALID_OPERATION, "operation on NaN");
    else if (moon_is_zero(a) && moon_is_zero(b))
        *order = 0;
    else if (moon_is_zero(a) || moon_is_zero(b) || a->sign != b->sign)
        *order = moon_is_zero(a) ? -b->sign : a->sign;
    else
        *order = a->sign * moon_compare_sizes(a, b);
    return true;
}

/* Of two numbers the one that comes last (wanted 1) or first (wanted -1) in their total order. */
static bool extreme(moon_decimal_context *c, moon_decimal *r, const moon_decimal *a,
                    const moon_decimal *b, int wanted) {
    int order;
    if (a->kind == MOON_NAN || b->kind == MOON_NAN) {
        moon_decimal_copy(r, a->kind == MOON_NAN ? b : a);
        return true;
    }
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
