/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 3: fewer noise labels, more smoothing

A batch is all the noise that an example of it is told apart from, so soft target InfoNCE should suffer where batches are
small, and soft target cross-entropy should not: it knows all classes whatever the batch. In its smallest batches the paper's
InfoNCE is 4.21 points behind, in its largest .19 ahead. And the paper finds that the amount $\epsilon$ of label smoothing
matters less to soft target InfoNCE than to soft target cross-entropy.

    fig3-noise-smoothing --seed 1

We train the convolutions of `table1-2-cifar100-cnn` with both losses, in batches that double from one training to the
next, with smoothing, MixUp and CutMix; then in batches of one size, with smoothing alone, by each $\epsilon$. Which batches
and which $\epsilon$ the paper took is not in its text. The rate is in proportion to the batch, as in the authors' code. A small batch
is small for both losses: batch normalisation, in the convolutions and in the head, takes its means from the same few images. What
it costs both is in both curves, and the left side compares them.

The paper's standard deviations over $\epsilon$, .12 and .34 points, are below what chance does to a small network: an accuracy of
30 % on 10,000 images has a standard error of .46. So the amounts double from .05 on, beyond what is usual, for a difference
that shows.

To soft target InfoNCE smoothing is a temperature (`losses.c`): it asks for larger scores, and for no other class. That
may be why the paper sees it matter less.

*Reads* CIFAR-100. *Writes* the test accuracy of each training; its gap at the ends of the left side; how much it varies
along the right side; and beside the result the two networks with $\epsilon = 0.1$, for `fig4-6-calibration`. *Checked
by* the claims of Figure 3 in `papers/hugger2024/claims.tsv`.

[figure]

[verdicts]
*/
#include <gsl/gsl_statistics_double.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "cifar.h"               /* gives: cifar_load, cifar_save */
#include "learn/calibration.h"   /* gives: top_accuracy */

static struct { size_t train, epochs, warmup, smallest, sizes, batch, amounts; double rate; } set;

static const run_setting settings[] = {
    { "train", &set.train, NULL, { 300, 2000, 20000, 50000 }, "training images, at most", "4.2" },
    { "epochs", &set.epochs, NULL, { 2, 6, 8, 100 }, "passes over the images", "Table 3" },
    { "warmup", &set.warmup, NULL, { 1, 1, 1, 5 }, "epochs in which the rate rises", "Table 3" },
    { "rate", NULL, &set.rate, { .001, .001, .001, .0003 }, "learning rate for batches of 256, and in proportion for others",
      "A.4" },
    { "smallest", &set.smallest, NULL, { 16, 16, 32, 64 }, "images in the smallest batch", "ours" },
    { "sizes", &set.sizes, NULL, { 2, 5, 5, 5 }, "sizes of a batch, each twice that before", "ours" },
    { "batch", &set.batch, NULL, { 32, 128, 256, 1024 }, "images a batch where smoothing varies", "Table 3" },
    { "amounts", &set.amounts, NULL, { 2, 3, 4, 5 }, "amounts of smoothing: the first so many of .05 .1 .2 .4 .8", "ours" },
    { 0 }
};

enum { MOST_SIZES = 12, AMOUNTS = 5, KEPT_AMOUNT = 1, CURVES = 2 };
static const double epsilon[AMOUNTS] = { .05, .1, .2, .4, .8 };
static const loss_kind kind_of[CURVES] = { SOFT_TARGET, SOFT_CROSS_ENTROPY };

/*
# One training after the other

Number i belongs to loss i mod 2, and place i / 2 counts sizes first, then amounts.
*/
typedef struct place { bool smooths; size_t which; double x; } place;

static place place_of(size_t training)
{
    size_t i = training / CURVES;
    if (i < set.sizes) return (place){ false, i, (double)(set.smallest << i) };
    return (place){ true, i - set.sizes, epsilon[i - set.sizes] };
}

static recipe recipe_of(place p)
{
    recipe how = cifar_recipe();
    how.batch = p.smooths ? set.batch : set.smallest << p.which;
    how.epochs = set.epochs;
    how.warmup = set.warmup;
    how.rate = set.rate * (double)how.batch / 256;
    if (!p.smooths) return how;
    how.smoothing = p.x;
    how.mixed = (mixing){ 0 };
    return how;
}

