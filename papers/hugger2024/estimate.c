/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/rng.h"
#include "data/batches.h"
#include "data/mixing.h"
#include "estimate.h"
#include "losses.h"
#include "nn/dense.h"

static struct { size_t classes, points, examples, epochs, batch, patience; double rate, start; } set;

const run_setting toy_settings[] = {
    { "classes", &set.classes, NULL, { 20, 20, 20, 20 }, "modes, and dimensions", "A.1" },
    { "points", &set.points, NULL, { 200, 1600, 1600, 1600 }, "points drawn from the Gaussians", "A.1" },
    { "examples", &set.examples, NULL, { 2000, 32000, 32000, 32000 }, "examples, points with a label", "A.1" },
    { "epochs", &set.epochs, NULL, { 2, 500, 500, 500 }, "passes over the examples, at most", "A.1" },
    { "batch", &set.batch, NULL, { 256, 1024, 1024, 1024 }, "examples a batch", "A.1" },
    { "rate", NULL, &set.rate, { .01, .001, .001, .001 }, "learning rate", "A.1" },
    { "patience", &set.patience, NULL, { 20, 20, 20, 20 }, "epochs without a better one, before a fit ends", "ours" },
    { "start", NULL, &set.start, { .1, .1, .1, .1 }, "standard deviation of the first weights", "ours" },
    { 0 }
};

double toy_percent(size_t i, size_t count)
{
    return 80.0 * (double)i / (double)(count - 1);
}

void toy_require_alignments(size_t count)
{
    if (count < 2 || count > MOST_ALIGNMENTS)
        die(STATUS_USAGE, "--alignments %zu: expected 2 to %d", count, MOST_ALIGNMENTS);
}

static size_t fitted_of(size_t examples)
{
    return examples - examples / 10;
}

toy toy_of(const run *r, toy_reading how, double percent, arena *a)
{
    if (set.examples < 10 || set.batch > fitted_of(set.examples))
        die(STATUS_USAGE, "--batch %zu of %zu examples, of which a tenth is held out: expected no more than there are",
            set.batch, set.examples);
    return toy_draw(how, percent, set.classes, set.points, set.examples, run_seed(r), a);
}

double toy_expected(void)
{
    return (double)(set.classes - 1) * (double)set.classes / (2 * (double)fitted_of(set.examples));
}

/*
# A fit

The weights are a column a class; there is no bias. The last tenth of the examples is held out.
*/
typedef struct fit {
    const toy *d;
    const estimator *how;
    tape *t;
    parameter w;                   /* dimensions x classes */
    mat best;
    batches data;
    optimizer *o;
    gsl_rng *order, *noise;
    mat eta, log_eta;              /* 1 x classes */
    size_t fitted;                 /* examples */
} fit;

static void find_eta(fit *f)
{
    if (f->how->uniform_eta) mat_fill(f->eta, (real)1 / (real)f->eta.cols);
    else label_frequencies(f->eta, f->d->label, NULL, f->fitted);
    log_frequencies(f->log_eta, f->eta, f->fitted);
}

static fit fit_new(run *r, const toy *d, const estimator *how, arena *a)
{
    size_t K = d->theta.rows, batch = how->batch ? how->batch : set.batch;
    fit f = { .d = d, .how = how, .t = tape_new(), .w = parameter_new(a, "modes", "w", d->x.cols, K),
              .best = arena_mat(a, d->x.cols, K), .eta = arena_mat(a, 1, K), .log_eta = arena_mat(a, 1, K),
              .order = rng_new(run_seed(r), "order"), .noise = rng_new(run_seed(r), "noise"),
              .fitted = fitted_of(d->n) };
    gsl_rng *first = rng_new(run_seed(r), "init");
    rng_normal(first, f.w.value, how->start > 0 ? how->start : set.start);
    gsl_rng_free(first);
    find_eta(&f);
    batches_init(&f.data, f.fitted, batch < f.fitted ? batch : f.fitted, DROP_LAST, f.order, a);
    return f;
}

static void fit_free(fit *f)
{
    tape_free(f->t);
    gsl_rng_free(f->order);
    gsl_rng_free(f->noise);
}

/* How often each class is among `count` draws from eta, a row for all examples or for each. */
static mat drawn_noise(fit *f, size_t rows, size_t count)
{
    mat counts = arena_mat(tape_arena(f->t), rows, f->eta.cols);
    mat_fill(counts, 0);
    for (size_t i = 0; i < rows; i++)
        for (size_t n = 0; n < count; n++) {
            int k;
            draw_labels(&k, f->eta, f->noise);
            mat_row(counts, i)[k] += 1;
        }
    return counts;
}

static node *fit_loss(fit *f, node *z, const int *labels)
{
    enum { FEW_LABELS = 20 };
    contrast c = { f->log_eta.at, 1 };
    size_t n = z->value.rows;
    if (!f->how->info_nce) return cross_entropy(f->t, z, labels);
    if (f->how->noise == DRAWN) return info_nce_drawn(f->t, z, labels, drawn_noise(f, 1, n - 1), &c);
    if (f->how->noise == FEW) return info_nce_drawn(f->t, z, labels, drawn_noise(f, n, FEW_LABELS), &c);
    return info_nce(f->t, z, labels, &c);
}

