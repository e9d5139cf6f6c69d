/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# The parts that the programs of hugger2024 share

Each loss against its equation, written out in loops, and against a central difference; what the paper says of them that
can be checked to the last digit; and the toy, whose answer is known.

    hugger2024 [CASE]          all cases, or one
    hugger2024 refuse LABEL    breaks a contract, with a label that is "large", "drawn" (and large) or "negative"
*/
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "../papers/hugger2024/bound.h"
#include "../papers/hugger2024/estimate.h"
#include "../papers/hugger2024/losses.h"
#include "../papers/hugger2024/toy.h"
#include "nn/dense.h"
#include "tape/arithmetic.h"
#include "tapes.h"

enum { N = 24, K = 5 };

/* A batch: scores, labels and soft targets of K classes, a noise distribution, a temperature. */
typedef struct batch {
    size_t n;
    mat z, targets, counts;
    int *labels;
    real log_eta[K];
    contrast c;
} batch;

static void one_hot(mat targets, const int *labels)
{
    mat_fill(targets, 0);
    for (size_t i = 0; i < targets.rows; i++) mat_row(targets, i)[labels[i]] = 1;
}

static batch *batch_new(size_t n, double temperature)
{
    gsl_rng *rng = rng_new(1, "batch");
    batch *b = arena_take(memory, 1, sizeof *b);
    *b = (batch){ .n = n, .z = noise(rng, n, K), .targets = noise(rng, n, K), .counts = arena_mat(memory, n, K),
                  .labels = arena_take(memory, n, sizeof(int)), .c = { .temperature = temperature } };
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        real *alpha = mat_row(b->targets, i);
        for (size_t k = 0; k < K; k++) sum += (double)(alpha[k] = (real)exp((double)alpha[k]));
        for (size_t k = 0; k < K; k++) alpha[k] = (real)((double)alpha[k] / sum);
        for (size_t k = 0; k < K; k++) mat_row(b->counts, i)[k] = (real)gsl_rng_uniform_int(rng, 4);
        b->labels[i] = (int)gsl_rng_uniform_int(rng, K - 1);       /* the last class is in no batch */
    }
    for (size_t k = 0; k < K; k++) b->log_eta[k] = (real)log((1.0 + (double)k) / 15);
    b->c.log_eta = b->log_eta;
    gsl_rng_free(rng);
    return b;
}

/*
# The equations, word for word

In double, with every exponential written out and nothing collected.
*/
static double score(const batch *b, size_t i, size_t k)
{
    return (double)mat_row(b->z, i)[k] / b->c.temperature - (double)b->log_eta[k];
}

static double soft_score(const batch *b, size_t i, size_t l)
{
    double s = 0;
    for (size_t k = 0; k < K; k++) s += (double)mat_row(b->targets, l)[k] * score(b, i, k);
    return s;
}

static double equation_3(const batch *b)
{
    double loss = 0;
    for (size_t i = 0; i < b->n; i++) {
        double sum = 0;
        for (size_t k = 0; k < K; k++) sum += exp((double)mat_row(b->z, i)[k]);
        for (size_t k = 0; k < K; k++)
            loss -= (double)mat_row(b->targets, i)[k] * log(exp((double)mat_row(b->z, i)[k]) / sum) / (double)b->n;
    }
    return loss;
}

static double equation_5(const batch *b)
{
    double loss = 0;
    for (size_t i = 0; i < b->n; i++) {
        double sum = 0;
        for (size_t l = 0; l < b->n; l++) sum += exp(score(b, i, (size_t)b->labels[l]));
        loss -= log(exp(score(b, i, (size_t)b->labels[i])) / sum) / (double)b->n;
    }
    return loss;
}

