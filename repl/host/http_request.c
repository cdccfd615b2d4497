#include "host/http_request.h"

#include <curl/curl.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "host/buffer.h"
#include "host/http_client.h"
#include "host/http_pairs.h"
#include "host/http_reason.h"
#include "host/ports.h"

typedef struct request {
    moon_transfer transfer; /* its easy handle is NULL when it is over */
    moon_http_client *client;
    moon_port *port;
    struct curl_slist *headers; /* of the request */
    uv_timer_t *patience;       /* of recv_timeout; frees itself when it is closed */
    uint64_t recv_timeout;      /* milliseconds; 0: no limit */
    curl_off_t moved;           /* bytes up and down when patience was given anew */
    size_t max_body;
    bool connected;
    int system_error;
    CURLcode gave_up; /* why we broke it off ourselves */
    moon_buffer body;
    moon_pairs response_headers;
    char details[CURL_ERROR_SIZE];
} request;

static void free_handle(uv_handle_t *handle) {
    free(handle);
}

/* ---- The end of a request */

static void stop(request *r) {
    if (r->transfer.easy == NULL) {
        return;
    }
    moon_http_client_stop(r->client, &r->transfer);
    curl_slist_free_all(r->headers);
    r->headers = NULL;
    if (r->patience != NULL) {
        uv_close((uv_handle_t *)r->patience, free_handle);
        r->patience = NULL;
    }
}

static bool header_terms(request *r, mb_term *out) {
    mb_builder *b = mb_build(moon_port_runtime(r->port));
    moon_pairs_build(&r->response_headers, b, MB_BUILD_ROOT);
    return mb_build_finish(b, out);
}

static bool response_term(request *r, mb_term *out) {
    mb_runtime *rt = moon_port_runtime(r->port);
    long status = 0;
    curl_easy_getinfo(r->transfer.easy, CURLINFO_RESPONSE_CODE, &status);
    mb_term parts[] = {mb_atom("ok"), mb_integer(status), mb_nil(), mb_nil()};
    bool made = header_terms(r, &parts[2]) &&
                mb_string_new(rt, r->body.size > 0 ? r->body.bytes : "", r->body.size, &parts[3]) &&
                mb_tuple(rt, out, 4, parts);
    mb_release(rt, parts[2]);
    mb_release(rt, parts[3]);
    return made;
}

static bool error_term(request *r, CURLcode code, mb_term *out) {
    mb_runtime *rt = moon_port_runtime(r->port);
    moon_http_failure failure = {
        .code = r->gave_up != CURLE_OK ? r->gave_up : code,
        .system_error = r->system_error,
        .connected = r->connected,
        .details = r->gave_up != CURLE_OK ? "" : r->details,
    };
    curl_easy_getinfo(r->transfer.easy, CURLINFO_SSL_VERIFYRESULT, &failure.verify_result);
    if (failure.system_error == 0) {
        long error = 0;
        curl_easy_getinfo(r->transfer.easy, CURLINFO_OS_ERRNO, &error);
        failure.system_error = (int)error;
    }
    mb_term parts[] = {mb_atom("error"), mb_nil()};
    bool made = moon_http_reason(rt, &failure, &parts[1]) && mb_tuple(rt, out, 2, parts);
    mb_release(rt, parts[1]);
    return made;
}

/* Tells its owner how it ended. */
static void finish(request *r, CURLcode code) {
    mb_runtime *rt = moon_port_runtime(r->port);
    mb_term answer;
    bool made = code == CURLE_OK && r->gave_up == CURLE_OK ? response_term(r, &answer)
                                                           : error_term(r, code, &answer);
    if (!made) {
        mb_term parts[] = {mb_atom("error"), mb_atom("enomem")};
        answer = mb_tuple(rt, &answer, 2, parts) ? answer : mb_nil();
    }
    stop(r);
    moon_buffer_free(&r->body);
    moon_port_tell(r->port, answer, true);
}

static void on_over(moon_transfer *transfer, CURLcode code) {
    finish((request *)transfer, code);
}

/* ---- What libcurl tells of one request */

static void on_patience_lost(uv_timer_t *timer) {
    request *r = timer->data;
    r->gave_up = CURLE_OPERATION_TIMEDOUT;
    finish(r, CURLE_OPERATION_TIMEDOUT);
}

static void be_patient(request *r) {
    if (r->recv_timeout > 0) {
        uv_update_time(r->patience->loop);
        uv_timer_start(r->patience, on_patience_lost, r->recv_timeout, 0);
    }
}

static int on_connected(void *context, char *remote, char *local, int remote_port,
                        int local_port) {
    request *r = context;
    r->connected = true;
    be_patient(r);
    return CURL_PREREQFUNC_OK;
}

static int on_progress(void *context, curl_off_t down_total, curl_off_t down, curl_off_t up_total,
                       curl_off_t up) {
    request *r = context;
    if (r->connected && r->moved != down + up) {
        r->moved = down + up;
        be_patient(r);
    }
    return 0;
}

