# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Above, the mean corruption errors of graph smoothness, published and ours, where cross-entropy is 100; below, bars of both networks' errors on clean images and on fifteen corruptions.
# Table 2: on top both mean corruption errors, published (open squares) and ours (dots, with the 95 % interval of the mean over
# seeds), where cross-entropy is 100, but for a relative one that the claims do not judge either; below the error of both networks
# on clean images and on each corruption, mean over the five severities and all seeds, and the published ones on clean images.
width = 1000
height = 640
load 'common/run/figure.gp'

load 'papers/bontonou2019/corruptions.gp'

array measure = ['mce', 'relative_mce']
array label = ['MCE', 'relative MCE']
# Results have the relative one by this name too where the clean errors of both networks are near enough.
alike = int(system(sprintf("grep -c '\trelative_mce_alike\t' %s || true", summary))) > 0

# Place and error of the clean images, then of each corruption.
bars(network) = sprintf("< awk -F'\\t' -v OFS='\\t' -v network='%s' -v names='%s' 'BEGIN { n = split(names, name, \" \"); for (i = 1; i <= n; i++) place[network \", \" name[i]] = i + 1; place[network] = 1 } ($1 in place) && ($3 == \"error\" || $3 == \"clean_error\") { sum[place[$1]] += $5; count[place[$1]]++ } END { for (i = 1; i <= n + 1; i++) if (count[i]) print i, sum[i] / count[i] }' %s", network, name, summary)

set multiplot
set lmargin at screen 0.14
set rmargin at screen 0.965
set tmargin at screen 0.94
set bmargin at screen 0.68
set title 'Table 2: graph smoothness with 200 outputs, where cross-entropy is 100' font ',14' offset 0, -0.3
set yrange [-0.6:1.6]
set ytics ()
do for [i = 1:2] { set ytics add (label[i] 2 - i) }
set offsets graph 0.08, graph 0.08, 0, 0
set xrange [*<99:101<*]
set arrow 1 from 100, graph 0 to 100, graph 1 as 1
set key at screen 0.55, 0.6 center top horizontal
if (alike) {
    set label 5 sprintf('relative: divided by %.1f points or more', mean('cross-entropy', 'least_cost')) at screen 0.955, 0.7 right font ',11' textcolor rgb grey
} else {
    set label 5 sprintf('ours is not comparable: clean errors %.0f and %.0f %%', mean('cross-entropy', 'clean_error'), mean('wide', 'clean_error')) at 100, 0 left offset 1, 0 font ',11'
}
plot for [i = 1:(alike ? 2 : 1)] rows('wide', measure[i]) using 5:(2 - i):7:8 with xerrorbars pt 7 ps 0.8 lc 2 lw 1.5 notitle, \
     for [i = 1:2] theirs('table2-corruptions', 'wide', measure[i]) using 2:(2 - i) with points ls published lw 1.6 notitle, \
     keyentry with points pt 7 ps 0.8 lc 2 title 'ours, mean and 95 % interval', \
     keyentry with points ls published lw 1.6 title 'published'
unset arrow 1
unset label 5
set offsets 0, 0, 0, 0
set tmargin at screen 0.49
set bmargin at screen 0.2
unset title
set xrange [0.4:16.6]
set yrange [0:*]
set ytics auto
set ylabel 'error (%)'
unset xtics
set xtics rotate by -35 nomirror scale 0 ()
do for [c = 1:15] { set xtics add (word(title, c) c + 1) }
set xtics add ('clean' 1)
set key at screen 0.55, 0.545 center top horizontal
set boxwidth 0.35
array network = ['cross-entropy', 'wide']
array shown = ['cross-entropy', 'graph smoothness']
plot for [n = 1:2] bars(network[n]) using ($1 + 0.37 * (n - 1.5)):2 with boxes fs solid 0.8 noborder lc (n == 1 ? 3 : 2) title shown[n], \
     for [n = 1:2] theirs('table2-corruptions', network[n], 'clean_error') using (1 + 0.37 * (n - 1.5)):2 with points ls published lw 1.6 notitle
unset multiplot