static double equation_5_drawn(const batch *b, mat counts)
{
    double loss = 0;
    for (size_t i = 0; i < b->n; i++) {
        double own = exp(score(b, i, (size_t)b->labels[i])), sum = own;
        for (size_t k = 0; k < K; k++)
            for (size_t l = 0; l < (size_t)mat_row(counts, counts.rows > 1 ? i : 0)[k]; l++) sum += exp(score(b, i, k));
        loss -= log(own / sum) / (double)b->n;
    }
    return loss;
}

static double equation_11(const batch *b)
{
    double loss = 0;
    for (size_t i = 0; i < b->n; i++) {
        double sum = 0;
        for (size_t l = 0; l < b->n; l++) sum += exp(soft_score(b, i, l));
        loss -= log(exp(soft_score(b, i, i)) / sum) / (double)b->n;
    }
    return loss;
}

static void test_equations(void)
{
    static const struct { size_t n; double temperature; } size[] = { { 1, 1 }, { 2, .5 }, { N, 1 }, { 150, 3 } };
    for (size_t s = 0; s < sizeof size / sizeof *size; s++) {
        batch *b = batch_new(size[s].n, size[s].temperature);
        node *z = tape_input(t, b->z);
        mat shared = mat_rows(b->counts, 0, 1);
        double off = tolerance(1e-5, 1e-13), small = tolerance(1e-6, 1e-14);
        const struct { const char *name; double found, wanted; } pair[] = {
            { "equation 3", node_scalar(soft_cross_entropy(t, z, b->targets)), equation_3(b) },
            { "equation 5", node_scalar(info_nce(t, z, b->labels, &b->c)), equation_5(b) },
            { "equation 5, drawn", node_scalar(info_nce_drawn(t, z, b->labels, b->counts, &b->c)), equation_5_drawn(b, b->counts) },
            { "one tuple for all", node_scalar(info_nce_drawn(t, z, b->labels, shared, &b->c)), equation_5_drawn(b, shared) },
            { "equation 11", node_scalar(soft_info_nce(t, z, b->targets, &b->c)), equation_11(b) },
        };
        for (size_t p = 0; p < sizeof pair / sizeof *pair; p++)
            gsl_test(!(fabs(pair[p].found - pair[p].wanted) <= small + off * fabs(pair[p].wanted)),
                     "%s, %zu examples: %.12g, wanted %.12g", pair[p].name, b->n, pair[p].found, pair[p].wanted);
        tapes_clear();
    }
}

/*
# Gradients
*/
static node *build(size_t which, const batch *b, node *z)
{
    switch (which) {
    case 0: return soft_cross_entropy(t, z, b->targets);
    case 1: return info_nce(t, z, b->labels, &b->c);
    case 2: return info_nce_drawn(t, z, b->labels, b->counts, &b->c);
    default: return soft_info_nce(t, z, b->targets, &b->c);
    }
}

static double value_of(size_t which, const batch *b)
{
    double loss = node_scalar(build(which, b, tape_input(t, b->z)));
    tape_reset(t);
    return loss;
}

static void check_gradient(size_t which, size_t n, double temperature)
{
    batch *b = batch_new(n, temperature);
    node *z = tape_variable(t, b->z);
    tape_backward(t, scale(t, build(which, b, z), -2));
    mat grad = arena_mat(memory, n, K);
    mat_copy(grad, z->grad);
    tape_reset(t);
    double worst = 0, largest = 0, h = tolerance(3e-2, 6e-6);
    for (size_t i = 0; i < mat_size(grad); i++) {
        real kept = b->z.at[i];
        b->z.at[i] = kept + (real)h;
        double above = value_of(which, b);
        b->z.at[i] = kept - (real)h;
        double below = value_of(which, b);
        b->z.at[i] = kept;
        worst = larger(worst, fabs(-(above - below) / h - (double)grad.at[i]));
        largest = larger(largest, fabs((double)grad.at[i]));
    }
    gsl_test(!(worst <= tolerance(3e-2, 1e-8) * fmax(largest, 1e-3)), "gradient of loss %zu, %zu examples: off by %.1e of %.1e",
             which, n, worst, largest);
}

