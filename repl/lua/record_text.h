/* Terms as Lua writes them, on one line. */
#ifndef MOON_RECORD_TEXT_H
#define MOON_RECORD_TEXT_H

#include "moonbeam.h"

/* Writes the term, a table constructor when it is a table, and ends the line. False, and nothing is
 * written, when it is not plain data: not made of tables, strings, numbers, booleans and nil. */
bool moon_record_write(FILE *file, mb_term term);

#endif
