# SPDX-License-Identifier: GPL-3.0-or-later
# Tables III, IV and V as pictures: for each measure, published averages (open squares)
# against ours (dots, with the 95 % interval of the mean over seeds). `table` is the
# experiment whose published numbers they are, `name` the picture's title.
width = 1100
height = 800
load 'common/run/figure.gp'

array measure = ['ACC', 'NMI', 'ARI', 'SIL', 'CHS', 'DBI']
array label = ['accuracy', 'normalised mutual information', 'adjusted Rand index', \
               'silhouette', 'Calinski-Harabasz score (log scale)', 'Davies-Bouldin index (less is better)']
order = 'Original baseline SNNL-2 SNNL-4 SNNL-6 SNNL-8 SNNL-1 SNNL-3 SNNL-7 SNNL-5'

# Each row of the table, by name, at its place on the axis. The last column is the height.
ours(m) = sprintf("< awk -F'\\t' -v OFS='\\t' -v order='%s' 'BEGIN { n = split(order, o, \" \"); for (i = 1; i <= n; i++) at[o[i]] = n - i } $2 == \".\" && $3 == \"%s\" && $1 in at { print $1, $5, $7, $8, at[$1] }' %s", order, m, summary)

# off(TABLE, LEFT, RIGHT): of the command's rows of name, mean, low, high and height, the intervals
# that leave the axis: mean, way to the edge, height. The last row is out of sight.
off(table, left, right) = table.sprintf(" | awk -F'\\t' -v OFS='\\t' -v left=%g -v right=%g '$3 < left { print $2, left - $2, $5 } $4 > right { print $2, right - $2, $5 } END { print right, 0, 1000 }'", left, right)
set style arrow 1 head filled size screen 0.008, 20 lc 2 lw 1.5

named = ''
places = ''
do for [i = 1:10] {
    named = named.sprintf("%s'%s' %d", i > 1 ? ', ' : '', word(order, i), 10 - i)
    places = places.sprintf("%s'' %d", i > 1 ? ', ' : '', 10 - i)
}

eval show_stand_in
set multiplot layout 2,3 title name font ',14' margins 0.08, 0.98, 0.125, 0.9 spacing 0.05, 0.13
set yrange [-0.6:9.6]
do for [m = 1:6] {
    set title label[m] offset 0, -0.5
    unset logscale
    left = 0
    right = measure[m] eq 'DBI' ? 3 : 1
    set xtics auto
    if (measure[m] eq 'CHS') {
        set logscale x
        left = 150
        right = 1000000
        set xtics ('1,000' 1000, '10,000' 10000, '100,000' 100000)
    }
    set xrange [left:right]
    eval 'set ytics ('.(m == 1 || m == 4 ? named : places).')'
    if (m == 5) { set key at screen 0.07, 0.06 left top Left reverse vertical maxrows 2 } else { unset key }
    plot ours(measure[m]) using 2:5:3:4 with xerrorbars pt 7 ps 0.7 lc 2 lw 1.5 title 'ours, mean and 95 % interval; an arrow where it leaves the axis', \
         off(ours(measure[m]), left, right) using 1:3:2:(0) with vectors as 1 notitle, \
         for [i = 1:10] theirs(table, word(order, i), measure[m]) using 2:(10 - i) with points ls published lw 1.6 title (i == 1 ? 'published, average of 4' : '')
    unset label
}
unset multiplot
