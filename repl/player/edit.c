#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "player/play.h"

static bool write_all(int fd, const char *text) {
    size_t size = strlen(text);
    while (size > 0) {
        ssize_t n = write(fd, text, size);
        if (n <= 0) {
            return false;
        }
        text += n;
        size -= (size_t)n;
    }
    return true;
}

static const char *editor(void) {
    const char *names[] = {getenv("VISUAL"), getenv("EDITOR")};
    for (size_t i = 0; i < 2; i++) {
        if (names[i] != NULL && *names[i] != '\0') {
            return names[i];
        }
    }
    return "vi";
}

/* The editor's name may carry options, so that the shell is asked; the path is its argument. */
static bool run_editor(const char *path) {
    moon_text command = {0};
    moon_text_format(&command, "%s \"$1\"", editor());
    pid_t child = fork();
    if (child == 0) {
        execl("/bin/sh", "sh", "-c", command.bytes, "sh", path, (char *)NULL);
        _exit(127);
    }
    int status = -1;
    if (child > 0) {
        waitpid(child, &status, 0);
    }
    moon_text_free(&command);
    return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static char *read_all(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return NULL;
    }
    moon_text text = {0};
    char block[4096];
    for (size_t n; (n = fread(block, 1, sizeof block, file)) > 0;) {
        moon_text_add(&text, block, n);
    }
    fclose(file);
    return moon_text_take(&text);
}

char *moon_edit(const char *text) {
    const char *folder = getenv("TMPDIR");
    moon_text path = {0};
    moon_text_format(&path, "%s/task-XXXXXX", folder != NULL && *folder != '\0' ? folder : "/tmp");
    int fd = mkstemp(path.bytes);
    bool written = fd >= 0 && write_all(fd, text);
    if (fd >= 0) {
        written = close(fd) == 0 && written;
    }
    char *result = written && run_editor(path.bytes) ? read_all(path.bytes) : NULL;
    if (fd >= 0) {
        unlink(path.bytes);
    }
    moon_text_free(&path);
    return result;
}
