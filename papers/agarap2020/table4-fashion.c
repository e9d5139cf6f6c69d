/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Table IV: clustering Fashion-MNIST

k-means finds round clusters; classes of clothes are not round in the space of pixels.
An autoencoder makes a code of 70 numbers of each picture, and k-means on codes does
hardly better. Agarap and Azcarraga add the soft nearest neighbour loss to the
reconstruction, at every layer, on 10,000 *labelled* pictures: now codes of one class
gather, and k-means finds the classes of pictures that neither has seen.

    table4-fashion --profile desk --seed 1

*Reads* Fashion-MNIST. *Writes* the six measures of every row of the table, and the
losses of every epoch. *Checked by* the claims of Table IV in
`papers/agarap2020/claims.tsv`. *Letters:* d = 784 pixels, c = 70 units of code, b
examples a batch, k = 10 clusters.

[figure]
*/
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "autoencoder.h"         /* gives: autoencoder_apply, autoencoder_encode */
#include "base/error.h"          /* gives: die, REQUIRE */
#include "base/rng.h"            /* gives: rng_new */
#include "data/batches.h"        /* gives: batches_next */
#include "data/dataset.h"        /* gives: dataset_load, examples_subset */
#include "learn/clustering_external.h" /* gives: accuracy, NMI, ARI */
#include "learn/clustering_internal.h" /* gives: silhouette, Calinski-Harabasz, Davies-Bouldin */
#include "learn/kmeans.h"        /* gives: kmeans_fit, kmeans_assign */
#include "learn/pca.h"           /* gives: pca_fit, pca_transform */
#include "learn/snnl.h"          /* gives: snnl */
#include "nn/losses.h"           /* gives: binary_cross_entropy */
#include "nn/optimizer.h"        /* gives: optimizer_step, adam */
#include "run/run.h"             /* gives: run_begin, run_row, run_end */
#include "tape/arithmetic.h"     /* gives: add, scale, smallest */

/*
# Settings

What the paper leaves open: the batch size (256, from the authors' code), the fixed
temperature (1, where annealing starts), the tensors that enter the sum (all eight
activations), the scale of the reconstruction loss (a mean over pixels, as the code
has it), and which codes k-means is fitted on (those of the training examples).
*/
static struct {
    size_t labelled, examples, epochs, batch, code, restarts, iterations;
    double rate, alpha, temperature, eta, gamma;
} set;

static const run_setting settings[] = {
    { "labelled", &set.labelled, NULL, { 600, 5000, 10000, 10000 },
      "labelled examples of the supervised rows", "III.D" },
    { "examples", &set.examples, NULL, { 1000, 10000, 60000, 60000 },
      "training examples of all other rows", "III.D" },
    { "epochs", &set.epochs, NULL, { 2, 10, 50, 50 }, "passes over them", "III.A" },
    { "batch", &set.batch, NULL, { 256, 256, 256, 256 }, "examples a step", "the authors' code" },
    { "code", &set.code, NULL, { 70, 70, 70, 70 }, "units of the code, and of PCA", "III.A" },
    { "restarts", &set.restarts, NULL, { 2, 10, 10, 10 }, "of k-means", "the authors' code" },
    { "iterations", &set.iterations, NULL, { 10, 90, 90, 90 }, "of k-means, at most", "III.B" },
    { "rate", NULL, &set.rate, { 1e-3, 1e-3, 1e-3, 1e-3 }, "learning rate of Adam", "III.A" },
    { "alpha", NULL, &set.alpha, { 100, 100, 100, 100 }, "weight of the neighbour loss", "II.B" },
    { "temperature", NULL, &set.temperature, { 1, 1, 1, 1 }, "where it is fixed", "ours" },
    { "eta", NULL, &set.eta, { 1, 1, 1, 1 }, "of the annealing", "II.B.2" },
    { "gamma", NULL, &set.gamma, { .55, .55, .55, .55 }, "of the annealing", "II.B.2" },
    { 0 }
};

/*
# The rows of the table

Table I of the paper names eight variants by three switches: with labels or without, the
sum over the layers or only the smallest ("arg min"), T fixed or annealed (equation 3).

*Without labels* the paper counts every neighbour as one of the own class. Then the
numerator of the loss is its denominator, $p_i = 1$, and the loss is the constant
$-\log(1 + \varepsilon)$ with a gradient of exactly 0: the network of rows 2, 4, 6
and 8 is the baseline's, to the last bit. We train it once, show that the gradient is 0
(`require_constant_loss`), and let only k-means draw anew for each row.
*/
typedef struct row { const char *name; bool labels, arg_min, annealing; } row;

