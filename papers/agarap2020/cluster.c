/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Clusters of one's own vectors

The paper's method for data that you bring: k-means, on your vectors as they are or on
the codes of an autoencoder, and the six measures of the paper's tables.

    cluster --vectors z.npy --clusters 12 --output groups.tsv
    cluster --vectors z.csv --labels y.csv --model autoencoder --output groups.tsv
    cluster --vectors z.npy --labels y.npy --model SNNL-5 --labelled 500 --output groups.tsv

| `--model` | clusters | learns from |
|-----------|----------|-------------|
| `as-is` | the vectors | nothing |
| `autoencoder` | codes of the baseline autoencoder | all vectors, no labels |
| `SNNL-5` | codes of a disentangled autoencoder | `--labelled` vectors and their labels |

Vectors whose labels a model has seen prove nothing, so SNNL-5 is judged by the others. With the same `--labelled` and
`--seed` the two other models, which see no labels, are judged by these same others, and what they reach may be compared:

    cluster --vectors z.npy --labels y.npy --model as-is --labelled 500 --output as-is.tsv

*Reads* vectors, one a row, and labels, from `.npy`, `.csv` or `.tsv` files
(`data/vectors.h`). *Writes* the measures into `groups.tsv`, the clusters into
`groups.clusters.csv`, a line a vector, with whether it is `judged` by, and the codes, if there
are any, into `groups.codes.npy`. Accuracy, NMI and ARI need labels; silhouette,
Calinski-Harabasz score and Davies-Bouldin index look at the codes alone. *Checked by*
`tests/cluster.bats`.
*/
#include <stdio.h>
#include <string.h>

#include "base/error.h"          /* gives: die */
#include "base/rng.h"            /* gives: rng_new */
#include "data/npy.h"            /* gives: npy_write */
#include "evaluation.h"          /* gives: evaluate_clusters */
#include "run/own.h"             /* gives: own_read */

static const char *vectors, *labels_file, *model = "as-is";
static size_t clusters, labelled;

static const run_word words[] = {
    { "vectors", &vectors, "FILE", "the vectors, one a row: .npy, .csv or .tsv", NEEDED },
    { "labels", &labels_file, "FILE", "labels of the vectors: words, or whole numbers from 0", OPTIONAL },
    { "model", &model, "NAME", "as-is (default), autoencoder or SNNL-5", OPTIONAL },
    { 0 }
};
static const run_setting settings[] = {
    { "clusters", &clusters, NULL, { 0 },
      "how many clusters; without it, as many as there are classes", "III.C" },
    { "labelled", &labelled, NULL, { 0 },
      "how many vectors SNNL-5 may see the labels of, and no model is judged by; without it, a sixth for SNNL-5, "
      "and none for the others", "III.D" },
    { 0 }
};

/*
# What was given
*/
static const char *const beside[] = { ".clusters.csv", ".codes.npy", NULL };

typedef struct input {
    mat x;                         /* n x d */
    labels of;                     /* of.y is NULL without labels */
    const variant *model;          /* NULL: as is */
    size_t k, labelled;            /* clusters; how many vectors are not judged by */
} input;

static bool sees_labels(const input *in)
{
    return in->model && in->model->labels;
}

static const variant plain = { .name = "autoencoder" };

static const variant *model_named(const char *name)
{
    if (strcmp(name, "as-is") == 0) return NULL;
    if (strcmp(name, "autoencoder") == 0) return &plain;
    if (strcmp(name, "SNNL-5") == 0) return variant_named("SNNL-5");
    die(STATUS_USAGE, "--model %s: expected as-is, autoencoder or SNNL-5", name);
}

static size_t labelled_of(const input *in)
{
    if (!sees_labels(in) && labelled == 0) return 0;
    if (sees_labels(in) && !in->of.y) die(STATUS_USAGE, "--model %s learns from labels: name them with --labels", model);
    size_t n = labelled > 0 ? labelled : in->x.rows / 6;
    if (labelled == 0 && n < 2)
        die(STATUS_FAILED, "%s: %zu vector%s, of which SNNL-5 would see the labels of a sixth: expected "
            "12 or more, or --labelled", vectors, in->x.rows, in->x.rows == 1 ? "" : "s");
    if (n < 2 || n >= in->x.rows)
        die(STATUS_FAILED, "%s: --labelled %zu of %zu vector%s: expected at least 2, and some left to "
            "judge by", vectors, n, in->x.rows, in->x.rows == 1 ? "" : "s");
    if (sees_labels(in) && in->k > n)
        die(STATUS_FAILED, "%s: %zu clusters of %zu labelled vectors: expected no more than there are; "
            "raise --labelled", vectors, in->k, n);
    return n;
}

static input input_read(run *r, arena *memory)
{
    input in = { .model = model_named(model) };
    char path[4096];
    run_beside(r, path, sizeof path, beside[0]);         /* before the work, not after */
    own given = own_read(r, vectors, labels_file, beside, 1e18, memory);
    in.x = given.x;
    in.of = given.of;
    in.k = clusters > 0 ? clusters : in.of.classes;
    if (in.k == 0) die(STATUS_USAGE, "how many clusters? Say --clusters, or name --labels");
    if (in.k > in.x.rows)
        die(STATUS_FAILED, "%s: %zu clusters of %zu vector%s: expected no more than there are vectors",
            vectors, in.k, in.x.rows, in.x.rows == 1 ? "" : "s");
    in.labelled = labelled_of(&in);
    return in;
}

