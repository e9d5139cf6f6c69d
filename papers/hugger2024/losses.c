/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/blas.h"
#include "base/elementary.h"
#include "base/error.h"
#include "base/label.h"
#include "base/lanes.h"
#include "base/threads.h"
#include "data/mixing.h"
#include "losses.h"
#include "nn/losses.h"

const char *const loss_name[LOSSES] = {
    "NLL", "soft target cross-entropy", "InfoNCE", "soft distribution InfoNCE", "soft target InfoNCE",
};
const char *const loss_word[LOSSES] = { "nll", "soft-cross-entropy", "infonce", "soft-distribution", "soft-target" };

bool loss_is_soft(loss_kind kind)
{
    return kind != NLL && kind != INFO_NCE;
}

/*
# Soft target cross-entropy

$\sum_k \alpha_k = 1$, so the gradient is prediction minus target over N, as with labels.
*/
/* `of` is $N \tau\, \partial L / \partial z$, where a gradient of 1 arrives. */
typedef struct residual { mat of; double temperature; } residual;

static residual *residual_new(tape *t, node *y, size_t rows, size_t cols, double temperature)
{
    residual *saved = y->saved = arena_take(tape_arena(t), 1, sizeof *saved);
    *saved = (residual){ arena_mat(tape_arena(t), rows, cols), temperature };
    return saved;
}

static void residual_backward(tape *t, node *y)
{
    const residual *saved = y->saved;
    mat dz = node_grad(t, y->in[0]);
    real factor = y->grad.at[0] / (real)((double)dz.rows * saved->temperature);
    for (size_t i = 0; i < mat_size(dz); i++) dz.at[i] = factor * saved->of.at[i];
}

node *soft_cross_entropy(tape *t, node *z, mat targets)
{
    mat s = z->value;
    REQUIRE(mat_same_shape(s, targets), "scores %zu x %zu, targets %zu x %zu", s.rows, s.cols, targets.rows, targets.cols);
    node *y = tape_operation(t, "soft_cross_entropy", 1, 1, z, NULL, NULL, residual_backward);
    mat p = residual_new(t, y, s.rows, s.cols, 1)->of;
    double loss = 0;
    mat_copy(p, s);
    for (size_t i = 0; i < s.rows; i++) {
        real *row = mat_row(p, i);
        const real *alpha = mat_row(targets, i);
        loss += (double)(softmax_row(row, row, s.cols) - lane_dot(alpha, mat_row(s, i), s.cols));
        for (size_t k = 0; k < s.cols; k++) row[k] -= alpha[k];
    }
    y->value.at[0] = (real)(loss / (double)s.rows);
    return y;
}

/*
# InfoNCE is a softmax whose classes are weighted

A tuple T of labels enters equation 5 only by how often each class is in it. With $w_k$ such counts

$$ \ell_i = \log \sum_k w_k e^{s_{ik}} - s_{i y_i}, \qquad
   \tau \frac{\partial \ell_i}{\partial z_{ik}} = \frac{w_k e^{s_{ik}}}{\sum_j w_j e^{s_{ij}}} - [k = y_i]: $$

no sum over the batch is left. And it says what InfoNCE is: NLL whose scores are moved by $\log (w_k / \eta_k)$. Where
every class is in the tuple as often as $\eta$ expects, all are moved alike, and the two losses have one gradient. A class
that is not in the tuple is not pushed away.
*/
static void count_labels(mat counts, const int *labels, const size_t *index, size_t n)
{
    mat_fill(counts, 0);
    for (size_t i = 0; i < n; i++)
        counts.at[label_index(labels[index ? index[i] : i], counts.cols)] += 1;
}

void label_frequencies(mat frequency, const int *labels, const size_t *index, size_t n)
{
    count_labels(frequency, labels, index, n);
    for (size_t k = 0; k < frequency.cols; k++) frequency.at[k] /= (real)n;
}

void log_frequencies(mat log_eta, mat frequency, size_t n)
{
    for (size_t k = 0; k < frequency.cols; k++) log_eta.at[k] = (real)log(fmax((double)frequency.at[k], 1 / (double)n));
}

static inline void contrast_row(real *s, const real *z, size_t k, const real *log_eta, real inverse)
{
    for (size_t j = 0; j < k; j++) s[j] = z[j] * inverse - (log_eta ? log_eta[j] : 0);
}

KERNEL static void contrast_rows(mat s, mat z, const real *log_eta, real inverse)
{
    for (size_t i = 0; i < s.rows; i++) contrast_row(mat_row(s, i), mat_row(z, i), s.cols, log_eta, inverse);
}

