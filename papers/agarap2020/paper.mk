seeds.desk.agarap2020/fig1-annealing := 1 2 3 4 5 6 7 8 9 10

data.agarap2020/table4-fashion       := fashion-mnist
cost.quick.agarap2020/table4-fashion := 1 minute on 2 cores
cost.desk.agarap2020/table4-fashion  := 14 to 18 minutes on 2 cores
cost.paper.agarap2020/table4-fashion := 14 to 18 minutes on 2 cores

# The readings choose what the tables take: other seeds than theirs.
seeds.quick.agarap2020/readings := 11
seeds.desk.agarap2020/readings  := 11 12 13
seeds.paper.agarap2020/readings := 11 12 13
data.agarap2020/readings        := fashion-mnist
cost.quick.agarap2020/readings  := 1 minute on 2 cores
cost.desk.agarap2020/readings   := 40 to 50 minutes on 2 cores
cost.paper.agarap2020/readings  := 40 to 50 minutes on 2 cores
