/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_CORRUPTION_WEATHER_H
#define DATA_CORRUPTION_WEATHER_H

#include "data/corruption.h"

/*
# Weather: what comes between

Something lies over the image: flakes, ice, haze, or light.

| severity | 1 | 2 | 3 | 4 | 5 |
|----------|---|---|---|---|---|
| snow: mean; deviation | 0.1; 0.2 | 0.1; 0.2 | 0.15; 0.3 | 0.25; 0.3 | 0.3; 0.3 |
| size; threshold | 1; 0.6 | 1; 0.5 | 1.75; 0.55 | 2.25; 0.6 | 1.25; 0.65 |
| radius; $\sigma$; colour kept $k$ | 8; 3; 0.95 | 10; 4; 0.9 | 10; 4; 0.9 | 12; 6; 0.85 | 14; 12; 0.8 |
| frost: image $a$; ice $b$ | 1; 0.2 | 1; 0.3 | 0.9; 0.4 | 0.85; 0.4 | 0.75; 0.45 |
| fog: amount $a$; roughness $q$ | 0.2; 3 | 0.5; 3 | 0.75; 2.5 | 1; 2 | 1.5; 1.75 |
| brightness: $c$ | 0.05 | 0.1 | 0.15 | 0.2 | 0.3 |

* **Snow.** A layer of normal noise is zoomed by `size`, and what lies below the
  threshold is no flake: it becomes 0. The flakes fall: motion blur, from -135 to
  -45 degrees, that is, steeply. The image itself pales, $k x + (1 - k) \max(x, 1.5 g + 0.5)$
  with $g$ its grey (0.299 R + 0.587 G + 0.114 B); then the layer is added, and once more
  turned by 180 degrees. The layer is cut down to bytes before it falls, as that of the source.
* **Frost.** $a x + b f$, where $f$ is a piece of a photograph of ice (`data/frost.h`), cut out
  at a random place.
* **Fog.** $(x + a p) \, m / (m + a)$, where $m$ is the image's largest number, and $p$ a map of
  heights from 0 to 1, the same for all channels; the brightest pixel stays about as bright.
* **Brightness.** In the space of hue, saturation and value, $c$ is added to the value, which is
  the largest of red, green and blue, and stops at 1. With hue and saturation kept, the three
  change by one factor: no detour through that space is needed. Black becomes grey.
*/
corruption_function corrupt_snow, corrupt_frost, corrupt_fog, corrupt_brightness;

/*
# A map of heights, by squares and diamonds

Side x side heights from 0 to 1, side a power of 2; the map goes on from its right edge to its left, and
from its lower to its upper. One height is 0. In the middle of each square of known heights we put
their mean and a random number; now the known ones form diamonds, and we do the same in
their middles; now they form squares again, half as large. The random number comes from
$[-w^2, w^2)$, with $w$ = 100 for the first square and divided by `roughness` from
each size to the next. (The source means to draw from $[-w, w)$, and multiplies by $w$ once more: so heights lose the
square of the roughness a size, and fog is smoother than it looks on paper.) In the end the heights are moved and
scaled to just fill [0, 1]. O(side^2).

Source: Fournier, Fussell and Carpenter, "Computer Rendering of Stochastic Models", 1982.
*/
void diamond_square(double *map, size_t side, double roughness, gsl_rng *rng);

#endif
