/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Graphs

Sparse operations against dense ones, in double and with nothing collected; folds; and a graph that is written and read. Their
gradients are among those of `tests/gradients.c`.

    graphs [CASE]              all cases, or one
    graphs write DIRECTORY     writes cora.npz and citeseer.npz, small graphs drawn by rule
    graphs read NAME           loads a graph, says what it is
    graphs refuse WHAT         a node or a class that is not there
*/
#include <math.h>
#include <stdio.h>
#include <zip.h>

#include "data/dataset.h"
#include "data/folds.h"
#include "data/graph.h"
#include "nn/sparse.h"
#include "tapes.h"

enum { NODES = 300, CHANNELS = 37, EDGES = 900 };

/* Node 0 has all the others for neighbours, the last one has none. */
static csr drawn_graph(gsl_rng *rng)
{
    csr_pair *edge = arena_take(memory, EDGES, sizeof *edge);
    for (size_t e = 0; e < EDGES; e++) {
        edge[e].a = e < NODES - 2 ? 0 : 1 + gsl_rng_uniform_int(rng, NODES - 3);
        edge[e].b = e < NODES - 2 ? e + 1 : edge[e].a + 1;
    }
    return csr_of_pairs(NODES, edge, EDGES, memory);
}

static void close_to(mat found, const double *wanted, double how, const char *what)
{
    double most = 0;
    for (size_t i = 0; i < mat_size(found); i++) most = larger(most, fabs((double)found.at[i] - wanted[i]));
    gsl_test(!(most < how) || !mat_is_finite(found), "%s: off by %.1e", what, most);
}

/* The same matrix with its zeros. */
static mat dense_of(csr m)
{
    mat d = arena_mat(memory, m.rows, m.cols);
    mat_fill(d, 0);
    for (size_t i = 0; i < m.rows; i++)
        for (size_t e = m.start[i]; e < m.start[i + 1]; e++) mat_row(d, i)[m.index[e]] += m.value ? m.value[e] : 1;
    return d;
}

/* An entry for each direction, as often as the edge is listed. */
static void test_pairs(void)
{
    static const csr_pair edge[] = { { 2, 0 }, { 0, 1 }, { 2, 0 } };
    static const double wanted[] = { 0, 1, 2, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0 };
    csr m = csr_of_pairs(4, edge, 3, memory);
    gsl_test(csr_entries(m) != 6, "%zu entries", csr_entries(m));
    close_to(dense_of(m), wanted, 1e-12, "pairs");
    gsl_test(m.index[0] != 2 || m.index[1] != 1 || m.index[2] != 2, "neighbours in the order of the list");
}

static void test_sparse_dense(void)
{
    enum { WORDS = 50 };
    gsl_rng *rng = rng_new(1, "sparse");
    size_t start[NODES + 1] = { 0 }, index[NODES * 3];
    real value[NODES * 3];
    for (size_t i = 0; i < NODES; i++) {
        start[i + 1] = start[i] + i % 4;
        for (size_t e = start[i]; e < start[i + 1]; e++) index[e] = gsl_rng_uniform_int(rng, WORDS);
    }
    for (size_t e = 0; e < start[NODES]; e++) value[e] = (real)gsl_rng_uniform(rng);
    csr s = { NODES, WORDS, start, index, value };
    mat w = noise(rng, WORDS, CHANNELS), d = dense_of(s);
    double *wanted = arena_take(memory, (size_t)NODES * CHANNELS, sizeof *wanted);
    for (size_t i = 0; i < NODES; i++)
        for (size_t c = 0; c < CHANNELS; c++) {
            double sum = 0;
            for (size_t k = 0; k < WORDS; k++) sum += (double)mat_row(d, i)[k] * (double)mat_row(w, k)[c];
            wanted[i * CHANNELS + c] = sum;
        }
    close_to(sparse_dense(t, s, tape_input(t, w))->value, wanted, tolerance(1e-5, 1e-13), "sparse times dense");
    gsl_rng_free(rng);
}

