/* SPDX-License-Identifier: GPL-3.0-or-later
   The page that searches the others: of its items, which are the sections of the book, it shows those in which every
   word occurs, as the beginning of a word. Without a script the page shows them all, and the browser's own search finds
   its way. */
const box = document.getElementById("words"), count = document.getElementById("count"), list = document.querySelector("main ul");

/* What is spelled in two ways is read as one. Each rule may read a word wrongly, as long as it reads it so everywhere. */
const spellings = [
    [/(?<=[a-z])z/g, "s"],                      // normalization, analyze
    [/(?<=[a-z]{2})our/g, "or"],                // neighbour, colour; but not four
    [/(?<=[a-z][bt])re(?=s?\b)/g, "er"],        // centre, fibres
    [/(?<=[a-z][bt])red\b/g, "ered"],           // centred
    [/(?<=[aeiou][a-z]+)ell(?=ed|ing)/g, "el"], // labelled, modelling; but not telling
    [/(?<=fen|licen)se/g, "ce"],                // defense, license
    [/\bgray/g, "grey"],
    [/\bartef/g, "artif"],
];

/* Text as its words, a space before each, without accents and marks. Numbers lose what does not count: 1,920 is 1920, and
   0.9900 is .99. The same words come again and again, so what each was read as is kept. */
const kept = new Map();
function plain(text) {
    if (kept.has(text)) return kept.get(text);
    let words = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
        .replace(/(?<=\d),(?=\d{3}(?!\d))/g, "")
        .replace(/(?<![\d.])0+(?=\.\d)/g, "").replace(/(\.\d*?)0+(?!\d)/g, "$1")
        .replace(/[^\p{L}\p{N}.]+|\.(?!\d)/gu, " ").trim();
    for (const [from, to] of spellings) words = words.replace(from, to);
    kept.set(text, words && " " + words);
    return kept.get(text);
}

/* A number means itself, what it is in percent, and what as a fraction; without point or % it counts, and means itself. */
function number(word) {
    const q = parseFloat(word);
    const meant = /[.%]/.test(word) ? [q, q / 100, q * 100] : [q];
    return RegExp(`(?:${meant.map(x => plain(`${+x.toPrecision(12)}`).replace(".", "\\.")).join("|")})(?= |$)`, "g");
}

/* What a word of the query finds: numbers whole, words from their beginning. t-SNE finds tsne too, and long words may be
   written in parts: kmeans finds k-means, logsumexp log-sum-exp, and dataset data set. */
function pattern(word) {
    if (/^\d*\.?\d+%?$/.test(word)) return number(word);
    const parts = plain(word).slice(1).split(" "), whole = parts.join("");
    const pieces = /^[\p{L}\p{N}]{6,}$/u.test(whole) ? [...whole] : parts;
    return RegExp(" " + pieces.join(whole.length > 2 ? " ?" : " ").replaceAll(".", "\\."), "g");
}

const sections = [...list.children].map(item => {
    const link = item.querySelector("a"), passage = item.querySelector("span"), address = link.getAttribute("href");
    const [title, heading] = link.textContent.split(" \u2013 ");
    const file = address.replace(/(\/index)?\.html.*/, "").replace(/.*\//, "");
    const words = passage.textContent.split(" "), read = words.map(plain), body = read.join("");
    return {
        item, passage, words, read, body, isPage: !address.includes("#"), file: plain(file), title: plain(title),
        heading: plain(heading ?? ""), text: plain(`${link.textContent} ${file}`) + body,
    };
});

/* Where a section comes among those that are found, smaller first: a page of that file name, titles with all words of the
   query, headings with them, the shorter the better, and then who says it most often for its length: all of it in a row, or
   else its rarest word. */
function place(section, patterns, phrase, asked) {
    const named = text => patterns.every(p => text.search(p) >= 0), often = p => section.text.match(p)?.length ?? 0;
    if (section.isPage && section.file == asked) return 0;
    if (section.isPage && named(section.title + section.file)) return 1 + section.title.length / 1000;
    if (named(section.heading)) return 2 + section.heading.length / 1000;
    const times = often(phrase) || Math.min(...patterns.map(often)), share = times / (section.words.length + 100);
    return (often(phrase) ? 4 : 5) - (section.isPage ? 2 * share : share);
}

/* The passage, from a few words before what was asked for. */
function around({ words, read, body }, patterns, phrase) {
    const found = [phrase, ...patterns].map(p => body.search(p)).filter(at => at >= 0);
    let at = 0, before = found[0] ?? 0;
    while (before > 0) before -= read[at++].length;
    const from = Math.max(0, at - 12), to = from + 55;
    return (from > 0 ? "\u2026 " : "") + words.slice(from, to).join(" ") + (to < words.length ? " \u2026" : "");
}

function search() {
    const patterns = box.value.split(/\s+/).filter(plain).map(pattern), asked = plain(box.value);
    const phrase = RegExp(patterns.map(p => p.source).join(""), "g");
    const found = sections.filter(s => patterns.length && patterns.every(p => s.text.search(p) >= 0));
    for (const s of found) s.place = place(s, patterns, phrase, asked);
    for (const s of sections) s.item.hidden = true;
    for (const s of found.sort((a, b) => a.place - b.place)) {
        s.passage.textContent = around(s, patterns, phrase);
        s.item.hidden = false;
        list.append(s.item);
    }
    count.textContent = patterns.length ? `${found.length} of ${sections.length} sections` : "";
}

box.value = new URLSearchParams(location.search).get("words") ?? "";
box.addEventListener("input", search);
box.focus();
search();
