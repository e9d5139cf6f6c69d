/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cnn.h"
#include "credibility_panels.h"
#include "run/load.h"

void credibility_panels(run *r, const char *set, const char *experiment)
{
    arena *memory = arena_new();
    dataset data = run_load(r, set, NULL, memory);
    attack_split g = attack_split_new(r, &data, memory);
    static const char *const model[] = { "baseline", "entangled" };
    network *own[2], *other[2];
    for (size_t i = 0; i < 2; i++) {
        own[i] = cnn_trained(r, &data, experiment, run_seed(r), model[i], memory);
        other[i] = cnn_trained(r, &data, experiment, run_seed(r) + 1, model[i], memory);
    }
    const curve curves[] = {
        { "baseline FGSM", &g, own[0], own[0], false, "baseline clean" },
        { "entangled FGSM", &g, own[1], own[1], false, "entangled clean" },
        { "baseline BIM", &g, own[0], own[0], true, NULL },
        { "entangled BIM", &g, own[1], own[1], true, NULL },
        { "entangled source knowledge", &g, own[1], other[1], true, NULL },
        { "entangled zero knowledge", &g, own[1], other[0], true, NULL },
        { "baseline black box", &g, own[0], other[0], true, NULL },
    };

    credibility c;
    credibility_init(&c, r);
    run_resume(r);
    credibility_measure(&c, curves, sizeof curves / sizeof *curves);
    credibility_free(&c);
    arena_free(memory);
}
