/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "nn/convolution.h"
#include "nn/convolution_backend.h"

/*
# Shapes
*/
static size_t places(size_t pixels, convolution c)
{
    REQUIRE(c.kernel > 0 && c.stride > 0, "a kernel of %zu, a stride of %zu", c.kernel, c.stride);
    REQUIRE(pixels + 2 * c.padding >= c.kernel, "a kernel of %zu on %zu pixels, padded by %zu",
            c.kernel, pixels, c.padding);
    return (pixels + 2 * c.padding - c.kernel) / c.stride + 1;
}

image convolution_out(convolution c)
{
    return (image){ places(c.in.height, c), places(c.in.width, c), c.filters };
}

size_t convolution_fan_in(convolution c)
{
    return c.kernel * c.kernel * c.in.channels;
}

/*
# The operation

Seen as a dense layer on all the patches of all images, with one row a pixel of y, the
gradients are those of `nn/dense.c`:

$$ \frac{\partial L}{\partial W} = P^\top \delta, \qquad
   \frac{\partial L}{\partial b} = \mathbf{1}^\top \delta, \qquad
   \frac{\partial L}{\partial P} = \delta\, W^\top, $$

and a pixel of x, which is part of many patches, collects what all of them say. Which of
this is written out is up to the backend. As there, $\delta$ takes the place of
$\partial L / \partial y$.
*/
typedef struct saved { convolution c; activation a; } saved;

static void convolve_backward(tape *t, node *y)
{
    const saved *s = y->saved;
    node *x = y->in[0], *w = y->in[1], *b = y->in[2];
    mat db = b ? node_grad(t, b) : (mat){ 0 };
    bias_derive(image_pixels(y->grad, s->c.filters), image_pixels(y->value, s->c.filters), db.at, s->a, tape_arena(t));
    mat dw = node_grad(t, w);
    if (dw.at) convolution_backend_used->backward_weights(dw, x->value, y->grad, s->c, tape_arena(t));
    mat dx = node_grad(t, x);
    if (dx.at) convolution_backend_used->backward_data(dx, y->grad, w->value, s->c, tape_arena(t));
}

node *convolve(tape *t, node *x, node *w, node *b, convolution c, activation a)
{
    REQUIRE(x->value.cols == image_size(c.in), "rows of %zu numbers for images of %zu x %zu x %zu",
            x->value.cols, c.in.height, c.in.width, c.in.channels);
    REQUIRE(w->value.rows == convolution_fan_in(c) && w->value.cols == c.filters,
            "weights of %zu x %zu, expected %zu x %zu", w->value.rows, w->value.cols,
            convolution_fan_in(c), c.filters);
    REQUIRE(!b || (b->value.rows == 1 && b->value.cols == c.filters),
            "a bias of %zu x %zu for %zu filters", b->value.rows, b->value.cols, c.filters);
    node *y = tape_operation(t, "convolve", x->value.rows, image_size(convolution_out(c)), x, w, b,
                             convolve_backward);
    saved *s = y->saved = arena_take(tape_arena(t), 1, sizeof *s);
    *s = (saved){ c, a };
    convolution_backend_used->forward(y->value, x->value, w->value, b ? b->value.at : NULL, a, c,
                                      tape_arena(t));
    return y;
}

/*
# As a layer
*/
convolution_layer convolution_layer_new(arena *memory, const char *name, convolution shape,
                                        convolution_bias bias, activation a)
{
    return (convolution_layer){
        .shape = shape, .a = a,
        .w = parameter_new(memory, name, "w", convolution_fan_in(shape), shape.filters),
        .b = bias == WITH_BIAS ? parameter_new(memory, name, "b", 1, shape.filters) : (parameter){ 0 },
    };
}

node *convolution_layer_apply(tape *t, convolution_layer *layer, node *x)
{
    node *b = layer->b.value.at ? tape_parameter(t, &layer->b) : NULL;
    return convolve(t, x, tape_parameter(t, &layer->w), b, layer->shape, layer->a);
}