static const row without_labels[] = {
    { .name = "baseline" },
    { .name = "SNNL-2" },
    { .name = "SNNL-4", .arg_min = true },
    { .name = "SNNL-6", .annealing = true },
    { .name = "SNNL-8", .arg_min = true, .annealing = true },
};
static const row with_labels[] = {
    { .name = "SNNL-1", .labels = true },
    { .name = "SNNL-3", .labels = true, .arg_min = true },
    { .name = "SNNL-5", .labels = true, .annealing = true },
    { .name = "SNNL-7", .labels = true, .arg_min = true, .annealing = true },
};
enum { UNSUPERVISED = sizeof without_labels / sizeof *without_labels,
       SUPERVISED = sizeof with_labels / sizeof *with_labels,
       TRAININGS = 1 + SUPERVISED };         /* the baseline comes first */

/*
# The loss

With the reconstruction r of x, and h running over the eight activations (equation 5),

$$ L = \ell_\text{rec}(x, r) + \alpha \sum_h \ell_\text{sn}(h, y), \qquad
   T = (\eta + \text{epoch})^{-\gamma}. $$

The distance is the cosine distance. "Arg min" puts the smallest $\ell_\text{sn}$ in
the place of the sum, and its gradient reaches that one layer and those below.
*/
static double temperature(const row *v, size_t epoch)
{
    return v->annealing ? pow(set.eta + (double)epoch, -set.gamma) : set.temperature;
}

static node *neighbour_loss(tape *t, const activations *a, const int *y, const row *v,
                            size_t epoch)
{
    node *layer[AE_LAYERS], *sum = NULL;
    real *tau = arena_take(tape_arena(t), 1, sizeof *tau);
    *tau = (real)(1 / temperature(v, epoch));
    for (size_t i = 0; i < AE_LAYERS; i++) {
        layer[i] = snnl(t, a->h[i], y, tape_input(t, mat_view(tau, 1, 1)), COSINE);
        sum = sum ? add(t, sum, layer[i]) : layer[i];
    }
    return v->arg_min ? smallest(t, layer, AE_LAYERS) : sum;
}

/*
# Training

Everything that a checkpoint must hold stands in one place: which training, how many
steps of it, the sums of the losses in this epoch, the weights, Adam's memory and the
order of the data.
*/
typedef struct trainer {
    run *r;
    tape *t;
    autoencoder ae;
    optimizer *adam;
    batches data;
    gsl_rng *order;
    struct { size_t training, step, begun; double reconstruction, neighbours; } at;
} trainer;

static void trainer_init(trainer *m, run *r, size_t d, size_t most, arena *memory)
{
    *m = (trainer){ .r = r, .t = tape_new(), .order = rng_new(run_seed(r), "order") };
    autoencoder_init(&m->ae, d, set.code, memory);
    m->adam = optimizer_new(&adam, m->ae.parameters, 2 * AE_LAYERS, ADAM_DEFAULTS);
    batches_init(&m->data, most, set.batch, KEEP_LAST, m->order, memory);

    checkpoint *c = run_checkpoint(r);
    size_t bytes;
    void *state = optimizer_state(m->adam, &bytes);
    for (size_t i = 0; i < 2 * AE_LAYERS; i++)
        checkpoint_keep_mat(c, m->ae.parameters[i]->name, m->ae.parameters[i]->value);
    checkpoint_keep(c, "adam", state, bytes);
    checkpoint_keep(c, "at", &m->at, sizeof m->at);
    checkpoint_keep(c, "order", m->data.order, most * sizeof *m->data.order);
    checkpoint_keep(c, "position", &m->data.position, sizeof m->data.position);
    checkpoint_keep(c, "epoch", &m->data.epoch, sizeof m->data.epoch);
    checkpoint_keep_rng(c, "order stream", m->order);
}

static void trainer_free(trainer *m)
{
    tape_free(m->t);
    optimizer_free(m->adam);
    gsl_rng_free(m->order);
}

