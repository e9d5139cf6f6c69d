# SPDX-License-Identifier: GPL-3.0-or-later
# What the pictures of credibility over accuracy share.

# course(SERIES): accuracy, credibility, epsilon, and over the seeds least and most of the first two
course(series) = sprintf("< awk -F'\\t' -v OFS='\\t' '$1 == \"%s\" && $2 != \".\" { if ($3 == \"accuracy\") { a[$2] = $5; range[$2] = $9 OFS $10 } else if ($3 == \"credibility\") print a[$2], $5, $2, range[$2], $9, $10 }' %s | sort -t '\t' -k 3,3g", series, summary)
told(name, series) = sprintf('%s: gap %.2f, correlation %.2f', name, mean(series, 'gap'), mean(series, 'correlation'))

explained = "A point is an epsilon: means over the seeds, with bars from the least to the most.\n".\
    "Along a line, from its upper right end, epsilon grows.\n".\
    "Credibility: the share of held-out images whose neighbours agree no better.\n".\
    "On the dashed line it is as high as the accuracy."
gap_explained = explained."\nThe gap is how far apart both are on average."

set size ratio 1
set xrange [-0.02:1.02]
set yrange [-0.02:1.02]
set xtics 0.2
set ytics 0.2
set arrow 9 from 0,0 to 1,1 back as 1
set key noautotitle
