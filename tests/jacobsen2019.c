/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# The invertible layers of jacobsen2019

Each operation against a central difference; each layer's log-determinant against a Jacobian that is
differentiated column by column and taken apart by GSL; each inverse against its layer; and whole networks.

    jacobsen2019 [CASE]    all cases, or one
*/
#include <gsl/gsl_linalg.h>
#include <math.h>

#include "../papers/jacobsen2019/answers.h"
#include "../papers/jacobsen2019/digits.h"
#include "../papers/jacobsen2019/objective.h"
#include "../papers/jacobsen2019/plane.h"
#include "../papers/jacobsen2019/rearrange.h"
#include "nn/dense.h"
#include "nn/losses.h"
#include "tape/arithmetic.h"
#include "tapes.h"

/*
# Gradients

Of a sum of the outputs under weights that are all different, with respect to every input.
*/
enum { INPUTS = 3 };
typedef node *(*build)(tape *t, node **x);

static node *weigh(node *y)
{
    mat w = arena_mat(tape_arena(t), y->value.cols, 1), v = arena_mat(tape_arena(t), 1, y->value.rows);
    mat zero = arena_mat(tape_arena(t), 1, 1);
    for (size_t i = 0; i < mat_size(w); i++) w.at[i] = (real)(cos(3.0 * (double)i + 1) + 1.7);
    for (size_t i = 0; i < mat_size(v); i++) v.at[i] = (real)sin(2.0 * (double)i + 2);
    mat_fill(zero, 0);
    node *columns = dense(t, y, tape_input(t, w), tape_variable(t, zero), LINEAR);
    return dense(t, tape_input(t, v), columns, tape_variable(t, zero), LINEAR);
}

static double loss_of(build f, const mat *in, mat *grad)
{
    node *x[INPUTS];
    for (size_t i = 0; i < INPUTS; i++) x[i] = in[i].at ? tape_variable(t, in[i]) : NULL;
    node *loss = f(t, x);
    if (grad) {
        tape_backward(t, loss);
        for (size_t i = 0; i < INPUTS; i++)
            if (x[i]) mat_copy(grad[i], x[i]->grad);
    }
    double value = node_scalar(loss);
    tape_reset(t);
    return value;
}

static void check_gradients(const char *name, build f, const mat *in)
{
    mat grad[INPUTS] = { 0 };
    double h = tolerance(2e-3, 6e-6), most = tolerance(2e-2, 1e-7);
    for (size_t i = 0; i < INPUTS; i++)
        if (in[i].at) grad[i] = arena_mat(memory, in[i].rows, in[i].cols);
    loss_of(f, in, grad);
    for (size_t i = 0; i < INPUTS; i++) {
        double worst = 0, largest = 0;
        for (size_t e = 0; in[i].at && e < mat_size(in[i]); e++) {
            real x = in[i].at[e];
            in[i].at[e] = x + (real)h;
            double above = loss_of(f, in, NULL);
            in[i].at[e] = x - (real)h;
            double below = loss_of(f, in, NULL), d = (above - below) / (2 * h);
            in[i].at[e] = x;
            worst = larger(worst, fabs(d - (double)grad[i].at[e]));
            largest = larger(largest, fabs(d));
        }
        if (in[i].at) gsl_test(!(worst <= most * largest) || largest == 0, "%s: input %zu off by %.1e of %.1e", name, i, worst, largest);
    }
}

static const image small_image = { 4, 6, 3 };
static mixing mixer;

static node *case_squeeze(tape *u, node **x) { return weigh(squeeze(u, x[0], small_image)); }
static node *case_take(tape *u, node **x) { return weigh(take_channels(u, x[0], 3, 1, 2)); }
static node *case_cosine(tape *u, node **x) { return weigh(cosine_transform(u, x[0], small_image)); }
static node *case_norm(tape *u, node **x) { return weigh(shift_and_scale(u, x[0], x[1], x[2])); }
static node *case_matrix(tape *u, node **x) { return weigh(mixing_matrix(u, x[0], x[1], &mixer)); }
static node *case_additive(tape *u, node **x) { return weigh(couple_additive(u, x[0], x[1], 3, 1)); }
static node *case_affine(tape *u, node **x) { return weigh(couple_affine(u, x[0], x[1], 3, 1)); }
static node *case_gain(tape *u, node **x) { return log_gain(u, x[0], 4); }
static node *case_density(tape *u, node **x) { return normal_log_density(u, x[0], x[1], x[2]); }

