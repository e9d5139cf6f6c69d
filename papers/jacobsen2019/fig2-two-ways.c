/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Figure 2: two ways to the same adversarial example

The paper's Figure 2 is a drawing. This one is measured. From an inner point $x_1$ we go straight towards its metamer (the scores of
$x_1$, the nuisances of an outer point b), up to $x^*$, where the way meets the outer sphere: D still says inner. On the
outer sphere we go from $x^*$ towards b, up to the first point $x_2$ that D calls outer. So $x^*$ is reached

* from $x_1$ by *invariance*: the classifier's answer stays, while the truth changes;
* from $x_2$ by *perturbation*: the truth stays, while the classifier changes its mind.

    fig2-two-ways --seed 1

At $x^*$ we also ask the classifier of the nuisances. The paper says of the metamers of its Figure 3 that it, unlike D, notices
when a point leaves the inner sphere for the outer one.

*Reads* the network of `fig3-spheres` with the same seed. *Writes* for which share of the pairs there are such an $x^*$ and $x_2$; over
these, the mean length of both ways, and for which share the classifier of the nuisances says outer at $x^*$; and the plane through the
three points of the first of them. *Checked by* the claims of Figure 2 in `papers/jacobsen2019/claims.tsv`.

[figure]

[verdicts]
*/
#include "base/error.h"          /* gives: STATUS_DONE */
#include "base/rng.h"            /* gives: rng_new */
#include "plane.h"               /* gives: plane_through, plane_regions */
#include "run/trained.h"         /* gives: trained_load */
#include "sphere_net.h"          /* gives: sphere_net_margins, spheres_crossing */

static struct { size_t pairs, side; } set;

static const run_setting settings[] = {
    { "pairs", &set.pairs, NULL, { 50, 500, 1000, 1000 }, "of an inner and an outer point", "ours" },
    { "side", &set.side, NULL, { 11, 61, 61, 61 }, "points along a side of the plane", "ours" },
    { 0 }
};

/*
# The adversarial example

A metamer inside the outer sphere leads to none. Pairs without an example are left out.
*/
static bool meet(real *star, const real *x1, const real *m, const spheres *s)
{
    double t = spheres_crossing(x1, m, s);
    spheres_between(star, x1, m, t, s->d);
    return t <= 1;
}

/* The first of `STEPS` points from x* to b, on the sphere, that D calls outer; false if x* itself is one, or none is. */
static bool approach(real *x2, sphere_net *s, const real *star, const real *b, tape *scratch, arena *memory)
{
    enum { STEPS = 200 };
    size_t d = s->data.d, k = 0;
    mat way = arena_mat(memory, STEPS + 1, d);
    double margin[STEPS + 1], unused[STEPS + 1];
    for (size_t i = 0; i <= STEPS; i++)
        for (size_t j = 0; j < d; j++) mat_row(way, i)[j] = star[j] + (b[j] - star[j]) * (real)i / STEPS;
    spheres_onto(way, s->data.radius[OUTER]);
    sphere_net_margins(s, margin, unused, way, scratch);
    while (k <= STEPS && margin[k] <= 0) k++;
    if (k == 0 || k > STEPS) return false;
    mat_copy(mat_view(x2, 1, d), mat_rows(way, k, 1));
    return true;
}

/* The three points of every example, a row each; how many there are. */
typedef struct ways { mat x1, star, x2; size_t count; } ways;

static ways seek(sphere_net *s, mat inner, mat outer, mat met, tape *scratch, arena *memory)
{
    size_t n = inner.rows, d = inner.cols;
    ways w = { arena_mat(memory, n, d), arena_mat(memory, n, d), arena_mat(memory, n, d), 0 };
    for (size_t i = 0; i < n; i++) {
        arena_mark mark = arena_save(memory);
        real *star = mat_row(w.star, w.count);
        mat_copy(mat_rows(w.x1, w.count, 1), mat_rows(inner, i, 1));
        w.count += meet(star, mat_row(inner, i), mat_row(met, i), &s->data)
                   && approach(mat_row(w.x2, w.count), s, star, mat_row(outer, i), scratch, memory);
        arena_release(memory, mark);
    }
    w.x1.rows = w.star.rows = w.x2.rows = w.count;
    return w;
}

/* Mean length of the ways from `from` to `to`. */
static void measure(run *r, const char *series, mat from, mat to, arena *memory)
{
    size_t n = from.rows, d = from.cols;
    double length = 0;
    real *way = arena_take(memory, d, sizeof *way);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < d; j++) way[j] = mat_row(to, i)[j] - mat_row(from, i)[j];
        length += spheres_distance(way, d) / (double)n;
    }
    run_row(r, series, RUN_NO_X, "length", length);
}

/* Does the classifier of the nuisances know where x* lies? */
static void ask_nuisances(run *r, sphere_net *s, mat star, tape *scratch, arena *memory)
{
    size_t n = star.rows, outer = 0;
    double *unused = arena_take(memory, n, sizeof *unused), *margin = arena_take(memory, n, sizeof *margin);
    sphere_net_margins(s, unused, margin, star, scratch);
    for (size_t i = 0; i < n; i++) outer += margin[i] > 0;
    run_row(r, "nuisance", RUN_NO_X, "outer_at_star", (double)outer / (double)n);
}

static void draw(run *r, sphere_net *s, const ways *w, tape *scratch, arena *memory)
{
    plane p = plane_through(w->x1.at, w->star.at, w->x2.at, s->data.d, memory);
    plane_regions(r, "plane", &p, 1.3 * s->data.radius[OUTER], set.side, s, scratch);
    run_row(r, "plane", RUN_NO_X, "distance", p.distance);
    plane_mark(r, "x1", &p, w->x1.at);
    plane_mark(r, "x2", &p, w->x2.at);
    plane_mark(r, "x*", &p, w->star.at);
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "jacobsen2019", .experiment = "fig2-two-ways",
        .purpose = "Figure 2: the same adversarial example by invariance and by perturbation.",
        .settings = { settings, sphere_net_settings } });
    arena *memory = arena_new();
    tape *scratch = tape_new();
    static sphere_net s;
    sphere_net_init(&s, memory);
    trained_load(r, "fig3-spheres", run_seed(r), "ce", &s, sphere_net_keep);
    size_t n = set.pairs, d = s.data.d;
    mat inner = arena_mat(memory, n, d), outer = arena_mat(memory, n, d), met = arena_mat(memory, n, d);
    gsl_rng *rng = rng_new(run_seed(r), "pairs");
    rng_normal(rng, inner, 1);
    rng_normal(rng, outer, 1);
    gsl_rng_free(rng);
    spheres_onto(inner, s.data.radius[INNER]);
    spheres_onto(outer, s.data.radius[OUTER]);
    firevnet_metamers(&s.net, met, inner, outer, scratch);
    ways w = seek(&s, inner, outer, met, scratch, memory);
    run_row(r, "pairs", RUN_NO_X, "found", (double)w.count / (double)n);
    if (w.count > 0) {
        measure(r, "invariance", w.x1, w.star, memory);
        measure(r, "perturbation", w.x2, w.star, memory);
        ask_nuisances(r, &s, w.star, scratch, memory);
        draw(r, &s, &w, scratch, memory);
    }
    sphere_net_free(&s);
    tape_free(scratch);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
