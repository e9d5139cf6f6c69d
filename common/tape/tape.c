/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/error.h"
#include "tape/tape.h"

/*
# The tape

It is a list: each node knows the one before it. Nodes, values and gradients
all come from one arena, so that forgetting a step costs nothing.

The generation says which filling of the tape this is. It starts at a number
of its own for every tape, so that a parameter never takes a node of another
tape, or of an earlier step, for its own.
*/
struct tape {
    arena *memory;
    node *last;
    uint64_t generation;
    bool filled;                   /* has tape_backward run since the last reset? */
    bool frozen;                   /* are parameters constants? */
    bool cut;                      /* are other rows of the batch elsewhere? */
};

tape *tape_new(void)
{
    static uint64_t tapes;
    tape *t = malloc(sizeof *t);
    REQUIRE(t, "no memory for a tape");
    *t = (tape){ .memory = arena_new(), .generation = ++tapes << 40 };
    return t;
}

void tape_free(tape *t)
{
    if (!t) return;
    arena_free(t->memory);
    free(t);
}

void tape_reset(tape *t)
{
    t->last = NULL;
    t->filled = false;
    t->generation++;
    arena_reset(t->memory);
}

arena *tape_arena(tape *t)
{
    return t->memory;
}

/*
# Leaves and operations
*/
static node *put(tape *t, node n)
{
    node *placed = arena_take(t->memory, 1, sizeof n);
    n.before = t->last;
    *placed = n;
    t->last = placed;
    return placed;
}

node *tape_input(tape *t, mat value)
{
    return put(t, (node){ .name = "input", .value = value });
}

node *tape_variable(tape *t, mat value)
{
    return put(t, (node){ .name = "variable", .value = value, .wanted = true });
}

void tape_freeze(tape *t, bool frozen)
{
    t->frozen = frozen;
}

void tape_cut(tape *t, bool cut)
{
    t->cut = cut;
}

void tape_whole(const tape *t, const char *name)
{
    REQUIRE(!t->cut, "%s depends on the whole batch, of which this process has a part; train in one process", name);
}

node *tape_parameter(tape *t, parameter *p)
{
    if (p->generation != t->generation) {
        p->leaf = put(t, (node){ .name = p->name, .value = p->value,
                                 .wanted = !t->frozen, .source = p });
        p->generation = t->generation;
    }
    return p->leaf;
}

static bool wants(const node *n)
{
    return n && n->wanted;
}

node *tape_operation(tape *t, const char *name, size_t rows, size_t cols,
                     node *in0, node *in1, node *in2,
                     void (*backward)(tape *t, node *y))
{
    return put(t, (node){ .name = name, .value = arena_mat(t->memory, rows, cols),
                          .wanted = wants(in0) || wants(in1) || wants(in2),
                          .in = { in0, in1, in2 }, .backward = backward });
}

/*
# Where gradients meet

A node that feeds several operations receives $\partial L/\partial x$ in
parts. The first part is written where the gradient lives; a later one arrives
in a buffer of its own, and is added once its operation has finished. So no
operation needs to know whether it is the first, and nothing is cleared only to
be added to. A parameter's gradient lives with the parameter.
*/
mat node_grad(tape *t, node *x)
{
    if (!x->wanted) return (mat){ 0 };
    size_t rows = x->value.rows, cols = x->value.cols;
    if (!x->grad.at) {
        x->grad = x->source ? x->source->grad : arena_mat(t->memory, rows, cols);
        return x->grad;
    }
    REQUIRE(x->arrivals < 3, "\"%s\" is more than three times an input of one operation", x->name);
    return x->arriving[x->arrivals++] = arena_mat(t->memory, rows, cols);
}

static void settle(node *x)
{
    if (!x) return;
    for (size_t i = 0; i < x->arrivals; i++) mat_add(x->grad, x->arriving[i]);
    x->arrivals = 0;
}

void tape_backward(tape *t, node *loss)
{
    REQUIRE(mat_size(loss->value) == 1, "the loss \"%s\" is %zu x %zu, not a scalar",
            loss->name, loss->value.rows, loss->value.cols);
    REQUIRE(loss->wanted, "the loss \"%s\" depends on nothing that is trained", loss->name);
    REQUIRE(!t->filled, "the gradients of this tape are already filled");
    t->filled = true;

    node_grad(t, loss).at[0] = 1;
    for (node *n = t->last; n; n = n->before) {
        if (n->grad.at && n->backward) {
            n->backward(t, n);
            for (size_t i = 0; i < 3; i++) settle(n->in[i]);
        } else if (n->source && n->wanted && !n->grad.at) {
            mat_fill(n->source->grad, 0);
        }
    }
}

double node_scalar(const node *n)
{
    REQUIRE(mat_size(n->value) == 1, "\"%s\" is %zu x %zu, not a scalar",
            n->name, n->value.rows, n->value.cols);
    return (double)n->value.at[0];
}

const node *tape_first_not_finite(const tape *t)
{
    const node *first = NULL;
    for (const node *n = t->last; n; n = n->before)
        if (!mat_is_finite(n->value)) first = n;
    return first;
}