static void test_gradients(void)
{
    gsl_rng *rng = rng_new(1, "gradients");
    mat x = noise(rng, 2, image_size(small_image));
    check_gradients("squeeze", case_squeeze, (mat[INPUTS]){ x });
    check_gradients("take_channels", case_take, (mat[INPUTS]){ x });
    check_gradients("cosine_transform", case_cosine, (mat[INPUTS]){ x });
    check_gradients("shift_and_scale", case_norm, (mat[INPUTS]){ x, noise(rng, 1, 3), noise(rng, 1, 3) });
    mixer = mixing_new(memory, "mixer", 5);
    mixing_start(&mixer, rng);
    check_gradients("mixing_matrix", case_matrix, (mat[INPUTS]){ noise(rng, 5, 5), noise(rng, 1, 5) });
    check_gradients("couple_additive", case_additive, (mat[INPUTS]){ x, noise(rng, 2, 24 * 2) });
    check_gradients("couple_affine", case_affine, (mat[INPUTS]){ x, noise(rng, 2, 24 * 4) });
    check_gradients("normal_log_density", case_density, (mat[INPUTS]){ noise(rng, 4, 6), noise(rng, 1, 6), noise(rng, 1, 6) });
    check_gradients("log_gain", case_gain, (mat[INPUTS]){ noise(rng, 2, 24 * 4) });
    gsl_rng_free(rng);
}

/*
# What is moved about

Numbers whose place is known; a transform that keeps lengths, and whose first number is the mean.
*/
static void test_places(void)
{
    real x[16], back[16];
    for (size_t i = 0; i < 16; i++) x[i] = (real)i;
    image in = { 4, 4, 1 };
    node *y = squeeze(t, tape_input(t, mat_view(x, 1, 16)), in);
    const double wanted[16] = { 0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15 };
    for (size_t i = 0; i < 16; i++) gsl_test_abs((double)y->value.at[i], wanted[i], 0, "number %zu", i);
    unsqueeze(mat_view(back, 1, 16), y->value, in);
    for (size_t i = 0; i < 16; i++) gsl_test_abs((double)back[i], (double)i, 0, "number %zu is back", i);
}

static void test_cosine(void)
{
    gsl_rng *rng = rng_new(1, "cosine");
    const image in = { 8, 6, 5 };
    mat x = noise(rng, 3, image_size(in)), back = arena_mat(memory, 3, image_size(in));
    node *y = cosine_transform(t, tape_input(t, x), in);
    cosine_transform_back(back, y->value, in, memory);
    double before = 0, after = 0, off = largest_difference(x, back), mean = 0;
    for (size_t i = 0; i < mat_size(x); i++) {
        before += pow((double)x.at[i], 2);
        after += pow((double)y->value.at[i], 2);
    }
    for (size_t p = 0; p < 48; p++) mean += (double)mat_row(x, 1)[p * 5 + 2] / 48;
    gsl_test_rel(after, before, tolerance(1e-5, 1e-13), "lengths stay");
    gsl_test(!(off < tolerance(1e-5, 1e-13)), "back: off by %.1e", off);
    gsl_test_abs((double)mat_row(y->value, 1)[2], mean * sqrt(48), tolerance(1e-5, 1e-13), "the lowest frequency is the mean");
    gsl_rng_free(rng);
}

