//! Runs of names and what they are read as.
//!
//! A name is shown as "Family, Given", a particle in front as "[van] Imhoff, Evert", one behind as "Sá, Alvino [de]", a suffix behind
//! a slash, a body in braces; names are parted by bars, "…" says that others follow.

use crate::record::{Name, Names};
use crate::span::Span;

use super::super::conventions::{Conventions, NameOrder};
use super::super::words::assert_sorted;
use super::parse;

#[track_caller]
fn check(run: &str, expected: &str) {
    check_in(run, &Conventions::default(), expected);
}

/// The run ends at a "|" in the text, if there is one.
#[track_caller]
fn check_in(run: &str, conventions: &Conventions, expected: &str) {
    let end = run.find('|').unwrap_or(run.len());
    let source = run.replacen('|', "", 1);
    let (names, _) = parse(&source, Span::new(0, end), conventions);
    assert_eq!(show(&names), expected, "{run}");
}

fn show(names: &Names) -> String {
    let mut shown: Vec<String> = names.list.iter().map(show_name).collect();
    shown.extend(names.et_al.then(|| "…".to_owned()));
    shown.join(" | ")
}

fn show_name(name: &Name) -> String {
    let Some(person) = name.as_person() else { return format!("{{{name}}}") };
    let mut out = String::new();
    if !person.non_dropping_particle.is_empty() {
        out += &format!("[{}] ", person.non_dropping_particle);
    }
    out += &person.family;
    if !person.given.is_empty() {
        out += &format!(", {}", person.given);
    }
    if !person.dropping_particle.is_empty() {
        out += &format!(" [{}]", person.dropping_particle);
    }
    if !person.suffix.is_empty() {
        out += &format!(" / {}", person.suffix);
    }
    out
}

#[test]
fn given_names_are_sorted() {
    assert_sorted(&super::given::GIVEN);
}

#[test]
fn inverted_names_with_initials() {
    check("Gaddy, C. G., & Ickes, B. W.", "Gaddy, C. G. | Ickes, B. W.");
    check("Rousell, D. H., Gibson, H. L.", "Rousell, D. H. | Gibson, H. L.");
    check("Dewsbury, J.-D.", "Dewsbury, J.-D.");
    check("Okamoto, N.; Barnes,C .H .W .", "Okamoto, N. | Barnes, C.H.W.");
    check("Иванов, И. И., Петров, П. П.", "Иванов, И. И. | Петров, П. П.");
    check("Das, U. N. and Yu, I.", "Das, U. N. | Yu, I.");
}

#[test]
fn inverted_names_in_full() {
    check("Alpar, Paul/Blaschke, Steffen", "Alpar, Paul | Blaschke, Steffen");
    check("van Imhoff, Evert; Keilman, Nico", "[van] Imhoff, Evert | Keilman, Nico");
    check("Papouschek, Ulrike, Pastner, Ulli", "Papouschek, Ulrike | Pastner, Ulli");
    check(
        "Bayliss, Donna M., Jade Bogdanovs, Christopher Jarrold",
        "Bayliss, Donna M. | Bogdanovs, Jade | Jarrold, Christopher",
    );
    check("García Márquez, Gabriel José and Vargas Llosa, Mario", "García Márquez, Gabriel José | Vargas Llosa, Mario");
    check("LE GALL, Jacqueline", "LE GALL, Jacqueline");
    check("Van Till, Howard J.", "Van Till, Howard J.");
}

#[test]
fn the_first_inverted_and_the_rest_in_the_order_of_speech() {
    check(
        "Devaney, Johanna, Michael I. Mandel, and Ichiro Fujinaga",
        "Devaney, Johanna | Mandel, Michael I. | Fujinaga, Ichiro",
    );
    check("Caron, J., T. Fally and J. Markusen", "Caron, J. | Fally, T. | Markusen, J.");
    check("Glick R., A.K. Rose", "Glick, R. | Rose, A.K.");
    check("PARK, Heon, Zhaoxia LI, Roza NURIEVA", "PARK, Heon | LI, Zhaoxia | NURIEVA, Roza");
    check("Ruiz Jiménez, Antonia M. and Antonio Egea de Haro", "Ruiz Jiménez, Antonia M. | Egea de Haro, Antonio");
}

#[test]
fn family_first_without_a_comma() {
    check("Gaddy CG, Ickes BW", "Gaddy, CG | Ickes, BW");
    check("Barbosa Tde S, Farias MD, Silva Ada", "Barbosa, Tde S | Farias, MD | Silva, Ada");
    check("KUHLMANN Martin", "KUHLMANN, Martin");
    check("Duclos Jean-Claude et Pitte André", "Duclos, Jean-Claude | Pitte, André");
    check("Pearce P A and Rasmussen J", "Pearce, P A | Rasmussen, J");
    check("LI X, WANG XN, DE LUCA L", "LI, X | WANG, XN | DE LUCA, L");
    check("de Azevedo Silva AM, El Amine El Hadj O", "[de] Azevedo Silva, AM | El Amine El Hadj, O");
    check("Loss SR, Galkin II, Curtis JR", "Loss, SR | Galkin, II | Curtis, JR");
    check("van der Westhuizen ET, Callander GE", "[van der] Westhuizen, ET | Callander, GE");
    check("Li Fang-kuei", "Li, Fang-kuei");
    check("Goldin Paul R.", "Goldin, Paul R.");
    check("Di Rocco C., Fan X, Dan X, de With K", "Di Rocco, C. | Fan, X | Dan, X | [de] With, K");
    check("St. Clair CC, Boyce MS", "St. Clair, CC | Boyce, MS");
    check("Lapa e Silva JR, Belo M", "Lapa e Silva, JR | Belo, M");
}

