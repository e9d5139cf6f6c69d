# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Two maps of letters and digits in three dimensions, ten classes in colours: from pixels on the left, from codes of SNNL-7 on the right; titles give their silhouettes.
# Figure 2: EMNIST Balanced; its classes in their order.
name = 'EMNIST Balanced, ten of its classes'
names = '0 1 2 3 4 5 6 7 8 9 A B C D E F G H I J K L M N O P Q R S T U V W X Y Z a b d e f g h n q r t'
load 'papers/agarap2020/maps.gp'
