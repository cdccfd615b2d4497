#include "lua/spelling.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#define LONGEST 40u /* no name is longer, or it is not looked at */

moon_spelling moon_spelling_of(const char *given) {
    return (moon_spelling){.given = given, .distance = strlen(given) / 3 + 1};
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

static bool is_same(char a, char b) {
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* Damerau and Levenshtein's, of three rows; a letter in the wrong case is no slip. */
static size_t slips(const char *a, size_t n, const char *b, size_t m) {
    size_t rows[3][LONGEST + 1];
    for (size_t j = 0; j <= m; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *row = rows[i % 3], *before = rows[(i + 2) % 3], *earlier = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t changed = before[j - 1] + !is_same(a[i - 1], b[j - 1]);
            row[j] = least(changed, least(before[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && is_same(a[i - 1], b[j - 2]) && is_same(a[i - 2], b[j - 1]))
                row[j] = least(row[j], earlier[j - 2] + 1);
        }
    }
    return rows[n % 3][m];
}

void moon_spelling_try(moon_spelling *s, const char *name) {
    size_t n = strlen(s->given), m = strlen(name);
    if (n > LONGEST || m > LONGEST || strcmp(s->given, name) == 0)
        return;
    size_t distance = slips(s->given, n, name, m);
    bool nearer = distance < s->distance;
    bool first = s->best && distance == s->distance && strcmp(name, s->best) < 0;
    if (!nearer && !first)
        return;
    s->best = name;
    s->distance = distance;
}
