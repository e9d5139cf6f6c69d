/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/error.h"
#include "base/rng.h"
#include "posthoc.h"
#include "run/keep.h"

void posthoc_init(posthoc *p, run *r, nuisance *n, size_t count, posthoc_recipe how, arena *memory)
{
    if (how.batch > count)
        die(STATUS_USAGE, "a batch of %zu of %zu examples: expected no more than there are", how.batch, count);
    *p = (posthoc){ .n = n, .how = how, .order = rng_new(run_seed(r), "post hoc") };
    batches_init(&p->data, count, how.batch, DROP_LAST, p->order, memory);
    checkpoint *c = run_checkpoint(r);
    nuisance_keep(n, c);
    keep_batches(c, &p->data);
    checkpoint_keep(c, "post-hoc step", &p->step, sizeof p->step);
}

void posthoc_free(posthoc *p)
{
    gsl_rng_free(p->order);
}

void posthoc_next(posthoc *p)
{
    p->step = 0;
}

static void begin(posthoc *p, run *r)
{
    gsl_rng *init = rng_new(run_seed(r), "nuisance");
    nuisance_start(p->n, init);
    gsl_rng_free(init);
    rng_restart(p->order, run_seed(r), "post hoc");
    batches_restart(&p->data);
}

size_t posthoc_epoch(const posthoc *p)
{
    return p->step / batches_per_epoch(&p->data);
}

bool posthoc_learn(posthoc *p, run *r, examples from, size_t epochs)
{
    arena *scratch = arena_new();
    bool finite = true;
    if (p->step == 0) begin(p, r);
    while (finite && posthoc_epoch(p) < epochs) {
        run_tick(r, p->step, p->how.epochs * batches_per_epoch(&p->data), "nuisance classifier");
        examples batch = examples_next(from, &p->data, scratch);
        finite = isfinite(nuisance_learn(p->n, batch.x, batch.y, p->how.rate));
        p->step++;
        arena_reset(scratch);
    }
    arena_free(scratch);
    return finite;
}