static size_t on_body(char *bytes, size_t unit, size_t size, void *context) {
    request *r = context;
    if (size > r->max_body - r->body.size) {
        r->gave_up = CURLE_FILESIZE_EXCEEDED;
        return 0;
    }
    if (!moon_buffer_add(&r->body, bytes, size)) {
        r->gave_up = CURLE_OUT_OF_MEMORY;
        return 0;
    }
    return size;
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* One line, for each of several responses when there are redirections: the last one counts. */
static size_t on_header(char *line, size_t unit, size_t size, void *context) {
    request *r = context;
    const char *colon = memchr(line, ':', size);
    if (size >= 5 && memcmp(line, "HTTP/", 5) == 0) {
        moon_pairs_clear(&r->response_headers);
        r->body.size = 0;
        if (size >= 12 && memcmp(line + 8, " 303", 4) == 0) {
            /* "See other": whatever was asked, what is there is to be got. */
            curl_easy_setopt(r->transfer.easy, CURLOPT_CUSTOMREQUEST, NULL);
        }
        return size;
    }
    if (colon == NULL) {
        return size;
    }
    const char *value = colon + 1, *end = line + size;
    while (value < end && is_space(*value)) {
        value++;
    }
    while (end > value && is_space(end[-1])) {
        end--;
    }
    if (!moon_pairs_add(&r->response_headers, line, (size_t)(colon - line), value,
                        (size_t)(end - value))) {
        r->gave_up = CURLE_OUT_OF_MEMORY;
        return 0;
    }
    return size;
}

/* From here on it is the time to connect that counts. After a redirection, too. */
static void begin_to_connect(request *r) {
    r->connected = false;
    uv_timer_stop(r->patience);
}

static int on_resolve(void *resolver, void *reserved, void *context) {
    begin_to_connect(context);
    return 0;
}

static curl_socket_t open_socket(void *context, curlsocktype purpose,
                                 struct curl_sockaddr *address) {
    request *r = context;
    begin_to_connect(r);
    int fd = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    if (fd < 0) {
        r->system_error = errno;
        return CURL_SOCKET_BAD;
    }
    return fd;
}

/* ---- The beginning of a request */

/* The text of a string term, to be freed; NULL without memory. */
static char *text_of(mb_term term) {
    size_t size = 0;
    const char *bytes = term.type == MB_STRING ? mb_bytes(&term, &size) : "";
    char *text = malloc(size + 1);
    if (text != NULL) {
        memcpy(text, bytes, size);
        text[size] = '\0';
    }
    return text;
}

/* libcurl takes a copy. */
static bool set_text(CURL *easy, CURLoption option, mb_term term) {
    char *text = text_of(term);
    bool done = text != NULL && curl_easy_setopt(easy, option, text) == CURLE_OK;
    free(text);
    return done;
}

static long number_of(mb_term term) {
    return term.type == MB_INTEGER ? (long)term.integer : 0;
}

static bool set_protocols(CURL *easy) {
#if LIBCURL_VERSION_NUM >= 0x075500
    return curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https") == CURLE_OK;
#else
    long protocols = CURLPROTO_HTTP | CURLPROTO_HTTPS;
    return curl_easy_setopt(easy, CURLOPT_PROTOCOLS, protocols) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS, protocols) == CURLE_OK;
#endif
}

static bool set_callbacks(request *r) {
    CURL *e = r->transfer.easy;
    curl_easy_setopt(e, CURLOPT_ERRORBUFFER, r->details);
    curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(e, CURLOPT_WRITEDATA, r);
    curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(e, CURLOPT_HEADERDATA, r);
    curl_easy_setopt(e, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(e, CURLOPT_XFERINFODATA, r);
    curl_easy_setopt(e, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(e, CURLOPT_OPENSOCKETDATA, r);
    curl_easy_setopt(e, CURLOPT_RESOLVER_START_FUNCTION, on_resolve);
    curl_easy_setopt(e, CURLOPT_RESOLVER_START_DATA, r);
    curl_easy_setopt(e, CURLOPT_PREREQDATA, r);
    return curl_easy_setopt(e, CURLOPT_PREREQFUNCTION, on_connected) == CURLE_OK;
}

static bool set_manners(request *r) {
    CURL *e = r->transfer.easy;
    curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
#if LIBCURL_VERSION_NUM >= 0x075700
    curl_easy_setopt(e, CURLOPT_QUICK_EXIT, 1L); /* closing waits for no name to be looked up */
#endif
    curl_easy_setopt(e, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    return curl_easy_setopt(e, CURLOPT_USERAGENT, "moonbeam/" MOONBEAM_VERSION) == CURLE_OK &&
           set_protocols(e);
}

static bool set_limits(request *r, mb_term options) {
    CURL *e = r->transfer.easy;
    long connect_timeout = number_of(mb_get(options, "timeout"));
    r->recv_timeout = (uint64_t)number_of(mb_get(options, "recv_timeout"));
    r->max_body = (size_t)number_of(mb_get(options, "max_body"));
    /* 0 would be libcurl's own idea of a limit, and more than this it does not take. */
    curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, connect_timeout > 0 ? connect_timeout : INT_MAX);
    curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, number_of(mb_get(options, "request_timeout")));
    if (!mb_is(mb_get(options, "method"), "HEAD")) {
        /* What is longer by its own account is refused before it comes. 0 would be no limit. */
        curl_easy_setopt(e, CURLOPT_MAXFILESIZE_LARGE,
                         (curl_off_t)(r->max_body > 0 ? r->max_body : 1));
    }
    mb_term follow = mb_get(options, "follow_redirect");
    curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION,
                     follow.type == MB_BOOLEAN && follow.boolean ? 1L : 0L);
    return curl_easy_setopt(e, CURLOPT_MAXREDIRS, number_of(mb_get(options, "max_redirect"))) ==
           CURLE_OK;
}