/*
# Starts

A rotation; channels of mean 0 and variance 1.
*/
static void test_starts(void)
{
    gsl_rng *rng = rng_new(1, "starts");
    mixing m = mixing_new(memory, "m", 6);
    mixing_start(&m, rng);
    mat w = mixing_matrix(t, tape_parameter(t, &m.lu), tape_parameter(t, &m.s), &m)->value;
    double off = 0, sum = 0;
    for (size_t i = 0; i < 6; i++)
        for (size_t j = 0; j < 6; j++) {
            double dot = 0;
            for (size_t k = 0; k < 6; k++) dot += (double)mat_row(w, i)[k] * (double)mat_row(w, j)[k];
            off = larger(off, fabs(dot - (i == j)));
        }
    for (size_t i = 0; i < 6; i++) sum += (double)m.s.value.at[i];
    gsl_test(!(off < tolerance(1e-5, 1e-12)), "a rotation: off by %.1e", off);
    gsl_test_abs(sum, 0, tolerance(1e-5, 1e-12), "its determinant is 1 or -1");

    actnorm a = actnorm_new(memory, "a", 3);
    mat x = noise(rng, 50, 12 * 3);
    for (size_t i = 0; i < mat_size(x); i++) x.at[i] = 7 + x.at[i] * (real)(1 + i % 3);
    actnorm_start(&a, x);
    mat y = actnorm_apply(t, &a, tape_input(t, x), NULL)->value;
    for (size_t c = 0; c < 3; c++) {
        double mean = 0, square = 0;
        for (size_t i = c; i < mat_size(y); i += 3) mean += (double)y.at[i] / 600, square += pow((double)y.at[i], 2) / 600;
        gsl_test_abs(mean, 0, tolerance(1e-4, 1e-12), "mean of channel %zu", c);
        gsl_test_abs(square, 1, tolerance(1e-4, 1e-12), "variance of channel %zu", c);
    }
    gsl_rng_free(rng);
}

/*
# Networks

Of vectors and of images, with every layer in them, and with all parameters away from where they start.
*/
static void network(firevnet *net, const firevnet_shape *shape, double sd)
{
    gsl_rng *rng = rng_new(1, "network");
    firevnet_init(net, shape, memory);
    firevnet_start(net, rng, noise(rng, 20, net->d));
    for (size_t i = 0; i < net->count; i++) {
        mat p = net->parameters[i]->value;
        for (size_t e = 0; e < mat_size(p); e++) p.at[e] += (real)(sd * (2 * gsl_rng_uniform(rng) - 1));
    }
    gsl_rng_free(rng);
}

static const firevnet_shape
    vectors = { .in = { 1, 1, 12 }, .classes = 3, .stages = 1, .blocks = 4, .units = { 9 }, .affine_from = 1 },
    mixed_vectors = { .in = { 1, 1, 12 }, .classes = 3, .stages = 1, .blocks = 3, .units = { 9 }, .mixes = true },
    glow = { .in = { 8, 8, 1 }, .classes = 3, .stages = 2, .blocks = 2, .units = { 5, 5 }, .squeezes = 1,
             .affine_from = 1, .mixes = true, .sets_aside = true },
    three = { .in = { 16, 16, 1 }, .classes = 10, .stages = 3, .blocks = 2, .units = { 8, 8, 8 }, .squeezes = 1,
              .affine_from = 3, .mixes = true, .sets_aside = true },
    revnet = { .in = { 16, 16, 3 }, .classes = 10, .stages = 2, .blocks = 2, .units = { 8, 8 }, .squeezes = 2,
               .affine_from = 1, .cosine = true };

static double log_det_of_jacobian(firevnet *net, mat x)
{
    size_t d = net->d, at = 0;
    double h = 1e-5;
    gsl_matrix *j = gsl_matrix_alloc(d, d);
    gsl_permutation *p = gsl_permutation_alloc(d);
    mat z[2] = { arena_mat(memory, 1, d), arena_mat(memory, 1, d) };
    for (size_t i = 0; i < d; i++) {
        real kept = x.at[i];
        for (int side = 0; side < 2; side++) {
            x.at[i] = kept + (real)(side ? -h : h);
            firevnet_nodes n = firevnet_apply(t, net, tape_input(t, x), INFERENCE, false);
            at = n.semantic->value.cols;
            mat_copy(mat_view(z[side].at, 1, at), n.semantic->value);
            mat_copy(mat_view(z[side].at + at, 1, d - at), n.nuisance->value);
            tape_reset(t);
        }
        x.at[i] = kept;
        for (size_t k = 0; k < d; k++) gsl_matrix_set(j, k, i, (double)(z[0].at[k] - z[1].at[k]) / (2 * h));
    }
    int sign;
    gsl_linalg_LU_decomp(j, p, &sign);
    double result = gsl_linalg_LU_lndet(j);
    gsl_permutation_free(p);
    gsl_matrix_free(j);
    return result;
}

