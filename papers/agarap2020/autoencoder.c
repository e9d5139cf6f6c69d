/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "autoencoder.h"
#include "base/error.h"

static const char *const layer_name[AE_LAYERS] = {
    "encoder 1", "encoder 2", "encoder 3", "code",
    "decoder 1", "decoder 2", "decoder 3", "reconstruction",
};

/* The scores of the last layer are wanted as they are, so it is linear here. */
static activation activation_of(size_t i)
{
    return i == AE_CODE ? SIGMOID : i == AE_LAYERS - 1 ? LINEAR : RELU;
}

void autoencoder_init(autoencoder *ae, size_t d, size_t c, arena *memory)
{
    const size_t units[AE_LAYERS + 1] = { d, 500, 500, 2000, c, 2000, 500, 500, d };
    for (size_t i = 0; i < AE_LAYERS; i++) {
        ae->layer[i] = dense_layer_new(memory, layer_name[i], units[i], units[i + 1],
                                       activation_of(i));
        ae->parameters[2 * i] = &ae->layer[i].w;
        ae->parameters[2 * i + 1] = &ae->layer[i].b;
    }
}

void autoencoder_start(autoencoder *ae, gsl_rng *rng)
{
    for (size_t i = 0; i < AE_LAYERS; i++) {
        mat w = ae->layer[i].w.value;
        if (activation_of(i) == RELU) init_he(rng, w);
        else init_xavier(rng, w);
        init_fan_in(rng, ae->layer[i].b.value, w.rows);
    }
}

activations autoencoder_apply(tape *t, autoencoder *ae, node *x, scores wanted)
{
    activations a = { 0 };
    for (size_t i = 0; i < AE_LAYERS; i++) {
        dense_layer *l = &ae->layer[i];
        bool last = i == AE_LAYERS - 1;
        if (wanted == LAST_SCORES && !last) {
            x = a.h[i] = dense_layer_apply(t, l, x);
        } else {
            a.z[i] = dense(t, x, tape_parameter(t, &l->w), tape_parameter(t, &l->b), LINEAR);
            x = a.h[i] = activate(t, a.z[i], last ? SIGMOID : l->a);
        }
    }
    return a;
}

void autoencoder_encode(mat z, mat x, autoencoder *ae, tape *t)
{
    enum { BLOCK = 1000 };
    REQUIRE(z.rows == x.rows, "%zu codes for %zu examples", z.rows, x.rows);
    for (size_t first = 0; first < x.rows; first += BLOCK) {
        node *h = tape_input(t, mat_block(x, first, BLOCK));
        for (size_t i = 0; i <= AE_CODE; i++) h = dense_layer_apply(t, &ae->layer[i], h);
        mat_copy(mat_block(z, first, BLOCK), h->value);
        tape_reset(t);
    }
}
