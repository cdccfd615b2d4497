/* Decimal: from and to other values. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "lua/argument.h"
#include "lua/decimal_lib.h"
#include "lua/decimal_parse.h"
#include "lua/help.h"
#include "lua/state.h"

#define MOST_DIGITS INT64_C(10000000) /* that are written unless max_digits says more */

/* Pushes the digits of coef as a string. */
static const char *push_digits(lua_State *L, const mpz_t coef, size_t *size) {
    moon_push_digits(L, coef);
    return lua_tolstring(L, -1, size);
}

/* Pushes Decimal.new("1.10"). */
static const char *push_inspected(lua_State *L, const moon_decimal *d) {
    moon_push_decimal(L, d);
    return moon_push_inspected(L, -1);
}

/* ---------------------------------------------------------------------------------- from values
 */

static int new_of_parts(lua_State *L) {
    moon_decimal_work *w = moon_decimal_begin(L);
    lua_pushvalue(L, 1);
    lua_pushvalue(L, 3);
    lua_pushvalue(L, 2);
    if (!moon_decimal_read_parts(L, &w->numbers[0]))
        return luaL_error(L,
                          "bad arguments to 'Decimal.new' (sign: 1 or -1, coef: a natural "
                          "number, \"NaN\" or \"inf\", and exp: an integer expected, got %s, "
                          "%s, %s)",
                          moon_push_shown(L, 1), moon_push_shown(L, 2), moon_push_shown(L, 3));
    moon_push_decimal(L, &w->numbers[0]);
    moon_decimal_finish(w);
    return 1;
}

static int decimal_new(lua_State *L) {
    if (lua_gettop(L) >= 3)
        return new_of_parts(L);
    lua_settop(L, 1);
    if (lua_type(L, 1) == LUA_TNUMBER && !lua_isinteger(L, 1))
        return moon_bad_argument(L, "Decimal.new", 1, "num",
                                 "a decimal, an integer or a string (Decimal.from_float takes "
                                 "floats)");
    moon_decimal_work *w = moon_decimal_begin(L);
    moon_decimal_read(L, "Decimal.new", 1, "num", &w->numbers[0]);
    moon_push_decimal(L, &w->numbers[0]);
    moon_decimal_finish(w);
    return 1;
}

/* The shortest digits that read back as value: digits, without trailing zeros, and the place of the
 * point in front of them. */
static int shortest(double value, char digits[24], int *place) {
    char text[40];
    int precision = 0;
    do
        snprintf(text, sizeof text, "%.*e", precision, value);
    while (strtod(text, NULL) != value && precision++ < 17);
    const char *e = strchr(text, 'e');
    int length = 0;
    for (const char *c = text; c < e; c++)
        if (*c >= '0' && *c <= '9')
            digits[length++] = *c;
    while (length > 1 && digits[length - 1] == '0')
        length--;
    digits[length] = '\0';
    *place = atoi(e + 1) + 1;
    return length;
}

/* Whether Erlang prints it as 1200.0 rather than 1.2e3 (io_lib_format:fwrite_g/1). */
static bool prints_point_zero(double value, int length, int place) {
    char exponent[16];
    if (place < length || value >= 9007199254740992.0)
        return false;
    int cost = snprintf(exponent, sizeof exponent, "%d", place - 1) + 1 + (length == 1 ? 2 : 1);
    return place - length + 2 <= cost;
}

static void set_float(moon_decimal *d, double value) {
    char digits[24];
    int place, length = shortest(fabs(value), digits, &place);
    bool zero = value == 0;
    d->kind = MOON_FINITE;
    d->sign = signbit(value) ? -1 : 1;
    mpz_set_str(d->coef, digits, 10);
    d->exp = zero ? -1 : place - length;
    if (!zero && prints_point_zero(fabs(value), length, place)) {
        mpz_t power;
        mpz_init(power);
        mpz_ui_pow_ui(power, 10, (unsigned long)(place - length + 1));
        mpz_mul(d->coef, d->coef, power);
        mpz_clear(power);
        d->exp = -1;
    }
}