static void test_gradients(void)
{
    for (size_t which = 0; which < 4; which++) {
        check_gradient(which, 1, 1);
        check_gradient(which, 7, .5);
        check_gradient(which, N, 2);
    }
}

/*
# What must be the same
*/
static mat gradient_of(node *loss, node *z)
{
    tape_backward(t, loss);
    mat grad = arena_mat(memory, z->value.rows, z->value.cols);
    mat_copy(grad, z->grad);
    tape_reset(t);
    return grad;
}

static void same(mat a, mat b, const char *what)
{
    double off = 0;
    for (size_t i = 0; i < mat_size(a); i++) {
        double d = fabs((double)a.at[i] - (double)b.at[i]);
        off = larger(off, d);
    }
    gsl_test(!(off < tolerance(1e-7, 1e-15)), "%s: gradients differ by %.1e", what, off);
}

static mat gradient(loss_kind kind, batch *b, const contrast *c, gsl_rng *rng)
{
    node *z = tape_variable(t, b->z);
    return gradient_of(loss_of(kind, t, z, b->labels, b->targets, c, rng), z);
}

/* Four of each class: InfoNCE is NLL. With one more of one class, and eta uniform, it is not. */
static void test_balanced(void)
{
    batch *b = batch_new(4 * K, 1);
    const contrast uniform = { NULL, 1 };
    for (size_t i = 0; i < b->n; i++) b->labels[i] = (int)(i % K);
    mat nll = gradient(NLL, b, NULL, NULL);
    same(gradient(INFO_NCE, b, &uniform, NULL), nll, "a balanced batch");
    b->labels[1] = 0;
    nll = gradient(NLL, b, NULL, NULL);
    mat tilted = gradient(INFO_NCE, b, &uniform, NULL);
    double off = 0;
    for (size_t i = 0; i < mat_size(nll); i++) off = larger(off, fabs((double)(nll.at[i] - tilted.at[i])));
    gsl_test(!(off > 1e-3), "an unbalanced batch differs by %.1e only", off);
    /* ... unless eta is the frequency in the batch. */
    real log_eta[K];
    for (size_t k = 0; k < K; k++) log_eta[k] = (real)log(((k == 0) - (k == 1) + 4.0) / (4.0 * K));
    same(gradient(INFO_NCE, b, &(contrast){ log_eta, 1 }, NULL), nll, "eta as in the batch");
}

/* Soft losses with one-hot targets are the hard ones; a constant in log eta is nothing to them. */
static void test_one_hot(void)
{
    batch *b = batch_new(N, 2);
    mat soft = gradient(SOFT_TARGET, b, &b->c, NULL);
    contrast shifted = b->c;
    real log_eta[K];
    for (size_t k = 0; k < K; k++) log_eta[k] = b->log_eta[k] + 3;
    shifted.log_eta = log_eta;
    same(gradient(SOFT_TARGET, b, &shifted, NULL), soft, "a shift of log eta");
    one_hot(b->targets, b->labels);
    same(gradient(SOFT_TARGET, b, &b->c, NULL), gradient(INFO_NCE, b, &b->c, NULL), "one-hot soft target InfoNCE");
    same(gradient(SOFT_CROSS_ENTROPY, b, NULL, NULL), gradient(NLL, b, NULL, NULL), "one-hot cross-entropy");
    gsl_rng *rng = rng_new(1, "draws");
    same(gradient(SOFT_DISTRIBUTION, b, &b->c, rng), gradient(INFO_NCE, b, &b->c, NULL), "one-hot soft distribution");
    gsl_rng_free(rng);
}

