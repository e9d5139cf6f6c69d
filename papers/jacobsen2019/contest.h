/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_CONTEST_H
#define JACOBSEN2019_CONTEST_H

#include "data/dataset.h"
#include "run/run.h"

/*
# An invertible network beside a residual one

Both learn the same images from the same batches at the same rates, with as many weights. The first reads its scores from the lowest
frequency of a cosine transform of its last maps (`rearrange.h`).
*/
extern const run_setting contest_settings[];

typedef struct contest_depth {
    size_t stages;                 /* of either network, 1 to 4 */
    size_t squeezes;               /* of the invertible one before its first stage; each next halves the image once more */
    bool nothing_stored;           /* is the invertible one trained without storing what its blocks are given (`recompute.h`)? */
} contest_depth;

/* Trains both and writes their rows: top1_error (of `data->test`) and train_error in percent, and the number of weights. The
   images are moved in place. Resumes the run. */
void contest(run *r, dataset *data, contest_depth depth, arena *memory);

#endif
