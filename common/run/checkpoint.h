/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_CHECKPOINT_H
#define RUN_CHECKPOINT_H

#include <gsl/gsl_rng.h>

#include "base/mat.h"
#include "base/text.h"

/*
# Checkpoints

A run that is killed continues from its last checkpoint *to the same bytes*: so a
checkpoint holds everything the next step depends on. A program names those
things once; they are saved and restored in place.

    checkpoint *c = checkpoint_new(path, fingerprint);
    checkpoint_keep(c, "weights", w.at, bytes);
    checkpoint_keep_rng(c, "order", order);
    if (checkpoint_load(c) < 0) die(STATUS_FAILED, "%s", error_text());
    while (...) { ...; checkpoint_save(c); }
    checkpoint_remove(c);

The file starts with a fingerprint (which program, settings and seed), because
weights of one run must not continue another; each part has its name, its size
and a CRC.
*/
typedef struct checkpoint checkpoint;

checkpoint *checkpoint_new(const char *path, const char *fingerprint);
void checkpoint_free(checkpoint *c);     /* accepts NULL */

/* Adds to the fingerprint what else decides the result, such as the checksum of an input. */
void checkpoint_mark(checkpoint *c, const char *mark);

/* `memory` is borrowed; `name` too. */
void checkpoint_keep(checkpoint *c, const char *name, void *memory, size_t bytes);
void checkpoint_keep_mat(checkpoint *c, const char *name, mat m);
void checkpoint_keep_rng(checkpoint *c, const char *name, gsl_rng *rng);

/* A text is kept at the length that it has when it is saved. */
void checkpoint_keep_text(checkpoint *c, const char *name, text *s);

/* Writes all parts, atomically. 0, or -1. */
int checkpoint_save(const checkpoint *c);

/* Reads all parts: 1 if restored, 0 if there is no checkpoint, -1 if it is
   damaged or of another run; then nothing was changed, and what to do is the caller's to say. */
int checkpoint_load(checkpoint *c);

/* Deletes the file: the run is done. */
void checkpoint_remove(const checkpoint *c);

#endif
