# SPDX-License-Identifier: GPL-3.0-or-later
# What all figures share. A plot sets `width` and `height` (pixels), then loads this.

set encoding utf8
if (ending eq 'svg') {
    set terminal svg size width,height dynamic font 'DejaVu Sans,12' background 'white'
} else {
    set terminal pngcairo size 2*width,2*height font 'DejaVu Sans,12' fontscale 1.9 linewidth 2 pointscale 1.9 background 'white'
}
set datafile separator "\t"
set datafile missing '.'

# Eight colours that stay apart for colour-blind readers (Wong 2011; a dark brown in the place of its yellow, which
# hardly shows on white), and shapes that stay apart without colour: squares are left to published numbers.
set colorsequence podo
set linetype 5 lc rgb '#6b2d0b'
array shape = [7, 9, 13, 11, 5, 15, 3, 2]
grey = '#666666'
set style line 100 lc rgb grey lw 1.2 dt 1 pt 4 ps 1.5
published = 100

# Lines to compare with. In SVG gnuplot forgets the dash of a line whose colour and width are those of the one before, which may
# be the border: so no two of these are equally wide.
set style arrow 1 nohead lc rgb grey lw 1.2 dt 2
set style arrow 2 nohead lc rgb grey lw 1.1 dt 3

set border 3 lc rgb grey
tics_shown = "set tics; set tics nomirror textcolor rgb 'black' scale 0.6"
eval tics_shown
set format '%h'
set grid back lc rgb '#e4e4e4' lt 1 lw 0.8
set key noenhanced samplen 2 spacing 1.15

# Along the edge, from the top, where no axis has its names: of which profile a picture is, and how many seeds were run.
if (strlen(profile)) { set label 99 sprintf('%s profile, seeds run: %d', profile, seeds) at screen 0.994, 0.99 right rotate by 90 front font ',8' textcolor rgb grey }

# rows(SERIES, METRIC): the summary's rows of one series and metric: series, x, metric, n,
# mean, sd, low, high, min, max
rows(series, metric) = sprintf("< awk -F'\\t' -v OFS='\\t' '$1 == \"%s\" && $3 == \"%s\"' %s", series, metric, summary)

# What a picture of a stand-in's results has to say; elsewhere empty. Of other data the note beside the result says which
# ("Fashion-MNIST in the place of svhn, which is not here."); a set that it has by the name of its files is in capitals.
provenance = seed[:strlen(seed) - 4].'.json'
stand_in = int(system(sprintf("cat %s %s 2>/dev/null | grep -c 'scale=stand-in\\|\"stand_in\"' || true", seed, provenance))) ? "on a stand-in for the paper's data" : ''
other_data = '$2 == "stand_in" && sub(/[,.].*/, "", $4) && split($4, set, " in the place of ") == 2 { print "on " set[1] " in the place of " (set[2] ~ /[A-Z]/ ? set[2] : toupper(set[2])) }'
if (int(system(sprintf("grep -c 'scale=other-data' %s 2>/dev/null || true", seed)))) {
    stand_in = system(sprintf("awk -F'\"' '%s' %s 2>/dev/null || true", other_data, provenance))
    if (!strlen(stand_in)) { stand_in = "on other data than the paper's" }
}

show_stand_in = "if (strlen(stand_in)) { set label 1 stand_in at screen 0.975, 0.02 right font ',11' }"

# cloud(NAME, X, LAST): the points of a seed's result as x1, x2, class, ...; LAST is the
# metric that ends a point
cloud(name, x, last) = sprintf("< awk -F'\\t' -v name='%s' -v x='%s' -v last='%s' -f common/run/points.awk %s", name, x, last, seed)

# mean(SERIES, METRIC): over seeds, of a row without an x
mean(series, metric) = real(system(sprintf("awk -F'\\t' '$1 == \"%s\" && $2 == \".\" && $3 == \"%s\" { print $5 }' %s", series, metric, summary)))

# theirs(EXPERIMENT, SERIES, METRIC): what the paper prints, as its claims have it: x and number; a row of
# nothing where there is none. A column of claims goes by its name: $c["series"]
claims = system(sprintf("sed -n '1s/^# paper=\\([a-z0-9]*\\) .*/papers\\/\\1\\/claims.tsv/p' '%s'", seed))
by_name = '/^#/ { next } !("id" in c) { for (i = 1; i <= NF; i++) c[$i] = i; next } '
printed(experiment, series, metric) = sprintf("awk -F'\\t' -v OFS='\\t' '%s $c[\"experiment\"] == \"%s\" && $c[\"series\"] == \"%s\" && $c[\"metric\"] == \"%s\" && $c[\"kind\"] ~ /^(value|literature|reading)$/ && $c[\"relation\"] ~ /^(=|mean)$/ { print $c[\"x\"], $c[\"published\"]; found = 1 } END { if (!found) print \".\", \".\" }' %s", by_name, experiment, series, metric, claims)
theirs(experiment, series, metric) = '< '.printed(experiment, series, metric)

# their_mean(EXPERIMENT, SERIES, METRIC): the first such number
their_mean(experiment, series, metric) = real(system(printed(experiment, series, metric)." | cut -f 2 | head -n 1"))

# at(SERIES, X, METRIC): one value of a seed's result
at(series, x, metric) = real(system(sprintf("awk -F'\\t' '$1 == \"%s\" && $2 == \"%s\" && $3 == \"%s\" { print $4; exit }' %s", series, x, metric, seed)))

# Whose result it is, for titles of pictures that show one run's points or images.
run_number = system(sprintf("sed -n '1s/.* seed=\\([0-9]*\\).*/\\1/p' '%s'", seed))

# square_around(NAME, X, LAST): a square frame that just holds those points, for eval
square_around(name, x, last) = sprintf("set autoscale; stats cloud('%s', '%s', '%s') using 1:2 nooutput; ", name, x, last).\
    "half = 0.53 * (STATS_max_x - STATS_min_x > STATS_max_y - STATS_min_y ? STATS_max_x - STATS_min_x : STATS_max_y - STATS_min_y); ".\
    "set xrange [0.5 * (STATS_min_x + STATS_max_x) - half:0.5 * (STATS_min_x + STATS_max_x) + half]; ".\
    "set yrange [0.5 * (STATS_min_y + STATS_max_y) - half:0.5 * (STATS_min_y + STATS_max_y) + half]"

# mosaic(ENDING, LEFT, RIGHT, BOTTOM, TOP): a picture beside the first seed's result, which fills
# that part of the screen, for eval; labels that were set stand beside it
mosaic(ending, left, right, bottom, top) = "unset border; unset tics; unset grid; unset title; unset xlabel; unset ylabel; unset key; ".\
    "set autoscale; set autoscale fix; ".\
    sprintf("set lmargin at screen %g; set rmargin at screen %g; set bmargin at screen %g; set tmargin at screen %g; ", left, right, bottom, top).\
    sprintf("plot '%s%s' binary filetype=png with rgbimage notitle", seed[:strlen(seed) - 4], ending)
