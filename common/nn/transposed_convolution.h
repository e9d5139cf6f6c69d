/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NN_TRANSPOSED_CONVOLUTION_H
#define NN_TRANSPOSED_CONVOLUTION_H

#include "nn/convolution.h"

/*
# Transposed convolution

A convolution makes small images of large ones, and its gradient makes large ones of small ones:
every pixel of z spreads over the pixels that it was computed from. Taken by itself, that is a layer
with which a network paints:

$$ y_{(si + u - p)(sj + v - p)c} = b_c + \sum_{i, j, f, u, v} x_{ijf} \, W_{(u, v, c) f}. $$

It is the matrix of the convolution, transposed; it does not undo the convolution. So we say which
convolution is meant, and read it backwards: `of.in` is the shape of what comes *out*,
`convolution_out(of)` of what goes in, and W is that convolution's, fan in x filters. With a kernel of 4, a
stride of 2 and a padding of 1 an image doubles in height and width, and every pixel of y gets
as many terms as the others.
*/

/*
$y = a(x *^\top W + b)$ for `x` n x image_size(convolution_out(of)); `b` is
1 x of.in.channels, or NULL for none. Cost: that of the convolution.
*/
node *convolve_transposed(tape *t, node *x, node *w, node *b, convolution of, activation a);

/*
# A layer

    transposed_layer up = transposed_layer_new(memory, "up 1",
        (convolution){ { 16, 16, 32 }, .filters = 64, .kernel = 4, .stride = 2, .padding = 1 },
        WITH_BIAS, RELU);
    node *h = transposed_layer_apply(t, &up, x);          8 x 8 x 64 to 16 x 16 x 32
*/
typedef struct transposed_layer {
    convolution of;
    parameter w, b;                /* b.value.at is NULL without a bias */
    activation a;
} transposed_layer;

transposed_layer transposed_layer_new(arena *memory, const char *name, convolution of, convolution_bias bias,
                                      activation a);
node *transposed_layer_apply(tape *t, transposed_layer *layer, node *x);

#endif
