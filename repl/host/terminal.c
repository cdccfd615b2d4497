#include "host/terminal.h"

#include <stdbool.h>
#include <sys/ioctl.h>
#include <unistd.h>

size_t moon_terminal_width(void) {
    struct winsize size;
    bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : 80;
}