/* An example's point is looked up here, so the data are stored once and not twenty times. */
static void step(fit *f, double rate)
{
    size_t count;
    const size_t *index = batches_next(&f->data, &count);
    arena *a = tape_arena(f->t);
    mat x = arena_mat(a, count, f->d->x.cols);
    int *y = arena_take(a, count, sizeof *y);
    for (size_t i = 0; i < count; i++) {
        memcpy(mat_row(x, i), mat_row(f->d->x, f->d->point[index[i]]), x.cols * sizeof(real));
        y[i] = f->d->label[index[i]];
    }
    node *z = dense(f->t, tape_input(f->t, x), tape_parameter(f->t, &f->w), NULL, LINEAR);
    node *loss = fit_loss(f, z, y);
    run_loss(f->t, loss);
    tape_backward(f->t, loss);
    optimizer_step(f->o, rate);
    tape_reset(f->t);
}

/*
# Held-out examples

Many of them share a point, so its probabilities are computed once.
*/
static mat estimated(mat x, mat w, arena *a)
{
    mat theta = arena_mat(a, w.cols, w.rows), q = arena_mat(a, x.rows, w.cols);
    for (size_t k = 0; k < theta.rows; k++)
        for (size_t j = 0; j < theta.cols; j++) mat_row(theta, k)[j] = mat_row(w, j)[k];
    posterior(q, x, theta);
    return q;
}

static double held_out_nll(fit *f)
{
    mat q = estimated(f->d->x, f->w.value, tape_arena(f->t));
    double sum = 0;
    for (size_t i = f->fitted; i < f->d->n; i++)
        sum -= log(fmax((double)mat_row(q, f->d->point[i])[f->d->label[i]], 1e-37));
    tape_reset(f->t);
    return sum / (double)(f->d->n - f->fitted);
}

/* Returns how many epochs it took. */
static size_t run_fit(run *r, fit *f, size_t done, size_t fits)
{
    size_t kept = 0, patience = f->how->patience ? f->how->patience : set.patience;
    double least = 0, rate = f->how->rate > 0 ? f->how->rate : set.rate;
    while (f->data.epoch < set.epochs) {
        size_t epoch = f->data.epoch;
        while (f->data.epoch == epoch) step(f, rate);
        double now = held_out_nll(f);
        run_tick(r, done * set.epochs + f->data.epoch, fits * set.epochs, f->how->info_nce ? "InfoNCE" : "NLL");
        if (kept == 0 || now < least || f->how->no_stopping) {
            least = now;
            kept = f->data.epoch;
            mat_copy(f->best, f->w.value);
        }
        if (f->data.epoch - kept >= patience) break;
    }
    return f->data.epoch;
}

/*
# How far from the truth
*/
static double divergence_on(mat x, mat theta, mat w, bool backwards, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    mat p = arena_mat(scratch, x.rows, theta.rows), q = estimated(x, w, scratch);
    posterior(p, x, theta);
    double kl = backwards ? divergence(q, p) : divergence(p, q);
    arena_release(scratch, mark);
    return kl;
}

/* Scores that a point adds to all classes alike change no probability: each column is taken less its mean. */
static double modes_distance(mat theta, mat w)
{
    double off = 0, length = 0;
    for (size_t j = 0; j < theta.cols; j++) {
        double true_mean = 0, mean = 0, K = (double)theta.rows;
        for (size_t k = 0; k < theta.rows; k++) {
            true_mean += (double)mat_row(theta, k)[j] / K;
            mean += (double)mat_row(w, j)[k] / K;
        }
        for (size_t k = 0; k < theta.rows; k++) {
            double is = (double)mat_row(theta, k)[j] - true_mean;
            off += pow((double)mat_row(w, j)[k] - mean - is, 2);
            length += is * is;
        }
    }
    return sqrt(off / length);
}

estimate estimate_of(const toy *d, mat w, arena *scratch)
{
    return (estimate){ .kl = divergence_on(d->x, d->theta, w, false, scratch),
                       .fresh = divergence_on(d->fresh, d->theta, w, false, scratch),
                       .centres = divergence_on(d->centres, d->theta, w, false, scratch),
                       .reverse = divergence_on(d->x, d->theta, w, true, scratch),
                       .modes = modes_distance(d->theta, w) };
}

estimate estimate_modes(run *r, const toy *d, const estimator *how, size_t done, size_t fits)
{
    arena *a = arena_new();
    fit f = fit_new(r, d, how, a);
    parameter *all[] = { &f.w };
    const optimizer_rule *rule = how->rule ? how->rule : &adam;
    f.o = optimizer_new(rule, all, 1, rule == &sgd ? (optimizer_settings){ .momentum = how->momentum } : ADAM_DEFAULTS);
    size_t epochs = run_fit(r, &f, done, fits);
    estimate e = estimate_of(d, f.best, a);
    e.epochs = epochs;
    optimizer_free(f.o);
    fit_free(&f);
    arena_free(a);
    return e;
}
