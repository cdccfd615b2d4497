#include "host/http_reason.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

const char *moon_errno_name(int error) {
    switch (error) {
    case ECONNREFUSED: return "econnrefused";
    case ECONNRESET: return "econnreset";
    case ECONNABORTED: return "econnaborted";
    case EHOSTUNREACH: return "ehostunreach";
    case ENETUNREACH: return "enetunreach";
    case ENETDOWN: return "enetdown";
    case ETIMEDOUT: return "etimedout";
    case EADDRINUSE: return "eaddrinuse";
    case EADDRNOTAVAIL: return "eaddrnotavail";
    case EAFNOSUPPORT: return "eafnosupport";
    case EACCES: return "eacces";
    case EPERM: return "eperm";
    case EMFILE: return "emfile";
    case ENFILE: return "enfile";
    case ENOBUFS: return "enobufs";
    case ENOMEM: return "enomem";
    default: return NULL;
    }
}

/* Looking up a name needs files, too, and the resolver does not say that it got none. */
static int refused_file(void) {
    int fd = dup(STDERR_FILENO);
    if (fd < 0) {
        return errno == EMFILE || errno == ENFILE ? errno : 0;
    }
    close(fd);
    return 0;
}

/* The alert that Erlang's ssl would send for this result of OpenSSL's verification. */
static const char *alert_of(long verify_result) {
    switch (verify_result) {
    case 9:  /* not yet valid */
    case 10: /* expired */
        return "certificate_expired";
    case 18: /* self-signed */
        return "bad_certificate";
    case 23: /* revoked */
        return "certificate_revoked";
    case 2:  /* issuer unknown */
    case 19: /* self-signed in the chain */
    case 20:
    case 21: return "unknown_ca";
    default: return "handshake_failure";
    }
}

static bool text_term(mb_runtime *rt, const char *text, mb_term *out) {
    return mb_string_new(rt, text, strlen(text), out);
}

/* { tag, text } */
static bool tagged(mb_runtime *rt, const char *tag, const char *text, mb_term *out) {
    mb_term parts[2] = {mb_nil(), mb_nil()};
    bool made = text_term(rt, tag, &parts[0]) && text_term(rt, text, &parts[1]) &&
                mb_tuple(rt, out, 2, parts);
    mb_release(rt, parts[0]);
    mb_release(rt, parts[1]);
    return made;
}

static bool tls_alert(mb_runtime *rt, const char *alert, const char *text, mb_term *out) {
    mb_term parts[2] = {mb_atom("tls_alert"), mb_nil()};
    bool made = tagged(rt, alert, text, &parts[1]) && mb_tuple(rt, out, 2, parts);
    mb_release(rt, parts[1]);
    return made;
}

static bool connect_reason(mb_runtime *rt, int error, mb_term *out) {
    const char *name = moon_errno_name(error);
    return text_term(rt, name != NULL ? name : "econnrefused", out);
}

bool moon_http_reason(mb_runtime *rt, const moon_http_failure *failure, mb_term *out) {
    const char *words =
        *failure->details != '\0' ? failure->details : curl_easy_strerror(failure->code);
    switch (failure->code) {
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST: {
        int refused = refused_file();
        return text_term(rt, refused != 0 ? moon_errno_name(refused) : "nxdomain", out);
    }
    case CURLE_COULDNT_CONNECT:
        return connect_reason(rt, failure->system_error, out);
    case CURLE_OPERATION_TIMEDOUT:
        return text_term(rt, failure->connected ? "timeout" : "connect_timeout", out);
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
        return text_term(rt, "closed", out);
    case CURLE_FILESIZE_EXCEEDED:
        return text_term(rt, "body_too_large", out);
    case CURLE_TOO_MANY_REDIRECTS:
        return text_term(rt, "max_redirect_overflow", out);
    case CURLE_PEER_FAILED_VERIFICATION:
        return tls_alert(rt, alert_of(failure->verify_result), words, out);
    case CURLE_SSL_CONNECT_ERROR:
        return tls_alert(rt, "handshake_failure", words, out);
    case CURLE_SSL_CACERT_BADFILE:
        return tagged(rt, "cacert", words, out);
    case CURLE_URL_MALFORMAT:
        return tagged(rt, "bad_url", words, out);
    case CURLE_UNSUPPORTED_PROTOCOL:
        return tagged(rt, failure->connected ? "bad_response" : "bad_url", words, out);
    case CURLE_OUT_OF_MEMORY:
        return text_term(rt, "enomem", out);
    default:
        return tagged(rt, failure->connected ? "bad_response" : "failed", words, out);
    }
}
