/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# What networks are made of

That gradients are right is the business of `tests/gradients.c`. Here are the values:
losses, activations and optimizers against their formulas, written once more in
double without vectors, pieces or fused passes; and where weights begin.

    nn [CASE]              all cases, or one
*/
#include <gsl/gsl_statistics_double.h>
#include <gsl/gsl_test.h>
#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/rng.h"
#include "base/threads.h"
#include "cases.h"
#include "nn/dense.h"
#include "nn/losses.h"
#include "nn/optimizer.h"
#include "nn/schedule.h"
#include "tape/arithmetic.h"

static arena *memory;
static tape *t;

static mat noise(gsl_rng *rng, size_t rows, size_t cols, double sd)
{
    mat x = arena_mat(memory, rows, cols);
    rng_normal(rng, x, sd);
    return x;
}

static parameter parameter_of(mat value)
{
    parameter p = { .name = "w", .value = value,
                    .grad = arena_mat(memory, value.rows, value.cols) };
    mat_fill(p.grad, (real)NAN);
    return p;
}

/*
# Cross-entropies

Scores of ordinary size, and scores so large that $e^z$ is infinite or 0: there the
loss is the distance between two scores, and the gradient 0 or 1.
*/
static double softmax_oracle(mat z, const int *labels)
{
    double loss = 0;
    for (size_t i = 0; i < z.rows; i++) {
        double largest = -INFINITY, sum = 0;
        for (size_t j = 0; j < z.cols; j++) largest = larger(largest, (double)mat_row(z, i)[j]);
        for (size_t j = 0; j < z.cols; j++) sum += exp((double)mat_row(z, i)[j] - largest);
        loss += log(sum) + largest - (double)mat_row(z, i)[labels[i]];
    }
    return loss / (double)z.rows;
}

static double sigmoid_oracle(mat z, mat target)
{
    double loss = 0;
    for (size_t i = 0; i < mat_size(z); i++) {
        double s = (double)z.at[i], x = (double)target.at[i];
        loss += fmax(s, 0) - s * x + log1p(exp(-fabs(s)));
    }
    return loss / (double)mat_size(z);
}

static void compare_losses(size_t n, size_t k, double size)
{
    gsl_rng *rng = rng_new(1, "losses");
    mat z = noise(rng, n, k, size), target = arena_mat(memory, n, k);
    int *labels = arena_take(memory, n, sizeof *labels);
    for (size_t i = 0; i < n; i++) labels[i] = (int)(i % k);
    rng_uniform(rng, target, 0, 1);
    node *softmax = cross_entropy(t, tape_input(t, z), labels);
    node *sigmoid = binary_cross_entropy(t, tape_input(t, z), target);
    gsl_test_rel(node_scalar(softmax), softmax_oracle(z, labels), tolerance(2e-6, 1e-13),
                 "softmax of %zu x %zu, scores of %g", n, k, size);
    gsl_test_rel(node_scalar(sigmoid), sigmoid_oracle(z, target), tolerance(2e-6, 1e-13),
                 "sigmoid of %zu x %zu, scores of %g", n, k, size);
    tape_reset(t);
    gsl_rng_free(rng);
}

static void test_extremes(void)
{
    real scores[] = { 1000, -1000, 0, -1000, -1000, -1000, 1000, 1000, 1000 };
    real ones[] = { 1, 0, 0, 1, 0, 1, 0, 1, 0 };
    const int labels[] = { 1, 2, 0 };
    mat z = mat_view(scores, 3, 3);
    node *x = tape_variable(t, z), *loss = cross_entropy(t, x, labels);
    tape_backward(t, loss);
    gsl_test_rel(node_scalar(loss), (2000 + 2 * log(3)) / 3, tolerance(1e-6, 1e-13),
                 "softmax of scores of a thousand");
    gsl_test(!mat_is_finite(x->grad), "its gradient is finite");
    gsl_test_abs((double)x->grad.at[0], 1.0 / 3, 1e-6, "a wrong certainty has the gradient 1/n");
    gsl_test_abs((double)x->grad.at[1], -1.0 / 3, 1e-6, "and the true class -1/n");
    tape_reset(t);

    x = tape_variable(t, z);
    loss = binary_cross_entropy(t, x, mat_view(ones, 3, 3));
    tape_backward(t, loss);
    gsl_test_rel(node_scalar(loss), (4000 + log(2)) / 9, tolerance(1e-6, 1e-13),
                 "sigmoid of scores of a thousand");
    gsl_test(!mat_is_finite(x->grad), "its gradient is finite");
    gsl_test((double)x->grad.at[0] != 0, "a right certainty has the gradient 0");
    gsl_test_abs((double)x->grad.at[6], 1.0 / 9, 1e-6, "a wrong one 1/(nd)");
    tape_reset(t);
}

