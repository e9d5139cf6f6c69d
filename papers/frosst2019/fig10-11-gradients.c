/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figures 10 and 11: do two networks fail in the same direction?

An image that fools one network often fools another. That would be no surprise if the gradients that the attack
follows were alike. We let the fast gradient sign method push the same test images, none of which is taken for class 1,
towards class 1 in two networks that were trained apart, and map the directions: in the paper those of two baselines fall into
clusters that both share (Figure 10), those of two entangled networks do not (Figure 11), nor those of one of each.

    fig10-11-gradients --seed 1

*Reads* MNIST and the networks of `table1-mnist` with this seed and the next. *Writes* how alike the directions of each pair are, and a map
of them. *Checked by* the claims of Figures 10 and 11 in `papers/frosst2019/claims.tsv`.

[figure]

[verdicts]
*/
#include <math.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "cnn.h"                 /* gives: cnn_settings */
#include "learn/knn_classifier.h" /* gives: knn_agreement */
#include "map.h"                 /* gives: map_rows */
#include "nn/losses.h"           /* gives: cross_entropy */
#include "run/load.h"            /* gives: run_load */

static struct { size_t images, target; } set;

static const run_setting settings[] = {
    { "images", &set.images, NULL, { 40, 200, 500, 500 }, "test images that are pushed", "ours" },
    { "target", &set.target, NULL, { 1, 1, 1, 1 }, "the class that they are pushed to", "Figures 10, 11" },
    { 0 }
};

/*
# Directions

The attack adds epsilon times the sign of the gradient, downhill on the cross-entropy of the target: the size of a gradient is
lost in it. A sign may be zero, where all that depends on a pixel is switched off, so the directions are brought to length 1:
rows of few signs would be near to everything otherwise.
*/
static mat directions(const network *net, mat x, arena *memory)
{
    tape *t = tape_new();
    mat u = arena_mat(memory, x.rows, x.cols);
    int *target = arena_take(memory, x.rows, sizeof *target);
    for (size_t i = 0; i < x.rows; i++) target[i] = (int)set.target;
    tape_freeze(t, true);
    node *in = tape_variable(t, x);
    tape_backward(t, cross_entropy(t, net->apply(t, net->model, in, INFERENCE).scores, target));
    for (size_t i = 0; i < x.rows; i++) {
        const real *g = mat_row(in->grad, i);
        size_t signs = 0;
        for (size_t j = 0; j < x.cols; j++) signs += g[j] != 0;
        for (size_t j = 0; j < x.cols; j++)
            mat_row(u, i)[j] = g[j] == 0 ? 0 : (real)((g[j] < 0 ? 1 : -1) / sqrt((double)signs));
    }
    tape_free(t);
    return u;
}

/* Which of `of` no network takes for the target already: there the gradient is next to nothing, and its signs are noise. */
static examples others(const network *const net[4], examples of, arena *memory)
{
    size_t *index = arena_take(memory, of.x.rows, sizeof *index), count = 0;
    int *answer = arena_take(memory, 4 * of.x.rows, sizeof *answer);
    tape *t = tape_new();
    for (size_t k = 0; k < 4; k++) network_answers(answer + k * of.x.rows, net[k], t, of.x);
    for (size_t i = 0; i < of.x.rows; i++) {
        bool taken = false;
        for (size_t k = 0; k < 4; k++) taken |= (size_t)answer[k * of.x.rows + i] == set.target;
        if (!taken) index[count++] = i;
    }
    tape_free(t);
    return examples_gather(of, index, count, memory);
}

/* The cosine of the angle between row i of a and of b, averaged over i. */
static double mean_cosine(mat a, mat b)
{
    double sum = 0;
    for (size_t e = 0; e < mat_size(a); e++) sum += (double)a.at[e] * (double)b.at[e];
    return sum / (double)a.rows;
}

/*
# A pair of networks

`same_model` is the share of a direction's ten nearest neighbours that belong to the same network: a half where the clusters are
shared, one where each network has its own. `cosine` compares the directions of one image.
*/
static void compare_pair(run *r, const char *name, mat a, mat b, arena *memory)
{
    enum { NEIGHBOURS = 10 };
    arena_mark mark = arena_save(memory);
    int *whose = arena_take(memory, a.rows + b.rows, sizeof *whose);
    mat both = rows_of_both(a, b, whose, memory);
    run_row(r, name, RUN_NO_X, "same_model", knn_agreement(both, whose, NEIGHBOURS, memory));
    run_row(r, name, RUN_NO_X, "cosine", mean_cosine(a, b));
    map_rows(r, name, both, whose, memory);
    arena_release(memory, mark);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = "fig10-11-gradients",
        .purpose = "Figures 10 and 11: the directions in which attacks push the images of two networks.",
        .settings = { settings, map_settings, cnn_settings } });
    static const char *const model[] = { "baseline", "entangled" };
    arena *memory = arena_new();
    dataset data = run_load(r, "mnist", NULL, memory);
    const network *net[4];
    mat pushed[4];
    if (set.target >= data.classes) die(STATUS_USAGE, "--target %zu: expected a class from 0 to %zu", set.target, data.classes - 1);
    for (size_t i = 0; i < 4; i++)
        net[i] = cnn_trained(r, &data, "table1-mnist", run_seed(r) + i % 2, model[i / 2], memory);
    mat x = run_part(r, others(net, data.test, memory), "pushed", set.images, memory).x;
    for (size_t i = 0; i < 4; i++) pushed[i] = directions(net[i], x, memory);
    compare_pair(r, "baseline", pushed[0], pushed[1], memory);
    compare_pair(r, "entangled", pushed[2], pushed[3], memory);
    compare_pair(r, "one of each", pushed[0], pushed[3], memory);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
