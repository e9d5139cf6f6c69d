/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 14: not every regulariser calibrates

The triplet loss too compares distances within a class to distances between classes. Is it entanglement that
makes credibility agree with accuracy, or does any loss of that kind that is maximised? A third network
learns the digits, with the triplet loss of each hidden layer maximised (`papers/frosst2019/objective.h`).
The paper finds that it "seems to have the opposite effect".

    fig14-triplet --seed 1

How much the triplet loss counts is not in the paper. Ours is the one of three weights that has the highest
accuracy on held-out images of MNIST's training set in `readings`, the larger of those that are within a tenth of a point, and
not chosen by what this figure shows. The weight of the soft nearest neighbour loss was chosen in the same way on
Fashion-MNIST and is ten times as large: a triplet loss that changes little may be one that counts little.

*Reads* MNIST and the networks of `table1-mnist`; trains the third like those. *Writes* accuracy and mean
credibility of the three under the fast gradient sign method (`papers/frosst2019/credibility.h`). *Checked
by* the claims of Figure 14 in `papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include "base/error.h"          /* gives: STATUS_DONE */
#include "cnn.h"                 /* gives: cnn_init */
#include "credibility.h"         /* gives: credibility_measure */
#include "run/load.h"            /* gives: run_load */
#include "training.h"            /* gives: training_run */

static struct { size_t steps; double triplet; } set;

static const run_setting settings[] = {
    { "steps", &set.steps, NULL, { 40, 1000, 14000, 14000 }, "of Adam", "footnote 3" },
    { "triplet", NULL, &set.triplet, { .01, .01, .01, .01 }, "what the triplet loss is worth, -alpha", "readings" },
    { 0 }
};

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "fig14-triplet",
        .purpose = "Figure 14: credibility under attack of a network whose triplet loss was maximised.",
        .settings = { settings, credibility_settings, cnn_training_settings, cnn_settings } });
    arena *memory = arena_new();
    dataset data = run_load(r, "mnist", NULL, memory);
    attack_split g = attack_split_new(r, &data, memory);
    network *plain = cnn_trained(r, &data, "table1-mnist", run_seed(r), "baseline", memory);
    network *mixed = cnn_trained(r, &data, "table1-mnist", run_seed(r), "entangled", memory);
    cnn layers;
    network third;
    cnn_init(&layers, &third, data.shape, data.classes, 2, memory);
    const curve curves[] = {
        { "baseline", &g, plain, plain, false, "baseline clean" },
        { "entangled", &g, mixed, mixed, false, "entangled clean" },
        { "triplet", &g, &third, &third, false, "triplet clean" },
    };

    const objective triplet = { .name = "triplet", .alpha = -set.triplet, .triplet = true };
    trainer m;
    credibility c;
    trainer_init(&m, r, third, data.shape, cnn_recipe(set.steps), 1, data.train.x.rows, memory);
    credibility_init(&c, r);
    run_resume(r);
    for (; m.at.training < 1; trainer_next(&m)) training_run(&m, &triplet, data.train, set.steps);
    credibility_measure(&c, curves, 3);
    credibility_free(&c);
    trainer_free(&m);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
