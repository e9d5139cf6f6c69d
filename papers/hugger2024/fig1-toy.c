/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 1: which loss finds the truth?

Labels are drawn from a conditional distribution that we know (`toy.h`), and a linear model is fitted to them twice, by
negative log-likelihood (NLL) and by InfoNCE. The paper holds that the more the modes are aligned, the worse both
estimates are, and that NLL suffers more: "increased levels of label uncertainty lead to worse parameter estimates using NLL
when compared to InfoNCE".

Nothing in the theory says so. The labels *are* drawn from a softmax, so NLL is maximum likelihood in the true model: with n
examples and $\nu = K d - d$ parameters that labels can tell, its divergence from the truth is about $\nu / 2n$, whatever
the alignment, and no other estimate is better for large n. InfoNCE is the same softmax with its scores moved by
$\log(w_k / \eta_k)$ (`losses.c`), w being the counts of a batch: in a large batch it is nearly the same for all classes, and a
common shift changes nothing.

    fig1-toy --seed 1

*Reads* nothing. *Writes* the divergence of both estimates for each alignment, their ratio, how both go with the
alignment, and $\nu / 2n$. *Checked by* the claims of Figure 1 in `papers/hugger2024/claims.tsv`.

[figure]

[verdicts]
*/
#include <gsl/gsl_statistics_double.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "estimate.h"            /* gives: toy_percent, toy_of, toy_expected, estimate_modes */

static size_t alignments;

static const run_setting settings[] = {
    { "alignments", &alignments, NULL, { 3, 5, 9, 9 }, "data sets, of 0 % to 80 % alignment", "A.1" },
    { 0 }
};
static const char *const name[] = { "NLL", "InfoNCE" };

/*
# One data set

Both fits start from the same weights and see the same examples in the same order. The claims are about the first of the
divergences, that on the points of the data set; the paper does not say on which it looks.
*/
typedef struct curves { size_t next; double percent[MOST_ALIGNMENTS], kl[2][MOST_ALIGNMENTS], ratio[MOST_ALIGNMENTS]; } curves;

static void measure(run *r, curves *c, arena *memory)
{
    size_t i = c->next;
    double percent = c->percent[i] = toy_percent(i, alignments);
    toy d = toy_of(r, (toy_reading){ SPHERICAL, false, false }, percent, memory);
    mat p = arena_mat(memory, d.x.rows, d.theta.rows);
    posterior(p, d.x, d.theta);
    estimate of[2];
    for (size_t k = 0; k < 2; k++) {
        of[k] = estimate_modes(r, &d, &(estimator){ .info_nce = k == 1 }, 2 * i + k, 2 * alignments);
        c->kl[k][i] = of[k].kl;
    }
    run_row(r, "labels", percent, "entropy", entropy(p));
    run_row(r, "labels", percent, "angle", modes_apart(d.theta));
    for (size_t k = 0; k < 2; k++) {
        run_row(r, name[k], percent, "KL", of[k].kl);
        run_row(r, name[k], percent, "KL_fresh", of[k].fresh);
        run_row(r, name[k], percent, "epochs", (double)of[k].epochs);
    }
    c->ratio[i] = of[0].kl / of[1].kl;
    run_row(r, "NLL over InfoNCE", percent, "ratio", c->ratio[i]);
}

/*
# How it goes with the alignment

A rank correlation is 1 for what rises all along, 0 for what goes its own way. The means are over 20 % to 60 %: where, in a
trial before this suite, InfoNCE was ahead.
*/
static void conclude(run *r, const curves *c)
{
    double scratch[2 * MOST_ALIGNMENTS], mean[2] = { 0 };
    size_t n = alignments, middle = 0;
    for (size_t i = 0; i < n; i++) {
        if (c->percent[i] < 20 || c->percent[i] > 60) continue;
        middle++;
        for (size_t k = 0; k < 2; k++) mean[k] += c->kl[k][i];
    }
    for (size_t k = 0; k < 2; k++) {
        run_row(r, name[k], RUN_NO_X, "correlation", gsl_stats_spearman(c->percent, 1, c->kl[k], 1, n, scratch));
        if (middle > 0) run_row(r, name[k], RUN_NO_X, "KL_middle", mean[k] / (double)middle);
    }
    run_row(r, "NLL over InfoNCE", RUN_NO_X, "correlation", gsl_stats_spearman(c->percent, 1, c->ratio, 1, n, scratch));
    run_row(r, "maximum likelihood", RUN_NO_X, "expected", toy_expected());
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "hugger2024", .experiment = "fig1-toy",
        .purpose = "Figure 1: how well NLL and InfoNCE estimate a conditional distribution that is known.",
        .settings = { settings, toy_settings } });
    toy_require_alignments(alignments);
    arena *memory = arena_new();
    curves c = { 0 };
    checkpoint_keep(run_checkpoint(r), "curves", &c, sizeof c);
    run_resume(r);
    for (; c.next < alignments; c.next++) {
        measure(r, &c, memory);
        arena_reset(memory);
    }
    conclude(r, &c);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
