#include "host/state_file.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Makes every folder on the way to the last component. */
static void make_folders(char *path) {
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
}

char *moon_state_file(const char *name) {
    const char *base = getenv("XDG_STATE_HOME");
    const char *below = "/moonbeam/";
    /* Relative paths in XDG_STATE_HOME are invalid, and to be ignored. */
    if (base == NULL || *base != '/') {
        base = getenv("HOME");
        below = "/.local/state/moonbeam/";
    }
    if (base == NULL || *base != '/') {
        return NULL;
    }
    size_t size = strlen(base) + strlen(below) + strlen(name) + 1;
    char *path = malloc(size);
    if (path != NULL) {
        snprintf(path, size, "%s%s%s", base, below, name);
        make_folders(path);
    }
    return path;
}
