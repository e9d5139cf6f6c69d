/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "bench/small_network.h"
#include "nn/losses.h"
#include "nn/pooling.h"

enum { CLASSES = 10 };

void small_network_init(small_network *n, arena *memory, gsl_rng *rng)
{
    const convolution c1 = { { 28, 28, 1 }, 32, 5, 1, 2 }, c2 = { { 14, 14, 32 }, 64, 5, 1, 2 };
    n->conv[0] = convolution_layer_new(memory, "conv 1", c1, WITH_BIAS, RELU);
    n->conv[1] = convolution_layer_new(memory, "conv 2", c2, WITH_BIAS, RELU);
    n->scores = dense_layer_new(memory, "scores", 7 * 7 * 64, CLASSES, LINEAR);
    parameter *all[SMALL_PARAMETERS] = { &n->conv[0].w, &n->conv[0].b, &n->conv[1].w, &n->conv[1].b,
                                         &n->scores.w, &n->scores.b };
    memcpy(n->parameters, all, sizeof all);
    for (size_t i = 0; i < SMALL_PARAMETERS; i += 2) init_he(rng, all[i]->value);
}

node *small_network_loss(tape *t, small_network *n, mat x, const int *labels)
{
    node *h = tape_input(t, x);
    for (size_t i = 0; i < 2; i++) {
        h = convolution_layer_apply(t, &n->conv[i], h);
        h = max_pool(t, h, convolution_out(n->conv[i].shape), 2, 2);
    }
    return cross_entropy(t, dense_layer_apply(t, &n->scores, h), labels);
}

double convolution_flops(convolution c, size_t n, double times)
{
    image out = convolution_out(c);
    return times * (double)n * (double)(out.height * out.width * c.filters * convolution_fan_in(c));
}

double small_network_flops(const small_network *n, size_t batch)
{
    return 6.0 * (double)batch * (double)mat_size(n->scores.w.value)
         + convolution_flops(n->conv[0].shape, batch, 4) + convolution_flops(n->conv[1].shape, batch, 6);
}

int *labels_new(size_t n, int classes, arena *memory)
{
    int *labels = arena_take(memory, n, sizeof *labels);
    for (size_t i = 0; i < n; i++) labels[i] = (int)(i % (size_t)classes);
    return labels;
}
