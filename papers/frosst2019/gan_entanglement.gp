# SPDX-License-Identifier: GPL-3.0-or-later
# Two panels beside each other: entanglement of real and synthetic images along a training, and how many have a
# neighbour of their own kind, mean and 95 % interval over seeds. Wants the array `game` of series, `top` and `bottom`
# of the panels, and the height of the key, `key_at`.
array metric = ['snnl', 'own_kind']
array meaning = ['SNNL, least over T', "nearest neighbour\nof its own kind"]
array mixed = [log(2), 0.5]
do for [p = 1:2] {
    set lmargin at screen (p == 1 ? 0.08 : 0.56)
    set rmargin at screen (p == 1 ? 0.48 : 0.97)
    set tmargin at screen top
    set bmargin at screen bottom
    set xlabel 'step' offset 0, 0.4
    set ylabel meaning[p]
    set yrange [-0.01:(p == 1 ? 0.8 : 1.05)]
    if (p == 1) { set key at screen 0.52, key_at center top vertical maxrows 1 } else { unset key }
    plot for [i = 1:|game|] rows(game[i], metric[p]) using 2:7:8 with filledcurves lc 1 + i fs transparent solid 0.2 notitle, \
         for [i = 1:|game|] rows(game[i], metric[p]) using 2:5 with lines lc 1 + i lw 1.8 title game[i], \
         mixed[p] with lines lc rgb 'black' dt 2 title 'perfectly mixed'
}
