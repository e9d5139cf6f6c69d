/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figures 3 and 4: fewer labels

Labels are what this method costs. How few of them will do? The paper trains SNNL-1 (a
fixed temperature) and SNNL-5 (a falling one) on 1,000, 3,000 and 6,000 labelled
pictures of MNIST and of Fashion-MNIST, and clusters the whole test sets: accuracy is its
Figure 3, normalised mutual information its Figure 4.

    fig3-4-few-labels --profile desk --seed 1

*Reads* MNIST and Fashion-MNIST. *Writes* the six measures for each set, variant and
number of labels, and the losses of every epoch. *Checked by* the claims of Figures 3
and 4 in `papers/agarap2020/claims.tsv`.

[figure]
*/
#include <stdio.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "base/rng.h"            /* gives: rng_new */
#include "evaluation.h"          /* gives: evaluate_codes */
#include "run/load.h"            /* gives: run_load */

/*
# What is compared

Two sets, three numbers of labels, two variants. The two lines that they have to beat,
the pixels and the baseline autoencoder, use no labels and all pictures: they are rows
of Tables III and IV, and the figure takes them from there.

An epoch of 1,000 pictures has four steps. The paper says fifty epochs of everything, so
the fewer labels there are, the fewer steps are taken.
*/
enum { SETS = 2, SIZES = 3, COMPARED = 2 };

static const struct { const char *name, *series; } sets[SETS] = {
    { "mnist", "MNIST" }, { "fashion-mnist", "Fashion-MNIST" },
};
static const char *const compared[COMPARED] = { "SNNL-1", "SNNL-5" };
static size_t labels[SIZES];

static const run_setting settings[] = {
    { "few", &labels[0], NULL, { 100, 500, 1000, 1000 }, "labelled examples", "III.G" },
    { "more", &labels[1], NULL, { 200, 1500, 3000, 3000 }, "labelled examples", "III.G" },
    { "most", &labels[2], NULL, { 300, 3000, 6000, 6000 }, "labelled examples", "III.G" },
    { 0 }
};

/*
# One model

Which pictures have labels is drawn anew for each number, as it would be by somebody
who can afford that many.
*/
static examples labelled_examples(run *r, const dataset *set, size_t n, arena *memory)
{
    char stream[64];
    snprintf(stream, sizeof stream, "labelled %s %zu", set->name, n);
    gsl_rng *pick = rng_new(run_seed(r), stream);
    examples from = examples_subset(set->train, n, pick, memory);
    gsl_rng_free(pick);
    return from;
}

static void model(trainer *m, const dataset *set, const char *title, const variant *which,
                  size_t n, arena *memory)
{
    arena_mark mark = arena_save(memory);
    examples from = labelled_examples(m->r, set, n, memory);
    char series[64], trained[80];
    snprintf(series, sizeof series, "%s %s", title, which->name);
    snprintf(trained, sizeof trained, "%s, %zu labelled", series, n);
    variant v = *which;
    v.name = trained;
    train(m, &v, from);
    evaluate_codes(m, series, (double)n, from, set->test, set->classes, memory);
    arena_release(memory, mark);
}

/*
# All of them

[verdicts]
*/
int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "agarap2020", .experiment = "fig3-4-few-labels",
        .purpose = "Figures 3 and 4: clusters with 1,000, 3,000 and 6,000 labels.",
        .settings = { settings, protocol_settings, fixed_temperature } });
    arena *memory = arena_new();
    dataset set[SETS];
    for (size_t i = 0; i < SETS; i++) set[i] = run_load(r, sets[i].name, NULL, memory);

    trainer m;
    size_t most = 0;
    for (size_t i = 0; i < SIZES; i++) most = labels[i] > most ? labels[i] : most;
    trainer_init(&m, r, set[0].train.x.cols, most, memory);
    for (size_t i = 0; i < SIZES; i++)
        m.steps += SETS * COMPARED * training_steps(variant_named(compared[0]), labels[i]);
    run_resume(r);
    for (; m.at.training < SETS * SIZES * COMPARED; trainer_next(&m)) {
        size_t i = m.at.training / (SIZES * COMPARED), rest = m.at.training % (SIZES * COMPARED);
        model(&m, &set[i], sets[i].series, variant_named(compared[rest % COMPARED]),
              labels[rest / COMPARED], memory);
    }
    trainer_free(&m);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
