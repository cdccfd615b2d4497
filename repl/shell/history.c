#include "shell/history.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "view/text.h"

static void encode(moon_text *out, const char *entry) {
    for (const char *c = entry; *c != '\0'; c++) {
        if (*c == '\n') {
            moon_text_puts(out, "\\n");
        } else if (*c == '\\') {
            moon_text_puts(out, "\\\\");
        } else {
            moon_text_add(out, c, 1);
        }
    }
    moon_text_puts(out, "\n");
}

/* In place: what is decoded is never longer. */
static void decode(char *line) {
    char *out = line;
    for (const char *in = line; *in != '\0'; in++) {
        if (*in == '\\' && in[1] != '\0') {
            in++;
            *out++ = (char)(*in == 'n' ? '\n' : *in);
        } else {
            *out++ = *in;
        }
    }
    *out = '\0';
}

static bool read_file(const char *path, moon_text *out) {
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return false;
    }
    char block[8192];
    size_t size;
    while ((size = fread(block, 1, sizeof block, file)) > 0) {
        moon_text_add(out, block, size);
    }
    fclose(file);
    return out->size > 0;
}

/* Beside the file and then moved over it, so that nobody ever sees half of it. */
static void replace_file(const char *path, const char *bytes, size_t size) {
    moon_text other = {0};
    moon_text_format(&other, "%s.%ld", path, (long)getpid());
    int fd = open(other.bytes, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0) {
        bool written = write(fd, bytes, size) == (ssize_t)size;
        if (close(fd) != 0 || !written || rename(other.bytes, path) != 0) {
            unlink(other.bytes);
        }
    }
    moon_text_free(&other);
}

static size_t count_lines(const char *bytes, size_t size) {
    size_t count = 0;
    for (size_t i = 0; i < size; i++) {
        count += bytes[i] == '\n';
    }
    return count;
}

void moon_history_load(const char *path, void (*visit)(void *context, const char *entry),
                       void *context) {
    moon_text file = {0};
    if (read_file(path, &file)) {
        size_t lines = count_lines(file.bytes, file.size);
        char *line = file.bytes;
        for (size_t skip = lines; skip > MOON_HISTORY_LIMIT; skip--) {
            line = strchr(line, '\n') + 1;
        }
        if (lines > 2 * MOON_HISTORY_LIMIT) {
            replace_file(path, line, file.size - (size_t)(line - file.bytes));
        }
        for (char *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
            *end = '\0';
            decode(line);
            visit(context, line);
        }
    }
    moon_text_free(&file);
}

bool moon_history_append(const char *path, const char *entry) {
    moon_text line = {0};
    encode(&line, entry);
    bool done = false;
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd >= 0) {
        done = write(fd, line.bytes, line.size) == (ssize_t)line.size;
        done = close(fd) == 0 && done;
    }
    moon_text_free(&line);
    return done;
}
