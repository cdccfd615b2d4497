/* The helpers, file by file. */
#ifndef MOON_HELPER_LIST_H
#define MOON_HELPER_LIST_H

#include "lua/help.h"

extern const moon_binding moon_look_helpers[];        /* helper_look.c; programs have them, too */
extern const moon_binding moon_prompt_look_helpers[]; /* helper_look.c */
extern const moon_binding moon_inspect_helpers[];     /* helper_inspect.c */
extern const moon_binding moon_help_helpers[];        /* helper_help.c */
extern const moon_binding moon_load_helpers[];        /* helper_load.c */
extern const moon_binding moon_shell_helpers[];       /* helpers.c */

/* What they draw; each is one idea and one file. */
struct moon_page;
typedef enum moon_process_order {
    MOON_BY_AGE,
    MOON_BY_MAILBOX,
    MOON_BY_MEMORY,
    MOON_BY_REDUCTIONS,
} moon_process_order;
void moon_draw_processes(struct moon_page *page, moon_process_order order, size_t most);
void moon_draw_supervision(struct moon_page *page, mb_pid root);
void moon_draw_mailbox(struct moon_page *page, mb_process *p);
void moon_narrate(struct moon_page *page, uint64_t count);
void moon_explain(struct moon_page *page, moon_universe *u, const char *path);
void moon_explain_everything(struct moon_page *page, moon_universe *u);

#endif
