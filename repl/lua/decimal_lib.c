/* Decimal: https://hexdocs.pm/decimal/2.4.1/Decimal.html. A decimal is a struct with the fields
 * sign, coef and exp; coef is an integer, or a string of digits where it is too large for one. */
#include "lua/decimal_lib.h"

#include <stdlib.h>

#include "lua/argument.h"
#include "lua/decimal_parse.h"
#include "lua/state.h"
#include "lua/value.h"

#define MOST_PRECISION 1000000

static const char work_key; /* of the metatable of work in the registry */

typedef moon_decimal_work work;

/* --------------------------------------------------------------------------------- one call's work
 */

static int close_work(lua_State *L) {
    work *w = lua_touserdata(L, 1);
    for (int i = 0; w->open && i < MOON_WORK_NUMBERS; i++)
        mpz_clear(w->numbers[i].coef);
    w->open = false;
    return 0;
}

static int name_index(const char *const *names, int count, mb_term name) {
    for (int i = 0; i < count; i++)
        if (mb_is(name, names[i]))
            return i;
    return -1;
}

/* The newest is first in the list, and is put last. */
static void read_signals(mb_term list, moon_signals *out) {
    for (size_t i = mb_array_size(list); i-- > 0;) {
        int signal = name_index(moon_signal_names, MOON_SIGNALS, mb_element(list, i));
        if (signal >= 0)
            moon_signals_put(out, (moon_signal)signal);
    }
}

/* What Decimal.Context.set has checked and kept. */
static void read_context(lua_State *L, moon_decimal_context *c) {
    *c = (moon_decimal_context){
        .precision = 28,
        .rounding = MOON_ROUND_HALF_UP,
        .emax = MOON_DECIMAL_MAX_EXP,
        .emin = -MOON_DECIMAL_MAX_EXP,
        .traps = {.count = 2, .list = {MOON_INVALID_OPERATION, MOON_DIVISION_BY_ZERO}},
        .signal = MOON_SIGNALS,
    };
    mb_process *p = moon_self_or_null(L);
    mb_term kept = p ? mb_dictionary_get(p, mb_atom("$decimal")) : mb_nil();
    if (kept.type != MB_TABLE)
        return;
    mb_term precision = mb_get(kept, "precision"), emax = mb_get(kept, "emax"),
            emin = mb_get(kept, "emin");
    int rounding = name_index(moon_rounding_names, MOON_ROUNDINGS, mb_get(kept, "rounding"));
    if (precision.type == MB_INTEGER && precision.integer > 0 &&
        precision.integer <= MOST_PRECISION)
        c->precision = precision.integer;
    if (rounding >= 0)
        c->rounding = (moon_rounding)rounding;
    c->emax = emax.type == MB_INTEGER ? emax.integer : c->emax;
    c->emin = emin.type == MB_INTEGER ? emin.integer : c->emin;
    c->traps.count = 0;
    read_signals(mb_get(kept, "traps"), &c->traps);
    read_signals(mb_get(kept, "flags"), &c->flags);
}

/* Pushes the work that the arguments of a call are read into. */
work *moon_decimal_begin(lua_State *L) {
    work *w = lua_newuserdatauv(L, sizeof *w, 0);
    for (int i = 0; i < MOON_WORK_NUMBERS; i++) {
        mpz_init(w->numbers[i].coef);
        w->numbers[i].sign = 1;
        w->numbers[i].kind = MOON_FINITE;
        w->numbers[i].exp = 0;
    }
    w->open = true;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &work_key);
    lua_setmetatable(L, -2);
    read_context(L, &w->context);
    return w;
}

void moon_decimal_finish(work *w) {
    for (int i = 0; i < MOON_WORK_NUMBERS; i++)
        mpz_clear(w->numbers[i].coef);
    w->open = false;
}

