/* What the files of Decimal share: the numbers of one call, its arguments and results. */
#ifndef MOON_DECIMAL_LIB_H
#define MOON_DECIMAL_LIB_H

#include "lua/context.h"
#include "lua/decimal.h"

#define MOON_WORK_NUMBERS 4

/* The numbers of one call. Userdata, so that an error leaks nothing. */
typedef struct moon_decimal_work {
    moon_decimal numbers[MOON_WORK_NUMBERS];
    moon_decimal_context context; /* of the process */
    bool open;
} moon_decimal_work;

/* Pushes the work of a call; give it back when the call is done (an error does that itself). */
moon_decimal_work *moon_decimal_begin(lua_State *L);
void moon_decimal_finish(moon_decimal_work *w);
/* After an operation: keeps its flags; raises Decimal.Error in the library's words unless ok. */
void moon_decimal_succeed(lua_State *L, moon_decimal_work *w, bool ok);

bool moon_is_decimal(lua_State *L, int index);
/* The value at index as a number; false if it is no decimal, integer or string with a number. */
bool moon_decimal_take(lua_State *L, int index, moon_decimal *d);
/* Argument arg of function `what` as a number, or an error. */
void moon_decimal_read(lua_State *L, const char *what, int arg, const char *name, moon_decimal *d);
/* Sign, exponent and coefficient as the three values on top of the stack; false: they are none. */
bool moon_decimal_read_parts(lua_State *L, moon_decimal *d);

/* Pushes coef as an integer, where it fits into one, else as digits. */
void moon_push_digits(lua_State *L, const mpz_t coef);
void moon_push_decimal(lua_State *L, const moon_decimal *d);

/* decimal_convert_lib.c: Decimal.new, parse, to_string and their like. */
void moon_open_decimal_conversions(lua_State *L);
/* decimal_compare_lib.c: comparisons, also as metamethods of the table on top of the stack. */
void moon_open_decimal_comparisons(lua_State *L);
/* tostring of a decimal. */
int moon_decimal_tostring(lua_State *L);

#endif
