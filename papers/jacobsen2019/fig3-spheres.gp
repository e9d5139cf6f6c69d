# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Four planes through two spheres, coloured by what a classifier says: that of the scores above, that of the nuisances below. On the right an arrow points to a metamer.
# Figure 3: what both classifiers say on two planes through the origin, first seed; the circles are the spheres.
# Above, the classifier D of the scores; below, the classifier of the nuisances.
width = 900
height = 1000
load 'common/run/figure.gp'

array kind = ['random', 'metamer']
array first = ['random x1', 'metamer x']
array second = ['random x2', 'metamer x_met']
array first_name = ['x_1', 'x']
array second_name = ['x_2', 'x_{met}']
array who = ['classifier D of the scores', 'classifier of the nuisances']
# Both planes go through the origin, so these points are as far from it as their spheres; the coordinates are rounded. The
# regions reach 1.3 times as far as the outer sphere.
radius(point) = real(sprintf('%.5g', sqrt(at(point, '.', 'u') ** 2 + at(point, '.', 'v') ** 2)))
inner = radius('random x1')
outer = radius('random x2')
reach = 1.3 * outer
side = int(sqrt(real(system(sprintf("awk -F'\\t' '$1 == \"plane random\" { n++ } END { print n }' %s", seed)))) + 0.5)
regions(k) = sprintf("< awk -F'\\t' '$1 == \"plane %s\" { print $2, $4 }' %s", kind[k], seed)
at_u(i) = reach * (2 * (int(i) % side) / (side - 1.0) - 1)
at_v(i) = reach * (2 * (int(i) / side) / (side - 1.0) - 1)

set multiplot layout 2,2 title 'Figure 3: what two classifiers of the spheres say, first seed' font ',14' margins 0.07, 0.98, 0.09, 0.89 spacing 0.06, 0.11
set datafile separator whitespace
set palette defined (0 '#cfe3f4', 1 '#f7d9b0')
set cbrange [0:1]
unset colorbox
unset key
set xrange [-reach:reach]
set yrange [-reach:reach]
set xtics -10, 5
set ytics -10, 5
set border 15
set size square
set parametric
set trange [0:2 * pi]
set grid front
do for [w = 1:2] {
    do for [k = 1:2] {
        set title sprintf("%s,\n%s", who[w], k == 1 ? 'plane of two data points' : 'plane of a point and its metamer') font ',11' offset 0, -0.6
        u1 = at(first[k], '.', 'u'); v1 = at(first[k], '.', 'v')
        u2 = at(second[k], '.', 'u'); v2 = at(second[k], '.', 'v')
        set label 2 first_name[k] at u1, v1 front offset 0.7, -0.7
        far = sqrt(u2 ** 2 + v2 ** 2) > reach
        if (far) {
            shrink = 0.93 * reach / (abs(u2) > abs(v2) ? abs(u2) : abs(v2))
            set arrow 5 from u1, v1 to shrink * u2, shrink * v2 front lw 1.6 lc rgb 'black' head filled size screen 0.01, 20
            set label 3 sprintf('to %s, %.0f away', second_name[k], sqrt(u2 ** 2 + v2 ** 2)) at shrink * u2, shrink * v2 front offset 1, 0
        } else {
            unset arrow 5
            set label 3 second_name[k] at u2, v2 front offset 0.7, 0.7
        }
        if (w == 2 && k == 2) { set key at screen 0.5, 0.035 center top vertical maxrows 1 }
        plot regions(k) using (at_u($1)):(at_v($1)):(w == 1 ? int($2) % 2 : int($2) / 2) with image notitle, \
             inner * cos(t), inner * sin(t) with lines lc 3 lw 2 title 'inner sphere', \
             outer * cos(t), outer * sin(t) with lines lc 2 lw 2 title 'outer sphere', \
             keyentry with boxes fs solid lc rgb '#cfe3f4' title 'it says inner', \
             keyentry with boxes fs solid lc rgb '#f7d9b0' title 'it says outer', \
             '+' using (u1):(v1) every ::0::0 with points pt 7 ps 1.1 lc rgb 'black' notitle, \
             '+' using (far ? NaN : u2):(v2) every ::0::0 with points pt 9 ps 1.3 lc rgb 'black' notitle
    }
}
unset multiplot
