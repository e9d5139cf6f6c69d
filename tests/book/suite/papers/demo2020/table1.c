/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
# Table 1: the weight of stones

The claim is that $\sum_{i=1}^n w(i) \to \infty$ for $n \in \mathbb N$.
`stone_weight` says how.

[figure: The weight grows with the number]
*/
#include "rock/stone.h"

/*
# The program

Last and boring.
*/
int main(void)
{
    return stone_weight(2) == 1 ? 0 : 1;
}
