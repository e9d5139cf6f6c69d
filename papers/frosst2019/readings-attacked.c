/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Readings: which networks know what they do not know?

Section 5 credits entanglement with three things: under attack the credibility of an answer follows its accuracy,
attacked images lie apart from real ones in the first hidden layer, and letters lie apart from digits in the
logits. How entangled a network has to be for that, and by which of the readings, the paper does not say. We ask
every network that `readings` trained, with held-out images that none of them has seen. The letters are those of Figure 21.

    readings-attacked --seed 11

*Reads* Fashion-MNIST, MNIST, notMNIST and the networks of `readings`. *Writes* for each of them its calibration under the
fast gradient sign method (`papers/frosst2019/credibility.h`, the series with the name of the reading and FGSM), and how far from what
it knows a stranger is (`papers/frosst2019/out_of_distribution.h`): for networks of Fashion-MNIST an attacked image, in the first hidden layer, for
those of MNIST a letter, in the logits. *Checked by* nobody: a reading is a question.

[figure]

[verdicts]
*/
#include <stdio.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "cnn.h"                 /* gives: cnn_settings */
#include "credibility.h"         /* gives: credibility_measure */
#include "reading.h"             /* gives: readings, split_of */
#include "run/load.h"            /* gives: run_load */
#include "out_of_distribution.h"  /* gives: ood_measures, ood_attacked */

static struct { size_t held_out, strange_steps; double strange_epsilon; } set;

static const run_setting settings[] = {
    { "held-out", &set.held_out, NULL, { 500, 2000, 10000, 10000 }, "examples of the training set, as in `readings`", "ours" },
    { "strange-epsilon", NULL, &set.strange_epsilon, { .3, .3, .3, .3 }, "how far the attack on strangers may move a pixel", "as in Figure 22" },
    { "strange-steps", &set.strange_steps, NULL, { 3, 30, 100, 1000 }, "of that attack, of .01 each", "Figure 9" },
    { 0 }
};

/*
# The held-out part as a test set
*/
static dataset without_test(const run *r, dataset data, arena *memory)
{
    if (set.held_out >= data.train.x.rows)
        die(STATUS_USAGE, "--held-out %zu of %zu examples: expected fewer", set.held_out, data.train.x.rows);
    split h = split_of(r, data.train, set.held_out, memory);
    data.train = h.train;
    data.test = h.held_out;
    return data;
}

static network *network_of(run *r, const reading *of, const dataset *data, arena *memory)
{
    char name[64];
    reading_file_name(name, sizeof name, of);
    return cnn_trained(r, data, "readings", run_seed(r), name, memory);
}

static void meet(run *r, const reading *of, network *net, const ood_split *m, mat letters, arena *memory)
{
    arena_mark mark = arena_save(memory);
    attack how = attack_bim(set.strange_epsilon, .01, set.strange_steps);
    if (of->mnist) ood_measures(r, of->o.name, net, net->layers, m, letters, memory);
    else ood_measures(r, of->o.name, net, 0, m, ood_attacked(m, net, how, memory), memory);
    arena_release(memory, mark);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "readings-attacked",
        .purpose = "Attacks the network of every reading, and shows it strangers.",
        .settings = { settings, credibility_settings, ood_settings, cnn_settings } });
    arena *memory = arena_new();
    dataset set_of[2] = { without_test(r, run_load(r, "fashion-mnist", NULL, memory), memory),
                          without_test(r, run_load(r, "mnist", NULL, memory), memory) };
    dataset letters = run_load(r, "notmnist", NULL, memory);
    attack_split shown[2];
    ood_split met[2];
    for (size_t i = 0; i < 2; i++) {
        shown[i] = attack_split_new(r, &set_of[i], memory);
        met[i] = ood_new(r, &set_of[i], memory);
    }
    mat strange = run_part(r, letters.test, "strange", met[1].known.x.rows, memory).x;

    network *net[READINGS];
    curve curves[READINGS];
    char series[READINGS][64];
    for (size_t i = 0; i < READINGS; i++) {
        bool digits = readings[i].mnist;
        net[i] = network_of(r, &readings[i], &set_of[digits], memory);
        snprintf(series[i], sizeof series[i], "%s FGSM", readings[i].o.name);
        curves[i] = (curve){ series[i], &shown[digits], net[i], net[i], false, NULL };
    }
    credibility c;
    credibility_init(&c, r);
    run_resume(r);
    credibility_measure(&c, curves, READINGS);
    credibility_free(&c);
    for (size_t i = 0; i < READINGS; i++)
        meet(r, &readings[i], net[i], &met[readings[i].mnist], strange, memory);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
