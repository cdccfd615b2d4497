/* The words of Elixir's Exception.format_exit/1 and format_banner/3 for reasons as they look here:
 * a process that raised dies of { error, stacktrace }, error being a string with its position
 * ("file:3: boom") or any other term, stacktrace an array of strings, innermost first. */
#include "reason.h"

#include <ctype.h>

#define STEP 4u        /* columns by which a nested reason is indented */
#define DEEPEST 64u    /* reasons within reasons that are told in words */

typedef struct sink {
    mb_write write;
    void *context;
} sink;

static void put(const sink *out, const char *text) { out->write(out->context, text, strlen(text)); }

static void put_term(const sink *out, mb_term term) {
    mb_inspect(term, NULL, out->write, out->context);
}

static void put_string(const sink *out, mb_term string) {
    size_t size;
    const char *text = mb_bytes(&string, &size);
    out->write(out->context, text, size);
}

static void put_line(const sink *out, size_t indent) {
    put(out, "\n");
    while (indent-- > 0)
        put(out, " ");
}

/* { tag, … } with so many elements in all. */
static bool is_tagged(mb_term term, const char *tag, size_t count) {
    return mb_is_tuple(term, count) && mb_is(mb_element(term, 0), tag);
}

static bool is_array(mb_term term) { return term.type == MB_TABLE && term.table->pair_count == 0; }

/* ---- errors and their positions -------------------------------------------------------------*/

/* Bytes of the position in "file:3: boom", without the colon behind it; 0 when there is none. A
 * file's name has no blanks, unless it is a piece of source: [string "…"]. */
static size_t position_size(const char *text, size_t size) {
    bool source = size > 8 && memcmp(text, "[string ", 8) == 0;
    for (size_t i = 0; i < size && (source || text[i] != ' '); i++) {
        size_t end = i + 1;
        if (text[i] != ':')
            continue;
        while (end < size && isdigit((unsigned char)text[end]))
            end++;
        if (end > i + 1 && end + 1 < size && text[end] == ':' && text[end + 1] == ' ')
            return end;
    }
    return 0;
}

static size_t error_position(mb_term error) {
    if (error.type != MB_STRING)
        return 0;
    size_t size;
    const char *text = mb_bytes(&error, &size);
    return position_size(text, size);
}

/* "file:3: in function 'f'", "[C]: in ?", "(...tail calls...)" */
static bool is_stack_entry(mb_term entry) {
    if (entry.type != MB_STRING)
        return false;
    size_t size;
    const char *text = mb_bytes(&entry, &size);
    if (size > 0 && (text[0] == '[' || text[0] == '('))
        return true;
    for (size_t i = 0; i + 1 < size; i++)
        if (text[i] == ':' && isdigit((unsigned char)text[i + 1]))
            return true;
    return false;
}

static bool is_stacktrace(mb_term term) {
    if (!is_array(term))
        return false;
    for (size_t i = 0; i < mb_array_size(term); i++)
        if (!is_stack_entry(mb_element(term, i)))
            return false;
    return true;
}

/* { "function_clause", { module, function, argument } }, or of a state { module, state, type,
 * content }: the first arguments of the call. */
static bool is_function_clause(mb_term reason) {
    mb_term where = mb_element(reason, 1);
    return is_tagged(reason, "function_clause", 2) && is_array(where) &&
           mb_array_size(where) >= 2 && mb_element(where, 0).type == MB_STRING &&
           mb_element(where, 1).type == MB_STRING;
}

bool mb_is_error_reason(mb_term reason) {
    if (is_function_clause(reason))
        return true;
    mb_term stack = mb_element(reason, 1);
    return mb_is_tuple(reason, 2) && is_stacktrace(stack) &&
           (mb_array_size(stack) > 0 || error_position(mb_element(reason, 0)) > 0);
}

bool mb_is_quiet_exit(mb_term reason) {
    return mb_is(reason, "normal") || mb_is(reason, "shutdown") ||
           is_tagged(reason, "shutdown", 2);
}

static int arity_of(mb_term where) {
    mb_term function = mb_element(where, 1);
    bool is_state = mb_array_size(where) == 4;
    return is_state || mb_is(function, "handle_call") ? 3 : mb_is(function, "init") ? 1 : 2;
}

static void put_function(const sink *out, mb_term where) {
    put_string(out, mb_element(where, 0));
    put(out, ".");
    put_string(out, mb_element(where, 1));
}

