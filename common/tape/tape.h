/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TAPE_TAPE_H
#define TAPE_TAPE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/mat.h"

/*
# Reverse-mode differentiation

Also called automatic differentiation (autodiff) or backpropagation. A program
says its model once, as a sequence of operations on nodes. Each operation
computes its value at once and leaves on the tape what its gradient will need.
`tape_backward(t, loss)` then walks the tape from its end to its beginning and
asks every operation for one thing: given $\partial L/\partial y$ of its output
y, write $\partial L/\partial x$ for each input x. The chain rule does the rest.

    tape *t = tape_new();
    while (...) {
        node *x = tape_input(t, images);
        node *h = dense(t, x, tape_parameter(t, &w), tape_parameter(t, &b), RELU);
        node *loss = cross_entropy(t, h, labels);
        tape_backward(t, loss);
        optimizer_step(...);             reads w.grad and b.grad
        tape_reset(t);
    }
    tape_free(t);

| who owns | what |
|----------|------|
| the tape | its nodes, their values and gradients: all gone at `tape_reset` |
| the program | inputs, and each `parameter` with its value and its gradient |

The same tape gives the gradient with respect to weights (`tape_parameter`),
to the data (`tape_variable`, for attacks) and to a temperature.
*/
typedef struct tape tape;

/* What is trained: a value that lives from step to step, and its gradient. */
typedef struct parameter {
    const char *name;
    mat value, grad;
    struct node *leaf;             /* its node on the tape that used it last... */
    uint64_t generation;           /* ...and which filling of that tape it was */
} parameter;

typedef struct node node;
struct node {
    const char *name;              /* of the operation, for messages */
    mat value;
    mat grad;                      /* .at is NULL until something flows in */
    bool wanted;                   /* does a gradient have to reach it? */
    /* What follows is for the operations. */
    node *in[3];
    void *saved;                   /* what the gradient needs, in the arena */
    void (*backward)(tape *t, node *y);
    mat arriving[3];               /* see node_grad */
    size_t arrivals;
    node *before;                  /* the node put on the tape before this one */
    parameter *source;             /* for a parameter's leaf */
};

tape *tape_new(void);
void tape_free(tape *t);           /* accepts NULL */

/* Forgets every node; their memory is used again. */
void tape_reset(tape *t);

/* The arena of the tape: memory that lives until `tape_reset`. */
arena *tape_arena(tape *t);

/* A constant. `value` is borrowed until the tape is reset. */
node *tape_input(tape *t, mat value);

/* An input whose gradient is wanted; read it as `node->grad`. */
node *tape_variable(tape *t, mat value);

/* A parameter. Used twice on one tape it is one node, so that both uses add
   to one gradient. */
node *tape_parameter(tape *t, parameter *p);

/* Parameters that are put on the tape from now on are constants, or wanted again: for what
   looks at a trained network from outside and does not train it. */
void tape_freeze(tape *t, bool frozen);

/* The batch on this tape is a part, and other processes have the rest (`nn/ranks.h`), or it is whole again. What depends on a
   whole batch says so with `tape_whole`, which ends the program on a tape that has a part. */
void tape_cut(tape *t, bool cut);
void tape_whole(const tape *t, const char *name);

/*
Fills the gradients of `loss` (1 x 1) with respect to everything wanted. A
parameter on the tape that the loss does not depend on gets a gradient of 0.
Cost: about twice the forward pass.
*/
void tape_backward(tape *t, node *loss);

/* The value of a 1 x 1 node. */
double node_scalar(const node *n);

/*
The first node on the tape whose value is not finite, or NULL: where a NaN
was born. Cost: reads every value once, so ask only when the loss is not finite.
*/
const node *tape_first_not_finite(const tape *t);

/*
# For the operations

`tape_operation` puts a node on the tape. Its value is `rows` x `cols` and not
set yet; it wants a gradient if one of its inputs does. `in` has three places,
NULL where there is no input.

In `backward`, `node_grad(t, x)` is where the operation writes
$\partial L/\partial x$: every element, with `=`, never `+=`. Where several
operations flow into one node, the tape adds their contributions. The result's
`.at` is NULL if nobody wants this gradient; the operation then saves the work.
*/
node *tape_operation(tape *t, const char *name, size_t rows, size_t cols,
                     node *in0, node *in1, node *in2,
                     void (*backward)(tape *t, node *y));
mat node_grad(tape *t, node *x);

#endif
