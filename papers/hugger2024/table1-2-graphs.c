/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Tables 1 and 2, nodes of a graph: five losses, one DeeperGCN

The last column of both tables: cells of plant tissue are classified from what is known of each and from who its neighbours are
(CellTypeGraph). Its data cannot be had here, so the question goes to two graphs of papers that cite each other, Cora and
Citeseer (`data/graph.h`): does it pay to contrast soft targets where the network is of another kind?

    table1-2-graphs --profile desk --seed 1

Each loss trains the network of `deeper_gcn.h` once for each of five folds (`node_training.h`). A series is a graph and a loss:

| metric | |
|--------|-|
| `accuracy` | of the nodes, each by the network that had not seen its label |
| `class_average` | the same, averaged over classes |
| `gain`, `gain_average` | both less those of NLL |

The paper's graphs come eight a batch; ours is one, and labels come in batches. Random basis transforms and Gaussian noise are left
out: words are counts without directions.

*Reads* Cora and Citeseer. *Writes* these rows. *Checked by* the claims of Tables 1 and 2 in `papers/hugger2024/claims.tsv`.

[figure]

[verdicts]
*/
#include <stdio.h>

#include "base/error.h"          /* gives: STATUS_DONE */
#include "learn/calibration.h"   /* gives: top_accuracy, class_average_accuracy */
#include "node_training.h"       /* gives: node_train */
#include "run/load.h"            /* gives: run_graph */

static node_recipe set;

static const run_setting settings[] = {
    { "folds", &set.folds, NULL, { 2, 3, 5, 5 }, "parts, each held out once", "4.1" },
    { "batch", &set.batch, NULL, { 32, 256, 256, 256 }, "labels a batch; the paper's eight graphs are an eighth of all", "ours" },
    { "hard-epochs", &set.hard_epochs, NULL, { 2, 8, 20, 500 }, "passes over the labels", "4.1" },
    { "soft-epochs", &set.soft_epochs, NULL, { 3, 16, 40, 1000 }, "the same with soft targets", "4.1" },
    { "layers", &set.layers, NULL, { 2, 3, 7, 32 }, "rounds in which nodes hear their neighbours", "4.1" },
    { "width", &set.width, NULL, { 8, 32, 32, 128 }, "numbers a node", "DeeperGCN" },
    { "rate", NULL, &set.rate, { .01, .01, .01, .001 }, "learning rate of Adam", "4.1" },
    { "smoothing", NULL, &set.smoothing, { .1, .1, .1, .1 }, "epsilon of label smoothing", "4.1" },
    { "dropout", NULL, &set.dropout, { .1, .1, .1, .1 }, "of what a round is told", "DeeperGCN" },
    { "drop-edges", NULL, &set.drop_edges, { .1, .1, .1, .1 }, "share of edges that a step leaves out", "A.4" },
    { "add-edges", NULL, &set.add_edges, { .1, .1, .1, .1 }, "edges that it puts in, per edge", "A.4" },
    { "drop-words", NULL, &set.drop_words, { .1, .1, .1, .1 }, "share of words that it leaves out", "A.4" },
    { "mask-nodes", NULL, &set.mask_nodes, { .1, .1, .1, .1 }, "share of nodes that lose all their words", "A.4" },
    { 0 }
};

/*
# What is written
*/
typedef struct result { double accuracy, average; } result;

static void record(const node_trainer *m, loss_kind kind, result *nll)
{
    const graph *g = m->of;
    result own = { top_accuracy(m->scores, g->y, 1), class_average_accuracy(m->scores, g->y) };
    if (kind == NLL) *nll = own;
    char series[64];
    snprintf(series, sizeof series, "%s, %s", g->title, loss_name[kind]);
    run_row(m->r, series, RUN_NO_X, "accuracy", own.accuracy);
    run_row(m->r, series, RUN_NO_X, "class_average", own.average);
    run_row(m->r, series, RUN_NO_X, "gain", own.accuracy - nll->accuracy);
    run_row(m->r, series, RUN_NO_X, "gain_average", own.average - nll->average);
    run_tell(m->r, series);
}

/*
# Two graphs, five losses, five folds

Number i is fold i mod folds, of loss i / folds mod 5, of graph i / folds / 5.
*/
enum { GRAPHS = 2 };
static const char *const name[GRAPHS] = { "cora", "citeseer" };

static graph *load(run *r, arena *memory)
{
    graph *g = arena_take(memory, GRAPHS, sizeof *g);
    for (size_t i = 0; i < GRAPHS; i++) g[i] = run_graph(r, name[i], memory);
    run_other_data(r, "Cora and Citeseer in the place of CellTypeGraph.");
    return g;
}

static void require_possible(const graph *g)
{
    if (set.folds < 2 || set.folds > g->nodes)
        die(STATUS_USAGE, "--folds %zu of %zu nodes: expected 2 or more, and no more than there are", set.folds, g->nodes);
    size_t least = g->nodes - (g->nodes + set.folds - 1) / set.folds;
    if (set.batch < 2 || set.batch > least)
        die(STATUS_USAGE, "--batch %zu of %zu labels: expected 2 or more, and no more than there are", set.batch, least);
    if (set.layers > GCN_LAYERS) die(STATUS_USAGE, "--layers %zu: expected 1 to %d", set.layers, GCN_LAYERS);
    if (!(set.drop_edges < 1 && set.drop_words < 1 && set.mask_nodes < 1 && set.dropout < 1))
        die(STATUS_USAGE, "--drop-edges %g, --drop-words %g, --mask-nodes %g, --dropout %g: expected shares below 1",
            set.drop_edges, set.drop_words, set.mask_nodes, set.dropout);
}

/* Epochs of the trainings before this one. */
static size_t epochs_before(size_t training)
{
    size_t epochs = 0;
    for (size_t i = 0; i < training; i++) epochs += node_epochs(&set, (loss_kind)(i / set.folds % LOSSES));
    return epochs;
}

int main(int argc, char **argv)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "hugger2024", .experiment = "table1-2-graphs",
        .purpose = "Tables 1 and 2: five losses on the nodes of graphs, a DeeperGCN, Cora and Citeseer.",
        .settings = { settings } });
    arena *memory = arena_new();
    graph *g = load(r, memory);
    for (size_t i = 0; i < GRAPHS; i++) require_possible(&g[i]);
    node_trainer m[GRAPHS];
    result nll = { 0 };
    size_t training = 0, per_graph = LOSSES * set.folds, all = GRAPHS * per_graph;
    for (size_t i = 0; i < GRAPHS; i++) node_trainer_init(&m[i], r, &g[i], &set, memory);
    checkpoint_keep(run_checkpoint(r), "NLL", &nll, sizeof nll);
    checkpoint_keep(run_checkpoint(r), "training", &training, sizeof training);
    run_resume(r);
    for (; training < all; training++) {
        node_trainer *of = &m[training / per_graph];
        loss_kind kind = (loss_kind)(training / set.folds % LOSSES);
        node_train(of, kind, training % set.folds, epochs_before(training), epochs_before(all));
        if ((training + 1) % set.folds == 0) record(of, kind, &nll);
    }
    for (size_t i = 0; i < GRAPHS; i++) node_trainer_free(&m[i]);
    arena_free(memory);
    run_end(r);
    return STATUS_DONE;
}