static void check_determinant(const char *name, const firevnet_shape *shape)
{
    static firevnet net;
    gsl_rng *rng = rng_new(2, "points");
    network(&net, shape, .3);
    mat x = noise(rng, 2, net.d);
    double wanted = 0;
    for (size_t i = 0; i < 2; i++) wanted += log_det_of_jacobian(&net, mat_rows(x, i, 1)) / 2;
    firevnet_nodes z = firevnet_apply(t, &net, tape_input(t, x), INFERENCE, true);
    double found = z.logdet ? node_scalar(z.logdet) : 0;
    gsl_test_abs(found, wanted, 1e-6 * (1 + fabs(wanted)), "%s: log-determinant", name);
    tape_reset(t);
    gsl_rng_free(rng);
}

/* A difference quotient in float has no digits left for this. */
static void test_determinants(void)
{
    if (sizeof(real) == sizeof(float)) return;
    check_determinant("vectors", &vectors);
    check_determinant("mixed vectors", &mixed_vectors);
    check_determinant("glow", &glow);
    check_determinant("revnet", &(firevnet_shape){ .in = { 8, 8, 2 }, .classes = 3, .stages = 2, .blocks = 2, .units = { 5, 5 },
                                                   .squeezes = 1, .affine_from = 0, .cosine = true });
}

static void check_inverse(const char *name, const firevnet_shape *shape)
{
    static firevnet net;
    gsl_rng *rng = rng_new(3, "inverse");
    network(&net, shape, .1);
    enum { N = 230 };
    mat x = noise(rng, N, net.d), back = arena_mat(memory, N, net.d);
    mat s = arena_mat(memory, N, shape->classes), n = arena_mat(memory, N, net.d - shape->classes);
    firevnet_encode(&net, s, n, x, t);
    firevnet_invert(&net, back, s, n, t);
    double off = largest_difference(x, back), moved = 0;
    for (size_t i = 0; i < mat_size(s); i++) moved = larger(moved, fabs((double)s.at[i]));
    gsl_test(!(off < tolerance(1e-4, 1e-11)), "%s: back with an error of %.1e", name, off);
    gsl_test(!(moved > .1 && moved < 1e4), "%s: scores up to %.1e", name, moved);

    /* Metamers keep the scores that they were given. */
    mat other = arena_mat(memory, N, n.cols), again = arena_mat(memory, N, shape->classes);
    for (size_t i = 0; i < N; i++) mat_copy(mat_rows(other, i, 1), mat_rows(n, (i + 7) % N, 1));
    firevnet_invert(&net, back, s, other, t);
    firevnet_encode(&net, again, other, back, t);
    off = largest_difference(s, again);
    gsl_test(!(off < tolerance(1e-3, 1e-10)), "%s: a metamer's scores are off by %.1e", name, off);
    gsl_rng_free(rng);
}

static void test_inverses(void)
{
    check_inverse("vectors", &vectors);
    check_inverse("mixed vectors", &mixed_vectors);
    check_inverse("glow", &glow);
    check_inverse("three stages", &three);
    check_inverse("revnet", &revnet);
}

/*
# The gradient of a whole network

With respect to the images and to every parameter, of scores, nuisances and log-determinant in TRAINING.
*/
static node *loss_of_network(firevnet *net, node *x, bool determinant)
{
    firevnet_nodes z = firevnet_apply(t, net, x, TRAINING, determinant);
    node *loss = add(t, weigh(z.semantic), weigh(z.nuisance));
    return z.logdet ? add(t, loss, scale(t, z.logdet, .7)) : loss;
}

