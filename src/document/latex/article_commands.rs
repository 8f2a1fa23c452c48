//! What the commands of articles and bibliography styles mean for a text: what they hide, head and mark.

use crate::text::MarkKind;

/// Commands whose arguments in braces are not text: how many.
pub(super) const HIDDEN: &[(&str, usize)] = &[
    ("label", 1),
    ("ref", 1),
    ("eqref", 1),
    ("pageref", 1),
    ("autoref", 1),
    ("cref", 1),
    ("input", 1),
    ("include", 1),
    ("includegraphics", 1),
    ("vspace", 1),
    ("hspace", 1),
    ("bibliography", 1),
    ("bibliographystyle", 1),
    ("usepackage", 1),
    ("documentclass", 1),
    ("pagestyle", 1),
    ("thispagestyle", 1),
    ("setlength", 2),
    ("addtolength", 2),
    ("setcounter", 2),
    ("addtocounter", 2),
    ("newcommand", 2),
    ("renewcommand", 2),
    ("providecommand", 2),
    ("newenvironment", 3),
    ("BibitemShut", 1),
    ("SelectBibitemShut", 1),
    ("addcontentsline", 3),
    ("cite", 1),
    ("citep", 1),
    ("citet", 1),
    ("citealt", 1),
    ("citealp", 1),
    ("parencite", 1),
    ("textcite", 1),
    ("autocite", 1),
    ("footcite", 1),
    ("nocite", 1),
    ("index", 1),
    ("color", 1),
    ("fontsize", 2),
    ("hyphenation", 1),
    ("phantom", 1),
    ("bibAnnoteFile", 2),
    ("bibinfo", 0),
    ("markboth", 2),
    ("addbibresource", 1),
    ("graphicspath", 1),
    ("hypertarget", 1),
    ("rule", 2),
    ("fontencoding", 1),
    ("bibcommenthead", 0),
    ("providebibliographyfont", 2),
    ("bibpreamble", 0),
];

/// The level of the heading that a command sets, 1 the highest.
pub(super) fn heading_level(name: &str) -> Option<u8> {
    Some(match name {
        "part" | "chapter" | "title" => 1,
        "section" => 2,
        "subsection" => 3,
        "subsubsection" => 4,
        "paragraph" => 5,
        _ => return None,
    })
}

/// The mark that a command sets on its argument.
pub(super) fn marked(name: &str) -> Option<MarkKind> {
    Some(match name {
        "emph" | "textit" | "textsl" | "mkbibemph" | "bibemph" => MarkKind::Italic,
        "textbf" | "mkbibbold" => MarkKind::Bold,
        "textsc" => MarkKind::SmallCaps,
        "textsuperscript" => MarkKind::Sup,
        "textsubscript" => MarkKind::Sub,
        "underline" | "uline" => MarkKind::Underline,
        _ => return None,
    })
}

/// The mark that a command sets until its group ends.
pub(super) fn switch(name: &str) -> Option<MarkKind> {
    Some(match name {
        "em" | "it" | "itshape" | "sl" | "slshape" => MarkKind::Italic,
        "bf" | "bfseries" => MarkKind::Bold,
        "sc" | "scshape" => MarkKind::SmallCaps,
        _ => return None,
    })
}
