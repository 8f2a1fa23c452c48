//! The folder of labelled data, where this machine has one.

use std::path::PathBuf;

/// The folder that `REFLIST_SHARED` names. Says on the output whether `test` ran with it, so that a silent skip shows.
#[allow(unreachable_pub, reason = "it is included where the library's rules hold, too")]
pub fn shared(test: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("REFLIST_SHARED").map(PathBuf::from);
    println!("shared: {} {test}", if folder.is_some() { "with" } else { "without" });
    folder
}
