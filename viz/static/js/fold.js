// Names as readers type them: without accents and capitals, letters of other scripts as Latin ones too.

// Letters of other scripts as Latin ones, so that a name is found in either; the same rules as most passports.
const LATIN = Object.fromEntries(
  "а a б b в v г g ґ g д d е e ё e є ye ж zh з z и i і i ї yi й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ъ - ы y ь - э e ю yu я ya α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o"
    .split(" ").reduce((pairs, part, at, all) => (at % 2 ? pairs : [...pairs, [part, all[at + 1].replace("-", "")]]), []),
);

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ı/g, "i").replace(/ə/g, "a").trim();
const latin = (word) => [...word].map((c) => LATIN[c] ?? c).join("");
const wordsOf = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
