/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 5: where the information about the class is

The paper's Figure 5 draws two bars, the mutual information of class and scores, $I(y; z_s)$, and that of class and
nuisances, $I(y; z_n)$, before and after a shift of the distribution. On a distribution over a few values all of it can
be computed, so we build the cases of the figure and count bits.

    fig5-information --seed 1

*Writes*, in bits, $I(y; x)$, $I(y; z_s)$, $I(y; z_n)$ and what the scores have lost, for each case and for random distributions. *Checked by* the claims
of Figure 5 and Theorem 8 in `papers/jacobsen2019/claims.tsv`.

[figure]

[verdicts]

# What the theorem needs

Theorem 8 says: if $I(y; z_n) = 0$, and a shift does not raise it, then $I_{Adv}(y; z_s) = I(y; z_s)$. Its proof goes from
$I(y; x) = I(y; z_n) + I(y; z_s \mid z_n)$, which holds for every bijection, to $I(y; z_s \mid z_n) = I(y; z_s)$ "under
independence $I(y; z_n) = 0$". That step is not true: let $z_s$ and $z_n$ be two fair coins and y whether they agree. Neither knows anything
of y, and both together know all. What makes it true is that $z_n$ is independent of y and $z_s$ *together*, and that
is what the likelihood under a factorial prior works for. And the proof ends at $I_{Adv}(y; z_s) = I_{Adv}(y; x)$: a shift that takes the class out of x
altogether, as noise in the labels does, takes it out of $z_s$ too. So the theorem needs two more words, that the
nuisances are independent of scores and class, and that the shift keeps $I(y; x)$. With them it holds to the last digit.
*/
#include <gsl/gsl_math.h>
#include <math.h>
#include <string.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "base/rng.h"            /* gives: rng_new */
#include "run/run.h"

static struct { size_t distributions; } set;

static const run_setting settings[] = {
    { "distributions", &set.distributions, NULL, { 100, 10000, 10000, 10000 }, "drawn at random", "ours" },
    { 0 }
};

/*
# Joint distributions

$p(y, z_s, z_n)$ as a table. Since x is a bijective function of both, $I(y; x)$ is that of y and the pair.
*/
enum { Y = 2, S = 3, N = 4 };
typedef struct joint { double p[Y][S][N]; } joint;

/* Which of the three variables are looked at. */
enum { OF_Y = 1, OF_S = 2, OF_N = 4 };

static double entropy(const joint *j, int of)
{
    double sum[Y * S * N] = { 0 }, bits = 0;
    for (size_t y = 0; y < Y; y++)
        for (size_t s = 0; s < S; s++)
            for (size_t n = 0; n < N; n++)
                sum[((of & OF_Y ? y : 0) * S + (of & OF_S ? s : 0)) * N + (of & OF_N ? n : 0)] += j->p[y][s][n];
    for (size_t i = 0; i < Y * S * N; i++) bits -= sum[i] > 0 ? sum[i] * log2(sum[i]) : 0;
    return bits;
}

static double information(const joint *j, int a, int b)
{
    return entropy(j, a) + entropy(j, b) - entropy(j, a | b);
}

/* $I(y; z_s \mid z_n)$, from its own definition and not by the chain rule. */
static double conditional(const joint *j)
{
    double bits = 0;
    for (size_t n = 0; n < N; n++) {
        joint given = { 0 };
        double share = 0;
        for (size_t y = 0; y < Y; y++)
            for (size_t s = 0; s < S; s++) share += j->p[y][s][n];
        if (share == 0) continue;
        for (size_t y = 0; y < Y; y++)
            for (size_t s = 0; s < S; s++) given.p[y][s][n] = j->p[y][s][n] / share;
        bits += share * information(&given, OF_Y, OF_S);
    }
    return bits;
}

/*
# The cases

| case | before | the shift |
|------|--------|-----------|
| CE | scores and nuisances both tell the class | the scores are drawn by a coin, as metamers have them |
| iCE | the scores tell the class, the nuisances are a coin | the nuisances become another distribution |
| counterexample | the scores tell the class | y becomes whether two coins agree |
| label noise | the scores tell the class | the class is drawn by a coin |
*/
typedef enum { TOLD_BY_BOTH, TOLD_BY_SCORES, TOLD_BY_NUISANCES, TOLD_BY_PAIR, TOLD_BY_NONE } source;

