/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sphere_net.h"

static struct { size_t d, blocks, units, nuisance_units; double inner, outer; } set;

const run_setting sphere_net_settings[] = {
    { "dimensions", &set.d, NULL, { 10, 100, 100, 100 }, "of the spheres", "B.1" },
    { "inner", NULL, &set.inner, { 1, 1, 1, 1 }, "radius of one", "B.1" },
    { "outer", NULL, &set.outer, { 10, 10, 10, 10 }, "and of the other", "B.1" },
    { "blocks", &set.blocks, NULL, { 4, 4, 4, 4 }, "couplings", "B.1" },
    { "units", &set.units, NULL, { 8, 500, 500, 500 }, "of their hidden layer", "ours" },
    { "nuisance-units", &set.nuisance_units, NULL, { 8, 1000, 1000, 1000 }, "of each hidden layer of the nuisance classifier", "B.1" },
    { 0 }
};

void sphere_net_init(sphere_net *s, arena *memory)
{
    s->data = (spheres){ set.d, { set.inner, set.outer } };
    firevnet_init(&s->net, &(firevnet_shape){ .in = { 1, 1, set.d }, .classes = 2, .stages = 1, .blocks = set.blocks,
                                              .units = { set.units }, .affine_from = 1 }, memory);
    nuisance_init(&s->nuisance, set.d - 2, set.nuisance_units, 2, &adam, ADAM_DEFAULTS, memory);
}

void sphere_net_free(sphere_net *s)
{
    nuisance_free(&s->nuisance);
}

void sphere_net_keep(void *network, checkpoint *c)
{
    sphere_net *s = network;
    firevnet_keep(&s->net, c);
    nuisance_keep(&s->nuisance, c);
}

void sphere_net_margins(sphere_net *s, double *semantic, double *nuisance_margin, mat x, tape *scratch)
{
    enum { ROWS = 500 };
    for (size_t i = 0; i < x.rows; i += ROWS, tape_reset(scratch)) {
        firevnet_nodes z = firevnet_apply(scratch, &s->net, tape_input(scratch, mat_block(x, i, ROWS)), INFERENCE, false);
        mat n = nuisance_scores(scratch, &s->nuisance, z.nuisance)->value;
        for (size_t k = 0; k < n.rows; k++) {
            semantic[i + k] = (double)(mat_row(z.semantic->value, k)[OUTER] - mat_row(z.semantic->value, k)[INNER]);
            nuisance_margin[i + k] = (double)(mat_row(n, k)[OUTER] - mat_row(n, k)[INNER]);
        }
    }
}
