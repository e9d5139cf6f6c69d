/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RUN_NETWORK_FILE_H
#define RUN_NETWORK_FILE_H

#include "run/run.h"

/*
# Trained networks are results

A network is trained once, by the program whose table it belongs to, and kept beside that result; who corrupts its
images, or looks into it, reads it from there:

    results/quick/bontonou2019/table1-cifar10.seed1.tsv
    results/quick/bontonou2019/table1-cifar10.seed1.proposed.network

The file is a checkpoint (`run/checkpoint.h`) with nothing in it but a network, whose it is, and whether it was
trained at the paper's scale: what is found out about a lesser one is at a lesser scale as well. It is not
committed: make trains a network again where one is asked for and not there.
*/

/* Names everything that a network is made of: its parameters, running means and whatever else it needs to
   answer. */
typedef void network_keeper(checkpoint *c, void *network);

/* Keeps `network` beside the result of `r` as `model`; a result that goes to standard output has no place
   beside it, and nothing is kept. */
void network_file_save(run *r, const char *model, network_keeper *keep, void *network);

/* Sets `network`, which has its shape already, to the one that `experiment` left for this seed; it looks where
   the result of `r` goes. Noted as an input. Ends the program with status 2 if it is not there. Comes before
   `run_resume`. */
void network_file_load(run *r, const char *experiment, unsigned long seed, const char *model, network_keeper *keep,
                       void *network);

#endif
