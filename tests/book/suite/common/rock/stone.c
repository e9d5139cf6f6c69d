/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rock/stone.h"

/*
# How heavy they are

$$ w(n) = \begin{cases} 0 & n \le 0 \\ \frac{n}{2} & \text{otherwise} \end{cases} $$
*/
double stone_weight(int n)
{
    return n > 0 ? n / 2.0 : 0;
}