static void push_signals(lua_State *L, const moon_signals *signals) {
    lua_createtable(L, (int)signals->count, 0);
    for (size_t i = 0; i < signals->count; i++) {
        lua_pushstring(L, moon_signal_names[signals->list[i]]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

/* Flags stay in the context until somebody clears them. */
static void keep_flags(lua_State *L, work *w) {
    mb_process *p = moon_self_or_null(L);
    mb_term context;
    if (!w->context.flagged || !p)
        return;
    moon_push_term(L, mb_dictionary_get(p, mb_atom("$decimal")));
    if (!lua_istable(L, -1)) {
        lua_pop(L, 1);
        lua_newtable(L);
        push_signals(L, &w->context.traps);
        lua_setfield(L, -2, "traps");
    }
    push_signals(L, &w->context.flags);
    lua_setfield(L, -2, "flags");
    moon_to_term(L, -1, &context, "context");
    bool kept = mb_dictionary_put(p, mb_atom("$decimal"), context, NULL);
    mb_release(moon_rt(L), context);
    lua_pop(L, 1);
    if (!kept)
        moon_no_memory(L);
}

/* Raises Decimal.Error in the library's words, unless the operation was successful. */
void moon_decimal_succeed(lua_State *L, work *w, bool ok) {
    keep_flags(L, w);
    if (ok)
        return;
    const moon_decimal_context *c = &w->context;
    const char *signal = c->signal < MOON_SIGNALS ? moon_signal_names[c->signal] : NULL;
    moon_decimal_finish(w);
    luaL_error(L, "Decimal.Error: %s%s%s", signal ? signal : "", signal && c->reason ? ": " : "",
               c->reason ? c->reason : "");
}

/* ------------------------------------------------------------------------------------- arguments
 */

bool moon_is_decimal(lua_State *L, int index) {
    if (!lua_istable(L, index) || !lua_getmetatable(L, index))
        return false;
    moon_struct_push(L, "Decimal");
    bool is = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return is;
}

static bool is_digits(const char *text, size_t size) {
    return size > 0 && strspn(text, "0123456789") == size;
}

/* The coefficient that is on top of the stack. */
static bool read_coefficient(lua_State *L, moon_decimal *d) {
    size_t size;
    d->kind = MOON_FINITE;
    if (lua_isinteger(L, -1)) {
        mpz_set_si(d->coef, lua_tointeger(L, -1));
        return lua_tointeger(L, -1) >= 0;
    }
    if (lua_type(L, -1) != LUA_TSTRING)
        return false;
    const char *text = lua_tolstring(L, -1, &size);
    if (strcmp(text, "NaN") == 0)
        d->kind = MOON_NAN;
    else if (strcmp(text, "inf") == 0)
        d->kind = MOON_INFINITY;
    else
        return is_digits(text, size) && mpz_set_str(d->coef, text, 10) == 0;
    return true;
}

/* What is in the three values on top of the stack: sign, exp and coef. */
bool moon_decimal_read_parts(lua_State *L, moon_decimal *d) {
    lua_Integer sign = lua_isinteger(L, -3) ? lua_tointeger(L, -3) : 0;
    lua_Integer exp = lua_isinteger(L, -2) ? lua_tointeger(L, -2) : INT64_MAX;
    d->sign = (int)sign;
    d->exp = exp;
    return (sign == 1 || sign == -1) && exp <= MOON_DECIMAL_MAX_EXP &&
           exp >= -MOON_DECIMAL_MAX_EXP && read_coefficient(L, d);
}

static bool read_struct(lua_State *L, int index, moon_decimal *d) {
    static const char *const fields[] = {"sign", "exp", "coef"};
    for (int i = 0; i < 3; i++) {
        lua_pushstring(L, fields[i]);
        lua_rawget(L, index);
    }
    bool valid = moon_decimal_read_parts(L, d);
    lua_pop(L, 3);
    return valid;
}

static bool read_text(lua_State *L, int index, moon_decimal *d) {
    size_t size, used;
    const char *text = lua_tolstring(L, index, &size);
    moon_parsed parsed = moon_decimal_parse(text, size, NULL, d, &used);
    return parsed == MOON_PARSED && used == size;
}

static _Noreturn void refuse_text(lua_State *L, int index) {
    size_t size;
    const char *text = lua_tolstring(L, index, &size);
    lua_pushlstring(L, text, size < 80 ? size : 80);
    if (size > 80)
        lua_pushfstring(L, "%s…", lua_tostring(L, -1));
    luaL_error(L, "Decimal.Error: number parsing syntax: %s", moon_push_inspected(L, -1));
    abort();
}

bool moon_decimal_take(lua_State *L, int index, moon_decimal *d) {
    if (lua_type(L, index) == LUA_TSTRING)
        return read_text(L, index, d);
    if (!lua_isinteger(L, index))
        return moon_is_decimal(L, index) && read_struct(L, index, d);
    mpz_set_si(d->coef, lua_tointeger(L, index));
    d->sign = mpz_sgn(d->coef) < 0 ? -1 : 1;
    mpz_abs(d->coef, d->coef);
    d->kind = MOON_FINITE;
    d->exp = 0;
    return true;
}

void moon_decimal_read(lua_State *L, const char *what, int arg, const char *name, moon_decimal *d) {
    if (moon_decimal_take(L, arg, d))
        return;
    if (lua_type(L, arg) == LUA_TSTRING)
        refuse_text(L, arg);
    if (lua_type(L, arg) == LUA_TNUMBER)
        luaL_error(L, "implicit conversion of %s to Decimal is not allowed. Use Decimal.from_float",
                   moon_push_inspected(L, arg));
    moon_bad_argument(L, what, arg, name, "a decimal, an integer or a string");
}

/* --------------------------------------------------------------------------------------- results
 */

void moon_push_digits(lua_State *L, const mpz_t coef) {
    if (mpz_fits_slong_p(coef)) {
        lua_pushinteger(L, mpz_get_si(coef));
        return;
    }
    luaL_Buffer text;
    char *digits = luaL_buffinitsize(L, &text, mpz_sizeinbase(coef, 10) + 2);
    mpz_get_str(digits, 10, coef);
    luaL_pushresultsize(&text, strlen(digits));
}

void moon_push_decimal(lua_State *L, const moon_decimal *d) {
    lua_createtable(L, 0, 3);
    lua_pushinteger(L, d->sign);
    lua_setfield(L, -2, "sign");
    if (d->kind == MOON_FINITE)
        moon_push_digits(L, d->coef);
    else
        lua_pushstring(L, d->kind == MOON_NAN ? "NaN" : "inf");
    lua_setfield(L, -2, "coef");
    lua_pushinteger(L, d->exp);
    lua_setfield(L, -2, "exp");
    moon_struct_push(L, "Decimal");
    lua_setmetatable(L, -2);
}

/* ------------------------------------------------------------------------------------ operations
 */

static int with_two(lua_State *L, const char *what, moon_decimal_operation *operation) {
    lua_settop(L, 2);
    work *w = moon_decimal_begin(L);
    moon_decimal *n = w->numbers;
    moon_decimal_read(L, what, 1, "num1", &n[1]);
    moon_decimal_read(L, what, 2, "num2", &n[2]);
    moon_decimal_succeed(L, w, operation(&w->context, &n[0], &n[1], &n[2]));
    moon_push_decimal(L, &n[0]);
    moon_decimal_finish(w);
    return 1;
}

static int decimal_add(lua_State *L) { return with_two(L, "Decimal.add", moon_decimal_add); }
static int decimal_sub(lua_State *L) { return with_two(L, "Decimal.sub", moon_decimal_sub); }
static int decimal_mult(lua_State *L) { return with_two(L, "Decimal.mult", moon_decimal_mult); }
static int decimal_div(lua_State *L) { return with_two(L, "Decimal.div", moon_decimal_div); }
static int decimal_rem(lua_State *L) { return with_two(L, "Decimal.rem", moon_decimal_rem); }
static int decimal_max(lua_State *L) { return with_two(L, "Decimal.max", moon_decimal_max); }
static int decimal_min(lua_State *L) { return with_two(L, "Decimal.min", moon_decimal_min); }
static int decimal_div_int(lua_State *L) {
    return with_two(L, "Decimal.div_int", moon_decimal_div_int);
}

static int decimal_div_rem(lua_State *L) {
    lua_settop(L, 2);
    work *w = moon_decimal_begin(L);
    moon_decimal *n = w->numbers;
    moon_decimal_read(L, "Decimal.div_rem", 1, "num1", &n[2]);
    moon_decimal_read(L, "Decimal.div_rem", 2, "num2", &n[3]);
    moon_decimal_succeed(L, w, moon_decimal_div_rem(&w->context, &n[0], &n[1], &n[2], &n[3]));
    moon_push_decimal(L, &n[0]);
    moon_push_decimal(L, &n[1]);
    moon_decimal_finish(w);
    return 2;
}

typedef bool change(moon_decimal_context *c, moon_decimal *r);

static int with_one(lua_State *L, const char *what, change *operation) {
    lua_settop(L, 1);
    work *w = moon_decimal_begin(L);
    moon_decimal_read(L, what, 1, "num", &w->numbers[0]);
    moon_decimal_succeed(L, w, operation(&w->context, &w->numbers[0]));
    moon_push_decimal(L, &w->numbers[0]);
    moon_decimal_finish(w);
    return 1;
}

static bool to_positive(moon_decimal_context *c, moon_decimal *r) {
    r->sign = 1;
    return moon_decimal_apply(c, r);
}

static bool to_negated(moon_decimal_context *c, moon_decimal *r) {
    r->sign = r->kind == MOON_NAN ? r->sign : -r->sign;
    return moon_decimal_apply(c, r);
}

static int decimal_abs(lua_State *L) { return with_one(L, "Decimal.abs", to_positive); }
static int decimal_negate(lua_State *L) { return with_one(L, "Decimal.negate", to_negated); }
static int decimal_sqrt(lua_State *L) { return with_one(L, "Decimal.sqrt", moon_decimal_sqrt); }
static int decimal_normalize(lua_State *L) {
    return with_one(L, "Decimal.normalize", moon_decimal_normalize);
}
static int decimal_apply_context(lua_State *L) {
    return with_one(L, "Decimal.apply_context", moon_decimal_apply);
}

static moon_rounding read_mode(lua_State *L) {
    if (lua_isnil(L, 3))
        return MOON_ROUND_HALF_UP;
    for (int i = 0; i < MOON_ROUNDINGS && lua_type(L, 3) == LUA_TSTRING; i++)
        if (strcmp(lua_tostring(L, 3), moon_rounding_names[i]) == 0)
            return (moon_rounding)i;
    moon_bad_argument(L, "Decimal.round", 3, "mode",
                      "\"down\", \"half_up\", \"half_even\", \"ceiling\", \"floor\", "
                      "\"half_down\" or \"up\"");
    return MOON_ROUND_HALF_UP;
}

static int decimal_round(lua_State *L) {
    lua_settop(L, 3);
    lua_Integer places = lua_isinteger(L, 2) ? lua_tointeger(L, 2) : 0;
    if (!(lua_isnil(L, 2) || lua_isinteger(L, 2)) || places > MOON_DECIMAL_MAX_EXP ||
        places < -MOON_DECIMAL_MAX_EXP)
        return moon_bad_argument(L, "Decimal.round", 2, "places", "an integer");
    moon_rounding mode = read_mode(L);
    work *w = moon_decimal_begin(L);
    moon_decimal_read(L, "Decimal.round", 1, "num", &w->numbers[0]);
    moon_decimal_succeed(L, w, moon_decimal_round(&w->context, &w->numbers[0], places, mode));
    moon_push_decimal(L, &w->numbers[0]);
    moon_decimal_finish(w);
    return 1;
}

/* --------------------------------------------------------------------------------------- binding
 */

static const luaL_Reg metamethods[] = {
    {"__add", decimal_add},
    {"__sub", decimal_sub},
    {"__mul", decimal_mult},
    {"__div", decimal_div},
    {"__unm", decimal_negate},
    {"__tostring", moon_decimal_tostring},
    {NULL, NULL},
};

#define ABOUT(name, text) {"Decimal." #name, text, decimal_##name}

static const moon_binding bindings[] = {
    {"Decimal",
     "Decimal\n\n"
     "Exact decimal numbers of any length: Elixir's decimal 2.4. A result is rounded to 28 digits, "
     "half up, unless Decimal.Context.set says otherwise. Arguments may be integers and strings "
     "too. The operators + - * / < <= and == work by value (1.0 == 1.00); equal() and patterns "
     "compare the fields sign, coef and exp, as == does in Elixir.\n\n"
     "    Decimal.new(\"0.1\") + \"0.2\"   --> Decimal.new(\"0.3\")",
     NULL},
    ABOUT(add, "add(num1, num2)\n\nAdds two numbers.\n\n"
               "    Decimal.add(1, \"1.1\")   --> Decimal.new(\"2.1\")"),
    ABOUT(sub, "sub(num1, num2)\n\nSubtracts the second number from the first.\n\n"
               "    Decimal.sub(1, \"0.1\")   --> Decimal.new(\"0.9\")"),
    ABOUT(mult, "mult(num1, num2)\n\nMultiplies two numbers.\n\n"
                "    Decimal.mult(\"0.5\", 3)   --> Decimal.new(\"1.5\")"),
    ABOUT(div, "div(num1, num2)\n\nDivides two numbers. By zero it raises division_by_zero.\n\n"
               "    Decimal.div(3, 4)   --> Decimal.new(\"0.75\")"),
    ABOUT(div_int, "div_int(num1, num2)\n\nThe integer part of the quotient.\n\n"
                   "    Decimal.div_int(5, 2)   --> Decimal.new(\"2\")"),
    ABOUT(rem, "rem(num1, num2)\n\nThe remainder of the integer division, with num1's sign.\n\n"
               "    Decimal.rem(-5, 2)   --> Decimal.new(\"-1\")"),
    ABOUT(div_rem, "div_rem(num1, num2)\n\nThe integer part of the quotient, and the remainder.\n\n"
                   "    quotient, rest = Decimal.div_rem(5, 2)\n"
                   "    rest   --> Decimal.new(\"1\")"),
    ABOUT(max, "max(num1, num2)\n\nThe larger number. NaN counts only beside another NaN.\n\n"
               "    Decimal.max(1, \"2.0\")   --> Decimal.new(\"2.0\")"),
    ABOUT(min, "min(num1, num2)\n\nThe smaller number. NaN counts only beside another NaN.\n\n"
               "    Decimal.min(1, \"NaN\")   --> Decimal.new(\"1\")"),
    ABOUT(abs, "abs(num)\n\nThe absolute value.\n\n"
               "    Decimal.abs(\"-1.5\")   --> Decimal.new(\"1.5\")"),
    ABOUT(negate, "negate(num)\n\nThe number with the other sign.\n\n"
                  "    Decimal.negate(1)   --> Decimal.new(\"-1\")"),
    ABOUT(sqrt, "sqrt(num)\n\nThe square root.\n\n"
                "    Decimal.sqrt(\"100\")   --> Decimal.new(\"10\")"),
    ABOUT(normalize, "normalize(num)\n\nThe same number without zeros at the end of coef.\n\n"
                     "    Decimal.normalize(\"1.00\")   --> Decimal.new(\"1\")"),
    ABOUT(apply_context, "apply_context(num)\n\nThe number rounded to the context's precision.\n\n"
                         "    Decimal.apply_context(\"1.50\")   --> Decimal.new(\"1.50\")"),
    ABOUT(round, "round(num [, places = 0 [, mode = \"half_up\"]])\n\n"
                 "Rounds to that many decimal places; a negative number of them counts to the left "
                 "of the point. Modes: down, half_up, half_even, ceiling, floor, half_down, up.\n\n"
                 "    Decimal.round(\"1.25\", 1, \"half_even\")   --> Decimal.new(\"1.2\")"),
    {NULL, NULL, NULL},
};

void moon_open_decimal(lua_State *L) {
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, close_work);
    lua_setfield(L, -2, "__gc");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &work_key);
    moon_bind(L, bindings);
    moon_open_decimal_conversions(L);
    luaL_newlib(L, metamethods);
    moon_open_decimal_comparisons(L);
    lua_getglobal(L, "Decimal");
    lua_setfield(L, -2, "__index");
    moon_struct_register(L, "Decimal");
}
