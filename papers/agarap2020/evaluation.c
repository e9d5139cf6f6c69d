/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "base/rng.h"
#include "evaluation.h"
#include "learn/clustering_external.h"
#include "learn/clustering_internal.h"
#include "learn/pca.h"

/* A test set that fell into one cluster has no shape to measure: no row. */
static void record_if_defined(run *r, const char *series, double x, const char *metric,
                              double value)
{
    if (!isnan(value)) run_row(r, series, x, metric, value);
}

void evaluate_clusters(run *r, const char *series, double x, mat z, const int *found,
                       const int *y, arena *scratch)
{
    if (y) {
        run_row(r, series, x, "ACC", clustering_accuracy(found, y, z.rows, scratch));
        run_row(r, series, x, "NMI", clustering_nmi(found, y, z.rows, scratch));
        run_row(r, series, x, "ARI", clustering_ari(found, y, z.rows, scratch));
    }
    record_if_defined(r, series, x, "SIL", clustering_silhouette(z, found, scratch));
    record_if_defined(r, series, x, "CHS", clustering_calinski_harabasz(z, found, scratch));
    record_if_defined(r, series, x, "DBI", clustering_davies_bouldin(z, found, scratch));
}

kmeans evaluation_kmeans(run *r, const char *series, mat fit, size_t k, arena *memory)
{
    char stream[128];
    snprintf(stream, sizeof stream, "k-means %s", series);
    gsl_rng *rng = rng_new(run_seed(r), stream);
    const kmeans_settings how = { .restarts = the_protocol.restarts,
                                  .iterations = the_protocol.iterations,
                                  .tolerance = kmeans_defaults.tolerance };
    kmeans found = kmeans_fit(fit, k, &how, rng, memory);
    gsl_rng_free(rng);
    return found;
}

/* `fit` (n x c) is what k-means is fitted on, `z` the codes of `test`. */
static void evaluate(run *r, const char *series, double x, mat fit, mat z, examples test,
                     size_t classes, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    kmeans k = evaluation_kmeans(r, series, fit, classes, scratch);
    int *found = arena_take(scratch, z.rows, sizeof *found);
    kmeans_assign(found, z, k.centres, scratch);
    evaluate_clusters(r, series, x, z, found, test.y, scratch);
    arena_release(scratch, mark);
}

void evaluate_codes(trainer *m, const char *series, double x, examples from, examples test,
                    size_t classes, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    mat fit = arena_mat(scratch, from.x.rows, the_protocol.code);
    mat z = arena_mat(scratch, test.x.rows, the_protocol.code);
    autoencoder_encode(fit, from.x, &m->ae, m->t);
    autoencoder_encode(z, test.x, &m->ae, m->t);
    evaluate(m->r, series, x, fit, z, test, classes, scratch);
    arena_release(scratch, mark);
}

void evaluate_pixels(run *r, examples from, examples test, size_t classes, arena *scratch)
{
    arena_mark mark = arena_save(scratch);
    pca p = pca_fit(from.x, the_protocol.code, scratch);
    mat fit = arena_mat(scratch, from.x.rows, the_protocol.code);
    mat z = arena_mat(scratch, test.x.rows, the_protocol.code);
    pca_transform(fit, from.x, &p, scratch);
    pca_transform(z, test.x, &p, scratch);
    evaluate(r, "Original", RUN_NO_X, fit, z, test, classes, scratch);
    arena_release(scratch, mark);
}
