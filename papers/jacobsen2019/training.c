/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/rng.h"
#include "run/keep.h"
#include "training.h"

static bool has_adversary(const trainer *m)
{
    return m->how.adversary_units > 0;
}

static void keep(trainer *m)
{
    checkpoint *c = run_checkpoint(m->r);
    firevnet_keep(m->net, c);
    keep_optimizer(c, "optimizer", m->o);
    checkpoint_keep(c, "at", &m->at, sizeof m->at);
    keep_batches(c, &m->data);
    checkpoint_keep_rng(c, "noise stream", m->noise);
    if (!has_adversary(m)) return;
    keep_parameters(c, m->density.parameters, 4);
    keep_optimizer(c, "optimizer of the prior", m->prior_o);
    nuisance_keep(&m->adversary, c);
    checkpoint_keep_rng(c, "stream of shuffled labels", m->labels);
}

void trainer_init(trainer *m, run *r, firevnet *net, recipe how, size_t trainings, size_t n, arena *memory)
{
    if (how.batch > n)
        die(STATUS_USAGE, "--batch %zu of %zu examples: expected no more than there are; give a smaller one", how.batch, n);
    size_t classes = net->shape.classes, rest = net->d - classes;
    unsigned long seed = run_seed(r);
    *m = (trainer){ .r = r, .t = tape_new(), .net = net, .how = how, .trainings = trainings, .order = rng_new(seed, "order"),
                    .noise = rng_new(seed, "noise"), .labels = rng_new(seed, "shuffled labels") };
    m->o = optimizer_new(how.rule, net->parameters, net->count, how.settings);
    batches_init(&m->data, n, how.batch, DROP_LAST, m->order, memory);
    if (has_adversary(m)) {
        prior_init(&m->density, rest, classes, memory);
        m->prior_o = optimizer_new(&adamax, m->density.parameters, 4, ADAM_DEFAULTS);
        nuisance_init(&m->adversary, rest, how.adversary_units, classes, &adamax, ADAM_DEFAULTS, memory);
    }
    keep(m);
}

void trainer_free(trainer *m)
{
    nuisance_free(&m->adversary);
    optimizer_free(m->o);
    optimizer_free(m->prior_o);
    tape_free(m->t);
    gsl_rng_free(m->order);
    gsl_rng_free(m->noise);
    gsl_rng_free(m->labels);
}

double recipe_rate(const recipe *how, size_t step)
{
    return how->rate * pow(how->factor, floor((double)step / (double)how->steps / how->every));
}

/*
# The next batch, and what the network sees of it
*/
void recipe_look(const recipe *how, mat x, image shape, gsl_rng *rng, arena *scratch)
{
    augment(x, shape, how->augmentation, rng, scratch);
    if (how->spread) how->spread(x, rng);
}

static examples next_batch(trainer *m, examples from)
{
    examples batch = examples_next(from, &m->data, tape_arena(m->t));
    recipe_look(&m->how, batch.x, m->net->shape.in, m->noise, tape_arena(m->t));
    return batch;
}

static void begin(trainer *m, examples from)
{
    enum { FIRST = 500 };          /* images that actnorm starts from */
    unsigned long seed = run_seed(m->r);
    gsl_rng *init = rng_new(seed, "init");
    optimizer_reset(m->o);
    if (has_adversary(m)) {
        optimizer_reset(m->prior_o);
        prior_start(&m->density);
        nuisance_start(&m->adversary, init);
    }
    rng_restart(m->order, seed, "order");
    rng_restart(m->noise, seed, "noise");
    rng_restart(m->labels, seed, "shuffled labels");
    mat first = arena_mat(tape_arena(m->t), from.x.rows < FIRST ? from.x.rows : FIRST, from.x.cols);
    mat_copy(first, mat_rows(from.x, 0, first.rows));
    if (m->how.spread) m->how.spread(first, m->noise);
    firevnet_start(m->net, init, first);
    gsl_rng_free(init);
    tape_reset(m->t);
    batches_restart(&m->data);
    m->at.begun = 1;
}

