//! From a reference's text to its record, and the stages of that way, on one core: `cargo bench --bench parse`.
//!
//! References a second is "items" over time. The references are of many styles, since what costs time is tokens and the rows of
//! weights that they touch, and a set of one style would keep those in the cache.

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use reflist::parse::Parser;
use reflist::parse::entries::Entry;
use reflist::parse::label::{Model, Scratch, segments};
use reflist::parse::tokens::tokenize_into;

fn main() {
    divan::main();
}

const REFERENCES: [&str; 24] = [
    "Harlan, T. R., & Osei, K. (2014). Patterns of river trade in the upper valley. Journal of Regional History, 38(2), 211–240. https://doi.org/10.1000/jrh.2014.38.2",
    "Novak P, Lindqvist A, Moreau J, et al. Early markers of bone loss in older adults: a cohort study. Eur J Clin Res. 2009;41(7):655-63.",
    "[17] M. Okafor and S. Lindt, “Adaptive filters for sparse channels,” IEEE Trans. Signal Process., vol. 52, no. 3, pp. 611–624, Mar. 2004.",
    "Weidmann, Ursula: Die Ordnung der Dinge im Dorf. Frankfurt am Main: Campus 1997, S. 45–78.",
    "Keller, H./Brandt, M. (Hrsg.) (2003): Handbuch der Stadtforschung. 2., überarb. Aufl. Wiesbaden: VS Verlag.",
    "Lefèvre, J.-P., 1988, « Les marges du royaume », Revue d'histoire rurale, vol. 12, n° 4, p. 33-59.",
    "A. Rossi, La città e il contado, Bologna, Il Mulino, 1979, pp. 112-118.",
    "García Molina, R. y Pérez Soto, L. (2011). La escuela rural en cifras. En M. Duarte (Ed.), Educación y territorio (pp. 91-120). Madrid: Síntesis.",
    "Silva, A. B. da. Cidades médias e rede urbana. 2006. Tese (Doutorado em Geografia) – Universidade de São Paulo, São Paulo.",
    "Иванов А. П. История земского дела. – М.: Наука, 1984. – 312 с.",
    "Smith JA. Managing small libraries. In: Brown K, Green T, editors. Handbook of library practice. 3rd ed. London: Facet; 2012. p. 101-19.",
    "R. J. Falk and N. Ito, Phys. Rev. D 61, 034012 (2000) [arXiv:hep-ph/9907123].",
    "United Nations Development Programme. 2016. Human Development Report 2016. New York: UNDP. http://hdr.undp.org/en/2016-report (accessed 3 May 2018).",
    "Chen, L., Park, S. & Dietz, F. Ultrafast imaging of thin films. Nat. Mater. 15, 402–409 (2016).",
    "Oduya, F. “Why the Bridges Fell.” The Morning Herald, 14 August 1998, sec. B, 3.",
    "Jansen, Pieter, and Anneke de Wit. “Water Boards and the State.” In Governing the Delta, edited by H. Visser, 77–102. Leiden: Brill, 2001.",
    "ISO 8601-1:2019, Date and time — Representations for information interchange — Part 1: Basic rules. Geneva: International Organization for Standardization.",
    "Bauer, K.; Schmid, T.: Zur Lage der Vereine auf dem Land. In: Zeitschrift für Agrargeschichte, Jg. 44, Heft 2 (1996), S. 201-230.",
    "Tanaka, Y. 1993. Tidal flats of the inner bay [in Japanese]. Bulletin of the Coastal Institute 27: 1–18.",
    "Whitfield, D. (1971 [1902]) The Weaver's Almanac, ed. by P. Howe, Oxford: Clarendon Press, 2 vols.",
    "Kowalski M., Nowak J., Gleby piaskowe Mazowsza, „Przegląd Rolniczy” 2005, nr 3, s. 14–29.",
    "Lehmann, S., 2018. OpenField: a toolkit for soil surveys (version 2.1). Zenodo. doi:10.5281/zenodo.1234567.",
    "Abbott BP, Ruiz M, Sato H. Proc. 9th Int. Conf. on Fluid Machinery, Lisbon, 2010, pp. 18–25.",
    "王明，李华。山地农业的变迁[J]。地理研究，2003，22(4)：455-462。",
];

fn entries() -> Vec<Entry> {
    REFERENCES.iter().map(|text| Entry::plain(text)).collect()
}

fn bytes(entries: &[Entry]) -> usize {
    entries.iter().map(|entry| entry.text.len()).sum()
}

/// The whole way: what `-f lines` does with each line, but for reading and writing; by both passes of the labeller, and by one.
#[divan::bench(args = ["both passes", "single pass"])]
fn text_to_record(bencher: Bencher, passes: &str) {
    let parser = Parser::new(Model::embedded()).single_pass(passes == "single pass");
    let mut scratch = parser.scratch();
    let size = REFERENCES.iter().map(|text| text.len()).sum::<usize>();
    bencher.counter(ItemsCount::new(REFERENCES.len())).counter(BytesCount::new(size)).bench_local(|| {
        for text in REFERENCES {
            divan::black_box(parser.parse_line(divan::black_box(text), &mut scratch));
        }
    });
}

#[divan::bench]
fn tokenize(bencher: Bencher) {
    let entries = entries();
    let mut tokens = Vec::new();
    bencher.counter(ItemsCount::new(entries.len())).counter(BytesCount::new(bytes(&entries))).bench_local(|| {
        for entry in &entries {
            tokenize_into(divan::black_box(entry), &mut tokens);
        }
        tokens.len()
    });
}

#[divan::bench]
fn label(bencher: Bencher) {
    let entries = entries();
    let model = Model::embedded();
    let (mut tokens, mut scratch, mut found) = (Vec::new(), Scratch::default(), Vec::new());
    bencher.counter(ItemsCount::new(entries.len())).counter(BytesCount::new(bytes(&entries))).bench_local(|| {
        for entry in &entries {
            tokenize_into(divan::black_box(entry), &mut tokens);
            segments(model, entry, &tokens, &mut scratch, &mut found);
        }
        found.len()
    });
}

#[divan::bench]
fn load_model(bencher: Bencher) {
    let bytes = Model::embedded().to_bytes();
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench_local(|| Model::load(divan::black_box(&bytes)).map(|model| model.version()));
}
