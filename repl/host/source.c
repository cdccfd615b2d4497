#include "host/source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What precompiled Lua begins with. */
#define BINARY_MARK '\x1b'

static char *refuse(const char *path, const char *why, char *text) {
    fprintf(stderr, "moonbeam: %s: %s\n", path != NULL ? path : "the standard input", why);
    free(text);
    return NULL;
}

static char *read_all(FILE *file, size_t *size) {
    char *text = NULL;
    size_t used = 0;
    size_t capacity = 0;
    do {
        if (capacity - used < 2) {
            capacity = capacity > 0 ? 2 * capacity : 16384;
            char *grown = realloc(text, capacity);
            if (grown == NULL) {
                break;
            }
            text = grown;
        }
        used += fread(text + used, 1, capacity - used - 1, file);
    } while (!feof(file) && !ferror(file));
    if (!feof(file)) {
        int error = ferror(file) ? errno : ENOMEM;
        free(text);
        errno = error;
        return NULL;
    }
    text[used] = '\0';
    *size = used;
    return text;
}

char *moon_read_source(const char *path, size_t *size) {
    FILE *file = path != NULL ? fopen(path, "re") : stdin;
    if (file == NULL) {
        return refuse(path, strerror(errno), NULL);
    }
    char *text = read_all(file, size);
    int error = errno;
    if (path != NULL) {
        fclose(file);
    }
    if (text == NULL) {
        return refuse(path, strerror(error), NULL);
    }
    if (*size > 0 && text[0] == BINARY_MARK) {
        return refuse(path, "a binary chunk; only the text of a program can be run", text);
    }
    return text;
}