#[test]
fn the_order_of_speech() {
    check("C. G. Gaddy", "Gaddy, C. G.");
    check("W .Myers ,W .J.Swiatecki", "Myers, W. | Swiatecki, W.J.");
    check("P.N.Meisinger, M.Gensollen", "Meisinger, P.N. | Gensollen, M.");
    check("JM LEE and Y. LI", "LEE, JM | LI, Y.");
    check("K. E. A. Lundin", "Lundin, K. E. A.");
    check("Bernhard von Plate", "[von] Plate, Bernhard");
    check("Jan Luiten van Zanden", "[van] Zanden, Jan Luiten");
    check("U. De Angelis", "De Angelis, U.");
    check("Jeroen Hinloopen und Charles van Marrewijk", "Hinloopen, Jeroen | [van] Marrewijk, Charles");
    check("G. P. (Georgii Petrovich) Serdiuchenko", "Serdiuchenko, G. P. (Georgii Petrovich)");
    check("Platon", "Platon");
}

#[test]
fn a_conjunction_inside_a_family_name() {
    check("Ortega y Gasset, José", "Ortega y Gasset, José");
    check("J. Sebastiao e Silva", "Sebastiao e Silva, J.");
    check("Pérez, J. y Gómez, M.", "Pérez, J. | Gómez, M.");
    check("SILVA, J. A. da|", "SILVA, J. A. [da]");
    check("SÁ, Alvino Augusto de; SHECAIRA, Sérgio Salomão", "SÁ, Alvino Augusto [de] | SHECAIRA, Sérgio Salomão");
}

#[test]
fn suffixes() {
    check("Frank, Robert G. Jnr", "Frank, Robert G. / Jnr");
    check("R .D. Johnson, III", "Johnson, R.D. / III");
    check("King, Jr., M. L.", "King, M. L. / Jr.");
    check("King, M. L., Jr.|", "King, M. L. / Jr.");
    check("Messick JM Jr, Schroeder DR", "Messick, JM / Jr | Schroeder, DR");
    check("Thomas AC, Hangartner JR.|", "Thomas, AC | Hangartner, JR");
    check("Jun, S. W.; Sen, A.", "Jun, S. W. | Sen, A.");
}

#[test]
fn others_follow() {
    check("Rosen, E.D., ..., et al.", "Rosen, E.D. | …");
    check("Smith, J., . . . Zhao, L.", "Smith, J. | Zhao, L. | …");
    check("Suzuki, et al", "Suzuki | …");
    check("Meier, P. u. a.", "Meier, P. | …");
    check("Иванов И. И. и др.", "Иванов, И. И. | …");
    check("LISÝ, Ján a kol.", "LISÝ, Ján | …");
    check("Li Wet al.", "Li, W | …");
    check("夏昌世等", "{夏昌世} | …");
    check("Tan YM, Turng LS", "Tan, YM | Turng, LS");
}

#[test]
fn bodies_are_kept_whole() {
    for body in [
        "Food and Agriculture Organization of the United Nations",
        "U.S. Department of Health, Education, and Welfare",
        "US Department of Health and Human Services",
        "Bundesministerium für Arbeit und Soziales",
        "Ministry of Education, Science and Culture",
        "Commission of the European Communities",
        "Centers for Disease Control and Prevention (CDC)",
        "BFG - The Brazil Flora Group",
        "Danmarks Statistik",
        "Die Bundesregierung",
        "El País",
        "AT&T",
        "CPJ",
    ] {
        check(body, &format!("{{{body}}}"));
    }
}

#[test]
fn bodies_among_people() {
    check("Smith, J. and World Bank", "Smith, J. | {World Bank}");
    check("World Health Organization and World Bank", "{World Health Organization} | {World Bank}");
    check("WHO and FAO", "{WHO} | {FAO}");
    check("Aad, G. (ATLAS Collaboration)", "Aad, G. | {ATLAS Collaboration}");
    check("Bank U, Inchausti P, Sa M", "Bank, U | Inchausti, P | Sa, M");
}

#[test]
fn east_asian_names_are_kept_whole_unless_a_blank_divides_them() {
    check("夏昌世. 莫伯治", "{夏昌世} | {莫伯治}");
    check("하태정, 문선웅", "{하태정} | {문선웅}");
    check("刘晨, 王维平和朱一凡", "{刘晨} | {王维平} | {朱一凡}");
    check("山田 太郎", "山田, 太郎");
    check("[美]富勒", "{[美]富勒}");
    check("Lín Q.林清书", "Lín, Q.林清书");
}

#[test]
fn roles_are_no_names() {
    check("Braun, A. (Hrsg.)", "Braun, A.");
    check("hrsg. von Anna Braun", "Braun, Anna");
    check("AMAND (M.)", "AMAND, M.");
}

#[test]
fn a_stop_behind_the_run_belongs_to_an_initial_that_has_one() {
    check("Smith, J|.", "Smith, J.");
    check("Gaddy CG, Ickes B|. Title", "Gaddy, CG | Ickes, B");
    check("King, M. L., Jr|. Title", "King, M. L. / Jr.");
    let bare = Conventions { stopped_initials: Some(false), ..Conventions::default() };
    check_in("Purcell H|. Title", &bare, "Purcell, H");
    check("Purcell H|. Title", "Purcell, H.");
}

#[test]
fn the_list_decides_the_order_that_a_run_leaves_open() {
    let french = Conventions { name_order: NameOrder::FamilyFirst, ..Conventions::default() };
    check_in("Maas Utz", &french, "Maas, Utz");
    check("Maas Utz", "Utz, Maas");
}
