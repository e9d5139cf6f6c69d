/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/error.h"
#include "base/rng.h"
#include "run/load.h"

/* A damaged set ends the program, and so does one that is not here. */
static void require_read(run *r, int status)
{
    if (status == DATA_MISSING) run_missing(r, error_text());
    if (status != 0) die(STATUS_FAILED, "%s", error_text());
}

static const char *stand_in_note(const dataset *set, const char *name, arena *memory)
{
    enum { ROOM = 256 };
    char *note = arena_take(memory, ROOM, 1);
    snprintf(note, ROOM, "%s in the place of %s, which is not here.", set->title, name);
    return note;
}

dataset run_load(run *r, const char *name, const char *stand_in, arena *memory)
{
    dataset set;
    char missing[4096];
    int status = dataset_load(&set, name, memory);
    bool other = status == DATA_MISSING && stand_in;
    snprintf(missing, sizeof missing, "%s", error_text());
    if (other) status = dataset_load(&set, stand_in, memory);
    if (status == DATA_MISSING) run_missing(r, missing);
    require_read(r, status);
    for (size_t i = 0; i < DATASET_FILES && set.file[i]; i++) run_input(r, set.file[i]);
    if (set.note) run_stand_in(r, set.note);
    else if (other) run_other_data(r, stand_in_note(&set, name, memory));
    return set;
}

frost run_frost(run *r, arena *memory)
{
    frost ice;
    require_read(r, frost_read(&ice, memory));
    for (size_t i = 0; i < FROST_TEXTURES; i++) run_input(r, ice.file[i]);
    return ice;
}

size_t *run_order(const run *r, const char *stream, size_t n, arena *memory)
{
    size_t *order = arena_take(memory, n, sizeof *order);
    gsl_rng *draw = rng_new(run_seed(r), stream);
    rng_permutation(draw, order, n);
    gsl_rng_free(draw);
    return order;
}

graph run_graph(run *r, const char *name, arena *memory)
{
    graph g;
    require_read(r, graph_load(&g, name, memory));
    run_input(r, g.file);
    return g;
}

examples run_part(const run *r, examples from, const char *stream, size_t count, arena *memory)
{
    if (count >= from.x.rows) return from;
    gsl_rng *pick = rng_new(run_seed(r), stream);
    examples part = examples_subset(from, count, pick, memory);
    gsl_rng_free(pick);
    return part;
}