/* From the scores of a row to the softmax of them, weighted by w, to which `own` is added for the label; returns the logarithm of the sum. */
static inline real weighted_row(real *s, const real *w, int label, real own, size_t k)
{
    for (size_t j = 0; j < k; j++) s[j] = w[j] + ((int)j == label ? own : 0) > 0 ? s[j] : -REAL_MAX;
    real m = lane_max(s, k);
    for (size_t j = 0; j < k; j++) s[j] = (w[j] + ((int)j == label ? own : 0)) * real_exp(s[j] - m);
    real sum = lane_sum(s, k);
    for (size_t j = 0; j < k; j++) s[j] /= sum;
    return m + real_log(sum);
}

/* Of some rows: p is the residual, w the counts of a row or of all; the sum of their losses. */
KERNEL static double told_apart_rows(mat p, mat z, const int *labels, mat w, real own, const real *log_eta, real inverse, piece rows)
{
    double loss = 0;
    for (size_t i = rows.first; i < rows.last; i++) {
        real *row = mat_row(p, i);
        contrast_row(row, mat_row(z, i), z.cols, log_eta, inverse);
        real score = row[labels[i]];
        loss += (double)(weighted_row(row, mat_row(w, w.rows > 1 ? i : 0), labels[i], own, z.cols) - score);
        row[labels[i]] -= 1;
    }
    return loss;
}

/* `w` has a row for each example, or one for all; `own` says whether the own label is still to be added. */
static node *told_apart(tape *t, node *z, const int *labels, mat w, bool own, const contrast *c)
{
    mat all = z->value;
    node *y = tape_operation(t, "info_nce", 1, 1, z, NULL, NULL, residual_backward);
    mat p = residual_new(t, y, all.rows, all.cols, c->temperature)->of;
    const real *log_eta = c->log_eta, inverse = (real)(1 / c->temperature);
    labels_require(labels, all.rows, all.cols);
    size_t pieces = pieces_for(mat_size(all));
    double *sum = arena_take(tape_arena(t), pieces, sizeof *sum), loss = 0;
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++)
        sum[i] = told_apart_rows(p, all, labels, w, own, log_eta, inverse, piece_of(all.rows, 1, pieces, i));
    for (size_t i = 0; i < pieces; i++) loss += sum[i];
    y->value.at[0] = (real)(loss / (double)all.rows);
    return y;
}

node *info_nce(tape *t, node *z, const int *labels, const contrast *c)
{
    mat counts = arena_mat(tape_arena(t), 1, z->value.cols);
    count_labels(counts, labels, NULL, z->value.rows);
    return told_apart(t, z, labels, counts, false, c);
}

node *info_nce_drawn(tape *t, node *z, const int *labels, mat counts, const contrast *c)
{
    REQUIRE(counts.cols == z->value.cols && (counts.rows == 1 || counts.rows == z->value.rows),
            "scores %zu x %zu, counts %zu x %zu", z->value.rows, z->value.cols, counts.rows, counts.cols);
    return told_apart(t, z, labels, counts, true, c);
}

/*
# Soft target InfoNCE

S is a matrix product, $S = s \alpha^\top$, and with P the softmax of its rows

$$ \frac{\partial \ell}{\partial S} = \frac1N (P - I), \qquad
   \frac{\partial \ell}{\partial z} = \frac{1}{N\tau} (P - I)\, \alpha, $$

another. The code of the paper's Figure 2 forms all N x N x K products instead, for N = 1024 and K = 1000 four
gigabytes.

# Smoothing is a temperature

Smoothed targets $(1 - \epsilon)\, \beta + \epsilon / K$ add to each number of a row of S the same, the mean of $s_i$
times $\epsilon$, of which a softmax knows nothing:

$$ S_{il} = (1 - \epsilon) \sum_k \beta_{lk} s_{ik} + \text{what does not depend on } l. $$

So label smoothing does nothing to this loss that a temperature of $\tau / (1 - \epsilon)$ and $\eta^{1 - \epsilon}$ would
not, with or without MixUp: it asks for scores that are larger by $1 / (1 - \epsilon)$, and so surer, of the same class. Where labels are
smoothed and not mixed, soft target InfoNCE *is* InfoNCE at that temperature. Cross-entropy, on the other hand, is given
another optimum by smoothing.

# How it is computed

P itself is never there: with $E_{il} = e^{S_{il} - m_i}$, $m_i$ the largest of a row, and $r_i$ the sum of a row of E, row i of
$P \alpha$ is that of $E \alpha$ over $r_i$. So N x K numbers are divided, and not N x N.
*/
typedef struct pairs { mat E, sum, targets; double temperature; } pairs;    /* N x N, N x 1, N x K */

