/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Deep k-nearest neighbours

Votes and p-values by hand, and against the definition in plain loops, the published mean and all.

    dknn [CASE]            all cases, or one
    dknn refuse WHAT       a label that is none
*/
#include <math.h>

#include "base/threads.h"
#include "cases.h"
#include "learn/dknn.h"
#include "points.h"

/*
# By hand

Training examples in three directions, two of each class; the first layer shows them as they are, the second swaps
the axes' names and so asks the same, the third sees nothing. Lengths do not count.
*/
static void three_layers(mat *layer, void *model, mat x)
{
    (void)model;
    for (size_t i = 0; i < x.rows; i++) {
        const real *at = mat_row(x, i);
        mat_row(layer[0], i)[0] = at[0];
        mat_row(layer[0], i)[1] = at[1];
        mat_row(layer[1], i)[0] = 3 * at[1];
        mat_row(layer[1], i)[1] = 3 * at[0];
        mat_row(layer[2], i)[0] = 0;
    }
}

static void test_votes(void)
{
    static const size_t width[] = { 2, 2, 1 };
    real train[] = { 5, 0, 1, .2f, 0, 1, .2f, 9, -1, 0, -2, .1f };
    static const int y[] = { 0, 0, 1, 1, 2, 2 };
    real asked[] = { 100, 1, -.1f, -.01f, .5f, .5f };
    dknn d = { 3, width, three_layers, NULL, mat_view(train, 6, 2), y, 3, 2 };
    size_t votes[9];
    dknn_votes(votes, mat_view(asked, 3, 2), &d, memory);
    /* The blind layer ties: the first two examples, both of class 0, are nearest. */
    static const size_t wanted[] = { 6, 0, 0, 2, 0, 4, 4, 2, 0 };
    for (size_t i = 0; i < 9; i++)
        gsl_test(votes[i] != wanted[i], "input %zu: %zu votes for class %zu", i / 3, votes[i], i % 3);
}

static void expect(const dknn_calibration *c, const size_t *votes, int label, double credibility, double confidence)
{
    dknn_answer a = dknn_predict(c, votes);
    gsl_test(a.label != label, "class %d", a.label);
    gsl_test_abs(a.credibility, credibility, 1e-15, "credibility");
    gsl_test_abs(a.confidence, confidence, 1e-15, "confidence");
}

/* Four votes an input; held-out nonconformities 2, 0, 1, 0. */
static void test_answers(void)
{
    static const size_t held_out[] = { 1, 2, 1, 4, 0, 0, 0, 1, 3, 0, 0, 4 };
    static const int y[] = { 1, 0, 2, 2 };
    static const size_t usual[] = { 3, 1, 0 }, half[] = { 1, 1, 2 }, torn[] = { 2, 2, 0 }, pure[] = { 0, 4, 0 },
                        strange[] = { 0, 1, 1 };
    dknn d = { .layers = 2, .classes = 3, .k = 2 };
    dknn_calibration c;
    dknn_calibrate(&c, &d, held_out, y, 4, AS_DEFINED, memory);
    expect(&c, usual, 0, .5, 1);
    expect(&c, half, 2, .25, 1);
    expect(&c, torn, 0, .25, .75);
    expect(&c, pure, 1, 1, 1);
    expect(&c, strange, 1, 0, 1);
    dknn_calibrate(&c, &d, held_out, y, 4, AS_PUBLISHED, memory);
    expect(&c, usual, 0, 1, 1);
    expect(&c, half, 2, .5, 1);
    expect(&c, torn, 0, .5, .5);
    expect(&c, pure, 1, 1, 1);
    expect(&c, strange, 0, 0, 1);
    dknn_calibrate(&c, &d, held_out + 9, y + 3, 1, AS_PUBLISHED, memory);
    expect(&c, pure, 1, 1, 1);
    expect(&c, usual, 0, 0, 1);
}