static bool set_body(CURL *easy, mb_term body) {
    size_t size = 0;
    if (body.type != MB_STRING) {
        return true;
    }
    const char *bytes = mb_bytes(&body, &size);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)size);
    return curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, bytes) == CURLE_OK;
}

static bool set_method(CURL *easy, mb_term method, bool has_body) {
    /* When a connection that was kept turns out to be closed, libcurl sends the request again. What
     * may have changed something at the server must not be sent twice. */
    bool safe = mb_is(method, "GET") || mb_is(method, "HEAD");
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, safe ? 0L : 1L);
    if (mb_is(method, "GET") && !has_body) {
        return true;
    }
    if (mb_is(method, "HEAD")) {
        return curl_easy_setopt(easy, CURLOPT_NOBODY, 1L) == CURLE_OK;
    }
    if (mb_is(method, "POST") && has_body) {
        return true; /* libcurl's own POST knows when a redirection makes it a GET */
    }
    /* Other methods stay what they are, and keep their bodies. */
    curl_easy_setopt(easy, CURLOPT_POSTREDIR, (long)(CURL_REDIR_POST_301 | CURL_REDIR_POST_302));
    return set_text(easy, CURLOPT_CUSTOMREQUEST, method);
}

static bool set_headers(request *r, mb_term headers) {
    struct curl_slist *list = curl_slist_append(NULL, "Expect:");
    for (size_t i = 0; list != NULL && i < mb_array_size(headers); i++) {
        char *line = text_of(mb_element(headers, i));
        struct curl_slist *longer = line != NULL ? curl_slist_append(list, line) : NULL;
        free(line);
        if (longer == NULL) {
            curl_slist_free_all(list);
        }
        list = longer;
    }
    r->headers = list;
    return list != NULL && curl_easy_setopt(r->transfer.easy, CURLOPT_HTTPHEADER, list) == CURLE_OK;
}

static bool set_certificates(CURL *easy, mb_term cacert) {
    size_t size = 0;
    if (cacert.type != MB_STRING) {
        return true;
    }
    const char *bytes = mb_bytes(&cacert, &size);
    if (size < 11 || memcmp(bytes, "-----BEGIN ", 11) != 0) {
        return set_text(easy, CURLOPT_CAINFO, cacert);
    }
    struct curl_blob blob = {.data = (void *)(uintptr_t)bytes, .len = size,
                             .flags = CURL_BLOB_COPY};
    return curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &blob) == CURLE_OK;
}

static bool set_up(request *r, mb_term options) {
    CURL *e = r->transfer.easy = curl_easy_init();
    mb_term body = mb_get(options, "body");
    return e != NULL && set_callbacks(r) && set_manners(r) && set_limits(r, options) &&
           set_text(e, CURLOPT_URL, mb_get(options, "url")) &&
           set_method(e, mb_get(options, "method"), body.type == MB_STRING) && set_body(e, body) &&
           set_headers(r, mb_get(options, "headers")) &&
           set_certificates(e, mb_get(options, "cacert"));
}

static void http_close(void *data) {
    request *r = data;
    stop(r);
    moon_buffer_free(&r->body);
    moon_pairs_free(&r->response_headers);
    free(r);
}

static void *http_open(void *host, moon_port *port, mb_term options, mb_term *reason) {
    moon_http_client *client = moon_ports_http_client(host);
    request *r = client != NULL ? calloc(1, sizeof *r) : NULL;
    if (r == NULL) {
        return NULL;
    }
    r->transfer.over = on_over;
    r->client = client;
    r->port = port;
    r->patience = malloc(sizeof *r->patience);
    if (r->patience == NULL) {
        free(r);
        return NULL;
    }
    uv_timer_init(moon_http_client_uv(client), r->patience);
    r->patience->data = r;
    if (set_up(r, options) && moon_http_client_start(client, &r->transfer)) {
        return r;
    }
    uv_close((uv_handle_t *)r->patience, free_handle);
    r->patience = NULL;
    http_close(r);
    return NULL;
}

const moon_port_class moon_http_class = {
    .name = "http",
    .open = http_open,
    .close = http_close,
};
