#include "view/picture.h"

static size_t print_string(mb_term term, char *text, size_t size) {
    size_t length;
    const char *bytes = mb_bytes(&term, &length);
    return (size_t)snprintf(text, size, "%.*s", (int)length, bytes);
}

/* A name that pid had at the end of its life, as far back as the log goes; nil for none. */
static mb_term last_name(const mb_runtime *rt, mb_pid pid) {
    for (uint64_t n = mb_event_last(rt); n > 0; n--) {
        const mb_event *e = mb_event_get(rt, n);
        if (e == NULL) {
            break;
        }
        if (e->type == MB_EVENT_REGISTER && e->subject == pid) {
            return e->term;
        }
    }
    return mb_nil();
}

mb_term moon_process_purpose(mb_process *p) {
    mb_term label = mb_dictionary_get(p, mb_atom("$process_label"));
    if (label.type == MB_STRING) {
        return label;
    }
    mb_process_info info;
    mb_info(p, &info);
    return info.initial_call;
}

static mb_term purpose_of(mb_runtime *rt, mb_pid pid) {
    mb_process *p = mb_lookup(rt, pid);
    if (p != NULL) {
        return moon_process_purpose(p);
    }
    for (uint64_t n = mb_event_last(rt); n > 0; n--) {
        const mb_event *e = mb_event_get(rt, n);
        if (e == NULL) {
            break;
        }
        if (e->type == MB_EVENT_SPAWN && e->object == pid) {
            return e->term;
        }
    }
    return mb_nil();
}

size_t moon_process_label(mb_runtime *rt, mb_pid shell, mb_pid pid, char *text, size_t size) {
    if (pid == 0) {
        return (size_t)snprintf(text, size, "outside");
    }
    if (pid == shell) {
        return (size_t)snprintf(text, size, "shell");
    }
    mb_process *p = mb_lookup(rt, pid);
    mb_term name = p != NULL ? mb_registered_name(p) : last_name(rt, pid);
    if (name.type == MB_STRING) {
        return print_string(name, text, size);
    }
    char id[48], what[64] = "";
    mb_inspect_text(mb_pid_term(pid), id, sizeof id);
    mb_term purpose = purpose_of(rt, pid);
    if (purpose.type == MB_STRING) {
        print_string(purpose, what, sizeof what);
    }
    if (*what == '\0') {
        return (size_t)snprintf(text, size, "%s", id);
    }
    return (size_t)snprintf(text, size, "%s %s", what, id + (strncmp(id, "#PID", 4) == 0 ? 4 : 0));
}

mb_pid moon_process_named(mb_runtime *rt, const char *name) {
    mb_term term;
    if (!mb_string_new(rt, name, strlen(name), &term)) {
        return 0;
    }
    mb_pid pid = mb_whereis(rt, term);
    mb_release(rt, term);
    return pid;
}
