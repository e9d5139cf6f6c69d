/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# A head for one's own features

The paper's losses for data that you bring: a classifier on vectors that another network has made of your images, sentences or cells,
trained with any of the five losses (`losses.h`), and how well it knows what it knows.

    head --vectors z.npy --labels y.csv --output mine.tsv
    head --vectors z.npy --targets p.npy --loss soft-cross-entropy --hidden 256 --output mine.tsv
    sh common/run/figure.sh mine.tsv

| `--loss` | learns from |
|----------|-------------|
| `nll`, `infonce` | labels; where targets are given, the likeliest class |
| `soft-cross-entropy`, `soft-target` | targets; where labels are given, smoothed ones |
| `soft-distribution` | labels drawn from them |

The head is linear, or with `--hidden` the paper's of three layers (`classifier.h`). Each feature is taken less its mean
and over its standard deviation; a part of the vectors is held out, and tested on. The paper's last layer ends in a
normalisation without a scale, which bounds its scores: of few classes none can be called with certainty, and the error of
calibration shows it.

*Reads* vectors, one a row, and labels (`data/vectors.h`), or targets, a row of probabilities for each vector. *Writes* accuracy, expected
calibration error and the bins of the reliability diagram (`reliability.h`), of the part that was held out; `figure.sh` draws it; and
RESULT.held-out.csv, what the head takes each of these vectors for (counted from 0), and how sure it is. Where
targets are given, all of these numbers are of labels drawn from them, and `divergence` is how far the head's probabilities are, in nats.
*Checked by* `tests/head.bats`.
*/
#include <math.h>
#include <string.h>

#include "base/error.h"          /* gives: die */
#include "learn/calibration.h"   /* gives: top_accuracy */
#include "reliability.h"         /* gives: reliability_rows */
#include "run/load.h"            /* gives: run_order */
#include "run/own.h"             /* gives: own_read */
#include "training.h"            /* gives: train */

static const char *vectors, *labels_file, *targets_file, *loss = "soft-target";
static struct { size_t hidden, batch, epochs, warmup; double rate, decay, smoothing, held_out; } set;

static const run_word words[] = {
    { "vectors", &vectors, "FILE", "the vectors, one a row: .npy, .csv or .tsv", NEEDED },
    { "labels", &labels_file, "FILE", "labels of the vectors: words, or whole numbers from 0", OPTIONAL },
    { "targets", &targets_file, "FILE", "instead of labels: the probabilities of the classes, a row a vector", OPTIONAL },
    { "loss", &loss, "NAME", "nll, soft-cross-entropy, infonce, soft-distribution or soft-target (default)", OPTIONAL },
    { 0 }
};
static const run_setting settings[] = {
    { "hidden", &set.hidden, NULL, { 0 }, "units of two hidden layers; without it, the head is linear", "A.4" },
    { "batch", &set.batch, NULL, { 0 }, "vectors a batch; without it, an eighth of those that are trained on, 16 to 256",
      "ours" },
    { "epochs", &set.epochs, NULL, { 100, 100, 100, 100 }, "passes over the vectors", "Table 3" },
    { "warmup", &set.warmup, NULL, { 5, 5, 5, 5 }, "epochs in which the rate rises", "Table 3" },
    { "rate", NULL, &set.rate, { .005, .005, .005, .005 }, "learning rate", "ours" },
    { "decay", NULL, &set.decay, { .05, .05, .05, .05 }, "weight decay", "Table 3" },
    { "smoothing", NULL, &set.smoothing, { .1, .1, .1, .1 }, "epsilon of label smoothing", "Table 3" },
    { "held-out", NULL, &set.held_out, { .2, .2, .2, .2 }, "share of the vectors that is tested on", "ours" },
    { 0 }
};

static loss_kind loss_named(const char *word)
{
    for (size_t kind = 0; kind < LOSSES; kind++)
        if (strcmp(word, loss_word[kind]) == 0) return (loss_kind)kind;
    die(STATUS_USAGE, "--loss %s: expected nll, soft-cross-entropy, infonce, soft-distribution or soft-target", word);
}

static void require_possible(void)
{
    enum { MOST_HIDDEN = 65536 };
    if (set.hidden > MOST_HIDDEN) die(STATUS_USAGE, "--hidden %zu: expected no more than %d", set.hidden, MOST_HIDDEN);
    if (set.smoothing > 1) die(STATUS_USAGE, "--smoothing %g: expected 0 to 1", set.smoothing);
}

