# SPDX-License-Identifier: GPL-3.0-or-later
# alt: Two blocks of digits, after cross-entropy and after independence cross-entropy; in each, the images whose scores were kept, the metamers, and the images whose nuisances they have.
# Figure 4: digits whose scores are those of the first line and whose nuisances are those of the third, for both
# networks, first seed; how often an independent network sees either, and how often it errs on the test images themselves, mean over seeds.
width = 1000
height = 620
load 'common/run/figure.gp'

share(s) = 100 * mean(s, 'agreement')
judged(name) = int(system(sprintf("grep -c '^%s nuisance image' %s || true", name, summary)))
said(name) = judged(name) ? sprintf('%s metamers: the oracle sees the digit of the nuisances in %.0f %%, that of the scores in %.0f %%', name, share(name.' nuisance image'), share(name.' logit image')).sprintf("\n%.0f %% of the pixels are beyond black and white; cut to these, as shown, the network still answers as before in %.0f %%", 100 * mean(name, 'outside'), 100 * mean(name, 'answers_kept_shown')) : name.': no metamers, its training did not come to its end'
array line = ['scores of', 'metamer', 'nuisances of', '', 'scores of', 'metamer', 'nuisances of']
array name = ['CE', 'iCE']
eval show_stand_in
set label 20 'Figure 4: metamers of digits, after cross-entropy (CE) and after independence cross-entropy (iCE), first seed' at screen 0.5, 0.96 center font ',14'
do for [i = 1:7] { set label 30 + i line[i] at screen 0.13, 0.87 - (i - 0.5) * 0.88 * 0.936 / 7 right }
do for [k = 1:2] {
    set label 10 + k name[k] at screen 0.02, 0.87 - (k == 1 ? 1.5 : 5.5) * 0.88 * 0.936 / 7 font ',14'
    set label 12 + k said(name[k]) at screen 0.14, (k == 1 ? 0.917 : 0.87 - 3.5 * 0.88 * 0.936 / 7) front font ',11'
}
set label 15 sprintf('the oracle, another network that was trained apart, errs on %.2g %% of the test images themselves', 100 * (1 - mean('oracle', 'agreement'))) at screen 0.14, 0.025 front font ',11'
eval mosaic('.metamers.png', 0.14, 0.98, 0.047, 0.87)
