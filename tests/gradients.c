/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Every operation against a central difference

For each operation we build a small graph that ends in a scalar, ask the tape for
the gradient of every input, and compare it with

$$ \frac{\partial L}{\partial x} \approx \frac{L(x + h) - L(x - h)}{2h},
   \qquad h = \sqrt[3]{\epsilon} \max(1, |x|), $$

whose own error in `double` is about $10^{-10}$. The relative error, measured
against the largest gradient of the input, has to stay below $10^{-7}$. The
scalar is a sum of the operation's outputs under fixed weights, all different and of
both signs, because a plain sum would not notice gradients that land at a wrong place.

    gradients [CASE]       all cases, or one
*/
#include <gsl/gsl_randist.h>
#include <gsl/gsl_test.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/rng.h"
#include "base/threads.h"
#include "cases.h"
#include "learn/snnl.h"
#include "learn/triplet.h"
#include "nn/attention.h"
#include "nn/batch_norm.h"
#include "nn/convolution.h"
#include "nn/dense.h"
#include "nn/dropout.h"
#include "nn/gelu.h"
#include "nn/layer_norm.h"
#include "nn/losses.h"
#include "nn/pooling.h"
#include "nn/sparse.h"
#include "nn/tokens.h"
#include "nn/transposed_convolution.h"
#include "tape/arithmetic.h"

/*
# A case

It has up to three inputs, whose shapes are given, labels, and a function that
builds the graph on a tape.
*/
enum { INPUTS = 3 };
typedef struct graph {
    mat input[INPUTS];
    int *labels;
    size_t *positive, *negative;
    gsl_rng *rng;
} graph;

typedef struct { size_t rows, cols; } shape;

typedef struct graph_case {
    const char *name;
    node *(*build)(tape *t, node **x, const graph *g);
    shape in[INPUTS];
    int classes;                   /* labels are drawn below this */
    bool positive;                 /* inputs are above 0 (a temperature) */
} graph_case;

/* One weight for each element, $w_j v_i$. */
static node *weigh(tape *t, node *y)
{
    mat w = arena_mat(tape_arena(t), y->value.cols, 1), v = arena_mat(tape_arena(t), 1, y->value.rows);
    for (size_t i = 0; i < mat_size(w); i++) w.at[i] = (real)(cos(3.0 * (double)i + 1) + 1.7);
    for (size_t i = 0; i < mat_size(v); i++) v.at[i] = (real)sin(2.0 * (double)i + 2);
    mat zero = arena_mat(tape_arena(t), 1, 1);
    mat_fill(zero, 0);
    node *bias = tape_variable(t, zero);
    node *columns = dense(t, y, tape_input(t, w), bias, LINEAR);
    return dense(t, tape_input(t, v), columns, tape_variable(t, zero), LINEAR);
}

static node *case_add(tape *t, node **x, const graph *g)
{
    (void)g;
    return weigh(t, add(t, x[0], x[1]));
}

static node *case_add_itself(tape *t, node **x, const graph *g)
{
    (void)g;
    return weigh(t, add(t, x[0], x[0]));
}

static node *case_scale(tape *t, node **x, const graph *g)
{
    (void)g;
    return weigh(t, scale(t, x[0], -2.5));
}

static node *case_concat_rows(tape *t, node **x, const graph *g)
{
    (void)g;
    return weigh(t, concat_rows(t, x[0], x[1]));
}

static node *case_concat_cols(tape *t, node **x, const graph *g)
{
    (void)g;
    return weigh(t, concat_cols(t, x[0], x[1]));
}

static node *case_take_cols(tape *t, node **x, const graph *g)
{
    (void)g;
    size_t cols = x[0]->value.cols, half = cols / 2;
    return add(t, weigh(t, take_cols(t, x[0], half, cols - half)), weigh(t, take_cols(t, x[0], 0, cols - half)));
}

static node *case_gather_rows(tape *t, node **x, const graph *g)
{
    static const size_t index[] = { 3, 0, 4 };
    (void)g;
    return weigh(t, gather_rows(t, x[0], index, 3));
}

static node *case_mean_all(tape *t, node **x, const graph *g)
{
    (void)g;
    return mean_all(t, x[0]);
}

