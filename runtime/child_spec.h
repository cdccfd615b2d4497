/* Child specifications and supervisor flags, checked as supervisor:check_childspec/2 and
 * check_flags/1 do. */
#ifndef MB_CHILD_SPEC_H
#define MB_CHILD_SPEC_H

#include "children.h"

typedef enum mb_strategy { MB_ONE_FOR_ONE, MB_ONE_FOR_ALL, MB_REST_FOR_ONE } mb_strategy;
typedef enum mb_auto_shutdown { MB_NEVER, MB_ANY_SIGNIFICANT, MB_ALL_SIGNIFICANT } mb_auto_shutdown;

typedef struct mb_supervisor_flags {
    int64_t intensity;
    int64_t period;        /* seconds */
    uint8_t strategy;      /* mb_strategy */
    uint8_t auto_shutdown; /* mb_auto_shutdown */
} mb_supervisor_flags;

/* False: *error (owned) is OTP's, such as { "invalid_strategy", "one_for_none" }. */
bool mb_supervisor_flags_read(mb_runtime *rt, mb_term flags, mb_supervisor_flags *out,
                              mb_term *error);
/* *out owns its terms. False: *error (owned) is OTP's, such as "missing_id". */
bool mb_child_spec_read(mb_runtime *rt, mb_term spec, mb_auto_shutdown auto_shutdown,
                        mb_child_spec *out, mb_term *error);
/* The complete specification as a table, owned (supervisor:get_childspec/2). */
mb_term mb_child_spec_term(mb_runtime *rt, const mb_child_spec *spec);

#endif
