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
| `proposed RBF SVC` | likewise, by support vectors of at most `fitted` of them |
| `proposed RBF SVC, scale` | a reading: with the other $\gamma$ |

The networks are kept beside the result (`run/trained.h`), with the size and number of the images that they
learned from. The hyper-parameters of Table 1 were tuned, and
are not given; ours are those that the paper takes elsewhere: $\alpha = 2$, as many outputs as classes, all of the
batch as neighbours.

`wide` adds what Table 2 asks for: the same with 200 outputs, in the series `wide 1-NN` and `wide 10-NN`; nobody
asks for support vectors there.
*/
void table1(run *r, const prepared *of, recipe how, bool wide, size_t fitted, arena *memory);

/* The objectives of a table, in order, also for whoever reads its networks: their names are those of the files. */
typedef enum { CE, PROPOSED, WIDE } table1_network;
objective table1_objective(table1_network which, size_t classes);

/* Sets `net`, which has its shape, to the network of that name that `experiment` left for this seed. Ends the program if
   there is none, or if it learned from another number of images than `of` has for training, or of another size. */
void table1_load(run *r, const char *experiment, const char *name, embedder *net, const prepared *of);

#endif