static node *case_smallest(tape *t, node **x, const graph *g)
{
    (void)g;
    node *scalars[] = { mean_all(t, x[0]), mean_all(t, x[1]), mean_all(t, x[2]) };
    return smallest(t, scalars, 3);
}

static node *case_normalise_rows(tape *t, node **x, const graph *g)
{
    (void)g;
    return weigh(t, normalise_rows(t, x[0]));
}

static node *dense_with(tape *t, node **x, activation a)
{
    return weigh(t, dense(t, x[0], x[1], x[2], a));
}

static node *case_dense(tape *t, node **x, const graph *g)       { (void)g; return dense_with(t, x, LINEAR); }
static node *case_dense_relu(tape *t, node **x, const graph *g)  { (void)g; return dense_with(t, x, RELU); }
static node *case_dense_leaky(tape *t, node **x, const graph *g) { (void)g; return dense_with(t, x, LEAKY_RELU); }
static node *case_dense_sigmoid(tape *t, node **x, const graph *g) { (void)g; return dense_with(t, x, SIGMOID); }
static node *case_dense_tanh(tape *t, node **x, const graph *g)  { (void)g; return dense_with(t, x, TANH); }
static node *case_dense_unbiased(tape *t, node **x, const graph *g) { (void)g; return weigh(t, dense(t, x[0], x[1], NULL, TANH)); }

static node *case_activate(tape *t, node **x, const graph *g)
{
    (void)g;
    node *y = activate(t, x[0], TANH);
    return weigh(t, activate(t, activate(t, activate(t, y, LEAKY_RELU), SIGMOID), LINEAR));
}

static node *case_cross_entropy(tape *t, node **x, const graph *g)
{
    return cross_entropy(t, x[0], g->labels);
}

static node *case_binary_cross_entropy(tape *t, node **x, const graph *g)
{
    mat target = arena_mat(tape_arena(t), g->input[0].rows, g->input[0].cols);
    for (size_t i = 0; i < mat_size(target); i++) target.at[i] = (real)(0.5 + 0.5 * sin((double)i));
    return binary_cross_entropy(t, x[0], target);
}

static node *case_convolve(tape *t, node **x, const graph *g)
{
    (void)g;
    return weigh(t, convolve(t, x[0], x[1], x[2], (convolution){ { 5, 4, 3 }, 2, 3, 1, 1 }, TANH));
}

static node *case_convolve_strided(tape *t, node **x, const graph *g)
{
    (void)g;
    return weigh(t, convolve(t, x[0], x[1], x[2], (convolution){ { 7, 6, 2 }, 3, 3, 2, 0 }, RELU));
}

static node *case_convolve_pixels(tape *t, node **x, const graph *g)
{
    (void)g;
    return weigh(t, convolve(t, x[0], x[1], NULL, (convolution){ { 3, 3, 4 }, 5, 1, 1, 0 }, LINEAR));
}

static node *case_transposed(tape *t, node **x, const graph *g)
{
    (void)g;
    return weigh(t, convolve_transposed(t, x[0], x[1], x[2], (convolution){ { 6, 4, 3 }, 2, 4, 2, 1 }, TANH));
}

/* A stride that leaves a line and a column of y with the bias alone; no bias. */
static node *case_transposed_gaps(tape *t, node **x, const graph *g)
{
    (void)g;
    return weigh(t, convolve_transposed(t, x[0], x[1], NULL, (convolution){ { 8, 7, 2 }, 3, 2, 3, 0 }, LINEAR));
}

static const image pooled = { 5, 7, 3 };

static node *case_max_pool(tape *t, node **x, const graph *g)
{
    (void)g;
    return add(t, weigh(t, max_pool(t, x[0], pooled, 2, 2)), weigh(t, max_pool(t, x[0], pooled, 3, 1)));
}

static node *case_global_average_pool(tape *t, node **x, const graph *g)
{
    (void)g;
    return weigh(t, global_average_pool(t, x[0], pooled));
}

