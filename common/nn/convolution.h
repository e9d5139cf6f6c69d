/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NN_CONVOLUTION_H
#define NN_CONVOLUTION_H

#include "base/image.h"
#include "nn/activation.h"
#include "nn/parameter.h"

/*
# Convolution

A dense layer that looks at a small square of the image at a time, the same weights
everywhere:

$$ z_{ijf} = b_f + \sum_{u, v, c} x_{(si + u - p)(sj + v - p)c} \, W_{(u, v, c) f}, $$

where u and v run over a square of `kernel` pixels a side, c over the channels, and
pixels outside the image are 0. The stride s moves the square, the padding p moves its
first place over the edge. The weights are a matrix of kernel x kernel x channels rows,
in that order, and a column for each filter. Images are laid out channels last
(`base/image.h`).
*/
typedef struct convolution {
    image in;
    size_t filters, kernel, stride, padding;
} convolution;

/* The shape of what comes out: `filters` channels, and in height and width
   $\lfloor (n + 2p - k) / s \rfloor + 1$. The kernel has to fit. */
image convolution_out(convolution c);

/* The rows of W: kernel x kernel x channels. */
size_t convolution_fan_in(convolution c);

/*
$y = a(x * W + b)$ for `x` n x image_size(c.in), `w` fan in x filters; `b` is
1 x filters, or NULL for none.

Cost: 2 n x (pixels of y) x filters x fan in flops forward, twice that backward.
*/
node *convolve(tape *t, node *x, node *w, node *b, convolution c, activation a);

/*
# A layer

    convolution_layer c = convolution_layer_new(memory, "conv 1",
        (convolution){ { 28, 28, 1 }, .filters = 16, .kernel = 5, .stride = 1, .padding = 2 },
        WITH_BIAS, RELU);
    init_he(init, c.w.value);
    node *h = convolution_layer_apply(t, &c, x);
*/
typedef enum { WITH_BIAS, WITHOUT_BIAS } convolution_bias;

typedef struct convolution_layer {
    convolution shape;
    parameter w, b;                /* b.value.at is NULL without a bias */
    activation a;
} convolution_layer;

convolution_layer convolution_layer_new(arena *memory, const char *name, convolution shape,
                                        convolution_bias bias, activation a);
node *convolution_layer_apply(tape *t, convolution_layer *layer, node *x);

#endif
