# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Bars of the bits that input, scores and nuisances hold about the class, before and after a shift; four panels: CE, iCE, a counterexample, label noise.
# Figure 5: bits about the class before a shift and after it, in the input, the scores and the nuisances.
width = 1000
height = 420
load 'common/run/figure.gp'

array series = ['CE', 'iCE', 'counterexample', 'label noise']
array metric = ['of_x', 'of_scores', 'of_nuisances']
array name = ['I(y; x)', 'I(y; z_s)', 'I(y; z_n)']
array colour = ['#999999', '#0072b2', '#e69f00']
bits(s, x, m) = real(system(sprintf("awk -F'\\t' '$1 == \"%s\" && $2 == \"%s\" && $3 == \"%s\" { print $5 }' %s", s, x, m, summary)))

# Three bars before the shift, three after it, with their height above them: nought has no bar.
place(i, m) = int(i) + 0.27 * (m - 2)
height_of(i, c, m) = bits(series[c], sprintf('%d', int(i)), metric[m])

set multiplot layout 1,4 title 'Figure 5: bits about the class, before and after a shift' font ',14' margins 0.075, 0.985, 0.22, 0.83 spacing 0.03, 0
set key enhanced
set yrange [0:1.15]
set xrange [-0.6:1.6]
set xtics ('before' 0, 'after' 1) scale 0
set boxwidth 0.24
set style fill solid 0.9 noborder
do for [c = 1:4] {
    set title series[c] offset 0, -0.5
    if (c == 1) { set ylabel 'bits' } else { unset ylabel; set format y '' }
    if (c == 2) { set key at screen 0.5, 0.1 center top vertical maxrows 1 } else { unset key }
    plot for [m = 1:3] '+' using (place($0, m)):(height_of($0, c, m)) every ::0::1 with boxes lc rgb colour[m] title name[m], \
         for [m = 1:3] '+' using (place($0, m)):(height_of($0, c, m)):(sprintf('%.2g', abs(height_of($0, c, m)) < 1e-9 ? 0 : height_of($0, c, m))) every ::0::1 with labels offset 0, 0.6 font ',9' notitle
}
unset multiplot
