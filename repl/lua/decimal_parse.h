/* Text to decimal numbers. */
#ifndef MOON_DECIMAL_PARSE_H
#define MOON_DECIMAL_PARSE_H

#include "lua/decimal.h"

typedef struct moon_decimal_limits {
    int64_t digits;   /* that the text may have; MOON_NO_LIMIT */
    int64_t exponent; /* largest absolute exponent; MOON_DECIMAL_MAX_EXP: no other limit */
} moon_decimal_limits;

#define MOON_NO_LIMIT INT64_MAX

typedef enum moon_parsed {
    MOON_PARSED,
    MOON_NO_NUMBER, /* or one beyond the limits */
    MOON_PARSE_NO_MEMORY,
} moon_parsed;

/* The number that text begins with; *used: how many bytes of it. limits may be NULL. */
moon_parsed moon_decimal_parse(const char *text, size_t size, const moon_decimal_limits *limits,
                               moon_decimal *d, size_t *used);

#endif
