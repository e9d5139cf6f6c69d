# A picture, and means over 10,000 images: one seed will do.
seeds.quick.bontonou2019/gallery-corruptions := 1
seeds.desk.bontonou2019/gallery-corruptions  := 1
seeds.paper.bontonou2019/gallery-corruptions := 1

# What is trained takes minutes at desk scale and days at the paper's, who had one run.
of-bontonou := table1-cifar10 table1-cifar100 table1-svhn fig1-embeddings fig2-k-cifar10 fig2-k-svhn fig3-d-cifar10 fig3-d-svhn \
    fig4-alpha-cifar10 fig4-alpha-svhn table2-corruptions
$(foreach e,$(of-bontonou), \
    $(eval seeds.quick.bontonou2019/$(e) := 1) \
    $(eval seeds.desk.bontonou2019/$(e)  := 1 2 3) \
    $(eval seeds.paper.bontonou2019/$(e) := 1))

# Readings choose nothing, but are not looked at with the seeds that others use.
seeds.quick.bontonou2019/readings := 11
seeds.desk.bontonou2019/readings  := 11 12 13
seeds.paper.bontonou2019/readings := 11

# Table 1 leaves the networks that Table 2 corrupts images for.
networks.bontonou2019/table1-cifar10  := cross-entropy proposed wide
after.bontonou2019/table2-corruptions := bontonou2019/table1-cifar10

$(eval $(call needs,bontonou2019/gallery-corruptions,cifar-10 frost,10 seconds,1 minute))
$(eval $(call needs,bontonou2019/table1-cifar10,cifar-10,1 minute,20 minutes,3 days))
$(eval $(call needs,bontonou2019/table1-cifar100,cifar-100,1 minute,15 minutes,2 days))
$(eval $(call needs,bontonou2019/table1-svhn,svhn,1 minute,20 minutes,3 days))
$(eval $(call needs,bontonou2019/fig1-embeddings,cifar-10,1 minute,5 minutes,2 days))
$(foreach s,cifar10:cifar-10 svhn:svhn, \
    $(foreach e,fig2-k fig3-d fig4-alpha, \
        $(eval $(call needs,bontonou2019/$(e)-$(word 1,$(subst :, ,$(s))),$(word 2,$(subst :, ,$(s))),1 minute,20 minutes,a week))))
$(eval $(call needs,bontonou2019/readings,cifar-10,1 minute,25 minutes,9 days))
$(eval $(call needs,bontonou2019/table2-corruptions,cifar-10 frost,1 minute,10 minutes,1 hour))