/* Smoothed targets are to soft target InfoNCE what targets as they were are at a higher temperature. */
static void test_smoothing(void)
{
    for (double epsilon = .1; epsilon < .9; epsilon += .35) {
        batch *b = batch_new(N, 2);
        real log_eta[K];
        for (size_t k = 0; k < K; k++) log_eta[k] = (real)((1 - epsilon) * (double)b->log_eta[k]);
        mat plain = gradient(SOFT_TARGET, b, &(contrast){ log_eta, b->c.temperature / (1 - epsilon) }, NULL);
        for (size_t i = 0; i < mat_size(b->targets); i++)
            b->targets.at[i] = (real)((1 - epsilon) * (double)b->targets.at[i] + epsilon / K);
        same(gradient(SOFT_TARGET, b, &b->c, NULL), plain, "smoothed targets");
    }
}

/* Of all labels, of some, and of a class that none is of; and its logarithm. */
static void test_frequencies(void)
{
    static const int labels[] = { 0, 2, 2, 0, 2, 3 };
    static const size_t index[] = { 5, 1, 2, 0 };
    static const double wanted[2][K] = { { 1 / 3., 0, 1 / 2., 1 / 6., 0 }, { 1 / 4., 0, 1 / 2., 1 / 4., 0 } };
    mat eta = arena_mat(memory, 1, K);
    for (size_t some = 0; some < 2; some++) {
        size_t n = some ? 4 : 6;
        label_frequencies(eta, labels, some ? index : NULL, n);
        for (size_t k = 0; k < K; k++) gsl_test_abs((double)eta.at[k], wanted[some][k], 1e-7, "%zu labels, class %zu", n, k);
        log_frequencies(eta, eta, n);
        for (size_t k = 0; k < K; k++)
            gsl_test_abs((double)eta.at[k], log(fmax(wanted[some][k], 1 / (double)n)), 1e-6, "%zu labels, logarithm of class %zu", n, k);
    }
}

/* Labels that are none. */
static void refuse(const char *what)
{
    batch *b = batch_new(N, 1);
    node *z = tape_input(t, b->z);
    b->labels[N - 1] = strcmp(what, "negative") == 0 ? -1 : K;
    if (strcmp(what, "drawn") == 0) info_nce_drawn(t, z, b->labels, b->counts, &b->c);
    else info_nce(t, z, b->labels, &b->c);
}

/*
# Equations 22 to 24

Scores are cosines of an embedding z of three dimensions with embeddings y of the classes. The gradient for
$\hat z = z / |z|$ as the paper has it, and for z by its projection.
*/
enum { D = 3 };

static void equation_22(double *g, const batch *b, size_t k, mat yhat)
{
    double C[N], sum = 0;
    for (size_t l = 0; l < b->n; l++) sum += C[l] = exp(soft_score(b, k, l));
    for (size_t d = 0; d < D; d++) {
        g[d] = 0;
        for (size_t i = 0; i < K; i++) {
            double y = (double)mat_row(yhat, i)[d];
            g[d] -= (double)mat_row(b->targets, k)[i] * y;
            for (size_t l = 0; l < b->n; l++) g[d] += C[l] / sum * (double)mat_row(b->targets, l)[i] * y;
        }
    }
}

