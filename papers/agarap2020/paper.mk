seeds.desk.agarap2020/fig1-annealing := 1 2 3 4 5 6 7 8 9 10

data.agarap2020/table4-fashion       := fashion-mnist
cost.quick.agarap2020/table4-fashion := 1 minute on 2 cores
cost.desk.agarap2020/table4-fashion  := 14 to 18 minutes on 2 cores
cost.paper.agarap2020/table4-fashion := 14 to 18 minutes on 2 cores
