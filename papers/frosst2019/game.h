/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FROSST2019_GAME_H
#define FROSST2019_GAME_H

#include "learn/snnl_temperature.h"
#include "player.h"

/*
# What each player minimises

A game is a pair of losses. Write D for the discriminator, x for a batch of real images, G(z) for as many
synthetic ones, and $\overline{f}$ for the mean of f over a batch.

| game | the discriminator minimises | the generator minimises |
|------|-----------------------------|-------------------------|
| vanilla | $\overline{\log(1 + e^{-D(x)})} + \overline{\log(1 + e^{D(G(z))})}$ | $\overline{\log(1 + e^{-D(G(z))})}$ |
| least squares | $\frac12 \overline{(D(x) - 1)^2} + \frac12 \overline{D(G(z))^2}$ | $\frac12 \overline{(D(G(z)) - 1)^2}$ |
| Wasserstein | $\overline{D(G(z))} - \overline{D(x)}$, all its parameters within $\pm 0.01$ | $-\overline{D(G(z))}$ |
| entanglement | $\ell_\text{sn}(D(x), D(G(z)))$ | $-\ell_\text{sn}(D(x), D(G(z)))$ |

Parameters are biases too, and the scales of batch normalisation, as in the published code of the third: so a
normalised feature is a hundredth of a deviation at most.

The first is Goodfellow et al.'s (2014) with the generator's loss that does not saturate, the second Mao et
al.'s (2017), the third Arjovsky et al.'s (2017). The paper shows "three variants" and names none; these are
ours. The last is the paper's own: the soft nearest neighbour loss of the 2 n images with the two labels
*real* and *synthetic* (3.2 and appendix I). Where D shows the pixels as they are, only the generator has
something to learn.

# The temperature of entanglement

All rules start at the mean squared distance of a first batch.

| game | T |
|------|---|
| `entanglement_learned` | takes a step downhill at each evaluation (`learn/snnl_temperature.h`), as the paper says |
| `entanglement_stays` | stays, as in the script that the authors published |
| `entanglement_falls` | falls, to a thirtieth at the last step, evenly on a logarithmic axis; ours |
| `entanglement_follows` | is a quarter of the mean squared distance of each batch, as D shows it; ours |

The first two have traps. *On the pixels*, the loss has a maximum that is no mixture: at a high temperature
only the means of the two kinds count, and a generator that makes the mean of all digits of any noise is as
entangled as it can be. If T is sought where the loss is least, it then grows without end, since no T tells
more. At a low temperature only nearest neighbours count, and a mean image's are other mean images. But there a
generator cannot *begin*: its first images are so far from all digits that no gradient reaches them. So the
third rule begins high and ends low.

*In a learned space* the discriminator can win for good: it moves the two kinds so far apart that the loss is
0 to the last bit, and with it every gradient, that of T as well. A temperature that grows with the space
leaves nothing to be won by mere distance, and always a gradient for the loser. The gradient takes T for a constant, though,
so the space still grows from step to step.
*/
typedef enum { NO_TEMPERATURE, LEARNED, STAYS, FALLS, FOLLOWS } game_temperature;

typedef node *game_loss(tape *t, const player *d, node *x, node *made, snnl_temperature *T);

typedef struct game {
    const char *name;
    game_loss *discriminator, *generator;
    double rate, beta1, beta2;     /* of Adam, for both players */
    double bound;                  /* the discriminator's parameters stay within it; 0: anywhere */
    size_t rounds;                 /* the discriminator plays so often in a step, the generator once */
    game_temperature T;            /* of entanglement */
} game;

/*
The rates are those of DCGAN (Radford et al. 2016) for all but Wasserstein. That one takes a small rate, no
momentum, because with one its critic becomes unstable, and five rounds: Arjovsky et al. use RMSProp, which is
Adam with $\beta_1 = 0$ but for the correction of the first steps.
*/
extern const game game_vanilla, game_least_squares, game_wasserstein;
extern const game entanglement_learned, entanglement_stays, entanglement_falls, entanglement_follows;

#endif
