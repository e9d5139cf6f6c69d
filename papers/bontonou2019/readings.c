/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Readings: what does the loss depend on that the paper does not say?

Whether the weights of a graph are summed or averaged, whose neighbours count, whether images are shifted and
mirrored, how the network ends: the paper leaves all of it open (`papers/bontonou2019/smoothness.h`), and
published error rates of this network near 5 % need at least the shifts. We train under each reading on a part
of the training set and test on another. **The test set is not touched.**

The first reading is what all other programs take. The others change one thing in it, or in its graph
of ten neighbours, or in its $\alpha$. Cross-entropy stands beside them. A mean over vertices has a gradient ninety times as
long as the mean over pairs, and the two sums, which come last, thousands of times. A training whose loss or places are no
longer numbers is noted as not `finished`, and the next one begins. Does what the loss lacks after a short training come
later? Two readings, one with either loss, take four times as many steps.

    readings --seed 11

*Reads* CIFAR-10. *Writes* for each reading whether it `finished`, the accuracy on the held-out images, in percent,
and what it gains over the first. *Checked by* nobody: a reading is a question.

[figure]

[verdicts]
*/
#include <math.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "training.h"            /* gives: train_while_finite */

static struct { size_t examples, held_out; } set;

static const run_setting settings[] = {
    { "examples", &set.examples, NULL, { 100, 2000, 10000, 45000 }, "of the training set to learn from", "ours" },
    { "held-out", &set.held_out, NULL, { 100, 1000, 5000, 5000 }, "others of it, to test on", "ours" },
    { 0 }
};

/*
# What is changed
*/
enum { CLASSES = 10, MOST = 16, LONGER = 4 };
typedef struct readings {
    objective at[MOST];
    size_t times[MOST];            /* how often the steps of the recipe */
    size_t count;
} readings;

static objective *add(readings *all, objective o)
{
    REQUIRE(all->count < MOST, "more than %d readings", MOST);
    all->times[all->count] = 1;
    all->at[all->count] = o;
    return &all->at[all->count++];
}

static void lengthen_last(readings *all)
{
    all->times[all->count - 1] = LONGER;
}

/* As elsewhere, but for what is done with the answer. */
static objective *vary(readings *all, const char *name)
{
    return add(all, proposed(name, CLASSES));
}

static similarity *vary_ten(readings *all, const char *name)
{
    similarity *graph = &vary(all, name)->graph;
    graph->k = 10;
    return graph;
}

static readings list(void)
{
    readings all = { .count = 0 };
    vary(&all, "as elsewhere");
    vary(&all, "squared distance")->graph.squared = true;
    vary(&all, "no augmentation")->still = true;
    vary(&all, "final ReLU")->last_relu = true;
    vary_ten(&all, "k = 10");
    vary_ten(&all, "k = 10, own neighbours")->edges = OWN;
    vary_ten(&all, "k = 10, mean over edges")->take = MEAN_EDGE;
    vary(&all, "alpha = .1")->graph.alpha = .1;
    vary(&all, "mean over vertices")->graph.take = MEAN_VERTEX;
    add(&all, cross_entropy_of(CLASSES));
    objective *unmoved = add(&all, cross_entropy_of(CLASSES));
    unmoved->name = "cross-entropy, no augmentation";
    unmoved->still = true;
    vary(&all, "four times as long");
    lengthen_last(&all);
    add(&all, cross_entropy_of(CLASSES))->name = "cross-entropy, four times as long";
    lengthen_last(&all);
    vary(&all, "sum")->graph.take = SUM;
    similarity *far = &vary(&all, "alpha = .1, sum")->graph;
    far->alpha = .1;
    far->take = SUM;
    return all;
}

/* The last of the images drawn are held out: images stand in CIFAR-10 in no order. */
static prepared parted(run *r, arena *memory)
{
    prepared of = prepared_load(r, "cifar-10", set.examples + set.held_out, 1, false, memory);
    if (set.held_out >= of.train.x.rows)
        die(STATUS_USAGE, "--held-out %zu of %zu examples: expected fewer", set.held_out, of.train.x.rows);
    size_t n = of.train.x.rows - set.held_out;
    of.test = (examples){ mat_rows(of.train.x, n, set.held_out), of.train.y + n };
    of.train.x = mat_rows(of.train.x, 0, n);
    return of;
}

/*
# A reading

The gain is over the first, unless that has no accuracy itself.
*/
static void look(trainer *m, const objective *o, size_t steps, double *first)
{
    m->how.steps = steps;
    double error = train_while_finite(m, o, m->how.steps) ? trainer_error(m, o) : NAN;
    run_row(m->r, o->name, RUN_NO_X, "finished", isfinite(error));
    if (!isfinite(error)) {
        run_note(m->r, "%s: not finite after step %zu of %zu", o->name, m->at.step, m->how.steps);
        return;
    }
    if (m->at.training == 0) *first = 100 - error;
    run_row(m->r, o->name, RUN_NO_X, "accuracy", 100 - error);
    if (isfinite(*first)) run_row(m->r, o->name, RUN_NO_X, "gain", 100 - error - *first);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "bontonou2019", .experiment = "readings",
        .purpose = "Trains the network on CIFAR-10 under every reading of what the paper leaves open.",
        .settings = { settings, prepared_settings, network_settings, training_settings, descent_settings } });
    arena *memory = arena_new();
    prepared of = parted(r, memory);
    const readings all = list();
    double first = NAN;
    trainer m;
    trainer_init(&m, r, &of, descent(of.train.x.rows, true), all.count, memory);
    checkpoint_keep(run_checkpoint(r), "first", &first, sizeof first);
    run_resume(r);
    const size_t steps = m.how.steps;
    for (; m.at.training < all.count; trainer_next(&m)) {
        size_t k = m.at.training;
        look(&m, &all.at[k], all.times[k] * steps, &first);
    }
    trainer_free(&m);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