/* A margin of 20, where $p_y$ rounds to 1 in single precision: what the others are pushed by, the label is pushed by as well. */
static void test_certainty(void)
{
    real scores[] = { 22, 1, 2 };
    node *x = tape_variable(t, mat_view(scores, 1, 3));
    tape_backward(t, cross_entropy(t, x, (const int[]){ 0 }));
    double others = (exp(-21) + exp(-20)) / (1 + exp(-21) + exp(-20));
    gsl_test_rel((double)x->grad.at[0], -others, tolerance(1e-5, 1e-12), "the gradient of a certain label");
    gsl_test_rel((double)(x->grad.at[1] + x->grad.at[2]), others, tolerance(1e-5, 1e-12), "is minus that of the others");
    tape_reset(t);
}

static void test_losses(void)
{
    compare_losses(1, 1, 1);
    compare_losses(1, 17, 1);
    compare_losses(5, 10, 3);
    compare_losses(33, 16, 0.01);
    compare_losses(64, 1000, 10);
    compare_losses(7, 31, 300);
    test_extremes();
    test_certainty();
}

/*
# Activations and the dense layer
*/
static double activation_oracle(double z, activation a)
{
    switch (a) {
    case LINEAR:     return z;
    case RELU:       return z > 0 ? z : 0;
    case LEAKY_RELU: return z > 0 ? z : 0.2 * z;
    case SIGMOID:    return 1 / (1 + exp(-z));
    case TANH:       return tanh(z);
    }
    return NAN;
}

static void compare_layer(size_t n, size_t d, size_t k, activation a)
{
    gsl_rng *rng = rng_new(2, "layer");
    mat x = noise(rng, n, d, 1);
    dense_layer layer = dense_layer_new(memory, "layer", d, k, a);
    for (size_t i = 0; i < k; i++)
        gsl_test(layer.b.value.at[i] != 0 || layer.w.value.at[i] != 0, "a new layer is 0");
    init_he(rng, layer.w.value);
    rng_normal(rng, layer.b.value, 1);
    mat y = dense_layer_apply(t, &layer, tape_input(t, x))->value;
    mat alone = activate(t, tape_input(t, x), a)->value;
    double worst = 0, worst_alone = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < k; j++) {
            double z = (double)layer.b.value.at[j];
            for (size_t l = 0; l < d; l++)
                z += (double)mat_row(x, i)[l] * (double)mat_row(layer.w.value, l)[j];
            worst = larger(worst, fabs((double)mat_row(y, i)[j] - activation_oracle(z, a)));
        }
    for (size_t i = 0; i < mat_size(x); i++)
        worst_alone = larger(worst_alone, fabs((double)alone.at[i]
                                             - activation_oracle((double)x.at[i], a)));
    gsl_test(!(worst < tolerance(1e-5, 1e-13)), "%zu x %zu to %zu, activation %d: off by %g", n, d, k,
             (int)a, worst);
    gsl_test(!(worst_alone < tolerance(2e-7, 1e-15)), "activation %d: off by %g", (int)a, worst_alone);
    gsl_test(strcmp(layer.w.name, "layer.w") != 0 || strcmp(layer.b.name, "layer.b") != 0,
             "parameters are called \"%s\", \"%s\"", layer.w.name, layer.b.name);
    tape_reset(t);
    gsl_rng_free(rng);
}

