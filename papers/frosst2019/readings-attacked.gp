# SPDX-License-Identifier: GPL-3.0-or-later
# alt: A dot for each reading: how far credibility is from accuracy on the left, how well strangers are told apart on the right; Fashion-MNIST above, MNIST below; lines mark baselines.
# Readings: of the network of each reading, how far credibility is from accuracy under attack (left), and how well
# strangers are told apart by distance (right); mean and range over seeds. Fashion-MNIST above, MNIST below, the lines are the baselines.
width = 1000
height = 900
load 'common/run/figure.gp'

# The readings in the order of the result, with their heights.
of(digits, metric) = sprintf("awk -F'\\t' -v OFS='\\t' -v digits=%d -v metric=%s '$2 == \".\" && $3 == metric && ($1 ~ /^MNIST/) == digits { sub(/ FGSM$/, \"\", $1); line[n++] = $1 OFS $5 OFS $9 OFS $10 } END { for (i = 0; i < n; i++) print line[i], n - 1 - i }' %s", digits, metric, summary)
places(digits, named) = system(of(digits, 'gap').sprintf(" | awk -F'\\t' -v named=%d '{ sub(/^MNIST /, \"\"); printf \"%%s\\x27%%s\\x27 %%d\", (NR > 1 ? \", \" : \"\"), named ? $1 : \"\", $5 }'", named))
count(digits) = int(system(of(digits, 'gap')." | wc -l"))
base(digits, metric) = real(system(of(digits, metric)." | awk -F'\\t' '{ print $2; exit }'"))

array metric = ['gap', 'auroc']
array told = ['|credibility - accuracy| under the fast gradient sign', 'strangers told apart by distance']
array title_of = ['Fashion-MNIST', 'MNIST']
set multiplot title sprintf('Attacks and strangers read in other ways, %s', seeds > 1 ? sprintf('mean and range of %d seeds', seeds) : 'one seed') font ',14'
do for [row = 1:2] { do for [column = 1:2] {
    set lmargin at screen (column == 1 ? 0.18 : 0.61)
    set rmargin at screen (column == 1 ? 0.56 : 0.955)
    set bmargin at screen (row == 1 ? 0.44 : 0.07)
    set tmargin at screen (row == 1 ? 0.91 : 0.34)
    set title title_of[row].(column == 1 ? '' : row == 1 ? ': attacked images, first layer' : ': letters, logits') offset 0, -0.5
    set xlabel told[column] offset 0, 0.4
    set yrange [-0.6:count(row - 1) - 0.4]
    set offsets graph 0.05, graph 0.05, 0, 0
    unset key
    eval 'set ytics ('.places(row - 1, column == 1).')'
    set xtics rotate by -35
    set arrow 1 from base(row - 1, metric[column]), graph 0 to base(row - 1, metric[column]), graph 1 as 1
    plot '< '.of(row - 1, metric[column]) using 2:5:3:4 with xerrorbars pt 7 ps 0.8 lc 2 lw 1.4
}}
unset multiplot