static void put_function_clause(const sink *out, mb_term where, size_t indent) {
    int arity = arity_of(where);
    char digits[8];
    put(out, "** (FunctionClauseError) no function clause matching in ");
    put_function(out, where);
    snprintf(digits, sizeof digits, "/%d", arity);
    put(out, digits);
    if (mb_array_size(where) < 3)
        return;
    put_line(out, indent + STEP);
    put_function(out, where);
    put(out, "(");
    put_term(out, mb_element(where, 2));
    for (int i = 3; i < arity + 2; i++) {
        put(out, ", ");
        if ((size_t)i < mb_array_size(where))
            put_term(out, mb_element(where, (size_t)i));
        else
            put(out, "_");
    }
    put(out, ")");
}

/* Strings are RuntimeErrors, but for the one that a missing function raises: "function M.f is
 * undefined or private", and perhaps ". Did you mean M.g?". */
static const char *exception_name(const char *text, size_t size) {
    static const char begin[] = "function ", words[] = " is undefined or private";
    const char *end = text + size, *at = text + sizeof begin - 1;
    if (size > sizeof begin && memcmp(text, begin, sizeof begin - 1) == 0)
        at = memchr(at, ' ', (size_t)(end - at));
    else
        at = NULL;
    bool undefined = at && (size_t)(end - at) >= sizeof words - 1 &&
                     memcmp(at, words, sizeof words - 1) == 0;
    return undefined ? "** (UndefinedFunctionError) " : "** (RuntimeError) ";
}

static void put_raised_string(const sink *out, mb_term error) {
    size_t size;
    const char *text = mb_bytes(&error, &size);
    size_t position = position_size(text, size);
    size_t start = position ? position + 2 : 0;
    put(out, exception_name(text + start, size - start));
    out->write(out->context, text + start, size - start);
}

/* A raised struct is an exception of that name; its message field says what happened. */
static void put_raised_struct(const sink *out, mb_term error) {
    mb_term message = mb_get(error, "message");
    put(out, "** (");
    put_string(out, error.table->tag);
    put(out, ") ");
    if (message.type == MB_STRING)
        put_string(out, message);
    else
        put_term(out, error);
}

static bool put_known_error(const sink *out, mb_term error) {
    static const struct {
        const char *tag, *words;
    } known[] = {
        {"badmatch", "** (MatchError) no match of right hand side value: "},
        {"case_clause", "** (CaseClauseError) no case clause matching: "},
        {"badarity", "** (BadArityError) wrong number of arguments: "},
        {"badfun", "** (BadFunctionError) expected a function, got: "},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (is_tagged(error, known[i].tag, 2)) {
            put(out, known[i].words);
            put_term(out, mb_element(error, 1));
            return true;
        }
    }
    return false;
}

static void put_exit(const sink *out, mb_term reason, size_t indent);

static void put_banner(const sink *out, mb_term error, mb_raised_as as, size_t indent) {
    if (error.type == MB_STRING) {
        put_raised_string(out, error);
    } else if (error.type == MB_TABLE && error.table->tag.type == MB_STRING) {
        put_raised_struct(out, error);
    } else if (!put_known_error(out, error)) {
        put(out, as == MB_RAISED_STOP ? "** (stop) " : "** (ErlangError) Erlang error: ");
        if (as == MB_RAISED_STOP)
            put_exit(out, error, indent + STEP);
        else
            put_term(out, error);
    }
}

static bool starts_with(mb_term string, const char *text, size_t size) {
    size_t length;
    const char *bytes = mb_bytes(&string, &length);
    return length >= size && memcmp(bytes, text, size) == 0;
}

/* Whether the frame is at that place. */
static bool is_at(mb_term frame, const char *place, size_t size) {
    size_t length;
    const char *bytes = mb_bytes(&frame, &length);
    return starts_with(frame, place, size) && (length == size || bytes[size] == ':');
}

/* Where the error was raised comes first, once: not again when the innermost frame tells it, and for
 * a library's function, which blames its caller, that frame goes without saying. So do those of the
 * runtime itself, which have no name. */
static void put_stack(const sink *out, mb_term error, mb_term stack, size_t indent) {
    static const char library[] = "[C]: in ", nameless[] = "[C]: in ?";
    size_t position = error_position(error), size = 0, first = 0, count = mb_array_size(stack);
    const char *text = position > 0 ? mb_bytes(&error, &size) : NULL;
    if (position > 0 && count > 1 && is_at(mb_element(stack, 1), text, position) &&
        starts_with(mb_element(stack, 0), library, sizeof library - 1))
        first = 1;
    if (position > 0 && (count == 0 || !is_at(mb_element(stack, first), text, position))) {
        put_line(out, indent);
        out->write(out->context, text, position);
    }
    for (size_t i = first; i < count; i++) {
        if (starts_with(mb_element(stack, i), nameless, sizeof nameless - 1))
            continue;
        put_line(out, indent);
        put_string(out, mb_element(stack, i));
    }
}