static joint made(source from, double skew)
{
    joint j = { 0 };
    for (size_t s = 0; s < 2; s++)
        for (size_t n = 0; n < 2; n++) {
            double p = .5 * (n ? 1 - skew : skew);
            if (from == TOLD_BY_BOTH && s != n) continue;
            if (from == TOLD_BY_BOTH) p = .5;
            size_t y = from == TOLD_BY_NUISANCES ? n : from == TOLD_BY_PAIR ? s ^ n : s;
            if (from == TOLD_BY_NONE) j.p[!y][s][n] += p / 2, p /= 2;
            j.p[y][s][n] += p;
        }
    return j;
}

/* "lost": what the scores knew before, less what they know after; "lost_of_x": what x knows after that they do not. */
static void compare(run *r, const char *series, joint before, joint after)
{
    const joint *j[2] = { &before, &after };
    for (size_t i = 0; i < 2; i++) {
        run_row(r, series, (double)i, "of_x", information(j[i], OF_Y, OF_S | OF_N));
        run_row(r, series, (double)i, "of_scores", information(j[i], OF_Y, OF_S));
        run_row(r, series, (double)i, "of_nuisances", information(j[i], OF_Y, OF_N));
    }
    run_row(r, series, RUN_NO_X, "lost", information(j[0], OF_Y, OF_S) - information(j[1], OF_Y, OF_S));
    run_row(r, series, RUN_NO_X, "lost_of_x", information(j[1], OF_Y, OF_S | OF_N) - information(j[1], OF_Y, OF_S));
}

/*
# At random

The chain rule for any distribution; and $I(y; x) - I(y; z_s)$ for those of the form $p(y, z_s)\, p(z_n)$.
*/
static void draw(double *p, size_t n, gsl_rng *rng)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += p[i] = -log(gsl_rng_uniform_pos(rng));
    for (size_t i = 0; i < n; i++) p[i] /= sum;
}

static void at_random(run *r)
{
    gsl_rng *rng = rng_new(run_seed(r), "distributions");
    double chain = 0, lost = 0, by_any = 0;
    for (size_t i = 0; i < set.distributions; i++) {
        joint any, factorial;
        double pair[Y * S], rest[N];
        draw(&any.p[0][0][0], Y * S * N, rng);
        draw(pair, Y * S, rng);
        draw(rest, N, rng);
        for (size_t k = 0; k < Y * S * N; k++) (&factorial.p[0][0][0])[k] = pair[k / N] * rest[k % N];
        double all = information(&any, OF_Y, OF_S | OF_N);
        chain = fmax(chain, fabs(all - information(&any, OF_Y, OF_N) - conditional(&any)));
        by_any += (all - information(&any, OF_Y, OF_S)) / (double)set.distributions;
        lost = fmax(lost, fabs(information(&factorial, OF_Y, OF_S | OF_N) - information(&factorial, OF_Y, OF_S)));
    }
    run_row(r, "random", RUN_NO_X, "chain_rule_error", chain);
    run_row(r, "random", RUN_NO_X, "lost_of_x", by_any);
    run_row(r, "random factorial", RUN_NO_X, "lost_of_x", lost);
    gsl_rng_free(rng);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "jacobsen2019", .experiment = "fig5-information",
        .purpose = "Figure 5 and Theorem 8: the information about the class, counted on small distributions.",
        .settings = { settings } });
    compare(r, "CE", made(TOLD_BY_BOTH, .5), made(TOLD_BY_NUISANCES, .5));
    compare(r, "iCE", made(TOLD_BY_SCORES, .5), made(TOLD_BY_SCORES, .8));
    compare(r, "counterexample", made(TOLD_BY_SCORES, .5), made(TOLD_BY_PAIR, .5));
    compare(r, "label noise", made(TOLD_BY_SCORES, .5), made(TOLD_BY_NONE, .5));
    at_random(r);
    run_end(r);
    return STATUS_DONE;
}
