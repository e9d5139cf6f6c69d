# SPDX-License-Identifier: GPL-3.0-or-later
# The 15 corruptions, in the order of the benchmark: as results call them, and as a picture does.
name = 'gaussian_noise shot_noise impulse_noise defocus_blur glass_blur motion_blur zoom_blur snow frost fog brightness contrast elastic_transform pixelate jpeg_compression'
title = '"Gaussian noise" "shot noise" "impulse noise" defocus glass "motion blur" zoom snow frost fog brightness contrast elastic pixelate JPEG'