static void test_layers(void)
{
    for (activation a = LINEAR; a <= TANH; a++) {
        compare_layer(1, 1, 1, a);
        compare_layer(3, 19, 33, a);
        compare_layer(130, 7, 257, a);
    }
}

/*
# Where weights begin

The standard deviation of n normal draws is itself off by $1/\sqrt{2n}$ of it; for even
draws within $\pm b$ it is $b / \sqrt 3$, and the largest lies just inside the bound.
*/
typedef struct moments { double mean, sd, least, most; } moments;

static moments moments_of(mat m)
{
    size_t n = mat_size(m);
    double *d = arena_take(memory, n, sizeof *d);
    for (size_t i = 0; i < n; i++) d[i] = (double)m.at[i];
    moments s = { .mean = gsl_stats_mean(d, 1, n), .sd = gsl_stats_sd(d, 1, n) };
    gsl_stats_minmax(&s.least, &s.most, d, 1, n);
    return s;
}

static void check_even(moments s, double bound, size_t n, const char *name)
{
    double error = 4 * bound / sqrt(3 * (double)n);
    gsl_test_abs(s.mean, 0, error, "%s: mean", name);
    gsl_test_abs(s.sd, bound / sqrt(3), error, "%s: standard deviation", name);
    gsl_test(!(s.least >= -bound * (1 + 1e-6) && s.most <= bound * (1 + 1e-6)
               && s.least < -0.999 * bound && s.most > 0.999 * bound),
             "%s: from %g to %g, the bound is %g", name, s.least, s.most, bound);
}

static void test_init(void)
{
    enum { D = 784, K = 500, N = D * K };
    gsl_rng *rng = rng_new(4, "init");
    mat w = arena_mat(memory, D, K), b = arena_mat(memory, 1, 20000);
    init_he(rng, w);
    moments s = moments_of(w);
    double sd = sqrt(2.0 / D);
    gsl_test_abs(s.mean, 0, 4 * sd / sqrt(N), "He: mean");
    gsl_test_abs(s.sd, sd, 4 * sd / sqrt(2.0 * N), "He: standard deviation");
    gsl_test(!(s.most > 4 * sd && s.most < 6 * sd), "He: a normal distribution reaches %g sd", s.most / sd);
    init_xavier(rng, w);
    check_even(moments_of(w), sqrt(6.0 / (D + K)), N, "Xavier");
    init_fan_in(rng, b, D);
    check_even(moments_of(b), 1 / sqrt(D), 20000, "fan in");
    gsl_rng_free(rng);
}

/*
# Optimizers

Twenty steps with random gradients and a rate that changes, for weights of several
pieces and of less than one. The oracle keeps everything in double; so the float build
has to stay within what twenty roundings cost.
*/
typedef struct slow_weight { double w, first, second; } slow_weight;

/* c1 and c2 are $1 - \beta^t$. */
static void slow_step(slow_weight *s, double g, const optimizer_rule *rule,
                      const optimizer_settings *h, double rate, double c1, double c2)
{
    if (rule != &adamw) g += h->decay * s->w;
    if (rule == &sgd || rule == &nesterov) {
        s->first = h->momentum * s->first + g;
        s->w -= rate * (rule == &sgd ? s->first : g + h->momentum * s->first);
        return;
    }
    s->first = h->beta1 * s->first + (1 - h->beta1) * g;
    double mhat = s->first / c1;
    if (rule == &adamax) {
        s->second = fmax(h->beta2 * s->second, fabs(g));
        s->w -= rate * mhat / (s->second + h->epsilon);
        return;
    }
    s->second = h->beta2 * s->second + (1 - h->beta2) * g * g;
    double vhat = s->second / c2;
    if (rule == &adamw) s->w -= rate * h->decay * s->w;
    s->w -= rate * mhat / (sqrt(vhat) + h->epsilon);
}

enum { SMALL = 15, LARGE = 131 * 129, STEPS = 20 };
typedef struct weights { parameter p[2]; parameter *all[2]; } weights;

