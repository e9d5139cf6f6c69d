/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_SPHERE_NET_H
#define JACOBSEN2019_SPHERE_NET_H

#include "firevnet.h"
#include "nuisance.h"
#include "run/run.h"
#include "spheres.h"

/*
# The network of the spheres, and the classifier of its nuisances

"4 RevNet-type ReLU bottleneck blocks with additive couplings", and "a 3 layer ReLU network with 1000
hidden units per layer" (B.1). Settings of whoever trains or reads one.
*/
extern const run_setting sphere_net_settings[];

typedef struct sphere_net {
    spheres data;
    firevnet net;
    nuisance nuisance;
} sphere_net;

/* Filled in place; `sphere_net_free` gives back what is not in `memory`. */
void sphere_net_init(sphere_net *s, arena *memory);
void sphere_net_free(sphere_net *s);

/* For `run/trained.h`. */
void sphere_net_keep(void *s, checkpoint *c);

/* What both say of any points: score of OUTER minus score of INNER, by z_s and by the classifier of z_n. */
void sphere_net_margins(sphere_net *s, double *semantic, double *nuisance_margin, mat x, tape *scratch);

#endif
