/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Table 2: is a robust network entangled?

Adversarial training (Madry et al. 2018) shows a network only images that an attack has made as hard as it
can. Nothing in it asks for entanglement. Yet the hidden layers of the network that comes out are
*more* entangled than those of one that was trained on clean images: to be hard to mislead, it seems, a
representation must not hold classes too far apart.

    table2-adversarial --seed 1

*Reads* MNIST. *Writes* the soft nearest neighbour loss of four layers of both networks, at T = 100 on
128 test images as in the paper, and their accuracy with and without the attack. *Checked by* the claims of
Table 2 in `papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include <math.h>
#include <stdio.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "base/rng.h"            /* gives: rng_normal */
#include "learn/entanglement.h"  /* gives: entanglement_at */
#include "nn/convolution.h"      /* gives: convolution_layer */
#include "nn/dense.h"            /* gives: dense_layer */
#include "nn/pooling.h"          /* gives: max_pool */
#include "run/load.h"            /* gives: run_load */
#include "training.h"            /* gives: training_run, network */

/*
# The network, and how it is attacked

The table's rows are the layers of the network that Madry et al. published: two convolutions with 32 and 64
filters of 5 x 5, each followed by the largest of 2 x 2 pixels, a dense layer of 1024 units, and ten
scores. Its authors draw weights from a normal distribution of spread .1, without what lies beyond two of it, and start
biases at .1; they train by Adam on batches of 50, for 100,000 steps, against an attack of 40 steps. They add up the
cross-entropy of a batch where we take its mean: to Adam, which divides by the size of the gradient, that is the same.
Training against attacks begins with a plateau, where the network answers the same to everything. In 4,000 steps at the
published rate it is hardly left behind, at ten times that rate the network never left it; so the desk profile halves the
network and makes 10,000 steps at the published rate. The few steps of the quick profile, at the higher rate, end on the plateau.
*/
static struct { size_t filters, units, steps, batch, attack_steps, tested; double rate, epsilon, attack_step; } set;

static const run_setting settings[] = {
    { "filters", &set.filters, NULL, { 4, 16, 16, 32 }, "of the first convolution; the second has twice as many", "Madry et al." },
    { "units", &set.units, NULL, { 16, 128, 512, 1024 }, "of the dense layer", "Madry et al." },
    { "steps", &set.steps, NULL, { 20, 400, 10000, 100000 }, "of Adam, for either network", "Madry et al." },
    { "batch", &set.batch, NULL, { 20, 50, 50, 50 }, "examples a step", "Madry et al." },
    { "rate", NULL, &set.rate, { 1e-3, 1e-3, 1e-4, 1e-4 }, "of Adam", "Madry et al." },
    { "epsilon", NULL, &set.epsilon, { .3, .3, .3, .3 }, "how far the attack may move a pixel", "Madry et al." },
    { "attack-steps", &set.attack_steps, NULL, { 3, 10, 10, 40 }, "of the attack, in training and in testing", "Madry et al." },
    { "attack-step", NULL, &set.attack_step, { .1, .05, .05, .01 }, "how far each of them goes", "Madry et al." },
    { "tested", &set.tested, NULL, { 200, 1000, 2000, 10000 }, "test images for the accuracies", "ours" },
    { 0 }
};

enum { PARAMETERS = 8 };
typedef struct madry {
    convolution_layer conv[2];
    dense_layer dense[2];
    parameter *parameters[PARAMETERS];
} madry;

static outputs madry_apply(tape *t, void *model, node *x, batch_norm_mode mode)
{
    (void)mode;
    madry *n = model;
    outputs h = { .layers = 3 };
    for (size_t i = 0; i < 2; i++) {
        x = convolution_layer_apply(t, &n->conv[i], x);
        x = h.layer[i] = max_pool(t, x, convolution_out(n->conv[i].shape), 2, 2);
    }
    h.layer[2] = dense_layer_apply(t, &n->dense[0], x);
    h.scores = dense_layer_apply(t, &n->dense[1], h.layer[2]);
    return h;
}

static void truncated_normal(gsl_rng *rng, mat w, double sd)
{
    rng_normal(rng, w, sd);
    for (size_t i = 0; i < mat_size(w); i++)
        while (fabs((double)w.at[i]) > 2 * sd) rng_normal(rng, mat_view(&w.at[i], 1, 1), sd);
}

static void madry_start(void *model, gsl_rng *rng)
{
    madry *n = model;
    for (size_t i = 0; i < PARAMETERS; i += 2) {
        truncated_normal(rng, n->parameters[i]->value, .1);
        mat_fill(n->parameters[i + 1]->value, (real).1);
    }
}

static void madry_init(madry *n, network *net, image in, size_t classes, arena *memory)
{
    const convolution first = { in, set.filters, 5, 1, 2 };
    n->conv[0] = convolution_layer_new(memory, "conv 1", first, WITH_BIAS, RELU);
    const convolution second = { pool_out(convolution_out(first), 2, 2), 2 * set.filters, 5, 1, 2 };
    n->conv[1] = convolution_layer_new(memory, "conv 2", second, WITH_BIAS, RELU);
    image last = pool_out(convolution_out(second), 2, 2);
    n->dense[0] = dense_layer_new(memory, "dense", image_size(last), set.units, RELU);
    n->dense[1] = dense_layer_new(memory, "logits", set.units, classes, LINEAR);
    for (size_t i = 0; i < 2; i++) {
        n->parameters[2 * i] = &n->conv[i].w;
        n->parameters[2 * i + 1] = &n->conv[i].b;
        n->parameters[4 + 2 * i] = &n->dense[i].w;
        n->parameters[5 + 2 * i] = &n->dense[i].b;
    }
    *net = (network){ n, madry_apply, madry_start, NULL, 3, PARAMETERS, n->parameters };
}

/*
# What is measured

The loss of each layer on the first 128 test images, raw activations, at T = 100: what it comes to
depends on the size of the activations, and so on how long the network was trained. The paper's
comparison is between two networks at one T, which we keep.
*/
static void measure(trainer *m, const char *name, examples test)
{
    enum { IMAGES = 128 };
    static const char *const layer[] = { "conv 1", "conv 2", "dense", "logits" };
    mat x = mat_block(test.x, 0, IMAGES);
    outputs h = network_layers(&m->net, m->t, x);
    for (size_t i = 0; i < 4; i++) {
        entanglement e = { h.layer[i]->value, x.rows, SQUARED_EUCLIDEAN, m->scratch, NULL };
        char series[32];
        snprintf(series, sizeof series, "%s %s", name, layer[i]);
        run_row(m->r, series, RUN_NO_X, "snnl", entanglement_at(&e, test.y, 100, NULL));
        tape_reset(m->scratch);
    }
    tape_reset(m->t);
}

/* Accuracy on clean images, and on the same images under attack. */
static void test_both(trainer *m, const char *name, examples test, attack how, arena *memory)
{
    examples adversarial = { arena_mat(memory, test.x.rows, test.x.cols), test.y };
    network_attack(adversarial.x, &m->net, test.x, test.y, how, m->noise, m->scratch);
    run_row(m->r, name, RUN_NO_X, "accuracy", network_evaluate(&m->net, m->t, test).accuracy);
    run_row(m->r, name, RUN_NO_X, "accuracy_attacked", network_evaluate(&m->net, m->t, adversarial).accuracy);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "table2-adversarial",
        .purpose = "Table 2: entanglement of networks trained with and without adversarial examples.",
        .settings = { settings } });
    arena *memory = arena_new();
    dataset data = run_load(r, "mnist", NULL, memory);
    madry n;
    network net;
    madry_init(&n, &net, data.shape, data.classes, memory);
    const attack pgd = { .epsilon = set.epsilon, .step = set.attack_step, .steps = set.attack_steps, .random_start = true };
    size_t n_tested = set.tested < data.test.x.rows ? set.tested : data.test.x.rows;
    examples tested = { mat_rows(data.test.x, 0, n_tested), data.test.y };
    static const char *const name[] = { "baseline", "PGD" };

    trainer m;
    trainer_init(&m, r, net, data.shape,
                 (recipe){ &adam, ADAM_DEFAULTS, set.rate, set.rate, set.batch, set.steps, .augmentation = { 0 } }, 2,
                 data.train.x.rows, memory);
    run_resume(r);
    for (; m.at.training < 2; trainer_next(&m)) {
        m.how.attack = m.at.training == 0 ? (attack){ 0 } : pgd;
        training_run(&m, &objective_baseline, data.train, set.steps);
        measure(&m, name[m.at.training], data.test);
        test_both(&m, name[m.at.training], tested, pgd, memory);
    }
    trainer_free(&m);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