static void put_error(const sink *out, mb_term reason, mb_raised_as as, size_t indent) {
    if (is_function_clause(reason)) {
        put_function_clause(out, mb_element(reason, 1), indent);
        return;
    }
    put_banner(out, mb_element(reason, 0), as, indent);
    put_stack(out, mb_element(reason, 0), mb_element(reason, 1), indent + STEP);
}

void mb_write_error(mb_term reason, mb_raised_as as, size_t indent, mb_write write,
                    void *context) {
    put_error(&(sink){write, context}, reason, as, indent);
}

/* ---- exits ----------------------------------------------------------------------------------*/

/* One way of telling { tag, detail }; further words may follow the detail. */
typedef struct phrase {
    const char *tag, *before, *after;
} phrase;

static const phrase WORDS[] = {
    {"normal", "normal", NULL},
    {"shutdown", "shutdown", NULL},
    {"calling_self", "process attempted to call itself", NULL},
    {"timeout", "time out", NULL},
    {"killed", "killed", NULL},
    {"noconnection", "no connection", NULL},
    {"noproc",
     "no process: the process is not alive or there's no process currently associated with the "
     "given name, possibly because its application isn't started",
     NULL},
};

static const phrase PHRASES[] = {
    {"shutdown", "shutdown: ", ""},
    {"already_started", "already started: ", ""},
    {"bad_return_value", "bad return value: ", ""},
    {"bad_call", "bad call: ", ""},
    {"bad_cast", "bad cast: ", ""},
    {"bad_start_spec", "bad child specification, invalid children: ", ""},
};

static const phrase CONFIGURATION[] = {
    {"invalid_type", "invalid type: ", ""},
    {"invalid_strategy", "invalid strategy: ", ""},
    {"invalid_intensity", "invalid max_restarts (intensity): ", ""},
    {"invalid_period", "invalid max_seconds (period): ", ""},
    {"invalid_max_children", "invalid max_children: ", ""},
    {"invalid_extra_arguments", "invalid extra_arguments: ", ""},
};

static const phrase SPECIFICATION[] = {
    {"duplicate_child_name", "more than one child specification has the id: ",
     ".\nIf using tables as child specifications, make sure the id fields are unique.\n"
     "If using a module or { module, arg } as child, use Supervisor.child_spec to change the id, "
     "for example:\n\n"
     "    local children = {\n"
     "      Supervisor.child_spec({ MyWorker, arg }, { id = \"my_worker_1\" }),\n"
     "      Supervisor.child_spec({ MyWorker, arg }, { id = \"my_worker_2\" }),\n"
     "    }\n"},
    {"invalid_child_spec", "invalid child specification: ", ""},
    {"invalid_child_type", "invalid child type: ", ". Must be \"worker\" or \"supervisor\"."},
    {"invalid_mfa", "invalid mfa: ", ""},
    {"invalid_restart_type", "invalid restart type: ",
     ". Must be \"permanent\", \"transient\" or \"temporary\"."},
    {"invalid_shutdown", "invalid shutdown: ",
     ". Must be an integer >= 0, \"infinity\" or \"brutal_kill\"."},
    {"invalid_module", "invalid module: ", ". Must be a string."},
    {"invalid_modules", "invalid modules: ", ". Must be an array of strings or \"dynamic\"."},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool put_phrase(const sink *out, mb_term reason, const phrase *phrases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (is_tagged(reason, phrases[i].tag, 2)) {
            put(out, phrases[i].before);
            put_term(out, mb_element(reason, 1));
            put(out, phrases[i].after);
            return true;
        }
    }
    return false;
}

static void put_phrase_or_got(const sink *out, mb_term reason, const phrase *phrases,
                              size_t count) {
    if (put_phrase(out, reason, phrases, count))
        return;
    put(out, "got: ");
    put_term(out, reason);
}

static bool put_word(const sink *out, mb_term reason) {
    for (size_t i = 0; i < COUNT(WORDS); i++) {
        if (mb_is(reason, WORDS[i].tag)) {
            put(out, WORDS[i].before);
            return true;
        }
    }
    return false;
}

