/* Decimal: comparing, and asking what a number is. */
#include "lua/decimal_lib.h"
#include "lua/help.h"
#include "lua/state.h"

typedef moon_decimal_work work;

/* ------------------------------------------------------------------------------------ comparison
 */

/* num1 against num2 within threshold. */
static bool compare_within(work *w, int *order) {
    moon_decimal *n = w->numbers;
    moon_decimal_context *c = &w->context;
    int above, below;
    bool ok =
        moon_decimal_add(c, &n[3], &n[0], &n[2]) && moon_decimal_compare(c, &n[3], &n[1], &above) &&
        moon_decimal_sub(c, &n[3], &n[0], &n[2]) && moon_decimal_compare(c, &n[3], &n[1], &below);
    if (ok)
        *order = above >= 0 && above < 2 && below <= 0 ? 0 : above == 1 ? 1 : -1;
    return ok;
}

/* The order of the first two arguments, within the third if there is one. `quiet`: 2 for NaN. */
static int compare(lua_State *L, const char *what, bool quiet) {
    int order = 2;
    lua_settop(L, 3);
    bool within = !lua_isnil(L, 3);
    work *w = moon_decimal_begin(L);
    moon_decimal *n = w->numbers;
    moon_decimal_read(L, what, 1, "num1", &n[0]);
    moon_decimal_read(L, what, 2, "num2", &n[1]);
    if (within)
        moon_decimal_read(L, what, 3, "threshold", &n[2]);
    if (within && n[2].sign == -1)
        luaL_error(L, "Decimal.Error: threshold cannot be negative");
    if (!(quiet && !within && (n[0].kind == MOON_NAN || n[1].kind == MOON_NAN)))
        moon_decimal_succeed(L, w,
                             within ? compare_within(w, &order)
                                    : moon_decimal_compare(&w->context, &n[0], &n[1], &order));
    moon_decimal_finish(w);
    return order;
}

static int decimal_compare(lua_State *L) {
    static const char *const names[] = {"lt", "eq", "gt"};
    int order = compare(L, "Decimal.compare", false);
    if (order > 1)
        lua_pushliteral(L, "undefined");
    else
        lua_pushstring(L, names[order + 1]);
    return 1;
}

static int push_truth(lua_State *L, bool truth) {
    lua_pushboolean(L, truth);
    return 1;
}

static int decimal_eq(lua_State *L) { return push_truth(L, compare(L, "Decimal.eq", true) == 0); }
static int decimal_equal(lua_State *L) {
    lua_settop(L, 2);
    return push_truth(L, compare(L, "Decimal.equal", true) == 0);
}
static int decimal_gt(lua_State *L) {
    lua_settop(L, 2);
    return push_truth(L, compare(L, "Decimal.gt", true) == 1);
}
static int decimal_lt(lua_State *L) {
    lua_settop(L, 2);
    return push_truth(L, compare(L, "Decimal.lt", true) == -1);
}
static int decimal_gte(lua_State *L) {
    lua_settop(L, 2);
    int order = compare(L, "Decimal.gte", true);
    return push_truth(L, order == 0 || order == 1);
}
static int decimal_lte(lua_State *L) {
    lua_settop(L, 2);
    return push_truth(L, compare(L, "Decimal.lte", true) <= 0);
}

/* ----------------------------------------------------------------------------------- being asked
 */

typedef bool question(const moon_decimal *d);

static int ask(lua_State *L, const char *what, question *asked) {
    lua_settop(L, 1);
    work *w = moon_decimal_begin(L);
    moon_decimal_read(L, what, 1, "num", &w->numbers[0]);
    bool answer = asked(&w->numbers[0]);
    moon_decimal_finish(w);
    return push_truth(L, answer);
}

static bool says_nan(const moon_decimal *d) { return d->kind == MOON_NAN; }
static bool says_inf(const moon_decimal *d) { return d->kind == MOON_INFINITY; }
static bool has_sign(const moon_decimal *d, int sign) {
    return d->sign == sign &&
           (d->kind == MOON_INFINITY || (d->kind == MOON_FINITE && mpz_sgn(d->coef) != 0));
}
static bool says_positive(const moon_decimal *d) { return has_sign(d, 1); }
static bool says_negative(const moon_decimal *d) { return has_sign(d, -1); }
static bool says_integer(const moon_decimal *d) {
    if (d->kind != MOON_FINITE || mpz_sgn(d->coef) == 0 || d->exp >= 0)
        return d->kind == MOON_FINITE;
    mpz_t coef;
    mpz_init_set(coef, d->coef);
    int64_t zeros = moon_decimal_strip(coef);
    mpz_clear(coef);
    return zeros >= -d->exp;
}

