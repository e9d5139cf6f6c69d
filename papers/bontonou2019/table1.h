/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BONTONOU2019_TABLE1_H
#define BONTONOU2019_TABLE1_H

#include "training.h"

/*
# A column of Table 1

The network is trained once with cross-entropy and once with the paper's loss, from the same weights and on the
same batches, and its errors on the test set are counted, in percent, as the metric `error`:

| series | how a test image is answered |
|--------|--------------------------|
| `cross-entropy argmax` | the largest score |
| `proposed 1-NN`, `proposed 10-NN` | by the places of the training examples (`papers/bontonou2019/classifiers.h`) |
| `proposed RBF SVC` | likewise, by support vectors |
| `proposed RBF SVC, scale` | a reading: with the other $\gamma$ |

The networks are kept beside the result (`run/trained.h`), with the size and number of the images that they
learned from. The hyper-parameters of Table 1 were tuned, and
are not given; ours are those that the paper takes elsewhere: $\alpha = 2$, as many outputs as classes, all of the
batch as neighbours.

Table 2 asks for a third network: the same with 200 outputs, in the series `wide 1-NN` and `wide 10-NN`; nobody
asks for support vectors there.
*/
typedef struct table1_program {
    const char *experiment, *purpose;
    const char *set;                                       /* the data's name */
    double examples[RUN_PROFILES], tested[RUN_PROFILES];   /* of its training and of its test set, at most */
    double fitted[RUN_PROFILES];   /* those that support vectors are fitted to, at most; zeros: all of them */
    bool by_adam;                  /* or by gradient descent */
    bool mirrored;                 /* are images mirrored to augment them? */
    bool wide;                     /* is the third network trained? */
} table1_program;

/* The whole program: what main returns. */
int table1(int argc, char **argv, const table1_program *p);

/* The objectives of a table, in order, also for whoever reads its networks: their names are those of the files. */
typedef enum { CE, PROPOSED, WIDE } table1_network;
objective table1_objective(table1_network which, size_t classes);

/* Sets `net`, which has its shape, to the network of that name that `experiment` left for this seed. Ends the program if
   there is none, or if it learned from another number of images than `of` has for training, or of another size. */
void table1_load(run *r, const char *experiment, const char *name, embedder *net, const prepared *of);

#endif