static void weights_init(weights *w, gsl_rng *rng)
{
    w->p[0] = parameter_of(noise(rng, 3, 5, 1));
    w->p[1] = parameter_of(noise(rng, 131, 129, 1));
    w->all[0] = &w->p[0];
    w->all[1] = &w->p[1];
}

static double rate_of(int step)
{
    return 0.01 * (1 + step % 3);
}

/* Gradients change their size from step to step: a mean of squares must notice. */
static void draw_gradients(weights *w, gsl_rng *rng, int step)
{
    for (int i = 0; i < 2; i++) rng_normal(rng, w->p[i].grad, step % 4 + 0.1);
}

static void compare_rule(const optimizer_rule *rule, const char *name, optimizer_settings h)
{
    arena_reset(memory);
    gsl_rng *rng = rng_new(6, name);
    weights w;
    weights_init(&w, rng);
    slow_weight *slow[2] = { calloc(SMALL, sizeof *slow[0]), calloc(LARGE, sizeof *slow[1]) };
    REQUIRE(slow[0] && slow[1], "no memory for %d weights", LARGE);
    optimizer *o = optimizer_new(rule, w.all, 2, h);
    double worst = 0;
    for (size_t i = 0; i < 2; i++)
        for (size_t e = 0; e < mat_size(w.p[i].value); e++) slow[i][e].w = (double)w.p[i].value.at[e];
    for (int step = 1; step <= STEPS; step++) {
        double c1 = 1 - pow(h.beta1, step), c2 = 1 - pow(h.beta2, step);
        draw_gradients(&w, rng, step);
        optimizer_step(o, rate_of(step));
        for (size_t i = 0; i < 2; i++)
            for (size_t e = 0; e < mat_size(w.p[i].value); e++) {
                slow_weight *s = &slow[i][e];
                slow_step(s, (double)w.p[i].grad.at[e], rule, &h, rate_of(step), c1, c2);
                double error = fabs((double)w.p[i].value.at[e] - s->w);
                worst = larger(worst, error);
            }
    }
    gsl_test(!(worst < tolerance(2e-5, 1e-13)), "%s, momentum %g, decay %g: off by %g after %d steps",
             name, h.momentum, h.decay, worst, STEPS);
    optimizer_free(o);
    gsl_rng_free(rng);
    free(slow[0]);
    free(slow[1]);
}

/* Ten steps, what is remembered copied into another optimizer, ten more: the same
   bytes as twenty. And with any number of threads. */
static void same_bytes(const optimizer_rule *rule, const char *name, optimizer_settings h,
                       int threads, real *out, int interrupt)
{
    arena_reset(memory);
    omp_set_num_threads(threads);
    gsl_rng *rng = rng_new(7, name);
    weights w;
    weights_init(&w, rng);
    optimizer *o = optimizer_new(rule, w.all, 2, h);
    for (int step = 1; step <= STEPS; step++) {
        draw_gradients(&w, rng, step);
        optimizer_step(o, rate_of(step));
        if (!interrupt || step != STEPS / 2) continue;
        optimizer *other = optimizer_new(rule, w.all, 2, h);
        size_t bytes, again;
        void *state = optimizer_state(o, &bytes), *place = optimizer_state(other, &again);
        REQUIRE(bytes == again, "%zu bytes of state, then %zu", bytes, again);
        memcpy(place, state, bytes);
        optimizer_free(o);
        o = other;
    }
    memcpy(out, w.p[0].value.at, SMALL * sizeof *out);
    memcpy(out + SMALL, w.p[1].value.at, LARGE * sizeof *out);
    optimizer_free(o);
    gsl_rng_free(rng);
}