static int decimal_nan(lua_State *L) { return ask(L, "Decimal.nan", says_nan); }
static int decimal_inf(lua_State *L) { return ask(L, "Decimal.inf", says_inf); }
static int decimal_positive(lua_State *L) { return ask(L, "Decimal.positive", says_positive); }
static int decimal_negative(lua_State *L) { return ask(L, "Decimal.negative", says_negative); }
static int decimal_integer(lua_State *L) { return ask(L, "Decimal.integer", says_integer); }

static int decimal_is_decimal(lua_State *L) {
    luaL_checkany(L, 1);
    return push_truth(L, moon_is_decimal(L, 1));
}

static int decimal_scale(lua_State *L) {
    lua_settop(L, 1);
    work *w = moon_decimal_begin(L);
    moon_decimal_read(L, "Decimal.scale", 1, "num", &w->numbers[0]);
    int64_t exp = w->numbers[0].exp;
    moon_decimal_finish(w);
    lua_pushinteger(L, exp < 0 ? -exp : 0);
    return 1;
}

/* --------------------------------------------------------------------------------------- binding
 */

#define ABOUT(name, text) {"Decimal." #name, text, decimal_##name}

static const moon_binding bindings[] = {
    ABOUT(compare, "compare(num1, num2 [, threshold])\n\n"
                   "\"lt\", \"eq\" or \"gt\". Numbers that are no further apart than threshold are "
                   "equal.\n\n"
                   "    Decimal.compare(\"1.0\", 1)   --> \"eq\""),
    ABOUT(eq, "eq(num1, num2 [, threshold])\n\nWhether the numbers are equal. NaN equals "
              "nothing.\n\n"
              "    Decimal.eq(\"1.0\", 1)   --> true"),
    ABOUT(equal, "equal(num1, num2)\n\nThe same as Decimal.eq.\n\n"
                 "    Decimal.equal(1, -1)   --> false"),
    ABOUT(gt, "gt(num1, num2)\n\nWhether num1 is greater than num2.\n\n"
              "    Decimal.gt(\"1.3\", \"1.2\")   --> true"),
    ABOUT(lt, "lt(num1, num2)\n\nWhether num1 is less than num2.\n\n"
              "    Decimal.lt(\"1.3\", \"1.2\")   --> false"),
    ABOUT(gte, "gte(num1, num2)\n\nWhether num1 is not less than num2.\n\n"
               "    Decimal.gte(\"1.2\", \"1.20\")   --> true"),
    ABOUT(lte, "lte(num1, num2)\n\nWhether num1 is not greater than num2.\n\n"
               "    Decimal.lte(\"1.4\", \"1.2\")   --> false"),
    ABOUT(nan, "nan(num)\n\nWhether it is NaN, not a number.\n\n"
               "    Decimal.nan(\"NaN\")   --> true"),
    ABOUT(inf, "inf(num)\n\nWhether it is Infinity, of either sign.\n\n"
               "    Decimal.inf(\"-Infinity\")   --> true"),
    ABOUT(positive, "positive(num)\n\nWhether it is greater than 0.\n\n"
                    "    Decimal.positive(\"0\")   --> false"),
    ABOUT(negative, "negative(num)\n\nWhether it is less than 0.\n\n"
                    "    Decimal.negative(\"-42\")   --> true"),
    ABOUT(integer, "integer(num)\n\nWhether there is nothing behind its point but zeros.\n\n"
                   "    Decimal.integer(\"1.00\")   --> true"),
    ABOUT(is_decimal, "is_decimal(value)\n\nWhether the value is a decimal.\n\n"
                      "    Decimal.is_decimal(42)   --> false"),
    ABOUT(scale, "scale(num)\n\nHow many digits stand behind its point.\n\n"
                 "    Decimal.scale(\"1.50\")   --> 2"),
    {NULL, NULL, NULL},
};

void moon_open_decimal_comparisons(lua_State *L) {
    static const luaL_Reg metamethods[] = {
        {"__eq", decimal_equal},
        {"__lt", decimal_lt},
        {"__le", decimal_lte},
        {NULL, NULL},
    };
    moon_bind(L, bindings);
    luaL_setfuncs(L, metamethods, 0);
}
