/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/keep.h"

void keep_parameters(checkpoint *c, parameter *const *parameters, size_t count)
{
    for (size_t i = 0; i < count; i++) checkpoint_keep_mat(c, parameters[i]->name, parameters[i]->value);
}

void keep_optimizer(checkpoint *c, const char *name, optimizer *o)
{
    size_t bytes;
    void *state = optimizer_state(o, &bytes);
    checkpoint_keep(c, name, state, bytes);
}

void keep_batches(checkpoint *c, batches *b)
{
    checkpoint_keep(c, "order", b->order, b->n * sizeof *b->order);
    checkpoint_keep(c, "position", &b->position, sizeof b->position);
    checkpoint_keep(c, "epoch", &b->epoch, sizeof b->epoch);
    checkpoint_keep_rng(c, "order stream", b->rng);
}