/* Other settings for what is remembered: the step of an optimizer that had them all along. And all forgotten: a new one. */
static void test_changes(void)
{
    const optimizer_settings other = { .beta1 = .5, .beta2 = .9, .epsilon = .1, .decay = .01 };
    gsl_rng *rng = rng_new(9, "changes");
    weights w[2];
    optimizer *o[2];
    for (int i = 0; i < 2; i++) {
        weights_init(&w[i], rng);
        o[i] = optimizer_new(&adam, w[i].all, 2, i ? other : ADAM_DEFAULTS);
    }
    size_t bytes;
    void *state = optimizer_state(o[0], &bytes), *twin = optimizer_state(o[1], &bytes);
    for (int change = 0; change < 2; change++) {
        for (int step = 1; step <= 3; step++) {
            draw_gradients(&w[0], rng, step);
            optimizer_step(o[0], .01);
        }
        if (change) {
            optimizer_reset(o[0]);
            optimizer_free(o[1]);
            o[1] = optimizer_new(&adam, w[1].all, 2, other);
            twin = optimizer_state(o[1], &bytes);
            gsl_test(memcmp(state, twin, bytes) != 0, "what is reset remembers what a new optimizer does");
        } else {
            optimizer_choose(o[0], other);
            memcpy(twin, state, bytes);
        }
        for (int i = 0; i < 2; i++) {
            mat_copy(w[1].p[i].value, w[0].p[i].value);
            rng_normal(rng, w[0].p[i].grad, 1);
            mat_copy(w[1].p[i].grad, w[0].p[i].grad);
        }
        for (int i = 0; i < 2; i++) optimizer_step(o[i], .01);
        for (int i = 0; i < 2; i++)
            gsl_test(memcmp(w[0].p[i].value.at, w[1].p[i].value.at, mat_size(w[0].p[i].value) * sizeof(real)) != 0,
                     "a step after %s, parameter %d", change ? "a reset" : "a choice", i);
    }
    for (int i = 0; i < 2; i++) optimizer_free(o[i]);
    gsl_rng_free(rng);
}

static void check_rule(const optimizer_rule *rule, const char *name, optimizer_settings h)
{
    enum { BYTES = (SMALL + LARGE) * sizeof(real) };
    real *whole = malloc(BYTES), *part = malloc(BYTES);
    REQUIRE(whole && part, "no memory for %d bytes", (int)BYTES);
    compare_rule(rule, name, h);
    h.decay = 0.1;
    compare_rule(rule, name, h);
    same_bytes(rule, name, h, 1, whole, 0);
    same_bytes(rule, name, h, 1, part, 1);
    gsl_test(memcmp(whole, part, BYTES) != 0, "%s goes on from its state to the same bytes", name);
    for (int threads = 2; threads <= 3; threads++) {
        same_bytes(rule, name, h, threads, part, 0);
        gsl_test(memcmp(whole, part, BYTES) != 0, "%s: %d threads give the bytes of one", name, threads);
    }
    omp_set_num_threads(2);
    free(whole);
    free(part);
}

static void test_optimizers(void)
{
    check_rule(&sgd, "sgd", SGD_DEFAULTS);
    check_rule(&sgd, "sgd with momentum", (optimizer_settings){ .momentum = 0.9 });
    check_rule(&nesterov, "nesterov", (optimizer_settings){ .momentum = 0.9 });
    check_rule(&adam, "adam", ADAM_DEFAULTS);
    check_rule(&adam, "adam, large epsilon", (optimizer_settings){ .beta1 = 0.5, .beta2 = 0.9, .epsilon = 0.1 });
    check_rule(&adamw, "adamw", ADAM_DEFAULTS);
    check_rule(&adamax, "adamax", ADAM_DEFAULTS);
    optimizer_free(NULL);
}