/* In inference the running means are any that differ from the batch's. */
static node *normalised(tape *t, node **x, batch_norm_mode mode, activation a)
{
    batch_norm *norm = arena_take(tape_arena(t), 1, sizeof *norm);
    *norm = batch_norm_new(tape_arena(t), "norm", x[1]->value.cols, a);
    mat_fill(mat_rows(norm->running, 0, 1), (real)0.3);
    mat_fill(mat_rows(norm->running, 1, 1), (real)2.5);
    return weigh(t, batch_normalise(t, x[0], x[1], x[2], norm, mode));
}

static node *case_batch_norm(tape *t, node **x, const graph *g)
{
    (void)g;
    return normalised(t, x, TRAINING, LINEAR);
}

static node *case_batch_norm_relu(tape *t, node **x, const graph *g)
{
    (void)g;
    return normalised(t, x, TRAINING, RELU);
}

static node *case_batch_norm_inference(tape *t, node **x, const graph *g)
{
    (void)g;
    return normalised(t, x, INFERENCE, TANH);
}

static node *case_dropout(tape *t, node **x, const graph *g)
{
    (void)g;
    gsl_rng *same = rng_new(3, "dropout");
    node *y = weigh(t, dropout(t, x[0], .3, same));
    gsl_rng_free(same);
    return y;
}

static node *case_drop_path(tape *t, node **x, const graph *g)
{
    (void)g;
    gsl_rng *same = rng_new(3, "dropout");
    node *y = weigh(t, drop_path(t, x[0], 2, .4, same));
    gsl_rng_free(same);
    return y;
}

static node *case_gelu(tape *t, node **x, const graph *g)
{
    (void)g;
    return weigh(t, gelu(t, x[0]));
}

static node *case_layer_norm(tape *t, node **x, const graph *g)
{
    (void)g;
    return weigh(t, layer_normalise(t, x[0], x[1], x[2]));
}

static node *case_sparse_dense(tape *t, node **x, const graph *g)
{
    static size_t start[] = { 0, 2, 2, 3, 6 }, index[] = { 4, 1, 0, 1, 2, 4 };
    static real value[] = { 1, -2, .5, 1, 3, 1 };
    (void)g;
    return weigh(t, sparse_dense(t, (csr){ 4, 5, start, index, value }, x[0]));
}

/* A node with four neighbours, some with one, and one without. */
static node *case_softmax_aggregate(tape *t, node **x, const graph *g)
{
    static const csr_pair edges[] = { { 0, 1 }, { 0, 2 }, { 0, 3 }, { 0, 5 }, { 1, 2 } };
    (void)g;
    return weigh(t, softmax_aggregate(t, x[0], x[1], csr_of_pairs(6, edges, 5, tape_arena(t))));
}

static node *case_attention(tape *t, node **x, const graph *g)
{
    (void)g;
    return weigh(t, attention(t, x[0], 5, 2));
}

static node *case_attention_one_token(tape *t, node **x, const graph *g)
{
    (void)g;
    return weigh(t, attention(t, x[0], 1, 3));
}

static node *case_patches(tape *t, node **x, const graph *g)
{
    (void)g;
    return weigh(t, patches(t, x[0], (image){ 4, 6, 2 }, 2));
}

static node *case_tokens(tape *t, node **x, const graph *g)
{
    (void)g;
    return weigh(t, token_mean(t, add_positions(t, x[0], x[1]), 3));
}

/* A ring of nodes, so that all have neighbours. */
static node *case_softmax_aggregate_ring(tape *t, node **x, const graph *g)
{
    size_t n = g->input[0].rows;
    csr_pair *edges = arena_take(tape_arena(t), n, sizeof *edges);
    for (size_t i = 0; i < n; i++) edges[i] = (csr_pair){ i, (i + 1) % n };
    return weigh(t, softmax_aggregate(t, x[0], x[1], csr_of_pairs(n, edges, n, tape_arena(t))));
}

/* Both inputs of one operation, and an input of a later one. */
static node *case_itself_and_more(tape *t, node **x, const graph *g)
{
    (void)g;
    return add(t, add(t, weigh(t, concat_rows(t, x[0], x[0])), mean_all(t, x[0])),
               add(t, weigh(t, concat_cols(t, x[0], x[0])), weigh(t, add(t, x[0], x[0]))));
}

static node *case_row_distances(tape *t, node **x, const graph *g)
{
    (void)g;
    return weigh(t, row_distances(t, x[0], x[1]));
}

