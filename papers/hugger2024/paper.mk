# The toys need no data.
seeds.desk.hugger2024/fig1-toy  := 1 2 3 4 5 6 7 8 9 10
seeds.paper.hugger2024/fig1-toy := 1 2 3 4 5 6 7 8 9 10

# The readings ask what Figure 1 would show: other seeds than its own.
seeds.quick.hugger2024/readings := 11
seeds.desk.hugger2024/readings  := 11 12 13
seeds.paper.hugger2024/readings := 11 12 13

$(eval $(call needs,hugger2024/fig1-toy,,seconds,20 seconds))
$(eval $(call needs,hugger2024/fig5-datasets,,seconds,20 seconds))
$(eval $(call needs,hugger2024/readings,,45 seconds,3 minutes))

# Many trainings a seed. The paper profile has five for the tables: margins of a point or two are narrow for means of fewer.
$(foreach e,table1-2-cifar100 table1-2-cifar100-cnn table1-2-graphs fig3-noise-smoothing fig4-6-calibration, \
    $(eval seeds.desk.hugger2024/$(e) := 1 2 3))
$(foreach e,table1-2-cifar100 table1-2-cifar100-cnn table1-2-graphs,$(eval seeds.paper.hugger2024/$(e) := 1 2 3 4 5))

# Their networks are kept, and Figures 4 and 6 look into those of soft targets.
$(foreach e,table1-2-cifar100 table1-2-cifar100-cnn, \
    $(eval networks.hugger2024/$(e) := nll soft-cross-entropy infonce soft-distribution soft-target))
networks.hugger2024/fig3-noise-smoothing := soft-target soft-cross-entropy
after.hugger2024/fig4-6-calibration      := $(foreach e,fig3-noise-smoothing table1-2-cifar100 table1-2-cifar100-cnn,hugger2024/$(e))

$(eval $(call needs,hugger2024/table1-2-cifar100,cifar-100,20 seconds,6 minutes,1000 days))
$(eval $(call needs,hugger2024/table1-2-cifar100-cnn,cifar-100,20 seconds,3 minutes,5 hours))
$(eval $(call needs,hugger2024/table1-2-graphs,graphs,half a minute,6 minutes,2 days))
$(eval $(call needs,hugger2024/fig3-noise-smoothing,cifar-100,half a minute,7 minutes,20 hours))
$(eval $(call needs,hugger2024/fig4-6-calibration,cifar-100,seconds,10 seconds,10 minutes))
