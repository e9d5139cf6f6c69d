/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Readings: what the paper leaves open, tried

Four rows of Table IV have labels, and each needs a decision that the paper does not
take. At which temperature, where it is fixed? "Arg min" over what? Which tensors does
the sum run over? How large is a batch, and is the reconstruction loss a sum or a mean
over pixels? On which codes is k-means fitted? A reproduction that takes one answer
and fails has not shown much. So we take them all, one at a time, and see which of
them lands on the published row, and which row no reading reaches.

    readings --profile desk --seed 11

*Reads* Fashion-MNIST. *Writes* the six measures of each reading, under the name of
the published row that it would explain. *Checked by* nothing: a reading is a question,
not a claim. Its seeds are others than those of the tables, so that what it decides is
not judged by the runs that decided it.

[figure]
*/
#include <stdio.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "base/rng.h"            /* gives: rng_new */
#include "evaluation.h"          /* gives: evaluate_codes */
#include "run/load.h"            /* gives: run_load */

static size_t labelled;

static const run_setting settings[] = {
    { "labelled", &labelled, NULL, { 300, 500, 10000, 10000 }, "labelled examples", "III.D" },
    { 0 }
};

/*
# The readings

One line each. What a line does not name is as in the tables: T = 1 or annealed, the
sum over, or the least of, the eight activations, batches of 256, the mean over pixels.
A name is that of the published row, then the reading; the row alone is the tables'.
All have labels.

* **Fixed T.** For cosine distances, which end at 2, T = 10 and T = 100 are both
  nearly flat: every point is a neighbour, and the loss looks at mean distances.
  T = 0.1 is as local as the annealed one at its end.
* **Arg min** over the layers is what the words say; over the temperature what
  equation 4 prints; over the code alone is the layer that k-means sees. The least
  over the encoder, or over the hidden layers, leaves out the reconstruction, which no
  one calls hidden.
* **Tensors.** The authors' code lists modules, and so counts what goes into
  each activation beside what comes out.
* **Pixels.** Equation 1 is a sum, the authors' code a mean: 784 times less.
*/
static const variant readings[] = {
    { .name = "SNNL-1" },
    { "SNNL-1, T = 0.1", .temperature = 0.1 },
    { "SNNL-1, T = 0.3", .temperature = 0.3 },
    { "SNNL-1, T = 3", .temperature = 3 },
    { "SNNL-1, T = 10", .temperature = 10 },
    { "SNNL-1, T = 100", .temperature = 100 },
    { "SNNL-1, pixels summed", .pixels = PIXEL_SUM },

    { "SNNL-3", .layers = LEAST_LAYER },
    { "SNNL-3, T = 0.1", .layers = LEAST_LAYER, .temperature = 0.1 },
    { "SNNL-3, T = 100", .layers = LEAST_LAYER, .temperature = 100 },
    { "SNNL-3, least over T", .layers = LEAST_TEMPERATURE },
    { "SNNL-3, code alone", .tensors = CODE },

    { "SNNL-5", .annealing = true },
    { "SNNL-5, sixteen tensors", .annealing = true,
      .tensors = ACTIVATIONS_AND_SCORES },
    { "SNNL-5, hidden layers", .annealing = true, .tensors = HIDDEN },
    { "SNNL-5, encoder", .annealing = true, .tensors = ENCODER },
    { "SNNL-5, batch of 64", .annealing = true, .batch = 64 },
    { "SNNL-5, batch of 128", .annealing = true, .batch = 128 },
    { "SNNL-5, batch of 512", .annealing = true, .batch = 512 },
    { "SNNL-5, pixels summed", .annealing = true, .pixels = PIXEL_SUM },

    { "SNNL-7", .annealing = true, .layers = LEAST_LAYER },
    { "SNNL-7, least hidden layer", .annealing = true,
      .layers = LEAST_LAYER, .tensors = HIDDEN },
    { "SNNL-7, least of the encoder", .annealing = true,
      .layers = LEAST_LAYER, .tensors = ENCODER },
    { "SNNL-7, least over T", .annealing = true, .layers = LEAST_TEMPERATURE },
    { "SNNL-7, code alone", .annealing = true, .tensors = CODE },
};
enum { READINGS = sizeof readings / sizeof *readings };

/*
# Training them

All readings of a seed start from the same weights and see the same labelled pictures
in the same order; only the reading differs. On which codes k-means is fitted needs no
training of its own, so each model is judged both ways.
*/
int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "agarap2020", .experiment = "readings",
        .purpose = "Tries what the paper leaves open, on Fashion-MNIST.",
        .settings = { settings, protocol_settings, fixed_temperature } });
    arena *memory = arena_new();
    dataset fashion = run_load(r, "fashion-mnist", NULL, memory);
    gsl_rng *pick = rng_new(run_seed(r), "labelled");
    examples from = examples_subset(fashion.train, labelled, pick, memory);
    gsl_rng_free(pick);

    trainer m;
    trainer_init(&m, r, from.x.cols, labelled, memory);
    run_resume(r);
    for (size_t i = 0; i < READINGS; i++) m.steps += training_steps(&readings[i], labelled);
    for (; m.at.training < READINGS; trainer_next(&m)) {
        variant v = readings[m.at.training];
        v.neighbours = v.labels = true;
        char name[64];
        snprintf(name, sizeof name, "%s / test codes", v.name);
        train(&m, &v, from);
        evaluate_codes(&m, v.name, RUN_NO_X, from, fashion.test, fashion.classes, memory);
        evaluate_codes(&m, name, RUN_NO_X, fashion.test, fashion.test, fashion.classes, memory);
    }
    trainer_free(&m);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