typedef struct found { double batch[CURVES][MOST_SIZES], smoothing[CURVES][AMOUNTS]; } found;

static void train_one(trainer *m, const cifar *c, found *f, arena *memory)
{
    arena_mark mark = arena_save(memory);
    size_t curve = m->at.training % CURVES;
    place p = place_of(m->at.training);
    recipe how = recipe_of(p);
    trainer_choose(m, &how);
    train(m, kind_of[curve], c->train);
    mat scores = arena_mat(memory, c->test.x.rows, c->classes);
    classifier_scores(&m->net, m->t, scores, c->test.x);
    double accuracy = top_accuracy(scores, c->test.y, 1);
    run_row(m->r, loss_name[kind_of[curve]], p.x, p.smooths ? "smoothing_accuracy" : "batch_accuracy", accuracy);
    *(p.smooths ? &f->smoothing[curve][p.which] : &f->batch[curve][p.which]) = accuracy;
    if (p.smooths && p.which == KEPT_AMOUNT) cifar_save(m, kind_of[curve]);
    arena_release(memory, mark);
}

/*
# What the figure says, in numbers

The paper's deviation of accuracies, "max." .37 and "standard" .12, is read as the largest less the smallest: among n
numbers none is further than $\sqrt{n - 1}$ standard deviations from their mean, so a distance from the mean of three of them
would take eleven amounts or more.
*/
static void conclude(run *r, const found *f)
{
    const char *gap = "cross-entropy less InfoNCE";
    double first = f->batch[1][0] - f->batch[0][0], last = f->batch[1][set.sizes - 1] - f->batch[0][set.sizes - 1];
    run_row(r, gap, RUN_NO_X, "at_smallest", first);
    run_row(r, gap, RUN_NO_X, "at_largest", last);
    run_row(r, gap, RUN_NO_X, "closing", first - last);
    for (size_t curve = 0; curve < CURVES; curve++) {
        const double *of = f->smoothing[curve], mean = gsl_stats_mean(of, 1, set.amounts);
        run_row(r, loss_name[kind_of[curve]], RUN_NO_X, "smoothing_range",
                gsl_stats_max(of, 1, set.amounts) - gsl_stats_min(of, 1, set.amounts));
        run_row(r, loss_name[kind_of[curve]], RUN_NO_X, "smoothing_sd", gsl_stats_sd_with_fixed_mean(of, 1, set.amounts, mean));
    }
}

static void require_possible(const cifar *c)
{
    if (set.sizes < 2 || set.sizes > MOST_SIZES) die(STATUS_USAGE, "--sizes %zu: expected 2 to %d", set.sizes, MOST_SIZES);
    if (set.amounts < 2 || set.amounts > AMOUNTS) die(STATUS_USAGE, "--amounts %zu: expected 2 to %d", set.amounts, AMOUNTS);
    size_t n = c->train.x.rows;
    if (set.smallest < 2 || set.smallest > n >> (set.sizes - 1))
        die(STATUS_USAGE, "--smallest %zu, doubled %zu times, of %zu images: expected 2 or more, and no more than there are",
            set.smallest, set.sizes - 1, n);
    if (set.batch < 2 || set.batch > n)
        die(STATUS_USAGE, "--batch %zu of %zu images: expected 2 or more, and no more than there are", set.batch, n);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "hugger2024", .experiment = "fig3-noise-smoothing",
        .purpose = "Figure 3: soft targets in batches of many sizes, and smoothed by many amounts, CIFAR-100.",
        .settings = { settings, cifar_settings, convolution_settings, recipe_settings } });
    arena *memory = arena_new();
    cifar c = cifar_load(r, set.train, memory);
    run_other_data(r, CIFAR_NOTE);
    require_possible(&c);
    classifier_shape shape = cifar_network(&c, CONVOLUTIONS);
    recipe how = recipe_of(place_of(0));
    size_t trainings = CURVES * (set.sizes + set.amounts);
    trainer m;
    found f = { 0 };
    trainer_init(&m, r, &shape, &how, trainings, c.train, memory);
    checkpoint_keep(run_checkpoint(r), "accuracies", &f, sizeof f);
    run_resume(r);
    for (; m.at.training < trainings; trainer_next(&m)) train_one(&m, &c, &f, memory);
    conclude(r, &f);
    trainer_free(&m);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
