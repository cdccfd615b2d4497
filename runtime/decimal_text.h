/* How Elixir's decimal library writes its numbers. */
#ifndef MB_DECIMAL_TEXT_H
#define MB_DECIMAL_TEXT_H

#include "moonbeam.h"

/* Prints a table that is a Decimal { sign, coef, exp } as Decimal.new("1.10"); false, and nothing
 * printed, for any other. */
bool mb_write_decimal_struct(const mb_table *table, mb_write write, void *context);

#endif