/*
# The definition, plainly

Two layers of a network that is none: the input and a bent projection of it, of which a part is zero. Representations
are brought to length 1 and centred, all distances are sorted by repeated search, p-values are counted.
*/
enum { N = 2500, Q = 40, HELD_OUT = 60, D = 7, P = 5, CLASSES = 4, NEIGHBOURS = 9 };

static void two_layers(mat *layer, void *model, mat x)
{
    const mat *w = model;
    for (size_t i = 0; i < x.rows; i++) {
        memcpy(mat_row(layer[0], i), mat_row(x, i), D * sizeof(real));
        for (size_t j = 0; j < P; j++) {
            real z = 0;
            for (size_t f = 0; f < D; f++) z += mat_row(x, i)[f] * mat_row(*w, f)[j];
            mat_row(layer[1], i)[j] = z > 0 ? z : 0;
        }
    }
}

static double *centred(mat x, const mat *w, size_t layer, double *mean, bool fresh)
{
    size_t d = layer == 0 ? D : P;
    mat both[] = { arena_mat(memory, x.rows, D), arena_mat(memory, x.rows, P) };
    double *z = arena_take(memory, x.rows * d, sizeof *z);
    two_layers(both, (void *)w, x);
    for (size_t i = 0; i < x.rows; i++) {
        double norm = 0;
        for (size_t f = 0; f < d; f++) norm += pow((double)mat_row(both[layer], i)[f], 2);
        for (size_t f = 0; f < d; f++)
            z[i * d + f] = norm > 0 ? (double)mat_row(both[layer], i)[f] / sqrt(norm) : 0;
    }
    for (size_t f = 0; f < d && fresh; f++) {
        mean[f] = 0;
        for (size_t i = 0; i < x.rows; i++) mean[f] += z[i * d + f] / (double)x.rows;
    }
    for (size_t i = 0; i < x.rows * d; i++) z[i] -= mean[i % d];
    return z;
}

static void plain_votes(size_t *votes, mat x, mat train, const int *y, const mat *w)
{
    memset(votes, 0, x.rows * CLASSES * sizeof *votes);
    double *distance = arena_take(memory, N, sizeof *distance), mean[D];
    for (size_t layer = 0; layer < 2; layer++) {
        size_t d = layer == 0 ? D : P;
        const double *point = centred(train, w, layer, mean, true), *query = centred(x, w, layer, mean, false);
        for (size_t i = 0; i < x.rows; i++) {
            for (size_t j = 0; j < N; j++) {
                distance[j] = 0;
                for (size_t f = 0; f < d; f++) distance[j] += pow(query[i * d + f] - point[j * d + f], 2);
            }
            for (size_t r = 0; r < NEIGHBOURS; r++) {
                size_t best = 0;
                for (size_t j = 1; j < N; j++)
                    if (distance[j] < distance[best]) best = j;
                votes[i * CLASSES + (size_t)y[best]]++;
                distance[best] = INFINITY;
            }
        }
    }
}

static double plain_p(size_t a, const size_t *held_votes, const int *held_y, bool published)
{
    size_t n = 0, more = 0;
    for (size_t i = 0; i < HELD_OUT; i++) {
        size_t own = 2 * NEIGHBOURS - held_votes[i * CLASSES + (size_t)held_y[i]];
        if (published && own == 0) continue;
        n++;
        more += own >= a;
    }
    return (double)more / (double)n;
}

static void compare_answers(const size_t *votes, const dknn_calibration *c, const size_t *held_votes,
                            const int *held_y, bool published)
{
    for (size_t i = 0; i < Q; i++) {
        double p[CLASSES], second = 0;
        size_t best = 0;
        for (size_t j = 0; j < CLASSES; j++) {
            p[j] = plain_p(2 * NEIGHBOURS - votes[i * CLASSES + j], held_votes, held_y, published);
            bool more = votes[i * CLASSES + j] > votes[i * CLASSES + best];
            if (p[j] > p[best] || (!published && p[j] == p[best] && more)) best = j;
        }
        for (size_t j = 0; j < CLASSES; j++)
            if (j != best) second = larger(second, p[j]);
        expect(c, votes + i * CLASSES, (int)best, p[best], 1 - second);
    }
}

