/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Does our mean count as the published one?

With $n$ seeds of ours and a published mean $\mu_0$ we do not ask whether the
difference is significant: a noisy run would always pass. We ask the converse:
is the 90 % interval of the difference wholly inside $\pm\Delta$? That is
Schuirmann's two one-sided tests (TOST) at level 0.05. An interval wholly
outside shows a difference that matters; one that straddles an end shows
nothing yet.
*/
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "claims/estimate.h"
#include "claims/judge.h"

static const double CONFIDENCE = 0.90;     /* two-sided; 0.95 on either side */

typedef enum outcome { HOLDS, FAILS, OPEN } outcome;

const char *verdict_name(verdict v)
{
    static const char *const name[VERDICTS] = {
        "reproduced", "direction reproduced", "differs", "undecided", "not run"
    };
    return name[v];
}

/*
# Three ways an interval can lie

The margin belongs to the inside, so that a point (the seeds all agree) is
always decided. One seed has no interval, and its NaN fails every comparison:
it stays open.
*/
static outcome lies_within(interval d, double margin)
{
    if (d.low >= -margin && d.high <= margin) return HOLDS;
    return d.high < -margin || d.low > margin ? FAILS : OPEN;
}

static outcome lies_beyond(interval d, char relation, double bound)
{
    if (relation == '<')
        return lies_beyond((interval){ -d.mean, -d.high, -d.low }, '>', -bound);
    if (d.low > bound) return HOLDS;
    return d.high <= bound ? FAILS : OPEN;
}

static void settle(judgement *j, const claim *c, outcome o)
{
    bool number = c->kind == CLAIM_VALUE || c->kind == CLAIM_BEST;
    bool other = j->scale == OTHER_DATA;
    if ((other && !claim_is_ours(c)) || (number && j->scale != PAPER_SCALE)) {
        char found[sizeof j->why];
        snprintf(found, sizeof found, "%s", j->why);
        j->verdict = NOT_RUN;
        if (other)
            snprintf(j->why, sizeof j->why, "on other data than the paper's, %.200s", found);
        else if (j->scale == STAND_IN)
            snprintf(j->why, sizeof j->why, "not on the paper's data; on a stand-in, %.200s", found);
        else
            snprintf(j->why, sizeof j->why, "the paper's scale, where alone a number is compared; this is at "
                     "reduced scale (%s)", j->profile);
        return;
    }
    j->verdict = o == OPEN ? UNDECIDED : o == FAILS ? DIFFERS
               : j->scale == PAPER_SCALE ? REPRODUCED : DIRECTION_REPRODUCED;
}

static void record(judgement *j, interval ours)
{
    j->ours = ours.mean;
    j->low = ours.low;
    j->high = ours.high;
}

/* The margin as it was written down; a share of another number as what it comes to. */
static number_text margin_show(const claim *c, double margin)
{
    number_text shown;
    if (c->margin_relative) return number_show(margin);
    snprintf(shown.text, sizeof shown.text, "%s", margin == 0 ? "0" : c->margin_text);
    return shown;
}

/* "two-sample: difference -0.080 [-0.501, 0.341], margin .75" */
static void explain(judgement *j, const char *test, const char *what, interval d,
                    const char *limit, number_text bound)
{
    double width = d.high - d.low;
    if (isnan(d.low))
        snprintf(j->why, sizeof j->why, "one seed: %s %s has no interval", what,
                 number_show(d.mean).text);
    else
        snprintf(j->why, sizeof j->why, "%s: %s %s [%s, %s], %s %s", test, what,
                 number_within(d.mean, width).text, number_within(d.low, width).text,
                 number_within(d.high, width).text, limit, bound.text);
}

/* Our side; a claim that declares no spread takes one run for exact. */
static estimate ours_of(const claim *c, const double *x, size_t n)
{
    bool varies = c->kind == CLAIM_VALUE || !(c->spread == 0);
    return n == 1 && !varies ? estimate_exact(x[0]) : estimate_of(x, n);
}

/*
# A number against a number

Without a published spread the published mean is taken as exact. With one, its
noise widens the interval, and if that noise alone fills the margin more seeds
of ours hardly help: the verdict says so.
*/
static void judge_number(judgement *j, const claim *c, const cell *a)
{
    bool noisy = c->kind == CLAIM_VALUE && !isnan(c->spread);
    estimate ours = ours_of(c, a->value, a->n);
    estimate theirs = noisy ? estimate_published(c->published, c->spread, c->n)
                            : estimate_exact(c->published);
    double margin = claim_margin(c);
    interval d = interval_difference(ours, theirs, CONFIDENCE);
    interval noise = interval_mean(theirs, CONFIDENCE);
    outcome o = lies_within(d, margin);
    record(j, interval_mean(ours, CONFIDENCE));
    explain(j, noisy ? "Welch" : "published number taken as exact", "difference", d,
            "margin", margin_show(c, margin));
    if (o == OPEN && !isnan(d.low) && (noise.high - noise.low) / 2 > margin)
        snprintf(j->why, sizeof j->why, "the noise of the published mean alone (%s) is wider "
                 "than the margin %s: more seeds of ours hardly help",
                 number_within((noise.high - noise.low) / 2, margin).text, margin_show(c, margin).text);
    settle(j, c, o);
}

