# The toy figures need no data and cost seconds, so more seeds are free.
seeds.desk.frosst2019/fig01  := 1 2 3 4 5 6 7 8 9 10
seeds.desk.frosst2019/fig02  := 1 2 3 4 5 6 7 8 9 10
seeds.desk.frosst2019/fig13  := 1 2 3 4 5 6 7 8 9 10

# The readings choose what Table 1 takes: other seeds than its own.
seeds.quick.frosst2019/readings := 11
seeds.desk.frosst2019/readings  := 11
seeds.paper.frosst2019/readings := 11 12 13

# As many runs as the paper's, where it had another number than 4.
seeds.paper.frosst2019/table1-cifar10    := $(shell seq 100)
seeds.paper.frosst2019/fig07-search      := 1
seeds.paper.frosst2019/fig08-overfitting := 1 2

# Long trainings have fewer, the longest one: all of a paper's desk runs are to fit into a night.
$(foreach e,fig03-16-resnet fig15-mnist table2-adversarial fig17-gan-mnist fig04-05-gan-cifar10, \
    $(eval seeds.desk.frosst2019/$(e) := 1 2 3))
seeds.desk.frosst2019/table1-cifar10 := 1 2
$(foreach e,fig07-search fig08-overfitting,$(eval seeds.desk.frosst2019/$(e) := 1))

# Table 1 leaves the networks that other programs attack and look into.
$(foreach e,table1-mnist table1-fashion table1-svhn,$(eval networks.frosst2019/$(e) := baseline entangled))
of-mnist   := fig06-generator fig10-11-gradients fig14-triplet fig18-mnist fig20-transfer fig21-notmnist \
              fig23-discriminator
of-fashion := fig19-fashion fig20-transfer fig22-activations
of-svhn    := fig09-svhn fig12-svhn fig20-transfer
pairs      := fig10-11-gradients fig09-svhn fig18-mnist fig19-fashion fig20-transfer
$(foreach d,mnist fashion svhn,$(foreach e,$(of-$(d)), \
    $(eval after.frosst2019/$(e) += frosst2019/table1-$(d)) \
    $(if $(filter $(e),$(pairs)),$(eval and-next.frosst2019/$(e) += frosst2019/table1-$(d)))))

# The first stands for all.
networks.frosst2019/readings       := baseline
after.frosst2019/readings-attacked := frosst2019/readings
$(foreach p,quick desk paper,$(eval seeds.$(p).frosst2019/readings-attacked := $(seeds.$(p).frosst2019/readings)))

# The paper's curves are means of two runs. Who needs the networks of the next seed has one seed less than they.
$(foreach e,$(sort $(of-mnist) $(of-fashion) $(of-svhn)),$(eval seeds.desk.frosst2019/$(e) := 1 2 3))
$(foreach e,$(pairs),$(eval seeds.paper.frosst2019/$(e) := 1 2))

$(eval $(call needs,frosst2019/table1-mnist,mnist,half a minute,12 minutes))
$(eval $(call needs,frosst2019/table1-fashion,fashion-mnist,half a minute,12 minutes))
$(eval $(call needs,frosst2019/table1-svhn,svhn,half a minute,15 minutes))
$(eval $(call needs,frosst2019/table1-cifar10,cifar-10,12 seconds,30 minutes,7 hours))
$(eval $(call needs,frosst2019/fig03-16-resnet,cifar-10,seconds,10 minutes,12 hours))
$(eval $(call needs,frosst2019/fig07-search,cifar-10,half a minute,40 minutes,8 days))
# Fashion-MNIST is shown where SVHN cannot be had.
$(eval $(call needs,frosst2019/fig08-overfitting,svhn fashion-mnist,half a minute,30 minutes))
$(eval $(call needs,frosst2019/fig15-mnist,mnist,8 seconds,5 minutes))
$(eval $(call needs,frosst2019/table2-adversarial,mnist,half a minute,17 minutes,a day))
$(eval $(call needs,frosst2019/fig18-mnist,mnist,15 seconds,8 minutes,25 minutes))
$(eval $(call needs,frosst2019/fig19-fashion,fashion-mnist,15 seconds,8 minutes,25 minutes))
$(eval $(call needs,frosst2019/fig09-svhn,svhn,half a minute,12 minutes,35 minutes))
$(eval $(call needs,frosst2019/fig20-transfer,mnist fashion-mnist svhn,25 seconds,7 minutes,35 minutes))
$(eval $(call needs,frosst2019/fig14-triplet,mnist,half a minute,8 minutes))
$(eval $(call needs,frosst2019/readings,mnist fashion-mnist,40 seconds,20 minutes,2 hours))
$(eval $(call needs,frosst2019/fig10-11-gradients,mnist,seconds,seconds))
$(eval $(call needs,frosst2019/fig12-svhn,svhn cifar-10,half a minute,half a minute))
$(eval $(call needs,frosst2019/fig21-notmnist,mnist notmnist,seconds,half a minute))
$(eval $(call needs,frosst2019/fig22-activations,fashion-mnist,seconds,5 minutes))
$(eval $(call needs,frosst2019/readings-attacked,mnist fashion-mnist notmnist,40 seconds,10 minutes))
$(eval $(call needs,frosst2019/fig17-gan-mnist,mnist,40 seconds,12 minutes))
$(eval $(call needs,frosst2019/fig06-generator,mnist,25 seconds,3 minutes))
$(eval $(call needs,frosst2019/fig23-discriminator,mnist,half a minute,5 minutes))
$(eval $(call needs,frosst2019/fig04-05-gan-cifar10,cifar-10,25 seconds,8 minutes,3 hours))