/* Every training of a seed starts from the same weights and the same order. */
static void begin_training(trainer *m)
{
    gsl_rng *init = rng_new(run_seed(m->r), "init"), *order = rng_new(run_seed(m->r), "order");
    autoencoder_start(&m->ae, init);
    gsl_rng_memcpy(m->order, order);
    gsl_rng_free(init);
    gsl_rng_free(order);
    size_t bytes;
    void *state = optimizer_state(m->adam, &bytes);
    memset(state, 0, bytes);
    m->data.position = m->data.epoch = 0;
    m->at.step = 0;
    m->at.begun = 1;
    m->at.reconstruction = m->at.neighbours = 0;
}

static void step(trainer *m, const row *v, examples from)
{
    tape *t = m->t;
    size_t count, epoch = m->data.epoch;
    const size_t *index = batches_next(&m->data, &count);
    mat x = arena_mat(tape_arena(t), count, from.x.cols);
    int *y = arena_take(tape_arena(t), count, sizeof *y);
    batches_gather(x, y, from.x, from.y, index);

    activations a = autoencoder_apply(t, &m->ae, tape_input(t, x));
    node *loss = binary_cross_entropy(t, a.scores, x);
    m->at.reconstruction += node_scalar(loss);
    if (v->labels) {
        node *neighbours = neighbour_loss(t, &a, y, v, epoch);
        m->at.neighbours += node_scalar(neighbours);
        loss = add(t, loss, scale(t, neighbours, set.alpha));
    }
    run_loss(m->r, t, loss);
    tape_backward(t, loss);
    optimizer_step(m->adam, set.rate);
    tape_reset(t);
    m->at.step++;
}

static void record_epoch(trainer *m, const row *v)
{
    double steps = (double)batches_per_epoch(&m->data), epoch = (double)m->data.epoch;
    run_row(m->r, v->name, epoch, "reconstruction", m->at.reconstruction / steps);
    if (v->labels) run_row(m->r, v->name, epoch, "neighbours", m->at.neighbours / steps);
    m->at.reconstruction = m->at.neighbours = 0;
}

static size_t steps_of(size_t n)
{
    return set.epochs * ((n + set.batch - 1) / set.batch);
}

static void train(trainer *m, const row *v, examples from)
{
    size_t all = steps_of(set.examples), labelled = steps_of(set.labelled);
    size_t before = m->at.training == 0 ? 0 : all + (m->at.training - 1) * labelled;
    m->data.n = from.x.rows;
    if (!m->at.begun) begin_training(m);
    while (m->at.step < steps_of(from.x.rows)) {
        step(m, v, from);
        if (m->data.position == 0) record_epoch(m, v);
        run_tick(m->r, before + m->at.step, all + SUPERVISED * labelled, v->name);
    }
}

/*
# Clustering

k-means, started by k-means++, is fitted on the training codes; the test codes then go to
their nearest centre. The paper runs it nine times, with 10, 20, ..., 90 iterations at
most, and reports the ninth. The six measures look at the test set alone: three compare
clusters with classes, three look at how round and how far apart the clusters are.
*/
/* A test set that fell into one cluster has no shape to measure: no row. */
static void record_if_defined(run *r, const char *name, const char *metric, double value)
{
    if (!isnan(value)) run_row(r, name, RUN_NO_X, metric, value);
}

static void cluster(run *r, const char *name, mat train, examples test, mat z, arena *memory)
{
    arena_mark mark = arena_save(memory);
    char stream[64];
    snprintf(stream, sizeof stream, "k-means %s", name);
    gsl_rng *rng = rng_new(run_seed(r), stream);
    const kmeans_settings how = { .restarts = set.restarts, .iterations = set.iterations,
                                  .tolerance = kmeans_defaults.tolerance };
    int *found = arena_take(memory, z.rows, sizeof *found);
    kmeans k = kmeans_fit(train, 10, &how, rng, memory);
    kmeans_assign(found, z, k.centres, memory);

    run_row(r, name, RUN_NO_X, "ACC", clustering_accuracy(found, test.y, z.rows, memory));
    run_row(r, name, RUN_NO_X, "NMI", clustering_nmi(found, test.y, z.rows, memory));
    run_row(r, name, RUN_NO_X, "ARI", clustering_ari(found, test.y, z.rows, memory));
    record_if_defined(r, name, "SIL", clustering_silhouette(z, found, memory));
    record_if_defined(r, name, "CHS", clustering_calinski_harabasz(z, found, memory));
    record_if_defined(r, name, "DBI", clustering_davies_bouldin(z, found, memory));
    gsl_rng_free(rng);
    arena_release(memory, mark);
}

