/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# What a vision transformer is made of

Each operation against its definition in loops and in double. `tests/gradients.c` checks their gradients.

    transformer [CASE]     all cases, or one
    transformer refuse     asks for patches of no pixels
*/
#include <math.h>

#include "nn/attention.h"
#include "nn/dropout.h"
#include "nn/gelu.h"
#include "nn/losses.h"
#include "nn/tokens.h"
#include "nn/vision_transformer.h"
#include "tape/arithmetic.h"
#include "loops.h"
#include "tapes.h"

static void close_to(mat found, const double *wanted, double how, const char *what)
{
    double most = 0;
    for (size_t i = 0; i < mat_size(found); i++) most = larger(most, fabs((double)found.at[i] - wanted[i]));
    gsl_test(!(most < how) || !mat_is_finite(found), "%s: off by %.1e", what, most);
}

/* On a grid that reaches beyond where the tails underflow. */
static void test_gelu(void)
{
    mat x = arena_mat(memory, 1, 4001);
    double *wanted = arena_take(memory, x.cols, sizeof *wanted), *slope = arena_take(memory, x.cols, sizeof *slope);
    for (size_t i = 0; i < x.cols; i++) {
        double at = (double)(x.at[i] = (real)((double)i / 100 - 20)), below = erfc(-at / sqrt(2)) / 2;
        wanted[i] = at * below;
        slope[i] = (below + at * exp(-at * at / 2) / sqrt(2 * M_PI)) / (double)x.cols;
    }
    node *in = tape_variable(t, x), *y = gelu(t, in);
    close_to(y->value, wanted, tolerance(3e-6, 1e-14), "GELU");
    tape_backward(t, mean_all(t, y));
    close_to(in->grad, slope, tolerance(2e-6, 1e-14) / (double)x.cols, "the derivative of GELU");
    tape_reset(t);
}

/* Rows whose mean is a thousand times their spread. */
static void test_layer_norm(void)
{
    enum { ROWS = 700, D = 37 };
    gsl_rng *rng = rng_new(1, "norm");
    mat x = noise(rng, ROWS, D);
    layer_norm norm = layer_norm_new(memory, "norm", D);
    rng_normal(rng, norm.gamma.value, 1);
    rng_normal(rng, norm.beta.value, 1);
    double *wanted = arena_take(memory, ROWS * D, sizeof *wanted);
    for (size_t i = 0; i < ROWS; i++) {
        double mu = 0, variance = 0;
        for (size_t j = 0; j < D; j++) mu += (double)(mat_row(x, i)[j] += (real)(1000 * (i % 2))) / D;
        for (size_t j = 0; j < D; j++) variance += pow((double)mat_row(x, i)[j] - mu, 2) / D;
        for (size_t j = 0; j < D; j++)
            wanted[i * D + j] = (double)norm.gamma.value.at[j] * ((double)mat_row(x, i)[j] - mu) / sqrt(variance + 1e-6)
                              + (double)norm.beta.value.at[j];
    }
    close_to(layer_norm_apply(t, &norm, tape_input(t, x))->value, wanted, tolerance(2e-3, 1e-9), "layer normalisation");
    tape_reset(t);
    gsl_rng_free(rng);
}

/*
# Attention

One query at a time.
*/
enum { EXAMPLES = 3, TOKENS = 7, HEADS = 2, WIDTH = 10, HEAD = WIDTH / HEADS };

static void attend_one(double *y, mat qkv, size_t example, size_t token, size_t head)
{
    double weight[TOKENS], sum = 0;
    const real *query = mat_row(qkv, example * TOKENS + token) + head * HEAD;
    for (size_t k = 0; k < TOKENS; k++) {
        const real *key = mat_row(qkv, example * TOKENS + k) + WIDTH + head * HEAD;
        double product = 0;
        for (size_t j = 0; j < HEAD; j++) product += (double)query[j] * (double)key[j];
        sum += weight[k] = exp(product / sqrt(HEAD));
    }
    for (size_t j = 0; j < HEAD; j++) {
        y[j] = 0;
        for (size_t k = 0; k < TOKENS; k++)
            y[j] += weight[k] / sum * (double)mat_row(qkv, example * TOKENS + k)[2 * WIDTH + head * HEAD + j];
    }
}