static void judge_bound(judgement *j, const claim *c, const cell *a)
{
    interval m = interval_mean(ours_of(c, a->value, a->n), CONFIDENCE);
    record(j, m);
    explain(j, "one-sided t", "mean", m, "bound", margin_show(c, c->margin));
    settle(j, c, lies_beyond(m, *c->relation, c->margin));
}

/*
# The best against the best

A single best has no interval: it is compared as it stands, with as many runs
as the paper had (`best_of` when we have more). From fewer of ours nothing
follows.
*/
double claim_best(const claim *c, const cell *a)
{
    double *x = malloc(a->n * sizeof *x);
    REQUIRE(x, "no memory for %zu values", a->n);
    memcpy(x, a->value, a->n * sizeof *x);
    double best = best_of(x, a->n, c->n > 0 && c->n < a->n ? c->n : a->n,
                          strcmp(c->relation, "max") == 0 ? 1 : -1);
    free(x);
    return best;
}

static void judge_best(judgement *j, const claim *c, const cell *a)
{
    double margin = claim_margin(c);
    j->ours = claim_best(c, a);
    if (a->n < c->n)
        snprintf(j->why, sizeof j->why, "the best of %zu runs is not the best of %zu: more "
                 "seeds are needed", a->n, c->n);
    else
        snprintf(j->why, sizeof j->why, "%s %zu: difference %s, margin %s",
                 a->n == c->n ? "best of" : "mean best of every", c->n,
                 number_within(j->ours - c->published, margin).text, margin_show(c, margin).text);
    settle(j, c, a->n < c->n ? OPEN : fabs(j->ours - c->published) <= margin ? HOLDS : FAILS);
}

/*
# One series against another

Two series that ran on the same seeds share what the seed decides (the initial
weights, the subset of the data), and the difference seed by seed is free of
it: the test is paired, $t$ on $d_i = a_i - b_i$ with $n - 1$ degrees of
freedom. Otherwise it is Welch's.
*/
static bool same_seeds(const cell *a, const cell *b)
{
    return a->n == b->n && memcmp(a->seed, b->seed, a->n * sizeof *a->seed) == 0;
}

static interval difference(const claim *c, const cell *a, const cell *b)
{
    if (!same_seeds(a, b))
        return interval_difference(ours_of(c, a->value, a->n), ours_of(c, b->value, b->n),
                                   CONFIDENCE);
    double *d = calloc(a->n, sizeof *d);
    REQUIRE(d, "no memory for %zu differences", a->n);
    for (size_t i = 0; i < a->n; i++) d[i] = a->value[i] - b->value[i];
    interval found = interval_mean(ours_of(c, d, a->n), CONFIDENCE);
    free(d);
    return found;
}

static void judge_pair(judgement *j, const claim *c, const cell *a, const cell *b)
{
    interval d = difference(c, a, b);
    double margin = c->margin;
    if (c->margin_relative) margin *= fabs(estimate_of(b->value, b->n).mean);
    if (b->n < j->n) j->n = b->n;
    record(j, d);
    explain(j, same_seeds(a, b) ? "paired over the seeds" : "Welch", "difference", d,
            "margin", margin_show(c, margin));
    settle(j, c, c->kind == CLAIM_SAME ? lies_within(d, margin)
               : lies_beyond(d, *c->relation, *c->relation == '>' ? margin : -margin));
}

/* The cell, or NULL after the judgement says what is not there. */
static const cell *cell_of(judgement *j, const claim *c, const results *r,
                           const char *series, const char *x)
{
    const cell *found = results_find(r, series, x, c->metric);
    if (!found) {
        bool no_x = strcmp(x, ".") == 0;
        j->verdict = NOT_RUN;
        if (strncmp(c->note, "Left out", strlen("Left out")) == 0)
            snprintf(j->why, sizeof j->why, "%s", c->note);
        else
            snprintf(j->why, sizeof j->why, "the %s results hold no %s of %s%s%s", r->profile, c->metric, series,
                     no_x ? "" : " at x = ", no_x ? "" : x);
    }
    return found;
}

judgement claim_judge(const claim *c, const results *r, const results *versus)
{
    judgement j = { .verdict = NOT_RUN, .ours = NAN, .low = NAN, .high = NAN,
                    .profile = ".", .scale = NO_SCALE, .why = "no results" };
    REQUIRE(claim_is_judged(c), "claim %s: kind %s is not judged", c->id, kind_name(c->kind));
    if (!r) return j;
    j.profile = r->profile;
    j.scale = r->scale;
    bool pair = c->kind == CLAIM_ORDER || c->kind == CLAIM_SAME;
    const cell *a = cell_of(&j, c, r, c->series, c->x), *b = NULL;
    if (a && pair && !versus)
        snprintf(j.why, sizeof j.why, "no %s results of %s to compare with", r->profile,
                 c->versus_experiment);
    if (a && pair && versus) {
        b = cell_of(&j, c, versus, c->versus_series, c->versus_x);
        if (versus->scale > j.scale) j.scale = versus->scale;
    }
    if (!a || (pair && !b)) return j;
    j.n = a->n;
    if (pair)
        judge_pair(&j, c, a, b);
    else if (c->kind == CLAIM_BEST)
        judge_best(&j, c, a);
    else if (c->kind == CLAIM_SHAPE && *c->relation != '=')
        judge_bound(&j, c, a);
    else
        judge_number(&j, c, a);
    return j;
}
