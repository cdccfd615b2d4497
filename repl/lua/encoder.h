/* The inside of value.c, encode_table.c, decode.c and function.c: copying a Lua value into a term, and back.
 *
 * While a builder is under way no Lua error may be raised, since it would be left behind. So every
 * step says whether it succeeded, the first failure is told in `error`, and the outermost caller
 * raises it when everything has been cleaned up. */
#ifndef MOON_ENCODER_H
#define MOON_ENCODER_H

#include "lua/state.h"
#include "lua/value.h"

/* Where in the value the encoder is, for messages: one frame for each table under way. */
typedef struct moon_frame {
    const struct moon_frame *up;
    const void *table;
    int key; /* stack index of the present key; 0: an array element, `position` tells which */
    lua_Integer position;
} moon_frame;

typedef struct moon_graph moon_graph; /* functions captured together */

typedef struct moon_encoder {
    lua_State *L;
    mb_runtime *rt;
    mb_builder *builder;
    const char *what;
    const moon_frame *frame;
    int depth;
    bool failed;
    bool restart; /* an array turned out to be none: once more, carefully */
    bool careful; /* count the entries of every table beforehand */
    bool inside;  /* the value belongs to a captured function: functions are told by number */
    bool picture; /* replace what cannot be copied */
    size_t limit; /* of a picture; 0: none */
    size_t max_depth;
    moon_graph *graph; /* the functions captured so far; NULL: none */
    char error[320];
} moon_encoder;

/* Ready to begin. */
moon_encoder moon_encoder_of(lua_State *L, const char *what);
/* The value at index as an owned term, without what captured functions hold. */
bool moon_encode(moon_encoder *e, int index, mb_term *out);
/* Records a failure; returns false. */
bool moon_encode_refuse(moon_encoder *e, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
bool moon_encode_no_memory(moon_encoder *e);

/* The value at index becomes the cell at `at` of what is being built; encode_table.c: one that is a
 * table. False after a failure. */
bool moon_encode_value(moon_encoder *e, int index, size_t at);
bool moon_encode_table(moon_encoder *e, int index, size_t at);
/* In a picture: the cell prints as text. */
bool moon_encode_stand_in(moon_encoder *e, size_t at, const char *text);

/* The function at index as an owned term. It is complete after moon_graph_complete. */
bool moon_function_encode(moon_encoder *e, int index, mb_term *out);
/* Copies what the functions of e->graph hold; to be called when no builder is under way. */
bool moon_graph_complete(moon_encoder *e);
/* Drops the encoder's own hold on the graph. NULL is fine. */
void moon_graph_release(moon_graph *graph);

/* Decoding one term. */
typedef struct moon_decoder {
    lua_State *L;
    int base;          /* stack index below everything that is being made */
    moon_graph *graph; /* whose functions have been made in the table at `base`; NULL: none yet,
                          and no such table */
} moon_decoder;

void moon_decode(moon_decoder *d, mb_term term);
/* Pushes the function that the object term is; false when it is no function. */
bool moon_function_decode(moon_decoder *d, mb_term term);
/* module.c: the same for modules. */
bool moon_module_decode(lua_State *L, mb_term term);
/* module.c: an owned term if the table at index, whose metatable is on top of the stack, is a
 * module; *out stays nil when it is none. False when there is no memory. */
bool moon_module_encode(lua_State *L, int index, mb_term *out);

#endif