/*
# What was given
*/
static const char *const beside[] = { ".held-out.csv", ".svg", ".png", NULL };

typedef struct given {
    mat x, targets;                /* targets.at is NULL with labels */
    int *y;
    size_t classes;
    const char **name;             /* a class each; NULL with targets */
} given;

/* A little is left to rounding by whoever wrote them. */
static void require_probabilities(mat p)
{
    for (size_t i = 0; i < p.rows; i++) {
        double sum = 0;
        for (size_t k = 0; k < p.cols; k++) {
            double v = (double)mat_row(p, i)[k];
            if (v < 0) die(STATUS_FAILED, "%s: %g in row %zu, column %zu (counted from 0), expected probabilities", targets_file, v, i, k);
            sum += v;
        }
        if (!(fabs(sum - 1) < 1e-3)) die(STATUS_FAILED, "%s: row %zu (counted from 0) sums to %g, expected 1", targets_file, i, sum);
    }
}

static void read_targets(run *r, given *g, arena *memory)
{
    run_refuse_overwrite(r, targets_file, beside);
    if (vectors_read(&g->targets, targets_file, memory) != 0) die(STATUS_FAILED, "%s", error_text());
    run_input(r, targets_file);
    if (g->targets.rows != g->x.rows)
        die(STATUS_FAILED, "%s: %zu rows, expected one for each of %zu vectors", targets_file, g->targets.rows, g->x.rows);
    require_probabilities(g->targets);
    g->classes = g->targets.cols;
    g->y = arena_take(memory, g->x.rows, sizeof *g->y);
    for (size_t i = 0; i < g->x.rows; i++) g->y[i] = (int)argmax(mat_row(g->targets, i), g->classes);
}

static given read_given(run *r, arena *memory)
{
    if (!labels_file == !targets_file) die(STATUS_USAGE, "expected one of --labels and --targets");
    own in = own_read(r, vectors, labels_file, beside, 1e9, memory);
    given g = { .x = in.x, .y = in.of.y, .classes = in.of.classes, .name = in.of.name };
    if (targets_file) read_targets(r, &g, memory);
    if (g.classes < 2) die(STATUS_FAILED, "%s: one class, expected two or more", labels_file ? labels_file : targets_file);
    return g;
}

/*
# Two parts

Drawn without regard to classes. Mean and deviation are those of the part that is trained on.
*/
typedef struct parts {
    examples train, test;
    mat targets, test_targets;     /* .at is NULL with labels */
    const size_t *tested;          /* which vectors those of `test` are */
} parts;

static parts divide(run *r, const given *g, arena *memory)
{
    size_t n = g->x.rows, held = (size_t)ceil(set.held_out * (double)n);
    if (!(set.held_out > 0) || n - held < 2 || held >= n)
        die(STATUS_USAGE, "--held-out %g of %zu vectors: expected at least one, and two that are left", set.held_out, n);
    const size_t *order = run_order(r, "held out", n, memory);
    examples all = { g->x, g->y };
    parts p = { .test = examples_gather(all, order, held, memory), .train = examples_gather(all, order + held, n - held, memory), .tested = order };
    if (!g->targets.at) return p;
    p.targets = arena_mat(memory, n - held, g->classes);
    mat_gather(p.targets, g->targets, order + held);
    p.test_targets = arena_mat(memory, held, g->classes);
    mat_gather(p.test_targets, g->targets, order);
    return p;
}

/* A feature that is the same everywhere becomes 0. */
static void standardise(const parts *p)
{
    mat x = p->train.x, part[] = { p->train.x, p->test.x };
    for (size_t j = 0; j < x.cols; j++) {
        double mean = 0, variance = 0;
        for (size_t i = 0; i < x.rows; i++) mean += (double)mat_row(x, i)[j] / (double)x.rows;
        for (size_t i = 0; i < x.rows; i++) variance += pow((double)mat_row(x, i)[j] - mean, 2) / (double)x.rows;
        double over = variance > 0 ? 1 / sqrt(variance) : 0;
        for (size_t k = 0; k < 2; k++)
            for (size_t i = 0; i < part[k].rows; i++) {
                real *v = &mat_row(part[k], i)[j];
                *v = (real)(((double)*v - mean) * over);
            }
    }
}

