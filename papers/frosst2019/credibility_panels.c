/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "cnn.h"
#include "credibility_panels.h"
#include "run/load.h"

static void rows(run *r, const credibility_figure *p)
{
    arena *memory = arena_new();
    dataset data = run_load(r, p->set, NULL, memory);
    attack_split g = attack_split_new(r, &data, memory);
    static const char *const model[] = { "baseline", "entangled" };
    network *own[2], *other[2];
    for (size_t i = 0; i < 2; i++) {
        own[i] = cnn_trained(r, &data, p->trained, run_seed(r), model[i], memory);
        other[i] = cnn_trained(r, &data, p->trained, run_seed(r) + 1, model[i], memory);
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

int credibility_panels(int argc, char **argv, const credibility_figure *p)
{
    run *r = run_begin(argc, argv, &(run_program){
        .paper = "frosst2019", .experiment = p->experiment, .purpose = p->purpose,
        .settings = { credibility_settings, cnn_settings } });
    rows(r, p);
    run_end(r);
    return STATUS_DONE;
}
