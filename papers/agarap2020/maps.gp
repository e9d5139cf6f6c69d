# SPDX-License-Identifier: GPL-3.0-or-later
# Figure 2: two maps in three dimensions, of the pixels and of the codes, seen from the
# same place, each in a cube that just holds it. `name` is the set's, `names` lists what its
# classes are called, a word each.
width = 1100
height = 640
load 'common/run/figure.gp'

array where = ['original', 'latent']
array label = ['pixels', 'codes of SNNL-7']
# Ten classes: eight colours that stay apart for colour-blind readers, two greys, and a shape each.
array colour = ['#000000', '#e69f00', '#56b4e9', '#009e73', '#d0c000', '#0072b2', '#d55e00', '#cc79a7', '#999999', '#555555']
array mark = [7, 9, 13, 11, 5, 15, 6, 8, 12, 10]

character(k) = word(names, 1 + int(real(system(sprintf("awk -F'\\t' '$1 == \"classes\" && $2 == %d { print $4; exit }' %s", k, seed)))))

# The cube around map m: the middle of each axis, and half of the longest edge.
array low[3]
array high[3]
around = "half = 0; do for [k = 1:3] { stats cloud('^point '.where[m].' ', '', 'class') using (column(k)) nooutput; ".\
    "low[k] = STATS_min; high[k] = STATS_max; if (high[k] - low[k] > 2 * half) { half = 0.5 * (high[k] - low[k]) } }"
edge(k, side) = 0.5 * (low[k] + high[k]) + side * half

eval show_stand_in
set multiplot title sprintf('Figure 2: %s; the run of seed %s, and its silhouettes', name, run_number) font ',14'
set view 62, 32, 1.04, 1
set view equal xyz
set xyplane relative 0
set border 127 + 256 + 512 lc rgb '#cccccc'
unset tics
set ticslevel 0
do for [m = 1:2] {
    set origin (m - 1) * 0.5, 0.035
    set size 0.5, 0.9
    set autoscale
    eval around
    set xrange [edge(1, -1):edge(1, 1)]
    set yrange [edge(2, -1):edge(2, 1)]
    set zrange [edge(3, -1):edge(3, 1)]
    set title sprintf("%s\nsilhouette of the classes: %.2f here, %.2f before t-SNE", label[m], at(where[m].' map', '.', 'SIL'), at(where[m].' space', '.', 'SIL'))
    if (m == 2) { set key at screen 0.5, 0.09 center top horizontal maxrows 2 maxcols 5 width 1 } else { unset key }
    splot for [k = 0:9] cloud('^point '.where[m].' ', '', 'class') using ($4 == k ? $1 : NaN):2:3 \
              with points pt mark[k + 1] ps 0.45 lc rgb colour[k + 1] notitle, \
          for [k = 0:9] keyentry with points pt mark[k + 1] ps 1.1 lc rgb colour[k + 1] title character(k)
    unset label
}
unset multiplot