static bool is_finite_float(lua_State *L, int index) {
    return lua_type(L, index) == LUA_TNUMBER && !lua_isinteger(L, index) &&
           isfinite(lua_tonumber(L, index));
}

static int decimal_from_float(lua_State *L) {
    lua_settop(L, 1);
    if (!is_finite_float(L, 1))
        return moon_bad_argument(L, "Decimal.from_float", 1, "float", "a finite float");
    moon_decimal_work *w = moon_decimal_begin(L);
    set_float(&w->numbers[0], lua_tonumber(L, 1));
    moon_push_decimal(L, &w->numbers[0]);
    moon_decimal_finish(w);
    return 1;
}

/* A limit among the options at index 2. */
static int64_t read_limit(lua_State *L, const char *what, int arg, const char *option,
                          int64_t otherwise) {
    int64_t limit = otherwise;
    int type = moon_push_option(L, arg, option);
    if (lua_isinteger(L, -1) && lua_tointeger(L, -1) >= 0)
        limit = lua_tointeger(L, -1);
    else if (type != LUA_TNIL &&
             !(type == LUA_TSTRING && strcmp(lua_tostring(L, -1), "infinity") == 0))
        moon_bad_option(L, what, arg, option, "a natural number or \"infinity\"");
    else if (type != LUA_TNIL)
        limit = MOON_NO_LIMIT;
    lua_pop(L, 1);
    return limit;
}

static moon_decimal_limits read_limits(lua_State *L, const char *what) {
    static const char *const names[] = {"max_digits", "max_exponent", NULL};
    moon_check_options(L, what, 2);
    moon_check_option_names(L, what, 2, names);
    moon_decimal_limits limits = {
        .digits = read_limit(L, what, 2, "max_digits", MOON_NO_LIMIT),
        .exponent = read_limit(L, what, 2, "max_exponent", MOON_NO_LIMIT),
    };
    if (limits.exponent > MOON_DECIMAL_MAX_EXP)
        limits.exponent = MOON_DECIMAL_MAX_EXP;
    return limits;
}

static int no_number(lua_State *L) {
    lua_pushnil(L);
    lua_pushliteral(L, "error");
    return 2;
}

static int decimal_parse(lua_State *L) {
    size_t size, used;
    lua_settop(L, 2);
    if (lua_type(L, 1) != LUA_TSTRING)
        return moon_bad_argument(L, "Decimal.parse", 1, "text", "a string");
    moon_decimal_limits limits = read_limits(L, "Decimal.parse");
    moon_decimal_work *w = moon_decimal_begin(L);
    const char *text = lua_tolstring(L, 1, &size);
    moon_parsed parsed = moon_decimal_parse(text, size, &limits, &w->numbers[0], &used);
    if (parsed == MOON_PARSE_NO_MEMORY)
        moon_no_memory(L);
    if (parsed == MOON_PARSED)
        moon_push_decimal(L, &w->numbers[0]);
    moon_decimal_finish(w);
    if (parsed != MOON_PARSED)
        return no_number(L);
    lua_pushlstring(L, text + used, size - used);
    return 2;
}

static bool within(const moon_decimal *d, const moon_decimal_limits *limits) {
    if (d->kind != MOON_FINITE)
        return true;
    return (int64_t)moon_decimal_digits(d->coef) <= limits->digits && d->exp <= limits->exponent &&
           d->exp >= -limits->exponent;
}

static int decimal_cast(lua_State *L) {
    lua_settop(L, 2);
    moon_decimal_limits limits = read_limits(L, "Decimal.cast");
    moon_decimal_work *w = moon_decimal_begin(L);
    moon_decimal *d = &w->numbers[0];
    bool taken = is_finite_float(L, 1);
    if (lua_type(L, 1) == LUA_TSTRING) {
        size_t size, used;
        const char *text = lua_tolstring(L, 1, &size);
        taken = moon_decimal_parse(text, size, &limits, d, &used) == MOON_PARSED && used == size;
    } else {
        if (taken)
            set_float(d, lua_tonumber(L, 1));
        taken = (taken || moon_decimal_take(L, 1, d)) && within(d, &limits);
    }
    if (taken)
        moon_push_decimal(L, d);
    moon_decimal_finish(w);
    return taken ? 1 : no_number(L);
}

