/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_LOAD_H
#define RUN_LOAD_H

#include "data/dataset.h"
#include "data/frost.h"
#include "data/graph.h"
#include "run/run.h"

/*
# The data set of an experiment

`dataset_load` for a program that cannot go on without it: a damaged set ends it, with
status 1, and one that is not here as `run_missing` does, unless there is a `stand_in`
(NULL: there is none): another sample of the same source, or another set
altogether. The files are noted in the provenance, and a result from a stand-in says so.
*/
dataset run_load(run *r, const char *name, const char *stand_in, arena *memory);

/* 0 ... n - 1 in an order that the seed's stream of this name draws. */
size_t *run_order(const run *r, const char *stream, size_t n, arena *memory);

/* `count` of the examples, drawn by the seed's stream of this name, in the order in which they stood; all of them if
   there are no more. */
examples run_part(const run *r, examples from, const char *stream, size_t count, arena *memory);

/* `frost_read` likewise, for programs that corrupt images (`data/corruption.h`). */
frost run_frost(run *r, arena *memory);

/* `graph_load` likewise. */
graph run_graph(run *r, const char *name, arena *memory);

#endif