static void cluster_codes(trainer *m, const row *v, size_t rows, examples from, examples test,
                          arena *memory)
{
    arena_mark mark = arena_save(memory);
    mat train_z = arena_mat(memory, from.x.rows, set.code);
    mat test_z = arena_mat(memory, test.x.rows, set.code);
    autoencoder_encode(train_z, from.x, &m->ae, m->t);
    autoencoder_encode(test_z, test.x, &m->ae, m->t);
    for (size_t i = 0; i < rows; i++)
        cluster(m->r, v[i].name, train_z, test, test_z, memory);
    arena_release(memory, mark);
}

/* "Original": no network, but the first 70 principal components of the pixels. */
static void cluster_pixels(run *r, examples from, examples test, arena *memory)
{
    arena_mark mark = arena_save(memory);
    pca p = pca_fit(from.x, set.code, memory);
    mat train_z = arena_mat(memory, from.x.rows, set.code);
    mat test_z = arena_mat(memory, test.x.rows, set.code);
    pca_transform(train_z, from.x, &p, memory);
    pca_transform(test_z, test.x, &p, memory);
    cluster(r, "Original", train_z, test, test_z, memory);
    arena_release(memory, mark);
}

/*
# A claim that can be checked

On the first batch, with everyone in one class, the neighbour loss must leave no
gradient on any weight.
*/
static void require_constant_loss(trainer *m, examples from)
{
    size_t count = from.x.rows < set.batch ? from.x.rows : set.batch;
    int *one = arena_take(tape_arena(m->t), count, sizeof *one);
    memset(one, 0, count * sizeof *one);
    gsl_rng *init = rng_new(run_seed(m->r), "init");
    autoencoder_start(&m->ae, init);
    gsl_rng_free(init);
    activations a = autoencoder_apply(m->t, &m->ae, tape_input(m->t, mat_rows(from.x, 0, count)));
    tape_backward(m->t, neighbour_loss(m->t, &a, one, &without_labels[1], 0));
    for (size_t i = 0; i < 2 * AE_LAYERS; i++) {
        mat g = m->ae.parameters[i]->grad;
        for (size_t e = 0; e < mat_size(g); e++)
            REQUIRE(g.at[e] == 0, "without labels, \"%s\" has a gradient of %g",
                    m->ae.parameters[i]->name, (double)g.at[e]);
    }
    tape_reset(m->t);
}

/*
# The table

The seed's rows are written when the last training is done. The verdicts below join all
seeds with the published numbers.

[verdicts]
*/
static dataset load(run *r, arena *memory)
{
    const char *const files[] = { "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz",
                                  "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz" };
    dataset fashion;
    int status = dataset_load(&fashion, "fashion-mnist", memory);
    if (status == DATA_MISSING) run_missing(r, error_text());
    if (status != 0) die(STATUS_FAILED, "%s", error_text());
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[1024];
        if (dataset_file(path, sizeof path, "fashion-mnist", files[i]) == 0) run_input(r, path);
    }
    return fashion;
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){ "agarap2020", "table4-fashion",
        "Table IV: clusters Fashion-MNIST by k-means on the codes of ten models.", settings });
    arena *memory = arena_new();
    dataset fashion = load(r, memory);
    gsl_rng *pick = rng_new(run_seed(r), "labelled");
    examples all = examples_subset(fashion.train, set.examples, pick, memory);
    examples labelled = examples_subset(fashion.train, set.labelled, pick, memory);
    gsl_rng_free(pick);

    trainer m;
    size_t most = set.examples > set.labelled ? set.examples : set.labelled;
    trainer_init(&m, r, fashion.train.x.cols, most, memory);
    if (!run_resume(r)) {
        cluster_pixels(r, all, fashion.test, memory);
        require_constant_loss(&m, labelled);
    }
    for (; m.at.training < TRAININGS; m.at.training++, m.at.begun = 0) {
        bool baseline = m.at.training == 0;
        const row *v = baseline ? without_labels : &with_labels[m.at.training - 1];
        examples from = baseline ? all : labelled;
        train(&m, v, from);
        cluster_codes(&m, v, baseline ? UNSUPERVISED : 1, from, fashion.test, memory);
    }
    trainer_free(&m);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
