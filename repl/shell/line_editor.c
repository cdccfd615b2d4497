#include "shell/line_editor.h"

#include <unistd.h>

moon_line_editor *moon_line_editor_new(const moon_line_client *client, const char *history_path) {
#if MOONBEAM_READLINE
    if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)) {
        return moon_line_editor_readline(client, history_path);
    }
#endif
    return moon_line_editor_plain(client);
}
