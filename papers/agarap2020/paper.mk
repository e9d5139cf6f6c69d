seeds.desk.agarap2020/fig1-annealing := 1 2 3 4 5 6 7 8 9 10

# The readings choose what the tables take: other seeds than theirs.
seeds.quick.agarap2020/readings := 11
seeds.desk.agarap2020/readings  := 11 12 13
seeds.paper.agarap2020/readings := 11 12 13

# emnist47 stands in where EMNIST Balanced cannot be had.
$(eval $(call needs,agarap2020/table3-mnist,mnist,half a minute,15 to 21 minutes))
$(eval $(call needs,agarap2020/table4-fashion,fashion-mnist,half a minute,7 to 17 minutes))
$(eval $(call needs,agarap2020/table5-emnist,emnist-balanced emnist47,half a minute,28 to 39 minutes))
$(eval $(call needs,agarap2020/fig2-tsne-mnist,mnist,seconds,4 to 8 minutes))
$(eval $(call needs,agarap2020/fig2-tsne-fashion,fashion-mnist,seconds,4 to 8 minutes))
$(eval $(call needs,agarap2020/fig2-tsne-emnist,emnist-balanced emnist47,seconds,4 to 8 minutes))
$(eval $(call needs,agarap2020/fig3-4-few-labels,mnist fashion-mnist,40 seconds,7 to 25 minutes))
$(eval $(call needs,agarap2020/readings,fashion-mnist,50 seconds,40 to 60 minutes))

# This figure has two lines from the tables, where they are among the experiments.
$(foreach ending,svg png,figures/$(PROFILE)/agarap2020/fig3-4-few-labels.$(ending)): \
    $$(patsubst %,build/summary/$(PROFILE)/%.tsv,$$(filter agarap2020/table3-mnist agarap2020/table4-fashion,$$(experiments)))
