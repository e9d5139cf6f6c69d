/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_CORRUPTION_BLUR_H
#define DATA_CORRUPTION_BLUR_H

#include "data/corruption.h"

/*
# Blur: what a lens does, or a hand

A blurred pixel is a mean of its neighbours; the weights make the kind. What is
blurred loses its texture and keeps its outline.

| severity | 1 | 2 | 3 | 4 | 5 |
|----------|---|---|---|---|---|
| defocus: radius $r$; softness $s$ | 0.3; 0.4 | 0.4; 0.5 | 0.5; 0.6 | 1; 0.2 | 1.5; 0.1 |
| glass: $\sigma$; reach; rounds | 0.05; 1; 1 | 0.25; 1; 1 | 0.4; 1; 1 | 0.25; 1; 2 | 0.4; 1; 2 |
| motion: radius; $\sigma$ | 6; 1 | 6; 1.5 | 6; 2 | 8; 2 | 9; 2.5 |
| zoom: number of steps of 1 % | 6 | 11 | 15 | 20 | 25 |
| Gaussian: $\sigma$ | 0.4 | 0.6 | 0.7 | 0.8 | 1 |

* **Defocus**: a point becomes a disk. All weights within $r$ pixels of the middle
  are equal, then the square of weights itself is blurred by a Gaussian of standard
  deviation $s$, cut off at 3 x 3. Below $r = 1$ the disk is one pixel, and only
  its softness blurs: severities 1 to 3 are a narrow Gaussian, 5 is a plain mean of
  3 x 3. Borders as OpenCV has them.
* **Glass**: frosted glass scatters. Blurred by a Gaussian, made bytes; then, `rounds`
  times, from the last pixel to the first, each pixel is *exchanged* with one at most
  `reach` lines up and columns left; blurred again. In fact nothing is exchanged. The
  program that is the source swaps two views into the same array, and
  what comes out is a copy: the other pixel keeps its value. And it draws distances from
  -reach to reach - 1, so that a pixel is copied from the left and from above, never from the
  right: the picture moves by half a pixel a round. We copy, too.
* **Motion**: `filter_motion`, at an angle between -45 and 45 degrees.
* **Zoom**: the camera moves on while the shutter is open. The mean of the image, of the
  image again (a zoom of 1 is among the zooms), and of its middle zoomed by 1.01, 1.02, ...
  The published ranges stop before their end, but 1:1.06 and 1:1.11 reach it by
  rounding: that is why 6 and 11 steps are followed by 15 and not by 16.
* **Gaussian**: over four standard deviations; beyond the border, its pixel.
*/
corruption_function corrupt_defocus_blur, corrupt_glass_blur, corrupt_motion_blur, corrupt_zoom_blur, corrupt_gaussian_blur;

#endif