static mat copied(mat m)
{
    mat to = arena_mat(memory, m.rows, m.cols);
    mat_copy(to, m);
    return to;
}

static void check_network(const char *name, const firevnet_shape *shape)
{
    static firevnet net;
    gsl_rng *rng = rng_new(5, "images");
    network(&net, shape, .3);
    mat in[1 + BLOCK_PARAMETERS * FIREVNET_BLOCKS] = { noise(rng, 3, net.d) }, grad[1 + BLOCK_PARAMETERS * FIREVNET_BLOCKS];
    node *x = tape_variable(t, in[0]);
    tape_backward(t, loss_of_network(&net, x, true));
    grad[0] = copied(x->grad);
    for (size_t i = 0; i < net.count; i++) {
        in[1 + i] = net.parameters[i]->value;
        grad[1 + i] = copied(net.parameters[i]->grad);
    }
    tape_reset(t);
    const double h = 1e-6;
    double worst = 0, largest = 0;
    for (size_t i = 0; i <= net.count; i++)
        for (size_t e = 0; e < mat_size(in[i]); e++) {
            double side[2];
            real kept = in[i].at[e];
            for (int k = 0; k < 2; k++, tape_reset(t)) {
                in[i].at[e] = kept + (real)(k ? -h : h);
                side[k] = node_scalar(loss_of_network(&net, tape_input(t, in[0]), true));
            }
            in[i].at[e] = kept;
            double d = (side[0] - side[1]) / (2 * h);
            worst = larger(worst, fabs(d - (double)grad[i].at[e]));
            largest = larger(largest, fabs(d));
        }
    gsl_test(!(worst <= 1e-7 * largest), "%s: %zu parameters and the images off by %.1e of %.1e", name, net.count, worst, largest);
    gsl_rng_free(rng);
}

/* Of so many layers a difference quotient in float has no digits left, either. */
static void test_networks(void)
{
    if (sizeof(real) == sizeof(float)) return;
    check_network("vectors", &vectors);
    check_network("mixed vectors", &mixed_vectors);
    check_network("glow", &glow);
    check_network("revnet", &(firevnet_shape){ .in = { 8, 8, 2 }, .classes = 3, .stages = 2, .blocks = 2, .units = { 3, 3 },
                                               .squeezes = 1, .affine_from = 1, .cosine = true });
}

/*
# Nothing stored

The same network on the same batch, once with everything stored and once worked out again: outputs, determinant, gradients
of every parameter and of the images, and running means, which must have taken one step.
*/
static double distance_of(mat a, mat b)
{
    double off = largest_difference(a, b), most = 0;
    for (size_t e = 0; e < mat_size(b); e++) most = larger(most, fabs((double)b.at[e]));
    return most > 0 ? off / most : off;
}

typedef struct training_step { mat value, dx, running, grad[BLOCK_PARAMETERS * FIREVNET_BLOCKS]; } training_step;

static training_step step_of(firevnet *net, const firevnet_shape *shape, bool stored, bool determinant)
{
    gsl_rng *rng = rng_new(4, "step");
    tape *again = tape_new();
    network(net, shape, .1);
    if (!stored) net->again = again;
    node *x = tape_variable(t, noise(rng, 20, net->d));
    node *loss = loss_of_network(net, x, determinant);
    training_step s = { .value = copied(loss->value) };
    tape_backward(t, loss);
    s.dx = copied(x->grad);
    bottleneck *f = &net->block[0].couple.f;
    s.running = f->is_dense ? s.value : copied(f->norm[1].running);
    for (size_t i = 0; i < net->count; i++) s.grad[i] = copied(net->parameters[i]->grad);
    tape_reset(t);
    tape_free(again);
    gsl_rng_free(rng);
    return s;
}