static void test_equation_22(void)
{
    batch *b = batch_new(N, 1);
    gsl_rng *rng = rng_new(2, "embeddings");
    for (size_t k = 0; k < K; k++) b->log_eta[k] = 0;
    node *y = normalise_rows(t, tape_input(t, noise(rng, K, D))), *z = tape_variable(t, noise(rng, N, D));
    mat transposed = arena_mat(memory, D, K), zero = arena_mat(memory, 1, K);
    mat_fill(zero, 0);
    for (size_t k = 0; k < K; k++)
        for (size_t d = 0; d < D; d++) mat_row(transposed, d)[k] = mat_row(y->value, k)[d];
    node *zhat = normalise_rows(t, z), *scores = dense(t, zhat, tape_input(t, transposed), tape_input(t, zero), LINEAR);
    b->z = scores->value;
    node *loss = soft_info_nce(t, scores, b->targets, &b->c);
    tape_backward(t, loss);
    double off = 0, projected = 0;
    for (size_t k = 0; k < N; k++) {
        double g[D], along = 0, length = 0;
        equation_22(g, b, k, y->value);
        for (size_t d = 0; d < D; d++) {
            off = larger(off, fabs(g[d] / N - (double)mat_row(zhat->grad, k)[d]));
            along += g[d] * (double)mat_row(zhat->value, k)[d];
            length += pow((double)mat_row(z->value, k)[d], 2);
        }
        for (size_t d = 0; d < D; d++)
            projected = larger(projected, fabs((g[d] - along * (double)mat_row(zhat->value, k)[d]) / sqrt(length) / N
                                             - (double)mat_row(z->grad, k)[d]));
    }
    gsl_test(!(off < tolerance(1e-6, 1e-14)), "equation 22: off by %.1e", off);
    gsl_test(!(projected < tolerance(1e-6, 1e-14)), "equation 24: off by %.1e", projected);
    gsl_rng_free(rng);
}

/*
# Modes

Of length 1, orthogonal at 0 %, at the angles of the table in `toy.h`.
*/
static double product(mat theta, size_t i, size_t j)
{
    double sum = 0;
    for (size_t d = 0; d < theta.cols; d++) sum += (double)mat_row(theta, i)[d] * (double)mat_row(theta, j)[d];
    return sum;
}

static void test_modes(void)
{
    static const mode_layout layouts[] = { SPHERICAL, TOWARDS_ONE, EQUIANGULAR };
    mat theta = arena_mat(memory, 20, 20);
    double close = tolerance(1e-6, 1e-14);
    for (size_t l = 0; l < 3; l++)
        for (double percent = 0; percent <= 80; percent += 20) {
            double a = modes_angle(percent);
            modes_place(theta, layouts[l], percent);
            for (size_t k = 0; k < 20; k++) {
                gsl_test_abs(product(theta, k, k), 1, close, "layout %zu, %g %%: length of mode %zu", l, percent, k);
                if (k > 0) gsl_test_abs(product(theta, 0, k), cos(a), close, "layout %zu, %g %%: the first and %zu", l, percent, k);
            }
            double other = layouts[l] == EQUIANGULAR ? cos(a) : layouts[l] == TOWARDS_ONE ? pow(cos(a), 2)
                         : pow(cos(a), 2) + pow(sin(a), 2) * cos(a);
            gsl_test_abs(product(theta, 1, 2), other, close, "layout %zu, %g %%: the second and the third", l, percent);
            gsl_test_abs(modes_apart(theta), a * 180 / M_PI, tolerance(1e-3, 1e-11), "layout %zu, %g %%: measured", l, percent);
        }
    gsl_test_rel(modes_angle(80) * 180 / M_PI, 18, 1e-12, "80 %% is 18 degrees");
    real slanted[] = { 2, 0, 7, -7, 3, 4 }, parallel[] = { .1f, .3f, .1f, .3f };
    gsl_test_rel(modes_apart(mat_view(slanted, 3, 2)), acos(.6) * 180 / M_PI, 1e-12, "first and last, of any length");
    gsl_test_abs(modes_apart(mat_view(parallel, 2, 2)), 0, 1e-5, "parallel ones");
}

/* Three classes by hand; and what is the same is 0 apart. */
static void test_posterior(void)
{
    real x[] = { 2, 1, 0, 3 }, theta[] = { 1, 0, 0, 1, 1, 1 };
    mat p = arena_mat(memory, 2, 3), q = arena_mat(memory, 2, 3);
    posterior(p, mat_view(x, 2, 2), mat_view(theta, 3, 2));
    gsl_test_rel((double)p.at[1], exp(1) / (exp(2) + exp(1) + exp(3)), tolerance(1e-6, 1e-14), "p(2|x)");
    mat_fill(q, (real)(1.0 / 3));
    gsl_test_abs(divergence(p, p), 0, 1e-15, "from itself");
    gsl_test_rel(divergence(p, q), log(3) - entropy(p), tolerance(1e-5, 1e-13), "from uniform");
    gsl_test_rel(entropy(q), log(3), tolerance(1e-6, 1e-14), "entropy of uniform");
}

