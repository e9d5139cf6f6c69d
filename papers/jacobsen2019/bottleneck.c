/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bottleneck.h"

bottleneck bottleneck_new(arena *memory, const char *name, image in, size_t units, size_t outputs)
{
    bottleneck f = { .is_dense = in.height * in.width == 1 };
    if (f.is_dense) {
        f.dense[0] = dense_layer_new(memory, name, in.channels, units, RELU);
        f.dense[1] = dense_layer_new(memory, name, units, outputs, LINEAR);
        return f;
    }
    const image inside = { in.height, in.width, units };
    const convolution shape[3] = { { in, units, 3, 1, 1 }, { inside, units, 1, 1, 0 }, { inside, outputs, 3, 1, 1 } };
    for (size_t i = 0; i < 3; i++)
        f.conv[i] = convolution_layer_new(memory, name, shape[i], i == 2 ? WITH_BIAS : WITHOUT_BIAS, LINEAR);
    for (size_t i = 0; i < 2; i++) f.norm[i] = batch_norm_new(memory, name, units, RELU);
    return f;
}

void bottleneck_start(bottleneck *f, gsl_rng *rng)
{
    parameter *last = f->is_dense ? &f->dense[1].w : &f->conv[2].w;
    parameter *bias = f->is_dense ? &f->dense[1].b : &f->conv[2].b;
    if (f->is_dense) {
        init_he(rng, f->dense[0].w.value);
        mat_fill(f->dense[0].b.value, 0);
    } else
        for (size_t i = 0; i < 2; i++) {
            init_he(rng, f->conv[i].w.value);
            batch_norm_start(&f->norm[i]);
        }
    mat_fill(last->value, 0);
    mat_fill(bias->value, 0);
}

node *bottleneck_apply(tape *t, bottleneck *f, node *x, batch_norm_mode mode)
{
    if (f->is_dense) return dense_layer_apply(t, &f->dense[1], dense_layer_apply(t, &f->dense[0], x));
    for (size_t i = 0; i < 2; i++) {
        x = convolution_layer_apply(t, &f->conv[i], x);
        x = batch_norm_apply(t, &f->norm[i], x, mode);
    }
    return convolution_layer_apply(t, &f->conv[2], x);
}

size_t bottleneck_parameters(bottleneck *f, parameter **to)
{
    size_t count = 0;
    for (size_t i = 0; f->is_dense && i < 2; i++) {
        to[count++] = &f->dense[i].w;
        to[count++] = &f->dense[i].b;
    }
    for (size_t i = 0; !f->is_dense && i < 3; i++) {
        to[count++] = &f->conv[i].w;
        to[count++] = i < 2 ? &f->norm[i].gamma : &f->conv[2].b;
        if (i < 2) to[count++] = &f->norm[i].beta;
    }
    return count;
}

void bottleneck_keep(bottleneck *f, checkpoint *c)
{
    for (size_t i = 0; !f->is_dense && i < 2; i++) checkpoint_keep_mat(c, "running means", f->norm[i].running);
}