static void test_aggregate(void)
{
    gsl_rng *rng = rng_new(2, "aggregate");
    csr who = drawn_graph(rng);
    mat m = noise(rng, NODES, CHANNELS), d = dense_of(who), tau = arena_mat(memory, 1, 1);
    double *wanted = arena_take(memory, (size_t)NODES * CHANNELS, sizeof *wanted);
    tau.at[0] = (real)1.7;
    for (size_t i = 0; i < NODES; i++)
        for (size_t c = 0; c < CHANNELS; c++) {
            double above = 0, below = 0;
            for (size_t j = 0; j < NODES; j++) {
                double of = (double)mat_row(m, j)[c], weight = (double)mat_row(d, i)[j] * exp(1.7 * of);
                above += weight * of;
                below += weight;
            }
            wanted[i * CHANNELS + c] = below > 0 ? above / below : 0;
        }
    close_to(softmax_aggregate(t, tape_input(t, m), tape_input(t, tau), who)->value, wanted, tolerance(1e-5, 1e-13),
             "softmax aggregation");
    for (size_t i = 0; i < mat_size(m); i++) m.at[i] *= 1000;
    gsl_test(!mat_is_finite(softmax_aggregate(t, tape_input(t, m), tape_input(t, tau), who)->value),
             "large messages do not overflow");
    gsl_rng_free(rng);
}

static void test_folds(void)
{
    enum { N = 103, K = 4, FOLDS = 5 };
    gsl_rng *rng = rng_new(3, "folds");
    int y[N];
    size_t fold[N], again[N], size[FOLDS] = { 0 }, of[K][FOLDS] = { { 0 } }, same = 0;
    for (size_t i = 0; i < N; i++) y[i] = (int)(i / 3 % K);
    folds_draw(fold, y, N, K, FOLDS, rng, memory);
    folds_draw(again, y, N, K, FOLDS, rng, memory);
    for (size_t i = 0; i < N; i++) {
        REQUIRE(fold[i] < FOLDS, "fold %zu", fold[i]);
        size[fold[i]]++;
        of[y[i]][fold[i]]++;
        same += fold[i] == again[i];
    }
    gsl_test(same == N, "another draw is another");
    for (size_t f = 0; f < FOLDS; f++) {
        gsl_test(size[f] < N / FOLDS || size[f] > N / FOLDS + 1, "fold %zu has %zu", f, size[f]);
        for (size_t k = 0; k < K; k++)
            for (size_t g = 0; g < f; g++)
                gsl_test(of[k][f] > of[k][g] + 1 || of[k][g] > of[k][f] + 1, "class %zu: %zu and %zu", k, of[k][f], of[k][g]);
    }
    gsl_rng_free(rng);
}

/*
# Small graphs drawn by rule

Three classes; who is three apart is of one class, and mostly those are neighbours. A node has two of the words of its class, and one
of all. As in the real files there are edges in both directions, and one from a node to itself.
*/
enum { SMALL = 90, SMALL_CLASSES = 3, SMALL_WORDS = 24 };

typedef struct list { int at[1024]; size_t count; } list;

static void add(list *l, size_t value)
{
    REQUIRE(l->count < sizeof l->at / sizeof *l->at, "too many numbers");
    l->at[l->count++] = (int)value;
}

static void pack(zip_t *z, const char *name, const char *type, const void *numbers, size_t size, size_t count)
{
    char head[129] = "\x93NUMPY\1", *file = arena_take(memory, 128 + size * count, 1), path[32];
    memset(head + 8, ' ', 120);
    head[7] = 0;
    head[8] = 118;
    head[9] = 0;
    int length = snprintf(head + 10, 118, "{'descr': '%s', 'fortran_order': False, 'shape': (%zu,), }", type, count);
    head[10 + length] = ' ';
    head[127] = '\n';
    memcpy(file, head, 128);
    memcpy(file + 128, numbers, size * count);
    snprintf(path, sizeof path, "%s.npy", name);
    REQUIRE(zip_file_add(z, path, zip_source_buffer(z, file, 128 + size * count, 0), 0) >= 0, "%s", zip_strerror(z));
}

