/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "cnn.h"
#include "learn/auroc.h"
#include "learn/calibration.h"
#include "learn/knn.h"
#include "learn/knn_classifier.h"
#include "map.h"
#include "out_of_distribution.h"
#include "run/load.h"

enum { NEIGHBOURS = 10 };
static struct { size_t trained, shown; } set;

const run_setting ood_settings[] = {
    { "trained", &set.trained, NULL, { 300, 2000, 10000, 10000 }, "training images that distances are measured to", "ours" },
    { "shown", &set.shown, NULL, { 60, 500, 1000, 1000 }, "test images of either kind", "ours" },
    { 0 }
};

ood_split ood_new(const run *r, const dataset *data, arena *memory)
{
    size_t n = data->test.x.rows;
    if (2 * set.shown > n)
        die(STATUS_USAGE, "--shown %zu of %zu test images: expected no more than half of them", set.shown, n);
    const size_t *order = run_order(r, "met", n, memory);
    return (ood_split){ run_part(r, data->train, "reference", set.trained, memory),
                        examples_gather(data->test, order, set.shown, memory),
                        examples_gather(data->test, order + set.shown, set.shown, memory) };
}

mat ood_attacked(const ood_split *m, network *net, attack how, arena *memory)
{
    mat x = m->others.x, bad = arena_mat(memory, x.rows, x.cols);
    tape *t = tape_new();
    int *answer = arena_take(memory, bad.rows, sizeof *answer);
    network_answers(answer, net, t, x);
    network_attack(bad, net, x, answer, how, NULL, t);
    tape_free(t);
    return bad;
}

/*
# The measures
*/
static double *distances(mat of, mat trained, arena *memory)
{
    size_t n = of.rows, *near = arena_take(memory, n * NEIGHBOURS, sizeof *near);
    double *all = arena_take(memory, n * NEIGHBOURS, sizeof *all), *last = arena_take(memory, n, sizeof *last);
    knn_search(near, all, of, trained, NEIGHBOURS, WITH_SELF, memory);
    for (size_t i = 0; i < n; i++) last[i] = all[i * NEIGHBOURS + NEIGHBOURS - 1];
    return last;
}

static double confidence(mat scores)
{
    double sum = 0, p;
    for (size_t i = 0; i < scores.rows; i++, sum += p) likeliest_class(mat_row(scores, i), scores.cols, &p);
    return sum / (double)scores.rows;
}

static void measure(run *r, const char *name, const network *net, size_t layer, const ood_split *m, mat strange, bool mapped,
                    arena *memory)
{
    arena_mark mark = arena_save(memory);
    tape *t = tape_new();
    mat trained = network_layer(net, layer, m->trained.x, t, memory), known = network_layer(net, layer, m->known.x, t, memory),
        other = network_layer(net, layer, strange, t, memory);
    int *kind = arena_take(memory, known.rows + other.rows, sizeof *kind);
    mat both = rows_of_both(known, other, kind, memory);
    run_row(r, name, RUN_NO_X, "auroc", auroc(distances(other, trained, memory), other.rows,
                                              distances(known, trained, memory), known.rows, memory));
    run_row(r, name, RUN_NO_X, "apart", knn_agreement(both, kind, NEIGHBOURS, memory));
    run_row(r, name, RUN_NO_X, "confidence", confidence(network_layer(net, net->layers, strange, t, memory)));
    if (mapped) map_rows(r, name, both, kind, memory);
    tape_free(t);
    arena_release(memory, mark);
}

void ood_measures(run *r, const char *name, const network *net, size_t layer, const ood_split *m, mat strange,
                  arena *memory)
{
    measure(r, name, net, layer, m, strange, false, memory);
}

void ood_measures_and_map(run *r, const char *name, const network *net, size_t layer, const ood_split *m, mat strange,
                          arena *memory)
{
    measure(r, name, net, layer, m, strange, true, memory);
}

void ood_of_another_set(run *r, const char *known, const char *strange, const char *experiment)
{
    static const char *const model[] = { "baseline", "entangled" };
    arena *memory = arena_new();
    dataset data = run_load(r, known, NULL, memory), other = run_load(r, strange, NULL, memory);
    ood_split m = ood_new(r, &data, memory);
    mat strangers = run_part(r, other.test, "strange", m.known.x.rows, memory).x;
    for (size_t i = 0; i < 2; i++) {
        network *net = cnn_trained(r, &data, experiment, run_seed(r), model[i], memory);
        ood_measures_and_map(r, model[i], net, net->layers, &m, strangers, memory);
    }
    arena_free(memory);
}