/* The labels of a toy come as often as its distribution says; the most likely ones always. */
static void test_toy(void)
{
    enum { EXAMPLES = 40000 };
    toy d = toy_draw((toy_reading){ SPHERICAL, false, false }, 40, 4, 1, EXAMPLES, 5, memory);
    mat p = arena_mat(memory, 1, 4);
    posterior(p, d.x, d.theta);
    double count[4] = { 0 }, chi = 0;
    for (size_t i = 0; i < EXAMPLES; i++) count[d.label[i]]++;
    for (size_t k = 0; k < 4; k++) chi += pow(count[k] - EXAMPLES * (double)p.at[k], 2) / (EXAMPLES * (double)p.at[k]);
    gsl_test(!(gsl_cdf_chisq_Q(chi, 3) > .001), "chi squared of the labels is %g", chi);
    toy certain = toy_draw((toy_reading){ SPHERICAL, false, true }, 40, 4, 1, 100, 5, memory);
    for (size_t i = 1; i < 100; i++) gsl_test(certain.label[i] != certain.label[0], "one point, one certain label");
    toy scaled = toy_draw((toy_reading){ SPHERICAL, true, false }, 40, 4, 1, 100, 5, memory);
    gsl_test_abs((double)(scaled.theta.at[0] - 10 * d.theta.at[0]), 0, 0, "modes times ten");
    gsl_test_abs((double)(scaled.x.at[0] - d.x.at[0]), 0, 0, "the same points");
}

/*
Weights whose distance is known: the modes themselves, moved by what no label tells; nothing, which takes all classes for equally
likely; the modes three times as long.
*/
static void weights(mat w, mat theta, double length, double shift)
{
    for (size_t j = 0; j < w.rows; j++)
        for (size_t k = 0; k < w.cols; k++)
            mat_row(w, j)[k] = (real)(length * (double)mat_row(theta, k)[j] + shift * (double)(j + 1));
}

static mat truth(mat x, mat theta)
{
    mat p = arena_mat(memory, x.rows, theta.rows);
    posterior(p, x, theta);
    return p;
}

static void test_estimate(void)
{
    toy d = toy_draw((toy_reading){ SPHERICAL, false, false }, 40, 4, 60, 10, 6, memory);
    mat w = arena_mat(memory, 4, 4), p = truth(d.x, d.theta);
    double close = tolerance(1e-5, 1e-13), reverse = 0;
    weights(w, d.theta, 1, .1);
    estimate e = estimate_of(&d, w, memory);
    gsl_test(!(fabs(e.kl) + fabs(e.fresh) + fabs(e.centres) + fabs(e.reverse) < close), "the truth: %g, %g, %g, %g apart",
             e.kl, e.fresh, e.centres, e.reverse);
    gsl_test_abs(e.modes, 0, close, "modes that are moved alike");
    weights(w, d.theta, 0, 0);
    e = estimate_of(&d, w, memory);
    for (size_t i = 0; i < mat_size(p); i++) reverse -= (log(4) + log((double)p.at[i])) / (double)mat_size(p);
    gsl_test_abs(e.kl, log(4) - entropy(p), close, "from the truth to uniform");
    gsl_test_abs(e.reverse, reverse, close, "from uniform to the truth");
    gsl_test_abs(e.fresh, log(4) - entropy(truth(d.fresh, d.theta)), close, "on fresh points");
    gsl_test_abs(e.centres, log(4) - entropy(truth(d.centres, d.theta)), close, "on the centres");
    gsl_test_abs(e.modes, 1, close, "no modes");
    weights(w, d.theta, 3, .1);
    gsl_test_abs(estimate_of(&d, w, memory).modes, 2, close, "modes that are three times as long");
}

