# The toy figures need no data and cost seconds, so more seeds are free.
seeds.desk.frosst2019/fig01  := 1 2 3 4 5 6 7 8 9 10
seeds.desk.frosst2019/fig02  := 1 2 3 4 5 6 7 8 9 10
seeds.desk.frosst2019/fig13  := 1 2 3 4 5 6 7 8 9 10
