/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# The networks of hugger2024, and how they are trained

The network on graphs against itself, against plain loops and against central differences; and a first step of training, which
shows the rate and the decay of each parameter.

    hugger2024_networks [CASE]      all cases, or one
*/
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../papers/hugger2024/deeper_gcn.h"
#include "../papers/hugger2024/training.h"
#include "loops.h"
#include "nn/losses.h"
#include "run/run.h"
#include "tapes.h"

enum { K = 5 };

/*
# A network on a graph

Twelve nodes, six words. Who is called what does not matter; a node without neighbours and words knows nothing: its scores are those
that all nodes have where there are neither edges nor words; and the gradient of NLL is that of central differences, in every
parameter.
*/
enum { GRAPH_NODES = 12, GRAPH_WORDS = 6, GRAPH_EDGES = 14 };

typedef struct small_graph { csr edges, words; } small_graph;

/* Node i is called (i * step) % 12. */
static small_graph drawn_graph(size_t step)
{
    gsl_rng *rng = rng_new(4, "graph");
    csr_pair edge[GRAPH_EDGES];
    csr words = { GRAPH_NODES, GRAPH_WORDS, arena_take(memory, GRAPH_NODES + 1, sizeof(size_t)),
                  arena_take(memory, 2 * GRAPH_NODES, sizeof(size_t)), NULL };
    size_t word[GRAPH_NODES][2], count = 0;
    for (size_t e = 0; e < GRAPH_EDGES; e++) {
        size_t a = gsl_rng_uniform_int(rng, GRAPH_NODES - 1), b = gsl_rng_uniform_int(rng, GRAPH_NODES - 2);
        edge[e] = (csr_pair){ a * step % GRAPH_NODES, (b >= a ? b + 1 : b) * step % GRAPH_NODES };
    }
    for (size_t i = 0; i < GRAPH_NODES; i++)
        for (size_t w = 0; w < 2; w++) word[i * step % GRAPH_NODES][w] = gsl_rng_uniform_int(rng, GRAPH_WORDS);
    for (size_t i = 0; i < GRAPH_NODES; i++) {
        words.start[i] = count;
        for (size_t w = 0; w < 2 && i != (GRAPH_NODES - 1) * step % GRAPH_NODES; w++) words.index[count++] = word[i][w];
    }
    words.start[GRAPH_NODES] = count;
    gsl_rng_free(rng);
    return (small_graph){ csr_of_pairs(GRAPH_NODES, edge, GRAPH_EDGES, memory), words };
}

static deeper_gcn *small_network(void)
{
    gsl_rng *rng = rng_new(5, "init");
    deeper_gcn *net = arena_take(memory, 1, sizeof *net);
    deeper_gcn_init(net, (gcn_shape){ GRAPH_WORDS, 5, 3, K, .1 }, memory);
    deeper_gcn_start(net, rng);
    net->layer[1].tau.value.at[0] = (real)2.5;
    gsl_rng_free(rng);
    return net;
}

/* The last node hears nobody and has no words. */
static void check_knows_nothing(deeper_gcn *net, mat z)
{
    csr none = csr_of_pairs(GRAPH_NODES, NULL, 0, memory), no_words = none;
    no_words.cols = GRAPH_WORDS;
    mat zz = deeper_gcn_apply(t, net, no_words, none, NULL)->value;
    double off = 0;
    for (size_t i = 0; i < GRAPH_NODES; i++)
        for (size_t k = 0; k < K; k++)
            off = larger(off, fabs((double)(mat_row(zz, i)[k] - mat_row(z, GRAPH_NODES - 1)[k])));
    gsl_test(!(off < tolerance(1e-5, 1e-13)), "who knows nothing has scores that are off by %.1e", off);
}

