# SPDX-License-Identifier: GPL-3.0-or-later
# What reliability diagrams share. The accuracy of a bin is a mean over the seeds that have something in it, so bins with less than
# two in a thousand of the images, over all seeds, are not drawn.

# bins_of(SERIES): the summary's rows of the accuracies of bins that are not all but empty
bins_of(series) = sprintf("< awk -F'\\t' -v OFS='\\t' '$1 != \"%s\" { next } NR == FNR { if ($3 == \"bin_share\" && $5 > .002) many[$2]; next } $3 == \"bin_accuracy\" && $2 in many' %s %s", series, summary, summary)