static void check_recomputed(const char *name, const firevnet_shape *shape, bool determinant)
{
    static firevnet net;
    training_step a = step_of(&net, shape, true, determinant), b = step_of(&net, shape, false, determinant);
    double most = tolerance(2e-3, 1e-10), worst = 0;
    gsl_test(!(distance_of(b.value, a.value) < tolerance(1e-4, 1e-12)), "%s: the loss is the same", name);
    gsl_test(!(distance_of(b.dx, a.dx) < most), "%s: gradient of the images off by %.1e", name, distance_of(b.dx, a.dx));
    gsl_test(!(distance_of(b.running, a.running) < tolerance(1e-5, 1e-12)), "%s: running means took one step", name);
    for (size_t i = 0; i < net.count; i++) worst = larger(worst, distance_of(b.grad[i], a.grad[i]));
    gsl_test(!(worst < most), "%s: gradients of %zu parameters off by %.1e", name, net.count, worst);
}

static size_t memory_of(size_t blocks, bool stored)
{
    static firevnet net;
    firevnet_shape deep = three;
    deep.blocks = blocks;
    gsl_rng *rng = rng_new(4, "depth");
    network(&net, &deep, .1);
    tape *u = tape_new(), *again = tape_new();
    if (!stored) net.again = again;
    firevnet_nodes z = firevnet_apply(u, &net, tape_input(u, noise(rng, 50, net.d)), TRAINING, true);
    tape_backward(u, add(u, mean_all(u, z.nuisance), z.logdet));
    size_t bytes = arena_peak(tape_arena(u)) + arena_peak(tape_arena(again));
    tape_free(u);
    tape_free(again);
    gsl_rng_free(rng);
    return bytes;
}

static void test_recomputed(void)
{
    check_recomputed("vectors", &vectors, true);
    check_recomputed("mixed vectors", &mixed_vectors, true);
    check_recomputed("glow", &glow, true);
    check_recomputed("glow, determinant not asked for", &glow, false);
    check_recomputed("three stages", &three, true);
    check_recomputed("revnet", &revnet, true);
    double stored = (double)memory_of(12, true) / (double)memory_of(3, true);
    double recomputed = (double)memory_of(12, false) / (double)memory_of(3, false);
    gsl_test(!(stored > 3), "four times as deep: %.2f of the memory, stored", stored);
    gsl_test(!(recomputed < 1.1), "four times as deep: %.2f of the memory, worked out again", recomputed);
}

/*
# The objective

Each term against what it is made of; the likelihood of a network that does nothing but keep its numbers is
that of the numbers.
*/
enum { B = 30 };

static firevnet_nodes random_codes(gsl_rng *rng)
{
    return (firevnet_nodes){ .semantic = tape_variable(t, noise(rng, B, 3)), .nuisance = tape_variable(t, noise(rng, B, 9)) };
}

static double value_of(const objective *o, const int *y, const int *shuffled, nuisance *adversary, prior *p, mat *gradient)
{
    gsl_rng *rng = rng_new(5, "codes");
    firevnet_nodes z = random_codes(rng);
    node *loss = objective_loss(t, o, z, y, shuffled, adversary, p);
    double value = node_scalar(loss);
    tape_backward(t, loss);
    if (gradient) {
        *gradient = arena_mat(memory, B, 9);
        if (z.nuisance->grad.at) mat_copy(*gradient, z.nuisance->grad);
    }
    tape_reset(t);
    gsl_rng_free(rng);
    return value;
}

