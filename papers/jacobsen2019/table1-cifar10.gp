# SPDX-License-Identifier: GPL-3.0-or-later
# alt: On the left, published top-1 errors on ImageNet as squares; on the right, our test and training errors on CIFAR-10 with 95 % intervals.
# Table 1: on the left what the paper prints for ImageNet (open squares), on the right ours on CIFAR-10 (dots, with
# the 95 % interval of the mean over seeds).
width = 1000
height = 400
load 'common/run/figure.gp'

theirs = "< awk -F'\\t' -v OFS='\\t' '".by_name.'$c["experiment"] == "table1-cifar10" && $c["series"] ~ /ImageNet/ && $c["metric"] == "top1_error" { sub(/ [(].*/, "", $c["series"]); print $c["series"], $c["published"] }'."' ".claims
ours(m) = sprintf("< awk -F'\\t' -v OFS='\\t' '$2 == \".\" && $3 == \"%s\" { print $1, $5, $7, $8 }' %s", m, summary)

eval show_stand_in
set multiplot layout 1,2 title 'Table 1: does it cost anything to lose nothing?' font ',14' margins 0.13, 0.97, 0.22, 0.83 spacing 0.13, 0
unset key
set offsets graph 0.08, graph 0.08, 0, 0
set title 'ImageNet, published' offset 0, -0.5
set xlabel 'top-1 error (%)' offset 0, 0.4
set yrange [-0.6:4.6]
plot theirs using 2:(4 - $0):ytic(1) with points ls published lw 1.6
unset label 1
set title 'CIFAR-10, ours' offset 0, -0.5
set yrange [-0.5:1.5]
set xlabel 'error (%)' offset 0, 0.4
set key at screen 0.5, 0.07 center top vertical maxrows 1
plot ours('top1_error') using 2:(1 - $0 + 0.06):3:4:ytic(1) with xerrorbars pt 7 ps 0.8 lc 6 lw 1.5 title 'test', \
     ours('train_error') using 2:(1 - $0 - 0.06):3:4 with xerrorbars pt 9 ps 0.9 lc 7 lw 1.5 title 'training'
unset multiplot