/*
# Equation 18

The loss against all $K^N$ tuples one by one; the left side against the information of the smoothed labels.
*/
static joint some_joint(void)
{
    joint j;
    double sum = 0;
    for (size_t z = 0; z < CLASSES; z++)
        for (size_t y = 0; y < CLASSES; y++) sum += j.p[z][y] = (z == y) + .1 + .07 * (double)((3 * z + 5 * y) % 4);
    for (size_t z = 0; z < CLASSES; z++)
        for (size_t y = 0; y < CLASSES; y++) j.p[z][y] /= sum;
    return j;
}

static double all_tuples(const joint *j, double epsilon, size_t n)
{
    double py[CLASSES] = { 0 }, pz[CLASSES] = { 0 }, loss = 0;
    for (size_t z = 0; z < CLASSES; z++)
        for (size_t y = 0; y < CLASSES; y++) py[y] += j->p[z][y], pz[z] += j->p[z][y];
    for (size_t z = 0; z < CLASSES; z++) {
        double q[CLASSES];
        for (size_t y = 0; y < CLASSES; y++) q[y] = (1 - epsilon) * j->p[z][y] / pz[z] + epsilon * py[y];
        for (size_t code = 0; code < (size_t)pow(CLASSES, (double)n + 1); code++) {
            size_t rest = code / CLASSES, own = code % CLASSES;
            double p = pz[z] * q[own], sum = q[own] / py[own];
            for (size_t i = 0; i < n; i++, rest /= CLASSES) {
                p *= py[rest % CLASSES];
                sum += q[rest % CLASSES] / py[rest % CLASSES];
            }
            loss -= p * log(q[own] / py[own] / sum);
        }
    }
    return loss;
}

static void test_bound(void)
{
    joint j = some_joint();
    for (size_t n = 1; n <= 4; n++)
        for (double epsilon = 0; epsilon <= 1; epsilon += .25)
            gsl_test_rel(bound_loss(&j, epsilon, n), all_tuples(&j, epsilon, n), 1e-12, "loss of %zu noise labels", n);
    double I = 0, py[CLASSES] = { 0 }, pz[CLASSES] = { 0 }, epsilon = .3;
    for (size_t z = 0; z < CLASSES; z++)
        for (size_t y = 0; y < CLASSES; y++) py[y] += j.p[z][y], pz[z] += j.p[z][y];
    for (size_t z = 0; z < CLASSES; z++)
        for (size_t y = 0; y < CLASSES; y++) {
            double p = (1 - epsilon) * j.p[z][y] + epsilon * py[y] * pz[z];
            I += p * log(p / (py[y] * pz[z]));
        }
    gsl_test_rel(bound_left(&j, epsilon), I, 1e-12, "the left side is the smoothed labels' information");
    gsl_test_abs(bound_left(&j, 1), 0, 1e-14, "of wholly smoothed labels it is 0");
    for (size_t n = 1; n <= 64; n *= 8)
        gsl_test(!(log((double)n + 1) - bound_loss(&j, epsilon, n) <= I), "%zu noise labels: the bound holds", n);
}

static const test_case cases[] = {
    { "equations", test_equations }, { "gradients", test_gradients }, { "balanced", test_balanced },
    { "one_hot", test_one_hot }, { "smoothing", test_smoothing },
    { "frequencies", test_frequencies }, { "equation_22", test_equation_22 }, { "modes", test_modes },
    { "posterior", test_posterior }, { "toy", test_toy }, { "estimate", test_estimate }, { "bound", test_bound },
};

int main(int argc, char **argv)
{
    tapes_begin();
    return TAPES_RUN_OR_REFUSE(cases, refuse, argc, argv);
}