static void test_attention(void)
{
    gsl_rng *rng = rng_new(2, "attention");
    mat qkv = noise(rng, EXAMPLES * TOKENS, 3 * WIDTH);
    double wanted[EXAMPLES * TOKENS * WIDTH];
    for (size_t i = 0; i < EXAMPLES * TOKENS; i++)
        for (size_t h = 0; h < HEADS; h++) attend_one(wanted + i * WIDTH + h * HEAD, qkv, i / TOKENS, i % TOKENS, h);
    close_to(attention(t, tape_input(t, qkv), TOKENS, HEADS)->value, wanted, tolerance(1e-5, 1e-14), "attention");
    for (size_t i = 0; i < mat_size(qkv); i++) qkv.at[i] *= 100;
    gsl_test(!mat_is_finite(attention(t, tape_input(t, qkv), TOKENS, HEADS)->value), "large scores do not overflow");
    tape_reset(t);
    gsl_rng_free(rng);
}

/* What backward works on is given back: it leaves gradients, and no probabilities once more. */
static void test_attention_memory(void)
{
    enum { N = 16, T = 64, D = 8, KEPT = N * 2 * T * T };
    static const int labels[N * T];
    gsl_rng *rng = rng_new(3, "attention");
    node *y = attention(t, tape_variable(t, noise(rng, N * T, 3 * D)), T, 2), *loss = cross_entropy(t, y, labels);
    size_t used = arena_used(tape_arena(t));
    tape_backward(t, loss);
    gsl_test(arena_used(tape_arena(t)) - used >= KEPT * sizeof(real), "backward leaves %zu bytes",
             arena_used(tape_arena(t)) - used);
    gsl_rng_free(rng);
}

/* Pixel by pixel; and a mean of positions is that of the patches and of the positions. */
static void test_tokens(void)
{
    enum { HEIGHT = 4, ACROSS = 6, CHANNELS = 3, PATCH = 2, COUNT = 6 };
    mat x = arena_mat(memory, 2, HEIGHT * ACROSS * CHANNELS);
    for (size_t i = 0; i < mat_size(x); i++) x.at[i] = (real)i;
    mat y = patches(t, tape_input(t, x), (image){ HEIGHT, ACROSS, CHANNELS }, PATCH)->value;
    gsl_test(y.rows != 2 * COUNT || y.cols != PATCH * PATCH * CHANNELS, "patches are %zu x %zu", y.rows, y.cols);
    for (size_t n = 0; n < 2; n++)
        for (size_t i = 0; i < HEIGHT; i++)
            for (size_t j = 0; j < ACROSS; j++)
                for (size_t c = 0; c < CHANNELS; c++) {
                    size_t token = n * COUNT + i / PATCH * (ACROSS / PATCH) + j / PATCH;
                    real found = mat_row(y, token)[(i % PATCH * PATCH + j % PATCH) * CHANNELS + c];
                    gsl_test(found != mat_row(x, n)[(i * ACROSS + j) * CHANNELS + c], "pixel %zu, %zu, %zu of image %zu", i, j, c, n);
                }
    gsl_rng *rng = rng_new(3, "tokens");
    mat v = noise(rng, 2 * COUNT, 5), p = noise(rng, COUNT, 5);
    double wanted[2 * 5] = { 0 };
    for (size_t i = 0; i < v.rows; i++)
        for (size_t j = 0; j < 5; j++)
            wanted[i / COUNT * 5 + j] += ((double)mat_row(v, i)[j] + (double)mat_row(p, i % COUNT)[j]) / COUNT;
    close_to(token_mean(t, add_positions(t, tape_input(t, v), tape_input(t, p)), COUNT)->value, wanted,
             tolerance(1e-6, 1e-14), "mean of tokens");
    gsl_rng_free(rng);
    tape_reset(t);
}

/* Groups stand or fall together; the mean of many stays. */
static void test_drop_path(void)
{
    enum { GROUPS = 4000, ROWS = 3 };
    gsl_rng *rng = rng_new(4, "drop");
    mat x = arena_mat(memory, GROUPS * ROWS, 2);
    mat_fill(x, 1);
    mat y = drop_path(t, tape_input(t, x), ROWS, .25, rng)->value;
    size_t kept = 0;
    for (size_t g = 0; g < GROUPS; g++) {
        real first = mat_row(y, g * ROWS)[0];
        for (size_t i = 0; i < ROWS * 2; i++) gsl_test(mat_row(y, g * ROWS)[i] != first, "group %zu", g);
        gsl_test(first != 0 && fabs((double)first - 1 / .75) > 1e-6, "group %zu is 0 or 4/3", g);
        kept += first != 0;
    }
    gsl_test_abs((double)kept / GROUPS, .75, .03, "share of groups that are kept");
    tape_reset(t);
    gsl_rng_free(rng);
}