static void test_names_of_nodes(void)
{
    deeper_gcn *net = small_network();
    small_graph one = drawn_graph(1), other = drawn_graph(5);
    mat z = deeper_gcn_apply(t, net, one.words, one.edges, NULL)->value;
    mat zz = deeper_gcn_apply(t, net, other.words, other.edges, NULL)->value;
    double most = 0, spread = 0;
    for (size_t i = 0; i < GRAPH_NODES; i++)
        for (size_t k = 0; k < K; k++) {
            most = larger(most, fabs((double)(mat_row(z, i)[k] - mat_row(zz, i * 5 % GRAPH_NODES)[k])));
            spread = larger(spread, fabs((double)(mat_row(z, i)[k] - mat_row(z, 0)[k])));
        }
    gsl_test(!(most < tolerance(1e-5, 1e-13)), "renamed, the scores of a node are off by %.1e", most);
    gsl_test(!(spread > .01), "nodes differ by %.1e only", spread);
    check_knows_nothing(net, z);
}

/*
# The same in plain loops
*/
static double heard(mat h, double tau, csr graph, size_t who, size_t channel)
{
    double sum = 0, all = 0;
    for (size_t e = graph.start[who]; e < graph.start[who + 1]; e++) {
        double message = fmax(0, (double)mat_row(h, graph.index[e])[channel]), weight = exp(tau * message);
        sum += weight * message;
        all += weight;
    }
    return all > 0 ? sum / all : 0;
}

static mat loop_round(const gcn_layer *l, mat h, csr graph)
{
    mat said = arena_mat(memory, h.rows, h.cols);
    for (size_t i = 0; i < h.rows; i++)
        for (size_t c = 0; c < h.cols; c++)
            mat_row(said, i)[c] = (real)heard(h, (double)l->tau.value.at[0], graph, i, c);
    return loop_dense(loop_relu(loop_norm(loop_dense(loop_sum(h, said), &l->up), &l->inside)), &l->down);
}

static mat loop_gcn(const deeper_gcn *g, const small_graph *on)
{
    mat h = arena_mat(memory, GRAPH_NODES, g->shape.width);
    mat_fill(h, 0);
    for (size_t i = 0; i < GRAPH_NODES; i++)
        for (size_t e = on->words.start[i]; e < on->words.start[i + 1]; e++)
            for (size_t c = 0; c < h.cols; c++) mat_row(h, i)[c] += mat_row(g->encoder.value, on->words.index[e])[c];
    h = loop_round(&g->layer[0], h, on->edges);
    for (size_t i = 1; i < g->shape.layers; i++)
        h = loop_sum(h, loop_round(&g->layer[i], loop_relu(loop_norm(h, &g->layer[i].before)), on->edges));
    return loop_dense(loop_relu(loop_norm(h, &g->last)), &g->scores);
}

static void test_graph_twice(void)
{
    gsl_rng *rng = rng_new(6, "weights");
    deeper_gcn *net = small_network();
    small_graph g = drawn_graph(1);
    loop_weights(net->parameters, net->count, 1, rng);
    loop_same(deeper_gcn_apply(t, net, g.words, g.edges, NULL)->value, loop_gcn(net, &g), "scores of nodes");
    gsl_rng_free(rng);
}

/*
# Gradients
*/
static double graph_loss(deeper_gcn *net, const small_graph *g, const int *y, bool backward)
{
    node *loss = cross_entropy(t, deeper_gcn_apply(t, net, g->words, g->edges, NULL), y);
    if (backward) tape_backward(t, loss);
    double value = node_scalar(loss);
    tape_reset(t);
    return value;
}

static void test_graph_gradients(void)
{
    if (sizeof(real) == sizeof(float)) return;         /* a difference quotient in float has no digits left */
    deeper_gcn *net = small_network();
    small_graph g = drawn_graph(1);
    int y[GRAPH_NODES];
    for (int i = 0; i < GRAPH_NODES; i++) y[i] = i % K;
    graph_loss(net, &g, y, true);
    for (size_t p = 0; p < net->count; p++) {
        parameter *of = net->parameters[p];
        double most = 0, largest = 1e-3;
        for (size_t i = 0; i < mat_size(of->value); i++) {
            real was = of->value.at[i];
            double h = tolerance(3e-3, 6e-6), difference;
            of->value.at[i] = was + (real)h;
            difference = graph_loss(net, &g, y, false);
            of->value.at[i] = was - (real)h;
            difference = (difference - graph_loss(net, &g, y, false)) / (2 * h);
            of->value.at[i] = was;
            most = larger(most, fabs(difference - (double)of->grad.at[i]));
            largest = larger(largest, fabs((double)of->grad.at[i]));
        }
        gsl_test(!(most < tolerance(.1, 1e-6) * largest), "%s: off by %.1e of %.1e", of->name, most, largest);
    }
}