static node *case_snnl(tape *t, node **x, const graph *g)
{
    return snnl(t, x[0], g->labels, x[1], SQUARED_EUCLIDEAN);
}

static node *case_snnl_again(tape *t, node **x, const graph *g)
{
    static real other = 3;
    node *before = snnl(t, x[0], g->labels, tape_input(t, mat_view(&other, 1, 1)), COSINE);
    return snnl_again(t, before, g->labels, x[1]);
}

static node *case_snnl_cosine(tape *t, node **x, const graph *g)
{
    return snnl(t, x[0], g->labels, x[1], COSINE);
}

static node *case_triplet(tape *t, node **x, const graph *g)
{
    return triplet_loss(t, x[0], g->positive, g->negative, 1.0);
}

/* A node that feeds three operations: its gradients must meet. */
static node *case_fan_out(tape *t, node **x, const graph *g)
{
    node *h = activate(t, x[0], TANH);
    return add(t, add(t, weigh(t, h), mean_all(t, h)),
               add(t, snnl(t, h, g->labels, x[1], SQUARED_EUCLIDEAN), weigh(t, scale(t, h, 3))));
}

static const graph_case cases[] = {
    { "add", case_add, { { 3, 5 }, { 3, 5 } }, 0, false },
    { "add_itself", case_add_itself, { { 2, 7 } }, 0, false },
    { "scale", case_scale, { { 17, 3 } }, 0, false },
    { "concat_rows", case_concat_rows, { { 2, 5 }, { 1, 5 } }, 0, false },
    { "concat_cols", case_concat_cols, { { 3, 1 }, { 3, 4 } }, 0, false },
    { "take_cols", case_take_cols, { { 5, 7 } }, 0, false },
    { "take_one_column", case_take_cols, { { 2, 1 } }, 0, false },
    { "mean_all", case_mean_all, { { 3, 11 } }, 0, false },
    { "smallest", case_smallest, { { 2, 2 }, { 3, 1 }, { 1, 1 } }, 0, false },
    { "normalise_rows", case_normalise_rows, { { 5, 19 } }, 0, false },
    { "normalise_one_row", case_normalise_rows, { { 1, 33 } }, 0, false },
    { "normalise_one_column", case_normalise_rows, { { 7, 1 } }, 0, false },
    { "dense", case_dense, { { 7, 5 }, { 5, 3 }, { 1, 3 } }, 0, false },
    { "dense_unbiased", case_dense_unbiased, { { 7, 5 }, { 5, 3 } }, 0, false },
    { "dense_one_row", case_dense, { { 1, 19 }, { 19, 17 }, { 1, 17 } }, 0, false },
    { "dense_one_column", case_dense, { { 9, 1 }, { 1, 1 }, { 1, 1 } }, 0, false },
    { "dense_relu", case_dense_relu, { { 7, 5 }, { 5, 33 }, { 1, 33 } }, 0, false },
    { "dense_leaky_relu", case_dense_leaky, { { 3, 2 }, { 2, 18 }, { 1, 18 } }, 0, false },
    { "dense_sigmoid", case_dense_sigmoid, { { 5, 4 }, { 4, 21 }, { 1, 21 } }, 0, false },
    { "dense_tanh", case_dense_tanh, { { 5, 4 }, { 4, 16 }, { 1, 16 } }, 0, false },
    { "activate", case_activate, { { 3, 23 } }, 0, false },
    { "cross_entropy", case_cross_entropy, { { 5, 10 } }, 10, false },
    { "cross_entropy_one_row", case_cross_entropy, { { 1, 3 } }, 3, false },
    { "binary_cross_entropy", case_binary_cross_entropy, { { 5, 19 } }, 0, false },
    { "binary_cross_entropy_one", case_binary_cross_entropy, { { 1, 1 } }, 0, false },
    { "convolve", case_convolve, { { 2, 60 }, { 27, 2 }, { 1, 2 } }, 0, false },
    { "convolve_strided", case_convolve_strided, { { 3, 84 }, { 18, 3 }, { 1, 3 } }, 0, false },
    { "convolve_pixels", case_convolve_pixels, { { 2, 36 }, { 4, 5 } }, 0, false },
    { "transposed", case_transposed, { { 2, 12 }, { 48, 2 }, { 1, 3 } }, 0, false },
    { "transposed_gaps", case_transposed_gaps, { { 3, 18 }, { 8, 3 } }, 0, false },
    { "max_pool", case_max_pool, { { 3, 105 } }, 0, false },
    { "global_average_pool", case_global_average_pool, { { 3, 105 } }, 0, false },
    { "batch_norm", case_batch_norm, { { 5, 24 }, { 1, 6 }, { 1, 6 } }, 0, false },
    { "batch_norm_relu", case_batch_norm_relu, { { 4, 12 }, { 1, 3 }, { 1, 3 } }, 0, false },
    { "batch_norm_vectors", case_batch_norm, { { 7, 5 }, { 1, 5 }, { 1, 5 } }, 0, false },
    { "batch_norm_inference", case_batch_norm_inference, { { 4, 12 }, { 1, 3 }, { 1, 3 } }, 0, false },
    { "dropout", case_dropout, { { 5, 9 } }, 0, false },
    { "drop_path", case_drop_path, { { 8, 3 } }, 0, false },
    { "gelu", case_gelu, { { 5, 9 } }, 0, false },
    { "layer_norm", case_layer_norm, { { 5, 19 }, { 1, 19 }, { 1, 19 } }, 0, false },
    { "layer_norm_three_columns", case_layer_norm, { { 4, 3 }, { 1, 3 }, { 1, 3 } }, 0, false },
    { "gather_rows", case_gather_rows, { { 5, 3 } }, 0, false },
    { "sparse_dense", case_sparse_dense, { { 5, 19 } }, 0, false },
    { "softmax_aggregate", case_softmax_aggregate, { { 6, 19 }, { 1, 1 } }, 0, true },
    { "attention", case_attention, { { 10, 18 } }, 0, false },
    { "attention_one_token", case_attention_one_token, { { 4, 18 } }, 0, false },
    { "patches", case_patches, { { 3, 48 } }, 0, false },
    { "tokens", case_tokens, { { 6, 4 }, { 3, 4 } }, 0, false },
    { "itself_and_more", case_itself_and_more, { { 5, 4 } }, 0, false },
    { "row_distances", case_row_distances, { { 5, 3 }, { 5, 3 } }, 0, false },
    { "snnl_two_points", case_snnl, { { 2, 3 }, { 1, 1 } }, 1, true },
    { "snnl_small", case_snnl, { { 9, 5 }, { 1, 1 } }, 2, true },
    { "snnl_one_column", case_snnl, { { 33, 1 }, { 1, 1 } }, 3, true },
    { "snnl_partnerless", case_snnl, { { 5, 4 }, { 1, 1 } }, 100, true },
    { "snnl_two_blocks", case_snnl, { { 47, 7 }, { 1, 1 } }, 4, true },
    { "snnl_five_blocks", case_snnl, { { 131, 19 }, { 1, 1 } }, 10, true },
    { "snnl_cosine", case_snnl_cosine, { { 37, 6 }, { 1, 1 } }, 5, true },
    { "snnl_again", case_snnl_again, { { 37, 6 }, { 1, 1 } }, 5, true },
    { "snnl_cosine_two_points", case_snnl_cosine, { { 2, 2 }, { 1, 1 } }, 1, true },
    { "triplet", case_triplet, { { 24, 3 } }, 3, false },
    { "triplet_one_column", case_triplet, { { 10, 1 } }, 2, false },
    { "fan_out", case_fan_out, { { 12, 5 }, { 1, 1 } }, 3, true },

    /* of several pieces of work */
    { "layer_norm_large", case_layer_norm, { { 200, 257 }, { 1, 257 }, { 1, 257 } }, 0, false },
    { "gelu_large", case_gelu, { { 200, 257 } }, 0, false },
    { "normalise_rows_large", case_normalise_rows, { { 200, 257 } }, 0, false },
    { "softmax_aggregate_large", case_softmax_aggregate_ring, { { 200, 257 }, { 1, 1 } }, 0, true },
    { "cross_entropy_large", case_cross_entropy, { { 1300, 257 } }, 257, false },
    { "binary_cross_entropy_large", case_binary_cross_entropy, { { 1300, 257 } }, 0, false },
};