static void test_objective(void)
{
    gsl_rng *rng = rng_new(4, "objective");
    int y[B], shuffled[B];
    for (int i = 0; i < B; i++) y[i] = i % 3, shuffled[i] = (i + 1) % 3;
    nuisance adversary;
    nuisance_init(&adversary, 9, 8, 3, &adam, ADAM_DEFAULTS, memory);
    nuisance_start(&adversary, rng);
    for (size_t i = 0; i < 2 * NUISANCE_LAYERS; i++) mat_fill(adversary.parameters[i]->grad, 7);
    prior p;
    prior_init(&p, 9, 3, memory);
    prior_start(&p);
    mat dliteral, dshuffled;
    const objective literal = { .name = "l", .adversary = .5, .rule = LITERAL }, other = { .name = "s", .adversary = .5, .rule = SHUFFLED },
                    uniform = { .name = "u", .adversary = .5, .rule = UNIFORM }, likely = { .name = "m", .likelihood = 2 },
                    all = { .name = "a", .likelihood = 2, .scores_too = true };
    double alone = value_of(&cross_entropy_alone, y, y, &adversary, &p, NULL);

    gsl_rng *same = rng_new(5, "codes");
    firevnet_nodes z = random_codes(same);
    mat s = nuisance_scores(t, &adversary, z.nuisance)->value;
    double of_y = 0, of_shuffled = 0, of_all = 0, square[2] = { 0, 0 };
    for (size_t i = 0; i < B; i++) {
        double sum = 0;
        for (size_t k = 0; k < 3; k++) sum += exp((double)mat_row(s, i)[k]);
        of_y += ((double)mat_row(s, i)[y[i]] - log(sum)) / B;
        of_shuffled += ((double)mat_row(s, i)[shuffled[i]] - log(sum)) / B;
        for (size_t k = 0; k < 3; k++) of_all -= ((double)mat_row(s, i)[k] - log(sum)) / B / 3;
    }
    for (size_t e = 0; e < 9 * B; e++) square[0] += pow((double)z.nuisance->value.at[e], 2) / B;
    for (size_t e = 0; e < 3 * B; e++) square[1] += pow((double)z.semantic->value.at[e], 2) / B;
    tape_reset(t);
    gsl_rng_free(same);

    double most = tolerance(1e-5, 1e-12), half_log = .5 * log(2 * M_PI);
    gsl_test_abs(value_of(&literal, y, y, &adversary, &p, &dliteral), alone + .5 * of_y, most, "literal: log D(y)");
    gsl_test_abs(value_of(&other, y, shuffled, &adversary, &p, &dshuffled), alone + .5 * of_shuffled, most, "shuffled");
    gsl_test_abs(value_of(&uniform, y, y, &adversary, &p, NULL), alone + .5 * of_all, most, "uniform");
    gsl_test_abs(value_of(&likely, y, y, &adversary, &p, NULL), alone + 2.0 / 12 * (square[0] / 2 + 9 * half_log), most, "likelihood of the nuisances");
    gsl_test_abs(value_of(&all, y, y, &adversary, &p, NULL), alone + 2.0 / 12 * (square[0] / 2 + square[1] / 2 + 12 * half_log), most,
                 "likelihood of all");
    gsl_test(!(largest_difference(dliteral, dshuffled) > 1e-4), "another label is another gradient");
    bool touched = false;
    for (size_t i = 0; i < 2 * NUISANCE_LAYERS; i++)
        for (size_t e = 0; e < mat_size(adversary.parameters[i]->grad); e++) touched |= adversary.parameters[i]->grad.at[e] != 7;
    gsl_test(touched, "what goes against the adversary leaves its own gradients alone");
    nuisance_free(&adversary);
    gsl_rng_free(rng);
}

/*
# A density

What the likelihood is of, in two dimensions: its exponential summed over the plane is 1. With one class the cross-entropy is 0, and
a weight of d makes the loss of a point its negative log-density. A determinant that is left out, or has the other sign, is
seen here.
*/
static void test_density(void)
{
    enum { SIDE = 161, D = 2 };
    const double reach = 12, h = 2 * reach / (SIDE - 1);
    static firevnet net;
    network(&net, &(firevnet_shape){ .in = { 1, 1, D }, .classes = 1, .stages = 1, .blocks = 2, .units = { 6 }, .mixes = true }, .4);
    prior p;
    prior_init(&p, D - 1, 1, memory);
    prior_start(&p);
    const objective o = { .name = "density", .likelihood = D, .scores_too = true };
    const int y = 0;
    double sum = 0, without = 0;
    for (size_t i = 0; i < SIDE * SIDE; i++, tape_reset(t)) {
        real x[D] = { (real)(h * (double)(i % SIDE) - reach), (real)(h * (double)(i / SIDE) - reach) };
        firevnet_nodes z = firevnet_apply(t, &net, tape_input(t, mat_view(x, 1, D)), INFERENCE, true);
        double nats = node_scalar(objective_loss(t, &o, z, &y, &y, NULL, &p));
        sum += exp(-nats) * h * h;
        without += exp(-nats - node_scalar(z.logdet)) * h * h;
    }
    gsl_test_abs(sum, 1, 1e-3, "the density is one");
    gsl_test(!(fabs(without - 1) > .1), "and is none without the determinant: %.3f", without);
}

