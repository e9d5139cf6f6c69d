/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Support vectors, against what they promise

    svc [CASE]             all cases, or one
*/
#include <math.h>
#include <omp.h>

#include "learn/svc.h"
#include "tapes.h"

/*
Four points on a line, of labels 5, 5, 9, 9, and by hand: with a large gamma nobody has a neighbour but itself,
all are support vectors, and each keeps its label. With a small one the kernel is nearly flat, and the line is
cut in the middle.
*/
static void test_answers(void)
{
    real at[] = { 0, 1, 3, 4 }, asked[] = { 0.2f, 1.9f, 2.1f, 3.9f };
    const int labels[] = { 5, 5, 9, 9 };
    int y[4];
    mat x = mat_view(at, 4, 1), q = mat_view(asked, 4, 1);
    for (int wide = 0; wide < 2; wide++) {
        svc *m = svc_fit(x, labels, 10, wide ? .05 : 50);
        svc_answers(y, m, wide ? q : x);
        for (size_t i = 0; i < 4; i++) gsl_test_int(y[i], labels[i], "point %zu, %s", i, wide ? "wide" : "narrow");
        size_t kept = svc_support_vectors(m);
        gsl_test(wide ? kept == 4 : kept != 4, "%zu support vectors, %s", kept, wide ? "wide" : "narrow");
        svc_free(m);
    }
    /* their squares about the mean 2 are 4, 1, 1, 4 */
    gsl_test_rel(svc_gamma(x), 1 / 2.5, 1e-12, "gamma of four points");
    /* as two columns, the same variance, and distances of two features */
    gsl_test_rel(svc_gamma(mat_view(at, 2, 2)), 1 / (2 * 2.5), 1e-12, "gamma of two points of two features");
    mat_fill(x, 3);
    gsl_test_rel(svc_gamma(x), 1, 0, "gamma of points that are one");
}

/* A disc inside a ring: no straight cut, one margin halfway between the radii. Labels 2 and 1, and an empty 0. */
enum { N = 200, ASKED = 64 };

static svc *ring(mat *x, int *labels)
{
    gsl_rng *rng = rng_new(1, "ring");
    *x = arena_mat(memory, N, 2);
    for (int i = 0; i < N; i++) {
        double angle = 2 * M_PI * gsl_rng_uniform(rng), radius = i % 2 ? 3 + gsl_rng_uniform(rng) : gsl_rng_uniform(rng);
        mat_row(*x, (size_t)i)[0] = (real)(radius * cos(angle));
        mat_row(*x, (size_t)i)[1] = (real)(radius * sin(angle));
        labels[i] = i % 2 ? 1 : 2;
    }
    gsl_rng_free(rng);
    return svc_fit(*x, labels, 1, svc_gamma(*x));
}

static void test_ring(void)
{
    mat x, q = arena_mat(memory, ASKED, 2);
    int labels[N], y[N], wrong = 0;
    svc *m = ring(&x, labels);
    svc_answers(y, m, x);
    for (size_t i = 0; i < N; i++) wrong += y[i] != labels[i];
    gsl_test_int(wrong, 0, "of the examples");
    gsl_test(svc_support_vectors(m) > N / 2, "%zu support vectors: most are at no margin", svc_support_vectors(m));
    for (size_t i = 0; i < ASKED; i++) {
        double radius = i % 2 ? 2.6 : 1.4, angle = 2 * M_PI * (double)i / ASKED;
        mat_row(q, i)[0] = (real)(radius * cos(angle));
        mat_row(q, i)[1] = (real)(radius * sin(angle));
    }
    svc_answers(y, m, q);
    for (size_t i = 0; i < ASKED; i++) gsl_test_int(y[i], i % 2 ? 1 : 2, "between the two, nearer to one");
    svc_free(m);
}

static void test_threads(void)
{
    mat x;
    int labels[N], alone[N], together[N];
    svc *m = ring(&x, labels);
    for (size_t i = 0; i < mat_size(x); i++) x.at[i] *= (real).55;
    omp_set_num_threads(1);
    svc_answers(alone, m, x);
    omp_set_num_threads(3);
    svc_answers(together, m, x);
    gsl_test(memcmp(alone, together, sizeof alone), "one thread and three");
    svc_free(m);
}

static const test_case cases[] = { { "answers", test_answers }, { "ring", test_ring }, { "threads", test_threads } };

int main(int argc, char **argv)
{
    tapes_begin();
    return TAPES_RUN(cases, argc, argv);
}
