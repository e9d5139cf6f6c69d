# SPDX-License-Identifier: GPL-3.0-or-later
# Tables III, IV and V as pictures: for each measure, published averages (open squares)
# against ours (dots, with the 95 % interval of the mean over seeds). `table` names the
# experiment whose published numbers they are.
width = 1100
height = 760
load 'common/run/figure.gp'

array measure = ['ACC', 'NMI', 'ARI', 'SIL', 'CHS', 'DBI']
array label = ['accuracy', 'normalised mutual information', 'adjusted Rand index', \
               'silhouette', 'Calinski-Harabasz score', 'Davies-Bouldin index (less is better)']
order = 'Original baseline SNNL-2 SNNL-4 SNNL-6 SNNL-8 SNNL-1 SNNL-3 SNNL-7 SNNL-5'

# Each row of the table, by name, at its place on the axis. The last column is the height.
ours(m) = sprintf("< awk -F'\\t' -v OFS='\\t' -v order='%s' 'BEGIN { n = split(order, o, \" \"); for (i = 1; i <= n; i++) at[o[i]] = n - i } $2 == \".\" && $3 == \"%s\" && $1 in at { print $1, $5, $7, $8, at[$1] }' %s", order, m, summary)
theirs(m) = sprintf("< awk -F'\\t' -v OFS='\\t' -v order='%s' 'BEGIN { n = split(order, o, \" \"); for (i = 1; i <= n; i++) at[o[i]] = n - i } $3 == \"%s\" && $6 == \"%s\" && $7 == \"value\" && $4 in at { print $4, $10, at[$4] }' %s", order, table, m, verdicts)

named = ''
places = ''
do for [i = 1:10] {
    named = named.sprintf("%s'%s' %d", i > 1 ? ', ' : '', word(order, i), 10 - i)
    places = places.sprintf("%s'' %d", i > 1 ? ', ' : '', 10 - i)
}

eval show_stand_in
set multiplot layout 2,3 margins 0.075, 0.985, 0.13, 0.95 spacing 0.05, 0.14
set yrange [-0.6:9.6]
do for [m = 1:6] {
    set title label[m] offset 0, -0.5
    unset logscale
    set xrange [0:1]
    set xtics auto
    if (measure[m] eq 'CHS') {
        set logscale x
        set xrange [150:1000000]
        set xtics ('1,000' 1000, '10,000' 10000, '100,000' 100000)
    }
    if (measure[m] eq 'DBI') { set xrange [0:3] }
    eval 'set ytics ('.(m == 1 || m == 4 ? named : places).')'
    if (m == 5) { set key at screen 0.53, 0.06 center top vertical maxrows 2 } else { unset key }
    plot theirs(measure[m]) using 2:3 with points ls published lw 1.6 title 'published, average of 4', \
         ours(measure[m]) using 2:5:3:4 with xerrorbars pt 7 ps 0.9 lc 2 lw 1.5 title 'ours, mean and 95 % interval'
    unset label
}
unset multiplot
