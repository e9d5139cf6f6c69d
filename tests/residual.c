/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Residual networks

Their shapes, whose sizes are known; the gradient of a whole small network; threads.

    residual [CASE]        all cases, or one
*/
#include <math.h>
#include <omp.h>

#include "nn/losses.h"
#include "nn/residual.h"
#include "tapes.h"

/* PreActResNet-18 for ten classes has 11,171,146 weights, wherever it is published. */
static void test_size(void)
{
    static residual_network net;
    residual_network_init(&net, &(residual_shape){
        { 32, 32, 3 }, 4, { 2, 2, 2, 2 }, { 64, 128, 256, 512 }, 10, false, false }, memory);
    size_t weights = 0, norms = 0;
    for (size_t i = 0; i < net.count; i++) weights += mat_size(net.parameters[i]->value);
    while (residual_network_norm(&net, norms)) norms++;
    gsl_test(weights != 11171146, "%zu weights of PreActResNet-18", weights);
    gsl_test(norms != 16, "%zu normalisations", norms);
    gsl_test(net.last.height != 4 || net.last.channels != 512, "the last images are %zu x %zu x %zu",
             net.last.height, net.last.width, net.last.channels);
}

static const residual_shape tiny = { { 8, 8, 2 }, 3, { 1, 2, 1 }, { 3, 4, 5 }, 3, true, false };
static const residual_shape small = { { 24, 24, 3 }, 3, { 1, 1, 1 }, { 8, 12, 16 }, 3, true, false };
enum { FEW = 6, MANY = 50 };
static int labels[MANY];

static residual_network *network_new(const residual_shape *shape, size_t batch, mat *x)
{
    residual_network *net = arena_take(memory, 1, sizeof *net);
    gsl_rng *rng = rng_new(1, "network");
    residual_network_init(net, shape, memory);
    residual_network_start(net, rng);
    for (size_t i = 0; i < batch; i++) labels[i] = (int)(i * i % 3);
    *x = arena_mat(memory, batch, image_size(shape->in));
    rng_normal(rng, *x, 1);
    gsl_rng_free(rng);
    return net;
}

static void test_layers(void)
{
    mat x;
    residual_network *net = network_new(&tiny, FEW, &x);
    residual_nodes h = residual_network_apply(t, net, tape_input(t, x), TRAINING);
    static const size_t stage[] = { 0, 1, 1, 2 }, size[] = { 192, 192, 192, 64, 64, 64, 64, 20, 20 };
    gsl_test(h.layers != 9, "%zu layers", h.layers);
    for (size_t k = 0; k < h.layers && k < 9; k++)
        gsl_test(h.layer[k]->value.cols != size[k], "layer %zu has %zu numbers", k, h.layer[k]->value.cols);
    for (size_t i = 0; i < 4; i++) gsl_test(net->stage_of[i] != stage[i], "block %zu is of stage %zu", i, net->stage_of[i]);
    gsl_test(h.features->value.cols != 5 || h.scores->value.cols != 3, "features and scores");
    tape_reset(t);
}

/* Without normalisation and ReLU the mean is of all numbers, with the ReLU of those above 0. */
static void test_end(void)
{
    mat x;
    residual_shape bare = tiny;
    bare.last_norm = false;
    residual_network *net = network_new(&bare, FEW, &x);
    for (int relu = 0; relu < 2; relu++) {
        net->shape.last_relu = relu == 1;
        residual_nodes h = residual_network_apply(t, net, tape_input(t, x), TRAINING);
        mat last = h.layer[h.layers - 1]->value;
        for (size_t n = 0; n < FEW; n++)
            for (size_t c = 0; c < 5; c++) {
                double mean = 0;
                for (size_t at = c; at < last.cols; at += 5) {
                    double v = (double)mat_row(last, n)[at];
                    mean += (relu && v < 0 ? 0 : v) * 5 / (double)last.cols;
                }
                gsl_test_abs((double)mat_row(h.features->value, n)[c], mean, tolerance(1e-5, 1e-13), "feature %zu of %zu", c, n);
            }
        tape_reset(t);
    }
}

/* Of every parameter one weight, by a central difference of the whole network. */
static double loss_of(residual_network *net, mat x)
{
    double loss = node_scalar(cross_entropy(t, residual_network_apply(t, net, tape_input(t, x), TRAINING).scores, labels));
    tape_reset(t);
    return loss;
}

static void test_gradient(void)
{
    mat x;
    residual_network *net = network_new(&tiny, FEW, &x);
    tape_backward(t, cross_entropy(t, residual_network_apply(t, net, tape_input(t, x), TRAINING).scores, labels));
    tape_reset(t);
    for (size_t i = 0; i < net->count && sizeof(real) == sizeof(double); i++) {
        parameter *p = net->parameters[i];
        size_t at = (7 * i + 3) % mat_size(p->value);
        real kept = p->value.at[at];
        const double h = 1e-5;
        p->value.at[at] = kept + (real)h;
        double above = loss_of(net, x);
        p->value.at[at] = kept - (real)h;
        double below = loss_of(net, x);
        p->value.at[at] = kept;
        gsl_test_abs((double)p->grad.at[at], (above - below) / (2 * h), 1e-8, "weight %zu of \"%s\"", at, p->name);
    }
}

/* All gradients of a network that is large enough for several threads, one after the other. */
static mat gradients(void)
{
    mat x;
    residual_network *net = network_new(&small, MANY, &x);
    size_t size = 0, at = 0;
    for (size_t i = 0; i < net->count; i++) size += mat_size(net->parameters[i]->value);
    mat all = arena_mat(memory, 1, size);
    tape_backward(t, cross_entropy(t, residual_network_apply(t, net, tape_input(t, x), TRAINING).scores, labels));
    for (size_t i = 0; i < net->count; i++) {
        mat g = net->parameters[i]->grad;
        memcpy(all.at + at, g.at, mat_size(g) * sizeof(real));
        at += mat_size(g);
    }
    tape_reset(t);
    return all;
}

static void test_threads(void)
{
    omp_set_num_threads(1);
    mat alone = gradients();
    for (int threads = 2; threads <= 3; threads++) {
        omp_set_num_threads(threads);
        gsl_test(memcmp(alone.at, gradients().at, mat_size(alone) * sizeof(real)), "%d threads", threads);
    }
}

static const test_case cases[] = {
    { "size", test_size }, { "layers", test_layers }, { "end", test_end }, { "gradient", test_gradient }, { "threads", test_threads },
};

int main(int argc, char **argv)
{
    tapes_begin();
    return TAPES_RUN(cases, argc, argv);
}
