/* A lesson as its author wrote it: steps of prose, code, tasks and questions, read from Markdown.
 * README.md in lessons/ describes the format. */
#ifndef MOON_LESSON_H
#define MOON_LESSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A piece of the file. text is NULL where the lesson has none; line is that of its first line. */
typedef struct moon_source {
    char *text; /* NUL-terminated */
    size_t size;
    int line;
} moon_source;

typedef enum moon_item_kind {
    MOON_PROSE,   /* source: Markdown */
    MOON_RUN,     /* source: code; expect, elixir */
    MOON_TASK,    /* source: starter code; check, solution, hints, elixir */
    MOON_CHOICE,  /* source: question; answers, hints */
    MOON_PREDICT, /* source: question; answers (maybe none), hints */
    MOON_VERDICT, /* source: the code that answers the prediction before it */
    MOON_DIAGRAM, /* source: "tree", "sequence" or "mailboxes", then names */
    MOON_CODE,    /* source: code of some language, only shown */
    MOON_NOTE,    /* source: the speaker's */
    MOON_PAUSE,
} moon_item_kind;

typedef struct moon_answer {
    char *text;
    char *reason; /* "" for none */
    bool right;   /* of a choice */
    int line;
} moon_answer;

typedef struct moon_item {
    moon_item_kind kind;
    int line;       /* of the fence */
    char *language; /* of MOON_CODE, else NULL */
    moon_source source;
    moon_source expect;
    moon_source check;
    moon_source solution;
    moon_source elixir;
    moon_source *hints;
    size_t hint_count;
    moon_answer *answers;
    size_t answer_count;
} moon_item;

typedef struct moon_step {
    char *id;
    char *title;
    int line;
    moon_source *setups;
    size_t setup_count;
    moon_item *items;
    size_t item_count;
} moon_step;

/* A mistake in the file, with what was expected instead. */
typedef struct moon_problem {
    int line;
    char *text;
} moon_problem;

typedef struct moon_lesson {
    char *path;
    char *id;
    char *title;
    int minutes; /* 0: not said */
    char **needs;
    size_t need_count;
    int needs_line;
    bool virtual_clock;
    uint64_t seed;
    char *intro; /* Markdown before the first step; may be "" */
    moon_step *steps;
    size_t step_count;
    moon_problem *problems; /* by line, once the lesson is read */
    size_t problem_count;
} moon_lesson;

/* Reads a lesson. NULL when the file cannot be read (errno says why); any mistake in it becomes a
 * problem and costs at most the step it is in. */
moon_lesson *moon_lesson_load(const char *path);
/* The same from text; path is what problems and a missing id are named by. */
moon_lesson *moon_lesson_parse(const char *path, const char *text, size_t size);
void moon_lesson_free(moon_lesson *lesson);
void moon_lesson_problem(moon_lesson *lesson, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void moon_item_free(moon_item *item);
void moon_step_free(moon_step *step);
/* The words of a diagram's source, the first being its kind. */
bool moon_diagram_kind_known(const char *words);
/* The index of the step with that id, or step_count. */
size_t moon_lesson_find(const moon_lesson *lesson, const char *step_id);

#endif
