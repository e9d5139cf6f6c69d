/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_RESNET_H
#define FROSST2019_RESNET_H

#include "network.h"
#include "nn/residual.h"
#include "run/run.h"
#include "training.h"

/*
# The residual network

"The ResNet v2 with 15 layers was trained for 106 epochs with a exponential decreasing learning rate starting
at 0.4" (footnote 4). Figure 16 has four blocks of several layers each, so we take four stages, of 16, 32, 64
and 128 channels, and fifteen convolutions: one in front, and 1, 2, 2 and 2 residual blocks of two
(`nn/residual.h`). Widths, momentum, batch size, the end of the rate and augmentation are not in the paper.
There is no weight decay: "no additional regularizers were used" (Table 1). Shifts and mirror images, usual on
CIFAR-10, we do not count among these; a `pad` of 0 goes without.

The hidden layers are the outputs of the fifteen convolutions, those of a block's second one after
the shortcut was added. `width` is the number of channels of the first stage; each next one
has twice as many.
*/
void resnet_init(residual_network *n, network *net, image in, size_t classes, size_t width, arena *memory);

enum { RESNET_STAGES = 4, RESNET_LAYERS = 15 };

/* Width, and how it is trained, as settings; what they say. */
extern const run_setting resnet_settings[];
size_t resnet_width(void);
recipe resnet_recipe(size_t n);                /* for n training examples */

#endif