/* { "bad_return", { module, "init", value } } */
static bool put_bad_return(const sink *out, mb_term reason) {
    mb_term what = mb_element(reason, 1);
    if (!is_tagged(reason, "bad_return", 2) || !mb_is_tuple(what, 3) ||
        mb_element(what, 0).type != MB_STRING || !mb_is(mb_element(what, 1), "init"))
        return false;
    put_string(out, mb_element(what, 0));
    put(out, ".init/1 returned a bad value: ");
    put_term(out, mb_element(what, 2));
    return true;
}

static void put_plain_exit(const sink *out, mb_term reason) {
    mb_term detail = mb_element(reason, 1);
    if (put_word(out, reason) || put_phrase(out, reason, PHRASES, COUNT(PHRASES)) ||
        put_bad_return(out, reason))
        return;
    if (is_tagged(reason, "nodedown", 2) && detail.type == MB_STRING) {
        put(out, "no connection to ");
        put_string(out, detail);
    } else if (is_tagged(reason, "start_spec", 2)) {
        put(out, "bad child specification, ");
        put_phrase_or_got(out, detail, SPECIFICATION, COUNT(SPECIFICATION));
    } else if (is_tagged(reason, "supervisor_data", 2)) {
        put(out, "bad supervisor configuration, ");
        put_phrase_or_got(out, detail, CONFIGURATION, COUNT(CONFIGURATION));
    } else {
        put_term(out, reason);
    }
}

/* { reason, { module, function, { argument, … } } } */
static bool is_exit_in_call(mb_term reason) {
    mb_term call = mb_element(reason, 1);
    return mb_is_tuple(reason, 2) && mb_is_tuple(call, 3) &&
           mb_element(call, 0).type == MB_STRING && mb_element(call, 1).type == MB_STRING &&
           is_array(mb_element(call, 2));
}

static void put_nested_exit(const sink *out, mb_term reason, size_t indent) {
    put_line(out, indent);
    put(out, "** (EXIT) ");
    put_exit(out, reason, indent + STEP);
}

static void put_exit_in_call(const sink *out, mb_term reason, size_t indent) {
    mb_term call = mb_element(reason, 1);
    mb_term arguments = mb_element(call, 2);
    put(out, "exited in: ");
    put_function(out, call);
    put(out, "(");
    for (size_t i = 0; i < mb_array_size(arguments); i++) {
        put(out, i > 0 ? ", " : "");
        put_term(out, mb_element(arguments, i));
    }
    put(out, ")");
    put_nested_exit(out, mb_element(reason, 0), indent);
}

/* { "shutdown", { "failed_to_start_child", id, reason } }; a start that raised has its reason in
 * { "EXIT", reason }. */
static void put_failed_child(const sink *out, mb_term failure, size_t indent) {
    mb_term why = mb_element(failure, 2);
    put(out, "shutdown: failed to start child: ");
    mb_write_name(mb_element(failure, 1), out->write, out->context);
    put_nested_exit(out, is_tagged(why, "EXIT", 2) ? mb_element(why, 1) : why, indent);
}

static void put_exit(const sink *out, mb_term reason, size_t indent) {
    if (indent > DEEPEST * STEP) {
        put_term(out, reason);
    } else if (mb_is_error_reason(reason)) {
        put(out, "an exception was raised:");
        put_line(out, indent);
        put_error(out, reason, MB_RAISED_ERLANG_ERROR, indent);
    } else if (is_tagged(reason, "shutdown", 2) &&
               is_tagged(mb_element(reason, 1), "failed_to_start_child", 3)) {
        put_failed_child(out, mb_element(reason, 1), indent);
    } else if (is_exit_in_call(reason)) {
        put_exit_in_call(out, reason, indent);
    } else {
        put_plain_exit(out, reason);
    }
}

void mb_write_exit(mb_term reason, mb_write write, void *context) {
    put_exit(&(sink){write, context}, reason, STEP);
}

/* A module, which is an object that prints as its name in quotes, goes without them. */
static bool put_module(const sink *out, mb_term module) {
    char text[128];
    size_t size = mb_inspect_text(module, text, sizeof text);
    if (size < 2 || size >= sizeof text || text[0] != '"' || text[size - 1] != '"')
        return false;
    out->write(out->context, text + 1, size - 2);
    return true;
}

void mb_write_name(mb_term name, mb_write write, void *context) {
    const sink out = {write, context};
    if (name.type == MB_STRING)
        put_string(&out, name);
    else if (name.type != MB_OBJECT || !put_module(&out, name))
        put_term(&out, name);
}
