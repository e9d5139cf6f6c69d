# The toy figures need no data and cost seconds, so more seeds are free.
seeds.desk.frosst2019/fig01  := 1 2 3 4 5 6 7 8 9 10
seeds.desk.frosst2019/fig02  := 1 2 3 4 5 6 7 8 9 10
seeds.desk.frosst2019/fig13  := 1 2 3 4 5 6 7 8 9 10

# The readings choose what Table 1 takes: other seeds than its own.
seeds.quick.frosst2019/readings := 11
seeds.desk.frosst2019/readings  := 11 12
seeds.paper.frosst2019/readings := 11 12 13

# As many runs as the paper's, where it had another number than 4.
seeds.paper.frosst2019/table1-cifar10    := $(shell seq 100)
seeds.paper.frosst2019/fig07-search      := 1
seeds.paper.frosst2019/fig08-overfitting := 1 2

# A search is long; and a first look takes one seed where the work is.
seeds.desk.frosst2019/fig07-search       := 1 2 3
seeds.desk.frosst2019/table2-adversarial := 1 2 3
$(foreach e,table1-cifar10 fig03-16-resnet fig07-search fig08-overfitting fig15-mnist table2-adversarial, \
    $(eval seeds.quick.frosst2019/$(e) := 1))

# Table 1 leaves the networks that other programs attack and look into.
$(foreach e,table1-mnist table1-fashion table1-svhn,$(eval networks.frosst2019/$(e) := baseline entangled))
after.frosst2019/fig09-svhn     := frosst2019/table1-svhn
after.frosst2019/fig14-triplet  := frosst2019/table1-mnist
after.frosst2019/fig18-mnist    := frosst2019/table1-mnist
after.frosst2019/fig19-fashion  := frosst2019/table1-fashion
after.frosst2019/fig20-transfer := frosst2019/table1-mnist frosst2019/table1-fashion frosst2019/table1-svhn

# The paper's curves are means of two runs; those who attack also need the networks of the next seed.
$(foreach e,fig09-svhn fig14-triplet fig18-mnist fig19-fashion fig20-transfer, \
    $(eval seeds.quick.frosst2019/$(e) := 1) \
    $(eval seeds.desk.frosst2019/$(e)  := 1 2 3) \
    $(eval seeds.paper.frosst2019/$(e) := 1 2))

$(eval $(call needs,frosst2019/table1-mnist,mnist,half a minute,10 minutes))
$(eval $(call needs,frosst2019/table1-fashion,fashion-mnist,half a minute,10 minutes))
$(eval $(call needs,frosst2019/table1-svhn,svhn,half a minute,15 minutes))
$(eval $(call needs,frosst2019/table1-cifar10,cifar-10,1 minute,40 minutes,7 hours))
$(eval $(call needs,frosst2019/fig03-16-resnet,cifar-10,1 minute,25 minutes,12 hours))
$(eval $(call needs,frosst2019/fig07-search,cifar-10,1 minute,45 minutes,8 days))
# Fashion-MNIST is shown where SVHN cannot be had.
$(eval $(call needs,frosst2019/fig08-overfitting,svhn fashion-mnist,1 minute,25 minutes))
$(eval $(call needs,frosst2019/fig15-mnist,mnist,half a minute,5 minutes))
$(eval $(call needs,frosst2019/table2-adversarial,mnist,1 minute,20 minutes,a day))
$(eval $(call needs,frosst2019/fig18-mnist,mnist,1 minute,4 minutes,25 minutes))
$(eval $(call needs,frosst2019/fig19-fashion,fashion-mnist,1 minute,4 minutes,25 minutes))
$(eval $(call needs,frosst2019/fig09-svhn,svhn,1 minute,6 minutes,35 minutes))
$(eval $(call needs,frosst2019/fig20-transfer,mnist fashion-mnist svhn,1 minute,5 minutes,35 minutes))
$(eval $(call needs,frosst2019/fig14-triplet,mnist,1 minute,5 minutes))
$(eval $(call needs,frosst2019/readings,mnist fashion-mnist,2 minutes,60 minutes,2 hours))
