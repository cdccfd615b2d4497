/* The log: each line goes to the host's sink and into the history. */
#include "events.h"
#include "process.h"
#include "runtime.h"

#include <stdarg.h>

const char *mb_level_name(mb_level level) {
    static const char *const names[] = {"debug", "info",     "notice", "warning",
                                        "error", "critical", "alert",  "emergency"};
    return names[level];
}

bool mb_sasl_reports(const mb_runtime *rt) { return rt->sasl_reports; }

void mb_set_sasl_reports(mb_runtime *rt, bool on) { rt->sasl_reports = on; }

int mb_log_level(const mb_runtime *rt) { return rt->log_level; }

void mb_set_log_level(mb_runtime *rt, int level) { rt->log_level = level; }

/* { level, text }; the level alone when there is no memory for more. */
static void record(mb_runtime *rt, mb_level level, mb_pid pid, const char *text, size_t size) {
    mb_term parts[2] = {mb_atom(mb_level_name(level))};
    mb_term line;
    if (!mb_string_new(rt, text, size, &parts[1])) {
        mb_event_record(rt, MB_EVENT_LOG, pid, 0, parts[0]);
        return;
    }
    if (mb_tuple(rt, &line, 2, parts)) {
        mb_event_record(rt, MB_EVENT_LOG, pid, 0, line);
        mb_release(rt, line);
    } else {
        mb_event_record(rt, MB_EVENT_LOG, pid, 0, parts[0]);
    }
    mb_release(rt, parts[1]);
}

void mb_set_process_log_level(mb_process *p, int level) {
    p->log_level = (uint8_t)(level - MB_LOG_UNSET);
}

int mb_process_log_level(const mb_process *p) { return p->log_level + MB_LOG_UNSET; }

void mb_log(mb_runtime *rt, mb_level level, mb_pid pid, const char *text, size_t size) {
    const mb_process *p = mb_lookup(rt, pid);
    if (!p || (int)level >= mb_process_log_level(p))
        mb_log_about(rt, level, pid, text, size);
}

void mb_log_about(mb_runtime *rt, mb_level level, mb_pid pid, const char *text, size_t size) {
    if (!mb_logs(rt, level))
        return;
    record(rt, level, pid, text, size);
    if (rt->config.log)
        rt->config.log(rt->config.sink_context, level, pid, mb_now_exact(rt), text, size);
}

void mb_log_format(mb_runtime *rt, mb_level level, mb_pid pid, const char *format, ...) {
    char buffer[512];
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(buffer, sizeof buffer, format, arguments);
    va_end(arguments);
    size_t size = length < 0 ? 0 : (size_t)length;
    char *large = size < sizeof buffer ? NULL : mb_allocate(rt, NULL, 0, size + 1);
    if (large)
        vsnprintf(large, size + 1, format, again);
    else if (size >= sizeof buffer) /* no memory: what fits */
        size = sizeof buffer - 1;
    va_end(again);
    mb_log(rt, level, pid, large ? large : buffer, size);
    if (large)
        mb_allocate(rt, large, size + 1, 0);
}
