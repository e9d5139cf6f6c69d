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
#include "loops.h"
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

/*
# The whole, a second time

In plain loops, after He et al. 2016: a block adds to its input what two convolutions make of it, each behind a
normalisation and ReLU; where sizes differ, the input behind the first of these takes a 1 x 1 convolution. In inference,
with running means that are anything.
*/
static mat loop_convolution(mat x, const convolution_layer *layer)
{
    convolution c = layer->shape;
    image out = convolution_out(c);
    mat y = arena_mat(memory, x.rows, image_size(out));
    for (size_t e = 0; e < mat_size(y); e++) {
        size_t n = e / y.cols, f = e % c.filters, j = e / c.filters % out.width, i = e % y.cols / c.filters / out.width;
        double sum = 0;
        for (size_t u = 0; u < c.kernel; u++)
            for (size_t v = 0; v < c.kernel; v++) {
                size_t row = i * c.stride + u - c.padding, col = j * c.stride + v - c.padding;      /* -1 is beyond the end, too */
                if (row >= c.in.height || col >= c.in.width) continue;
                for (size_t k = 0; k < c.in.channels; k++)
                    sum += (double)mat_row(x, n)[(row * c.in.width + col) * c.in.channels + k]
                         * (double)mat_row(layer->w.value, (u * c.kernel + v) * c.in.channels + k)[f];
            }
        y.at[e] = (real)sum;
    }
    return y;
}

static mat loop_norm_relu(mat x, const batch_norm *norm)
{
    mat y = arena_mat(memory, x.rows, x.cols);
    for (size_t e = 0; e < mat_size(x); e++) {
        size_t c = e % norm->channels;
        double z = ((double)x.at[e] - (double)mat_row(norm->running, 0)[c]) / sqrt((double)mat_row(norm->running, 1)[c] + 1e-5);
        z = z * (double)norm->gamma.value.at[c] + (double)norm->beta.value.at[c];
        y.at[e] = (real)(z > 0 ? z : 0);
    }
    return y;
}

static void test_twice(void)
{
    mat x;
    residual_network *net = network_new(&tiny, FEW, &x);
    gsl_rng *rng = rng_new(2, "twice");
    loop_weights(net->parameters, net->count, .5, rng);
    batch_norm *norm;
    for (size_t i = 0; (norm = residual_network_norm(net, i)); i++) {
        rng_normal(rng, mat_rows(norm->running, 0, 1), 1);
        rng_uniform(rng, mat_rows(norm->running, 1, 1), .5, 2);
        rng_uniform(rng, norm->beta.value, 0, 2);            /* no layer is dead */
    }
    residual_nodes h = residual_network_apply(t, net, tape_input(t, x), INFERENCE);
    mat y = loop_convolution(x, &net->stem);
    loop_same(h.layer[0]->value, y, "the stem");
    for (size_t i = 0; i < net->blocks; i++) {
        const residual_block *b = &net->block[i];
        mat in = loop_norm_relu(y, &b->norm1), middle = loop_convolution(in, &b->conv1);
        gsl_test(b->projects != (i == 1 || i == 3), "block %zu: the second and the third stage begin with a projection", i);
        mat shortcut = b->projects ? loop_convolution(in, &b->shortcut) : y;
        y = loop_sum(shortcut, loop_convolution(loop_norm_relu(middle, &b->norm2), &b->conv2));
        loop_same(h.layer[2 * i + 1]->value, middle, "the middle of a block");
        loop_same(h.layer[2 * i + 2]->value, y, "the end of a block");
    }
    mat last = loop_norm_relu(y, &net->norm), features = arena_mat(memory, FEW, 5);
    mat_fill(features, 0);
    for (size_t e = 0; e < mat_size(last); e++) mat_row(features, e / last.cols)[e % 5] += last.at[e] * 5 / (real)last.cols;
    loop_same(h.features->value, features, "features");
    loop_same(h.scores->value, loop_dense(features, &net->scores), "scores");
    tape_reset(t);
    gsl_rng_free(rng);
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
    { "size", test_size }, { "layers", test_layers }, { "end", test_end }, { "twice", test_twice }, { "gradient", test_gradient }, { "threads", test_threads },
};

int main(int argc, char **argv)
{
    tapes_begin();
    return TAPES_RUN(cases, argc, argv);
}