/*
# The comparison

An operation cuts large inputs into pieces that its threads share, and has to do all of them. Of an input that large
`SAMPLES` elements are looked at, evenly spaced from the last one backwards; their share in the loss is so small that its
rounding takes a digit more.
*/
enum { LARGE = 20000, SAMPLES = 23 };

static double loss_of(const graph_case *c, tape *t, graph *g)
{
    node *x[INPUTS] = { 0 };
    for (size_t i = 0; i < INPUTS && g->input[i].at; i++) x[i] = tape_variable(t, g->input[i]);
    double loss = node_scalar(c->build(t, x, g));
    tape_reset(t);
    return loss;
}

static double worst_error(const graph_case *c, tape *t, graph *g, mat input, mat grad)
{
    double largest = 0, worst = 0;
    for (size_t i = 0; i < mat_size(grad); i++) largest = larger(largest, fabs((double)grad.at[i]));
    size_t n = mat_size(input), apart = n > LARGE ? n / SAMPLES : 1;
    for (size_t i = (n - 1) % apart; i < n; i += apart) {
        real kept = input.at[i];
        double h = cbrt(2.2e-16) * fmax(1, fabs((double)kept));
        input.at[i] = kept + (real)h;
        double above = loss_of(c, t, g);
        input.at[i] = kept - (real)h;
        double below = loss_of(c, t, g);
        input.at[i] = kept;
        worst = larger(worst, fabs((above - below) / (2 * h) - (double)grad.at[i]));
    }
    return worst / fmax(largest, 1e-3);
}