/*
# A recipe

Its rate at both ends of every share of the steps: that of B.2 for digits, and that of B.3.
*/
static void test_rate(void)
{
    const recipe digits = { .rate = 1e-3, .factor = .2, .every = .3, .steps = 1000 };
    const struct { size_t step; double rate; } wanted[] = {
        { 0, 1e-3 }, { 299, 1e-3 }, { 300, 2e-4 }, { 599, 2e-4 }, { 600, 4e-5 }, { 899, 4e-5 }, { 900, 8e-6 }, { 999, 8e-6 } };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        gsl_test_rel(recipe_rate(&digits, wanted[i].step), wanted[i].rate, 1e-12, "rate of step %zu", wanted[i].step);
    const recipe quarters = { .rate = .1, .factor = .1, .every = .25, .steps = 128 };
    for (size_t step = 0; step < 128; step++)
        gsl_test_rel(recipe_rate(&quarters, step), .1 * pow(.1, (double)(step / 32)), 1e-12, "rate of pass %zu", step);
}

/*
# Digits and planes
*/
static void test_digits(void)
{
    real x[] = { 0, 1, (real)(128 / 255.0), (real).2 };
    image shape = { 2, 2, 1 };
    examples of = { mat_view(x, 1, 4), NULL }, framed = digits_framed(of, &shape, memory);
    gsl_test_int((int)shape.height, 6, "two more on either side");
    gsl_test_abs((double)framed.x.at[2 * 6 + 3], 1, 0, "pixel (0, 1)");
    gsl_test_abs((double)framed.x.at[3 * 6 + 2], 128 / 255.0, 1e-7, "pixel (1, 0)");
    gsl_test_abs((double)framed.x.at[0], 0, 0, "the frame");
    digits_spread(of.x, NULL);
    gsl_test_abs((double)x[0], .5 / 256 - .5, 1e-7, "black, in the middle of its grey level");
    gsl_test_abs((double)x[1], 255.5 / 256 - .5, 1e-7, "white");
    x[3] = 7;
    digits_show(of.x);
    gsl_test_abs((double)x[3], 1, 0, "cut off");
}

static void test_plane(void)
{
    gsl_rng *rng = rng_new(6, "plane");
    enum { DIMENSIONS = 7 };
    mat x = noise(rng, 3, DIMENSIONS);
    plane s = plane_through(mat_row(x, 0), mat_row(x, 1), mat_row(x, 2), DIMENSIONS, memory);
    for (size_t i = 0; i < 3; i++) {
        double u, v, off = 0;
        plane_coordinates(&u, &v, &s, mat_row(x, i));
        for (size_t j = 0; j < DIMENSIONS; j++)
            off = larger(off, fabs((double)s.foot[j] + u * (double)s.u[j] + v * (double)s.v[j] - (double)mat_row(x, i)[j]));
        gsl_test(!(off < tolerance(1e-5, 1e-12)), "point %zu lies on the plane: off by %.1e", i, off);
        gsl_test_rel(hypot(hypot(u, v), s.distance), spheres_distance(mat_row(x, i), DIMENSIONS), tolerance(1e-5, 1e-12),
                     "spheres are circles about the foot");
    }
    gsl_rng_free(rng);
}

int main(int argc, char **argv)
{
    static const test_case cases[] = {
        { "gradients", test_gradients }, { "places", test_places }, { "cosine", test_cosine },
        { "starts", test_starts }, { "determinants", test_determinants }, { "inverses", test_inverses },
        { "networks", test_networks }, { "recomputed", test_recomputed },
        { "objective", test_objective }, { "density", test_density }, { "rate", test_rate }, { "digits", test_digits }, { "plane", test_plane },
    };
    tapes_begin();
    return TAPES_RUN(cases, argc, argv);
}