static const int *shuffle(trainer *m, const int *y)
{
    size_t n = m->how.batch, *order = arena_take(tape_arena(m->t), n, sizeof *order);
    int *shuffled = arena_take(tape_arena(m->t), n, sizeof *shuffled);
    rng_permutation(m->labels, order, n);
    for (size_t i = 0; i < n; i++) shuffled[i] = y[order[i]];
    return shuffled;
}

/*
# A step

First the adversary learns from the nuisances as they are, so often; then the network against it. Either may be asked what no
number answers: then the training has diverged, and the program goes on with the next. So it does where the loss, which begins
with a few nats, has become a million: no gradient brings that back, and soon float has no numbers for it.
*/
static const double most_loss = 1e6;

static bool adversary_learns(trainer *m, const objective *o, mat z, const int *y)
{
    if (o->rule == NO_ADVERSARY) return true;
    bool finite = mat_is_finite(z);
    for (size_t i = 0; finite && i < m->how.adversary_steps; i++)
        finite = isfinite(nuisance_learn(&m->adversary, z, y, m->how.adversary_rate));
    return finite;
}

static void step(trainer *m, const objective *o, examples from)
{
    tape *t = m->t;
    examples batch = next_batch(m, from);
    const int *y = batch.y;
    double rate = recipe_rate(&m->how, m->at.step);
    firevnet_nodes z = firevnet_apply(t, m->net, tape_input(t, batch.x), TRAINING, o->likelihood > 0);
    m->at.diverged = !adversary_learns(m, o, z.nuisance->value, y);
    if (!m->at.diverged) {
        const int *shuffled = o->rule == SHUFFLED ? shuffle(m, y) : y;
        node *loss = objective_loss(t, o, z, y, shuffled, &m->adversary, &m->density);
        m->at.diverged = !(fabs(node_scalar(loss)) <= most_loss);
        if (!m->at.diverged) {
            tape_backward(t, loss);
            optimizer_step(m->o, rate);
            if (o->likelihood > 0) optimizer_step(m->prior_o, rate);
        }
    }
    tape_reset(t);
}

void train(trainer *m, const objective *o, examples from)
{
    REQUIRE(from.x.rows == m->data.n, "%zu examples for a trainer of %zu", from.x.rows, m->data.n);
    REQUIRE(has_adversary(m) || (o->likelihood == 0 && o->rule == NO_ADVERSARY), "%s without an adversary and a prior", o->name);
    if (!m->at.begun) begin(m, from);
    while (m->at.step < m->how.steps && !m->at.diverged) {
        step(m, o, from);
        m->at.step++;
        run_tick(m->r, m->at.training * m->how.steps + m->at.step, m->trainings * m->how.steps, o->name);
    }
}

void trainer_next(trainer *m)
{
    size_t next = m->at.training + 1;
    memset(&m->at, 0, sizeof m->at);
    m->at.training = next;
}

double trainer_nats(trainer *m, const objective *o, mat of)
{
    enum { ROWS = 100 };
    gsl_rng *rng = rng_new(run_seed(m->r), "likelihood");
    double sum = 0;
    for (size_t i = 0; i < of.rows; i += ROWS, tape_reset(m->t)) {
        mat rows = mat_block(of, i, ROWS), x = arena_mat(tape_arena(m->t), rows.rows, rows.cols);
        mat_copy(x, rows);
        if (m->how.spread) m->how.spread(x, rng);
        firevnet_nodes z = firevnet_apply(m->t, m->net, tape_input(m->t, x), INFERENCE, true);
        sum -= node_scalar(objective_log_likelihood(m->t, z, &m->density, o->scores_too)) * (double)rows.rows;
    }
    gsl_rng_free(rng);
    return sum / (double)mat_size(of);
}