/* ------------------------------------------------------------------------------------- to strings
 */

static void add_piece(void *context, const char *bytes, size_t size) {
    luaL_addlstring(context, bytes, size);
}

static void add_zeros(luaL_Buffer *out, int64_t count) {
    for (int64_t room; count > 0; count -= room) {
        room = count < 1024 ? count : 1024;
        memset(luaL_prepbuffsize(out, (size_t)room), '0', (size_t)room);
        luaL_addsize(out, (size_t)room);
    }
}

static void add_normal(luaL_Buffer *out, const char *digits, size_t size, int64_t exp) {
    int64_t whole = (int64_t)size + exp;
    if (exp >= 0) {
        luaL_addlstring(out, digits, size);
        add_zeros(out, exp);
    } else if (whole > 0) {
        luaL_addlstring(out, digits, (size_t)whole);
        luaL_addchar(out, '.');
        luaL_addlstring(out, digits + whole, (size_t)-exp);
    } else {
        luaL_addstring(out, "0.");
        add_zeros(out, -whole);
        luaL_addlstring(out, digits, size);
    }
}

/* The canonical form of XML Schema: no zeros at the end, but a digit behind the point. The digits
 * of an integer get *zeros more. */
static void make_canonical(moon_decimal *d, int64_t *zeros) {
    *zeros = 0;
    if (mpz_sgn(d->coef) == 0) {
        d->exp = -1;
        return;
    }
    d->exp += moon_decimal_strip(d->coef);
    if (d->exp >= 0) {
        *zeros = d->exp;
        d->exp = 0;
    }
}

static int64_t count_digits(int64_t number) {
    char text[32];
    return snprintf(text, sizeof text, "%" PRId64, number < 0 ? -number : number);
}

/* How many digits the text will have. */
static int64_t written_digits(const char *format, int64_t size, int64_t exp) {
    int64_t adjusted = exp + size - 1;
    if (*format == 'r')
        return size + (exp == 0 ? 0 : count_digits(exp));
    if (*format == 's' && exp != 0 && !(exp < 0 && adjusted >= -6))
        return size + count_digits(adjusted);
    return exp >= 0 ? size + exp : adjusted >= 0 ? size : size - adjusted;
}

static void check_digits(lua_State *L, const char *format, int64_t digits, int64_t most) {
    if (digits > most)
        luaL_error(L, "\"%s\" representation requires %I digits, but the configured maximum is %I",
                   format, (LUAI_UACINT)digits, (LUAI_UACINT)most);
}

static void add_finite(lua_State *L, const char *format, moon_decimal *d, int64_t most) {
    size_t size;
    int64_t zeros = 0;
    bool xsd = *format == 'x';
    if (xsd && d->exp >= -MOON_DECIMAL_MAX_EXP)
        make_canonical(d, &zeros);
    const char *digits = push_digits(L, d->coef, &size);
    bool point_zero = xsd && d->exp == 0;
    int64_t exp = d->exp + zeros;
    check_digits(
        L, format,
        xsd && mpz_sgn(d->coef) == 0 ? 2 : written_digits(format, (int64_t)size, exp) + point_zero,
        most);
    luaL_Buffer out;
    luaL_buffinit(L, &out);
    if (*format == 's') {
        mb_write_decimal(d->sign, digits, size, exp, add_piece, &out);
    } else {
        if (d->sign < 0)
            luaL_addchar(&out, '-');
        if (*format == 'r')
            luaL_addlstring(&out, digits, size);
        else
            add_normal(&out, digits, size, exp);
        if (*format == 'r' && exp != 0) {
            char power[32];
            luaL_addlstring(&out, power, (size_t)snprintf(power, sizeof power, "E%" PRId64, exp));
        }
        if (point_zero)
            luaL_addstring(&out, ".0");
    }
    luaL_pushresult(&out);
}

