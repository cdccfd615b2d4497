/* The inside of match specifications. Compiling makes nodes of their patterns and expressions; the
 * children of a node lie side by side behind it. What the nodes refer to is held by the
 * specification itself, which is kept. */
#ifndef MB_MATCH_H
#define MB_MATCH_H

#include "memory.h"

#define MB_MATCH_VARIABLES 64 /* of one clause */

typedef struct mb_match_run mb_match_run;

/* What { name, operand, … } calls. operands are borrowed, *out is owned. False: it makes no sense for
 * them, or there is no memory, which run->no_memory tells. */
typedef bool mb_match_function(mb_match_run *run, const mb_term *operands, mb_term *out);

#define MB_MATCH_OPERANDS 3 /* the most that a function has */

typedef struct mb_match_operator {
    const char *name;
    size_t operands;
    mb_match_function *apply;
} mb_match_operator;

/* NULL: there is none of that name with so many operands. */
const mb_match_operator *mb_match_find_operator(mb_term name, size_t operands);

typedef enum mb_match_kind {
    MB_MATCH_CONSTANT, /* patterns: what is equal to it; expressions: itself */
    MB_MATCH_ANY,      /* "_" */
    MB_MATCH_BIND,     /* a variable where the pattern has it first */
    MB_MATCH_VARIABLE,
    MB_MATCH_OBJECT, /* "$_" */
    MB_MATCH_ALL,    /* "$$" */
    MB_MATCH_TABLE,  /* children: the elements, then the values of the pairs */
    MB_MATCH_CALL,   /* children: the operands */
    MB_MATCH_AND,    /* the same for those with operands of any number */
    MB_MATCH_OR,
    MB_MATCH_ANDALSO,
    MB_MATCH_ORELSE,
} mb_match_kind;

typedef struct mb_match_node {
    mb_match_kind kind;
    bool optional;      /* of a table: matches as well where its last element, `_`, is missing */
    uint32_t slot;      /* of a variable: its place in the order of the numbers */
    uint32_t children;  /* where they begin */
    uint32_t count;     /* of them, in a table without the pairs' */
    const mb_match_operator *operator;
    mb_term term; /* a constant, or the table that this node is made of; borrowed */
} mb_match_node;

typedef struct mb_match_clause {
    uint32_t head;          /* node */
    uint32_t guards, body;  /* the first node */
    uint32_t guard_count, body_count;
    uint32_t variables;
} mb_match_clause;

struct mb_match_spec {
    mb_runtime *rt;
    mb_term specification; /* owned */
    mb_match_node *nodes;
    size_t count, capacity;
    mb_match_clause *clauses;
    size_t clause_count;
};

/* One clause at work on one object. */
struct mb_match_run {
    mb_runtime *rt;
    const mb_match_node *nodes;
    mb_term object; /* borrowed, as are the values */
    uint32_t variables;
    mb_term values[MB_MATCH_VARIABLES];
    bool in_body; /* what fails has the value "EXIT" there; a guard fails as a whole */
    bool no_memory;
};

/* One clause being compiled. */
typedef struct mb_match_compiler {
    mb_match_spec *spec;
    uint32_t numbers[MB_MATCH_VARIABLES]; /* of the variables, ascending */
    bool bound[MB_MATCH_VARIABLES];
    uint32_t variables;
    bool no_memory;
} mb_match_compiler;

/* Room for count nodes more; *first is the first one's place. False: no memory. */
bool mb_match_reserve(mb_match_compiler *c, size_t count, uint32_t *first);
/* The slot of a variable "$1", "$2", …; -1 when term is none of the clause's. */
int mb_match_slot(const mb_match_compiler *c, mb_term term);
bool mb_match_is_variable(mb_term term, uint32_t *number);
bool mb_match_is_wildcard(mb_term term);

/* match_pattern.c. Learns of the variables of a pattern; false: there are too many. */
bool mb_match_declare(mb_match_compiler *c, mb_term pattern);
/* Fills in the node. False: no memory. */
bool mb_match_compile_pattern(mb_match_compiler *c, mb_term pattern, uint32_t node);
bool mb_match_pattern(mb_match_run *run, const mb_match_node *pattern, mb_term value);

/* match_expression.c. Fills in the node. False: that is no expression, or there is no memory. */
bool mb_match_compile_expression(mb_match_compiler *c, mb_term expression, uint32_t node);
/* *out is owned, and nil without a value: in a guard, or without memory. */
bool mb_match_evaluate(mb_match_run *run, const mb_match_node *expression, mb_term *out);

/* The value under a key of a table's pairs, or NULL. */
const mb_term *mb_match_find_pair(const mb_table *table, mb_term key);

#endif
