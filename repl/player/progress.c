#include "player/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "view/text.h"

typedef struct entry {
    char *lesson;
    char *step;
    moon_mark mark;
} entry;

struct moon_progress {
    char *path;
    entry *entries;
    size_t count;
};

static const char *const words[] = {"open", "skipped", "done"};

static entry *find(const moon_progress *p, const char *lesson, const char *step) {
    for (size_t i = 0; i < p->count; i++) {
        if (strcmp(p->entries[i].lesson, lesson) == 0 && strcmp(p->entries[i].step, step) == 0) {
            return &p->entries[i];
        }
    }
    return NULL;
}

static void put(moon_progress *p, const char *lesson, const char *step, moon_mark mark) {
    entry *e = find(p, lesson, step);
    if (e == NULL) {
        p->entries = moon_grow(p->entries, (p->count + 1) * sizeof *p->entries);
        e = &p->entries[p->count++];
        *e = (entry){moon_copy(lesson, strlen(lesson)), moon_copy(step, strlen(step)), MOON_OPEN};
    }
    if (mark > e->mark) {
        e->mark = mark;
    }
}

/* Lines that say something else (of a later version, or a person's) are passed over. */
static void read_line(moon_progress *p, const char *line) {
    char lesson[128], step[128], word[16];
    if (sscanf(line, "%127s %127s %15s", lesson, step, word) != 3) {
        return;
    }
    for (int mark = MOON_SKIPPED; mark <= MOON_DONE; mark++) {
        if (strcmp(word, words[mark]) == 0) {
            put(p, lesson, step, (moon_mark)mark);
        }
    }
}

moon_progress *moon_progress_load(const char *path) {
    moon_progress *p = moon_grow(NULL, sizeof *p);
    *p = (moon_progress){.path = path != NULL ? moon_copy(path, strlen(path)) : NULL};
    FILE *file = path != NULL ? fopen(path, "r") : NULL;
    char line[512];
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        read_line(p, line);
    }
    if (file != NULL) {
        fclose(file);
    }
    return p;
}

void moon_progress_free(moon_progress *p) {
    if (p == NULL) {
        return;
    }
    for (size_t i = 0; i < p->count; i++) {
        free(p->entries[i].lesson);
        free(p->entries[i].step);
    }
    free(p->entries);
    free(p->path);
    free(p);
}

moon_mark moon_progress_get(const moon_progress *p, const char *lesson, const char *step) {
    entry *e = find(p, lesson, step);
    return e != NULL ? e->mark : MOON_OPEN;
}

static bool write_all(const moon_progress *p, FILE *file) {
    for (size_t i = 0; i < p->count; i++) {
        const entry *e = &p->entries[i];
        if (e->mark != MOON_OPEN) {
            fprintf(file, "%s %s %s\n", e->lesson, e->step, words[e->mark]);
        }
    }
    return fflush(file) == 0 && fsync(fileno(file)) == 0;
}

/* A reader sees the old file or the new one, never half of it. */
static bool save(const moon_progress *p) {
    moon_text temporary = {0};
    moon_text_format(&temporary, "%s.%ld", p->path, (long)getpid());
    FILE *file = fopen(temporary.bytes, "w");
    bool saved = file != NULL && write_all(p, file);
    if (file != NULL) {
        saved = fclose(file) == 0 && saved;
    }
    saved = saved && rename(temporary.bytes, p->path) == 0;
    if (!saved && file != NULL) {
        unlink(temporary.bytes);
    }
    moon_text_free(&temporary);
    return saved;
}

bool moon_progress_set(moon_progress *p, const char *lesson, const char *step, moon_mark mark) {
    if (moon_progress_get(p, lesson, step) >= mark) {
        return true;
    }
    put(p, lesson, step, mark);
    return p->path == NULL || save(p);
}

size_t moon_progress_count(const moon_progress *p, const moon_lesson *lesson) {
    size_t done = 0;
    for (size_t i = 0; i < lesson->step_count; i++) {
        done += moon_progress_get(p, lesson->id, lesson->steps[i].id) == MOON_DONE;
    }
    return done;
}
