/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BONTONOU2019_ELONGATION_H
#define BONTONOU2019_ELONGATION_H

#include "base/mat.h"

/*
# Lines or clusters?

The covariance of a class in the plane has a larger and a smaller eigenvalue, with

$$ \lambda_{1,2} = \tfrac12 (a + c) \pm \sqrt{\tfrac14 (a - c)^2 + b^2} \quad \text{for} \quad
   \begin{pmatrix} a & b \\ b & c \end{pmatrix}. $$

$1 - \lambda_2 / \lambda_1$ is 0 for a round cluster and 1 for a line. We average it over the classes.
*/
double elongation(mat x, const int *y, size_t classes);

#endif