/*
# Rates and decays

In its first step AdamW moves a weight w with gradient g by $-(\mathrm{sign}\, g + \lambda w)$ times its rate. The rate halves with
each layer away from the head; matrices decay, but not the positions. Names say which is which. A shift in front of a batch
normalisation may have no gradient: rounding then takes the place of its sign, so a parameter may go unseen, but not two.
*/
static size_t layer_named(const char *name, size_t depth)
{
    size_t number;
    if (sscanf(name, "convolution %zu", &number) == 1) return number - 1;
    if (sscanf(name, "block %zu", &number) == 1) return number;
    return strncmp(name, "embedding", strlen("embedding")) == 0 ? 0 : depth;
}

static bool is_matrix(const char *name)
{
    return strcmp(name + strlen(name) - 2, ".w") == 0;
}

static void check_step(run *r, body_kind body, size_t hidden)
{
    enum { IMAGES = 12, LAYERS = 3 };
    const image in = { 8, 8, 3 };
    const classifier_shape shape = { .body = body, .in = in, .classes = K, .filters = 2, .hidden = hidden,
                                     .transformer = { in, 4, 6, LAYERS - 1, 2, 2, 0 } };
    const recipe how = { .batch = IMAGES, .epochs = 1, .rate = .01, .decay = 3, .layer_decay = .5 };
    gsl_rng *rng = rng_new(7, "step");
    int y[IMAGES];
    for (int i = 0; i < IMAGES; i++) y[i] = i % K;
    examples from = { noise(rng, IMAGES, image_size(in)), y };
    trainer *m = arena_take(memory, 1, sizeof *m);
    trainer_init(m, r, &shape, &how, 1, from, memory);
    classifier_start(&m->net, rng);
    loop_weights(m->net.parameters, m->net.count, .3, rng);
    mat *before = arena_take(memory, m->net.count, sizeof *before);
    for (size_t p = 0; p < m->net.count; p++) {
        mat now = m->net.parameters[p]->value;
        before[p] = arena_mat(memory, now.rows, now.cols);
        mat_copy(before[p], now);
    }
    size_t unseen = 0;
    m->at.begun = 1;                                     /* with these weights */
    train(m, NLL, from);
    for (size_t p = 0; p < m->net.count; p++) {
        const parameter *of = m->net.parameters[p];
        double rate = how.rate * pow(how.layer_decay, (double)(LAYERS - layer_named(of->name, LAYERS))), off = 0;
        size_t told = 0;
        for (size_t i = 0; i < mat_size(of->value); i++) {
            double w = (double)before[p].at[i], g = (double)of->grad.at[i], moved = (w - (double)of->value.at[i]) / rate;
            if (fabs(g) < 1e-5) continue;
            told++;
            off = larger(off, fabs(moved - copysign(1, g) - (is_matrix(of->name) ? how.decay * w : 0)));
        }
        gsl_test(!(off < .01), "body %d, %s: steps of %zu weights are off by %g of the rate", (int)body, of->name, told, off);
        unseen += told == 0;
    }
    gsl_test(unseen > 1, "body %d: %zu parameters without a gradient", (int)body, unseen);
    trainer_free(m);
    gsl_rng_free(rng);
}

static void test_groups(void)
{
    static char *argv[] = { "hugger2024_networks", "--profile", "smoke", "--quiet", "--output", "/dev/null", NULL };
    static const run_setting none[] = { { 0 } };
    static const run_program program = { .paper = "hugger2024", .experiment = "groups", .purpose = "A step.",
                                         .settings = { none } };
    run *r = run_begin(6, argv, &program);
    check_step(r, CONVOLUTIONS, 7);
    check_step(r, TRANSFORMER, 7);
    check_step(r, TRANSFORMER, 0);
    run_end(r);
}

static const test_case cases[] = {
    { "names_of_nodes", test_names_of_nodes }, { "graph_twice", test_graph_twice }, { "graph_gradients", test_graph_gradients },
    { "groups", test_groups },
};

int main(int argc, char **argv)
{
    tapes_begin();
    return TAPES_RUN(cases, argc, argv);
}
