/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DATA_CLASS_NAMES_H
#define DATA_CLASS_NAMES_H

/*
# What the classes of the known sets are called

In the order of their numbers, as their authors spell them.
*/
extern const char *const class_digits[10];              /* MNIST, SVHN */
extern const char *const class_clothes[10];             /* Fashion-MNIST */
extern const char *const class_letters[10];             /* notMNIST */
extern const char *const class_characters[47];          /* EMNIST Balanced */
extern const char *const class_things[10];              /* CIFAR-10 */
extern const char *const class_hundred_things[100];     /* CIFAR-100, fine labels */

#endif
