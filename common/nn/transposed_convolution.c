/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "nn/convolution_backend.h"
#include "nn/transposed_convolution.h"

/*
# The three products once more

For a convolution $z = P(x) W$ the backend has the products z, $\partial L / \partial x$ and
$\partial L / \partial W$ (`nn/convolution_backend.h`). Let C be the matrix with $z = Cx$. Here, with
$\delta$ arriving at y,

$$ y = C^\top x, \qquad \frac{\partial L}{\partial x} = C \delta, \qquad
   \frac{\partial L}{\partial W} = P(\delta)^\top x: $$

the same three, with forward and backward changed over. As in `nn/convolution.c`, $\delta$ takes the place
of $\partial L / \partial y$.
*/
typedef struct saved { convolution of; activation a; } saved;

static void transposed_backward(tape *t, node *y)
{
    const saved *s = y->saved;
    node *x = y->in[0], *w = y->in[1], *b = y->in[2];
    size_t channels = s->of.in.channels;
    mat db = b ? node_grad(t, b) : (mat){ 0 };
    bias_derive(image_pixels(y->grad, channels), image_pixels(y->value, channels), db.at, s->a, tape_arena(t));
    mat dw = node_grad(t, w);
    if (dw.at) convolution_backend_used->backward_weights(dw, y->grad, x->value, s->of, tape_arena(t));
    mat dx = node_grad(t, x);
    if (dx.at) convolution_backend_used->forward(dx, y->grad, w->value, NULL, LINEAR, s->of, tape_arena(t));
}

node *convolve_transposed(tape *t, node *x, node *w, node *b, convolution of, activation a)
{
    image in = convolution_out(of);
    REQUIRE(x->value.cols == image_size(in), "rows of %zu numbers for images of %zu x %zu x %zu",
            x->value.cols, in.height, in.width, in.channels);
    REQUIRE(w->value.rows == convolution_fan_in(of) && w->value.cols == of.filters,
            "weights of %zu x %zu, expected %zu x %zu", w->value.rows, w->value.cols,
            convolution_fan_in(of), of.filters);
    REQUIRE(!b || (b->value.rows == 1 && b->value.cols == of.in.channels),
            "a bias of %zu x %zu for %zu channels", b->value.rows, b->value.cols, of.in.channels);
    node *y = tape_operation(t, "convolve_transposed", x->value.rows, image_size(of.in), x, w, b,
                             transposed_backward);
    saved *s = y->saved = arena_take(tape_arena(t), 1, sizeof *s);
    *s = (saved){ of, a };
    convolution_backend_used->backward_data(y->value, x->value, w->value, of, tape_arena(t));
    bias_activate(image_pixels(y->value, of.in.channels), b ? b->value.at : NULL, a);
    return y;
}

/*
# As a layer
*/
transposed_layer transposed_layer_new(arena *memory, const char *name, convolution of, convolution_bias bias,
                                      activation a)
{
    return (transposed_layer){
        .of = of, .a = a,
        .w = parameter_new(memory, name, "w", convolution_fan_in(of), of.filters),
        .b = bias == WITH_BIAS ? parameter_new(memory, name, "b", 1, of.in.channels) : (parameter){ 0 },
    };
}

node *transposed_layer_apply(tape *t, transposed_layer *layer, node *x)
{
    node *b = layer->b.value.at ? tape_parameter(t, &layer->b) : NULL;
    return convolve_transposed(t, x, tape_parameter(t, &layer->w), b, layer->of, layer->a);
}