/* Small sets need small batches, or an epoch is a step or two. */
static size_t batch_of(size_t n)
{
    if (set.batch > 0) return set.batch;
    size_t eighth = n / 8 < 16 ? 16 : n / 8 > 256 ? 256 : n / 8;
    return eighth < n ? eighth : n;
}

/*
# What is written

Targets are what is to be known: the accuracy is that of labels drawn from them, and the Kullback-Leibler divergence says how far the
head's own probabilities are from them.
*/
static double divergence_of(mat scores, mat targets)
{
    double sum = 0;
    for (size_t i = 0; i < scores.rows; i++) {
        const real *z = mat_row(scores, i), *alpha = mat_row(targets, i);
        double probability;
        size_t likeliest = likeliest_class(z, scores.cols, &probability);
        double log_sum = (double)z[likeliest] - log(probability);
        for (size_t k = 0; k < scores.cols; k++)
            if (alpha[k] > 0) sum += (double)alpha[k] * (log((double)alpha[k]) - (double)z[k] + log_sum);
    }
    return sum / (double)scores.rows;
}

/* What the head says of each vector that was held out; with targets, classes are columns. */
static void write_predictions(run *r, const given *g, const parts *p, mat scores)
{
    atomic_file f;
    own_open(&f, r, ".held-out.csv");
    fputs("vector,prediction,probability\n", f.stream);
    for (size_t i = 0; i < scores.rows; i++) {
        double probability;
        size_t k = likeliest_class(mat_row(scores, i), scores.cols, &probability);
        fprintf(f.stream, "%zu,", p->tested[i]);
        if (g->name) own_name(f.stream, g->name[k]);
        else fprintf(f.stream, "%zu", k);
        fprintf(f.stream, ",%.6g\n", probability);
    }
    own_close(&f, r);
}

static void record(run *r, trainer *m, loss_kind kind, const given *g, const parts *p, arena *memory)
{
    size_t classes = m->net.shape.classes;
    mat scores = arena_mat(memory, p->test.x.rows, classes);
    classifier_scores(&m->net, m->t, scores, p->test.x);
    run_row(r, "data", RUN_NO_X, "features", (double)p->train.x.cols);
    run_row(r, "data", RUN_NO_X, "classes", (double)classes);
    run_row(r, "data", RUN_NO_X, "trained", (double)p->train.x.rows);
    run_row(r, "data", RUN_NO_X, "held_out", (double)p->test.x.rows);
    bool soft = p->test_targets.at != NULL;
    calibration c = soft ? calibration_of_targets(scores, p->test_targets) : calibration_of(scores, p->test.y);
    run_row(r, loss_name[kind], RUN_NO_X, "accuracy",
            soft ? expected_accuracy(scores, p->test_targets) : top_accuracy(scores, p->test.y, 1));
    if (soft) run_row(r, loss_name[kind], RUN_NO_X, "divergence", divergence_of(scores, p->test_targets));
    reliability_rows(r, loss_name[kind], &c);
    write_predictions(r, g, p, scores);
    run_tell(r, loss_name[kind]);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "hugger2024", .experiment = "head",
        .purpose = "Trains a classifier on your own features with one of the paper's losses, and measures its calibration.",
        .settings = { settings }, .words = words, .profile = "paper", .own_data = true });
    arena *memory = arena_new();
    loss_kind kind = loss_named(loss);
    require_possible();
    given g = read_given(r, memory);
    parts p = divide(r, &g, memory);
    standardise(&p);
    recipe how = { .batch = batch_of(p.train.x.rows), .epochs = set.epochs, .warmup = set.warmup, .rate = set.rate, .last_rate = 1e-3 * set.rate,
                   .decay = set.decay, .layer_decay = 1, .smoothing = set.smoothing };
    classifier_shape shape = { .in = { 1, 1, g.x.cols }, .classes = g.classes, .hidden = set.hidden };
    trainer m;
    trainer_init(&m, r, &shape, &how, 1, p.train, memory);
    m.targets = p.targets;
    run_resume(r);
    train(&m, kind, p.train);
    record(r, &m, kind, &g, &p, memory);
    trainer_free(&m);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
