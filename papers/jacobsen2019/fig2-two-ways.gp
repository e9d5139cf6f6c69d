# SPDX-License-Identifier: GPL-3.0-or-later
# alt: A plane through two spheres, coloured by what the classifier says. One arrow from an inner point and another from an outer one end at the same adversarial example.
# Figure 2, measured: the plane of an inner point, an outer point and the adversarial example between them, first seed.
width = 760
height = 700
load 'common/run/figure.gp'

side = int(sqrt(real(system(sprintf("awk -F'\\t' '$1 == \"plane\" && $3 == \"regions\" { n++ } END { print n }' %s", seed)))) + 0.5)
regions = sprintf("< awk -F'\\t' '$1 == \"plane\" && $3 == \"regions\" { print $2, $4 }' %s", seed)
at_u(i) = reach * (2 * (int(i) % side) / (side - 1.0) - 1)
at_v(i) = reach * (2 * (int(i) / side) / (side - 1.0) - 1)
u1 = at('x1', '.', 'u'); v1 = at('x1', '.', 'v')
u2 = at('x2', '.', 'u'); v2 = at('x2', '.', 'v')
um = at('x*', '.', 'u'); vm = at('x*', '.', 'v')
# x_1 is on the inner sphere and x_2 on the outer one; of both the plane shows a circle. The regions reach 1.3 times as
# far as the outer sphere.
r1 = sqrt(u1 ** 2 + v1 ** 2)
r2 = sqrt(u2 ** 2 + v2 ** 2)
reach = 1.3 * sqrt(r2 ** 2 + at('plane', '.', 'distance') ** 2)

set datafile separator whitespace
set title sprintf('Figure 2: one adversarial example, two ways to it; seed %s', run_number) font ',14'
set palette defined (0 '#cfe3f4', 1 '#f7d9b0')
set cbrange [0:1]
unset colorbox
set xrange [-reach:reach]
set yrange [-reach:reach]
set size square
set border 15
set parametric
set trange [0:2 * pi]
set key below maxrows 2
set arrow 1 from u1, v1 to um, vm front lw 3 lc rgb '#cc79a7' head filled size screen 0.015, 20
set arrow 2 from u2, v2 to um, vm front lw 3 lc rgb '#d55e00' head filled size screen 0.015, 20
set label 1 'x_1' at u1, v1 front offset -1, -1
set label 2 'x_2' at u2, v2 front offset 0.8, 0.5
set label 3 'x*' at um, vm front offset 1, -0.8
plot regions using (at_u($1)):(at_v($1)):(int($2) % 2) with image notitle, \
     keyentry with boxes fs solid lc rgb '#cfe3f4' title 'D says inner', \
     keyentry with boxes fs solid lc rgb '#f7d9b0' title 'D says outer', \
     r1 * cos(t), r1 * sin(t) with lines lc 3 lw 2 title 'inner sphere', \
     r2 * cos(t), r2 * sin(t) with lines lc 2 lw 2 title 'outer sphere', \
     keyentry with lines lw 3 lc rgb '#cc79a7' title 'by invariance', \
     keyentry with lines lw 3 lc rgb '#d55e00' title 'by perturbation'
