#include "player/script.h"

#include <stdlib.h>
#include <string.h>

void moon_script_add(moon_script *script, const char *code, const char *chunk_name) {
    script->inputs = moon_grow(script->inputs, (script->count + 1) * sizeof *script->inputs);
    script->inputs[script->count++] = (moon_input){moon_copy(code, strlen(code)), chunk_name};
}

void moon_script_cut(moon_script *script, size_t count) {
    while (script->count > count) {
        free(script->inputs[--script->count].code);
    }
    if (script->activity > count) {
        script->activity = count;
    }
}

void moon_script_free(moon_script *script) {
    moon_script_cut(script, 0);
    free(script->inputs);
    *script = (moon_script){0};
}

void moon_script_play(const moon_script *script, moon_stage *stage) {
    for (size_t i = 0; i < script->count; i++) {
        if (i == script->activity) {
            moon_stage_begin_activity(stage);
        }
        moon_stage_play(stage, script->inputs[i].code, script->inputs[i].chunk_name);
    }
    if (script->activity >= script->count) {
        moon_stage_begin_activity(stage);
    }
}

void moon_script_add_item(moon_script *script, const moon_item *item) {
    if (item->kind == MOON_RUN) {
        moon_script_add(script, item->source.text, MOON_CHUNK_LESSON);
    } else if (item->kind == MOON_TASK && item->solution.text != NULL) {
        moon_script_add(script, item->solution.text, MOON_CHUNK_LESSON);
    }
}

static void play_setups(const moon_step *step, moon_stage *stage) {
    for (size_t i = 0; i < step->setup_count; i++) {
        moon_stage_play(stage, step->setups[i].text, MOON_CHUNK_LESSON);
    }
}

moon_stage *moon_stage_at(const moon_lesson *lesson, size_t step, const moon_options *sink) {
    moon_stage *stage = moon_stage_new(lesson, sink);
    if (stage == NULL) {
        return NULL;
    }
    moon_script script = {0};
    for (size_t s = 0; s < step; s++) {
        play_setups(&lesson->steps[s], stage);
        for (size_t i = 0; i < lesson->steps[s].item_count; i++) {
            moon_script_add_item(&script, &lesson->steps[s].items[i]);
        }
        moon_script_play(&script, stage);
        moon_script_cut(&script, 0);
    }
    moon_script_free(&script);
    play_setups(&lesson->steps[step], stage);
    moon_stage_begin_activity(stage);
    return stage;
}
