/* The body of a `choice` or `predict` fence:
 *
 *     Who answers the call?
 *     - [x] the server
 *       It alone knows the state.
 *     - [ ] nobody
 */
#ifndef MOON_PLAYER_QUESTION_H
#define MOON_PLAYER_QUESTION_H

#include "player/lesson.h"

/* Reads text into item's source and answers. item->source.line is the line of text's beginning.
 * False, with the problem noted, when there is nothing in it that can be asked. */
bool moon_question_parse(moon_lesson *lesson, moon_item *item, const char *text);

#endif