/*
# The whole

The order of the patches is nothing but their positions: without these, images whose patches are exchanged have the same
features. Every parameter has a gradient.
*/
static void test_whole(void)
{
    gsl_rng *rng = rng_new(5, "whole");
    vision_transformer v;
    vision_transformer_init(&v, (transformer_shape){ { 4, 4, 2 }, 2, 12, 2, 3, 2, .5 }, memory);
    vision_transformer_start(&v, rng);
    gsl_test(v.tokens != 4 || v.count != 3 + 2 * 12 + 2, "%zu tokens, %zu parameters", v.tokens, v.count);
    mat x = noise(rng, 2, 32), features = arena_mat(memory, 2, 12);
    for (size_t i = 0; i < 4; i++)                       /* the second image: left and right patches exchanged */
        for (size_t j = 0; j < 8; j++) mat_row(x, 1)[i * 8 + j] = mat_row(x, 0)[i * 8 + (j + 4) % 8];
    for (int positions = 0; positions < 2; positions++) {
        if (!positions) mat_fill(v.position.value, 0);
        else rng_normal(rng, v.position.value, 1);
        mat_copy(features, vision_transformer_apply(t, &v, tape_input(t, x), NULL)->value);
        double off = 0;
        for (size_t j = 0; j < 12; j++) off = larger(off, fabs((double)(mat_row(features, 0)[j] - mat_row(features, 1)[j])));
        gsl_test(positions ? !(off > 1e-2) : !(off < tolerance(1e-5, 1e-13)), "exchanged patches: %.1e apart", off);
        tape_reset(t);
    }
    node *y = vision_transformer_apply(t, &v, tape_input(t, x), NULL);
    mat w = noise(rng, 12, 1), b = arena_mat(memory, 1, 1);
    mat_fill(b, 0);
    node *score = dense(t, y, tape_input(t, w), tape_input(t, b), TANH);
    mat two = arena_mat(memory, 1, 2);
    two.at[0] = 1, two.at[1] = 2;
    tape_backward(t, dense(t, tape_input(t, two), score, tape_variable(t, b), LINEAR));
    for (size_t i = 0; i < v.count; i++) {
        double most = 0;
        for (size_t k = 0; k < mat_size(v.parameters[i]->grad); k++) most = larger(most, fabs((double)v.parameters[i]->grad.at[k]));
        gsl_test(!(most > 1e-9 && isfinite(most)), "a gradient for parameter %zu, %s: %g", i, v.parameters[i]->name, most);
    }
    tape_reset(t);
    gsl_rng_free(rng);
}

/*
How often a block is left out. Of all branches only the last of one block is not 0, a constant, so that an image whose
features are those of no branch at all has lost it: none do in the first block, `drop_path` of them in the last one.
*/
static void test_rates(void)
{
    enum { IMAGES = 3000, DEPTH = 4 };
    gsl_rng *rng = rng_new(7, "rates");
    vision_transformer v;
    vision_transformer_init(&v, (transformer_shape){ { 2, 2, 1 }, 2, 8, DEPTH, 2, 1, .6 }, memory);
    vision_transformer_start(&v, rng);
    mat x = arena_mat(memory, IMAGES, 4), none = arena_mat(memory, 1, 8);
    mat_fill(x, 1);
    for (size_t i = 0; i < DEPTH; i++) {
        mat_fill(v.block[i].out.w.value, 0);
        mat_fill(v.block[i].down.w.value, 0);
    }
    mat_copy(none, vision_transformer_apply(t, &v, tape_input(t, mat_rows(x, 0, 1)), NULL)->value);
    for (size_t i = 0; i < DEPTH; i++) {
        rng_normal(rng, v.block[i].down.b.value, 1);
        mat y = vision_transformer_apply(t, &v, tape_input(t, x), rng)->value;
        double lost = 0;
        for (size_t n = 0; n < IMAGES; n++) lost += fabs((double)(mat_row(y, n)[0] - none.at[0])) < 1e-5 ? 1. / IMAGES : 0;
        gsl_test_abs(lost, .6 * (double)i / (DEPTH - 1), i ? .04 : 0, "share of images without block %zu", i);
        mat_fill(v.block[i].down.b.value, 0);
        tape_reset(t);
    }
    gsl_rng_free(rng);
}

