# SPDX-License-Identifier: GPL-3.0-or-later
# What the pictures of credibility over accuracy share. A point is an epsilon, its coordinates are means
# over seeds; a line goes from weak attacks to strong ones; on the diagonal the two agree.

# course(SERIES): accuracy, credibility, epsilon
course(series) = sprintf("< awk -F'\\t' -v OFS='\\t' '$1 == \"%s\" && $2 != \".\" { if ($3 == \"accuracy\") a[$2] = $5; else if ($3 == \"credibility\") print a[$2], $5, $2 }' %s | sort -t '\t' -k 3,3g", series, summary)
told(name, series) = sprintf('%s: gap %.2f, correlation %.2f', name, mean(series, 'gap'), mean(series, 'correlation'))

set size ratio 1
set xrange [-0.02:1.02]
set yrange [-0.02:1.02]
set xtics 0.2
set ytics 0.2
set arrow 9 from 0,0 to 1,1 nohead back lc rgb grey dt 2
set key noautotitle
