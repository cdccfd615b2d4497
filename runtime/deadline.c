#include "deadline.h"

#define LATEST (((int64_t)1 << 48) - 2)

static const mb_term KEY = {.type = MB_STRING, .length = 9, .text = "$deadline"};

/* -1: term is no deadline. */
static int64_t milliseconds(mb_term term) {
    if (term.type == MB_FLOAT && term.real >= 0 && term.real <= (double)LATEST)
        return (int64_t)term.real;
    return term.type == MB_INTEGER && term.integer >= 0 && term.integer <= LATEST ? term.integer
                                                                                   : -1;
}

void mb_deadline_carry(const mb_process *sender, mb_message *call) {
    uint64_t counted = (uint64_t)(milliseconds(mb_dictionary_get(sender, KEY)) + 1);
    call->deadline_high = (uint16_t)(counted >> 32);
    call->deadline_low = (uint32_t)(counted & UINT32_MAX);
}

bool mb_deadline_enter(mb_process *p, const mb_message *call, mb_term *own) {
    int64_t deadline = ((int64_t)call->deadline_high << 32 | call->deadline_low) - 1;
    int64_t before = milliseconds(mb_dictionary_get(p, KEY));
    if (before >= 0 && before <= deadline)
        return false;
    return mb_dictionary_put(p, KEY, mb_integer(deadline), own);
}

void mb_deadline_leave(mb_process *p, mb_term own) {
    (void)mb_dictionary_put(p, KEY, own, NULL); /* in place of the one that was put there */
    mb_release(p->rt, own);
}