KERNEL static void divide_rows(mat dz, const real *sum, mat targets, real factor)
{
    for (size_t i = 0; i < dz.rows; i++) {
        real *to = mat_row(dz, i), inverse = 1 / sum[i];
        const real *alpha = mat_row(targets, i);
        for (size_t k = 0; k < dz.cols; k++) to[k] = factor * (to[k] * inverse - alpha[k]);
    }
}

static void soft_info_nce_backward(tape *t, node *y)
{
    const pairs *saved = y->saved;
    mat dz = node_grad(t, y->in[0]);
    double factor = (double)y->grad.at[0] / ((double)dz.rows * saved->temperature);
    gemm(dz, 1, saved->E, PLAIN, saved->targets, PLAIN, 0);
    divide_rows(dz, saved->sum.at, saved->targets, (real)factor);
}

/* A row of S becomes one of E; returns $m_i$. One pass finds the largest, another makes and adds up the exponentials. */
KERNEL static real exponentials(real *row, real *sum, size_t n)
{
    real lane[LANES] = { 0 }, rest = 0, m = lane_max(row, n);
    size_t j = 0;
    for (; j + LANES <= n; j += LANES)
        for (size_t l = 0; l < LANES; l++) lane[l] += row[j + l] = real_exp(row[j + l] - m);
    for (; j < n; j++) rest += row[j] = real_exp(row[j] - m);
    *sum = lane_total(lane, rest);
    return m;
}

/* From rows of S to those of E; the sum of their losses. */
static double identify(const pairs *saved, size_t first, size_t last)
{
    double loss = 0;
    for (size_t i = first; i < last; i++) {
        real *row = mat_row(saved->E, i), own = row[i], *sum = &saved->sum.at[i];
        real m = exponentials(row, sum, saved->E.cols);
        loss += (double)(m + real_log(*sum) - own);
    }
    return loss;
}

node *soft_info_nce(tape *t, node *z, mat targets, const contrast *c)
{
    mat all = z->value, s = arena_mat(tape_arena(t), all.rows, all.cols);
    REQUIRE(mat_same_shape(all, targets), "scores %zu x %zu, targets %zu x %zu", all.rows, all.cols, targets.rows,
            targets.cols);
    node *y = tape_operation(t, "soft_info_nce", 1, 1, z, NULL, NULL, soft_info_nce_backward);
    pairs *saved = y->saved = arena_take(tape_arena(t), 1, sizeof *saved);
    *saved = (pairs){ arena_mat(tape_arena(t), all.rows, all.rows), arena_mat(tape_arena(t), all.rows, 1), targets, c->temperature };
    contrast_rows(s, all, c->log_eta, (real)(1 / c->temperature));
    gemm(saved->E, 1, s, PLAIN, targets, TRANSPOSED, 0);
    size_t pieces = pieces_for(mat_size(saved->E));
    double *sum = arena_take(tape_arena(t), pieces, sizeof *sum), loss = 0;
    #pragma omp parallel for schedule(static) if (pieces > 1)
    for (size_t i = 0; i < pieces; i++) {
        piece p = piece_of(all.rows, 1, pieces, i);
        sum[i] = identify(saved, p.first, p.last);
    }
    for (size_t i = 0; i < pieces; i++) loss += sum[i];
    y->value.at[0] = (real)(loss / (double)all.rows);
    return y;
}

/*
# Any of the five

Equation 30, soft distribution InfoNCE, is InfoNCE of labels that are drawn from the soft targets.
*/
node *loss_of(loss_kind kind, tape *t, node *z, const int *labels, mat targets, const contrast *c, gsl_rng *rng)
{
    switch (kind) {
    case NLL:                return cross_entropy(t, z, labels);
    case SOFT_CROSS_ENTROPY: return soft_cross_entropy(t, z, targets);
    case INFO_NCE:           return info_nce(t, z, labels, c);
    case SOFT_TARGET:        return soft_info_nce(t, z, targets, c);
    case SOFT_DISTRIBUTION:  break;
    }
    int *drawn = arena_take(tape_arena(t), z->value.rows, sizeof *drawn);
    draw_labels(drawn, targets, rng);
    return info_nce(t, z, drawn, c);
}
