/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_TRAINED_H
#define FROSST2019_TRAINED_H

#include "data/dataset.h"
#include "network.h"
#include "run/run.h"

/*
# Trained networks are results

A network is trained once, by the program whose table it belongs to, and kept beside that result. Who
attacks it, or looks at what it makes of strange images, reads it from there:

    results/quick/frosst2019/table1-mnist.seed1.tsv
    results/quick/frosst2019/table1-mnist.seed1.baseline.network
    results/quick/frosst2019/table1-mnist.seed1.entangled.network

The file is a checkpoint (`run/checkpoint.h`) with nothing in it but a network, whose it is, and whether it was trained at the
paper's scale: what is found out about a lesser one is at a lesser scale as well. It is not committed: make trains a
network again where one is asked for and not there.
*/

/* Keeps `net` beside the result of `r` as `model`; a result that goes to standard output has no place beside it,
   and nothing is kept. */
void trained_save(run *r, const network *net, const char *model);

/* Sets `net`, which has its shape already, to the one that `experiment` left for this seed; it looks where the
   result of `r` goes. Noted as an input. Ends the program with status 2 if it is not there. Comes before `run_resume`. */
void trained_load(run *r, network *net, const char *experiment, unsigned long seed, const char *model);

/* The convolutional one (`papers/frosst2019/cnn.h`), for images like those of `data`. */
network *trained_cnn(run *r, const dataset *data, const char *experiment, unsigned long seed, const char *model,
                     arena *memory);

#endif