static void pack_list(zip_t *z, const char *name, const list *l)
{
    pack(z, name, "<i4", l->at, sizeof *l->at, l->count);
}

static void write_one(const char *directory, const char *file, size_t step)
{
    static list start, index, word_start, word, ones;
    signed char y[SMALL];
    char path[4096];
    list shape = { { SMALL, SMALL }, 2 }, word_shape = { { SMALL, SMALL_WORDS }, 2 };
    snprintf(path, sizeof path, "%s/%s", directory, file);
    zip_t *z = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    REQUIRE(z, "%s cannot be written", path);
    start.count = index.count = word_start.count = word.count = ones.count = 0;
    for (size_t i = 0; i < SMALL; i++) {
        y[i] = (signed char)(i % SMALL_CLASSES);
        add(&start, index.count);
        add(&word_start, word.count);
        add(&index, (i + step * SMALL_CLASSES) % SMALL);
        add(&index, (i + SMALL - step * SMALL_CLASSES) % SMALL);
        add(&index, i * 7 % SMALL);
        for (size_t w = 0; w < 2; w++) add(&word, i % SMALL_CLASSES * 8 + i / 3 % 4 * 2 + w);
        add(&word, i * 5 % SMALL_WORDS);
    }
    add(&start, index.count);
    add(&word_start, word.count);
    float *one = arena_take(memory, word.count, sizeof *one);
    for (size_t e = 0; e < word.count; e++) one[e] = 1;
    pack_list(z, "adj_shape", &shape);
    pack_list(z, "adj_indptr", &start);
    pack_list(z, "adj_indices", &index);
    pack(z, "adj_data", "<f4", one, sizeof *one, index.count);
    pack_list(z, "attr_shape", &word_shape);
    pack_list(z, "attr_indptr", &word_start);
    pack_list(z, "attr_indices", &word);
    pack(z, "attr_data", "<f4", one, sizeof *one, word.count);
    pack(z, "labels", "|i1", y, 1, SMALL);
    REQUIRE(zip_close(z) == 0, "%s: %s", path, zip_strerror(z));
}

static void read_one(const char *name)
{
    graph g;
    int status = graph_load(&g, name, memory);
    if (status != 0) die(status == DATA_MISSING ? STATUS_MISSING : STATUS_FAILED, "%s", error_text());
    size_t isolated = 0;
    csr m = csr_of_pairs(g.nodes, g.edge, g.edges, memory);
    for (size_t i = 0; i < m.rows; i++) isolated += m.start[i] == m.start[i + 1];
    printf("%s: %zu nodes, %zu edges, %zu alone, %zu words, %zu entries, %zu classes\n", g.title, g.nodes, g.edges, isolated,
           g.words.cols, csr_entries(g.words), g.classes);
}

static void refuse(const char *what)
{
    static const csr_pair edge[] = { { 0, 1 }, { 1, 3 } };
    static const int high[] = { 0, 1, 2 }, low[] = { 0, -1, 1 };
    size_t fold[3];
    gsl_rng *rng = rng_new(4, "refuse");
    if (strcmp(what, "node") == 0) csr_of_pairs(3, edge, 2, memory);
    if (strcmp(what, "high") == 0) folds_draw(fold, high, 3, 2, 2, rng, memory);
    if (strcmp(what, "low") == 0) folds_draw(fold, low, 3, 2, 2, rng, memory);
    gsl_rng_free(rng);
}

static const test_case cases[] = {
    { "pairs", test_pairs }, { "sparse_dense", test_sparse_dense }, { "aggregate", test_aggregate }, { "folds", test_folds },
};

int main(int argc, char **argv)
{
    tapes_begin();
    if (argc == 3) {
        if (strcmp(argv[1], "read") == 0) {
            read_one(argv[2]);
        } else if (strcmp(argv[1], "refuse") == 0) {
            refuse(argv[2]);
        } else {
            write_one(argv[2], "cora.npz", 1);
            write_one(argv[2], "citeseer.npz", 2);
        }
        return 0;
    }
    return TAPES_RUN(cases, argc, argv);
}
