# The readings choose what Table 2 takes, by a rule that readings.c states: another seed than its own.
seeds.quick.jacobsen2019/readings := 11
seeds.desk.jacobsen2019/readings  := 11
seeds.paper.jacobsen2019/readings := 11 12

$(foreach e,fig3-spheres fig2-two-ways table2-mnist fig4-metamers fig6-interpolations, \
    $(eval seeds.desk.jacobsen2019/$(e) := 1 2 3))
# Counting bits needs no other seed.
$(foreach p,desk paper,$(eval seeds.$(p).jacobsen2019/fig5-information := 1))
seeds.desk.jacobsen2019/table1-cifar10 := 1 2

# Two programs leave networks that others look into.
networks.jacobsen2019/fig3-spheres     := ce
networks.jacobsen2019/table2-mnist     := ce ice oracle
after.jacobsen2019/fig2-two-ways       := jacobsen2019/fig3-spheres
after.jacobsen2019/fig4-metamers       := jacobsen2019/table2-mnist
after.jacobsen2019/fig6-interpolations := jacobsen2019/table2-mnist

$(eval $(call needs,jacobsen2019/example6,,seconds,10 seconds))
$(eval $(call needs,jacobsen2019/fig3-spheres,,10 seconds,3 minutes))
$(eval $(call needs,jacobsen2019/fig2-two-ways,,seconds,seconds))
$(eval $(call needs,jacobsen2019/table2-mnist,mnist,20 seconds,18 minutes,5 days))
$(eval $(call needs,jacobsen2019/fig4-metamers,mnist,seconds,10 seconds,30 minutes))
$(eval $(call needs,jacobsen2019/fig6-interpolations,mnist,seconds,20 seconds,2 hours))
$(eval $(call needs,jacobsen2019/fig5-information,,seconds,seconds))
$(eval $(call needs,jacobsen2019/table1-cifar10,cifar-10,half a minute,30 minutes,2 days))
$(eval $(call needs,jacobsen2019/readings,mnist,half a minute,12 minutes,10 days))