static void push_text(lua_State *L, const char *format, moon_decimal *d, int64_t most) {
    if (d->kind == MOON_FINITE)
        add_finite(L, format, d, most);
    else
        lua_pushfstring(L, "%s%s", d->sign < 0 ? "-" : "",
                        d->kind == MOON_NAN ? "NaN" : "Infinity");
}

static int decimal_to_string(lua_State *L) {
    static const char *const formats[] = {"scientific", "normal", "xsd", "raw"};
    int format = 0;
    lua_settop(L, 3);
    if (!lua_isnil(L, 2)) {
        while (format < 4 &&
               !(lua_type(L, 2) == LUA_TSTRING && strcmp(lua_tostring(L, 2), formats[format]) == 0))
            format++;
        if (format == 4)
            return moon_bad_argument(L, "Decimal.to_string", 2, "format",
                                     "\"scientific\", \"normal\", \"xsd\" or \"raw\"");
    }
    static const char *const names[] = {"max_digits", NULL};
    moon_check_options(L, "Decimal.to_string", 3);
    moon_check_option_names(L, "Decimal.to_string", 3, names);
    int64_t most = read_limit(L, "Decimal.to_string", 3, "max_digits", MOST_DIGITS);
    moon_decimal_work *w = moon_decimal_begin(L);
    moon_decimal_read(L, "Decimal.to_string", 1, "num", &w->numbers[0]);
    push_text(L, formats[format], &w->numbers[0], most);
    moon_decimal_finish(w);
    return 1;
}

int moon_decimal_tostring(lua_State *L) {
    lua_settop(L, 1);
    moon_decimal_work *w = moon_decimal_begin(L);
    moon_decimal_read(L, "tostring", 1, "num", &w->numbers[0]);
    push_text(L, "scientific", &w->numbers[0], MOON_NO_LIMIT);
    moon_decimal_finish(w);
    return 1;
}

/* ------------------------------------------------------------------------------------- to numbers
 */

static int decimal_to_integer(lua_State *L) {
    lua_settop(L, 1);
    moon_decimal_work *w = moon_decimal_begin(L);
    moon_decimal *d = &w->numbers[0];
    moon_decimal_read(L, "Decimal.to_integer", 1, "num", d);
    if (d->kind != MOON_FINITE)
        return moon_bad_argument(L, "Decimal.to_integer", 1, "num", "a finite number");
    if (d->exp < 0)
        d->exp = mpz_sgn(d->coef) == 0 ? 0 : d->exp + moon_decimal_strip(d->coef);
    if (d->exp < 0)
        return luaL_error(L, "cannot convert %s without losing precision. Use Decimal.round first.",
                          push_inspected(L, d));
    if (mpz_sgn(d->coef) != 0 && d->exp > 0 && d->exp < 19) {
        mpz_ui_pow_ui(w->numbers[1].coef, 10, (unsigned long)d->exp);
        mpz_mul(d->coef, d->coef, w->numbers[1].coef);
        d->exp = 0;
    }
    if (d->sign < 0)
        mpz_neg(d->coef, d->coef);
    if (mpz_sgn(d->coef) != 0 && (d->exp > 0 || !mpz_fits_slong_p(d->coef)))
        return luaL_error(L, "%s does not fit into an integer of 64 bits",
                          (mpz_abs(d->coef, d->coef), push_inspected(L, d)));
    lua_pushinteger(L, mpz_get_si(d->coef));
    moon_decimal_finish(w);
    return 1;
}

static _Noreturn void refuse_float(lua_State *L, const moon_decimal *d, const char *of_positive,
                                   const char *of_negative) {
    luaL_error(L, "Decimal.Error: %s: %s", d->sign > 0 ? of_positive : of_negative,
               push_inspected(L, d));
    abort();
}

/* The nearest float; strtod rounds half to even. */
static double nearest(lua_State *L, const moon_decimal *d) {
    size_t size;
    luaL_Buffer text;
    const char *digits = push_digits(L, d->coef, &size);
    luaL_buffinit(L, &text);
    mb_write_decimal(d->sign, digits, size, d->exp, add_piece, &text);
    luaL_pushresult(&text);
    const char *written = lua_tostring(L, -1);
    double value = lua_stringtonumber(L, written) ? lua_tonumber(L, -1) : strtod(written, NULL);
    return value;
}

