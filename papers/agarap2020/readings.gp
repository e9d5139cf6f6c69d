# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Six panels, a measure each. Every reading of the rows SNNL-1, 3, 5 and 7 has a line: the published average with our margin, and our means with their range.
# The readings: for each measure the published average of the row that a reading would
# explain (open square, and its margin as a bar), and what the reading gives: a dot, and below
# it a triangle where k-means is fitted on the test codes: the mean, and a bar from the least to
# the most of the seeds. They are too few for intervals that would say more.
width = 1150
height = 1500
load 'common/run/figure.gp'

array measure = ['ACC', 'NMI', 'ARI', 'SIL', 'CHS', 'DBI']
array label = ['accuracy', 'NMI', 'adjusted Rand index', \
               'silhouette', 'Calinski-Harabasz score (log scale)', 'Davies-Bouldin index (less is better)']

# Readings from top to bottom, with an empty line between the rows of the paper: at[NAME] is the height.
places = by_name.'FILENAME == claims && $c["kind"] == "reading" && !($c["series"] in at) { row = $c["series"]; sub(/,.*/, "", row); height -= last != "" && row != last ? 2 : 1; last = row; at[$c["series"]] = height } '
placed(program, file) = sprintf("awk -F'\\t' -v OFS='\\t' -v claims=%s '%s' %s %s", claims, places.program, claims, file)
ours(m, suffix) = '< '.placed(sprintf('FILENAME == claims { next } { name = $1; tail = sub(/ \/ test codes$/, "", name) } $2 == "." && $3 == "%s" && name in at && tail == %d { print name, $5, $9, $10, at[name] + %g }', m, suffix, suffix ? -0.22 : 0.22), summary)
theirs_and_margin(m) = '< '.placed(sprintf('$c["kind"] == "reading" && $c["metric"] == "%s" { number = $c["published"]; margin = $c["margin"]; if (sub(/%%/, "", margin)) margin *= number / 100; print $c["series"], number, number - margin, number + margin, at[$c["series"]] }', m), '')

names = system(placed('END { for (n in at) printf "\"%s\" %d, ", n, at[n] }', ''))
blanks = system(placed('END { for (n in at) printf "\"\" %d, ", at[n] }', ''))
lowest = real(system(placed('END { for (n in at) if (at[n] < low) low = at[n]; print low }', '')))

# One seed has no bar, and the key then shows none.
seeds = int(system(sprintf("awk -F'\t' '$4 + 0 > n { n = $4 } END { print n + 0 }' %s", summary)))
range = seeds > 1 ? sprintf(', mean, least and most of %d seeds', seeds) : ', one seed'
drawn = seeds > 1 ? '2:5:3:4 with xerrorbars' : '2:5 with points'

set multiplot layout 2,3 title 'Fashion-MNIST: readings of what the paper leaves open' font ',14' margins 0.215, 0.98, 0.075, 0.935 spacing 0.025, 0.06
set yrange [lowest - 0.6 : -0.4]
do for [m = 1:6] {
    set title label[m] offset 0, -0.6
    unset logscale
    left = 0
    right = measure[m] eq 'DBI' ? 2 : 1
    set xtics auto
    if (measure[m] eq 'CHS') {
        set logscale x
        left = 500
        right = 4000000
        set xtics ('1,000' 1000, '10,000' 10000, '100,000' 100000)
    }
    set xrange [left:right]
    eval 'set ytics ('.((m == 1 || m == 4) ? names : blanks)[1:*].'"" 100)'
    if (m == 5) { set key at screen 0.21, 0.045 left top Left reverse vertical maxrows 3 } else { unset key }
    plot theirs_and_margin(measure[m]) using 2:5:3:4 with xerrorbars pt 4 ps 1.3 lc rgb grey lw 1.6 title 'published average, our margin', \
         for [tail = 0:1] ours(measure[m], tail) using @drawn pt shape[tail + 1] ps 0.8 lc tail + 2 lw 1.2 title (tail ? 'k-means on test codes' : 'k-means on training codes').range
}
unset multiplot
