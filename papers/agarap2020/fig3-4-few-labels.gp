# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Accuracy above, normalised mutual information below, over the number of labelled examples, on MNIST and Fashion-MNIST: curves of SNNL-1 and SNNL-5, lines of two methods without labels.
# Figures 3 and 4: accuracy above, normalised mutual information below, against the number
# of labelled examples; MNIST left, Fashion-MNIST right. The two models without labels are
# rows of Tables III and IV in the same profile.
width = 1000
height = 870
load 'common/run/figure.gp'

array measure = ['ACC', 'NMI']
array label = ['accuracy', 'normalised mutual information']
array set = ['MNIST', 'Fashion-MNIST']
array table = ['table3-mnist', 'table4-fashion']
array model = ['SNNL-1', 'SNNL-5']
array plain = ['baseline', 'Original']
array called = ['baseline autoencoder, no labels', 'pixels (PCA), no labels']

# The mean of a row without labels; not a number where that table has not been run.
reference(s, row, m) = real(system(sprintf("awk -F'\\t' '$1 == \"%s\" && $2 == \".\" && $3 == \"%s\" { print $5; found = 1 } END { if (!found) print \"nan\" }' build/summary/%s/agarap2020/%s.tsv 2>/dev/null || echo nan", row, m, profile, table[s])))

# The text gives numbers for the accuracy of SNNL-5 only; elsewhere there is a point outside.
printed_of(s, m) = m == 1 ? theirs('fig3-4-few-labels', set[s].' SNNL-5', measure[m]) : "< printf '1\\t0'"

set multiplot layout 2,2 title 'Figures 3 and 4: what a few labels are worth' font ',14' margins 0.075, 0.985, 0.145, 0.9 spacing 0.075, 0.13
set logscale x 2
set xlabel 'labelled examples (log scale)' offset 0, 0.4
stats rows('MNIST SNNL-5', 'ACC') using 2 nooutput
# An interval of a mean may end above 1, and is shown whole where it does by little.
set yrange [0.4:1.05]
set ytics 0.4, 0.1, 1
set xrange [STATS_min / 1.25 : STATS_max * 1.25]
set xtics (0)
do for [x in system(sprintf("awk -F'\\t' '$1 == \"MNIST SNNL-5\" && $3 == \"ACC\" { printf \"%%d \", $2 }' %s", summary))] {
    set xtics add ((x >= 1000 ? sprintf('%d,%03d', x / 1000, x - x / 1000 * 1000) : x) x + 0)
}
do for [m = 1:2] {
    do for [s = 1:2] {
        set title set[s] offset 0, -0.5
        set ylabel (s == 1 ? label[m] : '')
        if (m == 2 && s == 2) { set key at screen 0.53, 0.085 center top vertical maxrows 3 } else { unset key }
        plot for [i = 1:2] rows(set[s].' '.model[i], measure[m]) using 2:7:8 with filledcurves lc 4 - i fs transparent solid 0.2 notitle, \
             for [i = 1:2] rows(set[s].' '.model[i], measure[m]) using 2:5 with linespoints lc 4 - i lw 1.8 pt shape[i] ps 0.9 title model[i].', mean and 95 % interval', \
             printed_of(s, m) using 1:2 with points ls published lw 1.6 notitle, \
             keyentry with points ls published lw 1.6 title 'SNNL-5, published', \
             for [i = 1:2] reference(s, plain[i], measure[m]) with lines lc rgb grey lw 1.2 dt 1 + i title called[i]
    }
}
unset multiplot