/*
# The whole, a second time

Two blocks in plain loops, on images of one row of patches.
*/
static mat loop_tokens(mat x)
{
    mat y = arena_mat(memory, EXAMPLES * TOKENS, 4);
    for (size_t i = 0; i < y.rows; i++)
        for (size_t p = 0; p < 4; p++)                   /* line p / 2, column p % 2 of a patch of 2 x 2 pixels */
            mat_row(y, i)[p] = mat_row(x, i / TOKENS)[p / 2 * 2 * TOKENS + i % TOKENS * 2 + p % 2];
    return y;
}

static mat loop_attention(mat qkv)
{
    mat y = arena_mat(memory, qkv.rows, WIDTH);
    double one[HEAD];
    for (size_t i = 0; i < y.rows; i++)
        for (size_t h = 0; h < HEADS; h++) {
            attend_one(one, qkv, i / TOKENS, i % TOKENS, h);
            for (size_t j = 0; j < HEAD; j++) mat_row(y, i)[h * HEAD + j] = (real)one[j];
        }
    return y;
}

static mat loop_transformer(const vision_transformer *v, mat images)
{
    mat x = loop_dense(loop_tokens(images), &v->embedding), mean = arena_mat(memory, EXAMPLES, WIDTH);
    for (size_t i = 0; i < x.rows; i++)
        for (size_t j = 0; j < WIDTH; j++) mat_row(x, i)[j] += mat_row(v->position.value, i % TOKENS)[j];
    for (size_t i = 0; i < v->shape.depth; i++) {
        const transformer_block *b = &v->block[i];
        x = loop_sum(x, loop_dense(loop_attention(loop_dense(loop_norm(x, &b->norm1), &b->qkv)), &b->out));
        x = loop_sum(x, loop_dense(loop_gelu(loop_dense(loop_norm(x, &b->norm2), &b->up)), &b->down));
    }
    mat_fill(mean, 0);
    for (size_t i = 0; i < x.rows; i++)
        for (size_t j = 0; j < WIDTH; j++) mat_row(mean, i / TOKENS)[j] += mat_row(x, i)[j] / TOKENS;
    return loop_norm(mean, &v->norm);
}

/* One of so many blocks and random weights; returns images for it. */
static mat small_init(vision_transformer *v, size_t depth, double drop_path, gsl_rng *rng)
{
    vision_transformer_init(v, (transformer_shape){ { 2, 2 * TOKENS, 1 }, 2, WIDTH, depth, HEADS, 3, drop_path }, memory);
    loop_weights(v->parameters, v->count, .5, rng);
    return noise(rng, EXAMPLES, 4 * TOKENS);
}

static void test_twice(void)
{
    gsl_rng *rng = rng_new(6, "twice");
    vision_transformer v;
    mat x = small_init(&v, 2, .5, rng);
    loop_same(vision_transformer_apply(t, &v, tape_input(t, x), NULL)->value, loop_transformer(&v, x), "features");
    tape_reset(t);
    gsl_rng_free(rng);
}

/* The first of many blocks is never left out, nor is one that is alone. */
static void test_alone(void)
{
    gsl_rng *rng = rng_new(8, "alone");
    vision_transformer v;
    mat x = small_init(&v, 1, .9, rng);
    mat whole = vision_transformer_apply(t, &v, tape_input(t, x), NULL)->value;
    mat trained = vision_transformer_apply(t, &v, tape_input(t, x), rng)->value;
    gsl_test(memcmp(whole.at, trained.at, mat_size(whole) * sizeof(real)) != 0, "one block is not left out");
    tape_reset(t);
    gsl_rng_free(rng);
}

static void refuse(void)
{
    vision_transformer v;
    vision_transformer_init(&v, (transformer_shape){ { 4, 4, 1 }, 0, WIDTH, 1, HEADS, 3, 0 }, memory);
}

static const test_case cases[] = {
    { "gelu", test_gelu }, { "layer_norm", test_layer_norm }, { "attention", test_attention },
    { "attention_memory", test_attention_memory }, { "tokens", test_tokens },
    { "drop_path", test_drop_path }, { "whole", test_whole }, { "rates", test_rates }, { "twice", test_twice },
    { "alone", test_alone },
};

int main(int argc, char **argv)
{
    tapes_begin();
    if (argc > 1 && strcmp(argv[1], "refuse") == 0) refuse();
    return TAPES_RUN(cases, argc, argv);
}
