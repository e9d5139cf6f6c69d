/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libsvm/svm.h>
#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "learn/svc.h"

/*
# Rows as libsvm wants them

Numbers with their column, counted from 1, and an end of -1 behind each row. The model keeps pointing
at the rows that it was fitted to, so they live as long as it does.
*/
struct svc {
    struct svm_node *node, **row;
    double *label;
    struct svm_model *model;
};

static void to_row(struct svm_node *to, const real *from, size_t d)
{
    for (size_t j = 0; j < d; j++) to[j] = (struct svm_node){ (int)j + 1, (double)from[j] };
    to[d] = (struct svm_node){ -1, 0 };
}

static svc *svc_new(mat x, const int *labels)
{
    svc *m = calloc(1, sizeof *m);
    REQUIRE(m, "no memory for a classifier");
    m->node = calloc(x.rows * (x.cols + 1), sizeof *m->node);
    m->row = calloc(x.rows, sizeof *m->row);
    m->label = calloc(x.rows, sizeof *m->label);
    REQUIRE(m->node && m->row && m->label, "no memory for %zu x %zu numbers", x.rows, x.cols);
    for (size_t i = 0; i < x.rows; i++) {
        m->row[i] = m->node + i * (x.cols + 1);
        to_row(m->row[i], mat_row(x, i), x.cols);
        m->label[i] = labels[i];
    }
    return m;
}

void svc_free(svc *m)
{
    if (!m) return;
    if (m->model) svm_free_and_destroy_model(&m->model);
    free(m->node);
    free(m->row);
    free(m->label);
    free(m);
}

/*
# Fitting

The cache of 200 MB, the tolerance of 0.001 and the heuristic that sets examples aside (`shrinking`) are what
scikit-learn takes.
*/
static void silent(const char *text)
{
    (void)text;
}

svc *svc_fit(mat x, const int *labels, double C, double gamma)
{
    svc *m = svc_new(x, labels);
    struct svm_problem all = { (int)x.rows, m->label, m->row };
    struct svm_parameter how = { .svm_type = C_SVC, .kernel_type = RBF, .gamma = gamma, .C = C,
                                 .cache_size = 200, .eps = 1e-3, .shrinking = 1 };
    svm_set_print_string_function(silent);
    const char *wrong = svm_check_parameter(&all, &how);
    REQUIRE(!wrong, "C %g, gamma %g, %zu rows: %s", C, gamma, x.rows, wrong);
    m->model = svm_train(&all, &how);
    return m;
}

double svc_gamma(mat x)
{
    double n = (double)mat_size(x), mean = 0, square = 0;
    for (size_t i = 0; i < mat_size(x); i++) mean += (double)x.at[i] / n;
    for (size_t i = 0; i < mat_size(x); i++) square += pow((double)x.at[i] - mean, 2) / n;
    return square > 0 ? 1 / ((double)x.cols * square) : 1;
}

size_t svc_support_vectors(const svc *m)
{
    return (size_t)svm_get_nr_sv(m->model);
}

void svc_answers(int *y, const svc *m, mat x)
{
    #pragma omp parallel
    {
        struct svm_node *row = calloc(x.cols + 1, sizeof *row);
        REQUIRE(row, "no memory for a row of %zu", x.cols);
        #pragma omp for schedule(dynamic, 16)
        for (size_t i = 0; i < x.rows; i++) {
            to_row(row, mat_row(x, i), x.cols);
            y[i] = (int)svm_predict(m->model, row);
        }
        free(row);
    }
}
