/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HUGGER2024_LOSSES_H
#define HUGGER2024_LOSSES_H

#include <gsl/gsl_rng.h>
#include <stdbool.h>

#include "nn/losses.h"

/*
# Five losses for one classifier

Letters: N examples of a batch, K classes, z the scores of a network (N x K), $\alpha$ the soft targets (N x K,
rows that sum to 1), $\eta$ the distribution of noise labels, $\tau$ the temperature.

| loss | targets | what an example is told apart from |
|------|---------|------------------------------------|
| NLL (equation 1), `cross_entropy` of `nn/losses.h` | labels | the other classes |
| soft target cross-entropy (3) | soft | the other classes |
| InfoNCE (5) | labels | the labels of the batch |
| soft distribution InfoNCE (30) | labels drawn from soft targets | the labels of the batch |
| soft target InfoNCE (11) | soft | the soft targets of the batch |

All return 1 x 1, the mean over the batch, and have a gradient for z alone. At inference the class is that of the
largest score, whichever the loss.
*/
typedef enum { NLL, SOFT_CROSS_ENTROPY, INFO_NCE, SOFT_DISTRIBUTION, SOFT_TARGET } loss_kind;
enum { LOSSES = 5 };
extern const char *const loss_name[LOSSES];
extern const char *const loss_word[LOSSES];        /* in a word, for options and names of files */

/* Does it read soft targets? The hard ones, NLL and InfoNCE, read labels. */
bool loss_is_soft(loss_kind kind);

/* Contrast with noise: $s = z / \tau - \log \eta$. Without `log_eta` (K numbers) the noise is uniform, which shifts all
   scores alike. */
typedef struct contrast { const real *log_eta; double temperature; } contrast;

/* How frequent each class is (1 x K) among n labels: the first, or where there is an `index` those that it names. */
void label_frequencies(mat frequency, const int *labels, const size_t *index, size_t n);

/* $\log \eta$ of the frequencies of classes among n examples (both 1 x K; may be the same). A class without
   examples would have a score of infinity: it is treated as if it had one. */
void log_frequencies(mat log_eta, mat frequency, size_t n);

/* Equation 3: $-\frac1N \sum_i \sum_k \alpha_{ik} \log q_{ik}$ with q the softmax of z. */
node *soft_cross_entropy(tape *t, node *z, mat targets);

/* Equation 5, the noise being the labels of the batch, those of the own class among them. O(NK). */
node *info_nce(tape *t, node *z, const int *labels, const contrast *c);

/* Equation 5 with noise labels drawn elsewhere: `counts` says how often each class was, for each example (N x K) or
   the same for all (1 x K). The own label comes on top. O(NK). */
node *info_nce_drawn(tape *t, node *z, const int *labels, mat counts, const contrast *c);

/*
Equation 11, the noise being the targets of the batch:

$$ S_{il} = \sum_k \alpha_{lk} s_{ik}, \qquad \ell = -\frac1N \sum_i \log \frac{e^{S_{ii}}}{\sum_l e^{S_{il}}}. $$

`targets` is borrowed until the tape is reset. $4 N^2 K$ flops and $N^2$ numbers.
*/
node *soft_info_nce(tape *t, node *z, mat targets, const contrast *c);

/* Any of the five: hard ones read `labels`, soft ones `targets`, and one draws from `rng`. */
node *loss_of(loss_kind kind, tape *t, node *z, const int *labels, mat targets, const contrast *c, gsl_rng *rng);

#endif
