# SPDX-License-Identifier: GPL-3.0-or-later
# The entanglement of the user's classes at each temperature, and what chance gives.
width = 900
height = 600
load 'common/run/figure.gp'

# curve(METRIC): temperature and value; shuffled: temperature, mean and sd of shuffled labels
curve(metric) = sprintf("< awk -F'\\t' '$1 == \"curve\" && $3 == \"%s\"' %s", metric, seed)
shuffled = sprintf("< awk -F'\\t' -v OFS='\\t' '$1 == \"curve\" && $3 == \"shuffled_mean\" { m = $4 } $1 == \"curve\" && $3 == \"shuffled_sd\" { print $2, m, $4 }' %s", seed)
is_given = int(system(sprintf("grep -c '^given.*temperature' %s || true", seed)))
data(metric) = at('data', '.', metric)
least(metric) = at('minimum', '.', metric)
chance = at('chance', '.', 'snnl')
batch = data('batch') < data('vectors') ? sprintf(', in batches of %.0f', data('batch')) : ''

# What shuffled labels cost at low temperatures is far above anything of interest.
top = 1.6 * (chance > least('snnl') ? chance : least('snnl'))
if (top < 0.1) { top = 0.1 }
set logscale x
set format x '%g'
set xlabel 'temperature T'
set rmargin 5
set ylabel 'entanglement (SNNL)'
set yrange [-0.02 * top:top]
set key below height 1 maxrows 3 Left reverse
set title sprintf('%.0f vectors of %.0f %s%s: %.1f %% have a nearest neighbour of their class', data('measured'), data('classes'), data('classes') == 1 ? 'class' : 'classes', batch, 100 * data('nearest_neighbour'))

# The loss where every neighbour is of the own class is a little below 0.
shown(loss) = abs(loss) < 5e-4 ? 0 : loss
point(series) = sprintf("< awk -F'\\t' -v OFS='\\t' '$1 == \"%s\" && $3 == \"temperature\" { T = $4 } $1 == \"%s\" && $3 == \"snnl\" { print T, $4 }' %s", series, series, seed)
given = ''
if (is_given) { given = sprintf('given: %.3f at T = %.3g', shown(at('given', '.', 'snnl')), at('given', '.', 'temperature')) }
what = least('inside') > 0 ? 'minimum' : 'least, at an end of the range'

plot shuffled using 1:($2 - $3):($2 + $3) with filledcurves lc rgb grey fs transparent solid 0.25 notitle, \
     curve('snnl') using 2:4 with linespoints lc 2 lw 2 pt shape[1] ps 0.5 title 'entanglement', \
     point(is_given ? 'given' : 'minimum') using 1:2 with points lc 4 pt shape[2] ps (is_given ? 1.6 : 0) title given, \
     point('minimum') using 1:2 with points lc 7 pt shape[3] ps 1.6 title sprintf('%s: %.3f at T = %.3g', what, shown(least('snnl')), least('temperature')), \
     shuffled using 1:2 with lines lc rgb grey lw 1.5 dt 2 title 'with shuffled labels, mean and standard deviation', \
     chance with lines lc rgb 'black' lw 1.2 dt 3 title sprintf('chance: %.3f, where labels say nothing', shown(chance))
