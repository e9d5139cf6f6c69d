/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HUGGER2024_CIFAR_H
#define HUGGER2024_CIFAR_H

#include "training.h"

/*
# CIFAR-100, two networks, one recipe

What the programs on CIFAR-100 share: the images, normalised; the shapes of the two networks that stand in for the paper's
(`classifier.h`); and how both are trained.

    cifar c = cifar_load(r, 10000, memory);
    classifier_shape shape = cifar_network(&c, CONVOLUTIONS);
    recipe how = cifar_recipe();
    how.batch = 256; ...
    trainer_init(&m, r, &shape, &how, trainings, c.train, memory);

A run never has the scale of the paper, whose network was trained before on ImageNet. Figures 3 and 4a are of TinyImageNet, which
cannot be had here: a program that asks their question of CIFAR-100 says so with `run_other_data`.
*/
#define CIFAR_NOTE "CIFAR-100 in the place of TinyImageNet."

typedef struct cifar { examples train, test; image shape; size_t classes; } cifar;

/* Of the test images and the head; of either body; of the recipe. */
extern const run_setting cifar_settings[], transformer_settings[], convolution_settings[], recipe_settings[];

/* `train` training images, at most, and as many test images as the settings say. */
cifar cifar_load(run *r, size_t train, arena *memory);

classifier_shape cifar_network(const cifar *c, body_kind body);

/* Batch, epochs, warm-up and rate are left to the program. */
recipe cifar_recipe(void);

/* Keeps the trainer's network beside the result, for `cifar_scores`: the scores, of the test images, of the network that
   `experiment` trained with this seed and loss. Noted as an input; comes before `run_resume`. */
void cifar_save(trainer *m, loss_kind kind);
mat cifar_scores(run *r, const cifar *c, const char *experiment, body_kind body, loss_kind kind, arena *memory);

#endif