static int *places(size_t rows)
{
    return arena_take(memory, rows, sizeof(int));
}

static void test_twin(void)
{
    static const size_t width[] = { D, P };
    gsl_rng *rng = rng_new(1, "dknn");
    int *y = places(N + HELD_OUT + Q);
    mat all = blobs(rng, N + HELD_OUT + Q, D, CLASSES, 1, 0, y), w = noise(rng, D, P);
    mat train = mat_rows(all, 0, N), held = mat_rows(all, N, HELD_OUT), x = mat_rows(all, N + HELD_OUT, Q);
    dknn d = { 2, width, two_layers, &w, train, y, CLASSES, NEIGHBOURS };

    size_t votes[Q * CLASSES], held_votes[HELD_OUT * CLASSES], wanted[HELD_OUT * CLASSES], off = 0, sum = 0;
    dknn_votes(held_votes, held, &d, memory);
    plain_votes(wanted, held, train, y, &w);
    for (size_t i = 0; i < HELD_OUT * CLASSES; i++) {
        off += held_votes[i] != wanted[i];
        sum += held_votes[i];
    }
    gsl_test(sum != HELD_OUT * 2 * NEIGHBOURS, "%zu votes in all", sum);
    gsl_test(!((double)off <= tolerance(4, 0)), "%zu of %d counts of votes differ", off, HELD_OUT * CLASSES);

    dknn_calibration c;
    dknn_votes(votes, x, &d, memory);
    dknn_calibrate(&c, &d, held_votes, y + N, HELD_OUT, AS_DEFINED, memory);
    compare_answers(votes, &c, held_votes, y + N, false);
    dknn_calibrate(&c, &d, held_votes, y + N, HELD_OUT, AS_PUBLISHED, memory);
    gsl_test(c.n == HELD_OUT, "%zu of %d held-out examples have a dissenting neighbour", c.n, HELD_OUT);
    compare_answers(votes, &c, held_votes, y + N, true);
    gsl_rng_free(rng);
}

/* Votes do not depend on the number of threads. */
static void test_threads(void)
{
    static const size_t width[] = { D, P };
    gsl_rng *rng = rng_new(2, "dknn");
    int *y = places(N);
    mat train = blobs(rng, N, D, CLASSES, 1, 0, y), w = noise(rng, D, P), x = noise(rng, 300, D);
    dknn d = { 2, width, two_layers, &w, train, y, CLASSES, NEIGHBOURS };
    size_t one[300 * CLASSES], three[300 * CLASSES];
    threads_begin(1);
    dknn_votes(one, x, &d, memory);
    threads_begin(3);
    dknn_votes(three, x, &d, memory);
    gsl_test(memcmp(one, three, sizeof one), "one thread and three: the same votes");
    gsl_rng_free(rng);
}

static void refuse(const char *what)
{
    static const size_t width[] = { 2, 2, 1 };
    real train[] = { 5, 0, 1, (real).2, 0, 1 };
    static const int y[] = { 0, 3, 1 };
    dknn d = { 3, width, three_layers, NULL, mat_view(train, 3, 2), y, 3, 2 };
    dknn_calibration c;
    size_t votes[9] = { 0 };
    if (strcmp(what, "votes") == 0) dknn_votes(votes, mat_view(train, 3, 2), &d, memory);
    if (strcmp(what, "calibration") == 0) dknn_calibrate(&c, &d, votes, y, 3, AS_DEFINED, memory);
}

static const test_case cases[] = {
    { "votes", test_votes }, { "answers", test_answers }, { "twin", test_twin }, { "threads", test_threads },
};

int main(int argc, char **argv)
{
    threads_begin(0);
    memory = arena_new();
    int status = 0;
    if (argc > 2 && strcmp(argv[1], "refuse") == 0) refuse(argv[2]);
    else status = CASES_RUN(cases, points_reset, argc, argv);
    arena_free(memory);
    return status;
}
