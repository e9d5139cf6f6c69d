/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef JACOBSEN2019_REARRANGE_H
#define JACOBSEN2019_REARRANGE_H

#include "base/image.h"
#include "tape/tape.h"

/*
# Bijections without parameters

An invertible network must not lose a number. What a usual network does by throwing numbers away, it does by
moving them about. All of these are orthogonal matrices, so their inverse is their transpose, their
gradient is their inverse, and their log-determinant is 0.

| operation | instead of | what it does |
|-----------|-----------|--------------|
| `squeeze` | pooling, strides | 2 x 2 pixels of c channels become one of 4 c |
| `take_channels`, twice | | channels are split; those that are set aside are not forgotten |
| `cosine_transform` | the mean over pixels | every channel's map becomes its orthonormal DCT-II |

Operations on the tape go forward. Their inverses act on matrices: nobody trains backwards.
*/

/* A quarter of the pixels and four times the channels; height and width are even. */
image squeezed(image in);
node *squeeze(tape *t, node *x, image in);
void unsqueeze(mat x, mat y, image in);        /* `in` is the shape of x */

/* `count` of `channels` channels, from `first` on, of every pixel; and back into their place. */
node *take_channels(tape *t, node *x, size_t channels, size_t first, size_t count);
void put_channels(mat x, size_t channels, size_t first, size_t count, mat y);

/*
$$ Y_{uv} = a_u a_v \sum_{ij} X_{ij} \cos \frac{\pi (2i + 1) u}{2h} \cos \frac{\pi (2j + 1) v}{2w},
   \qquad a_0 = \sqrt{1/h},\ a_u = \sqrt{2/h}, $$

channel by channel, with w in the place of h for $a_v$. $Y_{00}$ is the mean over all pixels times $\sqrt{hw}$: a global
average pooling that keeps what it averages away. Cost: 2 n (h + w) h w c flops.
*/
node *cosine_transform(tape *t, node *x, image in);
void cosine_transform_back(mat x, mat y, image in, arena *scratch);

#endif