/* dbl_max and dbl_min of the library. */
static void check_float(lua_State *L, moon_decimal_work *w) {
    moon_decimal *d = &w->numbers[0], *size = &w->numbers[1], *limit = &w->numbers[2];
    int order;
    moon_decimal_copy(size, d);
    size->sign = 1;
    mpz_set_str(limit->coef, "17976931348623158", 10);
    limit->exp = 292;
    moon_decimal_compare(&w->context, size, limit, &order);
    if (order > 0)
        refuse_float(L, d, "number bigger than DBL_MAX", "negative number smaller than DBL_MAX");
    mpz_set_str(limit->coef, "22250738585072014", 10);
    limit->exp = -324;
    moon_decimal_compare(&w->context, size, limit, &order);
    if (order < 0 && mpz_sgn(d->coef) != 0)
        refuse_float(L, d, "number smaller than DBL_MIN", "negative number bigger than DBL_MIN");
}

static int decimal_to_float(lua_State *L) {
    lua_settop(L, 1);
    moon_decimal_work *w = moon_decimal_begin(L);
    moon_decimal *d = &w->numbers[0];
    moon_decimal_read(L, "Decimal.to_float", 1, "num", d);
    if (d->kind != MOON_FINITE)
        return luaL_error(L, "%s cannot be converted to float", push_inspected(L, d));
    check_float(L, w);
    lua_pushnumber(L, mpz_sgn(d->coef) == 0 ? 0.0 : nearest(L, d));
    moon_decimal_finish(w);
    return 1;
}

static const moon_binding bindings[] = {
    {"Decimal.new",
     "new(num)\n\n"
     "A decimal from an integer, a string or a decimal; with three arguments, from sign, coef and "
     "exp: sign * coef * 10 ^ exp. All digits are kept.\n\n"
     "    Decimal.new(\"3.140\")   --> Decimal.new(\"3.140\")\n"
     "    Decimal.new(1, 42, -1)   --> Decimal.new(\"4.2\")",
     decimal_new},
    {"Decimal.from_float",
     "from_float(float)\n\n"
     "A decimal of the shortest digits that stand for the float.\n\n"
     "    Decimal.from_float(3.14)   --> Decimal.new(\"3.14\")",
     decimal_from_float},
    {"Decimal.parse",
     "parse(text [, { max_digits = \"infinity\", max_exponent = \"infinity\" }])\n\n"
     "The number at the start of text, and the rest of text; nil, \"error\" if there is none "
     "within "
     "the limits.\n\n"
     "    number, rest = Decimal.parse(\"3.14 m\")\n"
     "    rest   --> \" m\"",
     decimal_parse},
    {"Decimal.cast",
     "cast(value [, { max_digits = \"infinity\", max_exponent = \"infinity\" }])\n\n"
     "A decimal from an integer, a float, a string or a decimal; nil, \"error\" from anything "
     "else.\n\n"
     "    Decimal.cast(1.5)   --> Decimal.new(\"1.5\")",
     decimal_cast},
    {"Decimal.to_string",
     "to_string(num [, format = \"scientific\" [, { max_digits = 10000000 }]])\n\n"
     "Formats: scientific, normal (without an exponent), xsd (of XML Schema), raw (coefE exp).\n\n"
     "    Decimal.to_string(\"123e1\")   --> \"1.23E+3\"\n"
     "    Decimal.to_string(\"123e1\", \"normal\")   --> \"1230\"",
     decimal_to_string},
    {"Decimal.to_integer",
     "to_integer(num)\n\nThe number as an integer; an error if digits would be lost.\n\n"
     "    Decimal.to_integer(\"42.00\")   --> 42",
     decimal_to_integer},
    {"Decimal.to_float",
     "to_float(num)\n\nThe float next to the number.\n\n"
     "    Decimal.to_float(\"1.5\")   --> 1.5",
     decimal_to_float},
    {NULL, NULL, NULL},
};

void moon_open_decimal_conversions(lua_State *L) { moon_bind(L, bindings); }
