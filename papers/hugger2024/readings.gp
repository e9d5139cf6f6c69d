# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Eighteen panels, a reading each: errors of NLL and InfoNCE, logarithmic, over the alignment of the modes; titles say by how much NLL falls behind from 0 to 80 %.
# The readings: both errors along the alignment, a panel a reading, each on its own logarithmic axis; what a title says is the
# mark of the published picture: above 1 if NLL falls behind.
width = 1150
height = 1150
load 'common/run/figure.gp'

array reading = ['as Figure 1', 'modes towards one', 'modes equiangular', 'labels from 10 x modes', 'the most likely label', \
                 'gradient descent', 'descent with momentum', 'rate .01', 'rate .01, batch of 64', 'rate .0001', 'batch of 64', \
                 'no early stopping', 'patience of 3', 'first weights N(0, 1)', 'noise drawn, a batch', 'noise drawn, 20 labels', 'uniform eta', \
                 'uniform eta, drawn']
array who = ['NLL', 'InfoNCE']

set multiplot title 'Figure 1 read in other ways' font ',14'
set xrange [-4:84]
set xtics 0, 40, 80
set logscale y
set format y '%.0e'
do for [i = 1:18] {
    set origin ((i - 1) % 4) * 0.247, 0.775 - ((i - 1) / 4) * 0.19
    set size 0.25, 0.195
    set title sprintf("%s\nNLL / InfoNCE from 0 to 80 %%: x %.2f", reading[i], mean(reading[i], 'parting_KL')) font ',10' offset 0, -0.5
    unset key
    plot for [k = 1:2] rows(reading[i].' / '.who[k], 'KL') using 2:9:10 with filledcurves lc k + 1 fs transparent solid 0.25 notitle, \
         for [k = 1:2] rows(reading[i].' / '.who[k], 'KL') using 2:5 with linespoints lc k + 1 lw 2 dt k pt shape[k] ps 0.6 notitle
}
unset title
unset border
unset tics
unset logscale
set size 0.5, 0.15
set origin 0.5, 0.02
set yrange [0:1]
set key at screen 0.97, 0.14 right top vertical maxrows 4 font ',11'
plot [0:1] -1 with lines notitle, \
     for [k = 1:2] keyentry with linespoints lc k + 1 lw 2 dt k pt shape[k] ps 1 title who[k].': mean, and least and most of the seeds', \
     keyentry with lines lc rgb 'white' title 'KL divergence of the estimate, nats, over the alignment of the modes in %'
unset multiplot
