/* What went wrong with a request, in the words of hackney. */
#ifndef MOON_HTTP_REASON_H
#define MOON_HTTP_REASON_H

#include <curl/curl.h>

#include "moonbeam.h"

typedef struct moon_http_failure {
    CURLcode code;
    int system_error;    /* errno of a socket, 0: none */
    long verify_result;  /* OpenSSL's, of the certificate */
    bool connected;      /* the request could be sent */
    const char *details; /* libcurl's words */
} moon_http_failure;

/* "timeout", { "tls_alert", { "unknown_ca", "…" } } and so on, owned. False: no memory. */
bool moon_http_reason(mb_runtime *rt, const moon_http_failure *failure, mb_term *out);

/* "econnrefused" for ECONNREFUSED; NULL for an error that has no name here. */
const char *moon_errno_name(int error);

#endif
