# A picture, and means over 10,000 images: one seed will do.
seeds.quick.bontonou2019/gallery-corruptions := 1
seeds.desk.bontonou2019/gallery-corruptions  := 1
seeds.paper.bontonou2019/gallery-corruptions := 1

$(eval $(call needs,bontonou2019/gallery-corruptions,cifar-10 frost,10 seconds,1 minute))
