# SPDX-License-Identifier: GPL-3.0-or-later
# What plots of several losses share: their names, as in losses.c and in two lines, and what is published of them.

array loss = ['NLL', 'soft target cross-entropy', 'InfoNCE', 'soft distribution InfoNCE', 'soft target InfoNCE']
array short = ["NLL", "soft target\ncross-entropy", "InfoNCE", "soft distribution\nInfoNCE", "soft target\nInfoNCE"]

# theirs(EXPERIMENT, SERIES, METRIC): the published number that the claims have, as a text; empty where they have none
theirs(experiment, series, metric) = system(sprintf("awk -F'\\t' '$3 == \"%s\" && $4 == \"%s\" && $6 == \"%s\" && $7 == \"literature\" { print $10; exit }' papers/hugger2024/claims.tsv", experiment, series, metric))