/*
# Between 0 and 1

The reconstruction is a logistic function, so what it reconstructs has to lie between 0
and 1. Each feature is moved and scaled to just fill that range; one that never changes
becomes 0. Pixels from 0 to 255 become what they are in the paper, but for those that
miss 0 or 255.
*/
static void scale_features(mat x)
{
    for (size_t j = 0; j < x.cols; j++) {
        real low = x.at[j], high = x.at[j];
        for (size_t i = 1; i < x.rows; i++) {
            real v = mat_row(x, i)[j];
            if (v < low) low = v;
            if (v > high) high = v;
        }
        real range = high > low ? high - low : 1;
        for (size_t i = 0; i < x.rows; i++) mat_row(x, i)[j] = (mat_row(x, i)[j] - low) / range;
    }
}

/*
# Codes

Of all vectors; what the model learns from, and k-means is fitted on, is all of them, or
those whose labels it may see. Which these are is the seed's to choose, whatever the model.
*/
static size_t *choose_labelled(run *r, const input *in, arena *memory)
{
    size_t *index = arena_take(memory, in->labelled, sizeof *index);
    gsl_rng *pick = rng_new(run_seed(r), "labelled");
    batches_choose(index, in->labelled, in->x.rows, pick);
    gsl_rng_free(pick);
    return index;
}

static mat codes_of(run *r, const input *in, const size_t *index, mat *fit, arena *memory)
{
    *fit = in->x;
    if (!in->model) return in->x;
    scale_features(in->x);
    examples from = { in->x, in->of.y };
    if (!sees_labels(in)) index = NULL;
    if (index) from = examples_gather(from, index, in->labelled, memory);

    trainer m;
    trainer_init(&m, r, in->x.cols, from.x.rows, memory);
    m.steps = training_steps(in->model, from.x.rows);
    run_resume(r);
    train(&m, in->model, from);
    mat z = arena_mat(memory, in->x.rows, the_protocol.code);
    autoencoder_encode(z, in->x, &m.ae, m.t);
    trainer_free(&m);
    *fit = index ? examples_gather((examples){ z, NULL }, index, in->labelled, memory).x : z;
    return z;
}

/* How many clusters are not empty: fewer than k where vectors are alike. */
static size_t inhabited(const int *found, size_t n, size_t k, arena *memory)
{
    bool *seen = memset(arena_take(memory, k, sizeof *seen), 0, k * sizeof *seen);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        count += !seen[found[i]];
        seen[found[i]] = true;
    }
    return count;
}

/*
# Judged by the others
*/
static bool *others(const input *in, const size_t *index, arena *memory)
{
    bool *judged = arena_take(memory, in->x.rows, sizeof *judged);
    for (size_t i = 0; i < in->x.rows; i++) judged[i] = true;
    for (size_t i = 0; i < in->labelled; i++) judged[index[i]] = false;
    return judged;
}

static void judge(run *r, const input *in, mat z, const int *found, const bool *by, arena *memory)
{
    size_t n = 0, *index = arena_take(memory, z.rows, sizeof *index);
    for (size_t i = 0; i < z.rows; i++)
        if (by[i]) index[n++] = i;
    mat judged = examples_gather((examples){ z, NULL }, index, n, memory).x;
    int *cluster = arena_take(memory, n, sizeof *cluster), *y = arena_take(memory, n, sizeof *y);
    for (size_t i = 0; i < n; i++) cluster[i] = found[index[i]];
    for (size_t i = 0; in->of.y && i < n; i++) y[i] = in->of.y[index[i]];
    run_row(r, model, RUN_NO_X, "clusters", (double)in->k);
    run_row(r, model, RUN_NO_X, "inhabited", (double)inhabited(found, z.rows, in->k, memory));
    run_row(r, model, RUN_NO_X, "judged", (double)n);
    evaluate_clusters(r, model, RUN_NO_X, judged, cluster, in->of.y ? y : NULL, memory);
    run_tell(r, model);
    if (sees_labels(in))
        run_note(r, "judged by the %zu vectors whose labels it has not seen: compare with other models at --labelled %zu --seed %lu",
                 n, in->labelled, run_seed(r));
    size_t there = inhabited(cluster, n, in->k, memory);
    if (there == 1 || there == n)
        run_note(r, "%s: SIL, CHS and DBI are not defined, and left out",
                 there == 1 ? "all vectors in one cluster" : "each vector in a cluster of its own");
}

static void write_clusters(run *r, const input *in, const int *found, const bool *by)
{
    atomic_file f;
    own_open(&f, r, ".clusters.csv");
    fputs("cluster,judged\n", f.stream);
    for (size_t i = 0; i < in->x.rows; i++) fprintf(f.stream, "%d,%d\n", found[i], by[i]);
    own_close(&f, r);
}

static void write_codes(run *r, mat z)
{
    char path[4096];
    run_beside(r, path, sizeof path, ".codes.npy");
    if (npy_write(path, z) != 0) die(STATUS_FAILED, "%s", error_text());
    run_wrote(r, path);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "agarap2020", .experiment = "cluster",
        .purpose = "Clusters your own vectors as the paper does, and measures the clusters.",
        .settings = { settings, protocol_settings }, .words = words, .profile = "paper",
        .own_data = true });
    arena *memory = arena_new();
    input in = input_read(r, memory);
    size_t *index = choose_labelled(r, &in, memory);
    mat fit, z = codes_of(r, &in, index, &fit, memory);
    kmeans k = evaluation_kmeans(r, model, fit, in.k, memory);
    int *found = arena_take(memory, z.rows, sizeof *found);
    kmeans_assign(found, z, k.centres, memory);
    bool *judged = others(&in, index, memory);
    judge(r, &in, z, found, judged, memory);
    write_clusters(r, &in, found, judged);
    if (in.model) write_codes(r, z);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
