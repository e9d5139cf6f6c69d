seeds.desk.agarap2020/fig1-annealing := 1 2 3 4 5 6 7 8 9 10

data.agarap2020/table4-fashion       := fashion-mnist
cost.quick.agarap2020/table4-fashion := 1 minute on 2 cores
cost.desk.agarap2020/table4-fashion  := 14 to 18 minutes on 2 cores
cost.paper.agarap2020/table4-fashion := 14 to 18 minutes on 2 cores

# A first look takes one seed where the work is long.
$(foreach e,table5-emnist fig2-tsne-mnist fig2-tsne-fashion fig2-tsne-emnist fig3-4-few-labels,\
    $(eval seeds.quick.agarap2020/$(e) := 1))

# The readings choose what the tables take: other seeds than theirs.
seeds.quick.agarap2020/readings := 11
seeds.desk.agarap2020/readings  := 11 12 13
seeds.paper.agarap2020/readings := 11 12 13
data.agarap2020/readings        := fashion-mnist
cost.quick.agarap2020/readings  := 1 minute on 2 cores
cost.desk.agarap2020/readings   := 40 to 50 minutes on 2 cores
cost.paper.agarap2020/readings  := 40 to 50 minutes on 2 cores

data.agarap2020/table3-mnist       := mnist
cost.quick.agarap2020/table3-mnist := 1 minute on 2 cores
cost.desk.agarap2020/table3-mnist  := 14 to 18 minutes on 2 cores
cost.paper.agarap2020/table3-mnist := 14 to 18 minutes on 2 cores

# The stand-in, emnist47, serves where EMNIST Balanced cannot be had.
data.agarap2020/table5-emnist       := emnist-balanced emnist47
cost.quick.agarap2020/table5-emnist := 2 minutes on 2 cores
cost.desk.agarap2020/table5-emnist  := 25 to 35 minutes on 2 cores
cost.paper.agarap2020/table5-emnist := 25 to 35 minutes on 2 cores

# Its figure has two lines from the tables.
data.agarap2020/fig3-4-few-labels       := mnist fashion-mnist
cost.quick.agarap2020/fig3-4-few-labels := 1 minute on 2 cores
cost.desk.agarap2020/fig3-4-few-labels  := 6 to 8 minutes on 2 cores
cost.paper.agarap2020/fig3-4-few-labels := 6 to 8 minutes on 2 cores
figures/$(PROFILE)/agarap2020/fig3-4-few-labels.svg figures/$(PROFILE)/agarap2020/fig3-4-few-labels.png: \
    build/summary/$(PROFILE)/agarap2020/table3-mnist.tsv build/summary/$(PROFILE)/agarap2020/table4-fashion.tsv

data.agarap2020/fig2-tsne-mnist         := mnist
data.agarap2020/fig2-tsne-fashion       := fashion-mnist
data.agarap2020/fig2-tsne-emnist        := emnist-balanced emnist47
cost.quick.agarap2020/fig2-tsne-mnist   := half a minute on 2 cores
cost.quick.agarap2020/fig2-tsne-fashion := half a minute on 2 cores
cost.quick.agarap2020/fig2-tsne-emnist  := half a minute on 2 cores
cost.desk.agarap2020/fig2-tsne-mnist    := 5 minutes on 2 cores
cost.desk.agarap2020/fig2-tsne-fashion  := 5 minutes on 2 cores
cost.desk.agarap2020/fig2-tsne-emnist   := 4 minutes on 2 cores
cost.paper.agarap2020/fig2-tsne-mnist   := 5 minutes on 2 cores
cost.paper.agarap2020/fig2-tsne-fashion := 5 minutes on 2 cores
cost.paper.agarap2020/fig2-tsne-emnist  := 4 minutes on 2 cores
