/* Where the program keeps what it remembers from one start to the next. */
#ifndef MOON_STATE_FILE_H
#define MOON_STATE_FILE_H

/* The path of a file in $XDG_STATE_HOME/moonbeam (~/.local/state/moonbeam by default); the folder
 * is made if need be. Owned by the caller. NULL when there is no place or no memory. */
char *moon_state_file(const char *name);

#endif
