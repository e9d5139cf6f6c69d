# SPDX-License-Identifier: GPL-3.0-or-later
# Figure 2: two maps in three dimensions, of the pixels and of the codes, seen from the
# same place. `names` lists what the classes are called, a word each.
width = 1100
height = 560
load 'common/run/figure.gp'

array where = ['original', 'latent']
array label = ['pixels', 'codes of SNNL-7']
# Ten classes: eight colours that stay apart for colour-blind readers, two greys, and a shape each.
array colour = ['#000000', '#e69f00', '#56b4e9', '#009e73', '#d0c000', '#0072b2', '#d55e00', '#cc79a7', '#999999', '#555555']
array mark = [7, 9, 13, 11, 5, 15, 6, 8, 12, 10]

character(k) = word(names, 1 + int(real(system(sprintf("awk -F'\\t' '$1 == \"classes\" && $2 == %d { print $4; exit }' %s", k, seed)))))

eval show_stand_in
set multiplot
set view 62, 32, 0.92, 1
set view equal xyz
set xyplane relative 0
set border 127 + 256 + 512 lc rgb '#cccccc'
unset tics
set ticslevel 0
do for [m = 1:2] {
    set origin (m - 1) * 0.5, 0.1
    set size 0.5, 0.9
    set title sprintf("%s\nsilhouette of the classes: %.2f here, %.2f before t-SNE", label[m], at(where[m].' map', '.', 'SIL'), at(where[m].' space', '.', 'SIL'))
    if (m == 2) { set key at screen 0.5, 0.09 center top horizontal maxrows 2 maxcols 5 width 1 } else { unset key }
    splot for [k = 0:9] cloud('^point '.where[m].' ', '', 'class') using ($4 == k ? $1 : NaN):2:3 \
              with points pt mark[k + 1] ps 0.45 lc rgb colour[k + 1] notitle, \
          for [k = 0:9] keyentry with points pt mark[k + 1] ps 1.1 lc rgb colour[k + 1] title character(k)
    unset label
}
unset multiplot
