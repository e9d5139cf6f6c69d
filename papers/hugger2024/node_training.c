/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/rng.h"
#include "data/folds.h"
#include "data/mixing.h"
#include "node_training.h"
#include "run/keep.h"
#include "tape/arithmetic.h"

static void keep(node_trainer *m)
{
    checkpoint *c = run_checkpoint(m->r);
    keep_parameters(c, m->net.parameters, m->net.count);
    keep_optimizer(c, "optimizer", m->o);
    keep_batches(c, &m->data);
    checkpoint_keep_rng(c, "noise stream", m->noise);
    checkpoint_keep_rng(c, "label stream", m->labels);
    checkpoint_keep_mat(c, "scores", m->scores);
    checkpoint_keep(c, "begun", &m->begun, sizeof m->begun);
    checkpoint_keep(c, "step", &m->step, sizeof m->step);
}

void node_trainer_init(node_trainer *m, run *r, const graph *of, const node_recipe *how, arena *memory)
{
    size_t n = of->nodes;
    *m = (node_trainer){ .r = r, .of = of, .how = *how, .t = tape_new(), .order = rng_new(run_seed(r), "order"),
                         .noise = rng_new(run_seed(r), "noise"), .labels = rng_new(run_seed(r), "drawn labels"),
                         .fold = arena_take(memory, n, sizeof(size_t)), .index = arena_take(memory, n, sizeof(size_t)),
                         .y = arena_take(memory, n, sizeof(int)), .all = csr_of_pairs(n, of->edge, of->edges, memory),
                         .scores = arena_mat(memory, n, of->classes), .log_eta = arena_mat(memory, 1, of->classes) };
    mat_fill(m->scores, 0);
    deeper_gcn_init(&m->net, (gcn_shape){ of->words.cols, how->width, how->layers, of->classes, how->dropout }, memory);
    m->o = optimizer_new(&adam, m->net.parameters, m->net.count, ADAM_DEFAULTS);
    gsl_rng *draw = rng_new(run_seed(r), "folds");
    folds_draw(m->fold, of->y, n, of->classes, how->folds, draw, memory);
    gsl_rng_free(draw);
    batches_init(&m->data, n, how->batch, DROP_LAST, m->order, memory);
    keep(m);
}

void node_trainer_free(node_trainer *m)
{
    tape_free(m->t);
    optimizer_free(m->o);
    gsl_rng_free(m->order);
    gsl_rng_free(m->noise);
    gsl_rng_free(m->labels);
}

static void begin(node_trainer *m)
{
    gsl_rng *init = rng_new(run_seed(m->r), "init");
    deeper_gcn_start(&m->net, init);
    gsl_rng_free(init);
    optimizer_reset(m->o);
    rng_restart(m->order, run_seed(m->r), "order");
    rng_restart(m->noise, run_seed(m->r), "noise");
    rng_restart(m->labels, run_seed(m->r), "drawn labels");
    batches_restart(&m->data);
    m->begun = 1;
    m->step = 0;
}

/*
# Another graph every step

An edge that is put in may be there already, and then counts twice.
*/
static csr other_edges(node_trainer *m, arena *a)
{
    const graph *g = m->of;
    size_t added = (size_t)(m->how.add_edges * (double)g->edges), count = 0;
    csr_pair *edge = arena_take(a, g->edges + added, sizeof *edge);
    for (size_t e = 0; e < g->edges; e++)
        if (gsl_rng_uniform(m->noise) >= m->how.drop_edges) edge[count++] = g->edge[e];
    for (size_t e = 0; e < added; e++) {
        size_t from = gsl_rng_uniform_int(m->noise, g->nodes), beyond = 1 + gsl_rng_uniform_int(m->noise, g->nodes - 1);
        edge[count++] = (csr_pair){ from, (from + beyond) % g->nodes };
    }
    return csr_of_pairs(g->nodes, edge, count, a);
}

/* Words that stay weigh more, as in dropout. */
static csr other_words(node_trainer *m, arena *a)
{
    csr words = m->of->words;
    real *value = arena_take(a, csr_entries(words), sizeof *value);
    for (size_t i = 0; i < words.rows; i++) {
        bool masked = gsl_rng_uniform(m->noise) < m->how.mask_nodes;
        for (size_t e = words.start[i]; e < words.start[i + 1]; e++) {
            bool dropped = gsl_rng_uniform(m->noise) < m->how.drop_words;
            value[e] = masked || dropped ? 0 : words.value[e] / (real)(1 - m->how.drop_words);
        }
    }
    words.value = value;
    return words;
}

/*
# A step
*/
size_t node_epochs(const node_recipe *how, loss_kind kind)
{
    return loss_is_soft(kind) ? how->soft_epochs : how->hard_epochs;
}

static void step(node_trainer *m, loss_kind kind)
{
    tape *t = m->t;
    arena *a = tape_arena(t);
    size_t count;
    const size_t *drawn = batches_next(&m->data, &count);
    size_t *index = arena_take(a, count, sizeof *index);
    for (size_t i = 0; i < count; i++) {
        index[i] = m->index[drawn[i]];
        m->y[i] = m->of->y[index[i]];
    }
    mat targets = arena_mat(a, count, m->of->classes);
    soft_targets(targets, m->y, m->how.smoothing);
    csr edges = other_edges(m, a), words = other_words(m, a);
    node *z = gather_rows(t, deeper_gcn_apply(t, &m->net, words, edges, m->noise), index, count);
    node *loss = loss_of(kind, t, z, m->y, targets, &(contrast){ m->log_eta.at, 1 }, m->labels);
    run_loss(t, loss);
    tape_backward(t, loss);
    optimizer_step(m->o, m->how.rate);
    tape_reset(t);
}

/*
# A fold

What is trained on, and how frequent its classes are.
*/
static void choose(node_trainer *m, size_t fold)
{
    size_t count = 0;
    for (size_t i = 0; i < m->of->nodes; i++)
        if (m->fold[i] != fold) m->index[count++] = i;
    label_frequencies(m->log_eta, m->of->y, m->index, count);
    log_frequencies(m->log_eta, m->log_eta, count);
    m->data.n = count;
}

static void keep_scores(node_trainer *m, size_t fold)
{
    mat z = deeper_gcn_apply(m->t, &m->net, m->of->words, m->all, NULL)->value;
    for (size_t i = 0; i < z.rows; i++)
        if (m->fold[i] == fold) memcpy(mat_row(m->scores, i), mat_row(z, i), z.cols * sizeof(real));
    tape_reset(m->t);
}

void node_train(node_trainer *m, loss_kind kind, size_t fold, size_t done, size_t total)
{
    choose(m, fold);
    size_t epochs = node_epochs(&m->how, kind), steps = epochs * batches_per_epoch(&m->data);
    if (!m->begun) begin(m);
    while (m->step < steps) {
        step(m, kind);
        m->step++;
        run_tick(m->r, done + m->step * epochs / steps, total, loss_name[kind]);
    }
    keep_scores(m, fold);
    m->begun = 0;
}