/*
# Schedules, at their ends and in the middle
*/
static void test_schedules(void)
{
    const size_t milestones[] = { 10, 20 };
    gsl_test_rel(schedule_exponential(0.4, 0.004, 0, 100), 0.4, 1e-14, "exponential: first");
    gsl_test_rel(schedule_exponential(0.4, 0.004, 99, 100), 0.004, 1e-13, "exponential: last");
    gsl_test_rel(schedule_exponential(0.4, 0.004, 50, 101), 0.04, 1e-13, "exponential: geometric middle");
    gsl_test_rel(schedule_exponential(0.4, 0.004, 0, 1), 0.4, 1e-14, "exponential: of one step");
    const double want[] = { 1, 1, 0.1, 0.1, 0.01, 0.01 };
    const size_t step[] = { 0, 9, 10, 19, 20, 1000 };
    for (int i = 0; i < 6; i++)
        gsl_test_rel(schedule_milestones(1, 0.1, milestones, 2, step[i]), want[i], 1e-14,
                     "milestones: step %zu", step[i]);
    gsl_test_rel(schedule_milestones(0.3, 0.1, NULL, 0, 7), 0.3, 1e-14, "no milestones");
    gsl_test_rel(schedule_cosine(0.1, 0.001, 0, 80), 0.1, 1e-14, "cosine: first");
    gsl_test_rel(schedule_cosine(0.1, 0.001, 80, 80), 0.001, 1e-13, "cosine: end");
    gsl_test_rel(schedule_cosine(0.1, 0.001, 40, 80), 0.0505, 1e-13, "cosine: middle");
    gsl_test_rel(schedule_warmup(5, 0), 0.2, 1e-14, "warm-up: the first step is not lost");
    gsl_test_rel(schedule_warmup(5, 4), 1, 1e-14, "warm-up: its last step");
    gsl_test_rel(schedule_warmup(5, 5000), 1, 1e-14, "warm-up: after it");
    gsl_test_rel(schedule_warmup(0, 0), 1, 1e-14, "no warm-up");
}

/*
# Steps of training, whatever the threads

A network of two layers and both losses, large enough for several pieces everywhere.
*/
static size_t train(real *out, int threads)
{
    enum { N = 70, D = 130, H = 300, K = 11 };
    omp_set_num_threads(threads);
    arena_reset(memory);
    gsl_rng *rng = rng_new(8, "train");
    mat x = noise(rng, N, D, 1), target = arena_mat(memory, N, D);
    rng_uniform(rng, target, 0, 1);
    int labels[N];
    for (int i = 0; i < N; i++) labels[i] = i % K;
    dense_layer hidden = dense_layer_new(memory, "hidden", D, H, TANH);
    dense_layer class = dense_layer_new(memory, "class", H, K, LINEAR);
    dense_layer back = dense_layer_new(memory, "back", H, D, LINEAR);
    parameter *all[] = { &hidden.w, &hidden.b, &class.w, &class.b, &back.w, &back.b };
    for (int i = 0; i < 6; i += 2) init_he(rng, all[i]->value);
    optimizer *o = optimizer_new(&adam, all, 6, ADAM_DEFAULTS);
    for (int step = 0; step < 5; step++) {
        node *h = dense_layer_apply(t, &hidden, tape_input(t, x));
        node *unit = mean_all(t, normalise_rows(t, h));
        node *loss = add(t, add(t, cross_entropy(t, dense_layer_apply(t, &class, h), labels), unit),
                         binary_cross_entropy(t, dense_layer_apply(t, &back, h), target));
        tape_backward(t, loss);
        optimizer_step(o, 0.01);
        tape_reset(t);
    }
    size_t used = 0;
    for (int i = 0; i < 6; i++) {
        memcpy(out + used, all[i]->value.at, mat_size(all[i]->value) * sizeof *out);
        used += mat_size(all[i]->value);
    }
    optimizer_free(o);
    gsl_rng_free(rng);
    return used * sizeof *out;
}

static void test_threads(void)
{
    real *first = malloc(1 << 20), *other = malloc(1 << 20);
    REQUIRE(first && other, "no memory");
    size_t bytes = train(first, 1);
    for (int threads = 2; threads <= 3; threads++) {
        train(other, threads);
        gsl_test(memcmp(first, other, bytes) != 0, "%d threads give the %zu bytes of one", threads, bytes);
    }
    omp_set_num_threads(2);
    free(first);
    free(other);
}

static void memory_reset(void)
{
    arena_reset(memory);
}

int main(int argc, char **argv)
{
    static const test_case cases[] = {
        { "losses", test_losses }, { "layers", test_layers }, { "init", test_init },
        { "optimizers", test_optimizers }, { "changes", test_changes }, { "schedules", test_schedules },
        { "threads", test_threads },
    };
    threads_begin(2);
    memory = arena_new();
    t = tape_new();
    int status = CASES_RUN(cases, memory_reset, argc, argv);
    tape_free(t);
    arena_free(memory);
    return status;
}
