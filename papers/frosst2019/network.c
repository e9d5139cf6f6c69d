/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "network.h"
#include "nn/losses.h"
#include "run/keep.h"

void network_keep(void *net, checkpoint *c)
{
    const network *n = net;
    keep_parameters(c, n->parameters, n->count);
    if (n->keep) n->keep(n->model, c);
}

enum { BLOCK = 500 };

outputs network_layers(const network *net, tape *t, mat x)
{
    outputs h = net->apply(t, net->model, tape_input(t, x), INFERENCE);
    h.layer[h.layers++] = h.scores;
    return h;
}

evaluation network_evaluate(const network *net, tape *t, examples of)
{
    evaluation s = { 0 };
    for (size_t first = 0; first < of.x.rows; first += BLOCK) {
        const int *y = of.y + first;
        node *x = tape_input(t, mat_block(of.x, first, BLOCK));
        node *scores = net->apply(t, net->model, x, INFERENCE).scores;
        s.cross_entropy += node_scalar(cross_entropy(t, scores, y)) * (double)scores->value.rows;
        for (size_t i = 0; i < scores->value.rows; i++)
            s.accuracy += argmax(mat_row(scores->value, i), scores->value.cols) == (size_t)y[i];
        tape_reset(t);
    }
    s.accuracy /= (double)of.x.rows;
    s.cross_entropy /= (double)of.x.rows;
    return s;
}

void network_answers(int *y, const network *net, tape *t, mat x)
{
    for (size_t first = 0; first < x.rows; first += BLOCK) {
        mat scores = net->apply(t, net->model, tape_input(t, mat_block(x, first, BLOCK)), INFERENCE).scores->value;
        for (size_t i = 0; i < scores.rows; i++) y[first + i] = (int)argmax(mat_row(scores, i), scores.cols);
        tape_reset(t);
    }
}

mat network_layer(const network *net, size_t layer, mat x, tape *t, arena *memory)
{
    mat all = { 0 };
    for (size_t first = 0; first < x.rows; first += BLOCK) {
        mat part = network_layers(net, t, mat_block(x, first, BLOCK)).layer[layer]->value;
        if (first == 0) all = arena_mat(memory, x.rows, part.cols);
        mat_copy(mat_block(all, first, BLOCK), part);
        tape_reset(t);
    }
    return all;
}

static node *scores(tape *t, void *net, node *x)
{
    network *n = net;
    return n->apply(t, n->model, x, INFERENCE).scores;
}

attack_victim network_victim(network *net)
{
    return (attack_victim){ scores, net };
}

/* Smaller blocks than elsewhere: forward, back, and forward again stay in a cache. */
void network_attack(mat bad, network *net, mat x, const int *y, attack how, gsl_rng *rng, tape *t)
{
    enum { ATTACKED = 250 };
    attack_victim victim = network_victim(net);
    for (size_t first = 0; first < x.rows; first += ATTACKED)
        attack_pgd(mat_block(bad, first, ATTACKED), mat_block(x, first, ATTACKED), y + first, how, &victim, rng, t);
}
