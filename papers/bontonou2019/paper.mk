# A picture, and means over 10,000 images: one seed will do.
seeds.desk.bontonou2019/gallery-corruptions  := 1
seeds.paper.bontonou2019/gallery-corruptions := 1

# Which of two networks is the better one is not for one seed to say; the paper had one run, as it seems. Three are
# some two and a half hours at desk scale, and four months at the paper's, on two cores.
of-bontonou := table1-cifar10 table1-cifar100 table1-svhn fig1-embeddings fig2-k-cifar10 fig2-k-svhn fig3-d-cifar10 fig3-d-svhn \
    fig4-alpha-cifar10 fig4-alpha-svhn table2-corruptions
$(foreach e,$(of-bontonou), \
    $(eval seeds.desk.bontonou2019/$(e)  := 1 2 3) \
    $(eval seeds.paper.bontonou2019/$(e) := 1 2 3))

# Readings choose nothing, but are not looked at with the seeds that others use.
seeds.quick.bontonou2019/readings := 11
seeds.desk.bontonou2019/readings  := 11
seeds.paper.bontonou2019/readings := 11

# Table 1 leaves the networks that Table 2 corrupts images for.
networks.bontonou2019/table1-cifar10  := cross-entropy proposed wide
after.bontonou2019/table2-corruptions := bontonou2019/table1-cifar10

$(eval $(call needs,bontonou2019/gallery-corruptions,cifar-10 frost,10 seconds,1 minute))
$(eval $(call needs,bontonou2019/table1-cifar10,cifar-10,20 seconds,8 minutes,3 days))
$(eval $(call needs,bontonou2019/table1-cifar100,cifar-100,25 seconds,8 minutes,2 days))
$(eval $(call needs,bontonou2019/table1-svhn,svhn,20 seconds,7 minutes,3 days))
$(eval $(call needs,bontonou2019/fig1-embeddings,cifar-10,10 seconds,1 minute,2 days))
$(eval $(call needs,bontonou2019/readings,cifar-10,half a minute,12 minutes,11 days))
$(eval $(call needs,bontonou2019/table2-corruptions,cifar-10 frost,10 seconds,2 minutes,1 hour))

# At the paper's scale a training is 19 hours on CIFAR-10 and 28 on SVHN; k and d have five values, alpha has six.
swept-bontonou = $(eval $(call needs,bontonou2019/$(1),$(2),10 seconds,3 minutes,$(3)))
$(call swept-bontonou,fig2-k-cifar10,cifar-10,4 days)
$(call swept-bontonou,fig2-k-svhn,svhn,6 days)
$(call swept-bontonou,fig3-d-cifar10,cifar-10,4 days)
$(call swept-bontonou,fig3-d-svhn,svhn,6 days)
$(call swept-bontonou,fig4-alpha-cifar10,cifar-10,5 days)
$(call swept-bontonou,fig4-alpha-svhn,svhn,7 days)
