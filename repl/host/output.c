#include "host/output.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void moon_output_init(moon_output *output, int fd) {
    output->fd = fd;
    output->used = 0;
}

_Noreturn void moon_die_of(int signal_number) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, signal_number);
    signal(signal_number, SIG_DFL);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    raise(signal_number);
    _exit(128 + signal_number);
}

/* Returns when the write is worth another try. */
static void recover(int fd) {
    if (errno == EINTR) {
        return;
    }
    if (errno == EAGAIN) {
        struct pollfd poll_fd = {.fd = fd, .events = POLLOUT};
        poll(&poll_fd, 1, -1);
        return;
    }
    if (errno == EPIPE) {
        moon_die_of(SIGPIPE);
    }
    if (fd != STDERR_FILENO) {
        fprintf(stderr, "moonbeam: cannot write: %s\n", strerror(errno));
    }
    _exit(1);
}

static void write_all(int fd, const char *bytes, size_t size) {
    while (size > 0) {
        ssize_t written = write(fd, bytes, size);
        if (written < 0) {
            recover(fd);
        } else {
            bytes += written;
            size -= (size_t)written;
        }
    }
}

void moon_output_flush(moon_output *output) {
    size_t size = output->used;
    output->used = 0;
    write_all(output->fd, output->bytes, size);
}

void moon_output_write(moon_output *output, const char *bytes, size_t size) {
    if (size > sizeof output->bytes - output->used) {
        moon_output_flush(output);
    }
    if (size > sizeof output->bytes) {
        write_all(output->fd, bytes, size);
    } else if (size > 0) {
        memcpy(output->bytes + output->used, bytes, size);
        output->used += size;
    }
}
