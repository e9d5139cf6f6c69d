# SPDX-License-Identifier: GPL-3.0-or-later
# The readings: for each measure the published average of the row that a reading would
# explain (open square, and its margin as a bar), and what the reading gives (a dot, with
# the 95 % interval of the mean over seeds; a triangle where k-means is fitted on the test
# codes).
width = 1150
height = 1000
load 'common/run/figure.gp'

array measure = ['ACC', 'NMI', 'ARI', 'SIL', 'CHS', 'DBI']
array label = ['accuracy', 'NMI', 'adjusted Rand index', \
               'silhouette', 'Calinski-Harabasz score', 'Davies-Bouldin index']
claims = 'papers/agarap2020/claims.tsv'

# Readings from top to bottom, with an empty line between the rows of the paper: at[NAME] is the height.
places = "BEGIN { while ((getline line < claims) > 0) { split(line, f, \"\\t\"); if (f[7] == \"reading\" && !(f[4] in at)) { row = f[4]; sub(/,.*/, \"\", row); height -= last != \"\" && row != last ? 2 : 1; last = row; at[f[4]] = height } } }"
ours(m, suffix) = sprintf("< awk -F'\\t' -v OFS='\\t' -v claims=%s '%s { name = $1; tail = sub(/ \\/ test codes$/, \"\", name) } $2 == \".\" && $3 == \"%s\" && name in at && tail == %d { print name, $5, $7, $8, at[name] }' %s", claims, places, m, suffix, summary)
theirs(m) = sprintf("< awk -F'\\t' -v OFS='\\t' -v claims=%s '%s $7 == \"reading\" && $6 == \"%s\" { margin = $13; if (sub(/%%/, \"\", margin)) margin *= $10 / 100; print $4, $10, $10 - margin, $10 + margin, at[$4] }' %s", claims, places, m, claims)

names = system(sprintf("awk -F'\\t' -v claims=%s '%s END { for (n in at) printf \"\\\"%%s\\\" %%d, \", n, at[n] }' /dev/null", claims, places))
blanks = system(sprintf("awk -F'\\t' -v claims=%s '%s END { for (n in at) printf \"\\\"\\\" %%d, \", at[n] }' /dev/null", claims, places))
lowest = real(system(sprintf("awk -F'\\t' -v claims=%s '%s END { for (n in at) if (at[n] < low) low = at[n]; print low }' /dev/null", claims, places)))

set multiplot layout 2,3 margins 0.215, 0.985, 0.085, 0.965 spacing 0.025, 0.075
set yrange [lowest - 0.6 : -0.4]
do for [m = 1:6] {
    set title label[m] offset 0, -0.6
    unset logscale
    set xrange [0:1]
    set xtics auto
    if (measure[m] eq 'CHS') {
        set logscale x
        set xrange [500:4000000]
        set xtics ('1,000' 1000, '10,000' 10000, '100,000' 100000)
    }
    if (measure[m] eq 'DBI') { set xrange [0:2] }
    eval 'set ytics ('.((m == 1 || m == 4) ? names : blanks)[1:*].'"" 100)'
    if (m == 5) { set key at screen 0.62, 0.04 center top vertical maxrows 2 width -8 } else { unset key }
    plot theirs(measure[m]) using 2:5:3:4 with xerrorbars pt 4 ps 1.1 lc rgb grey lw 2 title 'published average, our margin', \
         ours(measure[m], 0) using 2:5:3:4 with xerrorbars pt 7 ps 0.8 lc 2 lw 1.4 title 'k-means on training codes', \
         ours(measure[m], 1) using 2:5 with points pt 9 ps 0.7 lc 3 title 'on test codes'
}
unset multiplot
