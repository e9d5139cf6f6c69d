/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "block.h"

block block_new(arena *memory, const char *name, image in, bool mixes, coupling_kind kind, coupling_half half, size_t units)
{
    block b = { .in = in, .mixes = mixes };
    if (mixes) {
        b.norm = actnorm_new(memory, name, in.channels);
        b.mix = mixing_new(memory, name, in.channels);
    }
    b.couple = coupling_new(memory, name, in, kind, half, units);
    return b;
}

void block_start(block *b, gsl_rng *rng)
{
    if (b->mixes) mixing_start(&b->mix, rng);
    bottleneck_start(&b->couple.f, rng);
}

void block_keep(block *b, checkpoint *c)
{
    bottleneck_keep(&b->couple.f, c);
    if (b->mixes) checkpoint_keep_mat(c, "permutation and signs", b->mix.fixed);
}

size_t block_parameters(block *b, parameter **to)
{
    parameter *const own[] = { &b->norm.b, &b->norm.s, &b->mix.lu, &b->mix.s };
    size_t count = 0;
    for (size_t i = 0; b->mixes && i < 4; i++) to[count++] = own[i];
    return count + bottleneck_parameters(&b->couple.f, to + count);
}

node *block_apply(tape *t, block *b, node *x, batch_norm_mode mode, node **logdet)
{
    if (b->mixes) {
        x = actnorm_apply(t, &b->norm, x, logdet);
        x = mixing_apply(t, &b->mix, x, b->in, logdet);
    }
    return coupling_apply(t, &b->couple, x, mode, logdet);
}

void block_invert(block *b, mat x, tape *scratch, arena *a)
{
    coupling_invert(&b->couple, x, scratch);
    if (!b->mixes) return;
    mixing_invert(&b->mix, x, a);
    actnorm_invert(&b->norm, x);
}
