/* SPDX-License-Identifier: GPL-3.0-or-later
   The page that searches the others: of its items, which are the sections of the book, it shows those in which every
   word occurs, those with all of them in the heading first and short ones before long ones, each by the passage around a
   word. Without a script the page shows them all, and the browser's own search finds its way. */
const box = document.getElementById("words"), count = document.getElementById("count"), list = document.querySelector("main ul");
const plain = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const sections = [...list.children].map(item => {
    const link = item.querySelector("a"), passage = item.querySelector("span");
    return { item, passage, whole: passage.textContent, heading: plain(link.textContent), text: plain(item.textContent) };
});

/* Some words of the text before a word, and more behind it. */
function around(whole, words) {
    const from = Math.max(0, Math.min(...words.map(word => plain(whole).indexOf(word)).filter(at => at >= 0), whole.length) - 80);
    return (from > 0 ? "\u2026 " : "") + whole.slice(from, from + 320) + (from + 320 < whole.length ? " \u2026" : "");
}

function search() {
    const words = plain(box.value).split(/\s+/).filter(word => word);
    const found = sections.filter(s => words.length && words.every(word => s.text.includes(word)))
        .sort((a, b) => a.text.length - b.text.length);
    const named = found.filter(s => words.every(word => s.heading.includes(word)));
    for (const s of sections) s.item.hidden = true;
    for (const s of new Set([...named, ...found])) {
        s.passage.textContent = around(s.whole, words);
        s.item.hidden = false;
        list.append(s.item);
    }
    count.textContent = words.length ? `${found.length} of ${sections.length} sections` : "";
}

box.value = new URLSearchParams(location.search).get("words") ?? "";
box.addEventListener("input", search);
box.focus();
search();
