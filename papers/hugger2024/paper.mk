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

# Five trainings a seed.
$(foreach e,table1-2-cifar100 table1-2-cifar100-cnn, \
    $(eval seeds.quick.hugger2024/$(e) := 1) $(eval seeds.desk.hugger2024/$(e) := 1 2 3))
$(eval $(call needs,hugger2024/table1-2-cifar100,cifar-100,1 minute,3 hours,1000 days))
$(eval $(call needs,hugger2024/table1-2-cifar100-cnn,cifar-100,1 minute,1 hour,5 hours))
