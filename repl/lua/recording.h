/* A recording of what processes asked the outside, and what it told when, under the virtual clock. The
 * same program with the same seed gets the same answers at the same times from it, and so runs the
 * same way, without touching the outside.
 *
 * A text file with one record a line, each a table constructor of Lua's. Ports are counted in the
 * order in which they are opened, time in virtual nanoseconds:
 *
 *     { "moonbeam recording", 1, seed }
 *     { "open", port, class, options }
 *     { "refuse", port, reason }          instead of being opened
 *     { "command", port, command }
 *     { "tell", port, time, term }
 *     { "close", port }
 */
#ifndef MOON_RECORDING_H
#define MOON_RECORDING_H

#include "lua/context.h"

/* What went wrong, in one line that begins with the file's name. */
typedef struct moon_recording_error {
    char text[2048];
} moon_recording_error;

/* An empty one that will be written to path; or the one that path holds. NULL: see *error. */
moon_recording *moon_recording_create(const char *path, uint64_t seed,
                                      moon_recording_error *error);
moon_recording *moon_recording_read(const char *path, moon_recording_error *error);
/* False: not all of it could be written, or the replay was another run. r is gone in any case; NULL
 * is fine. */
bool moon_recording_close(moon_recording *r, moon_recording_error *error);

/* The seed of the run that was recorded. */
uint64_t moon_recording_seed(const moon_recording *r);
/* Whether it is one that was read. */
bool moon_recording_is_replay(const moon_recording *r);

/* Something is asked of the outside; record is borrowed. It is written down, or compared with what was
 * asked at this place. False: it cannot be written, or something else was asked. */
bool moon_recording_ask(moon_recording *r, moon_universe *u, mb_term record,
                        moon_recording_error *error);
/* The outside has told something, or refused; written down without fail, but see close. */
void moon_recording_note(moon_recording *r, mb_term record);

/* ---- Of a replay */

/* When something is told next; MB_INFINITY: nothing any more. */
mb_time moon_recording_next(const moon_recording *r);
/* What comes next must be something told, or refused when `refused`: its owned record. False: it is
 * something else, or there is no memory. */
bool moon_recording_take(moon_recording *r, moon_universe *u, bool refused, mb_term *record,
                         moon_recording_error *error);
/* Whether it has turned out that the replay goes another way. */
bool moon_recording_is_lost(const moon_recording *r);

#endif
