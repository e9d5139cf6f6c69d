/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_CORRUPTION_NOISE_H
#define DATA_CORRUPTION_NOISE_H

#include "data/corruption.h"

/*
# Noise: what a sensor adds

Every number of the image, channel by channel, is drawn anew around its value
$x$. Nothing is said of its neighbours, so noise is the roughest of textures.

| severity | 1 | 2 | 3 | 4 | 5 |
|----------|---|---|---|---|---|
| Gaussian, standard deviation $c$ | 0.04 | 0.06 | 0.08 | 0.09 | 0.10 |
| shot, photons $c$ of a white pixel | 500 | 250 | 100 | 75 | 50 |
| impulse, fraction $c$ | 0.01 | 0.02 | 0.03 | 0.05 | 0.07 |
| speckle, standard deviation $c$ | 0.06 | 0.10 | 0.12 | 0.16 | 0.20 |

* **Gaussian** noise is that of a dark room: $x + c z$, with $z$ normal.
* **Shot** noise comes of light being made of photons: a pixel that should receive
  $cx$ receives $n$, Poisson with that mean, and shows $n / c$: mean $x$,
  variance $x / c$. Dark pixels stay dark.
* **Impulse** noise is broken bits: a fraction $c$ of the numbers becomes 0 or 1,
  each with probability one half. A red dot is a pixel whose red became 1.
* **Speckle** noise grows with the light: $x + c x z$.
*/
corruption_function corrupt_gaussian_noise, corrupt_shot_noise, corrupt_impulse_noise, corrupt_speckle_noise;

#endif
