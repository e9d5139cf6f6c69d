# The toys need no data and cost a minute or less.
seeds.desk.hugger2024/fig1-toy  := 1 2 3 4 5 6 7 8 9 10
seeds.paper.hugger2024/fig1-toy := 1 2 3 4 5 6 7 8 9 10

# The readings ask what Figure 1 would show: other seeds than its own.
seeds.quick.hugger2024/readings := 11
seeds.desk.hugger2024/readings  := 11 12 13
seeds.paper.hugger2024/readings := 11 12 13

$(eval $(call needs,hugger2024/fig1-toy,,10 seconds,20 seconds))
$(eval $(call needs,hugger2024/fig5-datasets,,10 seconds,20 seconds))
$(eval $(call needs,hugger2024/readings,,2 minutes,4 minutes))
