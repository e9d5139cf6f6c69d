/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_TRAINED_H
#define RUN_TRAINED_H

#include "run/run.h"

/*
# Trained networks are results

A network is trained once, by the program whose table it belongs to, and kept beside that result. Who looks into
it reads it from there:

    results/quick/jacobsen2019/fig3-spheres.seed1.tsv
    results/quick/jacobsen2019/fig3-spheres.seed1.ce.network

The file is a checkpoint (`run/checkpoint.h`) with nothing in it but what `keep` names, whose it is, and whether it was
trained at the paper's scale: what is found out about a lesser one is at a lesser scale as well. It is not
committed: make trains a network again where one is asked for and not there.

    trained_save(r, "ce", &net, keep);
    trained_load(r, "fig3-spheres", run_seed(r), "ce", &net, keep);
*/
typedef void trained_keep(void *network, checkpoint *c);

/* Keeps `network` beside the result of `r` as `model`; a result that goes to standard output has no place
   beside it, and nothing is kept. */
void trained_save(run *r, const char *model, void *network, trained_keep *keep);

/* Sets `network`, which has its shape already, to the one that `experiment` left for this seed; it looks where
   the result of `r` goes. Noted as an input. Ends the program with status 2 if it is not there. Comes before `run_resume`. */
void trained_load(run *r, const char *experiment, unsigned long seed, const char *model, void *network,
                  trained_keep *keep);

#endif