static graph graph_new(const graph_case *c, arena *memory)
{
    graph g = { .rng = rng_new(7, c->name) };
    for (size_t i = 0; i < INPUTS && c->in[i].rows; i++) {
        g.input[i] = arena_mat(memory, c->in[i].rows, c->in[i].cols);
        rng_normal(g.rng, g.input[i], 1);
        if (c->positive && mat_size(g.input[i]) == 1) g.input[i].at[0] = (real)0.7;
    }
    size_t n = c->in[0].rows;
    g.labels = arena_take(memory, n, sizeof *g.labels);
    g.positive = arena_take(memory, n, sizeof *g.positive);
    g.negative = arena_take(memory, n, sizeof *g.negative);
    for (size_t i = 0; i < n; i++) g.labels[i] = c->classes ? (int)i % c->classes : 0;
    if (c->build == case_triplet) triplet_sample(g.positive, g.negative, g.rng, g.labels, n);
    return g;
}

static void check(const graph_case *c)
{
    arena *memory = arena_new();
    tape *t = tape_new();
    graph g = graph_new(c, memory);
    node *x[INPUTS] = { 0 };
    for (size_t i = 0; i < INPUTS && g.input[i].at; i++) x[i] = tape_variable(t, g.input[i]);
    tape_backward(t, c->build(t, x, &g));
    mat grad[INPUTS] = { 0 };
    for (size_t i = 0; i < INPUTS && x[i]; i++) {
        grad[i] = arena_mat(memory, g.input[i].rows, g.input[i].cols);
        mat_fill(grad[i], 0);
        if (x[i]->grad.at) mat_copy(grad[i], x[i]->grad);
    }
    tape_reset(t);
    for (size_t i = 0; i < INPUTS && x[i]; i++) {
        gsl_test(!mat_is_finite(grad[i]), "%s: gradient of input %zu is finite", c->name, i);
        double worst = worst_error(c, t, &g, g.input[i], grad[i]);
        double most = mat_size(g.input[0]) > LARGE ? 1e-6 : 1e-7;
        gsl_test(!(worst < most), "%s: gradient of input %zu is off by %.2e", c->name, i, worst);
    }
    gsl_rng_free(g.rng);
    tape_free(t);
    arena_free(memory);
}

int main(int argc, char **argv)
{
    REQUIRE(sizeof(real) == sizeof(double), "gradient checks run in the double build");
    threads_begin(0);
    size_t run = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (argc < 2 || strcmp(argv[1], cases[i].name) == 0) {
            check(&cases[i]);
            run++;
        }
    if (run == 0) die(STATUS_USAGE, "no case is called \"%s\"", argv[1]);
    return gsl_test_summary();
}
