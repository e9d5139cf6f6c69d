/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_CORRUPTION_DIGITAL_H
#define DATA_CORRUPTION_DIGITAL_H

#include "data/corruption.h"

/*
# Digital: what becomes of the file

| severity | 1 | 2 | 3 | 4 | 5 |
|----------|---|---|---|---|---|
| contrast: $c$ | 0.75 | 0.5 | 0.4 | 0.3 | 0.15 |
| elastic: strength $a$ | 0 | 0.05 | 0.08 | 0.1 | 0.1 |
| smoothness $\sigma$; jitter $j$ | 0; 0.08 | 0.2; 0.07 | 0.06; 0.06 | 0.04; 0.05 | 0.03; 0.03 |
| pixelate: $c$ | 0.95 | 0.9 | 0.85 | 0.75 | 0.65 |
| JPEG: quality | 80 | 65 | 58 | 50 | 40 |
| saturate: $a$; $b$ | 0.3; 0 | 0.1; 0 | 1.5; 0 | 2; 0.1 | 2.5; 0.2 |

* **Contrast**: $m + c (x - m)$, with $m$ the mean of the channel over the image.
* **Elastic**, in parts of the image's side. First three points, around the middle, move by up to $\pm j$ in
  either direction, and the image with them (an affine map; beyond the border `BORDER_REFLECT_101`); then
  each pixel is fetched from where a random field points, uniform noise between -1 and 1, smoothed by a Gaussian
  over three $\sigma$, times $a$ (`BORDER_REFLECT`). Both interpolate bilinearly. The affine map is
  OpenCV's in the source, which rounds places to 1/32 of a pixel; ours does not.
* **Pixelate**: down to $\lfloor c n \rfloor$ pixels a side, and up again. A pixel of the smaller
  image is the mean of those whose middles it covers, rounded; going up, the one that covers the middle is taken.
* **JPEG**: packed at that quality and unpacked, by libjpeg (`data/jpeg.h`).
* **Saturate**: in the space of hue, saturation and value, the saturation $s$ becomes $a s + b$, within [0, 1]. As
  with brightness no detour is needed: with $v$ the largest of the three, $v - (v - x) s' / s$. Grey has no hue;
  where it is given saturation, it becomes red, which is hue 0.
*/
corruption_function corrupt_contrast, corrupt_elastic_transform, corrupt_pixelate, corrupt_jpeg_compression, corrupt_saturate;

#endif
